//! Recurrence rules (RFC 5545 §3.3.10) on wall-clock time.

use std::str::FromStr;

use chrono::{DateTime, Datelike, Duration, Month, NaiveDate, NaiveDateTime, Utc, Weekday};
use rrule::{NWeekday, RRule, RRuleSet, Unvalidated};

/// A rule as written: what it means depends on the start it is applied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The period it repeats by.
    pub freq: Frequency,
    /// Every how many periods; at least one.
    pub interval: u16,
    /// How many instances it has.
    pub count: Option<u32>,
    /// Its last instance is not after this.
    pub until: Option<Until>,
    week_start: Weekday,
    by_second: Vec<u8>,
    by_minute: Vec<u8>,
    by_hour: Vec<u8>,
    by_day: Vec<NWeekday>,
    by_month_day: Vec<i8>,
    by_year_day: Vec<i16>,
    by_week_no: Vec<i8>,
    by_month: Vec<u8>,
    by_set_pos: Vec<i32>,
}

/// The period a rule repeats by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Frequency {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// The end of a rule, in the three ways it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// That day and no later.
    Date(NaiveDate),
    /// On the event's own clock.
    Local(NaiveDateTime),
    /// An instant.
    Utc(DateTime<Utc>),
}

/// Why a rule cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// A part that is missing, unknown or out of its range.
    #[error("its recurrence rule has {0}")]
    Part(String),
    /// Parts that contradict each other.
    #[error("its recurrence rule cannot be followed: {0}")]
    Contradiction(String),
}

impl Rule {
    /// The rule's own instances from `start` on, in order, `count` of them at most; `until` is left to the caller, who
    /// knows the zone. `start` is among them only where the rule gives it. Ends by itself where the rule gives nothing
    /// for a very long time.
    ///
    /// # Errors
    /// Where parts contradict each other.
    pub fn instances(&self, start: NaiveDateTime) -> Result<impl Iterator<Item = NaiveDateTime> + use<>, RuleError> {
        self.iterate(start).map(|iterator| iterator.take(self.count.map_or(usize::MAX, |count| count as usize)))
    }

    /// Like [`Rule::instances`], but may leave out instances before `from` where that saves walking through them.
    ///
    /// # Errors
    /// Where parts contradict each other.
    pub fn instances_from(
        &self,
        start: NaiveDateTime,
        from: NaiveDateTime,
    ) -> Result<impl Iterator<Item = NaiveDateTime> + use<>, RuleError> {
        let period = match self.freq {
            Frequency::Secondly => Duration::seconds(1),
            Frequency::Minutely => Duration::minutes(1),
            Frequency::Hourly => Duration::hours(1),
            Frequency::Daily => Duration::days(1),
            Frequency::Weekly => Duration::weeks(1),
            Frequency::Monthly | Frequency::Yearly => Duration::zero(),
        }
        .num_seconds()
            * i64::from(self.interval);
        let ahead = (from - start).num_seconds();
        let skip = if self.count.is_some() || period == 0 { 0 } else { (ahead / period - 1).max(0) * period };
        Ok(self.iterate(start + Duration::seconds(skip))?.take(self.count.map_or(usize::MAX, |count| count as usize)))
    }

    /// About how long one interval is, for telling which occurrence of a moved series is nearest.
    #[must_use]
    pub fn interval_length(&self) -> Duration {
        let seconds = match self.freq {
            Frequency::Secondly => 1,
            Frequency::Minutely => 60,
            Frequency::Hourly => 3_600,
            Frequency::Daily => 86_400,
            Frequency::Weekly => 604_800,
            Frequency::Monthly => 2_629_746,
            Frequency::Yearly => 31_556_952,
        };
        Duration::seconds(seconds * i64::from(self.interval))
    }

