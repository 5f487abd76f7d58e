//! The review: which open actions want looking at and why, in which order, and how it went over the weeks.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use crate::model::{ActionStatus, ItemId, vocabulary};

vocabulary! {
    /// Why an open action is looked at; the first that is true, in this order.
    ReviewWhy {
        /// Its day has passed.
        Overdue = "overdue",
        /// Nobody is to do it.
        Unowned = "unowned",
        /// It has no day.
        Undated = "undated",
        /// Its day is far off, and nothing has happened to it for long: see [`STALE_AFTER`].
        Stale = "stale",
    }
}

/// An action with an owner and a day is stale when it was raised, and last re-dated, dropped or re-opened, so many days
/// ago or more, and its day is more than [`SOON`] days off: what is due soon comes up by itself.
pub const STALE_AFTER: i64 = 30;
/// So many days from now are soon.
pub const SOON: i64 = 7;
/// What was looked at and left as it is comes back after so many days.
pub const KEPT_FOR: i64 = 14;

/// An action as a review sees it: the user's, one they wait for, or one of nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// Which.
    pub id: ItemId,
    /// What became of it.
    pub status: ActionStatus,
    /// Whether it is the user's to do.
    pub mine: bool,
    /// Whether somebody is to do it.
    pub owned: bool,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// Not to be shown before this date.
    pub snoozed_until: Option<NaiveDate>,
    /// Looked at and left as it is: not shown before this date.
    pub kept_until: Option<NaiveDate>,
    /// The date it was raised: its meeting's, or when it was written where that was earlier.
    pub raised: NaiveDate,
    /// The day its date or status last changed, where it ever did.
    pub changed: Option<NaiveDate>,
    /// The day it was done or dropped; none while it is open.
    pub closed: Option<NaiveDate>,
    /// Its due dates before the present one, each with the last day it had it, earliest first.
    pub was_due: Vec<(NaiveDate, Option<NaiveDate>)>,
}

/// Why an action is looked at on a day; none where it need not be.
#[must_use]
pub fn why(action: &Reviewed, today: NaiveDate) -> Option<ReviewWhy> {
    let hidden = |until: Option<NaiveDate>| until.is_some_and(|until| until > today);
    if action.status != ActionStatus::Open || hidden(action.snoozed_until) || hidden(action.kept_until) {
        return None;
    }
    let touched = action.changed.max(Some(action.raised)).unwrap_or(action.raised);
    match action.due {
        Some(due) if due < today => Some(ReviewWhy::Overdue),
        _ if !action.owned => Some(ReviewWhy::Unowned),
        None => Some(ReviewWhy::Undated),
        Some(due) => {
            let stale = (today - touched).num_days() >= STALE_AFTER && (due - today).num_days() > SOON;
            stale.then_some(ReviewWhy::Stale)
        }
    }
}

/// What is to be looked at, in order: overdue, unowned, undated, stale; in each the user's own before those they wait
/// for; of these the longest overdue first, or the longest untouched; equal ones by id.
#[must_use]
pub fn order(actions: &[Reviewed], today: NaiveDate) -> Vec<(ItemId, ReviewWhy)> {
    let mut found: Vec<_> = actions.iter().filter_map(|action| Some((why(action, today)?, action))).collect();
    found.sort_by_key(|(why, action)| {
        let since = if *why == ReviewWhy::Overdue {
            action.due
        } else {
            Some(action.changed.max(Some(action.raised))).flatten()
        };
        (*why, !action.mine, since, action.id)
    });
    found.into_iter().map(|(why, action)| (action.id, why)).collect()
}

/// How one week went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub first: NaiveDate,
    /// How many were raised in it.
    pub opened: u32,
    /// How many were done or dropped in it.
    pub closed: u32,
    /// How many were open at its end, or are now.
    pub open: u32,
    /// Of these, how many were past the day they were due at the time.
    pub late: u32,
}

/// The first day of the week a day lies in.
#[must_use]
pub fn week_of(day: NaiveDate, begins: Weekday) -> NaiveDate {
    day - TimeDelta::days(i64::from(day.weekday().days_since(begins)))
}

/// The last so many weeks, the present one at the end, earliest first.
#[must_use]
pub fn trend(actions: &[Reviewed], weeks: u32, today: NaiveDate, begins: Weekday) -> Vec<Week> {
    let present = week_of(today, begins);
    let firsts = (0..i64::from(weeks)).rev().map(|back| present - TimeDelta::weeks(back));
    let week = |first: NaiveDate| {
        let last = (first + TimeDelta::days(6)).min(today);
        let count = |wanted: &dyn Fn(&Reviewed) -> bool| {
            u32::try_from(actions.iter().filter(|action| wanted(action)).count()).unwrap_or(u32::MAX)
        };
        let within = |day: NaiveDate| day >= first && day <= last;
        let open = |action: &Reviewed| action.raised <= last && action.closed.is_none_or(|closed| closed > last);
        Week {
            first,
            opened: count(&|action| within(action.raised)),
            closed: count(&|action| action.closed.is_some_and(within)),
            open: count(&open),
            late: count(&|action| open(action) && due_on(action, last).is_some_and(|due| due <= last && due < today)),
        }
    };
    firsts.map(week).collect()
}

