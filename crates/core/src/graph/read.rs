//! Reading single nodes and their neighbours: what every answer is made of.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use petgraph::Direction::{self, Incoming, Outgoing};
use petgraph::stable_graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::edges::attendance_weight;
use super::network::begin;
use super::{EdgeKind, Fact, Graph, MeetingFact, NodeRef, SeriesFact};
use crate::model::{
    Item, ItemId, MeetingId, MeetingKind, MeetingStatus, NotePart, Organization, OrganizationId, Person, PersonId,
    SeriesId,
};

/// Who asks, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// The instant it is for the user.
    pub now: DateTime<Utc>,
    /// The zone in which today and whole days are read.
    pub zone: Tz,
    /// Who the user is, where known.
    pub me: Option<PersonId>,
}

impl View {
    /// The date it is for the user.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }
}

/// Whether a meeting took place: as the user said, else when it is over and was not cancelled.
pub(super) fn took_place(meeting: &MeetingFact, view: &View) -> bool {
    match meeting.held {
        Some(held) => held && meeting.times.start(view.zone) <= view.now,
        None => meeting.status != MeetingStatus::Cancelled && meeting.times.end(view.zone) <= view.now,
    }
}

/// Whether people meet at it: no focus time, and not called off.
pub(super) fn brings_together(meeting: &MeetingFact) -> bool {
    let on = meeting.held.unwrap_or(meeting.status != MeetingStatus::Cancelled);
    on && meeting.kind == MeetingKind::Meeting
}

/// Whether a person is counted as at a meeting: told so, or invited and neither declined nor told absent.
pub(super) fn was_there(meeting: &MeetingFact, person: PersonId) -> bool {
    let found = meeting.attendances.binary_search_by_key(&person, |a| a.person_id);
    found.is_ok_and(|i| attendance_weight(&meeting.attendances[i]) > 1)
}

impl Graph {
    /// Whether there is such a thing to show; a placeholder is not.
    #[must_use]
    pub fn contains(&self, node: &NodeRef) -> bool {
        self.index.get(node).is_some_and(|&at| self.net[at].fact.is_some() || matches!(node, NodeRef::Topic(_)))
    }

