import type { Backend } from '../backend';
import type { Action, Decision, GraphEdge, GraphMonth, GraphNode, GraphView, Question } from '../types';
import { inLens, personInLens } from './lens';
import { failure, type World } from './world';

/** The network, made of the world when it is asked, and anew once something changed. */
export function graph(
  world: World,
): Pick<Backend, 'graphAround' | 'graphEdges' | 'graphMonths' | 'graphPath' | 'central'> {
  let made: ReturnType<typeof netOf> | null = null;
  let of: World['state'] | null = null;
  world.changed.add(() => (made = null));
  const current = () => {
    if (of !== world.state) made = null;
    of = world.state;
    return (made ??= netOf(world));
  };

  return {
    async graphAround(kind, id, ask): Promise<GraphView> {
      const net = current();
      const center = net.nodes.get(id);
      if (!center || center.kind !== kind) throw failure('not_found', `There is no such ${kind}.`);
      const { depth = 1, kinds, from, to, limit = 60 } = ask;
      const wanted = (one: GraphNode) =>
        (!kinds || kinds.includes(one.kind)) &&
        (one.date === null || ((!from || one.date >= from) && (!to || one.date <= to)));
      const found = [center];
      const seen = new Set([id]);
      let more = 0;
      let ring = [id];
      for (let step = 0; step < depth; step += 1) {
        const next = [...new Set(ring.flatMap((at) => [...(net.near.get(at) ?? [])]))]
          .filter((at) => !seen.has(at))
          .flatMap((at) => net.nodes.get(at) ?? [])
          .filter(wanted)
          .sort(newest);
        const taken = next.slice(0, Math.max(0, limit - found.length + 1));
        more += next.length - taken.length;
        for (const one of taken) seen.add(one.id);
        found.push(...taken);
        ring = taken.map((one) => one.id);
      }
      return { center: id, nodes: found, edges: net.among(seen), more };
    },
    async graphEdges(nodes): Promise<GraphEdge[]> {
      return current().among(new Set(nodes.map(({ id }) => id)));
    },
    async graphMonths(kind, id, kinds): Promise<GraphMonth[]> {
      const net = current();
      if (net.nodes.get(id)?.kind !== kind) throw failure('not_found', `There is no such ${kind}.`);
      const found = new Map<string, number>();
      for (const at of net.near.get(id) ?? []) {
        const one = net.nodes.get(at);
        const month = one && kinds.includes(one.kind) ? one.date?.slice(0, 7) : undefined;
        if (month) found.set(month, (found.get(month) ?? 0) + 1);
      }
      return [...found].sort().map(([month, count]) => ({ month, count }));
    },
    async graphPath(a, b): Promise<GraphView> {
      const net = current();
      if (!net.nodes.has(a) || !net.nodes.has(b)) throw failure('not_found', 'There is no such person.');
      const came = new Map<string, string | null>([[a, null]]);
      for (const ring = [a]; ring.length > 0 && !came.has(b);) {
        const at = ring.shift() ?? '';
        const near = [...(net.near.get(at) ?? [])]
          .flatMap((one) => net.nodes.get(one) ?? [])
          .filter((one) => ['person', 'organization', 'meeting'].includes(one.kind))
          .sort(newest);
        for (const { id } of near) {
          if (came.has(id)) continue;
          came.set(id, at);
          ring.push(id);
        }
      }
      const way: string[] = [];
      for (let at: string | null | undefined = came.has(b) ? b : null; at; at = came.get(at)) way.unshift(at);
      const nodes = way.flatMap((id) => net.nodes.get(id) ?? []);
      const steps = new Set(way.slice(1).map((id, at) => [way[at], id].sort().join(' ')));
      const edges = net
        .among(new Set(way))
        .filter((edge) => steps.has([edge.from, edge.to].sort().join(' ')));
      return { center: a, nodes, edges, more: 0 };
    },
    async central() {
      const net = current();
      const people = [...net.nodes.values()].filter((one) => one.kind === 'person');
      const most = Math.max(1, ...people.map((one) => one.degree));
      people.sort((a, b) => b.degree - a.degree);
      const named = (one: GraphNode) => ({ person_id: one.id, name: one.title });
      return {
        people: people.slice(0, 20).map((one) => ({ ...named(one), score: one.degree / most })),
        clusters: [{ people: people.slice(0, 3).map(named) }, { people: people.slice(3, 5).map(named) }],
      };
    },
  };
}

