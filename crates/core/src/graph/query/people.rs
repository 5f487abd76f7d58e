//! People and organizations as a query sees them.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Asking, Behind, Candidate};
use super::measure::Measure;
use super::meeting::{about, count, hours};
use super::{Key, Term, Test};
use crate::graph::edges::attendance_weight;
use crate::graph::network::begin;
use crate::graph::read::{brings_together, was_there};
use crate::graph::{DecisionStatus, EdgeKind, Fact, MeetingFact, NodeRef};
use crate::model::{ActionStatus, Item, ItemId, MeetingId, Organization, OrganizationId, Person, PersonId};

/// A person but the user, and the meetings both were at within the bounds, the latest first.
pub(super) struct OfPerson<'g> {
    person: &'g Person,
    met: Vec<&'g MeetingFact>,
}

/// An organization, its people but the user, and the meetings with any of them, the latest first.
pub(super) struct OfOrganization<'g> {
    organization: &'g Organization,
    people: Vec<PersonId>,
    met: Vec<&'g MeetingFact>,
}

impl<'g> Asking<'g> {
    pub(super) fn people(&self) -> Vec<OfPerson<'g>> {
        let people = self.facts().filter_map(|fact| if let Fact::Person(person) = fact { Some(person) } else { None });
        people
            .filter(|person| !person.is_me && Some(person.id) != self.view.me)
            .map(|person| OfPerson { person, met: self.met(&[person.id]) })
            .collect()
    }

    pub(super) fn organizations(&self) -> Vec<OfOrganization<'g>> {
        let all = self.facts().filter_map(|fact| if let Fact::Organization(found) = fact { Some(found) } else { None });
        all.map(|organization| {
            let mut people = self.graph.members_of(organization.id);
            people.retain(|id| Some(*id) != self.view.me);
            let of = |id: &PersonId| self.graph.person(*id);
            let mut met = self.met(&people);
            met.retain(|meeting| {
                let then = |id: &PersonId| of(id)?.organization_on(meeting.times.own_date());
                people.iter().any(|id| was_there(meeting, *id) && then(id) == Some(organization.id))
            });
            people.retain(|id| of(id).is_some_and(|person| person.organization_id == Some(organization.id)));
            OfOrganization { organization, people, met }
        })
        .collect()
    }

    /// Meetings with the user and any of these that have begun, as people's pages count them, the latest first; where
    /// nobody is the user, theirs.
    fn met(&self, people: &[PersonId]) -> Vec<&'g MeetingFact> {
        let ids: BTreeSet<MeetingId> = people.iter().flat_map(|id| self.graph.meetings_of(*id)).collect();
        let mut met: Vec<_> = ids
            .into_iter()
            .filter_map(|id| self.graph.meeting(id))
            .filter(|meeting| brings_together(meeting) && meeting.times.start(self.view.zone) <= self.view.now)
            .filter(|meeting| self.view.me.is_none_or(|me| was_there(meeting, me)))
            .filter(|meeting| self.within(self.day_of(meeting)))
            .collect();
        met.sort_by_key(|meeting| std::cmp::Reverse((begin(&meeting.times), meeting.id)));
        met
    }

    /// Whether the user is of an organization.
    fn is_mine(&self, organization: OrganizationId) -> bool {
        let me = self.view.me.and_then(|me| self.graph.person(me));
        me.is_some_and(|me| me.organization_id == Some(organization))
    }

    fn items_by(&self, person: PersonId, kind: EdgeKind) -> Vec<&'g Item> {
        self.graph.person_at(person).into_iter().flat_map(|at| self.graph.items_to(at, kind)).collect()
    }

    /// Open actions of any of these, each once.
    fn open_of(&self, people: &[PersonId]) -> Vec<&'g Item> {
        let owned = people.iter().flat_map(|id| self.items_by(*id, EdgeKind::AssignedTo));
        let open: BTreeMap<ItemId, &Item> =
            owned.filter(|item| item.status == ActionStatus::Open).map(|item| (item.id, item)).collect();
        open.into_values().collect()
    }

    /// Decisions of somebody that hold.
    fn held_of(&self, person: PersonId) -> Vec<&'g Item> {
        let mut made = self.items_by(person, EdgeKind::DecidedBy);
        let today = Some(self.view.as_of_today());
        made.retain(|item| self.graph.decision_status(item.id, today) == Some(DecisionStatus::Holds));
        made
    }

    /// What somebody owns, decided or asked.
    fn own_of(&self, person: PersonId) -> Vec<&'g Item> {
        let kinds = [EdgeKind::AssignedTo, EdgeKind::DecidedBy, EdgeKind::AskedBy];
        kinds.into_iter().flat_map(|kind| self.items_by(person, kind)).collect()
    }

    fn last(&self, met: &[&MeetingFact]) -> Measure<'g> {
        Measure::Age(met.first().map(|meeting| self.days_since(self.day_of(meeting))))
    }
}

