//! The drawn graph as told.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the contract")]
pub enum NodeKind {
    Person,
    Organization,
    Series,
    Meeting,
    Decision,
    Action,
    Question,
    Topic,
}

impl NodeKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Organization,
        Self::Series,
        Self::Meeting,
        Self::Decision,
        Self::Action,
        Self::Question,
        Self::Topic,
    ];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Series => "series",
            Self::Meeting => "meeting",
            Self::Decision => "decision",
            Self::Action => "action",
            Self::Question => "question",
            Self::Topic => "topic",
        }
    }
}

/// `graph`: nodes, the one asked for first, and the edges among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the graph shape")]
pub struct GraphView {
    /// The node asked for.
    pub center: Option<String>,
    pub nodes: Vec<GraphNode>,
    pub edges: Vec<GraphEdge>,
    /// Neighbours that were asked for and are left out.
    pub more: u32,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct GraphNode {
    pub kind: NodeKind,
    /// Of a topic its name.
    pub id: String,
    pub title: String,
    pub date: Option<NaiveDate>,
    /// A meeting's or an item's.
    pub status: Option<String>,
    /// Its edges in the whole vault, private items left out.
    pub degree: u32,
}

/// An edge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct GraphEdge {
    pub from: String,
    pub to: String,
    /// `attended`, `organized`, `member_of`, `occurrence_of`, `continues`, `raised_in`, `decided_by`, `assigned_to`,
    /// `asked_by`, `supersedes`, `blocked_by`, `answers`, `about`, `mentioned`.
    pub kind: String,
    pub date: Option<NaiveDate>,
}

/// How much stands around a node in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct GraphMonth {
    /// `2026-11`.
    pub month: String,
    pub count: u32,
}
