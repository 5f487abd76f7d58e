//! An edit by command says what was asked and touches nothing else.

use chrono::NaiveDate;
use proptest::prelude::*;
use throughline_core::model::ActionStatus;
use throughline_core::note::{ParsedItem, WrittenLink, WrittenOwner, edit, parse};

use super::World;

/// An item's line in every syntax, with parts in every order.
fn item_line() -> impl Strategy<Value = String> {
    let front = prop_oneof![
        Just("!! "),
        Just("- !! "),
        Just("[x] !! "),
        Just("- [ ] "),
        Just("* [x] "),
        Just("1. [-] "),
        Just("  - [X] "),
        Just("ACTION: "),
        Just("- **Action:** "),
        Just("**Action** "),
        Just("[Action #1](https://x.org): "),
        Just("TODO(ana): "),
        Just("AI(@ben): "),
        Just("> - [ ] "),
        Just("> Action item: "),
        Just("- [ ] TODO: "),
        Just("ACTION-12: "),
        Just("- [x] !! "),
    ];
    let who = prop_oneof![
        3 => Just(""), 1 => Just("@ana "), 1 => Just("Ana to "), 1 => Just("Ana: "), 1 => Just("Ana and Ben to "), 1 => Just("@ana, @ben "),
        1 => Just("**Ana** will "), 1 => Just("Ana'll "),
    ];
    let what = prop_oneof![
        Just("send the deck"),
        Just("call `Acme`"),
        Just("fix [it](https://x.org/#a)"),
        Just("see *this* & that")
    ];
    let tail = prop_oneof![
        Just(""),
        Just(" by Friday"),
        Just(" due:2026-12-01"),
        Just(" 📅 2026-12-01"),
        Just(" (due 3 Dec)"),
        Just(" by **Friday**"),
        Just(" #acme"),
        Just(" @ben"),
        Just(" (Ana)"),
        Just(" (@ana, @ben)"),
        Just(" after ^aaaaaa"),
        Just("."),
    ];
    let anchor = prop_oneof![Just(""), Just(" ^k7m2xq"), Just(" ^k7m2xq  "), Just("  ")];
    (front, who, what, prop::collection::vec(tail, 0..4), anchor)
        .prop_map(|(front, who, what, tail, anchor)| format!("{front}{who}{what}{}{anchor}", tail.concat()))
}

fn row() -> impl Strategy<Value = String> {
    let heads = prop_oneof![
        Just(("| Action | Owner | Due | Status |", "|---|---|---|---|", true)),
        Just(("| Action | Note |", "|---|---|", false)),
    ];
    let cell = |options: &'static [&'static str]| prop::sample::select(options);
    (
        heads,
        cell(&["send it", "[x] send it", "Ana to send it by Friday", "send \\| it", "send it @ben"]),
        cell(&["Ana", "", " ", "@ana, @ben", "Eva"]),
        cell(&["", "2026-12-01", "Friday"]),
        cell(&["", "open", "Done"]),
        cell(&["", " ^k7m2xq"]),
        any::<bool>(),
    )
        .prop_map(|((head, rule, wide), what, who, due, status, anchor, closed)| {
            let end = if closed { " |" } else { "" };
            let row = if wide {
                format!("| {what} | {who} | {due} | {status}{anchor}{end}")
            } else {
                format!("| {what} | note{anchor}{end}")
            };
            format!("{head}\n{rule}\n{row}")
        })
}

fn any_item() -> impl Strategy<Value = (String, u32)> {
    let ending = prop_oneof![Just("\n"), Just("\r\n")];
    (prop_oneof![4 => item_line(), 1 => row()], ending, any::<bool>(), any::<bool>()).prop_map(
        |(item, ending, before, after)| {
            let mut text = String::new();
            if before {
                text += "# Weekly\n\n- a point\n- [ ] another task\n\n";
            }
            text += &item;
            let line = text.split('\n').count() as u32;
            text += ending;
            if after {
                text += "\n=> a decision\n\n- [ ] a last task";
            }
            (text.replace("\r\n", "\n").replace('\n', ending), line)
        },
    )
}

fn at(text: &str, line: u32, world: &World) -> Option<ParsedItem> {
    parse(text, &world.cx()).items.into_iter().find(|i| i.line == line)
}

fn status() -> impl Strategy<Value = ActionStatus> {
    prop::sample::select(ActionStatus::ALL)
}

/// How many characters two texts differ in, between their common beginning and end.
fn reach(a: &str, b: &str) -> usize {
    let head = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let tail = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count();
    a.chars().count().max(b.chars().count()).saturating_sub(head + tail)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_edit_says_what_was_asked_and_touches_one_line((text, line) in any_item(), status in status(), day in 1_u32..28, other in "[a-z]{3,8}") {
        let world = World::new();
        let cx = world.cx();
        let before = at(&text, line, &world);
        prop_assert!(before.is_some(), "{text:?} has an item on line {line}");
        let Some(before) = before else { return Ok(()) };
        let lines = |t: &str| t.split('\n').map(str::to_owned).collect::<Vec<_>>();
        let elsewhere = |new: &str| {
            let (a, b) = (lines(&text), lines(new));
            a.len() == b.len() && a.iter().zip(&b).enumerate().all(|(n, (x, y))| n + 1 == line as usize || x == y)
        };

        let ticked = edit::set_status(&text, line, status, &cx).expect("ticked");
        prop_assert!(elsewhere(&ticked));
        prop_assert!(reach(&text, &ticked) <= 8, "{text:?} {ticked:?}");
        let after = at(&ticked, line, &world).expect("still there");
        prop_assert_eq!(&after, &ParsedItem { status, ..before.clone() }, "{:?}", ticked);
        let back = edit::set_status(&ticked, line, before.status, &cx).expect("back");
        prop_assert_eq!(&at(&back, line, &world).expect("there"), &before);

        let due = NaiveDate::from_ymd_opt(2027, 3, day).expect("date");
        let dated = edit::set_due(&text, line, due, &cx).expect("dated");
        prop_assert!(elsewhere(&dated));
        let after = at(&dated, line, &world).expect("still there");
        prop_assert_eq!(after.due, Some(due), "{:?}", dated);
        prop_assert_eq!((after.owners, after.status, after.anchor, after.links), (before.owners.clone(), before.status, before.anchor.clone(), before.links.clone()), "{:?}", dated);

        let given = edit::set_owner(&text, line, &other, &cx).expect("given");
        prop_assert!(elsewhere(&given));
        let after = at(&given, line, &world).expect("still there");
        prop_assert_eq!(after.owners, vec![WrittenOwner::Handle(other.clone())], "{:?}", given);
        prop_assert_eq!((after.due, after.status, after.anchor, after.links), (before.due, before.status, before.anchor.clone(), before.links.clone()), "{:?}", given);

        let link = WrittenLink::After("zzzzzz".to_owned());
        let linked = edit::add_link(&text, line, &link, &cx).expect("linked");
        prop_assert!(elsewhere(&linked));
        let after = at(&linked, line, &world).expect("still there");
        prop_assert!(after.links.contains(&link));
        prop_assert_eq!((after.text, after.due, after.owners, after.anchor), (before.text, before.due, before.owners, before.anchor), "{:?}", linked);
    }
}
