import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { router } from '$lib/app';
import { expectAccessible, settle, show } from '../../../tests/show';
import Graph from './Graph.svelte';

const stage = () => screen.getByRole('application');
const says = () => within(stage()).getByRole('status').textContent ?? '';
const shown = () => Number(/(\d+) shown/.exec(document.body.textContent ?? '')?.[1]);

async function around(name: string) {
  const { fake, ...rest } = await show(Graph, '/graph', (fake) => void fake);
  const person = (await fake.people()).find((one) => one.name === name);
  await rest.user.keyboard('f');
  await rest.user.keyboard(`${name.toLowerCase()}{Enter}`);
  await settle();
  await waitFor(() => expect(router.query.id).toBe(person?.id));
  await settle();
  return { fake, person, ...rest };
}

describe('the picture', () => {
  test('begins with the user, and with what their meetings hold', async () => {
    const { fake } = await show(Graph, '/graph');
    await settle();
    const me = (await fake.boot()).vault?.me;
    await waitFor(() => expect(says()).toContain(me?.name ?? '-'));
    expect(says()).toMatch(/person · \d+ connections · \d+ more/);
    expect(shown()).toBeGreaterThan(20);
  });

  test('arrows go between neighbours, Home comes back, Enter opens', async () => {
    const { user } = await around('Priya Raman');
    stage().focus();
    await user.keyboard('{ArrowUp}');
    await settle();
    expect(says()).not.toMatch(/^Priya Raman/);
    await user.keyboard('{Home}');
    await settle();
    expect(says()).toMatch(/^Priya Raman/);
    await user.keyboard('{Enter}');
    await settle();
    expect(router.path).toMatch(/^\/people\//);
  });

  test('+ goes one step further, and nobody loses their connections', async () => {
    const { user } = await around('Tom Marsh');
    const before = shown();
    stage().focus();
    await user.keyboard('+');
    await settle();
    expect(shown()).toBeGreaterThan(before);
  });

  test('a kind is taken away and comes back', async () => {
    const { user } = await around('Tom Marsh');
    const box = screen.getByRole('checkbox', { name: /Meetings/ });
    const before = shown();
    await user.click(box);
    await settle();
    expect(shown()).toBeLessThan(before);
    await user.click(box);
    await settle();
    expect(shown()).toBe(before);
  });

  test('the time narrows what is asked for', async () => {
    const { fake } = await around('Tom Marsh');
    const until = screen.getByRole('slider', { name: 'Until' });
    expect(until).toHaveAttribute('aria-valuetext', 'today');
    await fireEvent.change(until, { target: { value: '12' } });
    await settle();
    expect(until).toHaveAttribute('aria-valuetext', '31 Dec 2025');
    const dates = () => [...document.querySelectorAll('aside .when')].map((one) => one.textContent ?? '');
    await waitFor(() => expect(dates().filter((date) => !date.includes('2025'))).toEqual([]));
    expect(dates().length).toBeGreaterThan(0);
    expect(fake.world.today).toMatch(/^2026/);
  });
});

test('p shows how two are connected, step by step, and Escape ends it', async () => {
  const { user } = await around('Priya Raman');
  await user.keyboard('p');
  await user.keyboard('erin{Enter}');
  await settle();
  const way = screen.getByRole('list', { name: /The path/ });
  const steps = within(way).getAllByRole('listitem');
  expect(steps[0]).toHaveTextContent('Priya Raman');
  expect(steps.at(-1)).toHaveTextContent('Erin Walsh');
  stage().focus();
  await user.keyboard('{Escape}');
  await settle();
  expect(screen.queryByRole('list', { name: /The path/ })).toBeNull();
});

test('L says the same as a list, with what hangs on each', async () => {
  const { user } = await around('Priya Raman');
  const before = shown();
  await user.keyboard('l');
  await settle();
  const rows = [...document.querySelectorAll('[role="row"][data-at]')];
  expect(rows).toHaveLength(before);
  expect(rows.some((row) => /At: .* and \d+ more/.test(row.textContent ?? ''))).toBe(true);
  await expectAccessible();
  await user.keyboard('l');
  await settle();
  expect(stage()).toBeVisible();
});

test('an empty vault, a failure', async () => {
  await show(Graph, '/graph', 'empty');
  await settle();
  expect(screen.getByText(/Nothing hangs on|Nothing to draw yet/)).toBeVisible();
  await expectAccessible();
});

test('a failure says what to do', async () => {
  await show(Graph, '/graph?kind=person&id=nobody', (fake) => {
    fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: null };
  });
  expect(await screen.findByRole('alert')).toHaveTextContent('Another program is writing.');
});

test('axe finds nothing', async () => {
  await around('Priya Raman');
  await expectAccessible();
});
