import { backend } from '$lib/backend';
import { failureOf } from '$lib/backend/failure';
import type { Failure, Hit } from '$lib/backend/types';
import { openOperator, queryText, takeOperators, withoutOpen, type Operator } from '$lib/domain/search/query';
import { nearest, strayIn, valuesOf, type Offer } from '$lib/domain/search/values';
import { recent, upcoming } from '../../recent.svelte';
import { session } from '../../session.svelte';
import { askingSaved, commands, matching, type Command } from './commands';

export type Entry =
  | { type: 'hit'; id: string; hit: Hit }
  | { type: 'command'; id: string; command: Command }
  /** Completes the operator being typed. */
  | { type: 'operator'; id: string; operator: Operator; says: string }
  | { type: 'all'; id: string };

export interface Section {
  name: string;
  entries: Entry[];
}

const shownHits = 9;

/** What the palette knows while it is open. */
export class Palette {
  chips = $state.raw<Operator[]>([]);
  text = $state('');
  hits = $state.raw<Hit[]>([]);
  recent = $state.raw<Hit[]>([]);
  upcoming = $state.raw<Hit[]>([]);
  offered = $state.raw<Offer[]>([]);
  /** The operator whose value nothing is called; what is offered takes its place. */
  #stray: Operator | null = null;
  failure = $state.raw<Failure | null>(null);
  /** The answer that is shown belongs to what stands in the field. */
  answered = $state(true);
  at = $state(0);
  #asked = 0;
  readonly #commands = commands();
  #saved = $state.raw<Command[]>([]);

  constructor() {
    const quiet = () => undefined;
    recent().then((hits) => (this.recent = hits), quiet);
    upcoming().then((hits) => (this.upcoming = hits), quiet);
    backend()
      .queryNames()
      .then((saved) => (this.#saved = saved.map(askingSaved)), quiet);
  }

  get query(): string {
    return queryText(this.chips, this.text);
  }

  readonly sections = $derived.by((): Section[] => {
    if (this.offered.length > 0) {
      return [
        {
          name: this.#stray ? 'Perhaps' : 'Only',
          entries: this.offered.map((one) => ({
            type: 'operator',
            id: `op ${one.operator.name} ${one.operator.value}`,
            ...one,
          })),
        },
      ];
    }
    const typed = this.text.replace(/^>\s*/, '').trim();
    const found =
      this.chips.length > 0
        ? []
        : matching([...this.#commands, ...(session.discreet ? [] : this.#saved)], typed);
    const command = (one: Command): Entry => ({ type: 'command', id: `do ${one.does}`, command: one });
    const hit = (one: Hit): Entry => ({
      type: 'hit',
      id: `${one.kind} ${one.id} ${one.note_part ?? ''}`,
      hit: one,
    });
    if (this.text.startsWith('>')) return [{ name: 'Commands', entries: found.map(command) }];
    if (this.query === '') {
      const later = seen(this.upcoming).filter((one) => !this.recent.some((other) => other.id === one.id));
      return filled([
        { name: 'Recent', entries: seen(this.recent).map(hit) },
        { name: 'Still today', entries: later.map(hit) },
        { name: 'Commands', entries: found.slice(0, 10).map(command) },
      ]);
    }
    const visible = onceEach(seen(this.hits));
    const hits: Section = { name: 'Found', entries: visible.slice(0, shownHits).map(hit) };
    if (seen(this.hits).length > hits.entries.length) hits.entries.push({ type: 'all', id: 'all' });
    const does: Section = { name: 'Commands', entries: found.slice(0, 4).map(command) };
    // A command whose name one is typing comes first.
    const named = typed.length > 1 && found[0]?.does.toLowerCase().startsWith(typed.toLowerCase());
    return filled(named ? [does, hits] : [hits, does]);
  });

  readonly entries = $derived(this.sections.flatMap((section) => section.entries));
  readonly current = $derived(this.entries[Math.min(this.at, this.entries.length - 1)]);

  /** Takes what stands in the field; finished operators become chips. */
  type(typed: string): void {
    const { chips, rest } = takeOperators(typed);
    if (chips.length > 0) this.chips = [...this.chips, ...chips];
    this.text = rest;
    this.at = 0;
    void this.#offer();
    void this.#search();
  }

  removeChip(at = this.chips.length - 1): void {
    this.chips = this.chips.filter((_chip, index) => index !== at);
    this.failure = null;
    void this.#offer();
    void this.#search();
  }

  /** Puts an offered operator in place of the one being typed; one without a value is left to be filled. */
  accept(operator: Operator): void {
    const rest = withoutOpen(this.text);
    if (operator.value === '') {
      this.type(`${rest ? `${rest} ` : ''}${operator.name}:`);
      return;
    }
    const stray = this.#stray;
    this.chips = [...this.chips.filter((one) => one !== stray), operator];
    this.failure = null;
    this.type(stray ? this.text : rest);
  }

  move(step: number): void {
    const count = this.entries.length;
    if (count > 0) this.at = (Math.min(this.at, count - 1) + step + count) % count;
  }

  async #search(): Promise<void> {
    const mine = (this.#asked += 1);
    const query = this.query;
    if (query === '' || this.text.startsWith('>')) {
      this.hits = [];
      this.answered = true;
      return;
    }
    this.answered = false;
    try {
      const { hits } = await backend().search(query);
      if (mine !== this.#asked) return;
      this.hits = hits;
      this.failure = null;
    } catch (thrown) {
      if (mine !== this.#asked) return;
      this.failure = failureOf(thrown);
      await this.#mend();
    }
    this.answered = true;
  }

  /** What an operator may have meant whose value nothing is called. */
  async #mend(): Promise<void> {
    const stray = this.failure && strayIn(this.chips, this.failure);
    if (!stray) return;
    const mine = this.#asked;
    const offered = await nearest(stray);
    if (mine !== this.#asked) return;
    this.#stray = stray;
    this.offered = offered;
  }

  async #offer(): Promise<void> {
    const open = openOperator(this.text);
    const typed = this.text;
    this.#stray = null;
    if (!open) {
      this.offered = [];
      return;
    }
    const values = await valuesOf(open);
    if (typed === this.text) this.offered = values;
  }
}

function filled(sections: Section[]): Section[] {
  return sections.filter((section) => section.entries.length > 0);
}

/** Of the meetings of one name, a series' say, the best is enough to go by; all of them are a key away. */
function onceEach(hits: Hit[]): Hit[] {
  const first = ({ title }: Hit) => hits.find((one) => one.kind === 'meeting' && one.title === title);
  return hits.filter((hit) => hit.kind !== 'meeting' || first(hit) === hit);
}

/** In discreet mode nothing but the open meeting is found. */
function seen(hits: Hit[]): Hit[] {
  return session.discreet
    ? hits.filter((hit) => !session.hides(hit.meeting_id) && hit.note_part !== 'private')
    : hits;
}
