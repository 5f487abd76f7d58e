//! Actions, decisions and questions: as rows of a list, as rows of a brief, and alone.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use throughline_app::model::{ActionStatus, ItemId};
use throughline_app::view::{
    Action, Actions, Decision, DecisionDetail, DecisionStatus, Decisions, Question, QuestionStatus, Questions,
};

use super::page::{Page, Row};
use super::plain::{plain_action, plain_decision, reason};
use super::span::{Span, Tone, sentence};
use super::{Look, Show, short, sign};
use crate::text::{clean, fit};
use crate::words;

/// A row of a list: the sentence and when; under it who, where it was said, and the id.
pub fn listed(page: &mut Page<'_>, sign: Span, body: Vec<Span>, when: Vec<Span>, from: &str, id: ItemId, thread: bool) {
    let hang = Span::quiet_raw(if thread { "│ " } else { "  " });
    let lead = vec![sign, Span::plain_raw(" ")];
    page.row(Row { lead, hang: vec![hang.clone()], body, right: when });
    let right = vec![Span::quiet(short(id))];
    page.row(Row { lead: vec![hang.clone()], hang: vec![hang], body: vec![Span::quiet(from)], right });
}

/// A row of a brief: the sentence, when, and the id, in one line where it fits.
pub fn threaded(page: &mut Page<'_>, indent: &str, sign: Span, body: Vec<Span>, when: Vec<Span>, id: ItemId) {
    let lead = vec![Span::plain_raw(indent), sign, Span::plain_raw(" ")];
    let hang = vec![Span::quiet_raw(format!("{indent}│ "))];
    let mut right = when;
    right.push(Span::quiet_raw(format!("  {}", short(id))));
    page.row(Row { lead, hang, body, right });
}

/// An action's sentence, for where its owner and its day are told beside it.
pub fn action_text(action: &Action) -> Vec<Span> {
    toned(action, &words::capital(&plain_action(action).0))
}

/// An action's sentence with its owner before it, as `Tom: send the schedule`, where the sentence itself names nobody.
pub fn owned_action_text(action: &Action, look: &Look) -> Vec<Span> {
    match (plain_action(action), action.owners.as_slice()) {
        ((text, true), [owner]) => {
            let me = Some(owner.person_id) == look.me;
            let owner = if me { "You" } else { words::first_name(&owner.name) };
            toned(action, &format!("{owner}: {text}"))
        }
        ((text, _), _) => toned(action, &words::capital(&text)),
    }
}

fn toned(action: &Action, text: &str) -> Vec<Span> {
    match action.status {
        ActionStatus::Open => sentence(text, Tone::Plain),
        ActionStatus::Done => sentence(text, Tone::Quiet),
        ActionStatus::Dropped => sentence(text, Tone::Gone),
    }
}

/// When an action is due, or was done.
pub fn action_when(action: &Action, look: &Look) -> Vec<Span> {
    let today = look.today();
    match (action.status, action.due) {
        (ActionStatus::Done, _) => {
            let done = action.done_at.map_or("done".to_owned(), |at| format!("done {}", words::day(at.date(), today)));
            vec![Span::quiet(done)]
        }
        (ActionStatus::Dropped, _) => vec![Span::quiet("dropped")],
        (ActionStatus::Open, None) => Vec::new(),
        (ActionStatus::Open, Some(due)) => {
            let mut text = words::due(due, today);
            if action.slips > 0 {
                text.push_str(&format!(" · slipped {}×", action.slips));
            }
            vec![Span::new(text, if action.overdue { Tone::Late } else { Tone::Quiet })]
        }
    }
}

/// [`action_when`], and how old an open one is; of a late one its lateness says enough.
fn action_when_and_age(action: &Action, look: &Look) -> Vec<Span> {
    let mut when = action_when(action, look);
    let waits = action.status == ActionStatus::Open && !action.overdue;
    if let Some(age) = words::age(action.age_days).filter(|_| waits) {
        when.push(Span::quiet(if when.is_empty() { age } else { format!(" · {age}") }));
    }
    when
}

pub fn decision_text(decision: &Decision) -> Vec<Span> {
    let tone = if decision.status == DecisionStatus::Superseded { Tone::Quiet } else { Tone::Plain };
    sentence(&plain_decision(decision), tone)
}

