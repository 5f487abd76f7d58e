use super::world::{World, id, name, names, world};
use crate::graph::{AsOf, Filter, Graph, Party};
use crate::model::ItemId;

const CHAIN: &str = "
    org acme: ana ben
    meeting m1 2026-01-10 with me ana
    meeting m2 2026-02-10 with me ben
    meeting m3 2026-03-10 with me cid
    decision d1 in m1 by ana topics=client/acme
    decision d2 in m2 supersedes=d1
    decision d3 in m3 supersedes=d2
    decision other in m2 topics=clients";

impl World {
    fn holding(&self, filter: &Filter) -> String {
        let line = |held: &crate::graph::Held| match names(held.chain.iter().copied()) {
            chain if chain.is_empty() => name(held.head),
            chain => format!("{} < {chain}", name(held.head)),
        };
        self.graph.holding(filter).iter().map(line).collect::<Vec<_>>().join("; ")
    }

    fn statuses(&self, items: &str) -> String {
        let status =
            |item: &str| self.graph.decision_status(id(item).into(), None).map_or("none", |status| status.as_str());
        items.split(' ').map(status).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn what_holds_is_at_the_head_of_its_chain_and_found_by_anything_in_it() {
    let check = |filter: Filter, expected: &str| assert_eq!(world(CHAIN).holding(&filter), expected, "{filter:?}");
    let any = Filter::default;
    let topic = |topic: &str| Filter { topic: Some(topic.into()), ..any() };
    let date = |text: &str| Some(text.parse().unwrap());
    let by = |text: &str| Some(AsOf { day: text.parse().unwrap(), zone: chrono_tz::UTC });
    check(any(), "d3 < d2 d1; other");
    check(topic("client"), "d3 < d2 d1");
    check(topic("client/acme"), "d3 < d2 d1");
    check(topic("client/ac"), "");
    check(topic("clients"), "other");
    check(Filter { person: Some(id("ana").into()), ..any() }, "d3 < d2 d1");
    check(Filter { person: Some(id("cid").into()), ..any() }, "d3 < d2 d1");
    check(Filter { person: Some(id("eve").into()), ..any() }, "");
    check(Filter { organization: Some(id("acme").into()), ..any() }, "d3 < d2 d1; other");
    check(Filter { organization: Some(id("acme").into()), topic: Some("client".into()), ..any() }, "d3 < d2 d1");
    check(Filter { since: date("2026-03-01"), ..any() }, "d3 < d2 d1");
    check(Filter { as_of: by("2026-02-28"), ..any() }, "other; d2 < d1");
    check(Filter { as_of: by("2026-01-10"), ..any() }, "d1");
    check(Filter { as_of: by("2026-01-09"), ..any() }, "");
}

#[test]
fn status_follows_supersede_links_and_cycles_leave_the_newest_holding() {
    let check = |links: &str, items: &str, statuses: &str, holding: &str| {
        let world = world(&format!(
            "meeting m1 2026-01-10 with me\nmeeting m2 2026-02-10 with me\nmeeting m3 2026-03-10 with me\n{links}"
        ));
        assert_eq!(
            (world.statuses(items).as_str(), world.holding(&Filter::default()).as_str()),
            (statuses, holding),
            "{links}"
        );
    };
    check("decision a in m1", "a", "holds", "a");
    check("decision a in m1 proposed", "a", "proposed", "");
    check("decision a in m1 supersedes=ghost", "a", "holds", "a");
    check("decision a in m1 supersedes=a", "a", "holds", "a");
    check("action t in m1\ndecision a in m1 supersedes=t", "a t", "holds none", "a");
    check("decision a in m1\naction t in m2 supersedes=a", "a t", "holds none", "a");
    check("decision a in m1\ndecision b in m2 proposed supersedes=a", "a b", "holds proposed", "a");
    check("decision a in m1\ndecision b in m2 archived supersedes=a", "a b", "holds none", "a");
    // an older one may take a newer one's place, when told so
    check("decision a in m1 supersedes=b\ndecision b in m2", "a b", "holds superseded", "a < b");
    check(
        "decision a in m1\ndecision b in m2 supersedes=a\ndecision c in m3 supersedes=a",
        "a b c",
        "superseded holds holds",
        "c < a; b < a",
    );
    check(
        "decision a in m1\ndecision b in m2\ndecision c in m3 supersedes=a,b",
        "a b c",
        "superseded superseded holds",
        "c < b a",
    );
    check("decision a in m1 supersedes=b\ndecision b in m2 supersedes=a", "a b", "superseded holds", "b < a");
    check(
        "decision a in m1 supersedes=c\ndecision b in m2 supersedes=a\ndecision c in m3 supersedes=b",
        "a b c",
        "superseded superseded holds",
        "c < b a",
    );
    // the same day: the greater id is the newer
    check("decision a in m1 supersedes=b\ndecision b in m1 supersedes=a", "a b", "superseded holds", "b < a");
}

#[test]
fn a_decision_names_what_took_its_place_and_whose_it_took() {
    let world = world(CHAIN);
    let by = |item: &str| world.graph.superseded_by(id(item).into(), None).map(name);
    assert_eq!((by("d1"), by("d2"), by("d3")), (Some("d2".into()), Some("d3".into()), None));
    assert_eq!(names(world.graph.supersedes(id("d3").into(), None)), "d2");
}

#[test]
fn a_long_chain_of_links_to_newer_decisions_ends() {
    let mut text = String::new();
    for i in 0..3000 {
        text += &format!("decision d{i:04} supersedes=d{:04}\n", (i + 1) % 3000);
    }
    let world = world(&text);
    // The link that closes the cycle counts for nothing, being from the newest to the oldest; nor do those whose way
    // is too long to tell.
    let held = world.graph.holding(&Filter::default());
    assert!(!held.is_empty());
    assert_eq!(world.statuses("d2999"), "holds");
}

#[test]
fn questions_are_answered_by_the_earliest_answer() {
    let world = world(
        "meeting m1 2026-01-10 with me
         meeting m2 2026-02-10 with me
         question q in m1
         decision d in m2 answers=q
         action a in m1 answers=q
         question open in m1 answers=open",
    );
    let by = |graph: &Graph, item: &str| graph.answered_by(id(item).into(), None).map(name);
    assert_eq!((by(&world.graph, "q"), by(&world.graph, "open")), (Some("a".into()), None));
    let answered = |item: &str| world.graph.is_answered(ItemId(id(item)), None);
    assert_eq!((answered("q"), answered("open"), answered("d")), (Some(true), Some(false), None));
}

#[test]
fn an_answer_in_a_meeting_of_a_later_day_is_none_before_it() {
    let world = world(
        "meeting m1 2026-03-01 with me ana
         meeting later 2026-03-12 with me ana
         question q in m1 by ana
         decision d in later answers=q",
    );
    let by = |day: &str| Some(AsOf { day: day.parse().unwrap(), zone: chrono_tz::UTC });
    let answered = |by| world.graph.is_answered(id("q").into(), by);
    assert_eq!((answered(by("2026-03-11")), answered(by("2026-03-12"))), (Some(false), Some(true)));
    assert_eq!(world.graph.answered_by(id("q").into(), by("2026-03-11")), None);
    assert_eq!(world.graph.answered_by(id("q").into(), None).map(name).as_deref(), Some("d"));
    // It is 10 March.
    let waiting = world.graph.ledger(Party::Person(id("ana").into()), &world.view).waiting_on;
    assert_eq!(names(waiting), "q");
}

#[test]
fn the_cycle_a_link_would_close_is_shown() {
    let world = world(
        "action a after=b\naction b after=c,x\naction c\naction x after=c\naction loop1 after=loop2\naction loop2 after=loop1
         decision d",
    );
    let cycle = |from: &str, to: &str| world.graph.blocked_by_cycle(id(from).into(), id(to).into()).map(names);
    assert_eq!(cycle("a", "a").as_deref(), Some("a"));
    assert_eq!(cycle("b", "a").as_deref(), Some("b a"));
    assert_eq!(cycle("c", "a").as_deref(), Some("c a b"));
    assert_eq!(cycle("a", "c"), None);
    assert_eq!(cycle("a", "ghost"), None);
    assert_eq!(cycle("a", "loop1"), None);
    assert_eq!(names(world.graph.blocks(id("c").into())), "b x");
    assert_eq!(names(world.graph.blocked_by(id("b").into())), "c x");
}
