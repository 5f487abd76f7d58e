//! What links make of items: which decisions hold, which questions are answered, what waits for what.
//!
//! Links come from text and may say anything, so a reader never trusts them to be free of cycles. A link counts only
//! where both ends are there, are of the kind the link is about, and differ.

use std::collections::{BTreeSet, HashMap, VecDeque};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use petgraph::Direction::{self, Incoming, Outgoing};

use super::{EdgeKind, Graph, NodeRef, View};
use crate::model::{ActionStatus, Item, ItemId, ItemKind, midnight, vocabulary};

/// How many decisions are looked at to see whether a link to a newer decision closes a cycle.
const CYCLE_LIMIT: usize = 100;

vocabulary! {
    /// How a decision stands.
    DecisionStatus {
        /// It stands in prep and not yet in the notes, or its meeting is of a day to come.
        Proposed = "proposed",
        /// It is made and nothing took its place.
        Holds = "holds",
        /// Another took its place.
        Superseded = "superseded",
    }
}

/// A day by whose end decisions and answers are asked for. What stands in the notes of a meeting of a later day is not said
/// by then: it is as if it were proposed, takes no decision's place and answers nothing. What holds today is what holds as of today, so
/// nothing changes in the course of a day but by what is written, and a meeting that begins early decides at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The day.
    pub day: NaiveDate,
    /// The zone in which meetings' days are read.
    pub zone: Tz,
}

impl AsOf {
    /// The first instant after it.
    #[must_use]
    pub fn end(&self) -> DateTime<Utc> {
        midnight(self.day.succ_opt().unwrap_or(NaiveDate::MAX), self.zone)
    }
}

impl View {
    /// As of today.
    #[must_use]
    pub fn as_of_today(&self) -> AsOf {
        AsOf { day: self.today(), zone: self.zone }
    }
}

impl Graph {
    /// How a decision stood at the end of a day, or as far as is written whatever the day; none for what is no decision
    /// or not there.
    #[must_use]
    pub fn decision_status(&self, decision: ItemId, by: Option<AsOf>) -> Option<DecisionStatus> {
        let decision = self.item(decision).filter(|item| item.kind == ItemKind::Decision)?;
        Some(self.status_as_of(decision, by))
    }

    /// The decision that had taken this one's place by then; of several the latest.
    #[must_use]
    pub fn superseded_by(&self, decision: ItemId, by: Option<AsOf>) -> Option<ItemId> {
        let decision = self.item(decision)?;
        self.superseders(decision, by).last().map(|item| item.id)
    }

    /// The decisions this one had taken the place of itself by then, latest first; a proposed one takes none's.
    #[must_use]
    pub fn supersedes(&self, decision: ItemId, by: Option<AsOf>) -> Vec<ItemId> {
        let Some(decision) = self.item(decision) else { return Vec::new() };
        self.superseded(decision, by).into_iter().map(|item| item.id).collect()
    }

    /// Whether something had answered a question by then, or its box is ticked or dropped; none for what is no question or
    /// not there.
    #[must_use]
    pub fn is_answered(&self, question: ItemId, by: Option<AsOf>) -> Option<bool> {
        let question = self.item(question).filter(|item| item.kind == ItemKind::Question)?;
        Some(!self.is_unanswered(question, by))
    }

    /// The item that had answered a question by then; of several the earliest. A proposed decision is no answer yet, and
    /// what stands in the notes of a meeting of a later day neither.
    #[must_use]
    pub fn answered_by(&self, question: ItemId, by: Option<AsOf>) -> Option<ItemId> {
        self.answer_to(self.item(question)?, by).map(|item| item.id)
    }

    /// The actions that wait for this one, in order of id.
    #[must_use]
    pub fn blocks(&self, action: ItemId) -> Vec<ItemId> {
        self.waits(action, Incoming)
    }

    /// The actions this one waits for, done ones too, in order of id.
    #[must_use]
    pub fn blocked_by(&self, action: ItemId) -> Vec<ItemId> {
        self.waits(action, Outgoing)
    }

    /// The cycle that a new link "`from` waits for `to`" would close: `from`, `to` and what `to` waits for, each
    /// waiting for the next and the last for `from`. The shortest such cycle; none where the link may be made.
    #[must_use]
    pub fn blocked_by_cycle(&self, from: ItemId, to: ItemId) -> Option<Vec<ItemId>> {
        if from == to {
            return Some(vec![from]);
        }
        let mut came: HashMap<ItemId, ItemId> = HashMap::new();
        let mut queue = VecDeque::from([to]);
        while let Some(item) = queue.pop_front() {
            for next in self.waits(item, Outgoing) {
                if next == from {
                    let mut cycle = vec![item];
                    while let Some(before) = came.get(&cycle[cycle.len() - 1]) {
                        cycle.push(*before);
                    }
                    cycle.push(from);
                    cycle.reverse();
                    return Some(cycle);
                }
                if next != to && !came.contains_key(&next) {
                    came.insert(next, item);
                    queue.push_back(next);
                }
            }
        }
        None
    }

