//! Writing iCalendar (RFC 5545): escaped, folded at 75 octets, with the zones it names.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{OffsetName, Tz};

/// A date or time as RFC 5545 §3.3.4 and §3.3.5 write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Date(NaiveDate),
    Zoned(NaiveDateTime, Tz),
    Utc(DateTime<Utc>),
}

impl When {
    /// `at` on the wall clock of `zone`; in UTC where that wall clock shows it second (RFC 5545 can name the first only).
    pub(super) fn local(at: DateTime<Utc>, zone: Tz) -> Self {
        let local = at.with_timezone(&zone).naive_local();
        if throughline_core::model::resolve_local(local, zone) == at { Self::Zoned(local, zone) } else { Self::Utc(at) }
    }

    fn property(self, name: &str, more: &str) -> String {
        match self {
            Self::Date(date) => format!("{name}{more};VALUE=DATE:{}", date.format("%Y%m%d")),
            Self::Zoned(local, zone) => format!("{name}{more};TZID={}:{}", zone.name(), local.format("%Y%m%dT%H%M%S")),
            Self::Utc(at) => format!("{name}{more}:{}", utc(at)),
        }
    }
}

/// An attendee line.
#[derive(Debug, Clone)]
pub(super) struct Guest {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) partstat: &'static str,
    pub(super) role: &'static str,
    pub(super) cutype: &'static str,
}

/// A `VEVENT`.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) uid: String,
    pub(super) start: When,
    pub(super) end: When,
    /// The start it replaces, and whether all that follow too.
    pub(super) recurrence_id: Option<(When, bool)>,
    pub(super) rrule: Option<String>,
    pub(super) exdates: Vec<When>,
    pub(super) sequence: u32,
    pub(super) modified: DateTime<Utc>,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) location: String,
    pub(super) conference: Option<String>,
    pub(super) cancelled: bool,
    pub(super) tentative: bool,
    pub(super) transparent: bool,
    pub(super) categories: &'static str,
    pub(super) busy_status: &'static str,
    pub(super) related_to: Option<String>,
    /// Name and address; none on an entry of one's own.
    pub(super) organizer: Option<(String, String)>,
    pub(super) guests: Vec<Guest>,
}

/// The whole object. `stamp` is its `DTSTAMP` throughout.
pub(super) fn calendar(name: &str, stamp: DateTime<Utc>, events: &[Event]) -> String {
    let mut out = Writer(String::with_capacity(events.len() * 1024));
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Throughline//Demo//EN");
    out.line("CALSCALE:GREGORIAN");
    out.line(&format!("NAME:{}", escape(name)));
    out.line(&format!("X-WR-CALNAME:{}", escape(name)));
    let zones: BTreeSet<&str> = events
        .iter()
        .flat_map(|e| [Some(e.start), Some(e.end), e.recurrence_id.map(|r| r.0)])
        .filter_map(|when| if let Some(When::Zoned(_, zone)) = when { Some(zone.name()) } else { None })
        .collect();
    for zone in zones.into_iter().filter_map(|name| name.parse::<Tz>().ok()) {
        timezone(&mut out, zone, stamp);
    }
    for one in events {
        event(&mut out, one, stamp);
    }
    out.line("END:VCALENDAR");
    out.0
}

struct Writer(String);

impl Writer {
    /// A content line, folded so that no line passes 75 octets (RFC 5545 §3.1), never within a character.
    fn line(&mut self, text: &str) {
        let mut room = 75;
        for c in text.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = 74;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }
}

