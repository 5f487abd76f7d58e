//! People: merged, taken apart, renamed, and by whichever name one knows them.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, names, text};

/// Anna of two addresses, known as two people, with something to do for each.
fn two_annas() -> (Vault, String, String) {
    let vault = Vault::new();
    let first = vault.meeting("First", "2026-11-20T10:00", &["anna.berg@acme.com", "max@example.org"]);
    let second = vault.meeting("Second", "2026-11-23T10:00", &["aberg@gmail.com", "max@example.org"]);
    vault.write(&first, "!! @anna send the plan\n=> @anna we go\n");
    vault.write(&second, "!! @aberg send the budget\n");
    let a = text(&vault.json(&["person", "show", "anna.berg@acme.com"])["id"]);
    let b = text(&vault.json(&["person", "show", "aberg@gmail.com"])["id"]);
    (vault, a, b)
}

fn owners(vault: &Vault) -> Vec<String> {
    let mut owners: Vec<_> =
        vault.list(&["actions"], "actions").iter().flat_map(|action| names(&action["owners"])).collect();
    owners.sort();
    owners
}

#[test]
fn merged_people_are_one_and_both_handles_go_on_working() {
    let (vault, a, b) = two_annas();
    let merged = vault.json(&["person", "merge", &a, &b]);
    assert_eq!(merged["id"], a);
    let mut emails = all_texts(&merged["emails"]);
    emails.sort();
    assert_eq!(emails, ["aberg@gmail.com", "anna.berg@acme.com"]);
    assert_eq!(owners(&vault), ["Anna Berg", "Anna Berg"]);
    for known in ["@anna", "@aberg", &a, &b, "aberg@gmail.com", "anna.berg@acme.com"] {
        assert_eq!(vault.json(&["person", "show", known])["id"], a, "{known}");
        assert_eq!(vault.list(&["actions", "--owner", known], "actions").len(), 2, "{known}");
    }
    assert_eq!(vault.list(&["people"], "people").len(), 2);
    assert_eq!(vault.json(&["ledger", &b])["they_owe"].as_array().expect("a list").len(), 2);
    let later = vault.meeting("Third", "2026-11-24T10:00", &["aberg@gmail.com"]);
    assert_eq!(attendee(&vault, &later), a);
    vault.write(&later, "!! @aberg write\n");
    assert_eq!(vault.list(&["actions", "--owner", "@anna"], "actions").len(), 3);
    assert!(vault.is_sound());
}

#[test]
fn unmerging_takes_apart_what_was_merged() {
    for how in ["unmerge", "undo"] {
        let (vault, a, b) = two_annas();
        let before = vault.json(&["people"]);
        vault.json(&["person", "merge", &a, &b]);
        match how {
            "undo" => vault.json(&["undo"]),
            _ => vault.json(&["person", "unmerge", &b]),
        };
        assert_eq!(sorted(&vault.json(&["people"])), sorted(&before), "{how}");
        assert_eq!(vault.json(&["person", "show", "@aberg"])["id"], b, "{how}");
        assert_eq!(
            all(&vault.list(&["actions", "--owner", &b], "actions"), "text"),
            ["@aberg send the budget"],
            "{how}"
        );
        assert!(vault.is_sound(), "{how}");
    }
}

#[test]
fn a_person_is_not_merged_with_themselves_nor_the_user_away() {
    let (vault, a, _) = two_annas();
    assert_eq!(vault.fails(&["person", "merge", &a, "@anna"]).0, 1);
    let me = text(&vault.json(&["person", "show", "me"])["id"]);
    let ran = vault.run(&["person", "merge", &a, &me, "--json"]);
    if ran.code == 0 {
        let merged: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(merged["is_me"], true, "the user stays the user");
    }
    assert_eq!(vault.json(&["person", "show", "me"])["is_me"], true);
}

#[test]
fn an_alias_is_a_name_an_address_or_a_handle() {
    let (vault, a, _) = two_annas();
    vault.json(&["person", "alias", &a, "Nusch"]);
    vault.json(&["person", "alias", &a, "nusch@home.example"]);
    vault.json(&["person", "alias", &a, "@annab"]);
    let shown = vault.json(&["person", "show", "@annab"]);
    assert_eq!(shown["id"], a);
    assert_eq!(shown["handle"], "anna", "the handle stays");
    assert!(all_texts(&shown["emails"]).contains(&"nusch@home.example".to_owned()));
    let meeting = vault.meeting("Third", "2026-11-24T10:00", &["nusch@home.example"]);
    assert_eq!(attendee(&vault, &meeting), a);
    vault.write(&meeting, "!! Nusch to call Bob\n!! @annab call Carl\n");
    let of = vault.list(&["actions", "--owner", &a], "actions");
    assert_eq!(of.len(), 3, "{of:#?}");
    let (code, _) = vault.fails(&["person", "alias", &a, "aberg@gmail.com"]);
    assert_eq!(code, 1, "an address is one person's");
}