    fn iterate(&self, start: NaiveDateTime) -> Result<impl Iterator<Item = NaiveDateTime> + use<>, RuleError> {
        let (freq, interval, months) = self.by_year_where_needed(start);
        let start = start.and_utc().with_timezone(&rrule::Tz::UTC);
        let months: Vec<Month> = months.iter().filter_map(|month| Month::try_from(*month).ok()).collect();
        let rule = RRule::<Unvalidated>::new(freq.into())
            .interval(interval)
            .week_start(self.week_start)
            .by_second(self.by_second.clone())
            .by_minute(self.by_minute.clone())
            .by_hour(self.by_hour.clone())
            .by_weekday(self.by_day.clone())
            .by_month_day(self.by_month_day.clone())
            .by_year_day(self.by_year_day.clone())
            .by_week_no(self.by_week_no.clone())
            .by_month(&months)
            .by_set_pos(self.by_set_pos.clone())
            .validate(start)
            .map_err(|error| RuleError::Contradiction(error.to_string()))?;
        let mut last = None;
        Ok(RRuleSet::new(start).rrule(rule).limit().into_iter().map(|at| at.naive_utc()).filter(move |at| {
            let new = last.is_none_or(|last| *at > last);
            last = Some(*at);
            new
        }))
    }

    /// The iterator refuses `-5WE` in a month, though a month can have five Wednesdays. Every month of a year's is the
    /// same as every month's, and there it takes it.
    fn by_year_where_needed(&self, start: NaiveDateTime) -> (Frequency, u16, Vec<u8>) {
        let refused = self.freq == Frequency::Monthly
            && 12 % self.interval == 0
            && self.by_set_pos.is_empty()
            && self.by_day.iter().any(|day| matches!(day, NWeekday::Nth(..=-5, _)));
        if !refused {
            return (self.freq, self.interval, self.by_month.clone());
        }
        let step = u32::from(self.interval);
        let months = (1..=12_u8)
            .filter(|month| (u32::from(*month) + 12 - start.month()).is_multiple_of(step))
            .filter(|month| self.by_month.is_empty() || self.by_month.contains(month))
            .collect();
        (Frequency::Yearly, 1, months)
    }
}

impl From<Frequency> for rrule::Frequency {
    fn from(freq: Frequency) -> Self {
        match freq {
            Frequency::Secondly => Self::Secondly,
            Frequency::Minutely => Self::Minutely,
            Frequency::Hourly => Self::Hourly,
            Frequency::Daily => Self::Daily,
            Frequency::Weekly => Self::Weekly,
            Frequency::Monthly => Self::Monthly,
            Frequency::Yearly => Self::Yearly,
        }
    }
}

impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let text = text.trim();
        let text = text.get(..6).filter(|head| head.eq_ignore_ascii_case("RRULE:")).map_or(text, |_| &text[6..]);
        let mut freq = None;
        let mut rule = Self {
            freq: Frequency::Daily,
            interval: 1,
            count: None,
            until: None,
            week_start: Weekday::Mon,
            by_second: Vec::new(),
            by_minute: Vec::new(),
            by_hour: Vec::new(),
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_year_day: Vec::new(),
            by_week_no: Vec::new(),
            by_month: Vec::new(),
            by_set_pos: Vec::new(),
        };
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let bad = || RuleError::Part(format!("`{}`", part.chars().take(60).collect::<String>()));
            let (name, value) = part.split_once('=').ok_or_else(bad)?;
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => freq = Some(frequency(value).ok_or_else(bad)?),
                "INTERVAL" => rule.interval = value.trim().parse().ok().filter(|n| *n > 0).ok_or_else(bad)?,
                "COUNT" => rule.count = Some(value.trim().parse().map_err(|_| bad())?),
                "UNTIL" => rule.until = Some(until(value.trim()).ok_or_else(bad)?),
                "WKST" => rule.week_start = weekday(value.trim()).ok_or_else(bad)?,
                // A leap second counts as the second before it.
                "BYSECOND" => {
                    rule.by_second = list(value, 0..=60).ok_or_else(bad)?;
                    rule.by_second.iter_mut().for_each(|second| *second = (*second).min(59));
                }
                "BYMINUTE" => rule.by_minute = list(value, 0..=59).ok_or_else(bad)?,
                "BYHOUR" => rule.by_hour = list(value, 0..=23).ok_or_else(bad)?,
                "BYDAY" => rule.by_day = days(value).ok_or_else(bad)?,
                "BYMONTHDAY" => rule.by_month_day = signed(value, 31).ok_or_else(bad)?,
                "BYYEARDAY" => rule.by_year_day = signed(value, 366).ok_or_else(bad)?,
                "BYWEEKNO" => rule.by_week_no = signed(value, 53).ok_or_else(bad)?,
                "BYMONTH" => rule.by_month = list(value, 1..=12).ok_or_else(bad)?,
                "BYSETPOS" => rule.by_set_pos = signed(value, 366).ok_or_else(bad)?,
                "RSCALE" if value.trim().eq_ignore_ascii_case("GREGORIAN") => {}
                "SKIP" if value.trim().eq_ignore_ascii_case("OMIT") => {}
                name if name.starts_with("X-") => {}
                _ => return Err(bad()),
            }
        }
        rule.freq = freq.ok_or_else(|| RuleError::Part("no frequency".into()))?;
        if matches!(rule.freq, Frequency::Weekly | Frequency::Daily) {
            // "The BYDAY rule part MUST NOT be specified with a numeric value" there: the day is meant, not the number.
            for day in &mut rule.by_day {
                if let NWeekday::Nth(_, weekday) = *day {
                    *day = NWeekday::Every(weekday);
                }
            }
        }
        Ok(rule)
    }
}

fn frequency(word: &str) -> Option<Frequency> {
    Some(match word.trim().to_ascii_uppercase().as_str() {
        "SECONDLY" => Frequency::Secondly,
        "MINUTELY" => Frequency::Minutely,
        "HOURLY" => Frequency::Hourly,
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        _ => return None,
    })
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

fn until(text: &str) -> Option<Until> {
    if let Some(utc) = text.strip_suffix(['Z', 'z']) {
        return NaiveDateTime::parse_from_str(utc, "%Y%m%dT%H%M%S").ok().map(|at| Until::Utc(at.and_utc()));
    }
    if let Ok(local) = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S") {
        return Some(Until::Local(local));
    }
    NaiveDate::parse_from_str(text, "%Y%m%d").ok().filter(|date| date.year() < 10_000).map(Until::Date)
}

fn list<T: FromStr + PartialOrd + Ord>(value: &str, range: std::ops::RangeInclusive<T>) -> Option<Vec<T>> {
    let mut items: Vec<T> = value
        .split(',')
        .map(|item| item.trim().trim_start_matches('+').parse().ok().filter(|n| range.contains(n)))
        .collect::<Option<_>>()?;
    items.sort_unstable();
    items.dedup();
    Some(items)
}

fn signed<T: TryFrom<i32>>(value: &str, max: i32) -> Option<Vec<T>> {
    list(value, -max..=max)?.into_iter().map(|n| if n == 0 { None } else { T::try_from(n).ok() }).collect()
}

fn days(value: &str) -> Option<Vec<NWeekday>> {
    let mut days: Vec<NWeekday> = Vec::new();
    for item in value.split(',').map(str::trim) {
        let split = item.len().checked_sub(2).filter(|at| item.is_char_boundary(*at))?;
        let (number, day) = item.split_at(split);
        let day = weekday(day)?;
        let day = match number.trim_start_matches('+') {
            "" => NWeekday::Every(day),
            number => NWeekday::Nth(number.parse().ok().filter(|n: &i16| (-53..=53).contains(n) && *n != 0)?, day),
        };
        if !days.contains(&day) {
            days.push(day);
        }
    }
    Some(days)
}

#[cfg(test)]
#[path = "rule_tests.rs"]
mod tests;
