import { failureOf } from '$lib/backend/failure';
import type { Changed, Failure, Item } from '$lib/backend/types';
import { unsaved } from './kept';
import type { Page } from './page';
import type { NoteSource, Stored } from './source';

/** How the text on the screen stands to the one in the vault. */
export type SaveState =
  { is: 'saved' } | { is: 'typing' } | { is: 'saving' } | { is: 'failed'; failure: Failure };

export interface SavingOptions {
  onitems?: (items: Item[]) => void;
  onwarnings?: (warnings: string[]) => void;
  /** Whether something stands half typed at the cursor: a pause in it is none at which to save. */
  unfinished?: () => boolean;
}

/** A pause this long is one at which to save. */
export const pause = 1_200;
/** Half typed or not: after so long without a key it is saved. */
export const longestPause = 8_000;
/** The draft journal is written no more often than this. */
export const draftEvery = 500;
const firstRetry = 2_000;
const longestRetry = 30_000;

/** The saving of a note: one that is still trying to be saved, else a new one. */
export async function savingOf(source: NoteSource, options: SavingOptions = {}): Promise<Saving> {
  const left = unsaved.get(source.key);
  if (!left) return new Saving(source, options);
  unsaved.delete(source.key);
  await left.takeUp(options);
  return left;
}

/** Brings what is typed into the vault and what others write onto the page. Loses nothing typed, whatever fails. */
export class Saving {
  state = $state.raw<SaveState>({ is: 'saved' });
  /** What an earlier sitting typed and could not save. */
  recovered = $state.raw<string | null>(null);
  /** Another program changed lines that were being changed here: both stand in the note, until one has seen it. */
  both = $state(false);
  /** The page, where an earlier editor left one with unsaved text. */
  page: Page | null = null;

  private base: Stored = { text: '', revision: 0 };
  private dirty = false;
  private closed = false;
  /** The editor has gone, and what it left is not yet saved. */
  private lingering = false;
  private running: Promise<boolean> | null = null;
  /** The draft that is being written: a save waits for it, so that it takes it out of the journal. */
  private drafting: Promise<void> | null = null;
  /** Something was drafted since the last save. */
  private drafted = false;
  /** The text that is being saved. */
  private sending: string | null = null;
  private refreshing = false;
  private stale = false;
  private failures = 0;
  /** When the last key was pressed. */
  #key = 0;
  private timers: { draft?: Timer; pause?: Timer; retry?: Timer } = {};

  constructor(
    private readonly source: NoteSource,
    private options: SavingOptions = {},
  ) {}

  /** Sits down at the note: its text. */
  async open(): Promise<string> {
    const { text, revision, recovered } = await this.source.open();
    this.base = { text, revision };
    this.recovered = recovered === text ? null : recovered;
    return text;
  }

  /** The page to save from; it holds what `open` gave. */
  attach(page: Page): void {
    this.page = page;
    if (page.text() !== this.base.text) this.typed();
  }

  /** Goes on with a note whose editor had gone. `page` holds its text. */
  async takeUp(options: SavingOptions): Promise<void> {
    this.options = options;
    this.closed = false;
    this.lingering = false;
    await this.running;
  }

  /** Something was typed. */
  typed(): void {
    this.dirty = true;
    if (this.state.is === 'saved') this.state = { is: 'typing' };
    this.timers.draft ??= setTimeout(() => void this.draft(), draftEvery);
    this.#key = Date.now();
    this.wait('pause', pause);
  }

  /** Saves now what is not saved; true where the vault then has it all. */
  async flush(): Promise<boolean> {
    while (this.page) {
      const saved = await this.save();
      if (!saved || !this.dirty) return saved;
    }
    return true;
  }

  /** Gets up. What cannot be saved stays in the draft journal and goes on trying. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    unsaved.set(this.source.key, this);
    const saved = await this.flush();
    if (!this.closed) return;
    if (saved) return this.done();
    this.lingering = true;
    if (this.page) await this.source.draft(this.page.text()).catch(() => undefined);
  }

  /** Somebody committed something. */
  outside(changed: Changed): void {
    if (this.closed || !this.page || !this.source.touchedBy(changed)) return;
    if (this.running) this.stale = true;
    else if (this.dirty) void this.save();
    else void this.refresh();
  }

  /** Puts the recovered text in place of the note's; undo takes it back. */
  async keep(): Promise<void> {
    const text = this.recovered;
    this.recovered = null;
    if (text === null || !this.page) return;
    this.page.put(text);
    this.typed();
    await this.flush();
  }

  /** Lets the recovered text go: saving the note as it is takes it out of the journal. */
  async discard(): Promise<void> {
    this.recovered = null;
    await this.save(true);
  }

