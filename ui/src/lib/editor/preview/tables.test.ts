import { expect, it } from 'vitest';
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
