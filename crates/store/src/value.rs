//! How values stand in the database.

use std::collections::HashMap;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use throughline_core::model::{OriginalStart, Times, UnknownWord};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

use crate::{Error, Result};

/// Rows a statement: enough that the statement's own cost does not show, few enough to bound memory.
pub(crate) const BATCH: usize = 2_000;

pub(crate) fn corrupt(error: impl std::fmt::Display) -> Error {
    Error::Corrupt(error.to_string())
}

/// To the second, as meetings are.
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// To the millisecond, as the log is.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

pub(crate) fn read_instant(text: &str) -> Result<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc)).map_err(corrupt)
}

pub(crate) fn date(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

pub(crate) fn read_date(text: &str) -> Result<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(corrupt)
}

pub(crate) fn read_word<T: FromStr<Err = UnknownWord>>(word: &str) -> Result<T> {
    word.parse().map_err(corrupt)
}

pub(crate) fn read_json<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(corrupt)
}

/// Rows as a JSON array, to be taken apart by `json_each`.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(corrupt)
}

/// Ids as a JSON array.
pub(crate) fn json_ids<T: Copy + Into<Uuid>>(ids: &[T]) -> Result<String> {
    json(&ids.iter().map(|&id| id.into()).collect::<Vec<Uuid>>())
}

/// The rows in the order of `ids`; an id without a row is left out.
pub(crate) fn in_order<T, K: Eq + std::hash::Hash>(ids: &[K], rows: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let places: HashMap<&K, usize> = ids.iter().enumerate().map(|(place, id)| (id, place)).collect();
    let mut rows = rows;
    rows.sort_by_key(|row| places.get(&key(row)).copied());
    rows
}

/// The columns of [`Times`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TimeColumns {
    pub start_utc: Option<String>,
    pub end_utc: Option<String>,
    pub zone: Option<String>,
    pub start_date: Option<String>,
    pub end_date: Option<String>,
}

impl From<&Times> for TimeColumns {
    fn from(times: &Times) -> Self {
        match times {
            Times::AllDay { start, end } => {
                Self { start_date: Some(date(*start)), end_date: Some(date(*end)), ..Self::default() }
            }
            Times::Timed { start, end, zone } => Self {
                start_utc: Some(instant(*start)),
                end_utc: Some(instant(*end)),
                zone: Some(zone.name().to_owned()),
                ..Self::default()
            },
        }
    }
}

impl TimeColumns {
    /// None where no column is set.
    pub(crate) fn read(&self) -> Result<Option<Times>> {
        Ok(match self {
            Self { start_utc: Some(start), end_utc: Some(end), zone: Some(zone), .. } => Some(Times::Timed {
                start: read_instant(start)?,
                end: read_instant(end)?,
                zone: Tz::from_str(zone).map_err(corrupt)?,
            }),
            Self { start_date: Some(start), end_date: Some(end), .. } => {
                Some(Times::AllDay { start: read_date(start)?, end: read_date(end)? })
            }
            _ => None,
        })
    }
}

const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";

pub(crate) fn original_start(start: &OriginalStart) -> String {
    match start {
        OriginalStart::Date(day) => format!("date:{}", date(*day)),
        OriginalStart::Floating(local) => format!("local:{}", local.format(LOCAL)),
        OriginalStart::Instant(at) => format!("utc:{}", instant(*at)),
    }
}

pub(crate) fn read_original_start(text: &str) -> Result<OriginalStart> {
    match text.split_once(':') {
        Some(("date", day)) => Ok(OriginalStart::Date(read_date(day)?)),
        Some(("local", local)) => {
            NaiveDateTime::parse_from_str(local, LOCAL).map(OriginalStart::Floating).map_err(corrupt)
        }
        Some(("utc", at)) => Ok(OriginalStart::Instant(read_instant(at)?)),
        _ => Err(corrupt("an original start without its sort")),
    }
}

/// Case and diacritics folded, white space collapsed: equal for names a person would call the same.
pub(crate) fn fold(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn original_starts_come_back_as_they_went() {
        for text in ["date:2026-11-22", "local:2026-11-22T09:30:00", "utc:2026-11-22T09:30:00Z"] {
            assert_eq!(original_start(&read_original_start(text).unwrap()), text);
        }
        assert!(read_original_start("2026-11-22").is_err());
    }

    #[test]
    fn names_are_folded_by_case_marks_and_spaces() {
        for (name, folded) in
            [("  José  Ávila", "jose avila"), ("ANA", "ana"), ("Ｆｕｌｌ", "full"), ("Straße", "straße")]
        {
            assert_eq!(fold(name), folded);
        }
    }
}
