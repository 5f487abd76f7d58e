import { untrack } from 'svelte';
import { backend } from '$lib/backend';
import { failureOf } from '$lib/backend/failure';
import type {
  Day,
  Failure,
  GraphAsk,
  GraphEdge,
  GraphMonth,
  GraphNode,
  GraphView,
  NodeKind,
} from '$lib/backend/types';
import { clock, session } from '$lib/app';
import { joinPlaces, nowhere, place, remembered, type Place, type Places } from './layout';
import { beyond, joinedView, joinEdges, joinViews, kinds, noNet, wayBetween, type Net } from './net';

/** So many of these kinds; of all that are shown where none are named. */
interface Part {
  kinds: readonly NodeKind[] | null;
  limit: number;
}
type Around = { is: 'around'; kind: NodeKind; id: string; parts: Part[] };
type Ask = Around | { is: 'path'; a: string; b: string };

export interface Center {
  kind: NodeKind;
  id: string;
}

/** How much is taken at once; a picture of thousands is for who measures. */
const most = Number(new URLSearchParams(location.search).get('most')) || 0;
const step = 20;
const items: readonly NodeKind[] = ['decision', 'action', 'question'];
const lasting: readonly NodeKind[] = ['person', 'organization', 'series', 'topic'];
/** A first picture has something of everything: of a busy week the meetings alone would fill it. */
const first: Part[] =
  most > 0
    ? [{ kinds: null, limit: most }]
    : [
        { kinds: lasting, limit: 8 },
        { kinds: ['meeting'], limit: 7 },
        { kinds: items, limit: 6 },
      ];

/** Whether what is selected has a column of its own, as somebody wanted it; null where nobody said. */
let unfolded = $state<boolean | null>(null);

/** What is kept while the window is open, so that one comes back to the same picture. */
interface Kept {
  vault: string;
  center: Center;
  from: Center | null;
  asks: Ask[];
  shown: NodeKind[];
  since: Day | null;
  until: Day | null;
  chosen: string | null;
}
let kept: Kept | null = null;
const vault = () => session.boot?.vault?.dir ?? '';

/** The network as far as it has been looked at: what was asked for, and what came of it. */
export class Network {
  center = $state.raw<Center | null>(null);
  net = $state.raw<Net>(noNet);
  places = $state.raw<Places>(nowhere);
  chosen = $state<string | null>(null);
  shown = $state.raw<NodeKind[]>(kinds.filter((one) => one.first).map(({ kind }) => kind));
  since = $state<Day | null>(null);
  until = $state<Day | null>(null);
  /** The way between two, node by node. */
  way = $state.raw<readonly string[]>([]);
  /** How many nodes around the centre were left out. */
  more = $state(0);
  /** How much stands around the centre month by month, of the kinds that are shown. */
  months = $state.raw<readonly GraphMonth[]>([]);
  failure = $state.raw<Failure | null>(null);
  loading = $state(false);
  #asks: Ask[] = [];
  #asked = 0;
  #from: Center | null = null;

  readonly node = $derived(this.net.nodes.get(this.chosen ?? '') ?? null);
  readonly middle = $derived(this.net.nodes.get(this.center?.id ?? '') ?? null);

  get unfolded(): boolean | null {
    return unfolded;
  }

  set unfolded(to: boolean | null) {
    unfolded = to;
  }

