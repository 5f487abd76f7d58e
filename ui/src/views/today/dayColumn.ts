import type { Day, DayMeeting } from '$lib/backend/types';
import { isOn, isOver, titleOf } from '$lib/domain/meetingWords';
import { instant, timeOf } from '$lib/format';

/** Gaps shorter than this are not free time. */
const FREE_MINUTES = 15;

/** A meeting in the day's column. */
export interface Card {
  kind: 'card';
  entry: DayMeeting;
  over: boolean;
  on: boolean;
  /** It takes none of the user's time. */
  out: 'declined' | 'cancelled' | null;
  /** How far it is, 0 to 1, where the line for now runs through it. */
  progress: number | null;
  /** The title of what it overlaps. */
  clash: string | null;
}

/** Free time between two meetings; `past` where it is gone. */
export interface Gap {
  kind: 'gap';
  minutes: number;
  past: boolean;
  key: string;
}

/** The line for now, where no meeting is on; `until` is when the free time that is now ends. */
export interface Now {
  kind: 'now';
  free: number;
  until: string | null;
}

export type Row = Card | Gap | Now;

export interface DayColumn {
  allDay: DayMeeting[];
  rows: Row[];
}

/** Why a meeting takes none of the user's time. */
export function outOf(entry: DayMeeting): Card['out'] {
  if (entry.meeting.status === 'cancelled') return 'cancelled';
  return entry.my_response === 'declined' ? 'declined' : null;
}

const isBusy = (entry: DayMeeting): boolean => !outOf(entry) && entry.meeting.kind !== 'working_location';

/** Lays a day out: whole days apart, meetings in order with the gaps between, and the line for now where it belongs. */
export function layDay(meetings: DayMeeting[], date: Day, now: Date, today: Day): DayColumn {
  const allDay = meetings.filter((entry) => entry.meeting.all_day);
  const timed = meetings
    .filter((entry) => !entry.meeting.all_day)
    .sort(
      (a, b) =>
        instant(a.meeting.start) - instant(b.meeting.start) ||
        instant(a.meeting.end) - instant(b.meeting.end),
    );
  const isToday = date === today;
  const at = instant(now);
  const begun = timed.findLastIndex((entry) => instant(entry.meeting.start) <= at);
  const through = begun >= 0 ? timed[begun] : undefined;
  const runsThrough = isToday && through && isOn(through.meeting, now) && !outOf(through);

  const rows: Row[] = [];
  let busyUntil: number | null = null;
  let last: DayMeeting | null = null;
  timed.forEach((entry, n) => {
    const { meeting } = entry;
    const start = instant(meeting.start);
    const busy = isBusy(entry);
    const nextBusy = busy ? entry : timed.slice(n).find(isBusy);
    if (isToday && n === begun + 1 && !runsThrough) rows.push(nowRow(at, busyUntil, nextBusy));
    else if (busy && busyUntil !== null) {
      const minutes = Math.round((start - busyUntil) / 60_000);
      const nowIsInIt = isToday && busyUntil <= at && at < start;
      if (minutes >= FREE_MINUTES && !nowIsInIt)
        rows.push({ kind: 'gap', minutes, past: start <= at, key: `gap-${meeting.id}` });
    }
    const clash = busy && last && instant(last.meeting.end) > start ? titleOf(last.meeting) : null;
    rows.push({
      kind: 'card',
      entry,
      over: isOver(meeting, now, today),
      on: isOn(meeting, now),
      out: outOf(entry),
      progress: runsThrough && n === begun ? (at - start) / (instant(meeting.end) - start) : null,
      clash,
    });
    if (busy) {
      if (busyUntil === null || instant(meeting.end) > busyUntil) last = entry;
      busyUntil = Math.max(busyUntil ?? 0, instant(meeting.end));
    }
  });
  if (isToday && timed.length > 0 && begun === timed.length - 1 && !runsThrough)
    rows.push({ kind: 'now', free: 0, until: null });
  return { allDay, rows };
}

/** The line for now before `next`: how much of the free time is left. */
function nowRow(at: number, busyUntil: number | null, next: DayMeeting | undefined): Now {
  const none: Now = { kind: 'now', free: 0, until: null };
  if (!next || (busyUntil !== null && busyUntil > at)) return none;
  const minutes = Math.ceil((instant(next.meeting.start) - at) / 60_000);
  return minutes < FREE_MINUTES ? none : { kind: 'now', free: minutes, until: timeOf(next.meeting.start) };
}

/** Whose brief is shown without a click: the meeting in progress, else the next; on another day its first. */
export function inFocus(meetings: DayMeeting[], date: Day, now: Date, today: Day): DayMeeting | null {
  const meant = layDay(meetings, date, now, today)
    .rows.filter((row) => row.kind === 'card')
    .filter((card) => !card.out && card.entry.meeting.kind === 'meeting');
  if (date < today) return meant[0]?.entry ?? null;
  return (meant.findLast((card) => card.on) ?? meant.find((card) => !card.over))?.entry ?? null;
}
