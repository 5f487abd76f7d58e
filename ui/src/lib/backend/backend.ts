import type * as T from './types';

/** Everything the window asks of the program. Each method rejects with a `Failure`. */
export interface Backend {
  // The program and its vault
  boot(): Promise<T.Boot>;
  folderCheck(dir: string): Promise<T.FolderCheck>;
  /** The system's dialogs; null where the person thought better of it. */
  pickFolder(title: string): Promise<string | null>;
  pickFile(title: string, extensions: string[]): Promise<string | null>;
  pickSave(title: string, name: string): Promise<string | null>;
  vaultCreate(dir: string, name: string | null, email: string | null): Promise<T.Boot>;
  vaultOpen(dir: string): Promise<T.Boot>;
  vaultRestore(dir: string, file: string): Promise<T.Boot>;
  vaultDemo(): Promise<T.Boot>;
  settings(): Promise<T.Settings>;
  settingsSave(settings: T.Settings): Promise<T.Settings>;
  setDiscreet(on: boolean): Promise<boolean>;
  /** One organization as a lens on everything the window asks for; null takes it off. */
  setLens(organization: string | null): Promise<T.Boot>;
  /** Only http, https, mailto, tel and the calls' own schemes; anything else is refused. */
  openUrl(url: string): Promise<void>;
  copy(text: string, html: string | null): Promise<void>;
  /** The address under which the window may show an attachment of the vault. */
  attachmentUrl(path: string): string;

  // Days and meetings
  day(date: T.Day | null): Promise<T.DayView>;
  /** What the briefs of a day's meetings to come hold. */
  dayAhead(date: T.Day | null): Promise<T.BriefCounts[]>;
  brief(meeting: string): Promise<T.Brief>;
  thread(meeting: string, scope: T.Scope, limit: number): Promise<T.Thread>;
  calendar(from: T.Day, to: T.Day): Promise<T.CalendarEntry[]>;
  meeting(id: string): Promise<T.MeetingDetail>;
  meetingNew(meeting: T.NewMeeting): Promise<T.Meeting>;
  meetingEdit(id: string, edit: T.MeetingEdit): Promise<T.Done<T.Meeting>>;
  meetingDelete(id: string): Promise<T.Done<T.Meeting>>;
  attendeeAdd(meeting: string, who: string, series: boolean): Promise<T.Done<T.Meeting>>;
  setPresent(meeting: string, person: string, present: boolean): Promise<T.Done<T.Meeting>>;
  recap(meeting: string, format: 'markdown' | 'html' | 'text' | 'email'): Promise<T.Recap>;
  /** Remembers to whom it was sent. */
  recapSent(meeting: string, to: string): Promise<T.Done<T.Recap>>;

  // Notes
  noteOpen(meeting: string, part: T.NotePart): Promise<T.NoteOpen>;
  /** The running note of a person, as a sitting. */
  noteOpenPerson(person: string): Promise<T.NoteOpen>;
  /** The draft journal: at most every half second while typing; cheap, nothing is parsed. */
  noteDraft(sitting: string, text: string): Promise<void>;
  noteSave(sitting: string, text: string, base: number): Promise<T.NoteSaved>;
  noteClose(sitting: string): Promise<void>;
  /** Without a meeting, as a running note of today. */
  noteRead(meeting: string | null, part: T.NotePart, text: string): Promise<T.Mark[]>;
  noteHistory(meeting: string, part: T.NotePart): Promise<{ revision: number; at: T.When; bytes: number }[]>;
  /** A note as it was at a revision that `noteHistory` tells of. */
  noteRevision(meeting: string, part: T.NotePart, revision: number): Promise<T.Note>;
  noteRestore(meeting: string, part: T.NotePart, revision: number): Promise<T.Done<T.Note>>;
  complete(
    /** `others`: people who are not at the meeting. */
    kind: 'person' | 'others' | 'topic' | 'item' | 'template',
    query: string,
    meeting: string | null,
  ): Promise<T.Completion[]>;
  /** Makes the person and gives back the completion with their handle. */
  personNew(name: string): Promise<T.Completion>;
  /** Stores the bytes in the vault; the Markdown path to write. */
  attachmentAdd(name: string, bytes: Uint8Array): Promise<string>;
  /** Stores the picture on the system's clipboard; null where there is no picture. */
  attachmentPaste(): Promise<string | null>;

