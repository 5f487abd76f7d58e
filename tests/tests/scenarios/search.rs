//! Finding things again, whatever one types.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, text};

fn world() -> (Vault, String) {
    let vault = Vault::new();
    let meeting = vault.meeting("Müller budget review", "2026-11-10T10:00", &["ana.silva@example.org"]);
    vault.write(&meeting, "We spoke of the naïve café plan at length.\n\n!! @ana prepare the quarterly forecast #finance\n=> keep the Zürich office\n?? who pays the deposit\n");
    vault.write_part(&meeting, "private", "The chancellor hummed.\n");
    let other = vault.meeting("Garden", "2026-11-12T10:00", &["zoe@garden.example"]);
    vault.write(&other, "The plan of the café is another thing; forecast rain.\n");
    (vault, meeting)
}

fn kinds(vault: &Vault, query: &[&str]) -> Vec<String> {
    let mut kinds = all(&vault.list(&[&["search"], query].concat(), "hits"), "kind");
    kinds.sort();
    kinds.dedup();
    kinds
}

#[test]
fn everything_with_words_is_found() {
    let (vault, meeting) = world();
    assert!(kinds(&vault, &["budget"]).contains(&"meeting".to_owned()));
    assert!(kinds(&vault, &["length"]).contains(&"note".to_owned()));
    assert!(kinds(&vault, &["quarterly"]).contains(&"action".to_owned()));
    assert!(kinds(&vault, &["office"]).contains(&"decision".to_owned()));
    assert!(kinds(&vault, &["deposit"]).contains(&"question".to_owned()));
    assert!(kinds(&vault, &["silva"]).contains(&"person".to_owned()));
    assert!(kinds(&vault, &["finance"]).contains(&"topic".to_owned()));
    let hits = vault.list(&["search", "length"], "hits");
    let note = hits.iter().find(|hit| hit["kind"] == "note").expect("a note");
    assert_eq!(
        (&note["meeting_id"], &note["note_part"], &note["date"]),
        (&json!(meeting), &json!("notes"), &json!("2026-11-10"))
    );
    assert!(text(&note["snippet"]).contains("length"), "{note}");
    assert!(!text(&note["snippet"]).contains(['\u{e000}', '\u{e001}']), "plain in JSON: {note}");
}

#[test]
fn a_beginning_is_enough_and_accents_and_case_do_not_matter() {
    let (vault, _) = world();
    for query in ["quart", "QUARTERLY", "Quarterly forec", "zurich", "ZÜRICH", "muller", "naive", "cafe", "kéep"] {
        assert!(!vault.list(&["search", query], "hits").is_empty(), "{query}");
    }
    assert!(vault.list(&["search", "uarterly"], "hits").is_empty(), "a middle is no beginning");
    assert!(vault.list(&["search", "xyzzy"], "hits").is_empty());
    assert!(!vault.list(&["search", "quarterly", "forecast"], "hits").is_empty(), "words as several arguments");
    assert!(vault.list(&["search", "quarterly rain"], "hits").is_empty(), "all words have to be there");
}

#[test]
fn a_phrase_is_a_phrase() {
    let (vault, _) = world();
    let notes = |query: &str| vault.list(&["search", query], "hits").iter().filter(|hit| hit["kind"] == "note").count();
    assert_eq!(notes("\"café plan\""), 1);
    assert_eq!(notes("cafe plan"), 2);
    assert_eq!(notes("\"plan café\""), 0);
}

#[test]
fn hits_are_ranked_and_narrowed() {
    let (vault, _) = world();
    let scores: Vec<_> =
        vault.list(&["search", "forecast"], "hits").iter().map(|hit| hit["score"].as_f64().expect("a score")).collect();
    assert!(scores.len() >= 2 && scores.windows(2).all(|pair| pair[0] >= pair[1]), "best first: {scores:?}");
    assert_eq!(kinds(&vault, &["forecast", "--kind", "action"]), ["action"]);
    let meetings = |query: &[&str]| all(&vault.list(&[&["search"], query].concat(), "hits"), "date");
    assert!(meetings(&["plan", "--from", "2026-11-11"]).iter().all(|date| date == "2026-11-12"));
    assert_eq!(kinds(&vault, &["forecast", "--person", "@ana", "--kind", "action"]), ["action"]);
    assert!(vault.list(&["search", "rain", "--person", "@ana"], "hits").is_empty());
}

