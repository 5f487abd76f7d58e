//! A query in words, so that a person sees whether they were understood.

use chrono::NaiveDate;

use super::{Compare, Kind, Query, Sort, Term, Test};

impl Query {
    /// What is asked: the conditions that must hold, then what is left out, then the days that count.
    #[must_use]
    pub fn explain(&self) -> String {
        let counts = |term: &&Term| term.key.sort != Sort::Bound;
        let clauses = |negated: bool| -> Vec<String> {
            let terms = self.terms.iter().filter(counts).filter(|term| term.negated == negated);
            terms.map(|term| clause(self.kind, term)).collect()
        };
        let (wanted, left_out) = (clauses(false), clauses(true));
        let kind = self.kind.as_str();
        let mut said = match wanted.as_slice() {
            [] => format!("All {kind}"),
            wanted => {
                // `with notes that took place` and not `that took place and with notes`.
                let relative =
                    |clause: &&String| ["that ", "who", "to whom "].iter().any(|word| clause.starts_with(word));
                let (last, first): (Vec<&String>, Vec<&String>) = wanted.iter().partition(relative);
                let parts = [first, last].into_iter().filter(|part| !part.is_empty());
                let parts: Vec<String> = parts.map(|part| listed(&part, "and")).collect();
                format!("{}{} {}", kind[..1].to_uppercase(), &kind[1..], parts.join(" "))
            }
        };
        if !left_out.is_empty() {
            let left_out: Vec<&String> = left_out.iter().collect();
            said.push_str(&format!(", but not those {}", listed(&left_out, "or those")));
        }
        if let Some(days) = self.days() {
            said.push_str(&format!(". Only meetings {days} count"));
        }
        said + "."
    }

