//! The table of what must survive with its notes attached, line by line.

mod calendars;
mod properties;
mod rows;

use super::memory::Memory;
use super::*;
use crate::calendar::samples::{change, event, group, instant, options, person, series, time};
use crate::calendar::{Event, EventGroup};
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
    type Case = (&'static str, &'static str, &'static str, &'static str, &'static str, Option<&'static str>);
    let cases: &[Case] = &[
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
