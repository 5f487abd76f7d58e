//! Minutes in the ways people write them, attached to the meetings they belong to.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, calendar, event, text, without_anchors};

const NODE: &str = "# Cross Project Council Meeting 2026-11-10\n\n## Links\n* **Recording**: https://example.org/x\n\n## Present\n\n\
* Joe Sepi (@joesepi)\n* Ana Silva (@anas)\n* Ben Okoro (Acme)\n\n## Agenda\n\n### Budget\n\n* Joe: We need money.\n* ACTION: Joe to write the proposal by Friday\n\
* RESOLVED: The budget is approved.\n";

const PLAIN: &str = "Title: Steering\nDate: 2026-11-12\nAttendees: Ana Silva, Cleo Acme <cleo@acme.com>, Dan Dorn\nRegrets: Eva Ek\n\n\
We met.\n\nAI: Dan to call Eva\nDecision: we sign\nOpen question: who signs\n> AI: Cleo to print it\n";

const FRONT: &str = "---\ntitle: Weekly staff\ndate: 2026-11-17\nattendees:\n  - Ana Silva\n  - Fred Fern\n---\n\n## Next steps\n\n- [ ] AS to book the room\n- [x] FF to send the mail\n\n## Decisions\n\n- We meet on Mondays\n";

fn minutes() -> (Vault, String) {
    let vault = Vault::new();
    vault.file("minutes/2026/2026-11-10.md", NODE);
    vault.file("minutes/steering.md", PLAIN);
    vault.file("minutes/staff/2026-11-17-weekly.md", FRONT);
    vault.file("minutes/README.txt", "Not minutes.");
    let folder = vault.home().join("minutes").to_str().expect("UTF-8").to_owned();
    (vault, folder)
}

fn file(imported: &Value, path: &str) -> Value {
    let files = imported["files"].as_array().expect("files");
    files.iter().find(|file| file["path"] == path).unwrap_or_else(|| panic!("no {path}: {imported:#}")).clone()
}

fn attendees(of: &Value) -> Vec<String> {
    let mut names = all(of["attendees"].as_array().expect("attendees"), "name");
    names.sort();
    names
}

#[test]
fn a_folder_of_minutes_becomes_meetings_with_notes() {
    let (vault, folder) = minutes();
    let imported = vault.json(&["import", "minutes", &folder]);
    throughline_tests::check_list("import", &imported, "files", throughline_tests::shapes::IMPORTED);
    let made = imported["files"].as_array().expect("files").iter().filter(|file| !file["meeting_id"].is_null()).count();
    assert_eq!(made, 3, "{imported:#}");

    let node = file(&imported, "2026/2026-11-10.md");
    assert_eq!(attendees(&node), ["Ana Silva", "Ben Okoro", "Joe Sepi"]);
    assert_eq!(
        (node["actions"].as_array().map(Vec::len), node["decisions"].as_array().map(Vec::len)),
        (Some(1), Some(1))
    );
    assert_eq!(node["matched"], false);
    let meeting = vault.json(&["meeting", "show", &text(&node["meeting_id"])]);
    assert_eq!(
        (&meeting["source"], &meeting["held"], &meeting["has_notes"]),
        (&json!("import"), &json!(true), &json!(true))
    );
    assert!(text(&meeting["start"]).starts_with("2026-11-10"), "{meeting:#}");
    assert!(text(&meeting["title"]).starts_with("Cross Project Council"), "{meeting:#}");
    assert!(
        meeting["attendees"].as_array().expect("attendees").iter().all(|one| one["present"] == "yes"),
        "{meeting:#}"
    );
    assert_eq!(without_anchors(&vault.read(&text(&node["meeting_id"]))), NODE);
    let action = vault.the(&["actions"], "actions", "id", &text(&node["actions"][0]));
    assert_eq!(
        (&action["due"], &action["line"], &action["owners"][0]["name"]),
        (&json!("2026-11-13"), &json!(17), &json!("Joe Sepi"))
    );

    let plain = file(&imported, "steering.md");
    assert_eq!(attendees(&plain), ["Ana Silva", "Cleo Acme", "Dan Dorn", "Eva Ek"]);
    let of = |name: &str| {
        plain["attendees"].as_array().expect("attendees").iter().find(|one| one["name"] == name).expect("them").clone()
    };
    assert_eq!(json!([of("Eva Ek")["present"], of("Eva Ek")["response"]]), json!(["no", "declined"]));
    assert_eq!(json!([of("Cleo Acme")["present"], of("Cleo Acme")["email"]]), json!(["yes", "cleo@acme.com"]));
    let counts = ["actions", "decisions", "questions"].map(|kind| plain[kind].as_array().expect("ids").len());
    assert_eq!(counts, [2, 1, 1], "in imported minutes quotations count: {plain:#}");

    let staff = file(&imported, "staff/2026-11-17-weekly.md");
    assert_eq!(attendees(&staff), ["Ana Silva", "Fred Fern"]);
    let owners: Vec<_> = staff["actions"]
        .as_array()
        .expect("ids")
        .iter()
        .map(|id| vault.the(&["actions"], "actions", "id", &text(id))["owners"][0]["name"].clone())
        .collect();
    assert_eq!(owners, ["Ana Silva", "Fred Fern"], "initials of the attendee list");
    assert_eq!(staff["decisions"].as_array().map(Vec::len), Some(1));
    assert!(vault.list(&["people"], "people").iter().any(|one| one["handle"] == "joesepi"));
    assert!(vault.is_sound());
}

