//! The graph kept current is the graph built anew, and a part of it answers as the whole.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::world::{id, view, world};
use crate::graph::{Fact, Filter, Graph, NodeRef, Party, neighbourhood};
use crate::model::{ItemId, MeetingId, PersonId};

const PEOPLE: [&str; 5] = ["me", "ana", "ben", "cid", "dan"];
const MEETINGS: [&str; 7] = ["m0", "m1", "m2", "m3", "m4", "m5", "m6"];
const ITEMS: [&str; 9] = ["i0", "i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8"];

fn some_of(words: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    prop::sample::subsequence(words, 0..=most).prop_map(|words| words.join(","))
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

fn a_meeting() -> impl Strategy<Value = String> {
    let with = prop::collection::vec(one_of(&["", "", "", "+", "-", "?", "!", "*"]), PEOPLE.len());
    let rest = one_of(&["", "series=s", "series=s", "series=t", "cancelled series=s", "held=no", "held=yes cancelled"]);
    (one_of(&MEETINGS), 1..20u32, rest, one_of(&["", "topics=x", "topics=x/y,z"]), some_of(&PEOPLE, 5), with).prop_map(
        |(name, day, rest, topics, people, marks)| {
            let people = people.split(',').filter(|who| !who.is_empty()).zip(marks);
            let people: Vec<String> = people.map(|(who, mark)| format!("{mark}{who}")).collect();
            format!("meeting {name} 2026-03-{day:02} {rest} {topics} with {}", people.join(" "))
        },
    )
}

fn an_item() -> impl Strategy<Value = String> {
    let links = (some_of(&ITEMS, 2), some_of(&ITEMS, 1), some_of(&ITEMS, 1));
    let state = one_of(&[
        "",
        "",
        "",
        "part=private",
        "status=done done=2026-03-08",
        "status=dropped",
        "proposed",
        "archived",
        "due=2026-03-05",
        "due=2026-03-15 snoozed=2026-03-12",
        "revisit=2026-03-09",
    ]);
    let whose = (some_of(&PEOPLE, 2), some_of(&PEOPLE, 2), prop::option::of(one_of(&MEETINGS)));
    let topics = one_of(&["", "", "topics=x", "topics=x/y", "topics=z"]);
    (one_of(&ITEMS), one_of(&["action", "decision", "question"]), whose, links, state, topics).prop_map(
        |(name, kind, (owners, named, meeting), (supersedes, after, answers), state, topics)| {
            let word = |key: &str, value: &str| if value.is_empty() { String::new() } else { format!("{key}{value} ") };
            let meeting = meeting.map(|name| format!("in {name} ")).unwrap_or_default();
            [
                format!("{kind} {name} {meeting}"),
                word("by ", &owners),
                word("names ", &named),
                word("supersedes=", &supersedes),
                word("after=", &after),
                word("answers=", &answers),
                format!("{state} {topics}"),
            ]
            .concat()
        },
    )
}

#[derive(Debug, Clone)]
enum Step {
    Put(String),
    Remove(NodeRef),
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => a_meeting().prop_map(Step::Put),
        4 => an_item().prop_map(Step::Put),
        1 => some_of(&PEOPLE, 5).prop_map(|people| Step::Put(format!("org acme: {}", people.replace(',', " ")))),
        1 => one_of(&MEETINGS).prop_map(|name| Step::Remove(NodeRef::Meeting(id(name).into()))),
        1 => one_of(&ITEMS).prop_map(|name| Step::Remove(NodeRef::Item(id(name).into()))),
        1 => one_of(&PEOPLE).prop_map(|name| Step::Remove(NodeRef::Person(id(name).into()))),
        1 => one_of(&["x", "z"]).prop_map(|name| Step::Remove(NodeRef::Topic(name.into()))),
    ]
}

