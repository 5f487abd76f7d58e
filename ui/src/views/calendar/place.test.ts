import { describe, expect, test } from 'vitest';
import type { CalendarEntry } from '$lib/backend/types';
import { daysOf, load, minutesBetween, neighbour, onward, place, shift, span, step, wall } from './place';

function entry(id: string, start: string, end: string, more: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    id,
    title: id,
    kind: 'meeting',
    start,
    end,
    all_day: start.length === 10,
    status: 'confirmed',
    my_response: null,
    has_notes: false,
    open_items: 0,
    color: null,
    source: 'google',
    ...more,
  };
}

const berlin = 'Europe/Berlin';

describe('where an entry lies', () => {
  test.each([
    ['2026-11-19T11:30:00+01:00', berlin, '2026-11-19T11:30:00'],
    ['2026-11-19T23:30:00Z', berlin, '2026-11-20T00:30:00'],
    ['2026-07-01T09:00:00-07:00', berlin, '2026-07-01T18:00:00'],
    ['2026-10-25T01:30:00Z', berlin, '2026-10-25T02:30:00'],
  ])('%s in %s is %s', (at, zone, local) => expect(wall(at, zone)).toBe(local));

  test('by day, whole days first, then by time, the longer first', () => {
    const placed = place(
      [
        entry('late', '2026-11-19T15:00:00+01:00', '2026-11-19T16:00:00+01:00'),
        entry('short', '2026-11-19T09:00:00+01:00', '2026-11-19T09:30:00+01:00'),
        entry('long', '2026-11-19T09:00:00+01:00', '2026-11-19T10:30:00+01:00'),
        entry('whole', '2026-11-19', '2026-11-20'),
        entry('before', '2026-11-18T22:00:00+01:00', '2026-11-19T01:00:00+01:00'),
      ],
      berlin,
    );
    expect(placed.map(({ entry }) => entry.id)).toEqual(['before', 'whole', 'long', 'short', 'late']);
  });

  test('a whole day that ends where it begins lasts a day', () => {
    expect(place([entry('whole', '2026-11-19', '2026-11-19')], berlin)[0]?.end).toBe('2026-11-20');
  });
});

describe('what a view shows', () => {
  test.each([
    ['day', '2026-11-19', 'monday', '2026-11-19', '2026-11-19'],
    ['week', '2026-11-19', 'monday', '2026-11-16', '2026-11-22'],
    ['week', '2026-11-22', 'sunday', '2026-11-22', '2026-11-28'],
    ['month', '2026-11-19', 'monday', '2026-10-26', '2026-12-06'],
    ['month', '2026-11-19', 'sunday', '2026-11-01', '2026-12-05'],
  ] as const)('%s of %s, weeks from %s', (view, date, starts, from, to) =>
    expect(span(view, date, starts)).toEqual({ from, to }),
  );

  test('a step goes a day, a week or a month, and stays in a shorter month', () => {
    expect(step('day', '2026-11-30', 1)).toBe('2026-12-01');
    expect(step('week', '2026-11-19', -1)).toBe('2026-11-12');
    expect(step('month', '2026-01-31', 1)).toBe('2026-02-28');
  });

  test('its days, both ends included', () =>
    expect(daysOf('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']));
});

describe('where an arrow leads', () => {
  const placed = place(
    [
      entry('mon-9', '2026-11-16T09:00:00+01:00', '2026-11-16T10:00:00+01:00'),
      entry('mon-15', '2026-11-16T15:00:00+01:00', '2026-11-16T16:00:00+01:00'),
      entry('wed-10', '2026-11-18T10:00:00+01:00', '2026-11-18T11:00:00+01:00'),
      entry('wed-16', '2026-11-18T16:00:00+01:00', '2026-11-18T17:00:00+01:00'),
    ],
    berlin,
  );
  test.each([
    ['mon-9', 'down', 'mon-15'],
    ['mon-15', 'down', 'wed-10'],
    ['mon-9', 'up', undefined],
    ['mon-9', 'right', 'wed-10'],
    ['mon-15', 'right', 'wed-16'],
    ['wed-16', 'left', 'mon-15'],
    ['wed-16', 'right', undefined],
    ['gone', 'down', 'wed-10'],
  ] as const)('from %s %s to %s', (from, direction, to) => {
    expect(neighbour(placed, from, direction, '2026-11-17T12:00:00')?.entry.id).toBe(to);
  });
});

test('a chosen time moves by half hours and stays in its day', () => {
  expect(shift('2026-11-19T09:00:00', 30)).toBe('2026-11-19T09:30:00');
  expect(shift('2026-11-19T00:00:00', -30)).toBe('2026-11-19T00:00:00');
  expect(shift('2026-11-19T23:30:00', 60)).toBe('2026-11-19T23:59:00');
});

test('the load of a day counts an hour once, and only what takes place', () => {
  const day = place(
    [
      entry('a', '2026-11-19T09:00:00+01:00', '2026-11-19T11:00:00+01:00'),
      entry('overlap', '2026-11-19T10:00:00+01:00', '2026-11-19T12:00:00+01:00'),
      entry('within', '2026-11-19T10:00:00+01:00', '2026-11-19T10:30:00+01:00'),
      entry('declined', '2026-11-19T13:00:00+01:00', '2026-11-19T14:00:00+01:00', {
        my_response: 'declined',
      }),
      entry('focus', '2026-11-19T14:00:00+01:00', '2026-11-19T16:00:00+01:00', { kind: 'focus' }),
      entry('evening', '2026-11-19T23:00:00+01:00', '2026-11-20T01:00:00+01:00'),
    ],
    berlin,
  );
  expect(load(day, '2026-11-19')).toBe(0.5);
});

test('times go on over the edge of a day, and are told apart over it', () => {
  expect(onward('2026-11-19T23:50:00', 15)).toBe('2026-11-20T00:05:00');
  expect(onward('2026-11-19T00:10:00', -15)).toBe('2026-11-18T23:55:00');
  expect(minutesBetween('2026-11-19T23:30:00', '2026-11-20T00:30:00')).toBe(60);
});
