//! Where on a line things stand, as a table: each stretch is told by the text it covers.

use std::fmt::Write;

use chrono::NaiveDate;
use throughline_core::model::{NotePart, PersonId};
use throughline_core::note::{
    Candidate, Context, LineMarks, OfferKind, PeopleIndex, WrittenLink, WrittenOwner, marks, parse,
};
use uuid::Uuid;

fn person(n: u128, name: &str, handle: &str) -> Candidate {
    Candidate {
        person_id: PersonId(Uuid::from_u128(n)),
        name: name.to_owned(),
        handles: vec![handle.to_owned()],
        aliases: Vec::new(),
    }
}

fn with<T>(part: NotePart, look: impl FnOnce(&Context) -> T) -> T {
    let room = [
        person(1, "Ana Silva", "ana"),
        person(2, "Ben Okafor", "ben"),
        person(3, "Eva Lund", "eva.l"),
        person(4, "Eva Marsh", "eva.m"),
    ];
    let index = PeopleIndex::new(&room);
    // A Wednesday.
    let date = NaiveDate::from_ymd_opt(2026, 11, 25);
    look(&Context { part, date, attendees: &room, people: &index, me: None, imported: false })
}

/// `line kind status | marker … | owner … | …`, one line each.
fn told(text: &str, part: NotePart) -> String {
    with(part, |cx| marks(text, cx)).iter().map(|mark| tell(text, mark)).collect::<Vec<_>>().join("\n")
}

fn tell(text: &str, mark: &LineMarks) -> String {
    let mut out = mark.line.to_string();
    let mut put = |name: &str, said: String| write!(out, " | {name} {said}").expect("a text takes all");
    if let Some(kind) = mark.kind {
        let status = mark.status.map_or("", |status| status.as_str());
        put(kind.as_str(), if mark.proposed { "proposed".to_owned() } else { status.to_owned() });
    }
    let at = |range: &std::ops::Range<usize>| format!("«{}»", &text[range.clone()]);
    mark.marker.iter().for_each(|range| put("by", at(range)));
    for (range, who) in &mark.owners {
        let who = match who {
            WrittenOwner::Handle(handle) => format!("@{handle}"),
            WrittenOwner::Person { id, .. } => id.0.as_u128().to_string(),
            WrittenOwner::Ambiguous { candidates, .. } => format!("one of {}", candidates.len()),
        };
        put("owner", format!("{} {who}", at(range)));
    }
    mark.mentions.iter().for_each(|(range, handle)| put("names", format!("{} {handle}", at(range))));
    mark.due.iter().for_each(|(range, date)| put("due", format!("{} {date}", at(range))));
    mark.revisit.iter().for_each(|(range, date)| put("again", format!("{} {date}", at(range))));
    mark.topics.iter().for_each(|(range, topic)| put("about", format!("{} {topic}", at(range))));
    for (range, link) in &mark.links {
        let link = match link {
            WrittenLink::Supersedes(to) => format!("supersedes {to}"),
            WrittenLink::After(to) => format!("after {to}"),
            WrittenLink::Answers(to) => format!("answers {to}"),
        };
        put("link", format!("{} {link}", at(range)));
    }
    mark.anchor.iter().for_each(|(range, anchor)| put("anchor", format!("{} {anchor}", at(range))));
    for offer in &mark.offers {
        let kind = match offer.kind {
            OfferKind::Item(kind) => kind.as_str().to_owned(),
            OfferKind::Due(date) => date.to_string(),
        };
        put("offer", format!("{} {:?} {kind}", at(&offer.at), offer.insert));
    }
    out
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(told(text, NotePart::Notes), *expected, "{text:?}");
    }
}

