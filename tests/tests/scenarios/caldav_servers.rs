//! Real CalDAV servers: found, listed, followed from one sync to the next, and missed when they are gone.

use serde_json::{Value, json};
use throughline_calendar::caldav::{Session, Wanted, discover, fetch};
use throughline_calendar::web::{Bounds, Client, Credential};
use throughline_calendar::{Cursor, Known, KnownItem, Patience};
use throughline_core::calendar::Limits;
use throughline_tests::dav::{DavServer, USER};
use throughline_tests::{Vault, all, calendar, event, radicale, run, text, xandikos};

const AT: &str = "DTSTART:20261201T090000Z\nDTEND:20261201T100000Z";

fn vault() -> Vault {
    Vault::new().with_passphrase("correct horse").env("THROUGHLINE_CALDAV_PASSWORD", "secret")
}

fn servers() -> Vec<(&'static str, DavServer)> {
    [("Radicale", radicale()), ("Xandikos", xandikos())]
        .into_iter()
        .filter_map(|(name, server)| Some((name, server?)))
        .collect()
}

fn add(vault: &Vault, url: &str) -> Value {
    vault.json(&["account", "add", "caldav", url, "--user", USER])
}

fn of<'a>(synced: &'a Value, name: &str) -> &'a Value {
    let calendars = synced["accounts"][0]["calendars"].as_array().expect("calendars");
    calendars.iter().find(|calendar| calendar["name"] == name).unwrap_or_else(|| panic!("no {name}: {synced:#}"))
}

#[test]
fn calendars_are_found_by_the_servers_address_with_their_names_and_colours() {
    for (name, server) in servers() {
        server.make("work", "Work", "#2255AAFF", &["VEVENT"]);
        server.make("tasks", "Tasks", "#000000", &["VTODO"]);
        server.put("work", "a.ics", &calendar(&[event("a@x", "Review", AT)]));
        let vault = vault();
        let account = add(&vault, &server.url());
        assert_eq!((&account["provider"], &account["state"]), (&json!("caldav"), &json!("ok")), "{name}");
        vault.json(&["sync"]);
        let calendars = vault.list(&["calendar", "list"], "calendars");
        let names = all(&calendars, "name");
        assert!(names.contains(&"Work".to_owned()) && !names.contains(&"Tasks".to_owned()), "{name}: {names:?}");
        let work = calendars.iter().find(|calendar| calendar["name"] == "Work").expect("work");
        assert_eq!((&work["color"], &work["enabled"]), (&json!("#2255aa"), &json!(true)), "{name}");
        let meeting = vault.on("2026-12-01", "Review");
        assert_eq!(meeting["source"], "caldav");
        let again = add(&vault, &server.url());
        assert_eq!(again["id"], account["id"], "{name}: the same user again renews the account");
    }
}

#[test]
fn a_second_sync_hears_of_changes_alone() {
    for (name, server) in servers() {
        server.make("work", "Work", "#2255aa", &["VEVENT"]);
        for uid in ["a", "b", "c"] {
            server.put("work", &format!("{uid}.ics"), &calendar(&[event(uid, uid, AT)]));
        }
        let vault = vault();
        add(&vault, &server.url());
        let first = vault.json(&["sync"]);
        assert_eq!((&of(&first, "Work")["mode"], &of(&first, "Work")["added"]), (&json!("full"), &json!(3)), "{name}");
        server.put("work", "a.ics", &calendar(&[event("a", "Other", AT)]));
        server.delete("work", "b.ics");
        server.put("work", "d%20e.ics", &calendar(&[event("d", "d", AT)]));
        let second = vault.json(&["sync"]);
        let work = of(&second, "Work");
        assert_eq!(work["mode"], "incremental", "{name}");
        assert_eq!(
            (&work["added"], &work["changed"], &work["removed"]),
            (&json!(1), &json!(1), &json!(1)),
            "{name}: {work:#}"
        );
        let mut titles = all(&vault.meetings("2026-12-01", "2026-12-01"), "title");
        titles.sort();
        assert_eq!(titles, ["Other", "c", "d"], "{name}");
        let full = vault.json(&["sync", "--full"]);
        let work = of(&full, "Work");
        assert_eq!(work["mode"], "full", "{name}");
        assert_eq!((&work["added"], &work["changed"], &work["removed"]), (&json!(0), &json!(0), &json!(0)), "{name}");
    }
}

