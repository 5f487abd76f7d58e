import type {
  Account,
  Action,
  Attendee,
  Calendar,
  Changed,
  Day,
  Decision,
  Done,
  Employment,
  Failure,
  Meeting,
  MovedMeeting,
  NotePart,
  Person,
  Question,
  Register,
  RegisterAsk,
  Relation,
  Settings,
  SyncStatus,
  TakenUp,
  VaultAsked,
  When,
} from '../types';

export interface StoredNote {
  text: string;
  revision: number;
  history: { revision: number; at: When; text: string }[];
}

export type StoredMeeting = Meeting & { description: string | null; sent: { to: string; at: When }[] };
export type StoredPerson = Person & { note: string | null; noteRevision: number; into: string | null };

/** What there is. Objects are never changed, but put anew: so a copy of the maps is a copy of the world. */
export interface State {
  people: Map<string, StoredPerson>;
  organizations: Map<string, { id: string; name: string; domains: string[] }>;
  meetings: Map<string, StoredMeeting>;
  notes: Map<string, StoredNote>;
  actions: Map<string, Action>;
  decisions: Map<string, Decision>;
  questions: Map<string, Question>;
  accounts: Map<string, Account>;
  calendars: Map<string, Calendar>;
  /** Meetings whose event is gone, with the candidates. */
  queue: Map<string, { meeting_id: string; title: string; start: When; score: number; why: string }[]>;
  /** Actions that were looked at and left as they are: until when they are not in review. */
  kept: Map<string, Day>;
  /** What was done to an action, the oldest first. */
  history: Map<string, { at: When; what: string }[]>;
  /** Saved queries by name. */
  queries: Map<string, string>;
  /** Who confirmed a decision outside the notes. */
  confirmed: Map<string, { by: string; at: When }[]>;
  /** Pairs of decisions that go together, their ids sorted, with a blank between. */
  compatible: Set<string>;
  /** Pairs of people who were said to be two. */
  refused: Map<string, true>;
  /** Whom a person worked for before. */
  employments: Map<string, Employment[]>;
}

export function noState(): State {
  return {
    people: new Map(),
    organizations: new Map(),
    meetings: new Map(),
    notes: new Map(),
    actions: new Map(),
    decisions: new Map(),
    questions: new Map(),
    accounts: new Map(),
    calendars: new Map(),
    queue: new Map(),
    kept: new Map(),
    history: new Map(),
    queries: new Map(),
    confirmed: new Map(),
    compatible: new Set(),
    refused: new Map(),
    employments: new Map(),
  };
}

type Touched = Changed['touched'];

/** The vault of the fake: its state, what was done to it, and who listens. */
export class World {
  state: State = noState();
  now = '2026-11-19T11:18:00+01:00';
  zone = 'Europe/Berlin';
  open = true;
  discreet = false;
  /** The organization everything is limited to. */
  lens: string | null = null;
  /** What was written to files, by path. */
  files = new Map<string, { register: Register; ask: RegisterAsk }>();
  settings: Settings = {
    theme: 'system',
    zoom: 100,
    single_letters: true,
    week_starts: 'monday',
    sync_minutes: 15,
    backup_every: 'day',
    backup_folder: null,
    templates: [
      { name: '1:1', text: '## Since last time\n\n- \n\n## You\n\n- \n\n## Me\n\n- \n' },
      { name: 'Decision meeting', text: '## To decide\n\n- \n\n## Options\n\n1. \n\n## Decided\n\n' },
    ],
  };
  sittings = new Map<string, { key: string; text: string }>();
  /** What a sync moved along with its series, and can be taken back. */
  moved: MovedMeeting[] = [];
  movedSeen = false;
  running: { account: string; phase: string; count: number } | null = null;
  /** Every question is answered after so many milliseconds, and with this where it is set. */
  delay = 0;
  failing: Failure | null = null;

