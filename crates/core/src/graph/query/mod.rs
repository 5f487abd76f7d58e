//! Questions asked of the network in one line: `people relation:report last-1:1>3w`.
//!
//! A query is a [`Kind`] and terms that all must hold. A term is `key:value` or `key>value` (also `>=`, `<`, `<=`), with
//! quotes where a value has spaces, and `-` before it to turn it round. [`Query::parse`] reads one, [`Query::reach`] says
//! what of a vault it needs, [`Query::answer`] asks a graph. `docs/queries.md` is the reference, made from [`keys`].

mod answer;
mod explain;
mod item;
mod keys;
mod measure;
mod meeting;
mod parse;
mod people;
mod reach;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use answer::{Answer, Found, Proof, Unknown};
pub use keys::{Key, Sort, keys};
pub use parse::Problem;
pub use reach::{Days, Reach};

use crate::model::vocabulary;

vocabulary! {
    /// What is asked for.
    Kind {
        /// People, the user left out.
        People = "people",
        /// Organizations.
        Organizations = "organizations",
        /// Series of meetings.
        Series = "series",
        /// Meetings.
        Meetings = "meetings",
        /// Actions.
        Actions = "actions",
        /// Decisions.
        Decisions = "decisions",
        /// Questions.
        Questions = "questions",
    }
}

/// A query as read: cannot hold a key its kind has not, nor a value its key cannot be compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What is asked for.
    pub kind: Kind,
    /// All of which must hold.
    pub terms: Vec<Term>,
}

impl Query {
    /// Whether it asks what people are to the user: who reports to them, whom they report to.
    #[must_use]
    pub fn is_on_own_people(&self) -> bool {
        self.terms.iter().any(|term| term.key.name == "relation")
    }
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What is looked at.
    pub key: &'static Key,
    /// How it is compared.
    pub test: Test,
    /// It must not hold.
    pub negated: bool,
}

/// How a value is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// There is none.
    None,
    /// There is one.
    Any,
    /// A word, a name, or words to be found.
    Is(String),
    /// A number of things.
    Count(Compare, u32),
    /// How long ago, in days. What never was is longer ago than anything.
    Age(Compare, u32),
    /// A day.
    Day(Compare, NaiveDate),
}

/// Which side of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `:`
    Equal,
    /// `>`
    Over,
    /// `>=`
    AtLeast,
    /// `<`
    Under,
    /// `<=`
    AtMost,
}

impl Compare {
    /// Whether `found` stands so to `wanted`.
    pub(crate) fn holds<T: PartialOrd>(self, found: T, wanted: T) -> bool {
        match self {
            Self::Equal => found == wanted,
            Self::Over => found > wanted,
            Self::AtLeast => found >= wanted,
            Self::Under => found < wanted,
            Self::AtMost => found <= wanted,
        }
    }
}
