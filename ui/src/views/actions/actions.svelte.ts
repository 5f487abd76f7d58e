import { SvelteMap } from 'svelte/reactivity';
import { backend } from '$lib/backend';
import { attempt, clock, complain, go, LongList, say } from '$lib/app';
import { plainSentence } from '$lib/domain/itemPieces';
import { plainAction } from '$lib/domain/itemWords';
import { here } from '$lib/domain/here.svelte';
import { keepPlace, keptPlace } from '$lib/domain/keptPlace';
import { withQuery } from '$lib/domain/narrowings';
import { clip, count, nearDay, sentence } from '$lib/format';
import type {
  Action,
  ActionsAsk,
  ActionStretch,
  ActionView,
  Day,
  Done,
  GroupBy,
  ListPlace,
  PersonRef,
} from '$lib/backend/types';

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

/** An action that is here, or one that is only known to be in the list. */
type Target = Action | ListPlace;

const isHere = (one: Target): one is Action => 'text' in one;

/** The state of the Actions view. Make it as the component is made: it fetches in effects of its own. */
export class Actions {
  readonly #here = here('actions');
  typed = $state('');
  /** The ids of the selected rows; those that are not shown wait. */
  selected = $state.raw<string[]>([]);
  /** The row with the focus. */
  current = $state<string | null>(null);
  /** Ticked here: shown as they are now, where they were, until they leave together. */
  readonly #staying = new SvelteMap<string, { now: Action; done_at: string | null }>();
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
  readonly #ask = $derived<ActionsAsk>({
    view: this.view,
    ...this.narrow,
    by: this.by,
    words: this.typed,
    stay: [...this.#staying].map(([id, { done_at }]) => ({ id, done_at })),
  });
  readonly list = new LongList<Action, ListPlace, ActionStretch>({
    stretch: (from, limit, find) => backend().actionsStretch(this.#ask, from, limit, find),
    places: (from, to) => backend().actionsPlaces(this.#ask, from, to),
    kinds: ['item', 'note', 'meeting', 'person', 'setting'],
    find: () => (this.current === null ? this.selected : [...this.selected, this.current]),
  });
  /** There are some, and none was found. */
  readonly filtered = $derived(this.typed.trim() !== '' || Object.values(this.narrow).some(Boolean));

  /** Topics of what is listed, for the filter to offer; the most frequent first. */
  readonly topics = $derived(this.list.told?.topics ?? []);

  constructor() {
    Object.assign(this, keptPlace('actions'));
    // By date they stand under other headings tomorrow.
    let day = clock.today;
    $effect(() => {
      if (clock.today === day) return;
      day = clock.today;
      void this.list.reload();
    });
  }

  /** An action as it is drawn: as it was ticked, before that comes back. */
  drawn(action: Action): Action {
    return this.#staying.get(action.id)?.now ?? action;
  }

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

  /** What a key works on: what is selected and in the list, else the row with the focus. */
  targets(): Target[] {
    const known = (id: string): Target[] => {
      const row = this.list.row(id) ?? this.list.found(id);
      return row === undefined
        ? []
        : [isHere(row as Target) ? this.drawn(row as Action) : (row as ListPlace)];
    };
    const rows = this.selected.flatMap(known);
    if (rows.length > 0) return rows;
    return this.current === null ? [] : known(this.current);
  }

  /** Selects as lists do: none but the row itself, one more or less, or the stretch from where the last one began. */
  async select(id: string, how: 'only' | 'toggle' | 'through'): Promise<void> {
    this.current = id;
    if (how === 'only') {
      this.selected = [];
      this.#anchor = id;
    } else if (how === 'toggle') {
      this.selected = this.selected.includes(id)
        ? this.selected.filter((other) => other !== id)
        : [...this.selected, id];
      this.#anchor = id;
    } else {
      const to = this.list.placeOf(id) ?? 0;
      const from = this.#anchor === null ? to : (this.list.placeOf(this.#anchor) ?? 0);
      await this.#selectBetween(Math.min(from, to), Math.max(from, to));
    }
  }

  selectAll(): Promise<void> {
    return this.#selectBetween(0, this.list.length - 1);
  }

  async #selectBetween(from: number, to: number): Promise<void> {
    try {
      this.selected = await this.list.between(from, to);
    } catch (thrown) {
      complain(thrown);
    }
  }

  /** Done and open change places; where some of several are open, all are done. */
  tick(actions: Target[] = this.targets()): Promise<void> {
    const open = actions.filter(({ status }) => status === 'open');
    return open.length > 0 ? this.#status(open, 'done') : this.#status(actions, 'open');
  }

  drop(actions: Target[] = this.targets()): Promise<void> {
    return this.#status(
      actions.filter(({ status }) => status === 'open'),
      'dropped',
    );
  }

  async #status(actions: Target[], status: Action['status']): Promise<void> {
    if (actions.length === 0) return;
    // They stay as they will be, before the change comes back and takes them from the list.
    for (const one of actions.filter(isHere)) {
      const done_at = this.#staying.get(one.id)?.done_at ?? one.done_at;
      this.#staying.set(one.id, { now: { ...one, status }, done_at });
    }
    try {
      const told = await backend().actionStatus(
        actions.map(({ id }) => id),
        status,
      );
      const did = { done: 'done', dropped: 'dropped', open: 'opened again' }[status];
      say(
        actions.length === 1
          ? `${sentence(did)}: ${this.#words(actions[0])}`
          : `${count(actions.length, 'action')} ${did}`,
        { undo: [told] },
      );
      this.selected = [];
    } catch (thrown) {
      for (const { id } of actions) this.#staying.delete(id);
      complain(thrown);
    }
    clearTimeout(this.#leave);
    this.#leave = setTimeout(() => this.#staying.clear(), stays);
  }

  due(day: Day | null, actions: Target[]): Promise<void> {
    return this.#change(
      actions,
      (ids) => backend().actionsDue(ids, day),
      (many) => (day ? `${many} due ${nearDay(day, clock.today)}` : `${many}: no date`),
    );
  }

  snooze(day: Day, actions: Target[]): Promise<void> {
    return this.#change(
      actions,
      (ids) => backend().actionsSnooze(ids, day),
      (many) => `${many} snoozed until ${nearDay(day, clock.today)}`,
    );
  }

  assign(person: PersonRef, actions: Target[]): Promise<void> {
    return this.#change(
      actions,
      (ids) => backend().actionsAssign(ids, person.person_id),
      (many) => `${many} assigned to ${person.name}`,
    );
  }

  /** One command for all of them: all or none, and one undo. */
  async #change(
    actions: Target[],
    run: (ids: string[]) => Promise<Done<Action[]>>,
    told: (many: string) => string,
  ): Promise<void> {
    if (actions.length === 0) return;
    const many = actions.length === 1 ? `“${this.#words(actions[0])}”` : count(actions.length, 'action');
    if (await attempt(() => run(actions.map(({ id }) => id)), told(many))) this.selected = [];
  }

  #words(action: Target | undefined): string {
    return action && isHere(action)
      ? clip(sentence(plainSentence(plainAction(action).text)), 60)
      : 'an action';
  }

  /** To the sentence that made it; coming back leads to the same row. */
  open(action: Action): void {
    if (!action.meeting_id) return;
    keepPlace({ current: action.id, typed: this.typed });
    go(`/meeting/${action.meeting_id}?part=${action.note_part}&line=${action.line}`);
  }
}
