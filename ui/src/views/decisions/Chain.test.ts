import { render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Decision } from '$lib/backend/types';
import Chain from './Chain.svelte';

const decision = (id: string, text: string, day: string) =>
  ({
    id,
    text,
    status: 'superseded',
    topics: [],
    decided_by: [],
    present: [],
    meeting_id: `m${id}`,
    meeting_title: 'Talk',
    meeting_date: day,
    revisit: null,
    rationale: null,
    supersedes: null,
    superseded_by: null,
  }) as unknown as Decision;

test('two that took one place stand in lines of their own, the newest of each first', () => {
  const chain = [
    decision('1', 'Paint it red', '2026-08-01'),
    decision('2', 'Paint it blue', '2026-09-01'),
    decision('3', 'Paint it green', '2026-10-01'),
  ];
  const branches = [
    { line: ['1', '2'], supersedes: null, superseded_by: null },
    { line: ['3'], supersedes: '1', superseded_by: null },
  ];
  render(Chain, { chain, branches, current: '2' });
  const said = (list: HTMLElement) =>
    within(list)
      .getAllByText(/^Paint it/)
      .map((one) => one.textContent?.replace('decision, superseded: ', '').trim());
  expect(screen.getAllByRole('list').map(said)).toEqual([
    ['Paint it blue', 'Paint it red'],
    ['Paint it green'],
  ]);
  expect(screen.getByText(/In the place of “Paint it red”, too:/)).toBeVisible();
});
