//! What the graph and the search answer, as told.

use chrono::NaiveDate;
use serde::Serialize;
use throughline_core::model::{ItemId, MeetingId, NotePart, PersonId};

use super::{Action, MarkStatus, Owner, Question};

/// `ledger`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the ledger shape")]
pub struct Ledger {
    pub who: Who,
    pub i_owe: Vec<Action>,
    pub they_owe: Vec<Action>,
    pub waiting_on: Vec<Question>,
}

/// A person or an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Who {
    /// `person` or `organization`.
    pub kind: &'static str,
    pub id: String,
    pub name: String,
}

/// A node of the graph, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Step {
    /// `person`, `organization`, `series`, `meeting`, `action`, `decision`, `question`, `topic`.
    pub kind: String,
    pub id: String,
    pub title: String,
    pub date: Option<NaiveDate>,
}

/// `path`: from one to the other, both ends included; empty where nothing connects them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the path shape")]
pub struct Path {
    pub steps: Vec<Step>,
}

/// `trace`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the trace shape")]
pub struct Trace {
    pub item: TracedItem,
    pub steps: Vec<Step>,
    pub blocks: Vec<Step>,
    pub blocked_by: Vec<Step>,
}

/// An item of any kind, in its own shape with its `kind` beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the kinds")]
pub enum TracedItem {
    Action(Action),
    Decision(super::Decision),
    Question(Question),
}

/// `central`, most central first.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the central shape")]
pub struct Central {
    pub people: Vec<CentralPerson>,
    /// People who meet each other, the largest group first; the user, who would join them all, left out.
    pub clusters: Vec<Cluster>,
}

/// People who belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Cluster {
    /// Those who matter most first.
    pub people: Vec<super::PersonRef>,
}

/// How central a person is.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct CentralPerson {
    pub person_id: PersonId,
    pub name: String,
    #[specta(type = super::Number)]
    pub score: f64,
}

/// `search`.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the search shape")]
pub struct Search {
    pub hits: Vec<Hit>,
    #[specta(type = super::Number)]
    pub took_ms: f64,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Hit {
    /// `meeting`, `note`, `action`, `decision`, `question`, `person`, `topic`, `organization`.
    pub kind: String,
    pub id: String,
    pub title: String,
    /// How an item stands, as in the lists of its kind; none of what is no item.
    pub status: Option<MarkStatus>,
    /// Whose an action is.
    pub owners: Vec<Owner>,
    /// What was found is between U+E000 and U+E001 in the views; the command's JSON has it plain.
    pub snippet: String,
    pub meeting_id: Option<MeetingId>,
    pub note_part: Option<NotePart>,
    pub date: Option<NaiveDate>,
    #[specta(type = super::Number)]
    pub score: f64,
}

impl TracedItem {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> ItemId {
        match self {
            Self::Action(item) => item.id,
            Self::Decision(item) => item.id,
            Self::Question(item) => item.id,
        }
    }

    /// The meeting in whose notes it stands.
    #[must_use]
    pub fn meeting_id(&self) -> Option<MeetingId> {
        match self {
            Self::Action(item) => item.meeting_id,
            Self::Decision(item) => item.meeting_id,
            Self::Question(item) => item.meeting_id,
        }
    }
}

/// `query list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Queries {
    pub queries: Vec<SavedQuery>,
}

/// A query kept by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct SavedQuery {
    pub name: String,
    pub expression: String,
    /// What it asks for; none where it cannot be read any more.
    pub kind: Option<String>,
}

/// `query run`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct QueryResult {
    /// None for an expression that is not saved.
    pub name: Option<String>,
    pub expression: String,
    pub kind: String,
    /// The query in words.
    pub explained: String,
    /// The key whose number stands in `value` of each row.
    pub value: Option<String>,
    pub rows: Vec<QueryRow>,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct QueryRow {
    /// As in [`Step`].
    pub kind: String,
    pub id: String,
    pub title: String,
    /// A person's organization, an item's meeting.
    pub detail: Option<String>,
    pub date: Option<NaiveDate>,
    /// How an item stands, as in the lists of its kind; none of what is no item.
    pub status: Option<MarkStatus>,
    /// A count, or days gone by; none where it never was.
    pub value: Option<i64>,
    /// `value` in words, as `36 days ago`, `never` or `3 open`; none where nothing is counted.
    pub told: Option<String>,
    /// What shows it, the latest first: what was counted where the query asks for a number, else what is about the topic
    /// asked for, else the meetings.
    pub evidence: Vec<Evidence>,
}

/// A meeting that proves something, and the line of its notes that does, where one line does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Evidence {
    /// `meeting`.
    pub kind: String,
    /// The meeting's, as `meeting_id`.
    pub id: MeetingId,
    pub meeting_id: MeetingId,
    /// The item on that line.
    pub item_id: Option<ItemId>,
    pub title: String,
    pub date: NaiveDate,
    pub sentence: Option<String>,
}

/// `query keys`: what may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct QueryKinds {
    pub kinds: Vec<QueryKind>,
}

/// What may be asked of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct QueryKind {
    pub kind: &'static str,
    pub keys: Vec<QueryKey>,
}

/// A key of a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct QueryKey {
    pub name: &'static str,
    pub says: &'static str,
    /// Whole conditions, as `org:acme`.
    pub examples: Vec<String>,
}

/// The figures beside the names of the views.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
pub struct SidebarCounts {
    /// The user's open actions that are not snoozed.
    pub mine: u32,
    /// Those of them that are overdue.
    pub late: u32,
    /// Meetings with notes whose event is gone.
    pub queue: u32,
    /// Actions a review would show.
    pub review: u32,
}
