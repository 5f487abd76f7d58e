import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { toasts } from '$lib/app/toasts.svelte';
import { router } from '$lib/app';
import type { Fake } from '$lib/backend/fake';
import { expectAccessible, settle, show } from '../../../tests/show';
import Register from './Register.svelte';
import { byName } from './flags';

const acme = '01a1f350-2bc0-73d4-95eb-c49ecd107222';
const entries = () => [...document.querySelectorAll('article')];

async function open(world?: (fake: Fake) => void) {
  return show(Register, `/register/${acme}`, world);
}

describe('the register of a client', () => {
  test('holds what the client was there for, the head of the chain, and nothing private', async () => {
    const { fake } = await open();
    const made = await fake.register(acme, {});
    expect(entries()).toHaveLength(made.entries.length);
    expect(screen.getByText(made.head)).toBeVisible();
    const privates = [...fake.world.state.actions.values()].filter((one) => one.note_part === 'private');
    for (const { text } of privates) expect(document.body).not.toHaveTextContent(text);
  });

  test('reasons are in it when asked for', async () => {
    const { user } = await open();
    expect(screen.queryByText('Because')).toBeNull();
    await user.click(screen.getByRole('switch', { name: 'With the reasons' }));
    await settle();
    expect(screen.getAllByText('Because').length).toBeGreaterThan(0);
  });

  test('a range narrows it', async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole('button', { name: /From the beginning/ }));
    await user.type(await screen.findByRole('combobox', { name: 'From' }), '2026-08-01{Enter}');
    await settle();
    const made = await fake.register(acme, { from: '2026-08-01' });
    expect(entries()).toHaveLength(made.entries.length);
    await user.click(screen.getByRole('button', { name: 'From the beginning' }));
    await settle();
    expect(entries().length).toBeGreaterThan(made.entries.length);
  });

  test('a range that ends before it begins says so, and shows nothing else; the focus stays', async () => {
    const { user } = await open();
    for (const [chip, name, day] of [
      ['From the beginning', 'From', '2026-10-01'],
      ['To today', 'To', '2026-09-01'],
    ] as const) {
      await user.click(screen.getByRole('button', { name: new RegExp(chip) }));
      await user.type(await screen.findByRole('combobox', { name }), `${day}{Enter}`);
      await settle();
      await waitFor(() => expect(document.activeElement?.textContent).toContain(name));
    }
    expect(await screen.findByText(/2026-09-01 is before 2026-10-01/)).toBeVisible();
    expect(entries()).toHaveLength(0);
    expect(screen.queryByRole('button', { name: /Print/ })).toBeNull();
  });

  test('names of neither side are flagged, and lead to their place', async () => {
    const { user } = await open();
    const flags = screen.getByRole('list', { name: 'Names of neither side' });
    await user.click(within(flags).getAllByRole('button', { name: /in the text/ })[0] as HTMLElement);
    expect(document.activeElement?.id).toMatch(/^entry-/);
    expect(document.activeElement).toHaveTextContent(/of neither side/);
  });

  test('it is written where one says, and verified later: unchanged, then changed', async () => {
    const { fake, user } = await open();
    await user.keyboard('e');
    await user.click(await screen.findByRole('menuitem', { name: /Markdown/ }));
    await settle();
    expect(toasts.list.at(-1)?.text).toMatch(/Written to .*acme-register-2026-11-19\.md/);
    await user.keyboard('y');
    await settle();
    expect(screen.getByText(/is as the vault has it/)).toBeVisible();
    const [first] = [...fake.world.state.decisions.values()].filter(
      (one) => one.anchor === (entries()[0]?.id ?? '').replace('entry-', ''),
    );
    if (!first) throw new Error('There is no entry.');
    fake.world.state.decisions.set(first.id, { ...first, text: 'Something else' });
    await user.keyboard('y');
    await settle();
    expect(screen.getByText(/is not as the vault has\s+it now/)).toBeVisible();
    expect(screen.getByRole('list', { name: 'What differs' })).toHaveTextContent('Something else');
  });

  test('a file that is no register says so', async () => {
    const { user } = await open();
    await user.keyboard('y');
    await settle();
    expect(screen.getByRole('alert')).toHaveTextContent('no register of this vault');
  });

  test('it is printed on light paper', async () => {
    const { user } = await open();
    const printing = vi.fn();
    vi.stubGlobal('print', printing);
    document.documentElement.dataset.theme = 'dark';
    await user.keyboard('{Control>}p{/Control}');
    expect(printing).toHaveBeenCalledOnce();
    expect(document.documentElement.dataset.theme).toBe('light');
    window.dispatchEvent(new Event('afterprint'));
    expect(document.documentElement.dataset.theme).toBe('dark');
    vi.unstubAllGlobals();
  });

  test('a failure says what to do', async () => {
    await open((fake) => {
      fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: null };
    });
    expect(screen.getByRole('alert')).toHaveTextContent('Another program is writing.');
  });

  test('axe finds nothing', async () => {
    await open();
    await expectAccessible();
  });
});

test('without a client one is chosen', async () => {
  const { user } = await show(Register, '/register');
  await user.type(screen.getByRole('combobox', { name: 'Organization' }), 'acme{Enter}');
  await waitFor(() => expect(router.path).toBe(`/register/${acme}`));
});

test('flags are told by name, the most frequent first', () => {
  expect(
    byName([
      { name: 'B', entry: '1', where: 'x' },
      { name: 'A', entry: '1', where: 'x' },
      { name: 'A', entry: '2', where: 'y' },
    ]).map(({ name, places }) => [name, places.length]),
  ).toEqual([
    ['A', 2],
    ['B', 1],
  ]);
});
