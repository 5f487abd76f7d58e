//! What parts of the network have in common: the edges among them, and the months around a node.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use throughline_core::graph::NodeRef;
use throughline_core::model::{ItemId, MeetingId, OrganizationId, PersonId, SeriesId};
use throughline_store::facts::{self, WantedBeside};
use uuid::Uuid;

use super::{MOST_NODES, draw, find};
use crate::Result;
use crate::app::App;
use crate::view::{GraphEdge, GraphMonth, NodeKind};

/// The edges among nodes that were told before, by kind and id: of parts of the network that were asked for one by one,
/// those that lead from one into another. What is not there, or no id, has none. Of 5,000 nodes at the most.
///
/// # Errors
/// As reading the vault.
pub async fn edges(app: &App, nodes: &[(NodeKind, String)]) -> Result<Vec<GraphEdge>> {
    let nodes: Vec<NodeRef> = nodes.iter().take(MOST_NODES as usize).filter_map(|(kind, id)| node(*kind, id)).collect();
    let conn = &mut *app.look().await?;
    Ok(draw::nodes(app, conn, &nodes).await?.edges)
}

/// How much of these kinds stands around a thing in each month, the earliest first; months with nothing are left out, and
/// what has no date. Nothing is loaded for it.
///
/// # Errors
/// `unknown_person` and the like, `unknown_node`.
pub async fn months(app: &App, kind: NodeKind, id: &str, kinds: &[NodeKind]) -> Result<Vec<GraphMonth>> {
    let conn = &mut *app.look().await?;
    let center = find::node(conn, Some(kind), id).await?;
    let kinds = kinds.iter().map(|kind| kind.as_str()).collect();
    let wanted = WantedBeside { kinds, limit: u32::MAX, ..WantedBeside::default() };
    let zone = app.clock().zone;
    let mut found: BTreeMap<(i32, u32), u32> = BTreeMap::new();
    for neighbour in facts::beside(conn, &[center], &wanted).await?.into_iter().filter(|found| found.wanted) {
        let day = |at: &str| match at.parse::<NaiveDate>() {
            Ok(day) => Some(day),
            Err(_) => Some(at.parse::<DateTime<Utc>>().ok()?.with_timezone(&zone).date_naive()),
        };
        if let Some(day) = neighbour.at.as_deref().and_then(day) {
            *found.entry((day.year(), day.month())).or_default() += 1;
        }
    }
    let told = |((year, month), count)| GraphMonth { month: format!("{year:04}-{month:02}"), count };
    Ok(found.into_iter().map(told).collect())
}

fn node(kind: NodeKind, id: &str) -> Option<NodeRef> {
    let key = || id.parse::<Uuid>().ok();
    Some(match kind {
        NodeKind::Person => NodeRef::Person(PersonId(key()?)),
        NodeKind::Organization => NodeRef::Organization(OrganizationId(key()?)),
        NodeKind::Series => NodeRef::Series(SeriesId(key()?)),
        NodeKind::Meeting => NodeRef::Meeting(MeetingId(key()?)),
        NodeKind::Decision | NodeKind::Action | NodeKind::Question => NodeRef::Item(ItemId(key()?)),
        NodeKind::Topic => NodeRef::Topic(id.to_owned()),
    })
}
