import type { DayMeeting, Meeting } from '$lib/backend/types';
import { instant } from '$lib/format';
import { isOn } from './meetingWords';

/** A meeting one goes to: no whole day, no focus time, neither declined nor cancelled. */
function isMeant({ meeting, my_response }: DayMeeting): boolean {
  return (
    meeting.kind === 'meeting' &&
    !meeting.all_day &&
    meeting.status !== 'cancelled' &&
    my_response !== 'declined'
  );
}

/**
 * The meeting whose note is meant when one asks for "the note": the one in progress, and from there the next. `at` is
 * the meeting one is in. None: nothing is left today; several: they are at the same time, and one is to be chosen.
 */
export function nextNote(day: DayMeeting[], now: Date, at: string | null): Meeting[] {
  const left = day
    .filter((entry) => isMeant(entry) && instant(entry.meeting.end) > instant(now))
    .map((entry) => entry.meeting)
    .sort((a, b) => instant(a.start) - instant(b.start));
  const groups: Meeting[][] = [];
  const on = left.filter((meeting) => isOn(meeting, now));
  if (on.length > 0) groups.push(on);
  for (const meeting of left.filter((meeting) => !isOn(meeting, now))) {
    const last = groups.at(-1);
    if (last?.[0] && last !== on && instant(last[0].start) === instant(meeting.start)) last.push(meeting);
    else groups.push([meeting]);
  }
  const here = groups.findIndex((group) => group.some((meeting) => meeting.id === at));
  return groups[here + 1] ?? [];
}

/** The meeting whose call is meant: as {@link nextNote}, of those that have one. */
export function nextCall(day: DayMeeting[], now: Date): Meeting[] {
  return nextNote(
    day.filter((entry) => entry.meeting.call_url),
    now,
    null,
  );
}
