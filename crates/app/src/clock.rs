//! What time it is, and how days and instants are written.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use throughline_core::graph::AsOf;
use throughline_core::model::resolve_local;

use crate::{Failure, Result};

/// The moment and the zone a run is in: the one place where the system's clock is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The user's zone.
    pub zone: Tz,
}

impl Clock {
    /// The system's clock, in `zone` or else the system's zone (UTC where it does not say).
    #[must_use]
    pub fn system(zone: Option<Tz>) -> Self {
        #[expect(clippy::disallowed_methods, reason = "here the clock comes in; everything else is handed a Clock")]
        let now = Utc::now();
        let zone =
            zone.or_else(|| iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok())).unwrap_or(Tz::UTC);
        Self { now, zone }
    }

    /// The user's date.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// The end of the user's day: by what was decided until then, what holds today is told.
    #[must_use]
    pub fn as_of_today(&self) -> AsOf {
        AsOf { day: self.today(), zone: self.zone }
    }
}

/// Refuses a span whose last day is before its first.
pub(crate) fn span(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<()> {
    match (from, to) {
        (Some(from), Some(to)) if to < from => {
            Err(Failure::usage("unreadable_span", format!("{to} is before {from}: there are no days between them."))
                .hint("Give the first day and then the last."))
        }
        _ => Ok(()),
    }
}

/// A zone by its IANA name.
///
/// # Errors
/// A usage failure where there is no such zone.
pub fn parse_zone(name: &str) -> Result<Tz> {
    name.parse().map_err(|_| {
        Failure::usage("unknown_zone", format!("There is no time zone called `{name}`."))
            .hint("Use an IANA name, such as Europe/Berlin.")
    })
}

/// A day: `YYYY-MM-DD`, `today`, `today+N`, `today-N`.
///
/// # Errors
/// A usage failure where the text is none of these.
pub fn parse_day(text: &str, clock: &Clock) -> Result<NaiveDate> {
    read_day(text.trim(), clock.today()).ok_or_else(|| {
        Failure::usage("unreadable_date", format!("`{text}` is not a date."))
            .hint("Write it as YYYY-MM-DD, today, today+N or today-N.")
    })
}

fn read_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Some(rest) = text.strip_prefix("today") {
        if rest.is_empty() {
            return Some(today);
        }
        let (sign, days) = rest.split_at_checked(1)?;
        let days = Days::new(days.parse::<u32>().ok()?.into());
        return match sign {
            "+" => today.checked_add_days(days),
            "-" => today.checked_sub_days(days),
            _ => None,
        };
    }
    (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// When a meeting made by hand starts or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A whole day.
    Date(NaiveDate),
    /// An instant.
    At(DateTime<Utc>),
}

/// A moment: RFC 3339, a local time (`2026-11-22T09:00`, seconds and a space for the `T` allowed), or a day for a
/// meeting of whole days.
///
/// # Errors
/// A usage failure where the text is none of these.
pub fn parse_moment(text: &str, clock: &Clock) -> Result<Moment> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(Moment::At(at.to_utc()));
    }
    let local = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    if let Some(local) = local {
        return Ok(Moment::At(resolve_local(local, clock.zone)));
    }
    read_day(text, clock.today()).map(Moment::Date).ok_or_else(|| {
        Failure::usage("unreadable_time", format!("`{text}` is not a time.")).hint(
            "Write it as 2026-11-22T09:00, with an offset if it is of another zone, or as a date for a whole day.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock { now: "2026-11-22T23:30:00Z".parse().unwrap(), zone: chrono_tz::Europe::Berlin }
    }

    #[test]
    fn days_are_read_in_the_users_zone() {
        for (text, expected) in [
            ("2026-12-01", Some("2026-12-01")),
            ("today", Some("2026-11-23")),
            ("today+1", Some("2026-11-24")),
            ("today-23", Some("2026-10-31")),
            ("2026-02-30", None),
            ("2026-1-1", None),
            ("today*2", None),
            ("today+", None),
            ("today+-1", None),
            ("today+99999999999", None),
            ("tomorrow", None),
            ("", None),
        ] {
            let read = parse_day(text, &clock()).ok().map(|day| day.to_string());
            assert_eq!(read.as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn moments_are_instants_local_times_or_days() {
        for (text, expected) in [
            ("2026-11-22T09:00:00Z", "2026-11-22T09:00:00+00:00"),
            ("2026-11-22T09:00:00-05:00", "2026-11-22T14:00:00+00:00"),
            ("2026-11-22T09:00", "2026-11-22T08:00:00+00:00"),
            ("2026-11-22 09:00", "2026-11-22T08:00:00+00:00"),
            ("2026-03-29T02:30", "2026-03-29T01:30:00+00:00"),
            ("2026-10-25T02:30", "2026-10-25T00:30:00+00:00"),
        ] {
            let Moment::At(at) = parse_moment(text, &clock()).unwrap() else { panic!("{text}") };
            assert_eq!(at.to_rfc3339(), expected, "{text:?}");
        }
        assert_eq!(
            parse_moment("2026-11-22", &clock()),
            Ok(Moment::Date(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()))
        );
        assert!(parse_moment("nine", &clock()).unwrap_err().usage);
    }
}
