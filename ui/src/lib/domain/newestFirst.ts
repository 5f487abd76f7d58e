import type { Decision } from '$lib/backend/types';

/** Of two of one day the later made first. */
export function newestFirst(a: Decision, b: Decision): number {
  const [x, y] = [a.meeting_date ?? '', b.meeting_date ?? ''];
  return x < y ? 1 : x > y ? -1 : a.id < b.id ? 1 : -1;
}
