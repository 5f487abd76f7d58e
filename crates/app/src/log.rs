//! What the log of changes tells of items and the items themselves do not.

use chrono::{DateTime, Utc};
use throughline_core::graph::{Logged, LoggedKind};
use throughline_core::model::ActionStatus;
use throughline_store::Connection;
use throughline_store::change::{Handover, ItemChange, handovers_since, items_since};

use crate::Result;

/// What was dropped and handed over, and due dates moved, since then.
pub(crate) async fn since(conn: &mut Connection, since: DateTime<Utc>) -> Result<Vec<Logged>> {
    let mut all: Vec<Logged> = items_since(conn, since).await?.into_iter().flat_map(logged).collect();
    all.extend(handovers_since(conn, since).await?.into_iter().map(|Handover { item, at, from, to }| Logged {
        item,
        at,
        kind: LoggedKind::HandedOver { from, to },
    }));
    Ok(all)
}

fn logged(change: ItemChange) -> Vec<Logged> {
    let (item, at) = (change.item, change.at);
    let mut logged = Vec::new();
    let (from, to) = change.due;
    if from != to {
        logged.push(Logged { item, at, kind: LoggedKind::Redated { from, to } });
    }
    if change.status.0 != change.status.1 && change.status.1 == ActionStatus::Dropped {
        logged.push(Logged { item, at, kind: LoggedKind::Dropped });
    }
    logged
}