/// When a decision was taken, or that it is time to look at it again.
pub fn decision_when(decision: &Decision, look: &Look) -> Vec<Span> {
    let today = look.today();
    match (decision.status, decision.revisit) {
        (DecisionStatus::Proposed, _) => vec![Span::quiet("proposed")],
        (DecisionStatus::Holds, Some(day)) if day <= today => {
            let since = if day == today { "today".to_owned() } else { format!("since {}", words::day(day, today)) };
            vec![Span::new(format!("revisit {since}"), Tone::Late)]
        }
        _ => decision.meeting_date.map(|date| Span::quiet(words::day(date, today))).into_iter().collect(),
    }
}

pub fn question_text(question: &Question) -> Vec<Span> {
    let tone = if question.status == QuestionStatus::Answered { Tone::Quiet } else { Tone::Plain };
    sentence(&words::capital(&clean(&question.text)), tone)
}

pub fn question_when(question: &Question, look: &Look) -> Vec<Span> {
    match (question.status, question.meeting_date) {
        (QuestionStatus::Answered, _) => vec![Span::quiet("answered")],
        (_, Some(date)) => vec![Span::quiet(format!("asked {}", words::day(date, look.today())))],
        _ => Vec::new(),
    }
}

/// Who is to do it, where it was said, what it is about and waits for.
fn action_from(action: &Action, look: &Look) -> String {
    let owners = words::names(
        action.owners.iter().map(|owner| if Some(owner.person_id) == look.me { "you" } else { owner.name.as_str() }),
    );
    let owners = if owners.is_empty() { "nobody".to_owned() } else { owners };
    let waits = action.waits_for.split_first().map(|(first, more)| {
        let more = if more.is_empty() { String::new() } else { format!(" and {} more", words::number(more.len())) };
        format!("waits for “{}”{more}", fit(&first.text, 40))
    });
    let snoozed = action.snoozed_until.filter(|day| *day > look.today());
    let snoozed = snoozed.map(|day| format!("snoozed until {}", words::day(day, look.today())));
    join([Some(owners), said(action.meeting_title.as_deref(), action.meeting_date, look), waits, snoozed])
}

fn decision_from(decision: &Decision, look: &Look) -> String {
    let by = decision.decided_by.iter().map(|person| words::first_name(name(person.person_id, &person.name, look)));
    let by = words::names(by);
    let untold = decision.topics.iter().map(|topic| format!("#{topic}"));
    let untold: Vec<_> = untold.filter(|topic| !decision.text.to_lowercase().contains(topic)).collect();
    let topics = Some(untold.join(" "));
    let meeting = decision.meeting_title.clone();
    join([Some(by).filter(|by| !by.is_empty()), meeting, topics])
}

fn question_from(question: &Question, look: &Look) -> String {
    let by = question.asked_by.as_ref().map(|person| name(person.person_id, &person.name, look).to_owned());
    join([by, question.meeting_title.clone()])
}

pub(super) fn name<'n>(id: throughline_app::model::PersonId, name: &'n str, look: &Look) -> &'n str {
    if Some(id) == look.me { "you" } else { name }
}

/// `Staff, 19 Nov`
fn said(title: Option<&str>, date: Option<NaiveDate>, look: &Look) -> Option<String> {
    let date = date.map(|date| words::day(date, look.today()));
    match (title, date) {
        (Some(title), Some(date)) => Some(format!("{title}, {date}")),
        (title, date) => title.map(str::to_owned).or(date),
    }
}

