//! The meetings as one iCalendar stream (RFC 5545): each an event of its own, without rules, times in UTC.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, Utc};
use throughline_core::model::{MeetingKind, MeetingStatus, PersonId, Response, Role};

use super::{Exported, one_line};
use crate::view::{Attendee, Meeting, When};

/// A `VCALENDAR` of every meeting, as a file to import anywhere.
///
/// A single event keeps its UID, so that it is known again where it came from; the occurrences of a rule share theirs,
/// and like meetings made by hand get `<id>@throughline`.
pub(crate) fn ics(exported: &Exported) -> Vec<u8> {
    let emails: BTreeMap<PersonId, &str> =
        exported.people.iter().filter_map(|person| Some((person.id, person.emails.first()?.as_str()))).collect();
    let uids = uids(&exported.meetings);
    let mut out = Lines::default();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Throughline//Throughline//EN", "CALSCALE:GREGORIAN"] {
        out.line(line);
    }
    for (meeting, uid) in exported.meetings.iter().zip(uids) {
        event(&mut out, meeting, &uid, exported.now, &emails);
    }
    out.line("END:VCALENDAR");
    out.0.into_bytes()
}

fn event(out: &mut Lines, meeting: &Meeting, uid: &str, now: DateTime<Utc>, emails: &BTreeMap<PersonId, &str>) {
    out.line("BEGIN:VEVENT");
    out.text("UID", uid);
    out.line(&format!("DTSTAMP:{}", instant(now.fixed_offset())));
    out.line(&time("DTSTART", meeting.start));
    // An end has to be later than the start; without one an event ends as it starts (§3.6.1).
    if meeting.end > meeting.start {
        out.line(&time("DTEND", meeting.end));
    }
    out.text("SUMMARY", &meeting.title);
    out.line(match meeting.status {
        MeetingStatus::Confirmed => "STATUS:CONFIRMED",
        MeetingStatus::Tentative => "STATUS:TENTATIVE",
        MeetingStatus::Cancelled => "STATUS:CANCELLED",
    });
    match meeting.kind {
        MeetingKind::Meeting | MeetingKind::Focus => {}
        MeetingKind::OutOfOffice => out.line("X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
        MeetingKind::WorkingLocation => out.line("TRANSP:TRANSPARENT"),
    }
    if let Some(purpose) = &meeting.purpose {
        out.text("DESCRIPTION", purpose);
    }
    if let Some(location) = &meeting.location {
        out.text("LOCATION", location);
    }
    if let Some(url) = meeting.call_url.as_deref().filter(|url| is_uri(url)) {
        out.line(&format!("CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:{url}"));
        out.line(&format!("URL:{url}"));
    }
    if let Some(organizer) = &meeting.organizer {
        let invited = meeting.attendees.iter().find(|attendee| attendee.person_id == organizer.person_id);
        let email = invited.and_then(|attendee| attendee.email.as_deref());
        let email = email.or_else(|| emails.get(&organizer.person_id).copied());
        out.line(&format!("ORGANIZER;CN={}:{}", parameter(&organizer.name), address(organizer.person_id, email)));
    }
    for attendee in &meeting.attendees {
        out.line(&self::attendee(attendee));
    }
    out.line("END:VEVENT");
}

fn attendee(attendee: &Attendee) -> String {
    let role = match attendee.role {
        Role::Organizer => "CHAIR",
        Role::Required => "REQ-PARTICIPANT",
        Role::Optional => "OPT-PARTICIPANT",
    };
    let answer = attendee.response.map_or("", |response| match response {
        Response::Accepted => ";PARTSTAT=ACCEPTED",
        Response::Declined => ";PARTSTAT=DECLINED",
        Response::Tentative => ";PARTSTAT=TENTATIVE",
        Response::NeedsAction => ";PARTSTAT=NEEDS-ACTION",
    });
    let address = address(attendee.person_id, attendee.email.as_deref());
    format!("ATTENDEE;CN={};ROLE={role}{answer}:{address}", parameter(&attendee.name))
}

/// One for each meeting, in order, no two alike.
fn uids(meetings: &[Meeting]) -> Vec<String> {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for uid in meetings.iter().filter_map(|meeting| meeting.uid.as_deref()) {
        *seen.entry(uid).or_default() += 1;
    }
    let own: Vec<String> = meetings.iter().map(|meeting| format!("{}@throughline", meeting.id)).collect();
    let taken: BTreeSet<&str> = own.iter().map(String::as_str).collect();
    // An occurrence's UID is its rule's: imported where the rule is, it would take the rule's place.
    let kept = |meeting: &Meeting| {
        let uid = meeting.uid.as_deref().filter(|_| meeting.original_start.is_none())?;
        let sound = !uid.trim().is_empty() && !uid.chars().any(char::is_control);
        (sound && seen.get(uid) == Some(&1) && !taken.contains(uid)).then(|| uid.to_owned())
    };
    meetings.iter().zip(&own).map(|(meeting, own)| kept(meeting).unwrap_or_else(|| own.clone())).collect()
}

fn time(name: &str, when: When) -> String {
    match when {
        When::Date(date) => format!("{name};VALUE=DATE:{}", date.format("%Y%m%d")),
        When::At(at) => format!("{name}:{}", instant(at)),
    }
}

fn instant(at: DateTime<FixedOffset>) -> String {
    at.with_timezone(&Utc).format("%Y%m%dT%H%M%SZ").to_string()
}

/// A calendar user address has to be a URI (§3.3.3); where no e-mail is known, the person's id is one.
fn address(person: PersonId, email: Option<&str>) -> String {
    match email.filter(|email| is_uri(email)) {
        Some(email) => format!("mailto:{email}"),
        None => format!("urn:uuid:{person}"),
    }
}

fn is_uri(text: &str) -> bool {
    let outside = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`');
    !text.is_empty() && !text.contains(outside)
}

/// A parameter's value in quotes (§3.1), the quotes in it written as RFC 6868 says.
fn parameter(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('^', "^^").replace('"', "^'"))
}

/// Content lines: CRLF, none longer than 75 octets, no character torn (§3.1).
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property of type TEXT (§3.3.11).
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for c in value.replace("\r\n", "\n").chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' | '\r' => line.push_str("\\n"),
                '\t' => line.push(' '),
                c if c.is_control() => {}
                c => line.push(c),
            }
        }
        self.line(&line);
    }

    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
