import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { keys } from '../src/lib/app/keys.svelte';
import { go, session } from '../src/lib/app';
import type { Fake } from '../src/lib/backend/fake';
import type { Account } from '../src/lib/backend/types';
import { openWindow, violations } from './world';

function inTrouble(fake: Fake): Account {
  const account = [...fake.world.state.accounts.values()].find((one) => one.state === 'error');
  if (!account) throw new Error('the broken world has an account in trouble');
  return account;
}

describe('Accounts', () => {
  test('tell for each how it stands, since when, and what to do', async () => {
    await openWindow('/settings/accounts', 'broken');
    const google = await screen.findByRole('article', { name: 'alex@meridian.example' });
    expect(google).toHaveTextContent(
      'Google no longer accepts the sign-in of 3 August. In step until Tue 08:02.',
    );
    expect(google).toHaveTextContent('Sign in again; until then everything stays readable.');
    expect(within(google).getByRole('button', { name: 'Sign in again' })).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('ask before many deletions, and take them when told to', async () => {
    const { user, fake } = await openWindow('/settings/accounts', 'broken');
    const ics = await screen.findByRole('article', { name: 'Alex Novak' });
    await user.click(within(ics).getByRole('button', { name: 'Sync now' }));
    await user.click(await within(ics).findByRole('button', { name: 'Let them go' }));
    await waitFor(() => expect(ics).toHaveTextContent(/In step, just now/));
    expect([...fake.world.state.accounts.values()].find((one) => one.name === 'Alex Novak')?.state).toBe(
      'ok',
    );
  });

  test('ask as well where a sync in the background met them', async () => {
    const { user, fake } = await openWindow('/settings/accounts', 'broken');
    const account = inTrouble(fake);
    fake.world.troubles.set(account.id, 'mass_deletion');
    fake.world.tell([{ kind: 'account', id: account.id }]);
    const card = await screen.findByRole('article', { name: account.name });
    await user.click(await within(card).findByRole('button', { name: 'Let them go' }));
    await waitFor(() => expect(card).toHaveTextContent(/In step, just now/));
  });

  test('are added and removed from the keyboard; a refusal keeps what was typed, but for the password', async () => {
    const { user, fake } = await openWindow('/settings/accounts');
    const add = await screen.findByRole('button', { name: 'CalDAV' });
    add.focus();
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Add a CalDAV account' });
    expect(await violations()).toEqual([]);
    const address = within(dialog).getByRole('textbox', { name: 'Address of the server' });
    await user.type(address, 'https://dav.example.org');
    await user.keyboard('{Tab}ana{Tab}wrong{Enter}');
    expect(await within(dialog).findByText(/refused the user name/)).toBeVisible();
    expect(address).toHaveValue('https://dav.example.org');
    expect(within(dialog).getByLabelText('Password')).toHaveValue('');
    await user.type(within(dialog).getByLabelText('Password'), 'right{Enter}');
    expect(await screen.findByRole('article', { name: 'ana' })).toBeVisible();
    await waitFor(() => expect(screen.getByRole('article', { name: 'ana' })).toHaveTextContent(/In step/));
    within(screen.getByRole('article', { name: 'ana' }))
      .getByRole('button', { name: 'Remove…' })
      .focus();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(screen.queryByRole('article', { name: 'ana' })).toBeNull());
    expect([...fake.world.state.accounts.values()].map((one) => one.name)).not.toContain('ana');
  });

  test('lead through a Google client of one’s own, and offer the secret address instead', async () => {
    const { user, fake } = await openWindow('/settings/accounts');
    const opened: string[] = [];
    fake.openUrl = async (url) => void opened.push(url);
    fake.accountAddGoogle = async () => {
      throw {
        code: 'no_client',
        message: 'This build carries no client.',
        hint: 'Name its file with --client.',
      };
    };
    await user.click(await screen.findByRole('button', { name: 'Google' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add a Google account' });
    await user.click(within(dialog).getByRole('button', { name: 'Open the browser' }));
    const alert = await within(dialog).findByRole('alert');
    expect(alert).not.toHaveTextContent('--client');
    await user.click(within(alert).getByRole('button', { name: 'Make a client of my own' }));
    const steps = within(dialog).getByRole('list', { name: 'A client of your own' });
    expect(within(steps).getAllByRole('listitem')).toHaveLength(5);
    expect(steps).toHaveTextContent('Google ends the sign-in after 7 days');
    await user.click(within(steps).getByRole('button', { name: /Google Calendar API: open/ }));
    expect(opened).toEqual([expect.stringContaining('calendar-json.googleapis.com')]);
    expect(await violations()).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'The secret address of the calendar' }));
    expect(await screen.findByRole('dialog', { name: 'Add a calendar file or address' })).toBeVisible();
    expect(screen.getByText('Copy “Secret address in iCal format”')).toBeVisible();
  });

  test('a sign-in that ends every week is explained', async () => {
    await openWindow('/settings/accounts', 'broken');
    const google = await screen.findByRole('article', { name: 'alex@meridian.example' });
    expect(google).toHaveTextContent(/every 7 days.*“Testing”/);
  });

  test('without a keyring, offer an encrypted file under a passphrase that is typed twice', async () => {
    const { user, fake } = await openWindow('/settings/accounts');
    const unlocked: string[] = [];
    const caldav = fake.accountAddCaldav;
    const unlock = fake.secretsUnlock;
    fake.secretsUnlock = async (passphrase) => (unlocked.push(passphrase), unlock(passphrase));
    fake.accountAddCaldav = async (...given) => {
      if (unlocked.length === 0)
        throw { code: 'no_keyring', message: 'There is no keyring.', hint: 'Set a variable.' };
      return caldav(...given);
    };
    await user.click(await screen.findByRole('button', { name: 'CalDAV' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add a CalDAV account' });
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Address of the server' }),
      'https://dav.example.org',
    );
    await user.type(within(dialog).getByRole('textbox', { name: 'User name' }), 'ana');
    await user.type(within(dialog).getByLabelText('Password'), 'right{Enter}');
    expect(await within(dialog).findByText(/kept in an encrypted file in the vault/)).toBeVisible();
    expect(await violations()).toEqual([]);
    await user.type(await within(dialog).findByLabelText('New passphrase'), 'correct horse');
    await user.type(within(dialog).getByLabelText('The same once more'), 'correct hors');
    expect(within(dialog).getByText('The two are not the same.')).toBeVisible();
    await user.type(within(dialog).getByLabelText('The same once more'), 'e');
    await user.type(within(dialog).getByLabelText('Password'), 'right{Enter}');
    expect(await screen.findByRole('article', { name: 'ana' })).toBeVisible();
    expect(unlocked).toEqual(['correct horse']);
  });

  test('whose sign-in lies in a closed file ask for its passphrase', async () => {
    const { user, fake } = await openWindow('/settings/accounts', 'broken');
    const account = inTrouble(fake);
    fake.world.passphrase = 'correct horse';
    fake.world.troubles.set(account.id, 'no_keyring');
    fake.world.tell([{ kind: 'account', id: account.id }]);
    const card = await screen.findByRole('article', { name: account.name });
    await user.click(await within(card).findByRole('button', { name: 'Type the passphrase…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Open the sign-ins' });
    await user.type(await within(dialog).findByLabelText('Passphrase'), 'wrong{Enter}');
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('does not open');
    expect(within(dialog).queryByLabelText('The same once more')).toBeNull();
    await user.type(within(dialog).getByLabelText('Passphrase'), 'correct horse{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.world.troubles.size).toBe(0);
  });

  test('let a calendar be turned off', async () => {
    const { user, fake } = await openWindow('/settings/accounts');
    const box = await screen.findByRole('checkbox', { name: 'Room Elm' });
    await user.click(box);
    await waitFor(() =>
      expect([...fake.world.state.calendars.values()].find((one) => one.name === 'Room Elm')?.enabled).toBe(
        true,
      ),
    );
  });
});

test('Single letters can be turned off', async () => {
  const { user } = await openWindow('/settings/keys');
  await user.click(await screen.findByRole('switch', { name: 'Single-letter shortcuts' }));
  await waitFor(() => expect(keys.letters).toBe(false));
  await user.keyboard('g');
  expect(screen.getByRole('heading', { name: 'Settings' })).toBeVisible();
  expect(await violations()).toEqual([]);
});

test('Theme and size are shown at once; a setting that cannot be stored comes back', async () => {
  const { user, fake } = await openWindow('/settings/look');
  await user.click(await screen.findByRole('radio', { name: 'Dark' }));
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
  await user.click(screen.getByRole('radio', { name: '150 %' }));
  await waitFor(() => expect(document.documentElement.style.fontSize).toBe('150%'));
  expect(fake.world.settings).toMatchObject({ theme: 'dark', zoom: 150 });
  fake.world.failing = {
    code: 'vault_busy',
    message: 'Another program is writing to the vault.',
    hint: null,
  };
  await user.click(screen.getByRole('radio', { name: 'Light' }));
  expect(await screen.findByText('Another program is writing to the vault.')).toBeVisible();
  expect(session.settings.theme).toBe('dark');
  expect(await violations()).toEqual([]);
});

test('Templates are written, and kept when the field is left', async () => {
  const { user, fake } = await openWindow('/settings/templates');
  await user.click(await screen.findByRole('button', { name: 'New template' }));
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await waitFor(() => expect(name).toHaveValue('New template'));
  await user.clear(name);
  expect(screen.getByText('It needs a name.')).toBeVisible();
  await user.type(name, 'Retro');
  await user.tab();
  await user.type(screen.getByRole('textbox', { name: 'Text' }), '## Kept');
  await user.tab();
  await waitFor(() =>
    expect(fake.world.settings.templates.at(-1)).toEqual({ name: 'Retro', text: '## Kept' }),
  );
  expect(await violations()).toEqual([]);
});

test('A new template is typed into at once, and one that is left by a key is kept', async () => {
  const { user, fake } = await openWindow('/settings/templates');
  await user.click(await screen.findByRole('button', { name: 'New template' }));
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Name' })).toHaveFocus());
  await user.keyboard('Kick-off');
  await user.click(screen.getByRole('textbox', { name: 'Text' }));
  await user.keyboard('## Goals{Control>}3{/Control}');
  await waitFor(() =>
    expect(fake.world.settings.templates.at(-1)).toEqual({ name: 'Kick-off', text: '## Goals' }),
  );
});

test('Settings that another program changed, or that were undone, are shown', async () => {
  const { user, fake } = await openWindow('/settings/templates');
  const before = fake.world.settings;
  await user.click(await screen.findByRole('button', { name: '1:1' }));
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: '1:1' })).toBeNull());
  fake.world.settings = before;
  fake.world.tell([{ kind: 'setting', id: 'settings' }]);
  expect(await screen.findByRole('button', { name: '1:1' })).toBeVisible();
});

test('A backup says where it is; a restore goes beside the vault', async () => {
  const { user } = await openWindow('/settings/keeping');
  await user.click(await screen.findByRole('button', { name: 'Back up now…' }));
  expect(
    await screen.findByText(/Backed up and checked: .*throughline-2026-11-19\.backup, 7\.9 MB/),
  ).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Restore a backup…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Restore a backup' });
  expect(within(dialog).getByRole('textbox', { name: 'New folder' })).toHaveValue(
    '/home/alex/Throughline restored',
  );
  expect(within(dialog).getByRole('button', { name: 'Restore' })).toBeDisabled();
  expect(await violations()).toEqual([]);
});

test('An export of many files has a folder of its own, named with its day, and one that is free', async () => {
  const { user, fake } = await openWindow('/settings/keeping');
  fake.pickFolder = async () => '/home/alex/';
  const written = vi.spyOn(fake, 'exportTo');
  await user.click(await screen.findByRole('button', { name: 'Export…' }));
  await waitFor(() =>
    expect(written).toHaveBeenLastCalledWith('markdown', '/home/alex/Throughline export 2026-11-19'),
  );
  const check = fake.folderCheck.bind(fake);
  fake.folderCheck = async (dir) => ({ ...(await check(dir)), exists: dir.endsWith('-19') });
  await user.click(await screen.findByRole('button', { name: 'Export…' }));
  await waitFor(() =>
    expect(written).toHaveBeenLastCalledWith('markdown', '/home/alex/Throughline export 2026-11-19 2'),
  );
  await user.click(screen.getByRole('radio', { name: 'JSON' }));
  await user.click(screen.getByRole('button', { name: 'Export…' }));
  await waitFor(() =>
    expect(written).toHaveBeenLastCalledWith('json', '/home/alex/Documents/throughline.json'),
  );
});

test('The doctor says what is wrong and repairs it when asked', async () => {
  const { user } = await openWindow('/settings/keeping', 'broken');
  await user.click(await screen.findByRole('button', { name: 'Check the vault' }));
  expect(await screen.findByText('One note is newer than its items.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Repair' }));
  expect(await screen.findByText('Repaired: One note is newer than its items.')).toBeVisible();
});

