//! What the network answers: the day, briefs, ledgers, ways between people, and what holds.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, calendar, event, text};

/// A year in small: a 1:1 with Ana, a client, and a meeting that has nothing to do with either.
fn world() -> Vault {
    let vault = Vault::new();
    let me = "max@example.org";
    let first = vault.meeting("Ana 1:1", "2026-11-10T10:00", &["ana@example.org", me]);
    let client = vault.meeting("Acme steering", "2026-11-12T10:00", &["cleo@acme.com", "ana@example.org", me]);
    let garden = "DTSTART;TZID=Europe/Berlin:20261113T100000\nDURATION:PT1H\nATTENDEE:mailto:zoe@garden.example\nATTENDEE:mailto:yan@garden.example";
    let others = vault.file("garden.ics", calendar(&[event("garden@x", "Garden", garden)]));
    vault.subscribe(&others);
    let others = vault.id_on("2026-11-13", "Garden");
    vault.write(&first, "!! @ana send the plan by Friday\n!! @max book the room due:2026-12-01\n?? Who pays the rent\n=> We hire two #hiring revisit in 1 week\n");
    vault.write(&client, "!! @cleo sign the offer due:2026-11-30 #client/acme\n!! @max write the offer due:2026-11-20 #client/acme\n=> @cleo Acme pays monthly #client/acme\n");
    vault.write_part(&client, "private", "!! @max ask Ana about Cleo\n=> never again\n");
    vault.write(&others, "!! @yan water the plants\n=> roses #garden\n");
    vault
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    let mut texts = all(value[key].as_array().unwrap_or_else(|| panic!("no list {key}: {value:#}")), "text");
    texts.sort();
    texts
}

#[test]
fn a_brief_gathers_what_is_between_these_people() {
    let vault = world();
    let next = vault.meeting("Ana 1:1", "2026-11-24T10:00", &["ana@example.org", "max@example.org", "new@example.org"]);
    let brief = vault.json(&["brief", &next]);
    assert_eq!(all(brief["last_meetings"].as_array().expect("meetings"), "title")[0], "Ana 1:1", "{brief:#}");
    assert!(!all(brief["last_meetings"].as_array().expect("meetings"), "title").contains(&"Garden".to_owned()));
    let mine = texts(&brief, "mine");
    assert!(mine.contains(&"@max book the room due:2026-12-01".to_owned()), "{mine:?}");
    assert!(
        !mine.iter().any(|text| text.contains("ask Ana about Cleo")),
        "a brief never quotes a private part: {mine:?}"
    );
    assert_eq!(texts(&brief, "theirs"), ["@ana send the plan by Friday"]);
    assert_eq!(texts(&brief, "questions"), ["Who pays the rent"]);
    assert!(texts(&brief, "decisions").iter().any(|text| text.starts_with("We hire two")));
    assert_eq!(texts(&brief, "revisit").len(), 1, "due since 17 November");
    assert!(!brief.to_string().contains("roses") && !brief.to_string().contains("never again"), "{brief:#}");
    assert_eq!(all(brief["new_people"].as_array().expect("people"), "name"), ["New"]);
}

