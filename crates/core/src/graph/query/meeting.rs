//! Meetings and series as a query sees them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::answer::{Asking, Behind, Candidate, Wanted};
use super::measure::Measure;
use super::{Key, Term, Test};
use crate::graph::edges::attendance_weight;
use crate::graph::read::{brings_together, covers, took_place};
use crate::graph::{Fact, MeetingFact, NodeRef, SeriesFact};
use crate::model::{ActionStatus, Item, ItemKind, MeetingId, PersonId};

/// One meeting.
pub(super) struct OfMeeting<'g>(&'g MeetingFact);

/// A series and its meetings that took place within the bounds, the latest first.
pub(super) struct OfSeries<'g> {
    series: &'g SeriesFact,
    meetings: Vec<&'g MeetingFact>,
}

impl<'g> Asking<'g> {
    /// Meetings within the bounds, from the narrowest thing named.
    pub(super) fn meetings(&self, wanted: &[Wanted<'_>]) -> Vec<OfMeeting<'g>> {
        let near = wanted.iter().filter_map(|want| want.near(self.graph)).min_by_key(BTreeSet::len);
        let found: BTreeMap<MeetingId, &MeetingFact> = match near {
            Some(people) => people
                .iter()
                .flat_map(|id| self.graph.meetings_of(*id))
                .filter_map(|id| Some((id, self.graph.meeting(id)?)))
                .collect(),
            None => self
                .facts()
                .filter_map(|fact| if let Fact::Meeting(m) = fact { Some((m.id, m)) } else { None })
                .collect(),
        };
        let people_meet = |meeting: &&MeetingFact| meeting.kind == crate::model::MeetingKind::Meeting;
        found.into_values().filter(people_meet).filter(|m| self.within(self.day_of(m))).map(OfMeeting).collect()
    }

    /// Series of meetings of people; those called off altogether count none.
    pub(super) fn series(&self) -> Vec<OfSeries<'g>> {
        let series = self.facts().filter_map(|fact| if let Fact::Series(series) = fact { Some(series) } else { None });
        let meetings = |series: &SeriesFact| {
            let line = self.graph.series.get(&series.id).into_iter().flat_map(|line| line.values().rev());
            line.filter_map(|at| self.graph.meeting_at(*at)).collect::<Vec<_>>()
        };
        series
            .map(|series| (series, meetings(series)))
            .filter(|(_, all)| all.len() > 1)
            .map(|(series, mut meetings)| {
                meetings.retain(|m| took_place(m, &self.view) && brings_together(m) && self.within(self.day_of(m)));
                OfSeries { series, meetings }
            })
            .collect()
    }

    pub(super) fn facts(&self) -> impl Iterator<Item = &'g Fact> {
        self.graph.net.node_weights().filter_map(|node| node.fact.as_ref())
    }

    pub(super) fn items_of(&self, meeting: &MeetingFact) -> Vec<&'g Item> {
        let at = self.graph.at(&NodeRef::Meeting(meeting.id));
        at.into_iter().flat_map(|at| self.graph.items_in(at)).collect()
    }

    /// What the notes of a meeting and their items are about.
    pub(super) fn topics_of(&self, meeting: &'g MeetingFact) -> Vec<&'g str> {
        let items = self.items_of(meeting);
        let own = items.into_iter().flat_map(|item| &item.topics);
        meeting.topics.iter().chain(own).map(String::as_str).collect()
    }
}

/// Who was there, or is invited and has not declined.
pub(super) fn there(meeting: &MeetingFact) -> BTreeSet<PersonId> {
    meeting.attendances.iter().filter(|a| attendance_weight(a) > 1).map(|a| a.person_id).collect()
}

/// Hours of meetings, whole days as none.
pub(super) fn hours<'m>(meetings: impl IntoIterator<Item = &'m MeetingFact>) -> u32 {
    let minutes: i64 = meetings.into_iter().map(minutes).sum();
    u32::try_from(minutes / 60).unwrap_or(u32::MAX)
}

fn minutes(meeting: &MeetingFact) -> i64 {
    match meeting.times {
        crate::model::Times::Timed { start, end, .. } => (end - start).num_minutes().max(0),
        crate::model::Times::AllDay { .. } => 0,
    }
}

pub(super) fn count(number: usize) -> Measure<'static> {
    Measure::Count(u32::try_from(number).unwrap_or(u32::MAX))
}

