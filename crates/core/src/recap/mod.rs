//! The recap: what to send after a meeting, in the form it is to be sent in.

mod html;
mod plain;

use chrono::NaiveDate;

use crate::model::ActionStatus;

/// What a recap is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// CommonMark with task lists.
    Markdown,
    /// One HTML document that needs nothing from outside; every text in it is escaped.
    Html,
    /// Text without markup.
    Text,
    /// `Subject: …`, an empty line, and the text: what a mail program is handed.
    Email,
}

impl std::str::FromStr for Format {
    type Err = crate::model::UnknownWord;
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "markdown" => Ok(Self::Markdown),
            "html" => Ok(Self::Html),
            "text" => Ok(Self::Text),
            "email" => Ok(Self::Email),
            _ => Err(crate::model::UnknownWord {
                word: word.to_owned(),
                expected: &["markdown", "html", "text", "email"],
            }),
        }
    }
}

/// What a recap is made of. Leaving out what is private is the caller's part: everything given here is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecapInput {
    /// The meeting's title; may be empty.
    pub title: String,
    /// When it was, in words fit to be read: "Tue 3 Dec 2024, 15:00–16:00 CET".
    pub when: String,
    /// Names of those who were there; where nobody said who was, of those invited, with `presence_known` false.
    pub people: Vec<String>,
    /// Whether `people` were seen there: an invitation is not presence, and is not to be read as one.
    pub presence_known: bool,
    /// Names of those who sent regrets or were not there.
    pub absent: Vec<String>,
    /// In the order they were taken.
    pub decisions: Vec<RecapDecision>,
    /// In the order they were given out.
    pub actions: Vec<RecapAction>,
    /// Those still open, in the order they were asked.
    pub questions: Vec<RecapQuestion>,
}

/// A decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecapDecision {
    /// What was decided.
    pub text: String,
    /// Why, where the note says so; may have several lines.
    pub rationale: Option<String>,
    /// Names; empty where the note names nobody.
    pub decided_by: Vec<String>,
}

/// An action item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecapAction {
    /// What is to be done.
    pub text: String,
    /// Names of those who do it; empty where nobody does.
    pub owners: Vec<String>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// What became of it.
    pub status: ActionStatus,
}

/// An open question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecapQuestion {
    /// What was asked.
    pub text: String,
    /// Who asked, where the note says so.
    pub asked_by: Option<String>,
}

/// The recap, ending in a line feed. Sections with nothing in them are left out.
#[must_use]
pub fn render(recap: &RecapInput, format: Format) -> String {
    match format {
        Format::Markdown => plain::markdown(recap),
        Format::Html => html::html(recap),
        Format::Text => plain::text(recap),
        Format::Email => plain::email(recap),
    }
}

impl RecapInput {
    fn title(&self) -> String {
        let title = one_line(&self.title);
        if title.is_empty() { "Meeting".to_owned() } else { title }
    }

    /// The lines under the title, label and value.
    fn head(&self) -> Vec<(&'static str, String)> {
        let people = if self.presence_known { "Present" } else { "Invited" };
        let listed = |names: &[String]| {
            let names: Vec<String> = names.iter().map(|name| one_line(name)).filter(|name| !name.is_empty()).collect();
            names.join(", ")
        };
        let mut head =
            vec![("When", one_line(&self.when)), (people, listed(&self.people)), ("Absent", listed(&self.absent))];
        head.retain(|(_, value)| !value.is_empty());
        head
    }

    /// Actions by owner, in the order of each owner's first; what is dropped is left out, what nobody owns comes last.
    fn actions_by_owner(&self) -> Vec<(String, Vec<&RecapAction>)> {
        let mut groups: Vec<(String, Vec<&RecapAction>)> = Vec::new();
        for action in self.actions.iter().filter(|action| action.status != ActionStatus::Dropped) {
            let owners = names(&action.owners);
            match groups.iter_mut().find(|(owner, _)| *owner == owners) {
                Some((_, actions)) => actions.push(action),
                None => groups.push((owners, vec![action])),
            }
        }
        groups.sort_by_key(|(owner, _)| owner.is_empty());
        for (owner, _) in &mut groups {
            if owner.is_empty() {
                *owner = "Nobody yet".to_owned();
            }
        }
        groups
    }

    fn is_empty(&self) -> bool {
        self.decisions.is_empty() && self.actions_by_owner().is_empty() && self.questions.is_empty()
    }
}

const NOTHING: &str = "No decisions, action items or open questions were noted.";

/// A line for each.
fn list<T>(items: &[T], line: impl Fn(&T) -> String) -> String {
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A text in one line, without control characters: what people paste must not break out of its place.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(one_line).filter(|line| !line.is_empty())
}

/// "Ana", "Ana and Ben", "Ana, Ben and Carol".
fn names(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| one_line(name)).filter(|name| !name.is_empty()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests;
