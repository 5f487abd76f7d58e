//! Syncing an ICS file: what is counted, what is refused, and what stays when the file goes wrong.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, calendar, event, text};

fn single(uid: &str, title: &str, day: u32) -> String {
    event(uid, title, &format!("DTSTART:202612{day:02}T090000Z\nDTEND:202612{day:02}T100000Z"))
}

fn counts(calendar: &Value) -> [u64; 4] {
    ["added", "changed", "removed", "kept"].map(|name| calendar[name].as_u64().expect("a count"))
}

#[test]
fn a_sync_tells_added_changed_removed_and_kept_apart() {
    let vault = Vault::new();
    let path = vault
        .file("c.ics", calendar(&[single("a", "A", 1), single("b", "B", 2), single("c", "C", 3), single("d", "D", 4)]));
    assert_eq!(counts(&vault.subscribe(&path)), [4, 0, 0, 0]);
    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0], "nothing changed");
    assert_eq!(
        counts(&vault.json(&["sync", "--full"])["accounts"][0]["calendars"][0]),
        [0, 0, 0, 0],
        "nor in a full sync"
    );

    vault.write(&vault.id_on("2026-12-04", "D"), "Something.\n");
    vault.file("c.ics", calendar(&[single("a", "A", 1), single("b", "B, renamed", 2), single("e", "E", 5)]));
    assert_eq!(counts(&vault.sync()), [1, 1, 1, 1]);
    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0], "a second sync changes nothing");
    let left = vault.meetings("2026-12-01", "2026-12-31");
    assert_eq!(all(&left, "title"), ["A", "B, renamed", "D", "E"]);
    assert_eq!(all(&left, "status"), ["confirmed", "confirmed", "cancelled", "confirmed"]);
    assert!(vault.is_sound());
}

#[test]
fn a_changed_time_stamp_alone_is_no_change() {
    let vault = Vault::new();
    let content = calendar(&[single("a", "A", 1)]);
    let path = vault.file("c.ics", &content);
    vault.subscribe(&path);
    vault.file("c.ics", content.replace("DTSTAMP:20261101", "DTSTAMP:20261110"));
    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0]);
}

#[test]
fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    let vault = Vault::new();
    let path = vault.file("c.ics", calendar(&[single("a", "A", 1), single("b", "B", 2)]));
    vault.json(&["account", "add", "ics", &path]);
    let would = vault.json(&["sync", "--dry-run"]);
    assert_eq!(counts(&would["accounts"][0]["calendars"][0]), [2, 0, 0, 0]);
    assert!(vault.meetings("2026-12-01", "2026-12-31").is_empty());
    assert_eq!(counts(&vault.sync()), [2, 0, 0, 0]);
    vault.file("c.ics", calendar(&[single("a", "A2", 1)]));
    let would = vault.json(&["sync", "--dry-run"]);
    assert_eq!(counts(&would["accounts"][0]["calendars"][0]), [0, 1, 1, 0]);
    assert_eq!(all(&vault.meetings("2026-12-01", "2026-12-31"), "title"), ["A", "B"]);
    assert_eq!(counts(&vault.sync()), [0, 1, 1, 0]);
}

#[test]
fn a_broken_event_costs_that_event_and_a_warning_that_names_it() {
    let vault = Vault::new();
    let path = vault.file(
        "c.ics",
        calendar(&[
            single("good", "Good", 1),
            event("no-start@x", "No start", "DTEND:20261202T100000Z"),
            event("bad-date@x", "Bad date", "DTSTART:20261345T990000Z"),
            event("bad-rule@x", "Bad rule", "DTSTART:20261204T090000Z\nRRULE:FREQ=SOMETIMES"),
            single("fine", "Fine", 5),
        ]),
    );
    let synced = vault.subscribe(&path);
    let titles = all(&vault.meetings("2026-12-01", "2026-12-31"), "title");
    assert!(titles.contains(&"Good".to_owned()) && titles.contains(&"Fine".to_owned()), "{titles:?}");
    let warned = all(synced["warnings"].as_array().expect("warnings"), "uid");
    for uid in ["no-start@x", "bad-date@x", "bad-rule@x"] {
        assert!(warned.contains(&uid.to_owned()), "no warning for {uid}: {synced:#}");
    }
    assert_eq!(warned.len(), 3, "{synced:#}");
    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0]);
}

#[test]
fn an_endless_rule_is_bounded() {
    let vault = Vault::new();
    let bomb = event("bomb@x", "Bomb", "DTSTART:20261124T090000Z\nDTEND:20261124T090001Z\nRRULE:FREQ=SECONDLY");
    let path = vault.file("c.ics", calendar(&[bomb, single("good", "Good", 1)]));
    let synced = vault.subscribe(&path);
    assert_eq!(vault.on("2026-12-01", "Good")["title"], "Good");
    assert!(synced["warnings"].to_string().contains("bomb@x"), "{}", synced["warnings"]);
}

