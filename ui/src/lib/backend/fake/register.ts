import type { Backend } from '../backend';
import type { Action, Decision, Register, RegisterAsk, RegisterCheck, RegisterEntry } from '../types';
import { attendedBy } from './lens';
import { pageOf, writtenAs } from './register-page';
import { failure, need, type StoredMeeting, type World } from './world';

type Calls = Pick<Backend, 'register' | 'registerPage' | 'registerWrite' | 'registerVerify'>;

/** The client register, made of meetings the organization attended, and never of a private part. */
export function register(world: World): Calls {
  const meetingOf = (item: { meeting_id: string | null }) => world.state.meetings.get(item.meeting_id ?? '');
  const nameOf = (id: string) => world.state.people.get(id)?.name ?? '';

  /** The first text of the line that bears the anchor, and whether it has changed since. */
  function changed(item: Decision | Action): boolean {
    const { history, text } = world.note(item.meeting_id ?? '', item.note_part);
    const line = (from: string) => from.split('\n').find((one) => one.includes(`^${item.anchor}`));
    const first = history.map((one) => line(one.text)).find((one) => one !== undefined);
    return first !== undefined && line(text) !== first;
  }

  function entry(item: Decision | Action, meeting: StoredMeeting, rationale: boolean): RegisterEntry {
    const known = meeting.attendees.some(({ present }) => present !== 'unknown');
    const there = meeting.attendees.filter(({ present }) => (known ? present === 'yes' : present !== 'no'));
    const decision = 'decided_by' in item ? item : null;
    return {
      id: item.id,
      anchor: item.anchor,
      kind: decision ? 'decision' : 'commitment',
      text: item.text,
      status: item.status,
      date: meeting.start.slice(0, 10),
      meeting_title: meeting.title,
      decided_by: decision?.decided_by.map(({ name }) => name) ?? [],
      present: there.map(({ name }) => name),
      present_known: known,
      invited: meeting.attendees
        .filter(({ present, response }) => known && present === 'unknown' && response !== 'declined')
        .map(({ name }) => name),
      owners: 'owners' in item ? item.owners.map(({ name }) => name) : [],
      due: 'due' in item ? item.due : null,
      first_written: 'created_at' in item && item.created_at ? item.created_at : meeting.end,
      changed_since: changed(item),
      confirmed: (world.state.confirmed.get(item.id) ?? []).map(({ by, at }) => ({
        by: nameOf(by),
        at,
        before_change: false,
      })),
      recap_sent: meeting.sent,
      rationale: rationale ? (decision?.rationale ?? null) : null,
      supersedes: decision?.supersedes ?? null,
      superseded_by: decision?.superseded_by ?? null,
    };
  }

  function make(id: string, ask: RegisterAsk): Register {
    const organization = need(world.state.organizations, id, 'organization');
    if (ask.from && ask.to && ask.to < ask.from)
      throw failure('unreadable_span', `${ask.to} is before ${ask.from}: there are no days between them.`);
    const entries = [...world.state.decisions.values(), ...world.state.actions.values()].flatMap((item) => {
      const meeting = meetingOf(item);
      if (!meeting || item.note_part === 'private' || !attendedBy(world, meeting, id)) return [];
      const day = meeting.start.slice(0, 10);
      if ((ask.from && day < ask.from) || (ask.to && day > ask.to)) return [];
      return [entry(item, meeting, ask.rationale ?? false)];
    });
    const anchors = new Map(entries.map((one) => [one.id, one.anchor]));
    for (const one of entries) {
      one.supersedes = anchors.get(one.supersedes ?? '') ?? null;
      one.superseded_by = anchors.get(one.superseded_by ?? '') ?? null;
    }
    entries.sort((a, b) => a.date.localeCompare(b.date) || a.id.localeCompare(b.id));
    return {
      organization: organization.name,
      organization_id: id,
      from: ask.from ?? null,
      to: ask.to ?? null,
      generated_at: world.now,
      head: digest([...world.state.notes.values()].map(({ revision }) => revision).join()),
      entries,
      third_parties: strangers(entries, id),
      called_off: [],
    };
  }

  /** Names that are neither the client's nor the user's own people's. */
  function strangers(entries: RegisterEntry[], client: string): Register['third_parties'] {
    const own = world.me?.organization_id ?? null;
    const names = [
      ...[...world.state.people.values()]
        .filter((one) => one.organization_id !== client && one.organization_id !== own && !one.is_me)
        .map(({ name }) => name),
      ...[...world.state.organizations.values()]
        .filter(({ id }) => id !== client && id !== own)
        .map(({ name }) => name),
    ];
    return entries.flatMap((one) =>
      names.flatMap((name) => {
        const places = Object.entries({
          'the text': one.text,
          'the reason': one.rationale ?? '',
          'who owns it': one.owners.join(', '),
          'who was there': one.present.join(', '),
          'the title of the meeting': one.meeting_title,
        });
        return places
          .filter(([, text]) => text.includes(name))
          .map(([where]) => ({ name, entry: one.anchor, where }));
      }),
    );
  }

  return {
    register: async (id, ask) => make(id, ask),
    registerPage: async (id, ask) => pageOf(make(id, ask)),
    async registerWrite(id, ask, format, path) {
      const made = make(id, ask);
      world.files.set(path, { register: structuredClone(made), ask });
      return { path, bytes: writtenAs(made, format).length, files: 1, previous: null, at: world.now };
    },
    async registerVerify(path): Promise<RegisterCheck> {
      const file = world.files.get(path);
      if (!file)
        throw failure(
          'not_a_register',
          'That file is no register of this vault.',
          'Choose one that was exported here.',
        );
      const now = new Map(make(file.register.organization_id, file.ask).entries.map((one) => [one.id, one]));
      const entries = file.register.entries.map(({ id, text, status }) => {
        const is = now.get(id)?.text ?? null;
        const state =
          is === null ? ('missing' as const) : is === text ? ('unchanged' as const) : ('changed' as const);
        return {
          id,
          state,
          differs: state === 'changed' ? ['text'] : [],
          was: text,
          is,
          status_was: status,
          status_is: now.get(id)?.status ?? null,
        };
      });
      return {
        ok: entries.every(({ state }) => state === 'unchanged'),
        head_found: true,
        differs: [],
        strange: null,
        entries_told: entries.length,
        left_out: [],
        entries,
      };
    },
  };
}

function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0').repeat(4);
}
