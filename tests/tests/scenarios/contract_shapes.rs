//! What `--json` prints: every shape, field by field.

use serde_json::{Value, json};
use throughline_tests::shapes::{
    ACCOUNT, ACTION, ATTENDEE, BRIEF, CALENDAR, CENTRAL, DECISION, DOCTOR, HIT, LEDGER, MEETING, NOTE, PERSON,
    QUESTION, REVISION, STEP, SYNCED, TODAY, TRACE,
};
use throughline_tests::{Vault, all, calendar, check_list, check_shape, event, names, text};

/// A vault with a calendar of a weekly 1:1, a client meeting and an offsite, and notes of both hands.
fn furnished() -> (Vault, Value) {
    let vault = Vault::new();
    let path = vault.file(
        "work.ics",
        calendar(&[
            event(
                "one@x",
                "Ana 1:1",
                "DTSTART;TZID=Europe/Berlin:20261103T100000
                DTEND;TZID=Europe/Berlin:20261103T103000
                RRULE:FREQ=WEEKLY;COUNT=6
                ORGANIZER;CN=Ana Silva:mailto:ana@example.org
                ATTENDEE;CN=Ana Silva;PARTSTAT=ACCEPTED:mailto:ana@example.org
                ATTENDEE;CN=Max Muster;PARTSTAT=ACCEPTED:mailto:max@example.org",
            ),
            event(
                "steering@x",
                "Acme steering",
                "DTSTART:20261124T130000Z
                DTEND:20261124T140000Z
                LOCATION:https://meet.google.com/abc-defg-hij
                ORGANIZER;CN=Cleo Acme:mailto:cleo@acme.com
                ATTENDEE;CN=Max Muster;PARTSTAT=TENTATIVE:MAILTO:Max@Example.org
                ATTENDEE;CN=Ben Okoro;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED:mailto:ben@acme.com",
            ),
            event("offsite@x", "Offsite", "DTSTART;VALUE=DATE:20261126\nDTEND;VALUE=DATE:20261128"),
        ]),
    );
    let synced = vault.subscribe(&path);
    let last = vault.the(&["meetings", "--from", "2026-11-17", "--to", "2026-11-17"], "meetings", "title", "Ana 1:1");
    vault.write(
        &text(&last["id"]),
        "!! @ana send the plan by Friday #hiring\n!! @max book the room due:2026-11-20\n\
         => @ana We hire two #hiring\n   because the team is small\n?? Who pays?\n",
    );
    (vault, synced)
}

#[test]
fn init_tells_the_vault_and_the_user() {
    let vault = Vault::nowhere();
    let made = vault.json(&["init", "--name", "Max Muster", "--email", "Max@Example.org"]);
    assert!(made["vault"].is_string(), "{made}");
    check_shape("me", &made["me"], PERSON);
    assert_eq!(made["me"]["is_me"], true);
    assert_eq!(made["me"]["name"], "Max Muster");
    assert_eq!(made["me"]["emails"], json!(["max@example.org"]));
    check_list("people", &vault.json(&["people"]), "people", PERSON);
}

