import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { router } from '../src/lib/app';
import { faults, meetingAt, sitDown } from './day';

const day = async (): Promise<HTMLElement> => screen.findByRole('list', { name: 'Meetings' });
const brief = async (of: string): Promise<HTMLElement> =>
  screen.findByRole('region', { name: `Brief for ${of}` });
const rows = async (): Promise<string[]> =>
  within(await day())
    .getAllByRole('listitem')
    .map((row) => row.textContent?.replace(/\s+/g, ' ').trim() ?? '');

describe('Today', () => {
  test('shows the day in order with now in it, and the brief of the next meeting without a click', async () => {
    await sitDown('/today');
    const found = await rows();
    expect(found[0]).toContain('Release freeze');
    expect(found[1]).toMatch(/^09:00.*Vendor demo: Portico.*declined/);
    expect(found[2]).toMatch(/^10:15.*Staff/);
    expect(found[3]).toMatch(/^11:18 ?now/);
    expect(found[4]).toMatch(/^11:30.*1:1 with Priya.*in 12 min/);
    expect(found[5]).toBe('1 h free');
    const priya = await brief('1:1 with Priya');
    expect(await within(priya).findByRole('heading', { name: /^You owe Priya/ })).toBeVisible();
    expect(
      within(priya).getByRole('link', { name: /action, open, 9 days late: Answer on the second headcount/ }),
    ).toBeVisible();
    expect(within(priya).getByText(/Last met 5 Nov/)).toBeVisible();
  });

  test('goes through the meetings by arrows, and the brief goes along', async () => {
    const { user } = await sitDown('/today');
    const list = await day();
    within(list)
      .getByRole('button', { name: /1:1 with Priya/ })
      .focus();
    await user.keyboard('{ArrowDown}');
    expect(within(list).getByRole('button', { name: /Acme steering/ })).toHaveFocus();
    expect(await within(await brief('Acme steering committee')).findByText('Still unanswered')).toBeVisible();
    await user.keyboard('{End}');
    expect(within(list).getByRole('button', { name: /Board preparation/ })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await user.keyboard('{Enter}');
    await waitFor(() => expect(router.view).toBe('meeting'));
  });

  test('goes to other days and back', async () => {
    const { user } = await sitDown('/today');
    await day();
    await user.keyboard(']');
    expect(await screen.findByRole('heading', { name: 'Friday 20 November' })).toBeVisible();
    expect(await within(await day()).findByRole('button', { name: /Architecture/ })).toBeVisible();
    await user.keyboard('[[[[');
    expect(await screen.findByRole('heading', { name: 'Wednesday 18 November' })).toBeVisible();
    await user.keyboard('t');
    expect(await screen.findByRole('heading', { name: 'Thursday 19 November' })).toBeVisible();
    await user.keyboard('y');
    await user.keyboard('mon{Enter}');
    expect(await screen.findByRole('heading', { name: 'Monday 23 November' })).toBeVisible();
  });

  test('ticks an action from the keyboard, and the next one has the focus', async () => {
    const { user, fake } = await sitDown('/today');
    const list = await screen.findByRole('region', { name: 'Your actions' });
    const [first, second] = await within(list).findAllByRole('link', { name: /^action, open/ });
    if (!first || !second) throw new Error('The demo has open actions.');
    const before = (await fake.day(null)).overdue.length;
    const name = second.textContent;
    first.focus();
    await user.keyboard('x');
    await waitFor(async () => expect((await fake.day(null)).overdue).toHaveLength(before - 1));
    await waitFor(() => expect(document.activeElement?.textContent).toBe(name));
  });

  test('opens the note with m, again that of the next; v joins the call', async () => {
    const opened: string[] = [];
    const { user, fake } = await sitDown('/today', (fake) => {
      fake.openUrl = async (url) => void opened.push(url);
    });
    await day();
    await user.keyboard('v');
    await waitFor(() => expect(opened).toEqual(['https://meet.google.com/zvq-htit-wjj']));
    await user.keyboard('m');
    const priya = meetingAt(fake, '2026-11-19T11:30');
    await waitFor(() => expect(router.params.id).toBe(priya));
    await user.keyboard('{Control>}{Shift>}m{/Shift}{/Control}');
    await waitFor(() => expect(router.params.id).toBe(meetingAt(fake, '2026-11-19T13:00')));
  });

  test('asks where two meetings are at the same time', async () => {
    const { user, fake } = await sitDown('/today', (fake) => {
      const acme = fake.world.state.meetings.get(meetingAt(fake, '2026-11-19T13:00'));
      if (!acme) return;
      fake.world.now = '2026-11-19T13:05:00+01:00';
      fake.world.state.meetings.set('other', { ...acme, id: 'other', title: 'Press call' });
    });
    await day();
    await user.keyboard('m');
    const dialog = await screen.findByRole('dialog', { name: 'Which note?' });
    expect(
      within(dialog)
        .getAllByRole('button')
        .map((one) => one.textContent),
    ).toHaveLength(2);
    await user.keyboard('2');
    await waitFor(() => expect(router.params.id).toBe('other'));
    expect(fake.world.now).toBe('2026-11-19T13:05:00+01:00');
  });

  test('begins a note of one’s own with the people first', async () => {
    const { user, fake } = await sitDown('/today');
    await day();
    await user.keyboard('n');
    const people = await screen.findByRole('combobox', { name: 'Who is there' });
    await waitFor(() => expect(people).toHaveFocus());
    await user.keyboard('lena');
    expect(await screen.findByRole('option', { name: /Lena Kowalski/ })).toBeVisible();
    await user.keyboard('{Enter}{Tab}');
    await user.keyboard('Contract{Enter}');
    await waitFor(() => expect(router.view).toBe('meeting'));
    const made = await fake.meeting(router.params.id ?? '');
    expect(made.title).toBe('Contract');
    expect(made.attendees.map((one) => one.name)).toContain('Lena Kowalski');
    expect(made.start).toBe('2026-11-19T11:18:00+01:00');
  });

  test('a note of one’s own without a title is called by the names of who is there', async () => {
    const { user, fake } = await sitDown('/today');
    await day();
    await user.keyboard('n');
    const people = await screen.findByRole('combobox', { name: 'Who is there' });
    await waitFor(() => expect(people).toHaveFocus());
    await user.keyboard('lena');
    await screen.findByRole('option', { name: /Lena Kowalski/ });
    await user.keyboard('{Enter}Zoran Petrov,{Tab}{Enter}');
    await waitFor(() => expect(router.view).toBe('meeting'));
    expect((await fake.meeting(router.params.id ?? '')).title).toBe('With Lena Kowalski and Zoran Petrov');
  });

  test('says what a day without meetings, without a calendar, and without an answer is', async () => {
    await sitDown('/today/2026-11-22');
    expect(await screen.findByText('No meetings that day')).toBeVisible();
    cleanup();
    await sitDown('/today', undefined, 'empty');
    expect(await screen.findByRole('button', { name: 'Add a calendar' })).toBeVisible();
  });

  test('that fails says why, and goes on where one tries again', async () => {
    let fails = true;
    const { user } = await sitDown('/today', (fake) => {
      const { day } = fake;
      fake.day = async (date) => {
        if (fails) throw { code: 'vault_busy', message: 'Another program is writing.', hint: 'Try again.' };
        return day(date);
      };
    });
    expect(await screen.findByText('Another program is writing.')).toBeVisible();
    fails = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await day()).toBeVisible();
  });

  test('is hidden in discreet mode', async () => {
    const { user } = await sitDown('/today');
    await brief('1:1 with Priya');
    await user.keyboard('{Control>}{Shift>}d{/Shift}{/Control}');
    expect(await screen.findByText(/only the open meeting is shown/)).toBeVisible();
    expect(screen.queryByText(/Answer on the second headcount/)).toBeNull();
    expect(screen.queryByText('Acme steering committee')).toBeNull();
  });

  test('has no fault that axe knows of', async () => {
    const { container } = await sitDown('/today');
    await within(await brief('1:1 with Priya')).findByText('Still unanswered');
    expect(await faults(container)).toEqual([]);
  });
});
