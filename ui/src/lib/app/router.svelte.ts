/** Routes as hashes, so that the window needs no server: `#/meeting/ID?part=notes&line=12`. */

const routes = {
  today: ['date'],
  meeting: ['id'],
  calendar: ['mode', 'date'],
  actions: ['view'],
  decisions: ['id'],
  people: ['id'],
  organizations: ['id'],
  register: ['id'],
  queue: [],
  search: [],
  settings: ['section'],
  graph: [],
  review: [],
  insights: [],
  saved: ['name'],
} as const satisfies Record<string, readonly string[]>;

export type View = keyof typeof routes;

export interface Route {
  view: View;
  path: string;
  /** By name: `date`, `id`, `mode`, `view`, `section`, `name`; absent ones are missing. */
  params: Record<string, string | undefined>;
  query: Record<string, string | undefined>;
}

/** Reads a route; what is no route is today. */
export function readRoute(route: string): Route {
  const [path = '', query = ''] = route.replace(/^#/, '').split('?', 2);
  const [view = '', ...rest] = path.split('/').filter(Boolean);
  if (!Object.hasOwn(routes, view)) return { view: 'today', path: '/today', params: {}, query: {} };
  const names: readonly string[] = routes[view as View];
  const params: Record<string, string> = {};
  names.forEach((name, at) => {
    const value = rest[at];
    if (value !== undefined) params[name] = decode(value);
  });
  return { view: view as View, path, params, query: queryOf(query) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

class Router {
  #route = $state<Route>(readRoute(''));
  #past: string[] = [];
  #kept: object = {};

  constructor() {
    if (typeof window === 'undefined') return;
    this.#route = readRoute(location.hash);
    window.addEventListener('popstate', () => {
      this.#past.pop();
      this.#kept = (history.state as object | null) ?? {};
      this.#route = readRoute(location.hash);
    });
  }

  get view(): View {
    return this.#route.view;
  }
  get path(): string {
    return this.#route.path;
  }
  get params(): Route['params'] {
    return this.#route.params;
  }
  get query(): Route['query'] {
    return this.#route.query;
  }

  /** What the view that is shown kept as one left it, where one came back to it. */
  get kept(): object {
    return this.#kept;
  }

  /** The route one comes to by going back; none where one began here. */
  get before(): string | undefined {
    return this.#past.at(-1)?.replace(/^#/, '');
  }

  /** Keeps something of the view that is shown with its place in the history, for when one comes back to it. */
  keep(state: object): void {
    history.replaceState(state, '', location.hash);
  }

  go(route: string, replace: boolean): void {
    const hash = `#${route.replace(/^#/, '')}`;
    if (hash === location.hash) return;
    this.#kept = {};
    if (replace) {
      history.replaceState(null, '', hash);
    } else {
      this.#past.push(location.hash);
      history.pushState(null, '', hash);
    }
    this.#route = readRoute(hash);
  }

  back(): void {
    if (this.#past.length > 0) history.back();
    else this.go('/today', true);
  }
}

export const router = new Router();

/** Goes to a route, such as `/meeting/ID?part=notes&line=12`. With `replace`, going back skips the present one. */
export function go(route: string, options: { replace?: boolean } = {}): void {
  router.go(route, options.replace ?? false);
}

/** Back to where one came from, or to today. */
export function back(): void {
  router.back();
}

function queryOf(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}
