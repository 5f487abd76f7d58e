import type { EditorState, TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { groundAt } from './items';

/** A line up to the cursor that has a bullet of its own, with or without a box, and behind it another just typed. */
const twice =
  /^((?:[ \t]|>)*)([-*+]|\d{1,9}[.)])([ \t]+)(?:(\[[ xX-]\])([ \t]+))?(?:([-*+]|\d{1,9}[.)])|(\[[ xX-]\]))$/;

/**
 * Enter puts the next bullet, and who types without looking types one as well: the typed one takes its place, and so does
 * a box. Null where a blank at the cursor ends no such thing.
 */
export function takeMarker(state: EditorState): TransactionSpec | null {
  const { main, ranges } = state.selection;
  const line = state.doc.lineAt(main.head);
  if (ranges.length > 1 || !main.empty || groundAt(state, line.from) === 'code') return null;
  const found = twice.exec(line.text.slice(0, main.head - line.from));
  if (!found) return null;
  const [, before = '', bullet = '', blanks = ' ', box, , typed, typedBox] = found;
  if (typedBox !== undefined && box === undefined) return null;
  const insert = typedBox === undefined ? `${before}${typed} ` : `${before}${bullet}${blanks}${typedBox} `;
  return {
    changes: { from: line.from, to: main.head, insert },
    selection: { anchor: line.from + insert.length },
    userEvent: 'input.type',
  };
}

/** Takes a typed bullet for the one that stands there. */
export const markers = EditorView.inputHandler.of((view, from, to, text) => {
  if (text !== ' ' || from !== to || view.state.readOnly || view.composing) return false;
  const taken = takeMarker(view.state);
  if (!taken) return false;
  view.dispatch(taken);
  return true;
});
