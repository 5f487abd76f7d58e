import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { router } from '$lib/app';
import { toasts } from '$lib/app/toasts.svelte';
import type { Action } from '$lib/backend/types';
import { expectAccessible, sentenceOf, settle, show } from '../../../tests/show';
import Actions from './Actions.svelte';
import { stays } from './actions.svelte';

const rows = () => [...document.querySelectorAll<HTMLElement>('[role="row"][data-at]')];
const texts = () => rows().map(sentenceOf);
const focused = () => sentenceOf(document.activeElement);
const headings = () => screen.getAllByRole('rowheader').map((one) => one.textContent?.trim());
const undo = () => toasts.list.at(-1);

beforeEach(() => vi.useRealTimers());

describe('the list', () => {
  test('the user’s own, by date, the late first, with what slipped', async () => {
    await show(Actions, '/actions');
    expect(headings()[0]).toMatch(/^Late\s+\d+$/);
    expect(rows()[0]).toHaveTextContent('9 days late · slipped 2×');
    expect(rows()[0]?.querySelector('.spoken')).toHaveTextContent('action, open, 9 days late, slipped 2×:');
  });

  test.each([
    ['waiting', (one: Action) => one.owners.length > 0],
    ['unowned', (one: Action) => one.owners.length === 0],
    ['undated', (one: Action) => one.due === null],
    ['overdue', (one: Action) => one.overdue],
    ['done', (one: Action) => one.status !== 'open'],
  ] as const)('the view “%s” holds those alone', async (view, belongs) => {
    const { fake } = await show(Actions, `/actions/${view}`);
    const there = await fake.actions({ view });
    expect(there.every(belongs)).toBe(true);
    expect(screen.getByText(new RegExp(`^${there.length} actions?$`))).toBeVisible();
  });

  test('is grouped by person and by meeting, and the address says so', async () => {
    const { user } = await show(Actions, '/actions/waiting');
    await user.click(screen.getByRole('radio', { name: 'Person' }));
    await settle();
    expect(router.query.by).toBe('person');
    const names = headings().map((name) => name?.replace(/\s+\d+$/, ''));
    expect(names).toEqual([...names].sort((a, b) => (a ?? '').localeCompare(b ?? '')));
    await user.click(screen.getByRole('radio', { name: 'Meeting' }));
    await settle();
    expect(headings().length).toBeGreaterThan(3);
  });

  test('axe finds nothing in it', async () => {
    await show(Actions, '/actions');
    await expectAccessible();
  });
});

