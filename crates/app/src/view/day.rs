//! A day, a span of days, and what came before a meeting, as told.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use throughline_core::model::{MeetingId, MeetingKind, MeetingStatus, Response, Source};

use super::{Action, Meeting, TracedItem, When};

/// A day without its briefs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct DayView {
    pub date: NaiveDate,
    pub meetings: Vec<DayMeeting>,
    /// The first of the user's open actions that are not overdue, snoozed ones left out.
    pub actions: Vec<Action>,
    /// How many there are of these.
    pub actions_total: u32,
    /// The first of those that are overdue.
    pub overdue: Vec<Action>,
    pub overdue_total: u32,
}

/// What the brief of a meeting holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct BriefCounts {
    pub meeting_id: MeetingId,
    pub counts: Counts,
}

/// A meeting of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct DayMeeting {
    pub meeting: Meeting,
    /// Items of its own notes; null where it is to come: what its brief would hold is asked for by itself.
    pub counts: Option<Counts>,
    /// How often its series comes: "every 2 weeks".
    pub cadence: Option<String>,
    /// It has prep text.
    pub agenda: bool,
    pub my_response: Option<Response>,
    pub notes_sent: bool,
    pub color: Option<String>,
}

/// How many items, private parts left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Counts {
    pub open: u32,
    pub late: u32,
    pub decisions: u32,
    pub questions: u32,
    /// Decisions due to be looked at again.
    pub revisit: u32,
}

/// A meeting in a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct CalendarEntry {
    pub id: MeetingId,
    pub title: String,
    pub kind: MeetingKind,
    pub start: When,
    pub end: When,
    pub all_day: bool,
    pub status: MeetingStatus,
    pub my_response: Option<Response>,
    pub has_notes: bool,
    /// Open actions and unanswered questions.
    pub open_items: u32,
    pub color: Option<String>,
    /// Where it comes from: what is `local` can be put at another time here.
    pub source: Source,
}

/// What to show beside a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The meeting alone.
    Occurrence,
    /// Its series.
    Series,
    /// Other meetings of the same people.
    People,
}

/// Earlier meetings, latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Thread {
    pub scope: Scope,
    pub meetings: Vec<ThreadMeeting>,
    /// There are older ones.
    pub more: bool,
}

/// A meeting of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct ThreadMeeting {
    pub id: MeetingId,
    pub title: String,
    pub start: When,
    pub items: Vec<TracedItem>,
}

/// How often people met before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Met {
    pub count: u32,
    pub last: Option<NaiveDate>,
    pub since: Option<NaiveDate>,
}

/// The beginning of the last notes of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Excerpt {
    pub meeting_id: MeetingId,
    pub date: NaiveDate,
    pub text: String,
}
