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

/// What a person sees of it: without ids, and without where it comes from. Of a series that goes on otherwise from an
/// occurrence on, Google makes two: which occurrence a meeting replaced is told otherwise there.
fn seen_of(vault: &Vault, ics: &str) -> Vec<Value> {
    let splits = ics.split("BEGIN:VEVENT").filter(|block| block.contains("RANGE=THISANDFUTURE"));
    let split: Vec<&str> =
        splits.filter_map(|block| block.lines().find_map(|line| line.strip_prefix("UID:"))).collect();
    let local = |uid: &str| uid.split('@').next().unwrap_or_default().split("_R").next().unwrap_or_default().to_owned();
    let mut meetings = vault.list(&YEAR, "meetings");
    for meeting in &mut meetings {
        let uid = meeting["uid"].as_str().unwrap_or_default().to_owned();
        if split.iter().any(|other| local(other) == local(&uid)) {
            meeting["uid"] = json!(local(&uid));
            meeting["original_start"] = Value::Null;
        }
    }
    seen(&Value::Array(meetings)).as_array().cloned().unwrap_or_default()
}

/// Without ids, and without where it comes from; lists in an order of their own.
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
    let mut years: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for provider in Provider::all() {
        let vault = provider.vault(&Vault::nowhere().at(DEMO));
        vault.json(&["init", "--name", "Max Muster", "--email", "max@example.org"]);
        provider.hold_text(&vault, &ics);
        provider.connect(&vault);
        years.insert(provider.name, seen_of(&vault, &ics));
    }
    let file = years["file"].clone();
    assert!(file.len() > 500, "a year has {} meetings", file.len());
    for (name, meetings) in &years {
        let only = |here: &[Value], there: &[Value]| -> Vec<Value> {
            here.iter().filter(|meeting| !there.contains(meeting)).cloned().collect()
        };
        let (here, there) = (only(&file, meetings), only(meetings, &file));
        assert!(here.is_empty() && there.is_empty(), "through {name}, in place of {here:#?} there are {there:#?}");
        assert_eq!(meetings.len(), file.len(), "through {name}");
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

/// A way through all pairs of places, each once and in both directions, that ends where it began (Hierholzer).
fn through_all_pairs(places: usize) -> Vec<usize> {
    let mut left: Vec<Vec<usize>> = (0..places).map(|from| (0..places).filter(|to| *to != from).collect()).collect();
    let (mut way, mut found) = (vec![0], Vec::new());
    while let Some(&at) = way.last() {
        match left[at].pop() {
            Some(next) => way.push(next),
            None => found.extend(way.pop()),
        }
    }
    found.reverse();
    found
}

#[test]
fn a_calendar_that_moves_between_any_two_providers_loses_no_note() {
    let (demo, ics) = demo();
    let providers = Provider::all();
    let vault = providers.iter().fold(demo, |vault, provider| provider.vault(&vault));
    for provider in &providers {
        provider.hold_text(&vault, &ics);
    }
    let written = all(&vault.list(&["actions"], "actions"), "id");
    let mut from = "the demo";
    for to in through_all_pairs(providers.len()).into_iter().map(|at| &providers[at]) {
        let account = text(&vault.list(&["account", "list"], "accounts")[0]["id"]);
        vault.json(&["account", "remove", &account]);
        to.connect(&vault);
        let (noted, attached, queued) = notes(&vault);
        println!("{from} to {}: {attached} re-attach by themselves, {queued} are queued, of {noted}", to.name);
        assert_eq!((noted, attached + queued), (BEFORE.0, BEFORE.1), "{from} to {}: none is lost", to.name);
        // Google makes two series of one that goes on otherwise.
        let google = [from, to.name].contains(&"Google");
        assert!(queued == 0 || google, "{from} to {}: {queued} are queued", to.name);
        from = to.name;
    }
    assert_eq!(all(&vault.list(&["actions"], "actions"), "id"), written);
    assert!(vault.is_sound());
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