#[test]
fn whatever_is_typed_is_a_search_and_no_error() {
    let (vault, _) = world();
    let hostile = [
        "\"",
        "\"\"",
        "\"unclosed",
        "*",
        "a*",
        "^",
        "-",
        "--",
        "- plan",
        "(",
        ")",
        "((",
        "{}",
        "[]",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR(",
        "plan AND",
        "AND plan",
        "plan NOT",
        "title:plan",
        "nope:plan",
        "plan:",
        ":",
        ";",
        "'",
        "''",
        "'; DROP TABLE item; --",
        "%",
        "_",
        "\\",
        "/",
        "#",
        "@",
        "#finance",
        "@ana",
        "^abc123",
        "\u{202e}",
        "👩‍👩‍👧",
        "\u{301}",
        "   ",
        "+",
        "a + b",
        "plan^2",
        "col : x",
        "a.b",
        "1",
        "\t",
        "e\u{301}",
    ];
    for query in hostile {
        let ran = vault.run(&["--json", "search", "--", query]);
        assert!(ran.code == 0, "{query:?}: {}{}", ran.stdout, ran.stderr);
        let found: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert!(found["hits"].is_array());
    }
    let long = "plan ".repeat(2000);
    assert_eq!(vault.run(&["search", &long]).code, 0);
    assert!(!vault.list(&["search", "#finance"], "hits").is_empty());
    assert!(!vault.list(&["search", "@ana"], "hits").is_empty());
    assert!(vault.is_sound());
}

#[test]
fn what_is_found_follows_every_change() {
    let (vault, meeting) = world();
    let count = |word: &str| vault.list(&["search", word], "hits").len();
    let before = count("forecast");
    vault.json(&["note", "append", &meeting, "Another forecast, and a walrus."]);
    assert!(count("walrus") > 0 && count("forecast") >= before);
    vault.json(&["undo"]);
    assert_eq!((count("walrus"), count("forecast")), (0, before));
    vault.json(&["meeting", "edit", &meeting, "--title", "Heliotrope"]);
    assert!(count("heliotrope") > 0);
    vault.json(&["person", "edit", "@ana", "--name", "Anastasia"]);
    assert!(count("anastasia") > 0);
    vault.write(&meeting, "");
    assert_eq!(count("quarterly"), 0);
}

#[test]
fn who_is_called_what_was_typed_stands_first() {
    let vault = Vault::new();
    let people = ["Tom Marsh <tom@acme.example>", "Tomas Rivera <tomas@acme.example>"];
    let talk = vault.meeting("Tom and the acme rollout", "2026-11-20T10:00", &people);
    vault.write(&talk, "!! @tom Tom Tom Tom: call Acme #acme/price\n=> Tom signs for acme\n");
    let first = |query: &str| {
        let hits = vault.list(&["search", query], "hits");
        (text(&hits[0]["kind"]), text(&hits[0]["title"]))
    };
    let is = |kind: &str, title: &str| (kind.to_owned(), title.to_owned());
    assert_eq!(first("tom"), is("person", "Tom Marsh"));
    assert_eq!(first("@tom"), is("person", "Tom Marsh"));
    assert_eq!(first("tomas"), is("person", "Tomas Rivera"));
    assert_eq!(first("riv"), is("person", "Tomas Rivera"));
    assert_eq!(first("marsh tom"), is("person", "Tom Marsh"));
    assert_eq!(first("ACME"), is("organization", "Acme"));
    let hits = vault.list(&["search", "tom"], "hits");
    let toms = hits.iter().filter(|hit| hit["title"] == "Tom Marsh" && hit["kind"] == "person").count();
    assert_eq!(toms, 1, "once, and not again among what says it");
    assert_eq!(text(&vault.list(&["search", "acme"], "hits")[1]["kind"]), "topic");
    assert_ne!(text(&vault.list(&["search", "tom", "--kind", "action"], "hits")[0]["kind"]), "person");
}