/// It is Tuesday, 24 November.
#[test]
fn what_is_open_tells_how_old_it_is() {
    let vault = world();
    let ages = |list: &[Value]| list.iter().map(|item| item["age_days"].as_i64().expect("days")).collect::<Vec<_>>();
    let next = vault.meeting("Ana 1:1", "2026-12-01T10:00", &["ana@example.org", "max@example.org"]);
    vault.write_part(&next, "prep", "- [ ] @max think of the rent\n");
    let brief = vault.json(&["brief", &next]);
    let of = |key: &str| ages(brief[key].as_array().expect("a list"));
    assert_eq!((of("theirs"), of("questions")), (vec![14], vec![14]), "{brief:#}");
    // What is prepared for a meeting stands in its prep, and is nothing to know before it.
    assert!(!of("mine").contains(&0), "{brief:#}");
    let mine = ages(&vault.list(&["actions", "--owner", "me"], "actions"));
    assert!(mine.contains(&0), "prepared for a meeting to come: {mine:?}");
    let asked = |query: &str| vault.json(&["query", "run", query])["rows"].as_array().expect("rows").len();
    assert_eq!((asked("actions text:think age<1d"), asked("actions text:think age>=0d")), (1, 1));
    assert_eq!(ages(&vault.list(&["decisions", "--topic", "hiring"], "decisions")), [14]);
    let later = vault.at("2026-12-24T09:00:00+01:00");
    assert_eq!(ages(&later.list(&["actions", "--owner", "ana"], "actions")), [44]);
    let after = vault.meeting("Ana 1:1", "2026-12-28T10:00", &["ana@example.org", "max@example.org"]);
    let printed = later.ok(&["brief", &after]);
    assert!(printed.contains("3 weeks old") && printed.contains("asked 10 Nov"), "{printed}");
}

#[test]
fn a_tick_before_a_question_answers_it_everywhere_until_it_is_taken_back() {
    let vault = Vault::new();
    let last = vault.meeting("Talk", "2026-11-17T10:00", &["ana@example.org", "max@example.org"]);
    let next = vault.meeting("Talk", "2026-12-01T10:00", &["ana@example.org", "max@example.org"]);
    vault.write(&last, "- [ ] ?? Who pays the rent\n?? Who comes\n");
    let open = |vault: &Vault| {
        let asked = texts(&vault.json(&["questions", "--open"]), "questions");
        assert_eq!(texts(&vault.json(&["brief", &next]), "questions"), asked, "the brief");
        assert_eq!(texts(&vault.json(&["ledger", "ana"]), "waiting_on"), asked, "the ledger");
        let rows = vault.json(&["query", "run", "questions status:open"]);
        assert_eq!(all(rows["rows"].as_array().expect("rows"), "title").len(), asked.len(), "the query");
        asked.len()
    };
    assert_eq!(open(&vault), 2);
    let text = vault.ok(&["note", "show", &last]);
    vault.write(&last, &text.replace("- [ ] ??", "- [x] ??"));
    assert_eq!(open(&vault), 1);
    let told = vault.list(&["questions"], "questions");
    let rent = told.iter().find(|question| question["text"] == "Who pays the rent").expect("the question");
    assert_eq!((&rent["status"], &rent["answered_by"]), (&Value::from("answered"), &Value::Null));
    assert!(!vault.ok(&["recap", &last]).contains("rent"), "nothing open to send");
    vault.json(&["undo"]);
    assert_eq!(open(&vault), 2);
    vault.write(&last, &text.replace("- [ ] ??", "- [-] ??"));
    assert_eq!(open(&vault), 1, "dropped is asked no more");
    vault.write(&last, &text.replace("- [ ] ??", "??"));
    assert_eq!(open(&vault), 2, "without its box it is asked again");
}

#[test]
fn a_word_of_an_organizations_name_is_enough_where_no_other_has_it() {
    let vault = Vault::new();
    vault.meeting("Port", "2026-11-11T10:00", &["Wei Lim <wei@straits-logistics.example>"]);
    assert_eq!(vault.json(&["ledger", "straits"])["who"]["name"], "Straits Logistics");
    assert_eq!(vault.json(&["org", "show", "logistics"])["name"], "Straits Logistics");
    vault.meeting("Rail", "2026-11-12T10:00", &["Kim <kim@rail-logistics.example>"]);
    assert_eq!(vault.fails(&["org", "show", "logistics"]).1["code"], "ambiguous");
}

