import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { router } from '$lib/app';
import { toasts } from '$lib/app/toasts.svelte';
import type { Fake } from '$lib/backend/fake';
import { expectAccessible, settle, show } from '../../../tests/show';
import { openWindow } from '../../../tests/world';
import Review from './Review.svelte';
import { around } from './words';

const headline = () => screen.getByRole('article').querySelector('h2')?.textContent?.trim();
const left = () => Number(/^(\d+) left/.exec(screen.getByText(/^\d+ left/).textContent ?? '')?.[1]);
const first = async (fake: Fake) => (await fake.review()).items[0];

describe('one at a time', () => {
  test('the most late first, with its sentence among its neighbours, and what became of it', async () => {
    const { fake } = await show(Review, '/review');
    await settle();
    expect(headline()).toBe('Answer on the second headcount');
    expect(screen.getByText('9 days late · slipped 2×')).toBeVisible();
    const quote = screen.getByRole('article').querySelector('blockquote');
    expect(quote?.querySelector('.said')).toHaveTextContent('@alex answer on the second headcount');
    expect(quote?.querySelectorAll('p').length).toBeGreaterThan(1);
    expect(screen.getByText('Written down')).toBeVisible();
    expect(left()).toBe((await fake.review()).left);
    await expectAccessible();
  });

  test.each([
    ['x', 'done'],
    ['d', 'dropped'],
  ])('%s: it is %s, the next takes its place, and u brings it back', async (key, status) => {
    const { fake, user } = await show(Review, '/review');
    const id = (await first(fake))?.action.id;
    const before = left();
    await user.keyboard(key);
    await settle();
    expect((await fake.actions({})).find((one) => one.id === id)?.status).toBe(status);
    expect(headline()).not.toBe('Answer on the second headcount');
    expect(left()).toBe(before - 1);
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '1');
    await user.keyboard('u');
    await settle();
    expect(headline()).toBe('Answer on the second headcount');
    expect((await fake.actions({})).find((one) => one.id === id)?.status).toBe('open');
    expect(left()).toBe(before);
  });

  test('e re-dates, z snoozes, w delegates: each takes it out of the way', async () => {
    const { fake, user } = await show(Review, '/review');
    const [a, b] = (await fake.review()).items;
    const all = async () => new Map((await fake.actions({})).map((one) => [one.id, one]));
    await user.keyboard('e');
    await user.type(await screen.findByRole('combobox', { name: 'Due' }), '3 dec{Enter}');
    await settle();
    expect((await all()).get(a?.action.id ?? '')?.due).toBe('2026-12-03');
    await user.keyboard('z');
    await user.type(await screen.findByRole('combobox', { name: 'Until' }), 'mon{Enter}');
    await settle();
    expect((await all()).get(b?.action.id ?? '')?.snoozed_until).toBe('2026-11-23');
    const nobodys = (await fake.review()).items.findIndex(({ why }) => why === 'unowned');
    for (let at = 0; at < nobodys; at += 1) await user.keyboard('j');
    const given = (await fake.review()).items[nobodys]?.action.id;
    await user.keyboard('w');
    await user.type(await screen.findByRole('combobox', { name: 'Person' }), 'priya{Enter}');
    await settle();
    expect((await all()).get(given ?? '')?.owners.map(({ name }) => name)).toEqual(['Priya Raman']);
  });

  test('k keeps: it is not asked about again until two weeks later', async () => {
    const { fake, user } = await show(Review, '/review');
    const id = (await first(fake))?.action.id;
    await user.keyboard('k');
    await settle();
    expect((await fake.review()).items.some(({ action }) => action.id === id)).toBe(false);
    expect((await fake.actions({})).find((one) => one.id === id)?.status).toBe('open');
    expect(toasts.list.at(-1)?.text).toMatch(/^Kept until 3 Dec/);
  });

  test('j and the arrows skip and come back, and nothing changes', async () => {
    const { fake, user } = await show(Review, '/review');
    const { items } = await fake.review();
    await user.keyboard('j');
    expect(headline()).not.toBe('Answer on the second headcount');
    await user.keyboard('{ArrowRight}{ArrowLeft}{ArrowUp}');
    expect(headline()).toBe('Answer on the second headcount');
    await user.keyboard('{ArrowLeft}');
    expect((await fake.review()).items).toEqual(items);
  });

  test('a: a draft to the owner, changed, copied, or opened in the mail program', async () => {
    const { fake, user } = await show(Review, '/review', (fake) => {
      const state = fake.world.state;
      const [mine] = [...state.actions.values()].filter(
        (one) => one.status === 'open' && one.text.includes('second headcount'),
      );
      const priya = [...state.people.values()].find(({ name }) => name === 'Priya Raman');
      if (!mine || !priya) throw new Error('no such action');
      const owner = { person_id: priya.id, name: priya.name, handle: priya.handle, inferred: false };
      state.actions.set(mine.id, { ...mine, owners: [owner] });
    });
    const waits = (await fake.review()).items.findIndex(({ action }) =>
      action.text.includes('second headcount'),
    );
    for (let at = 0; at < waits; at += 1) await user.keyboard('j');
    const opened = vi.spyOn(fake, 'openUrl').mockResolvedValue();
    const copied = vi.spyOn(fake, 'copy').mockResolvedValue();
    await user.keyboard('a');
    const text = await screen.findByRole('textbox', { name: 'Message' });
    expect(text).toHaveFocus();
    expect((text as HTMLTextAreaElement).value).toContain('It was due on 10 Nov, 9 days ago.');
    await expectAccessible();
    await user.type(text, 'Alex');
    await user.click(screen.getByRole('button', { name: /^Copy/ }));
    await settle();
    expect(copied.mock.calls[0]?.[0]).toMatch(/How does it stand\?\nAlex$/);
    await user.keyboard('a');
    await screen.findByRole('textbox', { name: 'Message' });
    await user.keyboard('{Control>}{Enter}{/Control}');
    await settle();
    expect(opened.mock.calls[0]?.[0]).toMatch(
      /^mailto:priya\.raman@meridian\.example\?subject=.+&body=Hi%20Priya/,
    );
  });

  test('a of one’s own says that there is nobody to ask', async () => {
    const { user } = await show(Review, '/review');
    await user.keyboard('a');
    await settle();
    expect(toasts.list.at(-1)).toMatchObject({
      failed: true,
      text: expect.stringContaining('nobody to ask'),
    });
  });

  test('a step that fails leaves it where it was', async () => {
    const { fake, user } = await show(Review, '/review');
    fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: null };
    await user.keyboard('x');
    await settle();
    expect(headline()).toBe('Answer on the second headcount');
    expect(toasts.list.at(-1)).toMatchObject({ failed: true });
  });

  test('Enter goes to the sentence', async () => {
    const { fake, user } = await show(Review, '/review');
    const item = await first(fake);
    await user.keyboard('{Enter}');
    expect(router.path).toBe(`/meeting/${item?.action.meeting_id}`);
    expect(router.query.line).toBe(String(item?.action.line));
  });
});

