//! When things are: instants beside the zone they were meant in, and dates that are not midnights.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// When a meeting is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Times {
    /// Whole days, as dates; `end` is exclusive (RFC 5545 §3.6.1) and after `start`.
    AllDay {
        /// First day.
        start: NaiveDate,
        /// The day after the last.
        end: NaiveDate,
    },
    /// Two instants, `start <= end`, and the IANA zone they were meant in.
    Timed {
        /// First instant.
        start: DateTime<Utc>,
        /// The instant it is over.
        end: DateTime<Utc>,
        /// The zone it was meant in.
        zone: Tz,
    },
}

impl Times {
    /// The instant it begins; an all-day meeting begins at its first midnight in `zone`.
    #[must_use]
    pub fn start(&self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::AllDay { start, .. } => midnight(*start, zone),
            Self::Timed { start, .. } => *start,
        }
    }

    /// The instant it is over; an all-day meeting ends at the midnight after its last day in `zone`.
    #[must_use]
    pub fn end(&self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::AllDay { end, .. } => midnight(*end, zone),
            Self::Timed { end, .. } => *end,
        }
    }

    /// The date it begins, read in `zone`; an all-day meeting's date is the same in every zone.
    #[must_use]
    pub fn date(&self, zone: Tz) -> NaiveDate {
        match self {
            Self::AllDay { start, .. } => *start,
            Self::Timed { start, .. } => start.with_timezone(&zone).date_naive(),
        }
    }

    /// The date it begins, read in the zone it was meant in.
    #[must_use]
    pub fn own_date(&self) -> NaiveDate {
        match self {
            Self::AllDay { start, .. } => *start,
            Self::Timed { start, zone, .. } => start.with_timezone(zone).date_naive(),
        }
    }

    /// Whether it is of whole days.
    #[must_use]
    pub fn is_all_day(&self) -> bool {
        matches!(self, Self::AllDay { .. })
    }
}

/// The first instant of `date` in `zone`; where a gap swallows midnight, the first instant after the gap.
#[must_use]
pub fn midnight(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    resolve_local(date.and_time(chrono::NaiveTime::MIN), zone)
}

/// The instant of a wall-clock time in `zone`. A gap moves forward by the offset before it; a fold takes the first
/// (RFC 5545 §3.3.5).
#[must_use]
pub fn resolve_local(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    use chrono::{LocalResult, Offset};
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        LocalResult::None => {
            let before = zone.offset_from_utc_datetime(&(local - chrono::Duration::days(1)));
            DateTime::from_naive_utc_and_offset(local - before.fix(), Utc)
        }
    }
}

/// The start an occurrence had before anyone moved it: with its series, the identity of a meeting.
///
/// Zoned starts compare as instants; floating and all-day ones as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginalStart {
    /// Of an all-day event.
    Date(NaiveDate),
    /// Of an event without a zone.
    Floating(NaiveDateTime),
    /// Of an event in a zone.
    Instant(DateTime<Utc>),
}
