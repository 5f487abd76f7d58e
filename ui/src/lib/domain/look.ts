import type { Day, PersonRef } from '$lib/backend/types';

/** From where things are told: what day it is, and who "you" are. */
export interface Look {
  today: Day;
  /** The person_id of the user. */
  me: string | null;
}

/** The first word of a name. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] || name;
}

/** "you", or the name as it is. */
export function nameOf(person: PersonRef, look: Look): string {
  return person.person_id === look.me ? 'you' : person.name;
}

/** `Ana`, `Ana and Ben`, `Ana, Ben and 3 more`. */
export function names(list: string[]): string {
  const [one, two, three, ...rest] = list;
  if (one === undefined) return '';
  if (two === undefined) return one;
  if (three === undefined) return `${one} and ${two}`;
  if (rest.length === 0) return `${one}, ${two} and ${three}`;
  return `${one}, ${two} and ${rest.length + 1} more`;
}

/** Parts that are there, with a dot between. */
export function dotted(parts: (string | null | undefined | false)[]): string {
  return parts.filter((part): part is string => !!part).join(' · ');
}

/** `1 meeting`, `2 meetings`, `1,024 people`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}
