//! Several commands at once on one vault, and commands that are killed.

use std::process::Child;

use throughline_tests::{Vault, all, calendar, event, finish, text};

/// Waits for all of them; each has to succeed.
fn succeed(children: Vec<Child>) {
    for child in children {
        let ran = finish(child);
        assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn ticks_from_many_commands_at_once_are_all_there() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana@example.org"]);
    let lines: String = (0..8).map(|n| format!("- [ ] thing number {n}\n")).collect();
    vault.write(&meeting, &lines);
    let ids = all(&vault.list(&["actions"], "actions"), "id");
    assert_eq!(ids.len(), 8);
    succeed(ids.iter().map(|id| vault.start(&["action", "done", id])).collect());
    let note = vault.read(&meeting);
    assert_eq!(note.matches("- [x] thing number").count(), 8, "{note}");
    let mut after = all(&vault.list(&["actions", "--done"], "actions"), "id");
    after.sort();
    let mut before = ids;
    before.sort();
    assert_eq!(after, before);
    assert!(vault.is_sound());
}

#[test]
fn lines_appended_from_many_commands_at_once_are_all_there_once() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana@example.org"]);
    let lines: Vec<_> = (0..8).map(|n| format!("!! @ana thing number {n}")).collect();
    succeed(lines.iter().map(|line| vault.start(&["note", "append", &meeting, line])).collect());
    let note = vault.read(&meeting);
    for line in &lines {
        assert_eq!(note.matches(line.as_str()).count(), 1, "{note}");
    }
    assert_eq!(vault.list(&["actions"], "actions").len(), 8);
    let history = vault.list(&["note", "history", &meeting], "revisions");
    assert_eq!(history.len(), 8, "each command is a revision");
    assert!(vault.is_sound());
    for left in (0..8).rev() {
        vault.json(&["undo"]);
        assert_eq!(vault.read(&meeting).matches("!! @ana").count(), left);
    }
}

#[test]
fn syncs_ticks_and_notes_at_once_lose_nothing() {
    let vault = Vault::new();
    let events: Vec<_> = (0..40)
        .map(|n| event(&format!("u{n}@x"), &format!("Meeting {n}"), &format!("DTSTART:202612{:02}T{:02}0000Z\nDURATION:PT1H\nATTENDEE:mailto:p{n}@acme.com\nRRULE:FREQ=WEEKLY;COUNT=5", n % 28 + 1, n % 9 + 8)))
        .collect();
    let path = vault.file("c.ics", calendar(&events));
    vault.json(&["account", "add", "ics", &path]);
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &["ana@example.org"]);
    vault.write(&meeting, "- [ ] one\n- [ ] two\n");
    let ids = all(&vault.list(&["actions"], "actions"), "id");
    let other = vault.meeting("Other", "2026-11-24T12:00", &["p1@acme.com"]);
    succeed(vec![
        vault.start(&["sync"]),
        vault.start(&["action", "done", &ids[0]]),
        vault.start(&["sync"]),
        vault.start(&["action", "due", &ids[1], "2026-12-01"]),
        vault.start(&["note", "append", &meeting, "!! three"]),
        vault.start(&["note", "append", &other, "=> four"]),
        vault.start(&["meeting", "new", "--title", "Five", "--start", "2026-11-25T10:00", "--attendee", "p2@acme.com"]),
        vault.start(&["today"]),
    ]);
    assert_eq!(vault.meetings("2026-12-01", "2027-02-28").len(), 200, "each once");
    let note = vault.read(&meeting);
    assert!(note.contains("- [x] one") && note.contains("two due:2026-12-01") && note.contains("!! three"), "{note}");
    assert!(vault.read(&other).contains("=> four"));
    assert_eq!(vault.on("2026-11-25", "Five")["status"], "confirmed");
    let people = vault.list(&["people"], "people");
    assert_eq!(people.iter().filter(|one| one["emails"][0] == "p2@acme.com").count(), 1);
    assert_eq!(people.len(), 42, "forty, Ana and the user");
    let again = vault.sync();
    assert_eq!(
        (again["added"].as_u64(), again["changed"].as_u64(), again["removed"].as_u64()),
        (Some(0), Some(0), Some(0))
    );
    assert!(vault.is_sound());
}

#[test]
fn two_imports_of_one_folder_at_once_make_each_meeting_once() {
    let vault = Vault::new();
    for day in 10..18 {
        vault.file(
            &format!("m/2026-11-{day}.md"),
            format!("# Council 2026-11-{day}\n\nAttendees: Ana Silva, Ben Okoro\n\nAI: Ana to do {day}\n"),
        );
    }
    let folder = vault.home().join("m").to_str().expect("UTF-8").to_owned();
    succeed(vec![vault.start(&["import", "minutes", &folder]), vault.start(&["import", "minutes", &folder])]);
    assert_eq!(vault.meetings("2026-11-01", "2026-11-30").len(), 8);
    assert_eq!(vault.list(&["actions"], "actions").len(), 8);
    assert_eq!(vault.list(&["people"], "people").len(), 3);
    assert!(vault.is_sound());
}

