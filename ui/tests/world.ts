import axe from 'axe-core';
import { render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import App from '../src/App.svelte';
import { go, session } from '../src/lib/app';
import { keys } from '../src/lib/app/keys.svelte';
import { vaults } from '../src/lib/app/vaults.svelte';
import { useBackend } from '../src/lib/backend';
import { openFake, type Fake } from '../src/lib/backend/fake';

/** Opens a world of the fake, and the session on it. */
export async function world(name = 'demo'): Promise<Fake> {
  const fake = await openFake(name);
  useBackend(fake);
  keys.typing = false;
  session.openMeeting = null;
  session.boot = null;
  vaults.choosing = false;
  vaults.restoring = null;
  await session.start();
  return fake;
}

/** The whole window on a world, at a route. */
export async function openWindow(
  route: string,
  name = 'demo',
): Promise<{ fake: Fake; user: ReturnType<typeof userEvent.setup> }> {
  const fake = await world(name);
  go(route);
  render(App);
  return { fake, user: userEvent.setup() };
}

/** What axe finds wrong, in words; contrast is reckoned from the tokens instead. */
export async function violations(on: Element = document.body): Promise<string[]> {
  const found = await axe.run(on, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return found.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  );
}
