//! What a note must survive, whatever the provider: each row of the table in the design, through a file, an address,
//! real CalDAV servers and Google alike.

use serde_json::{Value, json};
use throughline_tests::provider::Provider;
use throughline_tests::{Vault, all, event};

const WEEKLY: &str = "DTSTART;TZID=Europe/Berlin:20261124T100000
    DTEND;TZID=Europe/Berlin:20261124T103000
    RRULE:FREQ=WEEKLY;COUNT=8";

fn weekly() -> String {
    event("one@x", "1:1", WEEKLY)
}

/// Runs a scenario with a new vault through every provider; the calendar holds a weekly 1:1 on Tuesdays at ten from
/// 24 November on, and the notes of 8 December are written.
fn each(scenario: impl Fn(&Vault, &Provider, &str)) {
    for provider in Provider::all() {
        let vault = provider.vault(&Vault::new());
        provider.hold(&vault, &[weekly()]);
        provider.connect(&vault);
        let noted = vault.id_on("2026-12-08", "1:1");
        vault.write(&noted, "!! @max go\n");
        scenario(&vault, &provider, &noted);
        let again = vault.sync();
        for count in ["added", "changed", "removed", "kept"] {
            assert_eq!(again[count], 0, "through {provider:?}, syncing again changes nothing: {again:#}");
        }
        assert_eq!(vault.json(&["meeting", "show", &noted])["has_notes"], true, "{provider:?}");
        assert!(vault.is_sound(), "{provider:?}");
    }
}

fn counts(synced: &Value) -> [u64; 4] {
    ["added", "changed", "removed", "kept"].map(|count| synced[count].as_u64().expect("a count"))
}

#[test]
fn a_moved_renamed_and_shortened_occurrence_is_the_same_meeting() {
    each(|vault, provider, noted| {
        let moved = event(
            "one@x",
            "Ana moved",
            "RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000\nSEQUENCE:3
            DTSTART;TZID=Europe/Berlin:20261210T150000\nDTEND;TZID=Europe/Berlin:20261210T151000",
        );
        provider.hold(vault, &[weekly(), moved]);
        assert_eq!(counts(&vault.sync()), [0, 1, 0, 0], "{provider:?}");
        assert_eq!(vault.id_on("2026-12-10", "Ana moved"), noted, "{provider:?}");
    });
}

#[test]
fn a_whole_series_at_another_hour_or_day_takes_its_notes_along() {
    each(|vault, provider, noted| {
        provider.hold(vault, &[weekly().replace("T100000", "T140000").replace("T103000", "T143000")]);
        vault.sync();
        assert_eq!(vault.on("2026-12-08", "1:1")["start"], "2026-12-08T14:00:00+01:00", "{provider:?}");
        assert_eq!(vault.id_on("2026-12-08", "1:1"), noted, "{provider:?}");
        provider.hold(vault, &[weekly().replace("20261124T", "20261126T")]);
        vault.sync();
        assert_eq!(vault.id_on("2026-12-10", "1:1"), noted, "{provider:?}");
        assert_eq!(vault.json(&["queue"])["queue"], json!([]), "{provider:?}");
        assert_eq!(vault.meetings("2026-11-24", "2027-02-01").len(), 8, "{provider:?}");
    });
}