#[test]
fn an_empty_list_says_that_nothing_matches_where_something_was_asked_for() {
    let vault = world();
    let table = [
        (vec!["actions", "--dropped", "--owner", "me"], "No dropped action of yours."),
        (vec!["actions", "--overdue", "--topic", "#garden"], "No late action about #garden."),
        (vec!["decisions", "--topic", "nothing", "--holding"], "No decision about #nothing holds."),
    ];
    for (args, said) in table {
        assert_eq!(vault.ok(&args).trim(), said, "{args:?}");
    }
    assert!(Vault::new().ok(&["actions"]).contains("begins with"));
    // A topic's last part is what one says aloud: then "none" would be a false answer.
    let client = vault.meeting("Prices", "2026-11-20T10:00", &["Wei Lim <wei@straits-logistics.example>"]);
    vault.write(&client, "=> a flat fee #straits/fees\n");
    let asked = ["decisions", "--org", "straits", "--topic", "fees", "--holding"];
    let said = "No decision about #fees with Straits Logistics holds. There is #straits/fees.";
    assert_eq!(vault.ok(&asked).split_whitespace().collect::<Vec<_>>().join(" "), said);
    assert_eq!(vault.ok(&["actions", "--owner", "wei"]).trim(), "No action of Wei Lim.");
}

#[test]
fn the_series_of_a_meeting_comes_first_in_its_brief() {
    let vault = Vault::new();
    let weekly = "DTSTART;TZID=Europe/Berlin:20261110T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4\nATTENDEE:mailto:ana@example.org\nATTENDEE:mailto:max@example.org";
    let path = vault.file("c.ics", calendar(&[event("s@x", "Staff", weekly)]));
    vault.subscribe(&path);
    let last = vault.id_on("2026-11-17", "Staff");
    vault.write(&last, "!! @ana send it\n");
    let brief = vault.json(&["brief", &vault.id_on("2026-11-24", "Staff")]);
    assert_eq!(brief["last_meetings"][0]["id"], last);
    let today = vault.json(&["today"]);
    assert_eq!(today["meetings"][0]["brief"], brief);
}

#[test]
fn today_tells_what_is_open_and_what_is_late() {
    let vault = world();
    vault.meeting("Now", "2026-11-24T10:00", &["ana@example.org", "max@example.org"]);
    vault.meeting("Tomorrow", "2026-11-25T10:00", &["ana@example.org", "max@example.org"]);
    let today = vault.json(&["today"]);
    let titles: Vec<_> =
        today["meetings"].as_array().expect("meetings").iter().map(|m| text(&m["meeting"]["title"])).collect();
    assert_eq!(titles, ["Now"]);
    assert_eq!(texts(&today, "overdue"), ["@max write the offer due:2026-11-20 #client/acme"]);
    assert!(texts(&today, "actions").iter().any(|text| text.contains("book the room")));
    assert_eq!(vault.list(&["actions", "--overdue"], "actions").len(), 2, "Ana's too");
    assert_eq!(all(&vault.list(&["actions", "--overdue", "--owner", "me"], "actions"), "due"), ["2026-11-20"]);
}

#[test]
fn a_ledger_tells_who_owes_whom() {
    let vault = world();
    let ledger = vault.json(&["ledger", "@ana"]);
    let i_owe = texts(&ledger, "i_owe");
    assert!(i_owe.contains(&"@max book the room due:2026-12-01".to_owned()), "{i_owe:?}");
    assert!(i_owe.contains(&"@max write the offer due:2026-11-20 #client/acme".to_owned()), "she was there: {i_owe:?}");
    assert_eq!(texts(&ledger, "they_owe"), ["@ana send the plan by Friday"]);
    assert_eq!(texts(&ledger, "waiting_on"), ["Who pays the rent"]);
    let acme = vault.json(&["ledger", "Acme"]);
    assert_eq!(texts(&acme, "they_owe"), ["@cleo sign the offer due:2026-11-30 #client/acme"]);
    assert!(texts(&acme, "i_owe").contains(&"@max write the offer due:2026-11-20 #client/acme".to_owned()));
    let done = vault.the(&["actions"], "actions", "text", "@ana send the plan by Friday");
    vault.json(&["action", "done", &text(&done["id"])]);
    assert!(texts(&vault.json(&["ledger", "@ana"]), "they_owe").is_empty(), "what is done is not owed");
    let zoe = vault.json(&["ledger", "@zoe"]);
    assert_eq!(json!([zoe["i_owe"], zoe["they_owe"], zoe["waiting_on"]]), json!([[], [], []]));
}

