import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { keys, router } from '$lib/app';
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

  test('a first one has something of each kind, and every edge among what is drawn', async () => {
    const edges = vi.fn();
    await show(Graph, '/graph', (fake) => {
      const { graphEdges } = fake;
      fake.graphEdges = async (nodes) => {
        edges(nodes);
        return graphEdges(nodes);
      };
    });
    await settle();
    const counts = [...document.querySelectorAll('fieldset .count')].map((one) => one.textContent);
    expect(counts.slice(0, 2).every((one) => Number(one) > 0)).toBe(true);
    expect(Number(counts[3])).toBeGreaterThan(2);
    expect(Number(counts[4]) + Number(counts[5]) + Number(counts[6])).toBeGreaterThan(5);
    expect(shown()).toBeLessThan(61);
    expect(edges.mock.lastCall?.[0]).toHaveLength(shown());
  });

  test('Shift with arrows moves the picture and not the choice, . and , go near and far, and it is in the overlay', async () => {
    const sizes = { clientWidth: 800, clientHeight: 600 };
    for (const [name, value] of Object.entries(sizes))
      vi.spyOn(HTMLElement.prototype, name as 'clientWidth', 'get').mockReturnValue(value);
    const { user } = await around('Priya Raman');
    const frames = () => new Promise((done) => setTimeout(done, 60));
    const put = () => document.querySelector<HTMLElement>('.host canvas')?.style.transform;
    await frames();
    const before = says();
    stage().focus();
    await user.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}');
    await frames();
    expect(put()).toBe('translate(-80px, -80px) scale(1)');
    expect(says()).toBe(before);
    expect(keys.groups.flatMap(({ bindings }) => bindings.map(({ does }) => does))).toContain(
      'Move the picture',
    );
    vi.restoreAllMocks();
  });

  test('what is selected folds into a line under the picture, and comes back', async () => {
    const { user } = await around('Priya Raman');
    expect(screen.getByRole('complementary')).toHaveTextContent('Priya Raman');
    await user.keyboard('i');
    await settle();
    expect(screen.queryByRole('complementary')).toBeNull();
    const dock = screen.getByRole('region', { name: 'Selected' });
    expect(dock).toHaveTextContent('Priya Raman');
    await expectAccessible();
    await user.click(within(dock).getByRole('button', { name: /Details/ }));
    await settle();
    expect(screen.getByRole('complementary')).toHaveTextContent('Priya Raman');
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
