import type { Backend } from './backend';

/** The app's own backend. */
export function tauri(): Backend {
  throw new Error('The bindings are not there yet.');
}
