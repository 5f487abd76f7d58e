import type { Backend } from '../backend';
import type { Completion, Note, NotePart, NoteSaved } from '../types';
import { readMarks } from './grammar';
import { contextOf, itemsOf, reconcile, withAnchors } from './reconcile';
import { failure, need, type StoredPerson, type World } from './world';

type Notes = Pick<
  Backend,
  | 'noteOpen'
  | 'noteOpenPerson'
  | 'noteDraft'
  | 'noteSave'
  | 'noteClose'
  | 'noteRead'
  | 'noteHistory'
  | 'noteRevision'
  | 'noteRestore'
  | 'complete'
  | 'personNew'
  | 'attachmentAdd'
  | 'attachmentPaste'
>;

/** Writes a note's text as one revision and brings its items in step. */
export function write(
  world: World,
  meeting: string,
  part: NotePart,
  text: string,
): { kind: string; id: string }[] {
  const old = world.note(meeting, part);
  world.state.notes.set(`${meeting}/${part}`, {
    text,
    revision: old.revision + 1,
    history: [...old.history, { revision: old.revision + 1, at: world.now, text }],
  });
  const found = need(world.state.meetings, meeting, 'meeting');
  world.state.meetings.set(meeting, { ...found, has_notes: true });
  return [
    { kind: 'note', id: meeting },
    { kind: 'meeting', id: meeting },
    ...reconcile(world, meeting, part),
  ];
}

