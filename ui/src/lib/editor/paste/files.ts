import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import { place } from '../place';
import { Words } from '../preview/widgets';

const begin = StateEffect.define<{ id: number; at: number; name: string }>();
const end = StateEffect.define<number>();
let count = 0;

/** Files on their way into the vault: a word stands where each will be written, and moves with the text. */
export const underWay = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(files, tr) {
    let next = files.map(tr.changes);
    for (const effect of tr.effects) {
      if (effect.is(begin)) {
        const { id, at, name } = effect.value;
        const widget = new Words(`storing ${name}…`, 'note-storing');
        next = next.update({ add: [Decoration.widget({ widget, side: 1, id }).range(at)] });
      }
      if (effect.is(end)) next = next.update({ filter: (_, __, { spec }) => spec.id !== effect.value });
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Stores files in the vault and writes where they are. One that cannot be stored is complained of, and nothing is written. */
export async function insertFiles(view: EditorView, files: File[], at: number): Promise<void> {
  const here = view.state.facet(place);
  let next = at;
  for (const file of files) {
    const id = (count += 1);
    const name = nameOf(file);
    view.dispatch({ effects: begin.of({ id, at: Math.min(next, view.state.doc.length), name }) });
    try {
      const path = await here.attachmentAdd(name, new Uint8Array(await file.arrayBuffer()));
      const link = `${file.type.startsWith('image/') ? '!' : ''}[${name.replace(/[[\]\\]/g, '')}](${addressOf(path)})`;
      next = write(view, id, /^!?\[.*\]\(.*\)$/.test(path) ? path : link);
    } catch (failure) {
      view.dispatch({ effects: end.of(id) });
      here.complain(failure);
    }
  }
}

/** Stores the picture that lies on the clipboard and was not handed to the page; where there is none, nothing happens. */
export async function insertPicture(view: EditorView, at: number): Promise<void> {
  const here = view.state.facet(place);
  const id = (count += 1);
  view.dispatch({ effects: begin.of({ id, at, name: 'picture' }) });
  try {
    const path = await here.attachmentPaste();
    if (path === null) view.dispatch({ effects: end.of(id) });
    else write(view, id, `![picture](${addressOf(path)})`);
  } catch (failure) {
    view.dispatch({ effects: end.of(id) });
    here.complain(failure);
  }
}

function write(view: EditorView, id: number, insert: string): number {
  let at = view.state.selection.main.head;
  for (const cursor = view.state.field(underWay).iter(); cursor.value; cursor.next()) {
    if (cursor.value.spec.id === id) at = cursor.from;
  }
  const { main } = view.state.selection;
  view.dispatch({
    changes: { from: at, insert },
    // Who stands there writes on behind it.
    selection: main.empty && main.head === at ? { anchor: at + insert.length } : undefined,
    effects: end.of(id),
    userEvent: 'input.paste',
    scrollIntoView: true,
  });
  return at + insert.length;
}

function nameOf(file: File): string {
  const name = file.name.trim();
  // What comes from the clipboard is called image.png, all of it.
  if (name && name !== 'image.png') return name;
  return `picture.${file.type.split('/')[1]?.replace(/[^a-z0-9]/gi, '') || 'png'}`;
}

function addressOf(path: string): string {
  return /[\s()<>]/.test(path) ? `<${path}>` : path;
}
