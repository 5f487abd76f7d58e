import { syntaxTree } from '@codemirror/language';
import {
  Annotation,
  type ChangeSet,
  EditorSelection,
  EditorState,
  Prec,
  RangeSet,
  RangeValue,
  StateField,
  Transaction,
  type Extension,
  type Text,
} from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { anchorOf, anchorPlace, stripAnchors } from './anchors';

/** Marks a change that came from the vault: nothing about it is mended, and undo knows nothing of it. */
export const fromVault = Annotation.define<boolean>();

/**
 * Keeps anchors where they belong while a person types: on the line whose beginning they were written behind, at its end; never
 * alone on a line; out of the way of the cursor, of copies, and of undo.
 */
export function anchorCare(): Extension {
  return [
    EditorState.transactionFilter.of((tr) => {
      if (tr.annotation(fromVault)) return tr;
      const specs = [];
      const repairs = tr.docChanged ? anchorRepairs(tr) : [];
      if (repairs.length > 0) specs.push({ changes: repairs, sequential: true });
      if (tr.selection && repairs.length === 0) {
        const selection = outsideAnchors(tr.newDoc, tr.newSelection);
        if (selection) specs.push({ selection, sequential: true });
      }
      return specs.length > 0 ? [tr, ...specs] : tr;
    }),
    // Undo is not filtered: what it leaves behind is mended right after it.
    EditorView.updateListener.of((update) => {
      for (const tr of update.transactions) {
        if (
          !tr.docChanged ||
          !(tr.isUserEvent('undo') || tr.isUserEvent('redo')) ||
          tr.state !== update.state
        )
          continue;
        const changes = anchorRepairs(tr);
        if (changes.length > 0) update.view.dispatch({ changes, annotations: outsideHistory });
      }
    }),
    Prec.highest(EditorView.atomicRanges.of((view) => atomsIn(view))),
    lastCut,
    EditorView.clipboardOutputFilter.of((text) => stripAnchors(text)),
    EditorView.clipboardInputFilter.of(pasted),
    EditorView.domEventHandlers({
      cut(_, view) {
        view.dispatch({ annotations: [cutOut.of(textCut(view.state)), Transaction.addToHistory.of(false)] });
        return false;
      },
    }),
  ];
}

/** For changes that are the vault's and not the person's. */
export const outsideHistory = [
  fromVault.of(true),
  Transaction.addToHistory.of(false),
  Transaction.remote.of(true),
];

/** What is to be done after `tr` so that every anchor it touched stands where it belongs. In terms of the new document. */
export function anchorRepairs(
  tr: Pick<Transaction, 'changes' | 'startState' | 'newDoc'>,
): { from: number; to?: number; insert?: string }[] {
  const repairs: { from: number; to?: number; insert?: string }[] = [];
  const old = tr.startState.doc;
  const homes = new Set<number>();
  let seen = 0;
  tr.changes.iterChangedRanges((fromA, toA) => {
    let at = Math.max(fromA, seen);
    while (at <= toA) {
      const line = old.lineAt(at);
      if (line.from >= seen) care(line);
      at = line.to + 1;
      seen = at;
    }
  });
  return repairs;

  function care(line: { from: number; text: string }) {
    const anchor = anchorOf(line.text);
    if (!anchor || inCode(tr.startState, line.from)) return;
    const [from, to] = [line.from + anchor.from, line.from + anchor.to];
    const content = line.from + (/^[\s>]*/.exec(line.text)?.[0].length ?? 0);
    const lives = content < from && !isCovered(tr.changes, content, from);
    const left = leftOf(tr.changes, from, to);
    if (!lives) {
      if (content < from) repairs.push(...left);
      return;
    }
    const home = tr.newDoc.lineAt(tr.changes.mapPos(content, 1));
    const taken = homes.has(home.number);
    homes.add(home.number);
    const standing = anchorOf(home.text);
    // Whole, and where it belongs.
    const whole = left.length === 1 && left[0] && left[0].to - left[0].from === to - from ? left[0] : null;
    const isStanding = whole !== null && standing !== null && home.from + standing.to === whole.to;
    if (isStanding && !taken) return;
    repairs.push(...left);
    // Undo may have put it back already.
    if (taken || (standing?.id === anchor.id && !left.some((part) => part.to === home.from + standing.to)))
      return;
    // Another line's anchor that was drawn up here gives way: it is mended in its own turn.
    const place =
      standing && !left.some((part) => part.to === home.from + standing.to) ? standing.from : null;
    repairs.push({ from: home.from + (place ?? anchorPlace(home.text)), insert: ` ^${anchor.id}` });
  }
}

