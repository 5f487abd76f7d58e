//! Who will be in the room, and which meetings were of these people.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use petgraph::Direction::Outgoing;
use petgraph::stable_graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::graph::edges::attendance_weight;
use crate::graph::network::begin;
use crate::graph::read::{brings_together, is_open_to_all, took_place};
use crate::graph::{EdgeKind, Graph, MeetingFact, NodeRef, View};
use crate::model::{Item, PersonId};

/// From more people than this but the user, having met one of them says nothing about the room.
const LARGE: usize = 20;
/// Below one in this many, an overlap is chance: one of a 1:1 among two dozen others.
const LEAST_OVERLAP: u32 = 20;
/// For a large room, an item counts when its meeting overlaps by one in this many.
const LARGE_OVERLAP: u32 = 4;
/// A meeting that overlaps by more than one in this many is of much the same people: two of a committee of five, but not
/// a 1:1 with one of them.
const MUCH_THE_SAME: u32 = 3;
/// The age in days at which an overlap counts half.
const HALF_AGE: f64 = 180.0;

/// Meetings of these people are looked at that began at most so many days before: at a year's age an overlap counts a
/// third, so that an older meeting hardly ever ranks among the first five, and without a bound every brief would have to
/// know all that these people ever did. Open actions of any age count, and so does the whole series.
pub const LOOKED_BACK: i64 = 366;

/// A share of people, as counted in quarters of attendances.
#[derive(Debug, Clone, Copy, Default)]
struct Overlap {
    shared: u32,
    whole: u32,
    /// Someone coming to this meeting was at that one.
    with_coming: bool,
    /// Someone who declined this meeting was at that one.
    with_declined: bool,
}

/// The people of a meeting but the user, and the meetings they were at.
pub(super) struct Room<'a> {
    graph: &'a Graph,
    pub(super) meeting: &'a MeetingFact,
    /// Those who did not decline; everybody where all did.
    pub(super) coming: BTreeMap<PersonId, Option<NodeIndex>>,
    /// Those who declined or were told absent.
    pub(super) declined: BTreeMap<PersonId, Option<NodeIndex>>,
    met: HashMap<NodeIndex, Overlap>,
}

impl<'a> Room<'a> {
    pub(super) fn new(graph: &'a Graph, meeting: &'a MeetingFact, view: &View) -> Self {
        let (mut coming, mut declined) = (BTreeMap::new(), BTreeMap::new());
        let mut met: HashMap<NodeIndex, Overlap> = HashMap::new();
        let mut size = 0;
        for attendance in meeting.attendances.iter().filter(|a| Some(a.person_id) != view.me) {
            let weight = attendance_weight(attendance);
            let at = graph.person_at(attendance.person_id);
            let side = if weight > 1 { &mut coming } else { &mut declined };
            side.insert(attendance.person_id, at);
            size += u32::from(weight);
            let edges = at.into_iter().flat_map(|at| graph.net.edges_directed(at, Outgoing));
            for edge in edges.filter(|edge| edge.weight().kind == EdgeKind::Attended) {
                let overlap = met.entry(edge.target()).or_default();
                overlap.shared += u32::from(weight.min(edge.weight().weight));
                if edge.weight().weight > 1 {
                    overlap.with_coming |= weight > 1;
                    overlap.with_declined |= weight <= 1;
                }
            }
        }
        for (at, overlap) in &mut met {
            let Some(other) = graph.meeting_at(*at) else { continue };
            let people = other.attendances.iter().filter(|a| Some(a.person_id) != view.me);
            let theirs: u32 = people.map(|a| u32::from(attendance_weight(a))).sum();
            overlap.whole = size + theirs + other.unnamed - overlap.shared;
        }
        if coming.is_empty() {
            coming = std::mem::take(&mut declined);
        }
        Self { graph, meeting, coming, declined, met }
    }

    /// Whether there are so many that only the series and much the same people say anything.
    pub(super) fn is_large(&self) -> bool {
        self.coming.len() + self.declined.len() > LARGE
    }

    /// Whether an item may stand in the brief at all: it is neither private nor said in this very meeting.
    pub(super) fn may_tell(&self, item: &Item) -> bool {
        is_open_to_all(item) && item.meeting_id != Some(self.meeting.id)
    }

    pub(super) fn is_of_series(&self, meeting: &MeetingFact) -> bool {
        meeting.id == self.meeting.id || (meeting.series_id.is_some() && meeting.series_id == self.meeting.series_id)
    }

