//! Syncing with Google: everything once, then what changed.

use serde_json::json;
use throughline_tests::google::{Google, at, counts, event, hour, titles};
use throughline_tests::{Vault, all, text};

const MAX: &str = "max@example.org";
const EVENTS: &str = "/calendar/v3/calendars";

#[test]
fn the_first_sync_asks_for_everything_and_the_next_for_what_changed() {
    let google = Google::with(MAX);
    google.world().put(MAX, hour("a", "Review", "2026-11-25"));
    google.world().put(MAX, hour("b", "Ancient", "1999-01-04"));
    let vault = google.signed_in(MAX);
    google.world().asked.clear();
    let synced = vault.sync();
    assert_eq!((synced["mode"].as_str(), counts(&synced)), (Some("full"), [2, 0, 0, 0]));
    assert_eq!(titles(&vault, "1999-01-04", "1999-01-04"), ["Ancient"]);
    let asked = std::mem::take(&mut google.world().asked);
    assert!(asked.iter().all(|asked| asked.get("syncToken").is_none()), "{asked:?}");

    google.world().put(MAX, hour("a", "Review, again", "2026-11-25"));
    google.world().put(MAX, hour("c", "New", "2026-11-26"));
    google.world().delete(MAX, "b");
    let synced = vault.sync();
    assert_eq!((synced["mode"].as_str(), counts(&synced)), (Some("incremental"), [1, 1, 1, 0]));
    assert_eq!(titles(&vault, "1999-01-01", "2026-11-30"), ["Review, again", "New"]);
    let asked = std::mem::take(&mut google.world().asked);
    assert!(asked.iter().all(|asked| asked.get("syncToken").is_some()), "{asked:?}");

    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0]);
}

/// Where nothing is new nothing is planned; but a rule goes on with the days.
#[test]
fn a_provider_with_nothing_new_does_not_hide_the_days_going_by() {
    let google = Google::with(MAX);
    let weekly = json!({"recurrence": ["RRULE:FREQ=WEEKLY"]});
    google.world().put(MAX, event("w", "Weekly", "2026-11-02T10:00", "2026-11-02T10:30", weekly));
    let vault = google.signed_in(MAX);
    vault.sync();
    for _ in 0..3 {
        assert_eq!(counts(&vault.sync()), [0, 0, 0, 0]);
    }
    let later = vault.at("2026-12-15T09:00:00+01:00");
    let [added, ..] = counts(&later.sync());
    assert_eq!(added, 3, "a year ahead goes on with the weeks");
    assert_eq!(counts(&later.sync()), [0, 0, 0, 0]);
    assert_eq!(counts(&later.sync()), [0, 0, 0, 0]);
}

#[test]
fn pages_are_read_to_the_end_and_only_then_anything_is_stored() {
    let google = Google::with(MAX);
    google.world().page = 2;
    for n in 1..=7 {
        google.world().put(MAX, hour(&format!("e{n}"), &format!("Number {n}"), &format!("2026-12-0{n}")));
    }
    let vault = google.signed_in(MAX);
    google.world().asked.clear();
    assert_eq!(counts(&vault.sync()), [7, 0, 0, 0]);
    let pages = google.world().drain_asked(EVENTS);
    assert_eq!(pages.len(), 4);
    let mut questions =
        pages.iter().map(|page| page.query.iter().filter(|(key, _)| key != "pageToken").cloned().collect::<Vec<_>>());
    let first = questions.next();
    assert!(questions.all(|question| Some(question) == first), "each page asks the same");
    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0]);
}

