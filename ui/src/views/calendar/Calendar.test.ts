import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { keys } from '$lib/app/keys.svelte';
import { router } from '$lib/app';
import { toasts } from '$lib/app/toasts.svelte';
import { expectAccessible, settle, show } from '../../../tests/show';
import Calendar from './Calendar.svelte';

const heading = () => screen.getByRole('heading', { level: 1 }).textContent;
const entries = () => [...document.querySelectorAll<HTMLElement>('[data-entry]')];
const here = () => document.activeElement?.querySelector('.spoken')?.textContent ?? '';

describe('the week', () => {
  test('holds the week’s entries, each read out with its day, time and state', async () => {
    const { fake } = await show(Calendar, '/calendar/week/2026-11-19');
    expect(heading()).toBe('16–22 November');
    const there = await fake.calendar('2026-11-16', '2026-11-22');
    expect(new Set(entries().map((entry) => entry.dataset.entry))).toEqual(
      new Set(there.map(({ id }) => id)),
    );
    expect(
      screen.getByRole('button', { name: /^1:1 with Priya, Thursday 19 November, 11:30 to 12:00/ }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /, declined/ })).toHaveAttribute('data-status', 'declined');
    expect(
      screen.getByRole('button', { name: /^Release freeze, Thursday 19 November, all day/ }),
    ).toBeInTheDocument();
  });

  test('the arrows go from entry to entry, and Enter opens', async () => {
    const { user } = await show(Calendar, '/calendar/week/2026-11-19');
    await user.keyboard('{ArrowDown}');
    await settle();
    expect(here()).toMatch(/^1:1 with Priya/);
    await user.keyboard('{ArrowDown}');
    await settle();
    expect(here()).toMatch(/^Acme steering committee/);
    await user.keyboard('{ArrowRight}');
    await settle();
    expect(here()).toMatch(/Friday 20 November/);
    await user.keyboard('{Enter}');
    expect(router.path).toMatch(/^\/meeting\//);
  });

  test('one entry is the tab stop', async () => {
    await show(Calendar, '/calendar/week/2026-11-19');
    expect(entries().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  });
});

test('[ and ] step, t comes back, 1 2 3 change how much is shown', async () => {
  const { user } = await show(Calendar, '/calendar/week/2026-11-19');
  await user.keyboard(']');
  await settle();
  expect(heading()).toBe('23–29 November');
  await user.keyboard('[[[[');
  await settle();
  expect(heading()).toBe('9–15 November');
  await user.keyboard('t3');
  await settle();
  expect(heading()).toBe('November 2026');
  await user.keyboard('1');
  await settle();
  expect(heading()).toBe('Thursday 19 November');
  expect(router.path).toBe('/calendar/day/2026-11-19');
});

test('the week begins where the settings say', async () => {
  await show(Calendar, '/calendar/week/2026-11-19', (fake) => {
    fake.world.settings = { ...fake.world.settings, week_starts: 'sunday' };
  });
  expect(heading()).toBe('15–21 November');
});

test('n makes a meeting at the chosen time', async () => {
  const { fake, user } = await show(Calendar, '/calendar/week/2026-11-19');
  await user.keyboard('{Shift>}{ArrowDown}{ArrowRight}{/Shift}');
  await settle();
  expect(screen.getByText('Friday 20 November, 12:00')).toBeInTheDocument();
  await user.keyboard('n');
  await user.type(await screen.findByRole('textbox', { name: 'What it is about' }), 'Lunch with Ana{Enter}');
  await settle();
  const made = (await fake.calendar('2026-11-20', '2026-11-20')).find(
    ({ title }) => title === 'Lunch with Ana',
  );
  expect(made?.start).toMatch(/^2026-11-20T12:00/);
  expect(made?.end).toMatch(/^2026-11-20T12:30/);
  expect(router.path).toBe(`/meeting/${made?.id}`);
  expect(router.query).toEqual({ part: 'notes', write: 'yes' });
});

test('what goes on is marked where now is', async () => {
  await show(Calendar, '/calendar/day/2026-11-19', (fake) => {
    fake.world.now = '2026-11-19T11:39:00+01:00';
  });
  const marked = entries().filter((entry) => entry.classList.contains('now'));
  expect(marked.map(({ title }) => title)).toEqual(['1:1 with Priya']);
  expect(marked[0]?.style.getPropertyValue('--gone')).toBe('30%');
});

test('a failure says what to do, over an empty calendar there is nothing to say', async () => {
  await show(Calendar, '/calendar/week/2026-11-19', (fake) => {
    fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: null };
  });
  expect(screen.getByRole('alert')).toHaveTextContent('Another program is writing.');
});

test.each(['day', 'week', 'month'])('axe finds nothing in the %s', async (view) => {
  await show(Calendar, `/calendar/${view}/2026-11-19`);
  await expectAccessible();
});

describe('a meeting put at another time by key', () => {
  async function own() {
    const shown = await show(Calendar, '/calendar/week/2026-11-19', (fake) => {
      void fake.meetingNew({
        title: 'Coffee with Ana',
        start: '2026-11-20T15:00:00+01:00',
        end: '2026-11-20T15:45:00+01:00',
        attendees: [],
      });
    });
    const entry = await screen.findByRole('button', { name: /^Coffee with Ana/ });
    entry.focus();
    const times = async () => {
      const all = await shown.fake.calendar('2026-11-16', '2026-11-29');
      const { start, end } = all.find(({ title }) => title === 'Coffee with Ana') ?? {};
      return [start, end].map((time) => time?.slice(0, 16));
    };
    return { ...shown, times };
  }

  test('goes by quarters of an hour and by days, keeps its length, and comes back', async () => {
    const { user, times } = await own();
    await user.keyboard('{Control>}{Shift>}{ArrowDown}{/Shift}{/Control}');
    await settle();
    expect(await times()).toEqual(['2026-11-20T15:15', '2026-11-20T16:00']);
    expect(here()).toMatch(/^Coffee with Ana/);
    await user.keyboard('{Control>}{Shift>}{ArrowRight}{ArrowUp}{/Shift}{/Control}');
    await settle();
    expect(await times()).toEqual(['2026-11-21T15:00', '2026-11-21T15:45']);
    expect(toasts.list.at(-1)?.text).toBe('Coffee with Ana: Saturday 21 November, 15:00.');
    expect(toasts.list.at(-1)?.undo).toHaveLength(1);
    await user.keyboard('{Control>}{Shift>}{ArrowRight}{ArrowRight}{/Shift}{/Control}');
    await settle();
    expect(await times()).toEqual(['2026-11-23T15:00', '2026-11-23T15:45']);
    expect(heading()).toBe('23–29 November');
    expect(keys.groups.flatMap(({ bindings }) => bindings).map(({ does }) => does)).toContain('A day later');
  });

  test('stays where a calendar has it, and says so', async () => {
    const { fake, user } = await show(Calendar, '/calendar/week/2026-11-19');
    const before = await fake.calendar('2026-11-16', '2026-11-22');
    screen.getByRole('button', { name: /^1:1 with Priya, Thursday/ }).focus();
    await user.keyboard('{Control>}{Shift>}{ArrowDown}{/Shift}{/Control}');
    await settle();
    expect(toasts.list.at(-1)?.text).toMatch(/^This stands in your calendar: move it there/);
    expect(await fake.calendar('2026-11-16', '2026-11-22')).toEqual(before);
  });
});
