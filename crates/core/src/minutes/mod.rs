//! Reading minutes: what the head of a Markdown or text file says of a meeting, and which meeting it is.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::model::{MeetingId, Presence, Response, Role, Times};

/// What minutes say of their meeting. Whatever they do not say is `None` or empty; nothing is guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Minutes {
    /// The title without the date: of the front matter, the first heading, else of the file's name.
    pub title: Option<String>,
    /// The day it was held, in `zone`.
    pub date: Option<NaiveDate>,
    /// Wall-clock time in `zone`.
    pub start: Option<NaiveTime>,
    /// Wall-clock time in `zone`; before `start` when it is after midnight.
    pub end: Option<NaiveTime>,
    /// The zone the times are said to be in; `None` where none is named.
    pub zone: Option<Tz>,
    /// Each person once, in the order of the file.
    pub attendees: Vec<MinutesAttendee>,
    /// What could not be read, as sentences, without names.
    pub warnings: Vec<String>,
}

/// A person the minutes list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinutesAttendee {
    /// As written, without what stands beside it; never empty.
    pub name: String,
    /// As written, without `@`.
    pub handle: Option<String>,
    /// Lower case.
    pub email: Option<String>,
    /// As written: "PAC".
    pub initials: Option<String>,
    /// As written: "Flemish Government".
    pub organization: Option<String>,
    /// What else the minutes call them: a nickname in brackets, an "aka".
    pub aliases: Vec<String>,
    /// Whoever chairs, facilitates or hosts counts as the organizer; guests and observers are optional.
    pub role: Role,
    /// Those listed as present or attending were; those only invited are unknown.
    pub present: Presence,
    /// Regrets, apologies and absence are a refusal.
    pub response: Option<Response>,
    /// 1-based, where they are first listed.
    pub line: u32,
}

/// A meeting that minutes might be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchCandidate {
    /// Which.
    pub id: MeetingId,
    /// Its title.
    pub title: String,
    /// When it is; dates are compared in the minutes' zone where they name one, else in the meeting's own.
    pub times: Times,
    /// Names of those invited, as far as known.
    pub people: Vec<String>,
    /// Their addresses, lower case.
    pub emails: Vec<String>,
}

/// Reads the head of minutes. `path_hint` is the file's relative path: dates and titles often stand in its names.
#[must_use]
pub fn read(text: &str, path_hint: &str) -> Minutes {
    let _ = (text, path_hint);
    Minutes::default()
}

/// The meeting minutes belong to, where that is certain; two that are equally good are none.
#[must_use]
pub fn best_match(minutes: &Minutes, candidates: &[MatchCandidate]) -> Option<MeetingId> {
    let _ = (minutes, candidates);
    None
}
