import { shortDay } from '$lib/format';
import type { Backend } from '../backend';
import type { Attendee, MeetingDetail, NotePart, Recap } from '../types';
import { cadence, plain, sorted } from './days';
import { fresh } from './items';
import { inLens } from './lens';
import { itemsOf } from './reconcile';
import { failure, need, type StoredMeeting, type World } from './world';

type Meetings = Pick<
  Backend,
  | 'meeting'
  | 'meetingNew'
  | 'meetingEdit'
  | 'meetingDelete'
  | 'attendeeAdd'
  | 'setPresent'
  | 'recap'
  | 'recapSent'
>;

const partNames: NotePart[] = ['prep', 'notes', 'private'];

/** One meeting, what is done to it, and its recap. */
export function meetings(world: World): Meetings {
  const find = (id: string) => need(world.state.meetings, id, 'meeting');
  const touch = (id: string) => [{ kind: 'meeting', id }];
  const save = (meeting: StoredMeeting) => {
    world.state.meetings.set(meeting.id, meeting);
    return plain(meeting);
  };

  function attendee(id: string, role: Attendee['role']): Attendee {
    const person = need(world.state.people, id, 'person');
    const { name, handle, emails } = person;
    return {
      person_id: id,
      name,
      handle,
      email: emails[0] ?? null,
      role,
      response: null,
      present: 'unknown',
    };
  }

  /** A person by id, handle, address or name; a new one where nobody is called so. */
  function whoIs(who: string): string {
    const typed = who.trim().replace(/^@/, '').toLowerCase();
    for (const person of world.state.people.values()) {
      const names = [
        person.id,
        person.handle,
        person.name.toLowerCase(),
        ...person.emails,
        ...person.aliases,
      ];
      if (names.includes(typed)) return person.into ?? person.id;
    }
    if (typed === '') throw failure('invalid', 'A name or an address is needed.');
    const id = world.newId();
    const email = typed.includes('@') ? typed : null;
    const name = email
      ? (email.split('@')[0] ?? '').replace(/[._]/g, ' ').replace(/\b\w/g, (one) => one.toUpperCase())
      : who.trim();
    world.state.people.set(id, {
      id,
      handle: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
      name,
      emails: email ? [email] : [],
      aliases: [],
      organization: null,
      organization_id: null,
      relation: 'none',
      is_me: false,
      note: null,
      noteRevision: 0,
      into: null,
    });
    return id;
  }

  function detail(meeting: StoredMeeting): MeetingDetail {
    const items = itemsOf(world, meeting.id);
    const series = sorted(world).filter((one) => meeting.series_id && one.series_id === meeting.series_id);
    const at = series.findIndex((one) => one.id === meeting.id);
    return {
      ...plain(meeting),
      description: meeting.description,
      description_html:
        meeting.description &&
        meeting.description
          .split('\n\n')
          .map((text) => `<p>${escape(text)}</p>`)
          .join(''),
      notes: partNames.flatMap((part) => {
        const { text, revision } = world.note(meeting.id, part);
        return revision > 0 ? [{ meeting_id: meeting.id, part, text, revision, warnings: [] }] : [];
      }),
      actions: items.flatMap((item) => (item.kind === 'action' ? [fresh(world, item)] : [])),
      decisions: items.flatMap((item) => (item.kind === 'decision' ? [item] : [])),
      questions: items.flatMap((item) => (item.kind === 'question' ? [item] : [])),
      series:
        series.length > 0
          ? {
              position: at + 1,
              count: series.length,
              previous: series[at - 1]?.id ?? null,
              next: series[at + 1]?.id ?? null,
              cadence: cadence(world, meeting),
            }
          : null,
      topics: [...new Set(items.flatMap((item) => item.topics))],
      attachments: [],
    };
  }

  const recap = (id: string, format: Recap['format']): Recap => {
    const meeting = find(id);
    return { meeting_id: id, format, text: recapText(world, meeting, format === 'html'), sent: meeting.sent };
  };

  return {
    meeting: async (id) => {
      const found = find(id);
      // Through a lens, as if there were no other.
      if (!inLens(world, found.id)) throw failure('unknown_meeting', 'There is no such meeting.', null);
      return detail(found);
    },
    async meetingNew(wanted) {
      const made = world.command('made a meeting', () => {
        const id = world.newId();
        const people = new Set([...(world.me ? [world.me.id] : []), ...(wanted.attendees ?? []).map(whoIs)]);
        const meeting: StoredMeeting = {
          id,
          title: wanted.title || 'Untitled',
          kind: 'meeting',
          purpose: null,
          my_role: null,
          held: false,
          start: wanted.start,
          end: wanted.end ?? later(wanted.start, 30),
          all_day: wanted.start.length === 10,
          zone: world.zone,
          status: 'confirmed',
          series_id: null,
          uid: null,
          original_start: null,
          calendars: [],
          attendees: [...people].map((person) => attendee(person, 'required')),
          organizer: world.me ? { person_id: world.me.id, name: world.me.name } : null,
          location: null,
          call_url: null,
          has_notes: false,
          source: 'local',
          description: null,
          sent: [],
        };
        return { answer: save(meeting), touched: touch(id) };
      });
      return made.answer;
    },
    async meetingEdit(id, edit) {
      return world.command('edited a meeting', () => {
        const { role, ...rest } = edit;
        const meeting = { ...find(id), ...rest };
        return {
          answer: save(role === undefined ? meeting : { ...meeting, my_role: role }),
          touched: touch(id),
        };
      });
    },
    async meetingDelete(id) {
      const meeting = find(id);
      if (meeting.source !== 'local') {
        throw failure(
          'not_yours',
          'This meeting comes from a calendar.',
          'Delete it there, and it goes at the next sync.',
        );
      }
      return world.command('deleted a meeting', () => {
        world.state.meetings.delete(id);
        for (const part of partNames) world.state.notes.delete(`${id}/${part}`);
        for (const map of [world.state.actions, world.state.decisions, world.state.questions])
          for (const item of [...map.values()]) if (item.meeting_id === id) map.delete(item.id);
        return { answer: plain(meeting), touched: [...touch(id), { kind: 'item', id }] };
      });
    },
    async attendeeAdd(id, who, series) {
      return world.command('added an attendee', () => {
        const meeting = find(id);
        const person = whoIs(who);
        const all =
          series && meeting.series_id
            ? sorted(world).filter((one) => one.series_id === meeting.series_id)
            : [meeting];
        for (const one of all) {
          if (one.attendees.some((someone) => someone.person_id === person)) continue;
          save({ ...one, attendees: [...one.attendees, attendee(person, 'required')] });
        }
        return { answer: plain(find(id)), touched: [...touch(id), { kind: 'person', id: person }] };
      });
    },
    async setPresent(id, person, present) {
      return world.command('noted who was there', () => {
        const meeting = find(id);
        const attendees = meeting.attendees.map((one) =>
          one.person_id === person ? { ...one, present: present ? ('yes' as const) : ('no' as const) } : one,
        );
        return { answer: save({ ...meeting, attendees }), touched: touch(id) };
      });
    },
    recap: async (id, format) => recap(id, format),
    async recapSent(id, to) {
      return world.command('noted a recap as sent', () => {
        const meeting = find(id);
        save({ ...meeting, sent: [...meeting.sent, { to, at: world.now }] });
        return { answer: recap(id, 'markdown'), touched: touch(id) };
      });
    },
  };
}

