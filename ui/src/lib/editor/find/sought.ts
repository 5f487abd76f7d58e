import { SearchQuery } from '@codemirror/search';
import type { EditorState } from '@codemirror/state';
import { anchorOf } from '../text/anchors';

/** What is looked for in a note: words as they are, blind to case and accents, and never an anchor, which nobody sees. */
export class Sought extends SearchQuery {
  constructor(
    readonly words: string,
    /** What takes their place, word for word. */
    readonly instead = '',
  ) {
    super({
      search: patternOf(words),
      regexp: true,
      literal: true,
      replace: instead.replaceAll('$', '$$$$'),
      test: isSeen,
    });
  }
}

/** The words of a query, however it came about. */
export function wordsOf(query: SearchQuery): string {
  return query instanceof Sought ? query.words : query.search;
}

function isSeen(_: string, state: EditorState, from: number, to: number): boolean {
  const line = state.doc.lineAt(from);
  const anchor = anchorOf(line.text);
  return !anchor || to <= line.from + anchor.from;
}

/** A pattern that finds the words with any accents, those that stand behind a letter as signs of their own too. */
function patternOf(words: string): string {
  return [...words.normalize('NFD').replace(/\p{M}/gu, '')]
    .map((sign) => {
      const accented = accents().get(sign.toLowerCase());
      if (accented) return `[${sign}${accented}]\\p{M}*`;
      return /\p{L}/u.test(sign) ? `${sign}\\p{M}*` : sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
    })
    .join('');
}

let known: Map<string, string> | null = null;

/** By letter, those that are it with an accent: Latin, Greek and Cyrillic. */
function accents(): Map<string, string> {
  if (known) return known;
  known = new Map();
  for (const [first, last] of [
    [0xc0, 0x52f],
    [0x1e00, 0x1fff],
  ] as const) {
    for (let code = first; code <= last; code += 1) {
      const letter = String.fromCharCode(code);
      const bare = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
      if (bare.length === 1 && /\p{L}/u.test(bare) && bare !== letter.toLowerCase())
        known.set(bare, (known.get(bare) ?? '') + letter);
    }
  }
  return known;
}
