import { beforeEach, describe, expect, test } from 'vitest';
import { openFake, type Fake } from '../src/lib/backend/fake';
import { readMarks } from '../src/lib/backend/fake/grammar';
import { mergeBoth } from '../src/lib/backend/fake/notes';
import { contextOf, itemsOf } from '../src/lib/backend/fake/reconcile';

let fake: Fake;
beforeEach(async () => {
  fake = await openFake('demo');
});

const lineOf = (text: string, anchor: string) =>
  text.split('\n').find((line) => line.includes(`^${anchor}`)) ?? '';

describe('The recorded demo', () => {
  test('opens on the Thursday of the pictures', async () => {
    const day = await fake.day(null);
    expect(day.date).toBe('2026-11-19');
    expect(day.meetings.map((one) => one.meeting.title)).toContain('1:1 with Priya');
    expect(day.overdue.length).toBeGreaterThan(0);
  });

  test('is read by the simple grammar as the program read it, nearly always', () => {
    let [read, recorded] = [0, 0];
    for (const meeting of fake.world.state.meetings.values()) {
      for (const part of ['prep', 'notes', 'private'] as const) {
        const { text } = fake.world.note(meeting.id, part);
        const marks = readMarks(text, contextOf(fake.world, meeting, part)).filter((mark) => mark.kind);
        for (const item of itemsOf(fake.world, meeting.id).filter((one) => one.note_part === part)) {
          recorded += 1;
          const mark = marks.find((one) => one.line === item.line);
          if (mark?.kind === item.kind && (item.kind !== 'action' || (mark.due?.date ?? null) === item.due))
            read += 1;
        }
      }
    }
    expect(recorded).toBeGreaterThan(600);
    expect(read / recorded).toBeGreaterThan(0.93);
  });

  test('has a brief for the next meeting', async () => {
    const day = await fake.day(null);
    const priya = day.meetings.find((one) => one.meeting.title === '1:1 with Priya');
    const brief = await fake.brief(priya?.meeting.id ?? '');
    expect(brief.mine.map((one) => one.text)).toContain(
      '@alex answer on the second headcount due:2026-11-10',
    );
    expect(brief.theirs.length).toBeGreaterThan(0);
    expect(brief.decisions.length).toBeGreaterThan(0);
    expect(brief.met?.count).toBeGreaterThan(10);
    expect(brief.excerpt?.text).toBeTruthy();
  });
});

describe('A command', () => {
  test('ticks the box in the note, tells it, and is undone', async () => {
    const told: string[] = [];
    fake.onChanged((changed) => told.push(...changed.touched.map((one) => one.id)));
    const [action] = await fake.actions({ view: 'mine' });
    if (!action?.meeting_id) throw new Error('no action');
    await fake.actionStatus([action.id], 'done');
    const text = () => fake.world.note(action.meeting_id ?? '', action.note_part).text;
    expect(lineOf(text(), action.anchor)).toMatch(/\[x\] /);
    expect(told).toContain(action.id);
    expect((await fake.actions({ view: 'mine' })).map((one) => one.id)).not.toContain(action.id);
    await fake.undo(null);
    expect(lineOf(text(), action.anchor)).not.toMatch(/\[x\] /);
    expect((await fake.actions({ view: 'mine' })).map((one) => one.id)).toContain(action.id);
  });

  test('moves a due date in the sentence and counts the slip', async () => {
    const action = (await fake.actions({ view: 'mine' })).find((one) => one.anchor === 'prihc2');
    const { answer: moved } = await fake.actionDue(action?.id ?? '', '2026-12-01');
    expect(moved).toMatchObject({ due: '2026-12-01', overdue: false, slips: (action?.slips ?? 0) + 1 });
    expect(moved.text).toBe('@alex answer on the second headcount due:2026-12-01');
  });

  test('assigns in the sentence', async () => {
    const action = (await fake.actions({ view: 'mine' })).find((one) => one.anchor === 'prihc2');
    const ben = (await fake.people()).find((one) => one.handle === 'ben');
    const { answer: given } = await fake.actionAssign(action?.id ?? '', ben?.id ?? '');
    expect(given.owners.map((one) => one.name)).toEqual(['Ben Adler']);
    expect(given.text).toMatch(/^@ben answer/);
  });

  test('supersedes: the old one no longer holds, the chain holds both', async () => {
    const [now, old] = (await fake.decisions({ holding: true })).filter((one) => !one.supersedes);
    if (!now || !old) throw new Error('no decisions');
    await fake.decisionSupersede(old.id, now.id);
    expect((await fake.decision(old.id)).status).toBe('superseded');
    expect((await fake.decision(now.id)).chain.map((one) => one.id).slice(-2)).toEqual([old.id, now.id]);
    await fake.undo(null);
    expect((await fake.decision(old.id)).status).toBe('holds');
  });
});

