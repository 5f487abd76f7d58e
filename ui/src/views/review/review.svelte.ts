import { SvelteSet } from 'svelte/reactivity';
import { untrack } from 'svelte';
import { attempt, clock, complain, live, say, undo } from '$lib/app';
import { backend } from '$lib/backend';
import { plainSentence } from '$lib/domain/itemPieces';
import { plainAction } from '$lib/domain/itemWords';
import { addDays, clip, nearDay, sentence } from '$lib/format';
import type { Action, Day, Done, PersonRef, ReviewItem } from '$lib/backend/types';
import type { Changes } from '$lib/domain/ChangeActions.svelte';

/** What changes an action changes these. */
export const kinds = ['item', 'note', 'meeting', 'person'];

/** One item at a time, down to none. Make it as the component is made: it fetches in effects of its own. */
export class Reviewing implements Changes {
  readonly list = live(() => backend().review(), kinds);
  /** Done with here, before the backend's answer takes them from the list. */
  readonly #gone = new SvelteSet<string>();
  readonly #past: { id: string; entry: number | null }[] = [];
  #id = $state<string | null>(null);
  #at = $state(0);
  /** The most there ever was to do, with what was done before one came. */
  #most = $state(0);

  readonly items = $derived(
    (this.list.value?.items ?? []).filter(({ action }) => !this.#gone.has(action.id)),
  );
  readonly at = $derived.by(() => {
    const found = this.items.findIndex(({ action }) => action.id === this.#id);
    return found >= 0 ? found : Math.min(this.#at, this.items.length - 1);
  });
  readonly current = $derived<ReviewItem | undefined>(this.items[this.at]);
  /** All there are to look at: of many only the first are fetched. */
  readonly left = $derived.by(() => {
    const told = this.list.value;
    return told ? told.left - told.items.length + this.items.length : 0;
  });
  readonly total = $derived(Math.max(this.#most, this.left));
  readonly done = $derived(this.total - this.left);

  constructor() {
    $effect(() => {
      const told = this.list.value;
      if (!told) return;
      untrack(() => {
        this.#gone.clear();
        this.#most = Math.max(this.#most, told.left + told.done_today);
      });
    });
  }

  /** The item after or before, round and round; nothing is done to this one. */
  step(by: 1 | -1): void {
    const count = this.items.length;
    if (count > 0) this.go((this.at + by + count) % count);
  }

  go(at: number): void {
    this.#at = at;
    this.#id = this.items[at]?.action.id ?? null;
  }

  tick = (): Promise<void> =>
    this.#do(
      (id) => backend().actionStatus([id], 'done'),
      (what) => `Done: ${what}`,
    );

  drop = (): Promise<void> =>
    this.#do(
      (id) => backend().actionStatus([id], 'dropped'),
      (what) => `Dropped: ${what}`,
    );

  keep = (): Promise<void> =>
    this.#do(
      (id) => backend().actionKeep(id),
      (what) => `Kept until ${nearDay(addDays(clock.today, 14), clock.today)}: ${what}`,
    );

  due = (day: Day | null): Promise<void> =>
    this.#do(
      (id) => backend().actionsDue([id], day),
      (what) => (day ? `Due ${nearDay(day, clock.today)}: ${what}` : `No date: ${what}`),
    );

  snooze = (day: Day): Promise<void> =>
    this.#do(
      (id) => backend().actionsSnooze([id], day),
      (what) => `Snoozed until ${nearDay(day, clock.today)}: ${what}`,
    );

  assign = (person: PersonRef): Promise<void> =>
    this.#do(
      (id) => backend().actionsAssign([id], person.person_id),
      (what) => `Given to ${person.name}: ${what}`,
    );

  /** Takes the last step back, and goes to what it was about. */
  async undo(): Promise<void> {
    const last = this.#past.pop();
    if (last === undefined) {
      say('Nothing was changed here yet.');
      return;
    }
    if (last.entry !== null) await undo([last.entry]);
    this.#id = last.id;
    await this.list.reload();
  }

  /** The item leaves at once and the next takes its place; where the command fails, it comes back. */
  async #do(run: (id: string) => Promise<Done<unknown>>, told: (what: string) => string): Promise<void> {
    const item = this.current;
    if (!item) return;
    const { id } = item.action;
    this.#at = this.at;
    this.#id = null;
    this.#gone.add(id);
    try {
      const done = await run(id);
      this.#past.push({ id, entry: done.entry });
      say(told(words(item.action)), { undo: [done] });
    } catch (thrown) {
      this.#gone.delete(id);
      this.#id = id;
      complain(thrown);
    }
  }

  /** Fetches a draft; null where that fails, which is said. */
  async ask(): Promise<{ to: string | null; subject: string; body: string } | null> {
    const id = this.current?.action.id;
    if (id === undefined) return null;
    let draft = null;
    await attempt(async () => (draft = await backend().actionAsk(id)));
    return draft;
  }
}

/** An action in few words. */
export const words = (action: Action): string => clip(sentence(plainSentence(plainAction(action).text)), 60);
