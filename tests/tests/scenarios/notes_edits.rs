//! Changing an item from a list edits its line in the note, and no more than that.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, text, without_anchors};

fn talk(note: &str) -> (Vault, String) {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana.silva@example.org", "ben.okoro@acme.com"]);
    vault.write(&meeting, note);
    (vault, meeting)
}

fn actions(vault: &Vault) -> Vec<Value> {
    let mut actions = vault.list(&["actions"], "actions");
    actions.sort_by_key(|action| action["line"].as_u64());
    actions
}

#[test]
fn a_tick_flips_the_box_or_puts_one_before_the_mark() {
    let cases = [
        ("- [ ] a box", "- [x] a box"),
        ("* [ ] star box", "* [x] star box"),
        ("1. [ ] numbered box", "1. [x] numbered box"),
        ("!! shorthand", "[x] !! shorthand"),
        ("- !! in a bullet", "- [x] !! in a bullet"),
        ("Action: label", "[x] Action: label"),
        ("**Action:** bold", "[x] **Action:** bold"),
        ("- **Action**: bold bullet", "- [x] **Action**: bold bullet"),
        ("> !! quoted", "> [x] !! quoted"),
        ("AI(Ana): addressed", "[x] AI(Ana): addressed"),
        ("[Action #1](https://example.org/): linked", "[x] [Action #1](https://example.org/): linked"),
        ("- [-] dropped", "- [x] dropped"),
    ];
    let before: Vec<_> = cases.iter().map(|(line, _)| *line).collect();
    let note = format!("{}\n\n## Actions\n\n- under a heading\n", before.join("\n\n"));
    let (vault, meeting) = talk(&note);
    let ids = all(&actions(&vault), "id");
    assert_eq!(ids.len(), cases.len() + 1);
    let mut args = vec!["action", "done"];
    args.extend(ids.iter().map(String::as_str));
    vault.json(&args);
    let after: Vec<_> = cases.iter().map(|(_, line)| *line).collect();
    let expected = format!("{}\n\n## Actions\n\n- [x] under a heading\n", after.join("\n\n"));
    assert_eq!(without_anchors(&vault.read(&meeting)), expected);
    let ticked = actions(&vault);
    assert_eq!(all(&ticked, "id"), ids, "the items are the same");
    assert!(all(&ticked, "status").iter().all(|status| status == "done"));

    args[1] = "drop";
    vault.json(&args);
    assert!(all(&actions(&vault), "status").iter().all(|status| status == "dropped"));
    assert_eq!(vault.read(&meeting).matches("[-] ").count(), ids.len());
    args[1] = "reopen";
    vault.json(&args);
    assert!(all(&actions(&vault), "status").iter().all(|status| status == "open"));
    assert_eq!(all(&actions(&vault), "id"), ids);
    assert!(actions(&vault).iter().all(|action| action["done_at"].is_null()));
}

#[test]
fn a_tick_in_the_note_moves_the_row() {
    let (vault, meeting) = talk("- [ ] one\n- [ ] two\n");
    let ids = all(&actions(&vault), "id");
    let note = vault.read(&meeting).replace("- [ ] two", "- [x] two").replace("- [ ] one", "- [-] one");
    vault.at("2026-11-25T12:00:00+01:00").write(&meeting, &note);
    let now = actions(&vault);
    assert_eq!((all(&now, "id"), all(&now, "status")), (ids, vec!["dropped".to_owned(), "done".to_owned()]));
    assert_eq!(now[1]["done_at"], "2026-11-25T12:00:00+01:00");
    assert_eq!(all(&vault.list(&["actions", "--done"], "actions"), "text"), ["two"]);
    assert_eq!(all(&vault.list(&["actions", "--dropped"], "actions"), "text"), ["one"]);
    assert!(vault.list(&["actions", "--open"], "actions").is_empty());
}

