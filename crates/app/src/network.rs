//! The network to look at: what stands around a thing, what lies between two, who matters where.

mod draw;
mod find;
mod whole;

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use throughline_core::graph::{Fact, Graph, NodeRef, attendance_weight};
use throughline_core::model::PersonId;
use throughline_store::Connection;
use throughline_store::facts::{self, Neighbour, WantedBeside};
use throughline_store::meeting::Edge;

use crate::app::App;
use crate::clock::{Clock, span};
use crate::view::{self, GraphView, NodeKind};
use crate::{Failure, Result, actions, resolve};
use resolve::Who;
pub use whole::{edges, months};

/// What to draw around a node.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// So many steps; none for one, four at most.
    pub depth: Option<u32>,
    /// Only these kinds; empty for all.
    pub kinds: Vec<NodeKind>,
    /// Nothing of before this day.
    pub from: Option<NaiveDate>,
    /// Nothing of after this day.
    pub to: Option<NaiveDate>,
    /// So many nodes besides the one asked for; none for 60, 5,000 at most.
    pub limit: Option<u32>,
}

const STEPS: u32 = 4;
const NODES: u32 = 60;
const MOST_NODES: u32 = 5_000;

/// What stands around a thing: neighbours of the kinds and the time asked for, then theirs. What has no date comes first,
/// then what was, the newest first, then what is to come, the nearest first; the same vault gives the same answer. Only these are loaded. Items of private parts are left out.
///
/// # Errors
/// `unknown_person` and the like, `ambiguous`, `unknown_node`.
pub async fn around(app: &App, kind: Option<NodeKind>, id: &str, ask: &Around) -> Result<GraphView> {
    let conn = &mut *app.look().await?;
    let center = find::node(conn, kind, id).await?;
    let zone = app.clock().zone;
    let kinds = if ask.kinds.is_empty() { &NodeKind::ALL[..] } else { &ask.kinds };
    let limit = ask.limit.unwrap_or(NODES).min(MOST_NODES) as usize;
    let mut wanted = WantedBeside {
        kinds: kinds.iter().map(|kind| kind.as_str()).collect(),
        from: ask.from.map(|day| Edge::midnight(day, zone)),
        to: ask.to.map(|day| Edge::midnight(day.succ_opt().unwrap_or(day), zone)),
        limit: 0,
        now: app.clock().now,
    };
    let mut shown = vec![center.clone()];
    let mut known: BTreeSet<NodeRef> = shown.iter().cloned().collect();
    let mut frontier = shown.clone();
    let mut looked_at: Vec<(NodeRef, u32)> = Vec::new();
    for _ in 0..ask.depth.unwrap_or(1).clamp(1, STEPS) {
        // One more than fit: those already there may be among them.
        wanted.limit = u32::try_from(limit + known.len()).unwrap_or(u32::MAX);
        let beside = facts::beside(conn, &frontier, &wanted).await?;
        for of in &frontier {
            let neighbours = beside.iter().find(|found| found.of == *of).map_or(0, |found| found.neighbours);
            looked_at.push((of.clone(), neighbours));
        }
        let mut found: Vec<&Neighbour> = beside.iter().filter(|found| found.wanted).collect();
        found.sort_by_key(|found| {
            let (was, coming) = if found.coming { (None, found.at.as_ref()) } else { (found.at.as_ref(), None) };
            (found.at.is_some(), coming, Reverse(was), &found.node)
        });
        frontier = Vec::new();
        for found in found {
            if shown.len() <= limit && known.insert(found.node.clone()) {
                shown.push(found.node.clone());
                frontier.push(found.node.clone());
            }
        }
        if frontier.is_empty() {
            break;
        }
    }
    let mut drawn = draw::nodes(app, conn, &shown).await?;
    drawn.center = shown.first().map(draw::id);
    drawn.more = looked_at.iter().map(|(node, neighbours)| left_out(&drawn, node, &center, *neighbours)).sum();
    Ok(drawn)
}

/// How many of a node's neighbours are not drawn.
fn left_out(drawn: &GraphView, node: &NodeRef, center: &NodeRef, neighbours: u32) -> u32 {
    let (id, center) = (draw::id(node), draw::id(center));
    let beside = drawn.edges.iter().filter_map(|edge| match (edge.from == id, edge.to == id) {
        (true, false) => Some(&edge.to),
        (false, true) => Some(&edge.from),
        _ => None,
    });
    // The one asked for is drawn, wanted or not.
    let beside: BTreeSet<&String> = beside.filter(|other| **other != center).collect();
    let reaches_center = u32::from(id != center);
    neighbours.saturating_sub(reaches_center + u32::try_from(beside.len()).unwrap_or(u32::MAX))
}

/// How two people or organizations are connected, as a line of nodes; empty where nothing connects them.
///
/// # Errors
/// `unknown_person`, `ambiguous`.
pub async fn path(app: &App, a: &str, b: &str) -> Result<GraphView> {
    let steps = way(app, a, b).await?;
    let conn = &mut *app.look().await?;
    let mut drawn = draw::nodes(app, conn, &steps).await?;
    drawn.center = steps.first().map(draw::id);
    // Only the way itself: two on it may stand to each other in other ways as well.
    let place = |id: &String| steps.iter().position(|node| draw::id(node) == *id);
    drawn.edges.retain(|edge| match (place(&edge.from), place(&edge.to)) {
        (Some(from), Some(to)) => from.abs_diff(to) == 1,
        _ => false,
    });
    Ok(drawn)
}

