/** So long at the most, in milliseconds, does the focus wait for what is being fetched. */
const PATIENCE = 3_000;

/**
 * Puts the focus on the heading of the detail beside a list, once it is the one of this name: it may have to be
 * fetched first. Where the person has gone on meanwhile, the focus stays with them.
 */
export async function focusDetail(name: string): Promise<void> {
  const from = document.activeElement;
  const until = performance.now() + PATIENCE;
  for (;;) {
    const heading = document.querySelector<HTMLElement>('[data-detail] h2');
    if (heading && heading.textContent?.trim() === name.trim()) {
      // No control: that the page has changed is sign enough.
      heading.dataset.rest = '';
      return heading.focus();
    }
    if (performance.now() > until) return;
    await new Promise((resolve) => setTimeout(resolve, 16));
    const on = document.activeElement;
    if (on !== from && on !== document.body) return;
  }
}
