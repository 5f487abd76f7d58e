//! How long a large vault takes: run by hand, `cargo test -p throughline-core speed -- --ignored --nocapture`.

use std::time::Instant;

use super::world::{id, view, world};
use crate::graph::{Fact, Filter, Graph, NodeRef, Party};
use crate::model::{MeetingId, PersonId};

const MEETINGS: usize = 20_000;
const ITEMS: usize = 60_000;
const PEOPLE: usize = 2_000;

fn large() -> Vec<Fact> {
    let mut text = String::new();
    for i in 0..MEETINGS {
        let day = chrono::NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Days::new(i as u64 / 9);
        let who = |n: usize| match n % 3 {
            0 => (i * 31 + n * 7) % PEOPLE,
            _ => (i + n * n) % 60,
        };
        let size = if i % 500 == 0 { 200 } else { 2 + i % 15 };
        let people: Vec<String> = (0..size).map(|n| format!("p{}", who(n))).collect();
        text += &format!("meeting m{i} {day} series=s{} topics=t{} with me {}\n", i % 300, i % 200, people.join(" "));
    }
    for i in 0..ITEMS {
        let kind = ["action", "decision", "question"][i % 3];
        let owner = if i % 4 == 0 { "me".to_owned() } else { format!("p{}", i % 61) };
        let status = if i % 5 == 0 { "" } else { "status=done done=2026-01-01" };
        let link = if i % 30 == 1 && i > 300 { format!("supersedes=i{}", i - 300) } else { String::new() };
        text += &format!("{kind} i{i} in m{} by {owner} {status} {link} topics=t{}\n", i % MEETINGS, i % 500);
    }
    world(&text).facts
}

#[test]
#[ignore = "takes a while and asserts nothing"]
fn a_large_vault() {
    let facts = large();
    let view = view("2026-03-10T09:00:00Z");
    let again: Vec<Fact> = facts.iter().step_by(97).cloned().collect();
    let attendances: usize = facts.iter().map(|f| if let Fact::Meeting(m) = f { m.attendances.len() } else { 0 }).sum();
    let mut start = Instant::now();
    let mut lap = |what: &str| {
        println!("{what}: {:?}", start.elapsed());
        start = Instant::now();
    };
    let mut graph = Graph::build(facts);
    lap(&format!("build, {attendances} attendances"));
    let count = again.len();
    again.into_iter().for_each(|fact| graph.put(fact));
    lap(&format!("put {count} again"));
    for name in ["m19999", "m19500", "m19501", "m19502"] {
        let _ = graph.brief(MeetingId(id(name)), &view);
        lap(&format!("brief {name}, {} people", graph.meeting(MeetingId(id(name))).unwrap().attendances.len()));
    }
    let _ = graph.ledger(Party::Person(PersonId(id("p1"))), &view);
    lap("ledger");
    let _ = graph.holding(&Filter::default());
    lap("holding");
    let _ = graph.path(&NodeRef::Person(id("p1999").into()), &NodeRef::Person(id("p1000").into()));
    lap("path");
    let _ = graph.central(None, None, None);
    lap("central");
    let _ = graph.clusters(None, None);
    lap("clusters");
}
