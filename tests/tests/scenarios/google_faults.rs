//! Google failing: what was fetched stays, what is wrong is said, and nobody else pays for it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use throughline_tests::google::{Fault, Google, hour, titles};
use throughline_tests::{Vault, finish, text};

const MAX: &str = "max@example.org";
const EVENTS: &str = "/calendar/v3/calendars";
const LIST: &str = "/calendar/v3/users/me/calendarList";

/// A vault that has synced one meeting, and is about to hear of another.
fn synced() -> (Google, Vault) {
    let google = Google::with(MAX);
    google.world().put(MAX, hour("a", "Review", "2026-11-25"));
    let vault = google.signed_in(MAX);
    vault.sync();
    google.world().put(MAX, hour("b", "Lunch", "2026-11-26"));
    (google, vault)
}

fn account(vault: &Vault) -> Value {
    vault.list(&["account", "list"], "accounts").remove(0)
}

fn has(vault: &Vault) -> Vec<String> {
    titles(vault, "2026-11-25", "2026-11-26")
}

#[test]
fn what_passes_by_itself_is_waited_out() {
    let (google, vault) = synced();
    for fault in [
        Fault::Error(403, "rateLimitExceeded"),
        Fault::Error(403, "userRateLimitExceeded"),
        Fault::Error(429, "rateLimitExceeded"),
        Fault::Error(500, "backendError"),
        Fault::Html(503),
        Fault::Html(429),
        Fault::Cut,
        Fault::Garbled,
    ] {
        google.world().fail(EVENTS, fault.clone());
        google.world().fail(LIST, fault);
        vault.sync();
    }
    assert_eq!(has(&vault), ["Review", "Lunch"]);
}

#[test]
fn what_google_asks_to_wait_is_waited() {
    let (google, vault) = synced();
    google.world().fail(EVENTS, Fault::Later(429, "rateLimitExceeded", 3));
    let began = Instant::now();
    vault.sync();
    assert!(began.elapsed() >= Duration::from_secs(3), "{:?}", began.elapsed());
    google.world().fail(EVENTS, Fault::LaterAt(429, "rateLimitExceeded", 4));
    let began = Instant::now();
    vault.sync();
    assert!(began.elapsed() >= Duration::from_secs(3), "a date has no fractions: {:?}", began.elapsed());
    google.world().fail(EVENTS, Fault::Later(403, "userRateLimitExceeded", 7_200));
    google.world().drain_asked(EVENTS);
    let (_, error) = vault.fails(&["sync"]);
    assert_eq!(error["code"], "quota");
    assert!(text(&error["hint"]).contains("120 minutes"), "{error}");
    assert_eq!(google.world().drain_asked(EVENTS).len(), 1, "it is left alone");
}

#[test]
fn whoever_goes_on_failing_is_given_up_and_told_and_the_old_stays_readable() {
    for (fault, code) in [
        (Fault::Error(403, "rateLimitExceeded"), "quota"),
        (Fault::Html(503), "server_error"),
        (Fault::Garbled, "server_error"),
        (Fault::Error(403, "insufficientPermissions"), "refused"),
    ] {
        let (google, vault) = synced();
        let before = account(&vault);
        google.world().fail_times(20, EVENTS, &fault);
        let (status, error) = vault.fails(&["sync"]);
        assert_eq!((status, error["code"].as_str()), (1, Some(code)), "{fault:?}");
        let now = account(&vault);
        assert_eq!((&now["state"], &now["last_sync"]), (&json!("error"), &before["last_sync"]), "{fault:?}");
        assert_eq!(now["error"], error["message"]);
        assert_eq!(has(&vault), ["Review"]);
        google.world().mend();
        vault.sync();
        assert_eq!((account(&vault)["state"].as_str(), has(&vault).len()), (Some("ok"), 2));
    }
}

#[test]
fn a_scope_that_is_missing_is_no_sign_out() {
    let (google, vault) = synced();
    google.world().fail(LIST, Fault::Error(403, "insufficientPermissions"));
    let (_, error) = vault.fails(&["sync"]);
    assert_eq!(error["code"], "refused");
    assert_eq!(account(&vault)["state"], "error");
}