#[test]
fn undo_takes_back_what_a_sync_moved_and_no_later_sync_moves_it_again() {
    each(|vault, provider, noted| {
        let thursday = weekly().replace("20261124T", "20261126T");
        provider.hold(vault, std::slice::from_ref(&thursday));
        let synced = vault.sync();
        assert_eq!(synced["moved"][0]["meeting_id"], *noted, "{provider:?}");
        assert_eq!(vault.id_on("2026-12-10", "1:1"), noted, "{provider:?}");

        let undone = vault.json(&["undo"]);
        assert_eq!(undone["command"], "sync", "{provider:?}: {undone:#}");
        assert_eq!(undone["undone"], json!([{"kind": "meeting", "id": noted}]), "{provider:?}");
        let back = || vault.json(&["meeting", "show", noted]);
        let asked_for = json!(["2026-12-08T10:00:00+01:00", "cancelled", true]);
        assert_eq!(json!([back()["start"], back()["status"], back()["has_notes"]]), asked_for, "{provider:?}");
        let there = vault.on("2026-12-10", "1:1");
        assert_eq!(there["has_notes"], false, "{provider:?}");
        let queue = vault.list(&["queue"], "queue");
        assert_eq!((queue.len(), &queue[0]["meeting"]["id"]), (1, &json!(noted)), "{provider:?}");
        assert_eq!(queue[0]["candidates"][0]["meeting_id"], there["id"], "{provider:?}: {queue:#?}");

        vault.sync();
        vault.json(&["sync", "--full"]);
        provider.hold(vault, &[thursday.replace("T100000", "T110000").replace("T103000", "T113000")]);
        vault.sync();
        assert_eq!(json!([back()["start"], back()["status"], back()["has_notes"]]), asked_for, "{provider:?}");
        assert_eq!(vault.id_on("2026-12-10", "1:1"), there["id"].as_str().expect("an id"), "{provider:?}");

        provider.hold(vault, &[weekly()]);
        vault.sync();
        assert_eq!(vault.id_on("2026-12-08", "1:1"), noted, "{provider:?}");
        assert_eq!((back()["status"].clone(), vault.list(&["queue"], "queue").len()), (json!("confirmed"), 0));
    });
}

#[test]
fn a_series_of_another_rhythm_sends_what_has_no_counterpart_to_the_queue() {
    each(|vault, provider, noted| {
        let monthly = WEEKLY.replace("FREQ=WEEKLY;COUNT=8", "FREQ=MONTHLY;COUNT=3").replace("20261124T", "20261125T");
        provider.hold(vault, &[event("one@x", "1:1", &monthly)]);
        vault.sync();
        let queue = vault.list(&["queue"], "queue");
        assert_eq!(queue.len(), 1, "{provider:?}");
        assert_eq!(queue[0]["meeting"]["id"], noted, "{provider:?}");
    });
}

#[test]
fn a_split_series_stays_one_under_another_uid_and_with_this_and_future() {
    each(|vault, provider, noted| {
        let before = vault.on("2026-11-24", "1:1");
        let head = event("one@x", "1:1", &WEEKLY.replace("COUNT=8", "UNTIL=20261130T225959Z"));
        for (tail_uid, hour) in [("one_R20261201T090000@x", "10"), ("d41d8cd9-8f00@x", "15")] {
            let tail = WEEKLY.replace("COUNT=8", "COUNT=7").replace("20261124T10", &format!("20261201T{hour}"));
            provider.hold(vault, &[head.clone(), event(tail_uid, "1:1", &tail)]);
            vault.sync();
            let there = vault.on("2026-12-08", "1:1");
            assert_eq!((&there["id"], &there["series_id"]), (&json!(noted), &before["series_id"]), "{provider:?}");
            assert_eq!(vault.meetings("2026-11-24", "2027-02-01").len(), 8, "{provider:?} {tail_uid}");
        }
        if !provider.knows_this_and_future() {
            return;
        }
        let rest = event(
            "one@x",
            "1:1",
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261201T100000
            DTSTART;TZID=Europe/Berlin:20261201T113000\nDTEND;TZID=Europe/Berlin:20261201T120000",
        );
        provider.hold(vault, &[weekly(), rest]);
        vault.sync();
        let there = vault.on("2026-12-08", "1:1");
        assert_eq!(
            (&there["id"], &there["start"]),
            (&json!(noted), &json!("2026-12-08T11:30:00+01:00")),
            "{provider:?}"
        );
        assert_eq!(vault.json(&["queue"])["queue"], json!([]), "{provider:?}");
    });
}

