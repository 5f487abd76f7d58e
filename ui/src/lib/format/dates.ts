import type { Day, When } from '$lib/backend/types';

/* Times carry the offset of the vault's zone, so their first characters are the wall clock there. */

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The day of a time in the vault's zone. */
export function dayOf(when: When): Day {
  return when.slice(0, 10);
}

/** `09:30`; empty for a date. */
export function timeOf(when: When): string {
  return when.slice(11, 16);
}

/** `11:30–12:00`. */
export function span(start: When, end: When): string {
  return `${timeOf(start)}–${timeOf(end)}`;
}

/** Whole minutes from one instant to another. */
export function minutesBetween(from: When | Date, to: When | Date): number {
  return Math.round((instant(to) - instant(from)) / 60_000);
}

/** How long: `45 min`, `1 h`, `1 h 15`, `2 days`. */
export function lasting(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  if (minutes >= 48 * 60) return `${Math.round(minutes / 1440)} days`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest}`;
}

export function addDays(day: Day, days: number): Day {
  return isoDay(utc(day) + days * 86_400_000);
}

export function addMonths(day: Day, count: number): Day {
  const date = new Date(utc(day));
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  date.setUTCDate(Math.min(wanted, daysIn(date.getUTCFullYear(), date.getUTCMonth())));
  return isoDay(date.getTime());
}

/** Days from one date to another, negative where it lies before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to) - utc(from)) / 86_400_000);
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(utc(day)).getUTCDay();
}

export function weekdayName(day: Day): string {
  return weekdays[weekdayOf(day)] ?? '';
}

/** Near in words, far absolute: `today`, `tomorrow`, `yesterday`, `Fri`, `5 Nov`, `5 Nov 2025`. */
export function nearDay(day: Day, today: Day): string {
  const away = daysBetween(today, day);
  if (away === 0) return 'today';
  if (away === 1) return 'tomorrow';
  if (away === -1) return 'yesterday';
  if (Math.abs(away) < 7) return weekdayName(day).slice(0, 3);
  return shortDay(day, today);
}

/** `5 Nov`, in another year `5 Nov 2025`. */
export function shortDay(day: Day, today: Day): string {
  const { year, month, date } = parts(day);
  const short = `${date} ${(months[month] ?? '').slice(0, 3)}`;
  return year === parts(today).year ? short : `${short} ${year}`;
}

/** `since 5 Oct`, of another year `since 2024`. */
export function sinceWords(day: Day, today: Day): string {
  return `since ${day.slice(0, 4) === today.slice(0, 4) ? shortDay(day, today) : day.slice(0, 4)}`;
}

/** `19 November`, in another year `19 November 2025`. */
export function longDay(day: Day, today: Day): string {
  const { year, month, date } = parts(day);
  const long = `${date} ${months[month]}`;
  return year === parts(today).year ? long : `${long} ${year}`;
}

/** `19 November 2026`: the year always, for what is handed over. */
export function fullDay(day: Day): string {
  const { year, month, date } = parts(day);
  return `${date} ${months[month]} ${year}`;
}

/** `November 2026`. */
export function monthName(day: Day): string {
  const { year, month } = parts(day);
  return `${months[month]} ${year}`;
}

/** A due date in words: `today`, `Fri`, `30 Nov`, `9 days late`; `no date` where there is none. */
export function dueWords(due: Day | null, today: Day): { text: string; late: boolean } {
  if (!due) return { text: 'no date', late: false };
  const away = daysBetween(today, due);
  if (away >= 0) return { text: nearDay(due, today), late: false };
  return { text: away === -1 ? '1 day late' : `${-away} days late`, late: true };
}

/** How far ahead: `now`, `in 12 min`, `in 2 h`, `tomorrow`, `Fri`. */
export function until(when: When, now: Date, today: Day): string {
  const minutes = minutesBetween(now, when);
  if (minutes <= 0) return 'now';
  if (minutes < 60) return `in ${minutes} min`;
  if (dayOf(when) === today) return `in ${Math.round(minutes / 60)} h`;
  return nearDay(dayOf(when), today);
}

/** How long ago: `just now`, `1 min ago`, `3 h ago`, `yesterday`, `5 Nov`. */
export function ago(when: When, now: Date, today: Day): string {
  const minutes = minutesBetween(when, now);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (dayOf(when) === today) return `${Math.floor(minutes / 60)} h ago`;
  return nearDay(dayOf(when), today);
}

export function instant(when: When | Date): number {
  return typeof when === 'string' ? Date.parse(when) : when.getTime();
}

/** `YYYY-MM-DD` of numbers, null where there is no such day. Months from 1. */
export function makeDay(year: number, month: number, date: number): Day | null {
  if (month < 1 || month > 12 || date < 1 || date > daysIn(year, month - 1)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

export function parts(day: Day): { year: number; month: number; date: number } {
  return {
    year: Number(day.slice(0, 4)),
    month: Number(day.slice(5, 7)) - 1,
    date: Number(day.slice(8, 10)),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant on the wall of a zone: `2026-11-19T11:18`. */
export function localTime(at: Date, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  return format.format(at).replace(' ', 'T');
}

export { months, weekdays };

function utc(day: Day): number {
  return Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
}

function isoDay(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}
