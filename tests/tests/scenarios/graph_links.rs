//! Links between items: what takes whose place, what waits for what, what answers what.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, text};

fn item(vault: &Vault, kind: &str, contains: &str) -> Value {
    let list = vault.list(&[kind], kind);
    let found = list.iter().find(|item| text(&item["text"]).contains(contains));
    found.unwrap_or_else(|| panic!("nothing with {contains:?}: {list:#?}")).clone()
}

fn id(vault: &Vault, kind: &str, contains: &str) -> String {
    text(&item(vault, kind, contains)["id"])
}

fn anchor(vault: &Vault, meeting: &str, contains: &str) -> String {
    let note = vault.read(meeting);
    let line = note.lines().find(|line| line.contains(contains)).unwrap_or_else(|| panic!("no {contains}: {note}"));
    line.rsplit_once('^').expect("an anchor").1.trim().to_owned()
}

#[test]
fn a_decision_takes_the_place_of_another_and_of_its_chain() {
    let vault = Vault::new();
    let first = vault.meeting("First", "2026-11-10T10:00", &["ana@example.org"]);
    let second = vault.meeting("Second", "2026-11-17T10:00", &["ana@example.org"]);
    vault.write(&first, "=> paint it red #house\n=> other\n");
    vault.write(
        &second,
        &format!("=> paint it blue #house supersedes ^{}\n=> paint it green #house\n", anchor(&vault, &first, "red")),
    );
    let [red, blue, green] = ["red", "blue", "green"].map(|colour| id(&vault, "decisions", colour));
    let at = |which: &str| item(&vault, "decisions", which);
    assert_eq!((&at("red")["status"], refers(&at("red")["superseded_by"])), (&json!("superseded"), blue.clone()));
    assert_eq!((&at("blue")["status"], refers(&at("blue")["supersedes"])), (&json!("holds"), red.clone()));
    assert!(!text(&at("blue")["text"]).contains("supersedes"), "the link is no part of the sentence");

    let printed = vault.json(&["decision", "supersede", &blue, &green]);
    assert_eq!((&printed["id"], refers(&printed["supersedes"])), (&json!(green), blue.clone()));
    let note = vault.read(&second);
    assert!(
        note.contains(&format!("supersedes ^{}", anchor(&vault, &second, "blue"))),
        "the link is in the note: {note}"
    );
    let mut holding = all(&vault.list(&["decisions", "--holding"], "decisions"), "id");
    holding.sort();
    let mut expected = vec![green.clone(), id(&vault, "decisions", "other")];
    expected.sort();
    assert_eq!(holding, expected);
    let shown = vault.json(&["decision", "show", &green]).to_string();
    assert!(shown.contains(&blue) && shown.contains(&red), "the chain behind it: {shown}");

    for (old, new) in [(&green, &red), (&red, &red), (&blue, &blue)] {
        assert_eq!(vault.fails(&["decision", "supersede", old, new]).0, 1, "a circle is refused");
    }
    vault.json(&["undo"]);
    assert_eq!(at("blue")["status"], "holds");
    assert!(vault.is_sound());
}

