import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { go, router, session } from '../src/lib/app';
import { openWindow, violations } from './world';

test('One client is chosen from the palette; a band says so on every view, and leads out again', async () => {
  const { user, fake } = await openWindow('/people');
  const all = (await fake.people()).length;
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await screen.findByRole('combobox'), '> only one{Enter}');
  const dialog = await screen.findByRole('dialog', { name: 'Only one client' });
  await within(dialog).findByRole('option', { name: /Acme/ });
  await user.type(within(dialog).getByRole('combobox', { name: 'Client' }), 'acme{Enter}');
  expect(await screen.findByText(/was there for/)).toHaveTextContent('Only what Acme was there for.');
  expect(session.lens?.name).toBe('Acme');
  const seen = await fake.people();
  expect(seen.length).toBeLessThan(all);
  await waitFor(() => expect(document.querySelectorAll('[role="row"][data-at]')).toHaveLength(seen.length));
  const { hits } = await fake.search('hiring');
  expect(hits).toEqual([]);
  expect(await violations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'All clients again' }));
  await waitFor(() => expect(document.querySelectorAll('[role="row"][data-at]')).toHaveLength(all));
  expect(session.lens).toBeNull();
});

test('a meeting of somebody else’s makes place for the client’s own page', async () => {
  const { user, fake } = await openWindow('/today');
  const acme = (await fake.organizations()).find(({ name }) => name === 'Acme');
  const all = await fake.calendar('2026-01-01', '2026-12-31');
  await fake.setLens(acme?.id ?? '');
  const theirs = new Set((await fake.calendar('2026-01-01', '2026-12-31')).map(({ id }) => id));
  await fake.setLens(null);
  const foreign = all.find(({ id }) => !theirs.has(id));
  const look = async () => {
    await user.keyboard('{Control>}{Shift>}l{/Shift}{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Only one client' });
    await within(dialog).findByRole('option', { name: /Acme/ });
    await user.type(within(dialog).getByRole('combobox', { name: 'Client' }), 'acme{Enter}');
    await screen.findByText(/was there for/);
  };
  go(`/meeting/${foreign?.id}`);
  await look();
  await waitFor(() => expect(router.path).toBe(`/organizations/${acme?.id}`));
  await session.setLens(null);
  const own = `/meeting/${[...theirs][0]}`;
  go(own);
  await look();
  expect(router.path).toBe(own);
  await session.setLens(null);
  // The network begins with them, too, whoever stood in its middle.
  go('/graph');
  await look();
  await waitFor(() => expect(router.query).toEqual({ kind: 'organization', id: acme?.id }));
  await session.setLens(null);
});
