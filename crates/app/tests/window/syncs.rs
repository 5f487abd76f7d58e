//! Syncs that run while somebody works.

use throughline_app::model::ActionStatus;
use throughline_app::sync::{self, Options};
use throughline_app::{NoProgress, accounts, actions, meetings, queue, undo};

use crate::world::World;

fn weekly(day: u32) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:one@x\r\nSUMMARY:1:1\r\n\
         DTSTART;TZID=Europe/Berlin:202611{day}T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=8\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

#[tokio::test]
async fn a_sync_that_ran_by_itself_is_not_what_undo_takes_back() {
    let world = World::new().await;
    let file = world.dir.path().join("one.ics");
    std::fs::write(&file, weekly(24)).unwrap();
    accounts::add_ics(&world.app, file.to_str().unwrap(), None).await.unwrap();
    let run = async |by_itself| {
        let options = Options { by_itself, ..Options::default() };
        sync::run(&world.app, &options, &NoProgress).await.unwrap();
    };
    run(true).await;
    let all = meetings::list(&world.app, &meetings::Filter::default()).await.unwrap().meetings;
    let noted = all[2].id.to_string();
    world.write(&noted, "- [ ] @mia Send the draft\n").await;
    let action = actions::list(&world.app, &actions::Filter::default()).await.unwrap().actions[0].id.to_string();
    actions::set_status(&world.app, std::slice::from_ref(&action), ActionStatus::Done).await.unwrap();

    std::fs::write(&file, weekly(26)).unwrap();
    run(true).await;
    let moved = queue::list(&world.app).await.unwrap().moved;
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0].meeting_id.to_string(), noted);
    // The user's own last command, and not what happened behind their back.
    let undone = undo::last(&world.app).await.unwrap();
    assert_eq!(undone.what.as_deref(), Some("ticked “Send the draft”"));
    assert_eq!(queue::list(&world.app).await.unwrap().moved, moved, "still there, still to be taken back");
    let undone = undo::moves(&world.app).await.unwrap();
    assert_eq!(undone.command.as_deref(), Some("background sync"));
    assert_eq!(undone.what.as_deref(), Some("moved “1:1” of 10 Dec with its series"));
    assert_eq!(queue::list(&world.app).await.unwrap().queue.len(), 1);

    // One that somebody asked for, and that told what it moved, is their last command.
    std::fs::write(&file, weekly(24)).unwrap();
    run(true).await;
    std::fs::write(&file, weekly(26)).unwrap();
    run(false).await;
    assert_eq!(undo::last(&world.app).await.unwrap().command.as_deref(), Some("sync"));
}

#[tokio::test]
async fn what_a_sync_moved_is_told_until_it_was_seen_and_again_once_one_moves_more() {
    let world = World::new().await;
    let file = world.dir.path().join("one.ics");
    std::fs::write(&file, weekly(24)).unwrap();
    accounts::add_ics(&world.app, file.to_str().unwrap(), None).await.unwrap();
    let run = async || {
        let options = Options { by_itself: true, ..Options::default() };
        sync::run(&world.app, &options, &NoProgress).await.unwrap();
        sync::status(&world.app).await.unwrap().moved
    };
    assert_eq!(run().await, 0);
    let all = meetings::list(&world.app, &meetings::Filter::default()).await.unwrap().meetings;
    world.write(&all[2].id.to_string(), "noted\n").await;
    std::fs::write(&file, weekly(26)).unwrap();
    assert_eq!(run().await, 1);
    undo::see_moves(&world.app).await.unwrap();
    // Whoever opens the vault anew is not told again; the queue's page still lists it.
    let again = world.again().await;
    assert_eq!(sync::status(&again).await.unwrap().moved, 0);
    assert_eq!(queue::list(&again).await.unwrap().moved.len(), 1);
    // To have seen it is nothing to take back.
    assert_eq!(undo::last(&again).await.unwrap().command.as_deref(), Some("note set"));
    std::fs::write(&file, weekly(25)).unwrap();
    world.write(&all[3].id.to_string(), "noted too\n").await;
    assert!(run().await > 0, "another sync moved something");
}
