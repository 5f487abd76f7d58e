import type { Register, RegisterEntry } from '$lib/backend/types';

/** The names that are flagged, by the entry they stand in. */
export function byEntry(flags: Register['third_parties']): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, entry } of flags) found.set(entry, [...new Set([...(found.get(entry) ?? []), name])]);
  return found;
}

/** Names that are neither side's, each with the entries it stands in, the most frequent first. */
export function byName(
  flags: Register['third_parties'],
): { name: string; places: { entry: string; where: string }[] }[] {
  const found = new Map<string, { entry: string; where: string }[]>();
  for (const { name, entry, where } of flags) found.set(name, [...(found.get(name) ?? []), { entry, where }]);
  return [...found]
    .map(([name, places]) => ({ name, places }))
    .sort((a, b) => b.places.length - a.places.length || a.name.localeCompare(b.name));
}

const places: Record<string, string> = {
  text: 'in the words',
  rationale: 'in the reasons',
  meeting: 'in the title of the meeting',
  decided_by: 'decided it',
  owners: 'is to do it',
  present: 'was there',
  confirmed: 'confirmed it',
  recap_sent: 'got the recap',
};

/** Where a name stands, in words: "in the title of the meeting". */
export function placeWords(where: string): string {
  return places[where] ?? `in ${where.replaceAll('_', ' ')}`;
}

/** "3 decisions and 2 commitments". */
export function contents(entries: RegisterEntry[]): string {
  const decisions = entries.filter(({ kind }) => kind === 'decision').length;
  const commitments = entries.length - decisions;
  const word = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  return `${word(decisions, 'decision')} and ${word(commitments, 'commitment')}`;
}
