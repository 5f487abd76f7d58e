import type { QueryKey } from '$lib/backend/types';

/** What can stand where one types: put in place of `from..to` of the line. */
export interface Offer {
  from: number;
  to: number;
  insert: string;
  label: string;
  does: string;
}

/** Every example of a key as a term: `relation:report`, also where only its value is told, or a whole expression. */
export function examplesOf({ key, examples }: QueryKey): string[] {
  const terms = examples.flatMap((example) => {
    const word = example.split(/\s+/).find((one) => startsWithKey(one.replace(/^-/, ''), key));
    if (word) return [word];
    return /\s/.test(example) ? [] : [`${key}${/^[<>]/.test(example) ? '' : ':'}${example}`];
  });
  return [...new Set(terms)];
}

const startsWithKey = (word: string, key: string): boolean =>
  word.startsWith(key) && /^[:<>]/.test(word.slice(key.length));

/** What fits at the caret: kinds at the beginning, then keys of the kind, then values a key is known to take. */
export function offersAt(line: string, caret: number, keys: QueryKey[]): Offer[] {
  const from = line.slice(0, caret).search(/[^\s"]*$/);
  const rest = /^[^\s"]*/.exec(line.slice(caret))?.[0].length ?? 0;
  const to = caret + rest;
  const word = line.slice(from, caret).toLowerCase();
  const before = line.slice(0, from).trim();
  if (before === '') {
    return [...new Set(keys.map(({ kind }) => kind))]
      .filter((kind) => kind.startsWith(word))
      .map((kind) => ({ from, to, insert: `${kind} `, label: kind, does: keysTold(keys, kind) }));
  }
  const kind = before.split(/\s+/)[0]?.toLowerCase();
  const own = keys.filter((one) => one.kind === kind);
  const not = word.startsWith('-') ? '-' : '';
  const bare = word.slice(not.length);
  // The longest key first: `last-1:1` is no key `last-1` with a value.
  const whole = [...own]
    .sort((a, b) => b.key.length - a.key.length)
    .find(({ key }) => startsWithKey(bare, key));
  if (whole) {
    return examplesOf(whole)
      .filter((one) => one.startsWith(bare) && one !== bare)
      .map((one) => ({ from, to, insert: `${not}${one} `, label: `${not}${one}`, does: whole.does }));
  }
  return own
    .filter(({ key }) => key.startsWith(bare))
    .map((one) => ({
      from,
      to,
      insert: `${not}${one.key}${opOf(one)}`,
      label: `${not}${one.key}`,
      does: one.does,
    }));
}

/** How a key is mostly asked: as its first example has it. */
function opOf(key: QueryKey): string {
  const example = examplesOf(key)[0] ?? '';
  return /^(>=|<=|>|<|:)/.exec(example.slice(key.key.length))?.[1] ?? ':';
}

function keysTold(keys: QueryKey[], kind: string): string {
  const own = keys.filter((one) => one.kind === kind).map(({ key }) => key);
  return `by ${own.slice(0, 4).join(', ')}${own.length > 4 ? '…' : ''}`;
}
