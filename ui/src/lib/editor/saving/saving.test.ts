import { EditorState } from '@codemirror/state';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Changed, Failure } from '$lib/backend/types';
import { anchorCare } from '../text/anchor-care';
import { stripAnchors } from '../text/anchors';
import { lineEndings, shapeOf } from '../text/endings';
import { Page } from './page';
import { draftEvery, longestPause, pause, Saving, savingOf } from './saving.svelte';
import { mergeTexts, type NoteSource, type Stored } from './source';

const busy: Failure = {
  code: 'vault_busy',
  message: 'Another program is writing.',
  hint: 'It is tried again.',
};
const forgotten: Failure = { code: 'unknown_sitting', message: 'Closed.', hint: null };

/** A vault with one note, which merges, writes anchors, answers late and fails as it is told to. */
class Vault implements NoteSource {
  key = `note ${Math.random()}`;
  revisions: string[];
  drafted: string | null = null;
  saves: string[] = [];
  opened = 0;
  closed = 0;
  delay = () => 0;
  draftDelay = () => 0;
  fail: () => Failure | null = () => null;
  /** Commits, and then says it failed. */
  loseAnswer = () => false;
  under = 0;
  most = 0;
  recovered: string | null = null;
  private sent: Stored | null = null;
  private ids = 0;

  constructor(text = '') {
    this.revisions = [text];
  }

  get text(): string {
    return this.revisions.at(-1) ?? '';
  }
  get revision(): number {
    return this.revisions.length - 1;
  }

  write(text: string): void {
    this.revisions.push(text);
  }

  async open() {
    this.opened += 1;
    return { text: this.text, revision: this.revision, recovered: this.recovered };
  }

  async draft(text: string) {
    const time = this.draftDelay();
    if (time > 0) await new Promise((done) => setTimeout(done, time));
    this.drafted = text;
  }

  async save(text: string, base: Stored) {
    this.under += 1;
    this.most = Math.max(this.most, this.under);
    await wait(this.delay() / 2);
    try {
      const failure = this.fail();
      if (failure) throw failure;
      const from =
        this.sent?.revision === base.revision ? this.sent.text : (this.revisions[base.revision] ?? '');
      const merged = base.revision === this.revision ? text : mergeTexts(from, text, this.text);
      const anchored = merged.replace(
        /^!! (?!.*\^)(\S.*?)( *)(?=\r?$)/gm,
        (_, said: string, blanks: string) => `!! ${said} ^${this.anchor()}${blanks}`,
      );
      if (anchored !== this.text) this.revisions.push(anchored);
      this.saves.push(text);
      this.sent = { text, revision: base.revision };
      if (this.loseAnswer()) throw busy;
      const answer = { text: this.text, revision: this.revision, items: [], warnings: [], conflicts: 0 };
      await wait(this.delay() / 2);
      return answer;
    } finally {
      this.under -= 1;
    }
  }

  async read() {
    await wait(this.delay() / 2);
    const seen = { text: this.text, revision: this.revision };
    await wait(this.delay() / 2);
    return seen;
  }

  async close() {
    this.closed += 1;
  }

  touchedBy = () => true;

  private anchor(): string {
    this.ids += 1;
    return `a${String(this.ids).padStart(5, '0')}`;
  }
}

function wait(time: number): Promise<void> {
  return time === 0 ? Promise.resolve() : new Promise((done) => setTimeout(done, time));
}

const changed: Changed = { seq: 1, touched: [{ kind: 'note', id: 'n' }] };

