import { at, entryAt } from '$lib/domain/sampleMeetings';
import { describe, expect, it } from 'vitest';
import { inFocus, layDay, type Row } from './dayColumn';

const DAY = '2026-11-19';
const declined = { my_response: 'declined' as const };

/** A row as a word, to compare whole days. */
function word(row: Row): string {
  if (row.kind === 'gap') return `${row.past ? 'was ' : ''}${row.minutes} free`;
  if (row.kind === 'now') return row.until ? `now, ${row.free} until ${row.until}` : 'now';
  const parts = [
    row.entry.meeting.id,
    row.over && 'over',
    row.on && 'on',
    row.out,
    row.clash && `over ${row.clash}`,
  ];
  return (
    parts.filter(Boolean).join(' ') + (row.progress === null ? '' : ` ${Math.round(row.progress * 100)}%`)
  );
}
const words = (clock: string, day: ReturnType<typeof entryAt>[], date = DAY): string[] =>
  layDay(day, date, at(clock), DAY).rows.map(word);

describe('a day', () => {
  const day = [
    entryAt('acme', '13:00', '14:00'),
    entryAt('staff', '09:00', '10:00'),
    entryAt('vendor', '10:00', '10:45', {}, declined),
    entryAt('priya', '11:30', '12:00'),
  ];

  it('is in order, with now between, and says how long one is free', () => {
    expect(words('11:00', day)).toEqual([
      'staff over',
      'vendor over declined',
      'now, 30 until 11:30',
      'priya',
      '60 free',
      'acme',
    ]);
  });
  it('does not call a few minutes free', () => {
    expect(words('11:18', day)[2]).toBe('now');
  });
  it('counts a declined meeting as free time, and a gap that is gone as past', () => {
    expect(words('12:30', day)).toEqual([
      'staff over',
      'vendor over declined',
      'was 90 free',
      'priya over',
      'now, 30 until 13:00',
      'acme',
    ]);
  });
  it('runs the line through the meeting that is on', () => {
    expect(words('11:45', day)).toEqual([
      'staff over',
      'vendor over declined',
      'was 90 free',
      'priya on 50%',
      '60 free',
      'acme',
    ]);
  });
  it('draws the line under a declined meeting that is on', () => {
    expect(words('10:15', day).slice(0, 4)).toEqual([
      'staff over',
      'vendor on declined',
      'now, 75 until 11:30',
      'priya',
    ]);
  });
  it('has now first and last', () => {
    expect(words('08:00', day)[0]).toBe('now, 60 until 09:00');
    expect(words('15:00', day).at(-1)).toBe('now');
  });
  it('has no now on another day', () => {
    const other = words('11:18', day, '2026-11-20');
    expect(other.some((row) => row.startsWith('now'))).toBe(false);
  });
  it('is empty without meetings', () => {
    expect(layDay([], DAY, at('11:00'), DAY)).toEqual({ allDay: [], rows: [] });
  });
});

it('tells what overlaps what, and counts the gap from the longer', () => {
  const day = [
    entryAt('offsite', '09:00', '15:00'),
    entryAt('call', '10:00', '10:30'),
    entryAt('late', '14:30', '15:30'),
    entryAt('after', '16:00', '17:00'),
  ];
  expect(words('10:45', day)).toEqual([
    'offsite on',
    'call over over offsite',
    'now',
    'late over offsite',
    '30 free',
    'after',
  ]);
});

it('sets whole days apart', () => {
  const freeze = entryAt('freeze', '00:00', '01:00', { all_day: true, start: DAY, end: '2026-11-20' });
  const laid = layDay([freeze, entryAt('staff', '09:00', '10:00')], DAY, at('08:00'), DAY);
  expect(laid.allDay).toEqual([freeze]);
  expect(laid.rows.filter((row) => row.kind === 'card')).toHaveLength(1);
});

describe('the brief shown without a click', () => {
  const day = [
    entryAt('home', '08:00', '18:00', { kind: 'working_location' }),
    entryAt('staff', '09:00', '10:00'),
    entryAt('vendor', '10:00', '10:45', {}, declined),
    entryAt('priya', '11:30', '12:00'),
  ];
  it.each([
    ['09:30', 'staff'],
    ['10:15', 'priya'],
    ['11:45', 'priya'],
    ['12:30', undefined],
  ])('at %s is that of %s', (clock, expected) => {
    expect(inFocus(day, DAY, at(clock), DAY)?.meeting.id).toBe(expected);
  });
  it('is that of the first meeting on a day that is past', () => {
    expect(inFocus(day, '2026-11-18', at('12:30'), DAY)?.meeting.id).toBe('staff');
  });
});