#[test]
fn meetings_are_told_field_by_field() {
    let (vault, _) = furnished();
    let meetings = vault.meetings("2026-11-01", "2026-12-31");
    for meeting in &meetings {
        check_shape("meeting", meeting, MEETING);
    }
    let one = vault.the(&["meetings", "--from", "today", "--to", "today"], "meetings", "title", "Ana 1:1");
    assert_eq!(one["start"], "2026-11-24T10:00:00+01:00");
    assert_eq!(one["end"], "2026-11-24T10:30:00+01:00");
    assert_eq!(one["zone"], "Europe/Berlin");
    assert_eq!((&one["all_day"], &one["kind"], &one["source"]), (&json!(false), &json!("meeting"), &json!("ics")));
    assert_eq!((&one["uid"], &one["held"]), (&json!("one@x"), &json!(false)));
    assert_eq!(one["original_start"], "2026-11-24T10:00:00+01:00");
    assert!(one["series_id"].is_string());
    assert_eq!(one["calendars"].as_array().expect("calendars").len(), 1);
    assert_eq!(one["organizer"]["name"], "Ana Silva");

    let steering = meetings.iter().find(|meeting| meeting["title"] == "Acme steering").expect("the steering");
    assert_eq!(steering["original_start"], Value::Null, "a single event's original start is null");
    assert_eq!(steering["start"], "2026-11-24T14:00:00+01:00", "the offsets are those of --tz");
    assert_eq!(steering["call_url"], "https://meet.google.com/abc-defg-hij");
    let ben = &attendee(steering, "Ben Okoro");
    assert_eq!((&ben["role"], &ben["response"]), (&json!("optional"), &json!("declined")));
    assert_eq!((&ben["present"], &ben["email"]), (&json!("unknown"), &json!("ben@acme.com")));
    assert_eq!(attendee(steering, "Cleo Acme")["role"], "organizer");
    assert_eq!(attendee(steering, "Max Muster")["response"], "tentative");

    let offsite = meetings.iter().find(|meeting| meeting["title"] == "Offsite").expect("the offsite");
    assert_eq!((&offsite["start"], &offsite["end"]), (&json!("2026-11-26"), &json!("2026-11-28")));
    assert_eq!((&offsite["all_day"], &offsite["zone"]), (&json!(true), &Value::Null));

    let shown = vault.json(&["meeting", "show", &text(&one["id"])]);
    check_shape("meeting show", &shown, MEETING);
    assert_eq!(shown["id"], one["id"]);

    let abroad = vault.in_zone("America/New_York");
    let there = abroad.json(&["meeting", "show", &text(&one["id"])]);
    assert_eq!(there["start"], "2026-11-24T04:00:00-05:00");
    assert_eq!(there["zone"], "Europe/Berlin");
}