/// An id, be it told bare or in an object.
/// It is Tuesday, 24 November.
#[test]
fn two_that_took_one_place_stand_in_lines_of_their_own() {
    let vault = Vault::new();
    let [a, b, c, d] = ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]
        .map(|day| vault.meeting("Talk", &format!("{day}T10:00"), &["ana@example.org"]));
    vault.write(&a, "=> paint it red\n");
    let red = anchor(&vault, &a, "red");
    vault.write(&b, &format!("=> paint it blue supersedes ^{red}\n"));
    vault.write(&c, &format!("=> paint it green supersedes ^{red}\n=> leave the door\n"));
    let (green, door) = (anchor(&vault, &c, "green"), anchor(&vault, &c, "door"));
    vault.write(&d, &format!("=> paint all of it white supersedes ^{green} supersedes ^{door}\n"));
    let named = |told: &Value, ids: &Value| -> Vec<String> {
        let chain = told["chain"].as_array().expect("a chain");
        let word = |id: &Value| {
            chain.iter().find(|one| one["id"] == *id).map(|one| text(&one["text"])).expect("one of the chain")
        };
        ids.as_array().expect("ids").iter().map(|id| word(id).rsplit(' ').next().expect("a word").to_owned()).collect()
    };
    let lines = |of: &str| {
        let told = vault.json(&["decision", "show", &id(&vault, "decisions", of)]);
        told["branches"]
            .as_array()
            .expect("branches")
            .iter()
            .map(|branch| named(&told, &branch["line"]).join(" < "))
            .collect::<Vec<_>>()
    };
    assert_eq!(lines("blue"), ["red < blue", "green < white", "door"]);
    assert_eq!(lines("green"), ["red < green < white", "door", "blue"]);
    assert_eq!(lines("door"), ["door < white", "red < green", "blue"]);
    let printed = vault.ok(&["decision", "show", &id(&vault, "decisions", "blue")]);
    let place = |words: &str| printed.rfind(words).unwrap_or_else(|| panic!("no {words}: {printed}"));
    assert!(place("In the place of “Paint it red”, too:") < place("Paint it green"), "{printed}");
    assert!(place("“Paint all of it white” took the place of this, too:") < place("Leave the door"), "{printed}");
}

fn refers(value: &Value) -> String {
    value.as_str().or_else(|| value["id"].as_str()).unwrap_or_else(|| panic!("{value} refers to nothing")).to_owned()
}

#[test]
fn an_action_waits_for_another_and_a_circle_is_refused_with_the_circle_shown() {
    let vault = Vault::new();
    let meeting = vault.meeting("First", "2026-11-10T10:00", &["ana@example.org"]);
    vault.write(&meeting, "!! dig\n!! pour\n!! build\n");
    let [dig, pour] = ["dig", "pour"].map(|word| anchor(&vault, &meeting, word));
    let note = vault.read(&meeting);
    let linked = note.replace(&format!("pour ^{pour}"), &format!("pour after ^{dig} ^{pour}"));
    vault.write(&meeting, &linked.replace("!! build", &format!("!! build after ^{pour}")));
    let [dig_id, pour_id, build_id] = ["dig", "pour", "build"].map(|word| id(&vault, "actions", word));
    assert_eq!(item(&vault, "actions", "pour")["blocked_by"], json!([dig_id]));
    assert_eq!(item(&vault, "actions", "build")["blocked_by"], json!([pour_id]));
    let trace = vault.json(&["trace", &pour_id]);
    assert_eq!(all(trace["blocked_by"].as_array().expect("a list"), "id"), [dig_id.as_str()], "{trace:#}");
    assert_eq!(all(trace["blocks"].as_array().expect("a list"), "id"), [build_id], "{trace:#}");
    assert!(all(trace["steps"].as_array().expect("steps"), "title").contains(&"First".to_owned()), "{trace:#}");

    let before = vault.read(&meeting);
    let build = anchor(&vault, &meeting, "build");
    let circle = before.replace(&format!("dig ^{dig}"), &format!("dig after ^{build} ^{dig}"));
    let ran = vault.run_with(&["--json", "note", "set", &meeting, "-"], circle.as_bytes());
    // What was typed is never refused for a link; the link is, and says so.
    let told = format!("{}{}", ran.stdout, ran.stderr);
    assert!(item(&vault, "actions", "dig")["blocked_by"] == json!([]), "{told}");
    assert!(["dig", "pour", "build"].iter().all(|word| told.contains(word)), "the circle is shown: {told}");
    let waits = |word: &str| item(&vault, "actions", word)["waits_for"].clone();
    assert_eq!(waits("pour"), json!([{ "id": dig_id, "text": "dig" }]));
    assert!(vault.ok(&["actions"]).contains("waits for “pour”"), "what build waits for is said by its words");
    vault.json(&["action", "done", &dig_id]);
    assert_eq!(waits("pour"), json!([]), "for what is done nothing waits");
    assert_eq!(item(&vault, "actions", "pour")["blocked_by"], json!([dig_id]), "though it had to come first");
    assert!(vault.is_sound());
}