function newest(a: GraphNode, b: GraphNode): number {
  return (b.date ?? '9').localeCompare(a.date ?? '9') || a.id.localeCompare(b.id);
}

function netOf(world: World) {
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  const near = new Map<string, Set<string>>();
  const put = (kind: GraphNode['kind'], id: string, title: string, more: Partial<GraphNode> = {}) =>
    nodes.set(id, { kind, id, title, date: null, status: null, degree: 0, ...more });
  const tie = (from: string, to: string | null | undefined, kind: string, date: string | null) => {
    if (to) edges.push({ from, to, kind, date });
  };
  const { people, organizations, meetings, actions, decisions, questions } = world.state;

  for (const one of organizations.values())
    if (world.lens === null || world.lens === one.id) put('organization', one.id, one.name);
  for (const one of people.values()) {
    if (one.into || !personInLens(world, one.id)) continue;
    put('person', one.id, one.name);
    tie(one.id, one.organization_id, 'member_of', null);
  }
  const merged = (id: string) => people.get(id)?.into ?? id;
  for (const one of meetings.values()) {
    if (one.kind !== 'meeting' || !inLens(world, one.id)) continue;
    const date = one.start.slice(0, 10);
    put('meeting', one.id, one.title, { date, status: one.status });
    for (const { person_id } of one.attendees) tie(merged(person_id), one.id, 'attended', date);
    if (!one.series_id) continue;
    const series = nodes.get(one.series_id);
    put('series', one.series_id, one.title, {
      date: series?.date && series.date > date ? series.date : date,
    });
    tie(one.id, one.series_id, 'occurrence_of', date);
  }
  const handles = new Map([...people.values()].map((one) => [one.handle, merged(one.id)]));
  const item = (kind: 'action' | 'decision' | 'question', one: Action | Decision | Question) => {
    if (!inLens(world, one.meeting_id)) return;
    const date = one.meeting_date;
    put(kind, one.id, one.text, { date, status: one.status });
    tie(one.id, one.meeting_id, 'raised_in', date);
    for (const topic of one.topics) {
      put('topic', topic, `#${topic}`);
      tie(one.id, topic, 'about', date);
    }
    for (const [, handle] of one.text.matchAll(/@([\w.-]+)/g))
      tie(one.id, handles.get(handle ?? ''), 'mentioned', date);
  };
  for (const one of actions.values()) {
    item('action', one);
    for (const owner of one.owners) tie(one.id, merged(owner.person_id), 'assigned_to', one.meeting_date);
    for (const other of one.blocked_by) tie(one.id, other, 'blocked_by', one.meeting_date);
  }
  for (const one of decisions.values()) {
    item('decision', one);
    for (const who of one.decided_by) tie(one.id, merged(who.person_id), 'decided_by', one.meeting_date);
    tie(one.id, one.supersedes, 'supersedes', one.meeting_date);
  }
  for (const one of questions.values()) {
    item('question', one);
    tie(one.id, one.asked_by?.person_id, 'asked_by', one.meeting_date);
    tie(one.answered_by ?? '', one.answered_by && one.id, 'answers', one.meeting_date);
  }

  const known = edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to) && from !== to);
  for (const { from, to } of known)
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const) {
      near.set(a, (near.get(a) ?? new Set()).add(b));
      const node = nodes.get(a);
      if (node) node.degree += 1;
    }
  return {
    nodes,
    near,
    among: (ids: Set<string>) => known.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  };
}
