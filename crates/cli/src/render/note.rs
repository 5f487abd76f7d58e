//! Notes as they were saved. Their text is printed raw by the command itself.

use throughline_app::view::{Drafts, Note, NoteHistory};

use super::Show;
use super::page::{Page, Row};
use super::span::{Span, Tone};
use crate::words;

/// What a save says: the text itself is known to who wrote it.
impl Show for Note {
    fn show(&self, page: &mut Page<'_>) {
        let lines = words::count(self.text.lines().count(), "line");
        page.say(&format!("Saved: {lines} of {}, revision {}.", self.part.as_str(), self.revision));
        for warning in &self.warnings {
            let lead = vec![Span::raw("! ", Tone::Ask)];
            page.row(Row { lead, hang: vec![Span::plain_raw("  ")], body: vec![Span::plain(warning)], right: vec![] });
        }
    }
}

impl Show for NoteHistory {
    fn show(&self, page: &mut Page<'_>) {
        for (n, revision) in self.revisions.iter().enumerate() {
            let (sign, thread) = (if n == 0 { "●" } else { "○" }, n + 1 < self.revisions.len());
            page.row(Row {
                lead: vec![if n == 0 { Span::accent(sign) } else { Span::quiet(sign) }, Span::plain_raw(" ")],
                body: vec![Span::plain(format!("revision {}", revision.revision))],
                right: vec![Span::quiet(format!(
                    "{} · {}",
                    words::moment(revision.at, page.look),
                    words::bytes(u64::try_from(revision.bytes).unwrap_or(u64::MAX))
                ))],
                ..Row::default()
            });
            if thread {
                page.row(Row { lead: vec![Span::quiet_raw("│")], ..Row::default() });
            }
        }
        if self.revisions.is_empty() {
            page.say("Nothing was written here yet.");
        }
    }
}

/// With the whole of what was typed: this may be the only place that has it.
impl Show for Drafts {
    fn show(&self, page: &mut Page<'_>) {
        for draft in &self.drafts {
            let of = draft.title.as_deref().unwrap_or("a meeting that has gone");
            page.row(Row {
                body: vec![Span::plain(format!("{of}, {}", draft.part.as_str()))],
                right: vec![Span::quiet(words::moment(draft.at, page.look))],
                ..Row::default()
            });
            for line in draft.text.lines() {
                page.row(Row {
                    lead: vec![Span::quiet_raw("│ ")],
                    hang: vec![Span::quiet_raw("│ ")],
                    body: vec![Span::plain(line)],
                    ..Row::default()
                });
            }
        }
        if self.drafts.is_empty() {
            page.say("All that was typed is saved.");
        }
    }
}
