//! Which node a word means.

use throughline_core::graph::NodeRef;
use throughline_core::model::{ItemKind, PersonId};
use throughline_store::facts::{self, WantedBeside};
use throughline_store::{Connection, organization};

use super::{Who, node as of_who, unknown};
use crate::view::NodeKind;
use crate::{Failure, Result, actions, resolve};

/// The node of this kind, or of whichever kind has it.
pub(super) async fn node(conn: &mut Connection, kind: Option<NodeKind>, text: &str) -> Result<NodeRef> {
    let item = |kind| (Some(kind), text);
    Ok(match kind {
        Some(NodeKind::Person) => NodeRef::Person(resolve::person(conn, text).await?),
        Some(NodeKind::Organization) => NodeRef::Organization(resolve::organization(conn, text).await?),
        Some(NodeKind::Series) => NodeRef::Series(resolve::series(conn, text).await?),
        Some(NodeKind::Meeting) => NodeRef::Meeting(resolve::meeting(conn, text).await?),
        Some(NodeKind::Action) => NodeRef::Item(one(conn, item(ItemKind::Action)).await?),
        Some(NodeKind::Decision) => NodeRef::Item(one(conn, item(ItemKind::Decision)).await?),
        Some(NodeKind::Question) => NodeRef::Item(one(conn, item(ItemKind::Question)).await?),
        Some(NodeKind::Topic) => topic(conn, text).await?,
        None => any(conn, text).await?,
    })
}

async fn one(conn: &mut Connection, (kind, text): (Option<ItemKind>, &str)) -> Result<throughline_core::model::ItemId> {
    resolve::item(conn, kind, text).await
}

async fn topic(conn: &mut Connection, text: &str) -> Result<NodeRef> {
    let node = NodeRef::Topic(actions::topic(text));
    let any = facts::beside(conn, std::slice::from_ref(&node), &WantedBeside::default()).await?;
    if any.is_empty() { Err(unknown(text)) } else { Ok(node) }
}

async fn any(conn: &mut Connection, text: &str) -> Result<NodeRef> {
    if text.starts_with('#') {
        return topic(conn, text).await;
    }
    if text.starts_with('^') {
        return Ok(NodeRef::Item(resolve::item(conn, None, text).await?));
    }
    let tries = [
        resolve::who(conn, text).await.map(|who| of_who(&who)),
        resolve::meeting(conn, text).await.map(NodeRef::Meeting),
        resolve::item(conn, None, text).await.map(NodeRef::Item),
        resolve::series(conn, text).await.map(NodeRef::Series),
    ];
    let mut found = Vec::new();
    for tried in tries {
        match tried {
            Ok(node) => found.push(node),
            Err(failure) if failure.code.starts_with("unknown_") => {}
            Err(failure) => return Err(failure),
        }
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => match topic(conn, text).await {
            Ok(topic) => Ok(topic),
            Err(_) => Err(unknown(text)),
        },
        _ => Err(Failure::new("ambiguous", "That could be more than one thing.").hint("Give more of the id.")),
    }
}

/// Whose meetings lead away from an end.
pub(super) async fn people(conn: &mut Connection, who: &Who) -> Result<Vec<PersonId>> {
    match who {
        Who::Person(id) => Ok(vec![*id]),
        Who::Organization(id) => Ok(organization::people(conn, *id).await?),
    }
}
