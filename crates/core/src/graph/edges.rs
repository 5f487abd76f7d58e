//! Edges: what they say, and which ones a fact tells of.

use chrono::NaiveDate;
use petgraph::Direction::{self, Incoming, Outgoing};

use super::{Fact, MeetingFact, NodeRef};
use crate::model::{Attendance, Item, ItemKind, LinkKind, Presence, Response, Role, vocabulary};

vocabulary! {
    /// What one node is to another; read from source to target.
    EdgeKind {
        /// A person was at, or is invited to, a meeting.
        Attended = "attended",
        /// A person called a meeting.
        Organized = "organized",
        /// A person is, or was, of an organization.
        MemberOf = "member_of",
        /// A meeting is one of a series.
        OccurrenceOf = "occurrence_of",
        /// A meeting follows the one before it in its series, cancelled ones counted.
        Continues = "continues",
        /// An item stands in a meeting's note.
        RaisedIn = "raised_in",
        /// A decision was made by a person.
        DecidedBy = "decided_by",
        /// An action is a person's to do.
        AssignedTo = "assigned_to",
        /// A question was asked by a person.
        AskedBy = "asked_by",
        /// A decision takes the place of another.
        Supersedes = "supersedes",
        /// An action waits for another.
        BlockedBy = "blocked_by",
        /// An item answers a question.
        Answers = "answers",
        /// An item or a meeting is about a topic.
        About = "about",
        /// An item or a meeting's note names a person.
        Mentioned = "mentioned",
    }
}

/// An edge: what it says and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// What it says.
    pub kind: EdgeKind,
    /// A meeting's edges bear its date in its own zone, an item's the UTC date it was first saved; membership none.
    pub date: Option<NaiveDate>,
    /// How much an attendance counts, in quarters: 4 in full, 2 for one who may come, 1 for one who declined or was
    /// not there. Every other edge has 4.
    pub weight: u8,
}

/// How much an attendance counts, in quarters; presence outweighs what was answered.
#[must_use]
pub fn attendance_weight(attendance: &Attendance) -> u8 {
    match (attendance.present, attendance.response, attendance.role) {
        (Presence::Yes, _, _) => 4,
        (Presence::No, _, _) | (_, Some(Response::Declined), _) => 1,
        (_, Some(Response::Accepted), _) => 4,
        (_, _, Role::Optional) => 2,
        _ => 4,
    }
}

/// Whether a node's own fact tells of an edge: attendances are told by the meeting, `continues` by nobody.
pub(super) fn is_own(direction: Direction, kind: EdgeKind) -> bool {
    let told_by_target = matches!(kind, EdgeKind::Attended | EdgeKind::Organized);
    match direction {
        Incoming => told_by_target,
        Outgoing => !told_by_target && kind != EdgeKind::Continues,
    }
}

/// The edges a fact tells of, by the node at the other end; none twice, none to itself.
pub(super) fn own_edges(fact: &Fact) -> Vec<(EdgeKind, NodeRef, Edge)> {
    let mut edges = match fact {
        Fact::Person(person) => {
            let organizations = person.organizations().map(NodeRef::Organization);
            organizations.map(|to| edge(EdgeKind::MemberOf, to, None)).collect()
        }
        Fact::Organization(_) | Fact::Series(_) => Vec::new(),
        Fact::Meeting(meeting) => meeting_edges(meeting),
        Fact::Item(item) => item_edges(item),
    };
    let own = fact.node();
    edges.retain(|(_, other, _)| *other != own);
    edges.sort();
    edges.dedup_by(|a, b| a.0 == b.0 && a.1 == b.1);
    edges
}

fn edge(kind: EdgeKind, to: NodeRef, date: Option<NaiveDate>) -> (EdgeKind, NodeRef, Edge) {
    (kind, to, Edge { kind, date, weight: 4 })
}

fn meeting_edges(meeting: &MeetingFact) -> Vec<(EdgeKind, NodeRef, Edge)> {
    let date = Some(meeting.times.own_date());
    let mut edges = Vec::with_capacity(meeting.attendances.len() + 4);
    for attendance in &meeting.attendances {
        let person = NodeRef::Person(attendance.person_id);
        if attendance.role == Role::Organizer {
            edges.push(edge(EdgeKind::Organized, person.clone(), date));
        }
        let weight = attendance_weight(attendance);
        edges.push((EdgeKind::Attended, person, Edge { kind: EdgeKind::Attended, date, weight }));
    }
    edges.extend(meeting.series_id.map(|id| edge(EdgeKind::OccurrenceOf, NodeRef::Series(id), date)));
    edges.extend(meeting.mentions.iter().map(|id| edge(EdgeKind::Mentioned, NodeRef::Person(*id), date)));
    edges.extend(about(&meeting.topics, date));
    edges
}

fn item_edges(item: &Item) -> Vec<(EdgeKind, NodeRef, Edge)> {
    let date = Some(item.created_at.date_naive());
    let owned = match item.kind {
        ItemKind::Action => EdgeKind::AssignedTo,
        ItemKind::Decision => EdgeKind::DecidedBy,
        ItemKind::Question => EdgeKind::AskedBy,
    };
    let mut edges: Vec<_> =
        item.owners.iter().map(|owner| edge(owned, NodeRef::Person(owner.person_id), date)).collect();
    edges.extend(item.meeting_id.map(|id| edge(EdgeKind::RaisedIn, NodeRef::Meeting(id), date)));
    edges.extend(item.mentions.iter().map(|id| edge(EdgeKind::Mentioned, NodeRef::Person(*id), date)));
    edges.extend(about(&item.topics, date));
    edges.extend(item.links.iter().map(|link| {
        let kind = match link.kind {
            LinkKind::Supersedes => EdgeKind::Supersedes,
            LinkKind::BlockedBy => EdgeKind::BlockedBy,
            LinkKind::Answers => EdgeKind::Answers,
        };
        edge(kind, NodeRef::Item(link.target), date)
    }));
    edges
}

fn about(topics: &[String], date: Option<NaiveDate>) -> impl Iterator<Item = (EdgeKind, NodeRef, Edge)> {
    let named = topics.iter().filter(|topic| !topic.is_empty());
    named.map(move |topic| edge(EdgeKind::About, NodeRef::Topic(topic.clone()), date))
}
