import type { Backend } from '../backend';
import type { Boot } from '../types';

/** A world in memory by name: none, empty, demo, broken, large. */
export async function openFake(_world: string): Promise<Backend> {
  const boot: Boot = {
    version: '0.1.0',
    platform: 'linux',
    state: 'open',
    failure: null,
    vault: { name: 'Demo vault', dir: '/home/alex/Throughline', me: null, demo: true },
    suggested_dir: '/home/alex/Throughline',
    now: '2026-11-19T11:18:00+01:00',
    zone: 'Europe/Berlin',
    settings: {
      theme: 'system',
      zoom: 100,
      single_letters: true,
      week_starts: 'monday',
      sync_minutes: 15,
      templates: [],
    },
    discreet: false,
  };
  const known: Partial<Backend> = {
    boot: async () => boot,
    settingsSave: async (settings) => settings,
    setDiscreet: async (on) => on,
    actions: async () => [],
    decisions: async () => [],
    questions: async () => [],
    people: async () => [],
    organizations: async () => [],
    queue: async () => [],
    day: async (date) => ({ date: date ?? '2026-11-19', meetings: [], actions: [], overdue: [] }),
    syncStatus: async () => ({ accounts: [], queue: 0 }),
    onChanged: () => () => undefined,
    onSyncStatus: () => () => undefined,
    onDiscreet: () => () => undefined,
    onNavigate: () => () => undefined,
    onClosing: () => () => undefined,
  };
  return new Proxy(known as Backend, {
    get: (target, name) =>
      Reflect.get(target, name) ??
      (name === 'then'
        ? undefined
        : () => Promise.reject({ code: 'not_yet', message: 'The fake cannot do this yet.', hint: null })),
  });
}
