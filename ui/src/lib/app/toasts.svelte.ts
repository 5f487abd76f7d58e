import { backend } from '$lib/backend';
import { failureOf } from '$lib/backend/failure';
import type { Done, Failure, Undo } from '$lib/backend/types';
import { session } from './session.svelte';

export interface Toast {
  id: number;
  text: string;
  hint: string | null;
  /** The entries of the change log that its way back takes back, the oldest first; none where there is no way back. */
  undo: number[];
  /** Another way back than undo. */
  back?: () => Promise<void>;
  /** What that way is called; `Undo` where nothing is said. */
  way?: string;
  failed: boolean;
}

const shownFor = { said: 6_000, failed: 12_000, way: 30_000 };
let count = 0;

class Toasts {
  list = $state.raw<Toast[]>([]);

  add(toast: Omit<Toast, 'id'>): void {
    const id = (count += 1);
    if (toast.undo.length > 0) this.withdraw();
    // Three at the most; the same sentence is said once.
    this.list = [...this.list.filter((other) => other.text !== toast.text), { ...toast, id }].slice(-3);
    setTimeout(
      () => this.drop(id),
      toast.way ? shownFor.way : toast.failed ? shownFor.failed : shownFor.said,
    );
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Undo takes back what was done last: what was said before that has no way back any more. */
  withdraw(): void {
    this.list = this.list.map((toast) => (toast.undo.length > 0 ? { ...toast, undo: [] } : toast));
  }
}

export const toasts = new Toasts();

/** Says what was done, with a way back: of what the commands it took gave back, in their order. */
export function say(
  text: string,
  options: { undo?: Done<unknown>[]; back?: () => Promise<void>; way?: string } = {},
): void {
  const entries = (options.undo ?? []).flatMap(({ entry }) => entry ?? []);
  toasts.add({ text, hint: null, undo: entries, back: options.back, way: options.way, failed: false });
}

/** Says what failed, and what can be done about it. */
export function complain(thrown: Failure | unknown): void {
  const failure = failureOf(thrown);
  toasts.add({ text: failure.message, hint: failure.hint, undo: [], failed: true });
}

/** Runs a command and says what became of it; true where it succeeded. */
export async function attempt(command: () => Promise<Done<unknown>>, done: string): Promise<boolean>;
/** Runs something and says where it failed; true where it succeeded. */
export async function attempt(command: () => Promise<unknown>): Promise<boolean>;
export async function attempt(command: () => Promise<unknown>, done?: string): Promise<boolean> {
  try {
    const what = await command();
    if (done !== undefined) say(done, { undo: [what as Done<unknown>] });
    return true;
  } catch (thrown) {
    complain(thrown);
    return false;
  }
}

/** Takes back the vault's last command or sitting; with entries of the change log those, where nothing was done since. */
export async function undo(entries: number[] = []): Promise<void> {
  try {
    let undone: Undo | undefined;
    for (const entry of entries.length > 0 ? entries.toReversed() : [null])
      undone = await backend().undo(entry);
    // What the newest says is no longer so.
    toasts.list = toasts.list.filter((toast) => toast.undo.length === 0);
    if (undone) say(undoneWords(undone));
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
  if (!command) return 'There is nothing to undo.';
  return session.discreet ? 'Undone.' : `Undone: ${what ?? command}.`;
}
