import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { expectAccessible, settle, show } from '../../../tests/show';
import Queue from './Queue.svelte';

test('what the last sync moved is listed, and taken back whatever was done since', async () => {
  const { fake, user } = await show(Queue, '/queue');
  expect(screen.queryByRole('heading', { name: 'Moved by the last sync' })).toBeNull();
  const { world } = fake;
  const [meeting] = [...world.state.meetings.values()];
  if (!meeting) throw new Error('a meeting');
  world.moved = [
    {
      meeting_id: meeting.id,
      title: meeting.title,
      stays: false,
      from: '2026-12-08T10:00:00+01:00',
      to: '2026-12-10T14:00:00+01:00',
    },
  ];
  world.tell([{ kind: 'meeting', id: meeting.id }]);
  await settle();
  expect(screen.getByRole('heading', { name: 'Moved by the last sync' })).toBeVisible();
  expect(screen.getByRole('link', { name: meeting.title })).toBeVisible();
  expect(screen.getByText(/10:00 → .*14:00/)).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole('button', { name: 'Take it back' }));
  await settle();
  expect(await fake.syncMoved()).toEqual([]);
  expect(screen.queryByRole('heading', { name: 'Moved by the last sync' })).toBeNull();
});
