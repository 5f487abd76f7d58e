//! The network as the window puts it together: from parts, with the months around its middle.

use throughline_app::network::{self, Around};
use throughline_app::view::NodeKind;

use crate::world::World;

const ANA: &str = "Ana Silva <ana@acme.example>";

#[tokio::test]
async fn parts_of_the_network_are_tied_together_and_months_count_what_is_not_drawn() {
    let world = World::new().await;
    for (title, start) in [("First", "2026-09-01T10:00"), ("Second", "2026-10-01T10:00"), ("Third", "2026-11-01T00:30")]
    {
        let id = world.meeting(title, start, &[ANA]).await;
        world.write(&id, &format!("!! @ana writes up the {title} one\n")).await;
    }
    let part = async |kinds: &[NodeKind]| {
        let ask = Around { kinds: kinds.to_vec(), limit: Some(2), ..Around::default() };
        network::around(&world.app, None, "ana@acme.example", &ask).await.unwrap()
    };
    let (meetings, items) = (part(&[NodeKind::Meeting]).await, part(&[NodeKind::Action]).await);
    let raised =
        |edges: &[throughline_app::view::GraphEdge]| edges.iter().filter(|edge| edge.kind == "raised_in").count();
    assert_eq!((raised(&meetings.edges), raised(&items.edges)), (0, 0), "neither part has both ends");
    let all = meetings.nodes.iter().chain(&items.nodes).map(|node| (node.kind, node.id.clone()));
    let edges = network::edges(&world.app, &all.collect::<Vec<_>>()).await.unwrap();
    assert_eq!(raised(&edges), 2, "{edges:#?}");
    assert_eq!(network::edges(&world.app, &[(NodeKind::Person, "nobody".to_owned())]).await.unwrap(), []);

    let ana = meetings.center.unwrap();
    let months = async |kinds: &[NodeKind]| {
        let told = network::months(&world.app, NodeKind::Person, &ana, kinds).await.unwrap();
        told.into_iter().map(|one| (one.month, one.count)).collect::<Vec<_>>()
    };
    let each = |count| ["2026-09", "2026-10", "2026-11"].map(|month| (month.to_owned(), count)).to_vec();
    assert_eq!(months(&[NodeKind::Meeting]).await, each(1), "in the user's zone");
    assert_eq!(months(&[NodeKind::Meeting, NodeKind::Action]).await, each(2));
    assert_eq!(months(&[NodeKind::Organization]).await, [], "it is of no time");
}