fn event(out: &mut Writer, e: &Event, stamp: DateTime<Utc>) {
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}", e.uid));
    out.line(&format!("DTSTAMP:{}", utc(stamp)));
    out.line(&format!("LAST-MODIFIED:{}", utc(e.modified)));
    out.line(&format!("SEQUENCE:{}", e.sequence));
    if let Some((replaced, following)) = e.recurrence_id {
        out.line(&replaced.property("RECURRENCE-ID", if following { ";RANGE=THISANDFUTURE" } else { "" }));
    }
    out.line(&e.start.property("DTSTART", ""));
    out.line(&e.end.property("DTEND", ""));
    if let Some(rule) = &e.rrule {
        out.line(&format!("RRULE:{rule}"));
    }
    for gone in &e.exdates {
        out.line(&gone.property("EXDATE", ""));
    }
    out.line(&format!("SUMMARY:{}", escape(&e.summary)));
    if !e.description.is_empty() {
        out.line(&format!("DESCRIPTION:{}", escape(&e.description)));
    }
    if !e.location.is_empty() {
        out.line(&format!("LOCATION:{}", escape(&e.location)));
    }
    if let Some(url) = &e.conference {
        out.line(&format!("CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Join:{url}"));
    }
    let status = if e.cancelled {
        "CANCELLED"
    } else if e.tentative {
        "TENTATIVE"
    } else {
        "CONFIRMED"
    };
    out.line(&format!("STATUS:{status}"));
    out.line(if e.transparent { "TRANSP:TRANSPARENT" } else { "TRANSP:OPAQUE" });
    if !e.categories.is_empty() {
        out.line(&format!("CATEGORIES:{}", e.categories));
    }
    if !e.busy_status.is_empty() {
        out.line(&format!("X-MICROSOFT-CDO-BUSYSTATUS:{}", e.busy_status));
    }
    if let Some(uid) = &e.related_to {
        out.line(&format!("RELATED-TO;RELTYPE=SIBLING:{uid}"));
    }
    if let Some((name, email)) = &e.organizer {
        out.line(&format!("ORGANIZER;CN={}:mailto:{email}", parameter(name)));
    }
    for g in &e.guests {
        let (cutype, role, partstat, name) = (g.cutype, g.role, g.partstat, parameter(&g.name));
        out.line(&format!("ATTENDEE;CUTYPE={cutype};ROLE={role};PARTSTAT={partstat};CN={name}:mailto:{}", g.email));
    }
    out.line("END:VEVENT");
}

/// The zone's observances from three years before `around` to three after, each with an onset of its own.
fn timezone(out: &mut Writer, zone: Tz, around: DateTime<Utc>) {
    out.line("BEGIN:VTIMEZONE");
    out.line(&format!("TZID:{}", zone.name()));
    let from = |year: i32| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).single().unwrap_or(around);
    let (mut at, end) = (from(around.year() - 3), from(around.year() + 3));
    let offset = |t: DateTime<Utc>| zone.offset_from_utc_datetime(&t.naive_utc());
    let first = offset(at);
    let (base, base_name) = (first.fix().local_minus_utc(), abbreviation(&first));
    observance(out, "STANDARD", at.naive_utc() + Duration::seconds(i64::from(base)), (base, base), &base_name);
    while at < end {
        let next = at + Duration::days(1);
        let (before, after) = (offset(at).fix().local_minus_utc(), offset(next).fix().local_minus_utc());
        if before != after {
            let (mut low, mut high) = (at, next);
            while high - low > Duration::minutes(1) {
                let middle = low + Duration::minutes((high - low).num_minutes() / 2);
                if offset(middle).fix().local_minus_utc() == before { low = middle } else { high = middle }
            }
            let onset = high.naive_utc() + Duration::seconds(i64::from(before));
            let kind = if after > before { "DAYLIGHT" } else { "STANDARD" };
            observance(out, kind, onset, (before, after), &abbreviation(&offset(next)));
        }
        at = next;
    }
    out.line("END:VTIMEZONE");
}

fn abbreviation(offset: &impl OffsetName) -> String {
    offset.abbreviation().map_or_else(String::new, ToOwned::to_owned)
}

fn observance(out: &mut Writer, kind: &str, onset: NaiveDateTime, (before, after): (i32, i32), name: &str) {
    out.line(&format!("BEGIN:{kind}"));
    out.line(&format!("DTSTART:{}", onset.format("%Y%m%dT%H%M%S")));
    out.line(&format!("TZOFFSETFROM:{}", offset_text(before)));
    out.line(&format!("TZOFFSETTO:{}", offset_text(after)));
    if !name.is_empty() {
        out.line(&format!("TZNAME:{name}"));
    }
    out.line(&format!("END:{kind}"));
}

fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

/// `20261119T111800Z`.
pub(super) fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// TEXT (RFC 5545 §3.3.11).
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => {
                let _ = write!(out, "\\{c}");
            }
            c => out.push(c),
        }
    }
    out
}

/// A parameter's value, quoted where it must be (RFC 5545 §3.2).
fn parameter(value: &str) -> String {
    if value.contains([',', ';', ':']) { format!("\"{value}\"") } else { value.to_owned() }
}
