//! Numbers, weekdays, months and years.

use chrono::{Datelike, NaiveDate, Weekday};

use super::reader::{Read, Reader};

impl Reader<'_> {
    pub(super) fn number(&mut self) -> Option<u32> {
        let n = self.word(0).parse().ok()?;
        self.at += 1;
        Some(n)
    }

    pub(super) fn count(&mut self) -> Option<(u32, bool)> {
        const WORDS: [&str; 13] =
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        if self.take_any(&["half a", "half an"]) {
            return Some((1, true));
        }
        if self.take_any(&["a couple of", "couple of", "a couple"]) {
            return Some((2, false));
        }
        if let Some(n) = WORDS.iter().position(|w| *w == self.word(0)) {
            self.at += 1;
            return u32::try_from(n).ok().map(|n| (n, false));
        }
        if self.take_any(&["a", "an"]) {
            return Some((1, false));
        }
        self.number().map(|n| (n, false))
    }

    pub(super) fn weekday(&mut self) -> Option<Weekday> {
        let token = self.tokens.get(self.at)?;
        let day = match token.lower.as_str() {
            "monday" | "mon" => Weekday::Mon,
            "tuesday" | "tue" | "tues" => Weekday::Tue,
            "wednesday" | "wed" | "weds" => Weekday::Wed,
            "thursday" | "thu" | "thur" | "thurs" => Weekday::Thu,
            "friday" | "fri" => Weekday::Fri,
            "saturday" => Weekday::Sat,
            "sunday" => Weekday::Sun,
            // Words of their own in lower case.
            "sat" if token.text != "sat" => Weekday::Sat,
            "sun" if token.text != "sun" => Weekday::Sun,
            _ => return None,
        };
        self.at += 1;
        Some(day)
    }

    pub(super) fn month(&mut self) -> Option<u32> {
        const MONTHS: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let word = self.word(0);
        let month = MONTHS.iter().position(|m| *m == word || (word.len() == 3 && m.starts_with(word)));
        let month = month.or_else(|| (word == "sept").then_some(8))?;
        let short = word.len() < 5;
        self.at += 1;
        // "Dec." but not the end of a sentence: more must follow.
        if short && self.word(0) == "." && self.word(1).parse::<u32>().is_ok() {
            self.at += 1;
        }
        u32::try_from(month + 1).ok()
    }

    /// A year behind a month, perhaps after a comma.
    pub(super) fn year(&mut self) -> Option<i32> {
        self.attempt(|r| {
            r.take_any(&[",", "of", "-", "/"]);
            if r.take_any(&["'", "’"]) {
                let two = r.word(0).len() == 2;
                return r.number().filter(|_| two).and_then(|y| i32::try_from(y + 2000).ok());
            }
            r.full_year()
        })
    }

    pub(super) fn full_year(&mut self) -> Option<i32> {
        let four = self.word(0).len() == 4;
        let year = self.number().filter(|y| four && (1900..2200).contains(y))?;
        i32::try_from(year).ok()
    }

    pub(super) fn resolve(&self, year: Option<i32>, month: u32, day: u32) -> Read {
        if let Some(year) = year {
            return ymd(year, month, day);
        }
        let from = self.reference?;
        // 29 February may be up to eight years away.
        (0..9).find_map(|n| NaiveDate::from_ymd_opt(from.year() + n, month, day).filter(|found| *found >= from))
    }
}

pub(super) fn ymd(year: i32, month: u32, day: u32) -> Read {
    (1900..2200).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}
