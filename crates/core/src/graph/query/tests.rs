//! Queries asked of small worlds.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Kind, Query, Unknown, keys};
use crate::graph::tests::world::{name, view, world};
use crate::graph::{Graph, NodeRef};

const WORLD: &str = "
org acme: ana ben
org initech: cid
meeting one1 2026-02-02 with me ana
meeting one2 2026-03-02 with me ben
meeting w1 2026-02-09 series=weekly topics=client/acme with me ana ben cid
meeting w2 2026-02-16 series=weekly with me ana -ben cid
meeting w3 2026-03-16 series=weekly with me ana ben
meeting q1 2026-02-10 series=quiet with me cid
meeting q2 2026-02-17 series=quiet with me cid
meeting q3 2026-02-24 series=quiet with me cid
meeting off 2026-02-20 cancelled with me dan
action a1 in w1 by ana due=2026-03-01 topics=client/acme
action a2 in w2 by me due=2026-04-01
action a3 in one1 by ana status=done
action a4 in w2
decision d1 in w1 by ana topics=pricing
decision d2 in w2 by ben supersedes=d1 topics=pricing/eu
decision d3 in one1 by ana created=2025-01-01
question q9 in w1 by ben
";

#[test]
fn every_example_of_a_key_can_be_asked() {
    for kind in Kind::ALL {
        for key in keys(*kind) {
            for example in key.examples() {
                let query = format!("{kind} {example}");
                assert!(Query::parse(&query, NaiveDate::from_ymd_opt(2026, 11, 19).expect("a day")).is_ok(), "{query}");
            }
        }
    }
}

fn ask(graph: &Graph, text: &str) -> String {
    let view = view("2026-03-10T09:00:00Z");
    let found = Query::parse(text, view.today()).unwrap().answer(graph, &view).unwrap().found;
    let one = |node: &NodeRef| match node {
        NodeRef::Person(id) => name(*id),
        NodeRef::Organization(id) => name(*id),
        NodeRef::Series(id) => name(*id),
        NodeRef::Meeting(id) => name(*id),
        NodeRef::Item(id) => name(*id),
        NodeRef::Topic(topic) => topic.clone(),
    };
    let told = found.iter().map(|found| match found.value {
        Some(value) => format!("{}={value}", one(&found.node)),
        None => one(&found.node),
    });
    told.collect::<Vec<_>>().join(" ")
}

#[test]
fn each_query_finds_what_it_says() {
    let world = world(WORLD);
    let table = [
        ("people last-1:1>3w", "dan ana=36"),
        ("people last-1:1<3w", "cid=14 ben=8"),
        ("people last-1:1:none", "dan"),
        ("people org:acme", "ana ben"),
        ("people -org:acme", "cid dan"),
        ("people org:none", "dan"),
        ("people name:ANA", "ana"),
        ("people open>0", "ana=1"),
        ("people meetings>=3", "cid=5 ana=3"),
        ("people meetings>=3 from:2026-02-10", "cid=4"),
        ("people topic:pricing", "ana ben"),
        ("people last-met>1w", "dan ana=22 cid=14 ben=8"),
        ("organizations people:2", "acme=2"),
        ("organizations meetings>0", "initech=5 acme=4"),
        ("series meetings>=3 outcomes:0", "quiet=3"),
        ("series outcomes>0", "weekly=6"),
        ("series topic:client", "weekly"),
        ("series person:ben", "weekly"),
        ("meetings series:none from:2026-01-01 status:confirmed", "one2 one1"),
        ("meetings person:cid to:2026-02-10", "q1 w1"),
        ("meetings held:no", "w3 off"),
        ("meetings outcomes:0 held:yes", "one2=0 q3=0 q2=0 q1=0"),
        ("meetings topic:client/acme", "w1"),
        ("meetings attendees>3", "w2=4 w1=4"),
        ("actions owner:ana status:open", "a1"),
        ("actions status:overdue", "a1"),
        ("actions owner:me", "a2"),
        ("actions owner:none", "a4"),
        ("actions due:none status:open", "a4"),
        ("actions due<today", "a1"),
        ("actions age>3w", "a2=22 a4=22 a1=29 a3=36"),
        ("actions topic:#client", "a1"),
        ("actions org:initech", "a2 a4 a1"),
        ("decisions status:holds", "d2 d3"),
        ("decisions by:ana", "d1 d3"),
        ("decisions topic:pricing status:holds", "d2"),
        ("decisions revisited>3w", "d2=22 d1=22 d3=36"),
        ("decisions text:D1", "d1"),
        ("questions status:open by:ben", "q9"),
        ("questions status:answered", ""),
    ];
    let asked: Vec<_> = table.iter().map(|(query, _)| format!("{query} -> {}", ask(&world.graph, query))).collect();
    let expected: Vec<_> = table.iter().map(|(query, found)| format!("{query} -> {found}")).collect();
    assert_eq!(asked, expected);
}

#[test]
fn a_meeting_of_two_with_one_who_declined_is_a_1_1_of_those_who_came() {
    let world = world("meeting m1 2026-03-01 with me ana -ben");
    assert_eq!(ask(&world.graph, "people last-1:1<2w"), "ana=9");
}

