import { syntaxTree } from '@codemirror/language';
import { Prec, type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { drawLine, startingUnder, type Line } from './lines';
import { drawSyntax, hidden, type Ground } from './syntax';
import { drawTables } from './tables';
import { setTold } from './told';
import { Lead } from './widgets';

/**
 * Draws a note as one reads it: marks hidden but on the cursor's line, signs for items, names and dates as chips. Only what is on
 * the screen is drawn, anew whenever text, cursor or what Rust told has changed.
 */
export function preview(): Extension {
  const plugin = ViewPlugin.fromClass(
    class {
      drawn: Drawn;
      constructor(view: EditorView) {
        this.drawn = draw(view.state, view.visibleRanges, view.hasFocus);
      }
      update(update: ViewUpdate) {
        if (isStale(update)) this.drawn = draw(update.state, update.view.visibleRanges, update.view.hasFocus);
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

export interface Drawn {
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

/** What is drawn of these stretches; `focused` says whether the cursor's line shows as it is written. */
export function draw(
  state: EditorState,
  visible: readonly { from: number; to: number }[],
  focused: boolean,
): Drawn {
  const active = activeLines(state, focused);
  const main: Range<Decoration>[] = [];
  const cells: Range<Decoration>[] = [];
  for (const { from, to } of visible) {
    const ground = drawSyntax(state, from, to, active, main);
    drawTables(state, ground.tables, from, to, active, main, cells);
    drawLines(state, from, to, active, ground, main);
  }
  return { main: Decoration.set(withoutInner(main), true), cells: Decoration.set(cells, true) };
}

/** What a sign stands in place of needs no hiding of its own: a label's emphasis, say. */
function withoutInner(drawn: Range<Decoration>[]): Range<Decoration>[] {
  const leads = drawn.filter(({ value, from, to }) => to > from && value.spec.widget instanceof Lead);
  if (leads.length === 0) return drawn;
  let at = 0;
  leads.sort((a, b) => a.from - b.from);
  return [...drawn]
    .sort((a, b) => a.from - b.from)
    .filter((one) => {
      while (at < leads.length && (leads[at]?.to ?? 0) <= one.from) at += 1;
      const lead = leads[at];
      return one.value !== hidden || !lead || one.from < lead.from || one.to > lead.to;
    });
}

function drawLines(
  state: EditorState,
  from: number,
  to: number,
  active: Set<number>,
  ground: Ground,
  out: Range<Decoration>[],
): void {
  let under = startingUnder(state, from);
  for (let at = from; at <= to;) {
    const { from: start, to: end, text, number } = state.doc.lineAt(at);
    const line: Line = {
      from: start,
      to: end,
      text,
      active: active.has(number),
      ground: ground.lines.get(start) ?? null,
    };
    under = drawLine(state, line, under, out);
    at = end + 1;
  }
}

/** The lines on which a cursor stands: there the text is shown as it is written. */
function activeLines(state: EditorState, focused: boolean): Set<number> {
  if (!focused || state.readOnly) return new Set();
  return new Set(state.selection.ranges.map(({ head }) => state.doc.lineAt(head).number));
}
