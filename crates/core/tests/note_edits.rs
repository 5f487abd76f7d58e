//! What commands make of a line, where anchors go, and what merging and reconciling come to, as tables.

use chrono::NaiveDate;
use throughline_core::model::{ActionStatus, ItemId, ItemKind, NotePart, PersonId};
use throughline_core::note::{
    Candidate, Context, KnownItem, PeopleIndex, WrittenLink, edit, is_anchor, merge, parse, reconcile, strip_anchors,
    write_anchors,
};
use uuid::Uuid;

fn with<T>(run: impl FnOnce(&Context) -> T) -> T {
    let room = [("Ana Silva", "ana"), ("Ben Okafor", "ben")].map(|(name, handle)| Candidate {
        person_id: PersonId(Uuid::from_u128(name.len() as u128)),
        name: name.to_owned(),
        handles: vec![handle.to_owned()],
        aliases: Vec::new(),
    });
    let people = PeopleIndex::new(&room);
    run(&Context {
        part: NotePart::Notes,
        date: NaiveDate::from_ymd_opt(2026, 11, 25),
        attendees: &room,
        people: &people,
        me: None,
        imported: false,
    })
}

fn check(rows: &[(&str, u32, &str)], edit: impl Fn(&str, u32, &Context) -> Option<String>) {
    with(|cx| {
        for (text, line, expected) in rows {
            assert_eq!(edit(text, *line, cx).as_deref(), Some(*expected), "{text:?}");
        }
    });
}

#[test]
fn a_due_date_goes_with_the_words_that_lead_to_it() {
    let rows = [
        ("!! call due:2026-12-01", 1, "!! call"),
        ("!! call by Friday #acme ^k7m2xq\n", 1, "!! call #acme ^k7m2xq\n"),
        ("!! @ana 📅 2026-12-01 call", 1, "!! @ana call"),
        ("!! call (by Friday)", 1, "!! call"),
        ("!! call **by Friday**", 1, "!! call"),
        ("!! call", 1, "!! call"),
        ("| Action | Due |\n|---|---|\n| a | 2026-12-01 |", 3, "| Action | Due |\n|---|---|\n| a |  |"),
    ];
    check(&rows, edit::clear_due);
    assert_eq!(with(|cx| edit::clear_due("=> agreed by Friday", 1, cx)), None);
}

#[test]
fn a_tick_flips_the_box_or_puts_one_before_the_marker_or_label() {
    let rows = [
        ("- [ ] a", 1, "- [x] a"),
        ("- [-] a", 1, "- [x] a"),
        ("!! a", 1, "[x] !! a"),
        ("- !! a ^k7m2xq\r\n", 1, "- [x] !! a ^k7m2xq\r\n"),
        ("ACTION: a", 1, "[x] ACTION: a"),
        ("  * **Action:** a", 1, "  * [x] **Action:** a"),
        ("[Action #1](https://x.org): a", 1, "[x] [Action #1](https://x.org): a"),
        ("> !! a", 1, "> [x] !! a"),
        ("## Action items\n\n- a\n- b\n", 4, "## Action items\n\n- a\n- [x] b\n"),
        ("| Action | Owner |\n|---|---|\n| a | Ana |", 3, "| Action | Owner |\n|---|---|\n| [x] a | Ana |"),
        ("| Action | Status |\n|---|---|\n| a | open |", 3, "| Action | Status |\n|---|---|\n| a | Done |"),
        ("| Action | Status |\n|---|---|\n| a | |", 3, "| Action | Status |\n|---|---|\n| a | Done |"),
        ("!! a\n\n## Actions\n- a\n", 1, "[x] !! a\n\n## Actions\n- [x] a\n"),
        ("!! a\n\n## Actions\n- [ ] a\n", 4, "[x] !! a\n\n## Actions\n- [x] a\n"),
    ];
    check(&rows, |text, line, cx| edit::set_status(text, line, ActionStatus::Done, cx));
    let rows = [("- [ ] a", 1, "- [-] a"), ("!! a", 1, "[-] !! a"), ("- [x] a", 1, "- [-] a")];
    check(&rows, |text, line, cx| edit::set_status(text, line, ActionStatus::Dropped, cx));
    let rows =
        [("- [x] a", 1, "- [ ] a"), ("[x] !! a", 1, "!! a"), ("- [x] !! a", 1, "- [ ] !! a"), ("!! a", 1, "!! a")];
    check(&rows, |text, line, cx| edit::set_status(text, line, ActionStatus::Open, cx));
}

