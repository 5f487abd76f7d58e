import { ChangeSet, type EditorState, type Text, type TransactionSpec } from '@codemirror/state';
import { anchorOf, anchorPlace } from './anchors';
import { isCovered, outsideHistory } from './anchor-care';
import { editsBetween, type Edit } from './difference';
import { setEndings, shapeOf } from './endings';

/**
 * The change that brings an editor from what it sent to what came back, with everything typed since on top: `local` leads from
 * `sent` to the document as it is. Nothing typed is lost; an anchor for a line that has gone meanwhile is dropped, and one for
 * a line that has grown goes to its new end.
 */
export function adopt(
  state: EditorState,
  sent: Text,
  local: ChangeSet,
  answer: string,
): TransactionSpec | null {
  const { doc: text, main, odd } = shapeOf(answer);
  const edits = editsBetween(sent.toString(), text);
  const plain = local.empty ? edits : edits.filter((edit) => !isAnchor(edit));
  const changes = ChangeSet.of(plain, sent.length).map(local, true);
  const after = changes.apply(state.doc);
  const late: Edit[] = [];
  if (!local.empty) {
    const moved = local.compose(changes);
    const taken = new Set<number>();
    for (const edit of edits.filter(isAnchor)) {
      const line = sent.lineAt(edit.from);
      if (line.from < edit.from && isCovered(local, line.from, edit.from)) continue;
      const home = after.lineAt(moved.mapPos(firstOf(line), 1));
      if (anchorOf(home.text) || taken.has(home.number)) continue;
      taken.add(home.number);
      const at = home.from + anchorPlace(home.text);
      late.push({ from: at, to: at, insert: ` ${edit.insert.trim()}` });
    }
  }
  const all = changes.compose(ChangeSet.of(late, after.length));
  const effects = local.empty && answer !== text ? [setEndings.of({ main, odd })] : [];
  if (all.empty && effects.length === 0) return null;
  return { changes: all, effects, annotations: outsideHistory };
}

function firstOf(line: { from: number; text: string }): number {
  return line.from + (/^[\s>]*/.exec(line.text)?.[0].length ?? 0);
}

function isAnchor({ from, to, insert }: Edit): boolean {
  return from === to && /^[ \t]?\^[a-z0-9]{6}$/.test(insert);
}
