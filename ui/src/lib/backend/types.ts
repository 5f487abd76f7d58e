/** What the window is told. The shapes are those of `throughline-app::view`; `bindings.ts` holds them as generated. */

/** RFC 3339 with offset, or `YYYY-MM-DD` for an all-day meeting. */
export type When = string;
/** `YYYY-MM-DD`. */
export type Day = string;

export type NotePart = 'prep' | 'notes' | 'private';
export type Response = 'accepted' | 'declined' | 'tentative' | 'needs_action';
export type MyRole = 'facilitator' | 'decision_maker' | 'advisor' | 'spectator';
export type Relation = 'report' | 'manager' | 'peer' | 'client' | 'none';
export type Provider = 'google' | 'caldav' | 'ics';

export interface Failure {
  code: string;
  message: string;
  hint: string | null;
}

/** What became of a command that may be taken back. */
export interface Done<T> {
  answer: T;
  /** Its entry in the change log, for `undo`; null where nothing was changed. */
  entry: number | null;
}

/** The program was started again for another vault than the one that is open. */
export interface VaultAsked {
  dir: string;
  name: string;
  route: string | null;
}

export interface PersonRef {
  person_id: string;
  name: string;
}

export interface Person {
  id: string;
  handle: string;
  name: string;
  emails: string[];
  aliases: string[];
  organization: string | null;
  organization_id: string | null;
  relation: Relation;
  is_me: boolean;
}

export interface Attendee {
  person_id: string;
  name: string;
  handle: string;
  email: string | null;
  role: 'organizer' | 'required' | 'optional';
  response: Response | null;
  present: 'yes' | 'no' | 'unknown';
}

export interface Meeting {
  id: string;
  title: string;
  kind: 'meeting' | 'focus' | 'out_of_office' | 'working_location';
  purpose: string | null;
  my_role: MyRole | null;
  held: boolean;
  start: When;
  end: When;
  all_day: boolean;
  zone: string | null;
  status: 'confirmed' | 'tentative' | 'cancelled';
  series_id: string | null;
  uid: string | null;
  original_start: When | null;
  calendars: string[];
  attendees: Attendee[];
  organizer: PersonRef | null;
  location: string | null;
  call_url: string | null;
  has_notes: boolean;
  source: 'google' | 'caldav' | 'ics' | 'local' | 'import';
}

export interface Owner {
  person_id: string;
  name: string;
  handle: string;
  inferred: boolean;
}

interface ItemPlace {
  id: string;
  anchor: string;
  text: string;
  topics: string[];
  meeting_id: string | null;
  meeting_title: string | null;
  meeting_date: Day | null;
  note_part: NotePart;
  line: number;
}

export interface Action extends ItemPlace {
  status: 'open' | 'done' | 'dropped';
  owners: Owner[];
  due: Day | null;
  overdue: boolean;
  slips: number;
  snoozed_until: Day | null;
  created_at: When;
  done_at: When | null;
  blocked_by: string[];
  /** Those of them that are open still. */
  waits_for?: { id: string; text: string }[];
}

export interface Decision extends ItemPlace {
  rationale: string | null;
  alternatives: string | null;
  status: 'proposed' | 'holds' | 'superseded';
  decided_by: PersonRef[];
  present: PersonRef[];
  revisit: Day | null;
  supersedes: string | null;
  superseded_by: string | null;
}

export interface Question extends ItemPlace {
  status: 'open' | 'answered';
  asked_by: PersonRef | null;
  answered_by: string | null;
}

/** An item with its kind: `trace`, threads and outcomes hold all three. */
export type Item =
  ({ kind: 'action' } & Action) | ({ kind: 'decision' } & Decision) | ({ kind: 'question' } & Question);

export interface Note {
  meeting_id: string | null;
  part: NotePart;
  text: string;
  revision: number;
  warnings: string[];
}

export interface SeriesPlace {
  /** 1-based, among the occurrences the vault has. */
  position: number;
  count: number;
  previous: string | null;
  next: string | null;
  /** In words: "every 2 weeks". */
  cadence: string | null;
}

export interface MeetingDetail extends Meeting {
  /** The event's own description as text. */
  description: string | null;
  /** The same as HTML that Rust has cleaned (ammonia): no scripts, styles, images or remote content. */
  description_html: string | null;
  notes: Note[];
  actions: Action[];
  decisions: Decision[];
  questions: Question[];
  series: SeriesPlace | null;
  topics: string[];
  attachments: Link[];
}

