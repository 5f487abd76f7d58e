//! Hard calendars, from the bytes to the occurrences.

#[path = "ics/broken.rs"]
mod broken;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use throughline_calendar::ics::{self, Feed};
use throughline_core::calendar::{Event, EventGroup, EventTime, Limits, Window, Zone, expand};
use throughline_core::model::{MeetingKind, MeetingStatus, Response, Role, Times};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// A calendar around `body`, with CRLF line ends.
fn calendar(body: &str) -> String {
    let body = body.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\r\n");
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{body}\r\nEND:VCALENDAR\r\n")
}

fn event(body: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\nUID:a\nSUMMARY:A\n{}\nEND:VEVENT", body.trim()))
}

fn read(text: &str) -> Feed {
    ics::read(text.as_bytes(), &Limits::default()).expect("a calendar")
}

/// Every occurrence of 2025 to 2027 as `title start+minutes` or `title day/day`, and the warnings.
fn shown(text: &str) -> (Vec<String>, Vec<String>) {
    let feed = read(text);
    let window = Window { from: at("2025-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z") };
    let mut warnings: Vec<String> = feed.warnings.iter().map(|warning| warning.message.clone()).collect();
    let mut lines = Vec::new();
    for group in &feed.groups {
        let (found, more) = expand(group, window, Tz::Europe__Berlin, &Limits::default());
        warnings.extend(more.into_iter().map(|warning| warning.message));
        lines.extend(found.iter().map(|occurrence| {
            let off = if occurrence.status == MeetingStatus::Cancelled { " off" } else { "" };
            let when = match &occurrence.times {
                Times::AllDay { start, end } => format!("{start}/{end}"),
                Times::Timed { start, end, .. } => {
                    format!("{}+{}", start.format("%Y-%m-%dT%H:%MZ"), (*end - *start).num_minutes())
                }
            };
            format!("{} {when}{off}", occurrence.event.title)
        }));
    }
    (lines, warnings)
}

const OWN_ZONE: &str = "BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE";

#[test]
fn zones_are_found_by_whatever_name() {
    let cases = [
        ("Europe/Berlin", "2026-07-01T08:00Z"),
        ("europe/berlin", "2026-07-01T08:00Z"),
        ("America/New York", "2026-07-01T14:00Z"),
        ("W. Europe Standard Time", "2026-07-01T08:00Z"),
        ("Pacific Standard Time", "2026-07-01T17:00Z"),
        ("India Standard Time", "2026-07-01T04:30Z"),
        ("\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", "2026-07-01T08:00Z"),
        ("\"(UTC-05:00) Eastern Time (US & Canada)\"", "2026-07-01T14:00Z"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "2026-07-01T08:00Z"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "2026-07-01T08:00Z"),
        ("/mozilla.org/20070129_1/Europe/Berlin", "2026-07-01T08:00Z"),
        ("/softwarestudio.org/Olson_20011030_5/America/Chicago", "2026-07-01T15:00Z"),
        ("/citadel.org/20210210_1/America/Argentina/Buenos_Aires", "2026-07-01T13:00Z"),
        ("UTC", "2026-07-01T10:00Z"),
        ("Etc/GMT+5", "2026-07-01T15:00Z"),
        ("GMT+0530", "2026-07-01T04:30Z"),
        ("US/Eastern", "2026-07-01T14:00Z"),
        ("Customized Time Zone", "2026-07-01T08:00Z"),
    ];
    for (tzid, expected) in cases {
        let text = calendar(&format!(
            "{OWN_ZONE}\nBEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID={tzid}:20260701T100000\nEND:VEVENT"
        ));
        assert_eq!(shown(&text), (vec![format!("A {expected}+0")], vec![]), "{tzid}");
    }
    let (lines, warnings) = shown(&event("DTSTART;TZID=Middle Earth:20260701T100000"));
    assert_eq!(lines, ["A 2026-07-01T08:00Z+0"]);
    assert!(warnings[0].contains("Middle Earth") && warnings[0].contains("“A”"), "{warnings:?}");
}

