import { atRest, bindKeys } from '$lib/app';

/** Which row a key leads to from the one at `stop`; null where it leads nowhere. */
export function targetOf(
  event: KeyboardEvent,
  { stop, count, page, letters }: { stop: number; count: number; page: number; letters: boolean },
): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const moves: Record<string, number> = {
    ArrowDown: stop + 1,
    ArrowUp: stop - 1,
    Home: 0,
    End: count - 1,
    PageDown: stop + page,
    PageUp: stop - page,
    ...(letters && { j: stop + 1, k: stop - 1 }),
  };
  const to = moves[event.key];
  return to === undefined ? null : Math.max(0, Math.min(to, count - 1));
}

interface MainList {
  /** There are rows. */
  some: () => boolean;
  /** j and k move. */
  lettered: () => boolean;
  /** A row is current. */
  chosen: () => boolean;
  step: (by: 1 | -1) => void;
  open: () => void;
}

/** The keys of a view's main list, as long as nothing else has the focus. Call it as the list is made. */
export function bindMain({ some, lettered, chosen, step, open }: MainList): void {
  const when = () => some() && atRest();
  const byLetter = () => lettered() && when();
  const [next, before] = [() => step(1), () => step(-1)];
  bindKeys('Lists', [
    { letter: 'j', does: 'Next row', run: next, when: byLetter },
    { letter: 'k', does: 'Row before', run: before, when: byLetter },
    { chord: 'ArrowDown', does: 'Next row', run: next, when },
    { chord: 'ArrowUp', does: 'Row before', run: before, when },
    { chord: 'Enter', does: 'Open the row', run: open, when: () => when() && chosen() },
  ]);
}
