//! Meetings, days and briefs as told.

use chrono::NaiveDate;
use serde::Serialize;
use throughline_core::model::{CalendarId, MeetingId, MeetingKind, MeetingStatus, MyRole, NotePart, SeriesId, Source};

use super::{Action, Attendee, Decision, Person, PersonRef, Question, When};

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the meeting shape")]
pub struct Meeting {
    pub id: MeetingId,
    pub title: String,
    pub kind: MeetingKind,
    pub purpose: Option<String>,
    pub my_role: Option<MyRole>,
    /// Whether it took place: what the user said, else whether it is over and was not cancelled.
    pub held: bool,
    pub start: When,
    pub end: When,
    pub all_day: bool,
    /// The IANA zone it was meant in; none on an all-day meeting.
    pub zone: Option<String>,
    pub status: MeetingStatus,
    pub series_id: Option<SeriesId>,
    pub uid: Option<String>,
    pub original_start: Option<When>,
    pub calendars: Vec<CalendarId>,
    pub attendees: Vec<Attendee>,
    pub organizer: Option<PersonRef>,
    pub location: Option<String>,
    pub call_url: Option<String>,
    pub has_notes: bool,
    pub source: Source,
}

/// `meetings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Meetings {
    pub meetings: Vec<Meeting>,
}

/// `meeting show`: the meeting with the text of its parts and its items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct MeetingDetail {
    #[serde(flatten)]
    pub meeting: Meeting,
    /// The invitation's text, plain.
    pub description: Option<String>,
    pub notes: Vec<Note>,
    pub actions: Vec<Action>,
    pub decisions: Vec<Decision>,
    pub questions: Vec<Question>,
    /// Files that the calendar hangs on it.
    pub attachments: Vec<Link>,
}

/// A link to something elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Link {
    /// What to show.
    pub title: String,
    /// An `https` address.
    pub url: String,
}

/// What to know before a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the brief shape")]
pub struct Brief {
    pub meeting: Meeting,
    pub last_meetings: Vec<Meeting>,
    pub mine: Vec<Action>,
    pub theirs: Vec<Action>,
    pub questions: Vec<Question>,
    pub decisions: Vec<Decision>,
    pub revisit: Vec<Decision>,
    pub changes: Vec<Change>,
    pub new_people: Vec<Person>,
}

/// Something that changed since the last meeting of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Change {
    /// What happened: `done`, `dropped`, `re_dated`, `decided`, `superseded`, `raised`, `answered`.
    pub what: String,
    /// What it happened to: `action`, `decision`, `question`.
    pub kind: String,
    pub id: throughline_core::model::ItemId,
    pub text: String,
    /// When it happened.
    pub date: Option<NaiveDate>,
    /// Of what was re-dated: when it is due now.
    pub due: Option<NaiveDate>,
}

/// `today`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the today shape")]
pub struct Today {
    pub date: NaiveDate,
    pub meetings: Vec<TodayMeeting>,
    /// The user's open actions that are not overdue, snoozed ones left out.
    pub actions: Vec<Action>,
    pub overdue: Vec<Action>,
}

/// A meeting of the day with its brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct TodayMeeting {
    pub meeting: Meeting,
    pub brief: Brief,
}

/// `note show`, `note set`, `note append`, `note restore`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the note shape")]
pub struct Note {
    /// None on a person's running note.
    pub meeting_id: Option<MeetingId>,
    pub part: NotePart,
    pub text: String,
    pub revision: i64,
    /// Names that could be two people, and the like.
    pub warnings: Vec<String>,
}

/// `note history`, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct NoteHistory {
    pub revisions: Vec<NoteRevision>,
}

/// A saved state of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct NoteRevision {
    pub revision: i64,
    pub at: When,
    pub bytes: usize,
}

/// `recap`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Recap {
    pub meeting_id: MeetingId,
    pub format: String,
    pub text: String,
    /// To whom it was sent, and when, as far as the user said so.
    pub sent: Vec<RecapSent>,
}

/// A recap that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct RecapSent {
    pub to: String,
    pub at: When,
}
