import {
  CalendarDate,
  endOfMonth,
  endOfWeek,
  parseAbsolute,
  parseDate,
  parseDateTime,
  startOfMonth,
  startOfWeek,
  toCalendarDate,
} from '@internationalized/date';
import type { CalendarEntry, Day, Settings, When } from '$lib/backend/types';

export type View = 'day' | 'week' | 'month';

/** An entry where it lies on the wall: its times as the clock of the session's zone shows them, without a zone. */
export interface Placed {
  entry: CalendarEntry;
  /** Local `YYYY-MM-DDTHH:MM:SS`, or a date for a whole day. */
  start: string;
  /** Exclusive. */
  end: string;
  /** The first day it is on. */
  day: Day;
}

type WeekStarts = Settings['week_starts'];

const first = (starts: WeekStarts) => (starts === 'sunday' ? 'sun' : 'mon');

/** The entries in the order of the wall: by start, whole days first, then the longer, then by title. */
export function place(entries: CalendarEntry[], zone: string): Placed[] {
  return entries
    .map((entry) => {
      const start = entry.all_day ? entry.start.slice(0, 10) : wall(entry.start, zone);
      const end = entry.all_day ? later(entry.end.slice(0, 10), start) : wall(entry.end, zone);
      return { entry, start, end, day: start.slice(0, 10) };
    })
    .sort(
      (a, b) =>
        compare(a.day, b.day) ||
        Number(b.entry.all_day) - Number(a.entry.all_day) ||
        compare(a.start, b.start) ||
        compare(b.end, a.end) ||
        compare(a.entry.title, b.entry.title),
    );
}

/** What the clock of `zone` shows at an instant. */
export function wall(at: When, zone: string): string {
  const { year, month, day, hour, minute, second } = parseAbsolute(at, zone);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

/** The days a view shows, both included: a month with the weeks that complete it. */
export function span(view: View, date: Day, starts: WeekStarts): { from: Day; to: Day } {
  const at = parseDate(date);
  if (view === 'day') return { from: date, to: date };
  const [from, to] = view === 'week' ? [at, at] : [startOfMonth(at), endOfMonth(at)];
  return {
    from: startOfWeek(from, 'en', first(starts)).toString(),
    to: endOfWeek(to, 'en', first(starts)).toString(),
  };
}

/** The date as far on: a day, a week or a month, the last day of a month that is shorter. */
export function step(view: View, date: Day, by: 1 | -1): Day {
  const amount = view === 'day' ? { days: by } : view === 'week' ? { weeks: by } : { months: by };
  return parseDate(date).add(amount).toString();
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/**
 * The entry an arrow leads to from `current`: up and down to the one before or after in time, left and right to the nearest in
 * time of the nearest day that has any. Null where there is none in that direction; without a current one, the first from `now` on.
 */
export function neighbour(
  placed: Placed[],
  current: string | null,
  direction: Direction,
  now: string,
): Placed | null {
  const at = placed.findIndex(({ entry }) => entry.id === current);
  const here = placed[at];
  if (!here) return placed.find(({ start }) => start >= now) ?? placed[placed.length - 1] ?? null;
  if (direction === 'up' || direction === 'down') return placed[at + (direction === 'down' ? 1 : -1)] ?? null;
  const days = placed
    .filter(({ day }) => (direction === 'right' ? day > here.day : day < here.day))
    .map(({ day }) => day);
  const day = direction === 'right' ? days[0] : days[days.length - 1];
  const there = placed.filter((other) => other.day === day);
  const time = minutes(here.start);
  return (
    there.sort((a, b) => Math.abs(minutes(a.start) - time) - Math.abs(minutes(b.start) - time))[0] ?? null
  );
}

/** Half past nine as 570; a whole day begins before any time. */
export function minutes(local: string): number {
  return local.length > 10 ? Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16)) : -1;
}

/** A local time some minutes on, never over the edge of its day. */
export function shift(local: string, by: number): string {
  const to = Math.min(Math.max(minutes(local) + by, 0), 24 * 60 - 1);
  return `${local.slice(0, 10)}T${pad(Math.floor(to / 60))}:${pad(to % 60)}:00`;
}

/** A local time some minutes on, over the edge of its day where it must. */
export function onward(local: string, by: number): string {
  return parseDateTime(local).add({ minutes: by }).toString();
}

/** How many minutes the clock on the wall goes on from one local time to another. */
export function minutesBetween(from: string, to: string): number {
  const days = parseDate(to.slice(0, 10)).compare(parseDate(from.slice(0, 10)));
  return days * 24 * 60 + minutes(to) - minutes(from);
}

/** The days that have more than one can read at a glance: what share of a working day of eight hours is taken. */
export function load(placed: Placed[], day: Day): number {
  let taken = 0;
  let until = -1;
  for (const { entry, start, end } of placed) {
    if (entry.all_day || start.slice(0, 10) !== day || entry.kind !== 'meeting' || away(entry)) continue;
    const [from, to] = [Math.max(minutes(start), until), end.slice(0, 10) === day ? minutes(end) : 24 * 60];
    taken += Math.max(0, to - from);
    until = Math.max(until, to);
  }
  return taken / (8 * 60);
}

/** It does not take place for the user: cancelled, or declined. */
export function away(entry: CalendarEntry): boolean {
  return entry.status === 'cancelled' || entry.my_response === 'declined';
}

/** The weekday columns of the week that `date` is in. */
export function daysOf(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (
    let at: CalendarDate = toCalendarDate(parseDate(from));
    at.compare(parseDate(to)) <= 0;
    at = at.add({ days: 1 })
  )
    days.push(at.toString());
  return days;
}

function later(end: string, start: string): string {
  return end > start ? end : parseDate(start).add({ days: 1 }).toString();
}

function pad(number: number, width = 2): string {
  return String(number).padStart(width, '0');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
