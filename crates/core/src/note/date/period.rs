//! Phrases that name a period, its beginning or its end, or count days from the meeting's.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::reader::{Read, Reader};
use super::unit::{
    Edge, Unit, coming, end_of_month, end_of_quarter, end_of_week, end_of_year, next_month_named, on_weekday,
    working_days,
};

impl Reader<'_> {
    /// "EOD", "5pm Friday", "noon on 3 Dec": a time alone says no day, the end of the day is today's.
    pub(super) fn time_of_day(&mut self) -> Option<Read> {
        let end_of_day = self.take_any(&[
            "eod",
            "cob",
            "cop",
            "close of business",
            "close of play",
            "end of day",
            "end of the day",
            "end of business",
            "end of business day",
            "end of the business day",
            "the end of the day",
            "the end of day",
        ]);
        if !end_of_day && !self.clock() {
            return None;
        }
        let at = self.at;
        while self.take_any(&["on", "of", "this", ","]) {}
        if let Some(read) = self.date() {
            return Some(read);
        }
        self.at = at;
        end_of_day.then_some(self.reference)
    }

    pub(super) fn clock(&mut self) -> bool {
        if self.take_any(&["noon", "midnight", "lunch", "lunchtime"]) {
            return true;
        }
        self.attempt(|r| {
            let hour: u32 = r.number()?;
            let minutes = r.take(":") && r.number().is_some_and(|m| m < 60);
            let half = r.take_any(&["am", "pm", "h", "a . m .", "p . m .", "o ' clock"]);
            (hour < 25 && (minutes || half)).then_some(())
        })
        .is_some()
    }

    /// "end of month", "EOM", "the beginning of next week", "mid May", "the end of Q3 2027".
    pub(super) fn edge(&mut self) -> Option<Read> {
        self.take("the");
        let today = self.reference;
        let short = match self.word(0) {
            "eow" => Some(today.map(end_of_week)),
            "eom" => Some(today.and_then(end_of_month)),
            "eoq" => Some(today.and_then(end_of_quarter)),
            "eoy" => Some(today.and_then(end_of_year)),
            _ => None,
        };
        if let Some(read) = short {
            self.at += 1;
            return Some(read);
        }
        for (words, read) in [
            ("month", today.and_then(end_of_month)),
            ("year", today.and_then(end_of_year)),
            ("quarter", today.and_then(end_of_quarter)),
            ("week", today.map(end_of_week)),
        ] {
            if self.word(0) == words && (self.take(&format!("{words} end")) || self.take(&format!("{words} - end"))) {
                return Some(read);
            }
        }
        if self.take_any(&["weekend", "week - end"]) {
            return Some(today.and_then(|d| coming(d, Weekday::Sat, true)));
        }
        let edge = if self.take_any(&["end of", "the end of", "late in", "end"]) {
            Edge::End
        } else if self.take_any(&["start of", "beginning of", "early in", "early"]) {
            Edge::Start
        } else if self.take_any(&["middle of", "mid of", "mid - ", "mid -", "mid"]) {
            Edge::Middle
        } else {
            return None;
        };
        self.take_any(&["the", "this"]);
        let (first, unit) = self.period()?;
        Some(first.and_then(|first| edge.of(first, unit)))
    }

    /// A period: its first day and how long it is.
    pub(super) fn period(&mut self) -> Option<(Option<NaiveDate>, Unit)> {
        let today = self.reference;
        let next = self.take_any(&["next", "the next", "coming"]);
        if !next {
            self.take("this");
        }
        if let Some(unit) = Unit::named(self.word(0)).filter(|u| *u != Unit::Day) {
            self.at += 1;
            let first = today.and_then(|d| unit.first(d));
            return Some((if next { first.and_then(|d| unit.after(d, 1)) } else { first }, unit));
        }
        if let Some(month) = self.month() {
            let year = self.year();
            let first = match year {
                Some(year) => NaiveDate::from_ymd_opt(year, month, 1),
                // The month that is still running counts: the end of it may lie ahead.
                None => today.and_then(|d| {
                    let this = NaiveDate::from_ymd_opt(d.year(), month, 1)?;
                    if month < d.month() { NaiveDate::from_ymd_opt(d.year() + 1, month, 1) } else { Some(this) }
                }),
            };
            return Some((first, Unit::Month));
        }
        if let Some((quarter, length)) = self.quarter_name() {
            let month = (quarter - 1) * length + 1;
            let year = self.year();
            let first = match year {
                Some(year) => NaiveDate::from_ymd_opt(year, month, 1),
                None => today.and_then(|d| {
                    let this = NaiveDate::from_ymd_opt(d.year(), month, 1)?;
                    let past = month + length <= d.month();
                    if past { NaiveDate::from_ymd_opt(d.year() + 1, month, 1) } else { Some(this) }
                }),
            };
            return Some((first, if length == 3 { Unit::Quarter } else { Unit::Half }));
        }
        let year = self.full_year()?;
        Some((NaiveDate::from_ymd_opt(year, 1, 1), Unit::Year))
    }

    /// "next Tuesday", "next month", "this Friday", "this week".
    pub(super) fn next_or_this(&mut self) -> Option<Read> {
        let today = self.reference;
        self.take("the");
        let next = self.take_any(&["next", "following"]);
        let this = !next && self.take_any(&["this coming", "this", "coming", "upcoming"]);
        if !next && !this {
            return None;
        }
        if let Some(day) = self.weekday() {
            return Some(today.and_then(|d| {
                if next { on_weekday(Unit::Week.after(Unit::Week.first(d)?, 1)?, day) } else { coming(d, day, true) }
            }));
        }
        if let Some(month) = self.month() {
            return Some(today.and_then(|d| next_month_named(d, month)));
        }
        if self.take_any(&["business day", "working day", "workday"]) {
            return Some(today.and_then(|d| working_days(d, 1)));
        }
        if self.take("weekend") {
            let from = if next { today.and_then(|d| Unit::Week.after(Unit::Week.first(d)?, 1)) } else { today };
            return Some(from.and_then(|d| coming(d, Weekday::Sat, true)));
        }
        let unit = Unit::named(self.word(0))?;
        self.at += 1;
        if next {
            let on = self.attempt(|r| {
                r.take_any(&["on", "'", "’"]);
                r.weekday()
            });
            let first = today.and_then(|d| unit.after(unit.first(d)?, 1));
            return Some(match on {
                Some(day) if unit == Unit::Week => first.and_then(|d| on_weekday(d, day)),
                _ => first,
            });
        }
        Some(today.and_then(|d| Edge::End.of(unit.first(d)?, unit)).map(|end| today.map_or(end, |d| end.max(d))))
    }

    /// "Q1", "Q3 2027", "H2": the first day.
    pub(super) fn quarter(&mut self) -> Option<Read> {
        let (quarter, length) = self.quarter_name()?;
        let year = self.year();
        let month = (quarter - 1) * length + 1;
        Some(match year {
            Some(year) => NaiveDate::from_ymd_opt(year, month, 1),
            None => self.reference.and_then(|d| next_month_named(d, month)),
        })
    }

    pub(super) fn quarter_name(&mut self) -> Option<(u32, u32)> {
        self.attempt(|r| {
            let (most, length) = match r.word(0) {
                "q" => (4, 3),
                "h" => (2, 6),
                _ => return None,
            };
            r.at += 1;
            if r.apart() {
                return None;
            }
            r.number().filter(|n| (1..=most).contains(n)).map(|n| (n, length))
        })
    }

    /// "in 2 weeks", "3 days from now".
    pub(super) fn counted(&mut self) -> Option<Read> {
        let inside = self.take("in");
        let read = self.span()?;
        let later = self.take_any(&["from now", "from today", "later", "' time", "’ time", "time"]);
        (inside || later).then_some(read)
    }

    /// "2 weeks", "the next 2 weeks", "the week", "a fortnight".
    pub(super) fn within(&mut self) -> Option<Read> {
        if let Some(read) = self.attempt(|r| {
            r.take_any(&["the next", "next"]);
            r.span()
        }) {
            return Some(read);
        }
        self.take_any(&["the", "this"]);
        if self.take_any(&["next", "coming"]) {
            let unit = Unit::named(self.word(0))?;
            self.at += 1;
            return Some(self.reference.and_then(|d| unit.after(d, 1)));
        }
        let unit = Unit::named(self.word(0))?;
        self.at += 1;
        Some(
            self.reference
                .and_then(|d| Edge::End.of(unit.first(d)?, unit))
                .map(|e| self.reference.map_or(e, |d| e.max(d))),
        )
    }

    /// A number and a unit.
    pub(super) fn span(&mut self) -> Option<Read> {
        self.take_any(&["the", "about", "around"]);
        let (n, half) = self.count()?;
        let working = self.take_any(&["business", "working", "work"]);
        let unit = self.word(0).to_owned();
        self.at += 1;
        let today = self.reference;
        Some(match unit.as_str() {
            "day" | "days" | "d" if working => today.and_then(|d| working_days(d, n)),
            "workday" | "workdays" => today.and_then(|d| working_days(d, n)),
            "hour" | "hours" | "hr" | "hrs" | "h" => {
                today.and_then(|d| d.checked_add_days(Days::new(u64::from(n) / 24)))
            }
            "minute" | "minutes" | "min" | "mins" => today,
            "fortnight" | "fortnights" => today.and_then(|d| Unit::Week.after(d, n.checked_mul(2)?)),
            other => {
                let unit = Unit::named(other)?;
                match (half, unit) {
                    (true, Unit::Year) => today.and_then(|d| Unit::Month.after(d, 6)),
                    (true, _) => return None,
                    _ => today.and_then(|d| unit.after(d, n)),
                }
            }
        })
    }
}
