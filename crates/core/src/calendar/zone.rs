//! Time zones: those of the IANA database, and those a calendar file brings along.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Rule, Until};
use crate::model::resolve_local;

/// The zone of a zoned time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// Of the IANA database.
    Iana(Tz),
    /// The file's own.
    Custom(Box<CustomZone>),
}

/// A VTIMEZONE (RFC 5545 §3.6.5).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CustomZone {
    /// Its TZID.
    pub name: String,
    /// When which offset holds; at least one.
    pub observances: Vec<Observance>,
}

/// A STANDARD or DAYLIGHT part of a VTIMEZONE.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Observance {
    /// Its first onset, on the clock as it was before.
    pub start: NaiveDateTime,
    /// Seconds east of UTC before an onset.
    pub offset_from: i32,
    /// Seconds east of UTC after it.
    pub offset_to: i32,
    /// Rules of further onsets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rrules: Vec<String>,
    /// Further onsets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rdates: Vec<NaiveDateTime>,
}

/// Turns wall-clock times into instants and back, remembering what it worked out about custom zones.
#[derive(Debug, Default)]
pub struct ZoneTable {
    onsets: HashMap<CustomZone, Onsets>,
    alike: HashMap<(CustomZone, i32), Tz>,
}

impl ZoneTable {
    /// The instant of a wall-clock time. A gap moves forward by the offset before it; a fold takes the first.
    pub fn instant(&mut self, zone: &Zone, local: NaiveDateTime) -> DateTime<Utc> {
        match zone {
            Zone::Iana(tz) => resolve_local(local, *tz),
            Zone::Custom(custom) => self.onsets(custom, local).instant(local),
        }
    }

    /// What the clock on the wall shows at an instant.
    pub fn local(&mut self, zone: &Zone, at: DateTime<Utc>) -> NaiveDateTime {
        match zone {
            Zone::Iana(tz) => at.with_timezone(tz).naive_local(),
            Zone::Custom(custom) => self.onsets(custom, at.naive_utc() + Duration::days(2)).local(at),
        }
    }

    /// The IANA zone to show a time of `zone` in: itself, or for a custom zone one with the same offsets in the year
    /// of `at`; `user_zone` first, UTC where there is none.
    pub fn iana(&mut self, zone: &Zone, at: DateTime<Utc>, user_zone: Tz) -> Tz {
        match zone {
            Zone::Iana(tz) => *tz,
            Zone::Custom(custom) => {
                let key = (custom.as_ref().clone(), at.year());
                if let Some(tz) = self.alike.get(&key) {
                    return *tz;
                }
                let tz = self.find_alike(zone, at.year(), user_zone);
                self.alike.insert(key, tz);
                tz
            }
        }
    }

    fn find_alike(&mut self, zone: &Zone, year: i32, user_zone: Tz) -> Tz {
        let probes: Vec<(DateTime<Utc>, i64)> = (1..=12)
            .filter_map(|month| Some(NaiveDate::from_ymd_opt(year, month, 15)?.and_hms_opt(12, 0, 0)?.and_utc()))
            .map(|at| (at, (self.local(zone, at) - at.naive_utc()).num_seconds()))
            .collect();
        // All year, else at its middle and its turn, else at no time but this: what was meant is not known better.
        let ways: [&[usize]; 3] = [&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], &[0, 6], &[0]];
        for months in ways {
            let alike = |tz: &Tz| {
                months.iter().filter_map(|month| probes.get(*month)).all(|(at, offset)| {
                    i64::from(tz.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()) == *offset
                })
            };
            let of = |area: &'static str| {
                chrono_tz::TZ_VARIANTS.iter().copied().filter(move |tz| tz.name().starts_with(area))
            };
            // Etc/GMT before the places: a zone without changes is an offset and no place.
            let mut zones = std::iter::once(user_zone)
                .chain(of("Etc/GMT"))
                .chain(of("Europe/"))
                .chain(chrono_tz::TZ_VARIANTS.iter().copied());
            if let Some(tz) = zones.find(alike) {
                return tz;
            }
        }
        Tz::UTC
    }

    fn onsets(&mut self, zone: &CustomZone, local: NaiveDateTime) -> &Onsets {
        let wanted = local.year() + 1;
        let known = self.onsets.get(zone).is_some_and(|onsets| onsets.to_year >= wanted);
        if !known {
            self.onsets.insert(zone.clone(), Onsets::of(zone, wanted + 8));
        }
        self.onsets.entry(zone.clone()).or_insert_with(|| Onsets::of(zone, wanted))
    }
}

/// When a custom zone's offset changes, in order.
#[derive(Debug)]
struct Onsets {
    to_year: i32,
    changes: Vec<Change>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    /// On the clock as it was before.
    local: NaiveDateTime,
    from: i32,
    to: i32,
}

/// A century of two changes a year, twenty times over: more is a bomb.
const MAX_CHANGES: usize = 4_000;

impl Onsets {
    fn of(zone: &CustomZone, to_year: i32) -> Self {
        let mut changes = Vec::new();
        for observance in &zone.observances {
            let mut onsets = vec![observance.start];
            onsets.extend(&observance.rdates);
            for rule in observance.rrules.iter().filter_map(|text| text.parse::<Rule>().ok()) {
                let until = match rule.until {
                    None => None,
                    Some(Until::Date(date)) => date.and_hms_opt(23, 59, 59),
                    Some(Until::Local(local)) => Some(local),
                    Some(Until::Utc(at)) => Some(at.naive_utc() + Duration::seconds(observance.offset_from.into())),
                };
                let Ok(instances) = rule.instances(observance.start) else { continue };
                onsets.extend(
                    instances
                        .take_while(|at| at.year() <= to_year && until.is_none_or(|until| *at <= until))
                        .take(MAX_CHANGES),
                );
            }
            changes.extend(onsets.into_iter().map(|local| Change {
                local,
                from: observance.offset_from,
                to: observance.offset_to,
            }));
        }
        changes.sort_unstable();
        changes.dedup();
        Self { to_year, changes }
    }

    fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let after = self.changes.partition_point(|change| change.local <= local);
        let offset = match after.checked_sub(1).map(|index| self.changes[index]) {
            // The clock jumped over this time: the offset before the gap holds.
            Some(change) if local < change.local + Duration::seconds((change.to - change.from).into()) => change.from,
            Some(change) => change.to,
            None => self.changes.first().map_or(0, |change| change.from),
        };
        (local - Duration::seconds(offset.into())).and_utc()
    }

    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        let at = at.naive_utc();
        let after = self.changes.partition_point(|change| change.local - Duration::seconds(change.from.into()) <= at);
        let offset = match after.checked_sub(1) {
            Some(index) => self.changes[index].to,
            None => self.changes.first().map_or(0, |change| change.from),
        };
        at + Duration::seconds(offset.into())
    }
}
