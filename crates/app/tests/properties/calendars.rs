//! Calendars as a provider might write them, and change them from one export to the next.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::words::{EMAILS, PEOPLE};

/// An event of a calendar.
#[derive(Debug, Clone)]
pub struct Event {
    uid: u8,
    title: u8,
    day: i64,
    hour: u8,
    all_day: bool,
    rule: Rule,
    moved: Option<u8>,
    left_out: Option<u8>,
    cancelled: bool,
    organizer: Option<u8>,
    attendees: u8,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    Once,
    Daily(u8),
    Weekly(u8),
    Monthly,
}

/// The calendars of a vault's files; of several events with one UID the first counts.
pub fn calendar() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec(event(), 0..5)
}

fn event() -> impl Strategy<Value = Event> {
    let rule = prop_oneof![
        5 => Just(Rule::Once),
        2 => (2u8..5).prop_map(Rule::Daily),
        3 => (2u8..5).prop_map(Rule::Weekly),
        1 => Just(Rule::Monthly),
    ];
    let when = (-20i64..20, 8u8..18, prop::bool::weighted(0.2));
    let odd = (prop::option::weighted(0.3, 0u8..3), prop::option::weighted(0.3, 0u8..3), prop::bool::weighted(0.1));
    (0u8..5, 0u8..4, when, rule, odd, prop::option::of(0u8..6), any::<u8>()).prop_map(
        |(uid, title, (day, hour, all_day), rule, (moved, left_out, cancelled), organizer, attendees)| Event {
            uid,
            title,
            day,
            hour,
            all_day,
            rule,
            moved,
            left_out,
            cancelled,
            organizer,
            attendees,
        },
    )
}

/// The events as a file; `number` keeps the UIDs of one file apart from those of another, but for one they share.
pub fn ics(events: &[Event], number: u8, today: NaiveDate) -> String {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//properties//EN\r\n");
    let mut seen = Vec::new();
    for event in events {
        if !seen.contains(&event.uid) {
            seen.push(event.uid);
            text.push_str(&event.write(number, today));
        }
    }
    text + "END:VCALENDAR\r\n"
}

impl Event {
    /// Whether both files may have it.
    pub fn is_shared(&self) -> bool {
        self.uid == 0
    }

    fn write(&self, number: u8, today: NaiveDate) -> String {
        if self.uid == 0 {
            // Of what lies in both files, both say when it is.
            let shared = Self { day: -3, hour: 10, all_day: false, rule: Rule::Weekly(3), ..self.clone() };
            return shared.blocks("shared", today);
        }
        self.blocks(&format!("{number}-{}", self.uid), today)
    }

    fn blocks(&self, uid: &str, today: NaiveDate) -> String {
        let start = shifted(today, self.day);
        let mut lines = self.head(uid, start, self.hour);
        match self.rule {
            Rule::Once => {}
            Rule::Daily(count) => lines.push(format!("RRULE:FREQ=DAILY;COUNT={count}")),
            Rule::Weekly(count) => lines.push(format!("RRULE:FREQ=WEEKLY;COUNT={count}")),
            Rule::Monthly => lines.push("RRULE:FREQ=MONTHLY;COUNT=6".to_owned()),
        }
        let step = if matches!(self.rule, Rule::Daily(_)) { 1 } else { 7 };
        let nth = |n: u8| shifted(start, i64::from(n) * step);
        let recurs = matches!(self.rule, Rule::Daily(_) | Rule::Weekly(_));
        if let (true, Some(n)) = (recurs, self.left_out) {
            lines.push(self.at("EXDATE", nth(n), self.hour));
        }
        if self.cancelled {
            lines.push("STATUS:CANCELLED".to_owned());
        }
        let mut blocks = vec![lines];
        if let (true, Some(n)) = (recurs, self.moved) {
            let mut lines = self.head(uid, nth(n), self.hour + 1);
            lines.push(self.at("RECURRENCE-ID", nth(n), self.hour));
            blocks.push(lines);
        }
        let block = |lines: Vec<String>| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", lines.join("\r\n"));
        blocks.into_iter().map(block).collect()
    }

    fn head(&self, uid: &str, day: NaiveDate, hour: u8) -> Vec<String> {
        let mut lines = vec![
            format!("UID:{uid}"),
            "DTSTAMP:20261101T000000Z".to_owned(),
            format!("SUMMARY:{}", ["Weekly sync", "Steering", "1:1", "Board"][usize::from(self.title)]),
            self.at("DTSTART", day, hour),
        ];
        if !self.all_day {
            lines.push(self.at("DTEND", day, hour + 1));
        }
        if let Some(organizer) = self.organizer {
            lines.push(format!("ORGANIZER:mailto:{}", EMAILS[usize::from(organizer)]));
        }
        for (at, email) in EMAILS.iter().enumerate().filter(|(at, _)| self.attendees & (1 << at) != 0) {
            lines.push(format!("ATTENDEE;CN={}:mailto:{email}", PEOPLE[at]));
        }
        lines
    }

    fn at(&self, name: &str, day: NaiveDate, hour: u8) -> String {
        let day = day.format("%Y%m%d");
        if self.all_day {
            format!("{name};VALUE=DATE:{day}")
        } else {
            format!("{name};TZID=Europe/Berlin:{day}T{hour:02}0000")
        }
    }
}

/// So many days later, or earlier.
pub fn shifted(day: NaiveDate, by: i64) -> NaiveDate {
    let days = Days::new(by.unsigned_abs());
    if by < 0 { day - days } else { day + days }
}
