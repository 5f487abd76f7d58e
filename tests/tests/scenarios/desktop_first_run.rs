//! The first time: no vault yet.
#![cfg(target_os = "linux")]

use throughline_tests::desktop::{Desktop, Setting};
use throughline_tests::{Vault, calendar, event};

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
