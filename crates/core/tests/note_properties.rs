//! What holds for any text: anchors, edits, reconciling, merging.

#[path = "note_properties/anchors.rs"]
mod anchors;
#[path = "note_properties/edits.rs"]
mod edits;
#[path = "note_properties/identity.rs"]
mod identity;
#[path = "note_properties/merging.rs"]
mod merging;

use chrono::NaiveDate;
use proptest::prelude::*;
use throughline_core::model::{ItemKind, NotePart, PersonId};
use throughline_core::note::{Candidate, Context, ParsedItem, PeopleIndex, parse, write_anchors};
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

#[test]
fn kinds_have_words_of_their_own() {
    assert_eq!(ItemKind::ALL.len(), 3, "the tables tell kinds apart by their first letter");
}
