import { syntaxTree } from '@codemirror/language';
import { Prec, type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { drawLine, startingUnder, type Line } from './lines';
import { drawSyntax, type Ground } from './syntax';
import { drawTables } from './tables';
import { setTold } from './told';

/**
 * Draws a note as one reads it: marks hidden but on the cursor's line, signs for items, names and dates as chips. Only what is on
 * the screen is drawn, anew whenever text, cursor or what Rust told has changed.
 */
export function preview(): Extension {
  const plugin = ViewPlugin.fromClass(
    class {
      drawn: Drawn;
      constructor(view: EditorView) {
        this.drawn = draw(view);
      }
      update(update: ViewUpdate) {
        if (isStale(update)) this.drawn = draw(update.view);
      }
    },
    {
      provide: (self) => [
        EditorView.decorations.of((view) => view.plugin(self)?.drawn.main ?? Decoration.none),
        // Cells stand around what is in them.
        Prec.lowest(EditorView.decorations.of((view) => view.plugin(self)?.drawn.cells ?? Decoration.none)),
      ],
    },
  );
  return plugin;
}

interface Drawn {
  main: DecorationSet;
  cells: DecorationSet;
}

function isStale(update: ViewUpdate): boolean {
  return (
    update.docChanged ||
    update.viewportChanged ||
    update.selectionSet ||
    update.focusChanged ||
    syntaxTree(update.startState) !== syntaxTree(update.state) ||
    update.transactions.some((tr) => tr.effects.some((effect) => effect.is(setTold)))
  );
}

function draw(view: EditorView): Drawn {
  const { state } = view;
  const active = activeLines(state, view.hasFocus);
  const main: Range<Decoration>[] = [];
  const cells: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    const ground = drawSyntax(state, from, to, active, main);
    drawTables(state, ground.tables, from, to, active, main, cells);
    drawLines(state, from, to, active, ground, main);
  }
  return { main: Decoration.set(main, true), cells: Decoration.set(cells, true) };
}

function drawLines(state: EditorState, from: number, to: number, active: Set<number>, ground: Ground, out: Range<Decoration>[]): void {
  let under = startingUnder(state, from);
  for (let at = from; at <= to; ) {
    const { from: start, to: end, text, number } = state.doc.lineAt(at);
    const line: Line = { from: start, to: end, text, active: active.has(number), ground: ground.lines.get(start) ?? null };
    under = drawLine(state, line, under, out);
    at = end + 1;
  }
}

/** The lines on which a cursor stands: there the text is shown as it is written. */
function activeLines(state: EditorState, focused: boolean): Set<number> {
  if (!focused || state.readOnly) return new Set();
  return new Set(state.selection.ranges.map(({ head }) => state.doc.lineAt(head).number));
}
