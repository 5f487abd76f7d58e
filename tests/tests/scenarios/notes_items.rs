//! Which lines of a note are items. Each row of a table is a paragraph of one note.

use throughline_tests::{Vault, all, text};

/// Writes the rows as one note, a blank line between them, and checks what each became.
fn check(rows: &[(&str, Option<&str>)]) {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana.silva@example.org", "ben.okoro@acme.com"]);
    let mut note = String::new();
    let mut expected = Vec::new();
    for (row, kind) in rows {
        let line = note.matches('\n').count() as u64 + 1;
        expected.extend(kind.map(|kind| (kind, line, *row)));
        note.push_str(row);
        note.push_str("\n\n");
    }
    vault.write(&meeting, &note);
    let found = vault.items(&meeting);
    let row_of = |line: u64| note.lines().nth(line as usize - 1).unwrap_or_default();
    let told: Vec<_> = found.iter().map(|(kind, line, _)| (*kind, *line, row_of(*line))).collect();
    let missing: Vec<_> =
        expected.iter().filter(|one| !told.iter().any(|(k, l, _)| (*k, *l) == (one.0, one.1))).collect();
    let surplus: Vec<_> =
        told.iter().filter(|one| !expected.iter().any(|(k, l, _)| (*k, *l) == (one.0, one.1))).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:#?}\nsurplus {surplus:#?}");
}

const ACTION: Option<&str> = Some("action");
const DECISION: Option<&str> = Some("decision");
const QUESTION: Option<&str> = Some("question");

#[test]
fn a_line_that_begins_as_an_action_is_one() {
    check(&[
        ("!! send the plan", ACTION),
        ("- [ ] open box", ACTION),
        ("* [x] ticked box", ACTION),
        ("+ [-] dropped box", ACTION),
        ("1. [ ] numbered box", ACTION),
        ("- [X] ticked in capitals", ACTION),
        ("- !! in a bullet", ACTION),
        ("Action: call Bob", ACTION),
        ("action item: call Carl", ACTION),
        ("ACTION ITEM: call Dan", ACTION),
        ("AI: call Ed", ACTION),
        ("TODO: call Fred", ACTION),
        ("Todo: call Gus", ACTION),
        ("Next step: call Hal", ACTION),
        ("**Action:** call Ian", ACTION),
        ("**Action**: call Jon", ACTION),
        ("__Action__: call Kim", ACTION),
        ("- **Action item:** call Leo", ACTION),
        ("* Action: call Mel", ACTION),
        ("ACTION-12: call Ned", ACTION),
        ("Action 3: call Oz", ACTION),
        ("[Action #1](https://example.org/1): call Pam", ACTION),
        ("AI(Ana): call Quentin", ACTION),
        ("TODO(ana): call Rob", ACTION),
        ("**Action** call Sue without a colon", ACTION),
        ("> !! in a quotation", ACTION),
        ("> - [ ] a box in a quotation", ACTION),
    ]);
}

#[test]
fn a_line_that_begins_as_a_decision_or_question_is_one() {
    check(&[
        ("=> we hire two", DECISION),
        ("- => in a bullet", DECISION),
        ("Decision: we go", DECISION),
        ("Decided: we stay", DECISION),
        ("Resolved: we wait", DECISION),
        ("Resolution: we buy", DECISION),
        ("Agreed: we sell", DECISION),
        ("Consensus: we merge", DECISION),
        ("Verdict: we part", DECISION),
        ("Conclusion: we end", DECISION),
        ("RESOLVED: in capitals", DECISION),
        ("**Decision:** in bold", DECISION),
        ("**DECISION 66.3**: numbered", DECISION),
        ("**Decision** without a colon", DECISION),
        ("?? who pays", QUESTION),
        ("Question: who pays the rest", QUESTION),
        ("Open question: who signs", QUESTION),
        ("**Open question:** who leads", QUESTION),
        ("* ?? in a bullet", QUESTION),
    ]);
}

