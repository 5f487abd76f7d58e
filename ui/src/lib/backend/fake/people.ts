import type { Backend } from '../backend';
import type { Action, OrganizationDetail, Person, PersonDetail, PersonRow, Question } from '../types';
import { cadence, plain, sorted } from './days';
import { byDue, fresh } from './items';
import { personInLens } from './lens';
import { attends, failure, need, type StoredMeeting, type StoredPerson, type World } from './world';

type People = Pick<
  Backend,
  | 'people'
  | 'person'
  | 'personEdit'
  | 'personNoteSave'
  | 'personMerge'
  | 'personUnmerge'
  | 'personAlias'
  | 'organizations'
  | 'organization'
  | 'personJob'
  | 'organizationRename'
>;

/** People and organizations: who they are, what stands between them and the user. */
export function people(world: World): People {
  const me = () => world.me?.id ?? '';
  const find = (id: string): StoredPerson => {
    const person = need(world.state.people, id, 'person');
    return person.into ? need(world.state.people, person.into, 'person') : person;
  };
  const bare = ({ note: _note, noteRevision: _revision, into: _into, ...person }: StoredPerson): Person =>
    person;
  const save = (person: StoredPerson) => {
    world.state.people.set(person.id, person);
    return bare(person);
  };
  const touch = (id: string) => [{ kind: 'person', id }];

  function ledger(members: Set<string>) {
    const shared = new Set(
      sorted(world)
        .filter((one) => one.attendees.some((someone) => members.has(someone.person_id)))
        .map((one) => one.id),
    );
    const open = [...world.state.actions.values()]
      .filter((one) => one.status === 'open')
      .map((one) => fresh(world, one));
    const handles = [...members].map((id) => `@${world.state.people.get(id)?.handle ?? ''}`);
    const between = (one: Action) =>
      shared.has(one.meeting_id ?? '') || handles.some((handle) => one.text.includes(handle));
    const owned = (one: Action, by: (id: string) => boolean) =>
      one.owners.some((owner) => by(owner.person_id));
    const small = (one: { meeting_id: string | null }) =>
      (world.state.meetings.get(one.meeting_id ?? '')?.attendees.length ?? 9) <= 8;
    return {
      i_owe: open.filter((one) => between(one) && small(one) && owned(one, (id) => id === me())).sort(byDue),
      they_owe: open.filter((one) => owned(one, (id) => members.has(id))).sort(byDue),
      waiting_on: [...world.state.questions.values()].filter(
        (one): one is Question => one.status === 'open' && shared.has(one.meeting_id ?? '') && small(one),
      ),
    };
  }

  function times(meetings: StoredMeeting[]) {
    const over = meetings.filter((one) => one.end <= world.now);
    const next = meetings.find((one) => one.start > world.now);
    return {
      first_meeting: over[0]?.start ?? null,
      last_meeting: over.at(-1)?.start ?? null,
      next_meeting: next?.start ?? null,
    };
  }

  function detail(person: StoredPerson): PersonDetail {
    const meetings = sorted(world).filter((one) => attends(one, person.id));
    const alone = meetings.filter((one) => one.attendees.length === 2).at(-1);
    const { topics } = { topics: new Map<string, number>() };
    for (const item of [...world.state.actions.values(), ...world.state.decisions.values()]) {
      if (!attends(world.state.meetings.get(item.meeting_id ?? '') ?? { attendees: [] }, person.id)) continue;
      for (const topic of item.topics) topics.set(topic, (topics.get(topic) ?? 0) + 1);
    }
    return {
      ...bare(person),
      ...times(meetings),
      ...ledger(new Set([person.id])),
      meetings_count: meetings.filter((one) => one.end <= world.now).length,
      cadence: alone ? cadence(world, alone) : null,
      meetings: meetings.reverse().slice(0, 120).map(plain),
      topics: [...topics]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 8)
        .map(([topic]) => topic),
      note: person.note,
      merged: [...world.state.people.values()].filter((one) => one.into === person.id).map(bare),
      employments: world.state.employments.get(person.id) ?? [
        { organization: person.organization, organization_id: person.organization_id, from: null, to: null },
      ],
    };
  }

  /** By its id; else a new one of that domain. */
  function organizationFor(to: string) {
    const known = world.state.organizations.get(to);
    const made = known ?? { id: to, name: to, domains: [to] };
    world.state.organizations.set(made.id, made);
    return made;
  }

  return {
    async people() {
      const seen = new Map<string, StoredMeeting[]>();
      for (const meeting of sorted(world))
        for (const one of meeting.attendees)
          seen.set(one.person_id, [...(seen.get(one.person_id) ?? []), meeting]);
      const open = [...world.state.actions.values()].filter((one) => one.status === 'open');
      return [...world.state.people.values()]
        .filter((person) => !person.into && personInLens(world, person.id))
        .map((person): PersonRow => {
          const meetings = seen.get(person.id) ?? [];
          const shared = new Set(meetings.filter((one) => one.attendees.length <= 8).map((one) => one.id));
          const alone = meetings.filter((one) => one.attendees.length === 2).at(-1);
          const { last_meeting, next_meeting } = times(meetings);
          const owned = (by: string) =>
            open.filter((one) => one.owners.some((owner) => owner.person_id === by));
          return {
            ...bare(person),
            meetings_count: meetings.filter((one) => one.end <= world.now).length,
            last_meeting,
            next_meeting,
            cadence: alone ? cadence(world, alone) : null,
            i_owe: person.is_me ? 0 : owned(me()).filter((one) => shared.has(one.meeting_id ?? '')).length,
            they_owe: person.is_me ? 0 : owned(person.id).length,
          };
        })
        .sort((a, b) => a.name.localeCompare(b.name));
    },
    person: async (id) => detail(find(id)),
    async personEdit(id, name, relation) {
      return world.command('edited a person', () => {
        const person = find(id);
        const answer = save({ ...person, name: name ?? person.name, relation: relation ?? person.relation });
        return { answer, touched: touch(id) };
      });
    },
    async personNoteSave(id, text) {
      return world.command('edited a running note', () => {
        const person = find(id);
        save({ ...person, note: text, noteRevision: person.noteRevision + 1 });
        const answer = {
          meeting_id: null,
          part: 'notes' as const,
          text,
          revision: person.noteRevision + 1,
          warnings: [],
        };
        return { answer, touched: [...touch(id), { kind: 'note', id }] };
      });
    },
    async personMerge(from, into) {
      if (from === into) throw failure('invalid', 'A person cannot be merged with themselves.');
      return world.command('merged two people', () => {
        const [gone, kept] = [find(from), find(into)];
        world.state.people.set(gone.id, { ...gone, into: kept.id });
        const emails = [...new Set([...kept.emails, ...gone.emails])];
        return { answer: save({ ...kept, emails }), touched: [...touch(from), ...touch(into)] };
      });
    },
    async personUnmerge(id) {
      return world.command('took two people apart', () => {
        const person = need(world.state.people, id, 'person');
        const kept = need(world.state.people, person.into ?? '', 'person');
        save({ ...kept, emails: kept.emails.filter((email) => !person.emails.includes(email)) });
        return { answer: save({ ...person, into: null }), touched: [...touch(id), ...touch(kept.id)] };
      });
    },
    async personAlias(id, alias) {
      return world.command('added a name', () => {
        const person = find(id);
        const email = /^\S+@\S+$/.test(alias);
        const answer = save(
          email
            ? { ...person, emails: [...person.emails, alias] }
            : { ...person, aliases: [...person.aliases, alias] },
        );
        return { answer, touched: touch(id) };
      });
    },
    async organizations() {
      return [...world.state.organizations.values()]
        .filter((one) => world.lens === null || world.lens === one.id)
        .map((one) => {
          const members = [...world.state.people.values()].filter(
            (person) => person.organization_id === one.id && !person.into,
          );
          const ids = new Set(members.map((person) => person.id));
          const meetings = sorted(world).filter((meeting) =>
            meeting.attendees.some((someone) => ids.has(someone.person_id)),
          );
          return { ...one, people_count: members.length, last_meeting: times(meetings).last_meeting };
        })
        .sort((a, b) => a.name.localeCompare(b.name));
    },
    async personJob(id, to, since) {
      return world.command('changed a job', () => {
        const person = find(id);
        const organization = to === null ? null : organizationFor(to);
        const from = since ?? world.now.slice(0, 10);
        const known = world.state.employments.get(id) ?? [
          {
            organization: person.organization,
            organization_id: person.organization_id,
            from: null,
            to: null,
          },
        ];
        const named = { organization: organization?.name ?? null, organization_id: organization?.id ?? null };
        world.state.employments.set(id, [
          ...known.map((one) => (one.to === null ? { ...one, to: from } : one)),
          { ...named, from, to: null },
        ]);
        const moved = { ...person, ...named };
        world.state.people.set(id, moved);
        return { answer: bare(moved), touched: [{ kind: 'person', id }] };
      });
    },
    async organizationRename(id, name) {
      const one = need(world.state.organizations, id, 'organization');
      return world.command('renamed an organization', () => {
        world.state.organizations.set(id, { ...one, name });
        return { answer: undefined, touched: [{ kind: 'organization', id }] };
      });
    },
    async organization(id): Promise<OrganizationDetail> {
      const one = need(world.state.organizations, id, 'organization');
      const members = [...world.state.people.values()].filter(
        (person) => person.organization_id === id && !person.into,
      );
      const ids = new Set(members.map((person) => person.id));
      const meetings = sorted(world).filter((meeting) =>
        meeting.attendees.some((someone) => ids.has(someone.person_id)),
      );
      const shared = new Set(meetings.map((meeting) => meeting.id));
      const over = meetings.filter((meeting) => meeting.end <= world.now);
      const alone = over.at(-1);
      return {
        ...one,
        people_count: members.length,
        ...times(meetings),
        meetings_count: over.length,
        cadence: alone ? cadence(world, alone) : null,
        people: members.map(bare),
        meetings: over.slice(-10).reverse().map(plain),
        ...ledger(ids),
        decisions: [...world.state.decisions.values()]
          .filter((decision) => shared.has(decision.meeting_id ?? ''))
          .sort((a, b) => (b.meeting_date ?? '').localeCompare(a.meeting_date ?? '')),
      };
    },
  };
}
