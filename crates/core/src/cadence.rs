//! How often people meet, in words.

use chrono::{Datelike, NaiveDate, Weekday};

/// How often these days come, "every 2 weeks", where they come with some regularity: three days at least, most of
/// the steps near the middle one. Only the last dozen count, for habits change.
#[must_use]
pub fn cadence(days: &[NaiveDate]) -> Option<String> {
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    let days = &days[days.len().saturating_sub(MOST)..];
    if days.len() < 3 {
        return None;
    }
    let mut steps: Vec<i64> = days.windows(2).map(|pair| (pair[1] - pair[0]).num_days()).collect();
    steps.sort_unstable();
    let middle = steps[(steps.len() - 1) / 2];
    let near = steps.iter().filter(|step| (**step - middle).abs() * 4 <= middle.max(4)).count();
    // The middle one is near itself: of two steps, both have to be.
    if near * 2 <= steps.len() {
        return None;
    }
    let weekdays = days.iter().all(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    let words = match middle {
        1 if weekdays => "every weekday",
        1 => "every day",
        2..=4 => "twice a week",
        5..=9 => "every week",
        10..=17 => "every 2 weeks",
        18..=24 => "every 3 weeks",
        28 if steps.iter().all(|step| step % 28 == 0) => "every 4 weeks",
        25..=36 => "every month",
        37..=48 => "every 6 weeks",
        49..=75 => "every 2 months",
        76..=105 => "every 3 months",
        106..=150 => "every 4 months",
        151..=230 => "every 6 months",
        231..=500 => "every year",
        _ => return None,
    };
    Some(words.to_owned())
}

const MOST: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    fn every(step: i64, count: i64) -> Vec<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        (0..count).map(|n| first + chrono::Duration::days(n * step)).collect()
    }

    fn days(list: &[&str]) -> Vec<NaiveDate> {
        list.iter().map(|day| day.parse().unwrap()).collect()
    }

    #[test]
    fn a_habit_is_told_in_words() {
        for (step, words) in [
            (7, Some("every week")),
            (14, Some("every 2 weeks")),
            (21, Some("every 3 weeks")),
            (28, Some("every 4 weeks")),
            (1, Some("every day")),
            (91, Some("every 3 months")),
            (365, Some("every year")),
            (900, None),
        ] {
            assert_eq!(cadence(&every(step, 6)).as_deref(), words, "{step} days");
        }
    }

    #[test]
    fn months_are_of_any_length_and_a_moved_one_breaks_nothing() {
        let months = days(&["2026-01-05", "2026-02-02", "2026-03-02", "2026-04-06", "2026-05-04"]);
        assert_eq!(cadence(&months).as_deref(), Some("every month"));
        let moved = days(&["2026-01-05", "2026-01-12", "2026-01-20", "2026-01-26", "2026-02-09"]);
        assert_eq!(cadence(&moved).as_deref(), Some("every week"));
        let stand_up = days(&["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09", "2026-01-12"]);
        assert_eq!(cadence(&stand_up).as_deref(), Some("every weekday"));
    }

    #[test]
    fn habits_change_and_only_the_last_count() {
        let mut both = every(1, 40);
        let last = *both.last().unwrap();
        both.extend((1..14).map(|n| last + chrono::Duration::days(n * 14)));
        assert_eq!(cadence(&both).as_deref(), Some("every 2 weeks"));
    }

    #[test]
    fn without_a_habit_nothing_is_told() {
        assert_eq!(cadence(&[]), None);
        assert_eq!(cadence(&every(7, 2)), None);
        assert_eq!(cadence(&[every(7, 1)[0]; 5]), None, "one day");
        let chance = days(&["2026-01-05", "2026-01-06", "2026-02-20", "2026-06-01", "2026-06-04", "2026-11-30"]);
        assert_eq!(cadence(&chance), None);
        for far in ["2025-11-01", "2026-11-01"] {
            assert_eq!(cadence(&days(&[far, "2026-11-10", "2026-11-14"])), None, "{far}");
        }
    }
}
