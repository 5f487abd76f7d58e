import Graph from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import type { Net } from './net';

export interface Place {
  x: number;
  y: number;
}

/** A number between 0 and 1 that depends on the text alone. */
export function seeded(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x1_0000_0000;
}

export type Places = ReadonlyMap<string, Place>;

export const nowhere: Places = new Map();

/** The places of before, and over them those of now. */
export const joinPlaces = (before: Places, now: Places): Places => new Map([...before, ...now]);

/** Where things stood, by vault and centre, while the window is open. */
export const remembered = new Map<string, Places>();

/** How far apart two that belong together lie, and the room that a sign with its words takes. */
const near = 125;
const room = { width: 128, height: 52 };

/**
 * Where each node stands. Who has a place keeps it. The first picture is found by the forces between all, from beginnings
 * that the ids give; who comes later fans out from a neighbour, away from the middle. The same net and places give the
 * same picture.
 */
export function place(net: Net, kept: ReadonlyMap<string, Place>, center: string | null): Map<string, Place> {
  const fresh = new Set([...net.nodes.keys()].filter((id) => !kept.has(id)));
  const places = new Map<string, Place>();
  for (const id of net.nodes.keys()) {
    const there = kept.get(id);
    if (there) places.set(id, there);
  }
  if (fresh.size === 0) return places;
  const order = outwards(net, center ?? '', fresh);
  if (places.size === 0) begin(net, order, places);
  else fan(order, places);
  makeRoom(places, fresh, center);
  return places;
}

/** The new ones from the middle outwards, each with the neighbour it was reached by. */
function outwards(net: Net, center: string, fresh: Set<string>): [string, string | null][] {
  const order: [string, string | null][] = [];
  const seen = new Set<string>();
  for (const start of [center, ...[...net.nodes.keys()].filter((id) => !fresh.has(id)), ...fresh]) {
    if (seen.has(start) || !net.nodes.has(start)) continue;
    const ring: [string, string | null][] = [[start, null]];
    seen.add(start);
    for (let at = ring.shift(); at; at = ring.shift()) {
      if (fresh.has(at[0])) order.push(at);
      for (const { other } of net.near.get(at[0]) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        ring.push([other, at[0]]);
      }
    }
  }
  return order;
}

/** How long the forces work: short of what one would feel. */
const work = 30_000;

function begin(net: Net, order: [string, string | null][], places: Map<string, Place>): void {
  for (const [id, from] of order) {
    const beside = places.get(from ?? '') ?? { x: 0, y: 0 };
    const angle = seeded(id) * 2 * Math.PI;
    const far = from === null ? (places.size === 0 ? 0 : 60) : 6 + 6 * seeded(`${id} far`);
    places.set(id, { x: beside.x + Math.cos(angle) * far, y: beside.y + Math.sin(angle) * far });
  }
  const graph = new Graph({ multi: true });
  for (const [id, { x, y }] of places) graph.addNode(id, { x, y, size: 3 });
  for (const { from, to } of net.edges) graph.addEdge(from, to);
  const iterations = Math.min(300, Math.max(20, Math.round(work / graph.order)));
  const settings = {
    outboundAttractionDistribution: true,
    gravity: 0.6,
    scalingRatio: 12,
    slowDown: 4,
    barnesHutOptimize: graph.order > 400,
  };
  const found = lying(forceAtlas2(graph, { iterations, settings }));
  const middle = found[order[0]?.[0] ?? ''] ?? { x: 0, y: 0 };
  const lengths = net.edges.map(({ from, to }) => {
    const [a, b] = [found[from], found[to]];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  });
  const mean = lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, lengths.length);
  const scale = near / Math.max(mean, 0.001);
  for (const id of places.keys()) {
    const { x, y } = found[id] ?? middle;
    places.set(id, { x: (x - middle.x) * scale, y: (y - middle.y) * scale });
  }
}

/** As high, of its width, as a picture is laid out. */
const height = 0.95;

