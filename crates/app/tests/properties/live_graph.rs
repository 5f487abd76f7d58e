//! The live graph is the graph a fresh build makes.

use proptest::prelude::*;
use throughline_app::meetings::NewMeeting;
use throughline_app::{App, meetings, people, undo};
use throughline_core::graph::{Graph, Snapshot};

use crate::config;
use crate::world::{World, op, run};

proptest! {
    #![proptest_config(config(16))]

    /// Two programs hold the vault, and take turns; the graph of each is kept current by what the feed says.
    #[test]
    fn live_graphs_equal_one_built_anew_whatever_is_done(ops in prop::collection::vec(op(), 8..18)) {
        run(async {
            let mut world = World::new().await;
            let mut apps = [world.open().await, world.open().await];
            for app in &apps {
                snapshot(app).await;
            }
            for (turn, op) in ops.iter().enumerate() {
                world.apply(&mut apps[turn % 2], op).await;
                let fresh = snapshot(&world.open().await).await;
                for (number, app) in apps.iter().enumerate() {
                    same(&fresh, &snapshot(app).await, &format!("program {number} after {turn}: {op:?}"));
                }
            }
            world.sound(&apps[0]).await;
        });
    }
}

/// The user is at their own meetings without anybody saying so, whoever they turn out to be.
#[test]
fn live_graphs_follow_the_user_through_a_merge() {
    run(async {
        let world = World::new().await;
        let (app, other) = (world.open().await, world.open().await);
        let new = |title: &str, who: &[&str]| NewMeeting {
            title: title.to_owned(),
            start: "2026-11-20".to_owned(),
            end: None,
            attendees: who.iter().map(|who| (*who).to_owned()).collect(),
        };
        meetings::new(&app, &new("Alone", &[])).await.expect("a meeting");
        meetings::new(&app, &new("Together", &["ana.silva@acme.com"])).await.expect("a meeting");
        snapshot(&other).await;
        people::merge(&app, "ana.silva@acme.com", "me").await.expect("merged");
        same(&snapshot(&world.open().await).await, &snapshot(&other).await, "merged");
        undo::last(&app).await.expect("undone");
        same(&snapshot(&world.open().await).await, &snapshot(&other).await, "undone");
    });
}

async fn snapshot(app: &App) -> Snapshot {
    app.with_graph(Graph::snapshot).await.expect("a graph")
}

fn same(fresh: &Snapshot, live: &Snapshot, when: &str) {
    if fresh == live {
        return;
    }
    let missing: Vec<_> = fresh.nodes.iter().filter(|node| !live.nodes.contains(node)).collect();
    let surplus: Vec<_> = live.nodes.iter().filter(|node| !fresh.nodes.contains(node)).collect();
    let unlinked: Vec<_> = fresh.edges.iter().filter(|edge| !live.edges.contains(edge)).collect();
    let overlinked: Vec<_> = live.edges.iter().filter(|edge| !fresh.edges.contains(edge)).collect();
    panic!("{when}\nmissing {missing:#?}\nsurplus {surplus:#?}\nunlinked {unlinked:#?}\noverlinked {overlinked:#?}");
}