/** Notes: sittings, saves merged by line, and what the editor asks while one types. */
export function notes(world: World): Notes {
  const sitting = (id: string) => need(world.sittings, id, 'sitting');
  const noteOf = (meeting: string, part: NotePart) => {
    const { text, revision } = world.note(meeting, part);
    return { meeting_id: meeting, part, text, revision, warnings: [] };
  };

  return {
    async noteOpen(meeting, part) {
      need(world.state.meetings, meeting, 'meeting');
      const id = world.newId();
      world.sittings.set(id, { key: `${meeting}/${part}`, text: world.note(meeting, part).text });
      return { sitting: id, note: noteOf(meeting, part), recovered: null };
    },
    async noteOpenPerson(person) {
      const found = need(world.state.people, person, 'person');
      const id = world.newId();
      world.sittings.set(id, { key: `person/${found.id}`, text: found.note ?? '' });
      return { sitting: id, note: runningNote(found), recovered: null };
    },
    async noteDraft(id) {
      sitting(id);
    },
    async noteSave(id, text, base) {
      const open = sitting(id);
      if (open.key.startsWith('person/')) return savePerson(world, id, open, text, base);
      const [meeting = '', part = 'notes'] = open.key.split('/') as [string, NotePart];
      const stored = world.note(meeting, part);
      const moved = stored.revision !== base;
      const { text: merged, conflicts } = mergeBoth(open.text, text, moved ? stored.text : open.text);
      const context = contextOf(world, need(world.state.meetings, meeting, 'meeting'), part);
      const anchored = withAnchors(world, merged, context);
      if (anchored !== stored.text) {
        world.command('edited a note', () => ({
          answer: null,
          touched: write(world, meeting, part, anchored),
        }));
      }
      const saved = noteOf(meeting, part);
      world.sittings.set(id, { key: open.key, text: saved.text });
      return { note: saved, merged: saved.text !== text, conflicts, items: itemsOf(world, meeting) };
    },
    async noteClose(id) {
      world.sittings.delete(id);
    },
    async noteRead(meeting, part, text) {
      const at = meeting === null ? null : need(world.state.meetings, meeting, 'meeting');
      return readMarks(text, contextOf(world, at, part));
    },
    async noteHistory(meeting, part) {
      return world
        .note(meeting, part)
        .history.map(({ revision, at, text }) => ({ revision, at, bytes: text.length }));
    },
    async noteRevision(meeting, part, revision) {
      const old = world.note(meeting, part).history.find((one) => one.revision === revision);
      if (!old) throw failure('not_found', 'There is no such revision.');
      return { meeting_id: meeting, part, text: old.text, revision, warnings: [] };
    },
    async noteRestore(meeting, part, revision) {
      const old = world.note(meeting, part).history.find((one) => one.revision === revision);
      if (!old) throw failure('not_found', 'There is no such revision.');
      return world.command('restored a note', () => {
        const touched = write(world, meeting, part, old.text);
        return { answer: noteOf(meeting, part), touched };
      });
    },
    async complete(kind, query, meeting) {
      const typed = query.toLowerCase();
      if (kind === 'person' || kind === 'others') return people(world, typed, meeting, kind === 'others');
      if (kind === 'template') {
        return world.settings.templates
          .filter((one) => one.name.toLowerCase().includes(typed))
          .map((one) => ({ label: one.name, detail: null, insert: one.text, person_id: null, group: null }));
      }
      if (kind === 'topic') {
        const { actions, decisions, questions } = world.state;
        const topics = new Map<string, number>();
        for (const item of [...actions.values(), ...decisions.values(), ...questions.values()])
          for (const topic of item.topics) topics.set(topic, (topics.get(topic) ?? 0) + 1);
        return [...topics]
          .filter(([topic]) => topic.toLowerCase().includes(typed))
          .sort((a, b) => b[1] - a[1])
          .slice(0, 8)
          .map(([topic, times]) => ({
            label: `#${topic}`,
            detail: `${times} ×`,
            insert: `#${topic}`,
            person_id: null,
            group: null,
          }));
      }
      return items(world, typed);
    },
    async personNew(name) {
      const handles = new Set([...world.state.people.values()].map((person) => person.handle));
      const plain =
        name
          .toLowerCase()
          .normalize('NFD')
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, '') || 'person';
      let handle = plain;
      for (let at = 2; handles.has(handle); at += 1) handle = `${plain}${at}`;
      const id = world.newId();
      const made = world.command('added a person', () => {
        world.state.people.set(id, {
          id,
          handle,
          name,
          emails: [],
          aliases: [],
          organization: null,
          organization_id: null,
          relation: 'none',
          is_me: false,
          note: null,
          noteRevision: 0,
          into: null,
        });
        const answer: Completion = {
          label: name,
          detail: null,
          insert: `@${handle}`,
          person_id: id,
          group: 'new',
        };
        return { answer, touched: [{ kind: 'person', id }] };
      });
      return made.answer;
    },
    async attachmentPaste() {
      return null;
    },
    async attachmentAdd(name) {
      return `![${name.replace(/[[\]]/g, '')}](attachments/${encodeURIComponent(name)})`;
    },
  };
}

function runningNote(person: StoredPerson): Note {
  return {
    meeting_id: null,
    part: 'notes',
    text: person.note ?? '',
    revision: person.noteRevision,
    warnings: [],
  };
}

function savePerson(
  world: World,
  sitting: string,
  open: { key: string; text: string },
  text: string,
  base: number,
): NoteSaved {
  const id = open.key.slice('person/'.length);
  const before = need(world.state.people, id, 'person');
  const theirs = before.noteRevision === base ? open.text : (before.note ?? '');
  const { text: merged, conflicts } = mergeBoth(open.text, text, theirs);
  if (merged !== (before.note ?? '')) {
    world.command('edited a running note', () => {
      world.state.people.set(id, { ...before, note: merged, noteRevision: before.noteRevision + 1 });
      return {
        answer: null,
        touched: [
          { kind: 'person', id },
          { kind: 'note', id },
        ],
      };
    });
  }
  world.sittings.set(sitting, { key: open.key, text: merged });
  return {
    note: runningNote(need(world.state.people, id, 'person')),
    merged: merged !== text,
    conflicts,
    items: [],
  };
}