#[test]
fn renaming_changes_what_is_shown_and_not_the_handle() {
    let (vault, a, _) = two_annas();
    vault.json(&["person", "edit", &a, "--name", "Anna Lind", "--relation", "report"]);
    assert!(owners(&vault).contains(&"Anna Lind".to_owned()));
    let shown = vault.json(&["person", "show", "@anna"]);
    assert_eq!((&shown["name"], &shown["relation"]), (&json!("Anna Lind"), &json!("report")));
    assert_eq!(vault.list(&["search", "Lind"], "hits").iter().filter(|hit| hit["kind"] == "person").count(), 1);
    vault.json(&["undo"]);
    assert_eq!(vault.json(&["person", "show", "@anna"])["name"], "Anna Berg");
}

#[test]
fn a_running_note_of_a_person_has_items_too() {
    let (vault, a, _) = two_annas();
    let note = vault.json_with(&["person", "note", &a, "-"], b"- [ ] ask her about the dog\n");
    assert!(text(&note["text"]).starts_with("- [ ] ask her about the dog ^"), "{note}");
    let shown = vault.json(&["person", "note", "@anna"]);
    assert_eq!((&shown["text"], &shown["meeting_id"]), (&note["text"], &Value::Null));
    let dog = vault
        .list(&["actions"], "actions")
        .into_iter()
        .find(|one| text(&one["text"]).contains("dog"))
        .expect("the action");
    assert_eq!((&dog["meeting_id"], &dog["meeting_title"]), (&Value::Null, &Value::Null));
    vault.json(&["action", "done", &text(&dog["id"])]);
    assert!(text(&vault.json(&["person", "note", &a])["text"]).starts_with("- [x] ask"));
}

#[test]
fn a_name_that_two_people_have_names_neither() {
    let vault = Vault::new();
    vault.meeting("First", "2026-11-20T10:00", &["ana.silva@acme.com", "ana.gomez@acme.com"]);
    let note = vault.meeting("Second", "2026-11-21T10:00", &["ben@acme.com"]);
    vault.write(&note, "!! Ana to call\n");
    assert_eq!(vault.list(&["actions"], "actions")[0]["owners"], json!([]));
    assert_eq!(vault.json(&["person", "show", "Ana Gomez"])["name"], "Ana Gomez");
    let people = vault.list(&["people"], "people");
    let handles = all(&people, "handle");
    assert_eq!(people.len(), 4);
    assert!(handles.iter().all(|handle| handles.iter().filter(|other| *other == handle).count() == 1), "{handles:?}");
}

#[test]
fn an_organization_shows_its_people() {
    let (vault, a, _) = two_annas();
    let acme = vault.json(&["org", "show", "acme"]);
    assert_eq!(acme["name"], "Acme");
    assert_eq!(all(acme["people"].as_array().expect("people"), "id"), [a]);
    assert_eq!(vault.list(&["actions", "--org", "Acme"], "actions").len(), 1);
    assert_eq!(vault.list(&["decisions", "--org", "Acme"], "decisions").len(), 1);
    assert_eq!(vault.json(&["ledger", "Acme"])["they_owe"].as_array().expect("a list").len(), 1);
}

fn all_texts(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(text).collect()
}

fn sorted(people: &Value) -> Vec<String> {
    let mut told: Vec<_> = people["people"].as_array().expect("people").iter().map(Value::to_string).collect();
    told.sort();
    told
}

/// The one at the meeting who is not the user.
fn attendee(vault: &Vault, meeting: &str) -> String {
    let shown = vault.json(&["meeting", "show", meeting]);
    let attendees = shown["attendees"].as_array().expect("attendees");
    let others: Vec<_> = attendees.iter().filter(|one| one["email"] != "max@example.org").collect();
    assert_eq!(others.len(), 1, "{shown:#}");
    text(&others[0]["person_id"])
}

#[test]
fn a_merge_makes_one_running_note_of_two_and_undo_makes_two_of_it_again() {
    let (vault, a, b) = two_annas();
    vault.json_with(&["person", "note", &a, "-"], "Likes tea.\n\n- [ ] @max ask about the move\n".as_bytes());
    vault.json_with(
        &["person", "note", &b, "-"],
        "Met in Rome.\n\n- [ ] @anna name a date\n=> we talk in May\n".as_bytes(),
    );
    let read = |who: &str| text(&vault.json(&["person", "note", who])["text"]);
    let items = || {
        let mut items = vault.list(&["actions"], "actions");
        items.extend(vault.list(&["decisions"], "decisions"));
        let mut items: Vec<String> = items.iter().map(|item| text(&item["id"])).collect();
        items.sort();
        items
    };
    let (of_a, of_b, before) = (read(&a), read(&b), items());
    vault.json(&["person", "merge", &a, &b]);
    let joined = format!("{of_a}\n{of_b}");
    assert_eq!((read(&a), read(&b)), (joined.clone(), joined.clone()), "one note, by both names");
    assert_eq!(vault.json(&["person", "show", &a])["note"], json!(joined), "and not told twice");
    assert_eq!(items(), before, "the same items");
    assert!(vault.is_sound());

    let undone = vault.json(&["undo"]);
    assert!(text(&undone["what"]).starts_with("merged "), "{undone}");
    assert_eq!((read(&a), read(&b), items()), (of_a.clone(), of_b.clone(), before.clone()));
    assert!(vault.is_sound());

    // Taken apart later, each has what was theirs; what was written meanwhile stays where it was written.
    vault.json(&["person", "merge", &a, &b]);
    vault.json_with(&["person", "note", &a, "-"], format!("{joined}Now in Oslo.\n").as_bytes());
    vault.json(&["person", "unmerge", &b]);
    assert_eq!((read(&a), read(&b), items()), (format!("{of_a}Now in Oslo.\n"), of_b, before));
    assert!(vault.is_sound());
}

