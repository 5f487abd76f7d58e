import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useBackend } from '$lib/backend';
import { openFake, type Fake } from '$lib/backend/fake';
import { session } from './session.svelte';
import { attempt, listenToNews, say, toasts, undo } from './toasts.svelte';

let fake: Fake;
let stop: () => void;
/** Each test begins long after the news of the one before. */
let begins = Date.UTC(2030, 0, 1);

beforeEach(async () => {
  vi.useFakeTimers({ now: (begins += 3_600_000) });
  fake = await openFake('demo');
  useBackend(fake);
  await session.start();
  stop = listenToNews();
});

afterEach(() => {
  stop();
  toasts.list = [];
  vi.useRealTimers();
});

/** What is said, with an arrow where it can be taken back. */
const said = (): string[] => toasts.list.map(({ text, undo: times }) => (times > 0 ? `${text} ↶` : text));
const someAction = async (): Promise<string> => (await fake.actions({ view: 'mine' }))[0]?.id ?? '';
const tick = async (done: string): Promise<boolean> => {
  const id = await someAction();
  return attempt(() => fake.actionStatus([id], 'done'), done);
};

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

test('What was done since, here without a word or by another program, takes the way back away', async () => {
  await tick('One is done.');
  vi.advanceTimersByTime(1_500);
  expect(said()).toEqual(['One is done. ↶']);
  await fake.actionStatus([await someAction()], 'done');
  expect(said()).toEqual(['One is done.']);
});

test('The news of its own command, at once or late, leaves it', () => {
  say('One is done.', { undo: true });
  vi.advanceTimersByTime(2_000);
  toasts.news();
  expect(said()).toEqual(['One is done. ↶']);
  vi.advanceTimersByTime(200);
  toasts.news();
  expect(said()).toEqual(['One is done.']);
});

test('What fails leaves the way back', async () => {
  await tick('One is done.');
  await attempt(async () => Promise.reject(new Error('no')));
  expect(said()[0]).toBe('One is done. ↶');
});
