//! Sittings at a note, and what becomes of what was typed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use throughline_app::model::{ActionStatus, NotePart};
use throughline_app::notes::{recover, sitting};
use throughline_app::{App, actions, meetings, notes, people, undo};

use crate::world::{NOW, World, clock};

const PART: NotePart = NotePart::Notes;

#[tokio::test]
async fn many_saves_are_one_step_to_undo_and_one_revision() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &["Ana Silva"]).await;
    world.write(&id, "before\n").await;
    let open = sitting::open(&world.app, &id, PART).await.unwrap();
    assert_eq!((open.note.text.as_str(), open.recovered), ("before\n", None));
    let mut base = open.note.revision;
    let mut text = open.note.text;
    for line in ["!! send it @ana\n", "=> ship\n", "?? when\n"] {
        text.push_str(line);
        let saved = sitting::save(&world.app, &open.sitting, &text, base).await.unwrap();
        assert!(!saved.merged);
        (text, base) = (saved.note.text, saved.note.revision);
    }
    sitting::close(&world.app, &open.sitting).await.unwrap();
    assert_eq!(notes::history(&world.app, &id, PART).await.unwrap().revisions.len(), 2);
    let undone = undo::last(&world.app).await.unwrap();
    assert_eq!(undone.command.as_deref(), Some("note"));
    assert_eq!(world.text(&id).await, "before\n");
    assert!(actions::list(&world.app, &actions::Filter::default()).await.unwrap().actions.is_empty());
    assert_eq!(undo::last(&world.app).await.unwrap().command.as_deref(), Some("note set"));
}

#[tokio::test]
async fn undo_under_an_open_editor_takes_the_sitting_back_and_typing_goes_on() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    let open = sitting::open(&world.app, &id, PART).await.unwrap();
    let first = sitting::save(&world.app, &open.sitting, "one\n", open.note.revision).await.unwrap();
    undo::last(&world.app).await.unwrap();
    assert_eq!(world.text(&id).await, "");
    let again = sitting::save(&world.app, &open.sitting, "one\n", first.note.revision).await.unwrap();
    assert_eq!((again.note.text.as_str(), again.merged), ("", true), "nothing typed since: it stays undone");
    let more = sitting::save(&world.app, &open.sitting, "two\n", again.note.revision).await.unwrap();
    assert_eq!((more.note.text.as_str(), more.merged), ("two\n", false));
    sitting::close(&world.app, &open.sitting).await.unwrap();
    undo::last(&world.app).await.unwrap();
    assert_eq!(world.text(&id).await, "");
}

#[tokio::test]
async fn a_tick_by_another_program_and_what_is_typed_meanwhile_are_both_kept() {
    let world = World::new().await;
    let other = world.again().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    world.write(&id, "- [ ] one\n- [ ] two\n").await;
    let open = sitting::open(&world.app, &id, PART).await.unwrap();
    let action = meetings::show(&other, &id).await.unwrap().actions[0].id.to_string();
    actions::set_status(&other, &[action], ActionStatus::Done).await.unwrap();
    let typed = open.note.text.clone() + "typed\n";
    let saved = sitting::save(&world.app, &open.sitting, &typed, open.note.revision).await.unwrap();
    assert!(saved.merged);
    let text = &saved.note.text;
    assert!(text.contains("- [x] one") && text.contains("- [ ] two") && text.ends_with("typed\n"), "{text}");
    assert_eq!(saved.items.len(), 2);
}