describe('down to zero', () => {
  test('the last one done, it is calm; u goes back to it', async () => {
    const { user } = await show(Review, '/review', (fake) => {
      const { actions } = fake.world.state;
      const late = [...actions.values()].filter(
        (one) => one.status === 'open' && (one.due ?? '9') < '2026-11-19',
      );
      for (const one of actions.values()) if (!late.slice(0, 2).includes(one)) actions.delete(one.id);
    });
    expect(left()).toBe(2);
    await user.keyboard('x');
    await settle();
    await user.keyboard('x');
    await settle();
    expect(screen.getByText('Nothing is left to look at')).toBeVisible();
    expect(screen.getByText(/You went through 2 actions/)).toBeVisible();
    await expectAccessible();
    await user.keyboard('u');
    await settle();
    expect(left()).toBe(1);
  });

  test('a key pressed once too often leads nowhere else', async () => {
    const { user } = await openWindow('/review', 'empty');
    expect(await screen.findByText('Nothing is left to look at')).toBeVisible();
    await user.keyboard('dxkw');
    expect(router.view).toBe('review');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('an empty vault is at zero', async () => {
    await show(Review, '/review', 'empty');
    expect(screen.getByText('Nothing is left to look at')).toBeVisible();
    await expectAccessible();
  });

  test('a failure says what to do, and trying again shows the first', async () => {
    const { fake, user } = await show(Review, '/review', (fake) => {
      fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: 'Try again.' };
    });
    expect(screen.getByRole('alert')).toHaveTextContent('Another program is writing.');
    fake.world.failing = null;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(headline()).toBe('Answer on the second headcount');
  });
});

test('the trend is a picture with a name, and a table', async () => {
  const { fake, user } = await show(Review, '/review');
  await settle();
  const { weeks } = await fake.reviewTrend(12);
  expect(screen.getByRole('img', { name: /^Open and late actions by week\. Open: from/ })).toBeVisible();
  await user.click(screen.getByRole('button', { name: /As a table/ }));
  const table = screen.getByRole('table', { name: 'Open and late actions by week' });
  const rows = within(table).getAllByRole('row');
  expect(rows).toHaveLength(13);
  const last = weeks.at(-1);
  const cells = within(rows[1] as HTMLElement).getAllByRole('cell');
  expect(cells.map((cell) => Number(cell.textContent))).toEqual([
    last?.open,
    last?.late,
    last?.opened,
    last?.closed,
  ]);
  await waitFor(() =>
    expect(screen.getByRole('button', { name: /As a plot/ })).toHaveAttribute('aria-pressed', 'true'),
  );
});

test('the lines about a sentence: the heading over it, two before, two after, the next heading not', () => {
  const note = '# Staff\n\n## Data\n- one ^aaaaaa\n- !! two due:2026-11-10 ^bbbbbb\n\nthree\n## Other\nfour';
  expect(around(note, 5, 'two due:2026-11-10')).toEqual([
    { text: 'Data', is: 'heading' },
    { text: 'one', is: 'line' },
    { text: 'two due:2026-11-10', is: 'said' },
    { text: 'three', is: 'line' },
  ]);
  // The note moved on: the line is found by its words.
  expect(around(`new\n${note}`, 5, 'two due:2026-11-10').find(({ is }) => is === 'said')?.text).toMatch(
    /^two/,
  );
});
