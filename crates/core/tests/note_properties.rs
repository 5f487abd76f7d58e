//! What holds for any text: anchors, edits, reconciling, merging.

use std::collections::HashSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use throughline_core::model::{ActionStatus, ItemId, ItemKind, NotePart, PersonId};
use throughline_core::note::{
    Candidate, Context, KnownItem, ParsedItem, PeopleIndex, WrittenLink, WrittenOwner, edit, merge, parse, reconcile,
    strip_anchors, write_anchors,
};
use uuid::Uuid;

struct World {
    room: Vec<Candidate>,
    index: PeopleIndex,
}

impl World {
    fn new() -> Self {
        let person = |n, name: &str, handle: &str| Candidate {
            person_id: PersonId(Uuid::from_u128(n)),
            name: name.to_owned(),
            handles: vec![handle.to_owned()],
            aliases: Vec::new(),
        };
        let room = vec![person(1, "Ana Silva", "ana"), person(2, "Ben Okafor", "ben")];
        let index = PeopleIndex::new(&room);
        Self { room, index }
    }

    fn cx(&self) -> Context<'_> {
        Context {
            part: NotePart::Notes,
            date: NaiveDate::from_ymd_opt(2026, 11, 25),
            attendees: &self.room,
            people: &self.index,
            me: None,
            imported: true,
        }
    }
}

fn anchor(n: usize) -> String {
    format!("{n:06}")
}

/// Lines that look like something, between lines of anything.
fn note() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => "[ \t]{0,5}(> ?)?([-*+] |[0-9]{1,2}[.)] )?(\\[[ xX-]\\] )?(!! |=> |\\?\\? |Action: |\\*\\*Decision\\*\\*: |\\*\\*TODO: |\\\\)?[a-z@#^\\[\\]()`*_<>|\\\\ ]{0,24}",
        2 => "\\PC{0,20}",
        1 => Just("## Action items".to_owned()),
        1 => Just("| Action | Owner |".to_owned()),
        1 => Just("|---|---|".to_owned()),
        1 => Just("| send it | Ana |".to_owned()),
        1 => Just("```".to_owned()),
        1 => Just("---".to_owned()),
        1 => Just("<!-- x".to_owned()),
        1 => Just("ACTION: `open".to_owned()),
        1 => Just("!! [a](b".to_owned()),
        1 => Just("=> a <b".to_owned()),
        2 => Just(String::new()),
    ];
    let ending = prop_oneof![6 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r"), 1 => Just("  \n"), 1 => Just("\t\n")];
    (prop::collection::vec((line, ending), 0..14), any::<bool>()).prop_map(|(lines, closed)| {
        let mut text: String = lines.iter().flat_map(|(line, ending)| [line.as_str(), *ending]).collect();
        text.retain(|c| c != '\0');
        if !closed {
            text.truncate(text.trim_end_matches(['\n', '\r']).len());
        }
        text
    })
}

