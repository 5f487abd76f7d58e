//! Two who write one note at once.

use serde_json::json;
use throughline_tests::{Vault, text};

fn noted() -> (Vault, String, String) {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-20T10:00", &["ana@acme.com"]);
    let saved = vault.write(&meeting, "- [ ] send the plan\n\nWe met.\n");
    (vault, meeting, saved["revision"].to_string())
}

#[test]
fn a_tick_under_an_open_editor_and_its_unsaved_typing_are_both_kept() {
    let (vault, meeting, base) = noted();
    let typed = vault.read(&meeting).replace("We met.", "We met at noon.\n\n=> Ship it");
    let action = text(&vault.list(&["actions"], "actions")[0]["id"]);
    vault.json(&["action", "done", &action]);
    let merged = vault.json_with(&["note", "set", &meeting, "-", "--base", &base], typed.as_bytes());
    let note = text(&merged["text"]);
    assert!(
        note.contains("- [x] send the plan") && note.contains("We met at noon.") && note.contains("=> Ship it"),
        "{note}"
    );
    assert_eq!(vault.list(&["actions"], "actions")[0]["status"], "done");
    assert_eq!(vault.list(&["actions"], "actions")[0]["id"], json!(action));
    assert_eq!(vault.list(&["decisions"], "decisions").len(), 1);
}

#[test]
fn lines_that_overlap_are_both_kept() {
    let (vault, meeting, base) = noted();
    let typed = vault.read(&meeting).replace("We met.", "We met on Monday.");
    vault.write(&meeting, &vault.read(&meeting).replace("We met.", "We met on Tuesday."));
    let merged = vault.json_with(&["note", "set", &meeting, "-", "--base", &base], typed.as_bytes());
    let note = text(&merged["text"]);
    assert!(note.contains("Monday") && note.contains("Tuesday"), "{note}");
    assert!(vault.is_sound());
}
