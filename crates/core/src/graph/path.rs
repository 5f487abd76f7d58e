//! How two things are connected, through which meetings.

use std::cmp::Reverse;
use std::collections::HashMap;

use petgraph::Direction::{Incoming, Outgoing};
use petgraph::stable_graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::network::begin;
use super::read::brings_together;
use super::{EdgeKind, Graph, NodeRef};

/// What the search from one end knows: of each node reached, the best way there.
struct Side {
    reached: HashMap<NodeIndex, Way>,
    edge: Vec<NodeIndex>,
}

#[derive(Clone, Copy)]
struct Way {
    /// People in all meetings on the way, this node included.
    crowd: usize,
    /// When these meetings were, in seconds and added up: of as many, more is later.
    when: i64,
    from: Option<NodeIndex>,
}

impl Graph {
    /// The shortest connection of two nodes, both included: people by the meetings they were at together. None where
    /// there is none, or one of the two is not there.
    ///
    /// Between the ends stand only people and meetings, so that colleagues are not connected by being colleagues, nor
    /// strangers by a hashtag. A person stands to a meeting when they did not decline and it was not called off;
    /// another end stands to what its edges name: an item to its meeting and people, a series to its meetings, an
    /// organization to its people, a topic to meetings and the meetings of items about it. Of equally short ways, the
    /// one whose meetings have the fewest people in all; then the one whose meetings were later; then the one with the
    /// smaller ids.
    #[must_use]
    pub fn path(&self, a: &NodeRef, b: &NodeRef) -> Option<Vec<NodeRef>> {
        let (from, to) = (self.shown(a)?, self.shown(b)?);
        if from == to {
            return Some(vec![a.clone()]);
        }
        let mut sides = [self.side(from), self.side(to)];
        loop {
            if let Some(meeting_point) = self.meeting_point(&sides) {
                return Some(self.unroll(&sides, meeting_point));
            }
            let next = self.side_to_grow(&sides)?;
            self.grow(&mut sides[next]);
        }
    }

    fn shown(&self, node: &NodeRef) -> Option<NodeIndex> {
        self.contains(node).then(|| self.at(node)).flatten()
    }

    fn side(&self, at: NodeIndex) -> Side {
        Side {
            reached: HashMap::from([(at, Way { crowd: self.crowd(at), when: self.begins(at), from: None })]),
            edge: vec![at],
        }
    }

    /// The smaller one. An end of another kind is only reached from its own side, so that side goes on while it has
    /// one, even where the other has run dry.
    fn side_to_grow(&self, sides: &[Side; 2]) -> Option<usize> {
        let waits = |side: &Side| side.edge.iter().any(|at| !self.is_between(*at));
        match (waits(&sides[0]), waits(&sides[1])) {
            (true, _) => Some(0),
            (_, true) => Some(1),
            _ if sides.iter().any(|side| side.edge.is_empty()) => None,
            _ => Some(usize::from(sides[1].edge.len() < sides[0].edge.len())),
        }
    }

    fn grow(&self, side: &mut Side) {
        let mut found: HashMap<NodeIndex, Way> = HashMap::new();
        for &from in &side.edge {
            let Way { crowd, when, .. } = side.reached[&from];
            for to in self.beside(from) {
                if side.reached.contains_key(&to) {
                    continue;
                }
                let way = Way { crowd: crowd + self.crowd(to), when: when + self.begins(to), from: Some(from) };
                found
                    .entry(to)
                    .and_modify(|known| {
                        let key = |way: &Way| (way.crowd, Reverse(way.when), way.from.map(|at| &self.net[at].key));
                        if key(&way) < key(known) {
                            *known = way;
                        }
                    })
                    .or_insert(way);
            }
        }
        side.edge = found.keys().copied().collect();
        side.reached.extend(found);
    }

    /// Both sides know whole levels, so the first time they meet, every shortest way has a node on both their edges.
    fn meeting_point(&self, sides: &[Side; 2]) -> Option<NodeIndex> {
        let (small, large) = if sides[0].edge.len() <= sides[1].edge.len() { (0, 1) } else { (1, 0) };
        sides[small]
            .edge
            .iter()
            .filter_map(|at| {
                let other = sides[large].reached.get(at)?;
                let one = sides[small].reached[at];
                let crowd = one.crowd + other.crowd - self.crowd(*at);
                let when = one.when + other.when - self.begins(*at);
                Some(((crowd, Reverse(when), &self.net[*at].key), *at))
            })
            .min()
            .map(|(_, at)| at)
    }

    fn unroll(&self, sides: &[Side; 2], at: NodeIndex) -> Vec<NodeRef> {
        let walk = |side: &Side| {
            let mut nodes = vec![at];
            while let Some(from) = side.reached[&nodes[nodes.len() - 1]].from {
                nodes.push(from);
            }
            nodes
        };
        let mut nodes = walk(&sides[0]);
        nodes.reverse();
        nodes.extend(walk(&sides[1]).into_iter().skip(1));
        nodes.into_iter().map(|at| self.net[at].key.clone()).collect()
    }

    fn crowd(&self, at: NodeIndex) -> usize {
        self.meeting_at(at).map_or(0, |meeting| meeting.attendances.len())
    }

    /// When a meeting begins, in seconds; nothing else adds to a way.
    fn begins(&self, at: NodeIndex) -> i64 {
        self.meeting_at(at).map_or(0, |meeting| begin(&meeting.times).timestamp())
    }

    fn is_between(&self, at: NodeIndex) -> bool {
        matches!(self.net[at].key, NodeRef::Person(_) | NodeRef::Meeting(_))
    }

    fn beside(&self, at: NodeIndex) -> Vec<NodeIndex> {
        use EdgeKind::{About, AskedBy, AssignedTo, DecidedBy, MemberOf, Mentioned, OccurrenceOf, RaisedIn};
        let named = |kinds: &[EdgeKind], direction| -> Vec<NodeIndex> {
            let found = kinds.iter().flat_map(|kind| self.neighbours(at, direction, *kind));
            found.filter(|other| self.net[*other].fact.is_some()).collect()
        };
        match self.net[at].key {
            NodeRef::Person(_) => self.attended(at, Outgoing),
            NodeRef::Meeting(_) => self.attended(at, Incoming),
            NodeRef::Item(_) => named(&[RaisedIn, AssignedTo, DecidedBy, AskedBy, Mentioned], Outgoing),
            NodeRef::Series(_) => named(&[OccurrenceOf], Incoming),
            NodeRef::Organization(_) => named(&[MemberOf], Incoming),
            NodeRef::Topic(_) => named(&[About], Incoming),
        }
    }

    fn attended(&self, at: NodeIndex, direction: petgraph::Direction) -> Vec<NodeIndex> {
        let edges = self.net.edges_directed(at, direction);
        let counted = edges.filter(|edge| edge.weight().kind == EdgeKind::Attended && edge.weight().weight > 1);
        counted
            .filter(|edge| {
                self.meeting_at(edge.target()).is_some_and(|meeting| {
                    let implied = meeting.implied.map(NodeRef::Person);
                    brings_together(meeting) && (meeting.own || implied.as_ref() != Some(&self.net[edge.source()].key))
                })
            })
            .map(|edge| if direction == Outgoing { edge.target() } else { edge.source() })
            .filter(|other| self.net[*other].fact.is_some())
            .collect()
    }
}