fn anchored(text: &str, world: &World) -> (String, Vec<ParsedItem>) {
    let items = parse(text, &world.cx()).items;
    let anchors: Vec<(u32, String)> =
        items.iter().enumerate().filter(|(_, i)| i.anchor.is_none()).map(|(n, i)| (i.line, anchor(n))).collect();
    (write_anchors(text, &anchors), items)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn anchoring_changes_no_other_byte_and_is_read_back(text in note()) {
        let world = World::new();
        let (out, items) = anchored(&text, &world);
        let fresh: Vec<String> =
            items.iter().enumerate().filter(|(_, i)| i.anchor.is_none()).map(|(n, _)| format!("^{}", anchor(n))).collect();
        prop_assert!(differ_by_anchors(&text, &out, &fresh), "{:?} from {:?}", out, text);
        let grown = items.iter().filter(|i| i.anchor.is_none()).count();
        prop_assert!(out.len() >= text.len() + 7 * grown && out.len() <= text.len() + 8 * grown);

        let again = parse(&out, &world.cx()).items;
        prop_assert_eq!(again.len(), items.len(), "{:?}", out);
        for (n, (before, after)) in items.iter().zip(&again).enumerate() {
            let expected = before.anchor.clone().unwrap_or_else(|| anchor(n));
            prop_assert_eq!(after.anchor.as_deref(), Some(expected.as_str()), "{:?}", out);
            let bare = ParsedItem { anchor: before.anchor.clone(), ..after.clone() };
            prop_assert_eq!(&bare, before, "{:?}", out);
        }
        if items.iter().all(|i| i.anchor.is_none()) && !text.contains('^') && !text.contains('|') {
            prop_assert_eq!(strip_anchors(&out), text.clone());
        }
        prop_assert_eq!(write_anchors(&text, &[]), text);
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,200}", ticks in "(!! |=> |- \\[ \\] |\\||`|\\*\\*|@|#|\\^|\n|\r\n|\t|\\\\|Action|:|due |by ){0,40}") {
        let world = World::new();
        for text in [format!("{text}{ticks}"), format!("{ticks}{text}")] {
            let lines = text.split('\n').count() + text.matches('\r').count();
            for item in parse(&text, &world.cx()).items {
                prop_assert!(item.line >= 1 && item.line as usize <= lines);
            }
            let _ = strip_anchors(&text);
        }
    }
}

/// Whether `out` is `text` with these anchors in it, each with at most one blank before it, and nothing else.
fn differ_by_anchors(text: &str, out: &str, fresh: &[String]) -> bool {
    let mut reached = vec![0];
    let mut rest = out;
    for nth in 0..=fresh.len() {
        let piece = match fresh.get(nth) {
            Some(anchor) => {
                let Some((piece, after)) = rest.split_once(anchor.as_str()) else { return false };
                rest = after;
                piece
            }
            None => rest,
        };
        let variants = [Some(piece), piece.strip_suffix(' ').filter(|_| nth < fresh.len())];
        reached = reached
            .iter()
            .flat_map(|at| {
                variants.iter().flatten().filter(|v| text[*at..].starts_with(**v)).map(move |v| at + v.len())
            })
            .collect();
        reached.sort_unstable();
        reached.dedup();
    }
    reached.contains(&text.len())
}

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

fn known(items: &[ParsedItem]) -> Vec<KnownItem> {
    items
        .iter()
        .enumerate()
        .map(|(n, i)| KnownItem {
            id: ItemId(Uuid::from_u128(n as u128 + 1)),
            kind: i.kind,
            anchor: i.anchor.clone().unwrap_or_else(|| anchor(n)),
            text: i.text.clone(),
            line: i.line,
            archived: false,
        })
        .collect()
}

fn tasks() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "send",
        "call",
        "draft",
        "review",
        "budget",
        "deck",
        "contract",
        "Acme",
        "Northwind",
        "launch",
        "pricing",
        "hire",
        "office",
        "survey",
        "report",
        "plan",
        "design",
        "server",
        "migrate",
        "invoice",
    ]);
    prop::collection::vec(prop::collection::vec(word, 4..8).prop_map(|w| w.join(" ")), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn moved_indented_and_reworded_lines_keep_their_items(tasks in tasks(), seed in any::<u64>(), reword in any::<bool>()) {
        let world = World::new();
        let text: String = tasks.iter().map(|t| format!("- [ ] {t}\n")).collect();
        let (text, _) = anchored(&text, &world);
        let before = parse(&text, &world.cx()).items;
        let rows = known(&before);

        // With anchors everything may happen to a line.
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let turn = seed as usize % lines.len();
        lines.rotate_left(turn);
        if reword {
            let line = &mut lines[0];
            let end = line.find('^').expect("anchor");
            line.replace_range(6..end, "something else altogether ");
        }
        let moved = format!("## Notes\n\n- point\n{}", lines.iter().map(|l| format!("  {l}\n")).collect::<String>());
        let after = parse(&moved, &world.cx()).items;
        let ids = reconcile(&rows, &after);
        for (item, id) in after.iter().zip(&ids) {
            let row = rows.iter().find(|r| Some(&r.anchor) == item.anchor.as_ref()).expect("row");
            prop_assert_eq!(*id, Some(row.id));
        }

        // Without anchors, equal text is the same item wherever it went.
        let bare = strip_anchors(&moved);
        let after = parse(&bare, &world.cx()).items;
        let ids = reconcile(&rows, &after);
        let mut used = HashSet::new();
        for (item, id) in after.iter().zip(&ids) {
            if let Some(id) = id {
                prop_assert!(used.insert(*id), "each row once");
            }
            if !item.text.starts_with("something else") {
                let row = rows.iter().find(|r| Some(r.id) == *id).expect("row");
                prop_assert_eq!(&row.text, &item.text);
            }
        }
    }

    #[test]
    fn one_reworded_line_without_anchors_keeps_its_item(tasks in tasks(), at in any::<prop::sample::Index>()) {
        let world = World::new();
        let text: String = tasks.iter().map(|t| format!("- [ ] {t}\n")).collect();
        let rows = known(&parse(&text, &world.cx()).items);
        let nth = at.index(tasks.len());
        let mut lines = tasks.clone();
        lines[nth] = format!("please {} again", lines[nth]);
        let text: String = lines.iter().map(|t| format!("- [ ] {t}\n")).collect();
        let ids = reconcile(&rows, &parse(&text, &world.cx()).items);
        // Equal lines may trade places with each other, never with another text.
        prop_assert!(ids.iter().all(Option::is_some));
        for (n, id) in ids.iter().enumerate().filter(|(n, _)| *n != nth) {
            let row = rows.iter().find(|r| Some(r.id) == *id).expect("row");
            prop_assert_eq!(&row.text, &tasks[n]);
        }
    }
}

fn lines() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0_u8..12, 0..12)
}

/// Edits of a text: (place, what: change, delete, insert).
fn edited(base: &[String], edits: &[(prop::sample::Index, u8)], who: &str) -> Vec<String> {
    let mut out = base.to_vec();
    for (nth, (at, what)) in edits.iter().enumerate() {
        let at = at.index(out.len() + 1);
        match what % 3 {
            0 => out.insert(at, format!("{who} new {nth}")),
            1 if at < out.len() => {
                out.remove(at);
            }
            _ if at < out.len() => out[at] = format!("{} {who}{nth}", out[at]),
            _ => {}
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nothing_that_either_side_wrote_is_lost_in_a_merge(
        base in lines(),
        ours in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        theirs in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        crlf in any::<bool>(),
        open in any::<bool>(),
    ) {
        let eol = if crlf { "\r\n" } else { "\n" };
        let base: Vec<String> = base.iter().map(|n| format!("- [ ] line {n} of the note")).collect();
        let (ours, theirs) = (edited(&base, &ours, "ours"), edited(&base, &theirs, "theirs"));
        let text = |lines: &[String]| {
            let text = lines.iter().map(|l| format!("{l}{eol}")).collect::<String>();
            if open { text.trim_end_matches(['\r', '\n']).to_owned() } else { text }
        };
        let (b, o, t) = (text(&base), text(&ours), text(&theirs));
        let merged = merge(&b, &o, &t);
        for line in ours.iter().chain(&theirs).filter(|l| l.contains("ours") || l.contains("theirs")) {
            let there = merged.text.lines().filter(|l| l == line).count();
            prop_assert_eq!(there, 1, "{:?} in {:?}", line, merged.text);
        }
        prop_assert!(!merged.text.contains("<<<<") && !merged.text.contains(">>>>"));
        if crlf && [&b, &o, &t].iter().any(|text| text.contains('\n')) {
            prop_assert!(!merged.text.replace("\r\n", "").contains(['\r', '\n']));
        }
        prop_assert_eq!(merge(&b, &o, &b).text, o.clone());
        prop_assert_eq!(merge(&b, &b, &t).text, t.clone());
        prop_assert_eq!(merge(&b, &o, &o).text, o.clone());
        // Lines nobody touched are there as often as before.
        for line in &base {
            let count = |lines: &[String]| lines.iter().filter(|l| *l == line).count();
            let n = count(&base);
            if count(&ours) == n && count(&theirs) == n && ours.len() == base.len() && theirs.len() == base.len() {
                let there = merged.text.lines().filter(|l| l == line).count();
                prop_assert!(there >= n, "{:?} in {:?}", line, merged.text);
            }
        }
    }

    #[test]
    fn a_merge_leaves_no_anchor_on_two_lines(base in note(), ours in note(), theirs in note()) {
        let world = World::new();
        let (base, _) = anchored(&base, &world);
        let merged = merge(&base, &format!("{base}{ours}"), &format!("{theirs}{base}"));
        let anchors: Vec<String> = parse(&merged.text, &world.cx()).items.into_iter().filter_map(|i| i.anchor).collect();
        let once: HashSet<&String> = anchors.iter().collect();
        prop_assert_eq!(once.len(), anchors.len(), "{:?}", merged.text);
    }
}

#[test]
fn kinds_have_words_of_their_own() {
    assert_eq!(ItemKind::ALL.len(), 3, "the tables tell kinds apart by their first letter");
}
