//! A vault is looked at while others write to it.

use throughline_app::meetings::{self, NewMeeting};
use throughline_app::people;

use crate::world::{World, run};

#[test]
fn the_doctor_waits_for_whoever_writes() {
    run(async {
        let world = World::new().await;
        let (app, other) = (world.open().await, world.open().await);
        let new = NewMeeting { title: "One".to_owned(), start: "2026-11-20".to_owned(), ..NewMeeting::default() };
        let writing = async {
            for _ in 0..40 {
                meetings::new(&other, &new).await.expect("a meeting");
                people::unmerge(&other, "me").await.expect_err("nobody was merged");
            }
        };
        let looking = async {
            for _ in 0..40 {
                world.sound(&app).await;
            }
        };
        tokio::join!(writing, looking);
    });
}
