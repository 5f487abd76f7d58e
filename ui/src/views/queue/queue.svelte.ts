import { attempt, bindKeys, undo } from '$lib/app';
import { backend } from '$lib/backend';
import type { Queued } from '$lib/backend/types';

/** What fits less well is offered, and not chosen: notes are not put into a meeting that shares a few people with theirs. */
const likely = 0.6;

/** The re-link queue: which meeting is at hand, which candidate is chosen, and what is done with it. */
export class Relink {
  /** The id of the meeting at hand; the first where none is named. */
  current = $state<string | null>(null);
  #at = $state<number | null>(null);
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

  /** Candidates come best first; none is chosen where even that one hardly fits. */
  get at(): number | null {
    const candidates = this.chosen?.candidates ?? [];
    if (this.#at === null) return (candidates[0]?.score ?? 0) >= likely ? 0 : null;
    return Math.min(this.#at, candidates.length - 1);
  }

  get candidate(): Queued['candidates'][number] | undefined {
    return this.at === null ? undefined : this.chosen?.candidates[this.at];
  }

  choose(at: number): void {
    this.#at = at;
  }

  step(by: number): void {
    const count = this.chosen?.candidates.length ?? 0;
    if (count > 0) this.#at = this.at === null ? (by > 0 ? 0 : count - 1) : (this.at + by + count) % count;
  }

  async attach(): Promise<void> {
    const [from, to] = [this.chosen, this.candidate];
    if (!from || !to) return;
    this.#at = null;
    await attempt(
      () => backend().relink(from.meeting.id, to.meeting_id),
      `The notes of ${from.meeting.title} are attached again.`,
    );
  }

  async keep(): Promise<void> {
    const one = this.chosen;
    if (!one) return;
    this.#at = null;
    await attempt(
      () => backend().queueKeep(one.meeting.id),
      `${one.meeting.title} is kept as a meeting of your own.`,
    );
  }
}