#[test]
fn a_name_nobody_has_is_said_and_not_answered_with_nothing() {
    let world = world(WORLD);
    let view = view("2026-03-10T09:00:00Z");
    let ask = |text: &str| Query::parse(text, view.today()).unwrap().answer(&world.graph, &view);
    assert_eq!(ask("actions owner:zoe"), Err(Unknown::Person("zoe".into())));
    assert_eq!(ask("people org:globex"), Err(Unknown::Organization("globex".into())));
}

#[test]
fn what_cannot_be_read_is_refused_with_what_would_be() {
    let today: NaiveDate = "2026-03-10".parse().unwrap();
    let table = [
        ("", "The query is empty"),
        ("cats", "“cats” is nothing to ask for"),
        ("people colour:red", "“colour:red” is no condition on people"),
        ("people relation:boss", "“boss” does not fit relation:"),
        ("people meetings>many", "“many” does not fit meetings>"),
        ("people last-1:1:3w", "“3w” does not fit last-1:1:"),
        ("people last-met>3", "“3” does not fit last-met>"),
        ("actions due<soon", "“soon” does not fit due<"),
        ("actions text:\"open", "A quote is not closed"),
        ("meetings from>2026-01-01", "“2026-01-01” does not fit from>"),
        ("people meetings", "“meetings” is no condition on people"),
        ("actions age>99999999999y", "“99999999999y” does not fit age>"),
    ];
    for (text, message) in table {
        let problem = Query::parse(text, today).unwrap_err();
        assert_eq!(problem.message, message, "{text}");
        assert!(!problem.hint.is_empty(), "{text}");
    }
}

#[test]
fn a_query_says_in_words_what_it_asks() {
    let today: NaiveDate = "2026-03-10".parse().unwrap();
    let table = [
        (
            "people relation:report last-1:1>3w",
            "People who report to you and whose last 1:1 with you was more than 3 weeks ago or never.",
        ),
        ("people last-1:1<10d", "People whose last 1:1 with you was less than 10 days ago."),
        ("series meetings>=3 outcomes:0", "Series with at least 3 meetings held and without outcomes."),
        ("series hours>1", "Series with more than 1 hour in it."),
        ("meetings purpose:none held:yes", "Meetings that do not say what they are for and that took place."),
        ("actions", "All actions."),
        ("actions owner:me status:overdue", "Actions that you own and that are late."),
        ("actions owner:none due<2026-03-12", "Actions that nobody owns and that are due before 12 March 2026."),
        (
            "actions status:open -owner:ana -topic:pricing",
            "Actions that are open, but not those that ana owns or those about #pricing.",
        ),
        (
            "decisions org:acme revisited>6m",
            "Decisions that concern somebody of acme and that were last written about more than 6 months ago.",
        ),
        ("questions by:me status:open", "Questions that you asked and that nothing answers."),
        (
            "people meetings>0 from:2026-02-01 to:2026-02-28",
            "People with meetings with you. Only meetings from 1 February 2026 to 28 February 2026 count.",
        ),
        ("meetings from:today-28", "All meetings. Only meetings from 10 February 2026 on count."),
        ("organizations open:1", "Organizations with 1 open action."),
        ("meetings status:confirmed org:acme", "Meetings with somebody of acme that are confirmed."),
    ];
    for (text, expected) in table {
        assert_eq!(Query::parse(text, today).unwrap().explain(), expected);
    }
}

#[test]
fn who_is_asked_about_is_told_by_name() {
    let world = world(WORLD);
    let view = view("2026-03-10T09:00:00Z");
    let told = |text: &str| Query::parse(text, view.today()).unwrap().explain_in(&world.graph, &view);
    assert_eq!(told("people org:ACME"), "People at acme.");
    assert_eq!(told("actions owner:me -owner:ANA"), "Actions that you own, but not those that ana owns.");
    assert_eq!(told("actions owner:zoe"), "Actions that zoe owns.", "whom nobody knows");
}

#[test]
fn every_condition_there_is_reads_as_words() {
    let today: NaiveDate = "2026-03-10".parse().unwrap();
    for kind in Kind::ALL {
        for key in keys(*kind) {
            for example in key.examples() {
                for sign in ["", "-"] {
                    let query = Query::parse(&format!("{kind} {sign}{example}"), today).unwrap();
                    let said = query.explain();
                    let signs = [':', '>', '<', '='].iter().any(|sign| said.replace("1:1", "").contains(*sign));
                    assert!(!signs && said.ends_with('.') && !said.contains("  "), "{example}: {said}");
                }
            }
        }
    }
}

#[test]
fn no_kind_has_a_key_twice() {
    for kind in Kind::ALL {
        let keys = keys(*kind);
        let unique: BTreeSet<_> = keys.iter().map(|key| key.name).collect();
        assert_eq!(unique.len(), keys.len(), "{kind}");
    }
}

#[test]
fn any_text_is_read_or_refused() {
    let today: NaiveDate = "2026-03-10".parse().unwrap();
    proptest::proptest!(|(text in "(people|actions|series)? ?(-?[a-z:1<>=\"#@ 0-9äß-]{0,12} ?){0,4}")| {
        let _ = Query::parse(&text, today);
    });
}
