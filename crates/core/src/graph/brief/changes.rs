//! What became of things since last time.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::room::Room;
use crate::graph::network::begin;
use crate::graph::read::is_open_to_all;
use crate::graph::{DecisionStatus, Graph, MeetingFact, View};
use crate::model::{ActionStatus, Item, ItemId, ItemKind, PersonId};

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ChangeKind {
    /// An action was ticked.
    Done,
    /// An action was dropped.
    Dropped,
    /// A due date was set, moved or taken away, once or several times.
    Redated {
        /// What it was last time.
        from: Option<NaiveDate>,
        /// What it is now.
        to: Option<NaiveDate>,
    },
    /// An action was made others' to do, once or several times.
    HandedOver {
        /// Whose it was last time.
        from: Vec<PersonId>,
        /// Whose it is now.
        to: Vec<PersonId>,
    },
    /// A decision was made that holds.
    Decided,
    /// A decision was superseded.
    Superseded {
        /// By this one.
        by: ItemId,
    },
    /// A question was answered.
    Answered {
        /// By this item; none where its box was ticked.
        by: Option<ItemId>,
    },
}

/// Something that became of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What.
    #[serde(flatten)]
    pub kind: ChangeKind,
    /// Of which.
    pub item: ItemId,
    /// The text of the item.
    pub text: String,
    /// When: the start of the meeting it came of, else the instant it was done at.
    pub at: DateTime<Utc>,
}

/// What the log of changes says of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Which.
    pub item: ItemId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: LoggedKind,
}

/// What the log of changes says and an item does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoggedKind {
    /// An action was dropped.
    Dropped,
    /// A due date changed.
    Redated {
        /// What it was.
        from: Option<NaiveDate>,
        /// What it became.
        to: Option<NaiveDate>,
    },
    /// It was made others' to do.
    HandedOver {
        /// Whose it was, in order of id.
        from: Vec<PersonId>,
        /// Whose it became, in order of id.
        to: Vec<PersonId>,
    },
}

impl Graph {
    /// Looks at the items of the meetings looked into, and at the actions between the user and the room.
    ///
    /// An action counts from the end of last time, by when it was ticked or by the log, and so does a question that was
    /// ticked; a decision and an answer when they come of a meeting that began after last time did, so that minutes typed
    /// up a day late are not news.
    pub(super) fn changes(
        &self,
        room: &Room<'_>,
        scope: &[(u8, &Item)],
        last: Option<&MeetingFact>,
        view: &View,
        log: &[Logged],
    ) -> Vec<Change> {
        let Some(last) = last else { return Vec::new() };
        let actions = self.my_actions(room, view).into_iter().chain(self.their_actions(room, view));
        let items: BTreeMap<ItemId, &Item> =
            scope.iter().copied().chain(actions).map(|(_, item)| (item.id, item)).collect();

        let mut changes = Vec::new();
        let mut add = |item: &Item, kind, at| changes.push(Change { kind, item: item.id, text: item.text.clone(), at });
        let over = last.times.end(view.zone);
        for item in items.values() {
            match item.kind {
                ItemKind::Action => {
                    for (kind, at) in action_changes(item, over, log) {
                        add(item, kind, at);
                    }
                }
                ItemKind::Decision => {
                    if let Some((kind, at)) = self.decision_change(item, last, view) {
                        add(item, kind, at);
                    }
                }
                ItemKind::Question => match self.answer_to(item, Some(view.as_of_today())) {
                    Some(answer) if self.is_news(answer, last) => {
                        add(item, ChangeKind::Answered { by: Some(answer.id) }, self.when(answer));
                    }
                    Some(_) => {}
                    None => {
                        let ticked = item.done_at.filter(|at| item.status == ActionStatus::Done && *at > over);
                        ticked.into_iter().for_each(|at| add(item, ChangeKind::Answered { by: None }, at));
                    }
                },
            }
        }
        changes.retain(|change| change.at <= view.now);
        changes.sort_by_cached_key(|change| {
            (self.is_of_another(change.item, room), Reverse(change.at), change.kind.clone(), change.item)
        });
        changes
    }

    /// What became of this series' own items is what everybody here asks first; news from elsewhere comes after it.
    fn is_of_another(&self, item: ItemId, room: &Room<'_>) -> bool {
        let meeting = self.item(item).and_then(|item| self.meeting_of(item));
        meeting.is_none_or(|meeting| !room.is_of_series(meeting))
    }

    fn decision_change(&self, item: &Item, last: &MeetingFact, view: &View) -> Option<(ChangeKind, DateTime<Utc>)> {
        let today = Some(view.as_of_today());
        match self.status_as_of(item, today) {
            DecisionStatus::Proposed => None,
            DecisionStatus::Holds => self.is_news(item, last).then(|| (ChangeKind::Decided, self.when(item))),
            DecisionStatus::Superseded => {
                let by = *self.superseders(item, today).last()?;
                self.is_news(by, last).then(|| (ChangeKind::Superseded { by: by.id }, self.when(by)))
            }
        }
    }

    /// Whether an item came after last time, and may be spoken of.
    fn is_news(&self, item: &Item, last: &MeetingFact) -> bool {
        let began = begin(&last.times);
        is_open_to_all(item) && item.meeting_id != Some(last.id) && self.when(item) > began
    }
}

/// Done or dropped, as it stands now; and due dates and owners, from the first logged to the last.
fn action_changes(item: &Item, over: DateTime<Utc>, log: &[Logged]) -> Vec<(ChangeKind, DateTime<Utc>)> {
    let mut since: Vec<&Logged> = log.iter().filter(|entry| entry.item == item.id && entry.at > over).collect();
    since.sort_by_key(|entry| entry.at);
    let dropped = since.iter().rfind(|entry| entry.kind == LoggedKind::Dropped).map(|entry| entry.at);
    let closed = match item.status {
        ActionStatus::Open => None,
        ActionStatus::Done => item.done_at.map(|at| (ChangeKind::Done, at)),
        ActionStatus::Dropped => dropped.or(item.done_at).map(|at| (ChangeKind::Dropped, at)),
    };
    let mut changes: Vec<_> = closed.into_iter().filter(|(_, at)| *at > over).collect();
    let mut dates = since.iter().filter_map(|entry| match entry.kind {
        LoggedKind::Redated { from, to } => Some((from, to, entry.at)),
        _ => None,
    });
    if let Some((from, to, at)) = dates.next() {
        let (to, at) = dates.next_back().map_or((to, at), |(_, to, at)| (to, at));
        if from != to {
            changes.push((ChangeKind::Redated { from, to }, at));
        }
    }
    let mut hands = since.iter().filter_map(|entry| match &entry.kind {
        LoggedKind::HandedOver { from, to } => Some((from, to, entry.at)),
        _ => None,
    });
    if let Some((from, to, at)) = hands.next() {
        let (to, at) = hands.next_back().map_or((to, at), |(_, to, at)| (to, at));
        if from != to {
            changes.push((ChangeKind::HandedOver { from: from.clone(), to: to.clone() }, at));
        }
    }
    changes
}
