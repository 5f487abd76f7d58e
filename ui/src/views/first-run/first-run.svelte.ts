import { complain, go, session } from '$lib/app';
import { backend } from '$lib/backend';
import { failureOf } from '$lib/backend/failure';
import type { Boot, Failure, FolderCheck } from '$lib/backend/types';
import { forgetVisits } from '$lib/app/recent.svelte';
import { nothingUnsaved, vaults } from '$lib/app/vaults.svelte';
import { NewAccount } from '$views/settings/new-account.svelte';

export type Screen = 'where' | 'who' | 'calendar';

/** A path from the root, on any system: another would begin wherever the program was started. */
const WHOLE = /^(\/|[A-Za-z]:[\\/]|\\\\)/;

/** The three screens of a first run. Nothing is made before the last of them is left. */
export class FirstRun {
  screen = $state<Screen>('where');
  dir = $state('');
  check = $state.raw<FolderCheck | null>(null);
  name = $state('');
  email = $state('');
  readonly account = new NewAccount('ics');
  /** The vault is there: what may still fail is its calendar. */
  made = $state.raw<Boot | null>(null);
  busy = $state<string | null>(null);
  failure = $state.raw<Failure | null>(null);

  #looked = $state<string | null>(null);

  constructor(readonly suggested: string) {
    this.dir = suggested;
    void this.look();
  }

  /** What was found in the folder that stands in the field; null before it was looked at. */
  get found(): FolderCheck | null {
    return this.#looked === this.dir ? this.check : null;
  }

  /** Why the vault cannot be made there; null where it can. */
  get refused(): string | null {
    if (this.dir.trim() === '') return 'Choose a folder.';
    if (!this.found || !this.check) return null;
    if (!WHOLE.test(this.dir)) return `Write the whole path, such as ${this.suggested}.`;
    if (this.check.has_vault) return 'There is a vault in this folder. Open it instead.';
    if (!this.check.writable) return 'Nothing can be written in this folder.';
    return null;
  }

  async look(): Promise<void> {
    const dir = this.dir;
    try {
      const check = await backend().folderCheck(dir);
      if (dir === this.dir) [this.check, this.#looked] = [check, dir];
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
  }

  /** To the next screen, once one has seen what there is to say about the folder as it now stands. */
  async leave(): Promise<void> {
    const unseen = this.#looked !== this.dir;
    if (unseen) await this.look();
    const now = this.found;
    if (!now || this.refused || (unseen && now.synced_by)) return;
    this.to('who');
  }

  async browse(): Promise<void> {
    const dir = await backend().pickFolder('Where the vault lives');
    if (dir === null) return;
    this.dir = dir;
    await this.look();
  }

  to(screen: Screen): void {
    this.failure = null;
    this.screen = screen;
  }

  openVault(): Promise<void> {
    return this.#run('Opening', async () => {
      const dir = await backend().pickFolder('Open a vault');
      return dir === null ? null : backend().vaultOpen(dir);
    });
  }

  /** Opens the vault that is in the chosen folder already. */
  openHere(): Promise<void> {
    return this.#run('Opening', () => backend().vaultOpen(this.dir));
  }

  restore(): Promise<void> {
    return this.#run('Restoring', async () => {
      const file = await backend().pickFile('Restore a backup', ['db', 'backup', 'throughline']);
      return file === null ? null : backend().vaultRestore(this.dir, file);
    });
  }

  demo(): Promise<void> {
    return this.#run('Filling a vault with a year of meetings', () => backend().vaultDemo());
  }

  /** Makes the vault and goes in, without a calendar. */
  begin(): Promise<void> {
    return this.#run('Making the vault', () => this.#make());
  }

  /** Makes the vault, and takes the calendar into it. One that fails is tried again in the vault that was made for it. */
  finish(): Promise<void> {
    return this.#run('Making the vault', async () => {
      const boot = await this.#make();
      this.busy = this.account.kind === 'google' ? 'Waiting for the browser' : 'Looking for the calendar';
      const added = await this.account.add();
      if (!added) return null;
      const syncing = backend().sync(added.id, false);
      if (this.account.kind !== 'ics') {
        // What a server holds may take minutes: it comes in while one looks around.
        void syncing.catch(complain);
        return boot;
      }
      this.busy = 'Reading the calendar';
      const failed = (await syncing).accounts.find((one) => one.error);
      this.account.failure = failed?.error ?? null;
      return failed ? null : boot;
    });
  }

  async #make(): Promise<Boot> {
    const words = [this.dir, this.name.trim() || null, this.email.trim() || null] as const;
    return (this.made ??= await backend().vaultCreate(...words));
  }

  async #run(what: string, make: () => Promise<Boot | null>): Promise<void> {
    this.busy = what;
    this.failure = null;
    try {
      await nothingUnsaved();
      const boot = await make();
      if (!boot) return;
      forgetVisits();
      vaults.beginning = false;
      session.take(boot);
      go('/today', { replace: true });
    } catch (thrown) {
      this.failure = failureOf(thrown);
    } finally {
      this.busy = null;
    }
  }
}
