//! Meetings and who was there.

use serde::{Deserialize, Serialize};

use super::{CalendarId, MeetingId, OriginalStart, PersonId, SeriesId, Source, Times, vocabulary};

vocabulary! {
    /// What an entry in a calendar is.
    MeetingKind {
        /// A meeting.
        Meeting = "meeting",
        /// Time kept free for work.
        Focus = "focus",
        /// Away.
        OutOfOffice = "out_of_office",
        /// Where the user works that day.
        WorkingLocation = "working_location",
    }
}

vocabulary! {
    /// RFC 5545 §3.8.1.11.
    MeetingStatus {
        /// It takes place.
        Confirmed = "confirmed",
        /// It may take place.
        Tentative = "tentative",
        /// It does not take place; kept for the notes on it.
        Cancelled = "cancelled",
    }
}

vocabulary! {
    /// The user's part in a meeting.
    MyRole {
        /// Leads it.
        Facilitator = "facilitator",
        /// Decides.
        DecisionMaker = "decision_maker",
        /// Is asked.
        Advisor = "advisor",
        /// Listens.
        Spectator = "spectator",
    }
}

vocabulary! {
    /// A person's part in a meeting, as the invitation says.
    Role {
        /// Called it.
        Organizer = "organizer",
        /// Is to come.
        Required = "required",
        /// May come.
        Optional = "optional",
    }
}

vocabulary! {
    /// What a person answered (RFC 5545 §3.2.12).
    Response {
        /// Comes.
        Accepted = "accepted",
        /// Does not come.
        Declined = "declined",
        /// May come.
        Tentative = "tentative",
        /// Has not answered.
        NeedsAction = "needs_action",
    }
}

vocabulary! {
    /// Whether a person was there: an invitation is not presence.
    Presence {
        /// Was there.
        Yes = "yes",
        /// Was not there.
        No = "no",
        /// Nobody said.
        Unknown = "unknown",
    }
}

/// One occurrence of an event, or a meeting made by hand. What the user set by hand is already laid over what the
/// calendar says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its id, for good.
    pub id: MeetingId,
    /// The series it belongs to; a single event has one of its own, a meeting made by hand none.
    pub series_id: Option<SeriesId>,
    /// The iCalendar UID it came with last.
    pub uid: Option<String>,
    /// With the series its identity; none on a single event.
    pub original_start: Option<OriginalStart>,
    /// Its title; may be empty.
    pub title: String,
    /// What it is.
    pub kind: MeetingKind,
    /// What it is for, in the user's words.
    pub purpose: Option<String>,
    /// The user's part in it.
    pub my_role: Option<MyRole>,
    /// Whether it took place, where the user said so; else it has when it is over and not cancelled.
    pub held: Option<bool>,
    /// When it is.
    pub times: Times,
    /// Whether it takes place.
    pub status: MeetingStatus,
    /// Who called it.
    pub organizer: Option<PersonId>,
    /// Where.
    pub location: Option<String>,
    /// Where to join the call: an `https` address.
    pub call_url: Option<String>,
    /// The invitation's text as sent, HTML perhaps: to be sanitised before anything shows it.
    pub description: Option<String>,
    /// Where it comes from.
    pub source: Source,
    /// The calendars it lies in.
    pub calendars: Vec<CalendarId>,
    /// Whether a part of its note has text.
    pub has_notes: bool,
}

/// A person at a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// Who; merged people are already resolved.
    pub person_id: PersonId,
    /// Their part.
    pub role: Role,
    /// What they answered.
    pub response: Option<Response>,
    /// Whether they were there.
    pub present: Presence,
}
