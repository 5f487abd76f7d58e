import { expect, test } from 'vitest';
import { plainDecision } from './plainDecision';

const tom = { person_id: 'tom', name: 'Tom Marsh' };

test.each([
  ['Flat fee, capped #acme/pricing revisit in 3 months @tom @lena', [tom], '2027-02-19', 'Flat fee, capped'],
  ['invoices quarterly, in euro #acme/pricing', [], null, 'Invoices quarterly, in euro'],
  [
    'Personal data stays in Frankfurt, revisit by 1 Nov',
    [],
    '2026-11-01',
    'Personal data stays in Frankfurt',
  ],
  ['We tell @tom first', [], null, 'We tell @tom first'],
  ['About #acme we say nothing', [], null, 'About #acme we say nothing'],
  ['We revisit in spring what we said', [], '2027-03-01', 'We revisit in spring what we said'],
  ['The cap holds supersedes ^k7m2xq', [], null, 'The cap holds'],
  ['#acme', [], null, '#acme'],
])('%s', (text, decided_by, revisit, told) =>
  expect(plainDecision({ text, decided_by, revisit })).toBe(told),
);
