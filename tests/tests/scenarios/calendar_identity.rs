//! What a note must survive: everything that can happen to its meeting in a calendar.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, calendar, event, text};

const WEEKLY: &str = "DTSTART;TZID=Europe/Berlin:20261103T100000
    DTEND;TZID=Europe/Berlin:20261103T103000
    RRULE:FREQ=WEEKLY;COUNT=8";

/// A vault with a weekly 1:1 on Tuesdays at ten, from 3 November to 22 December.
fn weekly() -> (Vault, String) {
    let vault = Vault::new();
    let path = vault.file("c.ics", calendar(&[event("one@x", "1:1", WEEKLY)]));
    vault.subscribe(&path);
    (vault, path)
}

fn instance(at: &str, rest: &str) -> String {
    event("one@x", "1:1", &format!("RECURRENCE-ID;TZID=Europe/Berlin:{at}\n{rest}"))
}

#[test]
fn a_moved_renamed_and_shortened_occurrence_is_the_same_meeting() {
    let (vault, _) = weekly();
    let id = vault.id_on("2026-12-01", "1:1");
    vault.write(&id, "!! @max go\n");
    let moved = event(
        "one@x",
        "Ana, moved",
        "RECURRENCE-ID;TZID=Europe/Berlin:20261201T100000\nSEQUENCE:3
        DTSTART;TZID=Europe/Berlin:20261203T150000\nDTEND;TZID=Europe/Berlin:20261203T151000",
    );
    vault.file("c.ics", calendar(&[event("one@x", "1:1", WEEKLY), moved]));
    let synced = vault.sync();
    assert_eq!((&synced["changed"], &synced["added"], &synced["removed"]), (&json!(1), &json!(0), &json!(0)));
    let there = vault.on("2026-12-03", "Ana, moved");
    assert_eq!((&there["id"], &there["start"]), (&json!(id), &json!("2026-12-03T15:00:00+01:00")));
    assert_eq!(
        (&there["end"], &there["original_start"]),
        (&json!("2026-12-03T15:10:00+01:00"), &json!("2026-12-01T10:00:00+01:00"))
    );
    assert!(vault.meetings("2026-12-01", "2026-12-01").is_empty(), "it comes out once");
    assert_eq!(vault.meetings("2026-11-01", "2026-12-31").len(), 8);
}

#[test]
fn a_single_event_made_recurring_is_the_first_occurrence() {
    let vault = Vault::new();
    let single = "DTSTART;TZID=Europe/Berlin:20261201T100000\nDTEND;TZID=Europe/Berlin:20261201T110000";
    let path = vault.file("c.ics", calendar(&[event("s@x", "Sync", single)]));
    vault.subscribe(&path);
    let id = vault.id_on("2026-12-01", "Sync");
    vault.write(&id, "Notes.\n");
    vault.file("c.ics", calendar(&[event("s@x", "Sync", &format!("{single}\nRRULE:FREQ=WEEKLY;COUNT=3"))]));
    assert_eq!(vault.sync()["added"], 2);
    let first = vault.on("2026-12-01", "Sync");
    assert_eq!((&first["id"], &first["original_start"]), (&json!(id), &json!("2026-12-01T10:00:00+01:00")));
    vault.file("c.ics", calendar(&[event("s@x", "Sync", single)]));
    vault.sync();
    assert_eq!(vault.on("2026-12-01", "Sync")["id"], id, "and back again");
    assert_eq!(vault.on("2026-12-01", "Sync")["has_notes"], true);
}

#[test]
fn a_whole_series_at_another_hour_takes_its_notes_along_and_leaves_the_past_as_it_was() {
    let (vault, _) = weekly();
    let held = vault.id_on("2026-11-17", "1:1");
    vault.write(&held, "Said.\n");
    let coming = vault.id_on("2026-12-01", "1:1");
    vault.write(&coming, "To say.\n");
    vault.file(
        "c.ics",
        calendar(&[event("one@x", "1:1", &WEEKLY.replace("T100000", "T140000").replace("T103000", "T143000"))]),
    );
    vault.sync();
    let past = vault.json(&["meeting", "show", &held]);
    assert_eq!((&past["start"], &past["status"]), (&json!("2026-11-17T10:00:00+01:00"), &json!("confirmed")));
    let next = vault.on("2026-12-01", "1:1");
    assert_eq!((&next["id"], &next["start"]), (&json!(coming), &json!("2026-12-01T14:00:00+01:00")));
    assert_eq!(vault.json(&["queue"])["queue"], json!([]));
    assert_eq!(vault.meetings("2026-11-24", "2026-12-31").len(), 5, "nothing comes out twice");
    let again = vault.sync();
    assert_eq!((&again["added"], &again["changed"], &again["removed"]), (&json!(0), &json!(0), &json!(0)));
}

