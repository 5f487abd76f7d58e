import { describe, expect, test } from 'vitest';
import type { GraphView } from '$lib/backend/types';
import { place } from './layout';
import { titleOf } from '$lib/domain/itemTitle';
import { beyond, connections, joinViews, wayBetween } from './net';
import { inMonths, lastDay, months, ofDays } from './months';

function star(center: string, count: number, from = 0): GraphView {
  const leaves = Array.from({ length: count }, (_, at) => `${center}-${from + at}`);
  const node = (id: string) => ({
    kind: 'person' as const,
    id,
    title: id,
    date: null,
    status: null,
    degree: 9,
  });
  return {
    center,
    nodes: [node(center), ...leaves.map(node)],
    edges: leaves.map((to) => ({ from: center, to, kind: 'attended', date: null })),
    more: 0,
  };
}

describe('the layout', () => {
  test('is the same for the same net', () => {
    const net = joinViews([star('a', 20)]);
    expect(place(net, new Map(), 'a')).toEqual(place(net, new Map(), 'a'));
  });

  test('keeps every place while the net grows', () => {
    const small = joinViews([star('a', 20)]);
    const before = place(small, new Map(), 'a');
    const grown = joinViews([star('a', 20), star('a-3', 12)]);
    const after = place(grown, before, 'a');
    for (const [id, at] of before) expect(after.get(id)).toEqual(at);
    expect(after.size).toBe(33);
  });

  test('gives signs and words room', () => {
    const places = [...place(joinViews([star('a', 40)]), new Map(), 'a').values()];
    const close = places.flatMap((a, at) =>
      places.slice(at + 1).filter((b) => Math.abs(a.x - b.x) < 60 && Math.abs(a.y - b.y) < 25),
    );
    expect(close.length).toBeLessThan(3);
  });

  test('is neither a strip nor a tower', () => {
    const views = Array.from({ length: 6 }, (_, at) => star(`c${at}`, 5));
    const links = views.slice(1).map(({ center }, at) => ({
      from: `c${at}`,
      to: center ?? '',
      kind: 'continues',
      date: null,
    }));
    const net = joinViews([...views, { center: null, nodes: [], edges: links, more: 0 }]);
    const all = [...place(net, new Map(), 'c0').values()];
    const far = (of: number[]) => Math.max(...of) - Math.min(...of);
    const share = far(all.map(({ y }) => y)) / far(all.map(({ x }) => x));
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(1.6);
  });

  test('five thousand find their places in good time', () => {
    const views = Array.from({ length: 250 }, (_, at) => star(`c${at}`, 19));
    const links = views.slice(1).map(({ center }, at) => ({
      from: `c${at}`,
      to: center ?? '',
      kind: 'attended',
      date: null,
    }));
    const net = joinViews([...views, { center: null, nodes: [], edges: links, more: 0 }]);
    expect(net.nodes.size).toBe(5000);
    expect(place(net, new Map(), 'c0').size).toBe(5000);
  });
});

test('views are joined: an edge stands once, what leads out of the picture is counted', () => {
  const net = joinViews([star('a', 4), star('a', 4), star('b', 2)]);
  expect(net.edges).toHaveLength(6);
  expect(beyond(net, 'a')).toBe(5);
  expect(connections(net, 'a')).toEqual([{ word: 'At', others: expect.arrayContaining([]) }]);
});

test('a way is found, or none', () => {
  const net = joinViews([star('a', 3), star('b', 2)]);
  expect(wayBetween(net, 'a-0', 'a-2')).toEqual(['a-0', 'a', 'a-2']);
  expect(wayBetween(net, 'a', 'b')).toEqual([]);
});

test('an action is told without its owner and its anchor', () => {
  expect(titleOf({ kind: 'action', title: '@tom send the plan #acme ^ab12cd' })).toBe('Send the plan');
  expect(titleOf({ kind: 'person', title: 'Priya Raman' })).toBe('Priya Raman');
});

test('months run up to today', () => {
  expect(months('2026-02-03', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(lastDay('2028-02')).toBe('2028-02-29');
  const told = ofDays(['2026-02-03', '2025-12-31', '2026-02-28']);
  expect(inMonths(told, months('2026-02-03', 4))).toEqual([0, 1, 0, 2]);
});
