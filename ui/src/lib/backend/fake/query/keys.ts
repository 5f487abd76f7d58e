import { count } from '$lib/format';
import type { Day } from '../../types';
import { noOrder, readAge, readDay, readNumber, type Op, type Term } from './read';

interface Told {
  does: string;
  examples: string[];
  /** As the sentence says it: "last 1:1", "topic". */
  words: string;
}

/** One property of a kind of thing: how it is read, compared and told. */
export type Key<T> = Told &
  (
    | { type: 'words'; of: (thing: T) => string[]; whole?: boolean }
    | { type: 'number'; of: (thing: T) => number }
    | { type: 'age'; of: (thing: T) => number | null }
    | { type: 'day'; of: (thing: T) => Day | null; bound?: '>=' | '<=' }
  );

const compare = <V>(a: V, op: Op, b: V): boolean =>
  ({ ':': a === b, '>': a > b, '>=': a >= b, '<': a < b, '<=': a <= b })[op];

/** The test of a term, made once; a value that is none throws. */
export function tester<T>(key: Key<T>, term: Term, today: Day): (thing: T) => boolean {
  const { op, value } = term;
  const missing = value === 'none' ? true : value === 'any' ? false : null;
  const yes = ((): ((thing: T) => boolean) => {
    if (key.type === 'words') {
      if (op !== ':') throw noOrder(term.key, op);
      if (missing !== null) return (thing) => (key.of(thing).length === 0) === missing;
      const wanted = value.toLowerCase().replace(/^[@#]/, '');
      return (thing) =>
        key.of(thing).some((one) => {
          const word = one.toLowerCase();
          return key.whole ? word === wanted || word.startsWith(`${wanted}/`) : word.includes(wanted);
        });
    }
    if (key.type === 'number') {
      const wanted = value === 'none' ? 0 : readNumber(value);
      return (thing) => compare(key.of(thing), op, wanted);
    }
    if (missing !== null) return (thing) => (key.of(thing) === null) === missing;
    if (key.type === 'age') {
      const wanted = readAge(value);
      // What never was is longer ago than anything.
      return (thing) => compare(key.of(thing) ?? Infinity, op === ':' ? '>=' : op, wanted);
    }
    const wanted = readDay(value, today);
    const how = key.bound ?? op;
    return (thing) => {
      const day = key.of(thing);
      return day !== null && compare(day, how, wanted);
    };
  })();
  return term.not ? (thing) => !yes(thing) : yes;
}

const units = { d: 'day', w: 'week', m: 'month', y: 'year' };
const compared = { ':': '', '>': 'more than ', '>=': 'at least ', '<': 'fewer than ', '<=': 'at most ' };

/** A term in words: "with topic acme", "whose last 1:1 is more than 3 weeks ago". */
export function explain<T>(key: Key<T>, { op, value, not }: Term): string {
  const no = not ? 'not ' : '';
  if (value === 'none') return `${no}without ${key.words}`;
  if (value === 'any') return `${no}with ${key.words}`;
  if (key.type === 'number')
    return op === ':' && value === '0'
      ? `${no}without ${key.words}`
      : `${no}with ${compared[op]}${value} ${key.words}`;
  if (key.type === 'age') {
    const unit = units[value.slice(-1).toLowerCase() as 'd'];
    const long = count(Number(value.slice(0, -1)), unit);
    return `${no}whose ${key.words} is ${op.startsWith('<') ? 'less' : 'more'} than ${long} ago`;
  }
  if (key.type === 'day') return `${no}${key.words} ${value}`;
  return `${no}with ${key.words} ${value}`;
}
