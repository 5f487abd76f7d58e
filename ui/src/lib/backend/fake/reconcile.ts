import type { Action, Decision, Item, Mark, NotePart, PersonRef, Question } from '../types';
import { readMarks, type Context } from './grammar';
import { need, type StoredMeeting, type World } from './world';

/** What the grammar has to know about the meeting a note belongs to. */
/** What a text is read against; without a meeting it is a running note, of today. */
export function contextOf(world: World, meeting: StoredMeeting | null, part: NotePart): Context {
  const { people, actions, decisions, questions } = world.state;
  const handles = new Map<string, PersonRef>();
  for (const person of people.values()) {
    const into = person.into ? (people.get(person.into) ?? person) : person;
    handles.set(person.handle, { person_id: into.id, name: into.name });
  }
  const anchors = new Map<string, string>();
  for (const item of [...actions.values(), ...decisions.values(), ...questions.values()])
    anchors.set(item.anchor, item.text);
  const me = world.me;
  return {
    day: (meeting?.start ?? world.now).slice(0, 10),
    attendees: (meeting?.attendees ?? []).map(({ person_id, name }) => ({ person_id, name })),
    people: handles,
    me: me && { person_id: me.id, name: me.name },
    anchors,
    prep: part === 'prep',
  };
}

/** The text with an anchor on every item that had none, as a save writes it. */
export function withAnchors(world: World, text: string, context: Context): string {
  const missing = readMarks(text, context).filter((mark) => mark.kind && !mark.anchor);
  let out = text;
  for (const mark of missing.reverse()) {
    const end = mark.from + text.slice(mark.from, mark.to).trimEnd().length;
    out = `${out.slice(0, end)} ^${world.newAnchor()}${out.slice(end)}`;
  }
  return out;
}

/** Brings the items in step with a note's text; says which were touched. */
export function reconcile(world: World, meetingId: string, part: NotePart): { kind: string; id: string }[] {
  const meeting = need(world.state.meetings, meetingId, 'meeting');
  const { text } = world.note(meetingId, part);
  const context = contextOf(world, meeting, part);
  const kept = new Set<string>();
  const touched: { kind: string; id: string }[] = [];
  for (const mark of readMarks(text, context)) {
    if (!mark.kind || !mark.anchor) continue;
    const anchor = text.slice(mark.anchor.from + 1, mark.anchor.to);
    const item = put(world, meeting, part, mark, anchor, text);
    kept.add(item);
    touched.push({ kind: 'item', id: item });
  }
  for (const map of [world.state.actions, world.state.decisions, world.state.questions]) {
    for (const item of [...map.values()]) {
      if (item.meeting_id !== meetingId || item.note_part !== part || kept.has(item.id)) continue;
      // What the simple reading does not see (a row of a table) stays while its line does.
      if (new RegExp(`\\^${item.anchor}\\s*(\\||$)`, 'm').test(text)) continue;
      map.delete(item.id);
      touched.push({ kind: 'item', id: item.id });
    }
  }
  return touched;
}

