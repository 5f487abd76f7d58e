//! Asking the graph.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::measure::Measure;
use super::{Key, Kind, Query, Sort, Term, Test};
use crate::graph::{EdgeKind, Fact, Graph, MeetingFact, NodeRef, View};
use crate::model::{Item, ItemId, MeetingId, OrganizationId, PersonId};
use crate::people::fold;

/// At most so much is named as evidence of one answer, the latest.
const EVIDENCE: usize = 3;

/// What a query finds, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// People, organizations and series by the number asked about, the greatest first and what never was before all,
    /// then by name; meetings and items the latest first; equal ones by id.
    pub found: Vec<Found>,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What.
    pub node: NodeRef,
    /// The first number the query asks about: a count, or days gone by. None where it never was, or nothing is asked.
    pub value: Option<i64>,
    /// What shows it, the latest first: at most three. Of a number asked about what was counted, else of a topic the
    /// items about it, else the meetings.
    pub evidence: Vec<Proof>,
}

/// What shows that an answer is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proof {
    /// The meeting.
    pub meeting: MeetingId,
    /// The item in its notes, where one line shows it.
    pub item: Option<ItemId>,
}

/// A name nobody and nothing has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// Asked for as a person.
    #[error("nobody is called “{0}”")]
    Person(String),
    /// Asked for as an organization.
    #[error("no organization is called “{0}”")]
    Organization(String),
}

/// A term with the people its value stands for.
pub(super) struct Wanted<'q> {
    pub(super) term: &'q Term,
    people: Option<BTreeSet<PersonId>>,
    organizations: Option<BTreeSet<OrganizationId>>,
}

/// A query being asked.
pub(super) struct Asking<'g> {
    pub(super) graph: &'g Graph,
    pub(super) view: View,
    pub(super) from: Option<NaiveDate>,
    pub(super) to: Option<NaiveDate>,
}

