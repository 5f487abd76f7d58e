//! Everything as one JSON object, in the shapes the command prints.

use serde::Serialize;
use throughline_core::model::PersonId;

use super::{Exported, Items};
use crate::view;

#[derive(Serialize)]
struct Document<'a> {
    exported_at: view::When,
    people: &'a [view::Person],
    organizations: &'a [view::Organization],
    meetings: &'a [view::Meeting],
    notes: &'a [view::Note],
    running_notes: Vec<RunningNote<'a>>,
    actions: Vec<view::Action>,
    decisions: Vec<view::Decision>,
    questions: Vec<view::Question>,
}

#[derive(Serialize)]
struct RunningNote<'a> {
    person_id: PersonId,
    text: &'a str,
}

/// One object: `exported_at`, then a list for each kind of thing.
pub(crate) fn json(exported: &Exported) -> Vec<u8> {
    let Items { actions, decisions, questions } = exported.items();
    let document = Document {
        exported_at: view::When::at(exported.now, exported.zone),
        people: &exported.people,
        organizations: &exported.organizations,
        meetings: &exported.meetings,
        notes: &exported.notes,
        running_notes: exported
            .running_notes
            .iter()
            .map(|(person_id, text)| RunningNote { person_id: *person_id, text })
            .collect(),
        actions,
        decisions,
        questions,
    };
    let mut bytes = serde_json::to_vec_pretty(&document).expect("the shapes have no keys but strings");
    bytes.push(b'\n');
    bytes
}
