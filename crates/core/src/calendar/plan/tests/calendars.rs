//! Several calendars, and what a calendar does not say.

use super::*;
use crate::calendar::Warning;

#[test]
fn the_same_uid_in_two_calendars_is_one_meeting_and_leaves_with_the_last() {
    let mut story = Story::new(&mondays());
    let id = story.note("2026-07-13T08:00Z");
    let plan = story.sync(B, &[group(vec![titled("Busy", weekly("w"))])]);
    assert_eq!((counts(&plan), plan.link.len()), ((0, 4, 0, 0), 4));
    assert_eq!(story.get(id).title, "Meeting w", "the calendar that first had it leads");
    let plan = story.sync(A, &[]);
    assert_eq!((counts(&plan), plan.unlink.len()), ((0, 4, 0, 0), 4));
    assert_eq!((story.get(id).calendars.as_slice(), story.get(id).status), (&[B][..], MeetingStatus::Confirmed));
    story.sync(B, &[group(vec![titled("Busy", weekly("w"))])]);
    assert_eq!(story.get(id).title, "Busy", "now the other leads");
    let plan = story.sync(B, &[]);
    assert_eq!(counts(&plan), (0, 0, 3, 1));
    assert_eq!(story.get(id).status, MeetingStatus::Cancelled);
}

#[test]
fn the_same_uid_with_all_else_different_is_another_meeting() {
    let ours = with(&["ana@x.org"], titled("Budget", weekly("w")));
    for (people, title, same) in [
        (&["zoe@y.org"][..], "Yoga", false),
        (&["zoe@y.org"][..], "Budget", true),
        (&["ana@x.org"][..], "Yoga", true),
        (&["zoe@y.org", "ana@x.org"][..], "Yoga", true),
        (&[][..], "Busy", true),
    ] {
        let mut story = Story::new(&[group(vec![ours.clone()])]);
        let theirs = [group(vec![with(people, titled(title, weekly("w")))])];
        story.sync(B, &theirs);
        assert_eq!(story.vault.meetings.len(), if same { 4 } else { 8 }, "{people:?} {title}");
        let plan = story.sync(A, &[group(vec![ours.clone()])]);
        assert_eq!(counts(&plan), (0, 0, 0, 0));
        story.sync(A, &[]);
        assert_eq!(story.vault.meetings.len(), 4);
        story.sync(B, &theirs);
        assert_eq!(story.vault.meetings.len(), 4);
    }
}

#[test]
fn a_series_moved_in_two_calendars_moves_once() {
    let moved = [group(vec![series("w", "2026-07-07T10:00 Europe/Berlin", "FREQ=WEEKLY;COUNT=4")])];
    for (first, second) in [(A, B), (B, A)] {
        let mut story = Story::new(&mondays());
        story.sync(B, &mondays());
        let id = story.note("2026-07-13T08:00Z");
        story.sync(first, &moved);
        assert_eq!(story.start(id), "2026-07-14T08:00Z");
        story.sync(second, &mondays());
        assert_eq!((story.start(id).as_str(), story.vault.meetings.len()), ("2026-07-14T08:00Z", 4));
        story.sync(second, &moved);
        assert_eq!((story.start(id).as_str(), story.vault.meetings.len()), ("2026-07-14T08:00Z", 4));
        assert_eq!(story.get(id).calendars, [A, B]);
    }
}

#[test]
fn a_calendar_that_comes_back_from_elsewhere_finds_its_meetings() {
    let mut story = Story::new(&mondays());
    let id = story.note("2026-07-13T08:00Z");
    // Its account was removed: what has notes stays, in no calendar.
    story.vault.stored.clear();
    story.vault.meetings.retain(|_, known| known.has_notes);
    story.vault.meetings.get_mut(&id).expect("there").calendars.clear();
    let plan = story.sync(B, &mondays());
    assert_eq!(counts(&plan), (3, 1, 0, 0));
    assert_eq!(plan.attached, [id]);
    assert_eq!(story.get(id).calendars, [B]);
}

