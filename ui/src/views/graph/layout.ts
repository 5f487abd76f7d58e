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

/**
 * Where each node stands. Who has a place keeps it; who is new begins beside a neighbour, in a direction that its id gives,
 * and is moved by the forces between all. The same net and places give the same picture.
 */
export function place(net: Net, kept: ReadonlyMap<string, Place>, center: string | null): Map<string, Place> {
  const fresh = [...net.nodes.keys()].filter((id) => !kept.has(id));
  const places = new Map<string, Place>();
  for (const id of net.nodes.keys()) {
    const there = kept.get(id);
    if (there) places.set(id, there);
  }
  if (fresh.length === 0) return places;
  // From the middle outwards, so that each finds a neighbour that has its place.
  const order = outwards(net, center ?? fresh[0] ?? '', fresh);
  for (const [id, from] of order) {
    const near = places.get(from ?? '') ?? { x: 0, y: 0 };
    const angle = seeded(id) * 2 * Math.PI;
    const far = from === null ? (places.size === 0 ? 0 : 60) : 6 + 6 * seeded(`${id} far`);
    places.set(id, { x: near.x + Math.cos(angle) * far, y: near.y + Math.sin(angle) * far });
  }
  return settle(net, places, new Set(fresh));
}

function outwards(net: Net, center: string, fresh: string[]): [string, string | null][] {
  const wanted = new Set(fresh);
  const order: [string, string | null][] = [];
  const seen = new Set<string>();
  const starts = [center, ...[...net.nodes.keys()].filter((id) => !wanted.has(id)), ...fresh];
  for (const start of starts) {
    if (seen.has(start) || !net.nodes.has(start)) continue;
    const ring: [string, string | null][] = [[start, null]];
    seen.add(start);
    for (let at = ring.shift(); at; at = ring.shift()) {
      if (wanted.has(at[0])) order.push(at);
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

function settle(net: Net, places: Map<string, Place>, moving: Set<string>): Map<string, Place> {
  const graph = new Graph({ multi: true });
  for (const [id, { x, y }] of places) graph.addNode(id, { x, y, fixed: !moving.has(id), size: 3 });
  for (const { from, to } of net.edges) graph.addEdge(from, to);
  const iterations = Math.min(300, Math.max(20, Math.round(work / graph.order)));
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: true,
    gravity: 0.6,
    scalingRatio: 12,
    slowDown: 4,
    barnesHutOptimize: graph.order > 400,
  };
  const found = forceAtlas2(graph, { iterations, settings });
  return new Map(
    [...places].map(([id, before]) => {
      const now = moving.has(id) ? found[id] : undefined;
      return [id, now && Number.isFinite(now.x) ? { x: now.x, y: now.y } : before];
    }),
  );
}
