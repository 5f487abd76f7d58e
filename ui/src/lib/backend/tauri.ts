import { convertFileSrc } from '@tauri-apps/api/core';
import type { Backend } from './backend';
import { commands, events } from './bindings';
import type { Boot, Settings, SyncStatus } from './types';

/** Methods whose commands are still to come; a call of one rejects. */
type Missing =
  | 'folderCheck'
  | 'settingsSave'
  | 'day'
  | 'thread'
  | 'calendar'
  | 'noteRead'
  | 'complete'
  | 'personNew'
  | 'attachmentAdd'
  | 'actions'
  | 'people'
  | 'search'
  | 'accountAddIcs'
  | 'accountAddCaldav'
  | 'accountAddGoogle'
  | 'accountAddCancel';

/** The app's own backend: the commands of src-tauri, as generated. */
export function tauri(): Backend {
  const beforeClosing = new Set<() => Promise<void>>();
  void events.closing.listen(async () => {
    await Promise.allSettled([...beforeClosing].map((save) => save()));
    await commands.closeReady();
  });

  const notYet = () => Promise.reject({ code: 'not_yet', message: 'The program cannot do this yet.', hint: null });
  const missing: Pick<Backend, Missing> = {
    folderCheck: notYet,
    settingsSave: (settings) => Promise.resolve(settings),
    day: notYet,
    thread: notYet,
    calendar: notYet,
    noteRead: notYet,
    complete: notYet,
    personNew: notYet,
    attachmentAdd: notYet,
    actions: notYet,
    people: notYet,
    search: notYet,
    accountAddIcs: notYet,
    accountAddCaldav: notYet,
    accountAddGoogle: notYet,
    accountAddCancel: notYet,
  };

  return {
    ...(commands as unknown as Backend),
    ...missing,
    boot: async () => ({ ...((await commands.boot()) as unknown as Boot), settings }),
    attachmentUrl: (path) => convertFileSrc(path, 'attachment'),

    onChanged: (listen) => heard(events.changed.listen(({ payload }) => listen(payload))),
    onSyncStatus: (listen) => heard(events.syncStatus.listen(({ payload }) => listen(payload as SyncStatus))),
    onDiscreet: (listen) => heard(events.discreet.listen(({ payload }) => listen(payload))),
    onNavigate: (listen) => {
      // Where the program was started with a place to go, nobody listened yet.
      void commands.firstRoute().then((route) => route && listen(route));
      return heard(events.navigate.listen(({ payload }) => listen(payload)));
    },
    onClosing: (listen) => {
      beforeClosing.add(listen);
      return () => beforeClosing.delete(listen);
    },
  };
}

const settings: Settings = { theme: 'system', zoom: 100, single_letters: true, week_starts: 'monday', sync_minutes: 15, templates: [] };

/** Stops listening, also where listening has not yet begun. */
function heard(listening: Promise<() => void>): () => void {
  return () => void listening.then((stop) => stop());
}
