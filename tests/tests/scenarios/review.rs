//! The review: what it shows and why, what keeping and asking do, and how the weeks went.

use serde_json::{Value, json};
use throughline_tests::google::{Google, event};
use throughline_tests::{Vault, all, text};

/// Max met Ana and Ben a month ago and a week ago; it is Tuesday, 24 November.
fn talked() -> Vault {
    let vault = Vault::new();
    let long_ago = vault.meeting("Kick-off", "2026-10-20T10:00", &["Ana Silva <ana@acme.com>", "ben@acme.com"]);
    let lately = vault.meeting("Steering", "2026-11-17T10:00", &["ana@acme.com"]);
    let then = vault.at("2026-10-20T12:00:00+02:00");
    then.write(
        &long_ago,
        "- [ ] @ana send the plan due:2026-11-02\n- [ ] @max write the offer due:2026-12-20\n\
         - [ ] @ben name a lawyer due:2026-12-20\n",
    );
    vault.at("2026-11-17T12:00:00+01:00").write(
        &lately,
        "- [ ] book the room due:2026-12-01\n- [ ] @max call them\n- [ ] @ana check the rates due:2026-12-22\n\
         - [ ] @max pay the invoice due:2026-11-20\n",
    );
    vault
}

fn items(vault: &Vault) -> Vec<(String, String, bool)> {
    let review = vault.json(&["review"]);
    assert_eq!(review["left"], json!(review["items"].as_array().expect("items").len()));
    let one = |item: &Value| (text(&item["sentence"]), text(&item["why"]), item["mine"] == true);
    review["items"].as_array().expect("items").iter().map(one).collect()
}

fn id_of(vault: &Vault, words: &str) -> String {
    let review = vault.json(&["review"]);
    let found = review["items"].as_array().expect("items").iter().find(|item| text(&item["sentence"]).contains(words));
    text(&found.unwrap_or_else(|| panic!("{words} in {review:#}"))["action"]["id"])
}

#[test]
fn what_is_open_is_shown_in_order_with_the_reason() {
    let vault = talked();
    let found = items(&vault);
    let told: Vec<_> = found.iter().map(|(what, why, mine)| (what.as_str(), why.as_str(), *mine)).collect();
    assert_eq!(
        told,
        [
            ("@max pay the invoice due:2026-11-20", "overdue", true),
            ("@ana send the plan due:2026-11-02", "overdue", false),
            ("book the room due:2026-12-01", "unowned", false),
            ("@max call them", "undated", true),
            ("@max write the offer due:2026-12-20", "stale", true),
            ("@ben name a lawyer due:2026-12-20", "stale", false),
        ]
    );
    assert!(items(&vault.at("2026-11-18T09:00:00+01:00")).iter().all(|(_, why, _)| why != "stale"));
}

#[test]
fn of_many_the_first_are_listed_and_all_are_counted() {
    let vault = talked();
    let review = vault.json(&["review", "--limit", "2"]);
    let listed = review["items"].as_array().expect("items");
    assert_eq!(listed.iter().map(|item| text(&item["why"])).collect::<Vec<_>>(), ["overdue", "overdue"]);
    assert_eq!(review["left"], json!(6));
    assert_eq!(review["counts"], json!({ "overdue": 2, "unowned": 1, "undated": 1, "stale": 2 }));
    assert!(listed.iter().all(|item| !item["history"].as_array().expect("a history").is_empty()));
    let printed = vault.ok(&["review", "--limit", "3"]);
    assert!(printed.contains("Untouched for long 2") && printed.contains("and 2 more"), "{printed}");
    assert_eq!(vault.fails(&["review", "--limit", "0"]).0, 2);
}

#[test]
fn each_tells_what_became_of_it_from_the_log() {
    let vault = talked();
    let id = id_of(&vault, "send the plan");
    let at = |now: &str| vault.at(now);
    at("2026-11-03T09:00:00+01:00").json(&["action", "due", &id, "2026-11-10"]);
    at("2026-11-11T09:00:00+01:00").json(&["action", "assign", &id, "ben@acme.com"]);
    at("2026-11-12T09:00:00+01:00").json(&["action", "done", &id]);
    at("2026-11-13T09:00:00+01:00").json(&["action", "reopen", &id]);
    at("2026-11-14T09:00:00+01:00").json(&["action", "drop", &id]);
    at("2026-11-14T09:01:00+01:00").json(&["undo"]);
    let review = vault.json(&["review"]);
    let item = review["items"].as_array().expect("items").iter().find(|item| item["action"]["id"] == id);
    let history = item.expect("the action")["history"].as_array().expect("a history").clone();
    assert_eq!(
        all(&history, "what"),
        [
            "written down in “Kick-off”",
            "due moved from 2026-11-02 to 2026-11-10",
            "handed from Ana Silva to Ben",
            "done",
            "re-opened"
        ]
    );
    assert!(text(&history[1]["at"]).starts_with("2026-11-03T09:00:00"), "{history:?}");
}

