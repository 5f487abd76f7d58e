import { expect, test } from 'vitest';
import { Matcher } from './match';

const things = [{ said: 'Draft the migration plan, Léa' }, { said: 'Signed change request #acme/pricing' }];

test.each([
  ['lea PLAN', ['Draft the migration plan, Léa']],
  ['#acme', ['Signed change request #acme/pricing']],
  ['plan acme', []],
  ['  ', ['Draft the migration plan, Léa', 'Signed change request #acme/pricing']],
])('%j finds %j', (typed, found) => {
  const matcher = new Matcher<{ said: string }>(({ said }) => said);
  expect(matcher.filter(things, typed).map(({ said }) => said)).toEqual(found);
});

test('nothing typed gives the very same list, so that nothing is drawn anew', () => {
  expect(new Matcher<{ said: string }>(({ said }) => said).filter(things, '')).toBe(things);
});
