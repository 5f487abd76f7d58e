use super::world::{id, names, world};
use crate::graph::Party;

fn check(item: &str, i_owe: &str, they_owe: &str, waiting_on: &str) {
    let world = world(&format!(
        "org acme: ana ben
         meeting both 2026-03-02 with me ana
         meeting hers 2026-03-02 with ana cid
         meeting mine 2026-03-02 with me cid
         meeting off 2026-03-02 with me -ana
         {item}"
    ));
    for party in [Party::Person(id("ana").into()), Party::Organization(id("acme").into())] {
        let ledger = world.graph.ledger(party, &world.view);
        let found = [ledger.i_owe, ledger.they_owe, ledger.waiting_on].map(names);
        assert_eq!(found, [i_owe, they_owe, waiting_on], "{item} {party:?}");
    }
}

#[test]
fn a_ledger_has_what_comes_from_common_meetings_or_names_the_other() {
    check("", "", "", "");
    check("action a in both by me", "a", "", "");
    check("action a in both by ana", "", "a", "");
    check("action a in both by cid", "", "", "");
    check("action a in mine by me", "", "", "");
    check("action a in mine by me names ana", "a", "", "");
    check("action a in off by me", "", "", "");
    check("action a in hers by ana", "", "", "");
    check("action a in hers by ana names me", "", "a", "");
    check("action a by ana names me", "", "a", "");
    check("action a in both by me status=done", "", "", "");
    check("action a in both by me snoozed=2026-04-01", "a", "", "");
    check("action a in both by me part=private", "a", "", "");
    check(
        "action a in both by me\naction b in both by me due=2026-03-01\naction c in mine by me names ana due=2026-05-01",
        "b c a",
        "",
        "",
    );
}

#[test]
fn waiting_on_are_unanswered_questions_between_us() {
    check("question q in both", "", "", "q");
    check("question q in both by me", "", "", "q");
    check("question q in both by ana", "", "", "q");
    check("question q in both by cid", "", "", "");
    check("question q in mine", "", "", "");
    check("question q in hers", "", "", "");
    check("question q in mine by me names ana", "", "", "q");
    check("question q in hers by ana names me", "", "", "q");
    check("question q by ana names me", "", "", "q");
    check("question q in both\ndecision d in mine answers=q", "", "", "");
    check("question q in both\ndecision d in mine answers=q archived", "", "", "q");
}

#[test]
fn an_organization_owes_what_any_of_its_people_owes_and_never_what_the_user_does() {
    let world = world(
        "org acme: ana ben me
         meeting one 2026-03-02 with me ana ben
         action a in one by ana
         action b in one by ben due=2026-03-03
         action c in one by me",
    );
    let ledger = world.graph.ledger(Party::Organization(id("acme").into()), &world.view);
    assert_eq!((names(ledger.they_owe).as_str(), names(ledger.i_owe).as_str()), ("b a", "c"));
}

#[test]
fn nobody_owes_where_nobody_is_the_user() {
    let mut world = world("meeting one 2026-03-02 with me ana\naction a in one by ana");
    world.view.me = None;
    assert_eq!(world.graph.ledger(Party::Person(id("ana").into()), &world.view), crate::graph::Ledger::default());
}
