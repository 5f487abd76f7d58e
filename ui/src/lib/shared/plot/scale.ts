import { scaleBand, scaleLinear, scalePoint } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';

/** A plot's inner space, in pixels: room for the figures at the left and the labels below. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** From nought to a round number above the largest value, with a few marks. */
export function upright(values: number[], frame: Frame) {
  const most = Math.max(1, ...values);
  const scale = scaleLinear()
    .domain([0, most])
    .nice(3)
    .range([frame.height - frame.bottom, frame.top]);
  return { at: (value: number) => scale(value), marks: scale.ticks(3).filter(Number.isInteger) };
}

/** Where each of so many points stands, from edge to edge. */
export function along(count: number, frame: Frame): (at: number) => number {
  const scale = scalePoint<number>()
    .domain(Array.from({ length: count }, (_, at) => at))
    .range([frame.left, frame.width - frame.right]);
  return (at) => scale(at) ?? frame.left;
}

/** Where each of so many bars stands, and how wide they are. */
export function bands(count: number, frame: Frame): { at: (at: number) => number; width: number } {
  const scale = scaleBand<number>()
    .domain(Array.from({ length: count }, (_, at) => at))
    .range([frame.left, frame.width - frame.right])
    .padding(0.28);
  const width = Math.min(scale.bandwidth(), 44);
  const middle = (scale.bandwidth() - width) / 2;
  return { at: (at) => (scale(at) ?? frame.left) + middle, width };
}

/** The way through points, without overshooting them. */
export function path(values: number[], x: (at: number) => number, y: (value: number) => number): string {
  const draw = line<number>()
    .x((_, at) => x(at))
    .y((value) => y(value))
    .curve(curveMonotoneX);
  return draw(values) ?? '';
}

/** Which of so many labels are written, so that none touches the next, each taking `room`: the last always. */
export function written(count: number, width: number, room: number): (at: number) => boolean {
  const step = Math.max(1, Math.ceil((count * room) / Math.max(width, 1)));
  return (at) => (count - 1 - at) % step === 0;
}

/** Labels at the right end of lines, pushed apart where they would touch. */
export function apart(wanted: number[], least: number, bottom: number): number[] {
  const order = wanted.map((y, at) => ({ y, at })).sort((a, b) => a.y - b.y);
  for (let at = 1; at < order.length; at += 1) {
    const [before, one] = [order[at - 1], order[at]];
    if (before && one) one.y = Math.max(one.y, before.y + least);
  }
  const over = (order.at(-1)?.y ?? 0) - bottom;
  if (over > 0) for (const one of order) one.y -= over;
  const placed = [...wanted];
  for (const { y, at } of order) placed[at] = y;
  return placed;
}
