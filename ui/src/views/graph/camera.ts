export interface Camera {
  x: number;
  y: number;
  /** Pixels for a unit of the picture. */
  scale: number;
}

/** Around what is shown so much is left free, in pixels at 100 %: for words, which stand under the signs. */
const free = { x: 72, top: 30, bottom: 52 };
export const margin = (unit: number) => ({
  x: free.x * unit,
  top: free.top * unit,
  bottom: free.bottom * unit,
});
/** A picture of few is not blown up beyond this. */
const most = 1.25;

/** Where a camera stands that sees all of these in a window of that size, as near as it can. */
export function scaleToFit(
  places: { x: number; y: number }[],
  width: number,
  height: number,
  unit: number,
): Camera {
  const { x: side, top, bottom } = margin(unit);
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of places) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [low, high] = [Math.min(low, y), Math.max(high, y)];
  }
  const fits = Math.min(
    (width - 2 * side) / Math.max(1, right - left),
    (height - top - bottom) / Math.max(1, high - low),
  );
  const scale = Math.min(most * unit, Math.max(fits, 0.001));
  // More room is left below than above.
  return { x: (left + right) / 2, y: (low + high) / 2 - (bottom - top) / 2 / scale, scale };
}

/** So many times as large a sign is at a scale: it shrinks and grows more slowly than the picture. */
export const sizeBy = (scale: number): number => Math.min(1.6, Math.max(0.2, Math.sqrt(scale)));

/** How far something has to move to lie between two bounds. */
export const inside = (at: number, low: number, high: number): number =>
  low > high ? 0 : at < low ? low - at : at > high ? high - at : 0;
