import { history, undo } from '@codemirror/commands';
import { EditorSelection, EditorState, type TransactionSpec } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { anchorCare, anchorRepairs, outsideHistory } from './anchor-care';

/** `|` stands for the cursor, two of them for a selection, `~` for a table's bar. */
function open(marked: string): EditorState {
  const at = [...marked.matchAll(/\|/g)].map(({ index }, nth) => index - nth);
  return EditorState.create({
    doc: marked.replaceAll('|', '').replaceAll('~', '|'),
    selection: EditorSelection.single(at[0] ?? 0, at[1] ?? at[0] ?? 0),
    extensions: [anchorCare(), history()],
  });
}

function type(state: EditorState, text: string): EditorState {
  return state.update(state.replaceSelection(text), { userEvent: 'input.type' }).state;
}

function check(before: string, typed: string, after: string) {
  expect(type(open(before), typed).doc.toString()).toBe(after.replaceAll('~', '|'));
}

describe('an anchor keeps to its line', () => {
  it.each([
    ['what is typed at the end lands before it', '!! a| ^k7m2xq', 'b', '!! ab ^k7m2xq'],
    ['what is typed behind it too', '!! a ^k7m2xq|', 'b', '!! ab ^k7m2xq'],
    ['what is typed behind the blanks after it keeps the blank', '!! a ^k7m2xq |', 'b', '!! a b ^k7m2xq'],
    ['Enter at the end leaves it where it is', '!! a| ^k7m2xq', '\n', '!! a ^k7m2xq\n'],
    ['Enter in the middle leaves it on the first half', '!! a|b ^k7m2xq', '\n', '!! a ^k7m2xq\nb'],
    ['Enter at the front takes it along', '|!! a ^k7m2xq', '\n', '\n!! a ^k7m2xq'],
    ['rewording the whole front keeps it', '|!! old| words ^k7m2xq', 'new', 'new words ^k7m2xq'],
    ['deleting all that is seen takes it too', '|!! a| ^k7m2xq\nb', '', '\nb'],
    ['joining two lines keeps the first', '!! a| ^k7m2xq\n|b', '', '!! ab ^k7m2xq'],
    ['joining two items keeps the first', '!! a| ^k7m2xq\n|!! b ^aaaaaa', '', '!! a!! b ^k7m2xq'],
    [
      'typing over from one item into the next keeps the first',
      '!! a|b ^k7m2xq\n!! c|d ^aaaaaa',
      'x',
      '!! axd ^k7m2xq',
    ],
    ['deleting a first line wholly keeps the second', '|!! a ^k7m2xq\n|!! b ^aaaaaa', '', '!! b ^aaaaaa'],
    ['a table keeps it inside the last cell', '~ a ~ b| ^k7m2xq ~', 'c', '~ a ~ bc ^k7m2xq ~'],
    ['the target of a link is no anchor', '!! a after ^k7m2xq|', ' b', '!! a after ^k7m2xq b'],
  ])('%s', (_, before, typed, after) => check(before, typed, after));

  it('is not deleted by a delete at the end of the last line', () => {
    const state = open('!! a ^k7m2xq');
    expect(state.update({ changes: { from: 4, to: 12 }, userEvent: 'delete' }).newDoc.toString()).toBe(
      '!! a ^k7m2xq',
    );
  });

  it('is not torn by an Enter that eats the blank before it', () => {
    const state = open('?? a|');
    const before = state.update({
      changes: { from: 4, insert: ' ^k7m2xq' },
      annotations: outsideHistory,
    }).state;
    const tr = before.update({ changes: { from: 4, to: 5, insert: '\n' }, selection: { anchor: 5 } });
    expect(tr.newDoc.toString()).toBe('?? a ^k7m2xq\n');
    expect(tr.newSelection.main.head).toBe(13);
  });

  it('does not move a change that came from the vault', () => {
    const state = open('!! a');
    const spec: TransactionSpec = { changes: { from: 4, insert: ' ^k7m2xq' }, annotations: outsideHistory };
    expect(
      state.update(spec, { changes: { from: 0, insert: 'x\n' }, sequential: true }).newDoc.toString(),
    ).toBe('x\n!! a ^k7m2xq');
  });
});

describe('the cursor', () => {
  it.each([5, 8, 12])('never stands inside or right behind an anchor (%i)', (at) => {
    const state = open('!! a ^k7m2xq\nb');
    expect(state.update({ selection: { anchor: at } }).newSelection.main.head).toBe(4);
  });

  it('may stand behind the blanks that follow one', () => {
    expect(open('!! a ^k7m2xq  ').update({ selection: { anchor: 13 } }).newSelection.main.head).toBe(13);
  });

  it('stays where one types when the vault writes an anchor', () => {
    for (const [before, at, after] of [
      ['!! a', 4, 4],
      ['!! a ', 4, 13],
    ] as const) {
      const state = open(before).update({ selection: { anchor: before.length } }).state;
      const next = state.update({ changes: { from: at, insert: ' ^k7m2xq' }, annotations: outsideHistory });
      expect(next.newSelection.main.head).toBe(after);
    }
  });
});

describe('undo', () => {
  it('of a join puts each anchor back once', () => {
    const before = 'a\n!! a ^k7m2xq\n!! b ^aaaaaa\n';
    let state = open(before);
    state = state.update({ changes: { from: 6, to: 15 }, userEvent: 'delete' }).state;
    expect(state.doc.toString()).toBe('a\n!! a!! b ^k7m2xq\n');
    let repairs: unknown[] = [];
    undo({ state, dispatch: (tr) => ((state = tr.state), (repairs = anchorRepairs(tr))) });
    expect(state.doc.toString()).toBe(before);
    expect(repairs).toEqual([]);
  });

  it('knows nothing of anchors, and leaves none behind', () => {
    let state = type(open('first|\n'), '\n!! a');
    state = state.update({ changes: { from: 10, insert: ' ^k7m2xq' }, annotations: outsideHistory }).state;
    expect(state.doc.toString()).toBe('first\n!! a ^k7m2xq\n');
    let repairs: unknown[] = [];
    undo({
      state,
      dispatch: (tr) => {
        state = tr.state;
        const found = anchorRepairs(tr);
        repairs = found;
        state = state.update({ changes: found, annotations: outsideHistory }).state;
      },
    });
    expect(repairs).toHaveLength(1);
    expect(state.doc.toString()).toBe('first\n');
  });
});
