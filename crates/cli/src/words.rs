//! Times, counts and names in words: near ones relative, far ones absolute.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike};
use throughline_app::view::When;

use crate::render::Look;

/// A date as near as it is: `today`, `Fri`, `3 Dec`, `3 Dec 2027`. A weekday is within six days, on the side the
/// sentence says.
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        -6..=6 => date.format("%a").to_string(),
        _ => far_day(date, today),
    }
}

/// `3 Dec`, with the year where it is another.
pub fn far_day(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() { date.format("%-d %b").to_string() } else { date.format("%-d %b %Y").to_string() }
}

/// A date as a heading: `Thursday 19 November`, with the year where it is another.
pub fn long_day(date: NaiveDate, today: NaiveDate) -> String {
    let long = date.format("%A %-d %B").to_string();
    if date.year() == today.year() { long } else { format!("{long} {}", date.year()) }
}

/// When something is due: `9 days late`, `late since 3 Jul`, `today`, `Fri`, `3 Dec`.
pub fn due(date: NaiveDate, today: NaiveDate) -> String {
    match (today - date).num_days() {
        1 => "1 day late".to_owned(),
        late @ 2..=60 => format!("{late} days late"),
        61.. => format!("late since {}", far_day(date, today)),
        _ => day(date, today),
    }
}

/// How long ago something was raised: `1 day old`, `17 days old`, `5 weeks old`, `4 months old`; nothing on the day.
pub fn age(days: i64) -> Option<String> {
    let (number, unit) = match days {
        ..=0 => return None,
        1..=20 => (days, "day"),
        21..=89 => (days / 7, "week"),
        90..=729 => (days / 30, "month"),
        _ => (days / 365, "year"),
    };
    Some(format!("{number} {unit}{} old", if number == 1 { "" } else { "s" }))
}

/// A sentence with its dates as they are told here: `due moved from 2 Nov to Fri`.
pub fn with_days(sentence: &str, today: NaiveDate) -> String {
    let word = |word: &str| word.parse::<NaiveDate>().map_or_else(|_| word.to_owned(), |date| day(date, today));
    sentence.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A moment from now: `now`, `in 20 min`, `3 h ago`, `yesterday 14:00`, `Fri 09:30`, `3 Dec 09:30`.
pub fn moment(when: When, look: &Look) -> String {
    let today = look.today();
    let When::At(at) = when else { return day(when.date(), today) };
    let at = at.with_timezone(&look.zone);
    let away = at.signed_duration_since(look.now);
    let near = away.abs() < TimeDelta::hours(12) && at.date_naive() == today;
    if near {
        return match away.num_minutes() {
            0 => "now".to_owned(),
            minutes @ 1.. => format!("in {}", span(minutes)),
            minutes => format!("{} ago", span(-minutes)),
        };
    }
    format!("{} {}", day(at.date_naive(), today), clock(at.time()))
}

/// A length of time: `20 min`, `1 h`, `1 h 15`, `3 days`.
pub fn span(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) if hours < 48 => format!("{hours} h"),
        (hours, minutes) if hours < 48 => format!("{hours} h {minutes:02}"),
        (hours, _) => format!("{} days", hours / 24),
    }
}

/// `09:30`
pub fn clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `1 meeting`, `2 meetings`, `1,024 meetings`.
pub fn count(n: usize, one: &str) -> String {
    match (n, one) {
        (1, _) => format!("1 {one}"),
        (n, "person") => format!("{} people", number(n)),
        (n, one) if one.ends_with("ch") => format!("{} {one}es", number(n)),
        (n, one) if one.ends_with('y') && !one.ends_with("ay") => {
            format!("{} {}ies", number(n), one.trim_end_matches('y'))
        }
        (n, one) => format!("{} {one}s", number(n)),
    }
}

/// A number with its thousands apart.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut apart = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            apart.push(',');
        }
        apart.push(digit);
    }
    apart
}

/// A size: `512 bytes`, `1.4 MB`.
pub fn bytes(n: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one digit behind the point is shown")]
    let of = |unit: u64| n as f64 / unit as f64;
    match n {
        1 => "1 byte".to_owned(),
        0..1_000 => format!("{n} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", of(1_000)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", of(1_000_000)),
        _ => format!("{:.1} GB", of(1_000_000_000)),
    }
}

/// A closed vocabulary's word for eyes: `decision_maker` is `decision maker`.
pub fn plain(word: &str) -> String {
    word.replace('_', " ")
}

/// With a capital at the front.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The first word of a name.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// `Ana`, `Ana and Ben`, `Ana, Ben and 3 more`.
pub fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::look;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_age_is_told_in_the_unit_one_would_use() {
        let table = [
            (-3, None),
            (0, None),
            (1, Some("1 day old")),
            (20, Some("20 days old")),
            (21, Some("3 weeks old")),
            (89, Some("12 weeks old")),
            (90, Some("3 months old")),
            (729, Some("24 months old")),
            (730, Some("2 years old")),
        ];
        for (days, told) in table {
            assert_eq!(age(days).as_deref(), told, "{days}");
        }
    }

    #[test]
    fn a_due_day_is_told_by_how_near_it_is() {
        let today = date("2026-11-22");
        for (day, expected) in [
            ("2025-11-15", "late since 15 Nov 2025"),
            ("2026-11-13", "9 days late"),
            ("2026-11-21", "1 day late"),
            ("2026-11-22", "today"),
            ("2026-11-23", "tomorrow"),
            ("2026-11-27", "Fri"),
            ("2026-11-28", "Sat"),
            ("2026-11-29", "29 Nov"),
            ("2027-01-03", "3 Jan 2027"),
        ] {
            assert_eq!(due(date(day), today), expected, "{day}");
        }
    }

    #[test]
    fn a_moment_is_relative_when_near_and_absolute_when_far() {
        for (at, expected) in [
            ("2026-11-22T11:18:20+00:00", "now"),
            ("2026-11-22T11:38:00+00:00", "in 20 min"),
            ("2026-11-22T12:33:00+00:00", "in 1 h 15"),
            ("2026-11-22T08:18:00+00:00", "3 h ago"),
            ("2026-11-21T14:00:00+00:00", "yesterday 14:00"),
            ("2026-11-23T09:00:00+01:00", "tomorrow 08:00"),
            ("2026-11-27T09:30:00+00:00", "Fri 09:30"),
            ("2026-12-03T09:30:00+00:00", "3 Dec 09:30"),
            ("2025-12-03T09:30:00+00:00", "3 Dec 2025 09:30"),
        ] {
            let at = When::At(chrono::DateTime::parse_from_rfc3339(at).unwrap());
            assert_eq!(moment(at, &look(80)), expected, "{at}");
        }
        assert_eq!(moment(When::Date(date("2026-11-23")), &look(80)), "tomorrow");
    }

    #[test]
    fn counts_are_grammatical() {
        assert_eq!(count(1, "person"), "1 person");
        assert_eq!(count(45, "person"), "45 people");
        assert_eq!(count(20_000, "meeting"), "20,000 meetings");
        assert_eq!(count(0, "entry"), "0 entries");
        assert_eq!(count(223, "day"), "223 days");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(bytes(1_400_000), "1.4 MB");
    }

    #[test]
    fn spans_and_names_are_short() {
        assert_eq!(span(75), "1 h 15");
        assert_eq!(span(60), "1 h");
        assert_eq!(span(60 * 24 * 3), "3 days");
        assert_eq!(names(["Ana", "Ben", "Cem", "Dov"]), "Ana, Ben and 2 more");
        assert_eq!(first_name("Priya Raman"), "Priya");
    }
}
