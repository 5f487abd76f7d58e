//! What leaves the vault: recaps, exports and backups, and nothing private in them.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use throughline_tests::{Vault, all, text, without_anchors};

fn world() -> (Vault, String) {
    let vault = Vault::new();
    let meeting =
        vault.meeting("Budget <b>&</b> plans", "2026-11-23T10:00", &["ana.silva@example.org", "max@example.org"]);
    vault.write(&meeting, "Small talk, harmless.\n\n!! @ana send <script>alert(1)</script> by Friday\n=> We rent the office & pay\n  - because it is near\n?? Who pays, \"us\" or them\n- [x] already done\n");
    vault.write_part(&meeting, "prep", "- [ ] prepare the agenda\n");
    vault.write_part(
        &meeting,
        "private",
        "Ana was SECRETIVE.\n!! @max ask about the SECRETSAUCE #hush\n=> fire SECRETBOB\n?? why SECRETCARL\n",
    );
    (vault, meeting)
}

#[test]
fn a_recap_tells_decisions_actions_and_questions_and_nothing_private() {
    let (vault, meeting) = world();
    for format in ["markdown", "html", "text", "email"] {
        let recap = vault.ok(&["recap", &meeting, "--format", format]);
        assert!(recap.contains("We rent the office") && recap.contains("Who pays"), "{format}: {recap}");
        assert!(recap.contains("Ana Silva") && recap.contains("2026") || recap.contains("Nov"), "{format}: {recap}");
        assert!(!recap.contains("SECRET") && !recap.contains("hush"), "{format}: {recap}");
        assert!(!recap.contains(" ^"), "anchors are the app's own: {recap}");
        let told = vault.json(&["recap", &meeting, "--format", format]);
        assert!(!told.to_string().contains("SECRET"));
    }
    let html = vault.ok(&["recap", &meeting, "--format", "html"]);
    assert!(!html.contains("<script>") && !html.contains("<b>&</b>"), "{html}");
    assert!(html.contains("&lt;script&gt;") && html.contains("office &amp; pay"), "{html}");
    assert!(vault.ok(&["recap", &meeting, "--format", "email"]).contains("Subject: "));
    let default = vault.ok(&["recap", &meeting]);
    assert_eq!(default, vault.ok(&["recap", &meeting, "--format", "markdown"]));
    assert!(default.to_lowercase().contains("decision"), "{default}");
    for nobody in ["nonsense", "ana@example.orgben@example.org", "ana.silva@example.org, the team", " , "] {
        let (code, failure) = vault.fails(&["recap", &meeting, "--sent", nobody]);
        assert_eq!((code, &failure["code"]), (2, &"unreadable_recipient".into()), "{nobody}");
    }
    let sent = vault.json(&["recap", &meeting, "--sent", "ana.silva@example.org"]);
    assert!(sent.to_string().contains("ana.silva@example.org"), "{sent}");
}

/// Every file of an export, as text, and their names.
fn exported(path: &Path) -> String {
    if path.is_file() {
        return format!("{}\n{}", path.display(), std::fs::read_to_string(path).expect("text"));
    }
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries.iter().map(|entry| exported(entry)).collect()
}

fn export(vault: &Vault, args: &[&str], name: &str) -> String {
    let target = vault.home().join(name);
    vault.json(&[&["export"], args, &[target.to_str().expect("UTF-8")]].concat());
    exported(&target)
}

#[test]
fn exports_leave_private_parts_and_their_items_out() {
    let (vault, _) = world();
    for (format, name) in
        [("markdown", "md"), ("json", "all.json"), ("csv", "csv"), ("graphml", "all.graphml"), ("ics", "all.ics")]
    {
        let content = export(&vault, &[format], name);
        assert!(content.contains("Budget"), "{format}: {content}");
        assert!(!content.contains("SECRET") && !content.contains("hush"), "{format} tells what is private: {content}");
        if !matches!(format, "ics") {
            assert!(content.contains("rent the office"), "{format}: {content}");
        }
    }
    let all = export(&vault, &["json", "--private"], "private.json");
    assert!(all.contains("SECRETIVE") && all.contains("SECRETSAUCE") && all.contains("SECRETBOB"), "{all}");
}

#[test]
fn exports_can_be_read_by_others() {
    let (vault, _) = world();
    let path = vault.home().join("all.json");
    vault.json(&["export", "json", path.to_str().expect("UTF-8")]);
    let all: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("a file")).expect("JSON");
    for list in ["meetings", "people", "actions", "decisions", "questions"] {
        assert!(all[list].as_array().is_some_and(|list| !list.is_empty()), "{list}");
    }
    let graph = export(&vault, &["graphml"], "all.graphml");
    assert!(graph.contains("<graphml") && graph.contains("</graphml>") && !graph.contains("<script>"), "{graph}");
    let ics = export(&vault, &["ics"], "all.ics");
    assert!(ics.contains("BEGIN:VCALENDAR\r\n") && ics.contains("END:VCALENDAR\r\n"), "{ics}");
    let markdown = export(&vault, &["markdown"], "md");
    assert!(markdown.contains("Small talk, harmless."), "{markdown}");

    // The calendar goes into another vault as it left this one.
    let other = Vault::new();
    let file = vault.home().join("all.ics");
    other.subscribe(file.to_str().expect("UTF-8"));
    assert_eq!(other.on("2026-11-23", "Budget <b>&</b> plans")["start"], "2026-11-23T10:00:00+01:00");
}

