//! Undo takes every command back.

use proptest::prelude::*;
use throughline_app::undo;

use crate::config;
use crate::world::{World, command, differences, run, synced};

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn undoing_every_command_leads_back_the_way_it_came(
        calendars in prop::collection::vec(synced(), 0..2),
        ops in prop::collection::vec(command(), 6..14),
    ) {
        run(async {
            let mut world = World::new().await;
            let mut app = world.open().await;
            for op in &calendars {
                world.apply(&mut app, op).await;
            }
            let mut past = Vec::new();
            for op in &ops {
                let (seen, head) = (world.seen(&app).await, world.sound(&app).await);
                world.apply(&mut app, op).await;
                let now = world.sound(&app).await;
                if now != head {
                    past.push((seen, op));
                } else {
                    let found = differences(&seen, &world.seen(&app).await);
                    assert!(found.is_empty(), "{op:?} is not in the log, and did {found:#?}");
                }
            }
            // Pasting a line that was cut is two commands.
            while let Some((seen, op)) = past.pop() {
                let commands = if matches!(op, crate::world::Op::Paste { cut: true, .. }) { 2 } else { 1 };
                let mut found = Vec::new();
                for _ in 0..commands {
                    undo::last(&app).await.expect("undo");
                    found = differences(&seen, &world.seen(&app).await);
                    if found.is_empty() {
                        break;
                    }
                }
                assert!(found.is_empty(), "{op:?} was not taken back: {found:#?}");
                world.sound(&app).await;
            }
        });
    }
}
