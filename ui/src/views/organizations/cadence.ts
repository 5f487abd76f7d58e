import { daysBetween, dayOf, nearDay, sentence } from '$lib/format';
import type { Day, Meeting } from '$lib/backend/types';

/** How often one meets, in words, from the days of the last meetings: "every 2 weeks"; null where there is no telling. */
export function rhythm(days: Day[]): string | null {
  const last = [...new Set(days)].sort().slice(-13);
  const gaps = last
    .slice(1)
    .map((day, at) => daysBetween(last[at] ?? day, day))
    .sort((a, b) => a - b);
  if (gaps.length < 2) return null;
  const gap = gaps[Math.floor(gaps.length / 2)] ?? 0;
  if (gap <= 1) return 'nearly every day';
  if (gap < 6) return 'several times a week';
  if (gap < 11) return 'every week';
  if (gap <= 25) return `every ${Math.round(gap / 7)} weeks`;
  if (gap <= 45) return 'every month';
  if (gap <= 120) return `every ${Math.round(gap / 30)} months`;
  return 'now and then';
}

/** "Every 2 weeks, last 3 days ago, next Fri", of the meetings with an organization; empty where there is none. */
export function meetWords(meetings: Meeting[], today: Day): string {
  const held = meetings.filter(({ status }) => status !== 'cancelled').map(({ start }) => dayOf(start));
  const past = held.filter((day) => day <= today).sort();
  const next = held.filter((day) => day > today).sort()[0];
  const last = past.at(-1);
  const words = [
    rhythm(past),
    last && `last ${nearDay(last, today)}`,
    next && `next ${nearDay(next, today)}`,
  ];
  return sentence(words.filter(Boolean).join(', '));
}