#[tokio::test]
async fn lines_that_another_program_changed_meanwhile_are_both_kept_and_said_to_be() {
    let world = World::new().await;
    let other = world.again().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    world.write(&id, "alpha\nbeta\n").await;
    let open = sitting::open(&world.app, &id, PART).await.unwrap();
    notes::set(&other, &id, PART, "ALPHA\nbeta\n", None).await.unwrap();
    let saved = sitting::save(&world.app, &open.sitting, "alpha mine\nbeta\n", open.note.revision).await.unwrap();
    assert_eq!(saved.note.text, "ALPHA\nalpha mine\nbeta\n");
    assert_eq!((saved.merged, saved.conflicts), (true, 1));
    let again = sitting::save(&world.app, &open.sitting, &saved.note.text, saved.note.revision).await.unwrap();
    assert_eq!((again.merged, again.conflicts), (false, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_that_a_save_overtakes_is_not_left_behind() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    for nth in 0..20 {
        let open = sitting::open(&world.app, &id, PART).await.unwrap();
        assert_eq!(open.recovered, None, "round {nth}");
        let text = format!("We talked about {nth}\n");
        let (drafted, saved) = tokio::join!(
            sitting::draft(&world.app, &open.sitting, "We talke\n"),
            sitting::save(&world.app, &open.sitting, &text, open.note.revision),
        );
        drafted.unwrap();
        assert_eq!(saved.unwrap().note.text, text);
        sitting::close(&world.app, &open.sitting).await.unwrap();
    }
    assert!(sitting::unsaved(&world.app).await.unwrap().drafts.is_empty());
}

#[tokio::test]
async fn a_save_that_names_an_old_revision_again_says_nothing_twice() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    let open = sitting::open(&world.app, &id, PART).await.unwrap();
    let first = sitting::save(&world.app, &open.sitting, "!! call the bank", 0).await.unwrap();
    // The answer to the first had not come yet.
    let saved = sitting::save(&world.app, &open.sitting, "!! call the bank today", 0).await.unwrap();
    assert_eq!(saved.note.text.matches("call").count(), 1, "{}", saved.note.text);
    assert_eq!(saved.note.text, first.note.text.replace("bank", "bank today"), "and its line has its anchor");
}

#[tokio::test]
async fn a_draft_is_there_after_the_program_went_and_not_once_it_is_saved() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    world.write(&id, "before\n").await;
    let other = world.again().await;
    let open = sitting::open(&other, &id, PART).await.unwrap();
    sitting::draft(&other, &open.sitting, "before\n!! typed\n").await.unwrap();
    let beside = sitting::open(&world.app, &id, PART).await.unwrap();
    assert_eq!(beside.recovered, None, "whose program lives is typing still");
    drop(other);
    let open = sitting::open(&world.app, &id, PART).await.unwrap();
    assert_eq!(open.recovered.as_deref(), Some("before\n!! typed\n"));
    assert_eq!(sitting::unsaved(&world.app).await.unwrap().drafts.len(), 1);
    let again = sitting::open(&world.app, &id, PART).await.unwrap();
    assert_eq!(again.recovered, open.recovered, "offered until it is saved");
    sitting::save(&world.app, &again.sitting, again.recovered.as_deref().unwrap(), again.note.revision).await.unwrap();
    assert_eq!(sitting::open(&world.app, &id, PART).await.unwrap().recovered, None);
    assert!(sitting::unsaved(&world.app).await.unwrap().drafts.is_empty());
}

#[tokio::test]
async fn a_draft_left_behind_is_merged_with_what_became_of_the_note() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    world.write(&id, "one\ntwo\nthree\n").await;
    let other = world.again().await;
    let open = sitting::open(&other, &id, PART).await.unwrap();
    sitting::draft(&other, &open.sitting, "one\ntwo\nthree\nfour\n").await.unwrap();
    drop(other);
    world.write(&id, "zero\none\ntwo\nthree\n").await;
    let open = sitting::open(&world.app, &id, PART).await.unwrap();
    assert_eq!(open.recovered.as_deref(), Some("zero\none\ntwo\nthree\nfour\n"));
}

