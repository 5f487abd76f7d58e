import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { NewPerson } from '$lib/backend/types';
import NewPeople from './NewPeople.svelte';

afterEach(cleanup);

const people = (many: number): NewPerson[] =>
  Array.from({ length: many }, (_, at) => ({
    id: `p${at}`,
    handle: `person-${at}`,
    name: `Person ${at}`,
    emails: [],
    aliases: [],
    organization: null,
    organization_id: null,
    relation: 'none',
    is_me: false,
    through: null,
  }));

test('Of a hall full of new people some are named, the rest where one asks', async () => {
  const user = userEvent.setup();
  render(NewPeople, { people: people(200) });
  expect(screen.getByRole('heading')).toHaveTextContent('New in the room 200');
  expect(screen.getAllByRole('listitem')).toHaveLength(6);
  await user.click(screen.getByRole('button', { name: '194 more of New in the room' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(200);
  await user.click(screen.getByRole('button', { name: 'Fewer of New in the room' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(6);
});

test('One more is named rather than counted', () => {
  render(NewPeople, { people: people(7) });
  expect(screen.getAllByRole('listitem')).toHaveLength(7);
  expect(screen.queryByRole('button')).toBeNull();
});