export interface Link {
  title: string;
  url: string;
}

export interface Change {
  what: string;
  kind: string;
  id: string;
  text: string;
  date: Day | null;
  due: Day | null;
  /** Of what was handed over: whose it was last time, and whose it is now. */
  from: PersonRef[];
  to: PersonRef[];
}

export interface Brief {
  meeting: Meeting;
  last_meetings: Meeting[];
  mine: Action[];
  theirs: Action[];
  questions: Question[];
  decisions: Decision[];
  revisit: Decision[];
  changes: Change[];
  new_people: NewPerson[];
  /** How often the user met these people or this series, the last time and since when; null at the first time. */
  met: { count: number; last: Day | null; since: Day | null } | null;
  /** The beginning of the last notes of the series (never of a private part). */
  excerpt: { meeting_id: string; date: Day; text: string } | null;
  /** How many there are of each: the lists tell the first of them. */
  totals: Record<
    'mine' | 'theirs' | 'questions' | 'decisions' | 'revisit' | 'changes' | 'new_people',
    number
  >;
}

/** Who is new in the room, and how they connect to the user: "with Lena in 6 meetings". */
export interface NewPerson extends Person {
  through: string | null;
}

export type Scope = 'occurrence' | 'series' | 'people';

/** The thread beside a meeting: earlier meetings, newest first, each with its items. */
export interface Thread {
  scope: Scope;
  meetings: { id: string; title: string; start: When; items: Item[] }[];
  /** There are older ones: ask again with a larger limit. */
  more: boolean;
}

export interface Counts {
  open: number;
  late: number;
  decisions: number;
  questions: number;
  revisit: number;
}

export interface DayMeeting {
  meeting: Meeting;
  /** Items raised in its own notes; null where it is to come: what its brief would hold is asked for by itself. */
  counts: Counts | null;
  cadence: string | null;
  /** It has prep text. */
  agenda: boolean;
  my_response: Response | null;
  notes_sent: boolean;
  color: string | null;
}

/** A day without its briefs: those are asked for one at a time. */
export interface DayView {
  date: Day;
  meetings: DayMeeting[];
  /** The first of the user's open actions that are not overdue, and how many there are. */
  actions: Action[];
  actions_total: number;
  overdue: Action[];
  overdue_total: number;
}

/** What the brief of a meeting holds. */
export interface BriefCounts {
  meeting_id: string;
  counts: Counts;
}

export interface CalendarEntry {
  id: string;
  title: string;
  kind: Meeting['kind'];
  start: When;
  end: When;
  all_day: boolean;
  status: Meeting['status'];
  my_response: Response | null;
  has_notes: boolean;
  open_items: number;
  color: string | null;
  /** What is `local` can be put at another time here. */
  source: Meeting['source'];
}

export type ActionView = 'mine' | 'waiting' | 'unowned' | 'undated' | 'overdue' | 'done' | 'all';

export interface ActionFilter {
  view?: ActionView;
  person?: string;
  organization?: string;
  topic?: string;
}

export type GroupBy = 'date' | 'person' | 'meeting';

/** Which actions, and in what order. */
export interface ActionsAsk extends ActionFilter {
  /** Each stands somewhere in the text, the owners' names, the topics or the meeting's title. */
  words?: string;
  by?: GroupBy;
  /** Ticked, or opened again, a moment ago: they stand where they stood. */
  stay?: { id: string; done_at: When | null }[];
}

/** Some rows of a long list, and how the whole stands. */
export interface ActionStretch {
  seq: number;
  total: number;
  groups: { key: string; title: string; count: number }[];
  from: number;
  rows: Action[];
  found: ListPlace[];
  topics: string[];
}

/** Where an action stands in a long list. */
export interface ListPlace {
  id: string;
  at: number;
  status: Action['status'];
}

/** Where something stands in a long list. */
export interface RowPlace {
  id: string;
  at: number;
}

/** Some rows of a long list, and how the whole stands. */
interface StretchOf<T> {
  seq: number;
  total: number;
  groups: { key: string; title: string; count: number }[];
  from: number;
  rows: T[];
  found: RowPlace[];
}

