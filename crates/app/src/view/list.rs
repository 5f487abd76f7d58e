//! A stretch of a long list, as the window scrolls through it.

use serde::Serialize;
use throughline_core::model::{ActionStatus, ItemId};

use super::Action;

/// A stretch of a list of actions, and how the whole stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct ActionStretch {
    /// Of which state of the vault the list is: stretches of one state fit together.
    pub seq: i64,
    /// How many the whole list has.
    pub total: usize,
    /// The groups of the whole list, in order, each with how many it holds.
    pub groups: Vec<ListGroup>,
    /// Where the first of `rows` stands: a list that became shorter ends with them.
    pub from: usize,
    pub rows: Vec<Action>,
    /// Those of the ids asked for that are in the list.
    pub found: Vec<ListPlace>,
    /// Topics of the list before words narrowed it, the most frequent first.
    pub topics: Vec<String>,
}

/// Rows that stand under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct ListGroup {
    /// The same as long as the group is the same: `late`, a person's id, a meeting's.
    pub key: String,
    pub title: String,
    pub count: usize,
}

/// Where an action stands in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct ListPlace {
    pub id: ItemId,
    pub at: usize,
    pub status: ActionStatus,
}