#[test]
fn a_date_replaces_its_phrase_or_is_appended_before_the_anchor() {
    let lines = [
        "!! send by Friday to Bob",
        "!! call",
        "- [ ] write due:2026-11-30 #x",
        "- [ ] pay 📅 2026-11-30",
        "!! file within 2 weeks.",
        "| not | a | table",
    ];
    let (vault, meeting) = talk(&format!("{}\n", lines.join("\n\n")));
    let before = actions(&vault);
    for action in &before {
        let changed = vault.json(&["action", "due", &text(&action["id"]), "2027-01-15"]);
        assert_eq!(changed["due"], "2027-01-15", "{action}");
    }
    assert_eq!(all(&actions(&vault), "id"), all(&before, "id"));
    let note = vault.read(&meeting);
    let lines: Vec<_> = note.lines().filter(|line| !line.is_empty()).collect();
    assert!(
        !lines[0].contains("Friday") && lines[0].contains("2027-01-15") && lines[0].contains("to Bob"),
        "{}",
        lines[0]
    );
    assert!(without_anchors(lines[1]) == "!! call due:2027-01-15" && lines[1].contains(" ^"), "{}", lines[1]);
    assert_eq!(without_anchors(lines[2]), "- [ ] write due:2027-01-15 #x");
    assert!(!lines[3].contains("2026") && lines[3].contains("2027-01-15"), "{}", lines[3]);
    assert!(!lines[4].contains("within"), "{}", lines[4]);
    assert_eq!(lines[5], "| not | a | table");
    let relative = vault.json(&["action", "due", &text(&before[0]["id"]), "today+2"]);
    assert_eq!(relative["due"], "2026-11-26");
}

#[test]
fn a_date_that_goes_later_is_a_slip() {
    let (vault, meeting) = talk("!! send due:2026-11-25\n");
    let id = text(&actions(&vault)[0]["id"]);
    let slips = |vault: &Vault| actions(vault)[0]["slips"].as_u64().expect("slips");
    assert_eq!(vault.json(&["action", "due", &id, "2026-11-30"])["slips"], 1);
    assert_eq!(vault.json(&["action", "due", &id, "2026-12-07"])["slips"], 2);
    vault.write(&meeting, &vault.read(&meeting).replace("2026-12-07", "2026-12-14"));
    assert_eq!(slips(&vault), 3, "in the note as well");
    vault.json(&["undo"]);
    assert_eq!((slips(&vault), &actions(&vault)[0]["due"]), (2, &json!("2026-12-07")));
}

#[test]
fn an_owner_is_written_as_a_handle() {
    let (vault, meeting) = talk("!! send it\n\n- [ ] Ana to call\n\n- [ ] @ana write #x\n");
    let before = actions(&vault);
    for action in &before {
        let changed = vault.json(&["action", "assign", &text(&action["id"]), "ben.okoro@acme.com"]);
        assert_eq!(changed["owners"].as_array().expect("owners").len(), 1, "{changed:#}");
        assert_eq!(
            (&changed["owners"][0]["handle"], &changed["owners"][0]["inferred"]),
            (&json!("ben"), &json!(false))
        );
        assert_eq!(changed["id"], action["id"]);
    }
    let note = vault.read(&meeting);
    assert_eq!(note.matches("@ben").count(), 3, "{note}");
    assert_eq!(without_anchors(note.lines().next().expect("a line")), "!! send it @ben");
    let mine = vault.json(&["action", "assign", &text(&before[0]["id"]), "me"]);
    assert_eq!(mine["owners"][0]["handle"], "max");
    assert_eq!(vault.list(&["actions", "--owner", "me"], "actions").len(), 1);
}