#[test]
fn an_item_is_told_by_what_makes_it_and_what_it_says() {
    check(&[
        ("nothing here", ""),
        ("!! call", "1 | action open | by «!!»"),
        (
            "- [x] @ana sends the deck by Friday #acme/q4 ^k7m2xq",
            "1 | action done | by «[x]» | owner «@ana» @ana | due «by Friday» 2026-11-27 | about «#acme/q4» acme/q4 | anchor «^k7m2xq» k7m2xq",
        ),
        ("- [-] no", "1 | action dropped | by «[-]»"),
        ("**Decision:** ship it", "1 | decision open | by «**Decision:**»"),
        ("=> ship (@ana, @ben)", "1 | decision open | by «=>» | owner «@ana» @ana | owner «@ben» @ben"),
        ("?? Ben: who pays", "1 | question open | by «??» | owner «Ben» 2"),
        (
            "!! Ana and Ben to meet @eva.l",
            "1 | action open | by «!!» | owner «Ana» 1 | owner «Ben» 2 | names «@eva.l» eva.l",
        ),
        ("AI(Ana): do it", "1 | action open | by «AI(Ana):» | owner «Ana» 1"),
        ("!! Eva to call", "1 | action open | by «!!» | owner «Eva» one of 2"),
        ("## Actions\n- Ana to go\n", "2 | action open | owner «Ana» 1"),
        (
            "=> B, supersedes ^aaaaaa, revisit in 3 months",
            "1 | decision open | by «=>» | again «revisit in 3 months» 2027-02-25 | link «supersedes ^aaaaaa» supersedes aaaaaa",
        ),
        (
            "!! x (after ^aaaaaa and ^bbbbbb) due:2026-12-01 ^cccccc",
            "1 | action open | by «!!» | due «due:2026-12-01» 2026-12-01 | link «after ^aaaaaa» after aaaaaa | link «^bbbbbb» after bbbbbb | anchor «^cccccc» cccccc",
        ),
        ("Talk with @ana on #budget", "1 | names «@ana» ana | about «#budget» budget"),
        ("`!!x` and `@ana` and `#no`", ""),
        ("\\!! not one", ""),
    ]);
}

#[test]
fn a_row_is_told_by_its_cells() {
    let table = "| Action | Owner | Due |\n|---|---|---|\n| call | Ana, @ben | Friday |\n| [x] send | | |\n";
    let expected =
        "3 | action open | owner «Ana» 1 | owner «@ben» @ben | due «Friday» 2026-11-27\n4 | action done | by «[x]»";
    assert_eq!(told(table, NotePart::Notes), expected);
}

#[test]
fn a_line_of_a_summary_that_repeats_an_item_is_told_too() {
    let text = "!! call the bank ^aaaaaa\n\n## Actions\n- [ ] call the bank\n";
    let expected = "1 | action open | by «!!» | anchor «^aaaaaa» aaaaaa\n4 | action open | by «[ ]»";
    assert_eq!(told(text, NotePart::Notes), expected);
}

#[test]
fn a_decision_in_prep_is_proposed() {
    assert_eq!(told("=> A", NotePart::Prep), "1 | decision proposed | by «=>»");
}

#[test]
fn what_could_be_taken_is_offered() {
    check(&[
        ("!!call", "1 | offer «!!» \"!! \" action"),
        ("=>ship", "1 | offer «=>» \"=> \" decision"),
        ("we said => ship it", "1 | offer « => » \"\\n=> \" decision"),
        ("- so ?? who pays", "1 | offer « ?? » \"\\n  ?? \" question"),
        ("really?? no", ""),
        ("`a => b`", ""),
        ("> Action: call", "1 | offer «> » \"\\n\" action"),
        ("!! send it Friday", "1 | action open | by «!!» | offer «Friday» \"by Friday\" 2026-11-27"),
        ("!! send it on 3 Dec please", "1 | action open | by «!!» | offer «on 3 Dec» \"by 3 Dec\" 2026-12-03"),
        ("!! prepare the Friday meeting", "1 | action open | by «!!»"),
        ("!! read Friday's notes", "1 | action open | by «!!»"),
        ("!! buy 3 apples", "1 | action open | by «!!»"),
        ("- [x] sent it Friday", "1 | action done | by «[x]»"),
        ("!! send it by Monday, not Friday", "1 | action open | by «!!» | due «by Monday» 2026-11-30"),
    ]);
}

#[test]
fn an_accepted_offer_is_taken() {
    for text in [
        "!!call",
        "=>ship",
        "we said => ship it",
        "- so ?? who pays",
        "a\n> quoted\n> Action: call",
        "!! send it Friday",
    ] {
        let offer = with(NotePart::Notes, |cx| marks(text, cx)).iter().find_map(|mark| mark.offers.first().cloned());
        let offer = offer.unwrap_or_else(|| panic!("{text:?} offers nothing"));
        let mut after = text.to_owned();
        after.replace_range(offer.at, &offer.insert);
        let parsed = with(NotePart::Notes, |cx| parse(&after, cx));
        let taken = match offer.kind {
            OfferKind::Item(kind) => parsed.items.iter().any(|item| item.kind == kind),
            OfferKind::Due(date) => parsed.items.iter().any(|item| item.due == Some(date)),
        };
        assert!(taken, "{after:?}: {parsed:?}");
    }
}
