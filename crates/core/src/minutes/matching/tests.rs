use chrono::{DateTime, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::minutes::read;

/// A meeting: title, start and end as RFC 3339 (or two dates), zone, people.
type Meeting<'a> = (&'a str, &'a str, &'a str, &'a [&'a str]);

fn candidates(meetings: &[Meeting<'_>]) -> Vec<MatchCandidate> {
    let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    meetings
        .iter()
        .enumerate()
        .map(|(at, (title, start, zone, people))| MatchCandidate {
            id: MeetingId(Uuid::from_u128(at as u128)),
            title: (*title).to_owned(),
            times: match start.parse() {
                Ok(date) => Times::AllDay { start: date, end: date.succ_opt().unwrap() },
                Err(_) => Times::Timed {
                    start: instant(start),
                    end: instant(start) + chrono::Duration::hours(1),
                    zone: zone.parse().unwrap(),
                },
            },
            people: people.iter().filter(|person| !person.contains('@')).map(|&person| person.to_owned()).collect(),
            emails: people.iter().filter(|person| person.contains('@')).map(|&person| person.to_owned()).collect(),
        })
        .collect()
}

const AT: &str = "2024-12-03T14:00:00Z";
const LATER: &str = "2024-12-03T16:00:00Z";
const TEAM: &[&str] = &["Ana Silva", "Ben Ode", "Carol Diaz"];

#[test]
fn minutes_go_to_the_meeting_they_are_surely_of() {
    let head = "Date: 2024-12-03\n";
    let team = "Attendees: Ana Silva, Ben Ode, Carol Diaz\n";
    let cases: &[(&str, String, &[Meeting<'_>], Option<usize>)] = &[
        ("the same title", format!("# Acme weekly\n{head}"), &[("Acme weekly", AT, "UTC", &[])], Some(0)),
        ("another day", format!("# Acme weekly\n{head}"), &[("Acme weekly", "2024-12-04T14:00:00Z", "UTC", &[])], None),
        (
            "a title within another",
            format!("# OpenJS Foundation Cross Project Council Meeting\n{head}"),
            &[("Cross Project Council", AT, "UTC", &[])],
            Some(0),
        ),
        (
            "an abbreviation",
            format!("# OpenJS Foundation Cross Project Council Meeting\n{head}"),
            &[("CPC", AT, "UTC", &[])],
            Some(0),
        ),
        ("one common word", format!("# Solid Community Group: Weekly\n{head}"), &[("Weekly", AT, "UTC", &[])], None),
        (
            "one common word and the people",
            format!("# Acme: Weekly\n{head}{team}"),
            &[("Weekly", AT, "UTC", TEAM)],
            Some(0),
        ),
        ("nothing in common", format!("# Budget\n{head}"), &[("Lunch", AT, "UTC", &[])], None),
        ("the people, but two titles", format!("# Budget\n{head}{team}"), &[("Lunch", AT, "UTC", TEAM)], None),
        (
            "the people and the start",
            format!("# Budget\n{head}Time: 14:00 UTC\n{team}"),
            &[("Q1 planning", AT, "Europe/Berlin", TEAM)],
            Some(0),
        ),
        ("the people and no title", format!("{head}{team}"), &[("Planning", AT, "UTC", TEAM)], Some(0)),
        ("only the date", head.to_owned(), &[("Planning", AT, "UTC", TEAM)], None),
        (
            "the first of two titles",
            format!("# Acme weekly\n{head}"),
            &[("Acme weekly", AT, "UTC", &[]), ("Globex weekly", LATER, "UTC", &[])],
            Some(0),
        ),
        (
            "two equally good",
            format!("# Acme weekly\n{head}"),
            &[("Acme weekly", AT, "UTC", &[]), ("Acme weekly", LATER, "UTC", &[])],
            None,
        ),
        (
            "two titles, told apart by the start",
            format!("# Acme weekly\n{head}Time: 16:00 UTC\n"),
            &[("Acme weekly", AT, "UTC", &[]), ("Acme weekly", LATER, "UTC", &[])],
            Some(1),
        ),
        (
            "two titles, told apart by the people",
            format!("# Sync\n{head}{team}"),
            &[("Sync", AT, "UTC", &["Dan Ek", "Eve Ng", "Flo Ray"]), ("Sync", LATER, "UTC", TEAM)],
            Some(1),
        ),
        (
            "the same title at quite another time",
            format!("# Acme weekly\n{head}Time: 08:00 UTC\n"),
            &[("Acme weekly", LATER, "UTC", &[])],
            None,
        ),
        (
            "addresses for people",
            format!("# Sync\n{head}Attendees: Ana Silva, Ben Ode\n"),
            &[("Team sync", AT, "UTC", &["ana.silva@acme.com", "ben.ode@acme.com"])],
            Some(0),
        ),
        (
            "a date in the minutes' zone",
            "# Acme weekly\nDate: 2024-12-04T00:30:00Z\n".to_owned(),
            &[("Acme weekly", "2024-12-04T00:30:00Z", "America/New_York", &[])],
            Some(0),
        ),
        (
            "a date in the meeting's zone",
            format!("# Acme weekly\n{head}"),
            &[("Acme weekly", "2024-12-04T00:30:00Z", "America/New_York", &[])],
            Some(0),
        ),
        (
            "an all-day meeting",
            format!("# Acme offsite\n{head}Time: 10:00\n"),
            &[("Acme offsite", "2024-12-03", "UTC", &[])],
            Some(0),
        ),
        (
            "a title with its number",
            format!("# Sprint 12 review\n{head}"),
            &[("Sprint 12 review", AT, "UTC", &[]), ("Sprint 13 planning", LATER, "UTC", &[])],
            Some(0),
        ),
        ("nothing to choose from", format!("# Acme weekly\n{head}"), &[], None),
        ("no date", "# Acme weekly\n".to_owned(), &[("Acme weekly", AT, "UTC", &[])], None),
    ];
    for (what, text, meetings, expected) in cases {
        let found = best_match(&read(text, ""), &candidates(meetings));
        let expected = expected.map(|at| MeetingId(Uuid::from_u128(at as u128)));
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn titles_are_alike_by_their_telling_words() {
    for (a, b, low, high) in [
        ("Acme weekly", "acme  WEEKLY meeting notes", 1.0, 1.0),
        ("Acme weekly 2024", "Acme weekly", 1.0, 1.0),
        ("Acme weekly", "Globex weekly", 0.3, 0.6),
        ("Ana / Ben 1:1", "1:1 Ben Ana", 0.8, 1.0),
        ("Solid CG weekly", "Solid Community Group weekly", 0.8, 1.0),
        ("Budget", "Lunch", 0.0, 0.0),
        ("", "Lunch", 0.0, 0.0),
        ("Meeting", "Meeting", 0.0, 0.0),
    ] {
        let found = likeness(a, b);
        assert!((low..=high).contains(&found), "{a} {b}: {found}");
        assert!((found - likeness(b, a)).abs() < 1e-9, "{a} {b}");
    }
}

proptest! {
    /// The order of the candidates decides nothing.
    #[test]
    fn a_match_does_not_hang_on_order(titles in prop::collection::vec("(Acme|Globex|CPC) (weekly|sync)", 1..5), title in "(Acme|Globex) (weekly|sync)") {
        let minutes = read(&format!("# {title}\nDate: 2024-12-03\n"), "");
        let meetings: Vec<Meeting<'_>> = titles.iter().map(|title| (title.as_str(), AT, "UTC", &[][..])).collect();
        let mut candidates = candidates(&meetings);
        let found = best_match(&minutes, &candidates);
        candidates.reverse();
        prop_assert_eq!(best_match(&minutes, &candidates), found);
    }
}
