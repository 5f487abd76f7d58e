import { untrack } from 'svelte';
import { attempt, complain, go, live } from '$lib/app';
import { backend } from '$lib/backend';
import { here } from '$lib/domain/here.svelte';
import { keepPlace, keptPlace } from '$lib/domain/keptPlace';
import { Matcher } from '$lib/domain/match';
import { routeOf } from '$lib/domain/search/hits';
import type { QueryResult, QueryRow } from '$lib/backend/types';
import type { Naming } from './complete';

/** How long one may pause while typing before what stands there is asked. */
export const pause = 350;

const touching = ['setting', 'item', 'note', 'meeting', 'person', 'organization'];

/** A query being written or looked at: `/saved/NAME`, or `/saved?q=…` for one that has no name yet. */
export class Query {
  readonly #here = here('saved');
  readonly name = $derived(this.#here.params.name ?? null);
  /** A new one, of which nothing is said yet. */
  readonly fresh = $derived(this.name === null && !this.#here.query.q);
  readonly list = live(() => backend().queryNames(), ['setting']);
  readonly keys = live(() => backend().queryKeys(), []);
  readonly saved = $derived(this.list.value?.find(({ name }) => name === this.name));
  /** What stands in the line. */
  typed = $state('');
  /** What is asked: the line, once one pauses or presses Enter. */
  #asked = $state('');
  #wait: ReturnType<typeof setTimeout> | undefined;
  readonly answer = live(async (): Promise<{ asked: string; result: QueryResult } | null> => {
    const asked = this.#asked;
    return asked === '' ? null : { asked, result: await backend().queryRun(asked) };
  }, touching);
  /** The answer as long as it is one to what was asked. */
  readonly result = $derived(
    this.#asked !== '' && this.answer.value?.asked === this.#asked && !this.answer.failure
      ? this.answer.value.result
      : null,
  );
  readonly failure = $derived(this.#asked === '' ? null : this.answer.failure);
  readonly changed = $derived(this.typed.trim() !== '' && this.typed.trim() !== this.saved?.expression);
  /** The row with the focus. */
  current = $state<string | null>(null);
  readonly row = $derived(this.result?.rows.find((row) => keyOf(row) === this.current));

  constructor() {
    // Another query was gone to, or the one that is shown was changed elsewhere while nothing was typed over it.
    let shown: string | null = null;
    $effect(() => {
      const { name } = this;
      const expression = name === null ? (this.#here.query.q ?? '') : this.saved?.expression;
      if (expression === undefined) return;
      untrack(() => {
        const at = `${name}\n${expression}`;
        if (at === shown) return;
        // Come back to, it is at the row one left.
        this.current = shown === null ? (keptPlace('saved').current ?? null) : null;
        shown = at;
        this.typed = expression;
        this.ask();
      });
    });
    $effect(() => () => clearTimeout(this.#wait));
  }

  /** Names that fit what is typed: people by handle, organizations, topics. */
  async names({ names, typed }: Naming): Promise<{ name: string; does: string }[]> {
    if (names === 'organization') {
      const all = await backend().organizations();
      const matcher = new Matcher<(typeof all)[number]>(({ name, domains }) => [name, ...domains].join(' '));
      return matcher.filter(all, typed).map(({ name }) => ({ name, does: 'organization' }));
    }
    const found = await backend().complete(names, typed, null);
    return found
      .filter((one) => one.group !== 'new')
      .map(({ insert, label, detail }) => ({
        name: insert.replace(/^[@#]/, '').trim(),
        does: names === 'topic' ? (detail ?? 'topic') : [label, detail].filter(Boolean).join(' · '),
      }));
  }

  /** Asks what stands in the line, now. */
  ask(): void {
    clearTimeout(this.#wait);
    this.#asked = this.typed.trim();
  }

  /** Asks once one pauses. */
  type(text: string): void {
    this.typed = text;
    clearTimeout(this.#wait);
    this.#wait = setTimeout(() => this.ask(), pause);
  }

  /** Stores the line under its name, or another; true where that worked. */
  async save(name: string): Promise<boolean> {
    const expression = this.typed.trim();
    const stored = await attempt(() => backend().querySave(name, expression), `Saved as “${name}”.`);
    if (stored && name !== this.name) go(place(name));
    return stored;
  }

  /** The stored expression under another name; what is typed over it stays typed. */
  async rename(name: string): Promise<boolean> {
    const { saved } = this;
    if (!saved || name === saved.name) return true;
    const renamed = await attempt(() => backend().queryRename(saved.name, name), `Renamed to “${name}”.`);
    if (renamed) go(place(name), { replace: true });
    return renamed;
  }

  async remove(): Promise<void> {
    const { saved } = this;
    if (!saved) return;
    if (await attempt(() => backend().queryDelete(saved.name), `Deleted “${saved.name}”.`))
      go(`/saved?q=${encodeURIComponent(saved.expression)}`, { replace: true });
  }

  async open(row: QueryRow): Promise<void> {
    try {
      const to = await routeOfRow(row);
      keepPlace({ current: keyOf(row) });
      go(to);
    } catch (thrown) {
      complain(thrown);
    }
  }
}

export const place = (name: string): string => `/saved/${encodeURIComponent(name)}`;
export const keyOf = (row: QueryRow): string => `${row.kind} ${row.id}`;

const one: Record<string, string> = {
  people: 'person',
  organizations: 'organization',
  meetings: 'meeting',
  actions: 'action',
  decisions: 'decision',
  questions: 'question',
};

/** The kind of one row: `person` of `people`. */
export const kindOf = (row: Pick<QueryRow, 'kind'>): string => one[row.kind] ?? row.kind;

/** Where a row is shown; a series at its last meeting. */
export function routeOfRow(row: QueryRow): Promise<string> {
  const kind = kindOf(row);
  const meeting = row.evidence[0]?.meeting_id ?? null;
  const hit = { id: row.id, title: row.title, snippet: '', note_part: null, date: row.date, score: 0 };
  if (kind === 'series')
    return routeOf({ ...hit, kind: 'meeting', id: meeting ?? row.id, meeting_id: meeting });
  return routeOf({ ...hit, kind, meeting_id: kind === 'meeting' ? row.id : meeting });
}
