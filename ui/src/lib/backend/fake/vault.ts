import type { Backend } from '../backend';
import type { Account, AccountStatus, Boot, SyncStatus } from '../types';
import { demoState } from './demo';
import { plain } from './days';
import { failure, need, noState, type World } from './world';

type Vault = Omit<
  Pick<
    Backend,
    | 'boot'
    | 'folderCheck'
    | 'pickFolder'
    | 'pickFile'
    | 'pickSave'
    | 'vaultCreate'
    | 'vaultOpen'
    | 'vaultRestore'
    | 'vaultDemo'
    | 'settings'
    | 'settingsSave'
    | 'setDiscreet'
    | 'setLens'
    | 'openUrl'
    | 'copy'
    | 'attachmentUrl'
    | 'undo'
    | 'exportTo'
    | 'backup'
    | 'backups'
    | 'doctor'
    | 'importMinutes'
  >,
  never
>;

const home = '/home/alex';

/** The vault as such: first run, settings, keeping. `locked` is why it could not be opened. */
export function vault(
  world: World,
  start: { state: Boot['state']; demo: boolean; failure: Boot['failure'] },
): Vault {
  let { state, demo } = start;
  let dir = `${home}/Throughline`;
  let lately: string[] = [];
  const made = new Set(state === 'none' ? [] : [dir]);

  const boot = (): Boot => ({
    version: '0.1.0',
    platform: 'linux',
    state,
    failure: state === 'locked' ? start.failure : null,
    vault:
      state === 'none'
        ? null
        : { name: demo ? 'Demo vault' : (dir.split('/').pop() ?? 'Vault'), dir, me: world.me, demo },
    suggested_dir: `${home}/Throughline`,
    now: world.now,
    zone: world.zone,
    settings: world.settings,
    discreet: world.discreet,
    lens: lens(),
    taken_up: world.takenUp.splice(0),
    lately,
  });
  const holds = (folder: string) => made.has(folder) || /existing|old/i.test(folder);
  const lens = () => {
    const one = world.state.organizations.get(world.lens ?? '');
    return one ? { id: one.id, name: one.name } : null;
  };
  const opened = (folder: string, isDemo: boolean): Boot => {
    if (state !== 'none') lately = [dir, ...lately];
    lately = [...new Set(lately)].filter((one) => one !== folder);
    state = 'open';
    dir = folder;
    demo = isDemo;
    made.add(folder);
    return boot();
  };
  const written = (path: string) => ({ path, bytes: 7_892_992, files: 1, previous: null, at: world.now });

  return {
    boot: async () => boot(),
    async folderCheck(folder) {
      const synced = /Dropbox|OneDrive|iCloud|Nextcloud|Google Drive/i.exec(folder)?.[0] ?? null;
      const has_vault = holds(folder);
      return {
        dir: folder,
        exists: has_vault,
        empty: !has_vault,
        has_vault,
        writable: folder.startsWith('/') && !folder.startsWith('/root'),
        synced_by: synced,
      };
    },
    pickFolder: async () => `${home}/Dropbox/Throughline`,
    // What was written last is what one would look for.
    pickFile: async (_title, extensions) =>
      [...world.files.keys()].reverse().find((path) => extensions.some((one) => path.endsWith(`.${one}`))) ??
      `${home}/Downloads/file.${extensions[0] ?? 'txt'}`,
    pickSave: async (_title, name) => `${home}/Documents/${name}`,
    async vaultCreate(folder, name, email) {
      if (folder.startsWith('/root'))
        throw failure('not_writable', 'Nothing can be written in that folder.', 'Choose another one.');
      world.state = noState();
      const id = world.newId();
      world.state.people.set(id, {
        id,
        handle: (name ?? 'me').split(' ')[0]?.toLowerCase() || 'me',
        name: name ?? 'Me',
        emails: email ? [email] : [],
        aliases: [],
        organization: null,
        organization_id: null,
        relation: 'none',
        is_me: true,
        note: null,
        noteRevision: 0,
        into: null,
      });
      return opened(folder, false);
    },
    async vaultOpen(folder) {
      if (!holds(folder))
        throw failure(
          'no_vault',
          'There is no vault in that folder.',
          'Choose the folder that holds throughline.db.',
        );
      world.state = demoState();
      return opened(folder, false);
    },
    async vaultRestore(folder) {
      world.state = demoState();
      return opened(folder, false);
    },
    async vaultDemo() {
      world.state = demoState();
      return opened(`${home}/Throughline demo`, true);
    },
    settings: async () => world.settings,
    async settingsSave(settings) {
      world.settings = settings;
      world.tell([{ kind: 'setting', id: 'settings' }]);
      return settings;
    },
    async setDiscreet(on) {
      world.discreet = on;
      for (const listen of world.discreetListeners) listen(on);
      return on;
    },
    async setLens(organization) {
      if (organization !== null) need(world.state.organizations, organization, 'organization');
      world.lens = organization;
      world.tell(['meeting', 'item', 'person', 'organization', 'note'].map((kind) => ({ kind, id: 'all' })));
      return boot();
    },
    async openUrl(url) {
      if (!/^(https?|mailto|tel|zoommtg|msteams):/.test(url))
        throw failure('refused_url', 'This kind of link is not opened.');
      window.open(url, '_blank', 'noopener');
    },
    async copy(text) {
      await navigator.clipboard?.writeText(text);
    },
    attachmentUrl: (path) => `data:text/plain,${encodeURIComponent(path)}`,
    async undo(entry) {
      const undone = world.undo(entry);
      return { undone: undone?.touched ?? [], command: undone?.command ?? null, what: null };
    },
    exportTo: async (_format, target) => written(target),
    backup: async (file) => written(file),
    async backups() {
      const { backup_every: every, backup_folder } = world.settings;
      const folder = backup_folder ?? `${dir}/backups`;
      const days = every === 'never' ? [] : ['2026-11-19', '2026-11-18', '2026-11-17'];
      const backups = days.map((date) => ({
        date,
        path: `${folder}/throughline-${date}.backup`,
        bytes: 4_200_000,
      }));
      return { every, folder, backups, failed: null };
    },
    async doctor(repair) {
      const problem = { code: 'index_behind', message: 'One note is newer than its items.' };
      const broken = start.failure !== null;
      return {
        ok: !broken || repair,
        problems: broken && !repair ? [problem] : [],
        repaired: broken && repair ? [problem] : [],
        head: '9c4b82dc',
      };
    },
    importMinutes: async (paths) => ({ meetings: paths.length, warnings: [] }),
  };
}

