//! How long events last.

use chrono::Duration;

use super::Expander;
use crate::calendar::{Event, EventDuration, EventTime, Rdate, Warning};

/// RFC 5545 §3.8.5.3: an end gives every occurrence the same exact length, a duration the same nominal one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Length {
    Exact(Duration),
    Nominal { days: Duration, rest: Duration },
}

impl Length {
    /// Of an event; an end before the start counts as none, with a warning.
    pub(crate) fn of(expander: &mut Expander, event: &Event, warnings: &mut Vec<Warning>) -> Self {
        let length = match (&event.end, event.duration) {
            (Some(end), _) => Self::between(expander, &event.start, end),
            (None, Some(duration)) => Self::lasting(duration),
            (None, None) => Some(Self::none(&event.start)),
        };
        length.unwrap_or_else(|| {
            warnings.push(Warning::about(event, "it ends before it starts; its end was left out"));
            Self::none(&event.start)
        })
    }

    /// Of a further date that is a period; none where it has no length of its own.
    pub(crate) fn of_period(expander: &mut Expander, rdate: &Rdate) -> Option<Self> {
        match (&rdate.end, rdate.duration) {
            (Some(end), _) => Self::between(expander, &rdate.start, end),
            (None, Some(duration)) => Self::lasting(duration),
            (None, None) => None,
        }
    }

    /// In whole days, at least one.
    pub(crate) fn whole_days(self) -> i64 {
        let length = match self {
            Self::Exact(length) => length,
            Self::Nominal { days, rest } => days.checked_add(&rest).unwrap_or(days),
        };
        (length.num_seconds().saturating_add(86_399) / 86_400).max(1)
    }

    fn none(start: &EventTime) -> Self {
        Self::Exact(if start.is_date() { Duration::days(1) } else { Duration::zero() })
    }

    fn between(expander: &mut Expander, start: &EventTime, end: &EventTime) -> Option<Self> {
        let length = if start.is_date() || matches!(start, EventTime::Floating(_)) {
            end.local() - start.local()
        } else if end.is_date() || matches!(end, EventTime::Floating(_)) {
            let end = start.with_local(end.local());
            expander.instant(&end) - expander.instant(start)
        } else {
            expander.instant(end) - expander.instant(start)
        };
        (length >= Duration::zero()).then_some(Self::Exact(length))
    }

    fn lasting(duration: EventDuration) -> Option<Self> {
        let days = Duration::try_days(duration.days)?;
        let rest = Duration::try_seconds(duration.seconds)?;
        (days >= Duration::zero() && rest >= Duration::zero()).then_some(Self::Nominal { days, rest })
    }
}