#[test]
fn a_mass_deletion_stops_the_sync() {
    let many = |uids: std::ops::Range<u32>, prefix: &str| -> Vec<EventGroup> {
        uids.map(|n| {
            let start = format!("2026-07-{:02}T{:02}:00Z", n % 28 + 1, n / 28 + 1);
            group(vec![titled(&format!("No {n}"), event(&format!("{prefix}{n}"), &start))])
        })
        .collect()
    };
    // (how many there were, what is left, the brake)
    type Case = (u32, Vec<EventGroup>, Option<(usize, usize)>);
    let cases: Vec<Case> = vec![
        (20, many(11..20, "u"), Some((11, 20))),
        (20, many(10..20, "u"), None),
        (18, many(10..18, "u"), Some((10, 18))),
        (9, vec![], None),
        (10, many(6..10, "u"), Some((6, 10))),
        (10, many(5..10, "u"), None),
        (12, vec![], Some((12, 12))),
        (20, many(0..20, "new"), None),
        (20, many(8..20, "new"), None),
        (20, many(15..20, "new"), Some((15, 20))),
    ];
    for (before, next, brake) in cases {
        let mut story = Story::new(&many(0..before, "u"));
        let kept = story.vault.clone();
        let plan = story.vault.sync_all(A, &next, &story.options);
        assert_eq!(plan.brake.map(|brake| (brake.gone, brake.of)), brake);
        if brake.is_some() {
            assert_eq!(
                (story.vault.meetings.len(), story.vault.stored.len()),
                (kept.meetings.len(), kept.stored.len())
            );
            story.options.accept_deletions = true;
            assert_eq!(story.sync(A, &next).brake, None);
            assert_eq!(story.vault.stored.len(), next.len());
        }
    }
}

#[test]
fn a_subscription_may_forget_the_past() {
    let past = || (1..=20).map(|n| group(vec![event(&format!("p{n}"), &format!("2026-05-{n:02}T09:00Z"))]));
    let ahead = group(vec![event("f", "2026-07-01T09:00Z")]);
    let mut story = Story::new(&past().chain([ahead.clone()]).collect::<Vec<_>>());
    story.options.subscription = true;
    let plan = story.sync(A, std::slice::from_ref(&ahead));
    assert_eq!((counts(&plan), plan.brake), ((0, 0, 0, 0), None));
    // A feed that lets a series begin where today is forgets its past too.
    let mut story = Story::new(&[group(vec![series("w", "2026-05-04T09:00Z", "FREQ=WEEKLY;COUNT=8")])]);
    story.options.subscription = true;
    let plan = story.sync(A, &[group(vec![series("w", "2026-06-01T09:00Z", "FREQ=WEEKLY;COUNT=4")])]);
    assert_eq!(counts(&plan), (0, 0, 0, 0));
    let plan = story.sync(A, &[]);
    assert_eq!(counts(&plan), (0, 0, 4, 0));
}

#[test]
fn changes_alone_leave_the_rest_as_it_is() {
    let mut story = Story::new(&[mondays(), vec![group(vec![event("s", "2026-01-01T09:00Z")])]].concat());
    let fetched = Fetched {
        groups: vec![group(vec![event("n", "2026-02-01T09:00Z")])],
        deleted_uids: vec!["s".into(), "never-heard-of".into()],
        ..Fetched::default()
    };
    assert_eq!(counts(&story.vault.sync(A, &fetched, &story.options)), (1, 0, 1, 0));
    assert_eq!(counts(&story.vault.sync(A, &Fetched::default(), &story.options)), (0, 0, 0, 0));
}

#[test]
fn an_event_that_could_not_be_read_is_not_gone() {
    let mut story = Story::new(&mondays());
    let warning = Warning { uid: Some("w".into()), message: "“w” has no start".into() };
    let fetched = Fetched { complete: true, warnings: vec![warning], ..Fetched::default() };
    assert_eq!(counts(&story.vault.sync(A, &fetched, &story.options)), (0, 0, 0, 0));
    assert_eq!(story.vault.meetings.len(), 4);
}
