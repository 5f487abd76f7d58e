//! What an editor draws on the lines of a note. Places are UTF-16 code units from the start of the text, the end
//! exclusive.

use chrono::NaiveDate;
use serde::Serialize;
use throughline_core::model::{ActionStatus, ItemKind, PersonId};

use super::{DecisionStatus, PersonRef, QuestionStatus, TracedItem};

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Span {
    pub from: u32,
    pub to: u32,
}

/// One line of a note that says something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Mark {
    /// 1-based.
    pub line: u32,
    pub from: u32,
    pub to: u32,
    /// None on a line that only names people or topics, or offers something.
    pub kind: Option<ItemKind>,
    pub status: Option<MarkStatus>,
    /// The box, shorthand or label that makes it an item.
    pub marker: Option<Span>,
    pub owners: Vec<OwnerMark>,
    pub mentions: Vec<MentionMark>,
    pub due: Option<DateMark>,
    pub revisit: Option<DateMark>,
    pub topics: Vec<TopicMark>,
    pub links: Vec<LinkMark>,
    /// With its `^`.
    pub anchor: Option<Span>,
    pub offers: Vec<OfferMark>,
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the contract")]
pub enum MarkStatus {
    Open,
    Done,
    Dropped,
    Proposed,
    Holds,
    Superseded,
    Answered,
}

/// An owner as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct OwnerMark {
    pub from: u32,
    pub to: u32,
    /// None where nobody is known by that handle yet, or several by that name.
    pub person_id: Option<PersonId>,
    pub name: String,
    /// Read from a name, and not from a handle.
    pub inferred: bool,
    /// Whose the name may be, where that is not clear.
    pub choices: Vec<PersonRef>,
}

/// A handle that owns nothing here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct MentionMark {
    pub from: u32,
    pub to: u32,
    pub person_id: Option<PersonId>,
    pub name: String,
}

/// A date with its cue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct DateMark {
    pub from: u32,
    pub to: u32,
    pub date: NaiveDate,
}

/// A topic with its `#`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct TopicMark {
    pub from: u32,
    pub to: u32,
    pub topic: String,
}

/// A link to another item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct LinkMark {
    pub from: u32,
    pub to: u32,
    pub relation: LinkRelation,
    pub anchor: String,
    /// What the item it names says; none where there is no such item.
    pub title: Option<String>,
    /// When the meeting was at which that was raised.
    pub date: Option<NaiveDate>,
}

impl MarkStatus {
    /// How an item of a list stands.
    #[must_use]
    pub fn of(item: &TracedItem) -> Self {
        match item {
            TracedItem::Action(action) => match action.status {
                ActionStatus::Open => Self::Open,
                ActionStatus::Done => Self::Done,
                ActionStatus::Dropped => Self::Dropped,
            },
            TracedItem::Decision(decision) => match decision.status {
                DecisionStatus::Proposed => Self::Proposed,
                DecisionStatus::Holds => Self::Holds,
                DecisionStatus::Superseded => Self::Superseded,
            },
            TracedItem::Question(question) => match question.status {
                QuestionStatus::Open => Self::Open,
                QuestionStatus::Answered => Self::Answered,
            },
        }
    }
}

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the contract")]
pub enum LinkRelation {
    Supersedes,
    After,
    Answers,
}

/// What could be taken and is not: accepted by putting `insert` in the place of the stretch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct OfferMark {
    pub from: u32,
    pub to: u32,
    pub what: OfferWhat,
    pub insert: String,
    /// What is shown: "Action", "due 2026-11-27", "Ana Silva".
    pub label: String,
}

/// What an offer would make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the contract")]
pub enum OfferWhat {
    Item,
    Due,
    Owner,
}
