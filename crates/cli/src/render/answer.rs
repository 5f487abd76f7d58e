//! What the graph and the search answer.

use throughline_app::view::{Central, Ledger, Path, Search, Step, Trace, TracedItem};

use super::item::{action_row, question_row};
use super::page::{Page, Row};
use super::plain::unowned;
use super::span::{Span, Tone};
use super::{Show, short, sign};
use crate::text::fit;
use crate::words;

/// People told before the rest is only counted.
const MOST_CENTRAL: usize = 15;
/// Groups, and people of each, told before the rest is only counted.
const MOST_CLUSTERS: usize = 8;
const MOST_TOGETHER: usize = 8;
/// What was found stands between these in a snippet.
const FOUND: [char; 2] = ['\u{e000}', '\u{e001}'];

impl Show for Ledger {
    fn show(&self, page: &mut Page<'_>) {
        let person = self.who.kind == "person";
        let name = if person { words::first_name(&self.who.name) } else { &self.who.name };
        page.title(&self.who.name, [Span::quiet_raw(short(&self.who.id))]);
        owed(page, name, &self.i_owe, &self.they_owe, &self.waiting_on);
        if self.i_owe.is_empty() && self.they_owe.is_empty() && self.waiting_on.is_empty() {
            page.gap();
            page.say(&format!("Nothing is open between you and {name}."));
        }
    }
}

/// Both directions of a ledger, and the questions that wait.
pub fn owed(
    page: &mut Page<'_>,
    name: &str,
    mine: &[throughline_app::view::Action],
    theirs: &[throughline_app::view::Action],
    waiting: &[throughline_app::view::Question],
) {
    for (heading, actions) in [(format!("You owe {name}"), mine), (format!("{name} owes you"), theirs)] {
        if !actions.is_empty() {
            page.heading(&heading, actions.len());
            actions.iter().for_each(|action| action_row(page, action));
        }
    }
    if !waiting.is_empty() {
        page.heading("Still unanswered", waiting.len());
        waiting.iter().for_each(|question| question_row(page, question));
    }
}

/// One node; `thread` leads on to the next.
fn step(page: &mut Page<'_>, step: &Step, thread: bool) {
    let date = step.date.map(|date| format!(" {}", words::day(date, page.look.today()))).unwrap_or_default();
    let hang = Span::quiet_raw(if thread { "│ " } else { "  " });
    page.row(Row {
        lead: vec![sign::kind(&step.kind), Span::plain_raw(" ")],
        hang: vec![hang.clone()],
        body: vec![Span::plain(if step.kind == "action" { unowned(&step.title) } else { step.title.clone() })],
        right: vec![
            Span::quiet(format!("{}{date}", words::plain(&step.kind))),
            Span::quiet_raw(format!("  {:>8}", fit(&short(&step.id), 8))),
        ],
    });
    if thread {
        page.row(Row { lead: vec![hang], ..Row::default() });
    }
}

impl Show for Path {
    fn show(&self, page: &mut Page<'_>) {
        let Some(last) = self.steps.len().checked_sub(1) else {
            page.say("Nothing connects the two.");
            return;
        };
        self.steps.iter().enumerate().for_each(|(n, at)| step(page, at, n < last));
    }
}

impl Show for Trace {
    fn show(&self, page: &mut Page<'_>) {
        match &self.item {
            TracedItem::Action(action) => action.show(page),
            TracedItem::Decision(decision) => decision.show(page),
            TracedItem::Question(question) => question.show(page),
        }
        if !self.steps.is_empty() {
            page.heading("How it went", "");
            let last = self.steps.len() - 1;
            self.steps.iter().enumerate().for_each(|(n, at)| step(page, at, n < last));
        }
        for (name, steps) in [("Blocks", &self.blocks), ("Waits for", &self.blocked_by)] {
            if !steps.is_empty() {
                page.heading(name, steps.len());
                steps.iter().for_each(|at| step(page, at, false));
            }
        }
    }
}

