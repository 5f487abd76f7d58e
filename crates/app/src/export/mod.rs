//! The vault as files other programs read: Markdown, JSON, CSV, GraphML, iCalendar.
//!
//! Each format is a function of `Exported` and writes nothing itself. What is not in it does not leave: items, topics
//! and links that only a left-out part tells of are in no file.

mod csv;
mod file_name;
mod graphml;
mod ics;
mod json;
mod markdown;
mod run;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use throughline_core::graph::Snapshot;
use throughline_core::model::{ItemId, PersonId};

use self::csv::csv;
pub(crate) use self::csv::harmless;
pub(crate) use self::markdown::{escape, opening};
use graphml::graphml;
use ics::ics;
use json::json;
use markdown::markdown;
pub use run::run;
pub(crate) use run::write_file;

use crate::view;

/// What is to leave the vault. Private parts and their items are in it only where they were asked for.
pub(crate) struct Exported {
    /// When it leaves.
    pub now: DateTime<Utc>,
    /// The zone in which times are told.
    pub zone: Tz,
    pub people: Vec<view::Person>,
    pub organizations: Vec<view::Organization>,
    pub meetings: Vec<view::Meeting>,
    /// The parts of meetings' notes.
    pub notes: Vec<view::Note>,
    pub running_notes: Vec<(PersonId, String)>,
    pub actions: Vec<view::Action>,
    pub decisions: Vec<view::Decision>,
    pub questions: Vec<view::Question>,
    /// May hold more than is to leave: only what the lists name is taken from it.
    pub graph: Snapshot,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// Relative, with forward slashes, of names that every platform takes.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The items that leave, naming no other item that does not.
struct Items {
    actions: Vec<view::Action>,
    decisions: Vec<view::Decision>,
    questions: Vec<view::Question>,
}

impl Exported {
    /// The ids of the items that leave.
    fn item_ids(&self) -> BTreeSet<ItemId> {
        let actions = self.actions.iter().map(|action| action.id);
        let decisions = self.decisions.iter().map(|decision| decision.id);
        let questions = self.questions.iter().map(|question| question.id);
        actions.chain(decisions).chain(questions).collect()
    }

    fn items(&self) -> Items {
        let leaving = self.item_ids();
        let mut items = Items {
            actions: self.actions.clone(),
            decisions: self.decisions.clone(),
            questions: self.questions.clone(),
        };
        for action in &mut items.actions {
            action.blocked_by.retain(|id| leaving.contains(id));
        }
        for decision in &mut items.decisions {
            decision.supersedes = decision.supersedes.filter(|id| leaving.contains(id));
            decision.superseded_by = decision.superseded_by.filter(|id| leaving.contains(id));
        }
        for question in &mut items.questions {
            question.answered_by = question.answered_by.filter(|id| leaving.contains(id));
        }
        items
    }
}

impl view::DecisionStatus {
    fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Holds => "holds",
            Self::Superseded => "superseded",
        }
    }
}

impl view::QuestionStatus {
    fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
        }
    }
}

/// The text on one line, without control characters.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
