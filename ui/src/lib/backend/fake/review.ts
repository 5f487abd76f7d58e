import { addDays, clip, count, daysBetween, firstName, shortDay, weekdayOf } from '$lib/format';
import type { Backend } from '../backend';
import type { Action, Day, ReviewItem, ReviewWhy } from '../types';
import { fresh } from './items';
import { failure, need, type World } from './world';

type Reviews = Pick<Backend, 'review' | 'reviewTrend' | 'actionKeep' | 'actionAsk' | 'counts'>;

const order: ReviewWhy[] = ['overdue', 'unowned', 'undated', 'stale'];
/** Open for so many days without a word: stale, though its date is still to come. */
const staleAfter = 42;
const keptFor = 14;

/** The first day of a week, as the settings have it. */
export function weekOf(world: World, day: Day): Day {
  const first = world.settings.week_starts === 'sunday' ? 0 : 1;
  return addDays(day, -((weekdayOf(day) - first + 7) % 7));
}

/** Weeks of a span by their first day, the oldest first. */
export function weeksBetween(world: World, from: Day, to: Day): Day[] {
  const weeks = [];
  for (let week = weekOf(world, from); week <= to; week = addDays(week, 7)) weeks.push(week);
  return weeks;
}

/** What is to be looked at once a week, with its sentence and history; the trend; the sidebar's figures. */
export function review(world: World): Reviews {
  const action = (id: string) => fresh(world, need(world.state.actions, id, 'action'));
  const mine = (one: Action) => one.owners.some((owner) => owner.person_id === world.me?.id);
  const awake = (one: Action) =>
    one.status === 'open' && (one.snoozed_until === null || one.snoozed_until <= world.today);

  function why(one: Action): ReviewWhy | null {
    if (one.overdue) return 'overdue';
    if (one.owners.length === 0) return 'unowned';
    if (one.due === null) return 'undated';
    const last = world.state.history.get(one.id)?.at(-1)?.at ?? one.created_at;
    return daysBetween(last.slice(0, 10), world.today) > staleAfter ? 'stale' : null;
  }

  function items(): ReviewItem[] {
    return [...world.state.actions.values()]
      .map((one) => fresh(world, one))
      .filter((one) => awake(one) && (world.state.kept.get(one.id) ?? '') <= world.today)
      .flatMap((one) => {
        const because = why(one);
        return because
          ? [{ action: one, why: because, mine: mine(one), sentence: sentence(one), history: history(one) }]
          : [];
      })
      .sort(
        (a, b) =>
          order.indexOf(a.why) - order.indexOf(b.why) ||
          Number(b.mine) - Number(a.mine) ||
          (a.action.due ?? a.action.created_at).localeCompare(b.action.due ?? b.action.created_at),
      );
  }

  /** The line of the note as it stands, without its anchor. */
  function sentence(one: Action): string {
    const lines = world.note(one.meeting_id ?? '', one.note_part).text.split('\n');
    const line = lines.find((text) => text.trimEnd().endsWith(`^${one.anchor}`)) ?? one.text;
    return line
      .replace(/\s\^[a-z0-9]{6}\s*$/, '')
      .replace(/^\s*(?:[-*+]\s+)?(?:\[[ xX-]\]\s+)?(?:!!\s+)?/, '')
      .trim();
  }

  /** What is recorded knows only how often a date slipped: told evenly between the day it was said and the date it has. */
  function history(one: Action) {
    const said = { at: one.created_at, what: 'written down' };
    const logged = world.state.history.get(one.id) ?? [];
    const moved = logged.filter(({ what }) => what.startsWith('due moved')).length;
    const earlier = Math.max(0, one.slips - moved);
    const span = daysBetween(one.created_at.slice(0, 10), one.due ?? world.today);
    const slips = Array.from({ length: earlier }, (_, at) => ({
      at: `${addDays(one.created_at.slice(0, 10), Math.round((span * (at + 1)) / (earlier + 1)))}T12:00:00+01:00`,
      what: 'due date moved',
    }));
    return [said, ...slips, ...logged];
  }

  /** When it was; what was dropped may not know it. */
  const closed = (one: Action) => (one.status === 'open' ? null : (one.done_at ?? one.created_at));

  return {
    async review() {
      const found = items();
      const today = [...world.state.history].filter(
        ([id, log]) =>
          log.some(({ at }) => at.startsWith(world.today)) && !found.some((one) => one.action.id === id),
      );
      return { items: found, left: found.length, done_today: today.length };
    },
    async reviewTrend(weeks) {
      const all = [...world.state.actions.values()];
      const from = addDays(weekOf(world, world.today), -7 * (weeks - 1));
      return {
        weeks: weeksBetween(world, from, world.today).map((week) => {
          const next = addDays(week, 7);
          const within = (when: string | null) => when !== null && when >= week && when < next;
          const open = all.filter((one) => one.created_at < next && (closed(one) ?? next) >= next);
          const at = next <= world.today ? next : world.today;
          return {
            week,
            opened: all.filter((one) => within(one.created_at)).length,
            closed: all.filter((one) => within(closed(one))).length,
            open: open.length,
            late: open.filter((one) => one.due !== null && one.due < at).length,
          };
        }),
      };
    },
    async actionKeep(id) {
      return world.command('kept an action as it is', () => {
        const one = action(id);
        world.state.kept.set(id, addDays(world.today, keptFor));
        world.log(id, 'kept as it is');
        return { answer: one, touched: [{ kind: 'item', id }] };
      });
    },
    async actionAsk(id) {
      const one = action(id);
      if (one.note_part === 'private')
        throw failure(
          'private_action',
          'That action stands in a private part: nobody else knows of it.',
          'Move its line to the notes, or write to them yourself.',
        );
      if (one.owners.length > 0 && one.owners.every((someone) => someone.person_id === world.me?.id))
        throw failure('own_action', 'That action is yours: there is nobody to ask.');
      const owner = one.owners[0] && world.state.people.get(one.owners[0].person_id);
      const text = one.text
        .replace(/^@[\w.-]+[ :,]*/, '')
        .replace(/\s*(?:due:|by )\d{4}-\d\d-\d\d/, '')
        .trim();
      const said =
        one.meeting_title && one.meeting_date
          ? `In ${one.meeting_title} on ${shortDay(one.meeting_date, world.today)} we wrote down:`
          : 'I have noted:';
      const late = one.due && one.overdue ? daysBetween(one.due, world.today) : 0;
      const due = one.due
        ? `It was due on ${shortDay(one.due, world.today)}${late > 0 ? `, ${count(late, 'day')} ago` : ''}. `
        : '';
      return {
        to: owner?.emails[0] ?? null,
        subject: clip(text, 70),
        body: `Hi${owner && !owner.is_me ? ` ${firstName(owner.name)}` : ''},\n\n${said}\n\n> ${text}\n\n${due}How does it stand?\n`,
      };
    },
    async counts() {
      const open = [...world.state.actions.values()]
        .map((one) => fresh(world, one))
        .filter((one) => awake(one) && mine(one));
      return {
        mine: open.length,
        late: open.filter((one) => one.overdue).length,
        queue: world.state.queue.size,
        review: items().length,
      };
    },
  };
}
