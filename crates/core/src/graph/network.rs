//! The graph itself, and how it is kept current.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use petgraph::Direction::{Incoming, Outgoing};
use petgraph::stable_graph::{EdgeIndex, NodeIndex, StableDiGraph};
use petgraph::visit::EdgeRef;

use super::edges::{attendance_weight, is_own, own_edges};
use super::{Edge, EdgeKind, Fact, NodeRef};
use crate::model::{MeetingId, SeriesId, Times};

/// A node; without a fact it is a placeholder, or a topic.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) key: NodeRef,
    pub(super) fact: Option<Fact>,
}

/// Where a meeting stands among those of its series.
pub(super) type Place = (DateTime<Utc>, MeetingId);

/// The network of one vault, or of a part of it.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub(super) net: StableDiGraph<Node, Edge>,
    pub(super) index: HashMap<NodeRef, NodeIndex>,
    /// The meetings of each series in order.
    pub(super) series: HashMap<SeriesId, BTreeMap<Place, NodeIndex>>,
    /// Topics in order, so that those below one are a range.
    pub(super) topics: BTreeMap<String, NodeIndex>,
}

impl Graph {
    /// The graph of these facts. Of two facts about one node the later counts.
    pub fn build(facts: impl IntoIterator<Item = Fact>) -> Self {
        let mut graph = Self::default();
        for fact in facts {
            graph.put(fact);
        }
        graph
    }

    /// Adds a node with the edges its fact tells of, or replaces both. Costs what the node has edges, and no more.
    ///
    /// An archived item and a person merged into another are no facts: putting one removes it.
    pub fn put(&mut self, fact: Fact) {
        if is_gone(&fact) {
            return self.remove(&fact.node());
        }
        let fact = tidy(fact);
        let at = self.node(fact.node());
        let moved = place(self.net[at].fact.as_ref()) != place(Some(&fact));
        if moved {
            self.unthread(at);
        }
        let wanted = own_edges(&fact);
        self.net[at].fact = Some(fact);
        self.replace_own_edges(at, wanted);
        if moved {
            self.thread(at);
        }
    }

    /// Takes a node and the edges of its own out. What others say of it stays, and holds again when it comes back.
    /// A topic goes by itself with the last thing that is about it.
    pub fn remove(&mut self, node: &NodeRef) {
        let Some(&at) = self.index.get(node) else { return };
        if self.net[at].fact.is_none() {
            return;
        }
        self.unthread(at);
        self.net[at].fact = None;
        self.replace_own_edges(at, Vec::new());
        self.prune(at);
    }

    /// The node of this name; a placeholder where there is none yet.
    fn node(&mut self, key: NodeRef) -> NodeIndex {
        if let Some(&at) = self.index.get(&key) {
            return at;
        }
        let at = self.net.add_node(Node { key: key.clone(), fact: None });
        if let NodeRef::Topic(topic) = &key {
            self.topics.insert(topic.clone(), at);
        }
        self.index.insert(key, at);
        at
    }

    /// Drops a node that nothing says anything of any more.
    fn prune(&mut self, at: NodeIndex) {
        if self.net[at].fact.is_some() || self.net.neighbors_undirected(at).next().is_some() {
            return;
        }
        if let Some(node) = self.net.remove_node(at) {
            if let NodeRef::Topic(topic) = &node.key {
                self.topics.remove(topic);
            }
            self.index.remove(&node.key);
        }
    }

    /// Edges that stay are left in place: a saved note puts many items of which most say what they said before.
    fn replace_own_edges(&mut self, at: NodeIndex, wanted: Vec<(EdgeKind, NodeRef, Edge)>) {
        let mut there: HashMap<(EdgeKind, NodeIndex), EdgeIndex> = HashMap::new();
        for edge in self.net.edges_directed(at, Outgoing) {
            if is_own(Outgoing, edge.weight().kind) {
                there.insert((edge.weight().kind, edge.target()), edge.id());
            }
        }
        for edge in self.net.edges_directed(at, Incoming) {
            if is_own(Incoming, edge.weight().kind) {
                there.insert((edge.weight().kind, edge.source()), edge.id());
            }
        }
        for (kind, other, edge) in wanted {
            let other = self.node(other);
            if let Some(id) = there.remove(&(kind, other)) {
                self.net[id] = edge;
            } else if is_own(Incoming, kind) {
                self.net.add_edge(other, at, edge);
            } else {
                self.net.add_edge(at, other, edge);
            }
        }
        for ((_, other), id) in there {
            self.net.remove_edge(id);
            self.prune(other);
        }
    }

