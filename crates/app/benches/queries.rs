//! How long answers take on a vault as large as a decade of meetings, each beside the bare walk over a petgraph that it
//! cannot do without: `make bench`. An answer reads the vault, judges, ranks and tells; the walk only goes where the answer
//! has to look, in a graph that is in memory already. A ratio that grows says that an answer began to look elsewhere.
//! After `--` a vault may be named that is there already, and behind it a word of the answers to measure.
#![allow(clippy::print_stdout, reason = "its figures are what it is for")]

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Bfs, EdgeRef, Reversed};
use throughline_app::{
    App, Clock, NoProgress, answers, decisions, demo, insights, meetings, network, queries, review, today,
};
use throughline_core::graph::{EdgeKind, Fact, NodeRef};
use throughline_core::model::{ActionStatus, MeetingId, PersonId};

/// Of so many runs the middle one counts; one more goes before. With `--test` everything runs once, to see that it does.
const RUNS: usize = 5;

/// The vault as a plain graph: nothing but nodes and what their edges say.
struct Bare {
    net: DiGraph<NodeRef, EdgeKind>,
    index: HashMap<NodeRef, NodeIndex>,
    open: Vec<NodeIndex>,
    me: NodeIndex,
}

impl Bare {
    async fn of(app: &App) -> Self {
        let all = app.with_graph(throughline_core::graph::Graph::visible).await.expect("the graph");
        let mut net = DiGraph::new();
        let mut index = HashMap::new();
        let (mut open, mut me) = (Vec::new(), NodeIndex::end());
        for (key, fact) in &all.nodes {
            let at = net.add_node(key.clone());
            index.insert(key.clone(), at);
            match fact {
                Some(Fact::Item(item)) if item.status == ActionStatus::Open => open.push(at),
                Some(Fact::Person(person)) if person.is_me => me = at,
                _ => {}
            }
        }
        for edge in &all.edges {
            net.add_edge(index[&edge.from], index[&edge.to], edge.kind);
        }
        Self { net, index, open, me }
    }

    /// The nodes beside these over edges of a kind, and how many edges were looked at.
    fn step(&self, from: &[NodeIndex], out: bool, kind: EdgeKind) -> Vec<NodeIndex> {
        let direction = if out { Outgoing } else { Incoming };
        let edges = from.iter().flat_map(|at| self.net.edges_directed(*at, direction));
        let found = edges.filter(|edge| *edge.weight() == kind);
        found.map(|edge| if out { edge.target() } else { edge.source() }).collect()
    }

    fn at(&self, node: NodeRef) -> NodeIndex {
        self.index[&node]
    }

    /// People at meetings, the user apart, and all of their meetings with what was said there.
    fn around(&self, meetings: &[NodeIndex]) -> usize {
        let mut people = self.step(meetings, false, EdgeKind::Attended);
        people.retain(|at| *at != self.me);
        people.sort_unstable();
        people.dedup();
        self.with(&people)
    }

    /// From one person in rounds over meetings to another: how many nodes were seen.
    fn way(&self, from: PersonId, to: PersonId) -> usize {
        self.rounds(from, Some(to)).0
    }

    /// Rounds over meetings: how many nodes were seen, and whom the last of them reached.
    fn rounds(&self, from: PersonId, to: Option<PersonId>) -> (usize, NodeIndex) {
        let start = self.at(NodeRef::Person(from));
        let goal = to.map(|to| self.at(NodeRef::Person(to)));
        let mut seen = std::collections::HashSet::from([start]);
        let (mut edge, mut last) = (vec![start], start);
        while !edge.is_empty() && goal.is_none_or(|goal| !seen.contains(&goal)) {
            let mut meetings = self.step(&edge, true, EdgeKind::Attended);
            meetings.retain(|at| seen.insert(*at));
            edge = self.step(&meetings, false, EdgeKind::Attended);
            edge.retain(|at| seen.insert(*at));
            last = edge.last().copied().unwrap_or(last);
        }
        (seen.len(), last)
    }

    /// Their meetings with what was said there, and what is theirs.
    fn with(&self, people: &[NodeIndex]) -> usize {
        let mut meetings = self.step(people, true, EdgeKind::Attended);
        meetings.sort_unstable();
        meetings.dedup();
        let items = self.step(&meetings, false, EdgeKind::RaisedIn);
        meetings.len() + items.len() + self.step(people, false, EdgeKind::AssignedTo).len()
    }
}

struct Bench {
    /// Only the answers with this in their name.
    only: Option<String>,
    app: App,
    bare: Bare,
    runtime: tokio::runtime::Runtime,
    runs: usize,
}

