import { LongList, type Place } from '$lib/app';

/** The row at a place, or with -1 the heading of its group. */
export interface Line {
  at: number;
  group: string;
}

/** What is drawn of a list, from top to bottom: its rows, with the headings of their groups over them. */
export function linesOf<T>(
  items: readonly T[] | LongList<T & { id: string }, Place>,
  group: ((item: T) => string) | undefined,
): Line[] {
  const all: Line[] = [];
  let at = 0;
  const add = (name: string) => all.push({ at: at++, group: name });
  if (items instanceof LongList) {
    for (const { key: name, title, count } of items.headings) {
      if (title !== '') all.push({ at: -1, group: name });
      for (let left = count; left > 0; left -= 1) add(name);
    }
    return all;
  }
  let last: string | null = null;
  for (const item of items) {
    const name = group?.(item) ?? null;
    if (name !== null && name !== last) all.push({ at: -1, group: name });
    last = name;
    add(name ?? '');
  }
  return all;
}