#[test]
fn what_is_no_calendar_is_refused_with_one_sentence() {
    let vault = Vault::new();
    vault.file("folder/inside.txt", "x");
    let prose = vault.file("prose.ics", "Dear diary,\nnothing happened today.\n");
    let folder = vault.home().join("folder").to_str().expect("UTF-8").to_owned();
    let missing = vault.home().join("missing.ics").to_str().expect("UTF-8").to_owned();
    let empty = vault.file("empty.ics", "");
    let binary = vault.file("binary.ics", [0u8, 159, 146, 150, 255, 254]);
    for path in [&prose, &folder, &missing, &empty, &binary] {
        let (code, error) = vault.fails(&["account", "add", "ics", path]);
        assert_eq!(code, 1, "{path}: {error}");
        assert_eq!(vault.json(&["account", "list"]), json!({"accounts": []}), "{path}");
    }
}

#[test]
fn an_account_that_cannot_sync_keeps_its_meetings_and_the_others_sync_on() {
    let vault = Vault::new();
    let first = vault.file("first.ics", calendar(&[single("a", "A", 1)]));
    let second = vault.file("second.ics", calendar(&[single("b", "B", 2)]));
    let account = vault.json(&["account", "add", "ics", &first]);
    vault.subscribe(&second);
    for broken in [None, Some("not a calendar")] {
        match broken {
            None => std::fs::remove_file(&first).expect("the file goes"),
            Some(content) => drop(vault.file("first.ics", content)),
        }
        vault.file("second.ics", calendar(&[single("b", broken.unwrap_or("B2"), 2)]));
        let ran = vault.run(&["sync", "--json"]);
        assert_eq!(ran.code, 1);
        let synced: Value = serde_json::from_str(&ran.stdout).expect("what succeeded is still printed");
        let accounts = synced["accounts"].as_array().expect("accounts");
        let failed = accounts.iter().find(|one| one["id"] == account["id"]).expect("the account that failed");
        assert!(failed["error"]["code"].is_string() && failed["error"]["message"].is_string(), "{synced:#}");
        let other = accounts.iter().find(|one| one["id"] != account["id"]).expect("the other");
        assert_eq!((&other["error"], &other["calendars"][0]["changed"]), (&Value::Null, &json!(1)), "{synced:#}");
        assert_eq!(vault.on("2026-12-01", "A")["status"], "confirmed", "the old data stays readable");
        let told = vault.the(&["account", "list"], "accounts", "id", &text(&account["id"]));
        assert_eq!(told["state"], "error");
        assert_ne!(told["error"], Value::Null);
    }
    vault.file("first.ics", calendar(&[single("a", "A", 1)]));
    vault.sync();
    let told = vault.the(&["account", "list"], "accounts", "id", &text(&account["id"]));
    assert_eq!((&told["state"], &told["error"]), (&json!("ok"), &Value::Null));
}

#[test]
fn a_mass_deletion_stops_that_calendar_and_asks() {
    let vault = Vault::new();
    let many: Vec<_> = (1..=24).map(|day| single(&format!("u{day}"), &format!("M{day}"), day)).collect();
    let path = vault.file("c.ics", calendar(&many));
    let other = vault.file("other.ics", calendar(&[single("o", "Other", 28)]));
    vault.subscribe(&path);
    vault.subscribe(&other);
    vault.file("c.ics", calendar(&many[..4]));
    vault.file("other.ics", calendar(&[single("o", "Other, renamed", 28)]));
    let ran = vault.run(&["sync", "--json"]);
    assert_eq!(ran.code, 1);
    let synced: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert!(synced.to_string().contains("mass_deletion"), "{synced:#}");
    let codes: Vec<_> =
        synced["accounts"].as_array().expect("accounts").iter().map(|one| one["error"]["code"].clone()).collect();
    assert!(codes.contains(&json!("mass_deletion")), "{synced:#}");
    assert_eq!(vault.meetings("2026-12-01", "2026-12-24").len(), 24, "everything is kept");
    assert_eq!(vault.on("2026-12-28", "Other, renamed")["status"], "confirmed", "the other calendar goes on");

    let dry = vault.run(&["sync", "--dry-run", "--json"]);
    assert_eq!(dry.code, 1, "a dry run would stop as well");
    let accepted = vault.json(&["sync", "--accept-deletions"]);
    let removed: u64 = accepted["accounts"]
        .as_array()
        .expect("accounts")
        .iter()
        .map(|one| one["calendars"][0]["removed"].as_u64().expect("a count"))
        .sum();
    assert_eq!(removed, 20, "{accepted:#}");
    assert_eq!(vault.meetings("2026-12-01", "2026-12-24").len(), 4);
    vault.sync();
}

#[test]
fn few_deletions_need_no_consent() {
    let vault = Vault::new();
    let few: Vec<_> = (1..=6).map(|day| single(&format!("u{day}"), &format!("M{day}"), day)).collect();
    let path = vault.file("c.ics", calendar(&few));
    vault.subscribe(&path);
    vault.file("c.ics", calendar(&few[..1]));
    assert_eq!(counts(&vault.sync()), [0, 0, 5, 0]);
    let many: Vec<_> = (1..=24).map(|day| single(&format!("u{day}"), &format!("M{day}"), day)).collect();
    vault.file("c.ics", calendar(&many));
    vault.sync();
    vault.file("c.ics", calendar(&many[..13]));
    assert_eq!(counts(&vault.sync()), [0, 0, 11, 0], "less than half");
}

