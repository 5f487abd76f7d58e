//! Times as they are told.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Serialize, Serializer};
use throughline_core::model::Times;

/// A time with the user's offset, or a date: RFC 3339, or `YYYY-MM-DD` for what is of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// A date, in every zone the same.
    Date(NaiveDate),
    /// An instant, with the offset of the user's zone.
    At(DateTime<FixedOffset>),
}

impl When {
    /// An instant as told in `zone`.
    #[must_use]
    pub fn at(instant: DateTime<Utc>, zone: Tz) -> Self {
        Self::At(instant.with_timezone(&zone).fixed_offset())
    }

    /// The start of `times` as told in `zone`.
    #[must_use]
    pub fn start(times: &Times, zone: Tz) -> Self {
        match times {
            Times::AllDay { start, .. } => Self::Date(*start),
            Times::Timed { start, .. } => Self::at(*start, zone),
        }
    }

    /// The end of `times` as told in `zone`; exclusive, of whole days too.
    #[must_use]
    pub fn end(times: &Times, zone: Tz) -> Self {
        match times {
            Times::AllDay { end, .. } => Self::Date(*end),
            Times::Timed { end, .. } => Self::at(*end, zone),
        }
    }

    /// The date it falls on.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        match self {
            Self::Date(date) => date,
            Self::At(at) => at.date_naive(),
        }
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::At(at) => f.write_str(&at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)),
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl specta::Type for When {
    fn definition(types: &mut specta::Types) -> specta::datatype::DataType {
        String::definition(types)
    }
}
