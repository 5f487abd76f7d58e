//! Which facts an answer needs: over these alone it is the same as over the whole vault.
//!
//! A command that asks for one brief loads no more than its neighbourhood. These functions are the definition, over
//! facts in memory; a store that loads from a database follows them, and may load more. "At" a meeting is anyone in
//! its attendances, whatever they answered.

use std::collections::{BTreeMap, BTreeSet};

use super::read::covers;
use super::{Fact, MeetingFact, NodeRef};
use crate::model::{Item, ItemId, MeetingId, OrganizationId, Person, PersonId};

/// What [`super::Graph::brief`] and [`super::Graph::last_time`] need:
///
/// 1. the meeting, and all meetings of its series;
/// 2. all meetings at which one was who is at the meeting, the user apart;
/// 3. all items of those meetings, and all items that such a person owns or that name one;
/// 4. all items about what the meeting is about: about a topic, or one below it, that the meeting or one of its
///    series has, in items or outside (a store may hold to the latest decisions of each topic, a few times as many as
///    a brief tells, and leave out what no brief looks at: people's meetings of more than [`super::LOOKED_BACK`] days
///    before where they met the user since, of their items those neither open nor changed nor decided since, topics of
///    the series that its last meetings do not have, and who was at a meeting but those who will be at this one);
/// 5. [all items linked](linked_items) to those; the meetings of all these items; the people, organizations and
///    series all these name.
#[must_use]
pub fn of_brief(facts: &[Fact], meeting: MeetingId, me: Option<PersonId>) -> Vec<Fact> {
    let world = World::new(facts);
    let Some(this) = world.meetings.get(&meeting) else { return Vec::new() };
    let people: BTreeSet<_> = this.attendances.iter().map(|a| a.person_id).filter(|id| Some(*id) != me).collect();
    let series: BTreeSet<_> = world
        .meetings
        .values()
        .filter(|other| other.id == meeting || (other.series_id.is_some() && other.series_id == this.series_id))
        .map(|other| other.id)
        .collect();
    let mut meetings = world.meetings_at(&people);
    meetings.extend(&series);

    let of_series = |item: &&&Item| item.meeting_id.is_some_and(|id| series.contains(&id));
    let said = world.items.values().filter(of_series).flat_map(|item| &item.topics);
    let topics: BTreeSet<&String> = series.iter().flat_map(|id| &world.meetings[id].topics).chain(said).collect();
    let items = world.items_where(|item| {
        world.is_around(item, &people, &meetings) || item.topics.iter().any(|own| topics.iter().any(|t| covers(t, own)))
    });
    world.pick(items, meetings)
}

/// What [`super::Graph::ledger`] needs of each person asked for (of an organization: of each of its people):
///
/// 1. all meetings they were at;
/// 2. all items of those meetings, and all items they own or that name them;
/// 3. [all items linked](linked_items) to those; the meetings of all these items; the people, organizations and
///    series all these name, and the organization asked for.
#[must_use]
pub fn of_ledger(facts: &[Fact], people: &BTreeSet<PersonId>) -> Vec<Fact> {
    let world = World::new(facts);
    let meetings = world.meetings_at(people);
    let items = world.items_where(|item| world.is_around(item, people, &meetings));
    world.pick(items, meetings)
}

/// What [`super::Graph::trace`] and everything about one item (status, answers, what blocks it) needs: the item,
/// [all items linked](linked_items) to it, the meetings of these, and the people, organizations and series all these
/// name.
#[must_use]
pub fn of_item(facts: &[Fact], item: ItemId) -> Vec<Fact> {
    let world = World::new(facts);
    world.pick(world.items_where(|other| other.id == item), BTreeSet::new())
}

/// The items that links lead to from some, either way and as far as they lead, those included.
#[must_use]
pub fn linked_items(facts: &[Fact], from: BTreeSet<ItemId>) -> BTreeSet<ItemId> {
    World::new(facts).linked(from)
}

