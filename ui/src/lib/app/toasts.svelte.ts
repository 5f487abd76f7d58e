import { backend } from '$lib/backend';
import { failureOf } from '$lib/backend/failure';
import type { Failure, Undo } from '$lib/backend/types';
import { session } from './session.svelte';

export interface Toast {
  id: number;
  text: string;
  hint: string | null;
  /** How many commands its way back takes back; 0 where there is none. */
  undo: number;
  /** Another way back than undo. */
  back?: () => Promise<void>;
  failed: boolean;
  /** When it was said, and whether the vault's news of what it tells of has come. */
  at: number;
  known: boolean;
}

const shownFor = { said: 6_000, failed: 12_000 };
/** In milliseconds: news so near to a toast is of its own command. */
const near = 1_000;
let count = 0;

class Toasts {
  list = $state.raw<Toast[]>([]);
  #heard = -Infinity;

  add(toast: Omit<Toast, 'id' | 'at' | 'known'>): void {
    const id = (count += 1);
    const at = Date.now();
    if (toast.undo > 0) this.withdraw();
    // Three at the most; the same sentence is said once.
    this.list = [
      ...this.list.filter((other) => other.text !== toast.text),
      { ...toast, id, at, known: at - this.#heard < near },
    ].slice(-3);
    setTimeout(() => this.drop(id), toast.failed ? shownFor.failed : shownFor.said);
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Undo takes back what was done last: what was said before that has no way back any more. */
  withdraw(of: (toast: Toast) => boolean = () => true): void {
    this.list = this.list.map((toast) => (toast.undo > 0 && of(toast) ? { ...toast, undo: 0 } : toast));
  }

  /**
   * Something was committed. Of a toast's own command is what comes at its time, or first after it; what comes later was done
   * since, here or by another program.
   */
  news(): void {
    this.#heard = Date.now();
    this.withdraw(({ at, known }) => known && this.#heard - at >= near);
    for (const toast of this.list) toast.known = true;
  }
}

export const toasts = new Toasts();

/** Hears of what is committed while the window is there; gives back how to stop. */
export function listenToNews(): () => void {
  return backend().onChanged(() => toasts.news());
}

/** Says what was done, with a way back where `undo` is given: a number where it took so many commands. */
export function say(
  text: string,
  options: { undo?: boolean | number; back?: () => Promise<void> } = {},
): void {
  toasts.add({ text, hint: null, undo: Number(options.undo ?? 0), back: options.back, failed: false });
}

/** Says what failed, and what can be done about it. */
export function complain(thrown: Failure | unknown): void {
  const failure = failureOf(thrown);
  toasts.add({ text: failure.message, hint: failure.hint, undo: 0, failed: true });
}

/** Runs a command and says what became of it; true where it succeeded. */
export async function attempt(command: () => Promise<unknown>, done?: string): Promise<boolean> {
  try {
    await command();
    if (done) say(done, { undo: true });
    return true;
  } catch (thrown) {
    complain(thrown);
    return false;
  }
}

/** Takes back the vault's last command or sitting, or so many. */
export async function undo(times = 1): Promise<void> {
  // What the newest says is no longer so.
  toasts.list = toasts.list.filter((toast) => toast.undo === 0);
  try {
    for (let more = times; more > 1; more -= 1) await backend().undo();
    const undone = await backend().undo();
    say(undoneWords(undone));
  } catch (thrown) {
    complain(thrown);
  }
}

/** Takes back what the last sync moved, whatever was done since. */
export async function undoSync(): Promise<void> {
  try {
    const undone = await backend().undoSync();
    toasts.withdraw();
    say(undoneWords(undone));
  } catch (thrown) {
    complain(thrown);
  }
}

/** By name, but where somebody else may be looking. */
function undoneWords({ undone, command, what }: Undo): string {
  if (command && undone.length === 0) return 'That an account came or went cannot be taken back.';
  const words = (session.discreet ? null : what) ?? command;
  return words ? `Undone: ${words}.` : 'There is nothing to undo.';
}
