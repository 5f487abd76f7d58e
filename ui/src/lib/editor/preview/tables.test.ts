import { EditorView } from '@codemirror/view';
import { expect, it } from 'vitest';
import { mark, open, tell } from '../testing';
import { cellsOf } from './tables';

it.each([
  ['| a | b |', ['a', 'b']],
  ['a | b', ['a', 'b']],
  ['| a \\| b | c |', ['a \\| b', 'c']],
  ['| a |  | c |', ['a', '', 'c']],
  ['|a|b', ['a', 'b']],
  ['| a | b ^k7m2xq |  ', ['a', 'b ^k7m2xq']],
])('the cells of %j', (row, cells) => {
  expect(cellsOf(row).map(({ from, to }) => row.slice(from, to))).toEqual(cells);
});

it('the day that words mean stands in their cell, which is wide enough for both', () => {
  const state = open('¦ What ¦ By ¦\n¦ --- ¦ --- ¦\n¦ do it ¦ by Friday ¦\n\n|');
  const text = state.doc.toString();
  const due = { from: text.indexOf('by Friday'), to: text.indexOf('by Friday') + 9, date: '2026-11-20' };
  const row = mark({ from: text.indexOf('| do'), to: due.to + 2, kind: 'action', status: 'open', due });
  const view = new EditorView({ state: tell(state, [row]), parent: document.body });
  const day = view.contentDOM.querySelector('.note-day');
  expect(day).toHaveTextContent('20 Nov');
  expect(day?.closest('.note-cell')).toHaveTextContent('by Friday20 Nov');
  expect(day?.closest('.note-cell')).toHaveClass('note-w18');
  view.destroy();
});

it('a column of short words has room for the widest letters', () => {
  const view = new EditorView({
    state: open('¦ Who ¦ What ¦\n¦ --- ¦ --- ¦\n¦ Tom ¦ reads ¦\n\n|'),
    parent: document.body,
  });
  const cell = [...view.contentDOM.querySelectorAll('.note-cell')].find((one) => one.textContent === 'Who');
  expect(Number(/note-w(\d+)/.exec(cell?.className ?? '')?.[1])).toBeGreaterThanOrEqual(6);
  view.destroy();
});
