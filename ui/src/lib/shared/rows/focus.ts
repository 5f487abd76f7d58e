/** So many frames at the most is a row waited for, and its focus watched. */
const FRAMES = 60;
const STEADY = 8;

const frame = () => new Promise(requestAnimationFrame);

/** Waits until the row is drawn. */
export async function drawn(find: () => HTMLElement | null | undefined): Promise<void> {
  for (let frames = 0; frames < FRAMES && !find(); frames += 1) await frame();
}

/** Gives a row the focus, and shows it. */
export function take(find: () => HTMLElement | null | undefined): void {
  find()?.focus({ preventScroll: true });
  find()?.scrollIntoView?.({ block: 'nearest' });
}

/**
 * Gives a row the focus again as long as it loses it: one far away is hidden, and takes no focus, until it is measured;
 * rows drawn around it move it in the page, and what is moved loses the focus. `still` says whether it is the one wanted.
 */
export async function hold(
  find: () => HTMLElement | null | undefined,
  box: HTMLElement | undefined,
  still: () => boolean,
): Promise<void> {
  for (let frames = 0, held = 0; held < STEADY && frames < FRAMES; frames += 1) {
    await frame();
    const on = document.activeElement;
    if (!still()) return;
    if (on === find()) held += 1;
    else if (on === document.body || box?.contains(on)) take(find);
    else return;
  }
}
