import { screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { router } from '$lib/app';
import { expectAccessible, settle, show } from '../../../tests/show';
import Organizations from '../organizations/Organizations.svelte';
import People from './People.svelte';

const rows = () => [...document.querySelectorAll<HTMLElement>('[role="row"][data-at]')];
const nameOf = (row: Element | undefined) => row?.querySelector('.name')?.textContent;
const detail = () => within(document.querySelector('[data-detail]') as HTMLElement);

async function openPriya() {
  const shown = await show(People, '/people');
  await shown.user.keyboard('f');
  await shown.user.keyboard('priya{Enter}{Enter}');
  await settle();
  const row = (await shown.fake.people()).find(({ name }) => name === 'Priya Raman');
  return { ...shown, priya: await shown.fake.person(row?.id ?? '') };
}

describe('people', () => {
  test('the last met first, with what is owed both ways; the user last', async () => {
    const { fake } = await show(People, '/people');
    const people = await fake.people();
    expect(rows()).toHaveLength(people.length);
    expect(nameOf(rows().at(-1))).toBe(people.find(({ is_me }) => is_me)?.name);
    expect(rows().some((row) => /you owe \d+, owes you \d+/.test(row.textContent ?? ''))).toBe(true);
  });

  test('found by typing, opened with Enter, and Escape goes back to the list', async () => {
    const { user, priya } = await openPriya();
    expect(router.path).toBe(`/people/${priya.id}`);
    expect(document.activeElement).toHaveTextContent('Priya Raman');
    await user.keyboard('{Escape}');
    await settle();
    expect(document.activeElement).toHaveAttribute('role', 'row');
  });

  test('what there is between you: the ledger, the history, the names', async () => {
    const { priya } = await openPriya();
    expect(
      detail().getByRole('heading', { name: new RegExp(`^You owe Priya ${priya.i_owe.length}`) }),
    ).toBeVisible();
    expect(
      detail().getByRole('heading', { name: new RegExp(`^Priya owes you ${priya.they_owe.length}`) }),
    ).toBeVisible();
    expect(detail().getByRole('list', { name: 'Meetings with Priya Raman' })).toBeVisible();
    expect(detail().getByText(priya.emails[0] ?? '-')).toBeVisible();
  });

  test('the relation is changed from a menu', async () => {
    const { fake, user, priya } = await openPriya();
    await user.click(detail().getByRole('button', { name: /^Relation/ }));
    await user.click(await screen.findByRole('menuitem', { name: /Peer/ }));
    await settle();
    expect((await fake.person(priya.id)).relation).toBe('peer');
  });

  test('the running note saves itself, on leaving the field and on a pause', async () => {
    const { fake, user, priya } = await openPriya();
    const note = detail().getByRole('textbox', { name: 'Running note' });
    await user.clear(note);
    await user.type(note, 'Likes to be asked early.');
    await user.tab();
    await settle();
    expect((await fake.person(priya.id)).note).toBe('Likes to be asked early.');
    expect(detail().getByText('Saved')).toBeVisible();
  });

  test('a running note that cannot be saved keeps the text and says so', async () => {
    const { fake, user } = await openPriya();
    const note = detail().getByRole('textbox', { name: 'Running note' });
    await user.clear(note);
    fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: null };
    await user.type(note, 'Kept.');
    await user.tab();
    await settle();
    expect(note).toHaveValue('Kept.');
    expect(detail().getByRole('alert')).toHaveTextContent('What you typed stays here');
    fake.world.failing = null;
    await user.click(detail().getByRole('button', { name: 'Try again' }));
    await settle();
    expect(detail().getByText('Saved')).toBeVisible();
  });

  test('two who are one are merged after a plain word, and taken apart again', async () => {
    const { fake, user, priya } = await openPriya();
    const before = (await fake.people()).length;
    await user.click(detail().getByRole('button', { name: 'More about Priya Raman' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Merge with somebody' }));
    await user.type(await screen.findByRole('combobox', { name: 'The same person' }), 'isaac{Enter}');
    await settle();
    expect(screen.getByText(/will count\s+as Priya Raman’s/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Merge into Priya Raman' }));
    await settle();
    expect(await fake.people()).toHaveLength(before - 1);
    expect((await fake.person(priya.id)).merged.map(({ name }) => name)).toEqual(['Isaac Cole']);
    await user.click(detail().getByRole('button', { name: 'Take apart' }));
    await settle();
    expect(await fake.people()).toHaveLength(before);
  });

  test('an address is added', async () => {
    const { fake, user, priya } = await openPriya();
    await user.click(detail().getByRole('button', { name: 'Add a name or address' }));
    await user.type(
      await screen.findByRole('textbox', { name: /Name, address or handle/ }),
      'priya@home.example{Enter}',
    );
    await settle();
    expect((await fake.person(priya.id)).emails).toContain('priya@home.example');
  });

  test('nobody yet: it says where people come from', async () => {
    await show(People, '/people', 'empty');
    expect(screen.getByText(/People come with the meetings of your calendar/)).toBeVisible();
    await expectAccessible();
  });

  test('axe finds nothing', async () => {
    await openPriya();
    await expectAccessible();
  });
});

describe('organizations', () => {
  test('its decisions that hold, its people, its meetings', async () => {
    const { fake, user } = await show(Organizations, '/organizations');
    await user.keyboard('f');
    await user.keyboard('acme{Enter}{Enter}');
    await settle();
    const acme = await fake.organization(router.params.id ?? '');
    const holds = acme.decisions.filter(({ status }) => status === 'holds');
    expect(
      detail().getByRole('heading', { name: new RegExp(`^Decisions that hold ${holds.length}`) }),
    ).toBeVisible();
    expect(detail().getByRole('heading', { name: `People ${acme.people.length}` })).toBeVisible();
    expect(detail().getByRole('list', { name: `Meetings with ${acme.name}` })).toBeVisible();
    await expectAccessible();
  });

  test('none yet', async () => {
    await show(Organizations, '/organizations', 'empty');
    expect(screen.getByText('No organizations yet')).toBeVisible();
  });
});
