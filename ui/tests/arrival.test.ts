import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { back, go, router } from '../src/lib/app';
import { views } from '../src/views';
import { openWindow } from './world';

const heading = () =>
  /^H[12]$/.test(document.activeElement?.tagName ?? '') ? document.activeElement?.textContent?.trim() : null;

test('Gone to by letter, chord or link, every view has the focus where it begins', async () => {
  await Promise.all(Object.values(views).map((load) => load()));
  const { user, fake } = await openWindow('/today');
  await waitFor(() => expect(heading()).toContain('Thursday'));
  const begins: [string, string][] = [
    ['a', 'Actions'],
    ['d', 'What holds today'],
    ['p', 'People'],
    ['o', 'Organizations'],
    ['r', 'Review'],
    ['q', 'To attach again'],
    ['{Control>}9{/Control}', 'Insights'],
    ['{Control>},{/Control}', 'Settings'],
    ['c', 'November'],
    ['{Control>}1{/Control}', 'Thursday'],
    [']', 'Friday'],
  ];
  for (const [keys, title] of begins) {
    await user.keyboard(keys);
    await waitFor(() => expect(heading(), keys).toContain(title));
    // Letters go on being commands there.
    expect(document.activeElement?.hasAttribute('data-rest')).toBe(true);
  }
  const meeting = [...fake.world.state.meetings.values()].find(({ title }) => title)?.id ?? '';
  go(`/meeting/${meeting}`);
  await waitFor(() => expect(heading()).toBe(fake.world.state.meetings.get(meeting)?.title));

  // A link at the side, followed: this world without a browser goes nowhere by itself.
  const link = screen.getByRole('link', { name: /^Decisions/ });
  link.focus();
  go('/decisions');
  await waitFor(() => expect(heading()).toBe('What holds today'));
}, 120_000);

test('Asked for somebody, the focus is on them; come back to, on the row one left; what takes the focus itself keeps it', async () => {
  await Promise.all([views.people(), views.actions(), views.search(), views.meeting()]);
  const { user, fake } = await openWindow('/today');
  await screen.findByText('Demo vault');
  const [first] = (await fake.people()).filter((one) => !one.is_me);
  go(`/people/${first?.id}`);
  await waitFor(() => expect(heading()).toBe(first?.name));

  go('/actions/mine');
  await waitFor(() => expect(heading()).toBe('Actions'));
  await waitFor(() => expect(document.querySelectorAll('[role="row"][data-at]').length).toBeGreaterThan(3));
  // j goes into the list from the heading, as from nowhere.
  await user.keyboard('jj');
  const row = () => document.activeElement?.closest('[role="row"]')?.textContent;
  await waitFor(() => expect(row()).toBeTruthy());
  const left = row();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(router.view).toBe('meeting'));
  await screen.findByRole('textbox', { name: 'Notes' });
  back();
  await waitFor(() => expect(row()).toBe(left));

  go('/search');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('searchbox')));
  await new Promise((done) => setTimeout(done, 200));
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
}, 120_000);

test('Who went on into the list is not brought back to the heading where a row loses the focus', async () => {
  await Promise.all([views.actions(), views.decisions()]);
  const { user } = await openWindow('/decisions');
  await screen.findByText('Demo vault');
  go('/actions/mine');
  await waitFor(() => expect(heading()).toBe('Actions'));
  await waitFor(() => expect(document.querySelectorAll('[role="row"][data-at]').length).toBeGreaterThan(3));
  await user.keyboard('j');
  await waitFor(() => expect(document.activeElement).toHaveAttribute('role', 'row'));
  await user.keyboard('{Shift}');
  (document.activeElement as HTMLElement).blur();
  await new Promise((done) => setTimeout(done, 200));
  expect(document.activeElement).toBe(document.body);
}, 60_000);
