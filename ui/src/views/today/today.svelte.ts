import { clock, live } from '$lib/app';
import { backend } from '$lib/backend';
import type { Brief, Day, DayMeeting, DayView, Failure } from '$lib/backend/types';
import { here } from '$lib/domain/here.svelte';
import { addDays } from '$lib/format';
import { inFocus, layDay, type DayColumn } from './dayColumn';

/** A day and the brief of one of its meetings. */
export class TodayState {
  #here = here('today');
  /** Chosen by hand, on this day; null follows the clock. */
  #chosen = $state<{ date: Day; id: string } | null>(null);
  #day = live(
    () => backend().day(this.date),
    ['meeting', 'note', 'item', 'person', 'calendar', 'account', 'setting'],
  );
  /** What the briefs of those to come hold takes longer, and comes after. */
  #ahead = live(
    async () => ({ date: this.date, counts: await backend().dayAhead(this.date) }),
    ['meeting', 'note', 'item', 'person'],
  );
  #brief = live(async (): Promise<Brief | null> => {
    const id = this.shown?.meeting.id;
    return id ? backend().brief(id) : null;
  }, ['meeting', 'note', 'item', 'person']);

  get date(): Day {
    const asked = this.#here.params.date;
    return asked && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : clock.today;
  }

  get isToday(): boolean {
    return this.date === clock.today;
  }

  /** The day shown; undefined before it is read. */
  readonly view: DayView | undefined = $derived.by(() => {
    const day = this.#day.value;
    if (day?.date !== this.date) return undefined;
    const ahead = this.#ahead.value?.date === this.date ? this.#ahead.value.counts : [];
    if (ahead.length === 0) return day;
    const known = (id: string) => ahead.find(({ meeting_id }) => meeting_id === id)?.counts ?? null;
    const meetings = day.meetings.map((entry) => ({
      ...entry,
      counts: entry.counts ?? known(entry.meeting.id),
    }));
    return { ...day, meetings };
  });

  get failure(): Failure | null {
    return this.#day.failure;
  }

  reload = (): Promise<void> => this.#day.reload();

  readonly column: DayColumn = $derived.by(() =>
    layDay(this.view?.meetings ?? [], this.date, clock.now, clock.today),
  );

  readonly focus: DayMeeting | null = $derived.by(() =>
    inFocus(this.view?.meetings ?? [], this.date, clock.now, clock.today),
  );

  /** Whose brief is shown: the chosen one, else the present or next. */
  readonly shown: DayMeeting | null = $derived.by(() => {
    const chosen = this.#chosen?.date === this.date ? this.#chosen.id : null;
    return this.view?.meetings.find((entry) => entry.meeting.id === chosen) ?? this.focus;
  });

  /** Its brief, once read. */
  readonly brief: Brief | null = $derived.by(() => {
    const brief = this.#brief.value;
    return brief && brief.meeting.id === this.shown?.meeting.id ? brief : null;
  });

  get briefFailure(): Failure | null {
    return this.#brief.failure;
  }

  reloadBrief = (): Promise<void> => this.#brief.reload();

  choose(id: string): void {
    this.#chosen = { date: this.date, id };
  }

  /** The route of the day so many days on; today's has no date. */
  routeOf(date: Day): string {
    return date === clock.today ? '/today' : `/today/${date}`;
  }

  step(days: number): string {
    return this.routeOf(addDays(this.date, days));
  }
}
