import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { openWindow, violations } from './world';

const rows = () => screen.getAllByRole('row');

test('Enter attaches the notes to the candidate chosen, and undo brings them back', async () => {
  const { user, fake } = await openWindow('/queue');
  await screen.findByRole('grid', { name: 'Meetings whose event is gone' });
  const [first] = await fake.queue();
  expect(await violations()).toEqual([]);
  const choices = await screen.findAllByRole('radio');
  expect(choices[0]).toHaveTextContent(/half an hour later/);
  await user.keyboard(']');
  await waitFor(() => expect(screen.getAllByRole('radio')[1]).toBeChecked());
  const wanted = first?.candidates[1];
  const text = fake.world.note(first?.meeting.id ?? '', 'notes').text;
  await user.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(rows()).toHaveLength(1));
  expect(fake.world.note(wanted?.meeting_id ?? '', 'notes').text).toBe(text);
  await user.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(rows()).toHaveLength(2));
  expect(fake.world.note(first?.meeting.id ?? '', 'notes').text).toBe(text);
});

test('k keeps; where nothing is left, that is said', async () => {
  const { user, fake } = await openWindow('/queue');
  await screen.findByRole('grid', { name: 'Meetings whose event is gone' });
  await user.keyboard('k');
  await waitFor(() => expect(rows()).toHaveLength(1));
  expect(within(screen.getByRole('complementary')).getByText(/No event looks like this one/)).toBeVisible();
  await user.keyboard('k');
  expect(await screen.findByText('All notes are where they belong')).toBeVisible();
  expect((await fake.syncStatus()).queue).toBe(0);
});

test('A queue that cannot be read says so, and is read again', async () => {
  const { user, fake } = await openWindow('/review');
  await screen.findByText('Demo vault');
  fake.world.failing = {
    code: 'vault_busy',
    message: 'Another program is writing to the vault.',
    hint: null,
  };
  await user.click(await screen.findByRole('link', { name: /to attach again/ }));
  window.location.hash = '#/queue';
  window.dispatchEvent(new PopStateEvent('popstate'));
  const again = await screen.findByRole('button', { name: 'Try again' });
  fake.world.failing = null;
  await user.click(again);
  expect(await screen.findByRole('grid', { name: 'Meetings whose event is gone' })).toBeVisible();
});

test('q leads to the queue from anywhere, and u takes the last one back', async () => {
  const { user } = await openWindow('/people');
  await screen.findByText('Demo vault');
  await user.keyboard('q');
  await screen.findByRole('grid', { name: 'Meetings whose event is gone' });
  await user.keyboard('k');
  await waitFor(() => expect(rows()).toHaveLength(1));
  await user.keyboard('u');
  await waitFor(() => expect(rows()).toHaveLength(2));
});