#[test]
fn prose_is_no_item() {
    check(&[
        ("A plain line.", None),
        ("- a plain bullet", None),
        ("Action without a colon", None),
        ("**AI** is everywhere", None),
        ("**TODO** lists are long", None),
        ("Actionable: yes", None),
        ("We said action: later", None),
        ("!!no space", None),
        ("=>no space", None),
        ("??no space", None),
        ("a => b in mid-sentence", None),
        ("wow!! really", None),
        ("\\!! escaped", None),
        ("\\=> escaped", None),
        ("\\?? escaped", None),
        ("\\Action: escaped", None),
        ("\\Decision: escaped", None),
        ("> Action: a label in a quotation pasted here", None),
        ("`!! code` at the front", None),
        ("Proposed resolution: we might", None),
        ("```\n!! fenced\n- [ ] fenced\nAction: fenced\n```", None),
        ("~~~\n=> fenced\n~~~", None),
        ("A line before\n\n    !! indented code\n    Action: indented code", None),
        ("[a link](https://example.org/!!)", None),
    ]);
}

#[test]
fn a_placeholder_is_no_item() {
    check(&[
        ("- [ ]", None),
        ("- [ ] TODO", None),
        ("ACTION: text", None),
        ("Actions: none", None),
        ("Action: none", None),
        ("Action: n/a", None),
        ("Action: TBD", None),
        ("Decision: deferred", None),
        ("Decision: none", None),
        ("Decision:", None),
        ("!! ", None),
    ]);
}

/// The lines of a note that are items, with their kinds.
fn lines(note: &str) -> Vec<(&'static str, u64)> {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana.silva@example.org", "ben.okoro@acme.com"]);
    vault.write(&meeting, note);
    vault.items(&meeting).into_iter().map(|(kind, line, _)| (kind, line)).collect()
}

#[test]
fn bullets_under_a_heading_of_the_kind_are_items_down_to_the_next_of_its_level() {
    let note = "# Minutes\n- no\n## Action items\n- Ana to call\n- buy milk\n### Later\n- still one\n## Talk\n- not one\n\
                ## Decisions\n- we go\n\n* we stay\n# Open questions\n1. who pays\n2. who signs\n# End\n- no\n";
    let expected = [
        ("action", 4),
        ("action", 5),
        ("action", 7),
        ("decision", 11),
        ("decision", 13),
        ("question", 15),
        ("question", 16),
    ];
    assert_eq!(lines(note), expected);
}

#[test]
fn every_heading_of_a_kind_counts() {
    for heading in ["Action items", "Actions", "Next steps", "TODO", "ACTION ITEMS", "Next Steps:"] {
        assert_eq!(lines(&format!("## {heading}\n- call Bob\n")), [("action", 2)], "{heading}");
    }
    for heading in ["Decisions", "Resolutions"] {
        assert_eq!(lines(&format!("## {heading}\n- we go\n")), [("decision", 2)], "{heading}");
    }
    assert_eq!(lines("Open questions\n--------------\n- who pays\n"), [("question", 3)]);
}

#[test]
fn headings_that_look_back_or_ahead_make_none() {
    for heading in
        ["Review of previous action items", "Last week's actions", "Previous actions", "Decisions needed", "To decide"]
    {
        assert_eq!(lines(&format!("## {heading}\n- call Bob\n")), [], "{heading}");
    }
}

#[test]
fn a_nested_bullet_is_an_item_with_a_mark_of_its_own_and_else_a_detail() {
    let note = "## Actions\n- call Bob\n  - in the morning\n  - [ ] and Carl\n  - Action: and Dan\n  - Ana to call Ed\n  - @ben call Fred\n";
    assert_eq!(lines(note), [("action", 2), ("action", 4), ("action", 5), ("action", 6), ("action", 7)]);
    assert_eq!(lines("- topic\n    - [ ] deep\n        - => deeper\n"), [("action", 2), ("decision", 3)]);
}

#[test]
fn each_row_of_a_table_with_owners_is_an_action_and_anchored_in_its_last_cell() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana.silva@example.org", "ben.okoro@acme.com"]);
    vault.write(&meeting, "| Action | Owner |\n|---|---|\n| Send the deck | Ana |\n| Call Acme | @ben |\n");
    let items = vault.items(&meeting);
    assert_eq!(items.iter().map(|(kind, line, _)| (*kind, *line)).collect::<Vec<_>>(), [("action", 3), ("action", 4)]);
    let handles: Vec<_> = items.iter().map(|(_, _, item)| text(&item["owners"][0]["handle"])).collect();
    assert_eq!(handles, ["ana", "ben"]);
    assert!(items[0].2["text"].as_str().expect("text").contains("Send the deck"));
    for line in vault.read(&meeting).lines().skip(2) {
        let (_, last) = line.rsplit_once(" ^").unwrap_or_else(|| panic!("no anchor: {line}"));
        assert!(last.len() == 8 && last.ends_with(" |"), "the anchor stands in the last cell: {line}");
    }
    assert_eq!(lines("| Name | Age |\n|---|---|\n| Ana | 3 |\n"), [], "a table of something else");
}

