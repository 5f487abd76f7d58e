//! Values read where they are typed, so that what cannot be read is wrong usage and never reaches the vault.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// A closed vocabulary; `-` is taken for `_`.
pub fn word<T>(words: impl IntoIterator<Item = impl Into<PossibleValue>>) -> impl TypedValueParser<Value = T>
where
    T: FromStr + Clone + Send + Sync + 'static,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.to_lowercase().replace('-', "_").parse())
}

/// `yes` or `no`.
pub fn yes_no() -> impl TypedValueParser<Value = bool> {
    PossibleValuesParser::new(["yes", "no"]).map(|word| word.eq_ignore_ascii_case("yes"))
}

/// RFC 3339, with an offset.
pub fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_| "a time with its offset is needed, as 2026-11-22T09:00:00+01:00".to_owned())
}

/// A name of the IANA time zone database.
pub fn zone(text: &str) -> Result<Tz, String> {
    text.parse()
        .map_err(|_| "no such time zone; a name like Europe/Lisbon, America/New_York or UTC is needed".to_owned())
}
