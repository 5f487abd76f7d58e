import { clock, go, live, session } from '$lib/app';
import { backend } from '$lib/backend';
import { here } from '$lib/domain/here.svelte';
import { withQuery } from '$lib/domain/narrowings';
import { addDays, shortDay, weekdayOf } from '$lib/format';
import type { Day, Insights as Told } from '$lib/backend/types';

export const spans = [
  { value: '4', label: '4 weeks' },
  { value: '12', label: '12 weeks' },
  { value: '26', label: 'Half a year' },
  { value: '52', label: 'A year' },
] as const;
export type Span = (typeof spans)[number]['value'];

/** A number that was opened: the meetings or the actions behind it. */
export interface Behind {
  key: string;
  title: string;
  told: string;
  meetings?: string[];
  actions?: string[];
  /** Where there is more about it. */
  to?: string;
}

/** The first day of the week of a day, as the settings have it. */
export function weekOf(day: Day, starts: 'monday' | 'sunday'): Day {
  return addDays(day, -((weekdayOf(day) - (starts === 'sunday' ? 0 : 1) + 7) % 7));
}

/** `14.5 h`. */
export const hours = (count: number): string => `${Math.round(count * 10) / 10} h`;

/** Where the hours went in a span of weeks. Make it as the component is made: it fetches in effects of its own. */
export class Insights {
  readonly #here = here('insights');
  readonly span = $derived<Span>(spans.find(({ value }) => value === this.#here.query.weeks)?.value ?? '12');
  /** How many spans before the present one. */
  readonly before = $derived(Math.max(0, Math.trunc(Number(this.#here.query.before ?? 0)) || 0));
  readonly #days = $derived.by((): { from: Day; to: Day } => {
    const weeks = Number(this.span);
    const first = weekOf(clock.today, session.settings.week_starts);
    const from = addDays(first, -7 * (weeks * (this.before + 1) - 1));
    return { from, to: this.before === 0 ? clock.today : addDays(from, 7 * weeks - 1) };
  });
  readonly from = $derived(this.#days.from);
  readonly to = $derived(this.#days.to);
  readonly told = live(
    (): Promise<Told> => backend().insights(this.from, this.to),
    ['meeting', 'item', 'note', 'person', 'organization'],
  );
  readonly words = $derived(`${shortDay(this.from, clock.today)} – ${shortDay(this.to, clock.today)}`);
  #opened = $state.raw<{ behind: Behind; over: string } | null>(null);
  /** What was opened, as long as it is of the span that is shown. */
  readonly behind = $derived(this.#opened?.over === this.from + this.to ? this.#opened.behind : null);

  show(span: Span): void {
    go(withQuery('/insights', { weeks: span === '12' ? undefined : span }), { replace: true });
  }

  /** The span before, or after: never past today. */
  turn(by: 1 | -1): void {
    const before = Math.max(0, this.before - by);
    go(
      withQuery('/insights', {
        weeks: this.span === '12' ? undefined : this.span,
        before: before > 0 ? String(before) : undefined,
      }),
      { replace: true },
    );
  }

  open(behind: Behind): void {
    this.#opened = { behind, over: this.from + this.to };
  }

  close(): void {
    this.#opened = null;
  }
}
