//! What the graph answers: ledger, path, trace, who matters where.

use std::collections::HashSet;

use throughline_core::graph::{Fact, Graph, NodeRef, Party};
use throughline_core::model::{ItemKind, MeetingId, PersonId};
use throughline_store::{Connection, facts, item, organization, person};

use crate::app::App;
use crate::resolve::Who;
use crate::tell::Teller;
use crate::view::{self, TracedItem};
use crate::{Failure, Result, moved, network, resolve};

/// What the user owes somebody, what they owe the user, and which questions wait between them.
///
/// # Errors
/// `unknown_person`, `ambiguous`.
pub async fn ledger(app: &App, who: &str) -> Result<view::Ledger> {
    let conn = &mut *app.look().await?;
    let me = person::me(conn).await?.map(|me| me.id);
    let (party, facts, who) = match resolve::who(conn, who).await? {
        Who::Person(id) => {
            let name = person::get(conn, id).await?.map(|person| person.name).unwrap_or_default();
            let who = view::Who { kind: "person", id: id.to_string(), name };
            (Party::Person(id), facts::around_people(conn, &[id]).await?, who)
        }
        Who::Organization(id) => {
            let name = organization::get(conn, id).await?.map(|found| found.name).unwrap_or_default();
            let who = view::Who { kind: "organization", id: id.to_string(), name };
            (Party::Organization(id), facts::around_organization(conn, id).await?, who)
        }
    };
    let ledger = Graph::build(facts).ledger(party, &app.view(me));
    let mut teller = Teller::new(conn, *app.clock());
    Ok(view::Ledger {
        who,
        i_owe: teller.items_by_ids(&ledger.i_owe).await?.actions,
        they_owe: teller.items_by_ids(&ledger.they_owe).await?.actions,
        waiting_on: teller.items_by_ids(&ledger.waiting_on).await?.questions,
    })
}

/// How two people or organizations are connected: the shortest way through meetings.
///
/// # Errors
/// `unknown_person`, `ambiguous`.
pub async fn path(app: &App, a: &str, b: &str) -> Result<view::Path> {
    let way = network::way(app, a, b).await?;
    let (facts, _) = facts::of(&mut *app.look().await?, &way).await?;
    let graph = Graph::build(facts);
    Ok(view::Path { steps: way.iter().filter_map(|node| step(app, &graph, node)).collect() })
}

/// Where an item comes from, through which notes it was moved, what touched it, what it waits for and what waits for it.
///
/// # Errors
/// `unknown_item`, `ambiguous`.
pub async fn trace(app: &App, text: &str) -> Result<view::Trace> {
    let conn = &mut *app.look().await?;
    let id = resolve::item(conn, None, text).await?;
    let kind = item::get(conn, id).await?.map(|item| item.kind);
    let before = moved::stood_in(conn, id).await?;
    let mut around = facts::around_item(conn, id).await?;
    let known: HashSet<NodeRef> = around.iter().map(Fact::node).collect();
    let others: Vec<NodeRef> =
        before.iter().map(|id| NodeRef::Meeting(*id)).filter(|node| !known.contains(node)).collect();
    around.extend(facts::of(conn, &others).await?.0);
    let graph = Graph::build(around);
    let trace = graph.trace_from(id, &before).ok_or_else(gone)?;
    let told = Teller::new(conn, *app.clock()).items_by_ids(&[id]).await?;
    let item = match kind {
        Some(ItemKind::Action) => told.actions.into_iter().next().map(TracedItem::Action),
        Some(ItemKind::Decision) => told.decisions.into_iter().next().map(TracedItem::Decision),
        Some(ItemKind::Question) => told.questions.into_iter().next().map(TracedItem::Question),
        None => None,
    };
    let steps = trace.steps.iter().filter_map(|found| {
        let told = step(app, &graph, &found.node)?;
        Some(view::Step { date: Some(found.date), ..told })
    });
    let named = |ids: &[throughline_core::model::ItemId]| -> Vec<view::Step> {
        ids.iter().filter_map(|id| step(app, &graph, &NodeRef::Item(*id))).collect()
    };
    Ok(view::Trace {
        item: item.ok_or_else(gone)?,
        steps: steps.collect(),
        blocks: named(&trace.blocks),
        blocked_by: named(&trace.blocked_by),
    })
}

fn gone() -> Failure {
    Failure::new("unknown_item", "The item is not there any more.")
}

/// A node as told; none where the graph does not know it.
pub(crate) fn step(app: &App, graph: &Graph, node: &NodeRef) -> Option<view::Step> {
    let told = |kind: &str, id: String, title: &str, date| view::Step {
        kind: kind.to_owned(),
        id,
        title: title.to_owned(),
        date,
    };
    Some(match node {
        NodeRef::Person(id) => told("person", id.to_string(), &graph.person(*id)?.name, None),
        NodeRef::Organization(id) => told("organization", id.to_string(), &graph.organization(*id)?.name, None),
        NodeRef::Series(id) => told("series", id.to_string(), &graph.series(*id)?.title, None),
        NodeRef::Meeting(id) => {
            let meeting = graph.meeting(*id)?;
            told("meeting", id.to_string(), &meeting.title, Some(meeting.times.date(app.clock().zone)))
        }
        NodeRef::Item(id) => {
            let item = graph.item(*id)?;
            told(item.kind.as_str(), id.to_string(), &item.text, graph.raised_on(*id))
        }
        NodeRef::Topic(topic) => told("topic", topic.clone(), topic, None),
    })
}

/// A meeting as what proves something.
pub(crate) fn evidence(app: &App, graph: &Graph, id: MeetingId, sentence: Option<String>) -> Option<view::Evidence> {
    let meeting = graph.meeting(id)?;
    let (title, date) = (meeting.title.clone(), meeting.times.date(app.clock().zone));
    Some(view::Evidence { kind: "meeting".to_owned(), id, meeting_id: id, item_id: None, title, date, sentence })
}

/// Whether a person is known to be the user.
pub(crate) async fn me(conn: &mut Connection) -> Result<Option<PersonId>> {
    Ok(person::me(conn).await?.map(|me| me.id))
}