/// What one kind of thing has to say: a measure a key, and what shows it.
pub(super) trait Candidate<'g> {
    fn node(&self) -> NodeRef;
    fn measure(&self, asking: &Asking<'g>, key: &Key) -> Measure<'g>;
    /// What stands behind a key's measure, in any order; nothing where no one thing does.
    fn behind(&self, asking: &Asking<'g>, term: &Term) -> Behind<'g>;
    /// Where nothing stands behind what was asked: the meetings, the latest first.
    fn meetings(&self) -> Vec<MeetingId>;
    /// The day it is of, where it is of one: people count for the organization they were of then.
    fn day(&self, _: &Asking<'g>) -> Option<NaiveDate> {
        None
    }
}

/// What was counted.
pub(super) enum Behind<'g> {
    Nothing,
    Meetings(Vec<MeetingId>),
    Items(Vec<&'g Item>),
}

impl Query {
    /// What a graph answers.
    ///
    /// Starts from the narrowest thing named: a topic, a person, an organization, a series; only a query that names
    /// none of them looks at every node of its kind. Needs what [`Query::reach`] says. Items of private parts are among
    /// what is found: who shows answers to others leaves them out.
    ///
    /// # Errors
    /// [`Unknown`] for a name nobody has: an empty answer would say that there is nothing to find.
    pub fn answer(&self, graph: &Graph, view: &View) -> Result<Answer, Unknown> {
        let (asking, wanted) = self.asking(graph, view)?;
        let mut found = match self.kind {
            Kind::People => asking.ask(asking.people(), &wanted),
            Kind::Organizations => asking.ask(asking.organizations(), &wanted),
            Kind::Series => asking.ask(asking.series(), &wanted),
            Kind::Meetings => asking.ask(asking.meetings(&wanted), &wanted),
            Kind::Actions | Kind::Decisions | Kind::Questions => asking.ask(asking.items(self.kind, &wanted), &wanted),
        };
        asking.sort(&mut found, self.kind);
        Ok(Answer { found })
    }

    /// [`Self::explain`], with people and organizations called as they are, where what was typed means one of them.
    #[must_use]
    pub fn explain_in(&self, graph: &Graph, view: &View) -> String {
        let mut named = self.clone();
        for term in &mut named.terms {
            if let Some(name) = only_called(graph, view, term) {
                term.test = Test::Is(name);
            }
        }
        named.explain()
    }

    /// Names resolved, days read.
    pub(super) fn asking<'q, 'g>(
        &'q self,
        graph: &'g Graph,
        view: &View,
    ) -> Result<(Asking<'g>, Vec<Wanted<'q>>), Unknown> {
        let bound = |name: &str| {
            let mut days = self.terms.iter().filter(|term| term.key.name == name && !term.negated);
            days.find_map(|term| if let Test::Day(_, day) = term.test { Some(day) } else { None })
        };
        let asking = Asking { graph, view: *view, from: bound("from"), to: bound("to") };
        let wanted = self.terms.iter().filter(|term| term.key.sort != Sort::Bound);
        let wanted = wanted.map(|term| resolve(graph, view, term)).collect::<Result<Vec<_>, _>>()?;
        Ok((asking, wanted))
    }
}

impl<'g> Asking<'g> {
    fn ask<C: Candidate<'g>>(&self, candidates: Vec<C>, wanted: &[Wanted<'_>]) -> Vec<Found> {
        candidates.iter().filter_map(|candidate| self.look(candidate, wanted)).collect()
    }

    fn look<C: Candidate<'g>>(&self, candidate: &C, wanted: &[Wanted<'_>]) -> Option<Found> {
        let mut value = None;
        for want in wanted {
            let measure = candidate.measure(self, want.term.key);
            if self.passes(&measure, want, candidate.day(self)) == want.term.negated {
                return None;
            }
            let asked = want.term.key.sort.is_number();
            value = value.or_else(|| measure.number().filter(|_| asked));
        }
        Some(Found { node: candidate.node(), value, evidence: self.evidence(candidate, wanted) })
    }

    /// Of a number asked about what was counted, else of a topic the items about it, else the meetings.
    fn evidence<C: Candidate<'g>>(&self, candidate: &C, wanted: &[Wanted<'_>]) -> Vec<Proof> {
        let numbers = wanted.iter().filter(|want| want.term.key.sort.is_number());
        let topics = wanted.iter().filter(|want| want.topic().is_some());
        for want in numbers.chain(topics) {
            let mut proofs: Vec<_> = match candidate.behind(self, want.term) {
                Behind::Nothing => continue,
                Behind::Meetings(ids) => {
                    let when = |id: &MeetingId| self.when_of(&NodeRef::Meeting(*id));
                    ids.iter().map(|id| (when(id), Proof { meeting: *id, item: None })).collect()
                }
                Behind::Items(items) => {
                    let proof = |item: &&Item| Some(Proof { meeting: item.meeting_id?, item: Some(item.id) });
                    let dated = |item: &&Item| Some((Some(self.graph.when(item)), proof(item)?));
                    items.iter().filter_map(dated).collect()
                }
            };
            if proofs.is_empty() {
                continue;
            }
            proofs.sort_unstable_by(|a, b| b.cmp(a));
            return proofs.into_iter().take(EVIDENCE).map(|(_, proof)| proof).collect();
        }
        candidate.meetings().into_iter().take(EVIDENCE).map(|meeting| Proof { meeting, item: None }).collect()
    }

    /// Whether every condition is true of a candidate.
    pub(super) fn is_all<C: Candidate<'g>>(&self, candidate: &C, wanted: &[&Wanted<'_>]) -> bool {
        let day = candidate.day(self);
        let is =
            |want: &&Wanted<'_>| self.passes(&candidate.measure(self, want.term.key), want, day) != want.term.negated;
        wanted.iter().all(is)
    }

    pub(super) fn passes(&self, measure: &Measure<'_>, want: &Wanted<'_>, day: Option<NaiveDate>) -> bool {
        match (&want.organizations, measure) {
            (Some(organizations), Measure::People(people)) => people.iter().any(|id| {
                let of = self.graph.person(*id).and_then(|person| match day {
                    Some(day) => person.organization_on(day),
                    None => person.organization_id,
                });
                of.is_some_and(|id| organizations.contains(&id))
            }),
            _ => measure.passes(&want.term.test, want.people.as_ref()),
        }
    }

    /// Whether a day counts.
    pub(super) fn within(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| day >= from) && self.to.is_none_or(|to| day <= to)
    }

    /// The day a meeting begins on where the user is: that is how days are asked for.
    pub(super) fn day_of(&self, meeting: &MeetingFact) -> NaiveDate {
        meeting.times.date(self.view.zone)
    }

    /// The day an item is of, as [`Asking::day_of`]; of one of no meeting when it was first saved.
    pub(super) fn item_day(&self, item: &Item) -> NaiveDate {
        let saved = || item.created_at.with_timezone(&self.view.zone).date_naive();
        self.graph.meeting_of(item).map_or_else(saved, |meeting| self.day_of(meeting))
    }

    /// Days since a date; below zero for what is to come.
    pub(super) fn days_since(&self, day: NaiveDate) -> i64 {
        (self.view.today() - day).num_days()
    }

    fn sort(&self, found: &mut [Found], kind: Kind) {
        match kind {
            Kind::People | Kind::Organizations | Kind::Series => found.sort_by_cached_key(|found| {
                let number = found.value.map_or(i64::MIN, |value| -value);
                (number, self.name(&found.node).to_lowercase(), found.node.clone())
            }),
            _ => found.sort_by_cached_key(|found| (std::cmp::Reverse(self.when_of(&found.node)), found.node.clone())),
        }
    }

    fn name(&self, node: &NodeRef) -> &'g str {
        let at = self.graph.at(node);
        match at.and_then(|at| self.graph.net[at].fact.as_ref()) {
            Some(Fact::Person(person)) => &person.name,
            Some(Fact::Organization(organization)) => &organization.name,
            Some(Fact::Series(series)) => &series.title,
            _ => "",
        }
    }

    fn when_of(&self, node: &NodeRef) -> Option<chrono::DateTime<chrono::Utc>> {
        match node {
            NodeRef::Meeting(id) => self.graph.meeting(*id).map(|meeting| crate::graph::network::begin(&meeting.times)),
            NodeRef::Item(id) => self.graph.item(*id).map(|item| self.graph.when(item)),
            _ => None,
        }
    }
}

