import { complain } from '$lib/app';
import { backend } from '$lib/backend';
import { failureOf } from '$lib/backend/failure';
import type { Account, Failure } from '$lib/backend/types';
import { advice, wantsPassphrase, type Remedy } from './advice';

export type AddKind = 'ics' | 'google' | 'caldav';

/** What a person types to add an account, in the settings as in a first run, and how the adding goes. */
export class NewAccount {
  kind = $state<AddKind>('ics');
  place = $state('');
  user = $state('');
  password = $state('');
  /** The certificate of one's own server is taken as it is. */
  trusted = $state(false);
  client = $state('');
  passphrase = $state('');
  passphraseReady = $state(false);
  /** There is no keyring. Once the passphrase was asked for, it stays in sight until the account is there. */
  locked = $state(false);
  /** The steps are shown opened. */
  guided = $state(false);
  busy = $state(false);
  failure = $state.raw<Failure | null>(null);

  constructor(kind: AddKind) {
    this.kind = kind;
  }

  /** Whether there is enough to try. */
  get ready(): boolean {
    if (this.locked && this.kind !== 'ics' && !this.passphraseReady) return false;
    if (this.kind === 'google') return true;
    return this.place.trim() !== '' && (this.kind === 'ics' || this.user.trim() !== '');
  }

  /** A password would go over the network as it is. */
  get open(): boolean {
    return this.kind === 'caldav' && /^http:/.test(this.place.trim());
  }

  get advised(): { failure: Failure; remedies: Remedy[] } | null {
    return this.failure && advice(this.failure);
  }

  /** Goes on with another way to the same calendar. */
  turn(to: AddKind, guided: boolean): void {
    this.failure = null;
    // What was typed for another kind is no address of this one.
    if (to !== this.kind) this.place = '';
    this.kind = to;
    this.guided = guided;
  }

  /** Adds it. Null where that was given up, or failed: then `failure` says why. */
  async add(): Promise<Account | null> {
    this.busy = true;
    this.failure = null;
    try {
      if (this.locked && this.passphraseReady) await backend().secretsUnlock(this.passphrase);
      const account = await this.#ask();
      this.passphrase = '';
      this.password = '';
      return account;
    } catch (thrown) {
      const why = failureOf(thrown);
      if (why.code !== 'cancelled') this.failure = why;
      this.locked ||= wantsPassphrase(why.code);
      // Who is asked for something else need not type the password again.
      if (why.code === 'sign_in_refused') this.password = '';
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** Waits for the browser no longer. */
  cancel(): void {
    if (this.busy && this.kind === 'google') void backend().accountAddCancel().catch(complain);
  }

  async pickCalendar(): Promise<void> {
    this.place = (await backend().pickFile('A calendar file', ['ics'])) ?? this.place;
  }

  async pickClient(): Promise<void> {
    this.client = (await backend().pickFile('A client file', ['json'])) ?? this.client;
  }

  #ask(): Promise<Account> {
    if (this.kind === 'ics') return backend().accountAddIcs(this.place.trim());
    if (this.kind === 'google') return backend().accountAddGoogle(this.client.trim() || null);
    return backend().accountAddCaldav(this.place.trim(), this.user.trim(), this.password, this.trusted);
  }
}
