use std::collections::BTreeSet;

use super::super::{Large, LargeSize, large};

fn make(size: LargeSize) -> Large {
    large("2026-11-19T10:18:00Z".parse().unwrap(), chrono_tz::Europe::Berlin, size)
}

/// Occurrences and attendances of a calendar, by the rules this generator writes.
fn count(large: &Large) -> (usize, usize) {
    let (mut meetings, mut attendances) = (0, 0);
    for calendar in &large.calendars {
        for event in calendar.ics.replace("\r\n ", "").split("BEGIN:VEVENT").skip(1) {
            let occurrences = if event.contains("RRULE:FREQ=WEEKLY") { 48 } else { 1 };
            meetings += occurrences;
            attendances += occurrences * event.matches("\r\nATTENDEE").count();
        }
    }
    (meetings, attendances)
}

#[test]
fn a_large_vault_is_of_the_size_asked_for() {
    let size = LargeSize::default();
    let made = make(size);
    assert_eq!(count(&made), (size.meetings, size.attendances));
    assert_eq!(made.notes.len(), size.notes);
    let items = |t: &str| t.lines().filter(|l| l.starts_with("- ")).count();
    assert_eq!(made.notes.iter().map(|n| items(&n.text)).sum::<usize>(), size.items);
    let mut people = BTreeSet::new();
    let unfolded: Vec<String> = made.calendars.iter().map(|c| c.ics.replace("\r\n ", "")).collect();
    for ics in &unfolded {
        people.extend(ics.lines().filter(|l| l.starts_with("ATTENDEE")).filter_map(|l| l.split("mailto:").nth(1)));
    }
    assert_eq!(people.len(), size.people);
    let domains: BTreeSet<&str> = people.iter().filter_map(|e| e.split('@').nth(1)).collect();
    assert_eq!(domains.len(), size.organizations);
    let handles: BTreeSet<&str> = people.iter().filter_map(|e| e.split('.').next()).collect();
    assert_eq!(handles.len(), size.people);
}

#[test]
fn a_small_one_is_the_same_twice_and_its_notes_are_apart() {
    let size = LargeSize { meetings: 600, attendances: 3_100, notes: 100, items: 1_200, people: 80, organizations: 9 };
    let made = make(size);
    assert_eq!(made, make(size));
    assert_eq!(count(&made), (size.meetings, size.attendances));
    let places: BTreeSet<_> = made.notes.iter().map(|n| (&n.uid, n.date)).collect();
    assert_eq!(places.len(), size.notes);
}
