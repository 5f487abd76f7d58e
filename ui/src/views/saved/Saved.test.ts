import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { router } from '$lib/app';
import { toasts } from '$lib/app/toasts.svelte';
import type { QueryKey } from '$lib/backend/types';
import { expectAccessible, sentenceOf, settle, show } from '../../../tests/show';
import { namingAt, offersAt } from './complete';
import Saved from './Saved.svelte';
import { pause } from './saved.svelte';

const acme = '/saved/Acme%2C%20not%20revisited';
const rows = () => [...document.querySelectorAll<HTMLElement>('[role="row"][data-at]')];
const line = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Query' });
const asked = async () => {
  await new Promise((done) => setTimeout(done, pause + 30));
  await settle();
};

describe('a saved query', () => {
  test('a new one begins in its line; what is typed next is no command', async () => {
    const { user } = await show(Saved, '/saved');
    await settle();
    expect(line()).toHaveFocus();
    await user.keyboard('people org:acme');
    expect(line()).toHaveValue('people org:acme');
    expect(router.view).toBe('saved');
  });

  test('what can stand in the line is offered as one types, and lies over nothing else', async () => {
    const { user } = await show(Saved, '/saved');
    await settle();
    const offers = () => document.querySelectorAll('[role="listbox"]:not([hidden]) [role="option"]').length;
    expect(line()).toHaveFocus();
    expect(offers()).toBe(0);
    expect(screen.getByRole('region', { name: 'Saved' })).toHaveTextContent('Acme, not revisited');
    await user.keyboard('people ');
    expect(offers()).toBeGreaterThan(3);
    await user.keyboard('{Escape}');
    expect(offers()).toBe(0);
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(offers()).toBeGreaterThan(3);
    await user.keyboard('org:acme');
    await asked();
    await user.keyboard('{Control>}s{/Control}');
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'At Acme{Enter}');
    await settle();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    line().focus();
    await settle();
    expect(offers()).toBe(0);
  });

  test('a row shows how its item stands', async () => {
    const { fake } = await show(Saved, '/saved?q=decisions%20status:superseded');
    await settle();
    const told = await fake.queryRun('decisions status:superseded');
    expect(told.rows.every(({ status }) => status === 'superseded')).toBe(true);
    expect(screen.getAllByLabelText('decision, superseded')).toHaveLength(rows().length);
  });

  test('its line, its sentence, its rows, and why each is there', async () => {
    const { fake, user } = await show(Saved, acme);
    await settle();
    const told = await fake.queryRun('Acme, not revisited');
    expect(line()).toHaveValue(told.expression);
    expect(screen.getByText(told.explained)).toBeVisible();
    expect(rows()).toHaveLength(told.rows.length);
    await user.keyboard('j');
    expect(sentenceOf(document.activeElement)).toMatch(/^Acme answers first/);
    expect(screen.getByRole('complementary', { name: 'Why it is here' })).toHaveTextContent(
      'Acme steering committee',
    );
    await expectAccessible();
    await user.keyboard('{Enter}');
    await settle();
    expect(router.path).toBe(`/decisions/${told.rows[0]?.id}`);
  });

  test('a row of each kind opens where it is shown', async () => {
    const { fake, user } = await show(Saved, '/saved?q=actions%20status:open%20owner:me');
    await settle();
    const [first] = (await fake.queryRun('actions status:open owner:me')).rows;
    const { item } = await fake.trace(first?.id ?? '');
    await user.keyboard('j{Enter}');
    await waitFor(() => expect(router.path).toBe(`/meeting/${item.meeting_id}`));
    expect(router.query.line).toBe(String(item.line));
  });

  test('changed and saved under its name; undo brings the old line back', async () => {
    const { fake, user } = await show(Saved, acme);
    await settle();
    await user.click(line());
    await user.keyboard(' topic:acme/scope{Escape}');
    await asked();
    expect(rows()).toHaveLength(5);
    await user.keyboard('{Control>}s{/Control}');
    await settle();
    expect((await fake.queryRun('Acme, not revisited')).rows).toHaveLength(5);
    expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull();
    await fake.undo(null);
    await settle();
    expect(line()).toHaveValue('decisions org:acme status:holds revisited>6m');
  });

  test('renamed: one step to undo; deleted: what stood there stays in the line', async () => {
    const { fake, user } = await show(Saved, acme);
    await settle();
    await user.keyboard('e');
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Acme, old{Enter}');
    await settle();
    expect(router.params.name).toBe('Acme, old');
    expect((await fake.queries()).map((one) => one.name)).not.toContain('Acme, not revisited');
    expect(toasts.list.at(-1)).toMatchObject({ undo: [expect.any(Number)] });
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    await settle();
    expect((await fake.queries()).map((one) => one.name)).not.toContain('Acme, old');
    expect(line()).toHaveValue('decisions org:acme status:holds revisited>6m');
    expect(toasts.list.at(-1)).toMatchObject({ text: 'Deleted “Acme, old”.', undo: [expect.any(Number)] });
  });

  test('one that is not there says so, and leads to a new one', async () => {
    const { user } = await show(Saved, '/saved/Nothing');
    await user.click(screen.getByRole('button', { name: 'New query' }));
    await settle();
    expect(screen.getByRole('heading', { name: 'Ask the network' })).toBeVisible();
    await expectAccessible();
  });
});

