import { backend } from '$lib/backend';
import { attempt } from '$lib/app';
import type { Day, Person, Relation } from '$lib/backend/types';
import { relations } from './words';

/** Says how somebody stands to the user. */
export function changeRelation(person: Person, relation: Relation): Promise<boolean> {
  const label = relations.find(({ value }) => value === relation)?.label.toLowerCase() ?? '';
  return attempt(() => backend().personEdit(person.id, null, relation), `${person.name}: ${label}.`);
}

/** From a day on somebody works for another organization, or for none. */
export function changeJob(
  person: Person,
  { to, name, since }: { to: string | null; name: string | null; since: Day },
): Promise<boolean> {
  return attempt(
    () => backend().personJob(person.id, to, since),
    name ? `${person.name} works for ${name} now.` : `${person.name} works for no organization now.`,
  );
}

/** Everything of `other` counts as `person`'s from now on. */
export function merge(other: Person, person: Person): Promise<boolean> {
  return attempt(() => backend().personMerge(other.id, person.id), `${other.name} is ${person.name} now.`);
}

/** Makes somebody who was merged one of their own again. */
export function takeApart(other: Person): Promise<boolean> {
  return attempt(() => backend().personUnmerge(other.id), `${other.name} stands alone again.`);
}

/** Two who look alike are two, and stay so. */
export function keepApart(a: Person, b: Person): Promise<boolean> {
  return attempt(() => backend().duplicateRefuse(a.id, b.id), `${a.name} and ${b.name} are two people.`);
}
