//! The first time: no vault yet.
#![cfg(target_os = "linux")]

use serde_json::json;
use throughline_tests::dav::USER;
use throughline_tests::desktop::{Desktop, Setting};
use throughline_tests::google::{Browser, Google, event as google_event};
use throughline_tests::{Vault, calendar, event, radicale};

fn alone() -> Setting {
    Setting { name_vault: false, ..Setting::default() }
}

#[tokio::test]
async fn a_vault_is_made_with_a_calendar_from_the_keyboard_and_is_opened_again_the_next_time() {
    let vault = Vault::nowhere();
    let times = "DTSTART:20261124T090000Z\nDTEND:20261124T100000Z";
    let file = vault.file("calendar.ics", calendar(&[event("planning@example.org", "Planning with Acme", times)]));
    let desktop = Desktop::open_with(&vault, &alone()).await;
    desktop.the("heading", "Welcome to Throughline").await;
    assert_eq!(desktop.violations().await, Vec::<String>::new());
    desktop.focus("textbox", "Folder of the vault").await;
    desktop.press("Mod+A").await;
    desktop.write(&vault.dir().display().to_string()).await;
    desktop.press("Enter").await;
    desktop.focus("textbox", "Name").await;
    assert_eq!(desktop.violations().await, Vec::<String>::new());
    desktop.write("Max Muster").await;
    desktop.press("Tab").await;
    desktop.focus("textbox", "E-mail address in your calendar").await;
    desktop.write("max@example.org").await;
    desktop.press("Enter").await;
    desktop.focus("textbox", "File or address").await;
    assert_eq!(desktop.violations().await, Vec::<String>::new());
    desktop.write(&file).await;
    desktop.press("Enter").await;
    desktop.the("main", "Day").await;
    desktop.says("Planning with Acme").await;
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;

    assert!(vault.is_sound());
    assert_eq!(vault.list(&["meetings"], "meetings").len(), 1);
    assert_eq!(vault.the(&["people"], "people", "name", "Max Muster")["is_me"], true);
    let again = Desktop::open_with(&vault, &alone()).await;
    again.says("Planning with Acme").await;
    again.quit().await;
}

#[tokio::test]
async fn a_folder_with_a_vault_in_it_is_offered_to_be_opened() {
    let vault = Vault::new();
    vault.meeting("Planning with Acme", "2026-11-24T10:00", &[]);
    let desktop = Desktop::open_with(&vault, &alone()).await;
    desktop.focus("textbox", "Folder of the vault").await;
    desktop.press("Mod+A").await;
    desktop.write(&vault.dir().display().to_string()).await;
    desktop.press("Tab").await;
    desktop.focus_by_tab("button", "Open this vault").await;
    desktop.press("Enter").await;
    desktop.says("Planning with Acme").await;
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}

/// Through the first two screens to the calendar.
async fn at_the_calendar(vault: &Vault) -> Desktop {
    let desktop = Desktop::open_with(vault, &alone()).await;
    desktop.focus("textbox", "Folder of the vault").await;
    desktop.press("Mod+A").await;
    desktop.write(&format!("{}\n", vault.dir().display())).await;
    desktop.focus("textbox", "Name").await;
    desktop.write("Max Muster\tmax@example.org\n").await;
    desktop.focus("textbox", "File or address").await;
    desktop
}

#[tokio::test(flavor = "multi_thread")]
async fn a_google_account_is_signed_in_to_from_the_keyboard_and_its_meetings_come_in() {
    let google = Google::with("max@example.org");
    google.world().put(
        "max@example.org",
        google_event("a", "Pricing with Acme", "2026-11-24T10:00", "2026-11-24T11:00", json!({})),
    );
    let vault = Vault::nowhere().env("THROUGHLINE_GOOGLE_API", &google.root());
    let client = vault.file("client.json", google.client_file());
    let desktop = at_the_calendar(&vault).await;
    desktop.press("Shift+Tab").await;
    desktop.focus("radio", "File or address").await;
    desktop.press("ArrowRight").await;
    desktop.focus("radio", "Google").await;
    // There is neither a client in this build nor a keyring on this system: both are led through.
    desktop.focus_by_tab("button", "Open the browser").await;
    desktop.press("Enter").await;
    desktop.the("alert", "").await;
    desktop.focus_by_tab("button", "Make a client of my own").await;
    assert_eq!(desktop.violations().await, Vec::<String>::new());
    desktop.press("Enter").await;
    desktop.the("list", "A client of your own").await;
    assert_eq!(desktop.violations().await, Vec::<String>::new());
    desktop.focus_by_tab("textbox", "Client file").await;
    desktop.write(&format!("{client}\n")).await;
    desktop.focus_by_tab("textbox", "New passphrase").await;
    desktop.write("correct horse\tcorrect horse\n").await;
    assert!(desktop.eventually(|| async { !desktop.opened().is_empty() }).await, "{}", desktop.outline().await);
    desktop.says("Waiting for the browser").await;
    let address = desktop.opened().remove(0);
    tokio::task::spawn_blocking(move || Browser.follow(&format!("{address}&as=max@example.org")))
        .await
        .expect("a page");
    desktop.the("main", "Day").await;
    desktop.says("Pricing with Acme").await;
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;

    let accounts = vault.list(&["account", "list"], "accounts");
    assert_eq!((&accounts[0]["provider"], &accounts[0]["state"]), (&json!("google"), &json!("ok")), "{accounts:?}");
    assert_eq!(vault.on("2026-11-24", "Pricing with Acme")["source"], "google");
    assert_eq!(vault.the(&["people"], "people", "name", "Max Muster")["is_me"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caldav_account_is_added_and_its_meetings_come_in() {
    let Some(server) = radicale() else { return };
    server.make("work", "Work", "#2255aa", &["VEVENT"]);
    let times = "DTSTART:20261124T090000Z\nDTEND:20261124T100000Z";
    server.put("work", "a.ics", &calendar(&[event("a@x", "Review with Acme", times)]));
    let vault = Vault::nowhere().with_passphrase("correct horse");
    let desktop = at_the_calendar(&vault).await;
    desktop.click("radio", "CalDAV").await;
    desktop.focus_by_tab("textbox", "Address of the server").await;
    desktop.write(&format!("{}\t{USER}\tsecret\n", server.url())).await;
    desktop.the("main", "Day").await;
    desktop.says("Review with Acme").await;
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
    assert_eq!(vault.on("2026-11-24", "Review with Acme")["source"], "caldav");
}