#[test]
fn people_are_found_by_a_last_name_and_asked_about_where_several_have_it() {
    let vault = Vault::new();
    let who = ["Priya Raman <priya@acme.com>", "José Ortega-Núñez <jose@acme.com>", "Lena Vogt <lena@acme.com>"];
    let talk = vault.meeting("Talk", "2026-11-20T10:00", &who);
    vault.write(&talk, "- [ ] @priya send it\n");
    for (called, name) in [
        ("Raman", "Priya Raman"),
        ("raman", "Priya Raman"),
        ("nunez", "José Ortega-Núñez"),
        ("Ortega", "José Ortega-Núñez"),
        ("ortega núñez", "José Ortega-Núñez"),
        ("José", "José Ortega-Núñez"),
    ] {
        assert_eq!(vault.json(&["person", "show", called])["name"], name, "{called}");
    }
    assert_eq!(vault.list(&["actions", "--owner", "raman"], "actions").len(), 1);
    assert_eq!(vault.list(&["meetings", "--person", "Vogt"], "meetings").len(), 1);
    assert_eq!(text(&vault.json(&["ledger", "raman"])["who"]["name"]), "Priya Raman");
    vault.meeting("Again", "2026-11-21T10:00", &["Arjun Raman <arjun@globex.com>"]);
    let (code, failed) = vault.fails(&["person", "show", "Raman"]);
    assert_eq!((code, &failed["code"]), (1, &json!("ambiguous")));
    let hint = text(&failed["hint"]);
    assert!(hint.contains("@priya") && hint.contains("@arjun"), "{hint}");
    assert_eq!(vault.fails(&["person", "show", "Ram"]).1["code"], "unknown_person", "whole words");
    assert_eq!(vault.json(&["org", "show", "acme"])["name"], "Acme");
}

#[test]
fn regrets_in_minutes_go_before_the_answer_in_the_calendar() {
    let vault = Vault::new();
    let day = "DTSTART:20261112T090000Z\nDURATION:PT1H\nORGANIZER;CN=Ana Silva:mailto:ana@acme.com
        ATTENDEE;CN=Ana Silva;PARTSTAT=ACCEPTED:mailto:ana@acme.com
        ATTENDEE;CN=Eva Ek;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:eva@acme.com
        ATTENDEE;PARTSTAT=ACCEPTED:mailto:max@example.org";
    let path = vault.file("c.ics", throughline_tests::calendar(&[throughline_tests::event("s@x", "Steering", day)]));
    vault.subscribe(&path);
    let minutes = vault.file(
        "2026-11-12-steering.md",
        "# Steering\n\nDate: 2026-11-12\nAttendees: Ana Silva\nRegrets: Eva Ek\n\n=> We go\n",
    );
    vault.json(&["import", "minutes", &minutes]);
    let id = vault.id_on("2026-11-12", "Steering");
    let told = vault.json(&["meeting", "show", &id]);
    let of = |name: &str| {
        let attendees = told["attendees"].as_array().expect("attendees");
        let found = attendees.iter().find(|one| one["name"] == name);
        found.unwrap_or_else(|| panic!("{name} in {told:#}")).clone()
    };
    let eva = of("Eva Ek");
    assert_eq!(json!([eva["role"], eva["response"], eva["present"]]), json!(["optional", "declined", "no"]));
}

#[test]
fn a_wrong_day_of_a_change_of_jobs_is_corrected_by_saying_it_again() {
    let vault = Vault::new();
    vault.meeting("Talk", "2026-10-05T10:00", &["Li Ming <li@acme.example>", "zed@zcorp.example"]);
    for day in ["2026-11-01", "2026-11-20", "2026-10-15"] {
        let changed = vault.json(&["person", "job", "li", "zcorp.example", "--since", day]);
        assert_eq!(changed["organization"], "Zcorp", "{day}");
        let worked = vault.json(&["person", "show", "li"])["employments"].clone();
        assert_eq!((worked.as_array().map(Vec::len), &worked[1]["from"]), (Some(2), &day.into()), "{worked:#}");
    }
    assert!(vault.ok(&["person", "show", "li"]).contains("Zcorp since 15 Oct"));
    let (_, failure) = vault.fails(&["person", "unmerge", "li"]);
    assert!(failure["hint"].is_string(), "{failure}");
}