describe('Backups', () => {
  test('say how often and where they are taken, and can be put elsewhere', async () => {
    const { user, fake } = await openWindow('/settings/keeping');
    fake.pickFolder = async () => '/mnt/stick';
    const list = await screen.findByRole('list', { name: 'Backups' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'Elsewhere…' }));
    await waitFor(() => expect(fake.world.settings.backup_folder).toBe('/mnt/stick'));
    expect(await screen.findByText('/mnt/stick')).toBeVisible();
    await user.click(screen.getByRole('radio', { name: 'Never' }));
    await waitFor(() => expect(fake.world.settings.backup_every).toBe('never'));
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Backups' })).toBeNull());
    expect(await violations()).toEqual([]);
  });

  test('are restored from the list into a folder of their own', async () => {
    const { user } = await openWindow('/settings/keeping');
    const restore = await screen.findByRole('button', { name: /^Restore the backup of .*18 November/ });
    restore.focus();
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Restore a backup' });
    expect(within(dialog).getByRole('textbox', { name: 'Backup' })).toHaveValue(
      '/home/alex/Throughline/backups/throughline-2026-11-18.backup',
    );
  });

  test('that could not be taken say why, and what to do', async () => {
    const { fake } = await openWindow('/settings/look');
    fake.backups = async () => ({
      every: 'day',
      folder: '/mnt/stick',
      backups: [],
      failed: {
        since: '2026-11-18T09:00:00+01:00',
        code: 'folder_missing',
        message: 'The folder for backups, `/mnt/stick`, is not there.',
        hint: 'If it lies on a disk that is not connected, connect it; else choose another folder.',
      },
    });
    go('/settings/keeping');
    expect(await screen.findByRole('alert')).toHaveTextContent(/is not there.*connect it/);
  });
});