/** Which decisions: what holds by topic, or all by month. */
export interface DecisionsAsk {
  show?: 'holds' | 'log';
  topic?: string;
  person?: string;
  organization?: string;
  as_of?: Day;
  /** Each stands somewhere in the text, the reason, the topics, the meeting's title or the names of who decided. */
  words?: string;
}

export interface DecisionRow extends Decision {
  /** Its place in its supersede chain, 1 for the oldest. */
  place: number;
}

export interface DecisionStretch extends StretchOf<DecisionRow> {
  topics: string[];
  /** Of those that words and filter keep, whether shown or not. */
  counts: { hold: number; superseded: number; proposed: number; revisit: number };
}

/** What may take a decision's place, or be replaced by it, the likeliest first. */
export interface DecisionOffers {
  decisions: Decision[];
  total: number;
}

export interface QuestionsAsk {
  topic?: string;
  person?: string;
  organization?: string;
  words?: string;
}

export interface QuestionStretch extends StretchOf<Question> {
  topics: string[];
}

export interface PeopleAsk {
  relation?: Relation;
  words?: string;
}

/** The one group of people has no heading. */
export interface PersonStretch extends StretchOf<PersonRow> {
  /** How many there are besides the user, whatever was asked for. */
  others: number;
}

export interface DecisionFilter {
  topic?: string;
  person?: string;
  organization?: string;
  since?: Day;
  /** What held at the end of that day. */
  as_of?: Day;
  holding?: boolean;
}

export interface DecisionDetail extends Decision {
  /** The whole chain, oldest first. */
  chain: Decision[];
  /** The chain in lines, oldest first: that of the decision itself, then those that meet another. */
  branches: { line: string[]; supersedes: string | null; superseded_by: string | null }[];
  /** Actions of the same meeting that name it or stand under it. */
  led_to: Action[];
  /** Who said, outside the notes, that it is so, and when that was logged. */
  confirmed: { by: PersonRef; at: When; before_change: boolean }[];
}

/** Two live decisions on one topic that may not go together: offered for a look, not judged. */
export interface Contradictions {
  pairs: { topic: string; a: Decision; b: Decision; why: string }[];
  /** How many there are: those told are the newest. */
  total: number;
}

export interface RegisterEntry {
  id: string;
  anchor: string;
  kind: 'decision' | 'commitment';
  text: string;
  status: string;
  date: Day;
  meeting_title: string;
  decided_by: string[];
  present: string[];
  /** False: they were invited, and nobody said who was there. */
  present_known: boolean;
  /** Where it is known of some who was there: who else was invited. */
  invited: string[];
  owners: string[];
  due: Day | null;
  first_written: When;
  changed_since: boolean;
  confirmed: { by: string; at: When; before_change: boolean }[];
  recap_sent: { to: string; at: When }[];
  rationale: string | null;
  /** An anchor; only where the other is in the register, too. */
  supersedes: string | null;
  superseded_by: string | null;
}

/** An organization's decisions and commitments, from meetings it attended and never from a private part. */
export interface Register {
  organization: string;
  organization_id: string;
  from: Day | null;
  to: Day | null;
  generated_at: When;
  /** The end of the vault's chain of changes: what `registerVerify` goes by. */
  head: string;
  entries: RegisterEntry[];
  /** Names of people and organizations that are neither the user's nor the client's. */
  third_parties: { name: string; entry: string; where: string }[];
  /** Meetings the calendar called off, and how many entries are left out with each. */
  called_off: { meeting_id: string; meeting_title: string; date: Day; entries: number }[];
}

export interface RegisterAsk {
  from?: Day;
  to?: Day;
  rationale?: boolean;
}

export interface RegisterCheck {
  ok: boolean;
  head_found: boolean;
  /** What it says of itself and cannot be so: `organization`, `range`, `entries`, `made`, `zone`. */
  differs: string[];
  /** Where it first holds more, or other, than a register does. */
  strange: { line: number; text: string } | null;
  /** How many entries the document says it has; null where it does not say. */
  entries_told: number | null;
  /** What belongs in the document and is not there. */
  left_out: { anchor: string; text: string; date: Day }[];
  entries: {
    id: string;
    state: 'unchanged' | 'changed' | 'missing';
    /** In which respects, as `text` or `present`. */
    differs: string[];
    was: string;
    is: string | null;
    status_was: string;
    /** As the vault says; null where it is missing. */
    status_is: string | null;
  }[];
}