/// The way between two through meetings that have begun; where there is none, through those to come as well.
pub(crate) async fn way(app: &App, a: &str, b: &str) -> Result<Vec<NodeRef>> {
    let conn = &mut *app.look().await?;
    let ends = (resolve::who(conn, a).await?, resolve::who(conn, b).await?);
    let met = way_until(conn, &ends, Some(app.clock())).await?;
    if met.is_empty() { way_until(conn, &ends, None).await } else { Ok(met) }
}

/// From each end the meetings of its people are read, then those of whom they met there, the side with fewer first. Once
/// a way is found that is no longer than what was read from both ends together, no shorter one and no other of its length
/// lies in what was not read. With a clock, only meetings that have begun count.
async fn way_until(conn: &mut Connection, ends: &(Who, Who), clock: Option<&Clock>) -> Result<Vec<NodeRef>> {
    let (from, to) = ends;
    let mut sides = [Side::new(find::people(conn, from).await?), Side::new(find::people(conn, to).await?)];
    let (from, to) = (node(from), node(to));
    let mut graph = Graph::default();
    loop {
        let costs = [sides[0].cost(conn).await?, sides[1].cost(conn).await?];
        let next = usize::from(costs[1] < costs[0]);
        sides[next].read(conn, &mut graph, clock).await?;
        let path = graph.path(&from, &to).unwrap_or_default();
        let meetings = path.iter().filter(|node| matches!(node, NodeRef::Meeting(_))).count();
        let read = sides[0].steps + sides[1].steps;
        if (!path.is_empty() && meetings <= read) || sides.iter().any(|side| side.edge.is_empty()) {
            return Ok(path);
        }
    }
}

/// What was read from one end of a way.
struct Side {
    /// People whose meetings are not read yet.
    edge: Vec<PersonId>,
    seen: BTreeSet<PersonId>,
    /// How many meetings in a row can be gone through in what was read.
    steps: usize,
}

impl Side {
    fn new(people: Vec<PersonId>) -> Self {
        Self { seen: people.iter().copied().collect(), edge: people, steps: 0 }
    }

    async fn cost(&self, conn: &mut Connection) -> Result<i64> {
        Ok(facts::attendances_of(conn, &self.edge).await?)
    }

    async fn read(&mut self, conn: &mut Connection, graph: &mut Graph, clock: Option<&Clock>) -> Result<()> {
        let mut next = BTreeSet::new();
        for fact in facts::meetings_with(conn, &self.edge).await? {
            if let Fact::Meeting(meeting) = &fact {
                if clock.is_some_and(|clock| meeting.times.start(clock.zone) > clock.now) {
                    continue;
                }
                let there = meeting.attendances.iter().filter(|at| attendance_weight(at) > 1);
                next.extend(there.map(|at| at.person_id));
            }
            graph.put(fact);
        }
        self.edge = next.difference(&self.seen).copied().collect();
        self.seen.extend(&self.edge);
        self.steps += 1;
        Ok(())
    }
}

fn node(who: &Who) -> NodeRef {
    match who {
        Who::Person(id) => NodeRef::Person(*id),
        Who::Organization(id) => NodeRef::Organization(*id),
    }
}

/// Who matters where: people by how central they are among those who met, and who belongs together, in meetings about a
/// topic and between two days where given, until today where no last day is. Loads the meetings of that time alone.
///
/// # Errors
/// `unreadable_span` where the last day is before the first.
pub async fn central(
    app: &App,
    topic: Option<&str>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<view::Central> {
    let topic = topic.map(actions::topic);
    let to = to.or_else(|| Some(app.clock().today()).max(from));
    span(from, to)?;
    let conn = &mut *app.look().await?;
    let mut facts = facts::meetings_between(conn, topic.as_deref(), from, to).await?;
    // Days are asked for as they are where the user is.
    facts.retain(|fact| match fact {
        Fact::Meeting(meeting) => {
            let day = meeting.times.date(app.clock().zone);
            from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to)
        }
        _ => true,
    });
    let graph = Graph::build(facts);
    let ranked = graph.central(topic.as_deref(), None, None);
    let named = |id: &PersonId| Some(graph.person(*id)?.name.clone());
    let place: HashMap<PersonId, usize> = ranked.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
    let clusters = graph.clusters(None, None).into_iter().map(|mut cluster| {
        cluster.sort_by_key(|id| (place.get(id).copied().unwrap_or(usize::MAX), *id));
        let people = cluster.iter().filter_map(|id| Some(view::PersonRef { person_id: *id, name: named(id)? }));
        view::Cluster { people: people.collect() }
    });
    let clusters = clusters.collect();
    let people = ranked
        .iter()
        .filter_map(|(id, score)| Some(view::CentralPerson { person_id: *id, name: named(id)?, score: *score }));
    Ok(view::Central { people: people.collect(), clusters })
}

fn unknown(what: &str) -> Failure {
    Failure::new("unknown_node", format!("There is nothing called `{what}` in the network."))
        .hint("Give a person, an organization, an id of a meeting, series or item, ^anchor, or #topic.")
}
