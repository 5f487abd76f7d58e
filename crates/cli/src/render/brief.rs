//! What to know before a meeting, best first, hung on one line.

use throughline_app::view::{Brief, Change, Decision, NewPerson, PersonRef};

use super::meeting::{heading, others};
use super::page::{Page, Row};
use super::plain::{undated, unowned};
use super::span::{Span, Tone, sentence};
use super::{Look, Show, item, short, sign};
use crate::words;

/// How many of each kind are told before the rest is only counted.
#[derive(Clone, Copy)]
pub struct Most {
    pub actions: usize,
    pub others: usize,
    /// Whether what is left out is said to be; the number beside the heading counts it anyway.
    pub rest: bool,
}

const ONE_PAGE: Most = Most { actions: 8, others: 6, rest: true };

/// Rows on the thread, under `indent`.
struct Thread<'p, 'l> {
    page: &'p mut Page<'l>,
    indent: &'p str,
    /// Whether what is left out is said to be.
    rest: bool,
}

impl Thread<'_, '_> {
    /// A part with so many of its things, and of how many in all these are the first.
    fn section<T>(
        &mut self,
        name: &str,
        (things, total): (&[T], usize),
        most: usize,
        mut row: impl FnMut(&mut Page<'_>, &str, &T),
    ) {
        if things.is_empty() {
            return;
        }
        self.line(vec![]);
        self.line(vec![Span::strong(name), Span::quiet(format!(" {total}"))]);
        for thing in things.iter().take(most) {
            row(self.page, self.indent, thing);
        }
        let shown = things.len().min(most);
        if total > shown && self.rest {
            self.line(vec![Span::quiet(format!("and {} more", total - shown))]);
        }
    }

    fn line(&mut self, body: Vec<Span>) {
        let lead = vec![Span::quiet_raw(format!("{}│ ", self.indent))];
        self.page.row(Row { hang: lead.clone(), lead, body, right: vec![] });
    }
}

/// The parts of a brief that have something in them. Says whether there was any.
pub fn sections(page: &mut Page<'_>, brief: &Brief, indent: &str, most: Most) -> bool {
    let look = page.look.clone();
    let others = others(&brief.meeting, &look);
    let one = match others.as_slice() {
        [one] => Some(words::first_name(&one.name).to_owned()),
        _ => None,
    };
    let (i_owe, they_owe) = match &one {
        Some(one) => (format!("You owe {one}"), format!("{one} owes you")),
        None => ("You owe them".to_owned(), "They owe you".to_owned()),
    };
    let totals = brief.totals;
    let mut thread = Thread { page, indent, rest: most.rest };
    thread.section(&i_owe, (&brief.mine, totals.mine), most.actions, item::action_line);
    let theirs = if one.is_some() { item::action_line } else { item::owned_action_line };
    thread.section(&they_owe, (&brief.theirs, totals.theirs), most.actions, theirs);
    thread.section("Still unanswered", (&brief.questions, totals.questions), most.others, item::question_line);
    thread.section("To revisit", (&brief.revisit, totals.revisit), most.others, item::decision_line);
    let told = |decision: &&Decision| !brief.revisit.iter().any(|revisit| revisit.id == decision.id);
    let holding: Vec<Decision> = brief.decisions.iter().filter(told).cloned().collect();
    // Those to be looked at again are told above.
    let holding_total = totals.decisions.saturating_sub(totals.revisit).max(holding.len());
    thread.section("Decisions that hold", (&holding, holding_total), most.others, item::decision_line);
    thread.section("Since last time", (&brief.changes, totals.changes), most.others, change);
    if !brief.new_people.is_empty() {
        thread.line(vec![]);
        let known = |new: &NewPerson| match &new.through {
            Some(through) => format!("{} ({through})", new.person.name),
            None => new.person.name.clone(),
        };
        let new: Vec<String> = brief.new_people.iter().map(known).collect();
        let new = words::names(new.iter().map(String::as_str));
        thread.line(vec![Span::strong("New in the room "), Span::plain(new)]);
    }
    let Brief { mine, theirs, questions, decisions, revisit, changes, new_people, .. } = brief;
    !(mine.is_empty() && theirs.is_empty() && questions.is_empty() && decisions.is_empty())
        || !(revisit.is_empty() && changes.is_empty() && new_people.is_empty())
}

fn change(page: &mut Page<'_>, indent: &str, change: &Change) {
    let sign = match (change.what.as_str(), change.kind.as_str()) {
        ("done", _) => Span::quiet("●"),
        ("dropped", _) => Span::quiet("−"),
        ("superseded", _) => Span::quiet("◇"),
        ("answered", _) => Span::quiet("?"),
        (_, kind) => sign::kind(kind),
    };
    let gone = matches!(change.what.as_str(), "done" | "dropped" | "superseded" | "answered");
    let today = page.look.today();
    let day = change.date.map(|date| format!(" {}", words::day(date, today))).unwrap_or_default();
    let told = match (change.what.as_str(), change.due) {
        // A weekday's name would be taken for one that is still to come.
        ("re_dated", Some(due)) if due < today => format!("moved to {}", words::far_day(due, today)),
        ("re_dated", Some(due)) => format!("moved to {}", words::day(due, today)),
        ("re_dated", None) => "no date any more".to_owned(),
        ("handed_over", _) => format!("{}{day}", handed_over(change, page.look)),
        (what, _) => format!("{}{day}", words::plain(what)),
    };
    let when = vec![Span::quiet(told)];
    let tone = if gone { Tone::Quiet } else { Tone::Plain };
    let text = undated(&change.text);
    let text = if change.kind == "action" { unowned(&text) } else { text };
    item::threaded(page, indent, sign, sentence(&words::capital(&text), tone), when, change.id);
}

/// `from Ana to you`
fn handed_over(change: &Change, look: &Look) -> String {
    let names = |people: &[PersonRef]| {
        words::names(people.iter().map(|one| words::first_name(item::name(one.person_id, &one.name, look))))
    };
    match (names(&change.from), names(&change.to)) {
        (from, to) if from.is_empty() => format!("given to {to}"),
        (from, to) if to.is_empty() => format!("taken from {from}"),
        (from, to) => format!("from {from} to {to}"),
    }
}

/// `last met 5 Nov`
pub fn last_met(brief: &Brief, look: &Look) -> Option<String> {
    let last = brief.met.as_ref()?.last?;
    Some(format!("last met {}", words::day(last, look.today())))
}

impl Show for Brief {
    fn show(&self, page: &mut Page<'_>) {
        heading(page, &self.meeting, last_met(self, page.look));
        if !sections(page, self, "", ONE_PAGE) {
            page.gap();
            page.say("Nothing is open between you from before.");
        }
        if self.last_meetings.is_empty() {
            return;
        }
        page.heading("Before", "");
        for last in self.last_meetings.iter().take(5) {
            page.row(Row {
                lead: vec![Span::quiet("• ")],
                hang: vec![Span::plain_raw("  ")],
                body: vec![Span::plain(&last.title)],
                right: vec![
                    Span::quiet(words::day(last.start.date(), page.look.today())),
                    Span::quiet_raw(format!("  {}", short(last.id))),
                ],
            });
        }
    }
}
