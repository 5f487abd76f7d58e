//! The graph laid out in a canonical order, to compare two of them and to hand one out.

use chrono::NaiveDate;
use petgraph::visit::{EdgeRef, IntoEdgeReferences};

use super::{EdgeKind, Fact, Graph, NodeRef};

/// An edge by the names of its ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EdgeView {
    /// Where it begins.
    pub from: NodeRef,
    /// What it says.
    pub kind: EdgeKind,
    /// Where it ends.
    pub to: NodeRef,
    /// Since when; see [`super::Edge`].
    pub date: Option<NaiveDate>,
    /// How much it counts; see [`super::Edge`].
    pub weight: u8,
}

/// Everything in a graph, in order of name. Graphs of the same facts have equal snapshots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Nodes with what is known of them; topics, and placeholders of [`Graph::snapshot`], have no fact.
    pub nodes: Vec<(NodeRef, Option<Fact>)>,
    /// Edges, no two alike.
    pub edges: Vec<EdgeView>,
}

impl Graph {
    /// Everything, placeholders included: what two graphs must share to answer alike.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let mut nodes: Vec<_> = self.net.node_weights().map(|node| (node.key.clone(), node.fact.clone())).collect();
        nodes.sort_by(|a, b| a.0.cmp(&b.0));
        let mut edges: Vec<_> = self
            .net
            .edge_references()
            .map(|edge| EdgeView {
                from: self.net[edge.source()].key.clone(),
                kind: edge.weight().kind,
                to: self.net[edge.target()].key.clone(),
                date: edge.weight().date,
                weight: edge.weight().weight,
            })
            .collect();
        edges.sort();
        Snapshot { nodes, edges }
    }

    /// Everything there is to show, without placeholders and what leads to them: for exports and the drawn graph. Nobody
    /// attended who declined or was told absent, and what an item says is of the day it was raised on, whenever it was
    /// typed or imported.
    #[must_use]
    pub fn visible(&self) -> Snapshot {
        let mut all = self.snapshot();
        all.nodes.retain(|(key, _)| self.contains(key));
        all.edges.retain(|edge| self.contains(&edge.from) && self.contains(&edge.to));
        all.edges.retain(|edge| edge.kind != EdgeKind::Attended || edge.weight > 1);
        for edge in &mut all.edges {
            if let NodeRef::Item(id) = edge.from {
                edge.date = self.raised_on(id).or(edge.date);
            }
        }
        all
    }
}
