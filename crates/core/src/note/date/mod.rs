//! Dates in words, relative to a meeting's date.
//!
//! A weekday is the next one after that date; a month is its first day, a quarter too; a day without a year is the next
//! such day on or after that date. "next Friday" is the Friday of the next week (weeks begin on Monday), the end of a
//! week its Friday. Of `3/12` nobody can say which is the month, so it is none; `13/12`, `3.12.` and `2026/12/03` are
//! clear.

mod period;
mod point;
mod reader;
mod unit;
mod word;

use chrono::NaiveDate;

use reader::Reader;

/// Reads a date phrase that begins `phrase` ("Friday", "end of month", "3 Dec", "2 weeks"), relative to `reference`.
/// What does not begin with a date, and an impossible one, is none.
#[must_use]
pub fn parse_date(phrase: &str, reference: NaiveDate) -> Option<NaiveDate> {
    let span = read(phrase, Some(reference)).or_else(|| duration(phrase, Some(reference)))?;
    span.date
}

/// A phrase read at the front of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::note) struct Phrase {
    /// Its length in bytes.
    pub len: usize,
    /// None: impossible, ambiguous, or relative to a date nobody knows.
    pub date: Option<NaiveDate>,
    /// It is only the name of a month, which may be a person's.
    pub only_month: bool,
}

/// A date phrase at the front of `text`; none where there is no such phrase.
pub(in crate::note) fn read(text: &str, reference: Option<NaiveDate>) -> Option<Phrase> {
    Reader::new(text, reference).phrase()
}

/// A span of time at the front of `text`, counted from the reference: "2 weeks", "a fortnight", "the week".
pub(in crate::note) fn duration(text: &str, reference: Option<NaiveDate>) -> Option<Phrase> {
    let mut reader = Reader::new(text, reference);
    let read = reader.within()?;
    Some(reader.done(read))
}
