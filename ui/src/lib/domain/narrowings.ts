import type { Narrowed, Offer } from './Filter.svelte';
import type { Organization, Person } from '$lib/backend/types';

interface Narrow {
  person?: string;
  organization?: string;
  topic?: string;
}

/** A view that narrows its list by person, organization and topic. */
interface Narrows<N extends Narrow> {
  narrow: N;
  topics: string[];
  narrowTo(narrow: N): void;
}

/** The chips of what a list is narrowed to, and what it can be narrowed to besides. */
export function narrowings<N extends Narrow>(
  view: Narrows<N>,
  people: Pick<Person, 'id' | 'name'>[],
  organizations: Pick<Organization, 'id' | 'name'>[],
  /** What an organization is here. */
  client = 'Organization',
): { narrowed: Narrowed[]; offers: Offer[] } {
  const { narrow, topics } = view;
  const take = (more: Narrow) => () => view.narrowTo({ ...narrow, ...more });
  const without = (key: keyof Narrow) => () => view.narrowTo({ ...narrow, [key]: undefined });
  const nameIn = (list: { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? '…';
  const narrowed: Narrowed[] = [];
  if (narrow.organization)
    narrowed.push({
      kind: client,
      name: nameIn(organizations, narrow.organization),
      remove: without('organization'),
    });
  if (narrow.person)
    narrowed.push({ kind: 'Person', name: nameIn(people, narrow.person), remove: without('person') });
  if (narrow.topic) narrowed.push({ kind: 'Topic', name: `#${narrow.topic}`, remove: without('topic') });
  const offers: Offer[] = [
    ...people.map(({ id, name }) => ({
      key: `person ${id}`,
      kind: 'Person',
      name,
      take: take({ person: id }),
    })),
    ...organizations.map(({ id, name }) => ({
      key: `organization ${id}`,
      kind: client,
      name,
      take: take({ organization: id }),
    })),
    ...topics.map((topic) => ({
      key: `topic ${topic}`,
      kind: 'Topic',
      name: `#${topic}`,
      take: take({ topic }),
    })),
  ];
  return { narrowed, offers };
}

/** The topics of some items, the most frequent first. */
export function topicsOf(items: { topics: string[] }[]): string[] {
  const counts = new Map<string, number>();
  for (const { topics } of items) for (const topic of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([topic]) => topic);
}

/** The key of the group that each item is in, by the item's id. */
export function groupKeys(groups: { key: string; items: { id: string }[] }[]): ReadonlyMap<string, string> {
  return new Map(groups.flatMap(({ key, items }) => items.map(({ id }) => [id, key] as const)));
}

/** A route with what is there of a query. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const there = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return there.length === 0 ? path : `${path}?${new URLSearchParams(there)}`;
}

/** The things, and after them the others that they lack. */
export function joined<T extends { id: string }>(things: T[], others: T[]): T[] {
  const there = new Set(things.map(({ id }) => id));
  return [...things, ...others.filter(({ id }) => !there.has(id))];
}
