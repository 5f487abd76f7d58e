import { complain, go, say } from '$lib/app';
import { backend } from '$lib/backend';
import type { Meeting } from '$lib/backend/types';

/** Opens a meeting's note, in its notes part. */
export function openNote(meeting: Pick<Meeting, 'id'>): void {
  go(`/meeting/${meeting.id}?part=notes`);
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
