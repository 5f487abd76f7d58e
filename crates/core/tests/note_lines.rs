//! What lines of notes say, as a table: how people write in live notes, and in minutes of many houses.

use chrono::NaiveDate;
use throughline_core::model::{ActionStatus, ItemKind, NotePart, PersonId};
use throughline_core::note::{Candidate, Context, ParsedItem, PeopleIndex, WrittenLink, WrittenOwner, parse};
use uuid::Uuid;

fn person(n: u128, name: &str, handle: &str) -> Candidate {
    Candidate {
        person_id: PersonId(Uuid::from_u128(n)),
        name: name.to_owned(),
        handles: vec![handle.to_owned()],
        aliases: Vec::new(),
    }
}

fn room() -> Vec<Candidate> {
    vec![
        person(1, "Ana Silva", "ana"),
        person(2, "Ben Okafor", "ben"),
        person(3, "elf Pavlik", "elf"),
        person(4, "Michiel de Jong", "michiel"),
        person(5, "Pierre-Antoine Champin", "pac"),
        person(6, "Eva Lund", "eva.l"),
        person(7, "Eva Marsh", "eva.m"),
        person(8, "Mia Ito", "mia"),
        person(9, "May Chen", "may"),
        person(10, "José Núñez", "jose"),
        person(11, "Mark Hall", "mark"),
    ]
}

fn known() -> Vec<Candidate> {
    let mut all = room();
    all.push(person(20, "Carla Mendes", "carla"));
    all.push(person(21, "Dan Brook", "dan"));
    all.push(person(22, "Dan Rivers", "dan2"));
    all
}

/// Wednesday.
const MEETING: &str = "2026-11-25";

fn read(text: &str, part: NotePart, imported: bool) -> Vec<String> {
    let (room, index) = (room(), PeopleIndex::new(&known()));
    let cx = Context {
        part,
        date: MEETING.parse::<NaiveDate>().ok(),
        attendees: &room,
        people: &index,
        me: Some(PersonId(Uuid::from_u128(8))),
        imported,
    };
    parse(text, &cx).items.iter().map(tell).collect()
}

/// An item in one line: `kind line [status] text | by … | due … | #… | ~mention | ->link | why … | else … | again … | proposed | ^anchor | also lines`.
fn tell(item: &ParsedItem) -> String {
    let mut out = format!("{} {}", &item.kind.as_str()[..1], item.line);
    match (item.kind, item.status) {
        (ItemKind::Action | ItemKind::Question, ActionStatus::Done) => out += " [x]",
        (ItemKind::Action | ItemKind::Question, ActionStatus::Dropped) => out += " [-]",
        _ => {}
    }
    out += &format!(" {}", item.text);
    let names = known();
    let name = |id: &PersonId| names.iter().find(|p| p.person_id == *id).map_or("?", |p| p.name.as_str()).to_owned();
    for owner in &item.owners {
        out += &match owner {
            WrittenOwner::Handle(handle) => format!(" | @{handle}"),
            WrittenOwner::Person { id, .. } => format!(" | by {}", name(id)),
            WrittenOwner::Ambiguous { candidates, .. } => format!(" | one of {}", candidates.len()),
        };
    }
    if let Some(due) = item.due {
        out += &format!(" | due {due}");
    }
    for topic in &item.topics {
        out += &format!(" | #{topic}");
    }
    for mention in &item.mentions {
        out += &format!(" | ~{mention}");
    }
    for link in &item.links {
        out += &match link {
            WrittenLink::Supersedes(to) => format!(" | supersedes {to}"),
            WrittenLink::After(to) => format!(" | after {to}"),
            WrittenLink::Answers(to) => format!(" | answers {to}"),
        };
    }
    for (sign, text) in [("why", &item.rationale), ("else", &item.alternatives), ("^", &item.anchor)] {
        if let Some(text) = text {
            out += &format!(" | {sign} {}", text.replace('\n', " / "));
        }
    }
    if let Some(again) = item.revisit {
        out += &format!(" | again {again}");
    }
    if item.proposed {
        out += " | proposed";
    }
    if !item.repeats.is_empty() {
        out += &format!(" | also {:?}", item.repeats);
    }
    out
}

/// Text, and what is in it. Line feeds are written as `⏎`.
type Row = (&'static str, &'static [&'static str]);

fn check(rows: &[Row], part: NotePart, imported: bool) {
    let mut wrong = Vec::new();
    for (text, expected) in rows {
        let found = read(&text.replace('⏎', "\n"), part, imported);
        if found != *expected {
            wrong.push(format!("{text:?}\n  found    {found:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[path = "note_lines/marks.rs"]
mod marks;
#[path = "note_lines/parts.rs"]
mod parts;
#[path = "note_lines/places.rs"]
mod places;

#[test]
fn lines_of_a_live_note_are_the_items_they_say_they_are() {
    check(marks::MARKS, NotePart::Notes, false);
}

#[test]
fn prose_code_and_templates_are_no_items() {
    check(marks::PROSE, NotePart::Notes, false);
    check(marks::PROSE, NotePart::Notes, true);
}

#[test]
fn headings_of_a_kind_make_items_of_their_list_and_no_further() {
    check(places::HEADINGS, NotePart::Notes, false);
}

#[test]
fn tables_with_an_action_or_owner_column_hold_one_item_a_row() {
    check(places::TABLES, NotePart::Notes, false);
}

#[test]
fn owners_are_read_where_owners_stand() {
    check(parts::OWNERS, NotePart::Notes, false);
}

#[test]
fn topics_handles_links_and_anchors_are_read() {
    check(parts::PARTS, NotePart::Notes, false);
}

#[test]
fn decisions_carry_why_what_else_and_when_to_look_again() {
    check(parts::DECISIONS, NotePart::Notes, false);
}

#[test]
fn in_prep_a_decision_is_only_proposed() {
    check(parts::PREP, NotePart::Prep, false);
}

#[test]
fn minutes_of_many_houses_are_read() {
    check(places::MINUTES, NotePart::Notes, true);
}

#[test]
fn a_summary_repeats_what_was_said_in_place() {
    check(places::SUMMARIES, NotePart::Notes, true);
}

#[test]
fn the_table_is_long_enough_to_mean_something() {
    let all = [
        marks::MARKS,
        marks::PROSE,
        places::HEADINGS,
        places::TABLES,
        parts::OWNERS,
        parts::PARTS,
        parts::DECISIONS,
        parts::PREP,
        places::MINUTES,
        places::SUMMARIES,
    ];
    assert!(all.iter().map(|rows| rows.len()).sum::<usize>() >= 200);
}

#[test]
fn topics_and_handles_outside_of_items_are_told_apart() {
    let (room, index) = (room(), PeopleIndex::default());
    let cx = Context { part: NotePart::Notes, date: None, attendees: &room, people: &index, me: None, imported: false };
    let text = "# Weekly #client/Acme\n\nTalked to @ana about #pricing.\n\n- [ ] @ben sends #deck to @carla today\n\n`#code @code`\n";
    let parsed = parse(text, &cx);
    assert_eq!(parsed.topics, ["client/acme", "pricing"]);
    assert_eq!(parsed.mentions, ["ana"]);
    assert_eq!(parsed.items[0].mentions, ["carla"]);
    assert_eq!(parsed.items[0].due, None, "without the meeting's date nothing relative is resolved");
}