describe('from the keyboard', () => {
  test('x ticks: the row stays a moment, the focus with it, then the next takes its place', async () => {
    const { fake, user } = await show(Actions, '/actions');
    const [first, second] = texts();
    await user.keyboard('j');
    expect(first).toBe('Answer on the second headcount');
    expect(focused()).toBe(first);
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await user.keyboard('x');
    await settle();
    expect(texts()[0]).toBe(first);
    expect(rows()[0]).toHaveTextContent(/done/);
    expect(
      (await fake.actions({ view: 'done' })).some(({ text }) =>
        text.toLowerCase().includes(String(first).toLowerCase()),
      ),
    ).toBe(true);
    await vi.advanceTimersByTimeAsync(stays + 50);
    await settle();
    expect(texts()[0]).toBe(second);
    expect(focused()).toBe(second);
  });

  test('Space ticks and ticks back, and what was ticked in error stays', async () => {
    const { fake, user } = await show(Actions, '/actions');
    const before = (await fake.actions({ view: 'mine' })).length;
    await user.keyboard('j ');
    await settle();
    expect(await fake.actions({ view: 'mine' })).toHaveLength(before - 1);
    await user.keyboard(' ');
    await settle();
    expect(await fake.actions({ view: 'mine' })).toHaveLength(before);
  });

  test('e sets a typed day, and undo takes it back', async () => {
    const { fake, user } = await show(Actions, '/actions');
    await user.keyboard('je');
    await user.type(await screen.findByRole('combobox', { name: 'Due' }), '3 dec{Enter}');
    await settle();
    const moved = (await fake.actions({ view: 'mine' })).find(({ due }) => due === '2026-12-03');
    expect(moved?.text).toMatch(/headcount/);
    expect(undo()).toMatchObject({ text: expect.stringContaining('due 3 Dec'), undo: [expect.any(Number)] });
    await fake.undo(null);
    await settle();
    expect(rows()[0]).toHaveTextContent(/headcount/);
  });

  test('several at once: Shift with an arrow selects, one date for all, one undo for all', async () => {
    const { fake, user } = await show(Actions, '/actions');
    const before = (await fake.actions({ view: 'mine' })).map(({ due }) => due);
    await user.keyboard('j{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(screen.getByText('3 actions selected')).toBeVisible();
    await user.keyboard('e');
    await user.type(await screen.findByRole('combobox', { name: 'Due' }), 'next week{Enter}');
    await settle();
    expect(
      (await fake.actions({ view: 'mine' })).filter(({ due }) => due === '2026-11-23').length,
    ).toBeGreaterThanOrEqual(3);
    expect(undo()).toMatchObject({ undo: [expect.any(Number)] });
    await fake.undo(null);
    await settle();
    expect((await fake.actions({ view: 'mine' })).map(({ due }) => due)).toEqual(before);
  });

  test('Mod+PageDown and Mod+PageUp turn the views, also from a row', async () => {
    const { user } = await show(Actions, '/actions/mine');
    await user.keyboard('j{Control>}{PageDown}{/Control}');
    expect(router.path).toBe('/actions/waiting');
    await user.keyboard('{Control>}{PageUp}{PageUp}{/Control}');
    expect(router.path).toBe('/actions/all');
  });

  test('a row that gets another day takes the focus with it, and brings it back when that is undone', async () => {
    const { fake, user } = await show(Actions, '/actions');
    await user.keyboard('j');
    const first = focused();
    await user.keyboard('e');
    await user.type(await screen.findByRole('combobox', { name: 'Due' }), 'tomorrow{Enter}');
    await settle();
    expect(sentenceOf(rows()[0])).not.toBe(first);
    await waitFor(() => expect(focused()).toBe(first));
    await fake.undo(null);
    await settle();
    expect(sentenceOf(rows()[0])).toBe(first);
    await waitFor(() => expect(focused()).toBe(first));
  });

  test('nothing is snoozed until today: tomorrow is the first that is offered', async () => {
    const { fake, user } = await show(Actions, '/actions');
    await user.keyboard('jz');
    const field = await screen.findByRole('combobox', { name: 'Until' });
    expect(screen.getAllByRole('option').map((one) => one.textContent?.trim().split(/\s/)[0])).toEqual([
      'Tomorrow',
      'Monday',
      '26',
      '3',
    ]);
    await user.type(field, 'today{Enter}');
    expect(screen.getByText('Pick a day after today.')).toBeVisible();
    await user.clear(field);
    await user.type(field, '{Enter}');
    await settle();
    expect((await fake.actions({})).filter((one) => one.snoozed_until === '2026-11-20')).toHaveLength(1);
  });

  test('w assigns, z snoozes, Delete drops', async () => {
    const { fake, user } = await show(Actions, '/actions');
    const [a, b, c] = await fake.actions({ view: 'mine' });
    await user.keyboard('jw');
    await user.type(await screen.findByRole('combobox', { name: 'Person' }), 'priya{Enter}');
    await settle();
    const all = async () => new Map((await fake.actions({})).map((one) => [one.id, one]));
    expect((await all()).get(a?.id ?? '')?.owners.map(({ name }) => name)).toEqual(['Priya Raman']);
    await user.keyboard('z');
    await user.type(await screen.findByRole('combobox', { name: 'Until' }), 'mon{Enter}');
    await settle();
    expect((await all()).get(b?.id ?? '')?.snoozed_until).toBe('2026-11-23');
    await user.keyboard('{Delete}');
    await settle();
    expect((await all()).get(c?.id ?? '')?.status).toBe('dropped');
  });

  test('Mod+A takes all, Escape none; a click with Shift the stretch between', async () => {
    const { user } = await show(Actions, '/actions');
    await user.keyboard('j{Control>}a{/Control}');
    expect(screen.getByText(`${rows().length} actions selected`)).toBeVisible();
    await user.keyboard('{Escape}');
    expect(screen.queryByText(/selected/)).toBeNull();
    const all = rows();
    await user.click(within(all[1] as HTMLElement).getByText(/./, { selector: '.text' }));
    await user.keyboard('{Shift>}');
    await user.click(within(all[4] as HTMLElement).getByText(/./, { selector: '.text' }));
    await user.keyboard('{/Shift}');
    expect(screen.getByText('4 actions selected')).toBeVisible();
  });

  test('Enter goes to the sentence', async () => {
    const { fake, user } = await show(Actions, '/actions');
    const [first] = await fake.actions({ view: 'mine' });
    await user.keyboard('j{Enter}');
    expect(router.path).toBe(`/meeting/${first?.meeting_id}`);
    expect(router.query).toEqual({ part: first?.note_part, line: String(first?.line) });
  });

  test('typing filters the rows; an offer taken narrows to a person; Backspace takes it off', async () => {
    const { fake, user } = await show(Actions, '/actions/waiting');
    await user.keyboard('f');
    await user.keyboard('priya');
    await settle();
    expect(rows().length).toBeGreaterThan(0);
    expect(rows().every((row) => /priya/i.test(row.textContent ?? ''))).toBe(true);
    await user.keyboard('{ArrowDown}{Enter}');
    await settle();
    const priya = (await fake.people()).find(({ name }) => name === 'Priya Raman');
    expect(router.query.person).toBe(priya?.id);
    expect(rows()).toHaveLength((await fake.actions({ view: 'waiting', person: priya?.id ?? '' })).length);
    await user.keyboard('{Backspace}');
    await settle();
    expect(router.query.person).toBeUndefined();
  });
});

describe('what changes elsewhere', () => {
  test('the selection and the focus survive it', async () => {
    const { fake, user } = await show(Actions, '/actions');
    await user.keyboard('j{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    const here = focused();
    const last = (await fake.actions({ view: 'mine' })).at(-1);
    await fake.actionStatus([last?.id ?? ''], 'done');
    await settle();
    expect(screen.getByText('3 actions selected')).toBeVisible();
    await waitFor(() => expect(focused()).toBe(here));
  });
});

describe('when there is little to show', () => {
  test('an empty vault says how an action is made', async () => {
    await show(Actions, '/actions', 'empty');
    expect(screen.getByText('Nothing is open')).toBeVisible();
    expect(screen.getByText(/begin a line of a note with “!!”/)).toBeVisible();
    await expectAccessible();
  });

  test('a filter that finds nothing offers to show all', async () => {
    const { user } = await show(Actions, '/actions');
    await user.keyboard('f');
    await user.keyboard('zzzz');
    await settle();
    await user.click(screen.getByRole('button', { name: 'Show all of them' }));
    await settle();
    expect(rows().length).toBeGreaterThan(5);
  });

  test('a failure says what to do, and trying again shows the list', async () => {
    const { fake, user } = await show(Actions, '/actions', (fake) => {
      fake.world.failing = {
        code: 'vault_busy',
        message: 'Another program is writing.',
        hint: 'Try again in a moment.',
      };
    });
    expect(screen.getByRole('alert')).toHaveTextContent('Another program is writing.');
    fake.world.failing = null;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(rows().length).toBeGreaterThan(5);
  });

  test('a tick that fails leaves the row as it was', async () => {
    const { fake, user } = await show(Actions, '/actions');
    fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: null };
    await user.keyboard('jx');
    await settle();
    expect(rows()[0]?.querySelector('[role="checkbox"]')).toHaveAttribute('aria-checked', 'false');
    expect(undo()).toMatchObject({ failed: true });
  });
});
