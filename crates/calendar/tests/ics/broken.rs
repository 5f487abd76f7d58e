//! Calendars that are broken, hostile or none at all.

use throughline_calendar::ics::{self, IcsError};
use throughline_core::calendar::Limits;

use super::{calendar, event, read, shown};

#[test]
fn a_broken_event_costs_itself_and_a_warning_that_names_it() {
    let good = "BEGIN:VEVENT\nUID:good\nSUMMARY:Good\nDTSTART:20260701T100000Z\nEND:VEVENT";
    // (the broken one, what is left of it, what the warning says)
    let cases = [
        ("UID:x\nSUMMARY:No start", 0, "No start"),
        ("UID:x\nSUMMARY:Odd\nDTSTART:tomorrow", 0, "Odd"),
        ("UID:x\nSUMMARY:Odd\nDTSTART:20261301T100000Z", 0, "Odd"),
        ("UID:only-a-uid\nDTSTART:", 0, "only-a-uid"),
        ("UID:x\nSUMMARY:Short\nDTSTART:2026112", 0, "Short"),
        ("UID:x\nSUMMARY:Short\nDTSTART:2026070\n 1T10000Z", 0, "Short"),
        ("UID:x\nSUMMARY:Short\nDTSTART;TZID=Europe/Berlin:20260701T10", 0, "Short"),
        ("UID:x\nSUMMARY:Odd\nDTSTART:20260701T10:00:00Z", 0, "Odd"),
        ("UID:x\nSUMMARY:Odd\nDTSTART:20260701 at 10", 0, "Odd"),
        ("UID:x\nSUMMARY:Short end\nDTSTART:20260701T100000Z\nDTEND:20260701T11", 1, "Short end"),
        ("UID:x\nSUMMARY:Lost\nRECURRENCE-ID:2026070\nDTSTART:20260701T100000Z", 0, "Lost"),
        (
            "UID:x\nSUMMARY:Ex\nDTSTART:20260701T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260702T100000Z,2026070",
            1,
            "Ex",
        ),
        ("SUMMARY:No uid\nDTSTART:20260701T100000Z", 1, "No uid"),
        ("UID:x\nSUMMARY:Backwards\nDTSTART:20260701T100000Z\nDTEND:20260701T090000Z", 1, "Backwards"),
        ("UID:x\nSUMMARY:Rule\nDTSTART:20260701T100000Z\nRRULE:FREQ=SOMETIMES", 1, "Rule"),
        ("UID:x\nSUMMARY:Rule\nDTSTART:20260701T100000Z\nRRULE:COUNT=3", 1, "Rule"),
        ("UID:x\nSUMMARY:Ex\nDTSTART:20260701T100000Z\nRRULE:FREQ=DAILY;COUNT=1\nEXDATE:never", 1, "Ex"),
        ("UID:x\nSUMMARY:Lost\nRECURRENCE-ID:whenever\nDTSTART:20260701T100000Z", 0, "Lost"),
        (
            "UID:x\nSUMMARY:Twin\nDTSTART:20260701T100000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:x\nSUMMARY:Last\nDTSTART:20260702T100000Z",
            1,
            "Twin",
        ),
        ("UID:x\nSUMMARY:Bomb\nDTSTART:20260701T100000Z\nRRULE:FREQ=SECONDLY", 4_000, "Bomb"),
    ];
    for (broken, left, named) in cases {
        let text = calendar(&format!("BEGIN:VEVENT\n{broken}\nEND:VEVENT\n{good}"));
        let (lines, warnings) = shown(&text);
        assert_eq!(lines.len(), left + 1, "{broken}");
        assert!(lines.contains(&"Good 2026-07-01T10:00Z+0".to_owned()), "{broken}");
        assert_eq!(warnings.iter().filter(|warning| warning.contains(named)).count(), 1, "{broken}: {warnings:?}");
    }
}

#[test]
fn what_is_no_calendar_is_said_to_be_none() {
    let cases: Vec<(Vec<u8>, IcsError)> = vec![
        (vec![], IcsError::Empty),
        (b" \r\n\t".to_vec(), IcsError::Empty),
        (b"Dear all,\nthe meeting is on Monday.\n".to_vec(), IcsError::NotACalendar),
        (b"BEGIN:VCARD\nEND:VCARD\n".to_vec(), IcsError::NotACalendar),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>".to_vec(), IcsError::Html),
        (b"<?xml version=\"1.0\"?>\n<html xmlns=\"x\"></html>".to_vec(), IcsError::Html),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), IcsError::Binary),
        (b"PK\x03\x04\x14\0\0\0".to_vec(), IcsError::Binary),
        (vec![b'x'; 100], IcsError::TooLarge { limit: 64 }),
    ];
    let limits = Limits { bytes: 64, ..Limits::default() };
    for (bytes, expected) in cases {
        assert_eq!(ics::read(&bytes, &limits), Err(expected), "{:?}", String::from_utf8_lossy(&bytes));
    }
    let empty = read(&calendar(""));
    assert!(empty.groups.is_empty() && empty.complete && empty.warnings.is_empty());
}

