import { daysBetween } from '$lib/format';
import type { Action, Day, Decision, Evidence, Question } from '../../types';
import { sorted } from '../days';
import { fresh } from '../items';
import { attends, type StoredMeeting, type StoredPerson, type World } from '../world';

/* What queries are asked about: each thing with what its keys read, reckoned once a query. */

export interface Person {
  person: StoredPerson;
  met: StoredMeeting[];
  alone: StoredMeeting[];
  open: number;
  topics: string[];
}

export interface Group {
  id: string;
  name: string;
  met: StoredMeeting[];
  people: number;
  open: number;
  decisions: number;
}

export interface Series {
  id: string;
  title: string;
  meetings: StoredMeeting[];
  outcomes: number;
}

export interface Gathering {
  meeting: StoredMeeting;
  outcomes: number;
  open: number;
  topics: string[];
}

export function over(world: World): StoredMeeting[] {
  return sorted(world).filter(
    (one) =>
      one.kind === 'meeting' &&
      one.status !== 'cancelled' &&
      one.start.slice(0, 10) <= world.today &&
      one.end <= world.now,
  );
}

export const ageOf = (world: World, when: string | null | undefined): number | null =>
  when ? daysBetween(when.slice(0, 10), world.today) : null;

export const dayAt = (meeting: StoredMeeting | undefined): Day | null => meeting?.start.slice(0, 10) ?? null;

/** The meeting as what proves an answer. */
export const shown = (meeting: StoredMeeting, sentence: string | null = null): Evidence => ({
  meeting_id: meeting.id,
  title: meeting.title,
  date: meeting.start.slice(0, 10),
  sentence,
});

/** Where an item was said, with its sentence. */
export function said(world: World, item: Action | Decision | Question): Evidence[] {
  const meeting = world.state.meetings.get(item.meeting_id ?? '');
  return meeting ? [shown(meeting, item.text)] : [];
}

export function outcomesOf(world: World): Map<string, { count: number; open: number; topics: string[] }> {
  const found = new Map<string, { count: number; open: number; topics: string[] }>();
  const add = (item: Action | Decision | Question, open: boolean, counts: boolean) => {
    const id = item.meeting_id ?? '';
    const one = found.get(id) ?? { count: 0, open: 0, topics: [] };
    one.count += Number(counts);
    one.open += Number(open);
    one.topics.push(...item.topics);
    found.set(id, one);
  };
  for (const one of world.state.actions.values()) add(one, one.status === 'open', true);
  for (const one of world.state.decisions.values()) add(one, false, true);
  for (const one of world.state.questions.values()) add(one, one.status === 'open', false);
  return found;
}

export function people(world: World): Person[] {
  const meetings = over(world);
  const items = outcomesOf(world);
  const open = [...world.state.actions.values()].filter((one) => one.status === 'open');
  return [...world.state.people.values()]
    .filter((person) => !person.into && !person.is_me)
    .map((person) => {
      const met = meetings.filter((one) => attends(one, person.id) && attends(one, world.me?.id ?? ''));
      return {
        person,
        met,
        alone: met.filter((one) => one.attendees.length === 2),
        open: open.filter((one) => one.owners.some((owner) => owner.person_id === person.id)).length,
        topics: met.flatMap((one) => items.get(one.id)?.topics ?? []),
      };
    })
    .sort((a, b) => a.person.name.localeCompare(b.person.name));
}

export function organizations(world: World): Group[] {
  const meetings = over(world);
  const open = [...world.state.actions.values()].filter((one) => one.status === 'open');
  return [...world.state.organizations.values()]
    .map(({ id, name }) => {
      const members = new Set(
        [...world.state.people.values()]
          .filter((one) => one.organization_id === id && !one.into)
          .map((one) => one.id),
      );
      const met = meetings.filter((one) => one.attendees.some((someone) => members.has(someone.person_id)));
      const ids = new Set(met.map((one) => one.id));
      return {
        id,
        name,
        met,
        people: members.size,
        open: open.filter((one) => one.owners.some((owner) => members.has(owner.person_id))).length,
        decisions: [...world.state.decisions.values()].filter(
          (one) => one.status === 'holds' && ids.has(one.meeting_id ?? ''),
        ).length,
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function series(world: World): Series[] {
  const items = outcomesOf(world);
  const found = new Map<string, StoredMeeting[]>();
  for (const one of over(world))
    if (one.series_id) found.set(one.series_id, [...(found.get(one.series_id) ?? []), one]);
  return [...found].map(([id, meetings]) => ({
    id,
    title: meetings.at(-1)?.title ?? '',
    meetings,
    outcomes: meetings.reduce((sum, one) => sum + (items.get(one.id)?.count ?? 0), 0),
  }));
}

export function meetings(world: World): Gathering[] {
  const items = outcomesOf(world);
  return over(world)
    .reverse()
    .map((meeting) => ({
      meeting,
      outcomes: items.get(meeting.id)?.count ?? 0,
      open: items.get(meeting.id)?.open ?? 0,
      topics: items.get(meeting.id)?.topics ?? [],
    }));
}

const newest = <T extends { meeting_date: Day | null }>(items: Iterable<T>): T[] =>
  [...items].sort((a, b) => (b.meeting_date ?? '').localeCompare(a.meeting_date ?? ''));

export const actions = (world: World): Action[] =>
  newest(world.state.actions.values()).map((one) => fresh(world, one));
export const decisions = (world: World): Decision[] => newest(world.state.decisions.values());
export const questions = (world: World): Question[] => newest(world.state.questions.values());

/** Organizations of those at the meeting where an item was said. */
export function orgsAt(world: World, meeting: string | null): string[] {
  const attendees = world.state.meetings.get(meeting ?? '')?.attendees ?? [];
  return [...new Set(attendees.flatMap((one) => world.state.people.get(one.person_id)?.organization ?? []))];
}

/** How a person is named in an expression: by name or handle, or `me`. */
export function named(world: World, id: string): string[] {
  const person = world.state.people.get(id);
  return person ? [person.name, person.handle, ...(person.is_me ? ['me'] : [])] : [];
}
