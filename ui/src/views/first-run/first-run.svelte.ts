import { go, session } from '$lib/app';
import { backend } from '$lib/backend';
import { failureOf } from '$lib/backend/failure';
import type { Boot, Failure, FolderCheck } from '$lib/backend/types';
import { forgetVisits } from '$lib/app/recent.svelte';

export type Screen = 'where' | 'who' | 'calendar';

/** The three screens of a first run. Nothing is made before the last of them is left, or an account is added there. */
export class FirstRun {
  screen = $state<Screen>('where');
  dir = $state('');
  check = $state.raw<FolderCheck | null>(null);
  name = $state('');
  email = $state('');
  calendar = $state('');
  /** The account that is being signed in to. */
  adding = $state<'google' | 'caldav' | null>(null);
  busy = $state<string | null>(null);
  failure = $state.raw<Failure | null>(null);

  constructor(suggested: string) {
    this.dir = suggested;
    void this.look();
  }

  /** Why the vault cannot be made there; null where it can. */
  get refused(): string | null {
    if (this.dir.trim() === '') return 'Choose a folder.';
    if (!this.check || this.check.dir !== this.dir) return null;
    if (this.check.has_vault) return 'There is a vault in this folder. Open it instead.';
    if (!this.check.writable) return 'Nothing can be written in this folder.';
    return null;
  }

  async look(): Promise<void> {
    const dir = this.dir;
    try {
      const check = await backend().folderCheck(dir);
      if (dir === this.dir) this.check = check;
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
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

  async pickCalendar(): Promise<void> {
    const file = await backend().pickFile('A calendar file', ['ics']);
    if (file !== null) this.calendar = file;
  }

  /** Makes the vault, and takes the calendar into it where one is given. */
  finish(): Promise<void> {
    return this.#run('Making the vault', async () => {
      const made = await this.#make();
      if (this.calendar.trim() !== '') {
        this.busy = 'Reading the calendar';
        const account = await backend().accountAddIcs(this.calendar.trim());
        const { accounts } = await backend().sync(account.id, false);
        const failed = accounts.find((one) => one.error);
        if (failed?.error) throw failed.error;
      }
      return made;
    });
  }

  /** Makes the vault and asks for an account to sign in to: where its sign-in is kept belongs to a vault. */
  signIn(kind: 'google' | 'caldav'): Promise<void> {
    return this.#run('Making the vault', async () => {
      await this.#make();
      this.adding = kind;
      return null;
    });
  }

  /** Goes into the vault that an account was added to. */
  enter(): Promise<void> {
    return this.#run('Opening', () => this.#make());
  }

  #made: Boot | null = null;

  /** A calendar that failed is tried again in the vault that was made for it. */
  async #make(): Promise<Boot> {
    this.#made ??= await backend().vaultCreate(this.dir, this.name.trim() || null, this.email.trim() || null);
    return this.#made;
  }

  async #run(what: string, make: () => Promise<Boot | null>): Promise<void> {
    this.busy = what;
    this.failure = null;
    try {
      const boot = await make();
      if (!boot) return;
      forgetVisits();
      session.take(boot);
      go('/today', { replace: true });
    } catch (thrown) {
      this.failure = failureOf(thrown);
    } finally {
      this.busy = null;
    }
  }
}