struct World<'a> {
    facts: &'a [Fact],
    meetings: BTreeMap<MeetingId, &'a MeetingFact>,
    items: BTreeMap<ItemId, &'a Item>,
}

impl<'a> World<'a> {
    fn new(facts: &'a [Fact]) -> Self {
        let mut world = Self { facts, meetings: BTreeMap::new(), items: BTreeMap::new() };
        for fact in facts {
            if let Fact::Meeting(meeting) = fact {
                world.meetings.insert(meeting.id, meeting);
            } else if let Fact::Item(item) = fact {
                world.items.insert(item.id, item);
            }
        }
        world
    }

    fn meetings_at(&self, people: &BTreeSet<PersonId>) -> BTreeSet<MeetingId> {
        let at = |meeting: &&&MeetingFact| meeting.attendances.iter().any(|a| people.contains(&a.person_id));
        self.meetings.values().filter(at).map(|meeting| meeting.id).collect()
    }

    fn items_where(&self, wanted: impl Fn(&Item) -> bool) -> BTreeSet<ItemId> {
        self.items.values().filter(|item| wanted(item)).map(|item| item.id).collect()
    }

    fn is_around(&self, item: &Item, people: &BTreeSet<PersonId>, meetings: &BTreeSet<MeetingId>) -> bool {
        item.meeting_id.is_some_and(|id| meetings.contains(&id))
            || item.owners.iter().any(|owner| people.contains(&owner.person_id))
            || item.mentions.iter().any(|id| people.contains(id))
    }

    fn linked(&self, mut found: BTreeSet<ItemId>) -> BTreeSet<ItemId> {
        let mut beside: BTreeMap<ItemId, Vec<ItemId>> = BTreeMap::new();
        for item in self.items.values() {
            for link in &item.links {
                beside.entry(item.id).or_default().push(link.target);
                beside.entry(link.target).or_default().push(item.id);
            }
        }
        let mut queue: Vec<ItemId> = found.iter().copied().collect();
        while let Some(item) = queue.pop() {
            for other in beside.get(&item).into_iter().flatten() {
                if found.insert(*other) {
                    queue.push(*other);
                }
            }
        }
        found
    }

    fn pick(&self, items: BTreeSet<ItemId>, mut meetings: BTreeSet<MeetingId>) -> Vec<Fact> {
        let items = self.linked(items);
        let mut wanted: BTreeSet<NodeRef> = BTreeSet::new();
        for item in items.iter().filter_map(|id| self.items.get(id)) {
            meetings.extend(item.meeting_id);
            wanted.insert(NodeRef::Item(item.id));
            wanted.extend(item.owners.iter().map(|owner| NodeRef::Person(owner.person_id)));
            wanted.extend(item.mentions.iter().map(|id| NodeRef::Person(*id)));
        }
        for meeting in meetings.iter().filter_map(|id| self.meetings.get(id)) {
            wanted.insert(NodeRef::Meeting(meeting.id));
            wanted.extend(meeting.attendances.iter().map(|a| NodeRef::Person(a.person_id)));
            wanted.extend(meeting.mentions.iter().map(|id| NodeRef::Person(*id)));
            wanted.extend(meeting.series_id.map(NodeRef::Series));
        }
        let named = |fact: &&Fact| match fact {
            Fact::Person(person) => wanted.contains(&NodeRef::Person(person.id)),
            fact => wanted.contains(&fact.node()),
        };
        let organizations: BTreeSet<OrganizationId> = self
            .facts
            .iter()
            .filter(named)
            .filter_map(|fact| if let Fact::Person(person) = fact { Some(person) } else { None })
            .flat_map(Person::organizations)
            .collect();
        let of = |fact: &Fact| matches!(fact, Fact::Organization(own) if organizations.contains(&own.id));
        self.facts.iter().filter(|fact| named(fact) || of(fact)).cloned().collect()
    }
}
