import { getSearchQuery, openSearchPanel } from '@codemirror/search';
import { EditorView } from '@codemirror/view';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { open } from '../testing';
import { countMatches, countWords, findAndReplace, firstMatch } from './find';
import { Sought } from './sought';

const query = (words: string) => new Sought(words);

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

it.each([
  ['apple', 'ápple and APPLE|', 2],
  ['ápple', 'apple|', 1],
  ['cafe', 'cafe\u0301|', 1],
  ['müller', 'MULLER, Muller|', 2],
  ['a.b', 'a.b axb|', 1],
  ['(x)', '(x)|', 1],
  ['€5 – 7/8', '€5 – 7/8|', 1],
  ['и', 'й|', 1],
  ['k7m', '- [ ] k7m ^k7m2xq\n|', 1],
])('looks for %j as words, blind to case and accents: in %j', (words, text, found) => {
  expect(countMatches(open(text), query(words)).of).toBe(found);
});

it('replaces one and all, word for word, and leaves anchors alone', async () => {
  const user = userEvent.setup();
  const view = new EditorView({ state: open('- Acme ^acme22\n- ACME and ácme|'), parent: document.body });
  findAndReplace(view);
  const bar = view.dom.querySelector<HTMLElement>('.note-find');
  const [find, instead] = bar?.querySelectorAll('input') ?? [];
  if (!find || !instead) throw new Error('There is no bar.');
  expect(document.activeElement).toBe(instead);
  await user.type(find, 'acme');
  await user.type(instead, '$1 Ltd');
  await user.keyboard('{Enter}');
  expect(view.state.doc.toString()).toContain('$1 Ltd');
  expect(view.state.doc.toString().match(/[aá]cme/giu)).toHaveLength(3);
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(view.state.doc.toString()).toBe('- $1 Ltd ^acme22\n- $1 Ltd and $1 Ltd');
  await user.keyboard('{Escape}');
  expect(view.dom.querySelector('.note-find')).toBeNull();
  view.destroy();
});

it('takes what is selected as words, not as a pattern', async () => {
  const view = new EditorView({ state: open('|a+b| aab'), parent: document.body });
  openSearchPanel(view);
  await Promise.resolve();
  const found = getSearchQuery(view.state);
  expect(found instanceof Sought && found.words).toBe('a+b');
  expect(view.dom.querySelector('.note-find-count')).toHaveTextContent('1 of 1');
  view.destroy();
});