fn join(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A row of an action where it need not be told whose it is or where it was said.
pub fn action_line(page: &mut Page<'_>, indent: &str, action: &Action) {
    let when = action_when_and_age(action, page.look);
    threaded(page, indent, sign::action(action), action_text(action), when, action.id);
}

/// A row of an action where it need not be told where it was said.
pub fn owned_action_line(page: &mut Page<'_>, indent: &str, action: &Action) {
    let when = action_when_and_age(action, page.look);
    threaded(page, indent, sign::action(action), owned_action_text(action, page.look), when, action.id);
}

/// As [`action_line`].
pub fn decision_line(page: &mut Page<'_>, indent: &str, decision: &Decision) {
    let when = decision_when(decision, page.look);
    threaded(page, indent, sign::decision(decision), decision_text(decision), when, decision.id);
}

/// As [`action_line`].
pub fn question_line(page: &mut Page<'_>, indent: &str, question: &Question) {
    let when = question_when(question, page.look);
    threaded(page, indent, sign::question(question), question_text(question), when, question.id);
}

/// A row of an action in a list.
pub fn action_row(page: &mut Page<'_>, action: &Action) {
    let (when, from) = (action_when(action, page.look), action_from(action, page.look));
    listed(page, sign::action(action), action_text(action), when, &from, action.id, false);
}

/// A row of a question in a list.
pub fn question_row(page: &mut Page<'_>, question: &Question) {
    let (when, from) = (question_when(question, page.look), question_from(question, page.look));
    listed(page, sign::question(question), question_text(question), when, &from, question.id, false);
}

/// A row of a decision in a list; `thread` leads to the one below that took its place.
pub fn decision_row(page: &mut Page<'_>, decision: &Decision, thread: bool) {
    let (when, from) = (decision_when(decision, page.look), decision_from(decision, page.look));
    listed(page, sign::decision(decision), decision_text(decision), when, &from, decision.id, thread);
}

impl Show for Actions {
    fn show(&self, page: &mut Page<'_>) {
        let today = page.look.today();
        let group = |action: &Action| match (action.status, action.due) {
            (ActionStatus::Done, _) => 6,
            (ActionStatus::Dropped, _) => 7,
            _ if action.snoozed_until.is_some_and(|day| day > today) => 5,
            (_, None) => 4,
            _ if action.overdue => 0,
            (_, Some(due)) if due <= today => 1,
            (_, Some(due)) if (due - today).num_days() < 7 => 2,
            _ => 3,
        };
        let names = ["Late", "Today", "Within a week", "Later", "No date", "Snoozed", "Done", "Dropped"];
        for (n, name) in names.into_iter().enumerate() {
            let rows: Vec<_> = self.actions.iter().filter(|action| group(action) == n).collect();
            if !rows.is_empty() {
                page.heading(name, words::number(rows.len()));
                rows.into_iter().for_each(|action| action_row(page, action));
            }
        }
        if self.actions.is_empty() {
            page.say("No actions here.");
            page.aside("A line of a note that begins with `!! ` or `- [ ] ` becomes one.");
        }
    }
}

impl Show for Questions {
    fn show(&self, page: &mut Page<'_>) {
        for (name, status) in [("Open questions", QuestionStatus::Open), ("Answered", QuestionStatus::Answered)] {
            let rows: Vec<_> = self.questions.iter().filter(|question| question.status == status).collect();
            if !rows.is_empty() {
                page.heading(name, words::number(rows.len()));
                rows.into_iter().for_each(|question| question_row(page, question));
            }
        }
        if self.questions.is_empty() {
            page.say("No questions here.");
            page.aside("A line of a note that begins with `?? ` becomes one.");
        }
    }
}

impl Show for Decisions {
    fn show(&self, page: &mut Page<'_>) {
        if self.decisions.is_empty() {
            page.say("No decisions here.");
            page.aside("A line of a note that begins with `=> ` or `Decision:` becomes one.");
            return;
        }
        let of = |status| self.decisions.iter().filter(|decision| decision.status == status).count();
        let day = self.as_of.unwrap_or(page.look.today());
        let revisit = |d: &&Decision| d.status == DecisionStatus::Holds && d.revisit.is_some_and(|due| due <= day);
        let revisit = self.decisions.iter().filter(revisit).count();
        let counts = [
            (of(DecisionStatus::Holds), if of(DecisionStatus::Holds) == 1 { "holds" } else { "hold" }),
            (of(DecisionStatus::Superseded), "superseded"),
            (of(DecisionStatus::Proposed), "proposed"),
            (revisit, "to revisit"),
        ];
        let counts =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| Some(format!("{} {word}", words::number(*n))));
        page.heading("Decisions", join(counts));
        // What was to be looked at again after that day was not late on it.
        let mut then = self.decisions.clone();
        if self.as_of.is_some() {
            then.iter_mut().for_each(|decision| decision.revisit = decision.revisit.filter(|due| *due <= day));
        }
        for chain in chains(&then) {
            let head = chain.len() - 1;
            chain.into_iter().enumerate().for_each(|(n, decision)| decision_row(page, decision, n < head));
        }
    }
}

