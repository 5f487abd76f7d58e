//! Signing in to Google, staying signed in, and leaving.

use serde_json::{Value, json};
use throughline_tests::google::{Fault, Google};
use throughline_tests::{Ran, Vault, check_shape, shapes, text};

const MAX: &str = "max@example.org";
const TOKENS: &str = "/token";

fn code(ran: &Ran) -> String {
    let error: Value = serde_json::from_str(&ran.stderr).unwrap_or_else(|_| panic!("no error: {ran:?}"));
    text(&error["error"]["code"])
}

fn accounts(vault: &Vault) -> Vec<Value> {
    vault.list(&["account", "list"], "accounts")
}

/// No file of the vault, no output and no error may hold any of these.
fn check_nothing_secret(google: &Google, vault: &Vault, outputs: &[&Ran]) {
    let mut secrets = google.world().refresh_tokens();
    secrets.extend(["ya29.access".to_owned(), "GOCSPX-client-hush".to_owned(), "4/code".to_owned()]);
    for output in outputs {
        for secret in &secrets {
            assert!(!output.stdout.contains(secret) && !output.stderr.contains(secret), "{secret}: {output:?}");
        }
    }
    for entry in std::fs::read_dir(vault.dir()).expect("the vault") {
        let path = entry.expect("a file").path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for secret in &secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} stands in {}", path.display());
        }
    }
}

#[test]
fn a_sign_in_makes_an_account_called_by_its_address_and_syncs_nothing() {
    let google = Google::with(MAX);
    let vault = google.vault(&Vault::new());
    let account = google.sign_in(&vault, MAX);
    check_shape("account", &account, shapes::ACCOUNT);
    assert_eq!((&account["provider"], &account["name"]), (&json!("google"), &json!(MAX)));
    assert_eq!((&account["state"], &account["last_sync"]), (&json!("ok"), &Value::Null));
    assert_eq!(account["secret_in"], "encrypted file");
    assert!(google.world().drain_asked("/calendar/v3/calendars").is_empty());
    check_nothing_secret(&google, &vault, &[]);
}

#[test]
fn the_address_to_sign_in_at_is_the_first_line_and_asks_for_as_little_as_does() {
    let google = Google::with(MAX);
    let vault = google.vault(&Vault::new());
    let mut asked = String::new();
    let ran = google.try_sign_in(&vault, |browser, url| {
        url.clone_into(&mut asked);
        browser.follow(&format!("{url}&as={MAX}"))
    });
    assert_eq!(ran.stdout.lines().count(), 2, "{ran:?}");
    for part in
        ["code_challenge_method=S256", "access_type=offline", "redirect_uri=http%3A%2F%2F127.0.0.1%3A", "state="]
    {
        assert!(asked.contains(part), "{part}: {asked}");
    }
    let scopes = "calendar.events.readonly+https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcalendar.calendarlist.readonly&";
    assert!(asked.contains(scopes), "{asked}");
    check_nothing_secret(&google, &vault, &[&ran]);
}

#[test]
fn without_json_a_sentence_says_where_to_sign_in() {
    use std::io::{BufRead, BufReader};
    let google = Google::with(MAX);
    let vault = google.vault(&Vault::new());
    let file = vault.file("client.json", google.client_file());
    let mut child = vault.start(&["account", "add", "google", "--client", &file, "--no-browser"]);
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map(|line| line.expect("a line"));
    let sentence = lines.next().expect("a sentence");
    assert!(sentence.contains("sign in"), "{sentence}");
    let url = &sentence[sentence.find("http").expect("an address in the same line")..];
    let _ = throughline_tests::google::Browser.follow(&format!("{url}&deny=1"));
    assert_eq!(child.wait().expect("its end").code(), Some(1));
}

#[test]
fn whoever_says_no_has_no_account() {
    let google = Google::with(MAX);
    let vault = google.vault(&Vault::new());
    let ran = google.try_sign_in(&vault, |browser, url| browser.follow(&format!("{url}&deny=1")));
    assert_eq!((ran.code, code(&ran).as_str()), (1, "sign_in_denied"));
    assert!(accounts(&vault).is_empty());
}

#[test]
fn a_browser_that_comes_back_from_another_sign_in_is_refused() {
    let google = Google::with(MAX);
    let vault = google.vault(&Vault::new());
    let ran = google.try_sign_in(&vault, |browser, url| {
        let sent = browser.get(&format!("{url}&as={MAX}")).location.expect("a redirect");
        let state = sent.split_once("state=").expect("a state").1.split('&').next().expect("a state");
        browser.get(&sent.replace(state, "forged"))
    });
    assert_eq!((ran.code, code(&ran).as_str()), (1, "wrong_state"));
    assert!(accounts(&vault).is_empty());
}

