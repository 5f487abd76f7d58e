import { SvelteMap } from 'svelte/reactivity';
import { backend } from '$lib/backend';
import { attempt, clock, complain, go, live, say, session } from '$lib/app';
import { plainSentence } from '$lib/domain/itemPieces';
import { plainAction } from '$lib/domain/itemWords';
import { here } from '$lib/domain/here.svelte';
import { Matcher } from '$lib/domain/match';
import { among, byId, groupKeys, joined, topicsOf, withQuery } from '$lib/domain/narrowings';
import { clip, count, nearDay, sentence } from '$lib/format';
import type { Action, ActionView, Day, PersonRef } from '$lib/backend/types';
import { closed, group, type Group, type GroupBy } from './groups';

/** How long a ticked row stays after the last tick, so that one can see it and think better of it. */
export const stays = 2200;

export const views: { value: ActionView; label: string }[] = [
  { value: 'mine', label: 'Mine' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'unowned', label: 'Unowned' },
  { value: 'undated', label: 'Undated' },
  { value: 'overdue', label: 'Overdue' },
  { value: 'done', label: 'Done' },
  { value: 'all', label: 'All' },
];

/** What narrows the list, as it stands in the address: `/actions/mine?person=ID&topic=acme`. */
export interface Narrow {
  person?: string;
  organization?: string;
  topic?: string;
}

const matcher = new Matcher<Action>((action) =>
  [
    action.text,
    ...action.owners.map(({ name }) => name),
    ...action.topics.map((topic) => `#${topic}`),
    action.meeting_title ?? '',
  ].join(' '),
);

/** The state of the Actions view. Make it as the component is made: it fetches in effects of its own. */
export class Actions {
  readonly #here = here('actions');
  typed = $state('');
  /** The ids of the selected rows; those that are not shown wait. */
  selected = $state.raw<string[]>([]);
  /** The row with the focus. */
  current = $state<string | null>(null);
  /** Ticked here and gone from the list the backend tells: shown until they leave together. */
  readonly #staying = new SvelteMap<string, Action>();
  #leave: ReturnType<typeof setTimeout> | undefined;
  #anchor: string | null = null;

