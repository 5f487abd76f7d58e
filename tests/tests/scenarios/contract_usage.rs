//! Options, exit codes, errors, and the ways an id can be given.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, run, text, throughline};

#[test]
fn global_options_stand_before_or_after_the_subcommand() {
    let vault = Vault::new();
    let dir = vault.dir();
    let dir = dir.to_str().expect("UTF-8");
    let orders: [&[&str]; 3] = [
        &["--vault", dir, "--json", "--now", "2026-03-01T10:00:00Z", "--tz", "UTC", "today"],
        &["today", "--vault", dir, "--json", "--now", "2026-03-01T10:00:00Z", "--tz", "UTC"],
        &["--json", "today", "--tz", "UTC", "--vault", dir, "--now", "2026-03-01T10:00:00Z"],
    ];
    for order in orders {
        let mut command = throughline(vault.home());
        command.args(order);
        let ran = run(command, b"");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let today: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(today["date"], "2026-03-01");
    }
    let mut command = throughline(vault.home());
    command.env("THROUGHLINE_VAULT", dir).args(["account", "list", "--json"]);
    assert_eq!(run(command, b"").code, 0, "the vault is named by the environment");
}

#[test]
fn the_day_is_that_of_the_zone() {
    let vault = Vault::new().at("2026-11-24T23:30:00Z");
    assert_eq!(vault.json(&["today"])["date"], "2026-11-25");
    assert_eq!(vault.in_zone("America/New_York").json(&["today"])["date"], "2026-11-24");
    assert_eq!(vault.json(&["today", "--date", "today+2"])["date"], "2026-11-27");
    assert_eq!(vault.json(&["today", "--date", "today-25"])["date"], "2026-10-31");
    assert_eq!(vault.json(&["today", "--date", "2026-02-28"])["date"], "2026-02-28");
}

#[test]
fn wrong_usage_ends_with_two_and_an_error_object() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &[]);
    let action = item(&vault, &meeting, "!! do it\n");
    let wrong: &[&[&str]] = &[
        &["frobnicate"],
        &["today", "--frob"],
        &["today", "--date", "someday"],
        &["today", "--date", "2026-02-30"],
        &["meetings", "--from", "yesterdayish"],
        &["meeting", "new", "--title", "T", "--start", "noonish"],
        &["meeting", "new", "--title", "T"],
        &["meeting", "edit", &meeting, "--held", "maybe"],
        &["meeting", "present", &meeting, "max", "perhaps"],
        &["action", "due", &action, "soon"],
        &["action", "done"],
        &["note", "show", &meeting, "--part", "public"],
        &["recap", &meeting, "--format", "pdf"],
        &["export", "docx", "x"],
        &["person", "edit", "max", "--relation", "nemesis"],
        &["--tz", "Mars/Olympus", "today"],
        &["--now", "tomorrow", "today"],
        &["search"],
    ];
    for args in wrong {
        let (code, error) = vault.fails(args);
        assert_eq!(code, 2, "{args:?}: {error}");
        let after = [args, &["--json"][..]].concat();
        let ran = vault.run(&after);
        assert_eq!(ran.code, 2);
        assert!(ran.stdout.is_empty(), "{args:?} prints {}", ran.stdout);
        let error: Value = serde_json::from_str(&ran.stderr).unwrap_or_else(|_| panic!("{after:?}: {}", ran.stderr));
        assert!(error["error"]["code"].is_string());
    }
    assert_eq!(vault.run(&["today", "--frob"]).code, 2);
}

#[test]
fn an_unknown_id_ends_with_one_and_a_sentence() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &[]);
    let unknown: &[&[&str]] = &[
        &["meeting", "show", "ffffffff"],
        &["brief", "ffffffff"],
        &["action", "done", "ffffffff"],
        &["action", "done", "^zzzzzz"],
        &["decision", "show", "ffffffff"],
        &["person", "show", "nobody@nowhere.example"],
        &["person", "show", "@nobody"],
        &["org", "show", "Nowhere Inc"],
        &["ledger", "@nobody"],
        &["trace", "ffffffff"],
        &["path", "@nobody", "@max"],
        &["account", "remove", "ffffffff"],
        &["calendar", "enable", "ffffffff"],
        &["sync", "--account", "ffffffff"],
        &["note", "restore", &meeting, "4711"],
        &["note", "show", "ffffffff"],
        &["recap", "ffffffff"],
        &["queue", "keep", "ffffffff"],
        &["meeting", "relink", &meeting, "ffffffff"],
    ];
    for args in unknown {
        let (code, error) = vault.fails(args);
        assert_eq!(code, 1, "{args:?}: {error}");
        let human = vault.run(args);
        assert_eq!(human.code, 1);
        assert!(human.stdout.is_empty() && !human.stderr.trim().is_empty(), "{args:?}: {human:?}");
        assert!(!human.stderr.contains("panicked"), "{args:?}: {}", human.stderr);
    }
}

