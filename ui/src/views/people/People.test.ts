import { EditorView } from '@codemirror/view';
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { back, go, router } from '$lib/app';
import { toasts } from '$lib/app/toasts.svelte';
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

  test.each([
    ['people', People],
    ['organizations', Organizations],
  ] as const)(
    'going back from one of the %s leads to the row one left, and from there to where one was',
    async (name, view) => {
      const { user } = await show(view, '/decisions');
      go(`/${name}`);
      await settle();
      rows()[0]?.focus();
      await user.keyboard('jj');
      const row = document.activeElement;
      expect(row).toHaveAttribute('role', 'row');
      await user.keyboard('{Enter}');
      await waitFor(() => expect(document.activeElement).toHaveProperty('tagName', 'H2'));
      expect(router.params.id).toBeDefined();
      back();
      await waitFor(() => expect(router.path).toBe(`/${name}`));
      await waitFor(() => expect(document.activeElement).toBe(row));
      await user.keyboard('{Enter}');
      await waitFor(() => expect(document.activeElement).toHaveProperty('tagName', 'H2'));
      await user.keyboard('{Escape}');
      await waitFor(() => expect(document.activeElement).toBe(row));
      back();
      await waitFor(() => expect(router.path).toBe('/decisions'));
    },
  );

  test.each([
    ['people', People],
    ['organizations', Organizations],
  ] as const)('what is wrong with a name of one of the %s is told at its field', async (name, view) => {
    const { fake, user } = await show(view, `/${name}`);
    const refused = { code: 'name_taken', message: 'There is another one called Acme.', hint: 'Say which.' };
    fake.personEdit = fake.organizationRename = async () => {
      throw refused;
    };
    await waitFor(() => expect(document.querySelector('[data-detail] h2')).not.toBeNull());
    await user.click(detail().getByRole('button', { name: /^More about/ }));
    await user.click(await screen.findByRole('menuitem', { name: /^Rename/ }));
    const dialog = within(await screen.findByRole('dialog', { name: /^Rename/ }));
    const field = dialog.getByRole('textbox', { name: 'Name' });
    await user.clear(field);
    await user.keyboard('{Enter}');
    expect(dialog.getByRole('alert')).toHaveTextContent('It needs a name.');
    expect(field).toHaveAccessibleDescription('It needs a name.');
    await user.type(field, 'Acme');
    expect(dialog.queryByRole('alert')).toBeNull();
    await user.keyboard('{Enter}');
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'There is another one called Acme. Say which.',
    );
    expect(field).toHaveFocus();
    expect(toasts.list).toEqual([]);
    await expectAccessible();
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

  test('a change of job is said with its day, by name or by a domain that is new', async () => {
    const { fake, user, priya } = await openPriya();
    const change = async (since: string, to: string) => {
      await user.click(detail().getByRole('button', { name: /^More about/ }));
      await user.click(await screen.findByRole('menuitem', { name: 'Change of job' }));
      const day = await screen.findByRole('textbox', { name: 'Since' });
      if (since) await user.type(day, since);
      await user.type(screen.getByRole('combobox', { name: 'Organization' }), `${to}{Enter}`);
      await settle();
    };
    await change('1 nov', 'acme');
    let now = await fake.person(priya.id);
    expect(now.organization).toBe('Acme');
    expect(now.employments.at(-1)).toMatchObject({ organization: 'Acme', from: '2026-11-01', to: null });
    expect(await screen.findByRole('list', { name: 'Worked for' })).toHaveTextContent('until 1 Nov');
    await change('', 'harbor.example');
    now = await fake.person(priya.id);
    expect(now.employments.at(-1)).toMatchObject({ organization: 'harbor.example', from: '2026-11-19' });
    await change('no day', 'acme');
    expect(screen.getByText(/^No such day/)).toBeVisible();
    expect((await fake.person(priya.id)).organization).toBe('harbor.example');
  });

  test('the relation is changed from a menu', async () => {
    const { fake, user, priya } = await openPriya();
    await user.click(detail().getByRole('button', { name: /^Relation/ }));
    await user.click(await screen.findByRole('menuitem', { name: /Peer/ }));
    await settle();
    expect((await fake.person(priya.id)).relation).toBe('peer');
  });

  const note = async () => {
    const field = await detail().findByRole('textbox', { name: 'Running note on Priya Raman' });
    const view = EditorView.findFromDOM(field);
    if (!view) throw new Error('There is no editor.');
    return view;
  };

  test('the running note is a note like any other: it saves itself', async () => {
    const { fake, priya } = await openPriya();
    const view = await note();
    expect(view.state.doc.toString()).toBe(priya.note);
    view.dispatch({ changes: { from: 0, insert: 'Likes to be asked early.\n' }, userEvent: 'input.type' });
    await waitFor(
      async () => expect((await fake.person(priya.id)).note).toMatch(/^Likes to be asked early\.\n/),
      { timeout: 5000 },
    );
    await waitFor(() => expect(detail().getByText('Saved')).toBeVisible());
  });

  test('a running note that cannot be saved keeps the text and says so', async () => {
    const { fake } = await openPriya();
    const view = await note();
    fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: null };
    view.dispatch({ changes: { from: 0, insert: 'Kept.' }, userEvent: 'input.type' });
    await waitFor(() => expect(detail().getByText('Not saved')).toBeVisible(), { timeout: 5000 });
    expect(view.state.doc.toString()).toMatch(/^Kept\./);
    fake.world.failing = null;
  });

  test('what was written elsewhere comes into the running note', async () => {
    const { fake, priya } = await openPriya();
    const view = await note();
    await fake.personNoteSave(priya.id, 'Written on the other machine.');
    await waitFor(() => expect(view.state.doc.toString()).toBe('Written on the other machine.'));
    view.dispatch({ changes: { from: 0, insert: 'And here. ' }, userEvent: 'input.type' });
    await waitFor(
      async () => expect((await fake.person(priya.id)).note).toBe('And here. Written on the other machine.'),
      { timeout: 5000 },
    );
  });

  test('who may be the same person is told with the evidence, and merged', async () => {
    const { fake, user } = await openPriya();
    const card = detail().getByRole('list', { name: 'May be one person' });
    expect(card).toHaveTextContent('priya.raman@mail.example spells Priya Raman');
    await user.click(within(card).getByRole('button', { name: 'Merge into Priya Raman' }));
    await settle();
    expect(await fake.duplicates()).toEqual([]);
    expect(detail().queryByRole('list', { name: 'May be one person' })).toBeNull();
  });

  test('u looks at all pairs; two who are two are not offered again, unless it is undone', async () => {
    const { fake, user } = await show(People, '/people');
    await user.keyboard('u');
    const dialog = await screen.findByRole('dialog', { name: 'One person or two?' });
    await user.click(within(dialog).getByRole('button', { name: 'These are two people' }));
    await settle();
    expect(within(dialog).getByText(/Nobody is left/)).toBeVisible();
    await fake.undo(null);
    await settle();
    expect(within(dialog).getByRole('button', { name: 'These are two people' })).toBeVisible();
    await expectAccessible();
  });

  test('for whom somebody worked before is told', async () => {
    const { user } = await show(People, '/people');
    await user.keyboard('f');
    await user.keyboard('tom marsh{Enter}{Enter}');
    await settle();
    const worked = detail().getByRole('list', { name: 'Worked for' });
    expect(
      within(worked)
        .getAllByRole('listitem')
        .map((one) => one.textContent?.trim()),
    ).toEqual(['Acme since 1 Feb', 'Portico until 31 Jan']);
  });

  test('two who are one are merged after a plain word, and taken apart again', async () => {
    const { fake, user, priya } = await openPriya();
    const before = (await fake.people()).length;
    await user.click(detail().getByRole('button', { name: 'More about Priya Raman' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Merge with somebody' }));
    await user.type(await screen.findByRole('combobox', { name: 'The same person' }), 'isaac{Enter}');
    await settle();
    expect(screen.getByText(/will count\s+as Priya Raman’s/)).toBeVisible();
    const dialog = screen.getByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Merge into Priya Raman' }));
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

  test('one is called otherwise, from its menu', async () => {
    const { user } = await show(Organizations, '/organizations');
    await user.keyboard('f');
    await user.keyboard('acme{Enter}{Enter}');
    await settle();
    await user.click(detail().getByRole('button', { name: 'More about Acme' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Rename…' }));
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Acme Holding{Enter}');
    await settle();
    expect(detail().getByRole('heading', { name: 'Acme Holding' })).toBeVisible();
  });

  test('none yet', async () => {
    await show(Organizations, '/organizations', 'empty');
    expect(screen.getByText('No organizations yet')).toBeVisible();
  });

  test('how often one meets, its topics, and the way to its register', async () => {
    const { fake, user } = await show(Organizations, '/organizations');
    await user.keyboard('f');
    await user.keyboard('acme{Enter}{Enter}');
    await settle();
    const acme = (await fake.organizations()).find(({ name }) => name === 'Acme');
    const told = await fake.organization(acme?.id ?? '');
    expect(detail().getByText(/^Met .* · every /)).toBeVisible();
    // Only the last are listed; all are counted.
    expect(told.meetings_count).toBeGreaterThan(told.meetings.length);
    expect(detail().getByRole('heading', { name: `Meetings ${told.meetings_count}` })).toBeVisible();
    await user.click(detail().getByRole('button', { name: 'Register…' }));
    expect(router.path).toMatch(/^\/register\//);
  });
});
