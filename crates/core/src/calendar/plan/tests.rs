//! The table of what must survive with its notes attached, line by line.

mod properties;

use super::memory::Memory;
use super::*;
use crate::calendar::samples::{change, event, group, instant, options, person, series, time};
use crate::calendar::{Event, EventGroup, Warning};
use crate::model::{CalendarId, OriginalStart, Times};
use uuid::Uuid;

const A: CalendarId = CalendarId(Uuid::from_u128(0xa));
const B: CalendarId = CalendarId(Uuid::from_u128(0xb));

/// A vault, and what its meetings are called here: each by the start it had when it was first seen.
struct Story {
    vault: Memory,
    options: Options,
}

impl Story {
    fn new(groups: &[EventGroup]) -> Self {
        let mut story = Self { vault: Memory::default(), options: options() };
        story.sync(A, groups);
        story
    }

    fn sync(&mut self, calendar: CalendarId, groups: &[EventGroup]) -> Plan {
        let plan = self.vault.sync_all(calendar, groups, &self.options);
        let again = self.vault.sync_all(calendar, groups, &self.options);
        assert_eq!(
            again,
            Plan { warnings: again.warnings.clone(), ..Plan::default() },
            "a second sync changes nothing"
        );
        plan
    }

    /// The one meeting that starts then.
    fn at(&self, start: &str) -> MeetingId {
        let zone = self.options.zone;
        let found: Vec<_> = self.vault.meetings.values().filter(|m| m.times.start(zone) == instant(start)).collect();
        assert_eq!(found.len(), 1, "meetings at {start}");
        found[0].id
    }

    fn note(&mut self, start: &str) -> MeetingId {
        let id = self.at(start);
        self.vault.meetings.get_mut(&id).expect("there").has_notes = true;
        id
    }

    fn get(&self, id: MeetingId) -> &KnownMeeting {
        &self.vault.meetings[&id]
    }

    fn start(&self, id: MeetingId) -> String {
        self.get(id).times.start(self.options.zone).format("%Y-%m-%dT%H:%MZ").to_string()
    }
}

fn counts(plan: &Plan) -> (u32, u32, u32, u32) {
    (plan.added, plan.changed, plan.removed, plan.kept)
}

fn off(event: Event) -> Event {
    Event { status: MeetingStatus::Cancelled, ..event }
}

fn titled(title: &str, event: Event) -> Event {
    Event { title: title.into(), ..event }
}

fn with(people: &[&str], event: Event) -> Event {
    Event {
        organizer: people.first().map(|email| person(email)),
        attendees: people.iter().map(|email| person(email)).collect(),
        ..event
    }
}

fn weekly(uid: &str) -> Event {
    series(uid, "2026-07-06T10:00 Europe/Berlin", "FREQ=WEEKLY;COUNT=4")
}

/// Four Mondays at ten in Berlin: 6, 13, 20, 27 July.
fn mondays() -> Vec<EventGroup> {
    vec![group(vec![weekly("w")])]
}

#[test]
fn a_first_sync_makes_a_meeting_of_each_occurrence() {
    let mut story = Story { vault: Memory::default(), options: options() };
    let plan = story.sync(A, &[group(vec![weekly("w")]), group(vec![event("s", "2026-01-01T09:00Z")])]);
    assert_eq!(counts(&plan), (5, 0, 0, 0));
    assert_eq!(plan.new_series.len(), 2);
    let single = story.get(story.at("2026-01-01T09:00Z"));
    assert_eq!(single.original_start, None);
    let second = story.get(story.at("2026-07-13T08:00Z"));
    assert_eq!(second.original_start, Some(OriginalStart::Instant(instant("2026-07-13T08:00Z"))));
}

#[test]
fn an_occurrence_moved_renamed_or_shortened_is_the_same_meeting() {
    let mut story = Story::new(&mondays());
    let id = story.note("2026-07-13T08:00Z");
    let moved = titled("New", change("w", "2026-07-13T08:00Z", "2026-07-15T09:00Z"));
    let plan = story.sync(A, &[group(vec![weekly("w"), moved])]);
    assert_eq!(counts(&plan), (0, 1, 0, 0));
    assert_eq!((story.start(id).as_str(), story.get(id).title.as_str()), ("2026-07-15T09:00Z", "New"));
    let plan = story.sync(A, &mondays());
    assert_eq!(counts(&plan), (0, 1, 0, 0));
    assert_eq!(story.start(id), "2026-07-13T08:00Z");
}