#[test]
fn what_is_kept_is_out_of_sight_for_two_weeks_and_undo_brings_it_back() {
    let vault = talked();
    let id = id_of(&vault, "call them");
    let kept = vault.json(&["action", "keep", &id]);
    assert_eq!(kept["status"], "open");
    let shown = |vault: &Vault| items(vault).iter().any(|(what, ..)| what.contains("call them"));
    assert!(!shown(&vault));
    assert_eq!(vault.json(&["review"])["done_today"], 1);
    assert!(!shown(&vault.at("2026-12-07T09:00:00+01:00")));
    assert!(shown(&vault.at("2026-12-08T09:00:00+01:00")));
    assert_eq!(vault.list(&["actions", "--owner", "me", "--open"], "actions").len(), 3, "lists go on showing it");
    assert_eq!(vault.json(&["undo"])["undone"][0]["kind"], "item");
    assert!(shown(&vault));
    assert_eq!(vault.json(&["review"])["done_today"], 0);
    let both = [id, id_of(&vault, "pay the invoice")];
    assert_eq!(vault.json(&["action", "keep", &both[0], &both[1]])["actions"].as_array().map(Vec::len), Some(2));
    // A note saved anew keeps what was kept.
    let meeting =
        vault.the(&["meetings", "--from", "2026-11-17", "--to", "2026-11-17"], "meetings", "title", "Steering");
    let meeting = text(&meeting["id"]);
    let note = format!("{}\nMore.\n", vault.read(&meeting));
    vault.write(&meeting, &note);
    assert!(!shown(&vault));
    assert!(vault.is_sound());
}

#[test]
fn working_it_off_counts_down_to_zero() {
    let vault = talked();
    let before = items(&vault).len();
    vault.json(&["action", "done", &id_of(&vault, "pay the invoice")]);
    vault.json(&["action", "drop", &id_of(&vault, "call them")]);
    vault.json(&["action", "snooze", &id_of(&vault, "send the plan"), "today+3"]);
    let review = vault.json(&["review"]);
    assert_eq!((&review["left"], &review["done_today"]), (&json!(before - 3), &json!(2)));
    while let Some((what, ..)) = items(&vault).first() {
        vault.json(&["action", "keep", &id_of(&vault, what)]);
    }
    assert_eq!(vault.json(&["review"])["left"], 0);
    assert!(vault.run(&["review"]).stdout.contains("Nothing is left"));
}

#[test]
fn somebody_elses_meeting_is_nothing_to_review() {
    let google = Google::with("max@example.org");
    let zoes = "zoe@else.org";
    google.world().add_calendar("max@example.org", zoes, json!({"accessRole": "reader", "summary": "Zoe"}));
    let people = |who: &[&str]| {
        let attendees: Vec<Value> = who.iter().map(|email| json!({"email": email})).collect();
        json!({"organizer": {"email": zoes}, "attendees": attendees})
    };
    let hour =
        |id: &str, title: &str, who: &[&str]| event(id, title, "2026-11-10T09:00", "2026-11-10T10:00", people(who));
    google.world().put(zoes, hour("theirs", "Not mine", &["yan@else.org"]));
    google.world().put(zoes, hour("ours", "Mine too", &["yan@else.org", "max@example.org"]));
    let vault = google.signed_in("max@example.org");
    vault.sync();
    for calendar in vault.list(&["calendar", "list"], "calendars") {
        vault.json(&["calendar", "enable", &text(&calendar["id"])]);
    }
    vault.json(&["sync"]);
    for title in ["Not mine", "Mine too"] {
        let id = vault.id_on("2026-11-10", title);
        vault.write(
            &id,
            &format!("- [ ] tidy up after {title} due:2026-11-12\n- [ ] @yan pay for {title} due:2026-11-12\n"),
        );
    }
    let found: Vec<String> = items(&vault).into_iter().map(|(what, ..)| what).collect();
    assert!(found.iter().any(|what| what.contains("pay for Mine too")), "{found:#?}");
    assert!(!found.iter().any(|what| what.contains("Not mine")), "{found:#?}");
    // What is mine there is mine still.
    vault.json(&["note", "append", &vault.id_on("2026-11-10", "Not mine"), "- [ ] @max thank them due:2026-11-12"]);
    assert!(items(&vault).iter().any(|(what, ..)| what.contains("thank them")));
}