#[test]
fn a_series_comes_as_its_master_and_its_exceptions() {
    let google = Google::with(MAX);
    let weekly = json!({"recurrence": ["EXDATE;TZID=Europe/Berlin:20261123T100000", "RRULE:FREQ=WEEKLY;UNTIL=20270131T225959Z"]});
    google.world().put(MAX, event("w", "Weekly", "2026-11-02T10:00", "2026-11-02T10:30", weekly));
    google.world().put(
        MAX,
        event(
            "w_20261109T090000Z",
            "Weekly, late",
            "2026-11-10T16:00",
            "2026-11-10T17:00",
            json!({"recurringEventId": "w", "originalStartTime": at("2026-11-09T10:00")}),
        ),
    );
    google.world().leave_out(MAX, "w", "w_20261116T090000Z", at("2026-11-16T10:00"));
    let vault = google.signed_in(MAX);
    vault.sync();
    let november = vault.meetings("2026-11-01", "2026-11-30");
    assert_eq!(
        all(&november, "start"),
        ["2026-11-02T10:00:00+01:00", "2026-11-10T16:00:00+01:00", "2026-11-30T10:00:00+01:00"]
    );
    assert_eq!(november[1]["original_start"], "2026-11-09T10:00:00+01:00");
    let series = text(&november[0]["series_id"]);
    assert!(november.iter().all(|meeting| meeting["series_id"] == series.as_str() && meeting["uid"] == "w@google.com"));
    assert_eq!(titles(&vault, "2027-01-25", "2027-02-28").len(), 1, "UNTIL is the last instant in UTC");
}

#[test]
fn what_the_reference_leaves_open_makes_no_difference() {
    let google = Google::with(MAX);
    {
        let mut world = google.world();
        world.liberties = true;
        world.page = 2;
        world.put(
            MAX,
            event(
                "w",
                "Weekly",
                "2026-11-02T10:00",
                "2026-11-02T11:00",
                json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=5"]}),
            ),
        );
        let moved = json!({"recurringEventId": "w", "originalStartTime": at("2026-11-16T10:00")});
        world.put(MAX, event("w_20261116T090000Z", "Weekly", "2026-11-17T15:00", "2026-11-17T16:00", moved));
        world.leave_out(MAX, "w", "w_20261109T090000Z", at("2026-11-09T10:00"));
        (0..7).for_each(|n| world.put(MAX, hour(&format!("s{n}"), &format!("Single {n}"), "2026-11-25")));
    }
    let vault = google.signed_in(MAX);
    assert_eq!(counts(&vault.sync()), [11, 0, 0, 0]);
    let weekly = |vault: &Vault| {
        let all = vault.meetings("2026-11-01", "2026-12-31");
        let weekly: Vec<_> = all.iter().filter(|meeting| meeting["title"] == "Weekly").collect();
        weekly.iter().map(|meeting| text(&meeting["start"])[..16].to_owned()).collect::<Vec<_>>()
    };
    let expected = ["2026-11-02T10:00", "2026-11-17T15:00", "2026-11-23T10:00", "2026-11-30T10:00"];
    assert_eq!(weekly(&vault), expected);
    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0], "an answer of empty pages changes nothing");
    google.world().delete(MAX, "s3");
    google.world().leave_out(MAX, "w", "w_20261123T090000Z", at("2026-11-23T10:00"));
    google.world().put(MAX, hour("s4", "Single", "2026-11-26"));
    assert_eq!(counts(&vault.sync()), [0, 1, 2, 0]);
    assert_eq!(weekly(&vault), [expected[0], expected[1], expected[3]]);
    google.world().forget_changes();
    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0], "everything again is the same again");
}

#[test]
fn an_occurrence_called_off_says_little_and_goes_alone() {
    let google = Google::with(MAX);
    google.world().put(
        MAX,
        event(
            "w",
            "Weekly",
            "2026-11-02T10:00",
            "2026-11-02T10:30",
            json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=6"]}),
        ),
    );
    google
        .world()
        .put(MAX, event("d", "Days", "2026-11-02", "2026-11-03", json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]})));
    let vault = google.signed_in(MAX);
    assert_eq!(counts(&vault.sync()), [9, 0, 0, 0]);
    vault.write(&vault.id_on("2026-11-30", "Weekly"), "- [ ] ask Ana\n");
    google.world().leave_out(MAX, "w", "w_20261109T090000Z", at("2026-11-09T10:00"));
    google.world().leave_out(MAX, "w", "w_20261130T090000Z", at("2026-11-30T10:00"));
    google.world().leave_out(MAX, "d", "d_20261109", at("2026-11-09"));
    assert_eq!(counts(&vault.sync()), [0, 0, 2, 1]);
    assert!(titles(&vault, "2026-11-09", "2026-11-09").is_empty());
    assert_eq!(vault.on("2026-11-30", "Weekly")["status"], "cancelled");
    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0]);
}

