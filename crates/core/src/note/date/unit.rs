//! Weeks, months, quarters and years.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
}

impl Unit {
    pub(super) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "day" | "days" | "d" => Self::Day,
            "week" | "weeks" | "wk" | "wks" | "w" => Self::Week,
            "month" | "months" | "mo" | "mos" => Self::Month,
            "quarter" | "quarters" => Self::Quarter,
            "year" | "years" | "yr" | "yrs" => Self::Year,
            _ => return None,
        })
    }

    pub(super) fn first(self, d: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(d),
            Self::Week => d.checked_sub_days(Days::new(u64::from(d.weekday().num_days_from_monday()))),
            Self::Month => d.with_day(1),
            Self::Quarter => NaiveDate::from_ymd_opt(d.year(), d.month0() / 3 * 3 + 1, 1),
            Self::Half => NaiveDate::from_ymd_opt(d.year(), d.month0() / 6 * 6 + 1, 1),
            Self::Year => NaiveDate::from_ymd_opt(d.year(), 1, 1),
        }
    }

    pub(super) fn after(self, d: NaiveDate, n: u32) -> Option<NaiveDate> {
        let months = |each: u32| d.checked_add_months(Months::new(n.checked_mul(each)?));
        let found = match self {
            Self::Day => d.checked_add_days(Days::new(u64::from(n))),
            Self::Week => d.checked_add_days(Days::new(u64::from(n) * 7)),
            Self::Month => months(1),
            Self::Quarter => months(3),
            Self::Half => months(6),
            Self::Year => months(12),
        };
        found.filter(|d| d.year() < 2200)
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Edge {
    Start,
    Middle,
    End,
}

impl Edge {
    pub(super) fn of(self, first: NaiveDate, unit: Unit) -> Option<NaiveDate> {
        match (self, unit) {
            (Self::Start, _) => Some(first),
            (Self::End, Unit::Week) => first.checked_add_days(Days::new(4)),
            (Self::End, _) => unit.after(first, 1)?.pred_opt(),
            (Self::Middle, Unit::Day) => Some(first),
            (Self::Middle, Unit::Week) => first.checked_add_days(Days::new(2)),
            (Self::Middle, Unit::Month) => first.with_day(15),
            (Self::Middle, Unit::Quarter) => Unit::Month.after(first, 1)?.with_day(15),
            (Self::Middle, Unit::Half) => Unit::Month.after(first, 3),
            (Self::Middle, Unit::Year) => Unit::Month.after(first, 6),
        }
    }
}

/// The Friday of a date's week; at a weekend, of the week that follows.
pub(super) fn end_of_week(d: NaiveDate) -> NaiveDate {
    coming(d, Weekday::Fri, true).unwrap_or(d)
}

pub(super) fn end_of_month(d: NaiveDate) -> Option<NaiveDate> {
    Edge::End.of(Unit::Month.first(d)?, Unit::Month)
}

pub(super) fn end_of_quarter(d: NaiveDate) -> Option<NaiveDate> {
    Edge::End.of(Unit::Quarter.first(d)?, Unit::Quarter)
}

pub(super) fn end_of_year(d: NaiveDate) -> Option<NaiveDate> {
    Edge::End.of(Unit::Year.first(d)?, Unit::Year)
}

/// The next such weekday after `d`, or `d` itself where `today_counts`.
pub(super) fn coming(d: NaiveDate, day: Weekday, today_counts: bool) -> Option<NaiveDate> {
    let ahead = (7 + day.num_days_from_monday() - d.weekday().num_days_from_monday()) % 7;
    let ahead = if ahead == 0 && !today_counts { 7 } else { ahead };
    d.checked_add_days(Days::new(u64::from(ahead)))
}

pub(super) fn on_weekday(monday: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    monday.checked_add_days(Days::new(u64::from(day.num_days_from_monday())))
}

pub(super) fn next_month_named(d: NaiveDate, month: u32) -> Option<NaiveDate> {
    let this = NaiveDate::from_ymd_opt(d.year(), month, 1)?;
    if this >= d { Some(this) } else { NaiveDate::from_ymd_opt(d.year() + 1, month, 1) }
}

pub(super) fn working_days(d: NaiveDate, n: u32) -> Option<NaiveDate> {
    let mut left = n.min(2000);
    let mut day = d;
    while left > 0 {
        day = day.succ_opt()?;
        left -= u32::from(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    }
    Some(day)
}
