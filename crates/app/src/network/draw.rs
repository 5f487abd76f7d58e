//! Nodes as they are drawn.

use std::collections::{BTreeSet, HashMap};

use throughline_core::graph::{EdgeKind, Graph, NodeRef};
use throughline_core::model::{ItemId, ItemKind};
use throughline_store::Connection;
use throughline_store::facts::{self, WantedBeside};

use crate::Result;
use crate::app::App;
use crate::tell::Teller;
use crate::view::{DecisionStatus, GraphEdge, GraphNode, GraphView, NodeKind, QuestionStatus};

/// What names a node among those drawn.
pub(super) fn id(node: &NodeRef) -> String {
    match node {
        NodeRef::Person(id) => id.to_string(),
        NodeRef::Organization(id) => id.to_string(),
        NodeRef::Series(id) => id.to_string(),
        NodeRef::Meeting(id) => id.to_string(),
        NodeRef::Item(id) => id.to_string(),
        NodeRef::Topic(topic) => topic.clone(),
    }
}

/// The nodes, in the order given, and the edges among them.
pub(super) async fn nodes(app: &App, conn: &mut Connection, shown: &[NodeRef]) -> Result<GraphView> {
    let (facts, _) = facts::of(conn, shown).await?;
    let graph = Graph::build(facts);
    let beside = facts::beside(conn, shown, &WantedBeside::default()).await?;
    let mut degrees: HashMap<&NodeRef, u32> = HashMap::new();
    let mut next: BTreeSet<(&NodeRef, &NodeRef)> = BTreeSet::new();
    for found in &beside {
        degrees.insert(&found.of, found.degree);
        if found.next {
            next.insert((&found.of, &found.node));
        }
    }
    let told = items(app, conn, shown).await?;
    let drawn = shown.iter().filter_map(|node| {
        let degree = degrees.get(node).copied().unwrap_or_default();
        let plain = |kind, title: &str| GraphNode {
            kind,
            id: id(node),
            title: title.to_owned(),
            date: None,
            status: None,
            degree,
        };
        Some(match node {
            NodeRef::Person(id) => plain(NodeKind::Person, &graph.person(*id)?.name),
            NodeRef::Organization(id) => plain(NodeKind::Organization, &graph.organization(*id)?.name),
            NodeRef::Series(id) => plain(NodeKind::Series, &graph.series(*id)?.title),
            NodeRef::Meeting(id) => {
                let meeting = graph.meeting(*id)?;
                let date = Some(meeting.times.date(app.clock().zone));
                let status = Some(meeting.status.as_str().to_owned());
                GraphNode { date, status, ..plain(NodeKind::Meeting, &meeting.title) }
            }
            NodeRef::Item(id) => GraphNode { degree, ..told.get(id)?.clone() },
            NodeRef::Topic(topic) => plain(NodeKind::Topic, topic),
        })
    });
    let drawn: Vec<GraphNode> = drawn.collect();
    let there: BTreeSet<&NodeRef> = shown.iter().collect();
    let mut edges: Vec<GraphEdge> = graph
        .visible()
        .edges
        .iter()
        .filter(|edge| there.contains(&edge.from) && there.contains(&edge.to))
        // Of a series with gaps, only those that follow each other do.
        .filter(|edge| edge.kind != EdgeKind::Continues || next.contains(&(&edge.from, &edge.to)))
        .map(|edge| GraphEdge {
            from: id(&edge.from),
            to: id(&edge.to),
            kind: edge.kind.as_str().to_owned(),
            date: match &edge.from {
                NodeRef::Item(id) => told.get(id).and_then(|item| item.date).or(edge.date),
                _ => edge.date,
            },
        })
        .collect();
    edges.sort();
    Ok(GraphView { center: None, nodes: drawn, edges, more: 0 })
}

/// Items with how they stand, which needs more than themselves.
async fn items(app: &App, conn: &mut Connection, shown: &[NodeRef]) -> Result<HashMap<ItemId, GraphNode>> {
    let ids = shown.iter().filter_map(|node| if let NodeRef::Item(id) = node { Some(*id) } else { None });
    let told = Teller::new(conn, *app.clock()).items_by_ids(&ids.collect::<Vec<_>>()).await?;
    let mut found = HashMap::new();
    let mut put = |kind: ItemKind, id: ItemId, title: String, date, status: &str| {
        let kind = match kind {
            ItemKind::Action => NodeKind::Action,
            ItemKind::Decision => NodeKind::Decision,
            ItemKind::Question => NodeKind::Question,
        };
        let status = Some(status.to_owned());
        found.insert(id, GraphNode { kind, id: id.to_string(), title, date, status, degree: 0 });
    };
    for action in told.actions {
        let date = action.meeting_date.or(Some(action.created_at.date()));
        put(ItemKind::Action, action.id, action.text, date, action.status.as_str());
    }
    for decision in told.decisions {
        let status = match decision.status {
            DecisionStatus::Proposed => "proposed",
            DecisionStatus::Holds => "holds",
            DecisionStatus::Superseded => "superseded",
        };
        put(ItemKind::Decision, decision.id, decision.text, decision.meeting_date, status);
    }
    for question in told.questions {
        let status = if question.status == QuestionStatus::Open { "open" } else { "answered" };
        put(ItemKind::Question, question.id, question.text, question.meeting_date, status);
    }
    Ok(found)
}
