//! What Google really sent, recorded by others, where it lies beside the repository.

#![expect(clippy::print_stdout, reason = "what is skipped is told")]

use std::path::Path;

use serde_json::{Value, json};
use throughline_tests::all;
use throughline_tests::google::Google;

const MAX: &str = "max@example.org";

fn recorded() -> Option<Vec<Value>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora/google/recorded.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: {} is not there", file.display());
        return None;
    };
    serde_json::from_str(&text).expect("a list")
}

/// The bodies of this kind, and those inside answers that list some.
fn of_kind(recorded: &[Value], kind: &str) -> Vec<Value> {
    let bodies = recorded.iter().map(|one| &one["body"]);
    let listed = bodies.clone().flat_map(|body| body["items"].as_array().cloned().unwrap_or_default());
    bodies.cloned().chain(listed).filter(|body| body["kind"] == kind).collect()
}

#[test]
fn every_event_that_google_sent_is_read_without_a_warning() {
    let Some(recorded) = recorded() else { return };
    // What was sent to Google has no version yet.
    let events: Vec<Value> =
        of_kind(&recorded, "calendar#event").into_iter().filter(|e| e["etag"].is_string()).collect();
    assert!(!events.is_empty());
    let google = Google::with(MAX);
    for event in &events {
        google.world().put_bare(MAX, event.clone());
    }
    let vault = google.signed_in(MAX);
    let synced = vault.sync();
    assert_eq!(synced["warnings"], json!([]), "{synced:#}");
    let titles = all(&vault.meetings("1990-01-01", "2030-01-01"), "title");
    for event in events.iter().filter(|event| event["status"] != "cancelled") {
        let title = event["summary"].as_str().unwrap_or_default();
        assert!(titles.iter().any(|known| known == title), "{title}: {titles:?}");
    }
}

#[test]
fn every_calendar_that_google_sent_is_listed() {
    let Some(recorded) = recorded() else { return };
    let google = Google::start();
    google.world().add_user(MAX);
    let calendars = of_kind(&recorded, "calendar#calendarListEntry");
    for calendar in &calendars {
        let mut entry = calendar.clone();
        entry["primary"] = json!(false);
        google.world().add_calendar(MAX, calendar["id"].as_str().expect("an id"), entry);
    }
    let vault = google.signed_in(MAX);
    vault.sync();
    let listed = vault.list(&["calendar", "list"], "calendars");
    for calendar in &calendars {
        let found =
            listed.iter().find(|known| known["name"] == calendar["summary"]).unwrap_or_else(|| panic!("{calendar}"));
        assert_eq!(found["color"], calendar["backgroundColor"]);
    }
}