async function sitDown(vault: Vault, saving = new Saving(vault)) {
  const shape = shapeOf(await saving.open());
  let state = EditorState.create({ doc: shape.doc, extensions: [lineEndings(shape), anchorCare()] });
  const page = new Page(state);
  saving.attach(page);
  /** Types as a person does: through the filters, and told to the saving. */
  const type = (text: string, at?: number) => {
    state = page.state;
    const from = at ?? state.doc.length;
    const tr = state.update({
      changes: { from, insert: text },
      selection: { anchor: from },
      userEvent: 'input.type',
    });
    (page as unknown as { held: EditorState }).held = tr.state;
    page.saw(tr);
    saving.typed();
  };
  return { saving, page, type };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (time: number) => vi.advanceTimersByTimeAsync(time);

describe('saving', () => {
  it('happens at a pause, once, with the newest text', async () => {
    const vault = new Vault();
    const { saving, type } = await sitDown(vault);
    for (const letter of 'abc') {
      type(letter);
      await pass(pause - 100);
    }
    expect(vault.saves).toEqual([]);
    expect(saving.state.is).toBe('typing');
    await pass(100);
    expect(vault.saves).toEqual(['abc']);
    expect(saving.state.is).toBe('saved');
    await pass(60_000);
    expect(vault.saves).toHaveLength(1);
  });

  it('keeps a draft at most every half second while one types', async () => {
    const vault = new Vault();
    const drafts = vi.spyOn(vault, 'draft');
    const { type } = await sitDown(vault);
    for (let nth = 0; nth < 20; nth += 1) {
      type('x');
      await pass(100);
    }
    expect(drafts.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(drafts.mock.calls.length).toBeLessThanOrEqual(2_000 / draftEvery);
    expect(vault.saves).toEqual([]);
  });

  it('waits for the draft under way, which would be left in the journal behind it', async () => {
    const vault = new Vault();
    let written: () => void = () => undefined;
    vi.spyOn(vault, 'draft').mockImplementation(() => new Promise((done) => (written = done)));
    const { saving, type } = await sitDown(vault);
    type('We talke');
    await pass(draftEvery);
    type('d about');
    const closed = saving.close();
    await pass(pause);
    expect(vault.saves).toEqual([]);
    written();
    await closed;
    expect(vault.saves).toEqual(['We talked about']);
    expect(vault.closed).toBe(1);
  });

  it('drafts nothing that is being saved', async () => {
    const vault = new Vault();
    vault.delay = () => 4_000;
    const drafts = vi.spyOn(vault, 'draft');
    const { type } = await sitDown(vault);
    type('a');
    await pass(pause - draftEvery + 100);
    type('b');
    await pass(pause);
    const before = drafts.mock.calls.length;
    await pass(2_000);
    expect(drafts.mock.calls.length).toBe(before);
  });

  it('is done where what was drafted is taken back: the draft goes', async () => {
    const vault = new Vault('a');
    const { saving, page, type } = await sitDown(vault);
    type('b');
    await pass(draftEvery);
    expect(vault.drafted).toBe('ab');
    page.put('a');
    saving.typed();
    await pass(pause);
    expect(vault.saves).toEqual(['a']);
    expect(saving.state.is).toBe('saved');
  });

  it('waits while a name is half typed, but not for ever', async () => {
    const vault = new Vault();
    let half = true;
    const { type } = await sitDown(vault, new Saving(vault, { unfinished: () => half }));
    type('!! @pri');
    await pass(3 * pause);
    expect(vault.saves).toEqual([]);
    expect(vault.drafted).toBe('!! @pri');
    half = false;
    await pass(pause);
    expect(vault.saves).toEqual(['!! @pri']);
    half = true;
    type('ya');
    await pass(longestPause + pause);
    expect(vault.saves).toHaveLength(2);
  });

  it('sends one text at a time, and what was typed meanwhile afterwards', async () => {
    const vault = new Vault();
    vault.delay = () => 4_000;
    const { saving, page, type } = await sitDown(vault);
    type('!! a');
    await pass(pause);
    expect(saving.state.is).toBe('saving');
    type(' b');
    await pass(20_000);
    expect(vault.saves).toEqual(['!! a', '!! a b ^a00001']);
    expect(vault.most).toBe(1);
    expect(page.text()).toBe('!! a b ^a00001');
    expect(saving.state.is).toBe('saved');
  });

  it('that fails says why, keeps the text and tries again, later each time', async () => {
    const vault = new Vault();
    const asked = vi.spyOn(vault, 'save');
    vault.fail = () => busy;
    const { saving, page, type } = await sitDown(vault);
    type('kept');
    await pass(pause);
    expect(saving.state).toEqual({ is: 'failed', failure: busy });
    await pass(2_000);
    expect(asked).toHaveBeenCalledTimes(2);
    await pass(3_900);
    expect(asked).toHaveBeenCalledTimes(2);
    await pass(100);
    expect(asked).toHaveBeenCalledTimes(3);
    expect(page.text()).toBe('kept');
    vault.fail = () => null;
    type('!');
    await pass(pause);
    expect(vault.text).toBe('kept!');
    expect(saving.state.is).toBe('saved');
  });

  it('sits down anew where the program forgot the sitting', async () => {
    const vault = new Vault('a\n');
    const { saving, type } = await sitDown(vault);
    let first = true;
    vault.fail = () => (first ? ((first = false), forgotten) : null);
    type('b');
    await pass(pause);
    expect(vault.opened).toBe(2);
    expect(vault.text).toBe('a\nb');
    expect(saving.state.is).toBe('saved');
  });

  it('whose answer was lost is not done twice', async () => {
    const vault = new Vault('a\n');
    const { page, type } = await sitDown(vault);
    let first = true;
    vault.loseAnswer = () => first && !(first = false);
    type('!! b\n');
    await pass(pause);
    type('c\n');
    await pass(60_000);
    expect(stripAnchors(vault.text)).toBe('a\n!! b\nc\n');
    expect(page.text()).toBe(vault.text);
  });
});

describe('what others write', () => {
  it('appears where nothing is unsaved', async () => {
    const vault = new Vault('- [ ] a\n');
    const { saving, page } = await sitDown(vault);
    vault.write('- [x] a\n');
    saving.outside(changed);
    await pass(10);
    expect(page.text()).toBe('- [x] a\n');
    expect(saving.state.is).toBe('saved');
    await pass(60_000);
    expect(vault.saves).toEqual([]);
  });

  it('and what is typed are both kept', async () => {
    const vault = new Vault('- [ ] a\n');
    const { saving, page, type } = await sitDown(vault);
    type('b\n');
    vault.write('- [x] a\n');
    saving.outside(changed);
    await pass(10);
    expect(vault.text).toBe('- [x] a\nb\n');
    expect(page.text()).toBe(vault.text);
  });

  it('does not come in under what was typed while it was read', async () => {
    const vault = new Vault('a\n');
    vault.delay = () => 500;
    const { saving, page, type } = await sitDown(vault);
    vault.write('a\nother\n');
    saving.outside(changed);
    await pass(100);
    type('mine', 0);
    await pass(10_000);
    expect(page.text()).toBe('minea\nother\n');
    expect(vault.text).toBe(page.text());
  });

  it('keeps CRLF', async () => {
    const vault = new Vault('a\r\nb\r\n');
    const { page, type } = await sitDown(vault);
    type('!! c\n');
    await pass(pause);
    expect(vault.text).toBe('a\r\nb\r\n!! c ^a00001\r\n');
    expect(page.text()).toBe(vault.text);
  });
});

describe('leaving', () => {
  it('saves first, and then gets up', async () => {
    const vault = new Vault();
    const { saving, type } = await sitDown(vault);
    type('a');
    await saving.close();
    expect(vault.text).toBe('a');
    expect(vault.closed).toBe(1);
  });

  it('where it cannot be saved leaves a draft, and goes on trying', async () => {
    const vault = new Vault();
    vault.fail = () => busy;
    const { saving, type } = await sitDown(vault);
    type('a');
    await saving.close();
    expect(vault.drafted).toBe('a');
    expect(vault.closed).toBe(0);
    vault.fail = () => null;
    await pass(60_000);
    expect(vault.text).toBe('a');
    expect(vault.closed).toBe(1);
    expect((await savingOf(vault)).page).toBeNull();
  });

  it('and coming back before it is saved finds the text', async () => {
    const vault = new Vault();
    vault.fail = () => busy;
    const { saving, type } = await sitDown(vault);
    type('a');
    await saving.close();
    const again = await savingOf(vault);
    expect(again).toBe(saving);
    expect(again.page?.text()).toBe('a');
    vault.fail = () => null;
    await pass(60_000);
    expect(vault.text).toBe('a');
    expect(vault.closed).toBe(0);
  });
});

describe('a recovered draft', () => {
  it('is offered, and kept as one change', async () => {
    const vault = new Vault('a\n');
    vault.recovered = 'a\nb\n';
    const { saving, page } = await sitDown(vault);
    expect(saving.recovered).toBe('a\nb\n');
    expect(page.text()).toBe('a\n');
    await saving.keep();
    expect(vault.text).toBe('a\nb\n');
    expect(saving.recovered).toBeNull();
  });

  it('is let go by saving the note as it is', async () => {
    const vault = new Vault('a\n');
    vault.recovered = 'a\nb\n';
    const { saving } = await sitDown(vault);
    await saving.discard();
    expect(vault.saves).toEqual(['a\n']);
    expect(vault.text).toBe('a\n');
  });

  it('that says what the note says is not offered', async () => {
    const vault = new Vault('a\n');
    vault.recovered = 'a\n';
    expect((await sitDown(vault)).saving.recovered).toBeNull();
  });
});

describe('nothing typed is lost', () => {
  it.each(Array.from({ length: 400 }, (_, seed) => seed))(
    'whatever is slow, fails or changes meanwhile (seed %i)',
    async (seed) => {
      const random = randomOf(seed);
      const vault = new Vault('start\n');
      const { saving, page, type } = await sitDown(vault);
      let troubled = true;
      vault.delay = () => (troubled ? random(3_000) : 0);
      const slow = randomOf(seed + 1_000);
      vault.draftDelay = () => (troubled ? slow(2_000) : 0);
      vault.fail = () => (troubled && random(3) === 0 ? busy : null);
      vault.loseAnswer = () => troubled && random(6) === 0;
      const typed: string[] = [];
      const written: string[] = [];
      for (let step = 0; step < 40; step += 1) {
        const token = `<${seed}.${step}>`;
        switch (random(6)) {
          case 0:
            vault.write(`${vault.text}w${token}\n`);
            written.push(`w${token}`);
            saving.outside(changed);
            break;
          case 1:
            vault.write(`w${token}\n${vault.text}`);
            written.push(`w${token}`);
            saving.outside(changed);
            break;
          case 2:
            void saving.flush();
            break;
          default: {
            // At the end of a random line, sometimes as an item on a line of its own.
            const { doc } = page.state;
            const line = doc.line(1 + random(doc.lines));
            const said = random(2) === 0 ? token : `\n!! ${token}`;
            type(said, line.to);
            typed.push(token);
          }
        }
        await pass(random(1_500));
      }
      troubled = false;
      await pass(120_000);
      expect(page.text()).toBe(vault.text);
      expect(saving.state.is).toBe('saved');
      // This vault merges letter by letter: an anchor can come to stand within a token.
      const said = vault.text.replace(/ \^a\d{5}/g, '');
      for (const token of [...typed, ...written]) expect(said.split(token)).toHaveLength(2);
      expect(vault.most).toBe(1);
    },
  );
});

function randomOf(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 12)) >>> 0) % below;
  };
}
