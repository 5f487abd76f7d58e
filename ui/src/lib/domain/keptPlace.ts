import { router, type View } from '$lib/app';

/** Where one was in a list, which its address does not say. */
export interface KeptPlace {
  current: string | null;
  /** What was typed to narrow it. */
  typed: string;
}

/** Keeps it as one leaves for a row's sentence: going back leads to the same row. */
export function keepPlace(place: KeptPlace): void {
  router.keep(place);
}

/** Where one was in a view when one left it, where one comes back to it now. */
export function keptPlace(view: View): Partial<KeptPlace> {
  if (router.view !== view) return {};
  const { current, typed } = router.kept as Partial<KeptPlace>;
  return { ...(current && { current }), ...(typed && { typed }) };
}