impl Show for Central {
    fn show(&self, page: &mut Page<'_>) {
        let Some(first) = self.people.first() else {
            page.say("Nobody yet: who matters shows once meetings have people in them.");
            return;
        };
        page.heading("Who matters", self.people.len());
        for person in self.people.iter().take(MOST_CENTRAL) {
            let share = if first.score > 0.0 { person.score / first.score } else { 0.0 };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 20")]
            let bar = "━".repeat((share * 20.0).round().clamp(0.0, 20.0) as usize);
            page.row(Row {
                lead: vec![Span::plain_raw("  ")],
                hang: vec![Span::plain_raw("  ")],
                body: vec![Span::plain(&person.name)],
                right: vec![
                    Span::raw(format!("{bar:<20}"), Tone::Accent),
                    Span::quiet_raw(format!("  {:.4}  {}", person.score, short(person.person_id))),
                ],
            });
        }
        if self.people.len() > MOST_CENTRAL {
            page.aside(&format!("  and {} more", self.people.len() - MOST_CENTRAL));
        }
        if self.clusters.is_empty() {
            return;
        }
        page.heading("Who belongs together", self.clusters.len());
        for cluster in self.clusters.iter().take(MOST_CLUSTERS) {
            let mut names: Vec<&str> =
                cluster.people.iter().take(MOST_TOGETHER).map(|person| person.name.as_str()).collect();
            let more = cluster.people.len() - names.len();
            let last = if more > 0 { format!("{more} more") } else { names.pop().unwrap_or_default().to_owned() };
            let names = format!("{} and {last}", names.join(", "));
            page.row(Row {
                lead: vec![Span::plain_raw("  ")],
                hang: vec![Span::plain_raw("  ")],
                body: vec![Span::plain(names)],
                right: vec![Span::quiet_raw(words::count(cluster.people.len(), "person"))],
            });
        }
        if self.clusters.len() > MOST_CLUSTERS {
            page.aside(&format!("  and {} more", self.clusters.len() - MOST_CLUSTERS));
        }
    }
}

impl Show for Search {
    fn show(&self, page: &mut Page<'_>) {
        if self.hits.is_empty() {
            page.say("Nothing found.");
            page.aside("Words are found by their beginnings; a phrase stands in quotation marks.");
            return;
        }
        for hit in &self.hits {
            let date = hit.date.map(|date| words::day(date, page.look.today())).unwrap_or_default();
            let part = hit.note_part.map(|part| format!("{} · ", part.as_str())).filter(|_| hit.kind == "note");
            page.row(Row {
                lead: vec![sign::found(&hit.kind, hit.status), Span::plain_raw(" ")],
                hang: vec![Span::plain_raw("  ")],
                body: found(&hit.title, Tone::Plain),
                right: vec![
                    Span::quiet(format!("{}{date}", part.unwrap_or_default())),
                    Span::quiet_raw(format!("  {:>8}", fit(&short(&hit.id), 8))),
                ],
            });
            if !hit.snippet.trim().is_empty() && plain(&hit.snippet) != plain(&hit.title) {
                let lead = vec![Span::plain_raw("  ")];
                let body = found(&hit.snippet, Tone::Quiet);
                page.row(Row { hang: lead.clone(), lead, body, right: vec![] });
            }
        }
        page.gap();
        page.aside(&format!("{} in {:.1} ms", words::count(self.hits.len(), "hit"), self.took_ms));
    }
}

/// The text without the marks around what was found.
pub fn plain(text: &str) -> String {
    text.replace(FOUND, "")
}

/// The text with what was found standing out of `tone`.
fn found(text: &str, tone: Tone) -> Vec<Span> {
    let mut spans = Vec::new();
    let text = text.replace(['\n', '\r'], " ");
    for (n, part) in text.split(FOUND[0]).enumerate() {
        match part.split_once(FOUND[1]).filter(|_| n > 0) {
            Some((hit, rest)) => spans.extend([Span::strong(hit), Span::new(rest, tone)]),
            None => spans.push(Span::new(plain(part), tone)),
        }
    }
    spans
}
