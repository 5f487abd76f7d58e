import { history, redo, undo } from '@codemirror/commands';
import { EditorState, type TransactionSpec } from '@codemirror/state';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineEndings, shapeOf, textOf } from './endings';

function open(text: string): EditorState {
  const shape = shapeOf(text);
  return EditorState.create({ doc: shape.doc, extensions: [lineEndings(shape), history()] });
}

const strange = [
  '',
  '\n',
  '\r',
  '\r\n',
  'no final newline',
  'one\ntwo\n',
  'one\r\ntwo\r\n',
  'one\rtwo\rthree',
  'mixed\r\nof\nall\rthree\r\n\r\r\n\n\r',
  'tabs\tand trailing  \t \nspaces   ',
  '\uFEFFa byte order mark',
  'astral 🧵 ‮right‬ e\u0301 \u2028 \u2029 \u0085 \u000B \u000C \u0001',
  '\n\n\n\r\n',
  '!! a ^k7m2xq\r\n=> b ^abcdef  \r\n',
];

describe('text in, the same text out', () => {
  it.each(strange)('for %j', (text) => {
    expect(textOf(open(text))).toBe(text);
  });

  it('for every text of line ends and letters up to five signs', () => {
    const signs = ['a', '\n', '\r', ' '];
    const grow = (texts: string[]): string[] => texts.flatMap((text) => signs.map((sign) => text + sign));
    let texts = [''];
    for (let length = 0; length < 5; length += 1) {
      texts = grow(texts);
      for (const text of texts) expect(textOf(open(text))).toBe(text);
    }
  });

  const minutes = corpus();
  it.skipIf(minutes.length === 0)('for the minutes of the corpora', () => {
    for (const file of minutes) {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFileSync(file));
      expect(textOf(open(text)) === text, file).toBe(true);
    }
    expect(minutes.length).toBeGreaterThan(10);
  });
});

describe('line endings', () => {
  const edit = (text: string, ...specs: TransactionSpec[]) =>
    textOf(specs.reduce((state, spec) => state.update(spec).state, open(text)));

  it('a new line gets the ending of the others', () => {
    expect(edit('a\r\nb', { changes: { from: 1, insert: '\nc' } })).toBe('a\r\nc\r\nb');
    expect(edit('a\nb', { changes: { from: 1, insert: '\r\nc' } })).toBe('a\nc\nb');
  });

  it('an odd ending stays with its line while others change', () => {
    expect(edit('a\r\nb\nc\r\n', { changes: { from: 0, insert: 'x\ny' } })).toBe('x\r\nya\r\nb\nc\r\n');
    expect(edit('a\nb\nc\r\nd', { changes: { from: 0, to: 2 } })).toBe('b\nc\r\nd');
  });

  it('an odd ending that was deleted comes back with undo, and goes again with redo', () => {
    let state = open('a\nb\nc\r\nd');
    const dispatch = (tr: { state: EditorState }) => (state = tr.state);
    dispatch(state.update({ changes: { from: 5, to: 6 }, userEvent: 'delete' }));
    expect(textOf(state)).toBe('a\nb\ncd');
    undo({ state, dispatch });
    expect(textOf(state)).toBe('a\nb\nc\r\nd');
    redo({ state, dispatch });
    expect(textOf(state)).toBe('a\nb\ncd');
    undo({ state, dispatch });
    expect(textOf(state)).toBe('a\nb\nc\r\nd');
  });
});

/** Real minutes beside the checkout, or named by the environment; none where there are none. */
function corpus(): string[] {
  const tried = [process.env.THROUGHLINE_CORPORA].filter((dir) => dir !== undefined);
  for (let dir = import.meta.dirname; dir !== dirname(dir); dir = dirname(dir))
    tried.push(join(dir, '../shared/corpora'));
  const root = tried.map((dir) => join(dir, 'minutes')).find((dir) => existsSync(dir));
  const files = (dir: string): string[] =>
    readdirSync(dir).flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });
  return root ? files(root) : [];
}
