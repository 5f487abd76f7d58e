//! What undo says it took back, and how a sync's moves are taken back whatever was done since.

use serde_json::json;
use throughline_tests::{Vault, calendar, event, text};

const WEEKLY: &str = "DTSTART;TZID=Europe/Berlin:20261124T100000
    DTEND;TZID=Europe/Berlin:20261124T103000
    RRULE:FREQ=WEEKLY;COUNT=8";

#[test]
fn undo_says_by_name_what_was_taken_back() {
    let vault = Vault::new();
    let talk = vault.meeting("Talk", "2026-11-20T10:00", &["Ana Silva <ana@acme.com>"]);
    vault.write(&talk, "!! @ana Send the draft\n=> We go\n");
    let action = text(&vault.list(&["actions"], "actions")[0]["id"]);
    let made = |title: &str| vault.meeting(title, "2026-11-21T10:00", &[]);
    let second = made("Second");
    let done: [(&[&str], &str); 15] = [
        (&["action", "done", &action], "ticked “Send the draft”"),
        (&["action", "due", &action, "2026-12-01"], "dated “Send the draft”"),
        (&["action", "assign", &action, "me"], "assigned “Send the draft”"),
        (&["action", "snooze", &action, "2026-12-01"], "snoozed “Send the draft”"),
        (&["action", "drop", &action], "dropped “Send the draft”"),
        (&["note", "append", &talk, "=> Not now"], "wrote the notes of “Talk” of 20 Nov"),
        (&["meeting", "edit", &talk, "--purpose", "to agree"], "changed “Talk” of 20 Nov"),
        (&["meeting", "present", &talk, "ana@acme.com", "yes"], "said who was at “Talk” of 20 Nov"),
        (&["meeting", "attendee", "add", &talk, "ben@acme.com"], "added to “Talk” of 20 Nov"),
        (&["meeting", "delete", &second], "deleted “Second” of 21 Nov"),
        (&["person", "edit", "@ana", "--relation", "peer"], "changed Ana Silva"),
        (&["person", "alias", "@ana", "Annie"], "changed Ana Silva"),
        (&["person", "edit", "@ana", "--name", "Ana Costa"], "renamed Ana Silva"),
        (&["query", "save", "reports", "people relation:report"], "saved the query “reports”"),
        (&["recap", &talk, "--sent", "ana@acme.com"], "sent a recap of “Talk” of 20 Nov"),
    ];
    for (command, what) in done {
        vault.ok(command);
        let undone = vault.json(&["undo"]);
        assert_eq!(undone["what"], what, "{command:?}: {undone:#}");
        assert!(!undone["undone"].as_array().expect("undone").is_empty(), "{command:?}");
        vault.ok(command);
        assert_eq!(vault.ok(&["undo"]).trim(), format!("Undone: {what}."), "{command:?}");
    }
    vault.ok(&["undo"]);
    let undone = vault.json(&["undo"]);
    assert_eq!(undone["what"], "wrote the notes of “Talk” of 20 Nov");
    vault.ok(&["undo"]);
    assert_eq!(vault.json(&["undo"]), json!({"undone": [], "command": null, "what": null}));
    assert!(vault.is_sound());
}

#[test]
fn what_a_sync_moved_is_listed_and_taken_back_whatever_was_done_since() {
    let vault = Vault::new();
    let path = vault.file("c.ics", calendar(&[event("one@x", "1:1", WEEKLY)]));
    vault.subscribe(&path);
    let noted = vault.id_on("2026-12-08", "1:1");
    vault.write(&noted, "!! @max go\n");
    assert_eq!(vault.json(&["queue"])["moved"], json!([]));
    vault.file("c.ics", calendar(&[event("one@x", "1:1", &WEEKLY.replace("20261124T", "20261126T"))]));
    vault.sync();
    let moved = json!([{
        "meeting_id": noted, "title": "1:1",
        "from": "2026-12-08T10:00:00+01:00", "to": "2026-12-10T10:00:00+01:00",
        "stays": false
    }]);
    assert_eq!(vault.json(&["queue"])["moved"], moved);
    assert!(vault.ok(&["queue"]).contains("undo --sync"));
    assert_eq!(vault.at("2026-12-20T09:00:00+01:00").json(&["queue"])["moved"], json!([]), "for a week");

    let action = text(&vault.list(&["actions"], "actions")[0]["id"]);
    vault.json(&["action", "done", &action]);
    let undone = vault.json(&["undo", "--sync"]);
    assert_eq!(undone["what"], "moved “1:1” of 10 Dec with its series", "{undone:#}");
    let shown = vault.json(&["meeting", "show", &noted]);
    assert_eq!((&shown["start"], &shown["has_notes"]), (&json!("2026-12-08T10:00:00+01:00"), &json!(true)));
    assert_eq!(vault.list(&["actions"], "actions")[0]["status"], "done", "what was done since stays");
    let queue = vault.json(&["queue"]);
    assert_eq!((queue["queue"].as_array().map(Vec::len), &queue["moved"]), (Some(1), &json!([])));
    assert_eq!(vault.json(&["undo", "--sync"])["undone"], json!([]), "once");
    assert_eq!(vault.json(&["undo"])["what"], "ticked “go”");
    assert!(vault.is_sound());
}

#[test]
fn undo_names_the_decision_that_was_superseded_or_confirmed() {
    let vault = Vault::new();
    let talk = vault.meeting("Talk", "2026-11-20T10:00", &["Ana Silva <ana@acme.com>"]);
    vault.write(&talk, "=> We go by train ^train1\n=> We fly ^plane1\n");
    for (command, what) in [
        (["decision", "supersede", "^train1", "^plane1"], "superseded “We go by train”"),
        (["decision", "confirm", "^plane1", "@ana"], "confirmed “We fly”"),
    ] {
        vault.ok(&command);
        assert_eq!(vault.ok(&["undo"]).trim(), format!("Undone: {what}."), "{command:?}");
    }
}

#[test]
fn a_renamed_query_is_one_step_to_undo() {
    let vault = Vault::new();
    vault.ok(&["query", "save", "reports", "people relation:report"]);
    vault.ok(&["query", "save", "mine", "actions status:open"]);
    let renamed = vault.json(&["query", "rename", "reports", "mine"]);
    assert_eq!((&renamed["name"], &renamed["expression"]), (&"mine".into(), &"people relation:report".into()));
    assert_eq!(vault.list(&["query", "list"], "queries").len(), 1);
    assert_eq!(vault.json(&["undo"])["what"], "renamed the query “reports”");
    let all = vault.list(&["query", "list"], "queries");
    let told: Vec<_> = all.iter().map(|one| (text(&one["name"]), text(&one["expression"]))).collect();
    let pair = |name: &str, expression: &str| (name.to_owned(), expression.to_owned());
    assert_eq!(told, [pair("mine", "actions status:open"), pair("reports", "people relation:report")]);
    let (code, failure) = vault.fails(&["query", "rename", "nobody", "x"]);
    assert_eq!((code, &failure["code"]), (1, &"unknown_query".into()));
}