#[test]
fn hard_calendars_are_read_as_meant() {
    let cases: Vec<(&str, String, Vec<&str>)> = vec![
        (
            "folded, escaped, with an end",
            event("DTSTART:20260701T100000Z\nDTEND:20260701T\n 103000Z\nSUMMARY:B"),
            vec!["A 2026-07-01T10:00Z+30"],
        ),
        (
            "own zone over a change of clocks",
            calendar(&format!(
                "{OWN_ZONE}\nBEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID=Customized Time Zone:20260328T023000\n\
             DURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT"
            )),
            vec!["A 2026-03-28T01:30Z+60", "A 2026-03-29T01:30Z+60", "A 2026-03-30T00:30Z+60"],
        ),
        (
            "two UIDs whose overrides must not mix",
            calendar(
                "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART:20260701T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:b\nSUMMARY:B\nDTSTART:20260701T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:b\nRECURRENCE-ID:20260702T100000Z\nSUMMARY:B2\nDTSTART:20260702T150000Z\nEND:VEVENT",
            ),
            vec!["A 2026-07-01T10:00Z+0", "A 2026-07-02T10:00Z+0", "B 2026-07-01T10:00Z+0", "B2 2026-07-02T15:00Z+0"],
        ),
        (
            "an override with another SEQUENCE is there once",
            calendar(
                "BEGIN:VEVENT\nUID:a\nSEQUENCE:0\nRECURRENCE-ID:20260702T100000Z\nSUMMARY:Old\nDTSTART:20260702T110000Z\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:a\nSEQUENCE:4\nSUMMARY:A\nDTSTART:20260701T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:a\nSEQUENCE:2\nRECURRENCE-ID:20260702T100000Z\nSUMMARY:New\nDTSTART:20260702T150000Z\nEND:VEVENT",
            ),
            vec!["A 2026-07-01T10:00Z+0", "New 2026-07-02T15:00Z+0"],
        ),
        (
            "this and future",
            calendar(
                "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART:20260701T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260702T100000Z\nSUMMARY:L\nDTSTART:20260702T113000Z\n\
             DTEND:20260702T120000Z\nEND:VEVENT",
            ),
            vec!["A 2026-07-01T10:00Z+0", "L 2026-07-02T11:30Z+30", "L 2026-07-03T11:30Z+30"],
        ),
        (
            "RDATE with PERIOD",
            event(
                "DTSTART:20260701T100000Z\nDTEND:20260701T110000Z\n\
             RDATE;VALUE=PERIOD:20260703T090000Z/20260703T093000Z,20260704T090000Z/PT2H\nRDATE:20260705T100000Z",
            ),
            vec![
                "A 2026-07-01T10:00Z+60",
                "A 2026-07-03T09:00Z+30",
                "A 2026-07-04T09:00Z+120",
                "A 2026-07-05T10:00Z+60",
            ],
        ),
        (
            "UNTIL as a date with a TZID",
            event("DTSTART;TZID=America/New_York:20260701T200000\nRRULE:FREQ=DAILY;UNTIL=20260702"),
            vec!["A 2026-07-02T00:00Z+0", "A 2026-07-03T00:00Z+0"],
        ),
        (
            "EXDATE lists and dates",
            event(
                "DTSTART;TZID=Europe/Berlin:20260701T100000\nRRULE:FREQ=DAILY;COUNT=5\n\
             EXDATE;TZID=Europe/Berlin:20260702T100000,20260703T100000\nEXDATE;VALUE=DATE:20260704",
            ),
            vec!["A 2026-07-01T08:00Z+0", "A 2026-07-05T08:00Z+0"],
        ),
        (
            "a cancelled occurrence",
            calendar(
                "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;VALUE=DATE:20260701\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20260702\nSUMMARY:A\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20260702\nEND:VEVENT",
            ),
            vec!["A 2026-07-01/2026-07-02", "A 2026-07-02/2026-07-03 off"],
        ),
        ("a date without VALUE=DATE", event("DTSTART:20260701\nDTEND:20260703"), vec!["A 2026-07-01/2026-07-03"]),
        ("an offset for a zone", event("DTSTART:20260701T100000+0200"), vec!["A 2026-07-01T08:00Z+0"]),
        ("a folded date", event("DTSTART;TZID=Europe/Berlin:202607\n 01T100\n\t000"), vec!["A 2026-07-01T08:00Z+0"]),
        ("nominal weeks", event("DTSTART;VALUE=DATE:20260701\nDURATION:P1W"), vec!["A 2026-07-01/2026-07-08"]),
        (
            "a published instant means the calendar's own clock",
            calendar(
                "X-WR-TIMEZONE:America/New_York\nBEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART:20260701T000000Z\nEND:VEVENT",
            ),
            vec!["A 2026-07-01T00:00Z+0"],
        ),
        (
            "tasks, journals and alarms are no events",
            calendar(
                "BEGIN:VTODO\nUID:t\nSUMMARY:T\nDTSTART:20260701T100000Z\nEND:VTODO\n\
             BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART:20260701T100000Z\nBEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\n\
             TRIGGER:-PT5M\nEND:VALARM\nEND:VEVENT",
            ),
            vec!["A 2026-07-01T10:00Z+0"],
        ),
        (
            "an unclosed event",
            calendar(
                "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART:20260701T100000Z\n\
             BEGIN:VEVENT\nUID:b\nSUMMARY:B\nDTSTART:20260702T100000Z\nEND:VEVENT",
            ),
            vec!["A 2026-07-01T10:00Z+0", "B 2026-07-02T10:00Z+0"],
        ),
    ];
    for (name, text, expected) in cases {
        let (lines, warnings) = shown(&text);
        assert_eq!(lines, expected, "{name}");
        assert_eq!(warnings, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn an_event_without_a_uid_is_the_same_one_tomorrow() {
    let text = calendar("BEGIN:VEVENT\nSUMMARY:A\nDTSTART:20260701T100000Z\nEND:VEVENT");
    let again = calendar("BEGIN:VEVENT\nDESCRIPTION:more\nSUMMARY:A\nDTSTART:20260701T100000Z\nEND:VEVENT");
    assert_eq!(read(&text).groups[0].uid, read(&again).groups[0].uid);
}

#[test]
fn recurrence_lines_of_other_providers_are_read_alike() {
    let local = "2026-07-01T10:00:00".parse().expect("a time");
    let start = EventTime::Zoned { local, zone: Zone::Iana(Tz::Europe__Berlin) };
    let mut event = Event::new("g", start, "G");
    let lines = [
        "RRULE:FREQ=WEEKLY;UNTIL=20260731T215959Z;BYDAY=WE",
        "EXDATE;TZID=Europe/Berlin:20260708T100000",
        "RDATE:20260709T080000Z",
        "EXDATE:nonsense",
    ];
    let warnings = ics::read_recurrence(lines, &mut event, &Limits::default());
    assert_eq!((warnings.len(), warnings[0].uid.as_deref()), (1, Some("g")));
    let group = EventGroup { uid: "g".into(), events: vec![event] };
    let window = Window { from: at("2026-01-01T00:00:00Z"), to: at("2027-01-01T00:00:00Z") };
    let (found, _) = expand(&group, window, Tz::UTC, &Limits::default());
    let days: Vec<String> = found.iter().map(|occurrence| occurrence.times.own_date().to_string()).collect();
    assert_eq!(days, ["2026-07-01", "2026-07-09", "2026-07-15", "2026-07-22", "2026-07-29"]);
}

#[test]
fn people_status_and_calls_are_read() {
    let feed = read(&calendar(
        "X-WR-CALNAME:Work\\, mostly\nBEGIN:VEVENT\nUID:a\nSUMMARY:Plan\\; review\nDTSTART:20260701T100000Z\n\
         STATUS:TENTATIVE\nTRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\n\
         ORGANIZER;CN=\"Silva, Ana\":MAILTO:Ana@X.org\n\
         ATTENDEE;CN=Ben;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED:mailto:ben@x.org\n\
         ATTENDEE;CUTYPE=ROOM;CN=Room 1:mailto:room1@x.org\n\
         ATTENDEE;CUTYPE=GROUP;EMAIL=team@x.org:urn:uuid:1\n\
         DESCRIPTION:Join\\nhttps://acme.zoom.us/j/12345?pwd=x\\nBye\nEND:VEVENT",
    ));
    assert_eq!(feed.name.as_deref(), Some("Work, mostly"));
    let event = &feed.groups[0].events[0];
    assert_eq!(event.title, "Plan; review");
    assert_eq!((event.status, event.transparent), (MeetingStatus::Tentative, true));
    assert_eq!(event.kind, MeetingKind::OutOfOffice);
    assert_eq!(event.call_url.as_deref(), Some("https://acme.zoom.us/j/12345?pwd=x"));
    let organizer = event.organizer.as_ref().expect("one");
    assert_eq!((organizer.name.as_deref(), organizer.email.as_deref()), (Some("Silva, Ana"), Some("ana@x.org")));
    assert_eq!(organizer.role, Role::Organizer);
    let ben = &event.attendees[0];
    assert_eq!((ben.role, ben.response), (Role::Optional, Some(Response::Declined)));
    assert!(event.attendees[1].resource);
    let team = &event.attendees[2];
    assert_eq!((team.cutype.as_deref(), team.email.as_deref()), (Some("GROUP"), Some("team@x.org")));
}

#[test]
fn stated_call_addresses_come_before_those_in_the_text() {
    for (line, expected) in [
        ("X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij", "https://meet.google.com/abc-defg-hij"),
        ("CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://video.example.com/r;x=1", "https://video.example.com/r;x=1"),
        (
            "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/1",
            "https://teams.microsoft.com/l/meetup-join/1",
        ),
        ("URL:https://acme.webex.com/meet/ana", "https://acme.webex.com/meet/ana"),
        ("LOCATION:Room 1\\, https://meet.jit.si/Standup", "https://meet.jit.si/Standup"),
        ("URL:https://example.com/agenda", "https://zoom.us/j/1"),
    ] {
        let text = event(&format!("DTSTART:20260701T100000Z\nDESCRIPTION:https://zoom.us/j/1\n{line}"));
        assert_eq!(read(&text).groups[0].events[0].call_url.as_deref(), Some(expected), "{line}");
    }
}
