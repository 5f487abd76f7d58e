import { ChangeSet, Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { differenceLines, editsBetween, linesBetween } from './difference';

function applied(before: string, after: string): string {
  return ChangeSet.of(editsBetween(before, after), before.length)
    .apply(Text.of(before.split('\n')))
    .toString();
}

describe('edits', () => {
  it('an anchor is put in, and nothing else is touched', () => {
    expect(editsBetween('!! a\nb\n!! c ', '!! a ^k7m2xq\nb\n!! c ^aaaaaa ')).toEqual([
      { from: 4, to: 4, insert: ' ^k7m2xq' },
      { from: 11, to: 11, insert: ' ^aaaaaa' },
    ]);
  });

  it('a box that was ticked elsewhere is one sign', () => {
    expect(editsBetween('- [ ] a ^aaaaaa\n- [ ] b', '- [ ] a ^aaaaaa\n- [x] b')).toEqual([
      { from: 19, to: 20, insert: 'x' },
    ]);
  });

  it('never cut a surrogate pair', () => {
    for (const { from, to, insert } of editsBetween('a🧵b', 'a🧶b')) {
      expect([from, to, insert]).toEqual([1, 3, '🧶']);
    }
  });

  it('lead from any text to any other', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    const line = () => ['a', 'b', '', '!! c', '!! c ^k7m2xq', 'd d', '- [ ] e', '🧵'][random(8)] ?? '';
    for (let round = 0; round < 600; round += 1) {
      const text = () => Array.from({ length: random(9) }, line).join('\n');
      const [before, after] = [text(), text()];
      expect(applied(before, after)).toBe(after);
    }
  });

  it('of two texts with nothing in common are found in time', () => {
    const many = (word: string) => Array.from({ length: 5_000 }, (_, nth) => `${word} ${nth}`).join('\n');
    const start = performance.now();
    expect(applied(many('a'), many('b'))).toBe(many('b'));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

it('the difference for eyes shows what went and came, and a little around it', () => {
  const before = 'a\nb\nc\nd\ne\nf';
  expect(differenceLines(before, 'a\nb\nc\nX\ne\nf', 1).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'same c',
    'gone d',
    'come X',
    'same e',
  ]);
});

describe('the change of whole lines', () => {
  it.each([
    ['a\nb ^k7m2xq\nc', 'a\nb and more ^k7m2xq\nc', 'b and more ^k7m2xq'],
    ['a\n', 'a\nb\n', 'b\n'],
    ['a', 'ab', 'ab'],
    ['a\nab\nb', 'a\nb', 'b'],
    ['', 'new\n', 'new\n'],
    ['gone\n', '', ''],
    ['a\na\na', 'a\na', 'a'],
    ['same', 'same', 'same'],
  ])('makes %j into %j by %j', (before, after, insert) => {
    const change = linesBetween(before, after);
    expect(before.slice(0, change.from) + change.insert + before.slice(change.to)).toBe(after);
    expect([change.from === 0 || before[change.from - 1] === '\n', change.insert]).toEqual([true, insert]);
  });
});