#[test]
fn snoozing_hides_an_action_from_today_until_the_day() {
    let (vault, _) = talk("!! @max send it due:2026-12-01\n");
    let today = |vault: &Vault| vault.json(&["today"])["actions"].as_array().expect("actions").len();
    assert_eq!(today(&vault), 1);
    let id = text(&actions(&vault)[0]["id"]);
    assert_eq!(vault.json(&["action", "snooze", &id, "today+3"])["snoozed_until"], "2026-11-27");
    assert_eq!(today(&vault), 0);
    assert_eq!(today(&vault.at("2026-11-27T09:00:00+01:00")), 1);
    assert_eq!(vault.list(&["actions", "--open"], "actions").len(), 1);
}

#[test]
fn of_several_ids_one_unknown_changes_none() {
    let (vault, meeting) = talk("- [ ] one\n- [ ] two\n");
    let id = text(&actions(&vault)[0]["id"]);
    assert_eq!(vault.fails(&["action", "done", &id, "ffffffff"]).0, 1);
    assert!(!vault.read(&meeting).contains("[x]"), "{}", vault.read(&meeting));
    let both = all(&actions(&vault), "id");
    let printed = vault.json(&["action", "done", &both[0], &both[1]]);
    assert_eq!(printed["actions"].as_array().expect("a list").len(), 2);
    vault.json(&["undo"]);
    assert!(!vault.read(&meeting).contains("[x]"), "one command is undone at once");
}

#[test]
fn several_are_re_dated_handed_over_and_snoozed_by_one_command_and_one_undo() {
    let (vault, meeting) = talk("- [ ] one due:2026-12-01\n- [ ] two by Friday\n");
    let before = vault.read(&meeting);
    let ids = all(&actions(&vault), "id");
    let of_each = |printed: &Value, field: &str| {
        let list = printed["actions"].as_array().expect("a list").clone();
        list.iter().map(|action| action[field].clone()).collect::<Vec<_>>()
    };
    let dated = vault.json(&["action", "due", &ids[0], &ids[1], "2026-12-24"]);
    assert_eq!(of_each(&dated, "due"), [json!("2026-12-24"), json!("2026-12-24")]);
    vault.json(&["undo"]);
    assert_eq!(vault.read(&meeting), before);
    let undated = vault.json(&["action", "due", &ids[0], &ids[1], "none"]);
    assert_eq!(of_each(&undated, "due"), [json!(null), json!(null)]);
    assert_eq!(without_anchors(&vault.read(&meeting)), "- [ ] one\n- [ ] two\n");
    vault.json(&["undo"]);
    assert_eq!(vault.read(&meeting), before);
    vault.json(&["action", "assign", &ids[0], &ids[1], "me"]);
    assert_eq!(vault.list(&["actions", "--owner", "me"], "actions").len(), 2);
    vault.json(&["undo"]);
    assert_eq!(vault.read(&meeting), before);
    let snoozed = vault.json(&["action", "snooze", &ids[0], &ids[1], "today+3"]);
    assert_eq!(of_each(&snoozed, "snoozed_until"), [json!("2026-11-27"), json!("2026-11-27")]);
    vault.json(&["undo"]);
    assert!(actions(&vault).iter().all(|action| action["snoozed_until"].is_null()));
    assert_eq!(vault.fails(&["action", "due", &ids[0], "ffffffff", "2026-12-24"]).1["code"], "unknown_action");
    assert_eq!(vault.read(&meeting), before);
}

#[test]
fn edits_leave_every_other_byte_alone() {
    let note =
        "\u{feff}# T\u{ef}tle  \r\n\r\n-\t[ ] tabbed \t \r\n* [ ] trailing  \r\n\r\nzalgo \u{301}\u{202e}x\r\nno end";
    let (vault, meeting) = talk(note);
    for id in all(&actions(&vault), "id") {
        vault.json(&["action", "done", &id]);
    }
    assert_eq!(without_anchors(&vault.read(&meeting)), note.replace("[ ]", "[x]"));
    for id in all(&actions(&vault), "id") {
        vault.json(&["action", "reopen", &id]);
    }
    assert_eq!(without_anchors(&vault.read(&meeting)), note);
}
