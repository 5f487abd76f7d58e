import { dotted } from '$lib/domain/look';
import { count, dayOf, nearDay, sinceWords } from '$lib/format';
import type { Day, PersonRow, Relation } from '$lib/backend/types';

export const relations: { value: Relation; label: string }[] = [
  { value: 'report', label: 'Reports to you' },
  { value: 'manager', label: 'Your manager' },
  { value: 'peer', label: 'Peer' },
  { value: 'client', label: 'Client' },
  { value: 'none', label: 'No relation' },
];

const short: Record<Relation, string> = {
  report: 'reports to you',
  manager: 'your manager',
  peer: 'peer',
  client: 'client',
  none: '',
};

/** `Platform · reports to you`. */
export function standing(person: Pick<PersonRow, 'organization' | 'relation' | 'is_me'>): string {
  return dotted([person.organization, person.is_me ? 'you' : short[person.relation]]);
}

/** `met 5 Nov · every 2 weeks`, `first meeting Fri` for one to come first, `never met`. */
export function meetWords(
  person: Pick<PersonRow, 'last_meeting' | 'next_meeting' | 'cadence'>,
  today: Day,
): string {
  if (!person.last_meeting && person.next_meeting)
    return `first meeting ${nearDay(dayOf(person.next_meeting), today)}`;
  if (!person.last_meeting) return 'not met yet';
  return dotted([`met ${nearDay(dayOf(person.last_meeting), today)}`, person.cadence]);
}

/** `You owe 2, they owe 1`; empty where nobody owes anything. */
export function owed(iOwe: number, theyOwe: number): string {
  if (iOwe === 0 && theyOwe === 0) return '';
  const parts = [iOwe > 0 && `you owe ${iOwe}`, theyOwe > 0 && `owes you ${theyOwe}`];
  return parts.filter(Boolean).join(', ');
}

/** `41 meetings since 2024`; this year since its day. */
export function history(meetings: number, first: string | null, today: Day): string {
  if (meetings === 0) return 'no meetings yet';
  return `${count(meetings, 'meeting')}${first ? ` ${sinceWords(dayOf(first), today)}` : ''}`;
}

export type Kind = 'all' | Relation;