/** Turns the places so that the long way of what was found lies across, and stretches it to the height of a window. */
function lying(found: Record<string, Place>): Record<string, Place> {
  const all = Object.entries(found);
  const count = Math.max(1, all.length);
  const mean = (of: (at: Place) => number) => all.reduce((sum, [, at]) => sum + of(at), 0) / count;
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
  const [xx, yy] = [mean(({ x }) => (x - mx) ** 2), mean(({ y }) => (y - my) ** 2)];
  const xy = mean(({ x, y }) => (x - mx) * (y - my));
  const turn = Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const spread = Math.hypot(xx - yy, 2 * xy);
  const [long, short] = [Math.sqrt((xx + yy + spread) / 2), Math.sqrt(Math.max(0, (xx + yy - spread) / 2))];
  const stretch = short > 0 ? Math.min(2.5, Math.max(0.6, (height * long) / short)) : 1;
  const put = ({ x, y }: Place) => ({
    x: (x - mx) * cos + (y - my) * sin,
    y: ((y - my) * cos - (x - mx) * sin) * stretch,
  });
  return Object.fromEntries(all.map(([id, at]) => [id, put(at)]));
}

function fan(order: [string, string | null][], places: Map<string, Place>): void {
  const children = new Map<string, string[]>();
  for (const [id, from] of order) children.set(from ?? '', [...(children.get(from ?? '') ?? []), id]);
  for (const [id, from] of order) {
    const parent = places.get(from ?? '') ?? { x: 0, y: 0 };
    const all = children.get(from ?? '') ?? [];
    const away = parent.x === 0 && parent.y === 0 ? seeded(id) * 2 * Math.PI : Math.atan2(parent.y, parent.x);
    const at = all.indexOf(id);
    const wide = Math.min(1.6 * Math.PI, 0.5 * all.length);
    const angle = away + (all.length > 1 ? wide * (at / (all.length - 1) - 0.5) : 0);
    const far = near * (1 + 0.25 * (at % 3));
    places.set(id, { x: parent.x + Math.cos(angle) * far, y: parent.y + Math.sin(angle) * far });
  }
}

/** Pushes the new ones apart, and off the others, until signs and words have room. */
function makeRoom(places: Map<string, Place>, moving: Set<string>, center: string | null): void {
  const passes = places.size > 1_000 ? 6 : 90;
  const spots = [...places].map(([id, { x, y }]) => ({ id, x, y, free: moving.has(id) && id !== center }));
  const cellOf = (x: number, y: number) => `${Math.floor(x / room.width)} ${Math.floor(y / room.height)}`;
  for (let pass = 0; pass < passes; pass += 1) {
    const cells = new Map<string, typeof spots>();
    for (const spot of spots) {
      const cell = cellOf(spot.x, spot.y);
      const there = cells.get(cell);
      if (there) there.push(spot);
      else cells.set(cell, [spot]);
    }
    let moved = false;
    for (const a of spots) {
      if (!a.free) continue;
      for (const dx of [-1, 0, 1])
        for (const dy of [-1, 0, 1])
          for (const b of cells.get(cellOf(a.x + dx * room.width, a.y + dy * room.height)) ?? [])
            if (a !== b && (!b.free || a.id < b.id) && push(a, b)) moved = true;
    }
    if (!moved) break;
  }
  for (const { id, x, y } of spots) places.set(id, { x, y });
}

interface Spot extends Place {
  id: string;
  free: boolean;
}

/** Moves two that overlap apart by the shorter way; false where they do not, or may not move. */
function push(a: Spot, b: Spot): boolean {
  if (!a.free && !b.free) return false;
  const [x, y] = [b.x - a.x, b.y - a.y];
  const [over, below] = [room.width - Math.abs(x), room.height - Math.abs(y)];
  if (over <= 0.5 || below <= 0.5) return false;
  const share = a.free && b.free ? 0.5 : 1;
  const sideways = over / room.width < below / room.height;
  const by = (sideways ? over : below) * share * 0.9;
  const way = Math.sign(sideways ? x : y) || (seeded(a.id + b.id) < 0.5 ? -1 : 1);
  const along = sideways ? 'x' : 'y';
  if (a.free) a[along] -= way * by;
  if (b.free) b[along] += way * by;
  return true;
}
