import { isolateHistory } from '@codemirror/commands';
import { syntaxTree } from '@codemirror/language';
import {
  EditorSelection,
  type ChangeSpec,
  type EditorState,
  type StateCommand,
  type TransactionSpec,
} from '@codemirror/state';
import { offersAt } from '../preview/chips';
import { itemOn } from '../preview/lines';
import { readLine, type BoxStatus } from '../text/line';

const signs: Record<BoxStatus, string> = { open: '[ ]', done: '[x]', dropped: '[-]' };

/** The smallest edit that gives the action on a line a status (DESIGN.md §3); null where there is no action. */
export function statusEdit(state: EditorState, lineStart: number, status: BoxStatus): ChangeSpec | null {
  const line = state.doc.lineAt(lineStart);
  const ground = groundAt(state, line.from);
  const item = itemOn(state, { from: line.from, to: line.to, text: line.text, ground });
  if (item?.kind !== 'action' || ground === 'table') return null;
  const { box, bullet, content, marker } = readLine(line.text);
  if (box && status === 'open' && !bullet) {
    // An empty box is none outside of a list: the line is as it was before it was ticked.
    return { from: line.from + box.from, to: line.from + (marker?.from ?? content) };
  }
  if (box) return { from: line.from + box.from, to: line.from + box.to, insert: signs[status] };
  if (status === 'open') return null;
  return { from: line.from + (marker?.from ?? content), insert: `${signs[status]} ` };
}

/** The status of the action on a line; null where there is none. */
export function statusOf(state: EditorState, lineStart: number): BoxStatus | null {
  const line = state.doc.lineAt(lineStart);
  const item = itemOn(state, {
    from: line.from,
    to: line.to,
    text: line.text,
    ground: groundAt(state, line.from),
  });
  if (item?.kind !== 'action') return null;
  return item.sign === 'done' || item.sign === 'dropped' ? item.sign : 'open';
}

/** Ticks the action on a line, or opens it again. */
export function tick(state: EditorState, lineStart: number): TransactionSpec | null {
  const changes = statusEdit(state, lineStart, statusOf(state, lineStart) === 'open' ? 'done' : 'open');
  return changes ? { changes, userEvent: 'input.tick', annotations: isolateHistory.of('full') } : null;
}

/** Ticks what the cursor or the selection touches: all done, or where none is open, all open again. */
export const tickSelected = setSelected('done');
/** The same for dropping: `- [-]`. */
export const dropSelected = setSelected('dropped');

function setSelected(wanted: BoxStatus): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false;
    const starts = selectedLines(state).filter((start) => statusOf(state, start) !== null);
    const all = starts.every(
      (start) =>
        statusOf(state, start) === wanted || (wanted === 'done' && statusOf(state, start) === 'dropped'),
    );
    const changes = starts
      .map((start) => statusEdit(state, start, all ? 'open' : wanted))
      .filter((edit) => edit !== null);
    if (changes.length > 0)
      dispatch(state.update({ changes, userEvent: 'input.tick', annotations: isolateHistory.of('full') }));
    return true;
  };
}

/** Takes what is offered at the cursor where there is one thing to take; true where it was taken. */
export const acceptOffer: StateCommand = ({ state, dispatch }) => {
  const offers = offersAt(state);
  const [offer] = offers;
  if (!offer || offers.length > 1 || state.readOnly) return false;
  dispatch(state.update(taking(state, offer)));
  return true;
};

/** Puts what is offered in place, as a step of its own. */
export function taking(
  state: EditorState,
  { from, to, insert }: { from: number; to: number; insert: string },
): TransactionSpec {
  const changes = state.changes({ from, to, insert });
  return {
    changes,
    selection: state.selection.map(changes, 1),
    userEvent: 'input.complete',
    annotations: isolateHistory.of('full'),
  };
}

/** Makes the cursor's line prose with a backslash before its label or shorthand, or an item again. */
export const makeProse: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const line = state.doc.lineAt(state.selection.main.head);
  const { content, marker, box } = readLine(line.text);
  const at = line.from + (marker?.from ?? box?.from ?? content);
  const escaped = /^\\(?=!!|=>|\?\?|\[|[\p{L}*_])/u.test(line.text.slice(at - line.from));
  const item = itemOn(state, {
    from: line.from,
    to: line.to,
    text: line.text,
    ground: groundAt(state, line.from),
  });
  if (!escaped && !item) return true;
  const changes = escaped ? { from: at, to: at + 1 } : { from: at, insert: '\\' };
  const set = state.changes(changes);
  dispatch(
    state.update({
      changes: set,
      selection: EditorSelection.cursor(set.mapPos(state.selection.main.head, 1)),
      userEvent: 'input',
    }),
  );
  return true;
};

function selectedLines(state: EditorState): number[] {
  const starts = new Set<number>();
  for (const { from, to } of state.selection.ranges) {
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at);
      if (line.from < to || from === to) starts.add(line.from);
      at = line.to + 1;
    }
  }
  return [...starts];
}

/** Whether the text ends in a block of code that nothing closes: what comes next is code too. */
function isInOpenCode(state: EditorState): boolean {
  for (let node = syntaxTree(state).resolveInner(state.doc.length, -1); ;) {
    if (node.name === 'FencedCode') return node.getChildren('CodeMark').length < 2;
    if (!node.parent) return false;
    node = node.parent;
  }
}

/** What a line stands on, as far as items care. */
export function groundAt(state: EditorState, at: number): 'code' | 'table' | null {
  if (at === state.doc.length && isInOpenCode(state)) return 'code';
  for (let node = syntaxTree(state).resolveInner(at, 1); ;) {
    if (/Code|HTMLBlock|CommentBlock/.test(node.name) && node.name !== 'InlineCode') return 'code';
    if (node.name === 'Table') return 'table';
    if (!node.parent) return null;
    node = node.parent;
  }
}