/** What a change leaves of a stretch, where it then stands. */
function leftOf(changes: ChangeSet, from: number, to: number): { from: number; to: number }[] {
  const left: { from: number; to: number }[] = [];
  changes.iterGaps((posA, posB, length) => {
    const [start, end] = [Math.max(from, posA), Math.min(to, posA + length)];
    if (end > start) left.push({ from: posB + start - posA, to: posB + end - posA });
  });
  return left;
}

/** Whether nothing is left of what stood from `from` to `to`. */
export function isCovered(changes: ChangeSet, from: number, to: number): boolean {
  let at = from;
  changes.iterChanges((fromA, toA) => {
    if (fromA <= at && toA > at) at = toA;
  });
  return at >= to;
}

function inCode(state: EditorState, at: number): boolean {
  return /Code|HTML/.test(syntaxTree(state).resolveInner(at, 1).name);
}

/** The selection, its ends before the anchors they stand in or right behind; null where none does. */
function outsideAnchors(doc: Text, selection: EditorSelection): EditorSelection | null {
  let moved = false;
  const before = (at: number) => {
    const line = doc.lineAt(at);
    const anchor = anchorOf(line.text);
    if (!anchor || at <= line.from + anchor.from || at > line.from + anchor.to) return at;
    moved = true;
    return line.from + anchor.from;
  };
  const ranges = selection.ranges.map((range) => {
    const [anchor, head] = [before(range.anchor), before(range.head)];
    return anchor === range.anchor && head === range.head
      ? range
      : EditorSelection.range(anchor, head, range.goalColumn, range.bidiLevel ?? undefined);
  });
  return moved ? EditorSelection.create(ranges, selection.mainIndex) : null;
}

class Atom extends RangeValue {}
const atom = new Atom();

/** An anchor and the sign behind it, a line's end even, are one step for the cursor: it never stands behind the anchor. */
function atomsIn(view: EditorView): RangeSet<RangeValue> {
  const atoms = [];
  const { doc } = view.state;
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = doc.lineAt(at);
      const anchor = anchorOf(line.text);
      if (anchor)
        atoms.push(atom.range(line.from + anchor.from, Math.min(doc.length, line.from + anchor.to + 1)));
      at = line.to + 1;
    }
  }
  return RangeSet.of(atoms);
}

/** The last text cut, with its anchors and without. */
interface Cut {
  whole: string;
  bare: string;
}
const cutOut = Annotation.define<Cut | null>();
const lastCut = StateField.define<Cut | null>({
  create: () => null,
  update(cut, tr) {
    const out = tr.annotation(cutOut);
    return out === undefined ? cut : out;
  },
});

/** What the selection cuts out, the anchor of its last line with it where that line goes as a whole. */
function textCut(state: EditorState): Cut | null {
  if (state.selection.ranges.length > 1) return null;
  let { from, to } = state.selection.main;
  if (from === to) {
    const line = state.doc.lineAt(from);
    [from, to] = [line.from, Math.min(state.doc.length, line.to + 1)];
  }
  const last = state.doc.lineAt(to);
  const anchor = anchorOf(last.text);
  const bare = stripAnchors(state.sliceDoc(from, to));
  const takesAll =
    anchor &&
    to === last.from + anchor.from &&
    (from <= last.from || !/\S/.test(state.sliceDoc(last.from, from)));
  const whole = state.sliceDoc(from, takesAll ? last.from + anchor.to : to);
  return whole === bare ? null : { whole, bare };
}

/** A pasted text: what was cut and is gone comes back with its anchors, anything else comes without. */
function pasted(text: string, state: EditorState): string {
  const cut = state.field(lastCut, false);
  const plain = text.replace(/\r\n?/g, '\n');
  if (cut && plain.replace(/\n$/, '') === cut.bare.replace(/\n$/, '')) {
    const ids = [...cut.whole.matchAll(/\^([a-z0-9]{6})/g)].map(([id]) => id);
    const doc = state.doc.toString();
    if (ids.every((id) => !doc.includes(id)))
      return plain.endsWith('\n') ? ensureEnd(cut.whole) : cut.whole.replace(/\n$/, '');
  }
  return stripAnchors(plain);
}

function ensureEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
