import { untrack } from 'svelte';
import { backend } from '$lib/backend';
import { clock, complain, go, LongList, say } from '$lib/app';
import { here } from '$lib/domain/here.svelte';
import { keepPlace, keptPlace } from '$lib/domain/keptPlace';
import { withQuery } from '$lib/domain/narrowings';
import { clip } from '$lib/format';
import type {
  Day,
  Decision,
  DecisionRow,
  DecisionsAsk,
  DecisionStretch,
  Question,
  QuestionsAsk,
  QuestionStretch,
  RowPlace,
} from '$lib/backend/types';

export type Show = 'holds' | 'log' | 'questions';

export interface Narrow {
  topic?: string;
  person?: string;
  organization?: string;
  as_of?: Day;
}

/** A stretch, what was asked for, and what was to be found in it. */
type Told<S> = S & { of: object | null; sought: string[] };

const nothing = {
  seq: -1,
  total: 0,
  groups: [],
  from: 0,
  rows: [],
  found: [],
  topics: [],
  of: null,
  sought: [],
};
const noCounts = { hold: 0, superseded: 0, proposed: 0, revisit: 0 };

/** The state of the Decisions view. Make it as the component is made: it fetches in effects of its own. */
export class Decisions {
  readonly #here = here('decisions');
  typed = $state('');
  #followed: string | null = null;
  /** Asked for by the address, and not among the rows yet. */
  #wanted = $state<string | null>(null);
  /** The row with the focus; what is shown at the side. */
  current = $state<string | null>(null);

