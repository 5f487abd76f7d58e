//! Syncing what was synced changes nothing, and no note is lost on the way.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use crate::calendars::Event;
use crate::config;
use crate::world::{Op, World, command, run, synced};

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn a_second_sync_changes_nothing_and_notes_keep_their_meetings(
        rounds in prop::collection::vec((synced(), prop::collection::vec(command(), 0..4)), 2..5),
    ) {
        run(async {
            let mut world = World::new().await;
            let mut app = world.open().await;
            let mut sharing = BTreeSet::new();
            for (sync, ops) in &rounds {
                if let Op::Sync { file, events } = sync
                    && events.iter().any(Event::is_shared)
                {
                    sharing.insert(file);
                }
                let before = notes(&world.seen(&app).await);
                world.apply(&mut app, sync).await;
                if sharing.len() > 1 {
                    // Where the calendar that leads has let go of a meeting, what the other says of it is taken over when
                    // that one is next asked.
                    let [added, _, removed] = world.sync(&app).await;
                    assert_eq!([added, removed], [0; 2], "after {sync:?}");
                }
                let seen = world.seen(&app).await;
                let after = notes(&seen);
                let lost: Vec<_> = before.difference(&after).collect();
                assert!(lost.is_empty(), "{sync:?} lost {lost:#?}");
                let meetings: BTreeSet<_> = list(&seen, "meetings").map(|meeting| meeting["id"].to_string()).collect();
                for note in list(&seen, "notes") {
                    assert!(meetings.contains(&note["meeting_id"].to_string()), "{note} hangs on nothing");
                }
                assert_eq!(world.sync(&app).await, [0; 3], "after {sync:?}");
                assert_eq!(world.seen(&app).await, seen);
                world.sound(&app).await;
                for op in ops.iter().filter(|op| !matches!(op, Op::Delete(_) | Op::Relink(..))) {
                    world.apply(&mut app, op).await;
                }
                assert_eq!(world.sync(&app).await, [0; 3], "after {ops:?}");
            }
        });
    }
}

/// Each note with the meeting it hangs on.
fn notes(seen: &Value) -> BTreeSet<String> {
    list(seen, "notes").map(|note| format!("{} {} {}", note["meeting_id"], note["part"], note["text"])).collect()
}

fn list<'a>(seen: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    seen[name].as_array().into_iter().flatten()
}
