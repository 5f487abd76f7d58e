//! Taking back the one command that a toast tells of.

use throughline_app::model::{ActionStatus, NotePart};
use throughline_app::notes::sitting;
use throughline_app::{App, actions, undo};

use crate::world::World;

const PART: NotePart = NotePart::Notes;

/// Ticks it, and tells the entry.
async fn tick(app: &App, action: &str) -> i64 {
    let (app, logged) = app.logging();
    assert_eq!(logged.entry(), None, "nothing was done yet");
    actions::set_status(&app, &[action.to_owned()], ActionStatus::Done).await.unwrap();
    logged.entry().unwrap()
}

/// The vault, its meeting and the two actions of that.
async fn world() -> (World, String, Vec<String>) {
    let world = World::new().await;
    let talk = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    world.write(&talk, "- [ ] one\n- [ ] two\n").await;
    let ids = actions::list(&world.app, &actions::Filter::default()).await.unwrap().actions;
    let id = |text: &str| ids.iter().find(|action| action.text == text).unwrap().id.to_string();
    let ids = vec![id("one"), id("two")];
    (world, talk, ids)
}

async fn done(app: &App) -> Vec<String> {
    let all = actions::list(app, &actions::Filter::default()).await.unwrap().actions;
    all.into_iter().filter(|action| action.status == ActionStatus::Done).map(|action| action.text).collect()
}

#[tokio::test]
async fn a_command_is_taken_back_where_nothing_was_done_since_and_once() {
    let (world, _, ids) = world().await;
    let entry = tick(&world.app, &ids[0]).await;
    let undone = undo::one(&world.app, entry).await.unwrap();
    assert_eq!(undone.what.as_deref(), Some("ticked “one”"));
    assert_eq!(done(&world.app).await, [""; 0]);
    assert_eq!(undo::one(&world.app, entry).await.unwrap_err().code, "undone_already");
    assert_eq!(undo::last(&world.app).await.unwrap().command.as_deref(), Some("note set"));
}

#[tokio::test]
async fn what_another_program_did_since_is_not_taken_back_in_its_stead() {
    let (world, _, ids) = world().await;
    let entry = tick(&world.app, &ids[0]).await;
    let other = world.again().await;
    actions::set_status(&other, &ids[1..], ActionStatus::Done).await.unwrap();
    let refused = undo::one(&world.app, entry).await.unwrap_err();
    assert_eq!((refused.code, refused.hint.is_some()), ("moved_on", true));
    assert_eq!(done(&world.app).await, ["one", "two"], "nothing was taken back");
    // That first, then this one.
    assert_eq!(undo::last(&world.app).await.unwrap().what.as_deref(), Some("ticked “two”"));
    assert_eq!(undo::one(&world.app, entry).await.unwrap().what.as_deref(), Some("ticked “one”"));
}

#[tokio::test]
async fn a_command_that_changes_nothing_has_no_entry() {
    let (world, _, ids) = world().await;
    tick(&world.app, &ids[0]).await;
    let (app, logged) = world.app.logging();
    actions::set_status(&app, &ids[..1], ActionStatus::Done).await.unwrap();
    assert_eq!(logged.entry(), None);
}

#[tokio::test]
async fn what_is_typed_at_another_note_stands_in_nobodys_way_and_stays() {
    let (world, _, ids) = world().await;
    let other = world.meeting("Other", "2026-11-23T12:00", &[]).await;
    let open = sitting::open(&world.app, &other, PART).await.unwrap();
    let saved = sitting::save(&world.app, &open.sitting, "typed before\n", open.note.revision).await.unwrap();
    let entry = tick(&world.app, &ids[0]).await;
    let typed = "typed before\nand after\n";
    sitting::save(&world.app, &open.sitting, typed, saved.note.revision).await.unwrap();
    assert_eq!(undo::one(&world.app, entry).await.unwrap().what.as_deref(), Some("ticked “one”"));
    assert_eq!(world.text(&other).await, typed);
    // The sitting is still the one it was.
    sitting::close(&world.app, &open.sitting).await.unwrap();
    assert_eq!(undo::last(&world.app).await.unwrap().command.as_deref(), Some("note"));
    assert_eq!(world.text(&other).await, "");
}

#[tokio::test]
async fn what_is_typed_at_the_same_note_since_was_done_since() {
    let (world, talk, ids) = world().await;
    let open = sitting::open(&world.app, &talk, PART).await.unwrap();
    let text = format!("{}typed before\n", open.note.text);
    let saved = sitting::save(&world.app, &open.sitting, &text, open.note.revision).await.unwrap();
    let entry = tick(&world.app, &ids[0]).await;
    let more = saved.note.text.replacen("typed before", "typed before and after", 1);
    sitting::save(&world.app, &open.sitting, &more, saved.note.revision).await.unwrap();
    assert_eq!(undo::one(&world.app, entry).await.unwrap_err().code, "moved_on");
    assert!(world.text(&talk).await.contains("and after"));
    assert_eq!(done(&world.app).await, ["one"]);
}