#[test]
fn a_mention_makes_me_owe() {
    let vault = Vault::new();
    let alone = vault.meeting("Desk", "2026-11-20T10:00", &["max@example.org"]);
    vault.write(&alone, "!! @max ask about it, as @zoe wants #x\n");
    assert_eq!(texts(&vault.json(&["ledger", "@zoe"]), "i_owe").len(), 1);
}

#[test]
fn what_stands_in_a_running_note_is_between_its_person_and_me() {
    let vault = Vault::new();
    let next = vault.meeting("Tom 1:1", "2026-12-01T10:00", &["tom@example.org"]);
    let note = b"!! @max ask for a bigger desk\n!! @tom finish the handbook\n?? @max does he want to lead\n";
    vault.json_with(&["person", "note", "tom@example.org", "-"], note);
    let told = vault.json(&["ledger", "tom@example.org"]);
    let brief = vault.json(&["brief", &next]);
    for (answer, mine, theirs) in [(&told, "i_owe", "they_owe"), (&brief, "mine", "theirs")] {
        assert_eq!(texts(answer, mine), ["@max ask for a bigger desk"], "{answer:#}");
        assert_eq!(texts(answer, theirs), ["@tom finish the handbook"], "{answer:#}");
    }
    assert_eq!(texts(&told, "waiting_on"), ["@max does he want to lead"]);
}

#[test]
fn what_two_do_together_is_between_them_on_both_sides() {
    let vault = Vault::new();
    let meeting = vault.meeting("Ana 1:1", "2026-11-10T10:00", &["ana@example.org"]);
    vault.meeting("Ben 1:1", "2026-11-11T10:00", &["ben@example.org"]);
    vault.write(&meeting, "!! @max and @ben draw up a plan\n");
    let ledger = vault.json(&["ledger", "ben@example.org"]);
    assert_eq!((texts(&ledger, "i_owe").len(), texts(&ledger, "they_owe").len()), (1, 1), "{ledger:#}");
    let next = vault.meeting("Ben 1:1", "2026-12-01T10:00", &["ben@example.org"]);
    let brief = vault.json(&["brief", &next]);
    assert_eq!((texts(&brief, "mine").len(), texts(&brief, "theirs").len()), (1, 1), "{brief:#}");
}

#[test]
fn a_path_leads_through_meetings_and_there_may_be_none() {
    let vault = world();
    let kinds = |path: &Value| all(path["steps"].as_array().expect("steps"), "kind");
    let path = vault.json(&["path", "@max", "@cleo"]);
    assert_eq!(kinds(&path), ["person", "meeting", "person"]);
    assert_eq!(all(path["steps"].as_array().expect("steps"), "title"), ["Max Muster", "Acme steering", "Cleo"]);
    assert_eq!(vault.json(&["path", "@max", "@zoe"]), json!({"steps": []}));
    assert_eq!(kinds(&vault.json(&["path", "@zoe", "@yan"])), ["person", "meeting", "person"]);
}

#[test]
fn centrality_is_per_topic_and_best_first() {
    let vault = world();
    let people = vault.list(&["central", "--topic", "client/acme"], "people");
    let names = all(&people, "name");
    assert!(names.contains(&"Cleo".to_owned()) && !names.contains(&"Zoe".to_owned()), "{names:?}");
    let scores: Vec<_> =
        vault.list(&["central"], "people").iter().map(|one| one["score"].as_f64().expect("a score")).collect();
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
    assert_eq!(vault.json(&["central", "--topic", "nothing"]), json!({"people": [], "clusters": []}));
}

