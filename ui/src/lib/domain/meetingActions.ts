import { clock, complain, go, say } from '$lib/app';
import { backend } from '$lib/backend';
import type { Meeting, When } from '$lib/backend/types';

/** Opens a meeting's note with the cursor in it. */
export function openNote(meeting: Pick<Meeting, 'id'>): void {
  go(`/meeting/${meeting.id}?part=notes&write=yes`);
}

/** Joins a meeting's call in the system's browser, or says that it has none. */
export async function joinCall(meeting: Pick<Meeting, 'call_url'>): Promise<void> {
  if (!meeting.call_url) return say('This meeting has no call.');
  try {
    await backend().openUrl(meeting.call_url);
  } catch (thrown) {
    complain(thrown);
  }
}

/** This minute, on the vault's clock: `2026-11-19T11:18:00+01:00`. */
export function thisMinute(): When {
  const wall = Date.parse(`${clock.local}:00Z`);
  const minute = Math.floor(clock.now.getTime() / 60_000) * 60_000;
  const ahead = Math.round((wall - minute) / 60_000);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return `${clock.local}:00${ahead < 0 ? '-' : '+'}${two(Math.abs(ahead) / 60)}:${two(Math.abs(ahead) % 60)}`;
}
