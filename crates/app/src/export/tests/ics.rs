use super::world::{AGAIN, OFFSITE, REVIEW, at, id, meeting, world};
use crate::export::ics;
use crate::view::When;

/// The content lines, folds undone; checks that folds are as RFC 5545 §3.1 wants them.
fn lines(bytes: Vec<u8>) -> Vec<String> {
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.ends_with("\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
    }
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// The events, each as its lines without `BEGIN` and `END`.
fn events(lines: &[String]) -> Vec<&[String]> {
    let (head, tail) = (&lines[..4], &lines[lines.len() - 1]);
    assert_eq!(
        (head[0].as_str(), head[1].as_str(), tail.as_str()),
        ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    );
    let inside = lines[4..lines.len() - 1].split_inclusive(|line| line == "END:VEVENT");
    let event = |lines: &'_ [String]| -> bool { lines[0] == "BEGIN:VEVENT" };
    inside.inspect(|lines| assert!(event(lines))).map(|lines| &lines[1..lines.len() - 1]).collect()
}

#[test]
fn a_meeting_is_an_event_with_its_people() {
    let lines = lines(ics(&world(false)));
    let expected = [
        format!("UID:{}@throughline", id::<uuid::Uuid>(REVIEW)),
        "DTSTAMP:20261122T090000Z".into(),
        "DTSTART:20261120T100000Z".into(),
        "DTEND:20261120T110000Z".into(),
        "SUMMARY:Review: Q4/\u{1F4C8}\\, \"plan\"\\; \\\\o/".into(),
        "STATUS:CONFIRMED".into(),
        "DESCRIPTION:To decide\\,\\nat last".into(),
        "LOCATION:Room 1\\, \u{1F3E2} first floor of the house with a very long name\\, far beyond seventy-five".into(),
        "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://meet.example.com/abc?x=1;y=2".into(),
        "URL:https://meet.example.com/abc?x=1;y=2".into(),
        "ORGANIZER;CN=\"Ana ^'Ace^' Silva\":mailto:ana@acme.com".into(),
        "ATTENDEE;CN=\"Ana ^'Ace^' Silva\";ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:ana@acme.com".into(),
        "ATTENDEE;CN=\"=Ben; O'Dé^^, Jr.\";ROLE=OPT-PARTICIPANT:urn:uuid:00000000-0000-0000-0000-000000000002".into(),
    ];
    assert_eq!(events(&lines)[0], expected);
}

#[test]
fn whole_days_are_dates_and_nothing_smuggles_in_a_line() {
    let lines = lines(ics(&world(false)));
    let expected = [
        "UID:offsite@example.com",
        "DTSTAMP:20261122T090000Z",
        "DTSTART;VALUE=DATE:20261224",
        "DTEND;VALUE=DATE:20261226",
        "SUMMARY:Off-site",
        "STATUS:CANCELLED",
    ];
    assert_eq!(events(&lines)[2], expected);
}

#[test]
fn only_the_uid_of_a_single_event_is_kept_and_no_two_are_alike() {
    let own = |number| format!("{}@throughline", id::<uuid::Uuid>(number));
    let mut exported = world(false);
    let mut uids = |told: [(Option<&str>, bool); 3]| {
        for (meeting, (uid, single)) in exported.meetings.iter_mut().zip(told) {
            meeting.uid = uid.map(str::to_owned);
            meeting.original_start = (!single).then_some(meeting.start);
        }
        let lines = lines(ics(&exported));
        lines.iter().filter_map(|line| line.strip_prefix("UID:")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(uids([(Some("a"), true), (Some("b"), true), (None, true)]), ["a".into(), "b".into(), own(OFFSITE)]);
    assert_eq!(uids([(Some("a"), true), (Some("a"), false), (Some("b"), false)]), [REVIEW, AGAIN, OFFSITE].map(own));
    let foreign = own(AGAIN);
    assert_eq!(
        uids([(Some(&foreign), true), (Some(" "), true), (Some("x\r\ny"), true)]),
        [REVIEW, AGAIN, OFFSITE].map(own)
    );
}

#[test]
fn an_event_without_length_has_no_end() {
    let mut exported = world(false);
    let mut short = meeting(REVIEW, "", "2026-11-20T10:00:00Z");
    short.end = When::at(at("2026-11-20T10:00:00Z"), chrono_tz::Asia::Tokyo);
    exported.meetings = vec![short];
    let lines = lines(ics(&exported));
    assert!(!lines.iter().any(|line| line.starts_with("DTEND")));
    assert!(lines.contains(&"SUMMARY:".to_owned()));
}

#[test]
fn an_empty_vault_is_still_a_calendar() {
    let mut exported = world(false);
    exported.meetings.clear();
    assert_eq!(lines(ics(&exported)).len(), 5);
}
