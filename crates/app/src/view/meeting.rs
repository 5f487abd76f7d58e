//! Meetings, days and briefs as told.

use chrono::NaiveDate;
use serde::Serialize;
use throughline_core::model::{
    CalendarId, MeetingId, MeetingKind, MeetingStatus, MyRole, NotePart, PersonId, SeriesId, Source,
};

use super::{Action, Attendee, Decision, Excerpt, Met, NewPerson, PersonRef, Question, TracedItem, When};

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
    /// The same as HTML that is safe to show: no scripts, styles, images or anything remote.
    pub description_html: Option<String>,
    pub notes: Vec<Note>,
    pub actions: Vec<Action>,
    pub decisions: Vec<Decision>,
    pub questions: Vec<Question>,
    pub series: Option<SeriesPlace>,
    /// What its items are about, each once.
    pub topics: Vec<String>,
    /// Files that the calendar hangs on it.
    pub attachments: Vec<Link>,
}

/// Where a meeting stands in its series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct SeriesPlace {
    /// From 1, among the meetings the vault has.
    pub position: u32,
    pub count: u32,
    pub previous: Option<MeetingId>,
    pub next: Option<MeetingId>,
    /// How often it comes: "every 2 weeks".
    pub cadence: Option<String>,
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
    pub new_people: Vec<NewPerson>,
    /// None at the first time.
    pub met: Option<Met>,
    pub excerpt: Option<Excerpt>,
    /// How many there are of each: the lists tell the first of them.
    pub totals: BriefTotals,
}

/// How long the lists of a [`Brief`] are before they are cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "each is that of the list of its name")]
pub struct BriefTotals {
    pub mine: usize,
    pub theirs: usize,
    pub questions: usize,
    pub decisions: usize,
    pub revisit: usize,
    pub changes: usize,
    pub new_people: usize,
}

/// Something that changed since the last meeting of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Change {
    /// What happened: `done`, `dropped`, `re_dated`, `handed_over`, `decided`, `superseded`, `answered`.
    pub what: String,
    /// What it happened to: `action`, `decision`, `question`.
    pub kind: String,
    pub id: throughline_core::model::ItemId,
    pub text: String,
    /// When it happened.
    pub date: Option<NaiveDate>,
    /// Of what was re-dated: when it is due now.
    pub due: Option<NaiveDate>,
    /// Of what was handed over: whose it was last time.
    pub from: Vec<PersonRef>,
    /// Of what was handed over: whose it is now.
    pub to: Vec<PersonRef>,
}

/// `today`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the today shape")]
pub struct Today {
    pub date: NaiveDate,
    pub meetings: Vec<TodayMeeting>,
    /// The user's open actions that are not overdue, snoozed ones left out: the first hundred.
    pub actions: Vec<Action>,
    /// How many those are.
    pub actions_total: usize,
    /// The first hundred of those that are overdue.
    pub overdue: Vec<Action>,
    /// How many those are.
    pub overdue_total: usize,
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

/// A note in an editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct NoteOpen {
    /// Names the sitting.
    pub sitting: String,
    pub note: Note,
    /// The note with what an earlier sitting typed and could not save; none where the note has it all.
    pub recovered: Option<String>,
}

/// A note saved from an editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct NoteSaved {
    pub note: Note,
    /// The note had moved on: its text is what was sent merged with what had become of it. Added anchors do not count.
    pub merged: bool,
    /// So many stretches both had changed: there both stand, what had become of it before what was sent.
    pub conflicts: u32,
    /// The note's items, by line.
    pub items: Vec<TracedItem>,
}

/// Something typed at a note when a program ended before it could save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct TakenUp {
    /// At whose note: a meeting's or a person's.
    pub meeting_id: Option<MeetingId>,
    pub person_id: Option<PersonId>,
    /// What the meeting or the person is called.
    pub title: String,
    pub part: NotePart,
    /// It stands in the note now; else the note has moved on, and offers it when it is opened.
    pub is_saved: bool,
}

/// `note drafts`, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Drafts {
    pub drafts: Vec<UnsavedDraft>,
}

/// Something typed at a note and not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct UnsavedDraft {
    /// At whose note: a meeting's or a person's.
    pub meeting_id: Option<MeetingId>,
    pub person_id: Option<PersonId>,
    /// What the meeting or the person is called; none where it has gone.
    pub title: Option<String>,
    pub part: NotePart,
    pub at: When,
    pub text: String,
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