#[test]
fn new_people_made_at_once_are_one_person_each() {
    let vault = Vault::new();
    let meetings: Vec<_> = (0..6).map(|n| vault.meeting(&format!("M{n}"), "2026-11-24T10:00", &[])).collect();
    succeed(meetings.iter().map(|id| vault.start(&["note", "append", id, "!! @zoe call"])).collect());
    assert_eq!(vault.list(&["people"], "people").iter().filter(|one| one["handle"] == "zoe").count(), 1);
    assert_eq!(vault.list(&["actions", "--owner", "@zoe"], "actions").len(), 6);
    succeed(
        (0..4)
            .map(|_| {
                vault.start(&[
                    "meeting",
                    "new",
                    "--title",
                    "N",
                    "--start",
                    "2026-11-25T10:00",
                    "--attendee",
                    "new@acme.com",
                ])
            })
            .collect(),
    );
    assert_eq!(vault.list(&["people"], "people").iter().filter(|one| one["name"] == "New").count(), 1);
    assert!(vault.is_sound());
}

#[test]
fn vaults_made_at_once_in_one_place_are_one_vault() {
    let vault = Vault::nowhere();
    let children: Vec<_> =
        (0..4).map(|_| vault.start(&["init", "--name", "Max", "--email", "max@example.org"])).collect();
    let ran: Vec<_> = children.into_iter().map(finish).collect();
    assert!(ran.iter().any(|ran| ran.code == 0), "one makes it");
    assert!(ran.iter().all(|ran| ran.code == 0 || ran.stderr.contains("exists")), "the others find it there: {ran:#?}");
    assert!(vault.is_sound());
    assert_eq!(vault.list(&["people"], "people").len(), 1);
}

/// Kills the command at moments spread over its run, on a new vault each, and checks what is left with `check`.
fn killed(prepare: impl Fn(&Vault) -> Vec<String>, check: impl Fn(&Vault, &str)) {
    // How long one takes where nothing kills it, so that the kills fall within.
    let vault = Vault::new();
    let args = prepare(&vault);
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    let whole = std::time::Instant::now();
    succeed(vec![vault.start(&args)]);
    let whole = whole.elapsed();
    check(&vault, "whole");
    for step in 1..6 {
        let vault = Vault::new();
        let args = prepare(&vault);
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        let mut child = vault.start(&args);
        std::thread::sleep(whole * step / 6);
        child.kill().expect("the command is killed, or over");
        let _ = child.wait();
        assert!(vault.is_sound(), "after a kill at {step}/6");
        check(&vault, "killed");
        vault.json(&args);
        check(&vault, "whole");
        assert!(vault.is_sound());
    }
}

#[test]
fn a_sync_killed_half_way_did_all_or_nothing() {
    let events: Vec<_> = (0..400)
        .map(|n| event(&format!("u{n}@x"), &format!("Meeting {n}"), &format!("DTSTART:202612{:02}T{:02}0000Z\nDURATION:PT1H\nATTENDEE:mailto:p{n}@acme.com\nRRULE:FREQ=DAILY;COUNT=5", n % 25 + 1, n % 9 + 8)))
        .collect();
    let content = calendar(&events);
    killed(
        |vault| {
            let path = vault.file("c.ics", &content);
            vault.json(&["account", "add", "ics", &path]);
            vec!["sync".to_owned()]
        },
        |vault, state| {
            let count = vault.meetings("2026-12-01", "2027-01-31").len();
            let people = vault.list(&["people"], "people").len();
            let allowed = if state == "whole" { &[(2000, 401)][..] } else { &[(0, 1), (2000, 401)] };
            assert!(allowed.contains(&(count, people)), "{state}: {count} meetings, {people} people");
        },
    );
}

#[test]
fn an_import_killed_half_way_leaves_whole_meetings() {
    killed(
        |vault| {
            for n in 0..60 {
                let date = format!("2026-{:02}-{:02}", n % 6 + 1, n % 27 + 1);
                vault.file(&format!("m/{n:02}.md"), format!("# Council {n}\n\nDate: {date}\nAttendees: Ana Silva, Ben Okoro\n\n- [ ] Ana to do {n}\n- [ ] Ben to do {n}\n"));
            }
            vec!["import".to_owned(), "minutes".to_owned(), vault.home().join("m").to_str().expect("UTF-8").to_owned()]
        },
        |vault, state| {
            let meetings = vault.meetings("2026-01-01", "2026-12-31");
            let actions = vault.list(&["actions"], "actions").len();
            assert_eq!(actions, meetings.len() * 2, "{state}: no meeting without its items");
            assert!(
                meetings.iter().all(|meeting| meeting["has_notes"] == true),
                "{state}: no meeting without its note"
            );
            assert!(state != "whole" || meetings.len() == 60, "{}", meetings.len());
        },
    );
}

#[test]
fn a_command_killed_while_it_writes_a_note_wrote_all_or_nothing() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &[]);
    for n in 0..10 {
        let before = text(&vault.json(&["note", "show", &meeting])["text"]);
        let mut child = vault.start(&["note", "append", &meeting, &format!("!! thing {n}")]);
        std::thread::sleep(std::time::Duration::from_millis(n * 6));
        child.kill().expect("the command is killed, or over");
        let _ = child.wait();
        let after = text(&vault.json(&["note", "show", &meeting])["text"]);
        let written = after.contains(&format!("thing {n}"));
        assert!(after.starts_with(&before), "{after}");
        assert_eq!(vault.list(&["actions"], "actions").len(), after.lines().count());
        assert!(written || after == before);
    }
    assert!(vault.is_sound());
}