#[tokio::test]
async fn what_was_typed_when_a_program_ended_is_taken_up_where_the_note_is_as_it_was() {
    let world = World::new().await;
    let still = world.meeting("Still", "2026-11-23T10:00", &[]).await;
    let moved = world.meeting("Moved on", "2026-11-23T11:00", &[]).await;
    let new = world.meeting("New", "2026-11-23T12:00", &[]).await;
    let gone = world.meeting("Gone", "2026-11-23T13:00", &[]).await;
    for id in [&still, &moved] {
        world.write(id, "!! I send the numbers\n").await;
    }
    let other = world.again().await;
    let text = sitting::open(&other, &still, PART).await.unwrap().note.text;
    let longer = text.replace("numbers", "numbers by Wednesday, in the midst of a sen");
    for (id, typed) in [(&still, &*longer), (&moved, &*longer), (&new, "as typed\n"), (&gone, "lost?\n")] {
        let open = sitting::open(&other, id, PART).await.unwrap();
        sitting::draft(&other, &open.sitting, typed).await.unwrap();
    }
    assert_eq!(recover::take_up(&world.app).await.unwrap(), [], "whose program lives is typing still");
    drop(other);
    world.write(&moved, "Something else\n").await;
    meetings::delete(&world.app, &gone).await.unwrap();

    let found = recover::take_up(&world.app).await.unwrap();
    let found: Vec<_> = found.iter().map(|one| (one.title.as_str(), one.is_saved)).collect();
    assert_eq!(found, [("Still", true), ("Moved on", false), ("New", true)]);
    assert_eq!(world.text(&still).await, longer, "with its anchor where it was");
    assert_eq!(world.text(&new).await, "as typed\n");
    assert_eq!(world.text(&moved).await, "Something else\n");
    let again = recover::take_up(&world.app).await.unwrap();
    assert_eq!(again.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["Moved on"]);
    let open = sitting::open(&world.app, &moved, PART).await.unwrap();
    assert!(open.recovered.unwrap().contains("in the midst of a sen"));
    assert_eq!(sitting::unsaved(&world.app).await.unwrap().drafts.len(), 2);

    let undone = undo::last(&world.app).await.unwrap();
    assert_eq!(undone.command.as_deref(), Some("note recover"));
    assert_eq!((world.text(&still).await, world.text(&new).await), (text, String::new()));
}

#[tokio::test]
async fn a_draft_outlives_its_meeting() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    let open = sitting::open(&world.app, &id, PART).await.unwrap();
    meetings::delete(&world.app, &id).await.unwrap();
    sitting::draft(&world.app, &open.sitting, "typed all the same").await.unwrap();
    let failure = sitting::save(&world.app, &open.sitting, "typed all the same", 0).await.unwrap_err();
    assert_eq!(failure.code, "unknown_meeting");
    sitting::close(&world.app, &open.sitting).await.unwrap();
    let left = sitting::unsaved(&world.app).await.unwrap().drafts;
    assert_eq!((left[0].text.as_str(), left[0].title.as_deref()), ("typed all the same", None));
    undo::last(&world.app).await.unwrap();
    let open = sitting::open(&world.app, &id, PART).await.unwrap();
    assert_eq!(open.recovered.as_deref(), Some("typed all the same"));
}

#[tokio::test]
async fn one_sits_at_a_persons_running_note_too() {
    let world = World::new().await;
    let ana = people::new(&world.app, "Ana Silva").await.unwrap().id.to_string();
    let open = sitting::open_person(&world.app, &ana).await.unwrap();
    sitting::draft(&world.app, &open.sitting, "Likes tea\n").await.unwrap();
    let saved = sitting::save(&world.app, &open.sitting, "Likes tea\n!! Ask for the plan\n", 0).await.unwrap();
    assert_eq!((saved.items.len(), saved.merged, saved.note.meeting_id), (1, false, None));
    sitting::close(&world.app, &open.sitting).await.unwrap();
    assert!(people::show(&world.app, &ana).await.unwrap().note.unwrap().starts_with("Likes tea\n!! Ask"));

    let other = world.again().await;
    let open = sitting::open_person(&other, &ana).await.unwrap();
    sitting::draft(&other, &open.sitting, "Likes coffee\n").await.unwrap();
    drop(other);
    let left = sitting::unsaved(&world.app).await.unwrap().drafts;
    assert_eq!((left[0].title.as_deref(), left[0].meeting_id), (Some("Ana Silva"), None));
    let open = sitting::open_person(&world.app, &ana).await.unwrap();
    assert_eq!(open.recovered.as_deref(), Some("Likes coffee\n"));

    // Merged while somebody types: the words go to whom she was merged into.
    let ben = people::new(&world.app, "Ben").await.unwrap().id.to_string();
    people::merge(&world.app, &ben, &ana).await.unwrap();
    sitting::save(&world.app, &open.sitting, "Likes coffee\n", open.note.revision).await.unwrap();
    assert!(people::show(&world.app, &ben).await.unwrap().note.unwrap().contains("Likes coffee"));
}

