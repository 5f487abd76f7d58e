import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { session } from '../src/lib/app';
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

test.each([
  ['/home/ana/Dropbox/vault', 'Dropbox copies this folder.'],
  ['/rooted/vault', 'Nothing can be written in this folder.'],
  ['vault', /^Write the whole path, such as \//],
  ['~/vault', /^Write the whole path, such as \//],
])('Enter behind a typed folder looks at it first: %s', async (dir, said) => {
  const { user } = await openWindow('/today', 'none');
  const field = await screen.findByRole('textbox', { name: 'Folder of the vault' });
  await user.clear(field);
  await user.type(field, `${dir}{Enter}`);
  expect(await screen.findByText(said)).toBeVisible();
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Welcome to Throughline');
});

test('What is said about a folder is said once: Enter again goes on', async () => {
  const { user } = await openWindow('/today', 'none');
  const field = await screen.findByRole('textbox', { name: 'Folder of the vault' });
  await user.clear(field);
  await user.type(field, '/home/ana/Dropbox/vault{Enter}');
  await screen.findByText('Dropbox copies this folder.');
  await user.keyboard('{Enter}');
  await heading('Who are you?');
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
  expect(screen.queryByRole('button', { name: 'Back' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Begin without a calendar' }));
  expect(await screen.findByRole('navigation', { name: 'Views' })).toBeVisible();
  expect([...fake.world.state.people.values()].filter((one) => one.is_me)).toHaveLength(1);
});

const atTheCalendar = async () => {
  const opened = await openWindow('/today', 'none');
  await heading('Welcome to Throughline');
  await opened.user.keyboard('{Enter}Ana{Enter}');
  await heading('Your calendar');
  return opened;
};

test('A CalDAV account is added from the keyboard, and its meetings come in while one looks around', async () => {
  const { user, fake } = await atTheCalendar();
  await user.tab({ shift: true });
  expect(screen.getByRole('radio', { name: 'File or address' })).toHaveFocus();
  await user.keyboard('{ArrowRight}{ArrowRight}');
  expect(screen.getByRole('radio', { name: 'CalDAV' })).toHaveFocus();
  expect(await violations()).toEqual([]);
  await user.keyboard('{Tab}https://dav.example.org{Tab}ana{Tab}wrong{Enter}');
  expect(await screen.findByText(/refused the user name/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'User name' })).toHaveValue('ana');
  await user.type(screen.getByLabelText('Password'), 'right{Enter}');
  expect(await screen.findByRole('navigation', { name: 'Views' })).toBeVisible();
  expect([...fake.world.state.accounts.values()].map((one) => one.name)).toEqual(['ana']);
});

test('A Google account is added; one can stop waiting for the browser', async () => {
  const { user, fake } = await atTheCalendar();
  await user.click(screen.getByRole('radio', { name: 'Google' }));
  expect(await violations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Open the browser' }));
  await user.click(await screen.findByRole('button', { name: 'Stop waiting' }));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Open the browser' })).toBeEnabled());
  expect(screen.queryByRole('alert')).toBeNull();
  const add = fake.accountAddIcs.bind(fake);
  fake.accountAddGoogle = () => add('/alex@gmail.example');
  await user.click(screen.getByRole('button', { name: 'Open the browser' }));
  expect(await screen.findByRole('navigation', { name: 'Views' })).toBeVisible();
  expect([...fake.world.state.accounts.values()].map((one) => one.name)).toEqual(['alex@gmail.example']);
});

test('Without a client for Google, the way to one and the secret address are offered', async () => {
  const { user, fake } = await atTheCalendar();
  fake.accountAddGoogle = async () => {
    throw {
      code: 'no_client',
      message: 'This build carries no client.',
      hint: 'Name its file with --client.',
    };
  };
  await user.click(screen.getByRole('radio', { name: 'Google' }));
  await user.click(screen.getByRole('button', { name: 'Open the browser' }));
  expect(await screen.findByRole('alert')).not.toHaveTextContent('--client');
  await user.click(screen.getByRole('button', { name: 'Make a client of my own' }));
  expect(screen.getByText(/ends the sign-in after 7 days/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'The secret address of the calendar' }));
  expect(screen.getByText('Copy “Secret address in iCal format”')).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'File or address' })).toBeVisible();
});

test('Where there is no keyring, a passphrase is asked for and nothing is typed twice', async () => {
  const { user, fake } = await atTheCalendar();
  const given: string[] = [];
  const add = fake.accountAddCaldav.bind(fake);
  fake.secretsUnlock = async (passphrase) => void given.push(passphrase);
  fake.accountAddCaldav = async (...words) => {
    if (given.length === 0)
      throw { code: 'no_keyring', message: 'No keyring.', hint: 'Or set THROUGHLINE_PASSPHRASE.' };
    return add(...words);
  };
  await user.click(screen.getByRole('radio', { name: 'CalDAV' }));
  await user.type(screen.getByRole('textbox', { name: 'Address of the server' }), 'https://dav.example.org');
  await user.type(screen.getByRole('textbox', { name: 'User name' }), 'ana');
  await user.type(screen.getByLabelText('Password'), 'right{Enter}');
  expect(await screen.findByRole('alert')).not.toHaveTextContent('THROUGHLINE_');
  expect(screen.getByLabelText('Password')).toHaveValue('right');
  expect(screen.getByRole('button', { name: 'Add it and begin' })).toBeDisabled();
  await user.type(screen.getByLabelText('New passphrase'), 'correct horse');
  await user.type(screen.getByLabelText('The same once more'), 'correct horse{Enter}');
  expect(await screen.findByRole('navigation', { name: 'Views' })).toBeVisible();
  expect(given).toEqual(['correct horse']);
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

test('Where a vault does not open, those opened lately are a press away', async () => {
  const { user, fake } = await openWindow('/today', 'locked');
  await heading('Demo vault is closed');
  session.take({ ...(await fake.boot()), lately: ['/home/alex/existing'] });
  await user.click(await screen.findByRole('button', { name: /^Open “existing”/ }));
  expect(await screen.findByRole('navigation', { name: 'Views' })).toBeVisible();
  expect(session.boot?.vault?.dir).toBe('/home/alex/existing');
});