#[test]
fn a_due_date_replaces_its_phrase_or_is_appended_before_the_anchor() {
    let rows = [
        ("!! a", 1, "!! a due:2026-12-24"),
        ("!! a by Friday #x", 1, "!! a due:2026-12-24 #x"),
        ("!! a (due end of month) ^k7m2xq", 1, "!! a (due:2026-12-24) ^k7m2xq"),
        ("!! a due:2026-12-01", 1, "!! a due:2026-12-24"),
        ("!! a 📅 2026-12-01 ^k7m2xq  \n", 1, "!! a 📅 2026-12-24 ^k7m2xq  \n"),
        ("!! a by **Friday** soon", 1, "!! a due:2026-12-24 soon"),
        ("| Action | Due |\n|---|---|\n| a | Friday |", 3, "| Action | Due |\n|---|---|\n| a | 2026-12-24 |"),
        (
            "| Action | N |\n|---|---|\n| a | b ^k7m2xq |",
            3,
            "| Action | N |\n|---|---|\n| a due:2026-12-24 | b ^k7m2xq |",
        ),
    ];
    let due = NaiveDate::from_ymd_opt(2026, 12, 24).expect("date");
    check(&rows, |text, line, cx| edit::set_due(text, line, due, cx));
}

#[test]
fn an_owner_replaces_the_owners_there_or_is_appended_before_the_anchor() {
    let rows = [
        ("!! a", 1, "!! a @zoe"),
        ("!! a ^k7m2xq", 1, "!! a @zoe ^k7m2xq"),
        ("!! Ana to a", 1, "!! @zoe to a"),
        ("!! Ana and Ben to a", 1, "!! @zoe to a"),
        ("!! Ana: a", 1, "!! @zoe: a"),
        ("!! @ana @ben a", 1, "!! @zoe a"),
        ("!! a (Ana) by Friday", 1, "!! a (@zoe) by Friday"),
        ("!! @ana: a (Ben)", 1, "!! @zoe: a"),
        ("AI(Ana): a", 1, "AI(@zoe): a"),
        ("=> a @ben", 1, "=> a @zoe"),
        ("| Action | Owner |\n|---|---|\n| a | Ana |", 3, "| Action | Owner |\n|---|---|\n| a | @zoe |"),
        ("| Action | Owner |\n|---|---|\n| a | ^k7m2xq |", 3, "| Action | Owner |\n|---|---|\n| a | @zoe ^k7m2xq |"),
    ];
    check(&rows, |text, line, cx| edit::set_owner(text, line, "zoe", cx));
}

#[test]
fn a_link_is_appended_before_the_anchor_and_once() {
    let rows = [
        ("=> a", 1, "=> a supersedes ^aaaaaa"),
        ("=> a ^k7m2xq\r\n", 1, "=> a supersedes ^aaaaaa ^k7m2xq\r\n"),
        ("=> a supersedes ^aaaaaa", 1, "=> a supersedes ^aaaaaa"),
        ("=> a supersedes ^bbbbbb ^k7m2xq", 1, "=> a supersedes ^bbbbbb supersedes ^aaaaaa ^k7m2xq"),
    ];
    check(&rows, |text, line, cx| edit::add_link(text, line, &WrittenLink::Supersedes("aaaaaa".to_owned()), cx));
}

#[test]
fn a_line_that_is_no_item_is_not_edited() {
    with(|cx| {
        assert_eq!(edit::set_status("prose", 1, ActionStatus::Done, cx), None);
        assert_eq!(edit::set_status("=> a decision", 1, ActionStatus::Done, cx), None);
        assert_eq!(edit::set_owner("!! a", 2, "zoe", cx), None);
    });
}

#[test]
fn anchors_stand_at_the_end_of_the_line_and_in_the_last_cell() {
    let rows = [
        ("!! a", "!! a ^k7m2xq"),
        ("!! a\n", "!! a ^k7m2xq\n"),
        ("!! a\r\nb", "!! a ^k7m2xq\r\nb"),
        ("!! a  \nb", "!! a ^k7m2xq  \nb"),
        ("!! a\t\r\n", "!! a ^k7m2xq\t\r\n"),
        ("!! a\rb", "!! a ^k7m2xq\rb"),
        ("!! a supersedes ^bbbbbb", "!! a supersedes ^bbbbbb ^k7m2xq"),
        ("!! a ^bbbbbb", "!! a ^k7m2xq"),
    ];
    for (text, expected) in rows {
        assert_eq!(write_anchors(text, &[(1, "k7m2xq".to_owned())]), expected);
    }
    let table = "| Action | Owner |\n|---|---|\n";
    let rows = [
        ("| a | Ana |", "| a | Ana ^k7m2xq |"),
        ("| a | Ana|", "| a | Ana ^k7m2xq|"),
        ("| a | Ana", "| a | Ana ^k7m2xq"),
        ("| a | |", "| a | ^k7m2xq |"),
        ("| a | Ana \\| Ben |  ", "| a | Ana \\| Ben ^k7m2xq |  "),
    ];
    for (row, expected) in rows {
        let text = write_anchors(&format!("{table}{row}"), &[(3, "k7m2xq".to_owned())]);
        assert_eq!(text, format!("{table}{expected}"));
        assert_eq!(with(|cx| parse(&text, cx).items[0].anchor.clone()).as_deref(), Some("k7m2xq"), "{row}");
    }
    assert_eq!(
        strip_anchors("!! a ^k7m2xq\n```\nx ^k7m2xq\n```\n=> b after ^aaaaaa ^bbbbbb"),
        "!! a\n```\nx ^k7m2xq\n```\n=> b after ^aaaaaa"
    );
    assert!(is_anchor("k7m2xq") && !is_anchor("K7m2xq") && !is_anchor("k7m2x") && !is_anchor("k7m2xqq"));
}

