import { expect, test } from 'vitest';
import { back, go, router } from '../src/lib/app';
import { readRoute } from '../src/lib/app/router.svelte';

test.each([
  ['#/today', { view: 'today', params: {} }],
  ['#/today/2026-11-20', { view: 'today', params: { date: '2026-11-20' } }],
  [
    '#/meeting/ab-1?part=notes&line=12',
    { view: 'meeting', params: { id: 'ab-1' }, query: { part: 'notes', line: '12' } },
  ],
  ['#/calendar/week/2026-11-16', { view: 'calendar', params: { mode: 'week', date: '2026-11-16' } }],
  ['#/saved/Acme%2C%20not%20revisited', { view: 'saved', params: { name: 'Acme, not revisited' } }],
  ['#/actions', { view: 'actions', params: {} }],
  ['', { view: 'today', path: '/today' }],
  ['#/nowhere/1', { view: 'today', path: '/today' }],
  ['#/toString', { view: 'today' }],
  ['#/people/%E0%A4%A', { view: 'people', params: { id: '%E0%A4%A' } }],
])('%s is read', (route, expected) => {
  expect(readRoute(route)).toMatchObject(expected);
});

test('Going somewhere is seen at once, and one comes back', async () => {
  go('/today');
  go('/people/abc');
  expect(router.view).toBe('people');
  expect(router.params.id).toBe('abc');
  go('/people/def', { replace: true });
  expect(router.params.id).toBe('def');
  back();
  await expect.poll(() => router.path).toBe('/today');
});
