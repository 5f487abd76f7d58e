//! What is found under a key, and how it is compared.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Compare, Test};
use crate::graph::read::covers;
use crate::model::PersonId;
use crate::people::fold;

/// What a key finds.
pub(super) enum Measure<'a> {
    Texts(Vec<&'a str>),
    Words(Vec<&'static str>),
    People(BTreeSet<PersonId>),
    Topics(Vec<&'a str>),
    Count(u32),
    /// Days gone by, below zero of what is to come; none where it never was.
    Age(Option<i64>),
    Day(Option<NaiveDate>),
    There(bool),
}

impl Measure<'_> {
    /// `people` are those a name in the test stands for.
    pub(super) fn passes(&self, test: &Test, people: Option<&BTreeSet<PersonId>>) -> bool {
        match test {
            Test::None => !self.is_there(),
            Test::Any => self.is_there(),
            Test::Is(wanted) => match self {
                Self::Texts(texts) => is_in(wanted, texts),
                Self::Words(words) => words.contains(&wanted.as_str()),
                Self::People(found) => people.is_some_and(|people| !people.is_disjoint(found)),
                Self::Topics(topics) => topics.iter().any(|topic| covers(&wanted.to_lowercase(), topic)),
                _ => false,
            },
            Test::Count(compare, wanted) => matches!(self, Self::Count(found) if compare.holds(*found, *wanted)),
            Test::Age(compare, wanted) => match self {
                // What is to come is not so and so long ago.
                Self::Age(Some(days)) => *days >= 0 && compare.holds(*days, i64::from(*wanted)),
                Self::Age(None) => matches!(compare, Compare::Over | Compare::AtLeast),
                _ => false,
            },
            Test::Day(compare, wanted) => matches!(self, Self::Day(Some(day)) if compare.holds(*day, *wanted)),
        }
    }

    fn is_there(&self) -> bool {
        match self {
            Self::Texts(texts) => texts.iter().any(|text| !text.trim().is_empty()),
            Self::Words(words) => !words.is_empty(),
            Self::People(people) => !people.is_empty(),
            Self::Topics(topics) => !topics.is_empty(),
            Self::Count(count) => *count > 0,
            Self::Age(age) => age.is_some(),
            Self::Day(day) => day.is_some(),
            Self::There(there) => *there,
        }
    }

    /// The number to show beside what was found: a count, or days.
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Count(count) => Some(i64::from(*count)),
            Self::Age(age) => *age,
            _ => None,
        }
    }
}

/// Whether one text holds all the words, in any order and case, accents aside.
fn is_in(wanted: &str, texts: &[&str]) -> bool {
    let wanted = fold(wanted);
    texts.iter().map(|text| fold(text)).any(|text| wanted.split_whitespace().all(|word| text.contains(word)))
}