impl Wanted<'_> {
    /// The people this term is only true of things near to, where it names some.
    pub(super) fn near(&self, graph: &Graph) -> Option<BTreeSet<PersonId>> {
        if self.term.negated {
            return None;
        }
        let members = |ids: &BTreeSet<OrganizationId>| ids.iter().flat_map(|id| graph.members_of(*id)).collect();
        self.people.clone().or_else(|| self.organizations.as_ref().map(members))
    }

    /// The topic this term is only true of things about.
    pub(super) fn topic(&self) -> Option<&str> {
        match &self.term.test {
            Test::Is(topic) if self.term.key.sort == Sort::Topic && !self.term.negated => Some(topic),
            _ => None,
        }
    }
}

fn resolve<'q>(graph: &Graph, view: &View, term: &'q Term) -> Result<Wanted<'q>, Unknown> {
    let mut wanted = Wanted { term, people: None, organizations: None };
    let Test::Is(name) = &term.test else { return Ok(wanted) };
    match term.key.sort {
        Sort::Person => {
            let people = people_called(graph, view, name);
            if people.is_empty() {
                return Err(Unknown::Person(name.clone()));
            }
            wanted.people = Some(people);
        }
        Sort::Organization => {
            let organizations = organizations_called(graph, name);
            if organizations.is_empty() {
                return Err(Unknown::Organization(name.clone()));
            }
            wanted.organizations = Some(organizations);
        }
        _ => {}
    }
    Ok(wanted)
}

/// The name of the one person or organization a condition names; the user stays `me`.
fn only_called(graph: &Graph, view: &View, term: &Term) -> Option<String> {
    let wanted = resolve(graph, view, term).ok()?;
    if let Some(people) = wanted.people {
        let [id] = people.into_iter().collect::<Vec<_>>()[..] else { return None };
        return graph.person(id).filter(|_| view.me != Some(id)).map(|person| person.name.clone());
    }
    let [id] = wanted.organizations?.into_iter().collect::<Vec<_>>()[..] else { return None };
    graph.organization(id).map(|organization| organization.name.clone())
}

/// By `me`, handle, alias or address; else everybody whose name has all the words.
fn people_called(graph: &Graph, view: &View, name: &str) -> BTreeSet<PersonId> {
    let wanted = fold(name);
    if wanted == "me" || wanted == "i" {
        return view.me.into_iter().collect();
    }
    let all = || {
        graph.net.node_weights().filter_map(|node| match &node.fact {
            Some(Fact::Person(person)) => Some(person),
            _ => None,
        })
    };
    let known = |text: &String| fold(text) == wanted;
    let exact: BTreeSet<_> = all()
        .filter(|person| known(&person.handle) || known(&person.name))
        .chain(all().filter(|person| person.emails.iter().chain(&person.aliases).any(known)))
        .map(|person| person.id)
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    let has_all = |name: &str| {
        let folded = fold(name);
        let parts: Vec<_> = folded.split_whitespace().collect();
        wanted.split_whitespace().all(|word| parts.contains(&word))
    };
    all().filter(|person| has_all(&person.name)).map(|person| person.id).collect()
}

fn organizations_called(graph: &Graph, name: &str) -> BTreeSet<OrganizationId> {
    let wanted = fold(name);
    let all = graph.net.node_weights().filter_map(|node| match &node.fact {
        Some(Fact::Organization(organization)) => Some(organization),
        _ => None,
    });
    let called = |text: &str| {
        let text = fold(text);
        text == wanted || text.split(['.', ' ']).any(|part| part == wanted)
    };
    all.filter(|organization| called(&organization.name) || organization.domains.iter().any(|domain| called(domain)))
        .map(|organization| organization.id)
        .collect()
}

impl Graph {
    /// Whose edges of these kinds lead to items.
    pub(super) fn items_near(&self, person: PersonId) -> Vec<&Item> {
        let Some(at) = self.person_at(person) else { return Vec::new() };
        let kinds = [EdgeKind::AssignedTo, EdgeKind::DecidedBy, EdgeKind::AskedBy, EdgeKind::Mentioned];
        let named = kinds.into_iter().flat_map(|kind| self.items_to(at, kind));
        let there = self.meetings_of(person).into_iter().filter_map(|id| self.at(&NodeRef::Meeting(id)));
        named.chain(there.flat_map(|at| self.items_in(at))).collect()
    }
}
