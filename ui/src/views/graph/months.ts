import type { Day, GraphMonth } from '$lib/backend/types';

/** The months up to that of a day, the oldest first: `2025-01`. */
export function months(today: Day, count: number): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: count }, (_, at) => {
    const back = year * 12 + month - 1 - (count - 1 - at);
    return `${Math.floor(back / 12)}-${String((back % 12) + 1).padStart(2, '0')}`;
  });
}

/** The last day of a month. */
export function lastDay(month: string): Day {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** How much stands in each of these months. */
export function inMonths(told: readonly GraphMonth[], all: string[]): number[] {
  const found = new Map(told.map(({ month, count }) => [month, count]));
  return all.map((month) => found.get(month) ?? 0);
}

/** How many of the days lie in each month, the earliest first. */
export function ofDays(days: Day[]): GraphMonth[] {
  const found = new Map<string, number>();
  for (const day of days) found.set(day.slice(0, 7), (found.get(day.slice(0, 7)) ?? 0) + 1);
  return [...found].sort().map(([month, count]) => ({ month, count }));
}
