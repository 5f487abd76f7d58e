import { backend } from '$lib/backend';
import { chordsOf, keys } from '../../keys.svelte';
import { go } from '../../router.svelte';
import { session } from '../../session.svelte';
import { complain, say, undo } from '../../toasts.svelte';
import { vaults } from '../../vaults.svelte';

export interface Command {
  does: string;
  run: () => void;
  letter?: string;
  chord?: string;
}

/** What the palette can do: everything that has a key here, and what has none. */
export function commands(): Command[] {
  const all: Command[] = [];
  const said = new Set<string>();
  const add = (command: Command) => {
    if (said.has(command.does)) return;
    said.add(command.does);
    all.push(command);
  };
  for (const group of [...keys.groups].reverse()) {
    if (group.name === 'Lists') continue;
    for (const binding of group.bindings) {
      if (binding.does === 'Search and commands' || (binding.when && !binding.when())) continue;
      const run = () => binding.run(new KeyboardEvent('keydown'));
      const letter = binding.letter && !keys.taken(binding.letter, group) ? binding.letter : undefined;
      const chord = chordsOf(binding).find((one) => !keys.taken(one, group));
      add({ does: binding.does, run, letter, chord });
    }
  }
  for (const [section, does] of [
    ['accounts', 'Accounts and calendars'],
    ['templates', 'Edit templates'],
    ['keys', 'Shortcut settings'],
    ['look', 'Look: theme and size'],
    ['keeping', 'Backups, restore and export'],
  ] as const) {
    add({ does, run: () => go(`/settings/${section}`) });
  }
  add({ does: 'Open another vault…', run: () => (vaults.choosing = true) });
  add({ does: 'Begin a new vault…', run: () => (vaults.beginning = true) });
  add({ does: 'Client register', run: () => go('/register') });
  add({ does: 'Sync now', run: () => void sync() });
  add({ does: 'Undo the last command', run: () => void undo(), chord: 'Mod+Z' });
  const next = session.dark ? 'light' : 'dark';
  add({ does: `Switch to ${next}`, run: () => void session.save({ ...session.settings, theme: next }) });
  return all;
}

/** Goes to a saved query, by its name. */
export function askingSaved({ name }: { name: string }): Command {
  return { does: name, run: () => go(`/saved/${encodeURIComponent(name)}`) };
}

async function sync(): Promise<void> {
  try {
    const { accounts } = await backend().sync(null, false);
    const failed = accounts.find((account) => account.error);
    if (failed?.error) complain(failed.error);
    else say('In step with all calendars.');
  } catch (thrown) {
    complain(thrown);
  }
}

/** The commands whose words begin as the typed ones do; those that begin with it first. */
export function matching(list: Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = list.filter(({ does }) => {
    const said = does.toLowerCase().split(/[\s,:]+/);
    return words.every((word) => said.some((one) => one.startsWith(word)));
  });
  const first = (one: Command) => Number(!one.does.toLowerCase().startsWith(words[0] ?? ''));
  return fits.sort((a, b) => first(a) - first(b));
}