export type NodeKind =
  'person' | 'organization' | 'series' | 'meeting' | 'decision' | 'action' | 'question' | 'topic';

export interface GraphNode {
  kind: NodeKind;
  /** Unique across kinds; a topic's is its name. */
  id: string;
  title: string;
  date: Day | null;
  status: string | null;
  /** Its edges in the whole vault, so that one sees where there is more. */
  degree: number;
}

export interface GraphEdge {
  from: string;
  to: string;
  kind: string;
  date: Day | null;
}

/** A bounded part of the network, the newest first. */
export interface GraphView {
  center: string | null;
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** How many nodes were left out. */
  more: number;
}

/** How much stands around a node in a month: `2026-11`. */
export interface GraphMonth {
  month: string;
  count: number;
}

export interface GraphAsk {
  depth?: number;
  kinds?: NodeKind[];
  from?: Day;
  to?: Day;
  limit?: number;
}

/** Who matters where: people by how much goes through them. */
export interface Central {
  people: { person_id: string; name: string; score: number }[];
  /** People who meet each other, the largest group first; the user left out. */
  clusters: { people: { person_id: string; name: string }[] }[];
}

export interface PersonRow extends Person {
  meetings_count: number;
  last_meeting: When | null;
  next_meeting: When | null;
  cadence: string | null;
  i_owe: number;
  they_owe: number;
}

export interface PersonDetail extends Person {
  first_meeting: When | null;
  last_meeting: When | null;
  next_meeting: When | null;
  meetings_count: number;
  cadence: string | null;
  meetings: Meeting[];
  i_owe: Action[];
  they_owe: Action[];
  waiting_on: Question[];
  topics: string[];
  note: string | null;
  /** People merged into this one; `personUnmerge` takes one out again. */
  merged: Person[];
  /** For whom they worked and when; old meetings keep the organization of their time. */
  employments: Employment[];
}

export interface Employment {
  organization: string | null;
  organization_id: string | null;
  from: Day | null;
  to: Day | null;
}

/** Two who may be one person, and why. */
export interface Duplicate {
  a: Person;
  b: Person;
  score: number;
  evidence: string[];
}

export interface Organization {
  id: string;
  name: string;
  domains: string[];
  people_count: number;
  last_meeting: When | null;
}

export interface OrganizationDetail extends Organization {
  first_meeting: When | null;
  next_meeting: When | null;
  /** All so far. */
  meetings_count: number;
  /** In words: "every 2 weeks". */
  cadence: string | null;
  people: Person[];
  /** The last ten. */
  meetings: Meeting[];
  i_owe: Action[];
  they_owe: Action[];
  waiting_on: Question[];
  decisions: Decision[];
}

/** The note line that proves an answer. */
export interface Evidence {
  meeting_id: string;
  title: string;
  date: Day;
  sentence: string | null;
}

export type ReviewWhy = 'overdue' | 'unowned' | 'undated' | 'stale';

export interface ReviewItem {
  action: Action;
  why: ReviewWhy;
  mine: boolean;
  sentence: string;
  history: { at: When; what: string }[];
}

/** What is to be looked at once a week: overdue first, then unowned, undated, stale. */
export interface Review {
  items: ReviewItem[];
  left: number;
  done_today: number;
}

/** Weeks by their first day, the oldest first. */
export interface Trend {
  weeks: { week: Day; opened: number; closed: number; open: number; late: number }[];
}

/** A message to an action's owner; nothing private is in it. */
export interface Ask {
  to: string | null;
  subject: string;
  body: string;
}

export interface QueryName {
  name: string;
  expression: string;
  kind: string;
}

export interface SavedQuery extends QueryName {
  count: number;
}

export interface QueryRow {
  kind: string;
  id: string;
  title: string;
  detail: string | null;
  date: Day | null;
  /** How an item stands, as in `Hit`. */
  status: string | null;
  value: string | null;
  evidence: Evidence[];
}

export interface QueryResult {
  /** Null where it is not saved. */
  name: string | null;
  expression: string;
  kind: string;
  /** The expression as a sentence. */
  explained: string;
  rows: QueryRow[];
}