#[test]
fn a_calendar_that_is_gone_goes_and_a_new_one_comes() {
    for (name, server) in servers() {
        server.make("old", "Old", "#2255aa", &["VEVENT"]);
        server.put("old", "a.ics", &calendar(&[event("a", "A", AT)]));
        let vault = vault();
        add(&vault, &server.url());
        vault.json(&["sync"]);
        let noted = vault.id_on("2026-12-01", "A");
        vault.write(&noted, "Notes.\n");
        server.make("new", "New", "#aa5522", &["VEVENT"]);
        server.put("new", "b.ics", &calendar(&[event("b", "B", AT)]));
        server.drop_calendar("old");
        vault.json(&["sync"]);
        let names = all(&vault.list(&["calendar", "list"], "calendars"), "name");
        assert!(names.contains(&"New".to_owned()) && !names.contains(&"Old".to_owned()), "{name}: {names:?}");
        assert_eq!(vault.json(&["meeting", "show", &noted])["has_notes"], true, "{name}");
        vault.id_on("2026-12-01", "B");
    }
}

#[test]
fn a_calendar_renamed_on_its_server_has_its_new_name_and_its_notes() {
    for (name, server) in servers() {
        server.make("work", "Work", "#2255aa", &["VEVENT"]);
        server.put("work", "a.ics", &calendar(&[event("a", "A", AT)]));
        let vault = vault();
        add(&vault, &server.url());
        vault.json(&["sync"]);
        let id = text(&vault.the(&["calendar", "list"], "calendars", "name", "Work")["id"]);
        let noted = vault.id_on("2026-12-01", "A");
        vault.write(&noted, "Notes.\n");
        server.rename("work", "Acme");
        vault.json(&["sync", "--dry-run"]);
        assert_eq!(vault.the(&["calendar", "list"], "calendars", "name", "Work")["id"], id, "{name}: a dry run");
        vault.json(&["sync"]);
        assert_eq!(vault.the(&["calendar", "list"], "calendars", "name", "Acme")["id"], id, "{name}");
        assert_eq!(vault.id_on("2026-12-01", "A"), noted, "{name}");
    }
}

#[test]
fn what_i_answered_is_known_by_the_address_the_server_knows_me_by() {
    let Some(server) = radicale() else { return };
    server.make("work", "Work", "#2255aa", &["VEVENT"]);
    let people = "ORGANIZER:mailto:ana@example.org\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.org
        ATTENDEE;PARTSTAT=DECLINED:mailto:max@example.org";
    server.put("work", "a.ics", &calendar(&[event("a@x", "Review", &format!("{AT}\n{people}"))]));
    let vault = vault();
    add(&vault, &server.url());
    vault.json(&["sync"]);
    let meeting = vault.on("2026-12-01", "Review");
    let me = meeting["attendees"].as_array().expect("attendees").iter().find(|one| one["email"] == "max@example.org");
    assert_eq!(me.expect("me")["response"], "declined");
}

#[test]
fn a_password_that_is_not_accepted_adds_no_account_and_later_asks_for_a_new_sign_in() {
    let Some(server) = radicale() else { return };
    server.make("work", "Work", "#2255aa", &["VEVENT"]);
    server.put("work", "a.ics", &calendar(&[event("a@x", "Review", AT)]));
    let vault = vault();
    let wrong = vault.env("THROUGHLINE_CALDAV_PASSWORD", "wrong-password");
    let (code, error) = wrong.fails(&["account", "add", "caldav", &server.url(), "--user", USER]);
    assert_eq!((code, &error["code"]), (1, &json!("sign_in_refused")));
    assert!(!error.to_string().contains("wrong-password"), "{error}");
    assert!(vault.list(&["account", "list"], "accounts").is_empty());

    add(&vault, &server.url());
    vault.json(&["sync"]);
    std::fs::write(server.folder().join("users"), "max:other\n").expect("another password");
    let (code, error) = vault.fails(&["sync"]);
    assert_eq!((code, &error["code"]), (1, &json!("needs_sign_in")));
    assert_eq!(vault.list(&["account", "list"], "accounts")[0]["state"], "needs_sign_in");
    vault.id_on("2026-12-01", "Review");

    let renewed = vault.env("THROUGHLINE_CALDAV_PASSWORD", "other");
    add(&renewed, &server.url());
    vault.json(&["sync"]);
    assert_eq!(vault.list(&["account", "list"], "accounts")[0]["state"], "ok");
    let stored = std::fs::read(vault.dir().join("secrets.age")).expect("the file of secrets");
    assert!(!stored.windows(5).any(|bytes| bytes == b"other"));
}

