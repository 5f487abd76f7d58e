//! The note grammar: which lines of a note are actions, decisions and questions, and what they say.
//!
//! A note is CommonMark with GFM. Reading never changes a byte; writing touches anchors ([`write_anchors`]) and the line
//! a command is about ([`edit`]), nothing else. Lines are 1-based and end at LF, CRLF or a lone CR (CommonMark §2.1).

mod anchor;
mod body;
mod date;
mod due;
pub mod edit;
mod heading;
mod inline;
mod label;
mod layout;
mod marks;
mod merge;
mod names;
mod owner;
mod placeholder;
mod rationale;
mod read;
mod reconcile;
mod repeat;
mod said;
mod table;
mod tokens;
mod utf16;

use chrono::NaiveDate;

use crate::model::{ActionStatus, ItemKind, NotePart, PersonId};

pub use anchor::{is_anchor, strip_anchors, strip_anchors_unknown_to, write_anchors};
pub use date::parse_date;
pub use marks::{LineMarks, Offer, OfferKind, marks};
pub use merge::{Merged, merge};
pub use names::{Candidate, PeopleIndex};
pub use rationale::lines_under;
pub use reconcile::{KnownItem, reconcile};
pub use said::{said, sentence};
pub use utf16::Utf16;

/// What a note is read against.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The part the text is of: in prep a decision is only proposed.
    pub part: NotePart,
    /// The meeting's date in its own zone; without it relative dates are not resolved.
    pub date: Option<NaiveDate>,
    /// Who was invited or present: names are looked for here first, initials only here.
    pub attendees: &'a [Candidate],
    /// Everyone known.
    pub people: &'a PeopleIndex,
    /// Whom "I" and "me" name.
    pub me: Option<PersonId>,
    /// Imported minutes: labels inside quotations count.
    pub imported: bool,
}

/// An owner as the line names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrittenOwner {
    /// Written as `@handle`: lower case, without the `@`.
    Handle(String),
    /// A name that is exactly one person's.
    Person {
        /// Whose.
        id: PersonId,
        /// As written.
        written: String,
    },
    /// A name that several people have: nobody owns the item by it.
    Ambiguous {
        /// As written.
        written: String,
        /// Whose it may be.
        candidates: Vec<PersonId>,
    },
}

/// What an item says of another, which it names by its anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrittenLink {
    /// `supersedes ^id`
    Supersedes(String),
    /// `after ^id`
    After(String),
    /// `answers ^id`
    Answers(String),
}

/// An item as its line says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedItem {
    /// What it is.
    pub kind: ItemKind,
    /// Where it stands; in place, where a summary repeats it.
    pub line: u32,
    /// The anchor on that line, or on a line that repeats it.
    pub anchor: Option<String>,
    /// The line after bullet, box and label, without anchor and link clauses, inline Markdown reduced to plain text.
    pub text: String,
    /// What its box says; `Open` without one, and for decisions and questions.
    pub status: ActionStatus,
    /// Of an action its owners, of a decision who decided, of a question who asked.
    pub owners: Vec<WrittenOwner>,
    /// When an action is due.
    pub due: Option<NaiveDate>,
    /// Lower case, without `#`, each once.
    pub topics: Vec<String>,
    /// Handles that own nothing here: lower case, without `@`, each once.
    pub mentions: Vec<String>,
    /// What it says of other items.
    pub links: Vec<WrittenLink>,
    /// Of a decision: the indented lines under it, one per line, bullets taken off.
    pub rationale: Option<String>,
    /// Of a decision: what an indented line "Alternatives: …" says.
    pub alternatives: Option<String>,
    /// Of a decision: when to look at it again.
    pub revisit: Option<NaiveDate>,
    /// Of a decision: whether it stands in prep.
    pub proposed: bool,
    /// Lines of a summary that repeat it; their boxes follow.
    pub repeats: Vec<u32>,
}

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// In order of line.
    pub items: Vec<ParsedItem>,
    /// Topics outside items, each once.
    pub topics: Vec<String>,
    /// Handles outside items, each once.
    pub mentions: Vec<String>,
}

/// Reads a note. Time grows with its length alone, not with the number of people known.
#[must_use]
pub fn parse(text: &str, cx: &Context) -> Parsed {
    let (drafts, topics, mentions) = read::drafts(text, cx);
    Parsed { items: drafts.into_iter().map(|d| d.item).collect(), topics, mentions }
}