  // Items
  /** Some rows of the list, from one on; and the places of those of `find`. */
  actionsStretch(ask: T.ActionsAsk, from: number, limit: number, find: string[]): Promise<T.ActionStretch>;
  /** Which stand from one place up to, but not including, another. */
  actionsPlaces(ask: T.ActionsAsk, from: number, to: number): Promise<T.ListPlace[]>;
  actionStatus(ids: string[], status: T.Action['status']): Promise<T.Done<T.Action[]>>;
  actionDue(id: string, due: T.Day): Promise<T.Done<T.Action>>;
  actionAssign(id: string, person: string): Promise<T.Done<T.Action>>;
  actionSnooze(id: string, until: T.Day): Promise<T.Done<T.Action>>;
  /** Several at once are one command, and one undo. No day takes the date off. */
  actionsDue(ids: string[], due: T.Day | null): Promise<T.Done<T.Action[]>>;
  actionsAssign(ids: string[], person: string): Promise<T.Done<T.Action[]>>;
  actionsSnooze(ids: string[], until: T.Day): Promise<T.Done<T.Action[]>>;
  /** As `actionsStretch`. */
  decisionsStretch(
    ask: T.DecisionsAsk,
    from: number,
    limit: number,
    find: string[],
  ): Promise<T.DecisionStretch>;
  decisionsPlaces(ask: T.DecisionsAsk, from: number, to: number): Promise<T.RowPlace[]>;
  /** What holds outside its chain and says these words, the likeliest first, so many. */
  decisionOffers(id: string, way: 'newer' | 'older', words: string, limit: number): Promise<T.DecisionOffers>;
  decision(id: string): Promise<T.DecisionDetail>;
  decisionSupersede(old: string, by: string): Promise<T.Done<T.Decision>>;
  /** Logs that somebody said so outside the notes. */
  decisionConfirm(id: string, person: string): Promise<T.Done<T.DecisionDetail>>;
  contradictions(): Promise<T.Contradictions>;
  /** Two that look as if they contradict each other go together. */
  decisionCompatible(one: string, other: string): Promise<T.Done<void>>;
  /** The open ones first. */
  questionsStretch(
    ask: T.QuestionsAsk,
    from: number,
    limit: number,
    find: string[],
  ): Promise<T.QuestionStretch>;
  questionsPlaces(ask: T.QuestionsAsk, from: number, to: number): Promise<T.RowPlace[]>;
  trace(id: string): Promise<T.Trace>;

  // Review, saved queries, insights
  review(): Promise<T.Review>;
  reviewTrend(weeks: number): Promise<T.Trend>;
  /** Looked at and left as it is: not in review again for two weeks. */
  actionKeep(id: string): Promise<T.Done<T.Action>>;
  actionAsk(id: string): Promise<T.Ask>;
  /** The saved queries, without what they count. */
  queryNames(): Promise<T.QueryName[]>;
  queries(): Promise<T.SavedQuery[]>;
  queryRun(nameOrExpression: string): Promise<T.QueryResult>;
  querySave(name: string, expression: string): Promise<T.Done<T.SavedQuery>>;
  /** Takes the place of a query that has the name already. */
  queryRename(name: string, to: string): Promise<T.Done<void>>;
  queryDelete(name: string): Promise<T.Done<void>>;
  queryKeys(): Promise<T.QueryKey[]>;
  insights(from: T.Day, to: T.Day): Promise<T.Insights>;
  counts(): Promise<T.SidebarCounts>;

  // People
  people(): Promise<T.PersonRow[]>;
  /** Those met last first, the user last of all. */
  peopleStretch(ask: T.PeopleAsk, from: number, limit: number, find: string[]): Promise<T.PersonStretch>;
  peoplePlaces(ask: T.PeopleAsk, from: number, to: number): Promise<T.RowPlace[]>;
  /** What everybody is called: for filters, and where no more is needed. */
  peopleNames(): Promise<{ id: string; name: string }[]>;
  person(id: string): Promise<T.PersonDetail>;
  personEdit(id: string, name: string | null, relation: T.Relation | null): Promise<T.Done<T.Person>>;
  personNoteSave(id: string, text: string): Promise<T.Done<T.Note>>;
  personMerge(from: string, into: string): Promise<T.Done<T.Person>>;
  personUnmerge(id: string): Promise<T.Done<T.Person>>;
  /** Of another organization from that day on: by its id, or the domain of one that is new here; null is none. */
  personJob(id: string, organization: string | null, since: T.Day | null): Promise<T.Done<T.Person>>;
  personAlias(id: string, alias: string): Promise<T.Done<T.Person>>;
  organizations(): Promise<T.Organization[]>;
  organization(id: string): Promise<T.OrganizationDetail>;
  organizationRename(id: string, name: string): Promise<T.Done<void>>;
  duplicates(): Promise<T.Duplicate[]>;
  /** These are two people: logged, undoable, and not offered again. */
  duplicateRefuse(a: string, b: string): Promise<T.Done<void>>;

