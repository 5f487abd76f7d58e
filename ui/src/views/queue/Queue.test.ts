import { screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
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

test('a candidate that hardly fits is offered and not chosen, so that no Enter puts notes into it', async () => {
  const { fake, user } = await show(Queue, '/queue');
  const { world } = fake;
  const [gone, near] = [...world.state.meetings.values()];
  if (!gone || !near) throw new Error('two meetings');
  const candidate = (meeting: typeof gone, score: number) => ({
    meeting_id: meeting.id,
    title: meeting.title,
    start: meeting.start,
    score,
    why: '2 people in common, same day',
  });
  const relinked = vi.spyOn(fake, 'relink');
  world.state.queue.clear();
  world.state.queue.set(gone.id, [candidate(near, 0.48)]);
  world.tell([{ kind: 'meeting', id: gone.id }]);
  await settle();
  const radio = screen.getByRole('radio', { name: new RegExp(near.title) });
  expect(radio).not.toBeChecked();
  expect(screen.getByRole('button', { name: /^Attach/ })).toBeDisabled();
  await user.click(radio);
  expect(radio).toBeChecked();
  expect(screen.getByRole('button', { name: /^Attach/ })).toBeEnabled();
  expect(relinked).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: /^Attach/ }));
  expect(relinked).toHaveBeenCalledOnce();
});
