import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keys, listenToKeys } from '../src/lib/app/keys.svelte';
import type { Fake } from '../src/lib/backend/fake';
import LongRows from './parts/LongRows.svelte';
import { settle } from './show';
import { world } from './world';

let fake: Fake;
let stop: () => void;
beforeEach(async () => {
  fake = await world();
  keys.letters = true;
  stop = listenToKeys();
});
afterEach(() => stop());

/** Sixty thousand numbers under two headings, of which some may go. */
function numbers(count = 60_000) {
  let ids = Array.from({ length: count }, (_, at) => `number ${at}`);
  let seq = 1;
  const place = (id: string, at: number) => ({ id, at });
  const stretch = vi.fn(async (from: number, limit: number, find: string[]) => {
    const first = Math.min(from, Math.max(0, ids.length - limit));
    const half = Math.floor(ids.length / 2);
    return {
      seq,
      total: ids.length,
      groups: [
        { key: 'a', title: 'A', count: half },
        { key: 'b', title: 'B', count: ids.length - half },
      ],
      from: first,
      rows: ids.slice(first, first + limit).map((id) => ({ id })),
      found: ids.map(place).filter(({ id }) => find.includes(id)),
    } as never;
  });
  const places = vi.fn(async (from: number, to: number) => ids.map(place).slice(from, to));
  const remove = (...gone: string[]) => {
    ids = ids.filter((id) => !gone.includes(id));
    seq += 1;
    fake.world.tell([{ kind: 'item', id: gone[0] ?? '' }]);
  };
  return { stretch, places, remove };
}

const told = () => document.querySelector('output')?.textContent;

test('of sixty thousand rows only a stretch is asked for, and End asks for the last', async () => {
  const user = userEvent.setup();
  const { stretch, places } = numbers();
  render(LongRows, { stretch, places });
  await settle();
  expect(stretch.mock.calls.map(([from, limit]) => [from, limit])).toEqual([[0, 200]]);
  expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '60000');
  await user.keyboard('jj');
  await waitFor(() => expect(told()).toMatch(/^number 1 of/));
  await user.keyboard('{End}');
  await waitFor(() => expect(told()).toBe('number 59999 of 60000, 0 selected, 59999'));
  expect(stretch.mock.calls.length).toBeLessThan(5);
  expect(places).not.toHaveBeenCalled();
});

test('a change asks for one stretch again, and the row with the focus keeps it wherever it stands then', async () => {
  const user = userEvent.setup();
  const { stretch, places, remove } = numbers();
  render(LongRows, { stretch, places });
  await settle();
  await user.keyboard('jjjj');
  await waitFor(() => expect(told()).toMatch(/^number 3 of/));
  const before = stretch.mock.calls.length;
  remove('number 0', 'number 1');
  await settle();
  expect(stretch.mock.calls.length).toBe(before + 1);
  expect(stretch.mock.lastCall?.[2]).toEqual(['number 3']);
  expect(told()).toBe('number 3 of 59998, 0 selected, 1');
  // Where it goes itself, the one that takes its place becomes current.
  remove('number 3');
  await settle();
  expect(told()).toBe('number 4 of 59997, 0 selected, 1');
});

test('all of them can be selected though few are here', async () => {
  const user = userEvent.setup();
  const { stretch, places } = numbers(1000);
  render(LongRows, { stretch, places });
  await settle();
  await user.click(screen.getByRole('button', { name: 'all' }));
  await settle();
  expect(places).toHaveBeenCalledExactlyOnceWith(0, 1000);
  expect(told()).toMatch(/1000 selected/);
});
