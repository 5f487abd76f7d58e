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
  const without = (key: keyof Narrow) => () => {
    const rest = { ...narrow };
    delete rest[key];
    view.narrowTo(rest);
  };
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
