import { render, screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, test } from 'vitest';
import { go, router } from '../src/lib/app';
import { openOperator, queryText, strangeWords, takeOperators } from '../src/lib/domain/search/query';
import HitLine from '../src/lib/domain/search/HitLine.svelte';
import { pieces, plainSnippet, signOf } from '../src/lib/domain/search/hits';
import { openWindow, violations, world } from './world';

async function openPalette(route = '/review') {
  const opened = await openWindow(route);
  await screen.findByText('Demo vault');
  await opened.user.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox', { name: 'Search and commands' });
  await waitFor(() => expect(field).toHaveFocus());
  return { ...opened, field };
}

const options = () => screen.getAllByRole('option');
const chosen = () => options().find((one) => one.getAttribute('aria-selected') === 'true');

test('Empty, it offers what is still to come today and commands with their keys', async () => {
  await openPalette();
  expect(await screen.findByRole('option', { name: /1:1 with Priya/ })).toBeVisible();
  expect(screen.queryByRole('option', { name: /Vendor demo: Portico/ })).toBeNull();
  expect(screen.getByRole('option', { name: /Settings/ })).toBeVisible();
});

test('What was open before comes first', async () => {
  const { user, fake } = await openWindow('/review');
  await screen.findByText('Demo vault');
  const [priya] = (await fake.people()).filter((one) => one.handle === 'priya');
  window.location.hash = `#/people/${priya?.id}`;
  window.dispatchEvent(new PopStateEvent('popstate'));
  await waitFor(() => expect(router.params.id).toBe(priya?.id));
  await user.keyboard('{Control>}8{/Control}{Control>}k{/Control}');
  await waitFor(() => expect(options()[0]).toHaveTextContent('Priya Raman'));
});

test('Results stand there as soon as they are answered, and Enter opens the first', async () => {
  const { user, field } = await openPalette();
  await user.type(field, 'tom marsh');
  await waitFor(() => expect(chosen()).toHaveTextContent('Tom Marsh'));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(router.view).toBe('people'));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('A late answer to an older question does not replace the newer', async () => {
  const { fake, field, user } = await openPalette();
  const search = fake.search;
  const held: (() => void)[] = [];
  fake.search = async (text) => {
    if (text === 'a') await new Promise<void>((go) => held.push(go));
    return search(text);
  };
  await user.type(field, 'a');
  await user.type(field, 'tlas');
  await waitFor(() => expect(options()[0]).toHaveTextContent(/atlas/i));
  const before = options().map((one) => one.textContent);
  held.forEach((go) => go());
  await new Promise((done) => setTimeout(done, 20));
  await tick();
  expect(options().map((one) => one.textContent)).toEqual(before);
});

test('Operators become chips; Backspace takes them off', async () => {
  const { user, field } = await openPalette();
  await user.type(field, 'kind:decision flat');
  expect(await screen.findByRole('button', { name: 'Remove kind decision' })).toBeVisible();
  expect(field).toHaveValue('flat');
  await waitFor(() => expect(chosen()).toHaveTextContent(/Flat fee/));
  await user.clear(field);
  await user.type(field, '{Backspace}');
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Remove kind decision' })).toBeNull());
});

test('An operator being typed offers what it may be', async () => {
  const { user, field } = await openPalette();
  await user.type(field, 'person:priy');
  const offered = await screen.findByRole('option', { name: /priya/ });
  expect(offered).toHaveTextContent('Priya Raman');
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('button', { name: 'Remove person priya' })).toBeVisible();
});

test('A command is found by its words and run', async () => {
  const { user, field } = await openPalette();
  await user.type(field, 'sett');
  await waitFor(() => expect(chosen()).toHaveTextContent('Settings'));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(router.view).toBe('settings'));
});

