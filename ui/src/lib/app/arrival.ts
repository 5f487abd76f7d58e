/** So long at the most, in milliseconds, does the focus wait for a view that is being fetched. */
const PATIENCE = 3_000;
const EVERY = 40;

/** What one may have come for, before the view's heading: somebody chosen, the row one left. */
const CHOSEN = ['[data-detail] h2', '[role="row"][aria-current="true"]'];

/** Whether nothing has the focus that has a use for keys of its own: nothing at all, or what one only arrived at. */
export function atRest(): boolean {
  const on = document.activeElement;
  return on === null || on === document.body || on.hasAttribute('data-rest');
}

/**
 * Puts the focus where a view begins that was just gone to: on what it was asked to show where `chosen`, else on its
 * heading. A view that takes the focus itself keeps it, and so does who went on meanwhile. Gives back how to give up.
 */
export function arrive(view: HTMLElement, chosen: boolean): () => void {
  const from = document.activeElement;
  // A link beside the view, followed: what it leads to is in the view.
  const leaves = from?.hasAttribute('data-rest') || (from?.closest('nav') && !view.contains(from));
  const until = performance.now() + PATIENCE;
  let put: Element | null = null;
  let timer: ReturnType<typeof setTimeout>;

  function look(): void {
    const on = document.activeElement;
    const lost = on === null || on === document.body;
    const followed = leaves && put === null && on === from;
    if (lost || followed || on === put) put = begin(view, chosen, put) ?? put;
    // What is fetched may come in another's place, and what had the focus goes with that.
    if (performance.now() < until) timer = setTimeout(look, EVERY);
    else stop();
  }

  // Who presses something goes on from where they are: what loses the focus then is not for the heading to take.
  function goOn(): void {
    const on = document.activeElement;
    if (put !== null || (view.contains(on) && !atRest())) stop();
  }

  function stop(): void {
    clearTimeout(timer);
    removeEventListener('keydown', goOn, true);
    removeEventListener('pointerdown', goOn, true);
  }

  timer = setTimeout(look);
  addEventListener('keydown', goOn, true);
  addEventListener('pointerdown', goOn, true);
  return stop;
}

function begin(view: HTMLElement, chosen: boolean, put: Element | null): Element | null {
  for (const wanted of chosen ? [...CHOSEN, 'h1'] : ['h1']) {
    const target = view.querySelector<HTMLElement>(wanted);
    if (!target) continue;
    if (target === document.activeElement) {
      if (target === put) return put;
      // The heading that was there says another thing now: it is read out where the focus comes to it.
      target.blur();
    }
    if (/^H\d$/.test(target.tagName)) {
      target.tabIndex = -1;
      target.dataset.rest = '';
    }
    target.focus({ preventScroll: true });
    // In a narrow window one of list and detail is hidden, and takes no focus.
    if (document.activeElement === target) return target;
  }
  return null;
}