#[test]
fn a_whole_series_on_another_weekday_goes_to_the_nearest() {
    let (vault, _) = weekly();
    let coming = vault.id_on("2026-12-01", "1:1");
    vault.write(&coming, "To say.\n");
    let later = vault.id_on("2026-12-08", "1:1");
    vault.write(&later, "To say then.\n");
    vault.file("c.ics", calendar(&[event("one@x", "1:1", &WEEKLY.replace("20261103T", "20261105T"))]));
    let synced = vault.sync();
    assert_eq!(vault.id_on("2026-12-03", "1:1"), coming);
    assert_eq!(vault.id_on("2026-12-10", "1:1"), later);
    assert!(synced.to_string().contains(&coming), "what moved is listed: {synced:#}");
    assert!(vault.meetings("2026-12-01", "2026-12-02").is_empty());
    assert_eq!(vault.json(&["queue"])["queue"], json!([]));
}

#[test]
fn a_series_of_another_rhythm_sends_what_has_no_counterpart_to_the_queue() {
    let (vault, _) = weekly();
    let coming = vault.id_on("2026-12-01", "1:1");
    vault.write(&coming, "To say.\n");
    let monthly = "DTSTART;TZID=Europe/Berlin:20261110T100000\nDTEND;TZID=Europe/Berlin:20261110T103000\nRRULE:FREQ=MONTHLY;COUNT=3";
    vault.file("c.ics", calendar(&[event("one@x", "1:1", monthly)]));
    vault.sync();
    let kept = vault.json(&["meeting", "show", &coming]);
    assert_eq!((&kept["has_notes"], &kept["start"]), (&json!(true), &json!("2026-12-01T10:00:00+01:00")));
    let queue = vault.list(&["queue"], "queue");
    assert!(queue.iter().any(|queued| queued["meeting"]["id"] == coming), "{queue:#?}");
}

#[test]
fn this_and_future_moves_the_rest_and_keeps_the_series() {
    let (vault, _) = weekly();
    let before = vault.on("2026-11-24", "1:1");
    let coming = vault.id_on("2026-12-08", "1:1");
    vault.write(&coming, "To say.\n");
    let rest = event(
        "one@x",
        "1:1",
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261201T100000
        DTSTART;TZID=Europe/Berlin:20261201T113000\nDTEND;TZID=Europe/Berlin:20261201T120000",
    );
    vault.file("c.ics", calendar(&[event("one@x", "1:1", WEEKLY), rest]));
    vault.sync();
    let starts = all(&vault.meetings("2026-11-24", "2026-12-31"), "start");
    let hours: Vec<_> = starts.iter().map(|start| &start[5..16]).collect();
    assert_eq!(hours, ["11-24T10:00", "12-01T11:30", "12-08T11:30", "12-15T11:30", "12-22T11:30"]);
    let there = vault.on("2026-12-08", "1:1");
    assert_eq!((&there["id"], &there["series_id"]), (&json!(coming), &before["series_id"]));
    assert_eq!(there["original_start"], "2026-12-08T10:00:00+01:00");
}

#[test]
fn a_split_series_keeps_one_series_and_its_notes() {
    // As calendars split: the old rule ends, and the rest comes under another UID.
    for tail_uid in ["one_R20261201T090000@x", "d41d8cd9-8f00@x"] {
        let (vault, _) = weekly();
        let before = vault.on("2026-11-24", "1:1");
        let same = vault.id_on("2026-12-01", "1:1");
        vault.write(&same, "To say.\n");
        let head = WEEKLY.replace("COUNT=8", "UNTIL=20261130T225959Z");
        let tail = "DTSTART;TZID=Europe/Berlin:20261201T100000\nDTEND;TZID=Europe/Berlin:20261201T103000\nRRULE:FREQ=WEEKLY;COUNT=4";
        vault.file("c.ics", calendar(&[event("one@x", "1:1", &head), event(tail_uid, "1:1", tail)]));
        vault.sync();
        let there = vault.on("2026-12-01", "1:1");
        assert_eq!(there["series_id"], before["series_id"], "{tail_uid}");
        assert_eq!((&there["id"], &there["has_notes"]), (&json!(same), &json!(true)), "{tail_uid}");
        assert_eq!(vault.meetings("2026-11-01", "2026-12-31").len(), 8, "{tail_uid}");
        assert_eq!(vault.json(&["queue"])["queue"], json!([]));
    }
}

