use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::super::people::EVERYBODY;
use super::super::series::SERIES;
use super::super::singles::{SINGLES, State};
use super::super::today::Day;
use super::super::{build, schedule};
use super::nows;

/// Every meeting of a demo that takes place, as its UID and its date in the user's zone.
pub(super) fn meetings(day: &Day) -> Vec<(String, NaiveDate)> {
    let planned = schedule::plan(day);
    let series = planned.iter().flat_map(|p| &p.occurrences).filter(|o| !o.cancelled).map(|o| (o.uid.clone(), o.date));
    let single = |s: &super::super::singles::Single| (schedule::uid(s.key, None), s.span(day).date(day.zone));
    series.chain(SINGLES.iter().filter(|s| s.state != State::Cancelled).map(single)).collect()
}

/// The content lines of an iCalendar text, unfolded.
fn unfolded(ics: &str) -> Vec<String> {
    ics.replace("\r\n ", "").split("\r\n").filter(|l| !l.is_empty()).map(ToOwned::to_owned).collect()
}

#[test]
fn the_same_instant_and_zone_give_the_same_demo() {
    for (now, zone) in nows() {
        assert_eq!(build(now, zone), build(now, zone));
    }
}

#[test]
fn there_are_about_nine_hundred_meetings_in_fourteen_series_and_sixty_singles() {
    assert_eq!(SERIES.len(), 14);
    assert!((57..=63).contains(&SINGLES.len()), "{}", SINGLES.len());
    for (now, zone) in nows() {
        let count = meetings(&Day::new(now, zone)).len();
        assert!((855..=945).contains(&count), "{now} {zone}: {count}");
    }
}

#[test]
fn there_are_about_forty_five_people_of_seven_organizations() {
    assert!((43..=48).contains(&EVERYBODY.len()), "{}", EVERYBODY.len());
    let free = ["gmail.com", "proton.me", "outlook.com"];
    let domains: BTreeSet<&str> = EVERYBODY.iter().filter_map(|s| s.email.split('@').nth(1)).collect();
    assert_eq!(domains.iter().filter(|d| !free.contains(d)).count(), 7, "{domains:?}");
    assert!(domains.iter().all(|d| free.contains(d) || d.ends_with(".example")));
    let handles: BTreeSet<String> = EVERYBODY.iter().map(super::super::people::Somebody::handle).collect();
    assert_eq!(handles.len(), EVERYBODY.len());
}

#[test]
fn everybody_is_invited_to_something_and_nobody_else_is() {
    let (now, zone) = nows().next().unwrap();
    let lines = unfolded(&build(now, zone).ics);
    let invited: BTreeSet<&str> = lines
        .iter()
        .filter(|l| l.starts_with("ATTENDEE") && l.contains("CUTYPE=INDIVIDUAL"))
        .filter_map(|l| l.split("mailto:").nth(1))
        .collect();
    let known: BTreeSet<&str> = EVERYBODY.iter().map(|s| s.email).collect();
    assert_eq!(invited, known);
}

#[test]
fn a_uid_and_a_date_name_one_meeting() {
    for (now, zone) in nows().chain(super::many_nows()) {
        let mut seen = BTreeMap::new();
        for meeting in meetings(&Day::new(now, zone)) {
            *seen.entry(meeting).or_insert(0) += 1;
        }
        let twice: Vec<_> = seen.iter().filter(|(_, n)| **n > 1).collect();
        assert!(twice.is_empty(), "{now} {zone}: {twice:?}");
    }
}

#[test]
fn the_calendar_is_icalendar() {
    for (now, zone) in nows() {
        let ics = build(now, zone).ics;
        assert!(ics.ends_with("END:VCALENDAR\r\n"));
        assert!(!ics.replace("\r\n", "").contains(['\r', '\n']), "a bare line end");
        assert!(ics.split("\r\n").all(|l| l.len() <= 75), "a line past 75 octets");
        let lines = unfolded(&ics);
        let mut open = Vec::new();
        for line in &lines {
            let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no colon: {line}"));
            match name {
                "BEGIN" => open.push(value),
                "END" => assert_eq!(open.pop(), Some(value)),
                _ => assert!(!open.is_empty()),
            }
        }
        assert!(open.is_empty());
        let named: BTreeSet<&str> = lines
            .iter()
            .filter_map(|l| l.split_once(";TZID=").and_then(|(_, rest)| rest.split_once(':')).map(|(zone, _)| zone))
            .collect();
        let told: BTreeSet<&str> = lines.iter().filter_map(|l| l.strip_prefix("TZID:")).collect();
        assert!(named.is_subset(&told), "{named:?} {told:?}");
        assert!(named.contains("America/New_York") && named.contains("Asia/Singapore") && named.contains(zone.name()));
    }
}

#[test]
fn every_event_says_who_when_and_what() {
    let (now, zone) = nows().next().unwrap();
    let ics = build(now, zone).ics.replace("\r\n ", "");
    let events: Vec<&str> = ics.split("BEGIN:VEVENT").skip(1).collect();
    for event in &events {
        for must in ["\r\nUID:", "\r\nDTSTAMP:", "\r\nDTSTART", "\r\nDTEND", "\r\nSUMMARY:", "\r\nSTATUS:"] {
            assert_eq!(event.matches(must).count(), 1, "{must} in {event}");
        }
        assert_eq!(event.contains("\r\nATTENDEE"), event.contains("\r\nORGANIZER"), "{event}");
    }
    for some in [
        "RRULE:FREQ=MONTHLY",
        "INTERVAL=2",
        "EXDATE;TZID",
        "RECURRENCE-ID;RANGE=THISANDFUTURE",
        "RECURRENCE-ID;TZID",
        "STATUS:CANCELLED",
        "STATUS:TENTATIVE",
        "PARTSTAT=DECLINED",
        "CUTYPE=ROOM",
        "VALUE=DATE",
        "CATEGORIES:FOCUS",
        "CATEGORIES:OUT-OF-OFFICE",
        "CATEGORIES:WORKING-LOCATION",
        "https://meet.google.com/",
        "https://zoom.us/j/",
        "https://teams.microsoft.com/l/meetup-join/",
        "RELATED-TO",
        "CONFERENCE;VALUE=URI",
        "TZID=Asia/Singapore",
    ] {
        assert!(ics.contains(some), "no {some}");
    }
}

#[test]
fn the_product_review_goes_on_under_another_uid() {
    for (now, zone) in nows() {
        let day = Day::new(now, zone);
        let planned = schedule::plan(&day);
        let product = planned.iter().find(|p| p.spec.key == "product").unwrap();
        let uids: BTreeSet<&str> = product.occurrences.iter().map(|o| o.uid.as_str()).collect();
        assert_eq!(uids.len(), 2, "{now} {zone}: {uids:?}");
    }
}
