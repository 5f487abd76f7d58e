/** The operators of a search, in the order they are offered. */
export const operators = [
  { name: 'kind', says: 'meeting, note, decision, action, question, person' },
  { name: 'person', says: 'a name or a handle' },
  { name: 'org', says: 'an organization' },
  { name: 'topic', says: 'a topic' },
  { name: 'from', says: 'a day: 2026-01-01' },
  { name: 'to', says: 'a day: 2026-12-31' },
] as const;

export const kinds = ['meeting', 'note', 'decision', 'action', 'question', 'person', 'organization'];

export interface Operator {
  name: string;
  value: string;
}

const pattern = new RegExp(
  `(?:^|(?<=\\s))(${operators.map((one) => one.name).join('|')}):(?:"([^"]+)"|([^\\s"]+))(?=\\s)`,
  'gi',
);

/** Takes the finished operators (those a space follows) out of what was typed. */
export function takeOperators(typed: string): { chips: Operator[]; rest: string } {
  const chips: Operator[] = [];
  const rest = typed.replace(
    pattern,
    (_all, name: string, quoted: string | undefined, plain: string | undefined) => {
      chips.push({ name: name.toLowerCase(), value: quoted ?? plain ?? '' });
      return '';
    },
  );
  return chips.length > 0 ? { chips, rest: rest.replace(/^\s+/, '') } : { chips, rest: typed };
}

/** Chips and words as the one text that is searched for. */
export function queryText(chips: Operator[], rest: string): string {
  const words = rest.trim();
  // A blank behind an operator says that its value is whole.
  return chips.length > 0 ? `${chips.map(writeOperator).join(' ')} ${words}` : words;
}

export function writeOperator({ name, value }: Operator): string {
  return /\s/.test(value) ? `${name}:"${value}"` : `${name}:${value}`;
}

/** The operator being typed at the end: `{ name: 'kind', value: 'dec' }`. */
export function openOperator(typed: string): Operator | null {
  const found = /(?:^|\s)(\w+):"?([^\s"]*)$/.exec(typed);
  const name = found?.[1]?.toLowerCase() ?? '';
  return found && operators.some((one) => one.name === name) ? { name, value: found[2] ?? '' } : null;
}

/** Words that look like operators and are none: `is:open`. An address or a time of day does not look so. */
export function strangeOperators(text: string): string[] {
  const known: string[] = operators.map(({ name }) => name);
  return [...text.matchAll(/(?:^|\s)([a-z]+):(?=[^\s/])/gi)].flatMap(([, name = '']) =>
    known.includes(name.toLowerCase()) ? [] : [`${name}:`],
  );
}

/** What to say where words look like operators and nothing is found; empty where none do. */
export function strangeWords(text: string): string {
  const [strange] = strangeOperators(text);
  if (!strange) return '';
  const all = operators.map(({ name }) => `${name}:`).join(', ');
  return `“${strange}” is no operator, and was looked for as a word. Operators are ${all}.`;
}

/** The text without the operator being typed at its end. */
export function withoutOpen(typed: string): string {
  return typed.replace(/(?:^|\s)\w+:"?[^\s"]*$/, '').trimEnd();
}
