import { attempt, bindKeys, undo } from '$lib/app';
import { backend } from '$lib/backend';
import type { Queued } from '$lib/backend/types';

/** The re-link queue: which meeting is at hand, which candidate is chosen, and what is done with it. */
export class Relink {
  /** The id of the meeting at hand; the first where none is named. */
  current = $state<string | null>(null);
  #at = $state(0);
  readonly #queue: () => Queued[];

  constructor(queue: () => Queued[]) {
    this.#queue = queue;
    const when = () => this.chosen !== undefined;
    bindKeys('To attach again', [
      {
        letter: 'k',
        chord: 'Alt+K',
        does: 'Keep the notes as a meeting of your own',
        run: () => void this.keep(),
        when,
      },
      { letter: ']', chord: 'Alt+PageDown', does: 'Next candidate', run: () => this.step(1), when },
      { letter: '[', chord: 'Alt+PageUp', does: 'Candidate before', run: () => this.step(-1), when },
      { letter: 'u', chord: 'Alt+U', does: 'Undo the last one', run: () => void undo() },
    ]);
  }

  get chosen(): Queued | undefined {
    const queue = this.#queue();
    return queue.find((one) => one.meeting.id === this.current) ?? queue[0];
  }

  /** Candidates come best first. */
  get at(): number {
    return Math.min(this.#at, (this.chosen?.candidates.length ?? 1) - 1);
  }

  get candidate(): Queued['candidates'][number] | undefined {
    return this.chosen?.candidates[this.at];
  }

  choose(at: number): void {
    this.#at = at;
  }

  step(by: number): void {
    const count = this.chosen?.candidates.length ?? 0;
    if (count > 0) this.#at = (this.at + by + count) % count;
  }

  async attach(): Promise<void> {
    const [from, to] = [this.chosen, this.candidate];
    if (!from || !to) return;
    this.#at = 0;
    await attempt(
      () => backend().relink(from.meeting.id, to.meeting_id),
      `The notes of ${from.meeting.title} are attached again.`,
    );
  }

  async keep(): Promise<void> {
    const one = this.chosen;
    if (!one) return;
    this.#at = 0;
    await attempt(
      () => backend().queueKeep(one.meeting.id),
      `${one.meeting.title} is kept as a meeting of your own.`,
    );
  }
}