  /** That both stand there was seen. */
  seen(): void {
    this.both = false;
    this.page?.unmark();
  }

  /** One save at a time; a second caller gets the one under way. */
  private save(always = false): Promise<boolean> {
    this.running ??= this.saveOnce(always).finally(() => {
      this.running = null;
      if (this.stale && !this.dirty) void this.refresh();
    });
    return this.running;
  }

  private async saveOnce(always: boolean): Promise<boolean> {
    const { page } = this;
    if (!page) return true;
    this.stop('pause', 'retry');
    while (this.drafting) await this.drafting;
    const sent = page.send();
    // What was typed, drafted and taken back is saved all the same: that takes the draft out of the journal.
    if (sent.text === this.base.text && !always && !this.drafted) return this.settle();
    if (this.state.is !== 'failed') this.state = { is: 'saving' };
    this.dirty = false;
    this.drafted = false;
    this.sending = sent.text;
    try {
      const { items, warnings, conflicts, ...stored } = await this.store(sent.text);
      const before = this.base.text;
      this.base = stored;
      this.failures = 0;
      page.receive(sent, stored.text, conflicts > 0 ? before : null);
      if (conflicts > 0) this.both = true;
      this.options.onitems?.(items);
      this.options.onwarnings?.(warnings);
      return page.text() === stored.text ? this.settle() : this.unsettle();
    } catch (thrown) {
      this.dirty = true;
      this.state = { is: 'failed', failure: failureOf(thrown) };
      this.wait('retry', Math.min(longestRetry, firstRetry * 2 ** this.failures));
      this.failures += 1;
      return false;
    } finally {
      this.sending = null;
    }
  }

  /** Saves; where the program forgot the sitting, sits down anew with the same base. */
  private async store(text: string) {
    try {
      return await this.source.save(text, this.base);
    } catch (thrown) {
      if (failureOf(thrown).code !== 'unknown_sitting') throw thrown;
      await this.source.open();
      return await this.source.save(text, this.base);
    }
  }

  private settle(): true {
    this.dirty = false;
    this.stop('pause', 'draft', 'retry');
    this.state = { is: 'saved' };
    if (this.lingering) void this.done();
    return true;
  }

  private unsettle(): true {
    this.dirty = true;
    this.state = { is: 'typing' };
    this.timers.draft ??= setTimeout(() => void this.draft(), draftEvery);
    if (this.timers.pause === undefined) this.wait('pause', pause);
    return true;
  }

  private async done(): Promise<void> {
    if (unsaved.get(this.source.key) === this) unsaved.delete(this.source.key);
    this.stop('pause', 'draft', 'retry');
    await this.source.close().catch(() => undefined);
  }

  private async draft(): Promise<void> {
    this.timers.draft = undefined;
    const text = this.page?.text();
    if (text === undefined || text === this.base.text || text === this.sending) return;
    if (this.drafting) {
      this.timers.draft = setTimeout(() => void this.draft(), draftEvery);
      return;
    }
    this.drafted = true;
    // What cannot be drafted is saved soon, and that says what is wrong.
    const done = () => void (this.drafting = null);
    this.drafting = this.source.draft(text).then(done, done);
    await this.drafting;
  }

  /** Takes over what others wrote, once nothing here is unsaved. */
  private async refresh(): Promise<void> {
    this.stale = true;
    if (this.refreshing) return;
    this.refreshing = true;
    while (this.stale && this.page && !this.dirty && !this.running && !this.closed) {
      this.stale = false;
      const before = this.base;
      const stored = await this.source.read().catch(() => null);
      // Where something was typed or saved meanwhile, this is asked again after it is saved.
      if (this.dirty || this.running || this.base !== before) this.stale = true;
      else if (stored && stored.revision > before.revision) this.take(stored);
    }
    this.refreshing = false;
  }

  private take(stored: Stored): void {
    const sent = this.page?.send();
    this.base = stored;
    if (sent) this.page?.receive(sent, stored.text);
  }

  private wait(what: 'pause' | 'retry', time: number): void {
    clearTimeout(this.timers[what]);
    this.timers[what] = setTimeout(() => {
      this.timers[what] = undefined;
      const early = what === 'pause' && Date.now() - this.#key < longestPause;
      if (early && this.options.unfinished?.()) this.wait('pause', pause);
      else void this.save();
    }, time);
  }

  private stop(...which: (keyof Saving['timers'])[]): void {
    for (const what of which) {
      clearTimeout(this.timers[what]);
      this.timers[what] = undefined;
    }
  }
}

type Timer = ReturnType<typeof setTimeout>;