  readonly show = $derived<Show>(
    this.#here.query.show === 'log' || this.#here.query.show === 'questions'
      ? this.#here.query.show
      : 'holds',
  );
  readonly narrow: Narrow = $derived({
    ...(this.#here.query.topic && { topic: this.#here.query.topic }),
    ...(this.#here.query.person && { person: this.#here.query.person }),
    ...(this.#here.query.organization && { organization: this.#here.query.organization }),
    ...(this.#here.query.as_of && { as_of: this.#here.query.as_of }),
  });

  readonly #ask = $derived<DecisionsAsk>({
    ...this.narrow,
    show: this.show === 'log' ? 'log' : 'holds',
    words: this.typed,
  });
  readonly #asked = $derived<QuestionsAsk>({
    ...(this.narrow.topic && { topic: this.narrow.topic }),
    ...(this.narrow.person && { person: this.narrow.person }),
    ...(this.narrow.organization && { organization: this.narrow.organization }),
    words: this.typed,
  });
  readonly #find = (): string[] =>
    [this.current, this.#here.params.id].filter((id): id is string => typeof id === 'string');
  // Each is asked for while it is shown.
  readonly #decisions = new LongList<DecisionRow, RowPlace, Told<DecisionStretch>>({
    stretch: async (from, limit, sought) => {
      if (this.show === 'questions') return { ...nothing, counts: noCounts };
      const of = this.#ask;
      return { ...(await backend().decisionsStretch(of, from, limit, sought)), of, sought };
    },
    places: (from, to) => backend().decisionsPlaces(this.#ask, from, to),
    kinds,
    find: this.#find,
  });
  readonly #questions = new LongList<Question, RowPlace, Told<QuestionStretch>>({
    stretch: async (from, limit, sought) => {
      if (this.show !== 'questions') return nothing;
      const of = this.#asked;
      return { ...(await backend().questionsStretch(of, from, limit, sought)), of, sought };
    },
    places: (from, to) => backend().questionsPlaces(this.#asked, from, to),
    kinds,
    find: this.#find,
  });

  /** The list that is shown. */
  get list():
    | LongList<DecisionRow, RowPlace, Told<DecisionStretch>>
    | LongList<Question, RowPlace, Told<QuestionStretch>> {
    return this.show === 'questions' ? this.#questions : this.#decisions;
  }
  get decisions(): LongList<DecisionRow, RowPlace, Told<DecisionStretch>> {
    return this.#decisions;
  }
  get questions(): LongList<Question, RowPlace, Told<QuestionStretch>> {
    return this.#questions;
  }

  /** Whether what is shown was told yet. */
  readonly told = $derived((this.list.told?.seq ?? -1) >= 0);
  /** Null until they are known. */
  readonly counts = $derived(
    (this.#decisions.told?.seq ?? -1) >= 0 ? (this.#decisions.told?.counts ?? null) : null,
  );

  /** The one at the side stays there while its row is far from the screen. */
  #lastDecision = $state.raw<DecisionRow | null>(null);
  #lastQuestion = $state.raw<Question | null>(null);
  readonly decision = $derived(
    this.show === 'questions' ? null : this.#chosen(this.#decisions, this.#lastDecision),
  );
  readonly question = $derived(
    this.show === 'questions' ? this.#chosen(this.#questions, this.#lastQuestion) : null,
  );

  readonly filtered = $derived(this.typed.trim() !== '' || Object.values(this.narrow).some(Boolean));

  /** Topics of what is listed, the most frequent first, for the filter to offer. */
  readonly topics = $derived(this.list.told?.topics ?? []);

  constructor() {
    Object.assign(this, keptPlace('decisions'));
    $effect(() => this.#follow(this.#here.params.id ?? null));
    $effect(() => this.#arrive());
    // Something is always shown at the side.
    $effect(() => {
      if (this.current !== null || this.#wanted !== null || !this.told) return;
      const first = this.list.at(0);
      if (first) this.current = first.id;
    });
    $effect(() => {
      if (this.decision) this.#lastDecision = this.decision;
      if (this.question) this.#lastQuestion = this.question;
    });
    // A month has another name next year, and what is to be looked at again is due from its day on.
    let day = clock.today;
    $effect(() => {
      if (clock.today === day) return;
      day = clock.today;
      void this.list.reload();
    });
  }

  #chosen<T extends { id: string }>(
    list: { row(id: string): T | undefined; placeOf(id: string): number | undefined },
    last: T | null,
  ): T | null {
    if (this.current === null) return null;
    const row = list.row(this.current);
    if (row) return row;
    return last?.id === this.current && list.placeOf(this.current) !== undefined ? last : null;
  }

  /** The address asks for one: it is looked for in the list. */
  #follow(id: string | null): void {
    if (id === null || untrack(() => this.#followed) === id) return;
    this.#followed = id;
    this.#wanted = id;
    untrack(() => {
      if (this.told) void this.list.reload();
    });
  }

  /** Makes the one of the address current, once it is known where it stands; one that does not hold is in the log. */
  #arrive(): void {
    const { told } = this.list;
    const id = this.#wanted;
    const asked = this.show === 'questions' ? this.#asked : this.#ask;
    if (id === null || told?.of !== asked || !told.sought.includes(id)) return;
    if (this.list.placeOf(id) !== undefined) {
      this.current = id;
      this.#wanted = null;
    } else if (this.show === 'holds') {
      go(this.route({ id, show: 'log', narrow: {} }), { replace: true });
    } else {
      this.#wanted = null;
    }
  }

  /** Where a decision of this list is, keeping what narrows it. */
  route({
    id = null,
    show = this.show,
    narrow = this.narrow,
  }: { id?: string | null; show?: Show; narrow?: Narrow } = {}): string {
    return withQuery(id ? `/decisions/${id}` : '/decisions', {
      ...narrow,
      show: show === 'holds' ? undefined : show,
    });
  }

  showThe(show: Show): void {
    go(this.route({ show }), { replace: true });
  }

  narrowTo(narrow: Narrow): void {
    // The current one stays where it is among these; where it is not, nobody asked for it.
    this.#followed = this.current;
    go(this.route({ id: this.current, narrow }), { replace: true });
  }

  clear(): void {
    this.typed = '';
    this.narrowTo({});
  }

  /** To the sentence that made it; coming back leads to the same row. */
  open(item: Decision | Question): void {
    if (this.show !== 'questions') {
      this.#followed = item.id;
      go(this.route({ id: item.id }), { replace: true });
    }
    if (!item.meeting_id) return;
    keepPlace({ current: item.id, typed: this.typed });
    go(`/meeting/${item.meeting_id}?part=${item.note_part}&line=${item.line}`);
  }

  /** True where it is done. */
  async supersede(older: Decision, newer: Decision): Promise<boolean> {
    try {
      const done = await backend().decisionSupersede(older.id, newer.id);
      say(`“${clip(older.text, 50)}” is superseded`, { undo: [done] });
      return true;
    } catch (thrown) {
      complain(thrown);
      return false;
    }
  }
}

const kinds = ['item', 'note', 'meeting', 'person', 'organization'];
