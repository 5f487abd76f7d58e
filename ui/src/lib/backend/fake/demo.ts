import type {
  Account,
  Action,
  Attendee,
  Calendar,
  Decision,
  Organization,
  Person,
  PersonRef,
  Question,
} from '../types';
import recorded from './demo.json';
import { noState, type State, type StoredMeeting } from './world';

type Short<T> = Partial<T> & { id: string };

interface Recorded {
  people: Short<Person>[];
  organizations: Pick<Organization, 'id' | 'name' | 'domains'>[];
  accounts: Account[];
  calendars: Calendar[];
  descriptions: string[];
  meetings: (Short<Omit<StoredMeeting, 'attendees' | 'organizer'>> & {
    attendees: number;
    organizer?: number;
    about: number;
  })[];
  rooms: [number, Attendee['role'], Attendee['response'], Attendee['present']][][];
  notes: { meeting_id: string; part: 'prep' | 'notes' | 'private'; text: string; revision: number }[];
  running_notes: { person_id: string; text: string }[];
  actions: (Short<Omit<Action, 'owners'>> & { owners: [number, boolean][] })[];
  decisions: (Short<Omit<Decision, 'decided_by' | 'present'>> & {
    decided_by: number[];
    present: number[];
  })[];
  questions: (Short<Omit<Question, 'asked_by'>> & { asked_by?: number })[];
}

/** The demo vault as `scripts/record-demo.mjs` recorded it, with what the queue needs beside it. */
export function demoState(): State {
  const from = recorded as unknown as Recorded;
  const state = noState();
  const people = from.people;
  const ref = (at: number): PersonRef => ({ person_id: people[at]?.id ?? '', name: people[at]?.name ?? '' });
  const running = new Map(from.running_notes.map((note) => [note.person_id, note.text]));

  for (const person of people) {
    state.people.set(person.id, {
      handle: '',
      name: '',
      emails: [],
      aliases: [],
      organization: null,
      organization_id: null,
      relation: 'none',
      is_me: false,
      ...person,
      note: running.get(person.id) ?? null,
      noteRevision: running.has(person.id) ? 1 : 0,
      into: null,
    });
  }
  for (const organization of from.organizations) state.organizations.set(organization.id, organization);
  for (const account of from.accounts) state.accounts.set(account.id, account);
  for (const calendar of from.calendars) state.calendars.set(calendar.id, calendar);
  for (const note of from.notes) {
    state.notes.set(`${note.meeting_id}/${note.part}`, {
      text: note.text,
      revision: note.revision,
      history: [],
    });
  }
  const noted = new Set(from.notes.map((note) => note.meeting_id));
  for (const { about, ...meeting } of from.meetings) {
    state.meetings.set(meeting.id, {
      title: '',
      kind: 'meeting',
      purpose: null,
      my_role: null,
      held: false,
      start: '',
      end: '',
      all_day: false,
      zone: meeting.all_day ? null : 'Europe/Berlin',
      status: 'confirmed',
      series_id: null,
      uid: null,
      original_start: meeting.series_id ? (meeting.start ?? null) : null,
      calendars: meeting.source === 'local' ? [] : from.calendars.map((calendar) => calendar.id),
      location: null,
      call_url: null,
      has_notes: noted.has(meeting.id),
      source: 'ics',
      ...meeting,
      organizer: meeting.organizer === undefined ? null : ref(meeting.organizer),
      attendees: (from.rooms[meeting.attendees] ?? []).map(([at, role, response, present]) => ({
        ...ref(at),
        handle: people[at]?.handle ?? '',
        email: people[at]?.emails?.[0] ?? null,
        role,
        response,
        present,
      })),
      description: from.descriptions[about] ?? null,
      sent: [],
    });
  }
  items(state, from, ref);
  return state;
}

function items(state: State, from: Recorded, ref: (at: number) => PersonRef): void {
  const place = (item: Short<Action>) => {
    const meeting = state.meetings.get(item.meeting_id ?? '');
    return {
      anchor: '',
      text: '',
      topics: [],
      meeting_id: null,
      note_part: 'notes' as const,
      line: 1,
      meeting_title: meeting?.title ?? null,
      meeting_date: meeting?.start.slice(0, 10) ?? null,
    };
  };
  for (const { owners, ...action } of from.actions) {
    state.actions.set(action.id, {
      ...place(action as Short<Action>),
      status: 'open',
      due: null,
      overdue: false,
      slips: 0,
      snoozed_until: null,
      created_at: '',
      done_at: null,
      blocked_by: [],
      ...action,
      owners: owners.map(([at, inferred]) => ({
        ...ref(at),
        handle: from.people[at]?.handle ?? '',
        inferred,
      })),
    });
  }
  for (const { decided_by, present, ...decision } of from.decisions) {
    state.decisions.set(decision.id, {
      ...place(decision as Short<Action>),
      status: 'holds',
      rationale: null,
      alternatives: null,
      revisit: null,
      supersedes: null,
      superseded_by: null,
      ...decision,
      decided_by: decided_by.map(ref),
      present: present.map(ref),
    });
  }
  for (const { asked_by, ...question } of from.questions) {
    state.questions.set(question.id, {
      ...place(question as Short<Action>),
      status: 'open',
      answered_by: null,
      ...question,
      asked_by: asked_by === undefined ? null : ref(asked_by),
    });
  }
}
