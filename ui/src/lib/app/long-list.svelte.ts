import { untrack } from 'svelte';
import { live, type Live } from './live.svelte';
import { noRows, placesOf, withRows } from './long-rows';
import { complain } from './toasts.svelte';

/** A heading of a list, and how many rows stand under it. */
export interface Heading {
  key: string;
  title: string;
  count: number;
}

/** Where a row stands, told without the row. */
export interface Place {
  id: string;
  at: number;
}

/** Some rows of a list, and how the whole stands. */
export interface Stretch<T, P extends Place> {
  /** Stretches of one state of the vault fit together. */
  seq: number;
  total: number;
  groups: Heading[];
  from: number;
  rows: T[];
  found: P[];
}

/** How a list asks for rows, and for the places of those it does not fetch. */
export interface Source<T, P extends Place, S extends Stretch<T, P>> {
  /** What it reads before its first `await` says which list it is. `find`: ids to tell the places of besides. */
  stretch: (from: number, limit: number, find: string[]) => Promise<S>;
  places: (from: number, to: number) => Promise<P[]>;
  /** The kinds of changes that concern it. */
  kinds: string[];
  /** What is to be found again after a change: the selected ones, the one with the focus. */
  find: () => string[];
}

/** So many rows are fetched at once: shorter lists are here whole. */
export const fetched = 200;
/** So many rows beside the screen are fetched before they come into view. */
const beside = 40;

/**
 * A list of which only what is near the screen is here, kept current: a change that concerns it fetches one stretch anew, and
 * scrolling fetches the next. Make it as the component is made.
 */
export class LongList<T extends { id: string }, P extends Place, S extends Stretch<T, P> = Stretch<T, P>> {
  readonly #source: Source<T, P, S>;
  readonly #told: Live<S>;
  /** What is on the screen, as far as the list says so. */
  #first = 0;
  #last = 0;
  /** Fetched since the last answer for the whole, of the same state. */
  #more = $state.raw<{ of: S | undefined; rows: ReadonlyMap<number, T> }>({ of: undefined, rows: noRows() });
  #asking: S | null = null;

  /** Where the rows stand that were here or were found, in the state that is shown. */
  readonly #places = $derived.by(() => placesOf<P>(this.#told.value));

  constructor(source: Source<T, P, S>) {
    this.#source = source;
    this.#told = live(() => {
      const [from, find] = untrack(() => [Math.max(0, this.#middle() - fetched / 2), source.find()]);
      return source.stretch(from, fetched, find);
    }, source.kinds);
  }

  /** The last answer; undefined before there is one. */
  get told(): S | undefined {
    return this.#told.value;
  }

  get failure(): Live<S>['failure'] {
    return this.#told.failure;
  }

  get length(): number {
    return this.#told.value?.total ?? 0;
  }

  get headings(): readonly Heading[] {
    return this.#told.value?.groups ?? [];
  }

  reload(): Promise<void> {
    return this.#told.reload();
  }

  /** The row that stands there; where it is not here, it is fetched. */
  at(index: number): T | undefined {
    const told = this.#told.value;
    if (!told || index < 0 || index >= told.total) return undefined;
    const row =
      told.rows[index - told.from] ?? (this.#more.of === told ? this.#more.rows.get(index) : undefined);
    if (row === undefined) queueMicrotask(() => void this.#fetch(told, index));
    return row;
  }

  /** Where a row stands; undefined where it is not in the list, or far from the screen and never asked for. */
  placeOf(id: string): number | undefined {
    void this.#more;
    return this.#places.get(id)?.at;
  }

  /** A row that is here. */
  row(id: string): T | undefined {
    const at = this.placeOf(id);
    const row = at === undefined || !this.#here(at) ? undefined : this.at(at);
    return row?.id === id ? row : undefined;
  }

  /** What was told of the place of something that may not be here. */
  found(id: string): P | Place | undefined {
    void this.#more;
    return this.#places.get(id);
  }

  /** Says what is on the screen: it is fetched anew after a change, and what is beside it beforehand. */
  show(first: number, last: number): void {
    [this.#first, this.#last] = [first, last];
    const told = untrack(() => this.#told.value);
    if (!told) return;
    for (const at of [Math.max(0, first - beside), Math.min(told.total - 1, last + beside)])
      if (at >= 0 && !untrack(() => this.#here(at))) void this.#fetch(told, at);
  }

  /** Resolves once the row there is here. */
  async reach(at: number): Promise<void> {
    const told = this.#told.value;
    if (told && !this.#here(at)) await this.#fetch(told, at, true);
  }

  /** The ids from one place to another, both included, whether here or not. */
  async between(from: number, to: number): Promise<string[]> {
    const here = Array.from({ length: to - from + 1 }, (_, at) =>
      this.#here(from + at) ? this.at(from + at)?.id : undefined,
    );
    if (here.every((id) => id !== undefined)) return here;
    const places = await this.#source.places(from, to + 1);
    for (const place of places) this.#places.set(place.id, place);
    return places.map(({ id }) => id);
  }

  #middle(): number {
    return Math.floor((this.#first + this.#last) / 2);
  }

  #here(at: number): boolean {
    const told = this.#told.value;
    if (!told) return false;
    return at - told.from in told.rows || (this.#more.of === told && this.#more.rows.has(at));
  }

  /** One at a time: while one is fetched, what is asked for besides is asked for again once it is drawn. */
  async #fetch(told: S, at: number, urgent = false): Promise<void> {
    if ((this.#asking === told && !urgent) || this.#here(at)) return;
    this.#asking = told;
    try {
      const from = Math.max(0, at - fetched / 2);
      const find = this.#source.find();
      const stretch = await untrack(() => this.#source.stretch(from, fetched, find));
      if (this.#told.value !== told) return;
      // Of another state: its rows stand elsewhere, and the news of it is on the way or was missed.
      if (stretch.seq !== told.seq || stretch.total !== told.total) return void this.#told.reload();
      const rows = withRows(this.#more.of === told ? this.#more.rows : noRows<T>(), stretch, at);
      stretch.rows.forEach(({ id }, index) => {
        if (!this.#places.has(id)) this.#places.set(id, { id, at: stretch.from + index });
      });
      this.#more = { of: told, rows };
    } catch (thrown) {
      complain(thrown);
    } finally {
      if (this.#asking === told) this.#asking = null;
    }
  }
}