function people(world: World, typed: string, meeting: string | null, others: boolean): Completion[] {
  const here = new Set(
    meeting ? world.state.meetings.get(meeting)?.attendees.map((one) => one.person_id) : [],
  );
  const fits = [...world.state.people.values()].filter(
    (person) =>
      !person.into &&
      !(others && here.has(person.id)) &&
      (person.handle.startsWith(typed) ||
        person.name
          .toLowerCase()
          .split(' ')
          .some((word) => word.startsWith(typed))),
  );
  fits.sort((a, b) => Number(here.has(b.id)) - Number(here.has(a.id)) || a.name.localeCompare(b.name));
  const found = fits.slice(0, 8).map((person): Completion => {
    const at = here.has(person.id);
    return {
      label: person.name,
      detail: [person.organization, at ? 'here' : null].filter(Boolean).join(' · ') || null,
      insert: person.is_me ? '@me' : `@${person.handle}`,
      person_id: person.id,
      group: at ? 'here' : 'known',
    };
  });
  const exact = fits.some((person) => person.handle === typed);
  if (typed && !exact)
    found.push({
      label: `New person “${typed}”`,
      detail: null,
      insert: typed,
      person_id: null,
      group: 'new',
    });
  return found;
}

function items(world: World, typed: string): Completion[] {
  const { actions, decisions, questions } = world.state;
  return [...decisions.values(), ...actions.values(), ...questions.values()]
    .filter((item) => item.text.toLowerCase().includes(typed) || item.anchor.startsWith(typed))
    .sort((a, b) => (b.meeting_date ?? '').localeCompare(a.meeting_date ?? ''))
    .slice(0, 8)
    .map((item) => ({
      label: item.text,
      detail: `${item.meeting_title ?? ''} · ${item.meeting_date ?? ''}`,
      insert: `^${item.anchor}`,
      person_id: null,
      group: 'owners' in item ? 'action' : 'decided_by' in item ? 'decision' : 'question',
    }));
}

/** Three texts merged by line, and at how many places both stand, theirs first: where both changed the same. */
export function mergeBoth(base: string, mine: string, theirs: string): { text: string; conflicts: number } {
  if (mine === base) return { text: theirs, conflicts: 0 };
  if (theirs === base || theirs === mine) return { text: mine, conflicts: 0 };
  let conflicts = 0;
  const [a, b, c] = [base.split('\n'), mine.split('\n'), theirs.split('\n')];
  const [toMine, toTheirs] = [pairs(a, b), pairs(a, c)];
  const out: string[] = [];
  let [at, i, j] = [0, 0, 0];
  for (let line = 0; line <= a.length; line += 1) {
    const end = line === a.length;
    const [m, t] = end ? [b.length, c.length] : [toMine[line], toTheirs[line]];
    if (m === undefined || t === undefined) continue;
    const [was, my, their] = [a.slice(at, line), b.slice(i, m), c.slice(j, t)].map((lines) =>
      lines.join('\n'),
    );
    if (my === was) out.push(...c.slice(j, t));
    else if (their === was || their === my) out.push(...b.slice(i, m));
    else {
      out.push(...c.slice(j, t), ...b.slice(i, m));
      conflicts += 1;
    }
    if (!end) out.push(a[line] ?? '');
    [at, i, j] = [line + 1, m + 1, t + 1];
  }
  return { text: out.join('\n'), conflicts };
}

/** For each line of `from`, the line of `to` it stays at (longest common subsequence). */
function pairs(from: string[], to: string[]): (number | undefined)[] {
  const long = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  const of = (i: number, j: number) => long[i]?.[j] ?? 0;
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      const row = long[i];
      if (row) row[j] = from[i] === to[j] ? of(i + 1, j + 1) + 1 : Math.max(of(i + 1, j), of(i, j + 1));
    }
  }
  const found: (number | undefined)[] = new Array(from.length).fill(undefined);
  for (let i = 0, j = 0; i < from.length && j < to.length;) {
    if (from[i] === to[j]) found[i++] = j++;
    else if (of(i + 1, j) >= of(i, j + 1)) i += 1;
    else j += 1;
  }
  return found;
}