#[test]
fn merging_keeps_what_both_sides_did() {
    let rows: &[(&str, &str, &str, &str, u32)] = &[
        // A tick under an open editor.
        ("a\n- [ ] b\nc\n", "a\n- [ ] b\nc and more\n", "a\n- [x] b\nc\n", "a\n- [x] b\nc and more\n", 0),
        ("a\nb\n", "a\nnew\nb\n", "a\nb\nlast\n", "a\nnew\nb\nlast\n", 0),
        ("a\nb\n", "a\n", "b\n", "", 0),
        ("a\nb\n", "a\nb\nx\n", "a\nb\nx\n", "a\nb\nx\n", 0),
        ("a\n", "a\nours\n", "a\ntheirs\n", "a\nours\ntheirs\n", 0),
        ("- [ ] b\n", "- [ ] b now\n", "- [x] b\n", "- [ ] b now\n- [x] b\n", 1),
        ("!! b ^k7m2xq\n", "!! b now ^k7m2xq\n", "[x] !! b ^k7m2xq\n", "!! b now ^k7m2xq\n[x] !! b\n", 1),
        ("a\n- [ ] b\n", "a\n", "a\n- [x] b\n", "a\n- [x] b\n", 1),
        ("a", "a\nours", "a\ntheirs", "a\nours\ntheirs", 0),
        ("a\r\nb\r\n", "a1\r\nb\r\n", "a\r\nb2\r\n", "a1\r\nb2\r\n", 0),
        ("", "ours\n", "theirs\n", "ours\ntheirs\n", 0),
        ("a\nb\nc\nd\n", "a\nB\nC\nd\n", "a\nb\nc\nD\n", "a\nB\nC\nD\n", 0),
    ];
    for (base, ours, theirs, expected, conflicts) in rows {
        let merged = merge(base, ours, theirs);
        assert_eq!((merged.text.as_str(), merged.conflicts), (*expected, *conflicts), "{base:?} {ours:?} {theirs:?}");
    }
}

fn row(n: u128, kind: ItemKind, anchor: &str, text: &str, line: u32, archived: bool) -> KnownItem {
    KnownItem { id: ItemId(Uuid::from_u128(n)), kind, anchor: anchor.to_owned(), text: text.to_owned(), line, archived }
}

#[test]
fn rows_are_found_again_by_anchor_then_by_text() {
    use ItemKind::{Action, Decision};
    let known = [
        row(1, Action, "aaaaaa", "send the deck to Acme", 1, false),
        row(2, Action, "bbbbbb", "call Northwind about pricing", 2, false),
        row(3, Decision, "cccccc", "we ship in May", 3, false),
        row(4, Action, "dddddd", "an old promise", 4, true),
    ];
    let rows: &[(&str, &[u128])] = &[
        ("!! send the deck to Acme ^aaaaaa\n", &[1]),
        ("!! entirely different words ^aaaaaa\n", &[1]),
        ("=> another kind ^aaaaaa\n", &[1]),
        ("- [x] call Northwind about pricing\n", &[2]),
        ("!! call Northwind on Monday about pricing\n", &[2]),
        ("!! send the slides to Acme\n!! call Northwind about the pricing\n", &[1, 2]),
        ("!! buy a chair\n", &[0]),
        ("=> send the deck to Acme\n", &[0]),
        ("!! an old promise\n", &[0]),
        ("!! an old promise ^dddddd\n", &[4]),
        // A pasted line keeps its row where the original stands, and is new elsewhere.
        ("!! send the deck to Acme ^aaaaaa\n\n!! send the deck to Acme ^aaaaaa\n", &[1, 0]),
        ("!! x ^aaaaaa\n", &[1]),
        ("!! send the deck to Acme\n!! send the deck to Acme\n", &[1, 0]),
        ("!! from another note ^zzzzzz\n", &[0]),
    ];
    with(|cx| {
        for (text, expected) in rows {
            let ids = reconcile(&known, &parse(text, cx).items);
            let expected: Vec<Option<ItemId>> =
                expected.iter().map(|n| (*n > 0).then(|| ItemId(Uuid::from_u128(*n)))).collect();
            assert_eq!(ids, expected, "{text:?}");
        }
    });
}
