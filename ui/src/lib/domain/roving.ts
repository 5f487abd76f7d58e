import { keys } from '$lib/app';

/**
 * Makes the rows inside one stop of the Tab key: arrows, j and k, Home and End go from row to row, x and Space tick
 * the row's box. A row is what has `data-item`, with `data-row` on what takes the focus and `data-tick` on its box.
 * Where the focused row goes, the one in its place takes the focus. An attachment: `{@attach roving}`.
 */
export function roving(node: HTMLElement): () => void {
  let at = 0;
  let inside = false;
  const rows = (): HTMLElement[] => [...node.querySelectorAll<HTMLElement>('[data-row]')];

  function settle(): void {
    const all = rows();
    at = Math.max(0, Math.min(at, all.length - 1));
    all.forEach((row, n) => (row.tabIndex = n === at ? 0 : -1));
    for (const box of node.querySelectorAll<HTMLElement>('[data-item] [data-tick]')) {
      if (box.closest('[data-item]')?.querySelector('[data-row]')) box.tabIndex = -1;
    }
    if (inside && document.activeElement === document.body) all[at]?.focus();
  }

  function moveTo(n: number): void {
    const all = rows();
    at = Math.max(0, Math.min(n, all.length - 1));
    settle();
    all[at]?.focus();
    all[at]?.scrollIntoView?.({ block: 'nearest' });
  }

  function press(event: KeyboardEvent): void {
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-row]') : null;
    if (!row || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const letter = keys.letters ? event.key : '';
    if (event.key === 'ArrowDown' || letter === 'j') moveTo(at + 1);
    else if (event.key === 'ArrowUp' || letter === 'k') moveTo(at - 1);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(Infinity);
    else if (event.key === ' ' || letter === 'x') {
      const box = row.closest('[data-item]')?.querySelector<HTMLElement>('[data-tick]');
      if (!box) return;
      box.click();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function enter(event: FocusEvent): void {
    inside = true;
    const row = event.target instanceof HTMLElement ? event.target.closest('[data-item]') : null;
    const found = row ? rows().findIndex((one) => row.contains(one)) : -1;
    if (found >= 0 && found !== at) {
      at = found;
      settle();
    }
  }

  function leave(event: FocusEvent): void {
    // A row that is taken away leaves without a successor; that is no leaving.
    if (event.relatedTarget instanceof Node && !node.contains(event.relatedTarget)) inside = false;
  }

  const away = (event: PointerEvent): void => {
    if (event.target instanceof Node && !node.contains(event.target)) inside = false;
  };

  const watch = new MutationObserver(settle);
  watch.observe(node, { childList: true, subtree: true });
  node.addEventListener('keydown', press);
  node.addEventListener('focusin', enter);
  node.addEventListener('focusout', leave);
  document.addEventListener('pointerdown', away, true);
  settle();
  return () => {
    watch.disconnect();
    node.removeEventListener('keydown', press);
    node.removeEventListener('focusin', enter);
    node.removeEventListener('focusout', leave);
    document.removeEventListener('pointerdown', away, true);
  };
}
