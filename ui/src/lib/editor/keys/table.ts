import {
  EditorSelection,
  type EditorState,
  type Line,
  type StateCommand,
  type TransactionSpec,
} from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { groundAt } from './items';

interface Cell {
  from: number;
  to: number;
}

/** Tab in a table: to the next cell, whose words are selected; behind the last one a row is added. */
export const nextCell: StateCommand = ({ state, dispatch }) => {
  const here = cellAt(state);
  if (!here) return false;
  const { line, cells, at } = here;
  const next = cells[at + 1] ?? row(state, line.number + 1, 1)?.[0];
  if (next) return choose(state, dispatch, next);
  return addRow(state, dispatch, line.to, columns(state, line));
};

/** Enter in a table: a row below, whatever the cursor stands in; from an empty row, out of the table. */
export const newRow: StateCommand = ({ state, dispatch }) => {
  const here = cellAt(state);
  if (!here || state.readOnly || !state.selection.main.empty) return false;
  const { line, cells } = here;
  if (cells.every(({ from, to }) => from === to) && isRule(state, line.number + 1) === null) {
    // With an empty line behind the table: a line directly under it is a row for every reader of Markdown.
    dispatch(
      state.update({
        changes: { from: line.from, to: line.to, insert: state.lineBreak },
        selection: { anchor: line.from + state.lineBreak.length },
        scrollIntoView: true,
        userEvent: 'delete',
      }),
    );
    return true;
  }
  return addRow(state, dispatch, (isRule(state, line.number + 1) ?? line).to, columns(state, line));
};

/**
 * Who types a table as Markdown types its bars as well, while Enter has put those of the row: a bar typed first in such a
 * row is the one that stands there, and one typed before a bar goes over it. Null where a bar at the cursor is a new one.
 */
export function takeBar(state: EditorState): TransactionSpec | null {
  const here = cellAt(state);
  const { main } = state.selection;
  if (!here || !main.empty || isRule(state, here.line.number)) return null;
  const { line, cells, at } = here;
  const [before, behind] = [
    line.text.slice(0, main.head - line.from),
    line.text.slice(main.head - line.from),
  ];
  if (before.endsWith('\\')) return null;
  const isEmpty = cells.every(({ from, to }) => from === to);
  const isNew = at === 0 && isEmpty && before === '| ' && behind.startsWith('  |');
  const bar = isNew ? 0 : main.head - line.from + behind.search(/\|/);
  if (!isNew && !/^[ \t]*\|/.test(behind)) return null;
  // What one types next brings its own blanks: in an empty cell those that stood there go.
  const blanks = /^[ \t]*(?=\|)/.exec(line.text.slice(bar + 1))?.[0] ?? '';
  const gap = /[ \t]$/.test(before) || /^[ \t]/.test(behind) ? ' ' : '';
  const insert = isNew ? '|' : `${before.trimEnd()}${gap}|`;
  return {
    changes: { from: line.from, to: line.from + bar + 1 + blanks.length, insert },
    selection: { anchor: line.from + insert.length },
    userEvent: 'input.type',
  };
}

/** Takes a typed bar for the one that stands there. */
export const bars = EditorView.inputHandler.of((view, from, to, text) => {
  if (text !== '|' || from !== to || view.state.readOnly || view.composing) return false;
  const taken = takeBar(view.state);
  if (!taken) return false;
  view.dispatch(taken);
  return true;
});

/** How many cells the head of the table has that this line is of. */
function columns(state: EditorState, line: Line): number {
  let head = line;
  while (head.number > 1) {
    const above = state.doc.line(head.number - 1);
    if (groundAt(state, above.from) !== 'table') break;
    head = above;
  }
  return cellsOf(head).length;
}

function addRow(
  state: EditorState,
  dispatch: Parameters<StateCommand>[0]['dispatch'],
  at: number,
  cells: number,
): true {
  if (state.readOnly) return true;
  dispatch(
    state.update({
      changes: { from: at, insert: `${state.lineBreak}|${'   |'.repeat(Math.max(1, cells))}` },
      selection: { anchor: at + state.lineBreak.length + 2 },
      scrollIntoView: true,
      userEvent: 'input',
    }),
  );
  return true;
}

/** The line, where it is the rule under a table's head. */
function isRule(state: EditorState, number: number): Line | null {
  if (number < 1 || number > state.doc.lines) return null;
  const line = state.doc.line(number);
  return /^[\s|:-]+$/.test(line.text) && line.text.includes('-') && line.text.includes('|') ? line : null;
}

/** Shift-Tab in a table: to the cell before. */
export const cellBefore: StateCommand = ({ state, dispatch }) => {
  const here = cellAt(state);
  if (!here) return false;
  const before = here.cells[here.at - 1] ?? row(state, here.line.number - 1, -1)?.at(-1);
  return before ? choose(state, dispatch, before) : true;
};

function cellAt(state: EditorState): { line: Line; cells: Cell[]; at: number } | null {
  const { main, ranges } = state.selection;
  const line = state.doc.lineAt(main.head);
  if (ranges.length > 1 || groundAt(state, line.from) !== 'table') return null;
  const cells = cellsOf(line);
  const behind = cells.findIndex(({ to }) => main.head <= to);
  return { line, cells, at: behind < 0 ? cells.length - 1 : behind };
}

/** The cells of the row at this line, or where that is the rule under the head, of the one beyond it. */
function row(state: EditorState, number: number, way: 1 | -1): Cell[] | null {
  if (number < 1 || number > state.doc.lines) return null;
  const line = state.doc.line(number);
  if (groundAt(state, line.from) !== 'table') return null;
  return isRule(state, number) ? row(state, number + way, way) : cellsOf(line);
}

/** Where the words of each cell stand; in an empty cell, a place one blank behind the bar. */
function cellsOf({ from, text }: Line): Cell[] {
  const bars = [...text.matchAll(/(?<!\\)\|/g)].map(({ index }) => index);
  const edges = [...(text.trimStart().startsWith('|') ? [] : [-1]), ...bars];
  if (!text.trimEnd().endsWith('|')) edges.push(text.length);
  return edges.slice(0, -1).map((bar, nth) => {
    const cell = text.slice(bar + 1, edges[nth + 1]);
    const said = cell.trim();
    const start = bar + 1 + (said ? cell.indexOf(said) : Math.min(1, cell.length));
    return { from: from + start, to: from + start + said.length };
  });
}

function choose(
  state: EditorState,
  dispatch: Parameters<StateCommand>[0]['dispatch'],
  { from, to }: Cell,
): true {
  dispatch(
    state.update({ selection: EditorSelection.range(from, to), scrollIntoView: true, userEvent: 'select' }),
  );
  return true;
}
