import { SearchQuery } from '@codemirror/search';
import { expect, it } from 'vitest';
import { open } from '../testing';
import { countMatches, countWords, firstMatch } from './find';

const query = (search: string) => new SearchQuery({ search, literal: true });

it('counts what is found, and which of it one is at', () => {
  expect(countMatches(open('|the| end of the day'), query('the'))).toEqual({ at: 1, of: 2 });
  expect(countMatches(open('the end| of the day'), query('the'))).toEqual({ at: 0, of: 2 });
  expect(countMatches(open('a\nb'), query(''))).toEqual({ at: 0, of: 0 });
});

it('finds the next, and from the end the first again', () => {
  expect(firstMatch(open('the day'), query('the'), 3)).toMatchObject({ from: 0, to: 3 });
  expect(firstMatch(open('the day, the'), query('the'), 1)).toMatchObject({ from: 9 });
  expect(firstMatch(open('a'), query('b'), 0)).toBeNull();
});

it('says so in words', () => {
  expect(countWords({ at: 3, of: 12 }, true)).toBe('3 of 12');
  expect(countWords({ at: 0, of: 12 }, true)).toBe('12 found');
  expect(countWords({ at: 0, of: 0 }, true)).toBe('Not found');
  expect(countWords({ at: 0, of: 999 }, true)).toBe('999+ found');
  expect(countWords({ at: 0, of: 0 }, false)).toBe('');
});
