import { isolateHistory } from '@codemirror/commands';
import {
  EditorSelection,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
} from '@codemirror/state';
import { EditorView, type Command } from '@codemirror/view';
import { groundAt } from '../keys/items';
import { insertFiles, insertPicture } from './files';
import { markdownOf } from './markdown';

/** What was pasted as Markdown last, and how it reads as plain text. */
interface Pasted {
  from: number;
  to: number;
  markdown: string;
  plain: string;
}

const setPasted = StateEffect.define<Pasted | null>();
const lastPaste = StateField.define<Pasted | null>({
  create: () => null,
  update(pasted, tr) {
    for (const effect of tr.effects) if (effect.is(setPasted)) return effect.value;
    if (!pasted || !tr.docChanged) return pasted;
    const [from, to] = [tr.changes.mapPos(pasted.from, 1), tr.changes.mapPos(pasted.to, -1)];
    return to > from ? { ...pasted, from, to } : null;
  },
});

/** Rich text pasted becomes Markdown, files become attachments, an address pasted on words a link. */
export function pasting(): Extension {
  return [
    lastPaste,
    EditorView.domEventHandlers({
      paste(event, view) {
        const { clipboardData } = event;
        if (!clipboardData || view.state.readOnly) return false;
        const plain = clipboardData.getData('text/plain');
        const files = filesOf(clipboardData);
        // A spreadsheet also sends its cells as a picture: the text is what is meant.
        if (files.length > 0 && plain.trim() === '') {
          void insertFiles(view, files, view.state.selection.main.from);
          return true;
        }
        // WebKitGTK says of a picture nothing at all.
        if (clipboardData.types.length === 0 && files.length === 0) {
          void insertPicture(view, view.state.selection.main.from);
          return true;
        }
        const link = linkFor(view.state, plain);
        if (link) {
          view.dispatch(link);
          return true;
        }
        const isCode =
          clipboardData.types.includes('vscode-editor-data') ||
          groundAt(view.state, view.state.selection.main.head) === 'code';
        const html = isCode ? '' : clipboardData.getData('text/html');
        const markdown = html ? markdownOf(html) : null;
        if (isCode || ((markdown === null || markdown === plain) && !behindBullet(view.state, plain)))
          return false;
        insertMarkdown(view, markdown ?? plain, plain);
        return true;
      },
      drop(event, view) {
        const files = event.dataTransfer ? filesOf(event.dataTransfer) : [];
        if (files.length === 0 || view.state.readOnly) return false;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length;
        void insertFiles(view, files, at);
        return true;
      },
    }),
  ];
}

/** An item, with or without a box, at the beginning of what is pasted. */
const item = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/;
/** A line that is nothing yet but a bullet. */
const bullet = /^((?:[ \t]|>)*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[ \][ \t]+)?$/;

/** How far in the bullet stands that waits at the cursor for a list that is pasted; null where none does. */
function behindBullet(state: EditorState, pasted: string): { from: number; indent: string } | null {
  const { main, ranges } = state.selection;
  const line = state.doc.lineAt(main.from);
  const found = bullet.exec(line.text.slice(0, main.from - line.from));
  if (ranges.length > 1 || !found || !item.test(pasted)) return null;
  return { from: line.from, indent: found[1] ?? '' };
}

/**
 * Puts Markdown in place of the selection, and remembers the plain text in its stead. A list takes the place of the empty
 * bullet it is pasted behind, and stands as far in.
 */
export function insertMarkdown(view: EditorView, pasted: string, plain: string): void {
  const { main } = view.state.selection;
  const { to } = main;
  const waiting = behindBullet(view.state, pasted);
  const from = waiting?.from ?? main.from;
  const markdown = waiting ? pasted.trimEnd().replace(/^(?=.*\S)/gm, waiting.indent) : pasted;
  view.dispatch({
    changes: { from, to, insert: markdown },
    selection: EditorSelection.cursor(from + view.state.toText(markdown).length),
    effects: setPasted.of({ from, to: from + view.state.toText(markdown).length, markdown, plain }),
    annotations: isolateHistory.of('full'),
    userEvent: 'input.paste',
    scrollIntoView: true,
  });
}

/** Turns what was just pasted into plain text; where nothing was, pastes plainly what the clipboard holds. */
export const pastePlain: Command = (view) => {
  if (view.state.readOnly) return false;
  const pasted = view.state.field(lastPaste, false);
  if (pasted && view.state.sliceDoc(pasted.from, pasted.to) === pasted.markdown) {
    const changes = { from: pasted.from, to: pasted.to, insert: pasted.plain };
    view.dispatch({
      changes,
      selection: EditorSelection.cursor(pasted.from + view.state.toText(pasted.plain).length),
      effects: setPasted.of(null),
      annotations: isolateHistory.of('full'),
      userEvent: 'input.paste',
    });
    return true;
  }
  navigator.clipboard?.readText().then(
    (text) =>
      view.dispatch(view.state.replaceSelection(text), { userEvent: 'input.paste', scrollIntoView: true }),
    () => undefined,
  );
  return true;
};

/** An address pasted on selected words makes them a link. */
function linkFor(state: EditorState, plain: string) {
  const { from, to, empty } = state.selection.main;
  const url = plain.trim();
  if (empty || state.selection.ranges.length > 1 || !/^(?:https?:\/\/|mailto:)\S+$/i.test(url)) return null;
  const words = state.sliceDoc(from, to);
  if (/[\n[\]]|^https?:/.test(words) || groundAt(state, from) === 'code') return null;
  const insert = `[${words}](${/[()\s]/.test(url) ? `<${url}>` : url})`;
  return {
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.paste',
  };
}

function filesOf(data: DataTransfer): File[] {
  return [...data.files];
}
