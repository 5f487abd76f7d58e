import { lasting, list, minutesBetween } from '$lib/format';
import type { QueryRow } from '../../types';
import type { World } from '../world';
import type { Key } from './keys';
import type { KindName } from './read';
import * as things from './things';

export interface Kind<T> {
  /** As its sentence begins: "People". */
  name: string;
  all: (world: World) => T[];
  row: (thing: T) => Omit<QueryRow, 'kind' | 'value' | 'status'> & { status?: string };
  /** The kind its rows open as. */
  opens: string;
  keys: Record<string, Key<T>>;
}

type Asked<T> = { [key: string]: Key<T> };
const text = <T>(example: string, of: (thing: T) => string[]): Key<T> => ({
  type: 'words',
  of,
  words: 'the words',
  does: 'words it is told with',
  examples: [example],
});
const topic = <T>(of: (thing: T) => string[]): Key<T> => ({
  type: 'words',
  of,
  whole: true,
  words: 'topic',
  does: 'a topic, or those under it',
  examples: ['topic:acme', 'topic:none'],
});
const org = <T>(of: (thing: T) => string[]): Key<T> => ({
  type: 'words',
  of,
  words: 'organization',
  does: 'an organization in the room',
  examples: ['org:acme'],
});
const numbered = <T>(of: (thing: T) => number, words: string, does: string, example: string): Key<T> => ({
  type: 'number',
  of,
  words,
  does,
  examples: [example],
});
const since = <T>(of: (thing: T) => string | null): Asked<T> => ({
  from: {
    type: 'day',
    of,
    bound: '>=',
    words: 'since',
    does: 'on that day or later',
    examples: ['from:today-28'],
  },
  to: {
    type: 'day',
    of,
    bound: '<=',
    words: 'until',
    does: 'on that day or before',
    examples: ['to:2026-10-31'],
  },
});

