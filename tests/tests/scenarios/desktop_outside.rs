//! The window while something else happens to its vault: the command writes into it, or the window is killed.
#![cfg(target_os = "linux")]

use std::time::{Duration, Instant};

use throughline_tests::desktop::{Bus, Desktop};
use throughline_tests::{Vault, without_anchors};

const START: &str = "2026-11-24T09:15";

#[tokio::test]
async fn what_the_command_changes_appears_without_being_asked_for() {
    let vault = Vault::new();
    let meeting = vault.meeting("Planning", START, &[]);
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning").await;
    desktop.press("a").await;
    desktop.says("Nothing is open").await;

    let written = vault.write(&meeting, "- [ ] I will book the room by Monday\n");
    let committed = Instant::now();
    desktop.says("I will book the room").await;
    println!("a note by the command appeared after {:?}", committed.elapsed());
    assert!(committed.elapsed() < Duration::from_secs(5), "it took {:?}", committed.elapsed());
    assert_eq!(written["revision"], 1);

    vault.meeting("Budget", "2026-11-24T14:00", &[]);
    desktop.press("t").await;
    desktop.says("Budget").await;
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}

#[tokio::test]
async fn a_tick_by_the_command_on_a_note_with_unsaved_typing_keeps_both() {
    let vault = Vault::new();
    let meeting = vault.meeting("Planning", START, &[]);
    vault.write(&meeting, "- [ ] Book the room\n\nBefore the end:\n");
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning").await;
    desktop.press("m").await;
    desktop.focus("textbox", "Notes").await;
    desktop.press("Mod+End").await;
    desktop.write("Acme wants ").await;
    let id = vault.list(&["actions", "--open"], "actions")[0]["id"].as_str().expect("an id").to_owned();
    vault.json(&["action", "done", &id]);
    desktop.write("to start before Christmas.").await;

    desktop.the("checkbox", "action, done").await;
    desktop.says("Acme wants to start before Christmas.").await;
    let both = "- [x] Book the room\n\nBefore the end:\nAcme wants to start before Christmas.";
    let saved = || async { without_anchors(&vault.read(&meeting)) == both };
    assert!(desktop.eventually(saved).await, "the vault has {:?}", vault.read(&meeting));
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
    assert_eq!(without_anchors(&vault.read(&meeting)), both);
}

#[tokio::test]
async fn killed_while_one_types_it_loses_no_more_than_the_last_moment() {
    let vault = Vault::new();
    let meeting = vault.meeting("Planning", START, &[]);
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning").await;
    desktop.press("m").await;
    desktop.focus("textbox", "Notes").await;
    let began = Instant::now();
    let mut typed: Vec<(String, Duration)> = Vec::new();
    while began.elapsed() < Duration::from_secs(4) {
        let word = format!("word{} ", typed.len());
        desktop.write(&word).await;
        typed.push((word, began.elapsed()));
    }
    let killed = began.elapsed();
    desktop.kill();

    // Half a second, and what a busy machine takes to type and to write.
    let safe = typed.iter().filter(|(_, at)| *at + Duration::from_millis(1_500) < killed);
    let safe: String = safe.map(|(word, _)| word.as_str()).collect();
    assert!(!safe.is_empty(), "{typed:?}");
    assert!(vault.is_sound());
    let again = Desktop::open(&vault).await;
    again.the("main", "Day").await;
    again.says("Planning").await;
    again.press("m").await;
    again.the("textbox", "Notes").await;
    again.still().await;
    if again.count("button", "Keep it").await == 1 {
        // In the text Tab indents.
        again.press("Escape").await;
        again.focus_by_tab("button", "Keep it").await;
        again.press("Enter").await;
    }
    again.says(safe.trim()).await;
    let saved = || async { vault.read(&meeting).contains(safe.trim()) };
    assert!(again.eventually(saved).await, "the vault has {:?}", vault.read(&meeting));
    again.quit().await;
    assert!(vault.is_sound());
}

#[tokio::test]
async fn started_again_the_open_window_goes_there_and_asks_before_it_opens_another_vault() {
    let Some(bus) = Bus::start() else {
        println!("skipped: no dbus-daemon, by which a second start finds the first");
        return;
    };
    let vault = Vault::new().env("DBUS_SESSION_BUS_ADDRESS", bus.address());
    let meeting = vault.meeting("Planning", START, &[]);
    let other = Vault::new();
    other.meeting("Elsewhere", START, &[]);
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning").await;

    // The same vault, and where to go in it.
    let here = vault.dir().display().to_string();
    assert!(desktop.start_again(&vault, &["--vault", &here, "--go", "/actions/mine"]).await.success());
    desktop.the("main", "Actions").await;
    assert_eq!(desktop.count("dialog", "").await, 0);

    // Another: nothing is left unsaved, and nothing happens unasked.
    desktop.press("t").await;
    desktop.says("Planning").await;
    desktop.press("m").await;
    desktop.focus("textbox", "Notes").await;
    desktop.write("typed at the last moment").await;
    let there = other.dir().display().to_string();
    let name = other.dir().file_name().expect("a name").to_string_lossy().into_owned();
    let arguments = ["--vault", &there, "--go", "/actions/mine"];
    assert!(desktop.start_again(&vault, &arguments).await.success());
    desktop.the("dialog", &format!("Open “{name}”?")).await;
    assert_eq!(desktop.violations().await, Vec::<String>::new());
    desktop.click("button", "Stay here").await;
    desktop.gone("dialog", "").await;
    desktop.the("textbox", "Notes").await;
    assert!(desktop.start_again(&vault, &arguments).await.success());
    desktop.click("button", "Open it").await;
    desktop.the("main", "Actions").await;
    desktop.press("t").await;
    desktop.says("Elsewhere").await;
    assert!(vault.read(&meeting).contains("typed at the last moment"));
    assert!(!desktop.text().await.contains("Planning"));
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}

#[tokio::test]
async fn the_undo_of_what_the_window_did_leaves_alone_what_the_command_did_since() {
    let vault = Vault::new();
    let meeting = vault.meeting("Planning", START, &[]);
    vault.write(&meeting, "- [ ] @me book the room\n- [ ] @me call the bank\n");
    let id = |text: &str| {
        let all = vault.list(&["actions"], "actions");
        let found = all.iter().find(|action| action["text"].as_str().is_some_and(|said| said.contains(text)));
        found.expect("the action")["id"].as_str().expect("an id").to_owned()
    };
    let done = || vault.list(&["actions", "--done"], "actions").len();
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning").await;
    desktop.press("a").await;
    desktop.the("grid", "Actions, Mine").await;
    desktop.press("j").await;
    desktop.press("x").await;
    desktop.the("button", "Undo").await;
    let first = vault.list(&["actions", "--done"], "actions")[0]["text"].as_str().expect("a text").to_owned();
    let other = if first.contains("room") { id("bank") } else { id("room") };
    vault.json(&["action", "done", &other]);
    desktop.click("button", "Undo").await;
    desktop.says("Something else was changed since, so nothing was undone.").await;
    assert_eq!(done(), 2);
    desktop.press("Mod+Z").await;
    desktop.says("Undone: ticked").await;
    assert_eq!(vault.list(&["actions", "--done"], "actions")[0]["text"], first);
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}
