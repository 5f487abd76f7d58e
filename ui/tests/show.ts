import axe from 'axe-core';
import { cleanup, render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { afterEach, expect, vi } from 'vitest';
import { go, session } from '$lib/app';
import { keys, listenToKeys } from '$lib/app/keys.svelte';
import { toasts } from '$lib/app/toasts.svelte';
import { useBackend } from '$lib/backend';
import { openFake, type Fake } from '$lib/backend/fake';

// Whole views over a whole vault take their time in a world without a browser.
vi.setConfig({ testTimeout: 60_000 });

let stop: (() => void) | null = null;

afterEach(() => {
  cleanup();
  stop?.();
  stop = null;
  toasts.list = [];
  document.body.replaceChildren();
});

/** Shows a view over a world of the fake, as the window would: at a route, with the keys bound. */
export async function show(
  view: Component,
  route: string,
  world: string | ((fake: Fake) => void) = 'demo',
): Promise<{ fake: Fake; user: ReturnType<typeof userEvent.setup> }> {
  const fake = await openFake(typeof world === 'string' ? world : 'demo');
  useBackend(fake);
  if (typeof world === 'function') world(fake);
  await session.start();
  go(route, { replace: true });
  keys.layer = 0;
  stop = listenToKeys();
  render(view);
  await settle();
  return { fake, user: userEvent.setup() };
}

/** Lets what was asked of the fake be answered and drawn. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await new Promise((done) => setTimeout(done));
    await tick();
  }
}

/** The sentence of a row, without what is read out before it. */
export function sentenceOf(row: Element | null | undefined): string {
  const text = row?.querySelector('.text')?.cloneNode(true) as Element | undefined;
  for (const spoken of text?.querySelectorAll('.spoken') ?? []) spoken.remove();
  return text?.textContent?.trim() ?? '';
}

/** No violation that axe can see without a layout; contrast is looked at elsewhere. */
export async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document.body, {
    rules: {
      'color-contrast': { enabled: false },
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
    },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
}
