import type { Day, When } from '$lib/backend/types';

const NUMBER = /^(\d{4})-(\d{2})-(\d{2})/;

/** Days since 1970, of a date or of a moment on the user's clock. */
function dayNumber(when: When): number {
  const [, year, month, date] = NUMBER.exec(when) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(date)) / 86_400_000;
}

function words(when: When, options: Intl.DateTimeFormatOptions): string {
  return new Date(dayNumber(when) * 86_400_000).toLocaleDateString('en-GB', { ...options, timeZone: 'UTC' });
}

/** The date of a moment, on the clock it is written in. */
export const dateOf = (when: When): Day => when.slice(0, 10);

/** `09:30`; empty for a date. */
export const clockOf = (when: When): string => when.slice(11, 16);

/** How many days `to` is after `from`. */
export const daysBetween = (from: When, to: When): number => dayNumber(to) - dayNumber(from);

/** The date `n` days on. */
export function addDays(day: Day, n: number): Day {
  return new Date((dayNumber(day) + n) * 86_400_000).toISOString().slice(0, 10);
}

/** `3 Dec`, with the year where it is another. */
export function farDay(day: When, today: Day): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
  return words(day, { day: 'numeric', month: 'short', year }).replace('Sept', 'Sep');
}

/** As near as it is: `today`, `Fri`, `3 Dec`, `3 Dec 2027`. A weekday is within six days, on the side the sentence says. */
export function nearDay(day: When, today: Day): string {
  const away = daysBetween(today, day);
  if (away === 0) return 'today';
  if (away === 1) return 'tomorrow';
  if (away === -1) return 'yesterday';
  return Math.abs(away) <= 6 ? words(day, { weekday: 'short' }) : farDay(day, today);
}

/** `9 days late`, `late since 3 Jul`, `today`, `Fri`, `3 Dec`. */
export function dueDay(day: Day, today: Day): string {
  const late = daysBetween(day, today);
  if (late === 1) return '1 day late';
  if (late > 60) return `late since ${farDay(day, today)}`;
  return late > 1 ? `${late} days late` : nearDay(day, today);
}

/** `Thursday`. */
export const weekday = (day: When): string => words(day, { weekday: 'long' });

/** `19 November`, with the year where it is another. */
export function longDay(day: When, today: Day): string {
  return words(day, {
    day: 'numeric',
    month: 'long',
    year: day.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric',
  });
}

/** A length of time: `20 min`, `1 h`, `1 h 15`, `3 days`. */
export function span(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}
