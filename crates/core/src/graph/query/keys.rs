//! The keys of each kind: what parser, completion and documentation all read.

use super::Kind;

/// What a key's values are, and so what it may be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Words to be found in a text; `none` and `any`.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A person by name, handle or address; `me`, `none`, `any`.
    Person,
    /// An organization by name or domain; `none`, `any`.
    Organization,
    /// A topic or one below it; `none`, `any`.
    Topic,
    /// A number.
    Count,
    /// A time gone by: `10d`, `3w`, `6m`, `1y`; `none` where it never was.
    Age,
    /// A day: `2026-03-01`, `today`, `today-14`; `none`, `any`.
    Day,
    /// There or not: only `none` and `any`.
    Presence,
    /// The first or last day that counts, itself included.
    Bound,
}

impl Sort {
    /// Whether it is a number to show beside what is found.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Age)
    }
}

/// A key.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// What its values are.
    pub sort: Sort,
    /// What it looks at, for people.
    pub says: &'static str,
}

impl Key {
    /// Conditions with it that can be asked, for completion and help.
    #[must_use]
    pub fn examples(&self) -> Vec<String> {
        let values: &[&str] = match self.sort {
            Sort::Text => &[":budget"],
            Sort::Choice(words) => return words.iter().map(|word| format!("{}:{word}", self.name)).collect(),
            Sort::Person => &[":me", ":ana", ":none"],
            Sort::Organization => &[":acme", ":none"],
            Sort::Topic => &[":pricing", ":none"],
            Sort::Count => &[":0", ">0", ">=3"],
            Sort::Age => &[">3w", "<10d", ":none"],
            Sort::Day => &["<today", ">=2026-03-01", ":none"],
            Sort::Presence => &[":any", ":none"],
            Sort::Bound => &[":today-28", ":2026-03-01"],
        };
        values.iter().map(|value| format!("{}{value}", self.name)).collect()
    }
}

const fn key(name: &'static str, sort: Sort, says: &'static str) -> Key {
    Key { name, sort, says }
}

const YES_NO: Sort = Sort::Choice(&["yes", "no"]);
const FROM: Key = key("from", Sort::Bound, "only meetings on that day or later count");
const TO: Key = key("to", Sort::Bound, "only meetings on that day or earlier count");

static PEOPLE: &[Key] = &[
    key("name", Sort::Text, "their name, handle or address"),
    key("relation", Sort::Choice(&["report", "manager", "peer", "client", "none"]), "what they are to you"),
    key("org", Sort::Organization, "where they are"),
    key("topic", Sort::Topic, "what they own, decided or asked is about"),
    key("last-1:1", Sort::Age, "the last meeting of the two of you"),
    key("last-met", Sort::Age, "the last meeting you both were at"),
    key("meetings", Sort::Count, "meetings you both were at"),
    key("hours", Sort::Count, "whole hours in those meetings"),
    key("open", Sort::Count, "open actions of theirs"),
    key("decisions", Sort::Count, "decisions they made that hold"),
    FROM,
    TO,
];

static ORGANIZATIONS: &[Key] = &[
    key("name", Sort::Text, "its name or domain"),
    key("people", Sort::Count, "people of it"),
    key("last-met", Sort::Age, "the last meeting with anybody of it"),
    key("meetings", Sort::Count, "meetings with anybody of it"),
    key("hours", Sort::Count, "whole hours in those meetings"),
    key("open", Sort::Count, "open actions of its people"),
    FROM,
    TO,
];

static SERIES: &[Key] = &[
    key("title", Sort::Text, "what its meetings are called"),
    key("person", Sort::Person, "somebody who was at one of its meetings"),
    key("org", Sort::Organization, "somebody of it was at one of its meetings"),
    key("topic", Sort::Topic, "what its notes are about"),
    key("meetings", Sort::Count, "meetings that took place"),
    key("hours", Sort::Count, "whole hours in those meetings"),
    key("outcomes", Sort::Count, "actions, decisions and questions in their notes"),
    key("decisions", Sort::Count, "decisions in their notes"),
    key("open", Sort::Count, "open actions in their notes"),
    key("last-met", Sort::Age, "its last meeting that took place"),
    FROM,
    TO,
];

