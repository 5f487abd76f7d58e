//! What the window asks the network with, and queries as it is told of them: flat, and numbers in words.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;
use throughline_app::queries;
use throughline_app::view::{self, Evidence, MarkStatus, NodeKind};

/// A query kept by name.
#[derive(Debug, Clone, Serialize, Type)]
pub struct QueryName {
    pub name: String,
    pub expression: String,
    /// What it asks for; empty where it cannot be read any more.
    pub kind: String,
}

impl From<view::SavedQuery> for QueryName {
    fn from(saved: view::SavedQuery) -> Self {
        let view::SavedQuery { name, expression, kind } = saved;
        Self { name, expression, kind: kind.unwrap_or_default() }
    }
}

/// A query kept by name, with how much it finds now.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SavedQuery {
    pub name: String,
    pub expression: String,
    /// What it asks for; empty where it cannot be read any more.
    pub kind: String,
    pub count: usize,
}

impl SavedQuery {
    #[must_use]
    pub fn of((saved, count): (view::SavedQuery, Option<usize>)) -> Self {
        let view::SavedQuery { name, expression, kind } = saved;
        Self { name, expression, kind: kind.unwrap_or_default(), count: count.unwrap_or_default() }
    }
}

/// What a query found.
#[derive(Debug, Clone, Serialize, Type)]
pub struct QueryResult {
    pub name: Option<String>,
    pub expression: String,
    pub kind: String,
    pub explained: String,
    pub rows: Vec<QueryRow>,
}

/// One thing found.
#[derive(Debug, Clone, Serialize, Type)]
pub struct QueryRow {
    pub kind: String,
    pub id: String,
    pub title: String,
    pub detail: Option<String>,
    pub date: Option<NaiveDate>,
    /// How an item stands; none of what is no item.
    pub status: Option<MarkStatus>,
    /// In words: `36 days ago`.
    pub value: Option<String>,
    pub evidence: Vec<Evidence>,
}

impl From<view::QueryResult> for QueryResult {
    fn from(found: view::QueryResult) -> Self {
        let view::QueryResult { name, expression, kind, explained, rows, value: _ } = found;
        let rows = rows.into_iter().map(|row| {
            let view::QueryRow { kind, id, title, detail, date, status, told, evidence, value: _ } = row;
            QueryRow { kind, id, title, detail, date, status, value: told, evidence }
        });
        Self { name, expression, kind, explained, rows: rows.collect() }
    }
}

/// What may be asked of a kind.
#[derive(Debug, Clone, Serialize, Type)]
pub struct QueryKey {
    pub kind: String,
    pub key: String,
    pub does: String,
    pub examples: Vec<String>,
}

impl QueryKey {
    /// Every key of every kind.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let kinds = queries::keys().kinds.into_iter();
        let keys = kinds.flat_map(|kind| kind.keys.into_iter().map(move |key| (kind.kind, key)));
        let told = |(kind, key): (&str, view::QueryKey)| Self {
            kind: kind.to_owned(),
            key: key.name.to_owned(),
            does: key.says.to_owned(),
            examples: key.examples,
        };
        keys.map(told).collect()
    }
}

/// A node that was told before.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct NodeAsk {
    pub kind: NodeKind,
    pub id: String,
}

/// What to draw around a node.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct GraphAsk {
    pub depth: Option<u32>,
    pub kinds: Vec<NodeKind>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub limit: Option<u32>,
}
