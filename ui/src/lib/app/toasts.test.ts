import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useBackend } from '$lib/backend';
import { openFake, type Fake } from '$lib/backend/fake';
import type { Done } from '$lib/backend/types';
import { session } from './session.svelte';
import { attempt, say, toasts, undo } from './toasts.svelte';

let fake: Fake;

beforeEach(async () => {
  vi.useFakeTimers();
  fake = await openFake('demo');
  useBackend(fake);
  await session.start();
});

afterEach(() => {
  toasts.list = [];
  vi.useRealTimers();
});

/** What is said, with an arrow where it can be taken back. */
const said = (): string[] =>
  toasts.list.map(({ text, undo: entries }) => (entries.length > 0 ? `${text} ↶` : text));
const someAction = async (): Promise<string> => (await fake.actions({ view: 'mine' }))[0]?.id ?? '';
const tick = async (done: string): Promise<boolean> => {
  const id = await someAction();
  return attempt(() => fake.actionStatus([id], 'done'), done);
};
/** As a press on the toast's button. */
const takeBack = (text: string): Promise<void> =>
  undo(toasts.list.find((toast) => toast.text === text)?.undo);

test('What was undone is not named on a shared screen', async () => {
  fake.undo = async () => ({
    undone: [{ kind: 'person', id: '1' }],
    command: 'person merge',
    what: 'merged Ana Silva',
  });
  await undo();
  expect(said()).toEqual(['Undone: merged Ana Silva.']);
  session.discreet = true;
  await undo();
  expect(said()).toEqual(['Undone: merged Ana Silva.', 'Undone.']);
  fake.undo = async () => ({ undone: [], command: null, what: null });
  await undo();
  expect(said().at(-1)).toBe('There is nothing to undo.');
  session.discreet = false;
});

test('What can be taken back is the last alone', async () => {
  await tick('One is done.');
  expect(said()).toEqual(['One is done. ↶']);
  await tick('Another is done.');
  expect(said()).toEqual(['One is done.', 'Another is done. ↶']);
});

test('What was taken back is no longer said, and what was before it has no way back', async () => {
  await tick('One is done.');
  await tick('Another is done.');
  await undo();
  expect(said()).toEqual(['One is done.', 'Undone: ticked an action.']);
});

test('What was done since, by whomever and however soon, is never taken back in its stead', async () => {
  await tick('One is done.');
  // Without a word: as another program does, or a part of the window that says nothing.
  const other = await someAction();
  await fake.actionStatus([other], 'done');
  await takeBack('One is done.');
  expect(toasts.list.at(-1)).toMatchObject({
    text: 'Something else was changed since, so nothing was undone.',
    hint: expect.stringContaining('Undo the last command'),
    failed: true,
  });
  expect((await fake.actions({ view: 'done' })).map(({ id }) => id)).toContain(other);
  // That first; then it can be.
  await undo();
  expect((await fake.actions({ view: 'done' })).map(({ id }) => id)).not.toContain(other);
});

test('A sentence of two commands takes both back, the later first', async () => {
  const before = await fake.queryNames();
  const [first] = before;
  const done: Done<unknown>[] = [await fake.querySave('Renamed', first?.expression ?? '')];
  done.push(await fake.queryDelete(first?.name ?? ''));
  say('Renamed.', { undo: done });
  await takeBack('Renamed.');
  expect(await fake.queryNames()).toEqual(before);
});

test('What changed nothing has no way back', async () => {
  say('It was so already.', { undo: [{ answer: null, entry: null }] });
  expect(said()).toEqual(['It was so already.']);
});

test('What fails leaves the way back', async () => {
  await tick('One is done.');
  await attempt(async () => Promise.reject(new Error('no')));
  expect(said()[0]).toBe('One is done. ↶');
});
