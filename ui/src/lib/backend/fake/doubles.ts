import type { Backend } from '../backend';
import type { Duplicate } from '../types';
import { sorted } from './days';
import { attends, need, type StoredPerson, type World } from './world';

/** People who may be one: a like name, or an address that spells the other's name; never two who met each other. */
export function doubles(world: World): Pick<Backend, 'duplicates' | 'duplicateRefuse'> {
  const bare = ({ note: _note, noteRevision: _revision, into: _into, ...person }: StoredPerson) => person;
  const pair = (a: string, b: string) => [a, b].sort().join(' ');

  function evidence(a: StoredPerson, b: StoredPerson): string[] {
    const found: string[] = [];
    const [x, y] = [nameWords(a.name), nameWords(b.name)];
    if (x.join(' ') === y.join(' ')) found.push('The same name');
    else if (x.at(-1) === y.at(-1) && x[0]?.[0] === y[0]?.[0] && x.length > 1)
      found.push('The same last name');
    else if ([x, y].some((one) => one.length === 1) && x[0] === y[0]) found.push('The same first name');
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      for (const email of one.emails)
        if (nameWords(email.split('@')[0] ?? '').join(' ') === nameWords(other.name).join(' '))
          found.push(`${email} spells ${other.name}`);
    return found;
  }

  return {
    async duplicates() {
      const people = [...world.state.people.values()].filter((one) => !one.into && !one.is_me);
      const found: Duplicate[] = [];
      people.forEach((a, at) => {
        for (const b of people.slice(at + 1)) {
          if (world.state.refused.has(pair(a.id, b.id))) continue;
          const why = evidence(a, b);
          if (why.length === 0) continue;
          const together = sorted(world).some((one) => attends(one, a.id) && attends(one, b.id));
          if (together) continue;
          why.push('Never in a meeting together');
          found.push({ a: bare(a), b: bare(b), score: why.length / 4, evidence: why });
        }
      });
      return found.sort((x, y) => y.score - x.score);
    },
    async duplicateRefuse(a, b) {
      return world.command('said that two are two', () => {
        for (const id of [a, b]) need(world.state.people, id, 'person');
        world.state.refused.set(pair(a, b), true);
        return { answer: undefined, touched: [a, b].map((id) => ({ kind: 'person', id })) };
      });
    },
  };
}

function nameWords(name: string): string[] {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z]+/)
    .filter(Boolean);
}
