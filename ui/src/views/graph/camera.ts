export interface Camera {
  x: number;
  y: number;
  /** Pixels for a unit of the picture. */
  scale: number;
}

/** Around what is shown so much is left free, in pixels: for words, which stand under the signs. */
export const margin = { x: 72, top: 30, bottom: 52 };
/** A picture of few is not blown up beyond this. */
const most = 1.25;

/** Where a camera stands that sees all of these in a window of that size, as near as it can. */
export function scaleToFit(places: { x: number; y: number }[], width: number, height: number): Camera {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of places) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [low, high] = [Math.min(low, y), Math.max(high, y)];
  }
  const free = [width - 2 * margin.x, height - margin.top - margin.bottom];
  const fits = Math.min((free[0] ?? 1) / Math.max(1, right - left), (free[1] ?? 1) / Math.max(1, high - low));
  const scale = Math.min(most, Math.max(fits, 0.001));
  // More room is left below than above.
  return { x: (left + right) / 2, y: (low + high) / 2 - (margin.bottom - margin.top) / 2 / scale, scale };
}

/** So many times as large a sign is at a scale: it shrinks and grows more slowly than the picture. */
export const sizeBy = (scale: number): number => Math.min(1.6, Math.max(0.2, Math.sqrt(scale)));

/** How far something has to move to lie between two bounds. */
export const inside = (at: number, low: number, high: number): number =>
  low > high ? 0 : at < low ? low - at : at > high ? high - at : 0;