describe('a new one', () => {
  test('is written by completion alone, and saved under a name', async () => {
    const { fake, user } = await show(Saved, '/saved');
    await settle();
    expect(line()).toHaveFocus();
    await user.keyboard('peo{ArrowDown}{Enter}');
    expect(line()).toHaveValue('people ');
    await user.keyboard('rel{Tab}');
    expect(line()).toHaveValue('people relation:');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(line()).toHaveValue('people relation:report ');
    await user.keyboard('{Escape}');
    await asked();
    expect(rows()).toHaveLength((await fake.queryRun('people relation:report')).rows.length);
    await user.keyboard('{Control>}s{/Control}');
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'My reports{Enter}');
    await settle();
    expect(router.params.name).toBe('My reports');
    expect((await fake.queryRun('My reports')).expression).toBe('people relation:report');
  });

  test('names of people, organizations and topics are completed too', async () => {
    const { user } = await show(Saved, '/saved');
    await settle();
    await user.click(line());
    await user.keyboard('actions owner:pri');
    await screen.findByRole('option', { name: /^owner:priya\s+Priya Raman/ });
    const first = screen.getAllByRole('option')[0]?.querySelector('code')?.textContent;
    expect(first).toMatch(/^owner:priya/);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(line()).toHaveValue(`actions ${first} `);
    await user.keyboard('org:harb');
    await screen.findByRole('option', { name: /Harbor Ventures/ });
    await user.keyboard('{ArrowDown}{Enter}');
    expect(line()).toHaveValue(`actions ${first} org:"Harbor Ventures" `);
  });

  test('what is wrong is said at the line, with what there is; it cannot be saved', async () => {
    const { user } = await show(Saved, '/saved');
    await settle();
    await user.click(line());
    await user.keyboard('people colour:red{Enter}');
    await settle();
    expect(screen.getByText('“colour” is not known of people.')).toBeVisible();
    expect(line()).toHaveAccessibleDescription(/There are name, relation/);
    expect(line()).toHaveAttribute('aria-invalid', 'true');
    expect(screen.getByRole('button', { name: /^Save as/ })).toBeDisabled();
    await expectAccessible();
  });

  test('an example asks itself; one that finds nothing says so', async () => {
    const { user } = await show(Saved, '/saved');
    await settle();
    await user.click(screen.getByRole('button', { name: /without a purpose/ }));
    await settle();
    expect(line()).toHaveValue('meetings purpose:none from:today-28 to:today');
    expect(rows().length).toBeGreaterThan(5);
    await user.keyboard(' attendees>900{Enter}');
    await settle();
    expect(screen.getByText('Nothing answers it')).toBeVisible();
  });

  test('a vault that cannot be read is a failure, not a wrong line', async () => {
    const { fake, user } = await show(Saved, acme, (fake) => {
      fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: null };
    });
    fake.world.failing = null;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    await settle();
    expect(rows()).toHaveLength(9);
  });
});

describe('completion', () => {
  const keys: QueryKey[] = [
    {
      kind: 'people',
      key: 'relation',
      does: 'what they are',
      examples: ['relation:report', 'relation:none'],
    },
    { kind: 'people', key: 'last-1:1', does: 'the last 1:1', examples: ['people last-1:1>3w'] },
    { kind: 'people', key: 'org', does: 'where', examples: ['acme'] },
    { kind: 'actions', key: 'owner', does: 'whose', examples: ['owner:me'] },
  ];
  const at = (text: string) => offersAt(text, text.length, keys).map(({ insert }) => insert);

  test.each([
    ['', ['people ', 'actions ']],
    ['pe', ['people ']],
    ['people ', ['relation:', 'last-1:1>', 'org:']],
    ['people -la', ['-last-1:1>']],
    ['people last-1:1', ['last-1:1>']],
    ['people last-1:1>', ['last-1:1>3w ']],
    ['people -relation:n', ['-relation:none ']],
    ['people org:', ['org:acme ']],
    ['people owner', []],
    ['cats ', []],
  ])('“%s”: %j', (text, offers) => {
    expect(at(text)).toEqual(offers);
  });

  test('a name is one only after a key that takes names', () => {
    expect(namingAt('people -org:ac', 14)).toMatchObject({
      names: 'organization',
      typed: 'ac',
      before: '-org:',
      from: 7,
    });
    expect(namingAt('actions owner:@pri', 18)).toMatchObject({ names: 'person', typed: 'pri', to: 18 });
    expect(namingAt('people relation:re', 18)).toBeNull();
    expect(namingAt('people last-1:1', 15)).toBeNull();
  });

  test('in the midst of a line, the word at the caret is the one replaced', () => {
    const [offer] = offersAt('people rel org:acme', 10, keys);
    expect(offer).toMatchObject({ from: 7, to: 10, insert: 'relation:' });
  });
});
