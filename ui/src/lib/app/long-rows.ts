/** The plain maps behind a long list: replaced whole, or filled before anybody reads them. */

interface Told<P> {
  from: number;
  rows: { id: string }[];
  found: P[];
}

/** Of those fetched while scrolling, about so many stay. */
const kept = 2000;

export const noRows = <T>(): ReadonlyMap<number, T> => new Map();

/** Where rows stand: those that were asked for, and those that came. */
export function placesOf<P extends { id: string; at: number }>(
  told: Told<P> | undefined,
): Map<string, P | { id: string; at: number }> {
  const places = new Map<string, P | { id: string; at: number }>(told?.found.map((one) => [one.id, one]));
  told?.rows.forEach(({ id }, at) => {
    if (!places.has(id)) places.set(id, { id, at: told.from + at });
  });
  return places;
}

/** The rows there were, and over them those that came; those far from `at` go where they become too many. */
export function withRows<T>(
  before: ReadonlyMap<number, T>,
  { from, rows }: { from: number; rows: T[] },
  at: number,
): ReadonlyMap<number, T> {
  const near = ([place]: readonly [number, T]) => Math.abs(place - at) <= kept / 2;
  const stay = before.size > kept ? [...before].filter(near) : before;
  return new Map([...stay, ...rows.map((row, index) => [from + index, row] as const)]);
}