#[test]
fn an_answer_without_anything_in_it_deletes_nothing() {
    let (google, vault) = synced();
    google.world().fail(EVENTS, Fault::Empty);
    let ran = vault.run(&["--json", "sync", "--full"]);
    assert_eq!(has(&vault), ["Review"], "{ran:?}");
    google.world().fail_times(5, LIST, &Fault::Empty);
    let (_, error) = vault.fails(&["sync", "--full"]);
    assert_eq!(error["code"], "server_error");
    assert_eq!(vault.list(&["calendar", "list"], "calendars").len(), 1);
    vault.sync();
    assert_eq!(has(&vault), ["Review", "Lunch"]);
}

#[test]
fn a_first_sync_that_breaks_off_leaves_nothing_behind() {
    let google = Google::with(MAX);
    google.world().page = 2;
    (1..=9).for_each(|n| google.world().put(MAX, hour(&format!("e{n}"), "Daily", &format!("2026-12-0{n}"))));
    let vault = google.signed_in(MAX);
    // The list, then two pages, then nothing good any more.
    let path = format!("{EVENTS}/{MAX}/events");
    let pages = |vault: &Vault| vault.meetings("2026-12-01", "2026-12-31").len();
    google.world().fail_after(2, &path, 20, &Fault::Html(502));
    let (_, error) = vault.fails(&["sync"]);
    assert_eq!(error["code"], "server_error");
    assert_eq!(pages(&vault), 0);
    google.world().mend();
    vault.sync();
    assert_eq!(pages(&vault), 9);
}

#[test]
fn one_accounts_failure_does_not_stop_anothers_sync() {
    let google = Google::with(MAX);
    google.world().put(MAX, hour("a", "Review", "2026-11-25"));
    let vault = google.signed_in(MAX);
    let file = vault.file(
        "home.ics",
        throughline_tests::calendar(&[throughline_tests::event(
            "x",
            "Dinner",
            "DTSTART:20261126T190000Z\nDTEND:20261126T200000Z",
        )]),
    );
    vault.json(&["account", "add", "ics", &file]);
    google.world().take_back();
    let ran = vault.run(&["--json", "sync"]);
    assert_eq!(ran.code, 1);
    let printed: Value = serde_json::from_str(&ran.stdout).expect("what succeeded");
    let mut codes: Vec<_> =
        printed["accounts"].as_array().expect("accounts").iter().map(|a| a["error"]["code"].clone()).collect();
    codes.sort_by_key(Value::is_null);
    assert_eq!(codes, [json!("needs_sign_in"), Value::Null]);
    assert_eq!(has(&vault), ["Dinner"]);
}

#[test]
fn one_calendars_failure_does_not_stop_the_others() {
    let google = Google::with(MAX);
    google.world().add_calendar(MAX, "own@group.calendar.google.com", json!({"accessRole": "owner", "summary": "A"}));
    google.world().put(MAX, hour("a", "Review", "2026-11-25"));
    let vault = google.signed_in(MAX);
    google.world().fail(&format!("{EVENTS}/own"), Fault::Error(404, "notFound"));
    let ran = vault.run(&["--json", "sync"]);
    let printed: Value = serde_json::from_str(&ran.stdout).expect("what succeeded");
    let calendars = printed["accounts"][0]["calendars"].as_array().expect("calendars");
    assert_eq!(calendars.len(), 2, "{printed:#}");
    assert_eq!((ran.code, &calendars[0]["error"]["code"]), (1, &json!("calendar_gone")));
    assert_eq!(has(&vault), ["Review"]);
}

#[test]
fn without_a_network_everything_is_readable() {
    let (google, vault) = synced();
    drop(google);
    let (status, error) = vault.fails(&["sync"]);
    assert_eq!((status, error["code"].as_str()), (1, Some("offline")));
    assert_eq!((account(&vault)["state"].as_str(), has(&vault)), (Some("error"), vec!["Review".to_owned()]));
    assert!(vault.is_sound());
}

#[test]
fn two_programs_that_sync_at_once_take_turns() {
    let google = Google::with(MAX);
    google.world().page = 5;
    (10..30).for_each(|n| google.world().put(MAX, hour(&format!("e{n}"), "Daily", &format!("2026-12-{n}"))));
    let vault = google.signed_in(MAX);
    let both = [vault.start(&["sync"]), vault.start(&["sync"])];
    for ran in both.map(finish) {
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    assert_eq!(vault.meetings("2026-12-01", "2026-12-31").len(), 20);
    assert!(vault.is_sound());
}