#[test]
fn a_message_to_the_owner_says_nothing_private() {
    let vault = talked();
    let ask = vault.json(&["action", "ask", &id_of(&vault, "send the plan")]);
    assert_eq!(ask["to"], "ana@acme.com");
    assert_eq!(ask["subject"], "Send the plan");
    let body = text(&ask["body"]);
    assert!(body.starts_with("Hi Ana,\n\nin “Kick-off” on 20 October 2026 we noted:\n\n  Send the plan\n"), "{body}");
    assert!(body.contains("It was due on 2 November 2026. How does it stand?"), "{body}");
    assert!(body.ends_with("Thanks\nMax Muster\n"), "{body}");
    let unowned = vault.json(&["action", "ask", &id_of(&vault, "book the room")]);
    assert_eq!(unowned["to"], json!(null));
    assert!(text(&unowned["body"]).contains("Who takes it?"), "{unowned}");
    assert_eq!(vault.fails(&["action", "ask", &id_of(&vault, "call them")]).1["code"], "own_action");
    // Ben was not at the steering: he is not told of it.
    let rates = vault.the(&["actions"], "actions", "due", "2026-12-22");
    vault.json(&["action", "assign", &text(&rates["id"]), "ben@acme.com"]);
    let ask = vault.json(&["action", "ask", &text(&rates["id"])]);
    assert_eq!(ask["to"], "ben@acme.com");
    assert!(!text(&ask["body"]).contains("Steering"), "{ask}");
    let meeting =
        vault.the(&["meetings", "--from", "2026-11-17", "--to", "2026-11-17"], "meetings", "title", "Steering");
    vault.json_with(
        &["note", "set", &text(&meeting["id"]), "-", "--part", "private"],
        b"- [ ] @ana tell me why she is late\n",
    );
    let private = vault.json(&["actions"])["actions"].as_array().expect("actions").clone();
    let private = private.iter().find(|action| action["note_part"] == "private").expect("the private one").clone();
    let (_, failure) = vault.fails(&["action", "ask", &text(&private["id"])]);
    assert_eq!(failure["code"], "private_action");
    assert!(!failure.to_string().contains("late"), "{failure}");
}

#[test]
fn the_trend_tells_what_was_open_and_late_week_by_week() {
    let vault = talked();
    let id = id_of(&vault, "send the plan");
    vault.at("2026-11-12T09:00:00+01:00").json(&["action", "due", &id, "2026-12-24"]);
    vault.at("2026-11-18T09:00:00+01:00").json(&["action", "done", &id_of(&vault, "pay the invoice")]);
    let weeks = vault.list(&["review", "--trend", "--weeks", "4"], "weeks");
    let told: Vec<_> = weeks
        .iter()
        .map(|week| (text(&week["week"]), ["opened", "closed", "open", "late"].map(|field| week[field].clone())))
        .collect();
    let expected = [
        ("2026-11-02", [0, 0, 3, 1]),
        ("2026-11-09", [0, 0, 3, 0]),
        ("2026-11-16", [4, 1, 6, 0]),
        ("2026-11-23", [0, 0, 6, 0]),
    ];
    assert_eq!(told, expected.map(|(week, numbers)| (week.to_owned(), numbers.map(|number| json!(number)))));
    assert_eq!(vault.list(&["review", "--trend"], "weeks").len(), 12);
    assert_eq!(vault.run(&["review", "--weeks", "4"]).code, 2);
}

#[test]
fn what_is_asked_of_somebody_is_said_as_a_recap_says_it() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-20T10:00", &["Tom Marsh <tom@acme.example>", "max@example.org"]);
    vault.write(&meeting, "!! @max and @tom both sign it #deal ^both01\n");
    let ask = vault.json(&["action", "ask", "^both01"]);
    assert_eq!(ask["subject"], "Both sign it", "{ask:#}");
    assert!(!text(&ask["body"]).contains('@'), "{ask:#}");
}

#[test]
fn an_action_is_put_off_to_a_day_to_come() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-20T10:00", &["tom@acme.example"]);
    vault.write(&meeting, "!! @max call ^call01\n");
    assert_eq!(vault.fails(&["action", "snooze", "^call01", "2026-11-10"]).1["code"], "unreadable_day");
    assert_eq!(vault.json(&["action", "snooze", "^call01", "today+3"])["snoozed_until"], "2026-11-27");
    // One that sleeps is woken by a day that has come.
    assert_eq!(vault.json(&["action", "snooze", "^call01", "today"])["snoozed_until"], "2026-11-24");
}