function put(
  world: World,
  meeting: StoredMeeting,
  part: NotePart,
  mark: Mark,
  anchor: string,
  text: string,
): string {
  const { actions, questions, people } = world.state;
  const byAnchor = <T extends { anchor: string }>(map: Map<string, T>) =>
    [...map.values()].find((item) => item.anchor === anchor);
  const body = text
    .slice(mark.marker?.to ?? mark.from, mark.anchor?.from)
    .replace(/^\s*[-*+]\s+/, '')
    .trim();
  const place = {
    anchor,
    text: body,
    topics: mark.topics.map((one) => one.topic),
    meeting_id: meeting.id,
    meeting_title: meeting.title,
    meeting_date: meeting.start.slice(0, 10),
    note_part: part,
    line: mark.line,
  };
  const persons = mark.owners.flatMap((one) =>
    one.person_id ? [{ person_id: one.person_id, name: one.name }] : [],
  );
  if (mark.kind === 'action') {
    const old = byAnchor(actions);
    const status = mark.status as Action['status'];
    const due = mark.due?.date ?? null;
    const slipped = old?.due && due && due > old.due ? 1 : 0;
    const action: Action = {
      id: old?.id ?? world.newId(),
      created_at: old?.created_at ?? world.now,
      snoozed_until: old?.snoozed_until ?? null,
      blocked_by: old?.blocked_by ?? [],
      ...place,
      status,
      owners: mark.owners.flatMap((one) => {
        const person = one.person_id ? people.get(one.person_id) : undefined;
        return person
          ? [{ person_id: person.id, name: person.name, handle: person.handle, inferred: one.inferred }]
          : [];
      }),
      due,
      overdue: status === 'open' && due !== null && due < world.today,
      slips: (old?.slips ?? 0) + slipped,
      done_at: status === 'open' ? null : (old?.done_at ?? world.now),
    };
    actions.set(action.id, action);
    return action.id;
  }
  if (mark.kind === 'decision') return putDecision(world, meeting, mark, place, persons, text);
  const old = byAnchor(questions);
  const question: Question = {
    id: old?.id ?? world.newId(),
    answered_by: old?.answered_by ?? null,
    ...place,
    status: old?.answered_by || mark.status === 'answered' ? 'answered' : 'open',
    asked_by: persons[0] ?? old?.asked_by ?? null,
  };
  questions.set(question.id, question);
  return question.id;
}

type Place = Pick<
  Decision,
  'anchor' | 'text' | 'topics' | 'meeting_id' | 'meeting_title' | 'meeting_date' | 'note_part' | 'line'
>;

function putDecision(
  world: World,
  meeting: StoredMeeting,
  mark: Mark,
  place: Place,
  by: PersonRef[],
  text: string,
): string {
  const { decisions } = world.state;
  const old = [...decisions.values()].find((item) => item.anchor === place.anchor);
  const link = mark.links.find((one) => one.relation === 'supersedes');
  const earlier = link && [...decisions.values()].find((item) => item.anchor === link.anchor);
  const under = text.slice(mark.to + 1).split('\n');
  const rationale = under.slice(
    0,
    Math.max(
      0,
      under.findIndex((line) => !/^\s{2,}\S/.test(line)),
    ),
  );
  const decision: Decision = {
    id: old?.id ?? world.newId(),
    alternatives: old?.alternatives ?? null,
    superseded_by: old?.superseded_by ?? null,
    ...place,
    rationale: rationale.map((line) => line.trim()).join(' ') || null,
    status: old?.superseded_by ? 'superseded' : (mark.status as Decision['status']),
    decided_by: by,
    present: meeting.attendees
      .filter((one) => one.present !== 'no' && one.response !== 'declined')
      .map(({ person_id, name }) => ({ person_id, name })),
    revisit: mark.revisit?.date ?? null,
    supersedes: earlier?.id ?? null,
  };
  decisions.set(decision.id, decision);
  if (earlier && earlier.superseded_by !== decision.id) {
    decisions.set(earlier.id, { ...earlier, status: 'superseded', superseded_by: decision.id });
  }
  return decision.id;
}

/** All items of a meeting in the order they stand. */
export function itemsOf(world: World, meeting: string): Item[] {
  const { actions, decisions, questions } = world.state;
  const order: NotePart[] = ['prep', 'notes', 'private'];
  const all: Item[] = [
    ...[...actions.values()].map((item): Item => ({ kind: 'action', ...item })),
    ...[...decisions.values()].map((item): Item => ({ kind: 'decision', ...item })),
    ...[...questions.values()].map((item): Item => ({ kind: 'question', ...item })),
  ];
  return all
    .filter((item) => item.meeting_id === meeting)
    .sort((a, b) => order.indexOf(a.note_part) - order.indexOf(b.note_part) || a.line - b.line);
}