    /// The days that count, where the query says so.
    fn days(&self) -> Option<String> {
        let bound = |name: &str| {
            let term = self.terms.iter().find(|term| term.key.name == name && term.key.sort == Sort::Bound)?;
            if let Test::Day(_, day) = term.test { Some(long_day(day)) } else { None }
        };
        match (bound("from"), bound("to")) {
            (Some(from), Some(to)) if from == to => Some(format!("on {from}")),
            (Some(from), Some(to)) => Some(format!("from {from} to {to}")),
            (Some(from), None) => Some(format!("from {from} on")),
            (None, Some(to)) => Some(format!("until {to}")),
            (None, None) => None,
        }
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(clauses: &[&String], last: &str) -> String {
    match clauses {
        [] => String::new(),
        [one] => (*one).clone(),
        [rest @ .., end] => {
            let rest: Vec<&str> = rest.iter().map(|clause| clause.as_str()).collect();
            format!("{} {last} {end}", rest.join(", "))
        }
    }
}

/// One condition as what follows the name of the kind: `who report to you`, `with at least 3 open actions`.
fn clause(kind: Kind, term: &Term) -> String {
    let name = term.key.name;
    match &term.test {
        Test::Count(compare, number) => counted(kind, name, *compare, *number),
        Test::Age(compare, days) => aged(kind, name, &ago(*compare, *days), *compare),
        Test::Day(compare, day) => format!("{} {}", dated(name), on(*compare, *day)),
        Test::Is(value) => is(kind, name, value),
        Test::Any => there(kind, name, true),
        Test::None => there(kind, name, false),
    }
}

fn counted(kind: Kind, name: &str, compare: Compare, number: u32) -> String {
    if name == "slips" {
        return match (compare, number) {
            (Compare::Equal, 0) => "whose date never slipped".to_owned(),
            (Compare::Over, 0) | (Compare::AtLeast, 1) => "whose date slipped".to_owned(),
            (compare, number) => {
                format!("whose date slipped {}{} times", side(compare), number)
            }
        };
    }
    let (one, many) = match (kind, name) {
        (_, "open") => ("open action", "open actions"),
        (Kind::People, "decisions") => ("decision of theirs that holds", "decisions of theirs that hold"),
        (_, "decisions") => ("decision", "decisions"),
        (_, "outcomes") => ("outcome", "outcomes"),
        (_, "people") => ("person", "people"),
        (_, "attendees") => ("person invited", "people invited"),
        (Kind::Series, "meetings") => ("meeting held", "meetings held"),
        (_, "meetings") => ("meeting with you", "meetings with you"),
        (Kind::Meetings | Kind::Series, _) => ("hour in it", "hours in it"),
        _ => ("hour of meetings with you", "hours of meetings with you"),
    };
    match (compare, number) {
        (Compare::Equal, 0) | (Compare::Under, 1) | (Compare::AtMost, 0) => format!("without {many}"),
        (Compare::Over, 0) | (Compare::AtLeast, 1) => format!("with {many}"),
        (compare, 1) => format!("with {}1 {one}", side(compare)),
        (compare, number) => format!("with {}{number} {many}", side(compare)),
    }
}

fn aged(kind: Kind, name: &str, ago: &str, compare: Compare) -> String {
    // What never was is longer ago than anything.
    let never = if matches!(compare, Compare::Over | Compare::AtLeast) { " or never" } else { "" };
    match (kind, name) {
        (_, "last-1:1") => format!("whose last 1:1 with you was {ago}{never}"),
        (Kind::Series, "last-met") => format!("that last met {ago}{never}"),
        (Kind::Organizations, "last-met") => format!("whose people you last met {ago}{never}"),
        (_, "last-met") => format!("whom you last met {ago}{never}"),
        (_, "revisited") => format!("that were last written about {ago}"),
        (Kind::Meetings, _) => format!("that began {ago}"),
        (Kind::Questions, _) => format!("that were asked {ago}"),
        (Kind::Decisions, _) => format!("that were made {ago}"),
        _ => format!("that were raised {ago}"),
    }
}

fn dated(name: &str) -> &'static str {
    if name == "revisit" { "that are to be revisited" } else { "that are due" }
}

fn on(compare: Compare, day: NaiveDate) -> String {
    let day = long_day(day);
    match compare {
        Compare::Equal => format!("on {day}"),
        Compare::Over => format!("after {day}"),
        Compare::AtLeast => format!("on {day} or later"),
        Compare::Under => format!("before {day}"),
        Compare::AtMost => format!("by {day}"),
    }
}

fn is(kind: Kind, name: &str, value: &str) -> String {
    let you = ["me", "i"].contains(&value.to_lowercase().as_str());
    let who = if you { "you" } else { value };
    match (kind, name, value) {
        (_, "relation", "report") => "who report to you".to_owned(),
        (_, "relation", "manager") => "to whom you report".to_owned(),
        (_, "relation", "peer") => "who are your peers".to_owned(),
        (_, "relation", "client") => "who are your clients".to_owned(),
        (_, "relation", _) => "who are nothing in particular to you".to_owned(),
        (_, "status", "overdue") => "that are late".to_owned(),
        (Kind::Decisions, "status", "holds") => "that hold".to_owned(),
        (Kind::Decisions, "status", "superseded") => "that another took the place of".to_owned(),
        (Kind::Decisions, "status", _) => "that are only proposed".to_owned(),
        (Kind::Questions, "status", "open") => "that nothing answers".to_owned(),
        (Kind::Questions, "status", _) => "that are answered".to_owned(),
        (_, "status", value) => format!("that are {value}"),
        (_, "held", "yes") => "that took place".to_owned(),
        (_, "held", _) => "that did not take place".to_owned(),
        (Kind::People, "topic", topic) => format!("who own, decided or asked something about #{topic}"),
        (_, "topic", topic) => format!("about #{topic}"),
        (Kind::People, "org", org) => format!("at {org}"),
        (Kind::Series | Kind::Meetings, "org", org) => format!("with somebody of {org}"),
        (_, "org", org) => format!("that concern somebody of {org}"),
        (_, "owner", _) => format!("that {who} {}", if you { "own" } else { "owns" }),
        (Kind::Questions, "by", _) => format!("that {who} asked"),
        (_, "by", _) => format!("that {who} decided"),
        (_, "present", _) => format!("that were made with {who} in the room"),
        (Kind::Series | Kind::Meetings, "person", _) => format!("with {who}"),
        (_, "person", _) => format!("that concern {who}"),
        (_, "series", title) => format!("of the series “{title}”"),
        (_, "text", text) => format!("that say “{text}”"),
        (_, _, name) => format!("called “{name}”"),
    }
}

fn there(kind: Kind, name: &str, any: bool) -> String {
    let pick = |with: &str, without: &str| if any { with } else { without }.to_owned();
    match (kind, name) {
        (_, "last-1:1") => pick("who had a 1:1 with you", "who never had a 1:1 with you"),
        (Kind::Series, "last-met") => pick("that ever met", "that never met"),
        (Kind::Organizations, "last-met") => pick("whose people you ever met", "whose people you never met"),
        (_, "last-met") => pick("whom you ever met", "whom you never met"),
        (Kind::People, "topic") => pick("with something about a topic", "with nothing about any topic"),
        (_, "topic") => pick("about some topic", "about no topic"),
        (Kind::People, "org") => pick("of an organization", "of no organization"),
        (_, "org") => pick("with somebody of an organization", "with nobody of an organization"),
        (_, "owner") => pick("that somebody owns", "that nobody owns"),
        (Kind::Questions, "by") => pick("of which the note says who asked", "of which no note says who asked"),
        (_, "by") => pick("of which the note says who decided", "of which no note says who decided"),
        (_, "present" | "person") => pick("with somebody", "with nobody"),
        (_, "series") => pick("of a series", "of no series"),
        (_, "due") => pick("with a due date", "without a due date"),
        (_, "revisit") => pick("with a day to revisit them", "without a day to revisit them"),
        (_, "purpose") => pick("that say what they are for", "that do not say what they are for"),
        (_, "notes") => pick("with notes", "without notes"),
        (_, "rationale") => pick("with a reason", "without a reason"),
        (_, "text") => pick("with words", "without words"),
        (_, "name" | "title") => pick("with a name", "without a name"),
        (_, "age" | "revisited") => pick("with a date", "without a date"),
        (_, name) => pick(&format!("with {name}"), &format!("without {name}")),
    }
}

fn side(compare: Compare) -> &'static str {
    match compare {
        Compare::Equal => "",
        Compare::Over => "more than ",
        Compare::AtLeast => "at least ",
        Compare::Under => "fewer than ",
        Compare::AtMost => "at most ",
    }
}

fn ago(compare: Compare, days: u32) -> String {
    let side = match compare {
        Compare::Over => "more than",
        Compare::AtLeast => "at least",
        Compare::Under => "less than",
        _ => "at most",
    };
    let (number, unit) = match days {
        0 => (0, "day"),
        days if days % 365 == 0 => (days / 365, "year"),
        days if days % 30 == 0 => (days / 30, "month"),
        days if days % 7 == 0 => (days / 7, "week"),
        days => (days, "day"),
    };
    format!("{side} {number} {unit}{} ago", if number == 1 { "" } else { "s" })
}

fn long_day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