#[test]
fn decisions_are_narrowed_and_tell_who_was_present() {
    let vault = world();
    let texts = |args: &[&str]| all(&vault.list(&[&["decisions"], args].concat(), "decisions"), "text");
    assert_eq!(texts(&["--topic", "client/acme"]), ["@cleo Acme pays monthly #client/acme"]);
    assert_eq!(texts(&["--topic", "garden", "--holding"]), ["roses #garden"]);
    assert!(texts(&["--since", "2026-11-13"]).iter().all(|text| text.starts_with("roses")));
    assert!(texts(&["--person", "@cleo"]).contains(&"@cleo Acme pays monthly #client/acme".to_owned()));
    assert!(!texts(&["--person", "@cleo"]).contains(&"roses #garden".to_owned()));
    let decision = vault.the(&["decisions"], "decisions", "text", "roses #garden");
    assert_eq!(decision["decided_by"], json!([]), "nobody is claimed");
    let meeting = text(&decision["meeting_id"]);
    vault.json(&["meeting", "present", &meeting, "@zoe", "yes"]);
    vault.json(&["meeting", "present", &meeting, "@yan", "no"]);
    let decision = vault.json(&["decision", "show", &text(&decision["id"])]);
    assert_eq!(throughline_tests::names(&decision["present"]), ["Zoe"], "an invitation is not presence");
}

#[test]
fn actions_are_narrowed_by_owner_person_organization_and_state() {
    let vault = world();
    let count = |args: &[&str]| vault.list(&[&["actions"], args].concat(), "actions").len();
    assert_eq!(count(&[]), 6);
    assert_eq!(count(&["--owner", "me"]), 3);
    assert_eq!(count(&["--owner", "@max", "--topic", "client/acme"]), 1);
    assert_eq!(count(&["--org", "Acme", "--owner", "@cleo"]), 1);
    assert_eq!(count(&["--open"]), 6);
    assert_eq!(count(&["--person", "@yan"]), 1);
}

#[test]
fn what_held_on_a_day_is_told_as_of_that_day() {
    let vault = Vault::new();
    let first = vault.meeting("First", "2026-10-01T10:00", &["ana@example.org"]);
    vault.write(&first, "=> we take A #price\n   - [ ] order A\n");
    let second = vault.meeting("Second", "2026-11-01T10:00", &["ana@example.org"]);
    vault.write(&second, "=> we take B #price\n");
    let old = text(&vault.the(&["decisions"], "decisions", "meeting_title", "First")["id"]);
    let new = text(&vault.the(&["decisions"], "decisions", "meeting_title", "Second")["id"]);
    vault.json(&["decision", "supersede", &old, &new]);
    let held = |day: &str| texts(&vault.json(&["decisions", "--as-of", day]), "decisions");
    assert!(held("2026-09-30").is_empty());
    assert_eq!(held("2026-10-31"), ["we take A #price"]);
    assert_eq!(held("2026-11-01"), ["we take B #price"]);
    assert_eq!(texts(&vault.json(&["decision", "show", &old]), "led_to"), ["order A"]);
    assert_eq!(vault.fails(&["decisions", "--as-of", "someday"]).0, 2);
    let found = |words: &str| vault.list(&["search", words], "hits").len();
    assert_eq!(found("kind:decision topic:price to:2026-10-15"), 1);
    assert_eq!(found("kind:decision"), 2);
}

