import type { Backend } from './backend';

export type { Backend } from './backend';

let chosen: Backend | null = null;

/** The program behind the window. Throws before `openBackend` or `useBackend` has chosen one. */
export function backend(): Backend {
  if (!chosen) throw new Error('No backend has been chosen yet.');
  return chosen;
}

/** Puts a backend in place: tests, and the fake worlds of a browser. */
export function useBackend(one: Backend): Backend {
  chosen = one;
  return one;
}

/** Chooses Tauri's in the app, and in a browser a world in memory, named by `?vault=`. */
export async function openBackend(): Promise<Backend> {
  if ('__TAURI_INTERNALS__' in window) {
    const { tauri } = await import('./tauri');
    return useBackend(tauri());
  }
  if (!import.meta.env.DEV) throw new Error('Throughline runs in its own window.');
  const { openFake } = await import('./fake');
  return useBackend(await openFake(new URLSearchParams(location.search).get('vault') ?? 'demo'));
}
