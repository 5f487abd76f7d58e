//! Which times can be written down: years of four digits, in whatever zone they are read (RFC 3339 §5.6).

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::Occurrence;
use crate::calendar::Warning;
use crate::model::{OriginalStart, Times};

/// A day from either end, so that no zone leads out of the years 1 to 9999.
const FIRST: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 2).expect("a date of that year");
const LAST: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 30).expect("a date of that year");

/// Leaves out what starts outside those years, with a warning; what ends outside ends with them.
pub(super) fn within_years<'a>(mut found: Vec<Occurrence<'a>>, warnings: &mut Vec<Warning>) -> Vec<Occurrence<'a>> {
    let mut outside = None;
    found.retain_mut(|occurrence| {
        let can_be_written =
            day_of(occurrence.original_start.as_ref()).is_none_or(is_written) && shorten(&mut occurrence.times);
        if !can_be_written {
            outside = Some(occurrence.event);
        }
        can_be_written
    });
    if let Some(event) = outside {
        warnings.push(Warning::about(event, "it lies outside the years 1 to 9999 and was left out"));
    }
    found
}

fn is_written(day: NaiveDate) -> bool {
    (FIRST..=LAST).contains(&day)
}

fn day_of(original: Option<&OriginalStart>) -> Option<NaiveDate> {
    original.map(|original| match original {
        OriginalStart::Date(date) => *date,
        OriginalStart::Floating(local) => local.date(),
        OriginalStart::Instant(at) => at.date_naive(),
    })
}

/// Whether the start can be written; the end then can, too.
fn shorten(times: &mut Times) -> bool {
    match times {
        Times::AllDay { start, end } => {
            *end = (*end).min(LAST.succ_opt().unwrap_or(LAST));
            is_written(*start) && start < end
        }
        Times::Timed { start, end, .. } => {
            let last: DateTime<Utc> = LAST.and_time(NaiveTime::MIN).and_utc();
            *end = (*end).min(last.max(*start));
            is_written(start.date_naive())
        }
    }
}