/// The facts that are left, in order of name; what was archived is none.
fn survivors(steps: &[Step]) -> (Graph, BTreeMap<NodeRef, Fact>) {
    let (mut live, mut left) = (Graph::default(), BTreeMap::new());
    for step in steps {
        match step {
            Step::Put(line) => {
                for fact in world(line).facts {
                    if matches!(&fact, Fact::Item(item) if item.archived) {
                        left.remove(&fact.node());
                    } else {
                        left.insert(fact.node(), fact.clone());
                    }
                    live.put(fact);
                }
            }
            Step::Remove(node) => {
                left.remove(node);
                live.remove(node);
            }
        }
    }
    (live, left)
}

fn answers(graph: &Graph) -> Vec<String> {
    let view = view("2026-03-10T09:00:00Z");
    let meetings = MEETINGS.map(|name| format!("{:?}", graph.brief(MeetingId(id(name)), &view)));
    let people = PEOPLE.map(|name| format!("{:?}", graph.ledger(Party::Person(id(name).into()), &view)));
    let items = ITEMS.map(|name| {
        let item = ItemId(id(name));
        format!("{:?} {:?}", graph.trace(item), graph.blocked_by_cycle(item, ItemId(id("i0"))))
    });
    let paths = PEOPLE
        .map(|name| format!("{:?}", graph.path(&NodeRef::Person(id("ana").into()), &NodeRef::Person(id(name).into()))));
    let whole = [
        format!("{:?}", graph.holding(&Filter::default())),
        format!("{:?}", graph.central(None, None, None)),
        format!("{:?}", graph.clusters(None, None)),
    ];
    meetings.into_iter().chain(people).chain(items).chain(paths).chain(whole).collect()
}

fn crowd(graph: &Graph, node: &NodeRef) -> usize {
    let NodeRef::Meeting(id) = node else { return 0 };
    graph.meeting(*id).map_or(0, |meeting| meeting.attendances.len())
}

/// Meetings on the way and people in them, to everybody there is a way to, by trying until nothing gets better.
fn ways(graph: &Graph, from: &str) -> BTreeMap<PersonId, (usize, usize)> {
    let mut ways: BTreeMap<PersonId, (usize, usize)> = BTreeMap::new();
    if graph.person(id(from).into()).is_some() {
        ways.insert(id(from).into(), (0, 0));
    }
    for _ in PEOPLE {
        for meeting in MEETINGS.iter().filter_map(|name| graph.meeting(id(name).into())) {
            let here = |person: &PersonId| graph.meetings_of(*person).contains(&meeting.id);
            let people: Vec<PersonId> = PEOPLE.map(|name| id(name).into()).into_iter().filter(here).collect();
            let on = meeting.held.unwrap_or(meeting.status != crate::model::MeetingStatus::Cancelled);
            let best = people.iter().filter_map(|person| ways.get(person)).min().filter(|_| on).copied();
            for person in people.iter().filter(|person| graph.person(**person).is_some()) {
                if let Some((hops, crowd)) = best {
                    let way = (hops + 1, crowd + meeting.attendances.len());
                    ways.entry(*person).and_modify(|known| *known = way.min(*known)).or_insert(way);
                }
            }
        }
    }
    ways
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_graph_kept_current_is_the_graph_built_anew(steps in prop::collection::vec(a_step(), 0..50)) {
        let (live, left) = survivors(&steps);
        let built = Graph::build(left.values().cloned());
        let reversed = Graph::build(left.into_values().rev());
        prop_assert_eq!(live.snapshot(), built.snapshot());
        prop_assert_eq!(reversed.snapshot(), built.snapshot());
        prop_assert_eq!(answers(&live), answers(&built));
        prop_assert_eq!(answers(&reversed), answers(&built));
    }

    #[test]
    fn a_neighbourhood_answers_as_the_whole(steps in prop::collection::vec(a_step(), 20..60)) {
        let (whole, left) = survivors(&steps);
        let facts: Vec<Fact> = left.into_values().collect();
        let view = view("2026-03-10T09:00:00Z");
        for name in MEETINGS {
            let meeting = MeetingId(id(name));
            let part = Graph::build(neighbourhood::of_brief(&facts, meeting, view.me));
            prop_assert_eq!(part.brief(meeting, &view), whole.brief(meeting, &view));
            prop_assert_eq!(part.last_time(meeting, &view), whole.last_time(meeting, &view));
        }
        for name in PEOPLE {
            let person = PersonId(id(name));
            let part = Graph::build(neighbourhood::of_ledger(&facts, &BTreeSet::from([person])));
            prop_assert_eq!(part.ledger(Party::Person(person), &view), whole.ledger(Party::Person(person), &view));
        }
        for name in ITEMS {
            let item = ItemId(id(name));
            let part = Graph::build(neighbourhood::of_item(&facts, item));
            prop_assert_eq!(part.trace(item), whole.trace(item));
            prop_assert_eq!(part.decision_status(item, None), whole.decision_status(item, None));
            prop_assert_eq!(part.superseded_by(item, None), whole.superseded_by(item, None));
            prop_assert_eq!(part.answered_by(item, None), whole.answered_by(item, None));
        }
    }

    #[test]
    fn a_path_is_as_short_and_as_small_as_any(steps in prop::collection::vec(a_meeting().prop_map(Step::Put), 1..12)) {
        let (graph, _) = survivors(&steps);
        for to in PEOPLE {
            let path = graph.path(&NodeRef::Person(id("ana").into()), &NodeRef::Person(id(to).into()));
            let people = path.as_ref().map(|path| path.len() / 2);
            let crowd = path.map(|path| path.iter().map(|node| crowd(&graph, node)).sum::<usize>());
            prop_assert_eq!(people.zip(crowd), ways(&graph, "ana").get(&id(to).into()).copied(), "to {}", to);
        }
    }

    #[test]
    fn nothing_of_a_private_part_is_ever_in_a_brief(steps in prop::collection::vec(a_step(), 20..60)) {
        let (graph, _) = survivors(&steps);
        for name in MEETINGS {
            let Some(brief) = graph.brief(MeetingId(id(name)), &view("2026-03-10T09:00:00Z")) else { continue };
            let changed = brief.changes.iter().map(|change| change.item);
            let items = [brief.mine, brief.theirs, brief.questions, brief.decisions, brief.revisit].concat();
            for item in items.into_iter().chain(changed) {
                prop_assert!(graph.item(item).is_some_and(|item| item.part != crate::model::NotePart::Private));
            }
        }
    }
}

