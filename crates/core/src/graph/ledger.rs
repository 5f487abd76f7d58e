//! Who owes whom what.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use petgraph::Direction::Outgoing;
use petgraph::stable_graph::NodeIndex;
use petgraph::visit::EdgeRef;
use serde::Serialize;

use super::read::was_there;
use super::{EdgeKind, Graph, View};
use crate::model::{ActionStatus, Item, ItemId, ItemKind, OrganizationId, PersonId};

/// With whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// One person.
    Person(PersonId),
    /// Everybody of an organization but the user, for as long as they were of it.
    Organization(OrganizationId),
}

/// What is open between the user and another. Snoozed actions and those of private parts are in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// The user's open actions from meetings the other was at, or that name the other.
    pub i_owe: Vec<ItemId>,
    /// The other's open actions from meetings the user was at, or that name the user.
    pub they_owe: Vec<ItemId>,
    /// Unanswered questions from meetings both were at that one of them asked, or nobody in particular; and those
    /// one of them asked that name the other.
    pub waiting_on: Vec<ItemId>,
}

impl Graph {
    /// What is open between the user and another. Empty where nobody is the user.
    ///
    /// To be at a meeting is to be told so, or invited and neither declined nor told absent. Overdue actions come
    /// first, the longest overdue before others, then by due date, then those without one, oldest first; questions
    /// oldest first. Nothing is cut. Needs what [`super::neighbourhood::of_ledger`] says.
    #[must_use]
    pub fn ledger(&self, party: Party, view: &View) -> Ledger {
        let Some(me) = view.me else { return Ledger::default() };
        let today = Some(view.as_of_today());
        let mut others: BTreeSet<PersonId> = match party {
            Party::Person(id) => BTreeSet::from([id]),
            Party::Organization(id) => self.members_of(id).into_iter().collect(),
        };
        others.remove(&me);
        let at: Vec<(PersonId, NodeIndex)> = others.iter().filter_map(|id| Some((*id, self.person_at(*id)?))).collect();
        let names = |item: &Item| item.mentions.iter().any(|id| others.contains(id));
        // What somebody said before they came to an organization, or after they left it, is not with it.
        let then = |who: PersonId, item: &Item| match party {
            Party::Person(_) => true,
            Party::Organization(id) => {
                self.person(who).is_some_and(|person| person.organization_on(self.item_date(item)) == Some(id))
            }
        };

        let mut mine = BTreeMap::new();
        let mut questions = BTreeMap::new();
        let around = |(id, at): &(PersonId, NodeIndex)| {
            let id = *id;
            self.items_around(*at).filter(|item| then(id, item)).collect::<Vec<_>>()
        };
        for item in at.iter().flat_map(around) {
            let raised_with_me = self.meeting_of(item).is_some_and(|meeting| was_there(meeting, me));
            let asked = |who: &dyn Fn(PersonId) -> bool| item.owners.iter().any(|owner| who(owner.person_id));
            let (by_me, by_them) = (asked(&|id| id == me), asked(&|id| others.contains(&id)));
            match item.kind {
                ItemKind::Action if by_me && item.status == ActionStatus::Open => {
                    mine.insert(item.id, item);
                }
                ItemKind::Question if self.is_unanswered(item, today) => {
                    let with_them =
                        self.meeting_of(item).is_some_and(|meeting| others.iter().any(|id| was_there(meeting, *id)));
                    let ours = by_me || by_them || item.owners.is_empty();
                    let between = raised_with_me && with_them && ours;
                    if between || (by_me && names(item)) || (by_them && item.mentions.contains(&me)) {
                        questions.insert(item.id, item);
                    }
                }
                _ => {}
            }
        }
        let mut theirs = BTreeMap::new();
        let owned = |(id, at): &(PersonId, NodeIndex)| {
            let id = *id;
            self.items_to(*at, EdgeKind::AssignedTo).filter(|item| then(id, item)).collect::<Vec<_>>()
        };
        for item in at.iter().flat_map(owned) {
            if item.status == ActionStatus::Open && self.concerns_me(item, me) {
                theirs.insert(item.id, item);
            }
        }
        let mut waiting_on: Vec<&Item> = questions.into_values().collect();
        waiting_on.sort_by_key(|item| (self.when(item), item.id));
        Ledger {
            i_owe: self.by_urgency(mine, view),
            they_owe: self.by_urgency(theirs, view),
            waiting_on: waiting_on.into_iter().map(|item| item.id).collect(),
        }
    }

    /// Whether an item of somebody else's is between them and the user: it involves the user, or stands in a running note,
    /// which is the user's own.
    pub(super) fn concerns_me(&self, item: &Item, me: PersonId) -> bool {
        item.meeting_id.is_none() || self.involves(item, me)
    }

    /// Whether an item comes from a meeting a person was at, or names them: as one of those it is of, too.
    pub(super) fn involves(&self, item: &Item, person: PersonId) -> bool {
        names(item, person) || self.meeting_of(item).is_some_and(|meeting| was_there(meeting, person))
    }

    /// The items of a person's meetings, those that name them, and what they do or asked.
    fn items_around(&self, person: NodeIndex) -> impl Iterator<Item = &Item> {
        let there = self
            .net
            .edges_directed(person, Outgoing)
            .filter(|edge| edge.weight().kind == EdgeKind::Attended && edge.weight().weight > 1)
            .flat_map(|edge| self.items_in(edge.target()));
        let kinds = [EdgeKind::Mentioned, EdgeKind::AssignedTo, EdgeKind::AskedBy];
        there.chain(kinds.into_iter().flat_map(move |kind| self.items_to(person, kind)))
    }

    fn by_urgency(&self, items: BTreeMap<ItemId, &Item>, view: &View) -> Vec<ItemId> {
        let mut items: Vec<&Item> = items.into_values().collect();
        items.sort_by_key(|item| self.urgency(item, view));
        items.into_iter().map(|item| item.id).collect()
    }

    /// Overdue first, longest overdue before others; then by due date; then those without one, oldest first; items
    /// that are alike in all this by id.
    pub(super) fn urgency(&self, item: &Item, view: &View) -> (u8, NaiveDate, DateTime<Utc>, ItemId) {
        let class = match item.due {
            Some(due) if due < view.today() => 0,
            Some(_) => 1,
            None => 2,
        };
        (class, item.due.unwrap_or(NaiveDate::MAX), self.when(item), item.id)
    }
}

/// Whether an item's line names a person, be it as one of those it is of.
pub(super) fn names(item: &Item, person: PersonId) -> bool {
    item.mentions.contains(&person) || item.owners.iter().any(|owner| owner.person_id == person)
}
