import { tick } from 'svelte';
import { backend } from '$lib/backend';
import type { Boot, Failure } from '$lib/backend/types';
import { allSaved } from '$lib/editor/saving/kept';
import { forgetVisits } from './recent.svelte';
import { go } from './router.svelte';
import { session } from './session.svelte';
import { toasts } from './toasts.svelte';

/** A vault opened before. */
interface Lately {
  dir: string;
  name: string;
}

const noVault: Failure = {
  code: 'vault_missing',
  message: 'There is no vault in that folder.',
  hint: 'Check how it was written; a vault is the folder that holds throughline.db.',
};
const notSaved: Failure = {
  code: 'not_saved',
  message: 'What you wrote here is not saved yet, so this vault stays open.',
  hint: 'The note says why. Try again once it is saved.',
};

class Vaults {
  /** Folders that turned out to hold no vault any more. */
  #gone = $state.raw<string[]>([]);
  /** Another vault is being chosen. */
  choosing = $state(false);
  /** A new one is being begun, while this one stays open. */
  beginning = $state(false);
  /** A backup is being restored: its file and day, where they are known. */
  restoring = $state.raw<{ file: string; day: string | null } | null>(null);

  /** Those opened lately, the latest first. On a shared screen none: their names may be clients'. */
  get lately(): Lately[] {
    const all = session.discreet ? [] : (session.boot?.lately ?? []);
    return all
      .filter((dir) => !this.#gone.includes(dir))
      .map((dir) => ({ dir, name: dir.split(/[/\\]/).findLast(Boolean) ?? dir }));
  }

  /** Names it no more: it is not there. */
  forget(dir: string): void {
    this.#gone = [...this.#gone, dir];
  }
}

export const vaults = new Vaults();

/** Refuses where something typed is not in the vault that is open. */
export async function nothingUnsaved(): Promise<void> {
  if (!(await allSaved())) throw notSaved;
}

/**
 * Changes the open vault for the one that `open` opens. What is on the screen goes before, and is saved into the vault it
 * was typed in; nothing of it is shown in the other. Where that fails, the one that was open is shown again.
 */
export async function changeVault(open: () => Promise<Boot>, route = '/today'): Promise<void> {
  const before = session.leave();
  try {
    await tick();
    await nothingUnsaved();
    const boot = await open();
    forgetVisits();
    toasts.list = [];
    go(route, { replace: true });
    session.take(boot);
  } catch (thrown) {
    // Asked anew: the time, the settings and discreet mode are no longer those it was opened with.
    const now = await backend()
      .boot()
      .catch(() => null);
    if (now) session.take(now);
    else session.boot = before;
    throw thrown;
  }
}

/** Refuses where the folder holds no vault. */
export async function vaultThere(dir: string): Promise<void> {
  if ((await backend().folderCheck(dir)).has_vault) return;
  vaults.forget(dir);
  throw noVault;
}

/** Opens the vault of a folder in place of the one that is open. */
export async function openVault(dir: string, route?: string): Promise<void> {
  await vaultThere(dir);
  await changeVault(() => backend().vaultOpen(dir), route);
}
