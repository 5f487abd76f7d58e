import { describe, expect, it } from 'vitest';
import { nextCall, nextNote } from './nextNote';
import { at, entryAt } from './sampleMeetings';

const day = [
  entryAt('freeze', '00:00', '23:00', { all_day: true, start: '2026-11-19', end: '2026-11-20' }),
  entryAt('staff', '10:15', '11:15'),
  entryAt('declined', '11:00', '12:00', {}, { my_response: 'declined' }),
  entryAt('focus', '11:00', '13:00', { kind: 'focus' }),
  entryAt('gone', '11:15', '12:00', { status: 'cancelled' }),
  entryAt('priya', '11:30', '12:00', { call_url: 'https://meet.google.com/x' }),
  entryAt('acme', '13:00', '14:00', { call_url: 'https://zoom.us/j/1' }),
  entryAt('other', '13:00', '13:30'),
];
const ids = (clock: string, here: string | null = null): string[] =>
  nextNote(day, at(clock), here).map((meeting) => meeting.id);

describe('the note that is meant', () => {
  it.each([
    ['10:30', null, ['staff']],
    ['10:30', 'staff', ['priya']],
    ['11:18', null, ['priya']],
    ['11:45', null, ['priya']],
    ['11:45', 'priya', ['acme', 'other']],
    ['13:10', null, ['acme', 'other']],
    ['13:45', null, ['acme']],
    ['13:45', 'acme', []],
    ['14:00', null, []],
  ])('at %s, in %s, is of %j', (clock, here, expected) => expect(ids(clock, here)).toEqual(expected));

  it('is that of the first where one is in a meeting that is over', () => {
    expect(ids('12:30', 'staff')).toEqual(['acme', 'other']);
  });
});

it('joins the call of the meeting in progress, or of the next that has one', () => {
  expect(nextCall(day, at('10:30')).map((meeting) => meeting.id)).toEqual(['priya']);
  expect(nextCall(day, at('13:10')).map((meeting) => meeting.id)).toEqual(['acme']);
  expect(nextCall(day, at('15:00'))).toEqual([]);
});
