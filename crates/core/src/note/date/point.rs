//! Phrases that name a day.

use chrono::{Datelike, Days, NaiveDate};

use super::reader::{Read, Reader};
use super::unit::{Unit, coming, next_month_named, on_weekday};
use super::word::ymd;

impl Reader<'_> {
    /// "today", "tomorrow", "tonight", "the day after tomorrow".
    pub(super) fn near(&mut self) -> Option<Read> {
        let days = if self.take_any(&["the day after tomorrow", "day after tomorrow"]) {
            2
        } else if self.take_any(&["today", "tonight", "this evening", "this afternoon", "this morning"]) {
            0
        } else if self.take_any(&["tomorrow", "tmrw", "tmw"]) {
            1
        } else {
            return None;
        };
        // "today's standards" is no date.
        if days != 2 && matches!(self.word(0), "'" | "’") {
            return None;
        }
        self.take_any(&["morning", "afternoon", "evening", "night", "noon", "eod", "cob"]);
        Some(self.reference.and_then(|d| d.checked_add_days(Days::new(days))))
    }

    /// 2026-12-01, 2026/12/01, 2012/Aug/10, 13/12[/2026], 3.12.[2026], 12/2026.
    pub(super) fn numeric(&mut self) -> Option<Read> {
        let first = self.tokens.get(self.at)?;
        let a: u32 = first.text.parse().ok()?;
        let digits = first.text.len();
        self.at += 1;
        let sign = self.word(0).to_owned();
        if !matches!(sign.as_str(), "-" | "/" | ".") || self.apart() {
            return None;
        }
        self.at += 1;
        if self.apart() {
            return None;
        }
        if digits == 4 {
            let month = self.month().or_else(|| self.number())?;
            if !self.take(&sign) {
                return None;
            }
            let day = self.number()?;
            return Some(ymd(i32::try_from(a).ok()?, month, day));
        }
        let b_digits = self.word(0).len();
        let b = self.number()?;
        if b_digits == 4 && sign != "." {
            return Some(ymd(i32::try_from(b).ok()?, a, 1));
        }
        if digits > 2 || b_digits > 2 {
            return None;
        }
        let year = self.attempt(|r| {
            if r.apart() || !r.take(&sign) || r.apart() {
                return None;
            }
            let digits = r.word(0).len();
            let year = r.number()?;
            match digits {
                4 => i32::try_from(year).ok(),
                2 => i32::try_from(year + 2000).ok(),
                _ => None,
            }
        });
        if sign == "." {
            let closed = year.is_some() || (!self.apart() && self.take("."));
            return closed.then(|| self.resolve(year, b, a));
        }
        if sign == "-" && year.is_none() {
            return None;
        }
        let (day, month) = match (a > 12, b > 12) {
            (true, _) => (a, b),
            (false, true) => (b, a),
            _ if a == b => (a, b),
            _ => return Some(None),
        };
        Some(self.resolve(year, month, day))
    }

    /// "Friday", "Fri, 3 Dec", "Friday next week", "Friday EOD".
    pub(super) fn weekday_phrase(&mut self) -> Option<Read> {
        let day = self.weekday()?;
        let dated = self.attempt(|r| {
            while r.take_any(&[",", "the", "."]) {}
            r.attempt(Self::numeric)
                .or_else(|| r.attempt(Self::day_month))
                .or_else(|| r.attempt(Self::month_day))
                .or_else(|| r.attempt(Self::day_of_month))
        });
        if let Some(read) = dated {
            return Some(read);
        }
        if self.take_any(&["next week", "of next week", "in next week"]) {
            return Some(self.reference.and_then(|d| on_weekday(Unit::Week.after(Unit::Week.first(d)?, 1)?, day)));
        }
        self.take_any(&["this week", "of this week"]);
        self.take_any(&["morning", "afternoon", "evening", "night", "noon", "eod", "cob"]);
        Some(self.reference.and_then(|d| coming(d, day, false)))
    }

    /// "3 Dec", "3rd of December 2026", "the 3rd of December".
    pub(super) fn day_month(&mut self) -> Option<Read> {
        self.take("the");
        let day = self.number().filter(|_| self.tokens[self.at - 1].text.len() <= 2)?;
        self.take_any(&["st", "nd", "rd", "th"]);
        self.take_any(&["of", "-"]);
        let month = self.month()?;
        let year = self.year();
        Some(self.resolve(year, month, day))
    }

    /// "Dec 3", "December 3rd, 2026"; "May", "May 2027".
    pub(super) fn month_phrase(&mut self) -> Option<Read> {
        if let Some(read) = self.attempt(Self::month_day) {
            return Some(read);
        }
        let month = self.month()?;
        let year = self.year();
        self.only_month = year.is_none();
        Some(match year {
            Some(year) => NaiveDate::from_ymd_opt(year, month, 1),
            None => self.reference.and_then(|d| next_month_named(d, month)),
        })
    }

    pub(super) fn month_day(&mut self) -> Option<Read> {
        let month = self.month()?;
        self.take("the");
        let day = self.number().filter(|_| self.tokens[self.at - 1].text.len() <= 2)?;
        self.take_any(&["st", "nd", "rd", "th"]);
        let year = self.attempt(|r| {
            r.take(",");
            r.full_year()
        });
        Some(self.resolve(year, month, day))
    }

    /// "the 15th": the next one on or after the reference; a month without that day is passed over.
    pub(super) fn day_of_month(&mut self) -> Option<Read> {
        self.take("the");
        let day = self.number()?;
        if self.apart() || !self.take_any(&["st", "nd", "rd", "th"]) {
            return None;
        }
        if day == 0 || day > 31 {
            return Some(None);
        }
        Some(self.reference.and_then(|d| {
            (0..4).find_map(|n| {
                let month = Unit::Month.after(Unit::Month.first(d)?, n)?;
                month.with_day(day).filter(|found| *found >= d)
            })
        }))
    }
}