    /// Takes a meeting out of the line of its series and joins the ends.
    fn unthread(&mut self, at: NodeIndex) {
        let Some((series, key, _)) = place(self.net[at].fact.as_ref()) else { return };
        let Some(line) = self.series.get_mut(&series) else { return };
        line.remove(&key);
        let (before, after) = around(line, &key);
        if line.is_empty() {
            self.series.remove(&series);
        }
        if let Some(before) = before {
            self.unlink(at, before);
        }
        if let Some(after) = after {
            self.unlink(after, at);
            self.link(after, before);
        }
    }

    /// Puts a meeting into the line of its series.
    fn thread(&mut self, at: NodeIndex) {
        let Some((series, key, _)) = place(self.net[at].fact.as_ref()) else { return };
        let line = self.series.entry(series).or_default();
        line.insert(key, at);
        let (before, after) = around(line, &key);
        if let (Some(before), Some(after)) = (before, after) {
            self.unlink(after, before);
        }
        self.link(at, before);
        if let Some(after) = after {
            self.link(after, Some(at));
        }
    }

    fn link(&mut self, later: NodeIndex, earlier: Option<NodeIndex>) {
        let (Some(earlier), Some(Fact::Meeting(meeting))) = (earlier, &self.net[later].fact) else { return };
        let edge = Edge { kind: EdgeKind::Continues, date: Some(meeting.times.own_date()), weight: 4 };
        self.net.add_edge(later, earlier, edge);
    }

    fn unlink(&mut self, later: NodeIndex, earlier: NodeIndex) {
        if let Some(id) = self.net.find_edge(later, earlier) {
            self.net.remove_edge(id);
        }
    }
}

impl Fact {
    /// The node it is about.
    #[must_use]
    pub fn node(&self) -> NodeRef {
        match self {
            Self::Person(person) => NodeRef::Person(person.id),
            Self::Organization(organization) => NodeRef::Organization(organization.id),
            Self::Series(series) => NodeRef::Series(series.id),
            Self::Meeting(meeting) => NodeRef::Meeting(meeting.id),
            Self::Item(item) => NodeRef::Item(item.id),
        }
    }
}

/// The instant a meeting is ordered by, the same for every reader: whole days begin at midnight UTC.
pub(super) fn begin(times: &Times) -> DateTime<Utc> {
    times.start(Tz::UTC)
}

fn is_gone(fact: &Fact) -> bool {
    match fact {
        Fact::Person(person) => person.merged_into.is_some(),
        Fact::Item(item) => item.archived,
        _ => false,
    }
}

/// Nobody twice and in order, so that one attendance is found by halving.
fn tidy(mut fact: Fact) -> Fact {
    if let Fact::Meeting(meeting) = &mut fact {
        meeting.attendances.sort_by_key(|a| (a.person_id, std::cmp::Reverse(attendance_weight(a)), a.role, a.response));
        meeting.attendances.dedup_by_key(|a| a.person_id);
    }
    fact
}

/// Where a meeting stands: its series, its place in it, and the date its edge bears.
fn place(fact: Option<&Fact>) -> Option<(SeriesId, Place, NaiveDate)> {
    let Some(Fact::Meeting(meeting)) = fact else { return None };
    Some((meeting.series_id?, (begin(&meeting.times), meeting.id), meeting.times.own_date()))
}

fn around(line: &BTreeMap<Place, NodeIndex>, key: &Place) -> (Option<NodeIndex>, Option<NodeIndex>) {
    use std::ops::Bound::{Excluded, Unbounded};
    let before = line.range(..*key).next_back().map(|(_, &at)| at);
    let after = line.range((Excluded(*key), Unbounded)).next().map(|(_, &at)| at);
    (before, after)
}
