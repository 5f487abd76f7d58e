//! Queries, what they find, and what may be asked.

use throughline_app::view::{Queries, QueryKinds, QueryResult, QueryRow, SavedQuery};

use super::page::{Page, Row};
use super::span::{Span, Tone, sentence};
use super::{Show, short, sign};
use crate::text::{clean, fit};
use crate::words;

impl Show for Queries {
    fn show(&self, page: &mut Page<'_>) {
        if self.queries.is_empty() {
            page.say("No query is saved yet.");
            page.aside("Try: throughline query save \"Reports without a 1:1\" 'people relation:report last-1:1>3w'");
        }
        self.queries.iter().for_each(|query| query.show(page));
    }
}

impl Show for SavedQuery {
    fn show(&self, page: &mut Page<'_>) {
        page.row(Row { body: vec![Span::strong(&self.name)], ..Row::default() });
        page.aside(&format!("  {}", self.expression));
    }
}

impl Show for QueryResult {
    fn show(&self, page: &mut Page<'_>) {
        page.title(self.name.as_deref().unwrap_or(&self.expression), []);
        page.aside(&self.explained);
        page.gap();
        if self.rows.is_empty() {
            page.say("Nothing matches.");
        }
        for row in &self.rows {
            page.row(Row {
                lead: vec![sign::found(&row.kind, row.status), Span::plain_raw(" ")],
                hang: vec![Span::plain_raw("  ")],
                body: vec![Span::plain(&row.title)],
                right: vec![
                    Span::quiet(beside(row, page.look.today())),
                    Span::quiet_raw(format!("  {:>8}", fit(&short(&row.id), 8))),
                ],
            });
            shown_by(page, row);
        }
        page.gap();
        page.aside(&words::count(self.rows.len(), "result"));
    }
}

/// The latest of what shows it, where that is not the row itself: the line of the note, and the meeting it stands in.
fn shown_by(page: &mut Page<'_>, row: &QueryRow) {
    let Some(proof) = row.evidence.first().filter(|proof| proof.item_id.is_none_or(|id| id.to_string() != row.id))
    else {
        return;
    };
    let said = proof.sentence.as_deref().map(clean);
    if proof.id.to_string() == row.id && said.is_none() {
        return;
    }
    let meeting = format!("{}, {}", clean(&proof.title), words::day(proof.date, page.look.today()));
    let (body, right) = match said {
        Some(said) => (sentence(&said, Tone::Quiet), vec![Span::quiet(meeting)]),
        None => (vec![Span::quiet(meeting)], Vec::new()),
    };
    let lead = vec![Span::quiet_raw("│ ")];
    page.row(Row { hang: lead.clone(), lead, body, right });
}

/// What stands at the right of what was found: the number asked about, else where it is from.
fn beside(row: &QueryRow, today: chrono::NaiveDate) -> String {
    let date = row.date.map(|date| words::day(date, today));
    [row.detail.clone(), row.told.clone(), date].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

impl Show for QueryKinds {
    fn show(&self, page: &mut Page<'_>) {
        for kind in &self.kinds {
            page.heading(kind.kind, "");
            for key in &kind.keys {
                page.field(&format!("  {}", key.name), Some(key.says));
            }
        }
    }
}
