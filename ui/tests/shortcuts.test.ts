import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { go } from '../src/lib/app';
import { chordsOf, keys } from '../src/lib/app/keys.svelte';
import { openWindow } from './world';

const routes = (meeting: string): string[] => [
  '/today',
  `/meeting/${meeting}`,
  '/calendar/week/2026-11-19',
  '/actions',
  '/decisions',
  '/people',
  '/organizations',
  '/graph',
  '/review',
  '/insights',
  '/saved',
  '/search?q=pricing',
  '/queue',
  '/register',
  '/settings/keys',
];

/** What WebKit, WebView2 or the desktop does with a key before a page hears of it, or beside it. */
const taken = [
  'Alt+ArrowLeft',
  'Alt+ArrowRight',
  'Alt+F4',
  'F5',
  'F11',
  'F12',
  'Mod+W',
  'Mod+Q',
  'Mod+Shift+I',
];

// Every view is loaded for it.
test('every letter has a chord beside it, no chord is the web view’s own, and none means two things in a view', async () => {
  const { fake } = await openWindow('/today');
  await screen.findByRole('navigation', { name: 'Views' });
  const meeting = [...fake.world.state.meetings.values()].find((one) => one.has_notes)?.id ?? '';
  const wrong: string[] = [];
  for (const route of routes(meeting)) {
    const before = keys.groups;
    go(route);
    await waitFor(() => expect(route === '/today' || keys.groups !== before).toBe(true));
    await screen.findAllByRole('main');
    for (const group of keys.groups) {
      const meant = new Map<string, string>();
      const chorded = new Set(
        group.bindings.filter((one) => chordsOf(one).length > 0).map((one) => one.does),
      );
      for (const binding of group.bindings) {
        const chords = chordsOf(binding);
        if (binding.letter && !chorded.has(binding.does))
          wrong.push(`${route}: ${binding.letter}, ${binding.does}`);
        for (const chord of chords) {
          if (taken.includes(chord)) wrong.push(`${route}: ${chord} is taken, ${binding.does}`);
          const other = meant.get(chord);
          if (other && other !== binding.does)
            wrong.push(`${route}: ${chord} is ${other} and ${binding.does}`);
          meant.set(chord, binding.does);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
}, 60_000);
