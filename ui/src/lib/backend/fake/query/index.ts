import { count } from '$lib/format';
import type { Backend } from '../../backend';
import type { QueryResult, SavedQuery } from '../../types';
import { failure, type World } from '../world';
import { explain, tester, type Key } from './keys';
import { kindsOf } from './kinds';
import { kinds, read, unknownKey, type Term } from './read';

type Queries = Pick<
  Backend,
  'queryNames' | 'queries' | 'queryRun' | 'querySave' | 'queryRename' | 'queryDelete' | 'queryKeys'
>;

/** Relationship queries: a small language over everything, and what is saved in it. */
export function queries(world: World): Queries {
  function run(expression: string): Omit<QueryResult, 'name'> {
    const { kind: name, terms } = read(expression);
    const kind = kindsOf(world)[name];
    const keys: Record<string, Key<never>> = kind.keys;
    const asked = terms.map((term) => {
      const key = keys[term.key];
      if (!key) throw unknownKey(name, term.key, Object.keys(keys));
      return { term, key, fits: tester(key, term, world.today) };
    });
    const told = asked.find(({ key }) => key.type === 'age' || key.type === 'number');
    return {
      expression,
      kind: name,
      explained: `${[kind.name, ...listed(asked.map(({ key, term }) => explain(key, term)))].join(' ')}.`,
      rows: kind
        .all(world)
        .filter((thing) => asked.every(({ fits }) => fits(thing)))
        .map((thing) => ({
          kind: kind.opens,
          status: null,
          ...kind.row(thing),
          value: told ? valueOf(told.key, told.term, thing) : null,
        })),
    };
  }

  const saved = (name: string): SavedQuery => {
    const expression = world.state.queries.get(name) ?? '';
    const { kind, rows } = run(expression);
    return { name, expression, kind, count: rows.length };
  };
  const touch = (name: string) => [{ kind: 'setting', id: name }];

  return {
    queryNames: async () =>
      [...world.state.queries.keys()]
        .sort((a, b) => a.localeCompare(b))
        .map((name) => {
          const { expression, kind } = saved(name);
          return { name, expression, kind };
        }),
    queries: async () => [...world.state.queries.keys()].sort((a, b) => a.localeCompare(b)).map(saved),
    async queryRun(asked) {
      const expression = world.state.queries.get(asked);
      return { name: expression === undefined ? null : asked, ...run(expression ?? asked) };
    },
    async querySave(name, expression) {
      const wanted = name.trim();
      if (wanted === '') throw failure('invalid', 'A query is saved under a name.');
      run(expression);
      return world.command('saved a query', () => {
        world.state.queries.set(wanted, expression.trim());
        return { answer: saved(wanted), touched: touch(wanted) };
      });
    },
    async queryRename(name, to) {
      const expression = world.state.queries.get(name);
      const wanted = to.trim();
      if (expression === undefined) throw failure('not_found', `There is no query “${name}”.`);
      if (wanted === '') throw failure('invalid', 'A query is saved under a name.');
      return world.command('renamed a query', () => {
        world.state.queries.delete(name);
        world.state.queries.set(wanted, expression);
        return { answer: undefined, touched: [...touch(name), ...touch(wanted)] };
      });
    },
    async queryDelete(name) {
      if (!world.state.queries.has(name)) throw failure('not_found', `There is no query “${name}”.`);
      return world.command('deleted a query', () => {
        world.state.queries.delete(name);
        return { answer: undefined, touched: touch(name) };
      });
    },
    async queryKeys() {
      const all = kindsOf(world);
      return kinds.flatMap((kind) =>
        Object.entries<Key<never>>(all[kind].keys).map(([key, { does, examples }]) => ({
          kind,
          key,
          does,
          examples,
        })),
      );
    },
  };
}

/** `a`, `a and b`, `a, b and c`, as the end of a sentence. */
function listed(parts: string[]): string[] {
  const last = parts.at(-1);
  if (last === undefined) return [];
  return [parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last];
}

function valueOf(key: Key<never>, term: Term, thing: never): string | null {
  if (key.type === 'number') return `${Math.round(key.of(thing) * 10) / 10} ${key.words}`;
  if (key.type !== 'age') return null;
  const days = key.of(thing);
  if (days === null) return term.key.startsWith('last') ? 'never' : null;
  return days < 14 ? count(days, 'day') : count(Math.floor(days / 7), 'week');
}
