import type { Kept } from '../setup';
import type { Saving } from './saving.svelte';

const kept = new Map<string, Kept>();
const mostKept = 12;

/** Keeps what an editor leaves, of the last few notes: coming back finds the undo history, the cursor and the place. */
export function putAway(key: string, one: Kept): void {
  kept.delete(key);
  kept.set(key, one);
  for (const old of [...kept.keys()].slice(0, -mostKept)) kept.delete(old);
}

/** What was kept of a note; null where nothing was. */
export function putAwayAs(key: string): Kept | null {
  return kept.get(key) ?? null;
}

/** True once nothing is left to save of notes whose editor has gone; false where that takes longer than so many milliseconds. */
export async function allSaved(patience = 2_000): Promise<boolean> {
  for (const end = Date.now() + patience; unsaved.size > 0;) {
    if (Date.now() > end) return false;
    await new Promise((done) => setTimeout(done, 20));
  }
  return true;
}

/** Notes whose editor has gone while their text could not be saved: they go on trying, and are taken up again when opened. */
export const unsaved = new Map<string, Saving>();
