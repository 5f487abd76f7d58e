import { describe, expect, test } from 'vitest';
import type { Action, Owner } from '$lib/backend/types';
import { closed, group, lastOfWeek, type Today } from './action-groups';

/** A Thursday. */
const today: Today = { date: '2026-11-19', week_starts: 'monday' };

function action(id: string, more: Partial<Action> = {}): Action {
  return {
    id,
    anchor: 'aaaaaa',
    text: `Action ${id}`,
    topics: [],
    meeting_id: 'm',
    meeting_title: 'Staff',
    meeting_date: '2026-11-05',
    note_part: 'notes',
    line: 1,
    status: 'open',
    owners: [],
    due: null,
    overdue: false,
    slips: 0,
    snoozed_until: null,
    created_at: '2026-11-05T09:00:00+01:00',
    done_at: null,
    blocked_by: [],
    ...more,
  };
}

const owner = (name: string): Owner => ({
  person_id: name.toLowerCase(),
  name,
  handle: name.toLowerCase(),
  inferred: false,
});
const told = (groups: { title: string; items: Action[] }[]) =>
  groups.map(({ title, items }) => [title, items.map(({ id }) => id).join(' ')]);

describe('by date', () => {
  test('late, today, this week, later, no date, and the snoozed last', () => {
    const actions = [
      action('undated'),
      action('later', { due: '2026-11-23' }),
      action('sunday', { due: '2026-11-22' }),
      action('today', { due: '2026-11-19' }),
      action('late', { due: '2026-11-18' }),
      action('later-late', { due: '2026-11-10' }),
      action('asleep', { due: '2026-11-10', snoozed_until: '2026-11-25' }),
      action('awake', { due: '2026-11-11', snoozed_until: '2026-11-19' }),
    ];
    expect(told(group(actions, 'date', today, null))).toEqual([
      ['Late', 'later-late awake late'],
      ['Today', 'today'],
      ['This week', 'sunday'],
      ['Later', 'later'],
      ['No date', 'undated'],
      ['Snoozed', 'asleep'],
    ]);
  });

  test('the week ends where the settings say', () => {
    expect(lastOfWeek(today)).toBe('2026-11-22');
    expect(lastOfWeek({ ...today, week_starts: 'sunday' })).toBe('2026-11-21');
    expect(lastOfWeek({ date: '2026-11-22', week_starts: 'sunday' })).toBe('2026-11-28');
  });
});

test('what is over stands after all the rest, whatever its date', () => {
  const actions = [
    action('done', { status: 'done', due: '2026-11-01', done_at: '2026-11-02T09:00:00+01:00' }),
    action('dropped', { status: 'dropped', due: '2026-11-01' }),
    action('asleep', { snoozed_until: '2026-12-01' }),
    action('late', { due: '2026-11-01' }),
  ];
  const over = ({ status }: Action) => status !== 'open';
  expect(told(group(actions, 'date', today, null, over))).toEqual([
    ['Late', 'late'],
    ['Snoozed', 'asleep'],
    ['Done and dropped', 'done dropped'],
  ]);
});

test('by person: the user first, then by name, the unowned last; one row for an action of two', () => {
  const actions = [
    action('n'),
    action('z', { owners: [owner('Zoe')] }),
    action('a', { owners: [owner('Ana'), owner('Zoe')] }),
    action('me', { owners: [owner('Max')] }),
  ];
  expect(told(group(actions, 'person', today, 'max'))).toEqual([
    ['You', 'me'],
    ['Ana', 'a'],
    ['Zoe', 'z'],
    ['Nobody yet', 'n'],
  ]);
});

test('by meeting: the newest meeting first, what is outside meetings last', () => {
  const actions = [
    action('none', { meeting_id: null, meeting_title: null, meeting_date: null }),
    action('old', { meeting_id: 'o', meeting_title: 'Kick-off', meeting_date: '2026-09-01' }),
    action('new'),
  ];
  expect(told(group(actions, 'meeting', today, null))).toEqual([
    ['Staff', 'new'],
    ['Kick-off', 'old'],
    ['Outside meetings', 'none'],
  ]);
});

test('what is closed is a log, the newest first', () => {
  const at = (id: string, day: string) => action(id, { status: 'done', done_at: `${day}T10:00:00+01:00` });
  const actions = [
    at('old', '2026-09-01'),
    at('monday', '2026-11-16'),
    at('sunday', '2026-11-15'),
    at('now', '2026-11-19'),
  ];
  expect(told(closed(actions, today))).toEqual([
    ['Today', 'now'],
    ['This week', 'monday'],
    ['Last week', 'sunday'],
    ['Earlier', 'old'],
  ]);
});

test('sixty thousand are grouped in the time of a few frames', () => {
  const many = Array.from({ length: 60_000 }, (_, at) =>
    action(String(at), { due: `2026-${String((at % 12) + 1).padStart(2, '0')}-10` }),
  );
  const before = performance.now();
  group(many, 'date', today, null);
  expect(performance.now() - before).toBeLessThan(2000);
});
