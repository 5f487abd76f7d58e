//! Events as every provider gives them: RFC 5545 VEVENTs with the provider's dialect taken out.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Zone;
use crate::model::{MeetingKind, MeetingStatus, Response, Role};

/// A single event, a recurring master, or an override of one occurrence (RFC 5545 §3.6.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What it shares with its master and overrides, in every calendar it lies in.
    pub uid: String,
    /// The occurrence it overrides; none on a single event and on a master.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence_id: Option<EventTime>,
    /// Whether it overrides all later occurrences too (`RANGE=THISANDFUTURE`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub this_and_future: bool,
    /// Of two versions the one with the greater number holds (RFC 5545 §3.8.7.4).
    #[serde(default, skip_serializing_if = "is_default")]
    pub sequence: i64,
    /// When it was last changed; decides between versions of the same sequence, and is no part of its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<DateTime<Utc>>,
    /// When it begins.
    pub start: EventTime,
    /// When it is over, exclusive. Without one and without a duration a day for a date, else no time at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<EventTime>,
    /// How long it lasts, where that is given instead of an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<EventDuration>,
    /// Rules, as the value of an RRULE property.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rrules: Vec<String>,
    /// Rules of what to leave out (RFC 2445 §4.8.5.2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exrules: Vec<String>,
    /// Further occurrences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rdates: Vec<Rdate>,
    /// Occurrences left out; a date on a timed event leaves out that day's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exdates: Vec<EventTime>,
    /// May be empty.
    pub title: String,
    /// As sent: HTML perhaps, from strangers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// A page about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where to join the call: an `https` address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_url: Option<String>,
    /// Whether it takes place.
    pub status: MeetingStatus,
    /// What it is.
    pub kind: MeetingKind,
    /// Whether it leaves the time free.
    #[serde(default, skip_serializing_if = "is_default")]
    pub transparent: bool,
    /// Who called it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organizer: Option<Participant>,
    /// Who is invited, rooms and groups among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attendees: Vec<Participant>,
    /// Whether the provider, or a bound, left attendees out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub attendees_omitted: bool,
    /// What the user answered, where the provider says which attendee is the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub my_response: Option<Response>,
    /// Links to files, as the provider gives them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What the provider calls it, by which a later change or deletion names it; see [`super::Item`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote_id: Option<String>,
}

/// A file that lies elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// May be empty.
    pub title: String,
    /// An `https` address.
    pub url: String,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Event {
    /// A confirmed meeting with nothing but a UID, a start and a title.
    #[must_use]
    pub fn new(uid: impl Into<String>, start: EventTime, title: impl Into<String>) -> Self {
        Self {
            uid: uid.into(),
            recurrence_id: None,
            this_and_future: false,
            sequence: 0,
            modified: None,
            start,
            end: None,
            duration: None,
            rrules: Vec::new(),
            exrules: Vec::new(),
            rdates: Vec::new(),
            exdates: Vec::new(),
            title: title.into(),
            description: None,
            location: None,
            url: None,
            call_url: None,
            status: MeetingStatus::Confirmed,
            kind: MeetingKind::Meeting,
            transparent: false,
            organizer: None,
            attendees: Vec::new(),
            attendees_omitted: false,
            my_response: None,
            attachments: Vec::new(),
            remote_id: None,
        }
    }

    /// Whether it has rules or further dates of its own.
    #[must_use]
    pub fn recurs(&self) -> bool {
        !self.rrules.is_empty() || !self.rdates.is_empty()
    }
}

/// A point in time as a calendar writes it (RFC 5545 §3.3.4, §3.3.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventTime {
    /// A day.
    Date(NaiveDate),
    /// A wall-clock time in whatever zone the reader is in.
    Floating(NaiveDateTime),
    /// A wall-clock time in a zone.
    Zoned {
        /// What the clock on the wall shows.
        local: NaiveDateTime,
        /// Where the wall is.
        zone: Zone,
    },
    /// An instant.
    Utc(DateTime<Utc>),
}

impl EventTime {
    /// What its own clock shows: midnight for a date, UTC for an instant.
    #[must_use]
    pub fn local(&self) -> NaiveDateTime {
        match self {
            Self::Date(date) => date.and_time(chrono::NaiveTime::MIN),
            Self::Floating(local) | Self::Zoned { local, .. } => *local,
            Self::Utc(at) => at.naive_utc(),
        }
    }

    /// The same kind of time, in the same zone, with its clock showing `local`.
    #[must_use]
    pub fn with_local(&self, local: NaiveDateTime) -> Self {
        match self {
            Self::Date(_) => Self::Date(local.date()),
            Self::Floating(_) => Self::Floating(local),
            Self::Zoned { zone, .. } => Self::Zoned { local, zone: zone.clone() },
            Self::Utc(_) => Self::Utc(local.and_utc()),
        }
    }

    /// Whether it is a day and not a time.
    #[must_use]
    pub fn is_date(&self) -> bool {
        matches!(self, Self::Date(_))
    }
}

