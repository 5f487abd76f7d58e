import { addDays } from '$lib/format';
import type { Account } from '../types';
import { demoState } from './demo';
import { noState, type State, type StoredMeeting, type World } from './world';

export type WorldName = 'none' | 'empty' | 'demo' | 'broken' | 'large';

/** Fills a world by its name: what a first run, an empty vault, the demo, a failing one and a large one look like. */
export function fill(world: World, name: WorldName): void {
  if (name === 'none') {
    world.state = noState();
    return;
  }
  world.state = demoState();
  if (name === 'empty') {
    const me = world.me;
    world.state = noState();
    if (me) world.state.people.set(me.id, { ...me, note: null });
    return;
  }
  secondAccount(world.state, name === 'broken');
  orphan(world);
  if (name === 'large') grow(world, 60_000);
}

function secondAccount(state: State, broken: boolean): void {
  const account: Account = {
    id: '01a1f3fe-0000-7000-8000-000000000001',
    provider: 'google',
    name: 'alex@meridian.example',
    state: broken ? 'needs_sign_in' : 'ok',
    last_sync: broken ? '2026-11-17T08:02:00+01:00' : '2026-11-19T11:17:00+01:00',
    error: broken ? 'Google no longer accepts the sign-in of 3 August.' : null,
  };
  state.accounts.set(account.id, account);
  const calendar = { account_id: account.id, color: null };
  state.calendars.set('cal-1', { id: 'cal-1', name: 'Meridian holidays', enabled: true, ...calendar });
  state.calendars.set('cal-2', { id: 'cal-2', name: 'Room Elm', enabled: false, ...calendar });
  if (!broken) return;
  for (const one of [...state.accounts.values()]) {
    if (one.id === account.id) continue;
    const error = '612 of its 881 events would go at once. Nothing has been removed.';
    state.accounts.set(one.id, { ...one, state: 'error', last_sync: '2026-11-19T06:30:00+01:00', error });
  }
}

/** Two meetings with notes whose event is gone, as a calendar leaves them that was made again. */
function orphan(world: World): void {
  const meetings = [...world.state.meetings.values()].sort((a, b) => b.start.localeCompare(a.start));
  const old = meetings
    .filter((one) => one.has_notes && one.title === 'Hiring' && one.start < world.now)
    .slice(0, 2);
  old.forEach((meeting, at) => {
    const [from, to] = [addDays(meeting.start.slice(0, 10), -2), addDays(meeting.start.slice(0, 10), 5)];
    const near = meetings.filter(
      (one) => one.id !== meeting.id && !one.has_notes && !one.all_day && one.start > from && one.start < to,
    );
    const why = [
      'the same day, 4 of the same 5 people',
      'a day later, 3 of the same 5 people',
      'the same organizer',
    ];
    world.state.meetings.set(meeting.id, { ...meeting, status: 'cancelled', calendars: [] });
    world.state.queue.set(
      meeting.id,
      at === 1
        ? []
        : near.slice(0, 3).map((one, index) => ({
            meeting_id: one.id,
            title: one.title,
            start: one.start,
            score: 0.9 - index * 0.25,
            why: why[index] ?? '',
          })),
    );
  });
}

/** Actions by the thousand, in meetings without notes of their own. */
function grow(world: World, count: number): void {
  const people = [...world.state.people.values()];
  const meetings = [...world.state.meetings.values()].filter(
    (one): one is StoredMeeting => one.start < world.now,
  );
  const verbs = ['send', 'review', 'book', 'draft', 'ask about', 'approve', 'file', 'compare'];
  const things = [
    'the revised schedule',
    'the restore test',
    'the budget line',
    'the offer',
    'the audit finding',
    'the migration plan',
    'the price list',
  ];
  for (let at = 0; at < count; at += 1) {
    const meeting = meetings[(at * 37) % meetings.length];
    const owner = at % 11 === 0 ? null : people[(at * 13) % people.length];
    const day = meeting?.start.slice(0, 10) ?? world.today;
    const due = at % 7 === 0 ? null : addDays(day, (at * 17) % 60);
    const open = at % 3 !== 0;
    const id = `large-${at}`;
    world.state.actions.set(id, {
      id,
      anchor: `l${at.toString(36).padStart(5, '0')}`,
      text: `${owner ? `@${owner.handle} ` : ''}${verbs[at % verbs.length]} ${things[(at * 5) % things.length]} (${at + 1})`,
      status: open ? 'open' : 'done',
      owners: owner ? [{ person_id: owner.id, name: owner.name, handle: owner.handle, inferred: false }] : [],
      due,
      overdue: false,
      slips: at % 9 === 0 ? 1 + (at % 4) : 0,
      snoozed_until: null,
      topics: at % 5 === 0 ? ['budget'] : [],
      meeting_id: null,
      meeting_title: meeting?.title ?? null,
      meeting_date: day,
      note_part: 'notes',
      line: 1 + (at % 40),
      created_at: `${day}T12:00:00+01:00`,
      done_at: open ? null : `${addDays(day, 3)}T12:00:00+01:00`,
      blocked_by: [],
    });
  }
}