#[test]
fn a_second_run_adds_nothing_and_a_changed_file_follows() {
    let (vault, folder) = minutes();
    let first = vault.json(&["import", "minutes", &folder]);
    let state = |vault: &Vault| {
        let lists = ["actions", "decisions", "questions", "people"].map(|kind| vault.json(&[kind]));
        json!([lists, vault.meetings("2026-01-01", "2026-12-31")])
    };
    let before = state(&vault);
    let second = vault.json(&["import", "minutes", &folder]);
    assert_eq!(state(&vault), before);
    assert_eq!(
        all(second["files"].as_array().expect("files"), "meeting_id"),
        all(first["files"].as_array().expect("files"), "meeting_id")
    );
    for path in ["2026/2026-11-10.md", "steering.md", "staff/2026-11-17-weekly.md"] {
        assert_eq!(file(&first, path)["actions"], file(&second, path)["actions"], "{path}");
    }
    // The same file named by itself is the same minutes.
    let alone = vault.home().join("minutes/steering.md").to_str().expect("UTF-8").to_owned();
    vault.json(&["import", "minutes", &alone]);
    assert_eq!(state(&vault), before);

    vault.file("minutes/steering.md", PLAIN.replace("we sign", "we sign tomorrow") + "\nAI: Ana to buy pens\n");
    let third = vault.json(&["import", "minutes", &folder]);
    let changed = file(&third, "steering.md");
    assert_eq!(changed["meeting_id"], file(&first, "steering.md")["meeting_id"]);
    assert_eq!(changed["actions"].as_array().map(Vec::len), Some(3), "{changed:#}");
    assert_eq!(changed["decisions"], file(&first, "steering.md")["decisions"], "a reworded line is the same decision");
}

#[test]
fn work_done_on_imported_items_survives_another_import() {
    let (vault, folder) = minutes();
    let first = vault.json(&["import", "minutes", &folder]);
    let id = text(&file(&first, "steering.md")["actions"][0]);
    vault.json(&["action", "done", &id]);
    vault.json(&["import", "minutes", &folder]);
    assert_eq!(vault.the(&["actions"], "actions", "id", &id)["status"], "done");
    vault.json(&["note", "append", &text(&file(&first, "steering.md")["meeting_id"]), "Added by hand."]);
    vault.json(&["import", "minutes", &folder]);
    assert!(vault.read(&text(&file(&first, "steering.md")["meeting_id"])).contains("Added by hand."));
    vault.file("minutes/steering.md", PLAIN.replace("We met.", "We met, in the end."));
    vault.json(&["import", "minutes", &folder]);
    let note = vault.read(&text(&file(&first, "steering.md")["meeting_id"]));
    assert!(note.contains("Added by hand.") && note.contains("in the end") && note.contains("[x] "), "{note}");
}

