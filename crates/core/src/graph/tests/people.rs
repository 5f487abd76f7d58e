use super::world::{id, name, names, world};
use crate::graph::NodeRef;

fn path(text: &str, a: NodeRef, b: NodeRef) -> Option<String> {
    let steps = world(text).graph.path(&a, &b)?;
    let line = steps.iter().map(|node| match node {
        NodeRef::Person(id) => name(*id),
        NodeRef::Meeting(id) => name(*id),
        NodeRef::Item(id) => name(*id),
        NodeRef::Organization(id) => name(*id),
        NodeRef::Series(id) => name(*id),
        NodeRef::Topic(topic) => topic.clone(),
    });
    Some(line.collect::<Vec<_>>().join(" "))
}

fn who(name: &str) -> NodeRef {
    NodeRef::Person(id(name).into())
}

#[test]
fn people_are_connected_by_the_meetings_they_were_at() {
    let check = |text: &str, expected: Option<&str>| {
        for (a, b) in [("ana", "zoe"), ("zoe", "ana")] {
            let found = path(text, who(a), who(b)).map(|line| {
                let mut words: Vec<_> = line.split(' ').collect();
                if a == "zoe" {
                    words.reverse();
                }
                words.join(" ")
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    };
    let at = |name: &str, with: &str| format!("meeting {name} 2026-03-02 with {with}\n");
    check("", None);
    check(&(at("m", "ana") + &at("n", "zoe")), None);
    check(&at("m", "ana zoe"), Some("ana m zoe"));
    check(&at("m", "ana -zoe"), None);
    check(&at("m", "ana !zoe"), None);
    check(&at("m", "ana zoe").replace("with", "cancelled with"), None);
    check(&at("m", "ana zoe").replace("with", "focus with"), None);
    check(&(at("m", "ana ben") + &at("n", "ben cid") + &at("o", "cid zoe")), Some("ana m ben n cid o zoe"));
    check(&(at("a", "ana zoe cid dan") + &at("b", "ana zoe") + &at("c", "ana zoe")), Some("ana b zoe"));
    // of as few people, the latest proves it best
    check(&(at("b", "ana zoe") + "meeting c 2026-03-09 with ana zoe\n"), Some("ana c zoe"));
    let through_ben = at("m", "ana ben") + &at("n", "ben zoe");
    check(&(through_ben + "meeting l 2026-02-09 with ana ben\n"), Some("ana m ben n zoe"));
    // shorter goes before smaller
    check(&(at("m", "ana ben") + &at("n", "ben zoe") + &at("all", "ana zoe c d e f g")), Some("ana all zoe"));
    check(&(at("m", "ana ben cid") + &at("n", "ben zoe x y z") + &at("o", "cid zoe")), Some("ana m cid o zoe"));
    check("org acme: ana zoe", None);
}

#[test]
fn other_things_are_connected_by_their_own_edges() {
    let text = "org acme: ana
        meeting m 2026-03-02 series=weekly with ana ben
        meeting n 2026-03-03 with ben zoe
        action a in n topics=client/acme
        decision loose";
    let check = |a: NodeRef, b: NodeRef, expected: Option<&str>| {
        assert_eq!(path(text, a.clone(), b.clone()).as_deref(), expected, "{a:?} {b:?}");
        let back = expected.map(|line| line.split(' ').rev().collect::<Vec<_>>().join(" "));
        assert_eq!(path(text, b.clone(), a.clone()), back, "{b:?} {a:?}");
    };
    let item = |name: &str| NodeRef::Item(id(name).into());
    check(NodeRef::Organization(id("acme").into()), who("zoe"), Some("acme ana m ben n zoe"));
    check(NodeRef::Series(id("weekly").into()), item("a"), Some("weekly m ben n a"));
    check(NodeRef::Topic("client/acme".into()), who("ana"), Some("client/acme a n ben m ana"));
    check(NodeRef::Meeting(id("m").into()), who("ana"), Some("m ana"));
    check(item("loose"), who("ana"), None);
    check(who("ana"), who("ghost"), None);
    check(who("ana"), who("ana"), Some("ana"));
}

#[test]
fn who_meets_most_people_most_matters_most() {
    let world = world(
        "meeting a 2026-03-02 topics=x/y with me hub ana
         meeting b 2026-03-03 with me hub ben
         meeting c 2026-03-04 with me hub cid
         meeting d 2026-03-05 with ben cid
         action t in b topics=x
         meeting off 2026-03-05 cancelled with zoe ana",
    );
    let order = |topic: Option<&str>, from: Option<&str>, to: Option<&str>| {
        let date = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        names(world.graph.central(topic, date(from), date(to)).into_iter().map(|(id, _)| id))
    };
    assert_eq!(order(None, None, None), "hub ben cid ana");
    assert_eq!(order(Some("x"), None, None), "hub ana ben");
    assert_eq!(order(Some("x/y"), None, None), "ana hub");
    assert_eq!(order(None, Some("2026-03-05"), None), "ben cid");
    assert_eq!(order(None, None, Some("2026-03-02")), "ana hub");
    assert_eq!(order(Some("none"), None, None), "");
    let sum: f64 = world.graph.central(None, Some("2026-03-05".parse().unwrap()), None).iter().map(|(_, s)| s).sum();
    assert!((sum - 1.0).abs() < 1e-9);
}

#[test]
fn people_who_meet_are_grouped_without_the_user_and_the_all_hands() {
    let crowd: Vec<String> = (0..30).map(|i| format!("p{i:02}")).collect();
    let world = world(&format!(
        "meeting a 2026-03-02 with me ana ben cid
         meeting b 2026-03-03 with me ana ben
         meeting c 2026-03-04 with me xia yan
         meeting d 2026-03-05 with me xia zoe
         meeting all 2026-03-05 with me ana xia {}",
        crowd.join(" ")
    ));
    let groups: Vec<String> = world.graph.clusters(None, None).into_iter().map(names).collect();
    assert_eq!(groups, ["ana ben cid", "xia yan zoe"]);
}
