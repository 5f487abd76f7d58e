import { untrack } from 'svelte';
import { backend } from '$lib/backend';
import { clock, complain, go, live, say, type Live } from '$lib/app';
import { here } from '$lib/domain/here.svelte';
import { Matcher } from '$lib/domain/match';
import { groupKeys, topicsOf, withQuery } from '$lib/domain/narrowings';
import { clip } from '$lib/format';
import type { Day, Decision, DecisionFilter, Question } from '$lib/backend/types';
import { byMonth, byTopic, places, revisitDue, type Topic } from './holds';

export type Show = 'holds' | 'log' | 'questions';

export interface Narrow {
  topic?: string;
  person?: string;
  organization?: string;
  as_of?: Day;
}

const decisionText = new Matcher<Decision>((decision) =>
  [
    decision.text,
    decision.rationale ?? '',
    ...decision.decided_by.map(({ name }) => name),
    ...decision.topics.map((topic) => `#${topic}`),
    decision.meeting_title ?? '',
  ].join(' '),
);
const questionText = new Matcher<Question>((question) =>
  [
    question.text,
    question.asked_by?.name ?? '',
    ...question.topics.map((topic) => `#${topic}`),
    question.meeting_title ?? '',
  ].join(' '),
);

/** What was to be looked at again after that day was not late on it. */
function asOf(decisions: Decision[] | undefined, day: Day | undefined): Decision[] | undefined {
  if (day === undefined) return decisions;
  return decisions?.map((one) => (one.revisit && one.revisit > day ? { ...one, revisit: null } : one));
}

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

  readonly #filter = $derived<DecisionFilter>({ ...this.narrow });
  /** All there ever was, whatever is shown: for the places in chains, and what can supersede what. */
  readonly log = live(() => backend().decisions({}), kinds);
  readonly #narrowed = live(
    async () => (Object.keys(this.#filter).length > 0 ? await backend().decisions(this.#filter) : null),
    kinds,
  );
  /** Where nothing narrows it, the log itself: thousands need not come twice. */
  readonly #asked = $derived(Object.keys(this.#filter).length > 0 ? this.#narrowed : this.log);
  // Until the narrowed ones come, what was shown stays.
  readonly #all = $derived(asOf(this.#asked.value ?? this.log.value, this.narrow.as_of));
  // Of an earlier day none comes but what held then, whatever took its place since.
  readonly #shown = $derived(
    this.show === 'holds' && !this.narrow.as_of
      ? this.#all?.filter(({ status }) => status === 'holds')
      : this.#all,
  );
  readonly questions = live(
    async () => (this.show === 'questions' ? await backend().questions(false) : []),
    kinds,
  );

  /** What the list shows, before words narrow it. */
  get list(): Live<Decision[]> {
    const { failure, loading } = this.#asked;
    return { value: this.#shown, failure, loading, reload: () => this.#asked.reload() };
  }

  readonly #found = $derived(decisionText.filter(this.#shown ?? [], this.typed));
  readonly groups = $derived.by((): Topic[] =>
    this.show === 'log' ? byMonth(this.#found, clock.today) : byTopic(this.#found, this.narrow.topic ?? null),
  );
  readonly rows = $derived(this.groups.flatMap(({ items }) => items));
  readonly #groupOf = $derived(groupKeys(this.groups));
  readonly places = $derived(places(this.log.value ?? []));

  /** Null until they are known. */
  readonly counts = $derived.by(() => {
    if (this.#all === undefined) return null;
    const all = decisionText.filter(this.#all, this.typed);
    return {
      hold: all.filter(({ status }) => status === 'holds').length,
      superseded: all.filter(({ status }) => status === 'superseded').length,
      revisit: all.filter((decision) => revisitDue(decision, clock.today)).length,
    };
  });

  readonly questionGroups = $derived.by(() => {
    const { topic } = this.narrow;
    const found = questionText
      .filter(this.questions.value ?? [], this.typed)
      .filter(({ topics }) => !topic || topics.some((one) => one === topic || one.startsWith(`${topic}/`)));
    const date = (question: Question) => question.meeting_date ?? '';
    const order = (a: Question, b: Question) => date(b).localeCompare(date(a)) || a.id.localeCompare(b.id);
    return [
      { key: 'open', title: 'Open', items: found.filter(({ status }) => status === 'open').sort(order) },
      {
        key: 'answered',
        title: 'Answered',
        items: found.filter(({ status }) => status === 'answered').sort(order),
      },
    ].filter(({ items }) => items.length > 0);
  });

  readonly questionRows = $derived(this.questionGroups.flatMap(({ items }) => items));
  readonly decision = $derived(
    this.show === 'questions' ? null : (this.rows.find(({ id }) => id === this.current) ?? null),
  );
  readonly question = $derived(
    this.show === 'questions' ? (this.questionRows.find(({ id }) => id === this.current) ?? null) : null,
  );

  readonly filtered = $derived(this.typed.trim() !== '' || Object.values(this.narrow).some(Boolean));

  /** Topics of all decisions, the most frequent first, for the filter to offer. */
  readonly topics = $derived(topicsOf(this.log.value ?? []));

  constructor() {
    $effect(() => this.#follow(this.#here.params.id ?? null));
    // Something is always shown at the side.
    $effect(() => {
      const rows = this.show === 'questions' ? this.questionRows : this.rows;
      const holds = (id: string | null) => rows.some((row) => row.id === id);
      if (this.#wanted !== null && holds(this.#wanted)) {
        this.current = this.#wanted;
        this.#wanted = null;
      } else if (rows[0] && !holds(this.current)) this.current = rows[0].id;
    });
  }

  /** Makes the one of the address current; one that this list does not hold is found in the log. */
  #follow(id: string | null): void {
    if (id === null || !this.#shown || untrack(() => this.#followed) === id) return;
    this.#followed = id;
    this.#wanted = id;
    if (this.show === 'holds' && !this.#shown.some((decision) => decision.id === id)) {
      go(this.route({ id, show: 'log', narrow: {} }), { replace: true });
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

  groupOf(decision: Decision): string {
    return this.#groupOf.get(decision.id) ?? '';
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
    if (item.meeting_id) go(`/meeting/${item.meeting_id}?part=${item.note_part}&line=${item.line}`);
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
