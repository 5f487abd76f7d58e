//! One meeting in two calendars, events made again, and the queue of notes whose event is gone.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, calendar, event, text};

const AT: &str = "DTSTART:20261201T090000Z\nDTEND:20261201T100000Z";
const PEOPLE: &str =
    "ORGANIZER;CN=Ana Silva:mailto:ana@example.org\nATTENDEE:mailto:max@example.org\nATTENDEE:mailto:ben@example.org";

#[test]
fn the_same_uid_in_two_calendars_is_one_meeting() {
    let vault = Vault::new();
    let content = calendar(&[event("u@x", "Review", &format!("{AT}\n{PEOPLE}"))]);
    let first = vault.file("first.ics", &content);
    let second = vault.file("second.ics", &content);
    vault.subscribe(&first);
    vault.subscribe(&second);
    let meetings = vault.meetings("2026-12-01", "2026-12-01");
    assert_eq!(all(&meetings, "title"), ["Review"]);
    assert_eq!(meetings[0]["calendars"].as_array().expect("calendars").len(), 2);

    vault.file("first.ics", calendar(&[]));
    vault.json(&["sync"]);
    let left = vault.on("2026-12-01", "Review");
    assert_eq!((&left["status"], &left["id"]), (&json!("confirmed"), &meetings[0]["id"]));
    assert_eq!(left["calendars"].as_array().expect("calendars").len(), 1);
    vault.file("second.ics", calendar(&[]));
    vault.json(&["sync"]);
    assert!(vault.meetings("2026-12-01", "2026-12-01").is_empty());
}

#[test]
fn the_same_uid_of_another_thing_is_another_meeting() {
    let vault = Vault::new();
    let first = vault.file("first.ics", calendar(&[event("u@x", "Review", &format!("{AT}\n{PEOPLE}"))]));
    let other = "ORGANIZER;CN=Zoe:mailto:zoe@other.example\nATTENDEE:mailto:yan@other.example";
    let second = vault.file("second.ics", calendar(&[event("u@x", "Yoga", &format!("{AT}\n{other}"))]));
    vault.subscribe(&first);
    vault.subscribe(&second);
    let mut titles = all(&vault.meetings("2026-12-01", "2026-12-01"), "title");
    titles.sort();
    assert_eq!(titles, ["Review", "Yoga"]);
    let again = vault.json(&["sync"]);
    for account in again["accounts"].as_array().expect("accounts") {
        assert_eq!((&account["calendars"][0]["changed"], &account["calendars"][0]["removed"]), (&json!(0), &json!(0)));
    }
}

#[test]
fn a_calendar_that_moves_to_another_account_takes_its_notes_along() {
    let vault = Vault::new();
    let rest = format!("{AT}\n{PEOPLE}\nRRULE:FREQ=WEEKLY;COUNT=3");
    let content = calendar(&[event("u@x", "Review", &rest)]);
    let old = vault.file("old.ics", &content);
    vault.subscribe(&old);
    let noted = vault.id_on("2026-12-08", "Review");
    vault.write(&noted, "Notes.\n");
    let account = vault.list(&["account", "list"], "accounts")[0].clone();
    vault.json(&["account", "remove", &text(&account["id"])]);
    assert_eq!(vault.json(&["meeting", "show", &noted])["source"], "local");
    let new = vault.file("new.ics", &content);
    vault.subscribe(&new);
    let meetings = vault.meetings("2026-12-01", "2026-12-31");
    assert_eq!(meetings.len(), 3, "attached by itself: {meetings:#?}");
    assert_eq!((&meetings[1]["id"], &meetings[1]["source"]), (&json!(noted), &json!("ics")));
}

/// A vault in which a meeting with notes went and came again under another UID.
fn made_again() -> (Vault, String, String) {
    let vault = Vault::new();
    let path = vault.file("c.ics", calendar(&[event("old@x", "Budget review", &format!("{AT}\n{PEOPLE}"))]));
    vault.subscribe(&path);
    let old = vault.id_on("2026-12-01", "Budget review");
    vault.write(&old, "!! @ben count the money\n");
    vault.write_part(&old, "private", "Ben looks tired.\n");
    let again = event("new@x", "Budget review", &format!("{AT}\n{PEOPLE}").replace("20261201", "20261202"));
    let stranger = event("lunch@x", "Lunch", "DTSTART:20261202T110000Z\nDTEND:20261202T120000Z");
    vault.file("c.ics", calendar(&[again, stranger]));
    vault.sync();
    let new = vault.id_on("2026-12-02", "Budget review");
    (vault, old, new)
}

#[test]
fn an_event_made_again_is_offered_in_the_queue_and_nothing_is_guessed() {
    let (vault, old, new) = made_again();
    assert_ne!(old, new);
    let queue = vault.list(&["queue"], "queue");
    assert_eq!(queue.len(), 1, "{queue:#?}");
    assert_eq!(queue[0]["meeting"]["id"], old);
    assert_eq!(queue[0]["candidates"][0]["meeting_id"], new, "best match first");
    assert_eq!(queue[0]["candidates"][0]["title"], "Budget review");
    assert_eq!(vault.json(&["meeting", "show", &new])["has_notes"], false);
}