    /// Whether an item concerns people of this room: it comes from this series, from a meeting someone here was at,
    /// or names someone here, be it as one of those it is of. First place: it comes from this series or from much the same people, so that what a
    /// client waits for stands before what a colleague in the room does; second: through someone who comes; third:
    /// only through those who declined.
    pub(super) fn closeness(&self, item: &Item) -> Option<u8> {
        let of_series = self.graph.meeting_of(item).is_some_and(|meeting| self.is_of_series(meeting));
        let met = item.meeting_id.and_then(|id| self.met.get(&self.graph.at(&NodeRef::Meeting(id))?));
        if of_series || met.is_some_and(|overlap| overlap.shared * MUCH_THE_SAME > overlap.whole) {
            return Some(0);
        }
        if self.is_large() {
            return met.is_some_and(|overlap| overlap.shared * LARGE_OVERLAP >= overlap.whole).then_some(0);
        }
        let owners = item.owners.iter().map(|owner| owner.person_id);
        let named: Vec<PersonId> = owners.chain(item.mentions.iter().copied()).collect();
        let names = |people: &BTreeMap<PersonId, _>| named.iter().any(|id| people.contains_key(id));
        if met.is_some_and(|overlap| overlap.with_coming) || names(&self.coming) {
            Some(1)
        } else {
            (met.is_some_and(|overlap| overlap.with_declined) || names(&self.declined)).then_some(2)
        }
    }

    /// Meetings of other series or none that these people had before this one, best first.
    ///
    /// The rank is weighted Jaccard, the people both had over the people either had, times recency: an attendance
    /// counts 4 quarters, 2 for one who may come, 1 for one who declined or was not there; the user, who is in every
    /// meeting, not at all; and half a year back counts half, a year a third. So a 1:1 with one of five says more
    /// than an all-hands with all five. An overlap below a twentieth is none, and so is one of more than a year ago
    /// ([`LOOKED_BACK`]). Of equal ranks the later meeting, then the greater id.
    pub(super) fn of_these_people(&self, view: &View) -> Vec<&'a MeetingFact> {
        let before = (begin(&self.meeting.times), self.meeting.id);
        let mut ranked: Vec<(f64, &MeetingFact)> = self
            .met
            .iter()
            .filter(|(_, overlap)| overlap.shared * LEAST_OVERLAP >= overlap.whole)
            .filter_map(|(at, overlap)| Some((overlap, self.graph.meeting_at(*at)?)))
            .filter(|(_, other)| (begin(&other.times), other.id) < before && !self.is_of_series(other))
            .filter(|(_, other)| self.is_recent(begin(&other.times)))
            .filter(|(_, other)| took_place(other, view) && brings_together(other))
            .map(|(overlap, other)| (self.rank(overlap, other), other))
            .collect();
        ranked.sort_by(|(a, one), (b, other)| {
            let later = (begin(&other.times), other.id).cmp(&(begin(&one.times), one.id));
            b.total_cmp(a).then(later)
        });
        ranked.into_iter().map(|(_, meeting)| meeting).collect()
    }

    /// Whether it began at most [`LOOKED_BACK`] days before this meeting.
    pub(super) fn is_recent(&self, began: DateTime<Utc>) -> bool {
        (begin(&self.meeting.times) - began).num_days() <= LOOKED_BACK
    }

    fn rank(&self, overlap: &Overlap, other: &MeetingFact) -> f64 {
        let days = (begin(&self.meeting.times) - begin(&other.times)).num_days().max(0);
        // Both are far below 2^53.
        #[allow(clippy::cast_precision_loss)]
        let age = days as f64 / HALF_AGE;
        f64::from(overlap.shared) / f64::from(overlap.whole.max(1)) / (1.0 + age)
    }

    /// Those who come and were never before at a meeting with the user, nor at one of this series; by name, then id.
    /// Where nobody is the user, any meeting before counts.
    pub(super) fn new_people(&self, view: &View) -> Vec<PersonId> {
        let before = (begin(&self.meeting.times), self.meeting.id);
        let known = |at: NodeIndex| {
            let edges = self.graph.net.edges_directed(at, Outgoing);
            let mut meetings = edges
                .filter(|edge| edge.weight().kind == EdgeKind::Attended && edge.weight().weight > 1)
                .filter_map(|edge| self.graph.meeting_at(edge.target()));
            meetings.any(|other| {
                (begin(&other.times), other.id) < before
                    && took_place(other, view)
                    && (self.is_of_series(other) || view.me.is_none_or(|me| crate::graph::read::was_there(other, me)))
            })
        };
        let new: BTreeSet<(String, PersonId)> = self
            .coming
            .iter()
            .filter(|(_, at)| at.is_none_or(|at| !known(at)))
            .filter_map(|(id, _)| Some((self.graph.person(*id)?.name.to_lowercase(), *id)))
            .collect();
        new.into_iter().map(|(_, id)| id).collect()
    }
}