/** The kinds and their keys, over one world. */
export function kindsOf(world: World): { [name in KindName]: Kind<never> } {
  const age = (when: string | null | undefined) => things.ageOf(world, when);
  const aged = <T>(of: (thing: T) => string | null): Key<T> => ({
    type: 'age',
    of: (thing) => age(of(thing)),
    words: 'age',
    does: 'how long ago it was said',
    examples: ['age>30d'],
  });
  const who = (ids: { person_id: string }[]) => ids.flatMap((one) => things.named(world, one.person_id));
  const status = <T extends { status: string }>(values: string[]): Key<T> => ({
    type: 'words',
    of: (one) => [one.status],
    whole: true,
    words: 'status',
    does: `one of ${list(values)}`,
    examples: values.map((value) => `status:${value}`),
  });

  const people: Kind<things.Person> = {
    name: 'People',
    opens: 'person',
    all: things.people,
    row: ({ person, met }) => ({
      id: person.id,
      title: person.name,
      detail:
        [person.relation === 'none' ? null : person.relation, person.organization]
          .filter(Boolean)
          .join(' · ') || null,
      date: things.dayAt(met.at(-1)),
      evidence: met
        .slice(-3)
        .reverse()
        .map((one) => things.shown(one)),
    }),
    keys: {
      name: text('name:ana', ({ person }) => [person.name, person.handle]),
      relation: {
        type: 'words',
        of: ({ person }) => (person.relation === 'none' ? [] : [person.relation]),
        whole: true,
        words: 'relation',
        does: 'report, manager, peer or client',
        examples: ['relation:report', 'relation:client', 'relation:none'],
      },
      org: org(({ person }) => (person.organization ? [person.organization] : [])),
      topic: topic(({ topics }) => topics),
      open: numbered(({ open }) => open, 'open actions', 'how many actions of theirs are open', 'open>0'),
      meetings: numbered(({ met }) => met.length, 'meetings with you', 'how often you met', 'meetings>=3'),
      'last-1:1': {
        type: 'age',
        of: ({ alone }) => age(alone.at(-1)?.start),
        words: 'last 1:1',
        does: 'how long ago the last 1:1 was',
        examples: ['last-1:1>3w', 'last-1:1:none'],
      },
      'last-met': {
        type: 'age',
        of: ({ met }) => age(met.at(-1)?.start),
        words: 'last meeting with you',
        does: 'how long ago you met',
        examples: ['last-met>6m'],
      },
    },
  };

  const organizations: Kind<things.Group> = {
    name: 'Organizations',
    opens: 'organization',
    all: things.organizations,
    row: ({ id, name, met, people: size }) => ({
      id,
      title: name,
      detail: `${size} people`,
      date: things.dayAt(met.at(-1)),
      evidence: met
        .slice(-3)
        .reverse()
        .map((one) => things.shown(one)),
    }),
    keys: {
      name: text('name:acme', ({ name }) => [name]),
      meetings: numbered(({ met }) => met.length, 'meetings', 'how many there were', 'meetings>=3'),
      open: numbered(({ open }) => open, 'open actions', 'how many of their actions are open', 'open>0'),
      decisions: numbered(
        ({ decisions }) => decisions,
        'decisions that hold',
        'how many hold',
        'decisions>0',
      ),
      'last-met': {
        type: 'age',
        of: ({ met }) => age(met.at(-1)?.start),
        words: 'last meeting',
        does: 'how long ago you met',
        examples: ['last-met>3m'],
      },
    },
  };

  const series: Kind<things.Series> = {
    name: 'Series',
    opens: 'meeting',
    all: things.series,
    row: ({ title, meetings }) => ({
      id: meetings.at(-1)?.id ?? '',
      title,
      detail: `${meetings.length} meetings`,
      date: things.dayAt(meetings.at(-1)),
      evidence: meetings
        .slice(-3)
        .reverse()
        .map((one) => things.shown(one)),
    }),
    keys: {
      title: text('title:staff', ({ title }) => [title]),
      meetings: numbered(({ meetings }) => meetings.length, 'meetings', 'how many there were', 'meetings>=3'),
      outcomes: numbered(
        ({ outcomes }) => outcomes,
        'outcomes',
        'how many actions and decisions came of it',
        'outcomes:0',
      ),
    },
  };

  const meetings: Kind<things.Gathering> = {
    name: 'Meetings',
    opens: 'meeting',
    all: things.meetings,
    row: ({ meeting }) => ({
      id: meeting.id,
      title: meeting.title,
      detail: `${meeting.attendees.length} people · ${lasting(minutesBetween(meeting.start, meeting.end))}`,
      date: things.dayAt(meeting),
      evidence: [things.shown(meeting)],
    }),
    keys: {
      title: text('title:"steering committee"', ({ meeting }) => [meeting.title]),
      purpose: {
        type: 'words',
        of: ({ meeting }) => (meeting.purpose ? [meeting.purpose] : []),
        words: 'purpose',
        does: 'what it was for',
        examples: ['purpose:none', 'purpose:any'],
      },
      person: {
        type: 'words',
        of: ({ meeting }) => who(meeting.attendees),
        words: 'person',
        does: 'somebody who was invited',
        examples: ['person:priya'],
      },
      org: org(({ meeting }) => things.orgsAt(world, meeting.id)),
      topic: topic(({ topics }) => topics),
      outcomes: numbered(
        ({ outcomes }) => outcomes,
        'outcomes',
        'how many actions and decisions came of it',
        'outcomes:0',
      ),
      open: numbered(({ open }) => open, 'open items', 'how much of it is still open', 'open>0'),
      attendees: numbered(
        ({ meeting }) => meeting.attendees.length,
        'people',
        'how many were invited',
        'attendees>8',
      ),
      hours: numbered(
        ({ meeting }) => minutesBetween(meeting.start, meeting.end) / 60,
        'hours',
        'how long it lasted',
        'hours>1',
      ),
      ...since<things.Gathering>(({ meeting }) => things.dayAt(meeting)),
    },
  };

  const item = { opens: '', evidence: (one: Parameters<typeof things.said>[1]) => things.said(world, one) };
  const actions: Kind<ReturnType<typeof things.actions>[number]> = {
    name: 'Actions',
    opens: 'action',
    all: things.actions,
    row: (one) => ({
      id: one.id,
      title: one.text,
      detail: list(one.owners.map(({ name }) => name)) || 'nobody’s',
      date: one.meeting_date,
      status: one.status,
      evidence: item.evidence(one),
    }),
    keys: {
      text: text('text:budget', (one) => [one.text]),
      owner: {
        type: 'words',
        of: (one) => who(one.owners),
        words: 'owner',
        does: 'whose it is',
        examples: ['owner:me', 'owner:none', 'owner:priya'],
      },
      status: status(['open', 'done', 'dropped']),
      due: {
        type: 'day',
        of: (one) => one.due,
        words: 'due',
        does: 'when it is due',
        examples: ['due:none', 'due<today'],
      },
      age: aged((one) => (one.status === 'open' ? one.created_at : null)),
      slips: numbered((one) => one.slips, 'slips', 'how often its date moved', 'slips>=2'),
      topic: topic((one) => one.topics),
      org: org((one) => things.orgsAt(world, one.meeting_id)),
      ...since<ReturnType<typeof things.actions>[number]>((one) => one.meeting_date),
    },
  };

  const decisions: Kind<ReturnType<typeof things.decisions>[number]> = {
    name: 'Decisions',
    opens: 'decision',
    all: things.decisions,
    row: (one) => ({
      id: one.id,
      title: one.text,
      detail: list(one.decided_by.map(({ name }) => name)) || null,
      date: one.meeting_date,
      status: one.status,
      evidence: item.evidence(one),
    }),
    keys: {
      text: text('text:budget', (one) => [one.text]),
      status: status(['holds', 'proposed', 'superseded']),
      by: {
        type: 'words',
        of: (one) => who(one.decided_by),
        words: 'decided by',
        does: 'who decided',
        examples: ['by:me', 'by:none'],
      },
      org: org((one) => things.orgsAt(world, one.meeting_id)),
      topic: topic((one) => one.topics),
      age: aged((one) => one.meeting_date),
      revisited: {
        type: 'age',
        of: (one) => age(one.meeting_date),
        words: 'last look',
        does: 'how long ago it was decided or looked at again',
        examples: ['revisited>6m'],
      },
      revisit: {
        type: 'day',
        of: (one) => one.revisit,
        words: 'to be looked at again',
        does: 'when it is to be looked at again',
        examples: ['revisit:any', 'revisit<today'],
      },
      ...since<ReturnType<typeof things.decisions>[number]>((one) => one.meeting_date),
    },
  };

  const questions: Kind<ReturnType<typeof things.questions>[number]> = {
    name: 'Questions',
    opens: 'question',
    all: things.questions,
    row: (one) => ({
      id: one.id,
      title: one.text,
      detail: one.asked_by?.name ?? null,
      date: one.meeting_date,
      status: one.status,
      evidence: item.evidence(one),
    }),
    keys: {
      text: text('text:budget', (one) => [one.text]),
      status: status(['open', 'answered']),
      age: aged((one) => one.meeting_date),
      topic: topic((one) => one.topics),
      org: org((one) => things.orgsAt(world, one.meeting_id)),
      ...since<ReturnType<typeof things.questions>[number]>((one) => one.meeting_date),
    },
  };

  return { people, organizations, series, meetings, actions, decisions, questions } as unknown as {
    [name in KindName]: Kind<never>;
  };
}
