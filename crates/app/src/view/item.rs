//! Items as told.

use chrono::NaiveDate;
use serde::Serialize;
use throughline_core::model::{ActionStatus, ItemId, MeetingId, NotePart, PersonId};

use super::{PersonRef, When};

/// Who is to do an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the owner shape")]
pub struct Owner {
    pub person_id: PersonId,
    pub name: String,
    pub handle: String,
    pub inferred: bool,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the action shape")]
pub struct Action {
    pub id: ItemId,
    pub anchor: String,
    pub text: String,
    pub status: ActionStatus,
    pub owners: Vec<Owner>,
    pub due: Option<NaiveDate>,
    /// Open, and due before today.
    pub overdue: bool,
    pub slips: u32,
    /// Days since its meeting, or since it was written down; 0 where the meeting is to come.
    pub age_days: i64,
    pub snoozed_until: Option<NaiveDate>,
    pub topics: Vec<String>,
    pub meeting_id: Option<MeetingId>,
    pub meeting_title: Option<String>,
    pub meeting_date: Option<NaiveDate>,
    pub note_part: NotePart,
    pub line: u32,
    pub created_at: When,
    pub done_at: Option<When>,
    pub blocked_by: Vec<ItemId>,
    /// Those of `blocked_by` that are open still and stand in no private part.
    pub waits_for: Vec<Waited>,
}

/// What an action waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Waited {
    pub id: ItemId,
    /// What it says, without whose it is and what it is about.
    pub text: String,
}

/// `actions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Actions {
    pub actions: Vec<Action>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the decision shape")]
pub struct Decision {
    pub id: ItemId,
    pub anchor: String,
    pub text: String,
    pub rationale: Option<String>,
    pub alternatives: Option<String>,
    pub status: DecisionStatus,
    pub decided_by: Vec<PersonRef>,
    pub present: Vec<PersonRef>,
    pub topics: Vec<String>,
    pub meeting_id: Option<MeetingId>,
    pub meeting_title: Option<String>,
    pub meeting_date: Option<NaiveDate>,
    pub note_part: NotePart,
    pub line: u32,
    pub revisit: Option<NaiveDate>,
    pub supersedes: Option<ItemId>,
    /// None where it holds, and through a lens where what took its place is out of sight.
    pub superseded_by: Option<ItemId>,
    /// As of an [`Action`].
    pub age_days: i64,
}

/// Whether a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum DecisionStatus {
    /// Written in prep; not decided yet.
    Proposed,
    /// Stands.
    Holds,
    /// Another took its place.
    Superseded,
}

/// `decisions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Decisions {
    pub decisions: Vec<Decision>,
    /// The day they held on, where one was asked for: whether it is time to look at one again is told as of that day.
    pub as_of: Option<NaiveDate>,
}

/// `decision show`: the decision and the chain it stands in, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct DecisionDetail {
    #[serde(flatten)]
    pub decision: Decision,
    pub chain: Vec<Decision>,
    /// The chain in lines: first the one that the decision itself stands in, then those that meet another, the latest first.
    pub branches: Vec<Branch>,
    /// Actions of the same meeting that wait for it, or stand under it.
    pub led_to: Vec<Action>,
    /// Who was asked to the meeting and did not decline, where nobody said who was present.
    pub invited: Vec<PersonRef>,
    /// Who said that it is as written, oldest first.
    pub confirmed: Vec<Confirmed>,
}

/// Decisions of a chain of which each took the place of the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Branch {
    /// Oldest first.
    pub line: Vec<ItemId>,
    /// What its oldest took the place of, where that stands in another line.
    pub supersedes: Option<ItemId>,
    /// What took the place of its newest, where that stands in another line.
    pub superseded_by: Option<ItemId>,
}

/// Who said so, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Confirmed {
    pub by: PersonRef,
    pub at: When,
    /// Whether it was changed since: then they said so of other words.
    pub before_change: bool,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the question shape")]
pub struct Question {
    pub id: ItemId,
    pub anchor: String,
    pub text: String,
    pub status: QuestionStatus,
    pub asked_by: Option<PersonRef>,
    pub topics: Vec<String>,
    pub meeting_id: Option<MeetingId>,
    pub meeting_title: Option<String>,
    pub meeting_date: Option<NaiveDate>,
    pub note_part: NotePart,
    pub line: u32,
    pub answered_by: Option<ItemId>,
    /// As of an [`Action`].
    pub age_days: i64,
}

/// Whether a question still waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum QuestionStatus {
    /// Nothing answers it, and its box is not ticked.
    Open,
    /// Another item answers it, or its box is ticked.
    Answered,
}

/// `questions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Questions {
    pub questions: Vec<Question>,
}
