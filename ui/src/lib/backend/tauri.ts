import { convertFileSrc } from '@tauri-apps/api/core';
import type { Backend } from './backend';
import { commands, events } from './bindings';
import type { Boot, Done, Register, Settings } from './types';

/**
 * The app's own backend: the commands of src-tauri, as generated. Settings may be sent in part, and so are generated with
 * every field optional; they always come whole.
 */
export function tauri(): Backend {
  const beforeClosing = new Set<() => Promise<void>>();
  void events.closing.listen(async () => {
    await Promise.allSettled([...beforeClosing].map((save) => save()));
    await commands.closeReady();
  });

  return {
    ...commands,
    boot: async () => (await commands.boot()) as Boot,
    vaultCreate: async (dir, name, email) => (await commands.vaultCreate(dir, name, email)) as Boot,
    vaultOpen: async (dir) => (await commands.vaultOpen(dir)) as Boot,
    vaultRestore: async (dir, file) => (await commands.vaultRestore(dir, file)) as Boot,
    vaultDemo: async () => (await commands.vaultDemo()) as Boot,
    register: async (organization, ask) => (await commands.register(organization, ask)) as Register,
    decisionCompatible: async (one, other) => nothing(await commands.decisionCompatible(one, other)),
    organizationRename: async (id, name) => nothing(await commands.organizationRename(id, name)),
    queryRename: async (name, to) => nothing(await commands.queryRename(name, to)),
    queryDelete: async (name) => nothing(await commands.queryDelete(name)),
    duplicateRefuse: async (a, b) => nothing(await commands.duplicateRefuse(a, b)),
    movesSeen: async () => void (await commands.movesSeen()),
    setLens: async (organization) => (await commands.setLens(organization)) as Boot,
    settings: async () => (await commands.settings()) as Settings,
    settingsSave: async (settings) => (await commands.settingsSave(settings)) as Settings,
    openUrl: async (url) => void (await commands.openUrl(url)),
    copy: async (text, html) => void (await commands.copy(text, html)),
    noteDraft: async (sitting, text) => void (await commands.noteDraft(sitting, text)),
    noteClose: async (sitting) => void (await commands.noteClose(sitting)),
    syncCancel: async () => void (await commands.syncCancel()),
    accountAddCancel: async () => void (await commands.accountAddCancel()),
    secretsUnlock: async (passphrase) => void (await commands.secretsUnlock(passphrase)),
    attachmentAdd: (name, bytes) => commands.attachmentAdd(name, [...bytes]),
    attachmentUrl: (path) => convertFileSrc(path, 'attachment'),

    onChanged: (listen) => heard(events.changed.listen(({ payload }) => listen(payload))),
    onSyncStatus: (listen) => heard(events.syncStatus.listen(({ payload }) => listen(payload))),
    onDiscreet: (listen) => heard(events.discreet.listen(({ payload }) => listen(payload))),
    onNavigate: (listen) => {
      // Where the program was started with a place to go, nobody listened yet.
      void commands.firstRoute().then((route) => route && listen(route));
      return heard(events.navigate.listen(({ payload }) => listen(payload)));
    },
    onVaultAsked: (listen) => heard(events.vaultAsked.listen(({ payload }) => listen(payload))),
    onClosing: (listen) => {
      beforeClosing.add(listen);
      return () => beforeClosing.delete(listen);
    },
  };
}

/** Rust's nothing comes as null. */
function nothing({ entry }: Done<null>): Done<void> {
  return { answer: undefined, entry };
}

/** Stops listening, also where listening has not yet begun. */
function heard(listening: Promise<() => void>): () => void {
  return () => void listening.then((stop) => stop());
}
