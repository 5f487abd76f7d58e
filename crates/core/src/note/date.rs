//! Dates in words, relative to a meeting's date.
//!
//! A weekday is the next one after that date; a month is its first day, a quarter too; a day without a year is the next
//! such day on or after that date. "next Friday" is the Friday of the next week (weeks begin on Monday), the end of a
//! week its Friday. Of `3/12` nobody can say which is the month, so it is none; `13/12`, `3.12.` and `2026/12/03` are
//! clear.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Reads a date phrase that begins `phrase` ("Friday", "end of month", "3 Dec", "2 weeks"), relative to `reference`.
/// What does not begin with a date, and an impossible one, is none.
#[must_use]
pub fn parse_date(phrase: &str, reference: NaiveDate) -> Option<NaiveDate> {
    let span = read(phrase, Some(reference)).or_else(|| duration(phrase, Some(reference)))?;
    span.date
}

/// A phrase read at the front of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its length in bytes.
    pub len: usize,
    /// None: impossible, ambiguous, or relative to a date nobody knows.
    pub date: Option<NaiveDate>,
    /// It is only the name of a month, which may be a person's.
    pub only_month: bool,
}

/// A date phrase at the front of `text`; none where there is no such phrase.
pub(super) fn read(text: &str, reference: Option<NaiveDate>) -> Option<Phrase> {
    Reader::new(text, reference).phrase()
}

/// A span of time at the front of `text`, counted from the reference: "2 weeks", "a fortnight", "the week".
pub(super) fn duration(text: &str, reference: Option<NaiveDate>) -> Option<Phrase> {
    let mut reader = Reader::new(text, reference);
    let read = reader.within()?;
    Some(reader.done(read))
}

#[derive(Debug, Clone)]
struct Token<'a> {
    text: &'a str,
    lower: String,
    end: usize,
    /// Blanks stand before it.
    apart: bool,
}

/// Enough for the longest phrase.
const MOST_TOKENS: usize = 14;

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut apart = false;
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            apart = true;
            continue;
        }
        let mut end = at + c.len_utf8();
        let class = |c: char| {
            if c.is_ascii_digit() {
                1
            } else if c.is_alphabetic() {
                2
            } else {
                0
            }
        };
        while class(c) > 0 && chars.peek().is_some_and(|(_, next)| class(*next) == class(c)) {
            if let Some((next_at, next)) = chars.next() {
                end = next_at + next.len_utf8();
            }
        }
        let word = &text[at..end];
        out.push(Token { text: word, lower: word.to_lowercase(), end, apart });
        apart = false;
        if out.len() == MOST_TOKENS {
            break;
        }
    }
    out
}

struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    reference: Option<NaiveDate>,
    only_month: bool,
}

/// A phrase was read; what it means may still be nothing.
type Read = Option<NaiveDate>;

impl<'a> Reader<'a> {
    fn new(text: &'a str, reference: Option<NaiveDate>) -> Self {
        Self { tokens: tokens(text), at: 0, reference, only_month: false }
    }

