import { endOfWeek, parseDate, type DateDuration } from '@internationalized/date';
import type { Action, Day, GroupBy } from '../types';

export interface Group<T> {
  /** Stable while the list changes: a group keeps its place in the virtual list by it. */
  key: string;
  title: string;
  items: T[];
}

/** What a grouping has to know of the day it is. */
export interface Today {
  date: Day;
  week_starts: 'monday' | 'sunday';
}

/**
 * The actions in groups, each group and each action once, in reading order: by date, the late first and the undated last; by
 * person, the user first, then by name, the unowned last; by meeting, the newest first. What is snoozed comes last of all,
 * whatever the grouping, the soonest back first; and after it what is `over`.
 */
export function group(
  actions: Action[],
  by: GroupBy,
  today: Today,
  me: string | null,
  over: (action: Action) => boolean = () => false,
): Group<Action>[] {
  const awake: Action[] = [];
  const asleep: Action[] = [];
  const closed: Action[] = [];
  for (const action of actions)
    (over(action) ? closed : snoozed(action, today.date) ? asleep : awake).push(action);
  const groups =
    by === 'date' ? byDate(awake, today) : by === 'person' ? byPerson(awake, me) : byMeeting(awake);
  if (asleep.length > 0) {
    asleep.sort((a, b) => compare(a.snoozed_until ?? '', b.snoozed_until ?? '') || byDue(a, b));
    groups.push({ key: 'snoozed', title: 'Snoozed', items: asleep });
  }
  if (closed.length > 0)
    groups.push({ key: 'closed', title: 'Done and dropped', items: closed.sort(newestClosed) });
  return groups;
}

/** Done and dropped ones as a log: the newest first, by the day they were closed. */
export function closed(actions: Action[], today: Today): Group<Action>[] {
  const day = (action: Action) => (action.done_at ?? action.created_at).slice(0, 10);
  const week = startOf(today, { days: 0 });
  const before = startOf(today, { weeks: 1 });
  const names: [string, string, (at: Day) => boolean][] = [
    ['today', 'Today', (at) => at >= today.date],
    ['week', 'This week', (at) => at >= week],
    ['last', 'Last week', (at) => at >= before],
    ['older', 'Earlier', () => true],
  ];
  const groups = names.map(([key, title]) => ({ key, title, items: [] as Action[] }));
  for (const action of actions)
    groups[names.findIndex(([, , within]) => within(day(action)))]?.items.push(action);
  for (const { items } of groups) items.sort(newestClosed);
  return groups.filter((group) => group.items.length > 0);
}

function newestClosed(a: Action, b: Action): number {
  return compare(b.done_at ?? '', a.done_at ?? '') || compare(a.id, b.id);
}

/** Out of the way until a later day. */
export function snoozed(action: Action, today: Day): boolean {
  return action.status === 'open' && action.snoozed_until !== null && action.snoozed_until > today;
}

function byDate(actions: Action[], today: Today): Group<Action>[] {
  const end = lastOfWeek(today);
  const groups: Record<'late' | 'today' | 'week' | 'later' | 'undated', Action[]> = {
    late: [],
    today: [],
    week: [],
    later: [],
    undated: [],
  };
  for (const action of actions) {
    if (action.due === null) groups.undated.push(action);
    else if (action.due < today.date) groups.late.push(action);
    else if (action.due === today.date) groups.today.push(action);
    else if (action.due <= end) groups.week.push(action);
    else groups.later.push(action);
  }
  const titles = { late: 'Late', today: 'Today', week: 'This week', later: 'Later', undated: 'No date' };
  return (Object.keys(titles) as (keyof typeof titles)[])
    .filter((key) => groups[key].length > 0)
    .map((key) => ({ key, title: titles[key], items: groups[key].sort(byDue) }));
}

/** An action of two owners stands with the first: it is one action, and one row. */
function byPerson(actions: Action[], me: string | null): Group<Action>[] {
  const groups = gather(actions, (action) => {
    const owner = action.owners[0];
    return owner
      ? { key: owner.person_id, title: owner.person_id === me ? 'You' : owner.name }
      : { key: 'unowned', title: 'Nobody yet' };
  });
  const rank = (key: string) => (key === me ? 0 : key === 'unowned' ? 2 : 1);
  return groups.sort(
    (a, b) => rank(a.key) - rank(b.key) || a.title.localeCompare(b.title) || compare(a.key, b.key),
  );
}

function byMeeting(actions: Action[]): Group<Action>[] {
  const dates = new Map<string, string>();
  const groups = gather(actions, (action) => {
    const key = action.meeting_id ?? 'none';
    dates.set(key, action.meeting_date ?? '');
    return { key, title: action.meeting_title ?? 'Outside meetings' };
  });
  return groups.sort(
    (a, b) =>
      compare(dates.get(b.key) ?? '', dates.get(a.key) ?? '') ||
      a.title.localeCompare(b.title) ||
      compare(a.key, b.key),
  );
}

function gather(
  actions: Action[],
  place: (action: Action) => { key: string; title: string },
): Group<Action>[] {
  const groups = new Map<string, Group<Action>>();
  for (const action of actions) {
    const { key, title } = place(action);
    const known = groups.get(key);
    if (known) known.items.push(action);
    else groups.set(key, { key, title, items: [action] });
  }
  for (const { items } of groups.values()) items.sort(byDue);
  return [...groups.values()];
}

/** The soonest due first, the undated last, and among equals the oldest first. */
export function byDue(a: Action, b: Action): number {
  return compare(a.due ?? '9', b.due ?? '9') || compare(a.created_at, b.created_at) || compare(a.id, b.id);
}

/** The last day of the week that today is in. */
export function lastOfWeek(today: Today): Day {
  return endOfWeek(parseDate(today.date), 'en', first(today)).toString();
}

function startOf(today: Today, ago: DateDuration): Day {
  return endOfWeek(parseDate(today.date), 'en', first(today)).subtract({ days: 6 }).subtract(ago).toString();
}

function first(today: Today): 'mon' | 'sun' {
  return today.week_starts === 'sunday' ? 'sun' : 'mon';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
