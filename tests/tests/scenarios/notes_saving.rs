//! Saving a note: nothing of it changes but for anchors, its items keep their ids, and all of it can be taken back.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, text, without_anchors};

fn talk() -> (Vault, String) {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana.silva@example.org"]);
    (vault, meeting)
}

fn ids(vault: &Vault) -> Vec<String> {
    let mut actions = vault.list(&["actions"], "actions");
    actions.sort_by_key(|action| action["line"].as_u64());
    all(&actions, "id")
}

#[test]
fn a_saved_note_is_what_was_written_but_for_anchors() {
    let notes = [
        "",
        "\n",
        "no end of line",
        "- [ ] crlf\r\n=> decided\r\n\r\nend\r\n",
        "mixed\r\n- [ ] unix\n!! mac?\rold\n",
        "- [ ] trailing spaces   \n- [ ] tab\t\n",
        "\t- [ ] tab indent\n\t\t- [ ] more\n",
        "# A\n\n\n\n- [ ] gap\n\n\n",
        "| Action | Owner |\n|:--|--:|\n| go `a|b` | @ana |\n|x|y|\n",
        "> - [ ] quoted\n> > !! deeper\n",
        "---\ntitle: x\n---\n- [ ] after front matter\n",
        "emoji 👩‍👩‍👧 \u{200f}rtl \n!! é e\u{301}\n",
        "<script>alert(1)</script>\n- [ ] <b>html</b>\n<!-- - [ ] comment -->\n",
        "line ^notanchor\n- [ ] odd ^k7m2x\n- [ ] odd ^K7M2XQ\n",
        "- [ ] a\\\n- [ ] b  \n  continued\n",
        "```\n- [ ] in code\n",
    ];
    let (vault, meeting) = talk();
    for note in notes {
        let saved = text(&vault.write(&meeting, note)["text"]);
        assert_eq!(without_anchors(&saved), note);
        assert_eq!(vault.read(&meeting), saved);
        assert_eq!(text(&vault.write(&meeting, &saved)["text"]), saved, "saving again changes nothing");
    }
    assert!(vault.is_sound());
}