#[test]
fn relinking_gives_the_notes_to_the_other_meeting_for_good() {
    let (vault, old, new) = made_again();
    let printed = vault.json(&["meeting", "relink", &old, &new]);
    assert_eq!((&printed["id"], &printed["has_notes"]), (&json!(new), &json!(true)), "{printed:#}");
    assert!(vault.read(&new).contains("count the money"));
    assert_eq!(vault.list(&["actions"], "actions")[0]["meeting_id"], new);
    assert_eq!(vault.json(&["note", "show", &new, "--part", "private"])["text"], "Ben looks tired.\n");
    assert_eq!(vault.json(&["queue"])["queue"], json!([]));
    assert_eq!(vault.meetings("2026-12-01", "2026-12-02").len(), 2, "the empty shell is gone");
    vault.sync();
    assert!(vault.read(&new).contains("count the money"));

    vault.json(&["undo"]);
    assert!(vault.read(&old).contains("count the money"));
    assert_eq!(vault.list(&["actions"], "actions")[0]["meeting_id"], old);
    assert_eq!(vault.json(&["meeting", "show", &new])["has_notes"], false);
    assert!(vault.is_sound());
}

#[test]
fn relinking_onto_a_meeting_with_notes_of_its_own_loses_neither() {
    let (vault, old, new) = made_again();
    vault.write(&new, "=> Spend less\n");
    vault.json(&["meeting", "relink", &old, &new]);
    let note = vault.read(&new);
    assert!(note.contains("count the money") && note.contains("Spend less"), "{note}");
    assert_eq!(vault.list(&["actions"], "actions").len(), 1);
    assert_eq!(vault.list(&["decisions"], "decisions").len(), 1);
    assert!(vault.is_sound());
}

#[test]
fn keeping_takes_a_meeting_off_the_queue() {
    let (vault, old, _) = made_again();
    vault.json(&["queue", "keep", &old]);
    assert_eq!(vault.json(&["queue"])["queue"], json!([]));
    vault.sync();
    assert_eq!(vault.json(&["queue"])["queue"], json!([]), "a sync does not ask again");
    assert!(vault.read(&old).contains("count the money"));
    vault.json(&["undo"]);
    assert_eq!(vault.list(&["queue"], "queue").len(), 1);
}

#[test]
fn a_note_made_by_hand_is_offered_to_the_event_that_turns_out_to_be_its_meeting() {
    let vault = Vault::new();
    let own = vault.meeting("With Ana", "2026-12-01T10:05", &["ana@example.org"]);
    vault.write(&own, "!! @ben count the money\n");
    let path = vault.file("c.ics", calendar(&[]));
    vault.subscribe(&path);
    let lunch = event("lunch@x", "Lunch", AT);
    vault.file("c.ics", calendar(std::slice::from_ref(&lunch)));
    vault.sync();
    assert_eq!(vault.json(&["queue"])["queue"], json!([]), "nothing in common but the time");

    let review = event("u@x", "Budget review", &format!("{AT}\n{PEOPLE}"));
    let next = event("v@x", "With Ana", &AT.replace("20261201", "20261208"));
    vault.file("c.ics", calendar(&[lunch.clone(), review.clone(), next.clone()]));
    vault.sync();
    let queue = vault.list(&["queue"], "queue");
    assert_eq!((queue.len(), &queue[0]["meeting"]["id"]), (1, &json!(own)));
    let best = &queue[0]["candidates"][0];
    assert_eq!(best["title"], "Budget review", "{queue:#?}");
    assert!(best["why"].as_str().is_some_and(|why| why.contains("1 person in common")), "{best:#}");
    assert!(vault.ok(&["queue"]).contains("made by hand"));

    vault.file("c.ics", calendar(&[lunch.clone(), next.clone()]));
    vault.sync();
    assert_eq!(vault.json(&["queue"])["queue"], json!([]), "the event went, and the note is its own again");
    vault.file("c.ics", calendar(&[lunch, review, next]));
    vault.sync();
    let to = vault.id_on("2026-12-01", "Budget review");
    vault.json(&["meeting", "relink", &own, &to]);
    assert!(vault.read(&to).contains("count the money"));
    assert_eq!(vault.run(&["meeting", "show", &own]).code, 1, "what was made by hand has become the event's meeting");
    assert_eq!(vault.json(&["queue"])["queue"], json!([]));
    vault.json(&["undo"]);
    assert!(vault.read(&own).contains("count the money"));
    assert_eq!(vault.list(&["queue"], "queue").len(), 1);
    vault.json(&["queue", "keep", &own]);
    vault.sync();
    assert_eq!(vault.json(&["queue"])["queue"], json!([]), "whoever says no is not asked again");
    assert!(vault.is_sound());
}

#[test]
fn a_meeting_made_by_hand_is_left_alone_by_a_sync() {
    let vault = Vault::new();
    let own = vault.meeting("Coffee", "2026-12-01T10:00", &["ana@example.org"]);
    let path = vault.file("c.ics", calendar(&[event("u@x", "Review", AT)]));
    vault.subscribe(&path);
    vault.file("c.ics", calendar(&[]));
    vault.sync();
    let left: Vec<Value> = vault.meetings("2026-12-01", "2026-12-01");
    assert_eq!(all(&left, "id"), [own]);
    assert_eq!((&left[0]["source"], &left[0]["status"]), (&json!("local"), &json!("confirmed")));
}
