import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Fake } from '../src/lib/backend/fake';
import Live from './parts/Live.svelte';
import { world } from './world';

let fake: Fake;
beforeEach(async () => {
  fake = await world();
});

const text = (id: string) => screen.getByTestId(id).textContent;

function slow() {
  const waiting: { id: string; answer: (text: string) => void; fail: (why: unknown) => void }[] = [];
  const fetch = vi.fn(
    (id: string) => new Promise<string>((answer, fail) => waiting.push({ id, answer, fail })),
  );
  return { fetch, waiting };
}

async function settle() {
  await Promise.resolve();
  await Promise.resolve();
  await tick();
}

test('A stale answer never replaces a newer one', async () => {
  const { fetch, waiting } = slow();
  const { rerender } = render(Live, { id: 'a', fetch });
  await rerender({ id: 'b', fetch });
  expect(waiting.map((one) => one.id)).toEqual(['a', 'b']);
  waiting[1]?.answer('of b');
  await settle();
  waiting[0]?.answer('of a');
  await settle();
  expect(text('value')).toBe('of b');
  expect(text('loading')).toBe('false');
});

test('The old value stays while a newer one is fetched, and where that fails', async () => {
  const { fetch, waiting } = slow();
  const { rerender } = render(Live, { id: 'a', fetch });
  waiting[0]?.answer('first');
  await settle();
  await rerender({ id: 'b', fetch });
  expect(text('value')).toBe('first');
  expect(text('loading')).toBe('true');
  waiting[1]?.fail({ code: 'x', message: 'It went wrong.', hint: null });
  await settle();
  expect(text('value')).toBe('first');
  expect(text('failure')).toBe('It went wrong.');
});

test('A change of its kinds fetches again, others do not, and nothing after the end', async () => {
  const { fetch, waiting } = slow();
  const { unmount } = render(Live, { id: 'a', fetch });
  waiting[0]?.answer('first');
  await settle();
  fake.world.tell([{ kind: 'account', id: '1' }]);
  await settle();
  expect(fetch).toHaveBeenCalledTimes(1);
  fake.world.tell([{ kind: 'item', id: '1' }]);
  fake.world.tell([{ kind: 'item', id: '2' }]);
  await settle();
  expect(fetch).toHaveBeenCalledTimes(2);
  waiting[1]?.answer('second');
  await settle();
  expect(text('value')).toBe('second');
  unmount();
  fake.world.tell([{ kind: 'item', id: '3' }]);
  await settle();
  expect(fetch).toHaveBeenCalledTimes(2);
});

test('News that comes while it is fetched is fetched once, when that is answered', async () => {
  const { fetch, waiting } = slow();
  render(Live, { id: 'a', fetch });
  fake.world.tell([{ kind: 'item', id: '1' }]);
  await settle();
  fake.world.tell([{ kind: 'item', id: '2' }]);
  await settle();
  expect(fetch).toHaveBeenCalledTimes(1);
  waiting[0]?.answer('first');
  await settle();
  expect(fetch).toHaveBeenCalledTimes(2);
  waiting[1]?.answer('second');
  await settle();
  expect(fetch).toHaveBeenCalledTimes(2);
  expect(text('value')).toBe('second');
});

test('What nobody waits for is fetched after the rest, and again only once it is calm, but in the end', async () => {
  vi.useFakeTimers();
  try {
    const fetch = vi.fn(async (id: string) => id);
    render(Live, { id: 'a', fetch, pace: { first: 500, calm: 1000 } });
    const tell = () => fake.world.tell([{ kind: 'item', id: '1' }]);
    await vi.advanceTimersByTimeAsync(499);
    expect(fetch).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2);
    expect(fetch).toHaveBeenCalledTimes(1);
    for (let typed = 0; typed < 5; typed += 1) {
      tell();
      await vi.advanceTimersByTimeAsync(900);
    }
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(101);
    expect(fetch).toHaveBeenCalledTimes(2);
    for (let typed = 0; typed < 13; typed += 1) {
      tell();
      await vi.advanceTimersByTimeAsync(900);
    }
    expect(fetch).toHaveBeenCalledTimes(3);
  } finally {
    vi.useRealTimers();
  }
});

test('What is thrown and is no failure is told without its insides', async () => {
  render(Live, {
    id: 'a',
    fetch: () => {
      throw new Error('boom');
    },
  });
  await settle();
  expect(text('failure')).toBe('Something went wrong inside the program.');
});