test('A decision opens its page; an action its sentence', async () => {
  const { user, field, fake } = await openPalette();
  await user.type(field, 'kind:action second headcount');
  await waitFor(() => expect(chosen()).toHaveTextContent(/second headcount/));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(router.view).toBe('meeting'));
  const [hit] = (await fake.search('kind:action second headcount')).hits;
  const action = fake.world.state.actions.get(hit?.id ?? '');
  expect(router.query).toEqual({ part: 'notes', line: String(action?.line) });
});

test('Control and Enter shows all results on a page of their own', async () => {
  const { user, field } = await openPalette();
  await user.type(field, 'acme');
  await waitFor(() => expect(options().length).toBeGreaterThan(5));
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(router.path).toBe('/search'));
  const grid = await screen.findByRole('grid', { name: 'Results' });
  expect(within(grid).getAllByRole('row').length).toBeGreaterThan(9);
  expect(await violations()).toEqual([]);
});

test('In discreet mode it finds nothing but commands', async () => {
  const { user, field, fake } = await openPalette();
  await fake.setDiscreet(true);
  await user.type(field, 'acme');
  await screen.findByText(/Nothing found/);
  expect(screen.queryAllByRole('option')).toEqual([]);
});

test('A failing search says so and keeps what was typed', async () => {
  const { user, field, fake } = await openPalette();
  fake.world.failing = {
    code: 'vault_busy',
    message: 'Another program is writing to the vault.',
    hint: 'Try again.',
  };
  await user.type(field, 'acme');
  expect(await screen.findByText(/Another program is writing/)).toBeVisible();
  expect(field).toHaveValue('acme');
});

test('It is what axe wants', async () => {
  const { user, field } = await openPalette();
  await user.type(field, 'acme');
  await waitFor(() => expect(options().length).toBeGreaterThan(5));
  expect(await violations()).toEqual([]);
});

test('Operators are read where a space ends them', () => {
  expect(takeOperators('kind:decision flat')).toEqual({
    chips: [{ name: 'kind', value: 'decision' }],
    rest: 'flat',
  });
  expect(takeOperators('kind:decision')).toEqual({ chips: [], rest: 'kind:decision' });
  expect(takeOperators('org:"Harbor Ventures" price')).toMatchObject({
    chips: [{ value: 'Harbor Ventures' }],
    rest: 'price',
  });
  expect(takeOperators('http://x y').chips).toEqual([]);
  expect(openOperator('flat kind:de')).toEqual({ name: 'kind', value: 'de' });
  expect(queryText([{ name: 'org', value: 'Harbor Ventures' }], ' price ')).toBe(
    'org:"Harbor Ventures" price',
  );
});

test('Found words are marked as text, whatever the text is', () => {
  expect(pieces('a \u0001<b>\u0002 c')).toEqual([
    { text: 'a ', found: false },
    { text: '<b>', found: true },
    { text: ' c', found: false },
  ]);
  expect(pieces('torn \u0001 mark')).toEqual([
    { text: 'torn ', found: false },
    { text: ' mark', found: false },
  ]);
});

test('What is closed or superseded has its own sign, and says so', async () => {
  expect(signOf('action', 'done')).toBe('done');
  expect(signOf('decision', 'superseded')).toBe('superseded');
  expect(signOf('decision', 'holds')).toBe('decision');
  expect(signOf('action')).toBe('action');
  const fake = await world();
  const old = (await fake.search('kind:decision org:acme')).hits.find((hit) => hit.status === 'superseded');
  if (!old) throw new Error('no superseded decision');
  render(HitLine, { hit: old });
  expect(screen.getByRole('img', { name: 'decision' })).toHaveClass('superseded');
  expect(screen.getByText('superseded')).toBeVisible();
});

