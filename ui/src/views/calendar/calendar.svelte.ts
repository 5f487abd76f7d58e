import { parseDateTime, toZoned } from '@internationalized/date';
import { backend } from '$lib/backend';
import { clock, go, live, session } from '$lib/app';
import { here } from '$lib/domain/here.svelte';
import { addDays, longDay, monthName, parts, weekdayName } from '$lib/format';
import type { Day, When } from '$lib/backend/types';
import { neighbour, place, shift, span, step, type Direction, type Placed, type View } from './place';

/** The state of the Calendar view. Make it as the component is made. */
export class Calendar {
  readonly #here = here('calendar');
  /** The entry with the focus. */
  current = $state<string | null>(null);
  /** The free time chosen for a new meeting, on the wall: `2026-11-19T14:00:00`. */
  chosen = $state<string | null>(null);

  readonly view = $derived<View>(
    this.#here.params.mode === 'day' || this.#here.params.mode === 'month' ? this.#here.params.mode : 'week',
  );
  readonly date = $derived<Day>(
    this.#here.params.date && /^\d{4}-\d\d-\d\d$/.test(this.#here.params.date)
      ? this.#here.params.date
      : clock.today,
  );
  readonly span = $derived(span(this.view, this.date, session.settings.week_starts));

  // One span more on either side, so that the next step shows at once.
  readonly #fetched = $derived({ from: addDays(this.span.from, -7), to: addDays(this.span.to, 7) });
  readonly list = live(
    () => backend().calendar(this.#fetched.from, this.#fetched.to),
    ['meeting', 'item', 'note', 'calendar', 'account'],
  );
  readonly placed = $derived(place(this.list.value ?? [], clock.zone));
  /** What is in view, in the order of time. */
  readonly shown = $derived(
    this.placed.filter(({ day, end }) => day <= this.span.to && end > this.span.from),
  );

  /** `Thursday 19 November`, `16–22 November`, `November 2026`. */
  readonly title = $derived.by(() => {
    const today = clock.today;
    if (this.view === 'day') return `${weekdayName(this.date)} ${longDay(this.date, today)}`;
    if (this.view === 'month') return monthName(this.date);
    const { from, to } = this.span;
    return from.slice(0, 7) === to.slice(0, 7)
      ? `${parts(from).date}–${longDay(to, today)}`
      : `${longDay(from, to)} – ${longDay(to, today)}`;
  });

  show(view: View, date: Day = this.date): void {
    go(`/calendar/${view}/${date}`, { replace: true });
  }

  step(by: 1 | -1): void {
    this.chosen = null;
    this.show(this.view, step(this.view, this.date, by));
  }

  today(): void {
    this.chosen = null;
    this.show(this.view, clock.today);
  }

  /** The entry an arrow leads to becomes current; past the edge the next span comes. Gives back whether there is one to focus. */
  move(direction: Direction): boolean {
    this.chosen = null;
    const to = neighbour(this.shown, this.current, direction, clock.local);
    if (to) this.current = to.entry.id;
    else if (this.shown.length === 0 || direction === 'left' || direction === 'right')
      this.step(direction === 'left' || direction === 'up' ? -1 : 1);
    return to !== null;
  }

  /** Moves the time for a new meeting: by half hours up and down, by days to the sides. */
  choose(direction: Direction): void {
    const here = this.chosen ?? this.#start();
    if (direction === 'up' || direction === 'down')
      this.chosen = shift(here, direction === 'down' ? 30 : -30);
    else this.chosen = `${addDays(here.slice(0, 10), direction === 'right' ? 1 : -1)}${here.slice(10)}`;
    const day = this.chosen.slice(0, 10);
    if (day < this.span.from || day > this.span.to) this.show(this.view, day);
  }

  /** Where choosing begins: at the current entry, else at the next half hour of the day in view. */
  #start(): string {
    const here = this.shown.find(({ entry }) => entry.id === this.current);
    if (here && !here.entry.all_day) return here.start;
    const day = clock.today >= this.span.from && clock.today <= this.span.to ? clock.today : this.date;
    const [hour, minute] = [Number(clock.local.slice(11, 13)), Number(clock.local.slice(14, 16))];
    const next = day === clock.today ? hour * 60 + (minute < 30 ? 30 : 60) : 9 * 60;
    return shift(`${day}T00:00:00`, next);
  }

  /** When a new meeting would begin. */
  get fresh(): string {
    return this.chosen ?? this.#start();
  }

  open(id: string): void {
    go(`/meeting/${id}`);
  }

  /** The days there are, for the tab stop: the current entry where it is in view, else the one that is next. */
  readonly stop = $derived(
    (
      this.shown.find(({ entry }) => entry.id === this.current) ??
      neighbour(this.shown, null, 'down', clock.local)
    )?.entry.id ?? null,
  );
}

/** A time on the wall of a zone as an instant with its offset. */
export function instantOf(local: string, zone: string): When {
  return toZoned(parseDateTime(local), zone)
    .toString()
    .replace(/\[.*\]$/, '');
}

/** Whether it is over at a local time. */
export function isOver(placed: Placed, now: string): boolean {
  return placed.end <= now;
}
