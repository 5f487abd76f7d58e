import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeAll, expect, test, vi } from 'vitest';
import { router, session } from '../src/lib/app';
import { dayInName, freeFolder } from '../src/lib/app/freeFolder';
import { openVault, vaults } from '../src/lib/app/vaults.svelte';
import { views } from '../src/views';
import { openWindow, violations, world } from './world';

const counted = () => screen.findByRole('link', { name: /^Actions/ });
const restoreOf18 = { name: /^Restore the backup of .*18 November/ };

beforeAll(async () => void (await views.settings()));

test('After a restore the numbers are the restored vault’s, and one press leads back', async () => {
  const { user, fake } = await openWindow('/settings/keeping');
  const mine = String((await fake.actions({ view: 'mine' })).length);
  await waitFor(async () => expect(await counted()).toHaveTextContent(mine));
  const restored = fake.vaultRestore.bind(fake);
  fake.vaultRestore = async (...words) => {
    const boot = await restored(...words);
    fake.world.state.actions.clear();
    return boot;
  };
  await user.click(await screen.findByRole('button', restoreOf18));
  const dialog = await screen.findByRole('dialog', { name: 'Restore a backup' });
  const folder = within(dialog).getByRole('textbox', { name: 'New folder' });
  await waitFor(() => expect(folder).toHaveValue('/home/alex/Throughline restored 2026-11-18'));
  expect(await violations()).toEqual([]);
  await user.click(within(dialog).getByRole('button', { name: 'Restore' }));
  await waitFor(() => expect(session.boot?.vault?.dir).toBe('/home/alex/Throughline restored 2026-11-18'));
  await waitFor(async () => expect(await counted()).not.toHaveTextContent(mine));
  await user.click(await screen.findByRole('button', { name: 'Back to “Demo vault”' }));
  await waitFor(() => expect(session.boot?.vault?.dir).toBe('/home/alex/Throughline'));
});

test('A restore that fails says so in its dialog, and leaves the vault and its settings as they are', async () => {
  const { user, fake } = await openWindow('/settings/keeping');
  await session.save({ ...session.settings, zoom: 125 });
  fake.vaultRestore = async () => {
    throw { code: 'not_a_vault', message: 'That is no backup.', hint: null };
  };
  await user.click(await screen.findByRole('button', restoreOf18));
  const dialog = await screen.findByRole('dialog', { name: 'Restore a backup' });
  await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Restore' })).toBeEnabled());
  await user.click(within(dialog).getByRole('button', { name: 'Restore' }));
  expect(await within(dialog).findByText('That is no backup.')).toBeVisible();
  expect(await screen.findByText('Demo vault', { exact: true })).toBeInTheDocument();
  expect(session.settings.zoom).toBe(125);
});

test('A folder that holds a vault is asked about before a backup takes its place', async () => {
  const { user, fake } = await openWindow('/settings/keeping');
  const restored = vi.spyOn(fake, 'vaultRestore');
  await user.click(await screen.findByRole('button', restoreOf18));
  const dialog = await screen.findByRole('dialog', { name: 'Restore a backup' });
  const folder = within(dialog).getByRole('textbox', { name: 'New folder' });
  await waitFor(() => expect(folder).toHaveValue('/home/alex/Throughline restored 2026-11-18'));
  await user.clear(folder);
  await user.type(folder, '/home/alex/existing{Enter}');
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('There is a vault in this folder.');
  expect(restored).not.toHaveBeenCalled();
  await user.click(within(dialog).getByRole('button', { name: 'Put it in its place' }));
  await waitFor(() => expect(restored).toHaveBeenCalledWith('/home/alex/existing', expect.any(String)));
});

test('Another vault is opened by a command, and the one before from the settings', async () => {
  const { user } = await openWindow('/today');
  await screen.findByText('Demo vault');
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await screen.findByRole('combobox'), 'vault');
  await user.click(await screen.findByRole('option', { name: /Open another vault/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Open another vault' });
  const folder = within(dialog).getByRole('textbox', { name: 'Folder of the vault' });
  await user.type(folder, '/home/alex/nowhere{Enter}');
  expect(await within(dialog).findByText('There is no vault in that folder.')).toBeVisible();
  expect(session.boot?.vault?.name).toBe('Demo vault');
  await user.clear(folder);
  await user.type(folder, '/home/alex/existing{Enter}');
  await waitFor(() => expect(session.boot?.vault?.dir).toBe('/home/alex/existing'));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.keyboard('{Control>},{/Control}');
  await waitFor(() => expect(router.view).toBe('settings'));
  await user.click(await screen.findByRole('tab', { name: 'Vault and backups' }));
  expect(await screen.findByRole('button', { name: 'Open another vault…' })).toBeVisible();
  const lately = screen.getByRole('list', { name: 'Opened lately' });
  expect(within(lately).getAllByRole('button')).toHaveLength(1);
  expect(await violations()).toEqual([]);
  await user.click(within(lately).getByRole('button', { name: /^Open “Throughline”/ }));
  await waitFor(() => expect(session.boot?.vault?.dir).toBe('/home/alex/Throughline'));
});

test('Vaults opened lately are not named on a shared screen, nor one that turned out to be gone', async () => {
  const fake = await world();
  session.take({ ...(await fake.boot()), lately: ['/a/first', '/b/second'] });
  expect(vaults.lately.map((one) => one.name)).toEqual(['first', 'second']);
  await expect(openVault('/a/first')).rejects.toMatchObject({ code: 'vault_missing' });
  expect(vaults.lately.map((one) => one.name)).toEqual(['second']);
  session.discreet = true;
  expect(vaults.lately).toEqual([]);
  session.discreet = false;
});

test('A folder that is free is offered, with the day of the backup', async () => {
  const fake = await world();
  const free = '/home/alex/Throughline restored 2026-11-18';
  expect(await freeFolder('/home/alex/Throughline', null)).toBe('/home/alex/Throughline restored');
  expect(await freeFolder(`${free} 2`, '2026-11-18')).toBe(free);
  await fake.vaultRestore(free, 'any.backup');
  expect(await freeFolder('/home/alex/Throughline', '2026-11-18')).toBe(`${free} 2`);
  expect(dayInName('/a/2025-01-01/throughline-2026-11-18.backup')).toBe('2026-11-18');
  expect(dayInName('/a/2025-01-01/mine.backup')).toBeNull();
});

test('From the demo one begins a vault of one’s own, or goes back to it', async () => {
  const { user, fake } = await openWindow('/today');
  const created = vi.spyOn(fake, 'vaultCreate');
  const begin = { name: 'Begin your own vault' };
  await user.click(await screen.findByRole('button', begin));
  expect(await screen.findByRole('heading', { name: 'Welcome to Throughline' })).toBeVisible();
  expect(screen.queryByRole('navigation', { name: 'Views' })).toBeNull();
  expect(await violations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Back to “Demo vault”' }));
  await user.click(await screen.findByRole('button', begin));
  const folder = await screen.findByRole('textbox', { name: /Folder of the vault/ });
  await user.clear(folder);
  await user.type(folder, '/home/alex/mine{Enter}');
  await user.type(await screen.findByRole('textbox', { name: /name/i }), 'Mia{Enter}');
  await user.click(await screen.findByRole('button', { name: /without|later|Skip/i }));
  await waitFor(() => expect(created).toHaveBeenCalled());
  await waitFor(() => expect(session.boot?.vault?.dir).toBe('/home/alex/mine'));
  expect(await screen.findByRole('navigation', { name: 'Views' })).toBeVisible();
  expect(screen.queryByRole('button', begin)).toBeNull();
});