#[test]
fn a_cancelled_occurrence_or_series_with_notes_stays_and_comes_back() {
    each(|vault, provider, noted| {
        let cancelled = |at: &str| {
            event(
                "one@x",
                "1:1",
                &format!("RECURRENCE-ID;TZID=Europe/Berlin:{at}\nDTSTART;TZID=Europe/Berlin:{at}\nSTATUS:CANCELLED"),
            )
        };
        let status = |id: &str| vault.json(&["meeting", "show", id])["status"].clone();
        for held in [
            vec![event(
                "one@x",
                "1:1",
                &format!("{WEEKLY}\nEXDATE;TZID=Europe/Berlin:20261208T100000,20261215T100000"),
            )],
            vec![weekly(), cancelled("20261208T100000"), cancelled("20261215T100000")],
        ] {
            provider.hold(vault, &held);
            assert_eq!(counts(&vault.sync()), [0, 0, 1, 1], "{provider:?}");
            assert_eq!(status(noted), "cancelled");
            provider.hold(vault, &[weekly()]);
            vault.sync();
            assert_eq!((status(noted), vault.id_on("2026-12-08", "1:1")), (json!("confirmed"), noted.to_owned()));
        }
        provider.hold(vault, &[]);
        assert_eq!(counts(&vault.sync()), [0, 0, 7, 1], "{provider:?}");
        assert_eq!(all(&vault.meetings("2026-11-24", "2027-02-01"), "id"), [noted], "{provider:?}");
        provider.hold(vault, &[weekly()]);
        vault.sync();
        assert_eq!((status(noted), vault.meetings("2026-11-24", "2027-02-01").len()), (json!("confirmed"), 8));
        assert_eq!(vault.json(&["queue"])["queue"], json!([]), "{provider:?}");
    });
}

#[test]
fn a_dry_run_says_what_would_become_of_the_notes_and_changes_nothing() {
    each(|vault, provider, noted| {
        let seen = || {
            let lists = [&["meetings"][..], &["queue"], &["calendar", "list"], &["account", "list"], &["people"]];
            lists.map(|list| vault.json(list))
        };
        let dry = || vault.json(&["sync", "--dry-run"])["accounts"][0]["calendars"][0].clone();
        for (events, place) in [(vec![weekly().replace("20261124T", "20261126T")], "moved"), (vec![], "queued")] {
            provider.hold(vault, &events);
            let before = seen();
            let planned = dry();
            assert_eq!(planned[place][0]["meeting_id"], *noted, "{provider:?}: {planned:#}");
            assert_eq!(seen(), before, "{provider:?}");
            assert!(vault.ok(&["sync", "--dry-run"]).contains("nothing was changed"), "{provider:?}");
            let done = vault.sync();
            assert_eq!(counts(&done), counts(&planned), "{provider:?}");
            assert_eq!(done[place], planned[place], "{provider:?}");
        }
    });
}

#[test]
fn prep_of_an_occurrence_called_off_is_offered_to_the_next() {
    for provider in Provider::all() {
        let vault = provider.vault(&Vault::new());
        provider.hold(&vault, &[weekly()]);
        provider.connect(&vault);
        let prepared = vault.id_on("2026-12-08", "1:1");
        vault.write_part(&prepared, "prep", "Ask about the budget.\n");
        let left_out = format!("{WEEKLY}\nEXDATE;TZID=Europe/Berlin:20261208T100000");
        provider.hold(&vault, &[event("one@x", "1:1", &left_out)]);
        vault.sync();
        let queue = vault.list(&["queue"], "queue");
        assert_eq!((queue.len(), &queue[0]["meeting"]["id"]), (1, &json!(prepared)), "{provider:?}");
        let best = &queue[0]["candidates"][0];
        assert_eq!(best["meeting_id"], vault.id_on("2026-12-15", "1:1"), "{provider:?}: {queue:#?}");
    }
}

#[test]
fn a_meeting_that_was_held_keeps_the_time_at_which_it_was() {
    each(|vault, provider, noted| {
        let later = vault.at("2026-12-09T09:00:00+01:00");
        provider.hold(&later, &[weekly().replace("T100000", "T140000").replace("T103000", "T143000")]);
        later.sync();
        let shown = later.json(&["meeting", "show", noted]);
        assert_eq!(shown["start"], "2026-12-08T10:00:00+01:00", "{provider:?}");
        assert_eq!(later.on("2026-12-15", "1:1")["start"], "2026-12-15T14:00:00+01:00", "{provider:?}");
    });
}

#[test]
fn a_single_event_made_recurring_is_the_first_occurrence() {
    for provider in Provider::all() {
        let vault = provider.vault(&Vault::new());
        let once = WEEKLY.replace("RRULE:FREQ=WEEKLY;COUNT=8", "");
        provider.hold(&vault, &[event("one@x", "1:1", &once)]);
        provider.connect(&vault);
        let noted = vault.id_on("2026-11-24", "1:1");
        vault.write(&noted, "!! @max go\n");
        provider.hold(&vault, &[weekly()]);
        vault.sync();
        assert_eq!(vault.id_on("2026-11-24", "1:1"), noted, "{provider:?}");
        assert_eq!(vault.meetings("2026-11-24", "2027-02-01").len(), 8, "{provider:?}");
        provider.hold(&vault, &[event("one@x", "1:1", &once)]);
        vault.sync();
        assert_eq!(vault.id_on("2026-11-24", "1:1"), noted, "{provider:?}");
        assert_eq!(vault.meetings("2026-11-24", "2027-02-01").len(), 1, "{provider:?}");
    }
}