  // The client register
  register(organization: string, ask: T.RegisterAsk): Promise<T.Register>;
  /** The page that is handed over, as HTML without scripts. */
  registerPage(organization: string, ask: T.RegisterAsk): Promise<string>;
  registerWrite(
    organization: string,
    ask: T.RegisterAsk,
    format: 'markdown' | 'csv' | 'html',
    path: string,
  ): Promise<T.Written>;
  /** Holds a register written earlier against the vault as it is now. */
  registerVerify(path: string): Promise<T.RegisterCheck>;

  // The network
  /** What lies around something: one step and 60 nodes where nothing else is said. */
  graphAround(kind: T.NodeKind, id: string, ask: T.GraphAsk): Promise<T.GraphView>;
  /** The edges among nodes that were told before: those between parts that were asked for one by one, too. */
  graphEdges(nodes: { kind: T.NodeKind; id: string }[]): Promise<T.GraphEdge[]>;
  /** How much of these kinds stands around something month by month, whatever is drawn of it. */
  graphMonths(kind: T.NodeKind, id: string, kinds: T.NodeKind[]): Promise<T.GraphMonth[]>;
  /** How two people or organizations are connected. */
  graphPath(a: string, b: string): Promise<T.GraphView>;
  central(topic: string | null, from: T.Day | null, to: T.Day | null): Promise<T.Central>;

  // Finding, undoing, keeping
  /** Operators are words of the text: `kind:decision person:ana from:2026-01-01`. */
  search(text: string): Promise<T.Search>;
  /** The vault's last command or sitting; with an entry that command, refused where something was done since. */
  undo(entry: number | null): Promise<T.Undo>;
  /** What the last sync moved was seen: `syncStatus` counts it no more. */
  movesSeen(): Promise<void>;
  /** Takes back what the last sync moved, whatever was done since. */
  undoSync(): Promise<T.Undo>;
  exportTo(format: 'markdown' | 'json' | 'csv' | 'graphml' | 'ics', target: string): Promise<T.Written>;
  backup(file: string): Promise<T.Written>;
  backups(): Promise<T.Backups>;
  doctor(repair: boolean): Promise<T.Doctor>;
  importMinutes(paths: string[]): Promise<{ meetings: number; warnings: string[] }>;

  // Calendars
  syncStatus(): Promise<T.SyncStatus>;
  sync(account: string | null, acceptDeletions: boolean): Promise<T.Sync>;
  syncCancel(): Promise<void>;
  accountAddIcs(pathOrUrl: string): Promise<T.Account>;
  accountAddCaldav(url: string, user: string, password: string, insecure: boolean): Promise<T.Account>;
  /** Opens the browser and waits; `accountAddCancel` gives up. Without a client file, the build's own client is used. */
  accountAddGoogle(clientFile: string | null): Promise<T.Account>;
  accountAddCancel(): Promise<void>;
  secretsKept(): Promise<T.SecretsKept>;
  /** The passphrase of the encrypted file that stands in for a keyring, for as long as the vault is open. */
  secretsUnlock(passphrase: string): Promise<void>;
  accountRemove(id: string): Promise<T.Account>;
  calendarEnable(id: string, enabled: boolean): Promise<T.Calendar>;
  queue(): Promise<T.Queued[]>;
  /** What the last sync moved along with its series, for a week. */
  syncMoved(): Promise<T.MovedMeeting[]>;
  relink(meeting: string, to: string): Promise<T.Done<T.Meeting>>;
  queueKeep(meeting: string): Promise<T.Done<T.Meeting>>;

  // What happens elsewhere. Each gives back how to stop listening.
  onChanged(listen: (changed: T.Changed) => void): () => void;
  onSyncStatus(listen: (status: T.SyncStatus) => void): () => void;
  onDiscreet(listen: (on: boolean) => void): () => void;
  /** From the tray, a second start of the program, or a notification: a route such as `/today`. */
  onNavigate(listen: (route: string) => void): () => void;
  /** The program was started again for another vault. */
  onVaultAsked(listen: (asked: T.VaultAsked) => void): () => void;
  /** The window is about to close: it waits (two seconds at the most) for the promises given back. */
  onClosing(listen: () => Promise<void>): () => void;
}
