import type { View } from '../router.svelte';

/** The sidebar's views, in order: Mod+1 to Mod+8. */
export const sidebar: { view: View; label: string; letter: string }[] = [
  { view: 'today', label: 'Today', letter: 't' },
  { view: 'calendar', label: 'Calendar', letter: 'c' },
  { view: 'actions', label: 'Actions', letter: 'a' },
  { view: 'decisions', label: 'Decisions', letter: 'd' },
  { view: 'people', label: 'People', letter: 'p' },
  { view: 'organizations', label: 'Organizations', letter: 'o' },
  { view: 'graph', label: 'Graph', letter: 'g' },
  { view: 'review', label: 'Review', letter: 'r' },
];
