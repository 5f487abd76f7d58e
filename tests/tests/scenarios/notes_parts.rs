//! What stands inside an item: owners, dates, topics, and what only looks like them.

use serde_json::{Value, json};
use throughline_tests::{Vault, names, text};

/// A meeting on Tuesday, 24 November 2026 with Ana Silva, Ben Okoro and the user.
fn talk() -> (Vault, String) {
    let vault = Vault::new();
    let people = ["ana.silva@example.org", "ben.okoro@acme.com", "max@example.org"];
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &people);
    (vault, meeting)
}

/// The items of a note of these lines, one each.
fn items(vault: &Vault, meeting: &str, lines: &[&str]) -> Vec<Value> {
    vault.write(meeting, &format!("{}\n", lines.join("\n\n")));
    let items: Vec<_> = vault.items(meeting).into_iter().map(|(_, _, item)| item).collect();
    assert_eq!(items.len(), lines.len(), "{items:#?}");
    items
}

#[test]
fn owners_are_read_where_they_stand() {
    let cases: &[(&str, &[&str], bool)] = &[
        ("!! @ana send it", &["ana"], false),
        ("!! send it 1 @ana", &["ana"], false),
        ("!! send it 2 @ana by Friday #x", &["ana"], false),
        ("!! send it 3 by Friday #x @ana", &["ana"], false),
        ("!! send it 4 #x @ana by Friday", &["ana"], false),
        ("!! send it 5 (@ana)", &["ana"], false),
        ("!! send it 6 [@ana]", &["ana"], false),
        ("!! @ana @ben meet 7", &["ana", "ben"], false),
        ("!! @ana, @ben meet 8", &["ana", "ben"], false),
        ("!! @ana and @ben meet 9", &["ana", "ben"], false),
        ("!! @Ana send it 10", &["ana"], false),
        ("!! talk to @ana about it 11", &[], false),
        ("!! Ana to send it 12", &["ana"], true),
        ("!! Ana: send it 13", &["ana"], true),
        ("!! Ana will send it 14", &["ana"], true),
        ("!! Ana and Ben to meet 15", &["ana", "ben"], true),
        ("!! Ana Silva to send it 16", &["ana"], true),
        ("!! send it 17 (Ana)", &["ana"], true),
        ("!! I will send it 18", &["max"], true),
        ("!! me: send it 19", &["max"], true),
        ("!! Zacharias to send it 20", &[], false),
        ("!! send Ana the file 21", &[], false),
        ("- [ ] @ben call 22", &["ben"], false),
        ("AI(Ana): call 23", &["ana"], true),
        ("Action: Ben to call 24", &["ben"], true),
        ("- **Action:** Ben Okoro will call 25", &["ben"], true),
        ("!! **Ana** to send it 26", &["ana"], true),
        ("!! @ana: send it 27", &["ana"], false),
    ];
    let (vault, meeting) = talk();
    let lines: Vec<_> = cases.iter().map(|(line, ..)| *line).collect();
    let mut wrong = Vec::new();
    for (item, (line, handles, inferred)) in items(&vault, &meeting, &lines).iter().zip(cases) {
        let owners = item["owners"].as_array().expect("owners");
        let mut found: Vec<_> = owners.iter().map(|owner| text(&owner["handle"])).collect();
        found.sort();
        if found != *handles || owners.iter().any(|owner| owner["inferred"] != *inferred) {
            wrong.push(format!("{line}: {owners:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn who_decided_is_read_likewise_and_nobody_is_claimed() {
    let (vault, meeting) = talk();
    let found = items(
        &vault,
        &meeting,
        &["=> @ana we hire two", "=> we hire three", "Decision: Ben and Ana to lead (now)", "=> we rent it (@ben)"],
    );
    assert_eq!(names(&found[0]["decided_by"]), ["Ana Silva"]);
    assert_eq!(found[1]["decided_by"], json!([]));
    assert_eq!(names(&found[3]["decided_by"]), ["Ben Okoro"]);
}

#[test]
fn due_dates_are_read_after_a_cue_and_from_the_meetings_date() {
    let cases: &[(&str, Option<&str>)] = &[
        ("by Friday", Some("2026-11-27")),
        ("by Tuesday", Some("2026-12-01")),
        ("by tue", Some("2026-12-01")),
        ("by tomorrow", Some("2026-11-25")),
        ("by today", Some("2026-11-24")),
        ("due tomorrow", Some("2026-11-25")),
        ("due end of month", Some("2026-11-30")),
        ("by the end of the month", Some("2026-11-30")),
        ("by 3 Dec", Some("2026-12-03")),
        ("by Dec 3", Some("2026-12-03")),
        ("by 3 December 2027", Some("2027-12-03")),
        ("by December 3rd, 2026", Some("2026-12-03")),
        ("by 3 January", Some("2027-01-03")),
        ("by May", Some("2027-05-01")),
        ("by end of May", Some("2027-05-31")),
        ("by 2026-12-24", Some("2026-12-24")),
        ("within 2 weeks", Some("2026-12-08")),
        ("within two weeks", Some("2026-12-08")),
        ("within 3 days", Some("2026-11-27")),
        ("within a month", Some("2026-12-24")),
        ("no later than Thursday", Some("2026-11-26")),
        ("before Monday", Some("2026-11-30")),
        ("until 15 Dec", Some("2026-12-15")),
        ("till Dec 15", Some("2026-12-15")),
        ("deadline 1 Dec", Some("2026-12-01")),
        ("deadline: 1 Dec", Some("2026-12-01")),
        ("Due: Friday", Some("2026-11-27")),
        ("due:2026-12-01", Some("2026-12-01")),
        ("📅 2026-12-01", Some("2026-12-01")),
        ("(by Friday)", Some("2026-11-27")),
        ("by Friday #topic", Some("2026-11-27")),
        ("by Friday.", Some("2026-11-27")),
        ("by 30 Feb", None),
        ("by 31 November", None),
        ("due:2026-02-30", None),
        ("on Friday", None),
        ("tomorrow", None),
        ("3 Dec", None),
        ("by Ana", None),
        ("by hand", None),
    ];
    let (vault, meeting) = talk();
    let lines: Vec<_> =
        cases.iter().enumerate().map(|(n, (phrase, _))| format!("!! send part {n}x {phrase}")).collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let found = items(&vault, &meeting, &lines);
    let wrong: Vec<_> = found
        .iter()
        .zip(cases)
        .filter(|(item, (_, due))| item["due"] != json!(due))
        .map(|(item, (phrase, due))| format!("{phrase}: {} and not {due:?}", item["due"]))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(vault.read(&meeting).contains("by Friday"), "the text stays as written");
}

#[test]
fn a_relative_date_is_relative_to_the_meeting_and_not_to_today() {
    let vault = Vault::new();
    let past = vault.meeting("Past", "2026-03-02T10:00", &[]);
    vault.write(&past, "!! send it by Friday\n");
    assert_eq!(vault.list(&["actions"], "actions")[0]["due"], "2026-03-06");
    assert_eq!(vault.list(&["actions", "--overdue"], "actions").len(), 1);
}

#[test]
fn topics_are_read_and_nest() {
    let (vault, meeting) = talk();
    let found = items(
        &vault,
        &meeting,
        &["!! send #hiring and #client/acme", "=> go #hiring", "?? when #x1 `#code` a#b https://x.example/#frag"],
    );
    assert_eq!(found[0]["topics"], json!(["hiring", "client/acme"]));
    assert_eq!(found[2]["topics"], json!(["x1"]));
    let of = |topic: &str| vault.list(&["actions", "--topic", topic], "actions").len();
    assert_eq!([of("hiring"), of("#hiring"), of("client/acme"), of("client"), of("acme")], [1, 1, 1, 1, 0]);
    assert_eq!(vault.list(&["decisions", "--topic", "hiring"], "decisions").len(), 1);
}

#[test]
fn a_decision_has_its_reason_and_the_day_to_look_again() {
    let (vault, meeting) = talk();
    vault.write(&meeting, "- => rent it, revisit in 3 months\n  - it is cheap\n  - and near\n- => buy it\n");
    let decisions: Vec<_> = vault.items(&meeting).into_iter().map(|(_, _, item)| item).collect();
    assert_eq!(decisions.len(), 2);
    assert_eq!(decisions[0]["revisit"], "2027-02-24");
    let rationale = text(&decisions[0]["rationale"]);
    assert!(rationale.contains("it is cheap") && rationale.contains("and near"), "{rationale}");
    assert_eq!((&decisions[1]["rationale"], &decisions[1]["revisit"]), (&Value::Null, &Value::Null));
}

#[test]
fn of_two_anas_nobody_is_taken_and_a_full_name_or_handle_is() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana.silva@example.org", "ana.gomez@acme.com"]);
    vault.write(&meeting, "!! Ana to send it\n");
    let action = vault.list(&["actions"], "actions")[0].clone();
    assert_eq!(action["owners"], json!([]));
    let id = text(&action["id"]);
    let assigned = vault.json(&["action", "assign", &id, "ana.gomez@acme.com"]);
    assert_eq!(names(&assigned["owners"]), ["Ana Gomez"]);
    vault.write(&meeting, &format!("A line before.\n\n{}", vault.read(&meeting)));
    assert_eq!(names(&vault.list(&["actions"], "actions")[0]["owners"]), ["Ana Gomez"], "an owner once resolved stays");
    vault.write(&meeting, "!! Ana Gomez to send it\n");
    assert_eq!(names(&vault.list(&["actions"], "actions")[0]["owners"]), ["Ana Gomez"]);
}

#[test]
fn an_attendee_goes_before_anybody_else_of_the_name() {
    let vault = Vault::new();
    vault.meeting("Elsewhere", "2026-11-20T10:00", &["ana.gomez@acme.com"]);
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana.silva@example.org"]);
    let alone = vault.meeting("Alone", "2026-11-24T12:00", &["ben.okoro@acme.com"]);
    vault.write(&meeting, "!! Ana to send it\n");
    vault.write(&alone, "!! Ana to send that\n!! Ben to send more\n");
    let owners = |word: &str| {
        let actions = vault.list(&["actions"], "actions");
        let one = actions.into_iter().find(|action| text(&action["text"]).contains(word)).expect("an action");
        names(&one["owners"])
    };
    assert_eq!(owners("it"), ["Ana Silva"]);
    assert_eq!(owners("that"), [""; 0], "two known Anas, neither there");
    assert_eq!(owners("more"), ["Ben Okoro"]);
}

#[test]
fn an_unknown_handle_makes_a_person_and_what_is_no_mention_does_not() {
    let (vault, meeting) = talk();
    let before = vault.list(&["people"], "people").len();
    vault.write(
        &meeting,
        "Mail bob@example.com, see `@code` and @angular/core.\n{\"@type\": \"Person\"}\n\n```\n@fenced\n```\n!! @zoe call\n",
    );
    let people = vault.list(&["people"], "people");
    assert_eq!(people.len(), before + 1, "{people:#?}");
    let zoe = vault.json(&["person", "show", "@zoe"]);
    assert_eq!((&zoe["handle"], &zoe["emails"]), (&json!("zoe"), &json!([])));
    vault.json(&["person", "edit", "@zoe", "--name", "Zoe Zander"]);
    let call = vault.list(&["actions", "--owner", "@zoe"], "actions");
    assert_eq!(names(&call[0]["owners"]), ["Zoe Zander"], "a handle names one person for good");
}
