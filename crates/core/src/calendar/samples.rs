//! Events for tests, in a few words.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::{Event, EventDuration, EventGroup, EventTime, Limits, Options, Participant, Window, Zone};

/// `2026-01-05` a date, `2026-01-05T10:00` floating, `…Z` an instant, `… Europe/Berlin` zoned.
pub(crate) fn time(text: &str) -> EventTime {
    let (when, zone) = text.split_once(' ').unwrap_or((text, ""));
    if !zone.is_empty() {
        return EventTime::Zoned { local: local(when), zone: Zone::Iana(zone.parse().expect("a zone")) };
    }
    match when.strip_suffix('Z') {
        Some(utc) => EventTime::Utc(local(utc).and_utc()),
        None if when.contains('T') => EventTime::Floating(local(when)),
        None => EventTime::Date(when.parse::<NaiveDate>().expect("a date")),
    }
}

fn local(text: &str) -> NaiveDateTime {
    let full = if text.len() == 16 { format!("{text}:00") } else { text.to_owned() };
    full.parse().expect("a local time")
}

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    match time(text) {
        EventTime::Utc(at) => at,
        other => panic!("{other:?} is no instant"),
    }
}

/// An hour long, or a day for a date.
pub(crate) fn event(uid: &str, start: &str) -> Event {
    let start = time(start);
    let duration = (!start.is_date()).then_some(EventDuration { days: 0, seconds: 3_600 });
    Event { duration, ..Event::new(uid, start, format!("Meeting {uid}")) }
}

pub(crate) fn series(uid: &str, start: &str, rule: &str) -> Event {
    Event { rrules: vec![rule.to_owned()], ..event(uid, start) }
}

/// An override of the occurrence `id`.
pub(crate) fn change(uid: &str, id: &str, start: &str) -> Event {
    Event { recurrence_id: Some(time(id)), ..event(uid, start) }
}

pub(crate) fn group(events: Vec<Event>) -> EventGroup {
    EventGroup { uid: events[0].uid.clone(), events }
}

pub(crate) fn person(email: &str) -> Participant {
    Participant { email: Some(email.to_owned()), ..Participant::default() }
}

/// The years 2025 to 2027, seen from Berlin on 1 June 2026.
pub(crate) fn options() -> Options {
    Options {
        window: Window { from: instant("2025-01-01T00:00Z"), to: instant("2028-01-01T00:00Z") },
        now: instant("2026-06-01T00:00Z"),
        zone: Tz::Europe__Berlin,
        accept_deletions: false,
        subscription: false,
        limits: Limits::default(),
    }
}