type Calendars = Pick<
  Backend,
  | 'syncStatus'
  | 'sync'
  | 'syncCancel'
  | 'accountAddIcs'
  | 'accountAddCaldav'
  | 'accountAddGoogle'
  | 'accountAddCancel'
  | 'secretsKept'
  | 'secretsUnlock'
  | 'accountRemove'
  | 'calendarEnable'
  | 'queue'
  | 'syncMoved'
  | 'movesSeen'
  | 'undoSync'
  | 'relink'
  | 'queueKeep'
>;

/** Accounts, syncs that take their time and tell how far they are, and the re-link queue. */
export function calendars(world: World): Calendars {
  let waiting: ((refused: unknown) => void) | null = null;
  let cancelled = false;

  const hints: Record<Account['state'], string | null> = {
    ok: null,
    needs_sign_in: 'Sign in again; until then everything stays readable.',
    error: 'The next try is in a few minutes.',
  };
  const status = (): SyncStatus => ({
    accounts: [...world.state.accounts.values()].map((account): AccountStatus => ({
      ...account,
      calendars: [...world.state.calendars.values()].filter((one) => one.account_id === account.id),
      running:
        world.running?.account === account.id
          ? { phase: world.running.phase, count: world.running.count }
          : null,
      code: world.troubles.get(account.id) ?? null,
      hint: hints[account.state],
    })),
    queue: world.state.queue.size,
    moved: world.movedSeen ? 0 : world.moved.length,
  });
  const tellStatus = () => {
    for (const listen of world.statusListeners) listen(status());
  };
  const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

  function add(provider: Account['provider'], name: string, names: string[]): Account {
    const account: Account = { id: world.newId(), provider, name, state: 'ok', last_sync: null, error: null };
    world.state.accounts.set(account.id, account);
    for (const one of names) {
      const id = world.newId();
      world.state.calendars.set(id, { id, account_id: account.id, name: one, enabled: true, color: null });
    }
    world.tell([{ kind: 'account', id: account.id }]);
    tellStatus();
    return account;
  }

  return {
    syncStatus: async () => status(),
    async sync(only, accept) {
      cancelled = false;
      const accounts = [];
      for (const account of [...world.state.accounts.values()]) {
        if (only && account.id !== only) continue;
        for (const [phase, count] of [
          ['Fetching', 0],
          ['Fetching', 212],
          ['Working out what changed', 885],
        ] as const) {
          if (cancelled) break;
          world.running = { account: account.id, phase, count };
          tellStatus();
          await wait(250);
        }
        world.running = null;
        const bad = account.state === 'error' && !accept;
        const now: Account = bad ? account : { ...account, state: 'ok', error: null, last_sync: world.now };
        world.state.accounts.set(account.id, now);
        if (!bad) world.troubles.delete(account.id);
        const calendars = [...world.state.calendars.values()].filter(
          (one) => one.account_id === account.id && one.enabled,
        );
        accounts.push({
          id: account.id,
          name: account.name,
          calendars: calendars.map(({ id, name }) => ({
            id,
            name,
            mode: 'partial',
            added: 0,
            changed: 1,
            removed: 0,
            kept: 0,
            warnings: [],
          })),
          error: bad
            ? failure(
                'mass_deletion',
                account.error ?? '',
                'Accept the deletions, or look into the calendar first.',
              )
            : null,
          seconds: 0.8,
        });
        tellStatus();
        world.tell([{ kind: 'account', id: account.id }]);
      }
      return { accounts };
    },
    async syncCancel() {
      cancelled = true;
    },
    async accountAddIcs(path) {
      await wait(300);
      if (!/^(https?|webcal):|[/\\]/.test(path))
        throw failure(
          'not_found',
          'There is no such file or address.',
          'Give the path of an .ics file, or an address that begins with https.',
        );
      return add('ics', path.split(/[/\\]/).pop() ?? path, [path.split(/[/\\]/).pop() ?? path]);
    },
    async accountAddCaldav(url, user, password) {
      await wait(500);
      if (password === 'wrong')
        throw failure(
          'sign_in_refused',
          'The server refused the user name or the password.',
          'Many providers want an app password here.',
        );
      if (!/^https?:/.test(url))
        throw failure('bad_url', 'This is no address of a server.', 'It begins with https.');
      return add('caldav', user, ['Work', 'Home']);
    },
    accountAddGoogle: () =>
      new Promise((done, refuse) => {
        waiting = refuse;
        setTimeout(() => {
          if (waiting)
            done(add('google', 'alex.novak@gmail.example', ['alex.novak@gmail.example', 'Family']));
          waiting = null;
        }, 4_000);
      }),
    async accountAddCancel() {
      waiting?.(failure('cancelled', 'The sign-in was given up.'));
      waiting = null;
    },
    secretsKept: async () => ({ keyring: world.troubles.size === 0, file: world.passphrase !== null }),
    async secretsUnlock(passphrase) {
      if (world.passphrase !== null && passphrase !== world.passphrase)
        throw failure('wrong_passphrase', 'The passphrase does not open the file.', 'Check it.');
      world.passphrase = passphrase;
      world.troubles.clear();
    },
    async accountRemove(id) {
      const account = need(world.state.accounts, id, 'account');
      world.state.accounts.delete(id);
      for (const one of [...world.state.calendars.values()])
        if (one.account_id === id) world.state.calendars.delete(one.id);
      world.tell([{ kind: 'account', id }]);
      tellStatus();
      return account;
    },
    async calendarEnable(id, enabled) {
      const calendar = { ...need(world.state.calendars, id, 'calendar'), enabled };
      world.state.calendars.set(id, calendar);
      world.tell([{ kind: 'calendar', id }]);
      tellStatus();
      return calendar;
    },
    async queue() {
      return [...world.state.queue].map(([id, candidates]) => ({
        meeting: plain(need(world.state.meetings, id, 'meeting')),
        candidates,
      }));
    },
    syncMoved: async () => [...world.moved],
    async movesSeen() {
      world.movedSeen = true;
      world.tell([{ kind: 'setting', id: 'moves seen' }]);
      tellStatus();
    },
    async undoSync() {
      const undone = world.moved.splice(0).map(({ meeting_id: id }) => ({ kind: 'meeting', id }));
      world.tell(undone);
      tellStatus();
      return { undone, command: undone.length > 0 ? 'sync' : null, what: null };
    },
    async relink(from, to) {
      const answer = world.command('attached notes', () => {
        const old = need(world.state.meetings, from, 'meeting');
        const now = { ...need(world.state.meetings, to, 'meeting'), has_notes: true };
        for (const part of ['prep', 'notes', 'private'] as const) {
          const note = world.state.notes.get(`${from}/${part}`);
          if (!note) continue;
          world.state.notes.set(`${to}/${part}`, note);
          world.state.notes.delete(`${from}/${part}`);
        }
        for (const map of [world.state.actions, world.state.decisions, world.state.questions] as Map<
          string,
          { id: string; meeting_id: string | null }
        >[])
          for (const item of [...map.values()])
            if (item.meeting_id === from) map.set(item.id, { ...item, meeting_id: to });
        world.state.meetings.set(to, now);
        world.state.meetings.delete(old.id);
        world.state.queue.delete(from);
        return {
          answer: plain(now),
          touched: [
            { kind: 'meeting', id: from },
            { kind: 'meeting', id: to },
            { kind: 'item', id: to },
          ],
        };
      });
      tellStatus();
      return answer;
    },
    async queueKeep(meeting) {
      const answer = world.command('kept notes where they are', () => {
        const kept = { ...need(world.state.meetings, meeting, 'meeting'), source: 'local' as const };
        world.state.meetings.set(meeting, kept);
        world.state.queue.delete(meeting);
        return { answer: plain(kept), touched: [{ kind: 'meeting', id: meeting }] };
      });
      tellStatus();
      return answer;
    },
  };
}
