import type { DayMeeting, Meeting } from '$lib/backend/types';

/** A meeting for tests: on 2026-11-19 from `start` to `end` (`09:00`), titled as its id. */
export function meetingAt(id: string, start: string, end: string, edit: Partial<Meeting> = {}): Meeting {
  return {
    id,
    title: id,
    kind: 'meeting',
    purpose: null,
    my_role: null,
    held: false,
    start: `2026-11-19T${start}:00+01:00`,
    end: `2026-11-19T${end}:00+01:00`,
    all_day: false,
    zone: 'Europe/Berlin',
    status: 'confirmed',
    series_id: null,
    uid: null,
    original_start: null,
    calendars: [],
    attendees: [],
    organizer: null,
    location: null,
    call_url: null,
    has_notes: false,
    source: 'ics',
    ...edit,
  };
}

/** The same as an entry of a day. */
export function entryAt(
  id: string,
  start: string,
  end: string,
  edit: Partial<Meeting> = {},
  entry: Partial<DayMeeting> = {},
): DayMeeting {
  return {
    meeting: meetingAt(id, start, end, edit),
    counts: { open: 0, late: 0, decisions: 0, questions: 0, revisit: 0 },
    cadence: null,
    agenda: false,
    my_response: 'accepted',
    notes_sent: false,
    color: null,
    ...entry,
  };
}

/** A moment of the same day: `11:18`. */
export const at = (clock: string): Date => new Date(`2026-11-19T${clock}:00+01:00`);