#[test]
fn a_backup_holds_everything_and_a_restore_never_overwrites_the_only_copy() {
    let (vault, meeting) = world();
    let before = vault.read(&meeting);
    let file = vault.home().join("backup.throughline");
    let file = file.to_str().expect("UTF-8");
    vault.json(&["backup", file]);
    vault.write(&meeting, "Later.\n");
    vault.json(&["restore", file]);
    assert_eq!(vault.read(&meeting), before);
    assert_eq!(
        vault.json(&["note", "show", &meeting, "--part", "private"])["text"].as_str().map(|t| t.contains("SECRETIVE")),
        Some(true)
    );
    assert!(vault.is_sound());
    assert!(holds(vault.home(), b"Later.\n"), "what was there before is kept beside it");

    let empty = Vault::nowhere();
    empty.json(&["restore", file]);
    assert_eq!(empty.read(&meeting), before);
    assert!(empty.is_sound());
}

/// Whether a file below the folder holds these bytes.
fn holds(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).any(|path| {
        if path.is_dir() {
            return holds(&path, bytes);
        }
        std::fs::read(&path).expect("a file").windows(bytes.len()).any(|window| window == bytes)
    })
}

#[test]
fn what_is_no_backup_is_refused_and_the_vault_stays() {
    let (vault, meeting) = world();
    let before = vault.read(&meeting);
    let prose = vault.file("prose.throughline", "Dear diary");
    let empty = vault.file("empty.throughline", "");
    for file in [&prose, &empty, &"no/such/file".to_owned()] {
        let (code, error) = vault.fails(&["restore", file]);
        assert_eq!(code, 1, "{error}");
    }
    assert_eq!(vault.read(&meeting), before);
    let taken = vault.file("taken", "precious");
    let ran = vault.run(&["backup", &taken]);
    assert!(ran.code == 0 || std::fs::read(&taken).expect("a file") == b"precious");
    assert!(vault.is_sound());
}

#[test]
fn an_exported_note_has_no_trace_of_other_parts_and_can_be_imported_again() {
    let (vault, meeting) = world();
    let markdown = export(&vault, &["markdown"], "md");
    assert!(!markdown.contains("SECRET"));
    let other = Vault::new();
    let folder = vault.home().join("md");
    other.json(&["import", "minutes", folder.to_str().expect("UTF-8")]);
    let decisions = all(&other.list(&["decisions"], "decisions"), "text");
    assert!(decisions.iter().any(|text| text.contains("We rent the office & pay")), "{decisions:?}\n{markdown}");
    assert!(without_anchors(&vault.read(&meeting)).starts_with("Small talk"));
    assert_eq!(json!(vault.list(&["decisions"], "decisions").len()), json!(2));
    assert_eq!(text(&vault.json(&["meeting", "show", &meeting])["id"]), meeting);
}

#[test]
fn a_recap_says_it_in_words_and_not_in_the_apps_own_signs() {
    let vault = Vault::new();
    let meeting = vault.meeting("Acme", "2026-11-20T10:00", &["Ana Silva <ana.silva@acme.example>"]);
    let ana = text(&vault.json(&["person", "show", "Ana Silva"])["handle"]);
    let note = format!(
        "=> One price for all #acme/pricing revisit in 3 months @{ana}\n\
         !! @{ana} send the draft to @{ana}'s team due:2026-12-01 #acme\n?? Who signs #legal\n"
    );
    vault.write(&meeting, &note);
    for format in ["markdown", "html", "text", "email"] {
        let recap = vault.ok(&["recap", &meeting, "--format", format]);
        assert!(recap.contains("One price for all") && recap.contains("Who signs"), "{format}: {recap}");
        assert!(recap.contains("Ana Silva"), "{format}: {recap}");
        for sign in ["#acme", "#legal", "due:", &format!("@{ana}")] {
            assert!(!recap.contains(sign), "{sign} in {format}: {recap}");
        }
    }
}

#[test]
fn a_recap_and_a_register_hold_what_stands_in_the_notes() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-20T10:00", &["ana@acme.example", "max@example.org"]);
    vault.write_part(&meeting, "prep", "- [ ] @max PREPARED slides\n?? PREPARED question\n=> PREPARED decision\n");
    vault.write(&meeting, "!! @max send it\n");
    let recap = vault.ok(&["recap", &meeting, "--format", "text"]);
    assert!(recap.contains("Send it") && !recap.contains("PREPARED"), "{recap}");
    let register = vault.ok(&["register", "acme", "--format", "markdown"]);
    assert!(register.contains("Send it") && !register.contains("PREPARED"), "{register}");
    // They are the user's all the same.
    assert_eq!(vault.list(&["actions", "--owner", "me"], "actions").len(), 2);
}
