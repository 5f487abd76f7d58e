import { ensureSyntaxTree } from '@codemirror/language';
import type { EditorState, StateCommand } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { mark, open, shown, tell } from '../testing';
import { acceptOffer, dropSelected, makeProse, tick, tickSelected } from './items';
import { enter, home, indent, outdent } from './lists';
import { takeMarker } from './markers';
import { nextToo, onlyMain } from './several';
import { cellBefore, newRow, nextCell, takeBar } from './table';
import { wrapIn } from './wrap';

function run(state: EditorState, command: StateCommand): EditorState {
  let next = state;
  command({ state, dispatch: (tr) => (next = tr.state) });
  return next;
}

function check(command: StateCommand, before: string, after: string) {
  expect(shown(run(open(before), command))).toBe(after);
}

describe('ticking', () => {
  it.each([
    ['- [ ] a|', '- [x] a|'],
    ['- [x] a|', '- [ ] a|'],
    ['- [-] a|', '- [ ] a|'],
    ['!! a|', '[x] !! a|'],
    ['[x] !! a|', '!! a|'],
    ['- !! a|', '- [x] !! a|'],
    ['  - [ ] a| ^k7m2xq', '  - [x] a| ^k7m2xq'],
    ['prose|', 'prose|'],
    ['=> decided|', '=> decided|'],
    ['|- [ ] a\n- [x] b|', '|- [x] a\n- [x] b|'],
    ['|- [x] a\n- [x] b|', '|- [ ] a\n- [ ] b|'],
  ])('makes %j of %j', (before, after) => check(tickSelected, before, after));

  it('drops with the other key', () => {
    check(dropSelected, '- [ ] a|', '- [-] a|');
    check(dropSelected, '- [-] a|', '- [ ] a|');
  });

  it('works on a label that Rust told', () => {
    const state = tell(open('Action: a\n|'), [
      mark({ from: 0, to: 9, kind: 'action', status: 'open', marker: { from: 0, to: 7 } }),
    ]);
    const spec = tick(state, 0);
    expect(spec && state.update(spec).newDoc.toString()).toBe('[x] Action: a\n');
  });

  it('touches no code', () => check(tickSelected, '```\n- [ ] a|\n```', '```\n- [ ] a|\n```'));
});

describe('Enter', () => {
  it.each([
    ['- a|', '- a\n- |'],
    ['=> a\n   why\n   |', '=> a\n   why\n\n|'],
    ['- a\n  detail\n  |', '- a\n  detail\n\n|'],
    ['```\n  |\n```', '```\n  \n|\n```'],
    ['- a\n- |', '- a\n\n|'],
    ['- a\n  detail\n- |', '- a\n  detail\n\n|'],
    ['- a\n- |\ntext', '- a\n\n|\ntext'],
    ['- a\n\n- |', '- a\n\n|'],
    ['text\n- |', 'text\n|'],
    ['- |', '|'],
    ['1. a\n2. |', '1. a\n\n|'],
    ['> - a\n> - |', '> - a\n>\n> |'],
    ['- [ ] a|', '- [ ] a\n- [ ] |'],
    ['- [x] a|', '- [x] a\n- [ ] |'],
    ['- [-] a|', '- [-] a\n- [ ] |'],
    ['- [ ] a\n- [ ] |', '- [ ] a\n\n|'],
    ['- [ ] a ^k7m2xq\n- [ ] |', '- [ ] a ^k7m2xq\n\n|'],
    ['1. a|', '1. a\n2. |'],
    ['1. [ ] a|', '1. [ ] a\n2. [ ] |'],
    ['> a|', '> a\n> |'],
    ['> a\n> |', '> a\n\n|'],
    ['> a\n>|', '> a\n\n|'],
    ['> |', '|'],
    ['> > a\n> > |', '> > a\n>\n> |'],
    ['> a\n> |\n> b', '> a\n\n|\n> b'],
    ['```\nif x:\n  |', '```\nif x:\n  \n|'],
    ['- a\n  - |', '- a\n- |'],
    ['!! a|', '!! a\n|'],
    ['- [ ] a| ^k7m2xq', '- [ ] a ^k7m2xq\n- [ ] |'],
    ['- a| ^k7m2xq', '- a ^k7m2xq\n- |'],
    ['- [ ] a|b', '- [ ] a\n- [ ] |b'],
  ])('makes %j of %j', (before, after) => {
    const state = open(before);
    let next = state;
    const handled = enter({ state, dispatch: (tr) => (next = tr.state) });
    if (!handled) next = state.update(state.replaceSelection('\n')).state;
    expect(shown(next)).toBe(after);
  });
});