#[test]
fn an_id_is_given_by_a_unique_beginning_or_ending_or_anchor() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &[]);
    let id = item(&vault, &meeting, "!! do it\n");
    let anchor = anchor(&vault.read(&meeting));
    for given in [&id, &id[..id.len() - 1], &id[id.len() - 12..], &id.to_uppercase(), &format!("^{anchor}")] {
        assert_eq!(vault.json(&["trace", given])["item"]["id"], id, "{given}");
    }
    assert_eq!(vault.json(&["meeting", "show", &meeting[meeting.len() - 8..]])["id"], meeting);
    assert_eq!(vault.json(&["meeting", "show", &meeting[..meeting.len() - 2]])["id"], meeting);
    let (code, _) = vault.fails(&["meeting", "show", &meeting[meeting.len() - 3..]]);
    assert_eq!(code, 1, "three characters of an ending are too few");
    let other = vault.meeting("Other", "2026-11-24T11:00", &[]);
    let shared = meeting.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    assert!(shared > 0, "ids made at one moment begin alike: {meeting} {other}");
    assert_eq!(vault.fails(&["meeting", "show", &meeting[..shared]]).0, 1, "an ambiguous beginning");
    assert_eq!(vault.json(&["meeting", "show", &meeting])["title"], "Talk");
}

#[test]
fn human_output_shows_endings_that_work_and_no_colour_in_a_pipe() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &[]);
    item(&vault, &meeting, "!! @max do it by Friday\n");
    for args in [&["today"][..], &["actions"], &["meetings"], &["brief", &meeting], &["people"], &["search", "do"]] {
        let printed = vault.ok(args);
        assert!(!printed.contains('\u{1b}'), "{args:?} colours a pipe: {printed:?}");
        assert!(!printed.trim().is_empty(), "{args:?} prints nothing");
    }
    let printed = vault.ok(&["actions"]);
    let works = printed.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        word.len() >= 4 && vault.run(&["trace", word]).code == 0
    });
    assert!(works, "no word of this names the action: {printed}");
}

#[test]
fn titles_and_notes_reach_a_terminal_without_control_sequences() {
    let vault = Vault::new();
    let meeting = vault.meeting("Evil \u{1b}[31m\u{7}title", "2026-11-24T10:00", &["eve@x.example"]);
    vault.write(&meeting, "!! @max do \u{1b}]0;owned\u{7} it \u{9b}2J #a\n?? why\u{1b}[2J\n");
    for args in [
        &["today"][..],
        &["meeting", "show", &meeting],
        &["actions"],
        &["questions"],
        &["brief", &meeting],
        &["search", "do"],
        &["recap", &meeting, "--format", "text"],
    ] {
        let printed = vault.ok(args);
        let bad: Vec<_> = printed.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\t')).collect();
        assert!(bad.is_empty(), "{args:?} prints {bad:?}: {printed:?}");
    }
}

#[test]
fn lists_come_under_their_plural_name_and_are_empty_not_null() {
    let vault = Vault::new();
    for (args, key) in [
        (&["meetings"][..], "meetings"),
        (&["actions"], "actions"),
        (&["decisions"], "decisions"),
        (&["questions"], "questions"),
        (&["account", "list"], "accounts"),
        (&["calendar", "list"], "calendars"),
        (&["queue"], "queue"),
        (&["search", "nothing"], "hits"),
        (&["sync"], "accounts"),
    ] {
        assert_eq!(vault.json(args)[key], json!([]), "{args:?}");
    }
    assert_eq!(vault.list(&["people"], "people").len(), 1);
    assert_eq!(all(&vault.list(&["people"], "people"), "name"), ["Max Muster"]);
}

#[test]
fn completions_a_man_page_and_help_are_there() {
    let vault = Vault::nowhere();
    assert!(vault.ok(&["--help"]).contains("today"));
    assert!(vault.ok(&["--version"]).starts_with("throughline"));
    assert!(vault.ok(&["meeting", "new", "--help"]).contains("--attendee"));
    assert!(vault.ok(&["completions", "bash"]).contains("throughline"));
    assert!(vault.ok(&["man"]).contains(".TH"));
}

/// Writes the note and tells the id of its one action.
fn item(vault: &Vault, meeting: &str, note: &str) -> String {
    vault.write(meeting, note);
    text(&vault.the(&["actions"], "actions", "meeting_id", meeting)["id"])
}

fn anchor(note: &str) -> String {
    let (_, anchor) = note.trim_end().rsplit_once('^').unwrap_or_else(|| panic!("no anchor: {note:?}"));
    anchor.to_owned()
}
