import type { EditorState, Range } from '@codemirror/state';
import { Decoration, EditorView, WidgetType } from '@codemirror/view';
import { stripAnchors } from '../text/anchors';
import { drawnBeyond } from './chips';
import { hidden } from './syntax';

/** Longer tables are measured by their first rows. */
const mostMeasured = 200;
const narrowest = 6;
const widest = 32;

/** The widths of cells. Classes, since the window's policy takes no styles from attributes. */
export const columns = EditorView.baseTheme(
  Object.fromEntries(
    Array.from({ length: widest - narrowest + 1 }, (_, nth) => [
      `.note-w${nth + narrowest}`,
      { width: `${((nth + narrowest) * 0.56).toFixed(2)}em` },
    ]),
  ),
);

class Gap extends WidgetType {
  constructor(readonly width: number) {
    super();
  }
  override eq(other: Gap): boolean {
    return other.width === this.width;
  }
  toDOM(): HTMLElement {
    const gap = document.createElement('span');
    gap.className = `note-cell note-w${this.width}`;
    return gap;
  }
}

const row = Decoration.line({ class: 'note-row' });
const head = Decoration.line({ class: 'note-row note-row-head' });
const rule = Decoration.line({ class: 'note-row-rule' });
const raw = Decoration.line({ class: 'note-row-raw' });

/** Draws tables in columns; while the cursor stands in one, as it is written. */
export function drawTables(
  state: EditorState,
  tables: { from: number; to: number }[],
  from: number,
  to: number,
  active: Set<number>,
  out: Range<Decoration>[],
  cells: Range<Decoration>[],
): void {
  for (const table of tables) {
    const first = state.doc.lineAt(table.from).number;
    const last = state.doc.lineAt(table.to).number;
    const editing = [...active].some((number) => number >= first && number <= last);
    const shown = Math.max(first, state.doc.lineAt(from).number);
    const end = Math.min(last, state.doc.lineAt(to).number);
    const widths = editing ? [] : measured(state, first, Math.min(last, first + mostMeasured));
    for (let number = shown; number <= end; number += 1) {
      const line = state.doc.line(number);
      if (editing) out.push(raw.range(line.from));
      else if (number === first + 1) {
        out.push(rule.range(line.from));
        if (line.to > line.from) out.push(hidden.range(line.from, line.to));
      } else {
        out.push((number === first ? head : row).range(line.from));
        drawRow(line, widths, out, cells);
      }
    }
  }
}

function drawRow(
  line: { from: number; to: number; text: string },
  widths: number[],
  out: Range<Decoration>[],
  cells: Range<Decoration>[],
): void {
  let at = line.from;
  for (const [nth, cell] of cellsOf(line.text).entries()) {
    const width = widths[nth] ?? narrowest;
    const [from, to] = [line.from + cell.from, line.from + cell.to];
    if (to > from) {
      if (from > at) out.push(hidden.range(at, from));
      // The day a date means stands behind its words, and in its cell.
      cells.push(Decoration.mark({ class: `note-cell note-w${width}`, inclusiveEnd: true }).range(from, to));
    } else {
      // An empty cell: its bar gives way to a gap.
      if (from > at) out.push(Decoration.replace({ widget: new Gap(width) }).range(at, from));
    }
    at = to;
  }
  if (line.to > at) out.push(hidden.range(at, line.to));
}

/** The cells of a row, without the blanks around what they say. */
export function cellsOf(text: string): { from: number; to: number }[] {
  const bars: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '|') bars.push(at);
  }
  const opens = bars[0] !== undefined && text.slice(0, bars[0]).trim() === '';
  const closes = bars.length > 1 && text.slice((bars.at(-1) ?? 0) + 1).trim() === '';
  const inner = bars.slice(opens ? 1 : 0, closes ? -1 : undefined);
  const starts = [opens ? (bars[0] ?? 0) + 1 : 0, ...inner.map((bar) => bar + 1)];
  const ends = [...inner, closes ? (bars.at(-1) ?? text.length) : text.length];
  return starts.map((start, nth) => {
    const end = ends[nth] ?? text.length;
    const said = text.slice(start, end);
    const from = start + said.length - said.trimStart().length;
    return said.trim() === '' ? { from: end, to: end } : { from, to: from + said.trim().length };
  });
}

function measured(state: EditorState, first: number, last: number): number[] {
  const widths: number[] = [];
  for (let number = first; number <= last; number += 1) {
    if (number === first + 1) continue;
    const line = state.doc.line(number);
    const text = stripAnchors(line.text);
    for (const [nth, { from, to }] of cellsOf(text).entries()) {
      const said = text.slice(from, to).replace(/\]\([^)]*\)|[*_`[\]]/g, '');
      const length = said.length + drawnBeyond(state, line.from + from, line.from + to);
      widths[nth] = Math.min(widest, Math.max(widths[nth] ?? narrowest, length + 2));
    }
  }
  return widths;
}