describe('Tab', () => {
  it.each([
    ['- a\n- b|', '- a\n  - b|'],
    ['1. a\n2. b|', '1. a\n   2. b|'],
    ['=> a\nbecause|', '=> a\n  because|'],
    ['|- a\n- b|\nc', '|  - a\n  - b|\nc'.replace('|  -', '  |-')],
  ])('makes %j of %j', (before, after) => check(indent, before, after));

  it('does nothing in running text, and leads nowhere', () => {
    check(indent, 'prose|', 'prose|');
    check(outdent, '- a|', '- a|');
  });

  it('indents code, of a block not yet closed too', () => {
    check(indent, '```\na|b\n```', '```\na  |b\n```');
    check(indent, '```\nif x\n|', '```\nif x\n  |');
    check(indent, '```\n|', '```\n  |');
    check(indent, '```\na\n```\n|', '```\na\n```\n|');
  });

  it('in a table goes from cell to cell, and behind the last one begins a row', () => {
    const table = '¦ a ¦ bc ¦\n¦ --- ¦ --- ¦\n¦ d ¦ e ¦';
    check(nextCell, table.replace('a', 'a|'), table.replace('bc', '|bc|'));
    check(nextCell, table.replace('bc', 'b|c'), table.replace('d', '|d|'));
    check(nextCell, table.replace('e', '|e'), `${table}\n¦ |  ¦   ¦`);
    check(cellBefore, table.replace('d', '|d'), table.replace('bc', '|bc|'));
    check(cellBefore, table.replace('a', 'a|'), table.replace('a', 'a|'));
    check(newRow, table.replace('d', 'd|'), `${table}\n¦ |  ¦   ¦`);
    check(newRow, table.replace('bc', '|bc'), table.replace('\n¦ d', '\n¦ |  ¦   ¦\n¦ d'));
    check(newRow, `${table}\n¦ |  ¦   ¦`, `${table}\n\n|`);
    expect(nextCell({ state: open('prose|'), dispatch: () => undefined })).toBe(false);
  });

  it('keeps a row as wide as the head', () => {
    check(
      newRow,
      '¦ a ¦ b ¦\n¦ --- ¦ --- ¦\n¦ 1 ¦ 2 ¦ 3| ¦',
      '¦ a ¦ b ¦\n¦ --- ¦ --- ¦\n¦ 1 ¦ 2 ¦ 3 ¦\n¦ |  ¦   ¦',
    );
  });

  it.each([
    ['| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |', '| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |'],
    ['|A|B|\n|-|-|\n|1|2|\n|3|4|', '|A|B|\n|-|-|\n|1|2|\n|3|4|'],
    ['| A | B |\n|---|---|\n| 1 | |\n| | 4 |', '| A | B |\n|---|---|\n| 1 | |\n| | 4 |'],
    ['| A | B |\n|---|---|\na\\|b | c |', '| A | B |\n|---|---|\n| a\\|b | c |'],
    ['| A | B |\n|---|---|\n| 1 | 2 |\n\nafter', '| A | B |\n|---|---|\n| 1 | 2 |\n\nafter'],
    ['a | b', 'a | b'],
  ])('of a table typed with its bars, %j, puts none twice', (typed, text) => {
    const end = [...typed].reduce((state, key) => {
      ensureSyntaxTree(state, state.doc.length, 5_000);
      const bar = key === '|' ? takeBar(state) : null;
      if (bar) return state.update(bar).state;
      if (key !== '\n') return state.update(state.replaceSelection(key)).state;
      const below = run(state, newRow);
      return below === state ? state.update(state.replaceSelection(key)).state : below;
    }, open('|'));
    expect(end.doc.toString()).toBe(text);
  });

  it('with Shift takes a step back', () => {
    check(outdent, '- a\n  - b|', '- a\n- b|');
    check(outdent, '\t- b|', '- b|');
  });
});

describe('other keys', () => {
  it('Home goes to the words first', () => {
    check(home, '- [ ] a b|', '- [ ] |a b');
    expect(home({ state: open('- [ ] |a'), dispatch: () => undefined })).toBe(false);
  });

  it('a backslash makes an item prose, and prose an item again', () => {
    check(makeProse, '!! a|', '\\!! a|');
    check(makeProse, '\\!! a|', '!! a|');
    check(makeProse, '- [ ] a|', '- \\[ ] a|');
    check(makeProse, 'prose|', 'prose|');
  });

  it('what is offered is taken where it is one thing', () => {
    const offer = { from: 5, to: 14, what: 'due' as const, insert: 'due:2026-11-23', label: 'due 23 Nov' };
    const one = tell(open('send by Monday|'), [mark({ from: 0, to: 14, offers: [offer] })]);
    expect(shown(run(one, acceptOffer))).toBe('send due:2026-11-23|');
    const two = tell(open('send by Monday|'), [
      mark({ from: 0, to: 14, offers: [offer, { ...offer, insert: 'other' }] }),
    ]);
    expect(shown(run(two, acceptOffer))).toBe('send by Monday|');
  });

  it('bold goes around a word and off again', () => {
    check(wrapIn('**'), 'a wo|rd', 'a **wo|rd**');
    check(wrapIn('**'), 'a **wo|rd**', 'a wo|rd');
  });
});

describe('a bullet typed where Enter has put one', () => {
  const typed = (before: string) => {
    const state = open(before);
    const spec = takeMarker(state);
    return spec === null ? null : shown(state.update(spec).state);
  };

  it.each([
    ['- a\n- -|', '- a\n- |'],
    ['  - *|', '  * |'],
    ['1. a\n2. 2.|', '1. a\n2. |'],
    ['- a\n- 1.|', '- a\n1. |'],
    ['- [ ] a\n- [ ] -|', '- [ ] a\n- |'],
    ['- [ ] [x]|', '- [x] |'],
    ['> - -|', '> - |'],
  ])('makes %j %j', (before, after) => expect(typed(before)).toBe(after));

  it.each(['-|', '- a -|', 'a\n-|', '- [ ]|', '- |', '```\n- -|\n```'])('leaves %j as it is', (before) =>
    expect(typed(before)).toBeNull(),
  );
});

describe('several places at once', () => {
  it('the word is selected, then the next places where it stands, and all are written in', () => {
    let state = open('Acme, a|cme and acme');
    for (let press = 0; press < 3; press += 1) state = run(state, nextToo);
    expect(state.selection.ranges.map(({ from, to }) => state.sliceDoc(from, to))).toEqual(['acme', 'acme']);
    const written = state.update(state.replaceSelection('Globex')).state;
    expect(written.doc.toString()).toBe('Acme, Globex and Globex');
    expect(run(written, onlyMain).selection.ranges).toHaveLength(1);
    expect(onlyMain({ state: open('a|'), dispatch: () => undefined })).toBe(false);
  });
});
