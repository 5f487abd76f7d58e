import { addDays, makeDay } from '$lib/format';
import type { Day } from '../../types';
import { failure } from '../world';

export type Op = ':' | '>' | '>=' | '<' | '<=';

/** `-status:done`, `age>30d`. */
export interface Term {
  not: boolean;
  key: string;
  op: Op;
  value: string;
}

const kindNames = [
  'people',
  'organizations',
  'series',
  'meetings',
  'actions',
  'decisions',
  'questions',
] as const;
export type KindName = (typeof kindNames)[number];
export const kinds: readonly KindName[] = kindNames;

const wrong = (message: string, hint: string) => failure('unreadable_query', message, hint);

/** Reads an expression: its kind and its terms. What is no expression says why, and what there is. */
export function read(expression: string): { kind: KindName; terms: Term[] } {
  const words = expression.trim().match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  const [first = '', ...rest] = words;
  const kind = kinds.find((name) => name === first.toLowerCase());
  if (!kind)
    throw wrong(
      first ? `There is no kind “${first}”.` : 'What is asked for is missing.',
      `An expression begins with one of ${kinds.join(', ')}.`,
    );
  if ((expression.match(/"/g)?.length ?? 0) % 2 === 1)
    throw wrong('A quotation mark is not closed.', 'Words with a space between them stand in "…".');
  return { kind, terms: rest.map(term) };
}

function term(word: string): Term {
  const found = /^(-?)([a-z][\w-]*?(?:-1:1)?)(:|>=|<=|>|<)(.*)$/i.exec(word);
  const plain = (text: string) => text.replaceAll('"', '');
  if (!found)
    throw wrong(
      `“${plain(word)}” is no condition.`,
      'A condition is a key and a value: status:open, age>30d.',
    );
  const [, not, key = '', op, value = ''] = found;
  if (value === '') throw wrong(`“${key}” has no value.`, `Write one after it, as in ${key}:none.`);
  return { not: not === '-', key: key.toLowerCase(), op: op as Op, value: plain(value) };
}

/** Days of `10d`, `3w`, `6m`, `1y`. */
export function readAge(value: string): number {
  const found = /^(\d+)([dwmy])$/i.exec(value);
  if (!found)
    throw wrong(`“${value}” is no length of time.`, 'Write 10d, 3w, 6m or 1y: days, weeks, months, years.');
  return Number(found[1]) * { d: 1, w: 7, m: 30, y: 365 }[(found[2] ?? 'd').toLowerCase() as 'd'];
}

export function readNumber(value: string): number {
  if (!/^\d+(\.\d+)?$/.test(value)) throw wrong(`“${value}” is no number.`, 'Write digits: 3.');
  return Number(value);
}

/** `2026-03-01`, `today`, `today-14`, `today+7`. */
export function readDay(value: string, today: Day): Day {
  const near = /^today(?:([+-]\d+))?$/i.exec(value);
  if (near) return addDays(today, Number(near[1] ?? 0));
  const [year, month, date] = value.split('-').map(Number);
  const day = /^\d{4}-\d\d-\d\d$/.test(value) ? makeDay(year ?? 0, month ?? 0, date ?? 0) : null;
  if (!day) throw wrong(`“${value}” is no day.`, 'Write 2026-03-01, today or today-14.');
  return day;
}

export function unknownKey(kind: string, key: string, known: string[]) {
  return wrong(`“${key}” is not known of ${kind}.`, `There are ${known.join(', ')}.`);
}

export function noOrder(key: string, op: Op) {
  return wrong(`“${key}” does not fit ${op}.`, `Write ${key}: and what it should be.`);
}
