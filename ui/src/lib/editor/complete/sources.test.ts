import { CompletionContext } from '@codemirror/autocomplete';
import { EditorView } from '@codemirror/view';
import { describe, expect, it, vi } from 'vitest';
import type { Completion } from '$lib/backend/types';
import { mark, open, shown, tell } from '../testing';
import { askedAt, complete, isUnfinished } from './sources';

const lena: Completion = {
  label: 'Lena Kowalski',
  detail: 'Acme',
  insert: '@lena',
  person_id: 'l',
  group: 'here',
};
const leo: Completion = {
  label: 'Leo Martin',
  detail: 'Platform',
  insert: '@leo',
  person_id: 'm',
  group: 'known',
};
const one = (insert: string, group: string | null = null): Completion => ({
  label: insert,
  detail: null,
  insert,
  person_id: null,
  group,
});

describe('what is asked for', () => {
  it.each([
    ['@le|', 'person', 'le'],
    ['!! @|', 'person', ''],
    ['(@le|', 'person', 'le'],
    ['@Lena Ko|', 'person', 'Lena Ko'],
    ['a #acme/pr|', 'topic', 'acme/pr'],
    ['a #|', 'topic', ''],
    ['=> a supersedes ^flat f|', 'item', 'flat f'],
    ['/ag|', 'template', 'ag'],
  ])('at %j is %s', (text, kind, query) => {
    const state = open(text);
    expect(askedAt(state, state.selection.main.head)).toMatchObject({ kind, query });
  });

  it.each([
    'a@le|',
    'me@example.com|',
    '@lena will|',
    '#|',
    '## He|',
    'a/b|',
    'x^2|',
    '```\n@le|\n```',
    'and/or|',
  ])('at %j is nothing', (text) => {
    const state = open(text);
    expect(askedAt(state, state.selection.main.head)).toBeNull();
  });
});

async function accept(
  marked: string,
  label: string,
  found: Completion[],
  personNew = vi.fn(async (name: string) => one(`@${name.toLowerCase()}`, 'new')),
) {
  const state = open(marked, { complete: async () => found, personNew });
  const result = await complete(new CompletionContext(state, state.selection.main.head, false));
  const option = result?.options.find((other) => other.label === label);
  if (!result || typeof option?.apply !== 'function') throw new Error(`There is no ${label}.`);
  const view = new EditorView({ state });
  option.apply(view, option, result.from, state.selection.main.head);
  await Promise.resolve();
  await Promise.resolve();
  const text = shown(view.state);
  view.destroy();
  return { text, result };
}

describe('completion', () => {
  it('offers on a shared screen only what the note or its meeting says already', async () => {
    const offered = async (marked: string, found: Completion[]) => {
      const state = open(marked, { complete: async () => found, discreet: () => true });
      const result = await complete(new CompletionContext(state, state.selection.main.head, false));
      return result?.options.map(({ label }) => label) ?? [];
    };
    const items = [one('^k7m2xq', 'action'), one('^zuoagw', 'decision')];
    expect(await offered('!! call ^k7m2xq\n=> wait after ^|', items)).toEqual(['^k7m2xq']);
    expect(await offered('about #acme\n#|', [one('#acme'), one('#other')])).toEqual([]);
    expect(await offered('about #acme\nx #|', [one('#acme'), one('#other')])).toEqual(['#acme']);
    expect(await offered('@le|', [lena, leo])).toEqual(['Lena Kowalski', 'New person “le”']);
    expect(await offered('/ag|', [one('Agenda')])).toEqual(['Agenda']);
  });

  it('offers who is here first, and last a new person', async () => {
    const { text, result } = await accept('!! @le|', 'Lena Kowalski', [lena, leo]);
    expect(result.options.map(({ label, detail }) => [label, detail])).toEqual([
      ['Lena Kowalski', 'Acme · here'],
      ['Leo Martin', 'Platform'],
      ['New person “le”', undefined],
    ]);
    expect(text).toBe('!! @lena |');
  });

  it('puts no second blank, and none before a comma', async () => {
    expect((await accept('@le| sends', 'Lena Kowalski', [lena])).text).toBe('@lena| sends');
    expect((await accept('@le|, and', 'Lena Kowalski', [lena])).text).toBe('@lena|, and');
  });

  it('puts the blank before the anchor of a line saved before', async () => {
    expect((await accept('!! send it to @le| ^k7m2xq', 'Lena Kowalski', [lena])).text).toBe(
      '!! send it to @lena | ^k7m2xq',
    );
  });

  it.each([
    ['!! @le|', true],
    ['!! @lena |', false],
    ['!! @lena sends|', false],
    ['!! plan #ac|', false],
    ['words|', false],
  ])('is unfinished in the midst of a name: %j', (typed, expected) => {
    expect(isUnfinished(open(typed))).toBe(expected);
  });

  it('makes a new person, and writes the handle they got', async () => {
    const personNew = vi.fn(async () => one('@zoe2', 'new'));
    expect((await accept('!! @Zoe|', 'New person “Zoe”', [], personNew)).text).toBe('!! @zoe2 |');
    expect(personNew).toHaveBeenCalledWith('Zoe');
  });

  it('a new person that cannot be made leaves what was typed', async () => {
    const personNew = vi.fn(async () => Promise.reject({ code: 'x', message: 'No.', hint: null }));
    expect((await accept('@Zoe|', 'New person “Zoe”', [], personNew)).text).toBe('@Zoe |');
  });

  it('does not offer a new person of a name that is there', async () => {
    const state = open('@Leo Martin|', { complete: async () => [leo] });
    const result = await complete(new CompletionContext(state, state.selection.main.head, false));
    expect(result?.options).toHaveLength(1);
  });

  it.each([
    ['=> a ^fl|', '^aaaaaa', 'decision', '=> a supersedes ^aaaaaa |'],
    ['=> a supersedes ^fl|', '^aaaaaa', 'decision', '=> a supersedes ^aaaaaa |'],
    ['!! a ^fl|', '^aaaaaa', 'action', '!! a after ^aaaaaa |'],
    ['!! a after ^bbbbbb and ^fl|', '^aaaaaa', 'action', '!! a after ^bbbbbb and ^aaaaaa |'],
    ['=> a ^who|', '^aaaaaa', 'question', '=> a answers ^aaaaaa |'],
    ['=> a ^fl|', 'supersedes ^aaaaaa', 'decision', '=> a supersedes ^aaaaaa |'],
  ])('writes the relation: %j', async (typed, insert, group, expected) => {
    expect((await accept(typed, insert, [one(insert, group)])).text).toBe(expected);
  });

  it('puts a template in the place of its name', async () => {
    expect((await accept('/ag|', 'Agenda', [{ ...one('## Agenda\n\n- '), label: 'Agenda' }])).text).toBe(
      '## Agenda\n\n- |',
    );
  });

  it('asks who is meant where a name is ambiguous', async () => {
    const offer = (label: string) => ({
      from: 3,
      to: 6,
      what: 'owner' as const,
      insert: `@${label.toLowerCase()}`,
      label,
    });
    const state = tell(open('!! Ana writes|'), [
      mark({ from: 0, to: 13, kind: 'action', offers: [offer('Anasilva'), offer('Anakim')] }),
    ]);
    const result = await complete(new CompletionContext(state, state.selection.main.head, true));
    expect(result?.options.map(({ label }) => label)).toEqual(['Anasilva', 'Anakim']);
    expect(await complete(new CompletionContext(state, state.selection.main.head, false))).toBeNull();
  });
});