/// It is Tuesday, 24 November.
#[test]
fn what_a_meeting_to_come_decides_does_not_hold_yet() {
    let vault = Vault::new();
    let first = vault.meeting("First", "2026-10-01T10:00", &["ana@acme.com"]);
    vault.write(&first, "=> we take A #price\n");
    let old = vault.the(&["decisions"], "decisions", "meeting_title", "First");
    let later = vault.meeting("Later", "2026-12-01T00:30", &["ana@acme.com"]);
    vault.write(&later, &format!("=> @ana we take B #price supersedes ^{}\n", text(&old["anchor"])));
    let told = |title: &str| vault.the(&["decisions"], "decisions", "meeting_title", title);
    let new = text(&told("Later")["id"]);
    assert_eq!((&told("First")["status"], &told("First")["superseded_by"]), (&json!("holds"), &Value::Null));
    assert_eq!(told("Later")["status"], "proposed");

    let held = |args: &[&str]| texts(&vault.json(&[&["decisions"], args].concat()), "decisions");
    for args in
        [&["--holding"][..], &["--as-of", "today"], &["--as-of", "2026-11-30"], &["--holding", "--org", "acme.com"]]
    {
        assert_eq!(held(args), ["we take A #price"], "{args:?}");
    }
    assert_eq!(held(&["--as-of", "2026-12-01"]), ["@ana we take B #price"]);
    assert_eq!(texts(&vault.json(&["org", "show", "acme.com"]), "decisions"), ["we take A #price"]);
    let found = |query: &str| all(&vault.list(&["query", "run", query], "rows"), "title");
    assert_eq!(found("decisions status:holds").len(), 1);
    assert_eq!(found("decisions status:proposed").len(), 1);
    assert_eq!(found("people decisions:1").len(), 0, "hers is not taken yet");
    let hit = vault.the(&["search", "take"], "hits", "id", &new);
    assert_eq!(hit["status"], "proposed");
    let next = vault.meeting("Next", "2026-11-26T10:00", &["ana@acme.com"]);
    assert_eq!(texts(&vault.json(&["brief", &next]), "decisions"), ["we take A #price"]);
    assert_eq!(vault.fails(&["decision", "confirm", &new, "ana@acme.com"]).1["code"], "not_decided");

    let then = vault.at("2026-12-01T00:00:00Z");
    assert_eq!(
        texts(&then.json(&["decisions", "--holding"]), "decisions"),
        ["@ana we take B #price"],
        "its day has come"
    );
    assert_eq!(then.the(&["decisions"], "decisions", "meeting_title", "First")["status"], "superseded");
    assert_eq!(texts(&then.json(&["decisions", "--as-of", "2026-11-30"]), "decisions"), ["we take A #price"]);
}

#[test]
fn what_was_handed_over_since_last_time_is_told() {
    let vault = Vault::new().at("2026-11-10T09:00:00Z");
    let last = vault.meeting("Weekly", "2026-11-10T10:00", &["ana@example.org", "ben@example.org"]);
    vault.write(&last, "!! @max write the offer\n!! @ana book the room\n");
    let vault = vault.at("2026-11-12T09:00:00Z");
    let action = |words: &str| {
        let all = vault.list(&["actions"], "actions");
        text(&all.iter().find(|one| text(&one["text"]).contains(words)).expect("an action")["id"])
    };
    let (offer, room) = (action("offer"), action("room"));
    vault.json(&["action", "assign", &offer, "ben@example.org"]);
    vault.json(&["action", "assign", &room, "ben@example.org"]);
    vault.json(&["undo"]);
    let next = vault.meeting("Next", "2026-11-17T10:00", &["ana@example.org", "ben@example.org"]);
    let brief = vault.json(&["brief", &next]);
    let changes = brief["changes"].as_array().expect("changes");
    let told: Vec<_> = changes.iter().filter(|one| one["what"] == "handed_over").collect();
    assert_eq!(told.len(), 1, "what was taken back is not told: {brief:#}");
    assert_eq!((text(&told[0]["id"]), &told[0]["from"][0]["name"]), (offer, &json!("Max Muster")));
    assert_eq!(all(told[0]["to"].as_array().expect("people"), "name"), ["Ben"]);
    let printed = vault.ok(&["brief", &next]);
    assert!(printed.contains("from you to Ben"), "{printed}");
}