#[test]
fn a_question_is_open_until_something_answers_it() {
    let vault = Vault::new();
    let first = vault.meeting("First", "2026-11-10T10:00", &["ana@example.org"]);
    let second = vault.meeting("Second", "2026-11-17T10:00", &["ana@example.org"]);
    vault.write(&first, "?? who pays\n?? who signs\n?? who leads\n");
    assert_eq!(vault.list(&["questions", "--open"], "questions").len(), 3);
    let (pays, signs) = (anchor(&vault, &first, "pays"), anchor(&vault, &first, "signs"));
    vault.write(&second, &format!("=> Acme pays, answers ^{pays}\n!! @ana sign it answers ^{signs}\n"));
    let open = vault.list(&["questions", "--open"], "questions");
    assert_eq!(all(&open, "text"), ["who leads"]);
    let question = item(&vault, "questions", "who pays");
    assert_eq!(
        (&question["status"], refers(&question["answered_by"])),
        (&json!("answered"), id(&vault, "decisions", "Acme"))
    );
    vault.write(&second, "");
    assert_eq!(vault.list(&["questions", "--open"], "questions").len(), 3, "with the answer gone it is open again");
}

/// It is Tuesday, 24 November.
#[test]
fn an_answer_in_a_meeting_of_a_day_to_come_counts_from_that_day_on() {
    let vault = Vault::new();
    let first = vault.meeting("First", "2026-11-10T10:00", &["ana@example.org"]);
    let later = vault.meeting("Later", "2026-11-26T10:00", &["ana@example.org"]);
    vault.write(&first, "?? who pays\n");
    vault.write(&later, &format!("=> Acme pays, answers ^{}\n", anchor(&vault, &first, "pays")));
    let open = |vault: &Vault| vault.list(&["questions", "--open"], "questions").len();
    let waiting = |vault: &Vault| vault.list(&["ledger", "ana"], "waiting_on").len();
    let asked = |vault: &Vault| vault.list(&["query", "run", "questions status:open"], "rows").len();
    assert_eq!([open(&vault), waiting(&vault), asked(&vault)], [1, 1, 1]);
    assert_eq!(item(&vault, "questions", "pays")["answered_by"], Value::Null);
    let then = vault.at("2026-11-26T09:00:00+01:00");
    assert_eq!([open(&then), waiting(&then), asked(&then)], [0, 0, 0]);
    assert_eq!(item(&then, "questions", "pays")["status"], "answered");
}

#[test]
fn a_link_to_nothing_is_harmless() {
    let vault = Vault::new();
    let meeting = vault.meeting("First", "2026-11-10T10:00", &[]);
    vault.write(&meeting, "=> go supersedes ^zzzzzz\n!! dig after ^zzzzzz\n?? why answers ^zzzzzz\n");
    assert_eq!(item(&vault, "decisions", "go")["supersedes"], Value::Null);
    assert_eq!(item(&vault, "actions", "dig")["blocked_by"], json!([]));
    assert!(vault.is_sound());
}

#[test]
fn a_trace_leads_back_to_where_it_was_raised() {
    let vault = Vault::new();
    let first = vault.meeting("First", "2026-11-10T10:00", &["ana@example.org"]);
    vault.write(&first, "!! @ana dig #garden\n");
    let dig = anchor(&vault, &first, "dig");
    for given in [format!("^{dig}"), id(&vault, "actions", "dig")] {
        let trace = vault.json(&["trace", &given]);
        assert_eq!(trace["item"]["id"], id(&vault, "actions", "dig"));
        let steps = trace["steps"].as_array().expect("steps");
        let raised = steps.iter().find(|step| step["id"] == first).unwrap_or_else(|| panic!("not raised: {trace:#}"));
        assert_eq!(
            (&raised["kind"], &raised["title"], &raised["date"]),
            (&json!("meeting"), &json!("First"), &json!("2026-11-10"))
        );
    }
}