  readonly view = $derived<ActionView>(
    views.find(({ value }) => value === this.#here.params.view)?.value ?? 'mine',
  );
  readonly by = $derived<GroupBy>(
    this.#here.query.by === 'person' ? 'person' : this.#here.query.by === 'meeting' ? 'meeting' : 'date',
  );
  readonly narrow = $derived<Narrow>({
    ...(this.#here.query.person && { person: this.#here.query.person }),
    ...(this.#here.query.organization && { organization: this.#here.query.organization }),
    ...(this.#here.query.topic && { topic: this.#here.query.topic }),
  });
  readonly list = live(
    () => backend().actions({ view: this.view, ...this.narrow }),
    ['item', 'note', 'meeting', 'person'],
  );

  readonly #all = $derived.by(() => {
    const told = this.list.value ?? [];
    if (this.#staying.size === 0) return told;
    return joined(told, [...this.#staying.values()]);
  });
  readonly #found = $derived(matcher.filter(this.#all, this.typed));
  // Told apart from the clock, which ticks: sixty thousand rows are grouped anew once a day.
  readonly #date = $derived(clock.today);
  readonly groups = $derived.by((): Group<Action>[] => {
    const today = { date: this.#date, week_starts: session.settings.week_starts };
    if (this.view === 'done' && this.by === 'date') return closed(this.#found, today);
    const over = (action: Action) => action.status !== 'open' && !this.#staying.has(action.id);
    const me = session.boot?.vault?.me?.id ?? null;
    return group(this.#found, this.by, today, me, this.view === 'done' ? undefined : over);
  });
  /** The rows as they are read, without the groups. */
  readonly rows = $derived(this.groups.flatMap(({ items }) => items));
  readonly #byId = $derived(byId(this.rows));
  readonly #groupOf = $derived(groupKeys(this.groups));
  /** There are some, and none was found. */
  readonly filtered = $derived(this.typed.trim() !== '' || Object.values(this.narrow).some(Boolean));

  /** Topics of what is listed, for the filter to offer; the most frequent first. */
  readonly topics = $derived(topicsOf(this.list.value ?? []));

  show(view: ActionView): void {
    this.selected = [];
    go(this.#route({ view }), { replace: true });
  }

  groupBy(by: GroupBy): void {
    go(this.#route({ by }), { replace: true });
  }

  narrowTo(narrow: Narrow): void {
    go(this.#route({ narrow }), { replace: true });
  }

  #route({
    view = this.view,
    by = this.by,
    narrow = this.narrow,
  }: {
    view?: ActionView;
    by?: GroupBy;
    narrow?: Narrow;
  }): string {
    return withQuery(`/actions/${view}`, { ...narrow, by: by === 'date' ? undefined : by });
  }

  groupOf(action: Action): string {
    return this.#groupOf.get(action.id) ?? '';
  }

  named(key: string): Group<Action> | undefined {
    return this.groups.find((group) => group.key === key);
  }

  /** The view before or after. */
  turn(by: 1 | -1): void {
    const at = views.findIndex(({ value }) => value === this.view);
    const next = views[(at + by + views.length) % views.length];
    if (next) this.show(next.value);
  }

  /** Takes off whatever narrows the list. */
  clear(): void {
    this.typed = '';
    this.narrowTo({});
  }

  /** What a key works on: what is selected, else the row with the focus. */
  targets(): Action[] {
    const rows = this.selected.length > 0 ? among(this.rows, this.selected) : [];
    if (rows.length > 0) return rows;
    const here = this.current === null ? undefined : this.#byId.get(this.current);
    return here ? [here] : [];
  }

  /** Selects as lists do: none but the row itself, one more or less, or the stretch from where the last one began. */
  select(id: string, how: 'only' | 'toggle' | 'through'): void {
    if (how === 'only') {
      this.selected = [];
      this.#anchor = id;
    } else if (how === 'toggle') {
      this.selected = this.selected.includes(id)
        ? this.selected.filter((other) => other !== id)
        : [...this.selected, id];
      this.#anchor = id;
    } else {
      const order = this.rows.map((action) => action.id);
      const to = order.indexOf(id);
      const from = this.#anchor === null ? to : Math.max(order.indexOf(this.#anchor), 0);
      this.selected = order.slice(Math.min(from, to), Math.max(from, to) + 1);
    }
    this.current = id;
  }

  selectAll(): void {
    this.selected = this.rows.map(({ id }) => id);
  }

  /** Done and open change places; where some of several are open, all are done. */
  tick(actions: Action[] = this.targets()): Promise<void> {
    const open = actions.filter(({ status }) => status === 'open');
    return open.length > 0 ? this.#status(open, 'done') : this.#status(actions, 'open');
  }

  drop(actions: Action[] = this.targets()): Promise<void> {
    return this.#status(
      actions.filter(({ status }) => status === 'open'),
      'dropped',
    );
  }

  async #status(actions: Action[], status: Action['status']): Promise<void> {
    if (actions.length === 0) return;
    // They stay as they will be, before the change comes back and takes them from the list.
    for (const action of actions) this.#staying.set(action.id, { ...action, status });
    try {
      await backend().actionStatus(
        actions.map(({ id }) => id),
        status,
      );
      const did = { done: 'done', dropped: 'dropped', open: 'opened again' }[status];
      say(
        actions.length === 1
          ? `${sentence(did)}: ${this.#words(actions[0])}`
          : `${count(actions.length, 'action')} ${did}`,
        { undo: true },
      );
      this.selected = [];
    } catch (thrown) {
      for (const { id } of actions) this.#staying.delete(id);
      complain(thrown);
    }
    clearTimeout(this.#leave);
    this.#leave = setTimeout(() => this.#staying.clear(), stays);
  }

  due(day: Day | null, actions: Action[]): Promise<void> {
    return this.#change(
      actions,
      (ids) => backend().actionsDue(ids, day),
      (many) => (day ? `${many} due ${nearDay(day, clock.today)}` : `${many}: no date`),
    );
  }

  snooze(day: Day, actions: Action[]): Promise<void> {
    return this.#change(
      actions,
      (ids) => backend().actionsSnooze(ids, day),
      (many) => `${many} snoozed until ${nearDay(day, clock.today)}`,
    );
  }

  assign(person: PersonRef, actions: Action[]): Promise<void> {
    return this.#change(
      actions,
      (ids) => backend().actionsAssign(ids, person.person_id),
      (many) => `${many} assigned to ${person.name}`,
    );
  }

  /** One command for all of them: all or none, and one undo. */
  async #change(
    actions: Action[],
    run: (ids: string[]) => Promise<Action[]>,
    told: (many: string) => string,
  ): Promise<void> {
    if (actions.length === 0) return;
    const many = actions.length === 1 ? `“${this.#words(actions[0])}”` : count(actions.length, 'action');
    if (await attempt(() => run(actions.map(({ id }) => id)), told(many))) this.selected = [];
  }

  #words(action: Action | undefined): string {
    return action ? clip(sentence(plainSentence(plainAction(action).text)), 60) : '';
  }

  /** To the sentence that made it. */
  open(action: Action): void {
    if (action.meeting_id) go(`/meeting/${action.meeting_id}?part=${action.note_part}&line=${action.line}`);
  }
}