#[tokio::test]
async fn a_sitting_whose_program_went_is_closed_when_the_vault_is_opened() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    let other = world.again().await;
    let open = sitting::open(&other, &id, PART).await.unwrap();
    sitting::save(&other, &open.sitting, "one\n", 0).await.unwrap();
    world.again().await;
    sitting::save(&other, &open.sitting, "one\ntwo\n", 1).await.unwrap();
    // Killed: nothing is closed.
    drop(other);
    let third = world.again().await;
    let log = undo::last(&third).await.unwrap();
    assert_eq!(log.command.as_deref(), Some("note"));
    assert_eq!(
        world.text(&id).await,
        "",
        "and it was one entry, for the program lived when the vault was opened before"
    );
}

#[tokio::test]
async fn an_editor_that_was_closed_cannot_save() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    let open = sitting::open(&world.app, &id, PART).await.unwrap();
    sitting::close(&world.app, &open.sitting).await.unwrap();
    sitting::close(&world.app, &open.sitting).await.unwrap();
    assert_eq!(sitting::save(&world.app, &open.sitting, "x", 0).await.unwrap_err().code, "unknown_sitting");
    assert_eq!(sitting::draft(&world.app, &open.sitting, "x").await.unwrap_err().code, "unknown_sitting");
}

/// Started by the test below, in the folder of its vault; ended by it.
#[tokio::test]
#[ignore = "is a program that another test kills"]
async fn types_until_it_is_killed() {
    let Ok(app) = App::open(Path::new("."), clock(NOW)).await else { return };
    let day = meetings::list(&app, &meetings::Filter::default()).await.unwrap();
    let open = sitting::open(&app, &day.meetings[0].id.to_string(), PART).await.unwrap();
    let (mut text, mut base) = (open.note.text, open.note.revision);
    for n in 0..100_000 {
        text.push_str(&format!("word {n}\n"));
        sitting::draft(&app, &open.sitting, &text).await.unwrap();
        if n % 7 == 3 {
            base = sitting::save(&app, &open.sitting, &text, base).await.unwrap().note.revision;
        }
        println!("typed {n}");
    }
}

#[tokio::test]
async fn nothing_typed_is_lost_by_a_kill() {
    for round in 0..4_usize {
        let world = World::new().await;
        let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", "sittings::types_until_it_is_killed"])
            .current_dir(world.dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let typed = lines.filter(|line| line.contains("typed")).nth(20 + round * 3).expect("it types");
        child.kill().unwrap();
        child.wait().unwrap();
        let last: usize = typed.rsplit(' ').next().unwrap().parse().unwrap();
        let app = world.again().await;
        let open = sitting::open(&app, &id, PART).await.unwrap();
        let text = open.recovered.unwrap_or(open.note.text);
        for n in 0..=last {
            assert_eq!(text.matches(&format!("word {n}\n")).count(), 1, "{n} of {last}: {text}");
        }
        let doctor = throughline_app::maintenance::doctor(&app, false, None).await.unwrap();
        assert!(doctor.ok, "{doctor:?}");
        assert_eq!(undo::last(&app).await.unwrap().command.as_deref(), Some("note"));
        assert_eq!(notes::show(&app, &id, PART).await.unwrap().text, "", "one step");
    }
}
