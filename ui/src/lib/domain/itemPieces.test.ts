import { expect, it } from 'vitest';
import { pieces, plainSentence, withoutTail } from './itemPieces';

const shown = (text: string): string =>
  pieces(text)
    .map((piece) => (piece.tone === 'plain' ? piece.text : `{${piece.text}}`))
    .join('');

it.each([
  [
    'Flat fee for six months #acme/pricing @tom @lena',
    'Flat fee for six months {#acme/pricing} {@tom} {@lena}',
  ],
  ['@priya brings the plan.', '{@priya} brings the plan.'],
  ['Ask (@ana-b) about #x.', 'Ask ({@ana-b}) about {#x}.'],
  ['Write to ana@acme.example, C# too', 'Write to ana@acme.example, C# too'],
  ['**Flat** fee, see [the sheet](https://a.example/b) and `x`', 'Flat fee, see the sheet and x'],
  ['Capped supersedes ^k7m2xq', 'Capped'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['', ''],
])('%s', (text, expected) => expect(shown(text)).toBe(expected));

it('is read out without marks', () => {
  expect(plainSentence('**No** deploys #release')).toBe('No deploys #release');
});

it.each([
  ['Flat fee #acme/pricing @tom @lena', 'Flat fee'],
  ['Ask @tom about #pricing first', 'Ask @tom about #pricing first'],
  ['#atlas', '#atlas'],
])('loses the names that close it: %s', (text, expected) => expect(withoutTail(text)).toBe(expected));
