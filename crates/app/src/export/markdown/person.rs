//! The file of a person.

use std::collections::BTreeMap;

use throughline_core::model::{ActionStatus, PersonId, Relation};

use super::super::Items;
use super::folder::{Folder, Page};
use super::syntax::{FrontMatter, heading, opening};
use super::{index, items};
use crate::view::{Action, Decision, Person};

/// What each person has to do with.
pub(super) struct ByPerson<'a> {
    meetings: BTreeMap<PersonId, Vec<Page<'a>>>,
    open: BTreeMap<PersonId, Vec<&'a Action>>,
    decided: BTreeMap<PersonId, Vec<&'a Decision>>,
}

impl<'a> ByPerson<'a> {
    pub(super) fn gather(folder: &'a Folder<'_>, items: &'a Items) -> Self {
        let mut all = Self { meetings: BTreeMap::new(), open: BTreeMap::new(), decided: BTreeMap::new() };
        for page in folder.meetings().rev() {
            for attendee in &page.meeting.attendees {
                let Page { meeting, notes, path } = page;
                all.meetings.entry(attendee.person_id).or_default().push(Page { meeting, notes, path });
            }
        }
        for action in items::in_order(&items.actions).filter(|action| action.status == ActionStatus::Open) {
            for owner in &action.owners {
                all.open.entry(owner.person_id).or_default().push(action);
            }
        }
        for decision in items::newest_first(&items.decisions) {
            for person in &decision.decided_by {
                all.decided.entry(person.person_id).or_default().push(decision);
            }
        }
        all
    }
}

/// Front matter, the running note as it is, and links to what the person has to do with.
pub(super) fn write(folder: &Folder<'_>, person: &Person, path: &str, all: &ByPerson<'_>) -> String {
    let mut text = front_matter(person);
    text.push_str(&heading(1, name(person)));
    if let Some(note) = folder.running_note(person.id) {
        section(&mut text, "Running note");
        text.push_str(note);
        if !note.ends_with('\n') {
            text.push('\n');
        }
    }
    if let Some(actions) = all.open.get(&person.id) {
        section(&mut text, "Open action items");
        for action in actions {
            text.push_str(&format!("- {}\n", items::action(folder, path, action, false)));
        }
    }
    if let Some(decisions) = all.decided.get(&person.id) {
        section(&mut text, "Decided");
        for decision in decisions {
            let source = items::source(folder, path, decision.meeting_id, &decision.anchor, &decision.meeting_title);
            text.push_str(&format!("- {}{source}\n", opening(&decision.text)));
        }
    }
    if let Some(meetings) = all.meetings.get(&person.id) {
        section(&mut text, "Meetings");
        for page in meetings {
            text.push_str(&index::meeting(page, path));
        }
    }
    text
}

pub(super) fn name(person: &Person) -> &str {
    if person.name.trim().is_empty() { &person.handle } else { &person.name }
}

fn section(text: &mut String, title: &str) {
    text.push('\n');
    text.push_str(&heading(2, title));
    text.push('\n');
}

fn front_matter(person: &Person) -> String {
    let mut matter = FrontMatter::new();
    matter.text("id", &person.id.to_string());
    matter.text("name", &person.name);
    matter.text("handle", &person.handle);
    matter.list("aliases", &person.aliases);
    matter.list("emails", &person.emails);
    matter.text("organization", person.organization.as_deref().unwrap_or_default());
    if person.relation != Relation::None {
        matter.plain("relation", person.relation);
    }
    matter.end()
}
