import {
  RangeSet,
  RangeValue,
  StateEffect,
  StateField,
  type ChangeDesc,
  type EditorState,
  type Range,
} from '@codemirror/state';
import type { Day, Mark, PersonRef, Span } from '$lib/backend/types';

/** What Rust told of a stretch of the text. */
export type Told =
  | { is: 'line'; kind: NonNullable<Mark['kind']>; status: Mark['status'] }
  | { is: 'marker' }
  | { is: 'owner'; name: string; person: string | null; inferred: boolean; choices: PersonRef[] }
  | { is: 'mention'; name: string; person: string | null }
  | { is: 'due' | 'revisit'; date: Day }
  | { is: 'topic'; topic: string }
  | { is: 'link'; relation: string; title: string | null; date: Day | null }
  | { is: 'offer'; what: 'item' | 'due' | 'owner'; insert: string; label: string };

/** A told stretch; it moves with the text, and goes when all of it goes. */
export class ToldRange extends RangeValue {
  override startSide = 1;
  override endSide = -1;
  constructor(readonly told: Told) {
    super();
  }
}

interface Read {
  told: RangeSet<ToldRange>;
  /** A line that has just become an item: it is drawn as one once the cursor has left it. */
  held: number | null;
}

export const setTold = StateEffect.define<RangeSet<ToldRange>>();

export const told = StateField.define<Read>({
  create: () => ({ told: RangeSet.empty, held: null }),
  update(read, tr) {
    let { told: set, held } = read;
    if (tr.docChanged) {
      set = set.map(tr.changes);
      if (held !== null) held = tr.changes.mapPos(held, -1);
    }
    const head = tr.newSelection.main.head;
    if (held !== null && (tr.selection || tr.docChanged)) {
      const line = tr.newDoc.lineAt(held);
      if (head < line.from || head > line.to) held = null;
    }
    for (const effect of tr.effects) {
      if (!effect.is(setTold)) continue;
      const line = tr.newDoc.lineAt(head);
      const wasItem = isItem(set, line.from, line.to);
      if (!wasItem && isItem(effect.value, line.from, line.to)) held = line.from;
      set = effect.value;
    }
    return set === read.told && held === read.held ? read : { told: set, held };
  },
});

function isItem(set: RangeSet<ToldRange>, from: number, to: number): boolean {
  let found = false;
  set.between(from, to, (at, _, value) => {
    if (value.told.is === 'line' && at >= from) found = true;
    return found ? false : undefined;
  });
  return found;
}

/** What is told between two places, in order. */
export function toldBetween(
  state: EditorState,
  from: number,
  to: number,
): { from: number; to: number; told: Told }[] {
  const found: { from: number; to: number; told: Told }[] = [];
  state.field(told, false)?.told.between(from, to, (at, end, value) => {
    if (end > at) found.push({ from: at, to: end, told: value.told });
  });
  return found;
}

/**
 * Marks as ranges of the document. Rust counts UTF-16 units of the text as it is in the vault, where a line may end in CRLF;
 * the document ends every line in LF. Where the document has moved on since, `since` brings them along.
 */
export function rangesOf(
  marks: Mark[],
  text: string,
  doc: { length: number },
  since: ChangeDesc | null,
): RangeSet<ToldRange> {
  const place = text.length === doc.length ? (at: number) => at : withoutReturns(text);
  const ranges: Range<ToldRange>[] = [];
  for (const mark of marks) {
    const put = (span: Span, value: Told) => {
      const [from, to] = [place(span.from), Math.min(doc.length, place(span.to))];
      if (to > from && from >= 0) ranges.push(new ToldRange(value).range(from, to));
    };
    if (mark.kind) put(mark, { is: 'line', kind: mark.kind, status: mark.status });
    if (mark.marker) put(mark.marker, { is: 'marker' });
    for (const { person_id: person, name, inferred, choices, ...span } of mark.owners)
      put(span, { is: 'owner', name, person, inferred, choices });
    for (const { person_id: person, name, ...span } of mark.mentions)
      put(span, { is: 'mention', name, person });
    if (mark.due) put(mark.due, { is: 'due', date: mark.due.date });
    if (mark.revisit) put(mark.revisit, { is: 'revisit', date: mark.revisit.date });
    for (const topic of mark.topics) put(topic, { is: 'topic', topic: topic.topic });
    for (const link of mark.links)
      put(link, { is: 'link', relation: link.relation, title: link.title, date: link.date ?? null });
    for (const offer of mark.offers)
      put(offer, { is: 'offer', what: offer.what, insert: offer.insert, label: offer.label });
  }
  const set = RangeSet.of(ranges, true);
  return since ? set.map(since) : set;
}

/** From a place in the vault's text to the one in the document; asked in any order. */
function withoutReturns(text: string): (at: number) => number {
  const returns: number[] = [];
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2)) returns.push(at);
  return (at) => {
    let [low, high] = [0, returns.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((returns[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return at - low;
  };
}