#[test]
fn a_single_event_moved_is_the_same_meeting() {
    let mut story = Story::new(&[group(vec![event("s", "2026-07-01T09:00Z")])]);
    let id = story.note("2026-07-01T09:00Z");
    let plan = story.sync(A, &[group(vec![event("s", "2026-08-09T09:00Z")])]);
    assert_eq!(counts(&plan), (0, 1, 0, 0));
    assert_eq!(story.start(id), "2026-08-09T09:00Z");
}

#[test]
fn a_series_moved_takes_its_notes_along() {
    // (rule and start before, after, the noted occurrence, where it is then; none: queued)
    let weekly = "FREQ=WEEKLY;COUNT=4";
    let berlin = "2026-07-06T10:00 Europe/Berlin";
    let cases: &[(&str, &str, &str, &str, &str, Option<&str>)] = &[
        (berlin, weekly, "2026-07-06T15:30 Europe/Berlin", weekly, "2026-07-13T08:00Z", Some("2026-07-13T13:30Z")),
        (berlin, weekly, "2026-07-07T10:00 Europe/Berlin", weekly, "2026-07-13T08:00Z", Some("2026-07-14T08:00Z")),
        (berlin, weekly, "2026-07-09T10:00 Europe/Berlin", weekly, "2026-07-27T08:00Z", Some("2026-07-30T08:00Z")),
        (berlin, weekly, "2026-07-06T10:00 America/New_York", weekly, "2026-07-13T08:00Z", Some("2026-07-13T14:00Z")),
        (
            berlin,
            weekly,
            "2026-07-06T10:00 Europe/Berlin",
            "FREQ=DAILY;COUNT=30",
            "2026-07-13T08:00Z",
            Some("2026-07-13T08:00Z"),
        ),
        (berlin, weekly, "2026-07-07T10:00 Europe/Berlin", "FREQ=WEEKLY;INTERVAL=2;COUNT=4", "2026-07-13T08:00Z", None),
        (berlin, weekly, "2026-07-07T10:00 Europe/Berlin", "FREQ=MONTHLY;COUNT=4", "2026-07-13T08:00Z", None),
        (berlin, weekly, "2026-07-06", weekly, "2026-07-13T08:00Z", Some("2026-07-12T22:00Z")),
        (berlin, weekly, "2026-07-06T09:00", weekly, "2026-07-13T08:00Z", Some("2026-07-13T07:00Z")),
        // The evening in Berlin is the same local date, though another one in UTC.
        (
            "2026-07-06T00:30 Europe/Berlin",
            weekly,
            "2026-07-06T23:30 Europe/Berlin",
            weekly,
            "2026-07-12T22:30Z",
            Some("2026-07-13T21:30Z"),
        ),
        (
            "2026-07-06T09:00Z",
            "FREQ=MONTHLY;COUNT=4",
            "2026-07-15T09:00Z",
            "FREQ=MONTHLY;COUNT=4",
            "2026-08-06T09:00Z",
            Some("2026-08-15T09:00Z"),
        ),
    ];
    for (start, rule, new_start, new_rule, noted, expected) in cases {
        let mut story = Story::new(&[group(vec![series("w", start, rule)])]);
        let id = story.note(noted);
        let plan = story.sync(A, &[group(vec![series("w", new_start, new_rule)])]);
        match expected {
            Some(expected) => {
                assert_eq!(story.start(id), *expected, "{start} {rule} → {new_start} {new_rule}");
                assert_eq!(story.get(id).status, MeetingStatus::Confirmed);
                let unchanged = noted == expected;
                assert_eq!(plan.moved.len(), usize::from(!unchanged));
                assert_eq!(plan.kept, 0);
            }
            None => {
                assert_eq!(plan.queue, [Queued { meeting: id, why: QueueReason::NoCounterpart }], "{new_rule}");
                assert_eq!(story.get(id).status, MeetingStatus::Cancelled);
                assert_eq!(plan.kept, 1);
            }
        }
    }
}