#[test]
fn equal_lines_are_two_items_and_a_summary_repeats_one() {
    assert_eq!(lines("- [ ] ping\n- [ ] ping\n").len(), 2);
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana.silva@example.org"]);
    vault.write(&meeting, "Budget.\n- [ ] call Bob\n\n## Action items\n- [ ] call Bob\n- [ ] call Carl\n");
    let items = vault.items(&meeting);
    assert_eq!(items.len(), 2, "{items:#?}");
    let note = vault.read(&meeting);
    assert!(note.lines().nth(1).expect("a line").contains(" ^"), "anchored in place: {note}");
    let bob = items.iter().find(|(_, _, item)| text(&item["text"]).contains("Bob")).expect("Bob");
    vault.json(&["action", "done", &text(&bob.2["id"])]);
    assert_eq!(vault.read(&meeting).matches("- [x] call Bob").count(), 2, "both boxes follow");
}

#[test]
fn a_decision_in_prep_is_only_proposed_until_its_line_stands_in_the_notes() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &[]);
    let prep = vault.write_part(&meeting, "prep", "=> we hire two\n- [ ] bring figures\n");
    let decision = vault.list(&["decisions"], "decisions")[0].clone();
    assert_eq!((&decision["status"], &decision["note_part"]), (&"proposed".into(), &"prep".into()));
    assert!(vault.list(&["decisions", "--holding"], "decisions").is_empty());
    assert_eq!(vault.list(&["actions"], "actions")[0]["note_part"], "prep");
    vault.write(&meeting, text(&prep["text"]).lines().next().expect("a line"));
    assert!(vault.list(&["decisions", "--holding"], "decisions").iter().any(|one| one["status"] == "holds"));
    assert!(!vault.list(&["decisions"], "decisions").iter().any(|one| one["status"] == "proposed"));
}

#[test]
fn a_handle_that_was_corrected_leaves_nobody_behind() {
    let vault = Vault::new();
    let id = vault.meeting("One", "2026-10-05T10:00", &[]);
    let names = || all(&vault.list(&["people"], "people"), "handle");
    let before = names();
    vault.write(&id, "!! @zor\n");
    assert!(names().contains(&"zor".to_owned()));
    let text = text(&vault.json(&["note", "show", &id])["text"]);
    vault.write(&id, &text.replace("@zor", "@zoran checks it"));
    let mut now = before.clone();
    now.push("zoran".to_owned());
    assert_eq!(sorted(names()), sorted(now));
    vault.json(&["undo"]);
    assert!(names().contains(&"zor".to_owned()), "as it was");
    vault.json(&["undo"]);
    assert_eq!(sorted(names()), sorted(before));
}

#[test]
fn somebody_of_whom_more_is_known_than_a_handle_stays() {
    let vault = Vault::new();
    let id = vault.meeting("One", "2026-10-05T10:00", &[]);
    vault.write(&id, "!! @zor and @kim write it\n");
    vault.json(&["person", "edit", "zor", "--relation", "report"]);
    vault.json(&["person", "edit", "kim", "--name", "Kim Li"]);
    let text = text(&vault.json(&["note", "show", &id])["text"]);
    vault.write(&id, &text.replace("@zor and @kim", "Somebody"));
    let names = all(&vault.list(&["people"], "people"), "handle");
    assert!(names.contains(&"zor".to_owned()) && names.contains(&"kim".to_owned()), "{names:?}");
}

#[test]
fn decisions_that_would_take_their_own_place_are_told_and_not_taken() {
    let vault = Vault::new();
    let id = vault.meeting("One", "2026-10-05T10:00", &[]);
    let note =
        "=> One supersedes ^dddd03 ^dddd01\n=> Two supersedes ^dddd01 ^dddd02\n=> Three supersedes ^dddd02 ^dddd03\n";
    let told = vault.run_with(&["note", "set", &id, "-"], note.as_bytes());
    assert!(told.stdout.contains("in a circle"), "{}", told.stdout);
    assert_eq!(vault.list(&["decisions", "--holding"], "decisions").len(), 1);
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}
