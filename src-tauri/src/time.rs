//! What time it is for the window: the system's clock, or one that was set when the program started and runs on from there.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use throughline_app::Clock;

/// Where the time comes from.
#[derive(Debug, Clone, Copy)]
pub struct Time {
    zone: Option<Tz>,
    /// `--now`, and when it was said.
    set: Option<(DateTime<Utc>, Instant)>,
}

impl Time {
    /// The system's clock and zone, as far as nothing else is said.
    #[must_use]
    pub fn new(now: Option<DateTime<Utc>>, zone: Option<Tz>) -> Self {
        Self { zone, set: now.map(|now| (now, Instant::now())) }
    }

    /// This moment.
    #[must_use]
    pub fn clock(&self) -> Clock {
        let mut clock = Clock::system(self.zone);
        if let Some((now, since)) = self.set {
            clock.now = now + TimeDelta::from_std(since.elapsed()).unwrap_or_default();
        }
        clock
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_runs_on() {
        let set: DateTime<Utc> = "2026-11-19T10:18:00Z".parse().unwrap();
        let time = Time::new(Some(set), Some(chrono_tz::Europe::Berlin));
        let first = time.clock();
        std::thread::sleep(std::time::Duration::from_millis(5));
        let second = time.clock();
        assert!(first.now >= set && first.now < set + TimeDelta::minutes(1), "{}", first.now);
        assert!(second.now > first.now);
        assert_eq!(second.zone, chrono_tz::Europe::Berlin);
    }
}
