import type { Backend } from '../backend';
import type { VaultAsked } from '../types';
import { days } from './days';
import { insights } from './insights';
import { doubles } from './doubles';
import { graph } from './graph';
import { items } from './items';
import { lists } from './lists';
import { meetings } from './meetings';
import { notes } from './notes';
import { people } from './people';
import { queries } from './query';
import { review } from './review';
import { register } from './register';
import { search } from './search';
import { calendars, vault } from './vault';
import { failure, World } from './world';
import { fill, type WorldName } from './worlds';

const names: WorldName[] = ['none', 'empty', 'demo', 'broken', 'large'];

export interface Fake extends Backend {
  /** The world behind it: tests set its clock, make it slow (`delay`) or failing, and change it from outside. */
  world: World;
  /** As the tray or a notification would: asks the window to go somewhere. */
  navigate(route: string): void;
  /** As starting the program again for another vault would. */
  startAgain(asked: VaultAsked): void;
  /** As closing the window would; resolves once it may close. */
  close(): Promise<void>;
}

/** A world in memory by name: none, empty, demo, broken, large, or `locked`: a vault that could not be opened. */
export async function openFake(name: string = 'demo'): Promise<Fake> {
  const world = new World();
  const known = names.find((one) => one === name) ?? 'demo';
  fill(world, known);
  const why = failure(
    'vault_damaged',
    'The vault could not be opened: its file is damaged.',
    'A checked backup from 19 Nov 06:00 can be restored beside it. Nothing has been changed.',
  );
  const locked = name === 'locked';
  const navigators = new Set<(route: string) => void>();
  const closers = new Set<() => Promise<void>>();
  const on =
    <T>(listeners: Set<T>) =>
    (listen: T) => {
      listeners.add(listen);
      return () => void listeners.delete(listen);
    };

  const [ofItems, ofPeople] = [items(world), people(world)];
  const calls: Omit<Backend, `on${string}`> = {
    ...vault(world, {
      state: known === 'none' ? 'none' : locked ? 'locked' : 'open',
      demo: known !== 'empty',
      failure: locked || known === 'broken' ? why : null,
    }),
    ...days(world),
    ...meetings(world),
    ...notes(world),
    ...ofItems,
    ...review(world),
    ...queries(world),
    ...insights(world),
    ...ofPeople,
    ...lists(world, { ...ofItems, ...ofPeople }),
    ...doubles(world),
    ...register(world),
    ...graph(world),
    ...search(world),
    ...calendars(world),
  };
  return {
    ...(Object.fromEntries(
      Object.entries(calls).map(([key, call]) => [key, slowed(world, key, call)]),
    ) as typeof calls),
    onChanged: on(world.changed),
    onSyncStatus: on(world.statusListeners),
    onDiscreet: on(world.discreetListeners),
    onNavigate: on(navigators),
    onVaultAsked: on(world.askedListeners),
    onClosing: on(closers),
    world,
    startAgain: (asked) => world.askedListeners.forEach((listen) => listen(asked)),
    navigate: (route) => navigators.forEach((listen) => listen(route)),
    close: async () => void (await Promise.all([...closers].map((listen) => listen()))),
  };
}

/** Answers come as copies, as they would from another process, and as late or as badly as the world says. */
function slowed(world: World, name: string, call: unknown): unknown {
  if (name === 'attachmentUrl') return call;
  return async (...words: unknown[]) => {
    if (world.delay > 0) await new Promise((done) => setTimeout(done, world.delay));
    if (world.failing && name !== 'boot') throw world.failing;
    return structuredClone(await (call as (...words: unknown[]) => Promise<unknown>)(...words));
  };
}
