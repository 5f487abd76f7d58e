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

/**
 * What the backend says, kept current: fetched as the component is made, again when a reactive input that `fetch` reads
 * (before its first `await`) changes, and when a committed change touches one of `kinds`. A stale answer never replaces
 * a newer one. Call it as a component or a controller is made.
 */
export function live<T>(fetch: () => Promise<T>, kinds: string[]): Live<T> {
  let value = $state.raw<T | undefined>(undefined);
  let failure = $state.raw<Failure | null>(null);
  let loading = $state(true);
  let stirred = $state(0);
  let asked = 0;

  async function ask(run: () => Promise<T>): Promise<void> {
    const mine = (asked += 1);
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
  }

  $effect(() => {
    void stirred;
    void ask(fetch);
  });

  $effect(() => {
    const stop = backend().onChanged((changed) => {
      if (changed.touched.some((one) => kinds.includes(one.kind))) stirred += 1;
    });
    return () => {
      stop();
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