test.each([
  ['action', '@tom send the revised schedule due:2026-11-20 #acme', 'Send the revised schedule', 'schedule'],
  [
    'decision',
    'invoices **quarterly**, in euro #acme revisit in 3 months @tom @lena',
    'Invoices quarterly, in euro',
    'euro',
  ],
  ['question', 'who signs for @lena? #acme', 'Who signs for @lena?', 'signs'],
  ['meeting', 'acme steering @ noon', 'acme steering @ noon', 'steering'],
])('A hit tells an item as lists do, with what was found marked: %s', (kind, title, told, found) => {
  const hit = {
    kind,
    id: 'x',
    title,
    snippet: title.replace(found, `\u0001${found}\u0002`),
    meeting_id: null,
    note_part: null,
    date: null,
    score: 1,
    status: null,
    owners: kind === 'action' ? [{ person_id: 't', name: 'Tom Marsh', handle: 'tom', inferred: false }] : [],
  };
  const { container } = render(HitLine, { hit });
  expect(container.querySelector('.title')).toHaveTextContent(new RegExp(`^${told.replace('?', '\\?')}$`));
  expect(container.querySelector('mark')).toHaveTextContent(found);
  expect(container.querySelector('.snippet')).toBeNull();
  if (kind === 'action') expect(screen.getByText('Tom')).toBeVisible();
});

test('A snippet of a note is read without the signs it is written with', () => {
  expect(
    plainSnippet(
      '…like those for people\n- [ ] @lucia list of \u0001tokens\u0002 due:2026-11-20 ^k7m2xq\n  => **kept**\n',
    ),
  ).toBe('…like those for people · @lucia list of \u0001tokens\u0002 · kept');
});

test('Words that look like an operator and are none are said, addresses and times are not', () => {
  expect(strangeWords('is:open invoices')).toMatch(/^“is:” is no operator.*kind:, person:, org:/);
  expect(strangeWords('kind:deci at 10:30 https://a.example')).toBe('');
});

test('A value that nothing is called is said, with what may be meant, and taken off', async () => {
  const { user, fake } = await openWindow('/review');
  await screen.findByText('Demo vault');
  go('/search?q=person%3Apriyo%20budget');
  expect(await screen.findByText(/There is no person/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  await user.click(await screen.findByRole('button', { name: 'Priya Raman' }));
  await waitFor(() => expect(screen.queryByText(/There is no person/)).toBeNull());
  expect(screen.getByRole('button', { name: 'Remove person priya' })).toBeVisible();
  go('/search?q=person%3Anobody%20budget');
  await user.click(await screen.findByRole('button', { name: 'Without person:nobody' }));
  await waitFor(() => expect(router.query.q).toBe('budget'));
  await user.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox', { name: 'Search and commands' });
  await user.type(field, 'person:priyo budget');
  expect(await screen.findByText(/There is no person/)).toBeVisible();
  await waitFor(() => expect(chosen()).toHaveTextContent('Priya Raman'));
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('button', { name: 'Remove person priya' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Remove person priyo' })).toBeNull();
  expect(fake.world.failing).toBeNull();
});

test('A saved query is gone to by its name', async () => {
  const { user, field } = await openPalette();
  await user.type(field, 'acme not');
  await waitFor(() =>
    expect(options().map((one) => one.textContent)).toContainEqual(
      expect.stringContaining('Acme, not revisited'),
    ),
  );
  await user.click(screen.getByRole('option', { name: /^Acme, not revisited/ }));
  await waitFor(() => expect(router.params.name).toBe('Acme, not revisited'));
});

test('Of the meetings of one name the best stands in the palette; the page has them all', async () => {
  const { user, field, fake } = await openPalette();
  const { hits } = await fake.search('kind:meeting platform stand-up');
  expect(hits.length).toBeGreaterThan(3);
  await user.type(field, 'kind:meeting platform stand-up');
  await waitFor(() => expect(options()[0]).toHaveTextContent('Platform stand-up'));
  expect(options().filter((one) => one.textContent?.includes('Platform stand-up'))).toHaveLength(1);
  expect(screen.getByRole('option', { name: new RegExp(`All ${hits.length} results`) })).toBeVisible();
});
