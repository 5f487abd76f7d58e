import type { GraphEdge, GraphNode, GraphView, NodeKind } from '$lib/backend/types';

/** What has been found of the network so far: parts of it, put together. */
export interface Net {
  nodes: ReadonlyMap<string, GraphNode>;
  edges: readonly GraphEdge[];
  /** For each node its edges here, with the node at the other end. */
  near: ReadonlyMap<string, { edge: GraphEdge; other: string; out: boolean }[]>;
}

export const noNet: Net = { nodes: new Map(), edges: [], near: new Map() };

/** The parts as one; where two tell of the same node, the later is right. */
export function joinViews(views: GraphView[]): Net {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  for (const view of views) {
    for (const node of view.nodes) nodes.set(node.id, node);
    for (const edge of view.edges) edges.set(`${edge.from} ${edge.kind} ${edge.to}`, edge);
  }
  return tied(nodes, edges);
}

/** The net with these edges besides. */
export function joinEdges(net: Net, more: readonly GraphEdge[]): Net {
  const edges = new Map<string, GraphEdge>();
  for (const edge of [...net.edges, ...more]) edges.set(`${edge.from} ${edge.kind} ${edge.to}`, edge);
  return tied(net.nodes, edges);
}

function tied(nodes: Net['nodes'], edges: ReadonlyMap<string, GraphEdge>): Net {
  const near = new Map<string, { edge: GraphEdge; other: string; out: boolean }[]>();
  const known = [...edges.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to));
  const tie = (at: string, edge: GraphEdge, other: string, out: boolean) => {
    const there = near.get(at);
    if (there) there.push({ edge, other, out });
    else near.set(at, [{ edge, other, out }]);
  };
  for (const edge of known) {
    tie(edge.from, edge, edge.to, true);
    tie(edge.to, edge, edge.from, false);
  }
  return { nodes, edges: known, near };
}

/** Parts of what stands around one node, as one view of it. */
export function joinedView(views: GraphView[]): GraphView {
  const { nodes, edges } = joinViews(views);
  const more = views.reduce((sum, view) => sum + view.more, 0);
  return { center: views[0]?.center ?? null, nodes: [...nodes.values()], edges: [...edges], more };
}

/** How many edges of a node are not in the picture. */
export function beyond(net: Net, id: string): number {
  const node = net.nodes.get(id);
  return node ? Math.max(0, node.degree - (net.near.get(id)?.length ?? 0)) : 0;
}

/** The shortest way between two in what is here; empty where there is none. */
export function wayBetween(net: Net, a: string, b: string): string[] {
  const came = new Map<string, string | null>([[a, null]]);
  for (const ring = [a]; ring.length > 0 && !came.has(b);) {
    const at = ring.shift() as string;
    for (const { other } of net.near.get(at) ?? [])
      if (!came.has(other)) {
        came.set(other, at);
        ring.push(other);
      }
  }
  const way: string[] = [];
  for (let at: string | null | undefined = came.has(b) ? b : null; at; at = came.get(at)) way.unshift(at);
  return way;
}

/** Each kind of node: what one is called, what many are, and whether they are shown at first. */
export const kinds: { kind: NodeKind; one: string; many: string; first: boolean }[] = [
  { kind: 'person', one: 'person', many: 'People', first: true },
  { kind: 'organization', one: 'organization', many: 'Organizations', first: true },
  { kind: 'series', one: 'series', many: 'Series', first: false },
  { kind: 'meeting', one: 'meeting', many: 'Meetings', first: true },
  { kind: 'decision', one: 'decision', many: 'Decisions', first: true },
  { kind: 'action', one: 'action', many: 'Actions', first: true },
  { kind: 'question', one: 'question', many: 'Questions', first: true },
  { kind: 'topic', one: 'topic', many: 'Topics', first: false },
];

export const kindWord = (kind: NodeKind) => kinds.find((one) => one.kind === kind)?.one ?? kind;

/** How many there are of each kind. */
export function kindCounts(nodes: GraphNode[]): ReadonlyMap<NodeKind, number> {
  const found = new Map<NodeKind, number>();
  for (const { kind } of nodes) found.set(kind, (found.get(kind) ?? 0) + 1);
  return found;
}

/** What an edge says of the node one stands at, going out and coming in: "attended", "was attended by". */
const ties: Record<string, [string, string]> = {
  attended: ['At', 'There'],
  organized: ['Organized', 'Organized by'],
  member_of: ['Of', 'Its people'],
  occurrence_of: ['One of', 'Its meetings'],
  continues: ['Follows', 'Followed by'],
  raised_in: ['Said in', 'Said there'],
  decided_by: ['Decided by', 'Decided'],
  assigned_to: ['To be done by', 'To do'],
  asked_by: ['Asked by', 'Asked'],
  supersedes: ['In place of', 'Superseded by'],
  blocked_by: ['Waits for', 'Holds up'],
  answers: ['Answers', 'Answered by'],
  about: ['About', 'Speaks of it'],
  mentioned: ['Names', 'Named in'],
};

/** The words for an edge as seen from one of its ends. */
export function tieWord(kind: string, out: boolean): string {
  return ties[kind]?.[out ? 0 : 1] ?? kind.replace(/_/g, ' ');
}

/** A node's connections by what they mean, each group the newest first. */
export function connections(net: Net, id: string): { word: string; others: GraphNode[] }[] {
  const groups = new Map<string, GraphNode[]>();
  for (const { edge, other, out } of net.near.get(id) ?? []) {
    const node = net.nodes.get(other);
    if (!node) continue;
    const word = tieWord(edge.kind, out);
    groups.set(word, [...(groups.get(word) ?? []), node]);
  }
  return [...groups].map(([word, others]) => ({ word, others: others.sort(newestFirst) }));
}

export function newestFirst(a: GraphNode, b: GraphNode): number {
  return (b.date ?? '').localeCompare(a.date ?? '') || a.title.localeCompare(b.title);
}

/** The page of a node; null where it has none of its own, as actions and questions have not. */
export function routeOf(node: GraphNode, net: Net): string | null {
  switch (node.kind) {
    case 'person':
      return `/people/${node.id}`;
    case 'organization':
      return `/organizations/${node.id}`;
    case 'meeting':
      return `/meeting/${node.id}`;
    case 'decision':
      return `/decisions/${node.id}`;
    case 'topic':
      return `/decisions?show=log&topic=${encodeURIComponent(node.id)}`;
    case 'series': {
      const last = (net.near.get(node.id) ?? [])
        .flatMap(({ other }) => net.nodes.get(other) ?? [])
        .filter((one) => one.kind === 'meeting')
        .sort(newestFirst)[0];
      return last ? `/meeting/${last.id}` : null;
    }
    default:
      return null;
  }
}
