import { expect, test } from 'vitest';
import type { Change, Meeting } from '$lib/backend/types';
import { changeOf, metWords } from './briefWords';
import type { Look } from './look';

const look = { me: 'me', today: '2026-11-24' } as Look;
const me = { person_id: 'me', name: 'Max Muster' };
const ana = { person_id: 'ana', name: 'Ana Silva' };
const ben = { person_id: 'ben', name: 'Ben Low' };

test('how often one met is counted from a year, and this year from its day', () => {
  const meeting = { attendees: [] } as unknown as Meeting;
  const told = (since: string) => metWords({ met: { count: 3, last: null, since }, meeting }, look);
  expect(told('2024-02-01')).toBe('Met 3 times since 2024');
  expect(told('2026-10-05')).toBe('Met 3 times since 5 Oct');
});

test('what was handed over says from whom to whom, and when', () => {
  const told = (from: Change['from'], to: Change['to']) =>
    changeOf(
      {
        what: 'handed_over',
        kind: 'action',
        id: '1',
        text: 'write',
        date: '2026-11-12',
        due: null,
        from,
        to,
      },
      look,
    );
  expect(told([me], [ana]).when.text).toBe('from you to Ana 12 Nov');
  expect(told([me, ana], [ben]).when.text).toBe('from you and Ana to Ben 12 Nov');
  expect(told([], [ana]).when.text).toBe('given to Ana 12 Nov');
  expect(told([ana], []).when.text).toBe('taken from Ana 12 Nov');
  expect(told([me], [ana])).toMatchObject({ sign: 'action', past: false });
});

test('what was moved to a day gone by is told with its date, not with a weekday to come', () => {
  const moved = (due: string | null) =>
    changeOf(
      { what: 're_dated', kind: 'action', id: '1', text: 'write', date: '2026-11-20', due, from: [], to: [] },
      look,
    ).when.text;
  expect(moved('2026-11-27')).toBe('moved to Fri');
  expect(moved('2026-11-20')).toBe('moved to 20 Nov');
  expect(moved(null)).toBe('no date any more');
});

test('of a meeting with nobody in it nothing is said about meeting before', () => {
  const meeting = (attendees: unknown[]) => ({ attendees, title: 'Planning' }) as unknown as Meeting;
  const there = { person_id: 'ana', name: 'Ana Silva', response: null, present: null, role: 'required' };
  expect(metWords({ met: null, meeting: meeting([]) }, look)).toBe('');
  expect(metWords({ met: null, meeting: meeting([there]) }, look)).toBe('The first time you meet');
});