#[test]
fn a_deleted_series_is_named_by_its_id_alone_and_goes_with_its_exceptions() {
    let google = Google::with(MAX);
    google.world().put(
        MAX,
        event(
            "w",
            "Weekly",
            "2026-11-02T10:00",
            "2026-11-02T10:30",
            json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"]}),
        ),
    );
    google.world().put(
        MAX,
        event(
            "w_20261109T090000Z",
            "Weekly",
            "2026-11-10T16:00",
            "2026-11-10T17:00",
            json!({"recurringEventId": "w", "originalStartTime": at("2026-11-09T10:00")}),
        ),
    );
    let vault = google.signed_in(MAX);
    vault.sync();
    vault.write(&vault.id_on("2026-11-10", "Weekly"), "what was said\n");
    google.world().delete(MAX, "w");
    assert_eq!(counts(&vault.sync()), [0, 0, 3, 1]);
    assert_eq!(titles(&vault, "2026-11-01", "2026-12-31"), ["Weekly"]);
}

#[test]
fn an_exception_that_changes_comes_without_its_series() {
    let google = Google::with(MAX);
    google.world().put(
        MAX,
        event(
            "w",
            "Weekly",
            "2026-11-02T10:00",
            "2026-11-02T10:30",
            json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"]}),
        ),
    );
    let vault = google.signed_in(MAX);
    vault.sync();
    let id = vault.id_on("2026-11-16", "Weekly");
    google.world().put(
        MAX,
        event(
            "w_20261116T090000Z",
            "Weekly, moved",
            "2026-11-17T09:00",
            "2026-11-17T09:30",
            json!({"recurringEventId": "w", "originalStartTime": at("2026-11-16T10:00"), "iCalUID": null}),
        ),
    );
    assert_eq!(counts(&vault.sync()), [0, 1, 0, 0]);
    assert_eq!(vault.id_on("2026-11-17", "Weekly, moved"), id);
    assert_eq!(titles(&vault, "2026-11-01", "2026-11-30").len(), 4);
}

#[test]
fn a_google_that_suddenly_has_nothing_is_not_believed_without_asking() {
    let google = Google::with(MAX);
    for n in 10..24 {
        google.world().put(MAX, hour(&format!("e{n}"), &format!("Number {n}"), &format!("2026-12-{n}")));
    }
    let vault = google.signed_in(MAX);
    vault.sync();
    (10..24).for_each(|n| google.world().delete(MAX, &format!("e{n}")));
    let (status, error) = vault.fails(&["sync"]);
    assert_eq!((status, &error["code"]), (1, &json!("mass_deletion")));
    assert_eq!(titles(&vault, "2026-12-01", "2026-12-31").len(), 14);
    let (_, error) = vault.fails(&["sync"]);
    assert_eq!(error["code"], "mass_deletion", "it asks again");
    vault.json(&["sync", "--accept-deletions"]);
    assert!(titles(&vault, "2026-12-01", "2026-12-31").is_empty());
}

#[test]
fn a_dry_run_says_what_would_come_and_changes_nothing() {
    let google = Google::with(MAX);
    google.world().put(MAX, hour("a", "Review", "2026-11-25"));
    let vault = google.signed_in(MAX);
    let told = vault.json(&["sync", "--dry-run"]);
    assert_eq!(told["accounts"][0]["calendars"][0]["added"], 1);
    assert!(titles(&vault, "2026-11-25", "2026-11-25").is_empty());
    assert_eq!(counts(&vault.sync()), [1, 0, 0, 0]);
}

#[test]
fn a_sync_token_that_is_too_old_means_everything_again_and_notes_stay() {
    let google = Google::with(MAX);
    google.world().put(MAX, hour("a", "Review", "2026-11-25"));
    google.world().put(MAX, hour("b", "Lunch", "2026-11-26"));
    let vault = google.signed_in(MAX);
    vault.sync();
    let id = vault.id_on("2026-11-25", "Review");
    vault.write(&id, "=> we ship\n");
    google.world().put(MAX, hour("a", "Review, moved", "2026-11-27"));
    google.world().delete(MAX, "b");
    google.world().forget_changes();
    let synced = vault.sync();
    assert_eq!((synced["mode"].as_str(), counts(&synced)), (Some("full"), [0, 1, 1, 0]));
    assert_eq!(vault.id_on("2026-11-27", "Review, moved"), id);
    assert_eq!(vault.read(&id).lines().count(), 1);
    assert_eq!(vault.sync()["mode"], "incremental");
}
