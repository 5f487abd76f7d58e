import { syntaxTree } from '@codemirror/language';
import type { EditorState, Range } from '@codemirror/state';
import { Decoration } from '@codemirror/view';
import { place } from '../place';
import { anchorOf } from '../text/anchors';
import { depthOf, readLine, type LineRead } from '../text/line';
import { drawTold, offerFor } from './chips';
import { hidden } from './syntax';
import { told, toldBetween, type Told } from './told';
import { Lead, OfferHint, signOf, type SignOf } from './widgets';

export interface Line {
  from: number;
  to: number;
  text: string;
  /** The cursor stands on it. */
  active: boolean;
  ground: 'code' | 'table' | 'heading' | 'rule' | 'html' | null;
}

/** What an item is, and where on its line things stand. */
export interface ItemOnLine {
  kind: 'action' | 'decision' | 'question';
  sign: SignOf;
  late: boolean;
  /** Box, marker or label, with the bullet before it; empty where there is none. */
  lead: { from: number; to: number };
}

/** The decision whose indented lines come next: how far it is indented itself. */
export type Under = { indent: number } | null;

/** The item on a line: what Rust told, else what can be seen at once. None in code. */
export function itemOn(
  state: EditorState,
  line: Pick<Line, 'from' | 'to' | 'text' | 'ground'>,
  read = readLine(line.text),
  spans = toldOn(state, line),
): ItemOnLine | null {
  if (line.ground === 'code' || line.ground === 'html' || line.ground === 'heading') return null;
  const held = state.field(told, false)?.held === line.from;
  const item = held ? undefined : spans.find(({ told: { is } }) => is === 'line')?.told;
  const rust = item?.is === 'line' ? item : null;
  const kind = rust?.kind ?? (line.ground === 'table' ? null : read.kind);
  if (!kind) return null;
  const marker = held ? undefined : spans.find(({ told: { is } }) => is === 'marker');
  const due = spans
    .map(({ told }) => told)
    .find((one): one is Extract<Told, { is: 'due' | 'revisit' }> => one.is === 'due');
  const sign = signOf(kind, rust?.kind === kind ? rust.status : null, read.box?.status ?? null);
  const from = line.from + read.indent;
  let to = line.from + read.content;
  if (line.ground !== 'table' && marker && marker.to > to)
    to = marker.to + (/^[*_\s:]*/.exec(line.text.slice(marker.to - line.from))?.[0].length ?? 0);
  const late = sign === 'action' && due !== undefined && due.date < state.facet(place).today();
  return {
    kind,
    sign,
    late,
    lead: line.ground === 'table' ? { from: line.from, to: line.from } : { from, to },
  };
}

function toldOn(state: EditorState, { from, to }: { from: number; to: number }) {
  return toldBetween(state, from, to).filter((span) => span.from >= from && span.to <= to);
}

const gutter = Array.from({ length: 9 }, (_, depth) =>
  Decoration.line({ class: `note-hang note-depth-${depth}` }),
);
const looks: Partial<Record<SignOf, string>> = {
  decision: 'note-decided',
  proposed: 'note-decided',
  superseded: 'note-gone',
  done: 'note-over',
  dropped: 'note-over',
};
const look = Object.fromEntries(
  Object.values(looks).map((style) => [style, Decoration.mark({ class: style, inclusive: true })]),
);
const quiet = Decoration.line({ class: 'note-under' });

/** Draws one line: its sign, what Rust told of it, and its anchor, which is not seen. */
export function drawLine(state: EditorState, line: Line, under: Under, out: Range<Decoration>[]): Under {
  if (line.ground === 'code' || line.ground === 'html') return null;
  const read = readLine(line.text);
  const spans = toldOn(state, line);
  const item = itemOn(state, line, read, spans);
  const anchor = anchorOf(line.text);
  const end = anchor ? line.from + anchor.from : line.to;
  if (anchor) out.push(hidden.range(line.from + anchor.from, line.from + anchor.to));
  const over = item?.sign === 'done' || item?.sign === 'dropped';
  drawTold(state, line, spans, over, out);
  if (line.active) {
    const offer = offerFor(state);
    if (offer && offer.line === line.from)
      out.push(Decoration.widget({ widget: new OfferHint(offer.label, offer.key), side: 2 }).range(end));
  }
  if (line.ground === 'table') {
    if (item && !line.active)
      out.push(Decoration.widget({ widget: new Lead(item.sign, '', item.late), side: -1 }).range(line.from));
    return null;
  }
  if (item && end > item.lead.to) {
    const style = looks[item.sign];
    const mark = style ? look[style] : undefined;
    if (mark) out.push(mark.range(item.lead.to, end));
  }
  const lead = item?.lead ?? { from: line.from + read.indent, to: line.from + read.content };
  if (line.ground === null && (item || read.bullet)) {
    drawLead(state, line, item, lead, read, out);
    if (item?.kind === 'decision') return { indent: read.indent };
    return under && read.indent > under.indent ? under : null;
  }
  if (under && read.indent > under.indent && line.text.trim() !== '') {
    out.push(quiet.range(line.from));
    if (!touches(state, line, line.from, line.from + read.indent))
      out.push(hidden.range(line.from + read.quote, line.from + read.indent));
    return under;
  }
  return null;
}

function drawLead(
  state: EditorState,
  line: Line,
  item: ItemOnLine | null,
  lead: { from: number; to: number },
  read: LineRead,
  out: Range<Decoration>[],
): void {
  out.push((gutter[depthOf(line.text, read)] ?? Decoration.line({})).range(line.from));
  const start = line.from + read.quote;
  const bullet = line.text.slice(lead.from - line.from, lead.to - line.from).trim();
  const widget = new Lead(
    item?.sign ?? null,
    item ? '' : read.bullet?.ordered ? bullet : '•',
    item?.late ?? false,
  );
  if (lead.to === start) out.push(Decoration.widget({ widget, side: -1 }).range(start));
  else if (!touches(state, line, start, lead.to))
    out.push(Decoration.replace({ widget }).range(start, lead.to));
  else out.push(Decoration.mark({ class: 'note-raw-lead' }).range(start, lead.to));
}

/** Whether the cursor stands inside, not behind. */
function touches(state: EditorState, line: Line, from: number, to: number): boolean {
  return line.active && state.selection.ranges.some(({ head }) => head >= from && head < to);
}

/** What the lines above leave open: a decision may stand a few lines up. */
export function startingUnder(state: EditorState, from: number): Under {
  const first = state.doc.lineAt(from).number;
  for (let number = first - 1; number >= Math.max(1, first - 30); number -= 1) {
    const { from: start, to, text } = state.doc.line(number);
    if (text.trim() === '') return null;
    const read = readLine(text);
    const code = /Code|HTML/.test(syntaxTree(state).resolveInner(start, 1).name);
    const item = itemOn(state, { from: start, to, text, ground: code ? 'code' : null });
    if (item?.kind === 'decision') return { indent: read.indent };
    if (read.indent === 0) return null;
  }
  return null;
}