static MEETINGS: &[Key] = &[
    key("title", Sort::Text, "what it is called"),
    key("person", Sort::Person, "somebody who was there"),
    key("org", Sort::Organization, "somebody of it was there"),
    key("topic", Sort::Topic, "what its notes are about"),
    key("series", Sort::Text, "what its series is called"),
    key("held", YES_NO, "whether it took place"),
    key("status", Sort::Choice(&["confirmed", "tentative", "cancelled"]), "whether it is on"),
    key("age", Sort::Age, "since it began"),
    key("purpose", Sort::Presence, "whether it says what it is for"),
    key("notes", Sort::Presence, "whether it has notes"),
    key("outcomes", Sort::Count, "actions, decisions and questions in its notes"),
    key("decisions", Sort::Count, "decisions in its notes"),
    key("open", Sort::Count, "open actions in its notes"),
    key("attendees", Sort::Count, "people invited, you among them"),
    key("hours", Sort::Count, "whole hours it lasts"),
    FROM,
    TO,
];

static ACTIONS: &[Key] = &[
    key("text", Sort::Text, "what it says"),
    key("owner", Sort::Person, "who is to do it"),
    key("person", Sort::Person, "who is to do it, is named, or was there"),
    key("org", Sort::Organization, "somebody of it is to do it, is named, or was there"),
    key("topic", Sort::Topic, "what it is about"),
    key("series", Sort::Text, "the series in whose notes it stands"),
    key("status", Sort::Choice(&["open", "done", "dropped", "overdue", "snoozed", "blocked"]), "how it stands"),
    key("due", Sort::Day, "when it is due"),
    key("age", Sort::Age, "since the meeting it comes from"),
    key("slips", Sort::Count, "how often its date was moved later"),
    FROM,
    TO,
];

static DECISIONS: &[Key] = &[
    key("text", Sort::Text, "what it says"),
    key("by", Sort::Person, "who decided"),
    key("present", Sort::Person, "who was at the meeting"),
    key("person", Sort::Person, "who decided, is named, or was there"),
    key("org", Sort::Organization, "somebody of it decided, is named, or was there"),
    key("topic", Sort::Topic, "what it is about"),
    key("series", Sort::Text, "the series in whose notes it stands"),
    key("status", Sort::Choice(&["holds", "superseded", "proposed"]), "how it stands"),
    key("revisit", Sort::Day, "when to look at it again"),
    key("revisited", Sort::Age, "since it, or an item that links to it, was last written"),
    key("age", Sort::Age, "since the meeting it comes from"),
    key("rationale", Sort::Presence, "whether the note says why"),
    FROM,
    TO,
];

static QUESTIONS: &[Key] = &[
    key("text", Sort::Text, "what it says"),
    key("by", Sort::Person, "who asked"),
    key("person", Sort::Person, "who asked, is named, or was there"),
    key("org", Sort::Organization, "somebody of it asked, is named, or was there"),
    key("topic", Sort::Topic, "what it is about"),
    key("series", Sort::Text, "the series in whose notes it stands"),
    key("status", Sort::Choice(&["open", "answered"]), "how it stands"),
    key("age", Sort::Age, "since the meeting it comes from"),
    FROM,
    TO,
];

/// The keys of a kind, in the order they are shown.
#[must_use]
pub fn keys(kind: Kind) -> &'static [Key] {
    match kind {
        Kind::People => PEOPLE,
        Kind::Organizations => ORGANIZATIONS,
        Kind::Series => SERIES,
        Kind::Meetings => MEETINGS,
        Kind::Actions => ACTIONS,
        Kind::Decisions => DECISIONS,
        Kind::Questions => QUESTIONS,
    }
}