    fn waits(&self, item: ItemId, direction: Direction) -> Vec<ItemId> {
        let Some(item) = self.item(item) else { return Vec::new() };
        let linked = self.linked(item, direction, EdgeKind::BlockedBy);
        linked.into_iter().filter(|other| is_action(other) && is_action(item)).map(|other| other.id).collect()
    }

    /// Whether an item is a question that nothing answers, neither an item nor its own box.
    pub(super) fn is_unanswered(&self, item: &Item, by: Option<AsOf>) -> bool {
        item.kind == ItemKind::Question && item.status == ActionStatus::Open && self.answer_to(item, by).is_none()
    }

    pub(super) fn answer_to(&self, question: &Item, by: Option<AsOf>) -> Option<&Item> {
        if question.kind != ItemKind::Question {
            return None;
        }
        let answers = self.linked(question, Incoming, EdgeKind::Answers).into_iter();
        answers.filter(|item| self.is_said(item, by)).min_by_key(|item| (self.when(item), item.id))
    }

    /// How a decision stood at the end of a day, as far as decisions made until then say.
    pub(super) fn status_as_of(&self, decision: &Item, by: Option<AsOf>) -> DecisionStatus {
        if !self.is_said(decision, by) {
            DecisionStatus::Proposed
        } else if self.superseders(decision, by).is_empty() && !is_superseded_unseen(decision, by) {
            DecisionStatus::Holds
        } else {
            DecisionStatus::Superseded
        }
    }

    /// Whether a decision was taken, or an answer given, by the end of a day: it stands in notes, of a meeting of that day or
    /// before.
    pub(super) fn is_said(&self, item: &Item, by: Option<AsOf>) -> bool {
        !item.proposed && by.is_none_or(|by| self.day_in(item, by.zone) <= by.day)
    }

    /// The decisions in force that take a decision's place, earliest first.
    pub(super) fn superseders(&self, decision: &Item, by: Option<AsOf>) -> Vec<&Item> {
        let mut found = self.linked(decision, Incoming, EdgeKind::Supersedes);
        found.retain(|newer| self.takes_place(newer, decision, by));
        found.sort_by_key(|item| (self.when(item), item.id));
        found
    }

    /// The decisions a decision takes the place of, latest first.
    pub(super) fn superseded(&self, decision: &Item, by: Option<AsOf>) -> Vec<&Item> {
        let mut found = self.linked(decision, Outgoing, EdgeKind::Supersedes);
        found.retain(|older| self.takes_place(decision, older, by));
        found.sort_by_key(|item| std::cmp::Reverse((self.when(item), item.id)));
        found
    }

    /// Whether a supersedes link counts. Every cycle has a link from an older decision to a newer one, by instant and
    /// then id; such a link counts only while it closes no cycle, or chains would have no head. So of two decisions
    /// that claim to supersede each other the newer holds. A link that would need more than [`CYCLE_LIMIT`] decisions
    /// to be cleared of a cycle does not count either.
    fn takes_place(&self, new: &Item, old: &Item, by: Option<AsOf>) -> bool {
        let decisions = new.kind == ItemKind::Decision && old.kind == ItemKind::Decision;
        if !decisions || !self.is_said(new, by) {
            return false;
        }
        (self.when(new), new.id) > (self.when(old), old.id) || !self.leads_back(old, new)
    }

    fn leads_back(&self, from: &Item, to: &Item) -> bool {
        let mut seen = BTreeSet::from([from.id]);
        let mut queue = VecDeque::from([from]);
        while let Some(item) = queue.pop_front() {
            for next in self.linked(item, Outgoing, EdgeKind::Supersedes) {
                if next.id == to.id || seen.len() >= CYCLE_LIMIT {
                    return true;
                }
                if seen.insert(next.id) {
                    queue.push_back(next);
                }
            }
        }
        false
    }

    /// The items at the other end of links of one kind, in order of id.
    pub(super) fn linked(&self, item: &Item, direction: Direction, kind: EdgeKind) -> Vec<&Item> {
        let Some(at) = self.at(&NodeRef::Item(item.id)) else { return Vec::new() };
        let mut found: Vec<_> = self.neighbours(at, direction, kind).filter_map(|other| self.item_at(other)).collect();
        found.sort_by_key(|item| item.id);
        found
    }
}

/// Whether a decision that is not seen had taken this one's place by the end of a day.
fn is_superseded_unseen(decision: &Item, by: Option<AsOf>) -> bool {
    decision.superseded_unseen.is_some_and(|since| by.is_none_or(|by| since <= by.day))
}

fn is_action(item: &Item) -> bool {
    item.kind == ItemKind::Action
}