  readonly changed = new Set<(changed: Changed) => void>();
  readonly statusListeners = new Set<(status: SyncStatus) => void>();
  /** Codes of what is wrong with accounts. */
  readonly troubles = new Map<string, string>();
  /** Of the encrypted file that stands in for a keyring, once there is one. */
  passphrase: string | null = null;
  readonly discreetListeners = new Set<(on: boolean) => void>();
  /** What the vault finds typed and not saved as it is opened. */
  readonly takenUp: TakenUp[] = [];
  readonly askedListeners = new Set<(asked: VaultAsked) => void>();
  #past: { entry: number; command: string; state: State; touched: Touched }[] = [];
  #undone = new Set<number>();
  #entries = 0;
  seq = 0;
  #ids = 0;

  get today(): Day {
    return this.now.slice(0, 10);
  }

  get me(): StoredPerson | null {
    return [...this.state.people.values()].find((person) => person.is_me) ?? null;
  }

  /** Runs a command: what it changed can be undone, and everyone is told. */
  command<T>(name: string, run: () => { answer: T; touched: Touched }): Done<T> {
    const before = Object.fromEntries(Object.entries(this.state).map(([key, map]) => [key, new Map(map)]));
    let done;
    try {
      done = run();
    } catch (thrown) {
      this.state = before as unknown as State;
      throw thrown;
    }
    const entry = (this.#entries += 1);
    this.#past.push({ entry, command: name, state: before as unknown as State, touched: done.touched });
    if (this.#past.length > 50) this.#past.shift();
    this.tell(done.touched);
    return { answer: done.answer, entry };
  }

  /** With an entry: that one, where it is the last. */
  undo(entry: number | null = null): { command: string; touched: Touched } | null {
    if (entry !== null && this.#undone.has(entry))
      throw failure('undone_already', 'That was taken back already.');
    if (entry !== null && this.#past.at(-1)?.entry !== entry)
      throw failure(
        'moved_on',
        'Something else was changed since, so nothing was undone.',
        '“Undo the last command” takes back what is newest; once more, what was before it.',
      );
    const last = this.#past.pop();
    if (!last) return null;
    this.#undone.add(last.entry);
    this.state = last.state;
    this.tell(last.touched);
    return { command: last.command, touched: last.touched };
  }

  tell(touched: Touched): void {
    this.seq += 1;
    for (const listen of this.changed) listen({ seq: this.seq, touched });
  }

  newId(): string {
    this.#ids += 1;
    return `01a1f3ff-0000-7000-8000-${this.#ids.toString(16).padStart(12, '0')}`;
  }

  newAnchor(): string {
    this.#ids += 1;
    return `z${(this.#ids * 7919 + 46656).toString(36).slice(-5).padStart(5, '0')}`;
  }

  /** Remembers what was done to an action. */
  log(id: string, what: string, at: When = this.now): void {
    this.state.history.set(id, [...(this.state.history.get(id) ?? []), { at, what }]);
  }

  note(meeting: string, part: NotePart): StoredNote {
    return this.state.notes.get(`${meeting}/${part}`) ?? { text: '', revision: 0, history: [] };
  }
}

export function failure(code: string, message: string, hint: string | null = null): Failure {
  return { code, message, hint };
}

/** What is named so, or `not_found`. Ids may be given by a unique beginning. */
export function need<T>(map: Map<string, T>, id: string, what: string): T {
  const found = map.get(id);
  if (found !== undefined) return found;
  const near = id.length >= 4 ? [...map].filter(([key]) => key.startsWith(id)) : [];
  if (near.length === 1 && near[0]) return near[0][1];
  throw failure('not_found', `There is no such ${what}.`, 'It may have been deleted elsewhere.');
}

export const relations: Relation[] = ['report', 'manager', 'peer', 'client', 'none'];

/** Whether a person is at a meeting. */
export function attends(meeting: { attendees: Attendee[] }, person: string): boolean {
  return meeting.attendees.some((one) => one.person_id === person);
}
