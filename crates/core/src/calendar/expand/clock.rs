//! Between what clocks on walls show and instants.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::Expander;
use super::length::Length;
use crate::calendar::{Event, EventTime};
use crate::model::{OriginalStart, Times, resolve_local};

impl Expander {
    /// What the clock of `frame` shows at `time`.
    pub(super) fn local_in(&mut self, frame: &EventTime, time: &EventTime) -> NaiveDateTime {
        match (frame, time) {
            (EventTime::Date(_), _) => time.local().date().and_time(chrono::NaiveTime::MIN),
            (EventTime::Zoned { zone, .. }, EventTime::Zoned { zone: other, local }) if zone != other => {
                let at = self.zones.instant(other, *local);
                self.zones.local(zone, at)
            }
            (EventTime::Zoned { zone, .. }, EventTime::Utc(at)) => self.zones.local(zone, *at),
            (EventTime::Utc(_), EventTime::Zoned { zone, local }) => self.zones.instant(zone, *local).naive_utc(),
            (EventTime::Floating(_), EventTime::Utc(at)) => at.with_timezone(&self.user_zone).naive_local(),
            _ => time.local(),
        }
    }

    /// The identity of the occurrence that starts at `local` on the clock of `frame`.
    pub(crate) fn key(&mut self, frame: &EventTime, local: NaiveDateTime) -> OriginalStart {
        match frame {
            EventTime::Date(_) => OriginalStart::Date(local.date()),
            EventTime::Floating(_) => OriginalStart::Floating(local),
            EventTime::Zoned { zone, .. } => OriginalStart::Instant(self.zones.instant(zone, local)),
            EventTime::Utc(_) => OriginalStart::Instant(local.and_utc()),
        }
    }

    /// The instant of a time; a date is its first midnight.
    pub(super) fn instant(&mut self, time: &EventTime) -> DateTime<Utc> {
        match time {
            EventTime::Date(date) => crate::model::midnight(*date, self.user_zone),
            EventTime::Floating(local) => resolve_local(*local, self.user_zone),
            EventTime::Zoned { local, zone } => self.zones.instant(zone, *local),
            EventTime::Utc(at) => *at,
        }
    }

    /// When something is that starts at `start`.
    pub(crate) fn times(&mut self, start: &EventTime, length: Length) -> Times {
        if let EventTime::Date(date) = start {
            let end = date.checked_add_signed(Duration::days(length.whole_days())).unwrap_or(*date);
            return Times::AllDay { start: *date, end };
        }
        let at = self.instant(start);
        let end = match length {
            Length::Exact(length) => at.checked_add_signed(length),
            Length::Nominal { days, rest } => start
                .local()
                .checked_add_signed(days)
                .map(|local| self.instant(&start.with_local(local)))
                .and_then(|day| day.checked_add_signed(rest)),
        };
        let zone = match start {
            EventTime::Zoned { zone, .. } => self.zones.iana(zone, at, self.user_zone),
            EventTime::Utc(_) => Tz::UTC,
            _ => self.user_zone,
        };
        Times::Timed { start: at, end: end.unwrap_or(at).max(at), zone }
    }

    /// The day an original start of `event` lies on, on the event's own clock.
    pub(crate) fn day(&mut self, event: &Event, original: &OriginalStart) -> NaiveDate {
        match (original, &event.start) {
            (OriginalStart::Date(date), _) => *date,
            (OriginalStart::Floating(local), _) => local.date(),
            (OriginalStart::Instant(at), EventTime::Zoned { zone, .. }) => self.zones.local(zone, *at).date(),
            (OriginalStart::Instant(at), _) => at.date_naive(),
        }
    }
}
