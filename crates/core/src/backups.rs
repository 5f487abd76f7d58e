//! Backups taken by themselves: when the next one is due, and which of the older ones may go.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::model::vocabulary;

vocabulary! {
    /// How often a backup is taken while a program has the vault open.
    BackupEvery {
        /// Never by itself.
        Never = "never",
        /// Once on each day.
        Day = "day",
        /// Once in each seven days.
        Week = "week",
    }
}

/// The newest so many stay, then the newest of each week and of each month that has one, so many of each.
const NEWEST: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// Whether a backup is to be taken today, when the last one was taken on `last`. A last one in the future was taken
/// before somebody set the clock back, and counts for nothing.
#[must_use]
pub fn is_due(every: BackupEvery, last: Option<NaiveDate>, today: NaiveDate) -> bool {
    let days = match every {
        BackupEvery::Never => return false,
        BackupEvery::Day => 1,
        BackupEvery::Week => 7,
    };
    last.is_none_or(|last| !(0..days).contains(&(today - last).num_days()))
}

/// Which backups may go. Reckoned from the newest and not from today, so that a vault nobody opens loses none.
#[must_use]
pub fn outlived(taken: &[NaiveDate]) -> Vec<NaiveDate> {
    let days: BTreeSet<NaiveDate> = taken.iter().copied().collect();
    let newest_first = || days.iter().rev().copied();
    let mut stay: BTreeSet<NaiveDate> = newest_first().take(NEWEST).collect();
    stay.extend(first_of_each(newest_first(), |day| day.iso_week()).take(WEEKS));
    stay.extend(first_of_each(newest_first(), |day| (day.year(), day.month())).take(MONTHS));
    days.difference(&stay).copied().collect()
}

fn first_of_each<K: PartialEq>(
    days: impl Iterator<Item = NaiveDate>,
    of: impl Fn(NaiveDate) -> K,
) -> impl Iterator<Item = NaiveDate> {
    let mut last = None;
    days.filter(move |day| {
        let key = Some(of(*day));
        let first = last != key;
        last = key;
        first
    })
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn one_is_due_a_day_or_a_week_after_the_last() {
        for (every, last, due) in [
            (BackupEvery::Day, None, true),
            (BackupEvery::Day, Some("2026-11-28"), true),
            (BackupEvery::Day, Some("2026-11-29"), false),
            (BackupEvery::Day, Some("2026-12-24"), true),
            (BackupEvery::Week, Some("2026-11-23"), false),
            (BackupEvery::Week, Some("2026-11-22"), true),
            (BackupEvery::Never, None, false),
        ] {
            assert_eq!(is_due(every, last.map(day), day("2026-11-29")), due, "{every:?} {last:?}");
        }
    }

    #[test]
    fn of_a_year_of_days_a_week_of_days_four_weeks_and_twelve_months_stay() {
        let last = day("2026-11-29");
        let taken: Vec<NaiveDate> = (0..400).map(|ago| last - Days::new(ago)).collect();
        let gone = outlived(&taken);
        let mut stay: Vec<String> = taken.iter().filter(|day| !gone.contains(day)).map(ToString::to_string).collect();
        stay.sort_unstable();
        assert_eq!(
            stay,
            [
                "2025-12-31",
                "2026-01-31",
                "2026-02-28",
                "2026-03-31",
                "2026-04-30",
                "2026-05-31",
                "2026-06-30",
                "2026-07-31",
                "2026-08-31",
                "2026-09-30",
                "2026-10-31",
                "2026-11-08",
                "2026-11-15",
                "2026-11-22",
                "2026-11-23",
                "2026-11-24",
                "2026-11-25",
                "2026-11-26",
                "2026-11-27",
                "2026-11-28",
                "2026-11-29",
            ]
        );
    }

    #[test]
    fn a_vault_opened_once_a_year_loses_none() {
        let taken = ["2019-03-01", "2020-03-01", "2021-03-01", "2022-03-01"].map(day);
        assert!(outlived(&taken).is_empty());
    }

    #[test]
    fn what_stayed_once_goes_only_as_newer_ones_come() {
        // A backup a day, the outlived ones gone each time: never more than a week, four weeks and twelve months.
        let mut there: Vec<NaiveDate> = Vec::new();
        for ago in (0..800).rev() {
            there.push(day("2026-11-29") - Days::new(ago));
            let gone = outlived(&there);
            there.retain(|day| !gone.contains(day));
            assert!(there.len() <= NEWEST + WEEKS + MONTHS);
        }
        assert!(there.contains(&day("2026-01-31")), "{there:?}");
    }
}