#[test]
fn one_account_is_synced_by_its_id() {
    let vault = Vault::new();
    let first = vault.file("first.ics", calendar(&[single("a", "A", 1)]));
    let second = vault.file("second.ics", calendar(&[single("b", "B", 2)]));
    let first = vault.json(&["account", "add", "ics", &first]);
    vault.json(&["account", "add", "ics", &second]);
    let synced = vault.json(&["sync", "--account", &text(&first["id"])]);
    assert_eq!(all(synced["accounts"].as_array().expect("accounts"), "id"), [text(&first["id"])]);
    assert_eq!(all(&vault.meetings("2026-12-01", "2026-12-31"), "title"), ["A"]);
    let calendar = vault.the(&["calendar", "list"], "calendars", "account_id", &text(&first["id"]));
    vault.json(&["calendar", "disable", &text(&calendar["id"])]);
    vault.file("first.ics", throughline_tests::calendar(&[single("a", "A, changed", 1)]));
    vault.json(&["sync"]);
    let titles = all(&vault.meetings("2026-12-01", "2026-12-31"), "title");
    assert!(!titles.contains(&"A, changed".to_owned()), "a disabled calendar is not synced: {titles:?}");
    vault.json(&["calendar", "enable", &text(&calendar["id"])]);
    vault.json(&["sync"]);
    assert_eq!(vault.on("2026-12-01", "A, changed")["status"], "confirmed");
}

#[test]
fn a_removed_account_leaves_the_meetings_with_notes_as_the_users_own() {
    let vault = Vault::new();
    let path = vault.file("c.ics", calendar(&[single("a", "A", 1), single("b", "B", 2), single("p", "P", 3)]));
    vault.subscribe(&path);
    let noted = vault.id_on("2026-12-01", "A");
    vault.write(&noted, "!! @max remember\n");
    let prepared = vault.id_on("2026-12-03", "P");
    vault.write_part(&prepared, "prep", "- ask\n");
    let account = vault.list(&["account", "list"], "accounts")[0].clone();
    vault.json(&["account", "remove", &text(&account["id"])]);
    let left = vault.meetings("2026-12-01", "2026-12-31");
    assert_eq!(all(&left, "id"), [noted.clone(), prepared]);
    assert_eq!(all(&left, "source"), ["local", "local"]);
    assert_eq!(all(&left, "status"), ["confirmed", "confirmed"]);
    assert_eq!(left[0]["calendars"], json!([]));
    assert_eq!(vault.list(&["actions"], "actions")[0]["meeting_id"], noted);
    assert!(vault.list(&["account", "list"], "accounts").is_empty());
    assert!(vault.is_sound());
}

#[test]
fn a_meeting_that_took_place_did_so_whatever_becomes_of_its_event() {
    let vault = Vault::new().at("2026-12-01T09:30:00Z");
    let tom = "ATTENDEE;CN=Tom Marsh:mailto:tom@acme.example";
    let met = |uid: &str, title: &str, day: u32| {
        event(uid, title, &format!("DTSTART:202612{day:02}T090000Z\nDTEND:202612{day:02}T100000Z\n{tom}"))
    };
    let file = |events: &[String]| vault.file("c.ics", calendar(events));
    let path = file(&[met("a", "Steering", 1), met("b", "Planning", 1), met("c", "Ahead", 2)]);
    vault.subscribe(&path);
    let (steering, planning) = (vault.id_on("2026-12-01", "Steering"), vault.id_on("2026-12-01", "Planning"));
    vault.write(&steering, "=> The pilot starts in May\n");
    vault.write_part(&planning, "prep", "- ask\n");
    vault.write(&vault.id_on("2026-12-02", "Ahead"), "- what to say\n");

    let vault = vault.at("2026-12-03T09:00:00Z");
    vault.file("c.ics", calendar(&[met("d", "Another", 20)]));
    vault.json(&["sync", "--accept-deletions"]);
    let stands = |title: &str, date: &str| {
        let meeting = vault.on(date, title);
        (text(&meeting["status"]), meeting["held"].as_bool().expect("a yes or no"))
    };
    assert_eq!(stands("Steering", "2026-12-01"), ("confirmed".to_owned(), true), "its notes were written at it");
    assert_eq!(stands("Planning", "2026-12-01"), ("cancelled".to_owned(), false), "nothing was written at it");
    assert_eq!(stands("Ahead", "2026-12-02"), ("cancelled".to_owned(), false), "it was written before it began");
    let tom = vault.json(&["person", "show", "tom"]);
    assert_eq!(tom["meetings"].as_array().map(Vec::len), Some(1), "{tom}");
    let register = vault.json(&["register", "acme"]);
    assert!(register.to_string().contains("The pilot starts in May"), "{register}");
    assert!(vault.is_sound());
    // The user knows better.
    vault.json(&["meeting", "edit", &steering, "--held", "no"]);
    assert_eq!(stands("Steering", "2026-12-01"), ("cancelled".to_owned(), false));
}