#[test]
fn a_name_of_a_person_and_an_organization_is_asked_about() {
    let vault = Vault::new();
    vault.meeting("One", "2026-10-05T10:00", &["Acme <acme@jones.example>", "tom@acme.com"]);
    let (code, failure) = vault.fails(&["ledger", "acme"]);
    assert_eq!((code, &failure["code"]), (1, &json!("ambiguous")), "{failure:#}");
    let hint = text(&failure["hint"]);
    assert!(hint.contains("@acme") && hint.contains("acme.com"), "{hint}");
    assert_eq!(vault.json(&["ledger", "@acme"])["who"]["name"], "Acme");
    assert!(vault.json(&["ledger", "acme.com"]).to_string().contains("Acme"));
    assert_eq!(vault.fails(&["path", "acme", "tom@acme.com"]).1["code"], "ambiguous");
}

#[test]
fn what_was_due_to_be_looked_at_again_is_told_as_of_the_day_asked_for() {
    let vault = Vault::new();
    let meeting = vault.meeting("Prices", "2026-10-05T10:00", &["ana@example.org"]);
    vault.write(&meeting, "=> a flat fee, revisit in 1 month\n");
    assert!(vault.ok(&["decisions"]).contains("1 to revisit"));
    let before = vault.ok(&["decisions", "--as-of", "2026-10-29"]);
    assert!(
        before.contains("1 holds") && !before.contains("revisit since") && !before.contains("to revisit"),
        "{before}"
    );
    assert!(vault.ok(&["decisions", "--as-of", "2026-11-10"]).contains("1 to revisit"));
    let told = vault.json(&["decisions", "--as-of", "2026-10-29"]);
    assert_eq!((&told["as_of"], &told["decisions"][0]["revisit"]), (&"2026-10-29".into(), &"2026-11-05".into()));
}

#[test]
fn contradictions_are_narrowed_to_a_client_or_a_topic() {
    let vault = Vault::new();
    for (org, topic, start) in [("acme", "price", "2026-10-05T10:00"), ("globex", "notice", "2026-10-06T10:00")] {
        let meeting = vault.meeting("Talk", start, &[&format!("tom@{org}.example")]);
        vault.write(
            &meeting,
            &format!(
                "=> the flat {topic} for phase two is 30 #{topic}\n=> the flat {topic} for phase two is 45 #{topic}\n"
            ),
        );
    }
    let pairs = |args: &[&str]| vault.list(&[&["decisions", "--contradictions"], args].concat(), "pairs");
    assert_eq!(pairs(&[]).len(), 2);
    assert_eq!(all(&pairs(&["--org", "acme"]), "topic"), ["price"]);
    assert_eq!(all(&pairs(&["--topic", "notice"]), "topic"), ["notice"]);
    assert_eq!(vault.fails(&["decisions", "--contradictions", "--org", "nobody"]).1["code"], "unknown_organization");
}

#[test]
fn decisions_that_somebody_said_go_together_are_offered_again_only_in_other_words() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-10-05T10:00", &["tom@acme.example"]);
    let note =
        "=> the flat price for phase two is 30 #price ^thirty\n=> the flat price for phase two is 45 #price ^fourty\n";
    vault.write(&meeting, note);
    let pairs = || vault.list(&["decisions", "--contradictions"], "pairs").len();
    assert_eq!(pairs(), 1);
    assert_eq!(vault.list(&["decision", "compatible", "^fourty", "^thirty"], "decisions").len(), 2);
    assert_eq!(pairs(), 0);
    assert_eq!(vault.json(&["undo"])["what"], "said that two decisions go together");
    assert_eq!(pairs(), 1);
    vault.json(&["decision", "compatible", "^thirty", "^fourty"]);
    vault.write(&meeting, &note.replace("is 45", "is 50"));
    assert_eq!(pairs(), 1);
    assert_eq!(vault.fails(&["decision", "compatible", "^thirty", "^thirty"]).1["code"], "same_decision");
}
