//! The way in.

use throughline_core::model::ActionStatus;

use super::folder::{Folder, Page};
use super::syntax::{escape, heading, link};
use super::{meeting::title, person};
use crate::view::{DecisionStatus, QuestionStatus};

const PATH: &str = "index.md";

/// The lists with how much is in them, meetings by year with the newest first, and people.
pub(super) fn write(folder: &Folder<'_>) -> String {
    let exported = folder.exported;
    let open = exported.actions.iter().filter(|action| action.status == ActionStatus::Open).count();
    let hold = exported.decisions.iter().filter(|decision| decision.status == DecisionStatus::Holds).count();
    let asked = exported.questions.iter().filter(|question| question.status == QuestionStatus::Open).count();
    let mut text = heading(1, "Meetings and notes");
    let now = exported.now.with_timezone(&exported.zone);
    text.push_str(&format!("\nExported {}\n\n", now.format("%Y-%m-%d %H:%M")));
    for (name, path, count, of) in [
        ("Action items", "actions.md", format!("{open} open"), exported.actions.len()),
        ("Decisions", "decisions.md", format!("{hold} hold"), exported.decisions.len()),
        ("Questions", "questions.md", format!("{asked} open"), exported.questions.len()),
    ] {
        text.push_str(&format!("- {}: {count}, {of} in all\n", link(name, PATH, path, None)));
    }
    let mut year = None;
    for page in folder.meetings().rev() {
        let of = page.meeting.start.date().format("%Y").to_string();
        if year.as_ref() != Some(&of) {
            text.push_str(&format!("\n{}\n", heading(2, &of)));
            year = Some(of);
        }
        text.push_str(&meeting(&page, PATH));
    }
    let mut people = folder.people().peekable();
    if people.peek().is_some() {
        text.push_str(&format!("\n{}\n", heading(2, "People")));
    }
    for (someone, path) in people {
        let of = someone.organization.as_deref().map(|name| format!(", {}", escape(name))).unwrap_or_default();
        text.push_str(&format!("- {}{of}\n", link(person::name(someone), PATH, path, None)));
    }
    text
}

/// A meeting in a list of the file `from`.
pub(super) fn meeting(page: &Page<'_>, from: &str) -> String {
    format!("- {} {}\n", page.meeting.start.date(), link(title(page.meeting), from, page.path, None))
}
