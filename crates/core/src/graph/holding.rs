//! What holds today, and what held on a day.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::NaiveDate;
use petgraph::Direction::Outgoing;
use petgraph::visit::EdgeRef;
use serde::Serialize;

use super::read::{covers, was_there};
use super::{AsOf, DecisionStatus, EdgeKind, Graph, NodeRef};
use crate::model::{Item, ItemId, ItemKind, OrganizationId, PersonId};

/// Which decisions; what is none filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// About this topic or one below it; lower case, without `#`.
    pub topic: Option<String>,
    /// Decided by this person, naming them, or made in a meeting they were at.
    pub person: Option<PersonId>,
    /// The same of anybody of this organization.
    pub organization: Option<OrganizationId>,
    /// Made on this date or later.
    pub since: Option<NaiveDate>,
    /// As it stood at the end of this day: later decisions neither show nor supersede.
    pub as_of: Option<AsOf>,
}

/// A decision that holds, and those it took the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The decision that holds.
    pub head: ItemId,
    /// Those it took the place of: nearest first, of equally near ones the latest first.
    pub chain: Vec<ItemId>,
}

impl Graph {
    /// The decisions at the head of their supersede chains, latest first. Proposed ones hold nothing and supersede
    /// nothing.
    ///
    /// Topic, person and organization may each be met by the head or by any decision in the chain behind it: what
    /// took the place of a decision about a client is about that client. `since` is asked of the head. Two decisions
    /// that both supersede a third both hold, each with the third in its chain.
    ///
    /// Needs: the decisions that match, all that supersede links lead to from them either way, and their meetings.
    /// Items of private parts are among them; who shows them to others leaves them out.
    #[must_use]
    pub fn holding(&self, filter: &Filter) -> Vec<Held> {
        let people = self.asked_for(filter);
        let then = |item: &Item, people: &Asked| self.concerns(item, &self.of_the_day(item, people));
        let mut heads: BTreeMap<ItemId, &Item> = BTreeMap::new();
        let mut seen: BTreeSet<ItemId> = BTreeSet::new();
        for item in self.candidates(filter, people.as_ref()) {
            self.climb(item, filter.as_of, &mut seen, &mut heads);
        }
        let mut held: Vec<_> = heads
            .into_values()
            .filter(|head| filter.since.is_none_or(|since| self.item_date(head) >= since))
            .filter_map(|head| {
                let chain = self.chain(head, filter.as_of);
                let whole = || std::iter::once(&head).chain(&chain);
                let topical = filter.topic.as_ref().is_none_or(|topic| whole().any(|item| is_about(item, topic)));
                let personal =
                    people.as_ref().is_none_or(|sets| sets.iter().all(|people| whole().any(|item| then(item, people))));
                (topical && personal).then_some((head, chain))
            })
            .collect();
        held.sort_by_key(|(head, _)| std::cmp::Reverse((self.when(head), head.id)));
        let ids = |chain: Vec<&Item>| chain.into_iter().map(|item| item.id).collect();
        held.into_iter().map(|(head, chain)| Held { head: head.id, chain: ids(chain) }).collect()
    }

    /// The decisions behind one, each once, nearest first.
    pub(super) fn chain(&self, head: &Item, by: Option<AsOf>) -> Vec<&Item> {
        let mut seen = BTreeSet::from([head.id]);
        let mut chain = Vec::new();
        let mut level = vec![self.item(head.id)].into_iter().flatten().collect::<Vec<_>>();
        while !level.is_empty() {
            let mut next: Vec<&Item> = level.iter().flat_map(|item| self.superseded(item, by)).collect();
            next.sort_by_key(|item| std::cmp::Reverse((self.when(item), item.id)));
            next.retain(|item| seen.insert(item.id));
            chain.extend(&next);
            level = next;
        }
        chain
    }

    /// From a decision to those that hold in its place. What was seen was climbed from before.
    fn climb<'a>(
        &'a self,
        item: &'a Item,
        by: Option<AsOf>,
        seen: &mut BTreeSet<ItemId>,
        heads: &mut BTreeMap<ItemId, &'a Item>,
    ) {
        let mut queue = VecDeque::from([item]);
        while let Some(item) = queue.pop_front() {
            if !seen.insert(item.id) || by.is_some_and(|by| self.day_in(item, by.zone) > by.day) {
                continue;
            }
            if self.status_as_of(item, by) == DecisionStatus::Holds {
                heads.insert(item.id, item);
            }
            queue.extend(self.superseders(item, by));
        }
    }

    /// A set of people for each of person and organization asked for; none where neither is.
    fn asked_for(&self, filter: &Filter) -> Option<Vec<Asked>> {
        let person = filter.person.map(|id| Asked { people: BTreeSet::from([id]), of: None });
        let organization =
            filter.organization.map(|id| Asked { people: self.members_of(id).into_iter().collect(), of: Some(id) });
        let sets: Vec<_> = person.into_iter().chain(organization).collect();
        (!sets.is_empty()).then_some(sets)
    }

    /// Those of the people asked for who were of the organization asked for when the item was written.
    fn of_the_day(&self, item: &Item, asked: &Asked) -> BTreeSet<PersonId> {
        let day = self.item_date(item);
        let then = |id: &PersonId| {
            asked.of.is_none() || self.person(*id).is_some_and(|person| person.organization_on(day) == asked.of)
        };
        asked.people.iter().copied().filter(then).collect()
    }

    /// Decisions from which every match can be climbed to, found from the narrowest thing asked for.
    fn candidates(&self, filter: &Filter, people: Option<&Vec<Asked>>) -> Vec<&Item> {
        let decisions = |item: &&Item| item.kind == ItemKind::Decision;
        if let Some(topic) = &filter.topic {
            let about = self.topics_under(topic).flat_map(|at| self.items_to(at, EdgeKind::About));
            return about.filter(decisions).collect();
        }
        if let Some(people) = people.and_then(|sets| sets.first()) {
            return people.people.iter().flat_map(|id| self.decisions_concerning(*id)).collect();
        }
        self.net.node_indices().filter_map(|at| self.item_at(at)).filter(decisions).collect()
    }

    fn decisions_concerning(&self, person: PersonId) -> Vec<&Item> {
        let Some(at) = self.person_at(person) else { return Vec::new() };
        let named = [EdgeKind::DecidedBy, EdgeKind::Mentioned].into_iter().flat_map(|kind| self.items_to(at, kind));
        let there = self
            .net
            .edges_directed(at, Outgoing)
            .filter(|edge| edge.weight().kind == EdgeKind::Attended && edge.weight().weight > 1)
            .flat_map(|edge| self.items_in(edge.target()));
        named.chain(there).filter(|item| item.kind == ItemKind::Decision).collect()
    }

    fn concerns(&self, item: &Item, people: &BTreeSet<PersonId>) -> bool {
        item.owners.iter().any(|owner| people.contains(&owner.person_id))
            || item.mentions.iter().any(|id| people.contains(id))
            || self.meeting_of(item).is_some_and(|meeting| people.iter().any(|id| was_there(meeting, *id)))
    }

    /// Whether a topic is known, as itself or as what others nest under.
    #[must_use]
    pub fn has_topic(&self, topic: &str) -> bool {
        self.contains(&NodeRef::Topic(topic.to_owned())) || self.topics_under(topic).next().is_some()
    }
}

/// A person, or everybody who is or was of an organization.
struct Asked {
    people: BTreeSet<PersonId>,
    of: Option<OrganizationId>,
}

/// Whether an item is about a topic or one below it.
fn is_about(item: &Item, topic: &str) -> bool {
    item.topics.iter().any(|own| covers(topic, own))
}