impl Bench {
    fn answer<T>(&self, ask: impl AsyncFn(&App) -> throughline_app::Result<T>) -> Duration {
        median(self.runs, || {
            let answer = self.runtime.block_on(ask(&self.app));
            assert!(answer.is_ok(), "{:?}", answer.err());
        })
    }

    /// Somebody whom the last round from a person reaches.
    fn farthest(&self, from: PersonId) -> PersonId {
        match self.bare.net[self.bare.rounds(from, None).1] {
            NodeRef::Person(id) => id,
            _ => from,
        }
    }

    fn row<T>(&self, what: &str, ask: impl AsyncFn(&App) -> throughline_app::Result<T>, walk: impl Fn(&Bare) -> usize) {
        if self.only.as_ref().is_some_and(|only| !what.contains(only)) {
            return;
        }
        let answer = self.answer(ask);
        let mut seen = 0;
        let bare = median(self.runs, || seen = black_box(walk(black_box(&self.bare))));
        let ratio = answer.as_secs_f64() / bare.as_secs_f64().max(1e-9);
        println!("{what:<44} {:>9} {:>9} {ratio:>8.1}× {seen:>9}", told(answer), told(bare));
    }
}

fn median(runs: usize, mut run: impl FnMut()) -> Duration {
    if runs > 1 {
        run();
    }
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

fn told(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

fn main() {
    let clock = Clock { now: "2026-11-19T10:18:00Z".parse().expect("a moment"), zone: chrono_tz::Europe::Lisbon };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    // A vault made before is measured as it is: making one takes a while.
    let mut said = std::env::args().skip(1).filter(|arg| !arg.starts_with('-'));
    let kept = said.next().map(std::path::PathBuf::from);
    let only = said.next();
    let fresh = tempfile::tempdir().expect("a folder");
    let start = Instant::now();
    let dir = kept.unwrap_or_else(|| {
        let dir = fresh.path().join("vault");
        runtime.block_on(demo::fill_large(&dir, clock, &NoProgress)).expect("a large vault");
        println!("made a large vault in {:.1} s", start.elapsed().as_secs_f64());
        dir
    });
    let app = runtime.block_on(App::open(&dir, clock)).expect("the vault");
    let start = Instant::now();
    // In a program of its own: answers are to read what they need, and not to find the whole graph there already.
    let bare = runtime.block_on(async { Bare::of(&App::open(&dir, clock).await.expect("the vault")).await });
    println!(
        "read the whole graph in {}: {} nodes, {} edges\n",
        told(start.elapsed()),
        bare.net.node_count(),
        bare.net.edge_count()
    );
    println!("{:<44} {:>9} {:>9} {:>9} {:>9}", "", "answer", "bare walk", "ratio", "visited");
    let runs = if std::env::args().any(|arg| arg == "--test") { 1 } else { RUNS };
    let bench = Bench { only, app, bare, runtime, runs };
    rows(&bench);
    bench.runtime.block_on(bench.app.close());
}

fn rows(bench: &Bench) {
    let today_ = bench.app.clock().today();
    let day = bench.runtime.block_on(today::show(&bench.app, today_)).expect("the day");
    let of_day: Vec<MeetingId> = day.meetings.iter().map(|entry| entry.meeting.id).collect();
    let with_notes = meetings::Filter { with_notes: true, ..meetings::Filter::default() };
    let noted = bench.runtime.block_on(meetings::list(&bench.app, &with_notes)).expect("meetings").meetings;
    let meeting = noted.iter().rev().find(|meeting| meeting.series_id.is_some()).expect("a meeting");
    let people: Vec<PersonId> = meeting
        .attendees
        .iter()
        .map(|at| at.person_id)
        .filter(|id| bench.bare.at(NodeRef::Person(*id)) != bench.bare.me)
        .collect();
    let (one, other) = (people[0], people[people.len() - 1]);
    let (id, ana) = (meeting.id.to_string(), one.to_string());
    let topic = bench
        .bare
        .net
        .node_weights()
        .find_map(|node| if let NodeRef::Topic(topic) = node { Some(topic.clone()) } else { None });
    let topic = topic.expect("a topic");
    println!("({} meetings today)", of_day.len());

    bench.row(
        "today",
        async |app| today::show(app, today_).await,
        |bare| bare.around(&of_day.iter().map(|id| bare.at(NodeRef::Meeting(*id))).collect::<Vec<_>>()),
    );
    bench.row(
        "brief",
        async |app| today::brief(app, &id).await,
        |bare| bare.around(&[bare.at(NodeRef::Meeting(meeting.id))]),
    );
    bench.row(
        "ledger",
        async |app| answers::ledger(app, &ana).await,
        |bare| bare.with(&[bare.at(NodeRef::Person(one))]),
    );
    let holding = decisions::Filter { topic: Some(topic.clone()), holding: true, ..decisions::Filter::default() };
    bench.row(
        "what holds about a topic",
        async |app| decisions::list(app, &holding).await,
        |bare| {
            let about = bare.step(&[bare.at(NodeRef::Topic(topic.clone()))], false, EdgeKind::About);
            about.len() + bare.step(&about, false, EdgeKind::Supersedes).len()
        },
    );
    bench.row(
        "path",
        async |app| answers::path(app, &ana, &other.to_string()).await,
        |bare| {
            let (from, to) = (bare.at(NodeRef::Person(one)), bare.at(NodeRef::Person(other)));
            let meetings = bare.step(&[from], true, EdgeKind::Attended);
            meetings.len() + usize::from(bare.step(&meetings, false, EdgeKind::Attended).contains(&to))
        },
    );
    // As far apart as two can be who are connected at all.
    let far = bench.farthest(one);
    bench.row(
        "path between the farthest",
        async |app| answers::path(app, &ana, &far.to_string()).await,
        |bare| bare.way(one, far),
    );
    let around = network::Around { depth: Some(2), ..network::Around::default() };
    bench.row(
        "graph around a person, two steps",
        async |app| network::around(app, None, &ana, &around).await,
        |bare| {
            let from = bare.at(NodeRef::Person(one));
            let beside: Vec<_> = bare.net.neighbors_undirected(from).take(60).collect();
            beside.iter().map(|at| bare.net.neighbors_undirected(*at).count()).sum()
        },
    );
    let quarter = (today_ - TimeDelta::days(83), today_);
    bench.row(
        "who matters, in a quarter",
        async |app| network::central(app, None, Some(quarter.0), Some(quarter.1)).await,
        |bare| {
            // Forty rounds over a quarter's share of the attendances of three years.
            let attended = bare.net.edge_references().filter(|edge| *edge.weight() == EdgeKind::Attended).count();
            (0..40).map(|_| bare.net.edge_references().take(black_box(attended / 12)).count()).sum()
        },
    );
    bench.row(
        "insights of a quarter",
        async |app| insights::show(app, quarter.0, quarter.1).await,
        |bare| {
            let mine = bare.step(&[bare.me], true, EdgeKind::Attended);
            let quarter = &mine[..mine.len() / 12];
            bare.step(quarter, false, EdgeKind::Attended).len() + bare.step(quarter, false, EdgeKind::RaisedIn).len()
        },
    );
    bench.row(
        "review",
        async |app| review::show(app, review::AT_ONCE).await,
        |bare| bare.open.len() + bare.step(&bare.open, true, EdgeKind::AssignedTo).len(),
    );
    bench.row(
        "review, only counted",
        async |app| review::left(app).await,
        |bare| bare.open.len() + bare.step(&bare.open, true, EdgeKind::AssignedTo).len(),
    );
    bench.row(
        "query people last-1:1>3w",
        async |app| queries::run(app, "people last-1:1>3w").await,
        |bare| {
            let people: Vec<_> =
                bare.net.node_indices().filter(|at| matches!(bare.net[*at], NodeRef::Person(_))).collect();
            bare.step(&people, true, EdgeKind::Attended).len()
        },
    );
    bench.row(
        "query series meetings>=3 outcomes:0",
        async |app| queries::run(app, "series meetings>=3 outcomes:0").await,
        |bare| {
            let series: Vec<_> =
                bare.net.node_indices().filter(|at| matches!(bare.net[*at], NodeRef::Series(_))).collect();
            let meetings = bare.step(&series, false, EdgeKind::OccurrenceOf);
            meetings.len() + bare.step(&meetings, false, EdgeKind::RaisedIn).len()
        },
    );
    bench.row(
        "query actions owner:me age>30d due:none",
        async |app| queries::run(app, "actions owner:me age>30d due:none").await,
        |bare| bare.step(&[bare.me], false, EdgeKind::AssignedTo).len(),
    );
    bench.row(
        "decisions that look contradictory",
        async |app| decisions::contradictions(app, None, None).await,
        |bare| {
            let topics: Vec<_> =
                bare.net.node_indices().filter(|at| matches!(bare.net[*at], NodeRef::Topic(_))).collect();
            bare.step(&topics, false, EdgeKind::About).len()
        },
    );
    let item = bench
        .bare
        .open
        .iter()
        .find_map(|at| if let NodeRef::Item(id) = &bench.bare.net[*at] { Some(*id) } else { None });
    let item = item.expect("an open action");
    bench.row(
        "trace",
        async |app| answers::trace(app, &item.to_string()).await,
        |bare| {
            let mut walk = Bfs::new(Reversed(&bare.net), bare.at(NodeRef::Item(item)));
            let mut seen = 0;
            while walk.next(Reversed(&bare.net)).is_some() && seen < 50 {
                seen += 1;
            }
            seen
        },
    );
}
