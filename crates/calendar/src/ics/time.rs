//! Dates and times as iCalendar writes them.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarDuration, ICalendarEntry, ICalendarParameterName as Parameter, ICalendarPeriod, ICalendarValue as Value,
};
use chrono::{Duration, NaiveDate, NaiveDateTime};
use throughline_core::calendar::{EventDuration, EventTime, Rdate};

use super::zones::Zones;

/// What a list of times holds, and what in it could not be read.
pub(super) struct Times {
    pub found: Vec<Rdate>,
    pub broken: usize,
    /// A zone that nobody knows.
    pub unknown_zone: Option<String>,
}

/// The times of a property, periods among them.
pub(super) fn times(entry: &ICalendarEntry, zones: &mut Zones) -> Times {
    let tzid = entry.parameter(&Parameter::Tzid).and_then(|value| value.as_text());
    let mut times = Times { found: Vec::new(), broken: 0, unknown_zone: None };
    let mut zoned = |partial: &PartialDateTime| time(partial, tzid, zones, &mut times.unknown_zone);
    for value in &entry.values {
        let found = match value {
            Value::PartialDateTime(partial) => zoned(partial).map(|start| Rdate { start, end: None, duration: None }),
            Value::Period(ICalendarPeriod::Range { start, end }) => {
                zoned(start).zip(zoned(end)).map(|(start, end)| Rdate { start, end: Some(end), duration: None })
            }
            Value::Period(ICalendarPeriod::Duration { start, duration }) => {
                zoned(start).map(|start| Rdate { start, end: None, duration: Some(length(duration)) })
            }
            _ => None,
        };
        match found {
            Some(found) => times.found.push(found),
            None => times.broken += 1,
        }
    }
    times
}

fn time(
    partial: &PartialDateTime,
    tzid: Option<&str>,
    zones: &mut Zones,
    unknown_zone: &mut Option<String>,
) -> Option<EventTime> {
    let date = date(partial)?;
    if partial.hour.is_none() {
        return Some(EventTime::Date(date));
    }
    let local = local(partial)?;
    if let Some(hours) = partial.tz_hour {
        let offset = Duration::minutes(i64::from(hours) * 60 + i64::from(partial.tz_minute.unwrap_or(0)));
        let at = if partial.tz_minus { local + offset } else { local - offset };
        return Some(EventTime::Utc(at.and_utc()));
    }
    let Some(tzid) = tzid else { return Some(EventTime::Floating(local)) };
    match zones.find(tzid) {
        Some(zone) => Some(EventTime::Zoned { local, zone }),
        None => {
            *unknown_zone = Some(tzid.to_owned());
            Some(match zones.default_zone() {
                Some(zone) => EventTime::Zoned { local, zone },
                None => EventTime::Floating(local),
            })
        }
    }
}

/// The wall-clock time of a property without zones, as in a VTIMEZONE.
pub(super) fn local(partial: &PartialDateTime) -> Option<NaiveDateTime> {
    // A leap second counts as the second before it.
    let second = u32::from(partial.second.unwrap_or(0)).min(59);
    date(partial)?.and_hms_opt(partial.hour.unwrap_or(0).into(), partial.minute.unwrap_or(0).into(), second)
}

fn date(partial: &PartialDateTime) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(partial.year?.into(), partial.month?.into(), partial.day?.into())
        .filter(|date| *date >= NaiveDate::MIN && partial.year > Some(0))
}

/// A duration, days by the calendar and the rest by the clock.
pub(super) fn length(duration: &ICalendarDuration) -> EventDuration {
    let sign = if duration.neg { -1 } else { 1 };
    EventDuration {
        days: sign * (i64::from(duration.weeks) * 7 + i64::from(duration.days)),
        seconds: sign
            * (i64::from(duration.hours) * 3_600 + i64::from(duration.minutes) * 60 + i64::from(duration.seconds)),
    }
}
