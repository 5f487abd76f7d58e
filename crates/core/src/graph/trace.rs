//! How an item came about and what hangs on it.

use std::collections::{BTreeMap, VecDeque};

use chrono::NaiveDate;
use petgraph::Direction::{Incoming, Outgoing};
use serde::Serialize;

use super::network::begin;
use super::{EdgeKind, Graph, NodeRef};
use crate::model::{Item, ItemId, MeetingId};

/// How many items a trace follows links to; a longer story is cut at its far end.
const LIMIT: usize = 500;

/// A meeting or an item on the way of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What.
    pub node: NodeRef,
    /// A meeting's date in its own zone; an item's is that of its meeting, else of its first save.
    pub date: NaiveDate,
}

/// The way of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// Where it was raised and stood since, the items linked to it and where those were raised, earliest first; at one instant
    /// meetings before what was said there. The item itself is not among them.
    pub steps: Vec<Step>,
    /// The actions that wait for it.
    pub blocks: Vec<ItemId>,
    /// The actions it waits for.
    pub blocked_by: Vec<ItemId>,
}

impl Graph {
    /// Where an item was raised, every meeting that touched it, what it blocks and is blocked by; none for an item
    /// that is not there.
    ///
    /// A meeting touches it when it was raised there or something linked to it was. Supersedes and answers are
    /// followed as far as they lead, either way, to five hundred items; waiting one link far, either way.
    #[must_use]
    pub fn trace(&self, item: ItemId) -> Option<Trace> {
        self.trace_from(item, &[])
    }

    /// As [`Graph::trace`], with meetings in whose notes it stood before it was moved to where it stands: an item itself
    /// knows none but its last.
    #[must_use]
    pub fn trace_from(&self, item: ItemId, before: &[MeetingId]) -> Option<Trace> {
        let item = self.item(item)?;
        let mut steps = BTreeMap::new();
        for meeting in before.iter().filter_map(|id| self.meeting(*id)) {
            steps.insert((begin(&meeting.times), 0, NodeRef::Meeting(meeting.id)), meeting.times.own_date());
        }
        for linked in self.story(item) {
            let date = self.item_date(linked);
            if let Some(meeting) = self.meeting_of(linked) {
                steps.insert((begin(&meeting.times), 0, NodeRef::Meeting(meeting.id)), date);
            }
            if linked.id != item.id {
                steps.insert((self.when(linked), 1, NodeRef::Item(linked.id)), date);
            }
        }
        Some(Trace {
            steps: steps.into_iter().map(|((_, _, node), date)| Step { node, date }).collect(),
            blocks: self.blocks(item.id),
            blocked_by: self.blocked_by(item.id),
        })
    }

    fn story<'a>(&'a self, item: &'a Item) -> Vec<&'a Item> {
        let mut found: BTreeMap<ItemId, &Item> = BTreeMap::from([(item.id, item)]);
        let mut queue = VecDeque::from([item]);
        while let Some(next) = queue.pop_front() {
            for kind in [EdgeKind::Supersedes, EdgeKind::Answers] {
                for direction in [Outgoing, Incoming] {
                    for linked in self.linked(next, direction, kind) {
                        if found.len() < LIMIT && found.insert(linked.id, linked).is_none() {
                            queue.push_back(linked);
                        }
                    }
                }
            }
        }
        for direction in [Outgoing, Incoming] {
            found.extend(self.linked(item, direction, EdgeKind::BlockedBy).into_iter().map(|item| (item.id, item)));
        }
        found.into_values().collect()
    }
}
