import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { router } from '$lib/app';
import type { Fake } from '$lib/backend/fake';
import { expectAccessible, settle, show } from '../../../tests/show';
import Insights from './Insights.svelte';
import { hours, weekOf } from './insights.svelte';

const twelve = (fake: Fake) => fake.insights('2026-08-31', '2026-11-19');
const behind = () => screen.getByRole('complementary', { name: 'What is behind the number' });
const rows = () => within(behind()).getAllByRole('listitem');

describe('what it tells', () => {
  test('twelve weeks up to today: hours by week, people, organizations, series, promises', async () => {
    const { fake } = await show(Insights, '/insights');
    const told = await twelve(fake);
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('31 Aug – 19 Nov');
    expect(
      screen.getByRole('button', { name: `${hours(told.hours)} in ${told.meetings.length} meetings` }),
    ).toBeVisible();
    const plot = screen.getByRole('group', { name: 'Hours in meetings by week' });
    expect(within(plot).getAllByRole('button')).toHaveLength(12);
    const people = screen.getByRole('list', { name: 'People by hours' });
    expect(within(people).getAllByRole('button')[0]).toHaveTextContent(told.people[0]?.name ?? '');
    expect(screen.getByRole('button', { name: `kept late ${told.promises.kept_late}` })).toBeVisible();
    await expectAccessible();
  });

  test('who matters, about a topic if one likes, and who belongs together', async () => {
    const { user, fake } = await show(Insights, '/insights');
    const { people, clusters } = await fake.central(null, null, null);
    const ranked = screen.getByRole('list', { name: 'Who matters' });
    expect(within(ranked).getAllByRole('button')[0]).toHaveTextContent(people[0]?.name ?? '');
    const together = screen.getByRole('region', { name: 'Who belongs together' });
    expect(within(together).getAllByRole('listitem')).toHaveLength(clusters.length);
    const asked = vi.spyOn(fake, 'central');
    const topic = screen.getByRole('combobox', { name: 'In meetings about' });
    const [, second] = within(topic).getAllByRole('option');
    await user.selectOptions(topic, second ?? []);
    await settle();
    expect(asked).toHaveBeenLastCalledWith(expect.stringMatching(/^[^#]/), '2026-08-31', '2026-11-19');
    await user.click(within(ranked).getByRole('button', { name: new RegExp(`^${people[0]?.name}`) }));
    expect(router.view).toBe('people');
  });

  test('another span, and the ones before it; the address says so', async () => {
    const { user } = await show(Insights, '/insights');
    await user.click(screen.getByRole('radio', { name: '4 weeks' }));
    await settle();
    expect(router.query.weeks).toBe('4');
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('26 Oct – 19 Nov');
    await user.keyboard('[[');
    await settle();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('28 Sep – 25 Oct');
    await user.keyboard(']');
    await settle();
    expect(router.query.before).toBeUndefined();
  });

  test('a week begins when the settings say', () => {
    expect(weekOf('2026-11-19', 'monday')).toBe('2026-11-16');
    expect(weekOf('2026-11-15', 'monday')).toBe('2026-11-09');
    expect(weekOf('2026-11-19', 'sunday')).toBe('2026-11-15');
  });
});

describe('each number opens what is behind it', () => {
  test('a week’s bar by key: arrows go from bar to bar, Enter opens, Escape goes back to it', async () => {
    const { fake, user } = await show(Insights, '/insights');
    const told = await twelve(fake);
    const bars = within(screen.getByRole('group', { name: 'Hours in meetings by week' })).getAllByRole(
      'button',
    );
    bars.at(-1)?.focus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}{Enter}');
    await settle();
    expect(bars.at(-3)).toHaveAttribute('aria-pressed', 'true');
    expect(rows()).toHaveLength(told.weeks.at(-3)?.meetings ?? 0);
    await waitFor(() => expect(within(behind()).getByRole('heading', { level: 2 })).toHaveFocus());
    await user.keyboard('{Escape}');
    await settle();
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(bars.at(-3)).toHaveFocus();
  });

  test('a person: their meetings, each of which opens, and the way to them', async () => {
    const { fake, user } = await show(Insights, '/insights');
    const [first] = (await twelve(fake)).people;
    const people = screen.getByRole('list', { name: 'People by hours' });
    await user.click(within(people).getByRole('button', { name: new RegExp(`^${first?.name}`) }));
    await settle();
    expect(rows()).toHaveLength(first?.meetings ?? 0);
    expect(within(behind()).getByRole('link', { name: `Go to ${first?.name}` })).toHaveAttribute(
      'href',
      `#/people/${first?.id}`,
    );
    const [meeting] = within(behind()).getAllByRole('link').slice(1);
    await user.click(meeting as HTMLElement);
    expect(router.path).toMatch(/^\/meeting\//);
  });

  test('each number of the promises: the actions themselves', async () => {
    const { fake, user } = await show(Insights, '/insights');
    const { promises } = await twelve(fake);
    const late = promises.late_ids.slice(promises.kept_late);
    expect(late.length).toBeGreaterThan(0);
    await user.click(screen.getByRole('button', { name: `late ${late.length}` }));
    await settle();
    expect(rows()).toHaveLength(late.length);
    await user.click(screen.getByRole('button', { name: `kept late ${promises.kept_late}` }));
    await settle();
    expect(rows()).toHaveLength(promises.kept_late);
    await expectAccessible();
  });

  test('the plot is a table as well, whose weeks open too', async () => {
    const { fake, user } = await show(Insights, '/insights');
    await user.click(screen.getByRole('button', { name: /As a table/ }));
    const table = screen.getByRole('table', { name: 'Hours in meetings by week' });
    await user.click(within(table).getByRole('button', { name: '9 Nov' }));
    await settle();
    expect(rows()).toHaveLength((await twelve(fake)).weeks.at(-2)?.meetings ?? 0);
  });
});

describe('when there is little to show', () => {
  test('an empty vault says what would be here', async () => {
    await show(Insights, '/insights', 'empty');
    expect(screen.getByText('No meetings in these weeks')).toBeVisible();
    await expectAccessible();
  });

  test('a failure says what to do, and trying again shows the weeks', async () => {
    const { fake, user } = await show(Insights, '/insights', (fake) => {
      fake.world.failing = { code: 'vault_busy', message: 'Another program is writing.', hint: null };
    });
    expect(screen.getByRole('alert')).toHaveTextContent('Another program is writing.');
    fake.world.failing = null;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(screen.getByRole('group', { name: 'Hours in meetings by week' })).toBeVisible();
  });
});
