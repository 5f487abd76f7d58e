import type { Attendee, Day, Meeting, MyRole, Response } from '$lib/backend/types';
import {
  count,
  dayOf,
  daysBetween,
  instant,
  lasting,
  list,
  minutesBetween,
  nearDay,
  span,
} from '$lib/format';
import type { Look } from './look';

/** The people at a meeting who are not the user. */
export function others(meeting: Meeting, look: Look): Attendee[] {
  return meeting.attendees.filter((attendee) => attendee.person_id !== look.me);
}

export function myResponse(meeting: Meeting, look: Look): Response | null {
  return meeting.attendees.find((attendee) => attendee.person_id === look.me)?.response ?? null;
}

export const titleOf = (meeting: Pick<Meeting, 'title'>): string => meeting.title.trim() || 'No title';

/** `09:00–09:30`, `22:00–01:00 +1`; empty for whole days. */
export function hours(meeting: Pick<Meeting, 'start' | 'end' | 'all_day'>): string {
  if (meeting.all_day) return '';
  const later = daysBetween(meeting.start, meeting.end);
  return `${span(meeting.start, meeting.end)}${later > 0 ? ` +${later}` : ''}`;
}

/** `30 min`, `1 h 15`, `3 days`, `all day`. */
export function length(meeting: Pick<Meeting, 'start' | 'end' | 'all_day'>): string {
  if (!meeting.all_day) return lasting(minutesBetween(meeting.start, meeting.end));
  const days = daysBetween(meeting.start, meeting.end);
  return days >= 2 ? count(days, 'day') : 'all day';
}

/** Who else is there: names where they are few, else how many. */
export function company(meeting: Meeting, look: Look): string {
  const rest = others(meeting, look);
  if (rest.length > 3) return count(meeting.attendees.length, 'person', 'people');
  return list(rest.map((other) => other.name));
}

const CALLS = [
  ['meet.google', 'Meet'],
  ['zoom', 'Zoom'],
  ['teams', 'Teams'],
  ['webex', 'Webex'],
  ['jit.si', 'Jitsi'],
] as const;

/** What a call's address stands for: `Meet`, `Zoom`, or its host. */
export function callName(url: string): string {
  const host = (url.split('://').at(-1) ?? url).split(/[/?:]/)[0] ?? url;
  return CALLS.find(([part]) => host.includes(part))?.[1] ?? host;
}

/** Where it is, in few words: the room, else the call. */
export function place(meeting: Pick<Meeting, 'location' | 'call_url'>): string {
  const room = meeting.location?.trim();
  if (room && !room.includes('://')) return room;
  return meeting.call_url ? callName(meeting.call_url) : '';
}

/** What the user does in it. */
export const ROLES: Record<MyRole, string> = {
  facilitator: 'You facilitate',
  decision_maker: 'You decide',
  advisor: 'You advise',
  spectator: 'You listen',
};

/** What a kind that is no meeting is. */
export const KINDS: Record<Meeting['kind'], string> = {
  meeting: '',
  focus: 'focus time',
  out_of_office: 'out of office',
  working_location: 'working location',
};

export const RESPONSES: Record<Response, string> = {
  accepted: 'accepted',
  declined: 'declined',
  tentative: 'maybe',
  needs_action: 'no answer yet',
};

/** `today 13:00–14:00`, `Fri 09:30–10:00`, `5 Nov` for a whole day. */
export function whenOf(meeting: Meeting, look: Look): string {
  return [nearDay(dayOf(meeting.start), look.today), hours(meeting)].filter(Boolean).join(' ');
}

/** Whether it is over at `now`, which is on `today`. */
export function isOver(meeting: Meeting, now: Date, today: Day): boolean {
  return meeting.all_day ? dayOf(meeting.end) <= today : instant(meeting.end) <= instant(now);
}

export function isOn(meeting: Meeting, now: Date): boolean {
  return !meeting.all_day && instant(meeting.start) <= instant(now) && instant(now) < instant(meeting.end);
}
