//! What the demo promises.

mod calendar;
mod large;
mod notes;
mod today;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

/// Instants and zones a demo must stand: working days, weekends, New Year, days of summer and winter time, the edges of a
/// day, the edges of the world.
const NOWS: &[(&str, &str)] = &[
    ("2026-11-19T10:18:00Z", "Europe/Berlin"),
    ("2026-11-22T12:00:00Z", "Europe/London"),
    ("2026-11-21T20:30:00Z", "America/New_York"),
    ("2027-01-01T09:00:00Z", "Europe/Paris"),
    ("2026-12-26T15:00:00Z", "UTC"),
    ("2026-03-29T00:59:00Z", "Europe/Berlin"),
    ("2026-03-29T08:10:00Z", "Europe/Berlin"),
    ("2026-10-25T00:40:00Z", "Europe/Berlin"),
    ("2026-10-25T01:20:00Z", "Europe/Berlin"),
    ("2026-03-08T07:05:00Z", "America/New_York"),
    ("2026-11-01T05:30:00Z", "America/New_York"),
    ("2026-07-01T15:00:00Z", "Asia/Tokyo"),
    ("2026-07-01T14:57:30Z", "Asia/Tokyo"),
    ("2026-07-01T14:59:59Z", "Asia/Tokyo"),
    ("2026-05-12T23:45:00Z", "UTC"),
    ("2026-05-13T04:02:00Z", "America/New_York"),
    ("2026-02-28T06:00:00Z", "Pacific/Kiritimati"),
    ("2028-02-29T18:00:00Z", "America/Los_Angeles"),
    ("2026-09-04T17:00:00Z", "Asia/Kolkata"),
    ("2026-09-06T03:45:00Z", "America/Santiago"),
];

fn nows() -> impl Iterator<Item = (DateTime<Utc>, Tz)> {
    NOWS.iter().map(|(now, zone)| (now.parse().unwrap(), zone.parse().unwrap()))
}

/// Every eleventh day of a year and a half, at a wandering hour, in a wandering zone.
fn many_nows() -> impl Iterator<Item = (DateTime<Utc>, Tz)> {
    let zones = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland"];
    let first: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
    (0..50_i64).map(move |n| {
        let zone = zones[usize::try_from(n).unwrap() % zones.len()].parse().unwrap();
        (first + Duration::days(11 * n) + Duration::minutes(n * 437 % 1440), zone)
    })
}