#[test]
fn a_meeting_that_was_held_keeps_its_time_when_the_series_moves() {
    let start = "2026-05-04T10:00 Europe/Berlin";
    let mut story = Story::new(&[group(vec![series("w", start, "FREQ=WEEKLY;COUNT=8")])]);
    let held = story.note("2026-05-11T08:00Z");
    let ahead = story.note("2026-06-15T08:00Z");
    let moved = series("w", "2026-05-05T14:00 Europe/Berlin", "FREQ=WEEKLY;COUNT=8");
    let plan = story.sync(A, &[group(vec![moved.clone()])]);
    assert_eq!(counts(&plan), (0, 8, 0, 0));
    assert_eq!(story.start(held), "2026-05-11T08:00Z");
    assert_eq!(story.get(held).original_start, Some(OriginalStart::Instant(instant("2026-05-12T12:00Z"))));
    assert_eq!(story.start(ahead), "2026-06-16T12:00Z");
    let listed: Vec<_> = plan.moved.iter().map(|moved| (moved.meeting, moved.why)).collect();
    assert_eq!(listed, [(held, MovedWhy::Nearest), (ahead, MovedWhy::Nearest)]);
    story.sync(A, &[group(vec![titled("Renamed", moved)])]);
    assert_eq!((story.start(held).as_str(), story.get(held).title.as_str()), ("2026-05-11T08:00Z", "Renamed"));
}

#[test]
fn a_single_event_made_recurring_is_the_first_occurrence_and_back() {
    for start in ["2026-07-06T08:00Z", "2020-07-06T08:00Z"] {
        let mut story = Story::new(&[group(vec![event("s", start)])]);
        let id = story.note(start);
        let plan = story.sync(A, &[group(vec![series("s", start, "FREQ=WEEKLY;COUNT=3")])]);
        assert_eq!(counts(&plan), (if start.starts_with("2026") { 2 } else { 0 }, 1, 0, 0));
        assert_eq!(story.get(id).original_start, Some(OriginalStart::Instant(instant(start))));
        let plan = story.sync(A, &[group(vec![event("s", start)])]);
        assert_eq!((plan.changed, plan.kept), (1, 0));
        assert_eq!(story.get(id).original_start, None);
        assert_eq!(story.vault.meetings.len(), 1);
    }
}

#[test]
fn what_is_cancelled_or_deleted_stays_only_with_notes() {
    let without_13 = Event { exdates: vec![time("2026-07-13T08:00Z")], ..weekly("w") };
    let cancelled = off(change("w", "2026-07-13T08:00Z", "2026-07-13T08:00Z"));
    // (what comes next, kept and removed with notes on the 13th, whether that one is queued)
    let cases: Vec<(Vec<EventGroup>, u32, u32, bool)> = vec![
        (vec![group(vec![without_13])], 1, 0, false),
        (vec![group(vec![weekly("w"), cancelled])], 1, 0, false),
        (vec![group(vec![off(weekly("w"))])], 1, 3, false),
        (vec![], 1, 3, true),
        (vec![group(vec![series("w", "2026-07-06T10:00 Europe/Berlin", "FREQ=WEEKLY;COUNT=1")])], 1, 2, true),
    ];
    for (next, kept, removed, queued) in cases {
        let mut story = Story::new(&mondays());
        let id = story.note("2026-07-13T08:00Z");
        let plan = story.sync(A, &next);
        assert_eq!((plan.kept, plan.removed, !plan.queue.is_empty()), (kept, removed, queued), "{next:?}");
        assert_eq!(story.get(id).status, MeetingStatus::Cancelled);
        assert_eq!(story.get(id).calendars, [A]);
        let plan = story.sync(A, &mondays());
        assert_eq!((plan.added, plan.changed), (removed, 1), "un-cancelled it is the same meeting");
        assert_eq!(story.get(id).status, MeetingStatus::Confirmed);
        assert_eq!(story.vault.meetings.len(), 4);
        assert!(story.vault.queue.is_empty());
    }
}