#[test]
fn minutes_are_attached_to_the_meeting_they_belong_to() {
    let (vault, folder) = minutes();
    let weekly = "DTSTART;TZID=Europe/Berlin:20261103T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=6\nATTENDEE;CN=Ana Silva:mailto:ana@example.org\nATTENDEE;CN=Fred Fern:mailto:fred@example.org";
    let steering = "DTSTART;TZID=Europe/Berlin:20261112T150000\nDURATION:PT1H\nATTENDEE;CN=Cleo Acme:mailto:cleo@acme.com\nATTENDEE;CN=Dan Dorn:mailto:dan@acme.com";
    let path = vault.file(
        "c.ics",
        calendar(&[
            event("staff@x", "Weekly staff", weekly),
            event("yoga@x", "Yoga", "DTSTART;TZID=Europe/Berlin:20261117T180000\nDURATION:PT1H"),
            event("steering@x", "Acme: Steering", steering),
            event("lunch@x", "Lunch", "DTSTART;TZID=Europe/Berlin:20261112T120000\nDURATION:PT1H"),
        ]),
    );
    vault.subscribe(&path);
    let people = vault.list(&["people"], "people").len();
    let imported = vault.json(&["import", "minutes", &folder]);
    let staff = file(&imported, "staff/2026-11-17-weekly.md");
    assert_eq!(
        (&staff["matched"], &staff["meeting_id"]),
        (&json!(true), &vault.on("2026-11-17", "Weekly staff")["id"])
    );
    let client = file(&imported, "steering.md");
    assert_eq!(
        (&client["matched"], &client["meeting_id"]),
        (&json!(true), &vault.on("2026-11-12", "Acme: Steering")["id"])
    );
    assert_eq!(file(&imported, "2026/2026-11-10.md")["matched"], false, "a weekly staff is no council");
    assert_eq!(vault.on("2026-11-17", "Weekly staff")["source"], "ics");
    let fred = vault.list(&["people"], "people").into_iter().filter(|one| one["name"] == "Fred Fern").count();
    assert_eq!(fred, 1, "a name of the minutes is the attendee of that name");
    assert_eq!(vault.list(&["people"], "people").len(), people + 3, "Eva, Joe and Ben");
    vault.sync();
    vault.json(&["import", "minutes", &folder]);
    assert_eq!(vault.meetings("2026-11-12", "2026-11-12").len(), 2);
}

#[test]
fn an_import_is_undone_at_once() {
    let (vault, folder) = minutes();
    vault.json(&["import", "minutes", &folder]);
    vault.json(&["undo"]);
    assert!(vault.list(&["actions"], "actions").is_empty());
    assert!(vault.meetings("2026-01-01", "2026-12-31").is_empty());
    assert!(vault.is_sound());
    vault.json(&["import", "minutes", &folder]);
    assert_eq!(vault.meetings("2026-01-01", "2026-12-31").len(), 3);
}

#[test]
fn a_file_that_cannot_be_read_costs_that_file() {
    let (vault, folder) = minutes();
    vault.file("minutes/2026-11-20-latin.md", b"# Caf\xe9\n\nAction: pay\n");
    let ran = vault.run(&["--json", "import", "minutes", &folder]);
    let imported: Value = serde_json::from_str(&ran.stdout).expect("what succeeded is still printed");
    let bad = file(&imported, "2026-11-20-latin.md");
    assert_eq!(bad["meeting_id"], Value::Null);
    assert!(!bad["warnings"].as_array().expect("warnings").is_empty());
    assert_eq!(vault.meetings("2026-01-01", "2026-12-31").len(), 3);
    assert_eq!(vault.fails(&["import", "minutes", "no/such/folder"]).0, 1);
}