#[test]
fn an_event_made_again_under_another_uid_is_offered_and_one_command_attaches_it() {
    for provider in Provider::all() {
        let vault = provider.vault(&Vault::new());
        provider.hold(&vault, &[weekly()]);
        provider.connect(&vault);
        let noted = vault.id_on("2026-12-08", "1:1");
        vault.write(&noted, "!! @max go\n");
        provider.hold(&vault, &[event("two@x", "1:1", WEEKLY)]);
        vault.sync();
        let queue = vault.list(&["queue"], "queue");
        assert_eq!(queue.len(), 1, "{provider:?}");
        assert_eq!(queue[0]["meeting"]["id"], noted);
        let best = queue[0]["candidates"][0].clone();
        assert_eq!(&best["start"], "2026-12-08T10:00:00+01:00", "{provider:?}");
        let to = best["meeting_id"].as_str().expect("an id");
        vault.json(&["meeting", "relink", &noted, to]);
        assert_eq!(vault.json(&["queue"])["queue"], json!([]));
        assert_eq!(vault.on("2026-12-08", "1:1")["has_notes"], true, "{provider:?}");
        assert!(vault.is_sound(), "{provider:?}");
    }
}

#[test]
fn a_removed_account_leaves_the_notes_to_the_user() {
    for provider in Provider::all() {
        let vault = provider.vault(&Vault::new());
        provider.hold(&vault, &[weekly()]);
        provider.connect(&vault);
        let noted = vault.id_on("2026-12-08", "1:1");
        vault.write(&noted, "Notes.\n");
        let account = vault.list(&["account", "list"], "accounts")[0]["id"].clone();
        vault.json(&["account", "remove", account.as_str().expect("an id")]);
        let left = vault.meetings("2026-11-24", "2027-02-01");
        assert_eq!((all(&left, "id"), &left[0]["source"]), (vec![noted], &json!("local")), "{provider:?}");
        assert!(vault.is_sound());
    }
}

#[test]
fn a_calendar_that_loses_more_than_half_is_asked_about() {
    for provider in Provider::all() {
        let vault = provider.vault(&Vault::new());
        let single = |n: u32| {
            event(&format!("e{n}@x"), &format!("Event {n}"), &format!("DTSTART:202612{n:02}T090000Z\nDURATION:PT1H"))
        };
        let many: Vec<String> = (10..22).map(single).collect();
        provider.hold(&vault, &many);
        provider.connect(&vault);
        provider.hold(&vault, &many[..4]);
        let ran = vault.run(&["--json", "sync"]);
        assert_eq!(ran.code, 1, "{provider:?}");
        assert!(ran.stderr.contains("mass_deletion"), "{provider:?}: {}", ran.stderr);
        assert_eq!(vault.meetings("2026-12-01", "2026-12-31").len(), 12, "{provider:?}");
        vault.json(&["sync", "--accept-deletions"]);
        assert_eq!(vault.meetings("2026-12-01", "2026-12-31").len(), 4, "{provider:?}");
    }
}

#[test]
fn attendees_set_by_hand_once_for_a_series_outlast_every_sync() {
    each(|vault, provider, noted| {
        vault.json(&["meeting", "attendee", "add", noted, "ana@example.org", "--series"]);
        provider.hold(vault, &[weekly().replace("1:1", "Ana 1:1").replace("T10", "T11")]);
        vault.sync();
        for date in ["2026-12-08", "2026-12-15", "2027-01-05"] {
            let meeting = vault.on(date, "Ana 1:1");
            let emails = all(meeting["attendees"].as_array().expect("attendees"), "email");
            assert!(emails.contains(&"ana@example.org".to_owned()), "{provider:?} {date}: {emails:?}");
        }
        vault.json(&["sync", "--full"]);
        assert_eq!(vault.on("2026-12-15", "Ana 1:1")["attendees"].as_array().map(Vec::len), Some(1), "{provider:?}");
    });
}
