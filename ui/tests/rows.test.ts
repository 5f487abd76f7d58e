import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keys, listenToKeys } from '../src/lib/app/keys.svelte';
import Rows from './parts/Rows.svelte';
import { violations } from './world';

const items = ['apple', 'banana', 'cherry', 'damson'];
const row = (name: string) => screen.getByRole('row', { name: new RegExp(name) });
let stop: () => void;
beforeEach(() => {
  keys.letters = true;
  stop = listenToKeys();
});
afterEach(() => stop());

test('One row takes Tab; arrows, j, k, Home and End move, and stop at the ends', async () => {
  const user = userEvent.setup();
  render(Rows, { items });
  await user.tab();
  expect(row('apple')).toHaveFocus();
  await user.keyboard('{ArrowDown}j');
  await waitFor(() => expect(row('cherry')).toHaveFocus());
  await user.keyboard('k');
  await waitFor(() => expect(row('banana')).toHaveFocus());
  await user.keyboard('{End}{ArrowDown}');
  await waitFor(() => expect(row('damson')).toHaveFocus());
  await user.keyboard('{Home}{ArrowUp}');
  await waitFor(() => expect(row('apple')).toHaveFocus());
  expect(screen.getAllByRole('row').filter((one) => one.tabIndex === 0)).toHaveLength(1);
});

test('The main list takes j while nothing else has the focus', async () => {
  const user = userEvent.setup();
  render(Rows, { items });
  await user.keyboard('j');
  await waitFor(() => expect(row('apple')).toHaveFocus());
});

test('Enter opens; on a button inside a row the keys are the button’s', async () => {
  const user = userEvent.setup();
  const onopen = vi.fn();
  render(Rows, { items, onopen });
  await user.tab();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(row('banana')).toHaveFocus());
  await user.keyboard('{Enter}');
  expect(onopen).toHaveBeenCalledExactlyOnceWith('banana');
  screen.getByRole('button', { name: 'tick banana' }).focus();
  await user.keyboard('{Enter}');
  expect(onopen).toHaveBeenCalledOnce();
});

test('Space selects, Shift with an arrow extends', async () => {
  const user = userEvent.setup();
  render(Rows, { items, selected: [] });
  await user.tab();
  await user.keyboard(' {Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  await waitFor(() => expect(screen.getByText('cherry / apple banana cherry')).toBeVisible());
  expect(row('banana')).toHaveAttribute('aria-selected', 'true');
  await user.keyboard(' ');
  expect(row('cherry')).toHaveAttribute('aria-selected', 'false');
});

test('When the current row goes, the one in its place is current and has the focus', async () => {
  const user = userEvent.setup();
  const { rerender } = render(Rows, { items });
  await user.tab();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(row('banana')).toHaveFocus());
  await rerender({ items: ['apple', 'cherry', 'damson'] });
  await waitFor(() => expect(row('cherry')).toHaveFocus());
  await rerender({ items: ['apple'] });
  await waitFor(() => expect(row('apple')).toHaveFocus());
});

test('Groups stand under their headings, and the keys pass over those', async () => {
  const user = userEvent.setup();
  render(Rows, {
    items: ['red apple', 'red cherry', 'yellow banana'],
    group: (item: string) => item.split(' ')[0] ?? '',
  });
  expect(screen.getAllByRole('rowheader').map((one) => one.textContent.trim())).toEqual(['red', 'yellow']);
  await user.tab();
  await user.keyboard('{ArrowDown}{ArrowDown}');
  await waitFor(() => expect(row('yellow banana')).toHaveFocus());
  expect(await violations()).toEqual([]);
});

test('Of 60,000 rows only a few are drawn, and all are counted', () => {
  render(Rows, { items: Array.from({ length: 60_000 }, (_none, at) => `row ${at}`) });
  expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '60000');
  expect(screen.queryAllByRole('row').length).toBeLessThan(200);
});
