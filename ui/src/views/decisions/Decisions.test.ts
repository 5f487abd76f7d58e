import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { go, router } from '$lib/app';
import { toasts } from '$lib/app/toasts.svelte';
import type { Fake } from '$lib/backend/fake';
import { expectAccessible, sentenceOf, settle, show } from '../../../tests/show';
import Decisions from './Decisions.svelte';

const rows = () => [...document.querySelectorAll<HTMLElement>('[role="row"][data-at]')];
const aside = () => screen.getByRole('complementary');
const heading = () => screen.getByRole('heading', { level: 1 }).textContent;

describe('what holds', () => {
  test('stands by topic, and the first is told at the side without a click', async () => {
    await show(Decisions, '/decisions');
    expect(heading()).toBe('What holds today');
    const topics = screen.getAllByRole('rowheader').map((one) => one.textContent?.trim() ?? '');
    expect(topics.filter((topic) => topic.startsWith('#'))).toEqual(
      topics.filter((topic) => topic.startsWith('#')).sort((a, b) => a.localeCompare(b)),
    );
    expect(within(aside()).getByRole('heading', { level: 2 })).toHaveTextContent(sentenceOf(rows()[0]));
    expect(screen.getByText(/^\d+ hold · \d+ superseded · \d+ proposed · \d+ to revisit$/)).toBeVisible();
  });

  test('j moves on, and the side with it: who decided, why, and how it came about', async () => {
    const { user } = await show(Decisions, '/decisions');
    const at = rows().findIndex((row) => /fourth in its chain/.test(row.textContent ?? ''));
    expect(at).toBeGreaterThan(0);
    await user.keyboard('j'.repeat(at));
    await settle();
    const side = within(aside());
    expect(side.getByText('Decided by').nextElementSibling).toHaveTextContent('Tom Marsh and Lena Kowalski');
    expect(side.getByText('Because')).toBeVisible();
    const chain = side.getByRole('list', { name: /How it came about/ });
    expect(within(chain).getAllByText(/superseded/)).toHaveLength(3);
  });

  test('Enter goes to the sentence, and back comes to the same decision', async () => {
    const { user } = await show(Decisions, '/decisions');
    await user.keyboard('jjj');
    const chosen = sentenceOf(document.activeElement);
    await user.keyboard('{Enter}');
    expect(router.path).toMatch(/^\/meeting\//);
    expect(router.query.line).toMatch(/^\d+$/);
    history.back();
    await waitFor(() => expect(router.path).toMatch(/^\/decisions\/./));
    await settle();
    expect(within(aside()).getByRole('heading', { level: 2 })).toHaveTextContent(chosen);
  });

  test('what held on an earlier day', async () => {
    const { fake, user } = await show(Decisions, '/decisions');
    await user.click(screen.getByRole('button', { name: /As of today/ }));
    await user.type(await screen.findByRole('combobox', { name: 'As of' }), '2026-06-01{Enter}');
    await settle();
    expect(heading()).toBe('What held on 1 Jun');
    expect(rows()).toHaveLength((await fake.decisions({ holding: true, as_of: '2026-06-01' })).length);
    await user.click(screen.getByRole('button', { name: 'Remove As of 1 Jun' }));
    await settle();
    expect(heading()).toBe('What holds today');
  });

  test('typing narrows to a client', async () => {
    const { fake, user } = await show(Decisions, '/decisions');
    await user.keyboard('f');
    await user.keyboard('client acme{ArrowDown}{Enter}');
    await settle();
    const acme = (await fake.organizations()).find(({ name }) => name === 'Acme');
    expect(router.query.organization).toBe(acme?.id);
    expect(rows()).toHaveLength(
      (await fake.decisions({ holding: true, organization: acme?.id ?? '' })).length,
    );
  });

  test('one that is due to be looked at again is marked', async () => {
    await show(Decisions, '/decisions');
    expect(
      rows().filter((row) => /revisit (since|today)/.test(row.textContent ?? '')).length,
    ).toBeGreaterThan(0);
  });
});

test('s supersedes: by a newer one, or in the place of an older, and it can be undone', async () => {
  const { fake, user } = await show(Decisions, '/decisions');
  const before = (await fake.decisions({ holding: true })).length;
  const first = sentenceOf(rows()[0]);
  await user.keyboard('js');
  const field = await screen.findByRole('combobox', { name: 'The newer decision' });
  const [offered] = screen.getAllByRole('option');
  expect(offered).not.toHaveTextContent(first);
  await user.type(field, '{Enter}');
  await settle();
  expect(await fake.decisions({ holding: true })).toHaveLength(before - 1);
  expect(toasts.list.at(-1)).toMatchObject({
    text: expect.stringMatching(/is superseded$/),
    undo: [expect.any(Number)],
  });
  await fake.undo(null);
  await settle();
  expect(await fake.decisions({ holding: true })).toHaveLength(before);
});

test('a sentence that names people and topics is one line among those that may supersede', async () => {
  const { user } = await show(Decisions, '/decisions', (fake) => {
    for (const [id, one] of fake.world.state.decisions)
      fake.world.state.decisions.set(id, { ...one, text: `${one.text} as #acme/data and @jo say` });
  });
  await user.keyboard('js');
  await screen.findByRole('combobox', { name: 'The newer decision' });
  const [text] = [...document.querySelectorAll('[role="option"] .text')];
  expect([...(text?.childNodes ?? [])].filter((one) => one.textContent?.trim())).toHaveLength(2);
  expect(text?.firstElementChild).toHaveTextContent(/as #acme\/data and @jo say$/);
});

test('y: who confirmed it is logged, told, and can be undone', async () => {
  const { fake, user } = await show(Decisions, '/decisions');
  await user.keyboard('y');
  const field = await screen.findByRole('combobox', { name: 'Confirmed by' });
  await screen.findByRole('option', { name: /Tom Marsh/ });
  await user.type(field, 'tom marsh{Enter}');
  await settle();
  await waitFor(() =>
    expect(within(aside()).getByText('Confirmed').nextElementSibling).toHaveTextContent('Tom Marsh, today'),
  );
  expect(toasts.list.at(-1)).toMatchObject({ text: 'Tom Marsh confirmed it.', undo: [expect.any(Number)] });
  await fake.undo(null);
  await settle();
  await waitFor(() => expect(within(aside()).queryByText('Confirmed')).toBeNull());
});

test('pairs that may not go together are offered for a look, and not judged', async () => {
  const { fake, user } = await show(Decisions, '/decisions');
  const { pairs } = await fake.contradictions();
  expect(pairs.length).toBeGreaterThan(0);
  await user.click(await screen.findByRole('button', { name: /may not go together/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Worth a look' });
  expect(within(dialog).getAllByRole('listitem')).toHaveLength(pairs.length);
  await expectAccessible();
  const [first] = within(dialog).getAllByRole('button', { name: /The newer takes the place/ });
  await user.click(first as HTMLElement);
  await settle();
  expect((await fake.contradictions()).pairs.length).toBeLessThan(pairs.length);
});

test('of a pair it is said that they go together: it is offered no more', async () => {
  const { fake, user } = await show(Decisions, '/decisions');
  const before = (await fake.contradictions()).pairs.length;
  await user.click(await screen.findByRole('button', { name: /may not go together/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Worth a look' });
  await user.click(within(dialog).getAllByRole('button', { name: 'They go together' })[0] as HTMLElement);
  await waitFor(() =>
    expect(within(dialog).queryAllByRole('heading', { level: 3 })).toHaveLength(before - 1),
  );
  expect((await fake.contradictions()).pairs).toHaveLength(before - 1);
});

test('the register is one press away, for the client one looks at', async () => {
  const { fake, user } = await show(Decisions, '/decisions');
  const acme = (await fake.organizations()).find(({ name }) => name === 'Acme');
  go(`/decisions?organization=${acme?.id}`);
  await settle();
  await user.click(screen.getByRole('button', { name: 'Register for Acme…' }));
  expect(router.path).toBe(`/register/${acme?.id}`);
});

test('a superseded decision in the address is found in the log', async () => {
  const { fake } = await show(Decisions, '/decisions');
  const old = (await fake.decisions({})).find(({ status }) => status === 'superseded');
  go(`/decisions/${old?.id}`);
  await settle();
  expect(heading()).toBe('Decision log');
  await waitFor(() => expect(within(aside()).getByText(/Decision · superseded/)).toBeVisible());
});

test('questions stand beside: the open first, and what answered the others', async () => {
  const { fake, user } = await show(Decisions, '/decisions');
  await user.keyboard('>>');
  await settle();
  expect(heading()).toBe('Questions');
  expect(screen.getAllByRole('rowheader').map((one) => one.textContent?.trim())[0]).toBe('Open');
  const answered = (await fake.questions(false)).filter(({ status }) => status === 'answered');
  expect(rows().length).toBe((await fake.questions(false)).length);
  expect(answered.length).toBeGreaterThan(0);
});

describe('when there is little to show', () => {
  test('an empty vault says how a decision is made', async () => {
    await show(Decisions, '/decisions', 'empty');
    expect(screen.getByText(/Begin a line of a note with “=>”/)).toBeVisible();
    await expectAccessible();
  });

  test('a failure says what to do', async () => {
    await show(Decisions, '/decisions', (fake) => {
      fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: null };
    });
    expect(screen.getByRole('alert')).toHaveTextContent('Another program is writing.');
  });

  test.each(['/decisions', '/decisions?show=log', '/decisions?show=questions'])(
    'axe finds nothing in %s',
    async (route) => {
      await show(Decisions, route);
      await expectAccessible();
    },
  );
});

describe('of thousands', () => {
  const many = (fake: Fake) => {
    const [one] = [...fake.world.state.decisions.values()].filter(({ status }) => status === 'holds');
    for (let at = 0; one && at < 3_000; at += 1) {
      const id = `01a1f3fe-0000-7000-9000-${String(at).padStart(12, '0')}`;
      fake.world.state.decisions.set(id, {
        ...one,
        id,
        anchor: `m${at}`,
        text: `Point ${at} stays`,
        topics: ['zeal'],
        supersedes: null,
        superseded_by: null,
      });
    }
  };
  const far = '01a1f3fe-0000-7000-9000-000000000007';

  test('only a stretch is asked for, and the one an address names is shown from wherever it stands', async () => {
    const asked: number[] = [];
    await show(Decisions, `/decisions/${far}`, (fake) => {
      many(fake);
      const { decisionsStretch } = fake;
      fake.decisionsStretch = async (...words) => {
        const told = await decisionsStretch(...words);
        asked.push(told.rows.length);
        return told;
      };
    });
    await waitFor(() =>
      expect(within(aside()).getByRole('heading', { level: 2 })).toHaveTextContent('Point 7 stays'),
    );
    expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', expect.stringMatching(/^3\d\d\d$/));
    expect(Math.max(...asked)).toBe(200);
  });

  test('one who leaves asks for nothing more', async () => {
    const { fake } = await show(Decisions, '/decisions?topic=acme');
    const asked = vi.spyOn(fake, 'decisionsStretch');
    go('/today');
    await settle();
    expect(asked).not.toHaveBeenCalled();
  });

  test('what may take a decision’s place is asked for as one types', async () => {
    const { fake, user } = await show(Decisions, '/decisions', many);
    const offers = vi.spyOn(fake, 'decisionOffers');
    await user.keyboard('js');
    const field = await screen.findByRole('combobox', { name: 'The newer decision' });
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(60));
    await user.type(field, 'point 2999');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    expect(offers.mock.calls.at(-1)?.slice(1)).toEqual(['newer', 'point 2999', 60]);
    const supersede = vi.spyOn(fake, 'decisionSupersede');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(supersede.mock.calls[0]?.[1]).toBe('01a1f3fe-0000-7000-9000-000000002999'));
  });
});
