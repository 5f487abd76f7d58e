import { selectNextOccurrence } from '@codemirror/search';
import {
  EditorSelection,
  EditorState,
  type Extension,
  type Range,
  type StateCommand,
} from '@codemirror/state';
import { Decoration, EditorView, WidgetType } from '@codemirror/view';

/** Selects the word, and with each press one more place where it stands. */
export const nextToo = selectNextOccurrence;

/** Back to one place, where there are several. */
export const onlyMain: StateCommand = ({ state, dispatch }) => {
  if (state.selection.ranges.length < 2) return false;
  dispatch(
    state.update({
      selection: EditorSelection.single(state.selection.main.anchor, state.selection.main.head),
    }),
  );
  return true;
};

class Caret extends WidgetType {
  override eq(): boolean {
    return true;
  }
  toDOM(): HTMLElement {
    const caret = document.createElement('span');
    caret.className = 'note-caret';
    caret.setAttribute('aria-hidden', 'true');
    return caret;
  }
}

const also = Decoration.mark({ class: 'note-also' });
const caret = Decoration.widget({ widget: new Caret(), side: 1 });

/** Several places written in at once: the web view shows the main one, the others are drawn. */
export const several: Extension = [
  EditorState.allowMultipleSelections.of(true),
  EditorView.decorations.compute(['selection'], ({ selection }) => {
    if (selection.ranges.length < 2) return Decoration.none;
    const drawn: Range<Decoration>[] = selection.ranges.flatMap((range) => {
      if (range === selection.main) return [];
      return range.empty ? [caret.range(range.head)] : [also.range(range.from, range.to)];
    });
    return Decoration.set(drawn, true);
  }),
];
