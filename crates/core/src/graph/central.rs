//! Who matters where, and who belongs together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use petgraph::stable_graph::NodeIndex;

use super::edges::attendance_weight;
use super::read::brings_together;
use super::{EdgeKind, Fact, Graph, MeetingFact};
use crate::model::PersonId;

/// At most so many people are named.
const PEOPLE: usize = 100;
/// Rounds of the walk: what is left to settle after them is below a thousandth.
const ROUNDS: usize = 40;
/// The chance to walk on and not to begin anew (PageRank's usual damping).
const WALK_ON: f64 = 0.85;
/// Meetings of more people say nothing about who belongs together.
const CIRCLE: usize = 25;
/// Rounds in which people change groups; it settles in a handful.
const SETTLING: usize = 50;

impl Graph {
    /// Who matters among those who met, about a topic or one below it and between two dates (both included, in each
    /// meeting's own zone), where given: at most a hundred people, the highest first; equal ones by id. The user, who
    /// is in most meetings, is walked through but not named.
    ///
    /// The score is where a random walk is found that goes from a person to any of their meetings, each as likely,
    /// and from there to any other who was there: PageRank on the graph of people, in which a meeting of n gives each
    /// pair 1/(n - 1), so that an all-hands weighs no more than a 1:1. It walks over attendances and never makes the
    /// pairs, so a round costs what there are attendances, and there are forty. All scores, the user's with them, add
    /// up to one.
    #[must_use]
    pub fn central(&self, topic: Option<&str>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Vec<(PersonId, f64)> {
        let rooms = self.rooms(topic, from, to);
        let people: Vec<PersonId> = rooms.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let number: HashMap<PersonId, usize> = people.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        let rooms: Vec<Vec<usize>> = rooms.iter().map(|room| room.iter().map(|id| number[id]).collect()).collect();
        let scores = walk(&rooms, people.len());
        let me = |id: &PersonId| self.person(*id).is_some_and(|person| person.is_me);
        let mut ranked: Vec<_> = people.into_iter().zip(scores).filter(|(id, _)| !me(id)).collect();
        ranked.sort_by(|(one, a), (other, b)| b.total_cmp(a).then(one.cmp(other)));
        ranked.truncate(PEOPLE);
        ranked
    }

    /// Groups of people who meet each other, between two dates as in [`Graph::central`]: the largest first, equal
    /// ones by their smallest id; in each the people in order of id. Nobody is in two; who is in none is left out.
    ///
    /// Found by Louvain's method, people in order of id, so the same facts give the same groups: people are of one group
    /// who meet each other more than how much they meet at all would make one expect. The user would join them all and is left out, and so are meetings of more than 25.
    #[must_use]
    pub fn clusters(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Vec<Vec<PersonId>> {
        let mut ties: BTreeMap<PersonId, BTreeMap<PersonId, f64>> = BTreeMap::new();
        for mut room in self.rooms(None, from, to) {
            room.retain(|id| !self.person(*id).is_some_and(|person| person.is_me));
            if room.len() < 2 || room.len() > CIRCLE {
                continue;
            }
            let share = 1.0 / float(room.len() - 1);
            for one in &room {
                for other in room.iter().filter(|other| *other != one) {
                    *ties.entry(*one).or_default().entry(*other).or_default() += share;
                }
            }
        }
        let people: Vec<PersonId> = ties.keys().copied().collect();
        let number: HashMap<PersonId, usize> = people.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let ties: Vec<BTreeMap<usize, f64>> =
            ties.into_values().map(|others| others.into_iter().map(|(id, tie)| (number[&id], tie)).collect()).collect();
        let mut groups: BTreeMap<usize, Vec<PersonId>> = BTreeMap::new();
        for (person, group) in people.into_iter().zip(communities(&ties)) {
            groups.entry(group).or_default().push(person);
        }
        let mut groups: Vec<_> = groups.into_values().filter(|group| group.len() > 1).collect();
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
        groups
    }

    /// Who was at each meeting asked for, in order of meeting and person; meetings of one say nothing.
    fn rooms(&self, topic: Option<&str>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Vec<Vec<PersonId>> {
        let mut meetings: Vec<&MeetingFact> = match topic {
            Some(topic) => self.meetings_about(topic).into_iter().filter_map(|at| self.meeting_at(at)).collect(),
            None => self.net.node_indices().filter_map(|at| self.meeting_at(at)).collect(),
        };
        meetings.retain(|meeting| {
            let date = meeting.times.own_date();
            let inside = from.is_none_or(|from| date >= from) && to.is_none_or(|to| date <= to);
            inside && brings_together(meeting)
        });
        meetings.sort_by_key(|meeting| meeting.id);
        let rooms = meetings.into_iter().map(|meeting| {
            let there = meeting.attendances.iter().filter(|attendance| attendance_weight(attendance) > 1);
            let there = there.map(|a| a.person_id).filter(|id| meeting.implied != Some(*id));
            there.filter(|id| self.person(*id).is_some()).collect::<Vec<_>>()
        });
        rooms.filter(|room| room.len() > 1).collect()
    }

    /// Meetings with a topic in their notes, in items or outside.
    fn meetings_about(&self, topic: &str) -> BTreeSet<NodeIndex> {
        let about = self
            .topics_under(topic)
            .flat_map(|at| self.neighbours(at, petgraph::Direction::Incoming, EdgeKind::About).collect::<Vec<_>>());
        about
            .filter_map(|at| match &self.net[at].fact {
                Some(Fact::Meeting(_)) => Some(at),
                Some(Fact::Item(item)) => self.at(&super::NodeRef::Meeting(item.meeting_id?)),
                _ => None,
            })
            .collect()
    }
}

/// Where a walk among `people` is found: each time through one of a person's rooms to somebody else in it.
fn walk(rooms: &[Vec<usize>], people: usize) -> Vec<f64> {
    let mut visits = vec![0.0; people];
    rooms.iter().flatten().for_each(|&person| visits[person] += 1.0);
    let mut scores = vec![1.0 / float(people.max(1)); people];
    for _ in 0..ROUNDS {
        let mut next = vec![(1.0 - WALK_ON) / float(people.max(1)); people];
        for room in rooms {
            let share = |person: usize| scores[person] / visits[person];
            let all: f64 = room.iter().map(|&person| share(person)).sum();
            for &person in room {
                next[person] += WALK_ON * (all - share(person)) / float(room.len() - 1);
            }
        }
        scores = next;
    }
    scores
}

/// Groups that are tied within more than chance would tie them: Louvain's method. Each in turn joins the group of a
/// neighbour where that gains modularity most; then groups are joined in the same way, until nothing is gained.
/// <https://doi.org/10.1088/1742-5468/2008/10/P10008>
fn communities(ties: &[BTreeMap<usize, f64>]) -> Vec<usize> {
    let mut member: Vec<usize> = (0..ties.len()).collect();
    let mut ties = ties.to_vec();
    loop {
        let labels = settle(&ties);
        let groups: BTreeSet<usize> = labels.iter().copied().collect();
        if groups.len() == ties.len() {
            return member;
        }
        let number: HashMap<usize, usize> = groups.into_iter().enumerate().map(|(at, label)| (label, at)).collect();
        member.iter_mut().for_each(|at| *at = number[&labels[*at]]);
        let mut joined = vec![BTreeMap::new(); number.len()];
        for (one, others) in ties.iter().enumerate() {
            for (other, weight) in others {
                *joined[number[&labels[one]]].entry(number[&labels[*other]]).or_insert(0.0) += weight;
            }
        }
        ties = joined;
    }
}

/// Each one's group, named by one of its members. What a node is tied to itself is what was joined in it.
fn settle(ties: &[BTreeMap<usize, f64>]) -> Vec<usize> {
    let weight: Vec<f64> = ties.iter().map(|others| others.values().sum()).collect();
    let whole: f64 = weight.iter().sum();
    let mut labels: Vec<usize> = (0..ties.len()).collect();
    let mut total = weight.clone();
    for _ in 0..SETTLING {
        let mut moved = false;
        for one in 0..ties.len() {
            let before = labels[one];
            total[before] -= weight[one];
            let mut within: BTreeMap<usize, f64> = BTreeMap::from([(before, 0.0)]);
            for (other, tie) in ties[one].iter().filter(|(other, _)| **other != one) {
                *within.entry(labels[*other]).or_insert(0.0) += tie;
            }
            let gain = |label: usize, tied: f64| tied - total[label] * weight[one] / whole;
            let stay = gain(before, within[&before]);
            let best = within.iter().map(|(label, tied)| (*label, gain(*label, *tied)));
            let best = best.reduce(|best, next| if next.1 > best.1 { next } else { best });
            // What is gained by rounding alone is nothing.
            let after = best.filter(|(_, gained)| *gained > stay + 1e-9).map_or(before, |(label, _)| label);
            total[after] += weight[one];
            labels[one] = after;
            moved |= after != before;
        }
        if !moved {
            break;
        }
    }
    labels
}

/// Counts of people and rooms, far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn float(count: usize) -> f64 {
    count as f64
}
