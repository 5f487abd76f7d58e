import { EditorView } from '@codemirror/view';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import App from '../src/App.svelte';
import { go, keys, router, session } from '../src/lib/app';
import { views } from '../src/views';
import { openWindow, violations, world } from './world';

test('The window shows the vault, its views with their keys and counts, and how the calendars stand', async () => {
  const { fake } = await openWindow('/review');
  expect(await screen.findByText('Demo vault')).toBeVisible();
  const nav = screen.getByRole('navigation', { name: 'Views' });
  expect(within(nav).getByRole('link', { name: /Review/ })).toHaveAttribute('aria-current', 'page');
  const mine = await fake.actions({ view: 'mine' });
  await waitFor(() =>
    expect(within(nav).getByRole('link', { name: /^Actions/ })).toHaveTextContent(String(mine.length)),
  );
  expect(await within(nav).findByText(/^In step/)).toBeVisible();
});

test('A change made elsewhere reaches the counts', async () => {
  const { fake } = await openWindow('/review');
  const link = await screen.findByRole('link', { name: /^Actions/ });
  const before = (await fake.actions({ view: 'mine' })).length;
  await waitFor(() => expect(link).toHaveTextContent(String(before)));
  const [first] = await fake.actions({ view: 'mine' });
  await fake.actionStatus([first?.id ?? ''], 'done');
  await waitFor(() => expect(link).toHaveTextContent(String(before - 1)));
});

test('Letters and chords go to the views; letters not while one types', async () => {
  const { user } = await openWindow('/review');
  await screen.findByText('Demo vault');
  await user.keyboard('g');
  expect(router.path).toBe('/graph');
  await user.keyboard('{Control>}8{/Control}');
  expect(router.path).toBe('/review');
  await user.keyboard('/');
  await user.type(await screen.findByRole('combobox'), 'g');
  expect(router.path).toBe('/review');
});

test('A view has its own keys, also after another one', async () => {
  // Views are fetched when first gone to; here they are there already, so that no time runs out.
  await Promise.all([views.actions(), views.decisions()]);
  const { user } = await openWindow('/today');
  await screen.findByRole('main', { name: 'Day' });
  const bound = () => keys.groups.map((group) => group.name);
  await user.keyboard('a');
  await screen.findByRole('heading', { name: 'Actions' });
  expect(bound()).toContain('Actions');
  expect(bound()).not.toContain('Today');
  await user.keyboard('d');
  await screen.findByRole('heading', { name: 'What holds today' });
  expect(bound()).toContain('Decisions');
  expect(bound()).not.toContain('Actions');
}, 60_000);

test('Discreet mode hides the views, says so, and goes off by the same chord', async () => {
  await views.graph();
  const { user, fake } = await openWindow('/graph');
  await screen.findByRole('heading', { name: 'Graph' });
  await user.keyboard('{Control>}{Shift>}D{/Shift}{/Control}');
  expect(await screen.findByText('Hidden while the screen is shared')).toBeVisible();
  expect(fake.world.discreet).toBe(true);
  expect(screen.queryByRole('heading', { name: 'Graph' })).toBeNull();
  expect(screen.getByRole('button', { name: /switch it off/ })).toBeVisible();
  await user.keyboard('{Control>}{Shift>}D{/Shift}{/Control}');
  expect(await screen.findByRole('heading', { name: 'Graph' })).toBeVisible();
});

test('Only the meeting opened last is shown in discreet mode', async () => {
  await world();
  session.discreet = true;
  session.openMeeting = 'this';
  expect(session.hides('this')).toBe(false);
  expect(session.hides('other')).toBe(true);
  session.openMeeting = null;
  expect(session.hides(null)).toBe(true);
  session.discreet = false;
  expect(session.hides('other')).toBe(false);
});

test('The sync status says what is wrong', async () => {
  await openWindow('/review', 'broken');
  expect(await screen.findByText('2 accounts are not in step')).toBeVisible();
});

test('Undo outside a field takes back the last command, and says so', async () => {
  const { user, fake } = await openWindow('/review');
  await screen.findByText('Demo vault');
  const [first] = await fake.actions({ view: 'mine' });
  await fake.actionStatus([first?.id ?? ''], 'done');
  await user.keyboard('{Control>}z{/Control}');
  expect(await screen.findByText('Undone: ticked an action.')).toBeVisible();
  expect((await fake.actions({ view: 'mine' })).map((one) => one.id)).toContain(first?.id);
});