  /** Goes on where one was, or begins at a centre. `wanted` comes from the address, `seen` is what was looked at last. */
  async begin(wanted: Center | null, seen: Center | null): Promise<void> {
    const same = (a: Center | null | undefined, b: Center | null | undefined) => a?.id === b?.id;
    if (kept?.vault === vault() && (wanted ? same(kept.center, wanted) : same(kept.from, seen))) {
      const { center, asks, shown, since, until, chosen, from } = kept;
      Object.assign(this, { center, shown, since, until, chosen });
      this.#asks = asks;
      this.#from = from;
      if ((await this.#run()) || !gone(this.failure)) return;
      this.failure = null;
    }
    const me = session.boot?.vault?.me;
    const client = session.lens ? { kind: 'organization' as const, id: session.lens.id } : null;
    const start = wanted ?? seen ?? client ?? (me ? { kind: 'person' as const, id: me.id } : null);
    this.#from = seen;
    this.until = clock.today;
    if (start) await this.around(start);
    // What was looked at before the lens may be out of its sight.
    if (client && gone(this.failure)) {
      this.failure = null;
      await this.around(client);
    }
  }

  /** Puts something into the middle of a new picture. */
  async around(center: Center): Promise<void> {
    this.center = center;
    this.chosen = center.id;
    this.months = [];
    this.way = [];
    if (!this.shown.includes(center.kind)) this.shown = [...this.shown, center.kind];
    const main: Around = { is: 'around', ...center, parts: first };
    this.#asks = [main];
    if (most === 0) {
      // The next steps are found before anything is placed: what comes later would have to take what room is left.
      const mine = (this.#asked += 1);
      this.loading = true;
      const asks = await this.#outwards(main).catch(() => [main]);
      if (mine !== this.#asked) return;
      this.#asks = asks;
    }
    await this.#run();
  }

  /** What a first picture is made of: the middle, of an organization its people's meetings, and what was said in meetings. */
  async #outwards(main: Around): Promise<Ask[]> {
    const asks: Ask[] = [main];
    const views = [await this.#answer(main, true)];
    const nearest = (kind: NodeKind, count: number) =>
      [...joinViews(views.filter((view) => view !== null)).nodes.values()]
        .filter((node) => node.kind === kind && node.id !== main.id)
        .sort((a, b) => b.degree - a.degree || (b.date ?? '').localeCompare(a.date ?? ''))
        .slice(0, count);
    const further = async (nodes: GraphNode[], parts: Part[]) => {
      const more = nodes.map(({ kind, id }): Around => ({ is: 'around', kind, id, parts }));
      asks.push(...more);
      views.push(...(await Promise.all(more.map((ask) => this.#answer(ask, false)))));
    };
    if (main.kind === 'organization') await further(nearest('person', 4), [{ kinds: ['meeting'], limit: 3 }]);
    const met = main.kind === 'person' || main.kind === 'organization' || main.kind === 'series';
    if (met)
      await further(nearest('meeting', 6), [
        { kinds: items, limit: 2 },
        { kinds: ['person'], limit: 2 },
      ]);
    return asks;
  }

  /** One step further at a node; says how many came. */
  async grow(id: string): Promise<number> {
    const node = this.net.nodes.get(id);
    if (!node) return 0;
    const before = this.net.nodes.size;
    this.chosen = id;
    const earlier = this.#asks.findIndex((ask) => ask.is === 'around' && ask.id === id);
    const old = this.#asks[earlier];
    const parts = old?.is === 'around' ? old.parts : [{ kinds: null, limit: 0 }];
    const more = Math.ceil(step / parts.length);
    const ask: Ask = {
      is: 'around',
      kind: node.kind,
      id,
      parts: parts.map(({ kinds, limit }) => ({ kinds, limit: limit + more })),
    };
    this.#asks = earlier < 0 ? [...this.#asks, ask] : this.#asks.with(earlier, ask);
    await this.#run();
    return this.net.nodes.size - before;
  }

  /** Shows how two are connected; false where they are not. */
  async path(a: GraphNode, b: GraphNode): Promise<boolean> {
    this.#asks = [...this.#asks.filter((ask) => ask.is !== 'path'), { is: 'path', a: a.id, b: b.id }];
    if (!(await this.#run())) return true;
    this.chosen = b.id;
    return this.way.length > 0;
  }

  endPath(): void {
    this.way = [];
    this.#asks = this.#asks.filter((ask) => ask.is !== 'path');
    void this.#run();
  }

  toggle(kind: NodeKind): void {
    this.shown = this.shown.includes(kind) ? this.shown.filter((one) => one !== kind) : [...this.shown, kind];
    void this.#run();
  }

  during(since: Day | null, until: Day | null): void {
    this.since = since;
    this.until = until;
    void this.#run();
  }

  reload(): Promise<boolean> {
    return this.#run();
  }

  beyond(id: string): number {
    return beyond(this.net, id);
  }

  /** Asks everything again, as it is to be seen now; false where another run took over or it failed. */
  async #run(): Promise<boolean> {
    const mine = (this.#asked += 1);
    const asks = this.#asks;
    this.loading = true;
    try {
      const answers = await Promise.all(asks.map((ask, at) => this.#answer(ask, at === 0)));
      if (mine !== this.#asked) return false;
      const views = answers.filter((view) => view !== null);
      const net = joinViews(views);
      const between = views.length > 1 ? await this.#between(net) : [];
      if (mine !== this.#asked) return false;
      this.more = views[0]?.more ?? 0;
      this.#take(between.length > 0 ? joinEdges(net, between) : net);
      const path = asks.find((ask) => ask.is === 'path');
      const found = path && answers[asks.indexOf(path)];
      this.way = path && found ? wayBetween(joinViews([found]), path.a, path.b) : [];
      this.failure = null;
      this.#keep();
      void this.#count();
    } catch (thrown) {
      if (mine !== this.#asked) return false;
      this.failure = failureOf(thrown);
      return false;
    } finally {
      if (mine === this.#asked) this.loading = false;
    }
    return true;
  }

  /** Counts the months, once the picture is there; without them the slider works as well. */
  async #count(): Promise<void> {
    const { center, shown } = this;
    if (!center) return;
    const told = await backend()
      .graphMonths(center.kind, center.id, shown)
      .catch(() => []);
    if (center === this.center && shown === this.shown) this.months = told;
  }

  /** What leads from one part into another. */
  #between(net: Net): Promise<GraphEdge[]> {
    return backend().graphEdges([...net.nodes.values()].map(({ kind, id }) => ({ kind, id })));
  }

  /** A part of the picture; what has gone meanwhile leaves it, unless it is the middle. */
  async #answer(ask: Ask, main: boolean): Promise<GraphView | null> {
    try {
      if (ask.is === 'path') return await backend().graphPath(ask.a, ask.b);
      const views = await Promise.all(ask.parts.map((part) => this.#part(ask, part)));
      const view = joinedView(views);
      // A node always tells of itself; away from the middle it has to be of the time and the kinds that are shown.
      const own = view.nodes.find(({ id }) => id === ask.id);
      return main || (own && this.#fits(own)) ? view : null;
    } catch (thrown) {
      if (main || !gone(failureOf(thrown))) throw thrown;
      return null;
    }
  }

  #part({ kind, id }: Around, { kinds, limit }: Part): Promise<GraphView> {
    const wanted = kinds ? this.shown.filter((one) => kinds.includes(one)) : this.shown;
    // No kinds would be all kinds.
    const how: GraphAsk = {
      depth: most > 0 ? 4 : 1,
      kinds: wanted.length > 0 ? [...wanted] : ['topic'],
      limit: wanted.length > 0 ? limit : 0,
    };
    if (this.since) how.from = this.since;
    if (this.until) how.to = this.until;
    return backend().graphAround(kind, id, how);
  }

  #fits({ kind, date }: GraphNode): boolean {
    if (!this.shown.includes(kind)) return false;
    return date === null || ((!this.since || date >= this.since) && (!this.until || date <= this.until));
  }

  #take(net: Net): void {
    const key = this.center?.id ?? '';
    const picture = `${vault()} ${key}`;
    const known = remembered.get(picture) ?? nowhere;
    const now = place(net, known, key);
    // What is filtered away finds its old place when it comes back.
    remembered.set(picture, joinPlaces(known, now));
    untrack(() => {
      this.places = now;
      this.net = net;
      if (this.chosen !== null && !net.nodes.has(this.chosen)) this.chosen = key;
    });
  }

  #keep(): void {
    if (!this.center) return;
    const { center, shown, since, until, chosen } = this;
    kept = { vault: vault(), center, shown, since, until, chosen, asks: this.#asks, from: this.#from };
  }

  /** Remembers what is chosen as one leaves. */
  leave(): void {
    this.#asked += 1;
    this.#keep();
  }

  /** The neighbour that lies in a direction from the chosen one; any node of the picture where it has none there. */
  towards(dx: number, dy: number): string | null {
    const at = this.places.get(this.chosen ?? '');
    if (!at) return this.center?.id ?? null;
    const near = (this.net.near.get(this.chosen ?? '') ?? []).map(({ other }) => other);
    return this.#best(at, dx, dy, near) ?? this.#best(at, dx, dy, [...this.places.keys()]);
  }

  #best(from: Place, dx: number, dy: number, ids: string[]): string | null {
    let [best, least] = [null as string | null, Infinity];
    for (const id of ids) {
      const to = this.places.get(id);
      if (!to || id === this.chosen) continue;
      const [x, y] = [to.x - from.x, to.y - from.y];
      const [far, along] = [Math.hypot(x, y), x * dx + y * dy];
      // Within sixty degrees of where one looks; the straighter and nearer the better.
      if (far === 0 || along / far < 0.5) continue;
      const cost = far * (2 - along / far);
      if (cost < least) [best, least] = [id, cost];
    }
    return best;
  }
}

/** It was deleted, or merged into another. */
function gone(failure: Failure | null): boolean {
  return failure !== null && /^(not_found|unknown_)/.test(failure.code);
}
