import { cleanup, configure, render } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, vi } from 'vitest';
import App from '../src/App.svelte';
import { router } from '../src/lib/app';
import { useBackend } from '../src/lib/backend';
import { openFake, type Fake } from '../src/lib/backend/fake';

// Whether each element of a whole window can be seen is slow to find out; what is hidden is not rendered here.
configure({ defaultHidden: true, asyncUtilTimeout: 5000 });
vi.setConfig({ testTimeout: 30_000 });
afterEach(cleanup);

// Browsers tell of a moved selection afterwards; told at once, the editor is asked while it is answering.
const tell = document.dispatchEvent.bind(document);
const told = new WeakSet<Event>();
document.dispatchEvent = (event) => {
  if (event.type !== 'selectionchange' || told.has(event)) return tell(event);
  told.add(event);
  setTimeout(() => tell(event));
  return true;
};

/** The whole window over a world in memory, as one sits down at it. */
export async function sitDown(
  route: string | ((fake: Fake) => string),
  prepare: (fake: Fake) => void = () => undefined,
  vault = 'demo',
): Promise<{ fake: Fake; user: UserEvent; container: HTMLElement }> {
  const fake = await openFake(vault);
  prepare(fake);
  useBackend(fake);
  router.go(typeof route === 'string' ? route : route(fake), true);
  const { container } = render(App);
  return { fake, user: userEvent.setup(), container };
}

/** What axe-core finds wrong, as "rule: element"; colours are checked where there is a screen. */
export async function faults(container: HTMLElement): Promise<string[]> {
  const found = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 140)}`),
  );
}

/** The meeting of the demo that begins then: `2026-11-05T13:00`. */
export function meetingAt(fake: Fake, start: string): string {
  const found = [...fake.world.state.meetings.values()].find((one) => one.start.startsWith(start));
  if (!found) throw new Error(`The demo has no meeting at ${start}.`);
  return found.id;
}
