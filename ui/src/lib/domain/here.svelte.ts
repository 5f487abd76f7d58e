import { router, type View } from '$lib/app';

/**
 * The address as long as it is this view's: once one leaves, the last one stays, so that a view does not turn into another
 * in the moment before it goes. Call it as a controller is made.
 */
export function here(view: View): {
  readonly params: typeof router.params;
  readonly query: typeof router.query;
} {
  // The very same while one is elsewhere: nothing is asked anew for a view that is about to go.
  let last: { params: typeof router.params; query: typeof router.query } = { params: {}, query: {} };
  const now = $derived.by(() => {
    if (router.view === view) last = { params: router.params, query: router.query };
    return last;
  });
  return {
    get params() {
      return now.params;
    },
    get query() {
      return now.query;
    },
  };
}