#[test]
fn an_anchor_stands_before_the_end_of_the_line_and_is_unique() {
    let (vault, meeting) = talk();
    vault.write(&meeting, "- [ ] one\r\n- [ ] two  \n- [ ] three");
    let note = vault.read(&meeting);
    let anchors: Vec<_> =
        note.lines().map(|line| line.split(" ^").nth(1).expect("an anchor").trim_end().to_owned()).collect();
    for anchor in &anchors {
        assert!(anchor.len() == 6 && anchor.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{note:?}");
        assert_eq!(anchors.iter().filter(|other| *other == anchor).count(), 1);
    }
    assert!(note.starts_with(&format!("- [ ] one ^{}\r\n", anchors[0])), "{note:?}");
    assert!(note.contains(&format!("- [ ] two ^{}  \n", anchors[1])), "{note:?}");
    assert!(note.ends_with(&format!("- [ ] three ^{}", anchors[2])), "{note:?}");
}

#[test]
fn items_keep_their_ids_when_lines_are_moved_indented_and_reworded() {
    let (vault, meeting) = talk();
    vault.write(&meeting, "- [ ] call Bob\n- [ ] write to Carl\n- [ ] pay Dan\n");
    let before = ids(&vault);
    let note = vault.read(&meeting);
    let lines: Vec<_> = note.lines().collect();
    let moved = format!(
        "# New\n\n- talk\n    {}\n{}\n\n{}\n",
        lines[2],
        lines[0].replace("call Bob", "ring up Robert"),
        lines[1]
    );
    vault.write(&meeting, &moved);
    assert_eq!(ids(&vault), [before[2].clone(), before[0].clone(), before[1].clone()]);

    // Without anchors, as an editor that knows none would save it.
    vault.write(&meeting, "- [ ] pay Dan soon\n- [ ] ring up Robert\n- [ ] write to Carl today\n");
    assert_eq!(ids(&vault), [before[2].clone(), before[0].clone(), before[1].clone()]);
}

#[test]
fn a_deleted_line_archives_its_item_and_undo_brings_it_back() {
    let (vault, meeting) = talk();
    vault.write(&meeting, "- [ ] call Bob\n- [ ] write to Carl\n");
    let before = ids(&vault);
    let note = vault.read(&meeting);
    vault.write(&meeting, note.lines().next().expect("a line"));
    assert_eq!(ids(&vault), before[..1]);
    vault.json(&["undo"]);
    assert_eq!((ids(&vault), vault.read(&meeting)), (before.clone(), note.clone()));
    vault.write(&meeting, "");
    assert!(ids(&vault).is_empty());
    vault.write(&meeting, &note);
    assert_eq!(ids(&vault), before, "its anchor brings it back as well");
}

#[test]
fn a_line_pasted_elsewhere_is_a_move_or_an_item_of_its_own() {
    let (vault, meeting) = talk();
    let other = vault.meeting("Other", "2026-11-25T10:00", &[]);
    vault.write(&meeting, "- [ ] call Bob\n");
    let (before, line) = (ids(&vault), vault.read(&meeting));
    vault.write(&other, &line);
    let copies = ids(&vault);
    assert_eq!(copies.len(), 2, "a copy is another item");
    assert!(copies.contains(&before[0]) && copies[0] != copies[1]);
    assert_ne!(vault.read(&other), line, "with an anchor of its own");
    assert_eq!(without_anchors(&vault.read(&other)), "- [ ] call Bob\n");
    vault.write(&other, "");
    vault.write(&meeting, "");
    vault.write(&other, &line);
    let moved = vault.list(&["actions"], "actions");
    assert_eq!((all(&moved, "id"), &moved[0]["meeting_id"]), (before, &json!(other)));
    assert_eq!(vault.read(&other), line);
    assert!(vault.is_sound());
}

#[test]
fn a_line_pasted_twice_gets_an_anchor_of_its_own() {
    let (vault, meeting) = talk();
    vault.write(&meeting, "- [ ] call Bob\n");
    let (before, line) = (ids(&vault), vault.read(&meeting));
    vault.write(&meeting, &format!("{line}{line}"));
    let after = ids(&vault);
    assert!(after.len() == 2 && after.contains(&before[0]), "{after:?}");
    let note = vault.read(&meeting);
    let lines: Vec<_> = note.lines().collect();
    assert_ne!(lines[0], lines[1]);
}

#[test]
fn the_three_parts_are_apart() {
    let (vault, meeting) = talk();
    vault.write_part(&meeting, "prep", "- [ ] prepare\n");
    vault.write(&meeting, "- [ ] note\n");
    vault.write_part(&meeting, "private", "- [ ] secret\n");
    let part = |part: &str| without_anchors(&text(&vault.json(&["note", "show", &meeting, "--part", part])["text"]));
    assert_eq!(["prep", "notes", "private"].map(part), ["- [ ] prepare\n", "- [ ] note\n", "- [ ] secret\n"]);
    let mut parts = all(&vault.list(&["actions"], "actions"), "note_part");
    parts.sort();
    assert_eq!(parts, ["notes", "prep", "private"]);
    let from_file = vault.file("n.md", "From a file.\n");
    vault.json(&["note", "set", &meeting, &from_file, "--part", "prep"]);
    assert_eq!(part("prep"), "From a file.\n");
    assert!(vault.list(&["actions"], "actions").iter().all(|action| action["note_part"] != "prep"));
}

#[test]
fn appending_adds_a_line_in_the_notes_own_way() {
    let (vault, meeting) = talk();
    let append = |line: &str| without_anchors(&text(&vault.json(&["note", "append", &meeting, line])["text"]));
    assert_eq!(append("First."), "First.\n");
    assert_eq!(append("- [ ] second"), "First.\n- [ ] second\n");
    assert_eq!(append("!! @ana third"), "First.\n- [ ] second\n!! @ana third\n");
    assert_eq!(vault.list(&["actions"], "actions").len(), 2);
    vault.write(&meeting, "no end");
    assert_eq!(append("next"), "no end\nnext\n");
    vault.write(&meeting, "a\r\n");
    assert_eq!(append("b").lines().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn history_tells_every_state_and_restoring_is_a_new_one() {
    let (vault, meeting) = talk();
    let first = vault.write(&meeting, "one\n");
    vault.at("2026-11-24T10:00:00+01:00").write(&meeting, "two two\n");
    vault.at("2026-11-24T11:00:00+01:00").write(&meeting, "three\n- [ ] x\n");
    let history = vault.list(&["note", "history", &meeting], "revisions");
    assert_eq!(history.len(), 3, "{history:#?}");
    let at = |bytes: u64| history.iter().find(|one| one["bytes"] == bytes).expect("a revision of this size");
    assert_eq!(at(4)["at"], "2026-11-24T09:00:00+01:00");
    assert_eq!(at(4)["revision"], first["revision"]);
    assert_eq!(at(8)["at"], "2026-11-24T10:00:00+01:00");
    let revision = |value: &Value| value.to_string().trim_matches('"').to_owned();
    let restored = vault.json(&["note", "restore", &meeting, &revision(&at(4)["revision"])]);
    assert_eq!(restored["text"], "one\n");
    assert!(vault.list(&["actions"], "actions").is_empty());
    assert_eq!(vault.list(&["note", "history", &meeting], "revisions").len(), 4);
    vault.json(&["undo"]);
    assert_eq!(without_anchors(&vault.read(&meeting)), "three\n- [ ] x\n");
    assert_eq!(vault.list(&["actions"], "actions").len(), 1);
}

#[test]
fn undo_goes_further_each_time() {
    let (vault, meeting) = talk();
    vault.write(&meeting, "- [ ] one\n");
    let id = ids(&vault)[0].clone();
    vault.json(&["action", "done", &id]);
    vault.json(&["action", "due", &id, "2026-12-01"]);
    vault.json(&["meeting", "edit", &meeting, "--title", "Renamed"]);
    let state = || {
        let action = vault.list(&["actions"], "actions");
        json!([
            vault.json(&["meeting", "show", &meeting])["title"],
            action.first().map(|a| json!([a["status"], a["due"]]))
        ])
    };
    assert_eq!(state(), json!(["Renamed", ["done", "2026-12-01"]]));
    let expected = [
        json!(["Talk", ["done", "2026-12-01"]]),
        json!(["Talk", ["done", null]]),
        json!(["Talk", ["open", null]]),
        json!(["Talk", null]),
    ];
    for expected in expected {
        let undone = vault.json(&["undo"]);
        assert!(!undone["undone"].as_array().expect("undone").is_empty());
        assert_eq!(state(), expected);
    }
    vault.json(&["undo"]);
    assert_eq!(vault.fails(&["meeting", "show", &meeting]).0, 1, "the meeting itself");
    assert!(vault.is_sound());
    for _ in 0..3 {
        vault.run(&["undo"]);
    }
    let ran = vault.run(&["--json", "undo"]);
    assert!(ran.code == 1 || ran.stdout.contains("\"undone\":[]"), "there is nothing left to undo: {}", ran.stdout);
}

#[test]
fn text_that_is_not_utf8_is_refused_and_nothing_lost() {
    let (vault, meeting) = talk();
    vault.write(&meeting, "kept\n");
    let latin = vault.file("latin.md", b"caf\xe9\n");
    for (args, input) in [([&latin[..]], &b""[..]), (["-"], b"caf\xe9\n")] {
        let args = ["note", "set", &meeting, args[0]];
        let (code, error) = vault.fails_with(&args, input);
        assert_eq!(code, 1, "{error}");
    }
    assert_eq!(vault.read(&meeting), "kept\n");
    assert_eq!(vault.fails(&["note", "set", &meeting, "no/such/file.md"]).0, 1);
    let folder = vault.dir();
    assert_eq!(vault.fails(&["note", "set", &meeting, folder.to_str().expect("UTF-8")]).0, 1);
    assert_eq!(vault.read(&meeting), "kept\n");
}

#[test]
fn deleting_a_meeting_takes_its_items_and_undo_brings_all_back() {
    let (vault, meeting) = talk();
    vault.write(&meeting, "- [ ] call Bob\n=> go\n");
    let (before, note) = (ids(&vault), vault.read(&meeting));
    vault.json(&["meeting", "delete", &meeting]);
    assert!(ids(&vault).is_empty() && vault.list(&["decisions"], "decisions").is_empty());
    assert!(vault.list(&["search", "Bob"], "hits").is_empty());
    vault.json(&["undo"]);
    assert_eq!((ids(&vault), vault.read(&meeting)), (before, note));
    assert!(!vault.list(&["search", "Bob"], "hits").is_empty());
    assert!(vault.is_sound());
}

#[test]
fn what_was_typed_and_could_not_be_saved_is_there_to_be_read() {
    let (vault, meeting) = talk();
    assert_eq!(vault.json(&["note", "drafts"]), json!({"drafts": []}));
    let id = vault.json(&["meeting", "show", &meeting])["id"].clone();
    let drafts = vault.dir().join("drafts");
    std::fs::create_dir_all(&drafts).expect("a folder");
    let draft =
        json!({"meeting": id, "part": "notes", "base": 0, "at": 1_795_000_000_000_i64, "text": "typed\n=> and lost\n"});
    std::fs::write(drafts.join("gone.1.json"), draft.to_string()).expect("a file");
    let told = vault.list(&["note", "drafts"], "drafts");
    assert_eq!((&told[0]["title"], &told[0]["text"]), (&json!("Talk"), &json!("typed\n=> and lost\n")));
    vault.json(&["meeting", "delete", &meeting]);
    let told = vault.list(&["note", "drafts"], "drafts");
    assert_eq!((&told[0]["title"], &told[0]["text"]), (&Value::Null, &json!("typed\n=> and lost\n")));
}
