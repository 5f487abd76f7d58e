import { type ChangeSet, StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import { differingLines, editsBetween } from './difference';

/** Lines of a text, from the beginning of the first to behind the last. */
interface Stretch {
  from: number;
  to: number;
  whose: 'theirs' | 'mine';
}

/** Marks what two wrote at the same place, in place of what was marked before; nothing takes the marks away. */
export const markBoth = StateEffect.define<readonly Stretch[]>();

const look = {
  theirs: Decoration.line({ class: 'note-both note-theirs' }),
  mine: Decoration.line({ class: 'note-both note-mine' }),
};

// What is typed before or behind a stretch is no part of it.
const marks = StateField.define<readonly Stretch[]>({
  create: () => [],
  update(stretches, tr) {
    for (const effect of tr.effects) if (effect.is(markBoth)) return effect.value;
    if (!tr.docChanged) return stretches;
    return stretches.map(({ from, to, whose }) => ({
      from: tr.changes.mapPos(from, 1),
      to: tr.changes.mapPos(to, -1),
      whose,
    }));
  },
  provide: (field) =>
    EditorView.decorations.compute([field], (state) =>
      Decoration.set(
        state.field(field).flatMap((one) => lines(state.doc, one)),
        true,
      ),
    ),
});

/** The lines that two wrote at once are tinted, until they are unmarked. */
export const both: Extension = marks;

function lines(doc: Text, { from, to, whose }: Stretch) {
  const found = [];
  for (let at = from; at < to;) {
    const line = doc.lineAt(at);
    found.push(look[whose].range(line.from));
    at = line.to + 1;
  }
  return found;
}

/**
 * Where the answer to `sent` has both what another program wrote and what was typed since `base`, the one before the other, in
 * the document that `since` leads to from what was sent.
 */
export function clashes(base: string, sent: string, answer: string, since: ChangeSet): Stretch[] {
  const typed = differingLines(base, sent);
  return editsBetween(sent, answer).flatMap(({ from, to, insert }): Stretch[] => {
    const mine = typed.find((one) => one.from <= from && from < one.to);
    if (!mine || from !== to || !insert.includes('\n')) return [];
    const [start, between, end] = [since.mapPos(from, -1), since.mapPos(from, 1), since.mapPos(mine.to, -1)];
    return [
      { from: start, to: between, whose: 'theirs' },
      { from: between, to: Math.max(between, end), whose: 'mine' },
    ];
  });
}