/// Whether nobody but these two was there.
fn is_between(meeting: &MeetingFact, one: PersonId, other: PersonId) -> bool {
    let there = meeting.attendances.iter().filter(|a| attendance_weight(a) > 1);
    let others = there.filter(|a| a.person_id != one && a.person_id != other).count();
    others == 0 && was_there(meeting, one) && was_there(meeting, other)
}

impl<'g> Candidate<'g> for OfPerson<'g> {
    fn node(&self) -> NodeRef {
        NodeRef::Person(self.person.id)
    }

    fn measure(&self, asking: &Asking<'g>, key: &Key) -> Measure<'g> {
        let person = self.person;
        match key.name {
            "name" => {
                let names = [&person.name, &person.handle].into_iter().chain(&person.emails).chain(&person.aliases);
                Measure::Texts(names.map(String::as_str).collect())
            }
            "relation" => Measure::Words(vec![person.relation.as_str()]),
            "org" => Measure::People(person.organization_id.map(|_| person.id).into_iter().collect()),
            "topic" => {
                let own = asking.own_of(person.id).into_iter();
                Measure::Topics(own.flat_map(|item| item.topics.iter().map(String::as_str)).collect())
            }
            "last-1:1" => asking.last(&self.last_alone(asking).into_iter().collect::<Vec<_>>()),
            "last-met" => asking.last(&self.met),
            "meetings" => count(self.met.len()),
            "hours" => Measure::Count(hours(self.met.iter().copied())),
            "open" => count(asking.open_of(&[person.id]).len()),
            _ => count(asking.held_of(person.id).len()),
        }
    }

    fn behind(&self, asking: &Asking<'g>, term: &Term) -> Behind<'g> {
        let person = self.person.id;
        match (term.key.name, &term.test) {
            ("last-1:1", _) => {
                Behind::Meetings(self.last_alone(asking).map(|meeting| meeting.id).into_iter().collect())
            }
            ("last-met", _) => Behind::Meetings(self.met.first().map(|meeting| meeting.id).into_iter().collect()),
            ("open", _) => Behind::Items(asking.open_of(&[person])),
            ("decisions", _) => Behind::Items(asking.held_of(person)),
            ("topic", Test::Is(topic)) => Behind::Items(about(topic, &asking.own_of(person))),
            _ => Behind::Nothing,
        }
    }

    fn meetings(&self) -> Vec<MeetingId> {
        self.met.iter().map(|meeting| meeting.id).collect()
    }
}

impl OfOrganization<'_> {
    pub(super) fn id(&self) -> OrganizationId {
        self.organization.id
    }
}

impl<'g> OfPerson<'g> {
    pub(super) fn id(&self) -> PersonId {
        self.person.id
    }

    /// The last meeting of the two alone.
    fn last_alone(&self, asking: &Asking<'g>) -> Option<&'g MeetingFact> {
        let me = asking.view.me?;
        self.met.iter().copied().find(|meeting| is_between(meeting, me, self.person.id))
    }
}

impl<'g> Candidate<'g> for OfOrganization<'g> {
    fn node(&self) -> NodeRef {
        NodeRef::Organization(self.organization.id)
    }

    fn measure(&self, asking: &Asking<'g>, key: &Key) -> Measure<'g> {
        match key.name {
            "name" => {
                let names = std::iter::once(&self.organization.name).chain(&self.organization.domains);
                Measure::Texts(names.map(String::as_str).collect())
            }
            "people" => count(self.people.len() + usize::from(asking.is_mine(self.organization.id))),
            "last-met" => asking.last(&self.met),
            "meetings" => count(self.met.len()),
            "hours" => Measure::Count(hours(self.met.iter().copied())),
            _ => count(asking.open_of(&self.people).len()),
        }
    }

    fn behind(&self, asking: &Asking<'g>, term: &Term) -> Behind<'g> {
        match term.key.name {
            "last-met" => Behind::Meetings(self.met.first().map(|meeting| meeting.id).into_iter().collect()),
            "open" => Behind::Items(asking.open_of(&self.people)),
            _ => Behind::Nothing,
        }
    }

    fn meetings(&self) -> Vec<MeetingId> {
        self.met.iter().map(|meeting| meeting.id).collect()
    }
}