export interface QueryKey {
  kind: string;
  key: string;
  does: string;
  examples: string[];
}

export interface InsightPlace {
  id: string;
  name: string;
  hours: number;
  meetings: number;
  meeting_ids: string[];
}

export interface InsightSeries extends InsightPlace {
  outcomes: number;
}

export interface Insights {
  from: Day;
  to: Day;
  hours: number;
  weeks: { week: Day; hours: number; meetings: number; meeting_ids: string[] }[];
  people: InsightPlace[];
  organizations: InsightPlace[];
  series: InsightSeries[];
  no_outcome_series: InsightSeries[];
  no_purpose: { id: string; title: string; date: Day }[];
  promises: {
    kept_on_time: number;
    kept_late: number;
    open: number;
    late: number;
    dropped: number;
    kept_ids: string[];
    /** Kept late, then those late. */
    late_ids: string[];
    open_ids: string[];
    dropped_ids: string[];
  };
  meetings: { id: string; title: string; date: Day; hours: number }[];
}

/** The figures of the sidebar. */
export interface SidebarCounts {
  mine: number;
  late: number;
  queue: number;
  review: number;
}

export interface Hit {
  kind: string;
  id: string;
  title: string;
  /** The found words stand between U+0001 and U+0002. */
  snippet: string;
  meeting_id: string | null;
  note_part: NotePart | null;
  date: Day | null;
  score: number;
  /** Of an item, where it is told: what is closed or superseded is drawn as such. */
  status?: string | null;
  /** Whose an action is. */
  owners?: Owner[];
}

export interface Search {
  hits: Hit[];
  took_ms: number;
}

/** One line of a note as Rust reads it. Offsets are UTF-16 code units from the start of the text, end exclusive. */
export interface Mark {
  line: number;
  from: number;
  to: number;
  kind: 'action' | 'decision' | 'question' | null;
  /** `done`, `dropped` and `superseded` are drawn as such. */
  status: 'open' | 'done' | 'dropped' | 'proposed' | 'holds' | 'superseded' | 'answered' | null;
  /** The shorthand, label or checkbox that made it. */
  marker: Span | null;
  owners: (Span & { person_id: string | null; name: string; inferred: boolean; choices: PersonRef[] })[];
  mentions: (Span & { person_id: string | null; name: string })[];
  due: (Span & { date: Day }) | null;
  revisit: (Span & { date: Day }) | null;
  topics: (Span & { topic: string })[];
  /** `date` is that of the meeting at which the linked item was raised. */
  links: (Span & {
    relation: 'supersedes' | 'after' | 'answers';
    anchor: string;
    title: string | null;
    date?: Day | null;
  })[];
  anchor: Span | null;
  /** What could be taken and is not: one key accepts it by putting `insert` in place of `from..to`. */
  offers: (Span & { what: 'item' | 'due' | 'owner'; insert: string; label: string })[];
}

export interface Span {
  from: number;
  to: number;
}

export interface NoteOpen {
  /** Names the sitting in `noteDraft`, `noteSave` and `noteClose`. */
  sitting: string;
  note: Note;
  /** What an earlier sitting typed and could not save, where that differs from the note. */
  recovered: string | null;
}

export interface NoteSaved {
  note: Note;
  /** The note had moved on: `note.text` is the two merged, to be put into the editor as one change. */
  merged: boolean;
  /** So many stretches both had changed: there both stand, what had become of it before what was sent. */
  conflicts: number;
  items: Item[];
}

export interface Completion {
  /** What is shown. */
  label: string;
  detail: string | null;
  /** What is put in place of what was typed. */
  insert: string;
  person_id: string | null;
  /** `here` (an attendee), `known`, `new`. */
  group: string | null;
}

export interface Template {
  name: string;
  text: string;
}

export interface Settings {
  theme: 'system' | 'light' | 'dark';
  /** Percent, 100 to 200. */
  zoom: number;
  single_letters: boolean;
  week_starts: 'monday' | 'sunday';
  sync_minutes: number;
  backup_every: 'never' | 'day' | 'week';
  /** Where backups go that are taken by themselves; null: into the vault's own folder. */
  backup_folder: string | null;
  templates: Template[];
}

