//! Accounts, calendars, syncs and imports as told.

use serde::Serialize;
use throughline_core::model::{AccountId, AccountState, CalendarId, ItemId, MeetingId, Provider};

use super::{Attendee, Meeting, When};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the account shape")]
pub struct Account {
    pub id: AccountId,
    pub provider: Provider,
    pub name: String,
    pub state: AccountState,
    pub last_sync: Option<When>,
    pub error: Option<String>,
}

/// `account add`: the account, and where its secret is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the account shape")]
pub struct Added {
    #[serde(flatten)]
    pub account: Account,
    /// `keyring` or `encrypted file`; none where there is no secret.
    pub secret_in: Option<&'static str>,
}

/// `account list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Accounts {
    pub accounts: Vec<Account>,
}

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the calendar shape")]
pub struct Calendar {
    pub id: CalendarId,
    pub account_id: AccountId,
    pub name: String,
    pub enabled: bool,
    pub color: Option<String>,
}

/// `calendar list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Calendars {
    pub calendars: Vec<Calendar>,
}

/// `sync`.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the sync shape")]
pub struct Sync {
    pub accounts: Vec<AccountSync>,
    pub dry_run: bool,
}

/// How an account's sync went.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct AccountSync {
    pub id: AccountId,
    pub name: String,
    pub calendars: Vec<CalendarSync>,
    pub error: Option<crate::Failure>,
    #[specta(type = super::Number)]
    pub seconds: f64,
}

/// How a calendar's sync went. The numbers are meetings.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct CalendarSync {
    pub id: CalendarId,
    pub name: String,
    /// `full` or `incremental`.
    pub mode: &'static str,
    pub added: u32,
    pub changed: u32,
    pub removed: u32,
    /// Gone from the provider, kept for the notes on them.
    pub kept: u32,
    pub warnings: Vec<SyncWarning>,
    /// Notes that moved with their meeting to another time.
    pub moved: Vec<MovedMeeting>,
    /// Notes that lay in no calendar any more, and have their meeting again: its UID is known.
    pub attached: Vec<PlacedMeeting>,
    /// Notes whose event is gone, which wait in the queue.
    pub queued: Vec<PlacedMeeting>,
    /// Why this calendar could not be synced, where that is its own affair and not the account's.
    pub error: Option<crate::Failure>,
}

/// What was wrong with an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct SyncWarning {
    pub uid: Option<String>,
    pub message: String,
}

/// A meeting whose notes went with it to another time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct MovedMeeting {
    pub meeting_id: MeetingId,
    pub title: String,
    pub from: When,
    pub to: When,
    /// Whether it was held and keeps its time: only what the calendar has of it went elsewhere.
    pub stays: bool,
}

/// A meeting with notes, and when it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct PlacedMeeting {
    pub meeting_id: MeetingId,
    pub title: String,
    pub start: When,
}

/// `queue`: notes whose event is gone, and where they might belong.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the queue shape")]
pub struct Queue {
    pub queue: Vec<Queued>,
    /// What the last sync moved along with its series, for a week; `undo --sync` takes it back.
    pub moved: Vec<MovedMeeting>,
}

/// A meeting whose event is gone.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Queued {
    pub meeting: Meeting,
    /// Best first.
    pub candidates: Vec<Candidate>,
}

/// A meeting the notes might belong to.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Candidate {
    pub meeting_id: MeetingId,
    pub title: String,
    pub start: When,
    /// 0 to 1.
    #[specta(type = super::Number)]
    pub score: f64,
    pub why: String,
}

/// `import minutes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the import shape")]
pub struct Import {
    pub files: Vec<ImportedFile>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct ImportedFile {
    /// Relative to the folder named.
    pub path: String,
    pub meeting_id: Option<MeetingId>,
    /// Whether a meeting was there already.
    pub matched: bool,
    /// Whether the file was imported before and has not changed.
    pub unchanged: bool,
    /// Whether the file is no text, and was left alone.
    pub refused: bool,
    pub attendees: Vec<Attendee>,
    pub actions: Vec<ItemId>,
    pub decisions: Vec<ItemId>,
    pub questions: Vec<ItemId>,
    pub warnings: Vec<String>,
}

/// Where passwords and sign-ins are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
pub struct SecretsKept {
    /// Whether the system offers a keyring.
    pub keyring: bool,
    /// Whether the vault has the encrypted file that stands in for one.
    pub file: bool,
}

/// What the window shows of its accounts: in step since when, or what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct SyncStatus {
    pub accounts: Vec<AccountStatus>,
    /// Meetings with notes whose event is gone, waiting in the re-link queue.
    pub queue: u32,
    /// Meetings with notes that the last sync moved along with their series, within a day; none once somebody has seen it.
    pub moved: u32,
}

/// How one account is, and what is being done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct AccountStatus {
    #[serde(flatten)]
    pub account: Account,
    pub calendars: Vec<Calendar>,
    pub running: Option<Running>,
    /// The stable code of what is wrong.
    pub code: Option<String>,
    pub hint: Option<String>,
    /// Since when it has been wrong.
    pub since: Option<When>,
}

/// A sync under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Running {
    /// What it is at, in words.
    pub phase: String,
    /// Events so far.
    pub count: u32,
}