#[test]
fn items_are_told_field_by_field() {
    let (vault, _) = furnished();
    check_list("actions", &vault.json(&["actions"]), "actions", ACTION);
    let plan = vault.the(&["actions", "--owner", "ana"], "actions", "due", "2026-11-20");
    assert_eq!(plan["text"], "@ana send the plan by Friday #hiring");
    assert_eq!(plan["owners"][0]["handle"], "ana");
    assert_eq!(plan["owners"][0]["name"], "Ana Silva");
    assert_eq!(plan["owners"][0]["inferred"], false);
    assert_eq!((&plan["status"], &plan["slips"]), (&json!("open"), &json!(0)));
    assert_eq!(plan["topics"], json!(["hiring"]));
    assert_eq!(plan["meeting_title"], "Ana 1:1");
    assert_eq!(plan["meeting_date"], "2026-11-17");
    assert_eq!((&plan["note_part"], &plan["line"]), (&json!("notes"), &json!(1)));
    assert_eq!(
        (&plan["done_at"], &plan["blocked_by"], &plan["snoozed_until"]),
        (&Value::Null, &json!([]), &Value::Null)
    );
    assert_eq!(plan["created_at"], "2026-11-24T09:00:00+01:00");

    check_list("decisions", &vault.json(&["decisions"]), "decisions", DECISION);
    let decision = &vault.list(&["decisions"], "decisions")[0];
    assert_eq!(decision["text"], "@ana We hire two #hiring");
    assert_eq!(decision["rationale"], "because the team is small");
    assert_eq!(decision["status"], "holds");
    assert_eq!(names(&decision["decided_by"]), ["Ana Silva"]);
    assert_eq!(
        (&decision["supersedes"], &decision["superseded_by"], &decision["revisit"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    check_shape("decision show", &vault.json(&["decision", "show", &text(&decision["id"])]), DECISION);

    check_list("questions", &vault.json(&["questions", "--open"]), "questions", QUESTION);
    let question = &vault.list(&["questions"], "questions")[0];
    assert_eq!((&question["text"], &question["status"]), (&json!("Who pays?"), &json!("open")));
    assert_eq!(question["line"], 5);

    let done = vault.json(&["action", "done", &text(&plan["id"])]);
    check_shape("action done", &done, ACTION);
    assert_eq!((&done["status"], &done["done_at"]), (&json!("done"), &json!("2026-11-24T09:00:00+01:00")));
    for change in [["action", "due", "2026-12-01"], ["action", "snooze", "today+3"], ["action", "assign", "max"]] {
        check_shape(change[1], &vault.json(&[change[0], change[1], &text(&plan["id"]), change[2]]), ACTION);
    }
}

#[test]
fn answers_are_told_field_by_field() {
    let (vault, _) = furnished();
    let today = vault.json(&["today"]);
    check_shape("today", &today, TODAY);
    assert_eq!(today["date"], "2026-11-24");
    let titles: Vec<_> =
        today["meetings"].as_array().expect("meetings").iter().map(|m| text(&m["meeting"]["title"])).collect();
    assert_eq!(titles, ["Ana 1:1", "Acme steering"]);
    let brief = &today["meetings"][0]["brief"];
    check_shape("brief", brief, BRIEF);
    let alone = vault.json(&["brief", &text(&today["meetings"][0]["meeting"]["id"])]);
    check_shape("brief", &alone, BRIEF);
    assert_eq!(&alone, brief);
    assert_eq!(all(today["overdue"].as_array().expect("overdue"), "due"), ["2026-11-20"]);

    let ledger = vault.json(&["ledger", "ana"]);
    check_shape("ledger", &ledger, LEDGER);
    check_list("ledger", &ledger, "i_owe", ACTION);
    check_list("ledger", &ledger, "they_owe", ACTION);
    check_shape("ledger", &vault.json(&["ledger", "Acme"]), LEDGER);

    check_list("path", &vault.json(&["path", "@ana", "cleo@acme.com"]), "steps", STEP);
    let action = &vault.list(&["actions"], "actions")[0];
    let trace = vault.json(&["trace", &text(&action["id"])]);
    check_shape("trace", &trace, TRACE);
    assert_eq!(trace["item"]["id"], action["id"]);
    check_list("central", &vault.json(&["central"]), "people", CENTRAL);

    let search = vault.json(&["search", "plan"]);
    check_list("search", &search, "hits", HIT);
    assert!(search["took_ms"].is_number(), "{search}");
    check_shape("doctor", &vault.json(&["doctor"]), DOCTOR);
}

#[test]
fn calendars_and_syncs_are_told_field_by_field() {
    let (vault, calendar) = furnished();
    check_list("accounts", &vault.json(&["account", "list"]), "accounts", ACCOUNT);
    check_list("calendars", &vault.json(&["calendar", "list"]), "calendars", CALENDAR);
    assert_eq!(calendar["added"], 8);
    assert_eq!((&calendar["changed"], &calendar["removed"], &calendar["kept"]), (&json!(0), &json!(0), &json!(0)));
    let synced = vault.json(&["sync"]);
    check_list("sync", &synced, "accounts", SYNCED);
    assert_eq!(synced["accounts"][0]["error"], Value::Null);
    assert_eq!(vault.json(&["queue"])["queue"], json!([]));

    let account = &vault.list(&["account", "list"], "accounts")[0];
    assert_eq!((&account["provider"], &account["state"]), (&json!("ics"), &json!("ok")));
    assert_eq!(account["last_sync"], "2026-11-24T09:00:00+01:00");
    let id = text(&vault.list(&["calendar", "list"], "calendars")[0]["id"]);
    let off = vault.json(&["calendar", "disable", &id]);
    check_shape("calendar disable", &off, CALENDAR);
    assert_eq!(off["enabled"], false);
    assert_eq!(vault.json(&["calendar", "enable", &id])["enabled"], true);
    check_shape("account remove", &vault.json(&["account", "remove", &text(&account["id"])]), ACCOUNT);
}

#[test]
fn notes_and_people_are_told_field_by_field() {
    let (vault, _) = furnished();
    let meeting = vault.meeting("Ad hoc", "2026-11-24T16:00", &["dora@initech.com"]);
    let note = vault.write(&meeting, "Hello\n");
    check_shape("note set", &note, NOTE);
    assert_eq!(
        (&note["part"], &note["text"], &note["meeting_id"]),
        (&json!("notes"), &json!("Hello\n"), &json!(meeting))
    );
    check_shape("note append", &vault.json(&["note", "append", &meeting, "there"]), NOTE);
    let history = vault.json(&["note", "history", &meeting]);
    check_list("note history", &history, "revisions", REVISION);
    check_shape("note show", &vault.json(&["note", "show", &meeting, "--part", "private"]), NOTE);
    let oldest = history["revisions"].as_array().expect("revisions").last().expect("one")["revision"].to_string();
    check_shape("note restore", &vault.json(&["note", "restore", &meeting, oldest.trim_matches('"')]), NOTE);

    let dora = vault.json(&["person", "show", "dora@initech.com"]);
    check_shape("person show", &dora, PERSON);
    assert_eq!(dora["organization"], "Initech");
    let edited = vault.json(&["person", "edit", "@dora", "--name", "Dora Dunn", "--relation", "client"]);
    check_shape("person edit", &edited, PERSON);
    assert_eq!(
        (&edited["name"], &edited["relation"], &edited["handle"]),
        (&json!("Dora Dunn"), &json!("client"), &json!("dora"))
    );
    check_shape("person alias", &vault.json(&["person", "alias", "dora", "dd@initech.com"]), PERSON);
    assert!(vault.json(&["orgs"]).as_object().expect("an object").values().any(Value::is_array));
    assert_eq!(vault.json(&["org", "show", "Initech"])["name"], "Initech");
}

#[test]
fn what_is_made_or_changed_is_printed_bare() {
    let (vault, _) = furnished();
    let made = vault.json(&[
        "meeting",
        "new",
        "--title",
        "Chat",
        "--start",
        "2026-11-24T16:00",
        "--end",
        "2026-11-24T16:20",
        "--attendee",
        "ben@acme.com",
    ]);
    check_shape("meeting new", &made, MEETING);
    assert_eq!(
        (&made["start"], &made["end"]),
        (&json!("2026-11-24T16:00:00+01:00"), &json!("2026-11-24T16:20:00+01:00"))
    );
    assert_eq!((&made["source"], &made["uid"], &made["calendars"]), (&json!("local"), &Value::Null, &json!([])));
    let id = text(&made["id"]);
    let edited = vault.json(&[
        "meeting",
        "edit",
        &id,
        "--title",
        "Talk",
        "--start",
        "2026-11-24T17:00:00+01:00",
        "--end",
        "2026-11-24T17:30:00+01:00",
        "--purpose",
        "decide",
        "--role",
        "facilitator",
        "--held",
        "yes",
    ]);
    check_shape("meeting edit", &edited, MEETING);
    let told = [&edited["title"], &edited["start"], &edited["purpose"], &edited["my_role"], &edited["held"]];
    assert_eq!(json!(told), json!(["Talk", "2026-11-24T17:00:00+01:00", "decide", "facilitator", true]));
    let joined = vault.json(&["meeting", "attendee", "add", &id, "eva@initech.com"]);
    check_list("meeting attendee add", &joined, "attendees", ATTENDEE);
    let present = vault.json(&["meeting", "present", &id, "ben@acme.com", "yes"]);
    check_shape("meeting present", &present, MEETING);
    assert!(
        present["attendees"]
            .as_array()
            .expect("attendees")
            .iter()
            .any(|a| a["present"] == "yes" && a["email"] == "ben@acme.com")
    );
    check_shape("meeting delete", &vault.json(&["meeting", "delete", &id]), MEETING);
    let undone = vault.json(&["undo"]);
    check_list(
        "undo",
        &undone,
        "undone",
        &[("kind", throughline_tests::Field::Id), ("id", throughline_tests::Field::Id)],
    );
    assert!(undone["undone"].as_array().expect("undone").contains(&json!({"kind": "meeting", "id": id})), "{undone}");
    assert_eq!(vault.json(&["meeting", "show", &id])["title"], "Talk");
}

fn attendee(meeting: &Value, name: &str) -> Value {
    let attendees = meeting["attendees"].as_array().expect("attendees");
    attendees
        .iter()
        .find(|attendee| attendee["name"] == name)
        .unwrap_or_else(|| panic!("no {name}: {meeting:#}"))
        .clone()
}