/// A length of time: days by the calendar, the rest by the clock (RFC 5545 §3.3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDuration {
    /// Days, weeks among them; a day in which the clocks change is one too.
    pub days: i64,
    /// Exact seconds, after the days.
    pub seconds: i64,
}

/// A further occurrence (RFC 5545 §3.8.5.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rdate {
    /// When it begins.
    pub start: EventTime,
    /// When it is over, where it is a period with an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<EventTime>,
    /// How long it lasts, where it is a period with a duration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<EventDuration>,
}

/// Somebody, or a room or group, in an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The name given (`CN`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The address, without `mailto:`, lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What kind of thing it is (`CUTYPE`), upper case as in RFC 5545 §3.2.3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cutype: Option<String>,
    /// Their part; required where the invitation does not say.
    pub role: Role,
    /// What they answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    /// Whether the provider says that this is the user.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_self: bool,
    /// Whether the provider says that this is a room or a thing.
    #[serde(default, skip_serializing_if = "is_default")]
    pub resource: bool,
}

impl Default for Participant {
    fn default() -> Self {
        Self {
            name: None,
            email: None,
            cutype: None,
            role: Role::Required,
            response: None,
            is_self: false,
            resource: false,
        }
    }
}

/// Everything a calendar has under one UID: a single event, or a master and its overrides, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventGroup {
    /// The UID they share.
    pub uid: String,
    /// Masters (where a calendar holds several versions, the newest counts) and overrides.
    pub events: Vec<Event>,
}

impl EventGroup {
    /// The newest event that overrides nothing: the single event or the master.
    #[must_use]
    pub fn master(&self) -> Option<&Event> {
        self.events.iter().filter(|event| event.recurrence_id.is_none()).max_by_key(|event| version(event))
    }

    /// The master, or where there is none the first override: what names the group.
    #[must_use]
    pub fn head(&self) -> Option<&Event> {
        self.master().or_else(|| self.events.first())
    }
}

/// What orders two versions of the same event: the newer is greater.
pub(crate) fn version(event: &Event) -> (i64, Option<DateTime<Utc>>) {
    (event.sequence, event.modified)
}

/// A digest of what a group says: equal for equal content, whatever the order of its events and whenever they were
/// last touched. 32 hexadecimal digits; not proof against someone who looks for collisions.
#[must_use]
pub fn fingerprint(group: &EventGroup) -> String {
    let mut texts: Vec<String> = group
        .events
        .iter()
        .map(|event| serde_json::to_string(&Event { modified: None, ..event.clone() }).unwrap_or_default())
        .collect();
    texts.sort_unstable();
    digest(texts.iter().map(String::as_str))
}

/// A UID for an event that came without: the same for the same title and start.
#[must_use]
pub fn derived_uid(title: &str, start: &EventTime) -> String {
    let start = serde_json::to_string(start).unwrap_or_default();
    format!("{}@throughline.invalid", digest([title, start.as_str()].into_iter()))
}

/// FNV-1a over the parts, twice with different seeds.
pub(crate) fn digest<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let (mut low, mut high) = (0xcbf2_9ce4_8422_2325_u64, 0x6c62_272e_07bb_0142_u64);
    for part in parts {
        for byte in part.bytes().chain([0]) {
            low = (low ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            high = (high.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
    format!("{low:016x}{high:016x}")
}

/// Something about one event that the user should know; the sync went on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The event's UID, where it has one.
    pub uid: Option<String>,
    /// A sentence that names the event.
    pub message: String,
}

impl Warning {
    /// A warning about `event`, named by its title, else by its UID.
    #[must_use]
    pub fn about(event: &Event, what: impl std::fmt::Display) -> Self {
        let name = if event.title.trim().is_empty() { &event.uid } else { &event.title };
        Self { uid: Some(event.uid.clone()), message: format!("“{name}”: {what}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::samples::{change, event, group, person, series, time};

    fn full() -> EventGroup {
        let mut master = series("a", "2026-07-01T10:00 Europe/Berlin", "FREQ=DAILY");
        master.end = Some(time("2026-07-01"));
        master.exdates = vec![time("2026-07-02T10:00"), time("2026-07-03T10:00Z")];
        master.rdates = vec![Rdate { start: time("2026-07-09T10:00Z"), end: None, duration: None }];
        master.attendees = vec![Participant { is_self: true, resource: true, ..person("ana@x.org") }];
        master.modified = Some(DateTime::UNIX_EPOCH);
        group(vec![master, Event { this_and_future: true, ..change("a", "2026-07-05T08:00Z", "2026-07-06") }])
    }

    #[test]
    fn a_group_comes_back_from_json_as_it_went() {
        for group in [full(), group(vec![event("b", "2026-07-01")])] {
            let text = serde_json::to_string(&group).expect("JSON");
            assert_eq!(serde_json::from_str::<EventGroup>(&text).expect("a group"), group, "{text}");
        }
    }

    #[test]
    fn a_fingerprint_is_of_the_content_alone() {
        let base = fingerprint(&full());
        let mut other = full();
        other.events.reverse();
        other.events[1].modified = None;
        assert_eq!(fingerprint(&other), base);
        other.events[0].title.push('!');
        assert_ne!(fingerprint(&other), base);
    }
}