#[test]
fn other_encodings_are_read_and_a_cut_off_file_is_known_as_such() {
    let text = event("DTSTART:20260701T100000Z\nLOCATION:Café");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let marked: Vec<u8> = [0xef, 0xbb, 0xbf].into_iter().chain(text.bytes()).collect();
    for (bytes, warnings) in [(text.clone().into_bytes(), 0), (utf16, 0), (latin, 1), (marked, 0)] {
        let feed = ics::read(&bytes, &Limits::default()).expect("a calendar");
        assert_eq!(feed.groups[0].events[0].location.as_deref(), Some("Café"));
        assert_eq!((feed.warnings.len(), feed.complete), (warnings, true));
    }
    // Cut off by so many bytes: how many events are left, and how many warnings name the one that is not.
    let two = text.replace(
        "END:VCALENDAR",
        "BEGIN:VEVENT\r\nUID:b\r\nDTSTART:20261122\r\nSUMMARY:B\r\nEND:VEVENT\r\nEND:VCALENDAR",
    );
    for (bytes, left, named) in [(5, 2, 0), (15, 2, 0), (20, 1, 1), (29, 1, 1), (40, 1, 1), (60, 1, 0)] {
        let feed = read(&two[..two.len() - bytes]);
        let naming =
            feed.warnings.iter().filter(|w| w.message.contains("“B”") || w.uid.as_deref() == Some("b")).count();
        assert_eq!((feed.groups.len(), naming, feed.complete), (left, named, false), "{bytes}: {:?}", feed.warnings);
    }
}

#[test]
fn hostile_sizes_are_bounded() {
    let many: String = (0..50).map(|n| format!("ATTENDEE:mailto:p{n}@x.org\n")).collect();
    let deep = "BEGIN:VEVENT\n".repeat(5_000);
    let long = "x".repeat(10_000);
    let limits = Limits { attendees: 10, text: 1_000, events: 3, ..Limits::default() };
    let text = event(&format!("DTSTART:20260701T100000Z\n{many}DESCRIPTION:{long}"));
    let feed = ics::read(text.as_bytes(), &limits).expect("a calendar");
    let event = &feed.groups[0].events[0];
    assert_eq!((event.attendees.len(), event.attendees_omitted), (10, true));
    assert!(feed.warnings.iter().any(|w| w.message.contains("“A”") && w.message.contains("10 attendees")));
    assert_eq!(event.description.as_ref().map(String::len), Some(1_000));
    let feed = ics::read(calendar(&deep).as_bytes(), &limits).expect("a calendar");
    assert!(feed.warnings.iter().any(|warning| warning.message.contains("nested")));
    assert!(!feed.complete, "what was left out is not gone");
    let five: String =
        (0..5).map(|n| format!("BEGIN:VEVENT\nUID:{n}\nDTSTART:20260701T100000Z\nEND:VEVENT\n")).collect();
    let feed = ics::read(calendar(&five).as_bytes(), &limits).expect("a calendar");
    assert_eq!((feed.groups.len(), feed.complete), (3, false));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]

    /// Whatever stands in a calendar, it is read without panic and its events expand.
    #[test]
    fn nothing_in_a_calendar_breaks_the_reader(
        lines in proptest::collection::vec("(BEGIN:VEVENT|END:VEVENT|BEGIN:VTIMEZONE|END:VTIMEZONE|BEGIN:STANDARD|END:STANDARD|UID:[ab]|\
            DTSTART(;TZID=(Europe/Berlin|x|\\(UTC\\+01:00\\)))?:[0-9]{8}(T[0-9]{6}Z?)?|DTEND:[0-9]{8}T[0-9]{6}Z|\
            DTSTART:2026(0[1-9])1[0-9]T1[0-9]0000Z?|DURATION:-?P[0-9]{1,9}(D|W|DT9H)|\
            RRULE:FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY|HOURLY|SECONDLY)(;COUNT=[0-9]{1,3})?(;INTERVAL=[0-9]{1,5})?(;BYDAY=-?[0-9]?MO)?\
            (;BYMONTHDAY=-?[0-9]{1,2})?(;UNTIL=[0-9]{8})?|\
            RECURRENCE-ID(;RANGE=THISANDFUTURE)?:2026(0[1-9])1[0-9]T1[0-9]0000Z?|TZOFFSETFROM:[+-][0-9]{4}|TZOFFSETTO:[+-][0-9]{4}|\
            TZID:x|EXDATE:[0-9]{8}|\\PC{0,20})", 0..30)
    ) {
        let text = calendar(&lines.join("\n"));
        let _ = shown(&text);
    }
}