/// The decisions in their chains, the oldest of each first; chains in the order in which their heads stand.
fn chains(decisions: &[Decision]) -> Vec<Vec<&Decision>> {
    let index: HashMap<_, _> = decisions.iter().map(|decision| (decision.id, decision)).collect();
    let by_id = |id: ItemId| index.get(&id).copied();
    let mut told = HashSet::new();
    let mut chains = Vec::new();
    let listed = |id: Option<ItemId>| id.and_then(by_id).is_some();
    let heads = decisions.iter().filter(|decision| !listed(decision.superseded_by));
    // What a broken chain leaves over is told too.
    for head in heads.chain(decisions) {
        let mut chain = Vec::new();
        let mut next = Some(head);
        while let Some(decision) = next.filter(|decision| told.insert(decision.id)) {
            chain.insert(0, decision);
            next = decision.supersedes.and_then(by_id);
        }
        if !chain.is_empty() {
            chains.push(chain);
        }
    }
    chains
}

impl Show for Action {
    fn show(&self, page: &mut Page<'_>) {
        action_row(page, self);
    }
}

impl Show for Question {
    fn show(&self, page: &mut Page<'_>) {
        question_row(page, self);
    }
}

impl Show for Decision {
    fn show(&self, page: &mut Page<'_>) {
        decision_row(page, self, false);
    }
}

/// Without the topics at its end.
fn untopical(text: &str) -> String {
    let words = text.split(' ').collect::<Vec<_>>();
    let last = words.iter().rposition(|word| !word.starts_with('#')).map_or(0, |last| last + 1);
    words[..last].join(" ")
}

impl Show for DecisionDetail {
    fn show(&self, page: &mut Page<'_>) {
        let Self { decision, chain, branches, led_to, invited, confirmed } = self;
        let look = page.look;
        let status = match decision.status {
            DecisionStatus::Holds => "holds",
            DecisionStatus::Proposed => "proposed",
            DecisionStatus::Superseded => "superseded",
        };
        let right = vec![Span::quiet(status), Span::quiet_raw(format!("  {}", short(decision.id)))];
        page.row(Row {
            lead: vec![sign::decision(decision), Span::plain_raw(" ")],
            hang: vec![Span::plain_raw("  ")],
            body: vec![Span::strong(plain_decision(decision))],
            right,
        });
        page.gap();
        let people = |people: &[throughline_app::view::PersonRef]| {
            let names: Vec<_> = people.iter().map(|person| name(person.person_id, &person.name, look)).collect();
            (!names.is_empty()).then(|| names.join(", "))
        };
        page.field("Decided by", people(&decision.decided_by));
        page.field("Present", people(&decision.present));
        page.field("Invited", people(invited));
        for said in confirmed {
            let by = name(said.by.person_id, &said.by.name, look);
            let before = if said.before_change { ", before it was changed" } else { "" };
            page.field("Confirmed", Some(format!("by {by}, {}{before}", words::day(said.at.date(), look.today()))));
        }
        page.field("Decided in", said(decision.meeting_title.as_deref(), decision.meeting_date, look));
        page.field("Because", decision.rationale.as_deref().map(reason));
        page.field("Instead of", decision.alternatives.as_deref());
        let since = |day| if day < look.today() { "since " } else { "" };
        page.field("Revisit", decision.revisit.map(|day| format!("{}{}", since(day), words::day(day, look.today()))));
        page.field("Topics", (!decision.topics.is_empty()).then(|| format!("#{}", decision.topics.join(" #"))));
        if chain.len() > 1 {
            page.heading("How it came about", "");
            let of = |id: ItemId| chain.iter().find(|decision| decision.id == id);
            let words = |id: Option<ItemId>| id.and_then(of).map(|decision| untopical(&plain_decision(decision)));
            for branch in branches {
                let met = words(branch.supersedes).map(|words| format!("In the place of “{words}”, too:"));
                let left = words(branch.superseded_by).map(|words| format!("“{words}” took the place of this, too:"));
                if let Some(said) = met.or(left) {
                    page.gap();
                    page.say(&said);
                }
                let line: Vec<&Decision> = branch.line.iter().filter_map(|id| of(*id)).collect();
                let last = line.len().saturating_sub(1);
                line.into_iter().enumerate().for_each(|(n, decision)| decision_row(page, decision, n < last));
            }
        }
        if !led_to.is_empty() {
            page.heading("What it led to", "");
            led_to.iter().for_each(|action| action_row(page, action));
        }
    }
}
