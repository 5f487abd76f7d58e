//! When the series meet: what their rules give, less what was called off, with what was moved.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use throughline_core::model::resolve_local;

use super::series::{Rule, SERIES, SeriesSpec, TODAY};
use super::today::Day;

/// Weeks before and after today's that the series cover.
const WEEKS: std::ops::RangeInclusive<i64> = -56..=17;

/// One occurrence.
#[derive(Debug, Clone)]
pub(super) struct Occurrence {
    pub(super) uid: String,
    /// What the rule gives, on the wall clock of the series' zone.
    pub(super) original: NaiveDateTime,
    pub(super) start: DateTime<Utc>,
    pub(super) end: DateTime<Utc>,
    /// The date it begins, in the user's zone.
    pub(super) date: NaiveDate,
    pub(super) title: Option<&'static str>,
    /// The one of a series that meets today.
    pub(super) is_today: bool,
    pub(super) cancelled: bool,
    pub(super) declined: bool,
    /// It begins where neither its rule nor a shift of the whole puts it, or is called something else.
    pub(super) moved: bool,
}

/// A series and its occurrences, in the order of the rule.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) spec: &'static SeriesSpec,
    pub(super) zone: Tz,
    pub(super) occurrences: Vec<Occurrence>,
    /// What the rule gives and the closure at the end of the year takes away.
    pub(super) excluded: Vec<(String, NaiveDateTime)>,
    /// The first start after the series was shifted.
    pub(super) shifted_from: Option<NaiveDateTime>,
}

impl Planned {
    /// The occurrence `k` from today among those that take place: -1 is the last before today, 1 the first after, and 0
    /// today's, which only a series that meets today has.
    pub(super) fn at(&self, k: i32, today: NaiveDate) -> Option<&Occurrence> {
        let kept: Vec<&Occurrence> = self.occurrences.iter().filter(|o| !o.cancelled).collect();
        let meets_today = TODAY.contains(&self.spec.key);
        let zero = if meets_today {
            kept.iter().position(|o| o.is_today)?
        } else {
            kept.iter().position(|o| o.date > today)?
        };
        let shift = i32::from(!meets_today && k > 0);
        usize::try_from(i32::try_from(zero).ok()? + k - shift).ok().and_then(|i| kept.get(i).copied())
    }
}

/// UID of a series, or of its second half.
pub(super) fn uid(key: &str, second: Option<NaiveDateTime>) -> String {
    match second {
        Some(from) => format!("{key}_R{}@meridian.example", from.format("%Y%m%dT%H%M%S")),
        None => format!("{key}@meridian.example"),
    }
}

pub(super) fn plan(day: &Day) -> Vec<Planned> {
    SERIES.iter().map(|spec| plan_one(spec, day)).collect()
}

fn plan_one(spec: &'static SeriesSpec, day: &Day) -> Planned {
    let zone = spec.zone.unwrap_or(day.zone);
    let slot = day.slot(spec.key);
    let minute = slot.filter(|_| day.usual()).map_or(spec.at, |s| day.minute_of(s));
    let time =
        NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(minute * 60).unwrap_or(0), 0).unwrap_or_default();
    let dates = dates(spec, day);
    let base = i32::try_from(dates.iter().filter(|d| **d <= day.anchor).count()).unwrap_or(0);
    let base = if slot.is_some() { base - 1 } else { base };
    let at_offset =
        |offset: i32| usize::try_from(base + offset).ok().and_then(|i| dates.get(i)).map(|d| d.and_time(time));
    let (split, shifted_from) = (spec.split.and_then(at_offset), spec.shifted.and_then(|s| at_offset(s.0)));
    let mut planned = Planned { spec, zone, occurrences: Vec::new(), excluded: Vec::new(), shifted_from };
    for (i, date) in dates.iter().enumerate() {
        let original = date.and_time(time);
        let uid = uid(spec.key, split.filter(|from| original >= *from));
        if closed(*date) && !(slot.is_some() && *date == day.anchor) {
            planned.excluded.push((uid, original));
            continue;
        }
        let offset = i32::try_from(i).unwrap_or(0) - base;
        let moved = spec.moved.iter().find(|m| m.0 == offset);
        let shift = spec.shifted.filter(|s| offset >= s.0).map_or(0, |s| s.1);
        let (days, minutes, title) = moved.map_or((0, 0, None), |m| (m.1, m.2, m.3));
        let mut start = resolve_local(off_weekends(original, days) + Duration::minutes(minutes + shift), zone);
        let mut is_moved = moved.is_some();
        if let Some(slot) = slot.filter(|_| offset == 0) {
            is_moved = start != slot;
            start = slot;
        }
        planned.occurrences.push(Occurrence {
            uid,
            original,
            start,
            end: start + Duration::minutes(spec.minutes),
            date: start.with_timezone(&day.zone).date_naive(),
            title,
            is_today: slot.is_some() && offset == 0,
            cancelled: spec.cancelled.contains(&offset),
            declined: spec.declined.contains(&offset),
            moved: is_moved,
        });
    }
    planned
}

