//! Calendars published at an address, through the command.

use std::sync::{Arc, Mutex};

use serde_json::json;
use throughline_tests::fake::{Fake, Told};
use throughline_tests::{Vault, all, calendar, event, text};

const AT: &str = "DTSTART:20261201T090000Z\nDTEND:20261201T100000Z";
const PAST: &str = "DTSTART:20261101T090000Z\nDTEND:20261101T100000Z";

/// A server of one calendar, and what that holds.
fn published(text: String) -> (Fake, Arc<Mutex<String>>) {
    let text = Arc::new(Mutex::new(text));
    let told = Arc::clone(&text);
    let server = Fake::start(move |asked| match asked.path.contains("page") {
        true => Told::new(200, "text/html", "<!DOCTYPE html><html><body>Sign in</body></html>"),
        false => Told::new(200, "text/calendar", told.lock().expect("nobody panicked").as_str()).with("ETag", "\"1\""),
    });
    (server, text)
}

#[test]
fn a_secret_address_is_kept_like_a_password_and_shown_nowhere() {
    const SECRET: &str = "private-0a1b2c3d4e5f6071";
    let (server, _) = published(calendar(&[event("a@x", "Review", AT)]));
    let vault = Vault::new().with_passphrase("correct horse");
    let url = server.at(&format!("/ical/max/{SECRET}/basic.ics"));
    let added = vault.json(&["account", "add", "ics", &url]);
    assert_eq!(added["name"], "Work");
    let again = vault.json(&["account", "add", "ics", &url]);
    assert_eq!(again["id"], added["id"], "the same address again renews the account");
    let synced = vault.json(&["sync"]);
    vault.id_on("2026-12-01", "Review");
    drop(server);
    let (code, error) = vault.fails(&["sync"]);
    assert_eq!((code, &error["code"]), (1, &json!("offline")));
    let told = [synced, error, vault.json(&["account", "list"]), vault.json(&["calendar", "list"])];
    for told in told {
        assert!(!told.to_string().contains(SECRET), "{told}");
    }
    let mut folders = vec![vault.dir()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the vault").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let bytes = std::fs::read(entry.path()).expect("a file of the vault");
            let found = bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
            assert!(!found, "{} holds the address", entry.path().display());
        }
    }
    let nowhere = Vault::new();
    let (server, _) = published(calendar(&[]));
    let (code, error) = nowhere.fails(&["account", "add", "ics", &server.at(&format!("/{SECRET}.ics"))]);
    assert_eq!((code, &error["code"]), (1, &json!("no_keyring")));
    nowhere.json(&["account", "add", "ics", &server.at("/team.ics")]);
}

#[test]
fn what_is_no_calendar_is_told_plainly_and_adds_no_account() {
    let (server, _) = published(calendar(&[]));
    let vault = Vault::new();
    for (address, code) in [
        (server.at("/page"), "not_a_calendar"),
        ("webcal://".to_owned(), "unsupported_address"),
        ("ftp://example.org/a.ics".to_owned(), "unsupported_address"),
        (format!("http://127.0.0.1:{}/a.ics", throughline_tests::dav::free_port()), "offline"),
    ] {
        let (exit, error) = vault.fails(&["account", "add", "ics", &address]);
        assert_eq!((exit, &error["code"]), (1, &json!(code)), "{address}: {error}");
        assert!(!error.to_string().contains("127.0.0.1"), "{error}");
    }
    assert!(vault.list(&["account", "list"], "accounts").is_empty());
}

#[test]
fn past_events_that_a_subscription_no_longer_lists_are_not_deletions() {
    let (server, text) = published(calendar(&[event("past@x", "Past", PAST), event("next@x", "Next", AT)]));
    let vault = Vault::new();
    vault.json(&["account", "add", "ics", &server.at("/team.ics")]);
    vault.json(&["sync"]);
    *text.lock().expect("nobody panicked") = calendar(&[event("new@x", "New", AT)]);
    let synced = vault.sync();
    assert_eq!((&synced["added"], &synced["removed"]), (&json!(1), &json!(1)), "{synced:#}");
    assert_eq!(all(&vault.meetings("2026-11-01", "2026-12-31"), "title"), ["Past", "New"]);
}

#[test]
fn a_meeting_its_first_calendar_lets_go_of_shows_at_once_what_the_other_says() {
    let vault = Vault::new();
    let first = vault.file("first.ics", calendar(&[event("u@x", "Ours", &format!("{AT}\nLOCATION:Here"))]));
    let second = vault.file("second.ics", calendar(&[event("u@x", "Theirs", &format!("{AT}\nLOCATION:There"))]));
    let account = text(&vault.json(&["account", "add", "ics", &first])["id"]);
    vault.json(&["sync"]);
    vault.subscribe(&second);
    let ours = vault.on("2026-12-01", "Ours");
    assert_eq!(ours["calendars"].as_array().map(Vec::len), Some(2));
    vault.file("first.ics", calendar(&[]));
    vault.json(&["sync", "--account", &account]);
    let theirs = vault.on("2026-12-01", "Theirs");
    assert_eq!((&theirs["id"], &theirs["location"]), (&ours["id"], &json!("There")));
}
