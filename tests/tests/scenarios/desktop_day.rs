//! A day of meetings in the window, worked from the keyboard alone.
#![cfg(target_os = "linux")]

use serde_json::Value;
use throughline_tests::desktop::Desktop;
use throughline_tests::{Vault, all, without_anchors};

const NOTE: &str = "Acme wants to start before Christmas.

!! @lena sends the contract by Friday
!! I will book the room by Monday
=> Start with the pilot price
?? Who signs for Acme
";

#[tokio::test]
async fn what_is_written_ticked_superseded_found_and_sent_by_key_is_there_after_a_restart() {
    let vault = Vault::new();
    let before = vault.meeting("Pricing", "2026-11-17T10:00", &["lena@acme.example"]);
    vault.write(&before, "=> One price for everyone\n");
    let meeting = vault.meeting("Planning with Acme", "2026-11-24T09:15", &["lena@acme.example"]);
    vault.write_part(&meeting, "private", "- [ ] Ask for a raise\n");

    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning with Acme").await;
    desktop.press("m").await;
    desktop.the("textbox", "Notes").await;
    desktop.focus("textbox", "Notes").await;
    desktop.write(NOTE).await;
    desktop.press("Escape").await;
    let saved = || async { without_anchors(&vault.read(&meeting)) == NOTE };
    assert!(desktop.eventually(saved).await, "the vault has {:?}", vault.read(&meeting));

    an_action_ticked_in_the_list_is_ticked_in_its_note(&desktop, &vault, &meeting).await;
    a_newer_decision_takes_the_place_of_an_older_one(&desktop, &vault).await;
    it_is_found(&desktop, &meeting).await;
    the_recap_is_sent_without_what_is_private(&desktop, &vault, &meeting).await;
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;

    assert!(vault.is_sound());
    let again = Desktop::open(&vault).await;
    again.the("main", "Day").await;
    again.says("Planning").await;
    again.press("m").await;
    again.says("Start with the pilot price").await;
    again.the("checkbox", "action, done").await;
    again.press("Escape").await;
    again.press("d").await;
    again.says("1 holds").await;
    again.says("Start with the pilot price").await;
    assert_eq!(again.complaints().await, Vec::<String>::new());
    again.quit().await;
}

async fn an_action_ticked_in_the_list_is_ticked_in_its_note(desktop: &Desktop, vault: &Vault, meeting: &str) {
    // The note, from which one comes, says the same words.
    desktop.press("a").await;
    desktop.the("grid", "Actions, Mine").await;
    desktop.press(">").await;
    desktop.the("grid", "Actions, Waiting").await;
    desktop.says("Sends the contract").await;
    desktop.press("<").await;
    desktop.the("grid", "Actions, Mine").await;
    desktop.press("j").await;
    desktop.press("Space").await;
    let ticked = || async { texts(vault, &["actions", "--done"], "actions") == ["I will book the room by Monday"] };
    assert!(desktop.eventually(ticked).await, "ticked in the vault");
    assert!(vault.read(meeting).contains("[x] !! I will book the room"), "{:?}", vault.read(meeting));
    desktop.press("Enter").await;
    desktop.focus("textbox", "Notes").await;
    desktop.the("checkbox", "action, done").await;
    desktop.press("Escape").await;
}

async fn a_newer_decision_takes_the_place_of_an_older_one(desktop: &Desktop, vault: &Vault) {
    desktop.press("d").await;
    desktop.the("heading", "What holds today").await;
    desktop.says("2 hold").await;
    let older = || async {
        desktop.press("j").await;
        desktop.focused().await.contains("One price for everyone")
    };
    assert!(desktop.eventually(older).await, "no row to go to; the focus is on {:?}", desktop.focused().await);
    desktop.press("s").await;
    desktop.the("dialog", "Supersede").await;
    desktop.focus("combobox", "The newer decision").await;
    desktop.write("pilot").await;
    desktop.all("option", "").await;
    desktop.press("Enter").await;
    desktop.gone("dialog", "Supersede").await;
    desktop.says("1 holds").await;
    assert_eq!(texts(vault, &["decisions", "--holding"], "decisions"), ["Start with the pilot price"]);
}

async fn it_is_found(desktop: &Desktop, meeting: &str) {
    desktop.press("Mod+K").await;
    desktop.focus("combobox", "Search and commands").await;
    desktop.write("pilot price").await;
    let found = || async { desktop.option().await.contains("Start with the pilot price") };
    assert!(desktop.eventually(found).await, "found is {:?}", desktop.option().await);
    desktop.press("Enter").await;
    desktop.gone("dialog", "").await;
    let there = || async { desktop.route().await.contains("/decisions/") || desktop.route().await.contains(meeting) };
    assert!(desktop.eventually(there).await, "at {}", desktop.route().await);
    desktop.says("Start with the pilot price").await;
}

async fn the_recap_is_sent_without_what_is_private(desktop: &Desktop, vault: &Vault, meeting: &str) {
    desktop.go(&format!("/meeting/{meeting}")).await;
    desktop.the("textbox", "Notes").await;
    desktop.press("Mod+R").await;
    desktop.the("dialog", "Recap").await;
    desktop.focus("button", "Copy").await;
    let shown = desktop.text().await;
    assert!(shown.contains("Who signs for Acme"), "{shown}");
    assert!(!shown.contains("raise"), "{shown}");
    desktop.press("Enter").await;
    desktop.says("Copied, as rich text and Markdown.").await;
    desktop.press("Shift+Tab").await;
    desktop.press("Shift+Tab").await;
    desktop.focus("button", "Mark as sent").await;
    desktop.press("Enter").await;
    desktop.says("Sent today to lena@acme.example").await;
    desktop.press("Escape").await;
    desktop.gone("dialog", "Recap").await;
    assert_eq!(vault.json(&["recap", meeting])["sent"][0]["to"], "lena@acme.example");
}

fn texts(vault: &Vault, args: &[&str], list: &str) -> Vec<String> {
    let listed: Vec<Value> = vault.list(args, list);
    all(&listed, "text")
}

#[tokio::test]
async fn a_note_of_ones_own_is_begun_and_written_by_key() {
    let vault = Vault::new();
    vault.meeting("Pricing", "2026-11-17T10:00", &["lena@acme.example"]);
    let desktop = Desktop::open(&vault).await;
    desktop.the("main", "Day").await;
    desktop.press("n").await;
    desktop.focus("combobox", "Who is there").await;
    desktop.write("len").await;
    let offered = || async { desktop.option().await.contains("Lena") };
    assert!(desktop.eventually(offered).await, "offered is {:?}", desktop.option().await);
    desktop.press("Enter").await;
    desktop.press("Tab").await;
    desktop.focus("textbox", "What it is about").await;
    desktop.write("Coffee\n").await;
    desktop.focus("textbox", "Notes").await;
    desktop.write("!! I will call Tom by Friday").await;
    desktop.press("Mod+S").await;
    let saved = || async { texts(&vault, &["actions"], "actions") == ["I will call Tom by Friday"] };
    assert!(desktop.eventually(saved).await, "{:?}", vault.json(&["actions"]));
    let made = vault.on("2026-11-24", "Coffee");
    assert_eq!(all(made["attendees"].as_array().expect("a list"), "email"), ["lena@acme.example"]);
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}
