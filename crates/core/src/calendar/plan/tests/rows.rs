//! Further rows of the table: who calls it, where it is meant, and calendars that do not agree.

use super::*;

#[test]
fn another_organizer_is_the_same_meeting() {
    for (before, after) in [
        (&["ana@x.org", "max@x.org"][..], &["ben@x.org", "max@x.org"][..]),
        (&["ana@x.org"], &["ben@y.org"]),
        (&["ana@x.org"], &[]),
        (&[], &["ana@x.org"]),
    ] {
        let mut story = Story::new(&[group(vec![with(before, weekly("w"))])]);
        let id = story.note("2026-07-13T08:00Z");
        let plan = story.sync(A, &[group(vec![with(after, weekly("w"))])]);
        assert_eq!((counts(&plan), story.at("2026-07-13T08:00Z")), ((0, 4, 0, 0), id), "{before:?} {after:?}");
        assert_eq!(story.get(id).organizer.as_deref(), after.first().copied());
        assert!(plan.new_series.is_empty() && plan.queue.is_empty() && plan.moved.is_empty());
    }
}

#[test]
fn an_occurrence_moved_past_its_neighbour_is_still_itself() {
    let mut story = Story::new(&mondays());
    let (second, third) = (story.note("2026-07-13T08:00Z"), story.note("2026-07-20T08:00Z"));
    // First past the third, then onto its very hour.
    for to in ["2026-07-22T08:00Z", "2026-07-20T08:00Z"] {
        let moved = change("w", "2026-07-13T08:00Z", to);
        story.sync(A, &[group(vec![weekly("w"), moved])]);
        assert_eq!((story.start(second).as_str(), story.start(third).as_str()), (to, "2026-07-20T08:00Z"));
        assert_eq!(story.vault.meetings.len(), 4);
    }
    // And the whole series a day later, with the one that was moved where it is.
    let later = series("w", "2026-07-07T10:00 Europe/Berlin", "FREQ=WEEKLY;COUNT=4");
    let moved = change("w", "2026-07-14T08:00Z", "2026-07-22T08:00Z");
    let plan = story.sync(A, &[group(vec![later, moved])]);
    assert_eq!((counts(&plan), plan.queue.len()), ((0, 4, 0, 0), 0));
    assert_eq!((story.start(second).as_str(), story.start(third).as_str()), ("2026-07-22T08:00Z", "2026-07-21T08:00Z"));
}

#[test]
fn a_series_meant_in_another_zone_takes_its_notes_along() {
    for (start, moved, expected) in [
        // The same instants by another clock: nothing has moved.
        ("2026-07-06T09:00 Europe/London", 0, "2026-07-13T08:00Z"),
        ("2026-07-06T08:00Z", 0, "2026-07-13T08:00Z"),
        // The same clock elsewhere.
        ("2026-07-06T10:00 America/New_York", 1, "2026-07-13T14:00Z"),
        ("2026-07-06T10:00 Asia/Tokyo", 1, "2026-07-13T01:00Z"),
        ("2026-07-06T10:00 Pacific/Kiritimati", 1, "2026-07-12T20:00Z"),
        // Told, for its identity is another now, although it is where it was.
        ("2026-07-06T10:00", 1, "2026-07-13T08:00Z"),
        ("2026-07-06", 1, "2026-07-12T22:00Z"),
    ] {
        let mut story = Story::new(&mondays());
        let id = story.note("2026-07-13T08:00Z");
        let plan = story.sync(A, &[group(vec![series("w", start, "FREQ=WEEKLY;COUNT=4")])]);
        assert_eq!((story.start(id).as_str(), plan.queue.len()), (expected, 0), "{start}");
        assert_eq!((plan.added, plan.removed, plan.kept), (0, 0, 0), "{start}");
        assert_eq!(plan.moved.len(), moved, "{start}: {:?}", plan.moved);
        assert_eq!(story.vault.meetings.len(), 4, "{start}");
    }
}

#[test]
fn calendars_that_disagree_on_how_an_event_recurs_do_not_take_turns() {
    let single = || group(vec![event("w", "2026-07-13T10:00 Europe/Berlin")]);
    let daily = || group(vec![series("w", "2026-07-06T10:00 Europe/Berlin", "FREQ=DAILY;COUNT=9")]);
    let part = || group(vec![change("w", "2026-07-13T08:00Z", "2026-07-14T08:00Z")]);
    for other in [single(), daily(), part()] {
        for other_first in [false, true] {
            let (first, second) =
                if other_first { (vec![other.clone()], mondays()) } else { (mondays(), vec![other.clone()]) };
            let mut story = Story::new(&first);
            for id in story.vault.meetings.keys().copied().collect::<Vec<_>>() {
                story.vault.meetings.get_mut(&id).expect("there").has_notes = true;
            }
            let noted = story.vault.meetings.len();
            // What the second takes over, the first hears of at its next sync; then there is peace.
            for (calendar, groups) in [(B, &second), (A, &first), (B, &second)] {
                story.sync(calendar, groups);
            }
            let settled = story.vault.clone();
            for round in 0..3 {
                for (calendar, groups) in [(A, &first), (B, &second)] {
                    let plan = story.sync(calendar, groups);
                    assert_eq!(counts(&plan), (0, 0, 0, 0), "round {round} of {calendar:?}: {groups:?}\n{plan:?}");
                }
            }
            assert_eq!(story.vault.meetings, settled.meetings);
            let kept = story.vault.meetings.values().filter(|known| known.has_notes).count();
            assert_eq!(kept, noted, "no note is lost");
        }
    }
}
