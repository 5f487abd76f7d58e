import type { Component } from 'svelte';
import type { View } from '$lib/app';
import Today from './today/Today.svelte';

/** Each view's component; fetched when first shown, but for the one the window opens with. */
export const views: Record<View, () => Promise<{ default: Component }> | { default: Component }> = {
  today: () => ({ default: Today }),
  meeting: () => import('./meeting/Meeting.svelte'),
  calendar: () => import('./calendar/Calendar.svelte'),
  actions: () => import('./actions/Actions.svelte'),
  decisions: () => import('./decisions/Decisions.svelte'),
  people: () => import('./people/People.svelte'),
  organizations: () => import('./organizations/Organizations.svelte'),
  queue: () => import('./queue/Queue.svelte'),
  search: () => import('./search/Search.svelte'),
  settings: () => import('./settings/Settings.svelte'),
  graph: () => import('./graph/Graph.svelte'),
  review: () => import('./review/Review.svelte'),
  insights: () => import('./insights/Insights.svelte'),
  saved: () => import('./saved/Saved.svelte'),
};