#[test]
fn a_password_comes_from_standard_input_and_is_missed_where_there_is_none() {
    let Some(server) = radicale() else { return };
    server.make("work", "Work", "#2255aa", &["VEVENT"]);
    let vault = Vault::new().with_passphrase("correct horse");
    let args = ["account", "add", "caldav", &server.url(), "--user", USER];
    let (code, error) = vault.fails(&args);
    assert_eq!((code, &error["code"]), (2, &json!("password_missing")));
    let ran = run(vault.command(&[&args[..], &["--password-stdin"]].concat()), b"secret\n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let nowhere = Vault::new().env("THROUGHLINE_CALDAV_PASSWORD", "secret");
    let (code, error) = nowhere.fails(&args);
    assert_eq!((code, &error["code"]), (1, &json!("no_keyring")));
}

#[test]
fn a_server_that_is_away_leaves_everything_readable() {
    for (name, server) in servers() {
        server.make("work", "Work", "#2255aa", &["VEVENT"]);
        server.put("work", "a.ics", &calendar(&[event("a@x", "Review", AT)]));
        let vault = vault();
        add(&vault, &server.url());
        vault.json(&["sync"]);
        drop(server);
        let (code, error) = vault.fails(&["sync"]);
        assert_eq!((code, &error["code"]), (1, &json!("offline")), "{name}");
        vault.id_on("2026-12-01", "Review");
        assert!(vault.is_sound());
    }
}

#[test]
fn a_certificate_of_the_servers_own_making_is_trusted_only_where_the_user_says_so() {
    let home = Vault::nowhere();
    let (certificate, key) = (home.file("tls/cert.pem", ""), home.file("tls/key.pem", ""));
    let made = std::process::Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-keyout", &key, "-out", &certificate])
        .output();
    if !made.is_ok_and(|made| made.status.success()) {
        eprintln!("skipped: openssl is not there to make a certificate");
        return;
    }
    let Some(server) = throughline_tests::radicale_over_tls(&certificate, &key) else { return };
    let url = server.url().replace("http://", "https://");
    let vault = vault();
    let (code, error) = vault.fails(&["account", "add", "caldav", &url, "--user", USER]);
    assert_eq!((code, &error["code"]), (1, &json!("untrusted_certificate")), "{error}");
    let (_, error) = vault.fails(&["account", "add", "caldav", &url, "--user", USER, "--accept-invalid-certificate"]);
    // The server is trusted now; there is no calendar on it yet.
    assert_eq!(error["code"], "no_calendars", "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_token_costs_only_a_look_at_the_versions() {
    for (name, server) in servers() {
        server.make("work", "Work", "#2255aa", &["VEVENT"]);
        for uid in ["a", "b"] {
            server.put("work", &format!("{uid}.ics"), &calendar(&[event(uid, uid, AT)]));
        }
        let patience = Patience::new(|| 0.5);
        let client = Client::new(Bounds::default(), patience, false).expect("a client");
        let password = Credential::Password { user: USER.to_owned(), password: "secret".to_owned() };
        let url = server.at(&server.calendar("work"));
        let place = discover(&client, &url, &password).await.expect("a calendar");
        let url = place.only.clone().expect("the calendar that was named");
        let session = Session::new(client, password, place.site.clone());
        let limits = Limits::default();
        let ask = async |since: &Cursor, known: &Known| {
            let wanted = Wanted { url: &url, since, known, full: false, me: &[], limits: &limits };
            fetch(&session, &wanted).await.unwrap_or_else(|error| panic!("{name}: {error}"))
        };
        let first = ask(&Cursor::default(), &Known::default()).await;
        assert_eq!((first.changes.items.len(), first.changes.complete), (2, true), "{name}");
        let token = first.cursor.token.clone().expect("a token");
        let mut known: Known = first
            .changes
            .items
            .iter()
            .map(|item| {
                let uid = item.events.first().map(|event| event.uid.clone());
                (item.id.clone(), KnownItem { uid, etag: item.etag.clone() })
            })
            .collect();
        known.insert(format!("{}gone.ics", server.calendar("work")), KnownItem::default());
        let quiet = ask(&first.cursor, &known).await;
        assert!(quiet.changes.items.is_empty() && quiet.changes.removed.is_empty(), "{name}: {quiet:?}");
        server.put("work", "b.ics", &calendar(&[event("b", "Other", AT)]));
        let stale = Cursor { token: Some(format!("{}f", text(&json!(token)))), ..Cursor::default() };
        let again = ask(&stale, &known).await;
        assert_eq!(again.changes.items.len(), 1, "{name}");
        assert_eq!(again.changes.removed.len(), 1, "{name}");
        assert!(again.cursor.token.is_some(), "{name}");
    }
}
