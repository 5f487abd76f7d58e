import type { Day } from '$lib/backend/types';
import { addDays, addMonths, makeDay, months, parts, weekdayOf, weekdays } from './dates';

/**
 * A day as one types it: `today`, `tom`, `fri`, `next week`, `in 3 days`, `2w`, `+5`, `3 dec`, `Dec 3`, `3.12.`,
 * `2026-12-01`, `end of month`. Weekdays are the next ones after `today`, and so are dates without a year, unless the nearest
 * is wanted. Null where it is none.
 */
export function readDay(text: string, today: Day, which: 'next' | 'nearest' = 'next'): Day | null {
  const typed = text
    .trim()
    .toLowerCase()
    .replace(/^(by|on|due)\s+/, '');
  if (typed === '') return null;
  return (
    words(typed, today) ?? offset(typed, today) ?? absolute(typed, today, which) ?? weekday(typed, today)
  );
}

function words(typed: string, today: Day): Day | null {
  if (typed === 'today' || typed === 'tod') return today;
  if (typed.length >= 3 && 'tomorrow'.startsWith(typed)) return addDays(today, 1);
  if (typed === 'yesterday') return addDays(today, -1);
  if (typed === 'next week') return addDays(today, 7 - ((weekdayOf(today) + 6) % 7));
  if (typed === 'next month') return `${addMonths(today, 1).slice(0, 8)}01`;
  if (/^(the )?(end of (the )?month|eom)$/.test(typed))
    return addDays(`${addMonths(today, 1).slice(0, 8)}01`, -1);
  if (/^(the )?(end of (the )?week|eow)$/.test(typed)) return weekday('fri', addDays(today, -1));
  return null;
}

function offset(typed: string, today: Day): Day | null {
  const found = /^(?:in |\+)?\s*(\d{1,4}|an?)\s*(d|days?|w|wks?|weeks?|m|months?)?$/.exec(typed);
  if (!found || (!found[2] && !typed.startsWith('+'))) return null;
  const count = /^a/.test(found[1] ?? '') ? 1 : Number(found[1]);
  const unit = found[2]?.[0] ?? 'd';
  return unit === 'm' ? addMonths(today, count) : addDays(today, unit === 'w' ? count * 7 : count);
}

function absolute(typed: string, today: Day, which: 'next' | 'nearest'): Day | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return makeDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const dotted = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4})?)?$/.exec(typed);
  if (dotted) return dated(Number(dotted[1]), Number(dotted[2]), dotted[3], today, which);
  const named =
    /^(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([a-z]{3,})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?(?:,?\s+(\d{4}))?$/.exec(
      typed,
    );
  const month = named ? months.findIndex((name) => name.toLowerCase().startsWith(named[2] ?? '-')) + 1 : 0;
  if (!named || month === 0 || (!named[1] && !named[3])) return null;
  return dated(Number(named[1] ?? named[3]), month, named[4], today, which);
}

function dated(
  date: number,
  month: number,
  year: string | undefined,
  today: Day,
  which: 'next' | 'nearest',
): Day | null {
  if (year) return makeDay(Number(year), month, date);
  const now = parts(today).year;
  const [last, here, next] = [-1, 0, 1].map((years) => makeDay(now + years, month, date));
  if (which === 'next') return here && here >= today ? here : (next ?? null);
  const far = (day: Day) => Math.abs(Date.parse(day) - Date.parse(today));
  return [here, next, last].filter((day) => day != null).sort((a, b) => far(a) - far(b))[0] ?? null;
}

function weekday(typed: string, today: Day): Day | null {
  const name = typed.replace(/^next\s+/, '');
  const at = name.length < 2 ? -1 : weekdays.findIndex((day) => day.toLowerCase().startsWith(name));
  if (at < 0) return null;
  return addDays(today, ((at - weekdayOf(today) + 6) % 7) + 1);
}