/// Moves by `days`, and back the same way where that would be a weekend.
fn off_weekends(at: NaiveDateTime, days: i64) -> NaiveDateTime {
    let there = at + Duration::days(days);
    if matches!(there.weekday(), Weekday::Sat | Weekday::Sun) { at - Duration::days(days) } else { there }
}

/// The company is closed between the years.
fn closed(date: NaiveDate) -> bool {
    (date.month() == 12 && date.day() >= 24) || (date.month() == 1 && date.day() == 1)
}

/// The dates the rule gives, in the series' own zone.
fn dates(spec: &SeriesSpec, day: &Day) -> Vec<NaiveDate> {
    let monday = day.anchor - Duration::days(i64::from(day.anchor.weekday().num_days_from_monday()));
    let in_week = |n: i64| Duration::days((i64::from(day.anchor.weekday().num_days_from_monday()) + n) % 5);
    let mut all: Vec<NaiveDate> = match spec.rule {
        Rule::Weekly { every, phase, days } => WEEKS
            .filter(|week| (week - phase) % every == 0)
            .flat_map(|week| days.iter().map(move |d| (week, *d)))
            .map(|(week, d)| monday + Duration::weeks(week) + in_week(d))
            .collect(),
        Rule::Monthly { nth, day: n } => {
            let weekday = (monday + in_week(n)).weekday();
            let month = |m: i32| {
                let months = day.anchor.year() * 12 + i32::try_from(day.anchor.month0()).unwrap_or(0) + m;
                let (year, month0) = (months.div_euclid(12), months.rem_euclid(12));
                NaiveDate::from_weekday_of_month_opt(year, u32::try_from(month0 + 1).unwrap_or(1), weekday, nth)
            };
            (-12..=4).filter_map(month).collect()
        }
    };
    all.sort_unstable();
    all
}

/// The RRULE of a series up to `until`, its last start.
pub(super) fn rrule(planned: &Planned, first: NaiveDateTime, until: DateTime<Utc>, dates: &[NaiveDate]) -> String {
    let code = |w: Weekday| ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][w.num_days_from_monday() as usize];
    let until = super::ics::utc(until);
    match planned.spec.rule {
        Rule::Weekly { every, .. } => {
            let mut days: Vec<Weekday> = dates.iter().map(Datelike::weekday).collect();
            days.sort_unstable_by_key(Weekday::num_days_from_monday);
            days.dedup();
            let days: Vec<&str> = days.into_iter().map(code).collect();
            let interval = if every > 1 { format!(";INTERVAL={every}") } else { String::new() };
            format!("FREQ=WEEKLY{interval};BYDAY={};WKST=MO;UNTIL={until}", days.join(","))
        }
        Rule::Monthly { nth, .. } => format!("FREQ=MONTHLY;BYDAY={nth}{};UNTIL={until}", code(first.weekday())),
    }
}