export interface Boot {
  version: string;
  platform: 'linux' | 'macos' | 'windows';
  /** `none`: first run. `locked`: the vault is there and could not be opened; `failure` says why. */
  state: 'open' | 'none' | 'locked';
  failure: Failure | null;
  vault: { name: string; dir: string; me: Person | null; demo: boolean } | null;
  /** Where first run offers to make one. */
  suggested_dir: string;
  now: When;
  zone: string;
  settings: Settings;
  discreet: boolean;
  /** The organization that everything shown is limited to. */
  lens: { id: string; name: string } | null;
  /** What was typed and not saved when a program ended, found as the vault was opened; told once. */
  taken_up: TakenUp[];
  /** The folders of the vaults opened before, the latest first. */
  lately: string[];
}

export interface TakenUp {
  meeting_id: string | null;
  person_id: string | null;
  title: string;
  part: NotePart;
  /** It stands in the note now; else the note has moved on, and offers it when it is opened. */
  is_saved: boolean;
}

/** Backups taken by themselves, newest first. */
export interface Backups {
  every: Settings['backup_every'];
  folder: string;
  backups: { date: string; path: string; bytes: number }[];
  /** Why the last one that was due could not be taken. */
  failed: { since: string; code: string; message: string; hint: string | null } | null;
}

export interface FolderCheck {
  dir: string;
  exists: boolean;
  empty: boolean;
  has_vault: boolean;
  writable: boolean;
  /** The file-sync program that holds the folder: "Dropbox". */
  synced_by: string | null;
}

export interface Account {
  id: string;
  provider: Provider;
  name: string;
  state: 'ok' | 'needs_sign_in' | 'error';
  last_sync: When | null;
  error: string | null;
}

export interface Calendar {
  id: string;
  account_id: string;
  name: string;
  enabled: boolean;
  color: string | null;
}

export interface AccountStatus extends Account {
  calendars: Calendar[];
  /** A sync is under way: what it is at, in words, and how many events so far. */
  running: { phase: string; count: number } | null;
  /** The stable code of what is wrong. */
  code: string | null;
  hint: string | null;
}

/** Where passwords and sign-ins are kept. */
export interface SecretsKept {
  keyring: boolean;
  /** Whether the vault has the encrypted file that stands in for a keyring. */
  file: boolean;
}

export interface SyncStatus {
  accounts: AccountStatus[];
  /** Meetings with notes whose event is gone, waiting in the re-link queue. */
  queue: number;
  /** Meetings with notes that the last sync moved along with their series, within a day. */
  moved: number;
}

export interface CalendarSync {
  id: string;
  name: string;
  mode: string;
  added: number;
  changed: number;
  removed: number;
  kept: number;
  warnings: { uid: string | null; message: string }[];
}

export interface Sync {
  accounts: { id: string; name: string; calendars: CalendarSync[]; error: Failure | null; seconds: number }[];
}

export interface Queued {
  meeting: Meeting;
  candidates: { meeting_id: string; title: string; start: When; score: number; why: string }[];
}

export interface Recap {
  meeting_id: string;
  format: string;
  text: string;
  sent: { to: string; at: When }[];
}

export interface Step {
  kind: string;
  id: string;
  title: string;
  date: Day | null;
}

export interface Trace {
  item: Item;
  steps: Step[];
  blocks: Step[];
  blocked_by: Step[];
}

/** A meeting whose notes went with it to another time. */
export interface MovedMeeting {
  meeting_id: string;
  title: string;
  from: When;
  to: When;
  /** It was held, and keeps its time. */
  stays: boolean;
}

export interface Undo {
  undone: { kind: string; id: string }[];
  command: string | null;
  /** What that had done, by name. */
  what: string | null;
}

export interface Written {
  path: string;
  bytes: number;
  files: number;
  previous: string | null;
  at: When;
}

export interface Doctor {
  ok: boolean;
  problems: { code: string; message: string }[];
  repaired: { code: string; message: string }[];
  head: string | null;
}

export interface NewMeeting {
  title: string;
  start: When;
  end?: When;
  attendees?: string[];
}

export interface MeetingEdit {
  title?: string;
  start?: When;
  end?: When;
  purpose?: string;
  role?: MyRole | null;
  held?: boolean;
}

/** Committed changes, this program's and others'. Kinds: meeting, note, item, person, organization, account, calendar, setting. */
export interface Changed {
  seq: number;
  touched: { kind: string; id: string }[];
}
