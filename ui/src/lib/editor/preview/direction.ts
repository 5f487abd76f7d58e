import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

/** Hebrew, Arabic and their neighbours, which are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const auto = Decoration.line({ attributes: { dir: 'auto' } });

/** A line with letters written from right to left stands as its first letter asks, whatever the lines around it do. */
export const direction = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = drawn(view);
      }

      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged) this.decorations = drawn(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
];

function drawn(view: EditorView): DecorationSet {
  const lines = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      if (rightToLeft.test(line.text)) lines.add(line.from, line.from, auto);
      at = line.to + 1;
    }
  }
  return lines.finish();
}
