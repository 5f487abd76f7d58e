import type { Backend } from '../backend';
import type { Failure, Hit, Item, NotePart, Search } from '../types';
import { inLens, personInLens } from './lens';
import { attends, type World } from './world';

/** Words and operators (`kind:`, `person:`, `org:`, `topic:`, `from:`, `to:`) over everything; the best first. */
export function search(world: World): Pick<Backend, 'search'> {
  return {
    async search(text): Promise<Search> {
      const started = performance.now();
      const { words, operators } = read(text);
      if (words.length === 0 && operators.size === 0) return { hits: [], took_ms: 0 };
      const stray = strayPerson(world, operators.get('person'));
      if (stray) throw stray;
      const hits = everything(world)
        .filter((hit) => seen(world, hit) && fits(world, hit, operators))
        .flatMap((hit) => score(hit, words))
        .sort((a, b) => b.score - a.score || (b.date ?? '').localeCompare(a.date ?? ''))
        .slice(0, 60)
        .map(({ body: _body, people: _people, topics: _topics, ...hit }) => hit);
      return { hits, took_ms: Math.round(performance.now() - started) };
    },
  };
}

/** What the lens lets through. */
function seen(world: World, hit: Hit): boolean {
  if (world.lens === null) return true;
  if (hit.kind === 'organization') return hit.id === world.lens;
  return hit.kind === 'person' ? personInLens(world, hit.id) : inLens(world, hit.meeting_id);
}

/** A person nobody is called is said, as the program does. */
function strayPerson(world: World, value: string | undefined): Failure | null {
  if (value === undefined || calledSo(world, value).length > 0) return null;
  return {
    code: 'unknown_person',
    message: `There is no person \`${value}\`.`,
    hint: 'Give an id, an @handle, an e-mail address, a name or a part of one.',
  };
}

function calledSo(world: World, value: string) {
  return [...world.state.people.values()].filter(
    (one) =>
      one.handle === value.replace('@', '') ||
      one.name.toLowerCase().split(' ').includes(value) ||
      one.name.toLowerCase() === value,
  );
}

type Candidate = Hit & { body: string; people: string[]; topics: string[] };