    fn done(&self, date: Read) -> Phrase {
        let len = self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |t| t.end);
        Phrase { len, date, only_month: self.only_month }
    }

    fn phrase(&mut self) -> Option<Phrase> {
        let read = self.date()?;
        // "by Friday next week", "by Friday EOD": what follows narrows or repeats.
        Some(self.done(read))
    }

    fn word(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |t| t.lower.as_str())
    }

    /// Takes these words where they come next.
    fn take(&mut self, words: &str) -> bool {
        let mut n = 0;
        for word in words.split(' ') {
            if self.word(n) != word {
                return false;
            }
            n += 1;
        }
        self.at += n;
        true
    }

    fn take_any(&mut self, all: &[&str]) -> bool {
        all.iter().any(|words| self.take(words))
    }

    /// Runs `read`; where it finds nothing, nothing is taken.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let at = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = at;
        }
        found
    }

    fn date(&mut self) -> Option<Read> {
        self.attempt(Self::time_of_day)
            .or_else(|| self.attempt(Self::edge))
            .or_else(|| self.attempt(Self::near))
            .or_else(|| self.attempt(Self::next_or_this))
            .or_else(|| self.attempt(Self::numeric))
            .or_else(|| self.attempt(Self::weekday_phrase))
            .or_else(|| self.attempt(Self::day_month))
            .or_else(|| self.attempt(Self::month_phrase))
            .or_else(|| self.attempt(Self::quarter))
            .or_else(|| self.attempt(Self::day_of_month))
            .or_else(|| self.attempt(Self::counted))
    }

    /// "EOD", "5pm Friday", "noon on 3 Dec": a time alone says no day, the end of the day is today's.
    fn time_of_day(&mut self) -> Option<Read> {
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

    fn clock(&mut self) -> bool {
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

    fn number(&mut self) -> Option<u32> {
        let n = self.word(0).parse().ok()?;
        self.at += 1;
        Some(n)
    }

    /// "end of month", "EOM", "the beginning of next week", "mid May", "the end of Q3 2027".
    fn edge(&mut self) -> Option<Read> {
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
    fn period(&mut self) -> Option<(Option<NaiveDate>, Unit)> {
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

    /// "today", "tomorrow", "tonight", "the day after tomorrow".
    fn near(&mut self) -> Option<Read> {
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

    /// "next Tuesday", "next month", "this Friday", "this week".
    fn next_or_this(&mut self) -> Option<Read> {
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

    /// 2026-12-01, 2026/12/01, 2012/Aug/10, 13/12[/2026], 3.12.[2026], 12/2026.
    fn numeric(&mut self) -> Option<Read> {
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

    fn apart(&self) -> bool {
        self.tokens.get(self.at).is_some_and(|t| t.apart)
    }

    /// "Friday", "Fri, 3 Dec", "Friday next week", "Friday EOD".
    fn weekday_phrase(&mut self) -> Option<Read> {
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
    fn day_month(&mut self) -> Option<Read> {
        self.take("the");
        let day = self.number().filter(|_| self.tokens[self.at - 1].text.len() <= 2)?;
        self.take_any(&["st", "nd", "rd", "th"]);
        self.take_any(&["of", "-"]);
        let month = self.month()?;
        let year = self.year();
        Some(self.resolve(year, month, day))
    }

    /// "Dec 3", "December 3rd, 2026"; "May", "May 2027".
    fn month_phrase(&mut self) -> Option<Read> {
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

    fn month_day(&mut self) -> Option<Read> {
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

    /// "Q1", "Q3 2027", "H2": the first day.
    fn quarter(&mut self) -> Option<Read> {
        let (quarter, length) = self.quarter_name()?;
        let year = self.year();
        let month = (quarter - 1) * length + 1;
        Some(match year {
            Some(year) => NaiveDate::from_ymd_opt(year, month, 1),
            None => self.reference.and_then(|d| next_month_named(d, month)),
        })
    }

    fn quarter_name(&mut self) -> Option<(u32, u32)> {
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

    /// "the 15th": the next one on or after the reference; a month without that day is passed over.
    fn day_of_month(&mut self) -> Option<Read> {
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

    /// "in 2 weeks", "3 days from now".
    fn counted(&mut self) -> Option<Read> {
        let inside = self.take("in");
        let read = self.span()?;
        let later = self.take_any(&["from now", "from today", "later", "' time", "’ time", "time"]);
        (inside || later).then_some(read)
    }

    /// "2 weeks", "the next 2 weeks", "the week", "a fortnight".
    fn within(&mut self) -> Option<Read> {
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
    fn span(&mut self) -> Option<Read> {
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

    fn count(&mut self) -> Option<(u32, bool)> {
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

    fn weekday(&mut self) -> Option<Weekday> {
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

    fn month(&mut self) -> Option<u32> {
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
    fn year(&mut self) -> Option<i32> {
        self.attempt(|r| {
            r.take_any(&[",", "of", "-", "/"]);
            if r.take_any(&["'", "’"]) {
                let two = r.word(0).len() == 2;
                return r.number().filter(|_| two).and_then(|y| i32::try_from(y + 2000).ok());
            }
            r.full_year()
        })
    }

    fn full_year(&mut self) -> Option<i32> {
        let four = self.word(0).len() == 4;
        let year = self.number().filter(|y| four && (1900..2200).contains(y))?;
        i32::try_from(year).ok()
    }

    fn resolve(&self, year: Option<i32>, month: u32, day: u32) -> Read {
        if let Some(year) = year {
            return ymd(year, month, day);
        }
        let from = self.reference?;
        // 29 February may be up to eight years away.
        (0..9).find_map(|n| NaiveDate::from_ymd_opt(from.year() + n, month, day).filter(|found| *found >= from))
    }
}

fn ymd(year: i32, month: u32, day: u32) -> Read {
    (1900..2200).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
}

impl Unit {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "day" | "days" | "d" => Self::Day,
            "week" | "weeks" | "wk" | "wks" | "w" => Self::Week,
            "month" | "months" | "mo" | "mos" => Self::Month,
            "quarter" | "quarters" => Self::Quarter,
            "year" | "years" | "yr" | "yrs" => Self::Year,
            _ => return None,
        })
    }

    fn first(self, d: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(d),
            Self::Week => d.checked_sub_days(Days::new(u64::from(d.weekday().num_days_from_monday()))),
            Self::Month => d.with_day(1),
            Self::Quarter => NaiveDate::from_ymd_opt(d.year(), d.month0() / 3 * 3 + 1, 1),
            Self::Half => NaiveDate::from_ymd_opt(d.year(), d.month0() / 6 * 6 + 1, 1),
            Self::Year => NaiveDate::from_ymd_opt(d.year(), 1, 1),
        }
    }

    fn after(self, d: NaiveDate, n: u32) -> Option<NaiveDate> {
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
enum Edge {
    Start,
    Middle,
    End,
}

impl Edge {
    fn of(self, first: NaiveDate, unit: Unit) -> Option<NaiveDate> {
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
fn end_of_week(d: NaiveDate) -> NaiveDate {
    coming(d, Weekday::Fri, true).unwrap_or(d)
}

fn end_of_month(d: NaiveDate) -> Option<NaiveDate> {
    Edge::End.of(Unit::Month.first(d)?, Unit::Month)
}

fn end_of_quarter(d: NaiveDate) -> Option<NaiveDate> {
    Edge::End.of(Unit::Quarter.first(d)?, Unit::Quarter)
}

fn end_of_year(d: NaiveDate) -> Option<NaiveDate> {
    Edge::End.of(Unit::Year.first(d)?, Unit::Year)
}

/// The next such weekday after `d`, or `d` itself where `today_counts`.
fn coming(d: NaiveDate, day: Weekday, today_counts: bool) -> Option<NaiveDate> {
    let ahead = (7 + day.num_days_from_monday() - d.weekday().num_days_from_monday()) % 7;
    let ahead = if ahead == 0 && !today_counts { 7 } else { ahead };
    d.checked_add_days(Days::new(u64::from(ahead)))
}

fn on_weekday(monday: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    monday.checked_add_days(Days::new(u64::from(day.num_days_from_monday())))
}

fn next_month_named(d: NaiveDate, month: u32) -> Option<NaiveDate> {
    let this = NaiveDate::from_ymd_opt(d.year(), month, 1)?;
    if this >= d { Some(this) } else { NaiveDate::from_ymd_opt(d.year() + 1, month, 1) }
}

fn working_days(d: NaiveDate, n: u32) -> Option<NaiveDate> {
    let mut left = n.min(2000);
    let mut day = d;
    while left > 0 {
        day = day.succ_opt()?;
        left -= u32::from(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    }
    Some(day)
}