#[test]
fn a_split_series_at_another_hour_keeps_its_notes() {
    let (vault, _) = weekly();
    let before = vault.on("2026-11-24", "1:1");
    let coming = vault.id_on("2026-12-08", "1:1");
    vault.write(&coming, "To say.\n");
    let head = WEEKLY.replace("COUNT=8", "UNTIL=20261130T225959Z");
    let tail = "DTSTART;TZID=Europe/Berlin:20261201T150000\nDTEND;TZID=Europe/Berlin:20261201T153000\nRRULE:FREQ=WEEKLY;COUNT=4";
    vault.file("c.ics", calendar(&[event("one@x", "1:1", &head), event("one_R20261201T090000@x", "1:1", tail)]));
    vault.sync();
    let there = vault.on("2026-12-08", "1:1");
    assert_eq!((&there["id"], &there["start"]), (&json!(coming), &json!("2026-12-08T15:00:00+01:00")));
    assert_eq!(there["series_id"], before["series_id"]);
    assert_eq!(vault.meetings("2026-11-01", "2026-12-31").len(), 8);
}

#[test]
fn a_cancelled_occurrence_with_notes_stays_and_comes_back() {
    for how in ["EXDATE", "STATUS"] {
        let (vault, _) = weekly();
        let noted = vault.id_on("2026-12-01", "1:1");
        vault.write(&noted, "!! @max go\n");
        let cancelled = |at: &str| instance(at, &format!("DTSTART;TZID=Europe/Berlin:{at}\nSTATUS:CANCELLED"));
        let without = if how == "EXDATE" {
            calendar(&[event(
                "one@x",
                "1:1",
                &format!("{WEEKLY}\nEXDATE;TZID=Europe/Berlin:20261201T100000,20261208T100000"),
            )])
        } else {
            calendar(&[event("one@x", "1:1", WEEKLY), cancelled("20261201T100000"), cancelled("20261208T100000")])
        };
        vault.file("c.ics", without);
        let synced = vault.sync();
        assert_eq!((&synced["removed"], &synced["kept"]), (&json!(1), &json!(1)), "{how}");
        let kept = vault.json(&["meeting", "show", &noted]);
        assert_eq!((&kept["status"], &kept["has_notes"]), (&json!("cancelled"), &json!(true)), "{how}");
        assert!(vault.meetings("2026-12-08", "2026-12-08").is_empty(), "{how}");
        vault.file("c.ics", calendar(&[event("one@x", "1:1", WEEKLY)]));
        vault.sync();
        assert_eq!(vault.json(&["meeting", "show", &noted])["status"], "confirmed", "{how}");
        assert_eq!(vault.id_on("2026-12-01", "1:1"), noted, "{how}");
        assert_eq!(vault.meetings("2026-11-01", "2026-12-31").len(), 8, "{how}");
    }
}

#[test]
fn unused_prep_of_a_cancelled_occurrence_is_offered_to_the_next() {
    let (vault, _) = weekly();
    let prepared = vault.id_on("2026-12-01", "1:1");
    vault.write_part(&prepared, "prep", "- ask about the budget\n");
    vault.file(
        "c.ics",
        calendar(&[event("one@x", "1:1", &format!("{WEEKLY}\nEXDATE;TZID=Europe/Berlin:20261201T100000"))]),
    );
    vault.sync();
    assert_eq!(vault.json(&["meeting", "show", &prepared])["status"], "cancelled");
    let next = vault.id_on("2026-12-08", "1:1");
    let queue = vault.list(&["queue"], "queue");
    let queued = queue.iter().find(|queued| queued["meeting"]["id"] == prepared).expect("the prep is offered");
    assert_eq!(queued["candidates"][0]["meeting_id"], next, "{queued:#}");
}

#[test]
fn a_deleted_series_keeps_what_has_notes() {
    let (vault, _) = weekly();
    let noted = vault.id_on("2026-11-10", "1:1");
    vault.write(&noted, "=> We go on\n");
    vault.file("c.ics", calendar(&[]));
    let synced = vault.sync();
    assert_eq!((&synced["kept"], &synced["removed"]), (&json!(1), &json!(7)), "{synced}");
    let left = vault.meetings("2026-11-01", "2026-12-31");
    assert_eq!(all(&left, "id"), [noted]);
    assert_eq!(vault.list(&["decisions", "--holding"], "decisions").len(), 1);
}

#[test]
fn something_a_person_set_by_hand_keeps_a_meeting_like_a_note() {
    let (vault, _) = weekly();
    let set = vault.id_on("2026-12-01", "1:1");
    vault.json(&["meeting", "edit", &set, "--purpose", "decide on hiring"]);
    vault.file("c.ics", calendar(&[event("one@x", "1:1, renamed", WEEKLY)]));
    vault.sync();
    let there: Value = vault.on("2026-12-01", "1:1, renamed");
    assert_eq!((text(&there["id"]), text(&there["purpose"])), (set, "decide on hiring".to_owned()));
}
