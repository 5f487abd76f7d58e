//! A believable year of meetings and notes for `throughline demo`, and a large vault for measuring.
//!
//! Everything here is a pure function of an instant and a zone: the same two give the same bytes. The calendar comes as
//! the text of an `.ics` file, to be synced like any other; the notes come as text, to be saved like any other, in the
//! order of their `at`, with the edits laid between them.

mod content;
mod events;
mod fill;
mod ics;
mod large;
mod people;
mod plan;
mod prng;
mod render;
mod schedule;
mod script;
mod series;
mod singles;
#[cfg(test)]
mod tests;
mod today;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use throughline_core::model::{MyRole, NotePart, Relation};

pub(crate) use fill::CALENDAR;
pub use fill::{fill, fill_large};
pub use large::{Large, LargeCalendar, LargeSize, large};

/// The demo for the instant `now`, for a user whose days are those of `zone`: about a year back and four months ahead.
///
/// The day of `now` is always full, on a Sunday too. Notes, edits and hand-made meetings are sorted by `at`; none is
/// later than `now`.
#[must_use]
pub fn build(now: DateTime<Utc>, zone: Tz) -> Demo {
    plan::build(now, zone)
}

/// Everything `throughline demo` fills a vault with.
#[derive(Debug, Clone, PartialEq)]
pub struct Demo {
    /// The user's name; their handle is its first word in lower case.
    pub me_name: String,
    /// The user's address: an attendee of most meetings.
    pub me_email: String,
    /// What the calendar is called; its `X-WR-CALNAME` too.
    pub calendar_name: String,
    /// An iCalendar object (RFC 5545) with its own `VTIMEZONE`s.
    ///
    /// Focus time, days out of office and the working location are events without attendees that carry
    /// `CATEGORIES:FOCUS`, `OUT-OF-OFFICE` or `WORKING-LOCATION` and, on the last two, `X-MICROSOFT-CDO-BUSYSTATUS` of
    /// `OOF` or `WORKINGELSEWHERE`.
    pub ics: String,
    /// Notes of meetings in the calendar, by `at`. A text is saved once.
    pub notes: Vec<DemoNote>,
    /// What to say of the people, who themselves come with the calendar.
    pub people: Vec<DemoPerson>,
    /// What the user set on meetings by hand.
    pub meetings: Vec<DemoMeetingEdit>,
    /// Running notes: a person's address, and the text.
    pub running_notes: Vec<(String, String)>,
    /// Meetings made by hand, by `at`.
    pub ad_hoc: Vec<DemoAdHoc>,
    /// What became of items afterwards, by `at`, each after the note that holds its anchor.
    pub edits: Vec<DemoEdit>,
}

/// One part of one meeting's note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoNote {
    /// The UID of the meeting's event.
    pub uid: String,
    /// The date the meeting begins at present, moves included, in the demo's zone; with `uid` it names one meeting.
    pub date: NaiveDate,
    /// Which part.
    pub part: NotePart,
    /// Markdown; the lines other notes refer to carry their anchors.
    pub text: String,
    /// When it was written: shortly before the meeting, at its end, or after it.
    pub at: DateTime<Utc>,
}

/// What the user says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPerson {
    /// Their address, as it stands in the calendar.
    pub email: String,
    /// Their name, as it stands in the calendar.
    pub name: String,
    /// What they are to the user.
    pub relation: Relation,
    /// Further names and addresses they are known by.
    pub aliases: Vec<String>,
}

/// What the user set on one meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoMeetingEdit {
    /// The UID of the meeting's event.
    pub uid: String,
    /// As in [`DemoNote::date`].
    pub date: NaiveDate,
    /// What it is for.
    pub purpose: Option<String>,
    /// The user's part in it.
    pub my_role: Option<MyRole>,
    /// Addresses, and whether they were there; of the others nothing is known.
    pub present: Vec<(String, bool)>,
}

/// A meeting made by hand, with its notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAdHoc {
    /// Its title.
    pub title: String,
    /// When it began.
    pub start: DateTime<Utc>,
    /// When it was over; its notes were saved then.
    pub at: DateTime<Utc>,
    /// Addresses of those who were there, the user aside.
    pub attendees: Vec<String>,
    /// Its notes, in Markdown.
    pub text: String,
}

/// Something done to an item from a list, after its note was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoEdit {
    /// When.
    pub at: DateTime<Utc>,
    /// Which item, without the `^`.
    pub anchor: String,
    /// What.
    pub what: DemoChange,
}

/// What can be done to an item from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoChange {
    /// The due date was moved, always later than it was.
    Due(NaiveDate),
    /// Ticked.
    Done,
    /// Given up.
    Drop,
    /// Opened again.
    Reopen,
    /// Put out of sight until this date.
    Snooze(NaiveDate),
}