/** What to send after a meeting. The private part is never in it. */
function recapText(world: World, meeting: StoredMeeting, html: boolean): string {
  const items = itemsOf(world, meeting.id).filter((item) => item.note_part === 'notes');
  const parts: [string, string[]][] = [
    ['Decisions', items.filter((item) => item.kind === 'decision').map((item) => clean(item.text))],
    [
      'Action items',
      items
        .filter((item) => item.kind === 'action' && item.status === 'open')
        .map((item) => clean(item.text)),
    ],
    [
      'Open questions',
      items
        .filter((item) => item.kind === 'question' && item.status === 'open')
        .map((item) => clean(item.text)),
    ],
  ];
  const shown = parts.filter(([, lines]) => lines.length > 0);
  const title = `${meeting.title}, ${shortDay(meeting.start.slice(0, 10), world.today)}`;
  if (html) {
    const list = (lines: string[]) => `<ul>${lines.map((line) => `<li>${escape(line)}</li>`).join('')}</ul>`;
    return `<h2>${escape(title)}</h2>${shown.map(([name, lines]) => `<h3>${name}</h3>${list(lines)}`).join('')}`;
  }
  return [
    `## ${title}`,
    ...shown.map(([name, lines]) => `### ${name}\n\n${lines.map((line) => `- ${line}`).join('\n')}`),
  ].join('\n\n');
}

function clean(text: string): string {
  return text.replace(/\s*(supersedes|after|answers) \^\w{6}/g, '').trim();
}

function escape(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one,
  );
}

/** A time some minutes on, with the same offset. */
function later(when: string, minutes: number): string {
  if (when.length === 10) return when;
  const offset = /(Z|[+-]\d\d:\d\d)$/.exec(when)?.[0] ?? '';
  const local = Date.parse(`${when.slice(0, 19)}Z`) + minutes * 60_000;
  return new Date(local).toISOString().slice(0, 19) + offset;
}