test('A letter is shown where it does what it says', async () => {
  const { user } = await openWindow('/calendar/week/2026-11-19');
  await screen.findByRole('button', { name: 'New meeting' });
  const today = within(screen.getByRole('navigation', { name: 'Views' })).getByRole('link', {
    name: /^Today/,
  });
  expect(today.querySelector('.mark')).toBeNull();
  await user.keyboard('?');
  const dialog = await screen.findByRole('dialog', { name: 'Shortcuts' });
  const keysOf = (does: string) =>
    [...(within(dialog).getByText(does).nextElementSibling?.querySelectorAll('kbd') ?? [])].map(
      (one) => one.textContent,
    );
  expect(keysOf('Back to today')).toEqual(['T', 'Alt', 'Home']);
  expect(keysOf('Today')).toEqual(['Ctrl', '1']);
  expect(keysOf('New meeting at the chosen time')).toEqual(['N', 'Alt', 'N']);
  expect(keysOf('New note, starting now')).toEqual(['Ctrl', 'Shift', 'N']);
});

test('The shortcuts say what works, by group', async () => {
  const { user } = await openWindow('/review');
  await screen.findByText('Demo vault');
  await user.keyboard('?');
  const dialog = await screen.findByRole('dialog', { name: 'Shortcuts' });
  expect(within(dialog).getByRole('heading', { name: 'Views' })).toBeVisible();
  expect(within(dialog).getByText('Discreet mode, for a shared screen')).toBeVisible();
  await user.keyboard('g');
  expect(router.path).toBe('/review');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('What a sync moved is told at the foot, put away there, and told again when another moves something', async () => {
  const { user, fake } = await openWindow('/review');
  await screen.findByText('Demo vault');
  const meetings = [...fake.world.state.meetings.values()];
  const moves = (at: number) => {
    const { id = '', title = '' } = meetings[at] ?? {};
    const [from, to] = ['2026-11-24T10:00:00+01:00', '2026-11-26T10:00:00+01:00'];
    fake.world.moved.push({ meeting_id: id, title, from, to, stays: false });
    fake.world.tell([{ kind: 'meeting', id }]);
  };
  moves(0);
  expect(await screen.findByRole('link', { name: '1 meeting moved by a sync' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'I have seen what the sync moved' }));
  await waitFor(() => expect(screen.queryByRole('link', { name: /moved by a sync/ })).toBeNull());
  // The vault knows: a window that opens it later is not told again.
  expect((await fake.syncStatus()).moved).toBe(0);
  expect(await fake.syncMoved()).toHaveLength(1);
  fake.world.movedSeen = false;
  moves(1);
  expect(await screen.findByRole('link', { name: '2 meetings moved by a sync' })).toBeVisible();
});

test('What lies under a dialog goes on showing the keys it showed', async () => {
  const { user } = await openWindow('/today');
  await screen.findByRole('main', { name: 'Day' });
  const shown = () =>
    screen.getByRole('main', { name: 'Day', hidden: true }).querySelector('kbd')?.textContent;
  const before = shown();
  await user.keyboard('{Control>}k{/Control}');
  await waitFor(() => expect(screen.getByRole('combobox')).toHaveFocus());
  expect(keys.typing).toBe(true);
  expect(shown()).toBe(before);
});

test('Started again for another vault, it asks, saves what was typed here, and opens the other where it was to begin', async () => {
  const { user, fake } = await openWindow('/today');
  await screen.findByText('Demo vault');
  const [held] = [...fake.world.state.meetings.values()];
  go(`/meeting/${held?.id}?part=notes`);
  const text = await screen.findByRole('textbox', { name: 'Notes' }, { timeout: 15_000 });
  const editor = EditorView.findFromDOM(text);
  editor?.dispatch({ changes: { from: 0, insert: 'typed at the last moment\n' } });
  const saved = vi.spyOn(fake, 'noteSave');
  const opened = vi.spyOn(fake, 'vaultOpen');
  fake.startAgain({ dir: '/home/alex/nowhere', name: 'nowhere', route: null });
  expect(await screen.findByText('There is no vault in that folder.')).toBeVisible();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(opened).not.toHaveBeenCalled();
  fake.startAgain({ dir: '/home/alex/existing', name: 'existing', route: '/actions/mine' });
  const dialog = await screen.findByRole('dialog', { name: 'Open “existing”?' });
  expect(within(dialog).getByText(/“Demo vault” is open here/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await user.click(within(dialog).getByRole('button', { name: /Open it/ }));
  expect(await screen.findByRole('heading', { name: 'Actions' })).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(saved.mock.calls.at(-1)?.[1]).toContain('typed at the last moment');
  expect(saved.mock.invocationCallOrder.at(-1)).toBeLessThan(opened.mock.invocationCallOrder[0] ?? 0);
});

test('Who is typing is asked for another vault once they pause, and Enter then opens it', async () => {
  const { user, fake } = await openWindow('/today');
  await screen.findByText('Demo vault');
  const opened = vi.spyOn(fake, 'vaultOpen');
  await user.keyboard('{Shift}');
  const typed = performance.now();
  fake.startAgain({ dir: '/home/alex/existing', name: 'existing', route: null });
  const dialog = await screen.findByRole('dialog', { name: 'Open “existing”?' });
  expect(performance.now() - typed).toBeGreaterThan(500);
  await waitFor(() => expect(within(dialog).getByRole('button', { name: /Open it/ })).toHaveFocus());
  await user.keyboard('{Enter}');
  await waitFor(() => expect(opened).toHaveBeenCalledWith('/home/alex/existing'));
});

test('What was typed before the program ended is said once, and where it is', async () => {
  const fake = await world('demo');
  const found = { meeting_id: '1', person_id: null, part: 'notes' as const };
  fake.world.takenUp.push(
    { ...found, title: 'New York portfolio call', is_saved: true },
    { ...found, title: 'Staff', is_saved: false },
  );
  await session.start();
  go('/today');
  render(App);
  expect(await screen.findByText(/What was typed at “New York portfolio call” is there now\./)).toBeVisible();
  expect(screen.getByText(/What was typed at “Staff” before Throughline ended is not saved/)).toBeVisible();
  expect(session.boot?.taken_up).toEqual([]);
});

test('Asked for another vault, one may stay', async () => {
  const { user, fake } = await openWindow('/today');
  await screen.findByText('Demo vault');
  fake.startAgain({ dir: '/home/alex/existing', name: 'existing', route: null });
  await user.click(await screen.findByRole('button', { name: 'Stay here' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.getByText('Demo vault')).toBeVisible();
});

test('Back from a sentence, the list is as it was left: what was typed, and the row one came from', async () => {
  const { user } = await openWindow('/actions/mine');
  await screen.findByRole('grid', { name: /Actions/ });
  await waitFor(() => expect(document.querySelectorAll('[role="row"][data-at]').length).toBeGreaterThan(3));
  await user.keyboard('f');
  await user.keyboard('the');
  const current = () => document.querySelector('[role="row"][aria-current="true"]');
  await waitFor(() => expect(screen.getByRole('grid', { name: /Actions/ })).toBeVisible());
  await user.keyboard('{Escape}');
  (document.activeElement as HTMLElement | null)?.blur();
  await user.keyboard('jjj');
  await waitFor(() => expect(current()).not.toBeNull());
  const left = current()?.textContent;
  const many = document.querySelectorAll('[role="row"][data-at]').length;
  await user.keyboard('{Enter}');
  await waitFor(() => expect(router.view).toBe('meeting'));
  await waitFor(() => expect(screen.queryByRole('grid', { name: /Actions/ })).toBeNull());
  history.back();
  await screen.findByRole('grid', { name: /Actions/ });
  await waitFor(() => expect(current()?.textContent).toBe(left));
  expect(document.querySelectorAll('[role="row"][data-at]')).toHaveLength(many);
  // Gone to anew, it begins at its beginning.
  go('/today');
  await screen.findByRole('main', { name: 'Day' });
  go('/actions/mine');
  await screen.findByRole('grid', { name: /Actions/ });
  expect(current()).toBeNull();
});
