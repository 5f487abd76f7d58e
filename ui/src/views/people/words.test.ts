import { expect, test } from 'vitest';
import type { PersonRow } from '$lib/backend/types';
import { history, meetWords, owed, standing } from './words';

function person(name: string, more: Partial<PersonRow> = {}): PersonRow {
  return {
    id: name.toLowerCase(),
    handle: name.toLowerCase(),
    name,
    emails: [],
    aliases: [],
    organization: null,
    organization_id: null,
    relation: 'none',
    is_me: false,
    meetings_count: 0,
    last_meeting: null,
    next_meeting: null,
    cadence: null,
    i_owe: 0,
    they_owe: 0,
    ...more,
  };
}

const today = '2026-11-19';

test('where somebody stands', () => {
  expect(standing(person('Priya', { organization: 'Platform', relation: 'report' }))).toBe(
    'Platform · reports to you',
  );
  expect(standing(person('Max', { is_me: true, relation: 'none' }))).toBe('you');
  expect(standing(person('Ana'))).toBe('');
});

test('when one met', () => {
  expect(
    meetWords(person('a', { last_meeting: '2026-11-05T11:30:00+01:00', cadence: 'every 2 weeks' }), today),
  ).toBe('met 5 Nov · every 2 weeks');
  expect(meetWords(person('b', { next_meeting: '2026-11-20T11:30:00+01:00' }), today)).toBe(
    'first meeting tomorrow',
  );
  expect(meetWords(person('c'), today)).toBe('not met yet');
});

test('what is owed, both ways', () => {
  expect([owed(0, 0), owed(2, 0), owed(0, 1), owed(2, 1)]).toEqual([
    '',
    'you owe 2',
    'owes you 1',
    'you owe 2, owes you 1',
  ]);
});

test('how long one has met', () => {
  expect(history(41, '2024-02-01T09:00:00+01:00', '2026-11-19')).toBe('41 meetings since 2024');
  expect(history(3, '2026-10-05T09:00:00+02:00', '2026-11-19')).toBe('3 meetings since 5 Oct');
  expect(history(0, null, '2026-11-19')).toBe('no meetings yet');
});