describe('A note', () => {
  test('gives items as it is saved, with anchors, and keeps them when the line is reworded', async () => {
    const made = await fake.meetingNew({ title: 'Ad hoc', start: '2026-11-19T11:20:00+01:00' });
    const open = await fake.noteOpen(made.id, 'notes');
    const text =
      '!! Ana to send the plan by Friday\n!! @ben book the room\n=> We stay in Berlin #office\n  The lease runs on.\n?? Who pays\n';
    const saved = await fake.noteSave(open.sitting, text, open.note.revision);
    expect(saved.items.map((item) => item.kind)).toEqual(['action', 'action', 'decision', 'question']);
    expect(saved.items[0]).toMatchObject({
      due: '2026-11-20',
      owners: [{ name: 'Ana Silva', inferred: true }],
    });
    expect(saved.items[2]).toMatchObject({
      rationale: 'The lease runs on.',
      topics: ['office'],
      status: 'holds',
    });
    const again = await fake.noteSave(
      open.sitting,
      saved.note.text.replace('the plan', 'the whole plan'),
      saved.note.revision,
    );
    expect(again.items.map((item) => item.id)).toEqual(saved.items.map((item) => item.id));
    expect((await fake.search('whole plan')).hits[0]?.kind).toBe('action');
  });

  test('saved over a tick from elsewhere keeps both', async () => {
    const [action] = await fake.actions({ view: 'mine' });
    if (!action?.meeting_id) throw new Error('no action');
    const open = await fake.noteOpen(action.meeting_id, action.note_part);
    await fake.actionStatus([action.id], 'done');
    const saved = await fake.noteSave(
      open.sitting,
      `${open.note.text}\nA line typed meanwhile\n`,
      open.note.revision,
    );
    expect(saved.merged).toBe(true);
    expect(saved.note.text).toContain('A line typed meanwhile');
    expect(lineOf(saved.note.text, action.anchor)).toContain('[x]');
  });

  test('merges by line, and keeps both where lines overlap', () => {
    expect(mergeBoth('a\nb\nc', 'a\nB\nc', 'a\nb\nc\nd')).toEqual({ text: 'a\nB\nc\nd', conflicts: 0 });
    expect(mergeBoth('a\nb\nc', 'a\nmine\nc', 'a\ntheirs\nc')).toEqual({
      text: 'a\ntheirs\nmine\nc',
      conflicts: 1,
    });
  });
});

test('Search takes operators', async () => {
  const { hits } = await fake.search('kind:decision person:priya atlas');
  expect(hits.length).toBeGreaterThan(0);
  expect(new Set(hits.map((hit) => hit.kind))).toEqual(new Set(['decision']));
  expect(hits[0]?.snippet).toContain('\u0001');
});

test('A recap holds nothing of the private part', async () => {
  const made = await fake.meetingNew({ title: 'Talk', start: '2026-11-19T11:20:00+01:00' });
  for (const [part, text] of [
    ['notes', '!! Ana to send the plan'],
    ['private', '!! think about Ana'],
  ] as const) {
    const open = await fake.noteOpen(made.id, part);
    await fake.noteSave(open.sitting, text, 0);
  }
  const recap = await fake.recap(made.id, 'markdown');
  expect(recap.text).toContain('send the plan');
  expect(recap.text).not.toContain('think about');
});

test('The large world answers', async () => {
  const large = await openFake('large');
  expect((await large.actions({ view: 'all' })).length).toBeGreaterThan(60_000);
});
