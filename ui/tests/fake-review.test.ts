import { beforeEach, describe, expect, test } from 'vitest';
import { openFake, type Fake } from '../src/lib/backend/fake';
import type { ReviewWhy } from '../src/lib/backend/types';

let fake: Fake;
beforeEach(async () => {
  fake = await openFake('demo');
});

describe('Review', () => {
  test('tells overdue, unowned, undated and stale, in that order, with the line of the note', async () => {
    const { items, left } = await fake.review();
    const order: ReviewWhy[] = ['overdue', 'unowned', 'undated', 'stale'];
    const places = items.map((one) => order.indexOf(one.why));
    expect(places).toEqual([...places].sort());
    expect(left).toBe(items.length);
    expect(items[0]?.sentence).toContain(items[0]?.action.text.slice(6, 30));
    expect(items.every((one) => one.history.length > 0)).toBe(true);
    expect((await fake.counts()).review).toBe(left);
  });

  test('keeping takes an action out of it until two weeks later, and undo brings it back', async () => {
    const [first] = (await fake.review()).items;
    const id = first?.action.id ?? '';
    await fake.actionKeep(id);
    let now = await fake.review();
    expect(now.items.some((one) => one.action.id === id)).toBe(false);
    expect(now.done_today).toBe(1);
    await fake.undo(null);
    now = await fake.review();
    expect(now.items[0]?.action.id).toBe(id);
    expect(now.done_today).toBe(0);
  });

  test('the trend ends with what is open and late now', async () => {
    const { weeks } = await fake.reviewTrend(12);
    expect(weeks).toHaveLength(12);
    const all = await fake.actions({});
    expect(weeks.at(-1)?.open).toBe(all.filter((one) => one.status === 'open').length);
    expect(weeks.at(-1)?.late).toBe(all.filter((one) => one.overdue).length);
  });

  test('a message to the owner holds the sentence and when it was due', async () => {
    const theirs = (await fake.review()).items.find((one) => one.why === 'overdue' && !one.mine);
    const ask = await fake.actionAsk(theirs?.action.id ?? '');
    expect(ask.to).toMatch(/@/);
    expect(ask.body).toMatch(/It was due on \d+ \w+, \d+ days? ago\. How does it stand\?/);
  });
});

test('several actions are dated, given and snoozed in one command each', async () => {
  const ids = (await fake.actions({ view: 'mine' })).slice(0, 3).map((one) => one.id);
  const priya = (await fake.people()).find((one) => one.name === 'Priya Raman')?.id ?? '';
  await fake.actionsDue(ids, '2026-12-01');
  await fake.actionsDue(ids.slice(0, 1), null);
  await fake.actionsSnooze(ids, '2026-11-30');
  await fake.actionsAssign(ids, priya);
  const now = (await fake.actions({})).filter((one) => ids.includes(one.id));
  expect(now.map((one) => one.due).sort()).toEqual(['2026-12-01', '2026-12-01', null]);
  expect(now.every((one) => one.owners[0]?.person_id === priya && one.snoozed_until === '2026-11-30')).toBe(
    true,
  );
  for (let times = 0; times < 4; times += 1) await fake.undo(null);
  expect((await fake.actions({ view: 'mine' })).slice(0, 3).map((one) => one.id)).toEqual(ids);
});

describe('Queries', () => {
  test.each([
    'people relation:report last-1:1>3w',
    'series meetings>=3 outcomes:0',
    'decisions org:acme status:holds revisited>6m',
    'meetings purpose:none from:today-28',
    'actions owner:me age>30d due:none',
    'people org:acme open>0',
  ])('“%s” is answered and explained', async (expression) => {
    const { kind, explained, rows } = await fake.queryRun(expression);
    expect(kind).toBe(expression.split(' ')[0]);
    expect(explained).toMatch(/^[A-Z].*\.$/);
    for (const row of rows) expect(row.title).toBeTruthy();
  });

  test('a negated term and its opposite together are everything', async () => {
    const all = await fake.queryRun('actions');
    const open = await fake.queryRun('actions status:open');
    const other = await fake.queryRun('actions -status:open');
    expect(open.rows.length).toBeGreaterThan(0);
    expect(open.rows.length + other.rows.length).toBe(all.rows.length);
    expect(open.rows[0]?.evidence[0]?.sentence).toBe(open.rows[0]?.title);
  });

  test.each([
    ['', /missing/],
    ['cats', /no kind “cats”/],
    ['people colour:red', /“colour” is not known of people/],
    ['people last-1:1>soon', /“soon” is no length of time/],
    ['actions owner>me', /does not fit/],
  ])('“%s” says what is wrong and what there is', async (expression, message) => {
    await expect(fake.queryRun(expression)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/./),
    });
  });

  test('is saved, counted, deleted and brought back', async () => {
    const before = (await fake.queries()).length;
    const { answer: one } = await fake.querySave('Late of mine', 'actions owner:me due<today status:open');
    expect(one.count).toBe((await fake.counts()).late);
    await fake.queryDelete('Late of mine');
    expect(await fake.queries()).toHaveLength(before);
    await fake.undo(null);
    expect((await fake.queryRun('Late of mine')).name).toBe('Late of mine');
  });
});

test('Insights: the weeks hold every meeting once, and each number names its meetings', async () => {
  const told = await fake.insights('2026-09-01', '2026-11-19');
  const ids = told.weeks.flatMap((week) => week.meeting_ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(told.meetings.length);
  expect(told.hours).toBeCloseTo(
    told.weeks.reduce((sum, week) => sum + week.hours, 0),
    1,
  );
  expect(told.people[0]?.meeting_ids.length).toBe(told.people[0]?.meetings);
  expect(told.promises.kept_on_time).toBe(told.promises.kept_ids.length);
});
