//! A stretch of a long list, as the window scrolls through it.

use serde::Serialize;
use throughline_core::model::{ActionStatus, ItemId, PersonId};

use super::{Action, Decision, PersonRow, Question};

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

/// A stretch of a list of decisions, and how the whole stands. As [`ActionStretch`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct DecisionStretch {
    pub seq: i64,
    pub total: usize,
    pub groups: Vec<ListGroup>,
    pub from: usize,
    pub rows: Vec<DecisionRow>,
    pub found: Vec<RowPlace>,
    pub topics: Vec<String>,
    pub counts: DecisionCounts,
}

/// A decision in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct DecisionRow {
    #[serde(flatten)]
    pub decision: Decision,
    /// Its place in its supersede chain, 1 for the oldest.
    pub place: u32,
}

/// How the decisions stand that words and filter keep, whether shown or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct DecisionCounts {
    pub hold: usize,
    pub superseded: usize,
    pub proposed: usize,
    /// Those that hold and are due to be looked at again.
    pub revisit: usize,
}

/// What may take a decision's place, or be replaced by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct DecisionOffers {
    pub decisions: Vec<Decision>,
    /// How many there are, told or not.
    pub total: usize,
}

/// A stretch of a list of questions, and how the whole stands. As [`ActionStretch`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct QuestionStretch {
    pub seq: i64,
    pub total: usize,
    pub groups: Vec<ListGroup>,
    pub from: usize,
    pub rows: Vec<Question>,
    pub found: Vec<RowPlace>,
    pub topics: Vec<String>,
}

/// A stretch of a list of people, and how the whole stands. As [`ActionStretch`]; the one group has no heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct PersonStretch {
    pub seq: i64,
    pub total: usize,
    pub groups: Vec<ListGroup>,
    pub from: usize,
    pub rows: Vec<PersonRow>,
    pub found: Vec<RowPlace>,
    /// How many there are besides the user, whatever was asked for.
    pub others: usize,
}

/// What somebody is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct PersonName {
    pub id: PersonId,
    pub name: String,
}

/// Where something stands in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct RowPlace {
    pub id: String,
    pub at: usize,
}
