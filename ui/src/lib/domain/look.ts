import { firstName, list } from '$lib/format';
import { clock, session } from '$lib/app';
import type { Day, PersonRef } from '$lib/backend/types';

/** From where things are told: what day it is, and who "you" are. */
export interface Look {
  today: Day;
  /** The person_id of the user. */
  me: string | null;
}

/** How this window looks at things now. Reactive. */
export function look(): Look {
  return { today: clock.today, me: session.boot?.vault?.me?.id ?? null };
}

/** "you", or the name as it is. */
export function nameOf(person: PersonRef, look: Look): string {
  return person.person_id === look.me ? 'you' : person.name;
}

/** "you", or the first name. */
export function shortName(person: PersonRef, look: Look): string {
  return person.person_id === look.me ? 'you' : firstName(person.name);
}

/** First names: `Ana, you and 3 more`. */
export function shortNames(people: PersonRef[], look: Look): string {
  return list(people.map((person) => shortName(person, look)));
}

/** Parts that are there, with a dot between. */
export function dotted(parts: (string | null | undefined | false)[]): string {
  return parts.filter((part): part is string => !!part).join(' · ');
}