    /// The item of this id.
    #[must_use]
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.item_at(self.at(&NodeRef::Item(id))?)
    }

    /// The meeting of this id, its attendances in order of person.
    #[must_use]
    pub fn meeting(&self, id: MeetingId) -> Option<&MeetingFact> {
        self.meeting_at(self.at(&NodeRef::Meeting(id))?)
    }

    /// The person of this id.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        match &self.net[self.at(&NodeRef::Person(id))?].fact {
            Some(Fact::Person(person)) => Some(person),
            _ => None,
        }
    }

    /// The organization of this id.
    #[must_use]
    pub fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        match &self.net[self.at(&NodeRef::Organization(id))?].fact {
            Some(Fact::Organization(organization)) => Some(organization),
            _ => None,
        }
    }

    /// The series of this id.
    #[must_use]
    pub fn series(&self, id: SeriesId) -> Option<&SeriesFact> {
        match &self.net[self.at(&NodeRef::Series(id))?].fact {
            Some(Fact::Series(series)) => Some(series),
            _ => None,
        }
    }

    /// The meeting before this one in its series, cancelled ones counted.
    #[must_use]
    pub fn previous(&self, meeting: MeetingId) -> Option<MeetingId> {
        let at = self.at(&NodeRef::Meeting(meeting))?;
        let before = self.neighbours(at, Outgoing, EdgeKind::Continues).next()?;
        self.meeting_at(before).map(|meeting| meeting.id)
    }

    /// The items standing in a meeting's note, in order of part and line.
    #[must_use]
    pub fn items_of(&self, meeting: MeetingId) -> Vec<ItemId> {
        let Some(at) = self.at(&NodeRef::Meeting(meeting)) else { return Vec::new() };
        let mut items: Vec<&Item> = self.items_in(at).collect();
        items.sort_by_key(|item| (item.part, item.line, item.id));
        items.into_iter().map(|item| item.id).collect()
    }

    /// The meetings a person is counted as at, earliest first: told so, or invited and neither declined nor absent.
    #[must_use]
    pub fn meetings_of(&self, person: PersonId) -> Vec<MeetingId> {
        let Some(at) = self.at(&NodeRef::Person(person)) else { return Vec::new() };
        let mut meetings: Vec<_> = self
            .net
            .edges_directed(at, Outgoing)
            .filter(|edge| edge.weight().kind == EdgeKind::Attended && edge.weight().weight > 1)
            .filter_map(|edge| self.meeting_at(edge.target()))
            .map(|meeting| (begin(&meeting.times), meeting.id))
            .collect();
        meetings.sort_unstable();
        meetings.into_iter().map(|(_, id)| id).collect()
    }

    /// The people who are, or were, of an organization, in order of id.
    #[must_use]
    pub fn members_of(&self, organization: OrganizationId) -> Vec<PersonId> {
        let Some(at) = self.at(&NodeRef::Organization(organization)) else { return Vec::new() };
        let members: BTreeSet<_> =
            self.neighbours(at, Incoming, EdgeKind::MemberOf).filter_map(|at| self.person_id_at(at)).collect();
        members.into_iter().collect()
    }

    /// The date an item is of: its meeting's in that meeting's zone, else the UTC date it was first saved.
    #[must_use]
    pub fn raised_on(&self, item: ItemId) -> Option<NaiveDate> {
        self.item(item).map(|item| self.item_date(item))
    }

    /// How many days ago an item was raised; 0 for one prepared for a meeting to come.
    pub(super) fn age_in_days(&self, item: &Item, view: &View) -> i64 {
        (view.today() - self.item_date(item)).num_days().max(0)
    }

    pub(super) fn at(&self, node: &NodeRef) -> Option<NodeIndex> {
        self.index.get(node).copied()
    }

    pub(super) fn person_at(&self, id: PersonId) -> Option<NodeIndex> {
        self.at(&NodeRef::Person(id))
    }

    pub(super) fn item_at(&self, at: NodeIndex) -> Option<&Item> {
        match &self.net[at].fact {
            Some(Fact::Item(item)) => Some(item),
            _ => None,
        }
    }

    pub(super) fn meeting_at(&self, at: NodeIndex) -> Option<&MeetingFact> {
        match &self.net[at].fact {
            Some(Fact::Meeting(meeting)) => Some(meeting),
            _ => None,
        }
    }

    pub(super) fn person_id_at(&self, at: NodeIndex) -> Option<PersonId> {
        match &self.net[at].fact {
            Some(Fact::Person(person)) => Some(person.id),
            _ => None,
        }
    }

    /// In no order to rely on: whoever keeps more than one sorts them.
    pub(super) fn neighbours(
        &self,
        at: NodeIndex,
        direction: Direction,
        kind: EdgeKind,
    ) -> impl Iterator<Item = NodeIndex> {
        self.net.edges_directed(at, direction).filter(move |edge| edge.weight().kind == kind).map(move |edge| {
            match direction {
                Outgoing => edge.target(),
                Incoming => edge.source(),
            }
        })
    }

    /// The items with an edge of this kind to a node, in no order to rely on.
    pub(super) fn items_to(&self, at: NodeIndex, kind: EdgeKind) -> impl Iterator<Item = &Item> {
        self.neighbours(at, Incoming, kind).filter_map(|at| self.item_at(at))
    }

    pub(super) fn items_in(&self, meeting: NodeIndex) -> impl Iterator<Item = &Item> {
        self.items_to(meeting, EdgeKind::RaisedIn)
    }

    pub(super) fn meeting_of(&self, item: &Item) -> Option<&MeetingFact> {
        self.meeting(item.meeting_id?)
    }

    /// The instant an item is of: the start of its meeting, else when it was first saved. What is typed up later
    /// still belongs to the day it was said.
    pub(super) fn when(&self, item: &Item) -> DateTime<Utc> {
        self.meeting_of(item).map_or(item.created_at, |meeting| begin(&meeting.times))
    }

    pub(super) fn item_date(&self, item: &Item) -> NaiveDate {
        self.meeting_of(item).map_or(item.created_at.date_naive(), |meeting| meeting.times.own_date())
    }

    /// The day an item is of where the user is: its meeting's, else that on which it was first saved.
    pub(super) fn day_in(&self, item: &Item, zone: Tz) -> NaiveDate {
        let written = || item.created_at.with_timezone(&zone).date_naive();
        self.meeting_of(item).map_or_else(written, |meeting| meeting.times.date(zone))
    }

    /// A topic and all below it: `client` covers `client/acme`, not `clients`.
    pub(super) fn topics_under(&self, topic: &str) -> impl Iterator<Item = NodeIndex> {
        let below = format!("{topic}/");
        let start = below.clone();
        let nested = self.topics.range(start..).take_while(move |(name, _)| name.starts_with(&below));
        self.topics.get(topic).copied().into_iter().chain(nested.map(|(_, &at)| at))
    }
}

/// Whether an item may be quoted where others look on.
pub(super) fn is_open_to_all(item: &Item) -> bool {
    item.part != NotePart::Private
}

/// Whether a topic is another or nests it: `client` covers `client/acme`, not `clients`.
pub(super) fn covers(topic: &str, other: &str) -> bool {
    other.strip_prefix(topic).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
