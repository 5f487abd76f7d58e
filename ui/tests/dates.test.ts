import { describe, expect, test } from 'vitest';
import {
  addMonths,
  ago,
  clip,
  count,
  dueWords,
  initials,
  lasting,
  list,
  localTime,
  nearDay,
  readDay,
  until,
} from '../src/lib/format';

// A Thursday.
const today = '2026-11-19';
const now = new Date('2026-11-19T10:18:00Z');

test.each([
  ['2026-11-19', 'today'],
  ['2026-11-20', 'tomorrow'],
  ['2026-11-18', 'yesterday'],
  ['2026-11-23', 'Mon'],
  ['2026-11-25', 'Wed'],
  ['2026-11-16', 'Mon'],
  ['2026-11-26', '26 Nov'],
  ['2026-11-12', '12 Nov'],
  ['2025-11-05', '5 Nov 2025'],
])('%s is %s', (day, said) => expect(nearDay(day, today)).toBe(said));

test.each([
  [null, 'no date', false],
  ['2026-11-19', 'today', false],
  ['2026-11-18', '1 day late', true],
  ['2026-11-10', '9 days late', true],
  ['2026-11-30', '30 Nov', false],
] as const)('Due %s is said as %s', (due, text, late) =>
  expect(dueWords(due, today)).toEqual({ text, late }),
);

test.each([
  ['2026-11-19T11:30:00+01:00', 'in 12 min'],
  ['2026-11-19T11:10:00+01:00', 'now'],
  ['2026-11-19T13:00:00+01:00', 'in 2 h'],
  ['2026-11-20T09:00:00+01:00', 'tomorrow'],
])('%s is %s', (when, said) => expect(until(when, now, today)).toBe(said));

test.each([
  ['2026-11-19T11:18:00+01:00', 'just now'],
  ['2026-11-19T11:17:00+01:00', '1 min ago'],
  ['2026-11-19T08:10:00+01:00', '3 h ago'],
  ['2026-11-17T08:00:00+01:00', 'Tue'],
])('%s was %s', (when, said) => expect(ago(when, now, today)).toBe(said));

describe('A typed day', () => {
  test.each([
    ['today', '2026-11-19'],
    ['tom', '2026-11-20'],
    ['fri', '2026-11-20'],
    ['Thursday', '2026-11-26'],
    ['by friday', '2026-11-20'],
    ['next week', '2026-11-23'],
    ['in 3 days', '2026-11-22'],
    ['2w', '2026-12-03'],
    ['+5', '2026-11-24'],
    ['in a month', '2026-12-19'],
    ['3 dec', '2026-12-03'],
    ['Dec 3', '2026-12-03'],
    ['3.12.', '2026-12-03'],
    ['5 nov', '2027-11-05'],
    ['2026-12-01', '2026-12-01'],
    ['end of month', '2026-11-30'],
    ['29 feb', null],
    ['31.11.2026', null],
    ['soon', null],
    ['', null],
  ])('“%s” is %s', (typed, day) => expect(readDay(typed, today)).toBe(day));
});

test.each([
  ['25 oct', '2026-10-25'],
  ['25.10.', '2026-10-25'],
  ['3 dec', '2026-12-03'],
  ['10 may', '2027-05-10'],
  ['22 may', '2026-05-22'],
  ['25 oct 2027', '2027-10-25'],
])('“%s” is nearest on %s', (typed, day) => expect(readDay(typed, today, 'nearest')).toBe(day));

test('Months are added within the month', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2026-11-19', 3)).toBe('2027-02-19');
});

test('An instant is told on the wall of its zone', () => {
  expect(localTime(now, 'Europe/Berlin')).toBe('2026-11-19T11:18');
  expect(localTime(new Date('2026-03-29T01:30:00Z'), 'Europe/Berlin')).toBe('2026-03-29T03:30');
});

test('Words', () => {
  expect(lasting(75)).toBe('1 h 15');
  expect(count(1, 'meeting')).toBe('1 meeting');
  expect(list(['Ana', 'Ben', 'Cy'])).toBe('Ana, Ben and Cy');
  expect(list(['Ana', 'Ben', 'Cy', 'Di', 'Ed', 'Flo'])).toBe('Ana, Ben, Cy and 3 more');
  expect(initials('Priya Raman')).toBe('PR');
  expect(clip('one two three four', 9)).toBe('one two…');
});
