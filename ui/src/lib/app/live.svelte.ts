import { untrack } from 'svelte';
import { backend } from '$lib/backend';
import { failureOf } from '$lib/backend/failure';
import type { Failure } from '$lib/backend/types';

export interface Live<T> {
  /** The last answer; kept while a newer one is fetched and where that fails. */
  readonly value: T | undefined;
  /** Why the last fetch failed; null once one succeeds. */
  readonly failure: Failure | null;
  readonly loading: boolean;
  /** Fetches again; resolves once that is answered. */
  reload(): Promise<void>;
}

/** How soon it is fetched, for what nobody waits for. */
export interface Pace {
  /** Milliseconds after it is made; at once where there are none. */
  first?: number;
  /** Milliseconds without news before it is fetched again. Where news goes on and on, ten times as long is the longest. */
  calm?: number;
}

/**
 * What the backend says, kept current: fetched as the component is made, again when a reactive input that `fetch` reads
 * (before its first `await`) changes, and when a committed change touches one of `kinds`; news that comes while it is
 * fetched is fetched once that is answered. A stale answer never replaces a newer one. Call it as a component or a
 * controller is made.
 */
export function live<T>(
  fetch: () => Promise<T>,
  kinds: string[],
  { first = 0, calm = 0 }: Pace = {},
): Live<T> {
  let value = $state.raw<T | undefined>(undefined);
  let failure = $state.raw<Failure | null>(null);
  let loading = $state(true);
  let stirred = $state(0);
  let asked = 0;
  let running = false;
  let again = false;

  async function ask(run: () => Promise<T>): Promise<void> {
    const mine = (asked += 1);
    running = true;
    untrack(() => (loading = true));
    const answer = attempt(run);
    try {
      const fresh = await answer;
      if (mine !== asked) return;
      value = fresh;
      failure = null;
    } catch (thrown) {
      if (mine !== asked) return;
      failure = failureOf(thrown);
    }
    loading = false;
    running = false;
    if (again) stir();
  }

  function stir(): void {
    again = running;
    if (!running) stirred += 1;
  }

  let begun = first === 0;
  $effect(() => {
    void stirred;
    if (begun) return void ask(fetch);
    begun = true;
    const timer = setTimeout(() => (stirred += 1), first);
    return () => clearTimeout(timer);
  });

  $effect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let since = 0;
    const stop = backend().onChanged((changed) => {
      if (!changed.touched.some((one) => kinds.includes(one.kind))) return;
      if (calm === 0) return stir();
      if (timer === undefined) since = Date.now();
      clearTimeout(timer);
      const left = Math.max(0, since + 10 * calm - Date.now());
      timer = setTimeout(
        () => {
          timer = undefined;
          stir();
        },
        Math.min(calm, left),
      );
    });
    return () => {
      stop();
      clearTimeout(timer);
      asked += 1;
    };
  });

  return {
    get value() {
      return value;
    },
    get failure() {
      return failure;
    },
    get loading() {
      return loading;
    },
    reload: () => untrack(() => ask(fetch)),
  };
}

/** Runs it at once, so that what it reads is tracked; a throw becomes a rejection. */
function attempt<T>(run: () => Promise<T>): Promise<T> {
  try {
    return run();
  } catch (thrown) {
    return Promise.reject(thrown);
  }
}