#[test]
fn a_placeholder_is_there_for_no_reader() {
    let world = world("meeting m 2026-03-02 series=s with me ana\naction a in ghost by ana names nobody after=b");
    let shown = world.graph.visible();
    assert!(shown.nodes.iter().all(|(node, fact)| fact.is_some() || matches!(node, NodeRef::Topic(_))));
    assert!(!world.graph.contains(&NodeRef::Meeting(id("ghost").into())));
    assert_eq!(world.graph.blocked_by(ItemId(id("a"))), []);
    assert_eq!(world.graph.raised_on(ItemId(id("a"))), Some("2026-03-01".parse().unwrap()));
}

#[test]
fn a_meeting_continues_the_one_before_it_wherever_it_moves() {
    let text = "meeting a 2026-03-02 series=s with me\nmeeting b 2026-03-09 series=s with me\nmeeting c 2026-03-16 series=s with me";
    let mut live = world(text).graph;
    let before = |graph: &Graph| MEETINGS_ABC.map(|name| graph.previous(id(name).into()).map(super::world::name));
    assert_eq!(before(&live), [None, Some("a".into()), Some("b".into())]);
    for fact in world("meeting a 2026-03-30 series=s with me").facts {
        live.put(fact);
    }
    assert_eq!(before(&live), [Some("c".into()), None, Some("b".into())]);
    live.remove(&NodeRef::Meeting(id("c").into()));
    assert_eq!(before(&live), [Some("b".into()), None, None]);
    for fact in world("meeting b 2026-03-09 series=t with me").facts {
        live.put(fact);
    }
    assert_eq!(before(&live), [None, None, None]);
}

const MEETINGS_ABC: [&str; 3] = ["a", "b", "c"];
