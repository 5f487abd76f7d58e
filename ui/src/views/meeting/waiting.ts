import type { Action, Brief, Meeting } from '$lib/backend/types';
import type { Look } from '$lib/domain/look';
import { others } from '$lib/domain/meetingWords';
import { firstName, sentence } from '$lib/format';

const domainOf = (email: string | null): string => email?.split('@')[1]?.toLowerCase() ?? '';

/** People of one other house in the room: their domain, and who they are. */
function guests(meeting: Meeting, look: Look): { domain: string; people: Set<string> } | null {
  const mine = domainOf(meeting.attendees.find((one) => one.person_id === look.me)?.email ?? null);
  const foreign = others(meeting, look).filter((one) => domainOf(one.email) && domainOf(one.email) !== mine);
  const domains = new Set(foreign.map((one) => domainOf(one.email)));
  const [domain, second] = domains;
  if (!mine || !domain || second) return null;
  return { domain, people: new Set(foreign.map((one) => one.person_id)) };
}

/** What is waited for from those in the room: the guests' where there are guests, else everyone's. */
export function waitingOn(brief: Brief, look: Look): { title: string; actions: Action[] } {
  const house = guests(brief.meeting, look);
  if (house) {
    const actions = brief.theirs.filter((action) =>
      action.owners.some((owner) => house.people.has(owner.person_id)),
    );
    return { title: `Waiting on ${sentence(house.domain.split('.')[0] ?? house.domain)}`, actions };
  }
  const [one, second] = others(brief.meeting, look);
  return { title: `Waiting on ${one && !second ? firstName(one.name) : 'them'}`, actions: brief.theirs };
}