function read(text: string): { words: string[]; operators: Map<string, string> } {
  const operators = new Map<string, string>();
  const words: string[] = [];
  for (const found of text.matchAll(/(?:(\w+):)?(?:"([^"]*)"|(\S+))/g)) {
    const value = found[2] ?? found[3] ?? '';
    if (found[1] && ['kind', 'person', 'org', 'topic', 'from', 'to', 'is'].includes(found[1]))
      operators.set(found[1], value.toLowerCase());
    else words.push((found[1] ? `${found[1]}:${value}` : value).toLowerCase().replace(/^[#@]/, ''));
  }
  return { words: words.filter(Boolean), operators };
}

function everything(world: World): Candidate[] {
  const { people, organizations, meetings, notes, actions, decisions, questions } = world.state;
  const base = {
    snippet: '',
    meeting_id: null,
    note_part: null,
    date: null,
    score: 0,
    body: '',
    people: [],
    topics: [],
  };
  const item = (kind: Item['kind'], one: Omit<Item, 'kind'>, who: string[]): Candidate => ({
    ...base,
    kind,
    id: one.id,
    title: one.text,
    body: one.meeting_title ?? '',
    meeting_id: one.meeting_id,
    note_part: one.note_part,
    date: one.meeting_date,
    people: who,
    topics: one.topics,
    status: (one as { status?: string }).status ?? null,
  });
  return [
    ...[...people.values()]
      .filter((one) => !one.into)
      .map((one): Candidate => ({
        ...base,
        kind: 'person',
        id: one.id,
        title: one.name,
        body: [one.handle, ...one.emails, one.organization ?? ''].join(' '),
        people: [one.id],
      })),
    ...[...organizations.values()].map((one): Candidate => ({
      ...base,
      kind: 'organization',
      id: one.id,
      title: one.name,
      body: one.domains.join(' '),
    })),
    ...[...decisions.values()].map((one) =>
      item(
        'decision',
        one,
        [...one.decided_by, ...one.present].map((someone) => someone.person_id),
      ),
    ),
    ...[...actions.values()].map((one) => ({
      ...item(
        'action',
        one,
        one.owners.map((owner) => owner.person_id),
      ),
      owners: one.owners,
    })),
    ...[...questions.values()].map((one) =>
      item('question', one, one.asked_by ? [one.asked_by.person_id] : []),
    ),
    ...[...meetings.values()].map((one): Candidate => ({
      ...base,
      kind: 'meeting',
      id: one.id,
      title: one.title,
      body: one.purpose ?? '',
      meeting_id: one.id,
      date: one.start.slice(0, 10),
      people: one.attendees.map((someone) => someone.person_id),
    })),
    ...[...notes].flatMap(([key, note]): Candidate[] => {
      const [id = '', part] = key.split('/');
      const meeting = meetings.get(id);
      if (!meeting) return [];
      return [
        {
          ...base,
          kind: 'note',
          id,
          title: meeting.title,
          body: note.text,
          meeting_id: id,
          note_part: part as NotePart,
          date: meeting.start.slice(0, 10),
          people: meeting.attendees.map((someone) => someone.person_id),
        },
      ];
    }),
  ];
}

function fits(world: World, hit: Candidate, operators: Map<string, string>): boolean {
  const { people, meetings } = world.state;
  for (const [name, value] of operators) {
    if (name === 'kind' && hit.kind !== value) return false;
    if (name === 'from' && (hit.date ?? '') < value) return false;
    if (name === 'to' && (hit.date ?? '9999') > value) return false;
    if (
      name === 'topic' &&
      !hit.topics.some(
        (topic) => topic === value.replace('#', '') || topic.startsWith(`${value.replace('#', '')}/`),
      )
    )
      return false;
    if (name === 'person' || name === 'org') {
      const wanted =
        name === 'org'
          ? [...people.values()].filter((one) => one.organization?.toLowerCase().startsWith(value))
          : calledSo(world, value);
      const meeting = meetings.get(hit.meeting_id ?? '');
      if (!wanted.some((one) => hit.people.includes(one.id) || (meeting && attends(meeting, one.id))))
        return false;
    }
  }
  return true;
}

/** People weigh most, then what was decided and promised, then meetings; a word's beginning more than its middle. */
function score(hit: Candidate, words: string[]): Candidate[] {
  const kinds: Record<string, number> = {
    person: 30,
    organization: 26,
    decision: 16,
    action: 14,
    question: 12,
    meeting: 12,
    note: 4,
  };
  let total = kinds[hit.kind] ?? 0;
  const title = hit.title.toLowerCase();
  for (const word of words) {
    const inTitle = title.indexOf(word);
    const inBody = inTitle < 0 ? hit.body.toLowerCase().indexOf(word) : -1;
    if (inTitle < 0 && inBody < 0) return [];
    total += inTitle === 0 ? 12 : inTitle > 0 ? (/\W/.test(title[inTitle - 1] ?? '') ? 8 : 4) : 2;
  }
  const source = words.some((word) => title.includes(word)) || hit.body === '' ? hit.title : hit.body;
  const shown = hit.kind === 'note' ? hit.body : source;
  return [{ ...hit, score: total, snippet: snippet(shown, words) }];
}

function snippet(text: string, words: string[]): string {
  const flat = text.replace(/\s+/g, ' ').replace(/ \^[a-z0-9]{6}(?= |$)/g, '');
  const at = Math.max(
    0,
    Math.min(
      ...words.map((word) => (flat.toLowerCase().indexOf(word) + flat.length) % flat.length || 0),
      flat.length,
    ) - 40,
  );
  const cut = `${at > 0 ? '…' : ''}${flat.slice(at, at + 160)}${flat.length > at + 160 ? '…' : ''}`;
  const found = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return found ? cut.replace(new RegExp(found, 'gi'), '\u0001$&\u0002') : cut;
}
