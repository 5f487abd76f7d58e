import { backend } from '$lib/backend';
import type { Boot, Day, Settings } from '$lib/backend/types';
import { localTime } from '$lib/format';
import { keys } from './keys.svelte';
import { go, router } from './router.svelte';
import { complain } from './toasts.svelte';

export const defaultSettings: Settings = {
  theme: 'system',
  zoom: 100,
  single_letters: true,
  week_starts: 'monday',
  sync_minutes: 15,
  backup_every: 'day',
  backup_folder: null,
  templates: [],
};

class Clock {
  /** The vault's zone. */
  zone = $state('UTC');
  #now = $state.raw(new Date(0));
  #ahead = 0;

  /** The backend's time, to the half minute. */
  get now(): Date {
    return this.#now;
  }

  /** Today in the vault's zone. */
  get today(): Day {
    return this.local.slice(0, 10);
  }

  /** Now in the vault's zone without offset: `2026-11-19T11:18`. */
  get local(): string {
    return localTime(this.#now, this.zone);
  }

  set(now: string, zone: string): void {
    this.zone = zone;
    this.#ahead = Date.parse(now) - Date.now();
    this.tick();
  }

  tick(): void {
    this.#now = new Date(Date.now() + this.#ahead);
  }
}

export const clock = new Clock();

class Session {
  boot = $state.raw<Boot | null>(null);
  settings = $state.raw<Settings>(defaultSettings);
  discreet = $state(false);
  /** The meeting last opened: in discreet mode the only one that is shown. */
  openMeeting = $state<string | null>(null);
  #systemDark = $state(false);

  /** A vault is open. */
  get open(): boolean {
    return this.boot?.state === 'open';
  }

  get dark(): boolean {
    return this.settings.theme === 'dark' || (this.settings.theme === 'system' && this.#systemDark);
  }

  /** Whether discreet mode hides what belongs to this meeting. */
  hides(meeting: string | null): boolean {
    return this.discreet && (meeting === null || meeting !== this.openMeeting);
  }

  /** Takes what the backend says about the vault: at the start, and after one was made, opened or restored. */
  take(boot: Boot): void {
    this.boot = boot;
    this.settings = boot.settings;
    this.discreet = boot.discreet;
    keys.platform = boot.platform;
    keys.letters = boot.settings.single_letters;
    clock.set(boot.now, boot.zone);
  }

  /** Takes the window off the vault, before another is opened: what is on the screen goes, and saves as it does. */
  leave(): Boot | null {
    const before = this.boot;
    this.boot = null;
    return before;
  }

  async start(): Promise<void> {
    this.take(await backend().boot());
  }

  /** How many saves of the settings are under way. */
  #saving = 0;

  /** Shows the settings at once and stores them; where that fails, the old ones come back. */
  async save(settings: Settings): Promise<void> {
    const before = this.settings;
    this.#show(settings);
    this.#saving += 1;
    try {
      this.#show(await backend().settingsSave(settings));
    } catch (thrown) {
      this.#show(before);
      complain(thrown);
    } finally {
      this.#saving -= 1;
    }
  }

  /** Undone, or changed by another program: what is shown here would be written over it with the next change. */
  async #reread(): Promise<void> {
    const settings = await backend()
      .settings()
      .catch(() => null);
    if (settings && this.#saving === 0) this.#show(settings);
  }

  #show(settings: Settings): void {
    this.settings = settings;
    keys.letters = settings.single_letters;
  }

  /** The user's own organization: nobody's client. */
  get own(): string | null {
    return this.boot?.vault?.me?.organization_id ?? null;
  }

  /** The organization that everything shown is limited to. */
  get lens(): Boot['lens'] {
    return this.boot?.lens ?? null;
  }

  /** Limits everything shown to one organization; null shows everything again. */
  async setLens(organization: string | null): Promise<void> {
    try {
      this.take(await backend().setLens(organization));
    } catch (thrown) {
      complain(thrown);
    }
  }

  async setDiscreet(on: boolean): Promise<void> {
    try {
      this.discreet = await backend().setDiscreet(on);
    } catch (thrown) {
      complain(thrown);
    }
  }

  /** Follows the clock, the system's theme and what the backend tells; call it as the window is made. */
  follow(): void {
    $effect(() => {
      const query = window.matchMedia('(prefers-color-scheme: dark)');
      const read = () => (this.#systemDark = query.matches);
      read();
      query.addEventListener('change', read);
      return () => query.removeEventListener('change', read);
    });
    $effect(() => {
      const timer = setInterval(() => clock.tick(), 30_000);
      const wake = () => clock.tick();
      window.addEventListener('focus', wake);
      return () => {
        clearInterval(timer);
        window.removeEventListener('focus', wake);
      };
    });
    $effect(() => {
      document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
      document.documentElement.style.fontSize = `${this.settings.zoom}%`;
    });
    // While the screen is shared, what is opened then is what is meant to be seen.
    $effect.pre(() => {
      if (router.view === 'meeting' && router.params.id) this.openMeeting = router.params.id;
    });
    $effect(() =>
      backend().onChanged(({ touched }) => {
        if (this.#saving === 0 && touched.some(({ kind }) => kind === 'setting')) void this.#reread();
      }),
    );
    $effect(() => backend().onDiscreet((on) => (this.discreet = on)));
    $effect(() => backend().onNavigate((route) => go(route)));
  }
}

export const session = new Session();
