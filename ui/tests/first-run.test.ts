import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { openWindow, violations } from './world';

const heading = (name: string) => screen.findByRole('heading', { level: 1, name });

test('Three screens, by the keyboard alone, make a vault with a calendar', async () => {
  const { user, fake } = await openWindow('/today', 'none');
  await heading('Welcome to Throughline');
  expect(await violations()).toEqual([]);
  await user.keyboard('{Enter}');
  await heading('Who are you?');
  expect(await violations()).toEqual([]);
  await user.keyboard('Ana Silva{Tab}ana@example.org{Enter}');
  await heading('Your calendar');
  expect(await violations()).toEqual([]);
  expect(fake.world.state.people.size).toBe(0);
  await user.keyboard('/home/ana/work.ics{Enter}');
  expect(await screen.findByRole('navigation', { name: 'Views' })).toBeVisible();
  expect(fake.world.me).toMatchObject({ name: 'Ana Silva', emails: ['ana@example.org'] });
  expect([...fake.world.state.accounts.values()].map((one) => one.name)).toEqual(['work.ics']);
});

test('A folder that a sync program holds is warned about', async () => {
  const { user } = await openWindow('/today', 'none');
  await heading('Welcome to Throughline');
  await user.click(screen.getByRole('button', { name: 'Choose…' }));
  expect(await screen.findByText('Dropbox copies this folder.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Use it all the same' })).toBeEnabled();
});

test('A folder that holds a vault is opened, not written over', async () => {
  const { user } = await openWindow('/today', 'none');
  const field = await screen.findByRole('textbox', { name: 'Folder of the vault' });
  await user.clear(field);
  await user.type(field, '/home/ana/existing');
  await user.tab();
  await user.click(await screen.findByRole('button', { name: 'Open this vault' }));
  expect(await screen.findByRole('navigation', { name: 'Views' })).toBeVisible();
});

test('A calendar that cannot be read says so, and one can begin without', async () => {
  const { user, fake } = await openWindow('/today', 'none');
  await heading('Welcome to Throughline');
  await user.keyboard('{Enter}Ana{Enter}');
  await heading('Your calendar');
  await user.keyboard('nowhere{Enter}');
  expect(await screen.findByText('There is no such file or address.')).toBeVisible();
  await user.clear(screen.getByRole('textbox', { name: 'File or address' }));
  await user.click(screen.getByRole('button', { name: 'Begin without a calendar' }));
  expect(await screen.findByRole('navigation', { name: 'Views' })).toBeVisible();
  expect([...fake.world.state.people.values()].filter((one) => one.is_me)).toHaveLength(1);
});

test('One signs in to Google on the way, and a sign-in given up leaves one where one was', async () => {
  const { user, fake } = await openWindow('/today', 'none');
  let refuse: (why: unknown) => void = () => {};
  fake.accountAddGoogle = () => new Promise((_, no) => (refuse = no));
  await heading('Welcome to Throughline');
  await user.keyboard('{Enter}Ana Silva{Tab}ana@example.org{Enter}');
  await heading('Your calendar');
  await user.click(screen.getByRole('button', { name: 'Google…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add a Google account' });
  expect(await violations()).toEqual([]);
  await user.click(within(dialog).getByRole('button', { name: 'Open the browser' }));
  expect(await within(dialog).findByText('Waiting for the browser…')).toBeVisible();
  refuse({ code: 'no_client', message: 'This build carries no client.', hint: null });
  await user.click(await within(dialog).findByRole('button', { name: 'Make a client of my own' }));
  expect(await within(dialog).findByRole('list', { name: 'A client of your own' })).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  await heading('Your calendar');
  expect(fake.world.state.accounts.size).toBe(0);
  fake.accountAddGoogle = () =>
    fake.accountAddCaldav('https://dav.example.org', 'ana@example.org', 'right', false);
  await user.click(screen.getByRole('button', { name: 'Google…' }));
  await user.click(await screen.findByRole('button', { name: 'Open the browser' }));
  expect(await screen.findByRole('navigation', { name: 'Views' })).toBeVisible();
  expect(fake.world.me).toMatchObject({ name: 'Ana Silva' });
  expect([...fake.world.state.accounts.values()].map((one) => one.name)).toEqual(['ana@example.org']);
});

test('The demo is one press away', async () => {
  const { user } = await openWindow('/today', 'none');
  await user.click(await screen.findByRole('button', { name: 'Look at the demo' }));
  expect(await screen.findByText('Demo vault')).toBeVisible();
});

test('A vault that does not open says why and what to do', async () => {
  const { user } = await openWindow('/today', 'locked');
  expect(await heading('Demo vault is closed')).toBeVisible();
  expect(screen.getByText(/its file is damaged/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Restore a backup…' }));
  await waitFor(() => expect(screen.getByRole('navigation', { name: 'Views' })).toBeVisible());
});
