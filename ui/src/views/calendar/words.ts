import { KINDS } from '$lib/domain/meetingWords';
import { count, longDay, weekdayName } from '$lib/format';
import type { CalendarEntry, Day } from '$lib/backend/types';
import type { Placed } from './place';

/** How it stands with an entry; `on` where there is nothing to say. */
export function statusWord(entry: Pick<CalendarEntry, 'status' | 'my_response'>): string {
  if (entry.status === 'cancelled') return 'cancelled';
  if (entry.my_response === 'declined') return 'declined';
  if (entry.status === 'tentative' || entry.my_response === 'tentative') return 'tentative';
  return entry.my_response === 'needs_action' ? 'no answer yet' : 'on';
}

/** An entry as it is read out: `1:1 with Priya, Thursday 19 November, 11:30 to 12:00, tentative, has notes, 3 open`. */
export function spokenEntry({ entry, start, end, day }: Placed, today: Day): string {
  const status = statusWord(entry);
  return [
    entry.title || 'No title',
    KINDS[entry.kind],
    `${weekdayName(day)} ${longDay(day, today)}`,
    entry.all_day ? 'all day' : `${start.slice(11, 16)} to ${end.slice(11, 16)}`,
    status === 'on' ? '' : status,
    entry.has_notes ? 'has notes' : '',
    entry.open_items > 0 ? `${count(entry.open_items, 'open item')}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Why an entry cannot be put at another time here, and where it can be; null where it can. */
export function whyItStays({ source, all_day }: Pick<CalendarEntry, 'source' | 'all_day'>): string | null {
  if (source === 'import') return 'Imported minutes say when this was.';
  if (source !== 'local')
    return 'This stands in your calendar: move it there, and the next sync brings it here.';
  return all_day ? 'A whole day is put elsewhere in the meeting itself: open it, and choose its date.' : null;
}
