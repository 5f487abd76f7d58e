import { addDays } from '$lib/format';
import type { Account } from '../types';
import { demoState } from './demo';
import { noState, type State, type StoredMeeting, type World } from './world';

export type WorldName = 'none' | 'empty' | 'demo' | 'broken' | 'large';

/** What the demo comes with. */
const saved = [
  ['Reports without a 1:1', 'people relation:report last-1:1>2w'],
  ['Acme, not revisited', 'decisions org:acme status:holds revisited>6m'],
  ['Series without outcomes', 'series meetings>=3 outcomes:0'],
] as const;

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
  for (const [name, expression] of saved) world.state.queries.set(name, expression);
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

/** Two meetings with notes whose event is gone: one was made again half an hour later, the other has no likeness. */
function orphan(world: World): void {
  const { meetings, queue } = world.state;
  const sorted = [...meetings.values()].sort((a, b) => b.start.localeCompare(a.start));
  const [last, before] = sorted.filter(
    (one) => one.has_notes && one.title === 'Hiring' && one.start < world.now,
  );
  if (!last || !before) return;
  for (const one of [last, before]) meetings.set(one.id, { ...one, status: 'cancelled', calendars: [] });
  const again: StoredMeeting = {
    ...last,
    id: '01a1f3fe-0000-7000-8000-00000000000a',
    uid: 'hiring-again@meridian.example',
    series_id: null,
    start: last.start.replace('T11:00', 'T11:30'),
    end: last.end.replace('T11:30', 'T12:00'),
    has_notes: false,
  };
  meetings.set(again.id, again);
  const near = sorted.find((one) => !one.has_notes && one.start.slice(0, 10) === last.start.slice(0, 10));
  const candidate = (one: StoredMeeting, score: number, why: string) => ({
    meeting_id: one.id,
    title: one.title,
    start: one.start,
    score,
    why,
  });
  queue.set(last.id, [
    candidate(again, 0.94, 'half an hour later, the same title and people'),
    ...(near ? [candidate(near, 0.41, 'the same day, 3 of the same people')] : []),
  ]);
  queue.set(before.id, []);
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