#[test]
fn a_favicon_and_a_silent_line_do_not_disturb_a_sign_in() {
    let google = Google::with(MAX);
    let vault = google.vault(&Vault::new());
    let ran = google.try_sign_in(&vault, |browser, url| {
        let sent = browser.get(&format!("{url}&as={MAX}")).location.expect("a redirect");
        let host = sent.strip_prefix("http://").and_then(|rest| rest.split(['/', '?']).next()).expect("a host");
        let silent = std::net::TcpStream::connect(host).expect("a line");
        assert_eq!(browser.get(&format!("http://{host}/favicon.ico")).status, 404);
        let page = browser.get(&sent);
        assert!(page.status == 200 && page.text.contains("return to Throughline"), "{page:?}");
        drop(silent);
        page
    });
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn a_box_left_unticked_is_told_and_the_permission_given_back() {
    let google = Google::with(MAX);
    let vault = google.vault(&Vault::new());
    let without = "https://www.googleapis.com/auth/calendar.events.readonly";
    let ran = google.try_sign_in(&vault, |browser, url| browser.follow(&format!("{url}&as={MAX}&without={without}")));
    assert_eq!((ran.code, code(&ran).as_str()), (1, "scope_missing"));
    assert!(google.world().refresh_tokens().is_empty());
}

#[test]
fn whoever_ticks_no_box_at_all_is_told_the_same() {
    let google = Google::with(MAX);
    let vault = google.vault(&Vault::new());
    let ran = google.try_sign_in(&vault, |browser, url| browser.follow(&format!("{url}&as={MAX}&without=all")));
    assert_eq!((ran.code, code(&ran).as_str()), (1, "scope_missing"));
    assert!(google.world().refresh_tokens().is_empty() && accounts(&vault).is_empty());
}

#[test]
fn a_project_without_the_calendar_api_is_told_where_to_turn_it_on() {
    let google = Google::with(MAX);
    let vault = google.vault(&Vault::new());
    google.world().fail("/calendar/v3/users", Fault::Error(403, "accessNotConfigured"));
    let ran = google.try_sign_in(&vault, |browser, url| browser.follow(&format!("{url}&as={MAX}")));
    assert_eq!((ran.code, code(&ran).as_str()), (1, "api_off"));
    assert!(ran.stderr.contains("calendar-json.googleapis.com"), "{}", ran.stderr);
    assert!(google.world().refresh_tokens().is_empty());
}

#[test]
fn a_google_that_marks_no_calendar_as_the_first_still_says_whose_they_are() {
    let google = Google::with(MAX);
    google.world().add_calendar(MAX, "a@group.calendar.google.com", json!({"accessRole": "owner"}));
    google.world().add_calendar(MAX, MAX, json!({"accessRole": "owner"}));
    let vault = google.vault(&Vault::new());
    assert_eq!(google.sign_in(&vault, MAX)["name"], MAX);
    vault.sync();
}

#[test]
fn a_refresh_token_good_once_is_kept_before_anything_else_can_go_wrong() {
    let google = Google::with(MAX);
    google.world().rotates = true;
    let vault = google.signed_in(MAX);
    vault.sync();
    google.world().fail("/calendar/v3/calendars", Fault::Hang);
    google.world().drain_asked("");
    let mut child = vault.start(&["sync"]);
    for _ in 0..6_000 {
        if !google.world().drain_asked("/calendar/v3/calendars").is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.kill().expect("it is killed");
    child.wait().expect("its end");
    google.world().mend();
    vault.sync();
    assert_eq!(google.world().refresh_tokens().len(), 1);
    check_nothing_secret(&google, &vault, &[]);
}

#[test]
fn the_same_user_again_renews_the_one_account() {
    let google = Google::with(MAX);
    let vault = google.signed_in(MAX);
    let first = accounts(&vault);
    google.world().take_back();
    assert_eq!(vault.run(&["sync"]).code, 1);
    assert_eq!(accounts(&vault)[0]["state"], "needs_sign_in");
    let renewed = google.sign_in(&vault, MAX);
    assert_eq!((&renewed["id"], &renewed["state"]), (&first[0]["id"], &json!("ok")));
    assert_eq!(accounts(&vault).len(), 1);
    vault.sync();
}

#[test]
fn where_nothing_can_be_kept_nobody_is_sent_to_a_browser() {
    let google = Google::with(MAX);
    let vault = google.vault(&Vault::new()).env("THROUGHLINE_PASSPHRASE", "");
    let file = vault.file("client.json", google.client_file());
    let (status, error) = vault.fails(&["account", "add", "google", "--client", &file, "--no-browser"]);
    assert_eq!((status, &error["code"]), (1, &json!("no_keyring")));
}

#[test]
fn a_file_that_is_no_client_is_told() {
    let vault = Vault::new().env("THROUGHLINE_PASSPHRASE", "x");
    for (content, expected) in [("{}", "not_a_client"), ("{\"web\":{\"client_id\":\"x\"}}", "not_a_client")] {
        let file = vault.file("client.json", content);
        let (_, error) = vault.fails(&["account", "add", "google", "--client", &file, "--no-browser"]);
        assert_eq!(error["code"], expected);
    }
    let (_, error) = vault.fails(&["account", "add", "google", "--client", "nowhere.json"]);
    assert_eq!(error["code"], "file_unreadable");
    let (_, error) = vault.fails(&["account", "add", "google"]);
    assert_eq!(error["code"], "no_client");
}

#[test]
fn a_permission_taken_back_needs_a_sign_in_and_everything_stays_readable() {
    let google = Google::with(MAX);
    let start = json!({"dateTime": "2026-11-25T10:00:00+01:00", "timeZone": "Europe/Berlin"});
    google.world().put(MAX, json!({"id": "a", "summary": "Review", "start": start, "end": start}));
    let vault = google.signed_in(MAX);
    vault.sync();
    google.world().take_back();
    let ran = vault.run(&["--json", "sync"]);
    assert_eq!((ran.code, code(&ran).as_str()), (1, "needs_sign_in"));
    let account = accounts(&vault).remove(0);
    assert_eq!(account["state"], "needs_sign_in");
    assert!(account["last_sync"].is_string() && account["error"].is_string(), "{account}");
    vault.on("2026-11-25", "Review");
    check_nothing_secret(&google, &vault, &[&ran]);
}

#[test]
fn an_access_token_refused_is_renewed_once_and_the_sync_goes_on() {
    let google = Google::with(MAX);
    let vault = google.signed_in(MAX);
    google.world().fail("/calendar/v3/calendars", Fault::Error(401, "authError"));
    vault.sync();
    google.world().fail_times(4, "/calendar/v3/calendars", &Fault::Error(401, "authError"));
    let ran = vault.run(&["--json", "sync"]);
    assert_eq!((ran.code, code(&ran).as_str()), (1, "needs_sign_in"));
}

#[test]
fn a_clock_set_by_hand_does_not_age_a_token() {
    let google = Google::with(MAX);
    let vault = google.signed_in(MAX).at("2031-01-01T00:00:00Z");
    google.world().asked.clear();
    vault.sync();
}

#[test]
fn a_token_endpoint_that_fails_for_a_moment_is_asked_again() {
    let google = Google::with(MAX);
    let vault = google.signed_in(MAX);
    google.world().fail(TOKENS, Fault::Html(503));
    vault.sync();
    google.world().fail(TOKENS, Fault::Cut);
    vault.sync();
}

#[test]
fn leaving_gives_the_permission_back_and_keeps_what_was_written() {
    let google = Google::with(MAX);
    let at = |day: u8| json!({"dateTime": format!("2026-11-{day}T10:00:00+01:00"), "timeZone": "Europe/Berlin"});
    google.world().put(MAX, json!({"id": "a", "summary": "Review", "start": at(25), "end": at(25)}));
    google.world().put(MAX, json!({"id": "b", "summary": "Lunch", "start": at(26), "end": at(26)}));
    let vault = google.signed_in(MAX);
    vault.sync();
    vault.write(&vault.id_on("2026-11-25", "Review"), "- [ ] call Ana\n");
    let id = text(&accounts(&vault)[0]["id"]);
    vault.json(&["account", "remove", &id]);
    assert!(google.world().refresh_tokens().is_empty());
    assert_eq!(vault.on("2026-11-25", "Review")["source"], "local");
    assert!(vault.meetings("2026-11-26", "2026-11-26").is_empty());
    assert!(accounts(&vault).is_empty());
}

#[test]
fn leaving_does_not_wait_for_a_google_that_cannot_be_reached() {
    let google = Google::with(MAX);
    let vault = google.signed_in(MAX);
    let id = text(&accounts(&vault)[0]["id"]);
    drop(google);
    vault.json(&["account", "remove", &id]);
    assert!(accounts(&vault).is_empty());
}

#[test]
fn the_address_signed_in_with_is_the_users_own() {
    let google = Google::with("max@work.example");
    let vault = google.signed_in("max@work.example");
    let me = vault.the(&["people"], "people", "name", "Max Muster");
    assert_eq!(me["emails"], json!([MAX, "max@work.example"]));
}
