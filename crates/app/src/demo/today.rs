//! The day of `now`: full, whatever day and hour it is.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use throughline_core::model::midnight;

/// Today, and where its meetings lie.
#[derive(Debug, Clone)]
pub(super) struct Day {
    pub(super) now: DateTime<Utc>,
    pub(super) zone: Tz,
    pub(super) today: NaiveDate,
    /// The working day whose series meet today: today, or the one next to it on a weekend.
    pub(super) anchor: NaiveDate,
    slots: [(&'static str, DateTime<Utc>); 6],
}

/// Single meetings of today, beside the series of [`super::series::TODAY`]: the key, and how long, in minutes.
const LENGTHS: [(&str, i64); 6] =
    [("today-vendor", 45), ("staff", 60), ("priya", 30), ("acme", 60), ("today-debrief", 45), ("today-board", 60)];

impl Day {
    pub(super) fn new(now: DateTime<Utc>, zone: Tz) -> Self {
        let today = now.with_timezone(&zone).date_naive();
        let anchor = match today.weekday() {
            Weekday::Sat => today - Duration::days(1),
            Weekday::Sun => today + Duration::days(1),
            _ => today,
        };
        Self { now, zone, today, anchor, slots: slots(now, today, zone) }
    }

    /// When the meeting of this key begins today; none for what does not meet today.
    pub(super) fn slot(&self, key: &str) -> Option<DateTime<Utc>> {
        self.slots.iter().find(|s| s.0 == key).map(|s| s.1)
    }

    /// How long the single meeting of today with this key is.
    pub(super) fn length(key: &str) -> i64 {
        LENGTHS.iter().find(|l| l.0 == key).map_or(60, |l| l.1)
    }

    /// Whether today is a day on whose hours a series can be set for good: a working day, in working hours.
    pub(super) fn usual(&self) -> bool {
        let minute = self.minute_of(self.now);
        self.today == self.anchor && (8 * 60 + 30..=16 * 60 + 30).contains(&minute)
    }

    /// Minutes after midnight on the wall clock.
    pub(super) fn minute_of(&self, at: DateTime<Utc>) -> i64 {
        let local = at.with_timezone(&self.zone);
        i64::from(local.hour() * 60 + local.minute())
    }
}

/// Staff is just over or in its last minutes, the 1:1 begins within twenty minutes, the rest lies around them; all on
/// the same day where it has room.
fn slots(now: DateTime<Utc>, today: NaiveDate, zone: Tz) -> [(&'static str, DateTime<Utc>); 6] {
    let (from, to) = (midnight(today, zone), midnight(today + Duration::days(1), zone));
    let quarter = Duration::minutes(15);
    let past = now - Duration::seconds((now - from).num_seconds() % quarter.num_seconds());
    let staff = (past - Duration::minutes(60)).max(from);
    let mut soon = past + quarter;
    if soon - now < Duration::minutes(3) {
        soon += quarter;
    }
    if soon >= to {
        soon = if now < to - Duration::minutes(5) { to - Duration::minutes(5) } else { to - Duration::minutes(1) };
        soon = if soon > now { soon } else { to };
    }
    let mut before = staff - Duration::minutes(75);
    let mut after = soon + Duration::minutes(90);
    let mut place = |gap: i64| {
        if after + Duration::minutes(15) <= to {
            let at = after;
            after += Duration::minutes(gap);
            at
        } else {
            let at = before.max(from);
            before -= Duration::minutes(90);
            at
        }
    };
    let (acme, debrief, board) = (place(90), place(120), place(90));
    let vendor = if before >= from { before } else { after.min(to - Duration::minutes(45)) };
    [
        ("today-vendor", vendor),
        ("staff", staff),
        ("priya", soon),
        ("acme", acme),
        ("today-debrief", debrief),
        ("today-board", board),
    ]
}