fn outcomes<'g>(key: &Key, items: &[&'g Item]) -> Option<Measure<'g>> {
    Some(count(counted(key, items)?.len()))
}

/// Those of the items that a key counts; none where it counts none.
fn counted<'g>(key: &Key, items: &[&'g Item]) -> Option<Vec<&'g Item>> {
    let of = |wanted: &dyn Fn(&Item) -> bool| Some(items.iter().copied().filter(|item| wanted(item)).collect());
    match key.name {
        "outcomes" => of(&|item| !item.proposed),
        "decisions" => of(&|item| item.kind == ItemKind::Decision && !item.proposed),
        "open" => of(&|item| item.kind == ItemKind::Action && item.status == ActionStatus::Open),
        _ => None,
    }
}

/// The lines of notes behind a count of them, or behind a topic.
fn said<'g>(term: &Term, items: &[&'g Item]) -> Behind<'g> {
    match (&term.test, counted(term.key, items)) {
        (_, Some(counted)) => Behind::Items(counted),
        (Test::Is(topic), None) if term.key.name == "topic" => Behind::Items(about(topic, items)),
        _ => Behind::Nothing,
    }
}

/// Those about a topic, or one below it.
pub(super) fn about<'g>(topic: &str, items: &[&'g Item]) -> Vec<&'g Item> {
    let topic = topic.to_lowercase();
    items.iter().copied().filter(|item| item.topics.iter().any(|own| covers(&topic, own))).collect()
}

impl<'g> Candidate<'g> for OfMeeting<'g> {
    fn node(&self) -> NodeRef {
        NodeRef::Meeting(self.0.id)
    }

    fn measure(&self, asking: &Asking<'g>, key: &Key) -> Measure<'g> {
        let meeting = self.0;
        match key.name {
            "title" => Measure::Texts(vec![&meeting.title]),
            "series" => {
                let series = meeting.series_id.and_then(|id| asking.graph.series(id));
                Measure::Texts(series.map(|series| series.title.as_str()).into_iter().collect())
            }
            "topic" => Measure::Topics(asking.topics_of(meeting)),
            "held" => Measure::Words(vec![if took_place(meeting, &asking.view) { "yes" } else { "no" }]),
            "status" => Measure::Words(vec![meeting.status.as_str()]),
            "age" => Measure::Age(Some(asking.days_since(asking.day_of(meeting)))),
            "purpose" => Measure::There(meeting.has_purpose),
            "notes" => Measure::There(meeting.has_notes),
            "attendees" => count(meeting.attendances.len()),
            "hours" => Measure::Count(hours([meeting])),
            _ => outcomes(key, &asking.items_of(meeting)).unwrap_or_else(|| Measure::People(there(meeting))),
        }
    }

    fn behind(&self, asking: &Asking<'g>, term: &Term) -> Behind<'g> {
        said(term, &asking.items_of(self.0))
    }

    fn meetings(&self) -> Vec<MeetingId> {
        vec![self.0.id]
    }

    fn day(&self, _: &Asking<'g>) -> Option<NaiveDate> {
        Some(self.0.times.own_date())
    }
}

impl<'g> Candidate<'g> for OfSeries<'g> {
    fn node(&self) -> NodeRef {
        NodeRef::Series(self.series.id)
    }

    fn measure(&self, asking: &Asking<'g>, key: &Key) -> Measure<'g> {
        let all = || self.meetings.iter().copied();
        match key.name {
            "title" => Measure::Texts(vec![&self.series.title]),
            "topic" => Measure::Topics(all().flat_map(|meeting| asking.topics_of(meeting)).collect()),
            "meetings" => count(self.meetings.len()),
            "hours" => Measure::Count(hours(all())),
            "last-met" => Measure::Age(self.meetings.first().map(|m| asking.days_since(asking.day_of(m)))),
            _ => {
                let items = || all().flat_map(|meeting| asking.items_of(meeting)).collect::<Vec<_>>();
                let people = || Measure::People(all().flat_map(there).collect());
                outcomes(key, &items()).unwrap_or_else(people)
            }
        }
    }

    fn behind(&self, asking: &Asking<'g>, term: &Term) -> Behind<'g> {
        said(term, &self.meetings.iter().flat_map(|meeting| asking.items_of(meeting)).collect::<Vec<_>>())
    }

    fn meetings(&self) -> Vec<MeetingId> {
        self.meetings.iter().map(|meeting| meeting.id).collect()
    }
}
