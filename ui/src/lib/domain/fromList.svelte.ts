import { tick } from 'svelte';
import { atRest, back, go, router, type View } from '$lib/app';
import { here } from './here.svelte';

/** From a list to what one of its rows is about, beside it: going back leads to the list. */
export function openFromList(list: string, detail: string): void {
  // What was shown beside the list before is no place one comes back to.
  go(list, { replace: true });
  go(detail);
}

/** Back to the list, and no second time to it by going back from there. */
export function backToList(list: string): void {
  if (router.before === list) back();
  else go(list, { replace: true });
}

/** Puts the focus into the list, where one comes back to it from what was beside it. Call it as the view is made. */
export function focusListAgain(view: View, list: () => { focus: () => void } | undefined): void {
  const address = here(view);
  let was = false;
  $effect(() => {
    const is = address.params.id !== undefined;
    const cameBack = was && !is;
    was = is;
    if (!cameBack) return;
    void tick().then(() => {
      if (atRest() || document.activeElement?.closest('[data-detail]')) list()?.focus();
    });
  });
}
