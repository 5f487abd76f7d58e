import { parseDateTime, toZoned } from '@internationalized/date';
import { backend } from '$lib/backend';
import { attempt, clock, go, live, say, session } from '$lib/app';
import { here } from '$lib/domain/here.svelte';
import { addDays, longDay, monthName, parts, weekdayName } from '$lib/format';
import type { Day, When } from '$lib/backend/types';
import {
  minutes,
  minutesBetween,
  neighbour,
  onward,
  place,
  shift,
  span,
  step,
  type Direction,
  type Placed,
  type View,
} from './place';
import { whyItStays } from './words';

const QUARTER = 15;
const HALF_HOUR = 30;

/** The state of the Calendar view. Make it as the component is made. */
export class Calendar {
  readonly #here = here('calendar');
  /** The entry with the focus. */
  current = $state<string | null>(null);
  /** The free time chosen for a new meeting, on the wall: `2026-11-19T14:00:00`. */
  chosen = $state<string | null>(null);
  /** How long it is, in minutes. */
  long = $state(HALF_HOUR);

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
    // Not read yet: an arrow leads to no other week.
    if (!this.list.value) return false;
    const to = neighbour(this.shown, this.current, direction, clock.local);
    if (to) this.current = to.entry.id;
    else if (this.shown.length === 0 || direction === 'left' || direction === 'right')
      this.step(direction === 'left' || direction === 'up' ? -1 : 1);
    return to !== null;
  }

  /** Moves the time for a new meeting: by half hours up and down, by days to the sides. */
  choose(direction: Direction): void {
    const here = this.chosen ?? this.#start();
    if (!this.chosen) this.long = HALF_HOUR;
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

  /** Chooses free time, as long as it is on the wall. */
  chooseSpan(start: string, end: string): void {
    const last = end.slice(0, 10) === start.slice(0, 10) ? minutes(end) : 24 * 60;
    this.chosen = start;
    this.long = Math.max(QUARTER, last - minutes(start));
  }

  /** Chooses the half hour at a time. */
  chooseAt(at: string): void {
    this.chosen = shift(at, -(minutes(at) % HALF_HOUR));
    this.long = HALF_HOUR;
  }

  /** When a new meeting would begin, and how long it would last. */
  get fresh(): { start: string; long: number } {
    return { start: this.chosen ?? this.#start(), long: this.chosen ? this.long : HALF_HOUR };
  }

  /**
   * Puts a meeting of one's own at another time, on the wall; true where it is done. One that a calendar has is moved
   * there.
   */
  async put({ entry, start, end }: Placed, to: string): Promise<boolean> {
    const stays = whyItStays(entry);
    if (stays) {
      say(stays);
      return false;
    }
    const lasts = Math.max(0, minutesBetween(start, end));
    const edit = { start: instantOf(to, clock.zone), end: instantOf(onward(to, lasts), clock.zone) };
    const day = to.slice(0, 10);
    const when = `${weekdayName(day)} ${longDay(day, clock.today)}, ${to.slice(11, 16)}`;
    return attempt(() => backend().meetingEdit(entry.id, edit), `${entry.title || 'The meeting'}: ${when}.`);
  }

  /** Moves the current meeting by a quarter of an hour, or by a day to the sides. */
  async nudge(direction: Direction): Promise<void> {
    const here = this.shown.find(({ entry }) => entry.id === this.current);
    if (!here) return;
    const by = { up: -QUARTER, down: QUARTER, left: -24 * 60, right: 24 * 60 }[direction];
    const to = here.entry.all_day ? here.start : onward(here.start, by);
    if (!(await this.put(here, to))) return;
    const day = to.slice(0, 10);
    if (day < this.span.from || day > this.span.to) this.show(this.view, day);
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
