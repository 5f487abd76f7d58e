import { backend } from '$lib/backend';
import type { Failure } from '$lib/backend/types';
import { kinds, type Operator } from './query';

export interface Offer {
  operator: Operator;
  /** More of what it is: a name beside a handle. */
  says: string;
}

/** What may stand after an operator. */
export async function valuesOf({ name, value }: Operator): Promise<Offer[]> {
  const typed = value.toLowerCase();
  if (name === 'kind') {
    return kinds
      .filter((kind) => kind.startsWith(typed))
      .map((kind) => ({ operator: { name, value: kind }, says: '' }));
  }
  if (name === 'person') {
    const people = await backend().complete('person', typed, null);
    return people
      .filter((one) => one.person_id)
      .map((one) => ({ operator: { name, value: one.insert.replace('@', '') }, says: one.label }));
  }
  if (name === 'topic') {
    const topics = await backend().complete('topic', typed, null);
    return topics.map((one) => ({
      operator: { name, value: one.insert.replace('#', '') },
      says: one.detail ?? '',
    }));
  }
  if (name === 'org') {
    const organizations = await backend().organizations();
    return organizations
      .filter((one) => one.name.toLowerCase().startsWith(typed))
      .map((one) => ({ operator: { name, value: one.name }, says: one.domains.join(', ') }));
  }
  return [];
}

/** Which operator's value a search failed on, where one did. */
export function strayIn(chips: Operator[], failure: Failure): Operator | null {
  const named: Record<string, string> = {
    unknown_person: 'person',
    unknown_organization: 'org',
    unknown_kind: 'kind',
  };
  const name = named[failure.code];
  if (name) return chips.findLast((chip) => chip.name === name) ?? null;
  if (failure.code !== 'ambiguous') return null;
  return (
    chips.findLast(
      ({ name, value }) => (name === 'person' || name === 'org') && failure.message.includes(value),
    ) ?? null
  );
}

/** So many are offered in place of a value that nothing is called. */
const most = 4;

/** What may have been meant: what begins like it, by the longest beginning that anything has. */
export async function nearest({ name, value }: Operator): Promise<Offer[]> {
  for (let length = value.length; length > 0; length -= 1) {
    const found = await valuesOf({ name, value: value.slice(0, length) });
    if (found.length > 0) return found.slice(0, most);
  }
  return [];
}
