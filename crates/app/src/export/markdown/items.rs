//! The lists of items, each linked to the sentence that made it. They are lists of links, without checkboxes: the items
//! themselves stand in the notes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use throughline_core::model::{ActionStatus, ItemId, MeetingId};

use super::super::Items;
use super::folder::Folder;
use super::syntax::{escape, heading, link, opening};
use crate::view::{Action, Decision, DecisionStatus, Question, QuestionStatus};

/// `actions.md`: open ones by due date, then what was done and dropped.
pub(super) fn actions(folder: &Folder<'_>, items: &Items) -> String {
    let mut text = heading(1, "Action items");
    for (title, status) in
        [("Open", ActionStatus::Open), ("Done", ActionStatus::Done), ("Dropped", ActionStatus::Dropped)]
    {
        let lines = in_order(&items.actions).filter(|action| action.status == status);
        section(&mut text, title, lines.map(|it| format!("- {}\n", action(folder, "actions.md", it, true))));
    }
    text
}

/// `decisions.md`: what holds, what is proposed, what was superseded; the newest first.
pub(super) fn decisions(folder: &Folder<'_>, items: &Items) -> String {
    let known: BTreeMap<ItemId, &Decision> = items.decisions.iter().map(|it| (it.id, it)).collect();
    let mut text = heading(1, "Decisions");
    for (title, status) in [
        ("Holding", DecisionStatus::Holds),
        ("Proposed", DecisionStatus::Proposed),
        ("Superseded", DecisionStatus::Superseded),
    ] {
        let lines = newest_first(&items.decisions).filter(|it| it.status == status);
        section(&mut text, title, lines.map(|it| decision(folder, it, &known)));
    }
    text
}

/// `questions.md`: open ones, then those that were answered; the newest first.
pub(super) fn questions(folder: &Folder<'_>, items: &Items) -> String {
    let path = "questions.md";
    let mut sorted: Vec<&Question> = items.questions.iter().collect();
    sorted.sort_by_key(|it| (Reverse(it.meeting_date), it.meeting_id, it.line));
    let mut text = heading(1, "Questions");
    for (title, status) in [("Open", QuestionStatus::Open), ("Answered", QuestionStatus::Answered)] {
        let lines = sorted.iter().filter(|it| it.status == status).map(|it| {
            let asked = it.asked_by.as_ref().map(|person| format!(" · asked by {}", escape(&person.name)));
            let source = source(folder, path, it.meeting_id, &it.anchor, &it.meeting_title);
            format!("- {}: {}{}{source}\n", dated(it.meeting_date), escape(&it.text), asked.unwrap_or_default())
        });
        section(&mut text, title, lines);
    }
    text
}

/// The soonest due first, those without a date last.
pub(super) fn in_order(actions: &[Action]) -> impl Iterator<Item = &Action> {
    let mut sorted: Vec<_> = actions.iter().collect();
    sorted.sort_by_key(|it| (it.due.is_none(), it.due, it.meeting_date, it.meeting_id, it.line));
    sorted.into_iter()
}

pub(super) fn newest_first(decisions: &[Decision]) -> impl Iterator<Item = &Decision> {
    let mut sorted: Vec<_> = decisions.iter().collect();
    sorted.sort_by_key(|it| (Reverse(it.meeting_date), it.meeting_id, it.line));
    sorted.into_iter()
}

/// An action in the file `from`, with who is to do it where that is not said above.
pub(super) fn action(folder: &Folder<'_>, from: &str, action: &Action, with_owners: bool) -> String {
    let mut text = String::new();
    if with_owners {
        let owners: Vec<_> = action.owners.iter().map(|owner| escape(&owner.name)).collect();
        let owners = if owners.is_empty() { "Nobody".to_owned() } else { owners.join(", ") };
        text.push_str(&format!("**{owners}**: "));
    }
    text.push_str(&if with_owners { escape(&action.text) } else { opening(&action.text) });
    if let Some(due) = action.due {
        text.push_str(&format!(" · due {due}"));
    }
    if let Some(done) = action.done_at {
        text.push_str(&format!(" · done {}", done.date()));
    }
    text + &source(folder, from, action.meeting_id, &action.anchor, &action.meeting_title)
}

fn decision(folder: &Folder<'_>, it: &Decision, known: &BTreeMap<ItemId, &Decision>) -> String {
    let path = "decisions.md";
    let source = source(folder, path, it.meeting_id, &it.anchor, &it.meeting_title);
    let mut text = format!("- {}: {}{source}\n", dated(it.meeting_date), escape(&it.text));
    let mut detail = |label: &str, value: &str| text.push_str(&format!("  - {label}: {value}\n"));
    let names = |people: &[crate::view::PersonRef]| {
        people.iter().map(|person| escape(&person.name)).collect::<Vec<_>>().join(", ")
    };
    if !it.decided_by.is_empty() {
        detail("Decided by", &names(&it.decided_by));
    }
    if !it.present.is_empty() {
        detail("Present", &names(&it.present));
    }
    for (label, said) in [("Rationale", &it.rationale), ("Alternatives", &it.alternatives)] {
        if let Some(said) = said {
            detail(label, &escape(said));
        }
    }
    if let Some(revisit) = it.revisit {
        detail("Revisit", &revisit.to_string());
    }
    for (label, other) in [("Supersedes", it.supersedes), ("Superseded by", it.superseded_by)] {
        if let Some(other) = other.and_then(|id| known.get(&id)) {
            let to = folder.item_path(other.meeting_id, &other.anchor);
            let said = to.map_or_else(|| escape(&other.text), |to| link(&other.text, path, to, Some(&other.anchor)));
            detail(label, &said);
        }
    }
    text
}

/// Where it was said: a link to the sentence, or the meeting's title where there is no file to link to.
pub(super) fn source(
    folder: &Folder<'_>,
    from: &str,
    meeting: Option<MeetingId>,
    anchor: &str,
    title: &Option<String>,
) -> String {
    let title = title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let title = title.unwrap_or(if meeting.is_some() { "Untitled" } else { "Running note" });
    let said = match folder.item_path(meeting, anchor) {
        Some(to) => link(title, from, to, Some(anchor)),
        None => escape(title),
    };
    format!(" · {said}")
}

fn dated(date: Option<chrono::NaiveDate>) -> String {
    date.map_or_else(|| "Undated".to_owned(), |date| date.to_string())
}

fn section(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        text.push_str(&format!("\n{}\n", heading(2, title)));
    }
    text.extend(lines);
}