#[test]
fn this_and_following_keeps_one_series() {
    let first = |until: &str| series("w@x", "2026-07-06T10:00 Europe/Berlin", until);
    let whole = with(&["ana@x.org", "ben@x.org"], first("FREQ=WEEKLY;COUNT=8"));
    let half = with(&["ana@x.org", "ben@x.org"], first("FREQ=WEEKLY;UNTIL=20260726T215959Z"));
    let second = |uid: &str, start: &str| {
        let people = ["ana@x.org", "ben@x.org"];
        titled("Meeting w@x", with(&people, series(uid, start, "FREQ=WEEKLY;COUNT=5")))
    };
    for (uid, start, expected) in [
        ("w_R20260727T080000@x", "2026-07-27T10:00 Europe/Berlin", "2026-08-03T08:00Z"),
        ("w_R20260727T080000@x", "2026-07-28T11:00 Europe/Berlin", "2026-08-04T09:00Z"),
        ("other", "2026-07-27T10:00 Europe/Berlin", "2026-08-03T08:00Z"),
        ("other", "2026-07-30T10:00 Europe/Berlin", "2026-08-06T08:00Z"),
    ] {
        let mut story = Story::new(&[group(vec![whole.clone()])]);
        let before = story.note("2026-07-13T08:00Z");
        let after = story.note("2026-08-03T08:00Z");
        let plan = story.sync(A, &[group(vec![half.clone()]), group(vec![second(uid, start)])]);
        assert!(plan.new_series.is_empty(), "{uid}");
        assert_eq!((plan.removed, plan.kept, plan.added), (0, 0, 0), "{uid} {start}");
        assert_eq!(story.start(before), "2026-07-13T08:00Z");
        assert_eq!(story.start(after), expected, "{uid} {start}");
        assert_eq!(story.get(after).uid.as_deref(), Some(uid));
        assert_eq!(story.get(before).series_id, story.get(after).series_id);
    }
    let mut story = Story::new(&[group(vec![half]), group(vec![titled("Other", second("o", "2026-07-27T08:00Z"))])]);
    let ids: Vec<_> = ["2026-07-20T08:00Z", "2026-07-27T08:00Z"].map(|at| story.get(story.at(at)).series_id).into();
    assert_ne!(ids[0], ids[1], "another title is another series");
    story.note("2026-07-27T08:00Z");
}

#[test]
fn an_event_made_again_under_another_uid_is_offered_and_not_guessed() {
    let mut story = Story::new(&[group(vec![event("old", "2026-07-01T09:00Z")])]);
    let id = story.note("2026-07-01T09:00Z");
    let again = titled("Meeting old", event("new", "2026-07-01T09:00Z"));
    let plan = story.sync(A, &[group(vec![again])]);
    assert_eq!(counts(&plan), (1, 0, 0, 1));
    assert_eq!(plan.queue, [Queued { meeting: id, why: QueueReason::Deleted }]);
    assert_eq!(story.vault.meetings.len(), 2);
}

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
fn what_leaves_the_window_stays() {
    let endless = |start| vec![group(vec![series("w", start, "FREQ=WEEKLY")])];
    let mut story = Story::new(&endless("2024-01-01T09:00Z"));
    let before = story.vault.meetings.len();
    let year = chrono::Duration::days(364);
    story.options.window.from += year;
    story.options.window.to += year;
    let plan = story.sync(A, &endless("2024-01-01T09:00Z"));
    assert_eq!(counts(&plan), (52, 0, 0, 0));
    assert_eq!(story.vault.meetings.len(), before + 52);
    let plan = story.sync(A, &[group(vec![titled("New", series("w", "2024-01-01T09:00Z", "FREQ=WEEKLY"))])]);
    assert_eq!((plan.removed, plan.kept, plan.added), (0, 0, 0), "known ones outside are still there");
    let old = story.note("2025-02-03T09:00Z");
    story.sync(A, &endless("2024-01-02T11:00Z"));
    assert_eq!(story.get(old).original_start, Some(OriginalStart::Instant(instant("2025-02-04T11:00Z"))));
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
    let cases: Vec<(u32, Vec<EventGroup>, Option<(usize, usize)>)> = vec![
        (20, many(11..20, "u"), Some((11, 20))),
        (20, many(10..20, "u"), None),
        (18, many(10..18, "u"), Some((10, 18))),
        (9, vec![], None),
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

#[test]
fn all_day_and_floating_starts_compare_as_written() {
    let days = |zone: chrono_tz::Tz| {
        let mut story = Story { vault: Memory::default(), options: Options { zone, ..options() } };
        let groups = [
            group(vec![series("d", "2026-07-06", "FREQ=DAILY;COUNT=3")]),
            group(vec![series("f", "2026-07-06T10:00", "FREQ=DAILY;COUNT=3")]),
        ];
        story.sync(A, &groups);
        story.options.zone = chrono_tz::Tz::Asia__Tokyo;
        (story.sync(A, &groups), story)
    };
    let (plan, story) = days(chrono_tz::Tz::America__New_York);
    assert_eq!((plan.added, plan.removed, plan.kept), (0, 0, 0), "the user travels and nothing is lost");
    assert!(story.vault.meetings.values().any(|m| matches!(m.times, Times::AllDay { .. })));
}