/// When an action was due as it stood at the end of a day.
fn due_on(action: &Reviewed, day: NaiveDate) -> Option<NaiveDate> {
    let before = action.was_due.iter().find(|(until, _)| *until > day);
    before.map_or(action.due, |(_, due)| *due)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const TODAY: &str = "2026-11-20";

    fn action(id: u128, due: Option<&str>) -> Reviewed {
        Reviewed {
            id: ItemId(Uuid::from_u128(id)),
            status: ActionStatus::Open,
            mine: true,
            owned: true,
            due: due.map(day),
            snoozed_until: None,
            kept_until: None,
            raised: day("2026-11-02"),
            changed: None,
            closed: None,
            was_due: Vec::new(),
        }
    }

    #[test]
    fn an_action_is_looked_at_for_the_first_reason_that_is_true() {
        let plain = || action(1, Some("2026-12-24"));
        let old = || Reviewed { raised: day("2026-10-21"), ..plain() };
        let table = [
            ("due later, raised lately", plain(), None),
            ("due today", action(1, Some(TODAY)), None),
            ("due yesterday", action(1, Some("2026-11-19")), Some(ReviewWhy::Overdue)),
            (
                "overdue and of nobody",
                Reviewed { owned: false, ..action(1, Some("2026-11-19")) },
                Some(ReviewWhy::Overdue),
            ),
            ("of nobody, without a day", Reviewed { owned: false, ..action(1, None) }, Some(ReviewWhy::Unowned)),
            ("of nobody, due later", Reviewed { owned: false, ..plain() }, Some(ReviewWhy::Unowned)),
            ("without a day", action(1, None), Some(ReviewWhy::Undated)),
            ("raised 30 days ago", old(), Some(ReviewWhy::Stale)),
            ("raised 29 days ago", Reviewed { raised: day("2026-10-22"), ..plain() }, None),
            ("re-dated lately", Reviewed { changed: Some(day("2026-11-01")), ..old() }, None),
            ("old, due in a week", Reviewed { due: Some(day("2026-11-27")), ..old() }, None),
            ("old, due in eight days", Reviewed { due: Some(day("2026-11-28")), ..old() }, Some(ReviewWhy::Stale)),
            ("snoozed", Reviewed { snoozed_until: Some(day("2026-11-21")), ..action(1, None) }, None),
            (
                "snoozed until today",
                Reviewed { snoozed_until: Some(day(TODAY)), ..action(1, None) },
                Some(ReviewWhy::Undated),
            ),
            ("kept", Reviewed { kept_until: Some(day("2026-11-21")), ..action(1, None) }, None),
            (
                "kept until today",
                Reviewed { kept_until: Some(day(TODAY)), ..action(1, None) },
                Some(ReviewWhy::Undated),
            ),
            ("done", Reviewed { status: ActionStatus::Done, ..action(1, None) }, None),
        ];
        for (what, action, expected) in table {
            assert_eq!(why(&action, day(TODAY)), expected, "{what}");
        }
    }

    #[test]
    fn overdue_comes_first_and_ones_own_before_those_waited_for() {
        let theirs = |action: Reviewed| Reviewed { mine: false, ..action };
        let actions = [
            Reviewed { raised: day("2026-09-01"), ..action(1, Some("2026-12-24")) },
            action(2, None),
            Reviewed { raised: day("2026-10-01"), ..action(3, None) },
            theirs(Reviewed { raised: day("2026-01-01"), ..action(4, None) }),
            theirs(Reviewed { owned: false, ..action(5, None) }),
            action(6, Some("2026-11-19")),
            action(7, Some("2026-11-01")),
            theirs(action(8, Some("2026-10-01"))),
        ];
        let found: Vec<_> = order(&actions, day(TODAY)).into_iter().map(|(id, _)| id.0.as_u128()).collect();
        assert_eq!(found, [7, 6, 8, 5, 3, 2, 4, 1]);
    }

    #[test]
    fn a_week_counts_what_was_open_and_late_as_things_stood_then() {
        // Monday the 2nd to Friday the 20th: three weeks.
        let actions = [
            Reviewed { raised: day("2026-10-01"), closed: Some(day("2026-11-10")), ..action(1, Some("2026-11-05")) },
            Reviewed {
                raised: day("2026-11-03"),
                was_due: vec![(day("2026-11-12"), Some(day("2026-11-06")))],
                ..action(2, Some("2026-12-24"))
            },
            Reviewed { raised: day("2026-11-16"), ..action(3, None) },
        ];
        let found = trend(&actions, 3, day(TODAY), Weekday::Mon);
        let told: Vec<_> = found.iter().map(|w| (w.first.to_string(), w.opened, w.closed, w.open, w.late)).collect();
        assert_eq!(
            told,
            [("2026-11-02".into(), 1, 0, 2, 2), ("2026-11-09".into(), 0, 1, 1, 0), ("2026-11-16".into(), 1, 0, 2, 0)]
        );
        assert_eq!(week_of(day("2026-11-22"), Weekday::Sun), day("2026-11-22"));
        assert_eq!(week_of(day("2026-11-21"), Weekday::Sun), day("2026-11-15"));
    }
}
