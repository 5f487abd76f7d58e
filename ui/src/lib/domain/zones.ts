/** What in a zone takes the focus, the likeliest first. */
const TAKERS = [
  '[data-zone-focus]',
  '.cm-content',
  'textarea',
  '[aria-current="true"]',
  '[data-row][tabindex="0"]',
  'a[href], button:not(:disabled), input, [tabindex="0"]',
];

function takerOf(zone: HTMLElement): HTMLElement | null {
  for (const taker of TAKERS) {
    const found = [...zone.querySelectorAll<HTMLElement>(taker)].find((one) => one.tabIndex >= 0);
    if (found) return found;
  }
  return null;
}

/**
 * Moves the focus to the next (or, with -1, the previous) zone of a view: an element with `data-zone`. `reveal` is
 * told its name first, so that one that is out of view can come in.
 */
export async function cycleZones(
  root: HTMLElement,
  step: 1 | -1,
  reveal?: (zone: string) => void | Promise<void>,
): Promise<void> {
  const zones = [...root.querySelectorAll<HTMLElement>('[data-zone]')];
  const at = zones.findIndex((zone) => zone.contains(document.activeElement));
  for (let n = 1; n <= zones.length; n += 1) {
    const from = at < 0 && step < 0 ? 0 : at;
    const zone = zones[(from + n * step + zones.length * 2) % zones.length];
    if (!zone) return;
    await reveal?.(zone.dataset.zone ?? '');
    const taker = takerOf(zone);
    if (taker) return taker.focus();
  }
}
