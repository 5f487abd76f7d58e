//! A whole year of a believable calendar: the same through every provider, and moved from one to another with its notes.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use throughline_tests::provider::Provider;
use throughline_tests::{Vault, all, radicale, text};

const DEMO: &str = "2026-11-19T10:18:00Z";
const YEAR: [&str; 5] = ["meetings", "--from", "2025-06-01", "--to", "2027-12-31"];

/// The demo: its vault, and its calendar as a file.
fn demo() -> (Vault, String) {
    let vault = Vault::nowhere().at(DEMO).with_passphrase("correct horse");
    vault.json(&["demo"]);
    let ics = std::fs::read_to_string(vault.dir().join("demo.ics")).expect("the demo's calendar");
    (vault, ics)
}

/// What a person sees of it: without ids, and without where it comes from.
fn seen(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mine =
                |name: &str| name.ends_with("id") || matches!(name, "calendars" | "source" | "handle") && name != "uid";
            Value::Object(
                fields
                    .iter()
                    .filter(|(name, _)| *name == "uid" || !mine(name))
                    .map(|(name, value)| (name.clone(), seen(value)))
                    .collect(),
            )
        }
        Value::Array(values) => {
            let mut values: Vec<Value> = values.iter().map(seen).collect();
            values.sort_by_key(Value::to_string);
            Value::Array(values)
        }
        other => other.clone(),
    }
}

#[test]
fn the_same_year_through_every_provider_gives_the_same_meetings() {
    let (_, ics) = demo();
    let mut years: BTreeMap<&str, Value> = BTreeMap::new();
    for provider in Provider::all() {
        let vault = Vault::nowhere().at(DEMO).with_passphrase("correct horse");
        vault.json(&["init", "--name", "Max Muster", "--email", "max@example.org"]);
        provider.hold_text(&vault, &ics);
        provider.connect(&vault);
        years.insert(provider.name, seen(&vault.json(&YEAR)));
    }
    let file = years["file"]["meetings"].as_array().expect("meetings").clone();
    assert!(file.len() > 500, "a year has {} meetings", file.len());
    for (name, year) in &years {
        let meetings = year["meetings"].as_array().expect("meetings");
        let differ = file.iter().zip(meetings).find(|(here, there)| here != there);
        assert_eq!((meetings.len(), differ), (file.len(), None), "through {name}");
    }
}

/// [`notes`] of the demo: four of its meetings were made by hand.
const BEFORE: (usize, usize, usize) = (326, 322, 0);

/// How many meetings have notes, how many of those lie in a calendar, and how many wait in the queue.
fn notes(vault: &Vault) -> (usize, usize, usize) {
    let noted = vault.list(&[&YEAR[..], &["--with-notes"]].concat(), "meetings");
    let attached = noted.iter().filter(|meeting| meeting["calendars"] != json!([])).count();
    (noted.len(), attached, vault.list(&["queue"], "queue").len())
}

/// Removes the demo's account, and adds its calendar on a CalDAV server, each UID changed by `uid`; the old one goes
/// first, or last.
fn move_to_caldav(vault: &Vault, ics: &str, old_first: bool, uid: impl Fn(&str) -> String) -> Option<Provider> {
    let provider = Provider::dav("Radicale", radicale())?;
    let named = |line: &str| line.strip_prefix("UID:").map(&uid);
    let moved: String = ics
        .split_inclusive('\n')
        .map(|line| named(line.trim_end()).map_or_else(|| line.to_owned(), |uid| format!("UID:{uid}\r\n")))
        .collect();
    provider.hold_text(vault, &moved);
    let account = text(&vault.list(&["account", "list"], "accounts")[0]["id"]);
    if old_first {
        vault.json(&["account", "remove", &account]);
    }
    provider.connect(vault);
    if !old_first {
        vault.json(&["account", "remove", &account]);
    }
    Some(provider)
}

fn takes_every_note_along(old_first: bool) {
    let (vault, ics) = demo();
    assert_eq!(notes(&vault), BEFORE);
    let written = all(&vault.list(&["actions"], "actions"), "id");
    let Some(_server) = move_to_caldav(&vault, &ics, old_first, str::to_owned) else { return };
    assert_eq!(notes(&vault), BEFORE, "322 re-attach by themselves, and none is queued");
    assert_eq!(all(&vault.list(&["actions"], "actions"), "id"), written);
    let again = vault.sync();
    assert_eq!((&again["added"], &again["changed"], &again["removed"]), (&json!(0), &json!(0), &json!(0)));
    assert!(vault.is_sound());
}

#[test]
fn a_calendar_that_moves_with_its_uids_takes_every_note_along() {
    takes_every_note_along(true);
}

#[test]
fn a_calendar_that_is_there_twice_for_a_while_takes_every_note_along() {
    takes_every_note_along(false);
}

fn offers_each_note_its_place(old_first: bool) {
    let (vault, ics) = demo();
    assert_eq!(notes(&vault), BEFORE);
    let Some(_server) = move_to_caldav(&vault, &ics, old_first, |uid| format!("moved-{uid}")) else { return };
    assert_eq!(notes(&vault), (326, 0, 322), "nothing is guessed, nothing lost, and each is offered its place");
    for queued in vault.list(&["queue"], "queue") {
        let best = &queued["candidates"][0];
        assert_eq!(best["start"], queued["meeting"]["start"], "{queued:#}");
    }
    assert!(vault.is_sound());
}

#[test]
fn a_calendar_that_moves_under_other_uids_offers_each_note_its_place() {
    offers_each_note_its_place(true);
}

#[test]
fn a_calendar_that_is_there_twice_under_other_uids_offers_each_note_its_place() {
    offers_each_note_its_place(false);
}
