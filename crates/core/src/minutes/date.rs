//! Dates in the forms minutes and file names have them.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};

use super::regex;

/// A date standing in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub date: NaiveDate,
    /// The bytes it takes, a weekday beside it included.
    pub range: Range<usize>,
    /// The same figures read with the day and the month exchanged.
    pub other: Option<NaiveDate>,
}

const MONTH: &str = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";
const WEEKDAY: &str = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s*(?:the\s+)?)?";

/// The first date with a year, or without one where `year` is known. An impossible date is none.
///
/// `03/12/2024` reads as the day first, unless only the month can be; `other` holds the other reading.
pub(super) fn find(text: &str, year: Option<i32>) -> Option<Found> {
    static ISO: LazyLock<Regex> = LazyLock::new(|| {
        built(r"(?:^|[^\d])(?<d>(?<y>(?:19|20)\d{2})[-/._ ](?<m>\d{1,2})[-/._ ](?<day>\d{1,2}))(?:[^\d]|$)")
    });
    static COMPACT: LazyLock<Regex> =
        LazyLock::new(|| built(r"(?:^|[^\d])(?<d>(?<y>(?:19|20)\d{2})(?<m>\d{2})(?<day>\d{2}))(?:[^\d]|$)"));
    static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
        built(
            r"\b(?<d>WEEKDAY(?<day>\d{1,2})(?:st|nd|rd|th)?\.?(?:\s*[-–]\s*\d{1,2}(?:st|nd|rd|th)?)?[\s_-]*(?:of\s+)?MONTH,?[\s_-]*(?:of\s+)?(?<y>\d{4}|['’]\d{2}))\b",
        )
    });
    static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
        built(
            r"\b(?<d>WEEKDAYMONTH[\s_-]*(?<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{1,2}(?:st|nd|rd|th)?)?(?:,\s*|[\s_-]+)(?<y>\d{4}|['’]\d{2}))\b",
        )
    });
    static YEAR_MONTH: LazyLock<Regex> =
        LazyLock::new(|| built(r"\b(?<d>(?<y>(?:19|20)\d{2})[\s_,-]*MONTH[\s_-]*(?<day>\d{1,2}))(?:st|nd|rd|th)?\b"));
    static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
        built(r"(?:^|[^\d])(?<d>(?<a>\d{1,2})(?<s>[-/.])\s?(?<b>\d{1,2})[-/.]\s?(?<y>\d{4}|\d{2}))(?:[^\d]|$)")
    });
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        built(
            r"\b(?<d>WEEKDAY(?:MONTH[\s_-]*(?<day>\d{1,2})(?:st|nd|rd|th)?|(?<day2>\d{1,2})(?:st|nd|rd|th)?\.?[\s_-]*(?:of\s+)?MONTHTWO))\b",
        )
    });

    let full = [&*ISO, &*COMPACT, &*DAY_MONTH, &*MONTH_DAY, &*YEAR_MONTH, &*NUMBERS];
    let found = full.iter().filter_map(|pattern| pattern.captures_iter(text).find_map(|found| read(&found)));
    if let Some(first) = found.min_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end))) {
        return Some(first);
    }
    let year = year?;
    BARE.captures_iter(text).find_map(|found| {
        let (day, month) = match found.name("day") {
            Some(day) => (day, found.name("month")?),
            None => (found.name("day2")?, found.name("month2")?),
        };
        let date = NaiveDate::from_ymd_opt(year, month_number(month.as_str())?, day.as_str().parse().ok()?)?;
        let range = found.name("d")?.range();
        Some(Found { date, range, other: None })
    })
}

fn read(found: &Captures<'_>) -> Option<Found> {
    let range = found.name("d")?.range();
    let year = found.name("y")?.as_str().trim_start_matches(['\'', '’']);
    let year: i32 = match year.len() {
        2 => 2000 + year.parse::<i32>().ok()?,
        _ => year.parse().ok()?,
    };
    let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<u32>().ok());
    let date =
        |month, day| NaiveDate::from_ymd_opt(year, month, day).filter(|date| (1900..2200).contains(&date.year()));
    if let (Some(a), Some(b)) = (number("a"), number("b")) {
        let (day_first, month_first) = (date(b, a), date(a, b));
        // A full stop is only written where the day comes first.
        let other = month_first.filter(|_| &found["s"] != "." && day_first.is_some() && day_first != month_first);
        return day_first.or(month_first).map(|date| Found { date, range, other });
    }
    let month = number("m").or_else(|| month_number(found.name("month")?.as_str()))?;
    Some(Found { date: date(month, number("day")?)?, range, other: None })
}

/// The date a path says: its file name's, else one made of folders (`2024/12/03-topic.md`), else a folder's.
pub(super) fn in_path(path: &str) -> Option<NaiveDate> {
    let path = path.replace('\\', "/");
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let stem = stem(name);
    if let Some(found) = find(stem, None) {
        return Some(found.date);
    }
    let whole = format!("{folders}/{stem}");
    if let Some(found) = find(&whole, None).filter(|found| found.range.end > folders.len()) {
        return Some(found.date);
    }
    static START: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\d{1,2})[-_.](\d{1,2})(?:\D|$)"));
    if let Some(year) = year_in(folders) {
        if let Some(found) = START.captures(stem) {
            return NaiveDate::from_ymd_opt(year, found[1].parse().ok()?, found[2].parse().ok()?);
        }
        if let Some(found) = find(stem, Some(year)) {
            return Some(found.date);
        }
    }
    folders.rsplit('/').find_map(|folder| find(folder, None)).or_else(|| find(folders, None)).map(|found| found.date)
}

/// A year standing in a text by itself, the last one.
pub(super) fn year_in(text: &str) -> Option<i32> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:^|[^\d])((?:19|20)\d{2})(?:[^\d]|$)"));
    YEAR.captures_iter(text).last().and_then(|found| found[1].parse().ok())
}

/// A file's name without its extension.
pub(super) fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension))
            if !stem.is_empty() && extension.len() <= 8 && !extension.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            stem
        }
        _ => name,
    }
}

fn month_number(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    months.iter().position(|month| name.starts_with(month)).and_then(|at| u32::try_from(at + 1).ok())
}

fn built(pattern: &str) -> Regex {
    let named = |name: &str| MONTH.replacen('(', &format!("(?<{name}>"), 1);
    let pattern =
        pattern.replace("WEEKDAY", WEEKDAY).replace("MONTHTWO", &named("month2")).replace("MONTH", &named("month"));
    regex(&format!("(?i){pattern}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_many_forms() {
        for (text, expected) in [
            ("2023-09-11", Some("2023-09-11")),
            ("2023-09-11T15:00:00Z", Some("2023-09-11")),
            ("2025-09-10:00:00Z", Some("2025-09-10")),
            ("2024/12/3", Some("2024-12-03")),
            ("2024.12.03", Some("2024-12-03")),
            ("2024_12_03 notes", Some("2024-12-03")),
            ("20241203", Some("2024-12-03")),
            ("meeting-20241203-acme", Some("2024-12-03")),
            ("Date: 3 Dec 2024", Some("2024-12-03")),
            ("3rd of December, 2024", Some("2024-12-03")),
            ("Tuesday, 3 December 2024", Some("2024-12-03")),
            ("December 3, 2024", Some("2024-12-03")),
            ("December 3rd 2024", Some("2024-12-03")),
            ("Tue, Dec. 3, 2024 at 10", Some("2024-12-03")),
            ("Dec 3–4, 2024", Some("2024-12-03")),
            ("3-Dec-2024", Some("2024-12-03")),
            ("2024 Dec 3", Some("2024-12-03")),
            ("2024-Dec-03", Some("2024-12-03")),
            ("3 Dec ’24", Some("2024-12-03")),
            ("Sept 5, 2024", Some("2024-09-05")),
            ("03.12.2024", Some("2024-12-03")),
            ("12/25/2024", Some("2024-12-25")),
            ("25/12/24", Some("2024-12-25")),
            ("1. 5. 2024", Some("2024-05-01")),
            ("2024-02-30", None),
            ("31 June 2024", None),
            ("Tue Dec 3", None),
            ("version 1.2.3", None),
            ("2024", None),
            ("12345678901", None),
            ("", None),
        ] {
            assert_eq!(find(text, None).map(|found| found.date.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_date_without_a_year_needs_one() {
        for text in ["Tue Dec 3", "3 Dec", "December 3rd", "Tuesday, the 3rd of December"] {
            assert_eq!(
                find(text, Some(2024)).map(|found| found.date.to_string()).as_deref(),
                Some("2024-12-03"),
                "{text}"
            );
        }
        assert_eq!(find("Feb 30", Some(2024)), None);
    }

    #[test]
    fn figures_that_read_both_ways_say_so() {
        for (text, date, other) in [
            ("03/12/2024", "2024-12-03", Some("2024-03-12")),
            ("03.12.2024", "2024-12-03", None),
            ("25/12/2024", "2024-12-25", None),
            ("04/04/2024", "2024-04-04", None),
        ] {
            let found = find(text, None).unwrap();
            assert_eq!(found.date.to_string(), date);
            assert_eq!(found.other.map(|date| date.to_string()).as_deref(), other);
        }
    }

    #[test]
    fn paths_hold_dates() {
        for (path, expected) in [
            ("2024-12-03.md", Some("2024-12-03")),
            ("meetings/2024/2024-12-03.md", Some("2024-12-03")),
            ("20241203-acme.md", Some("2024-12-03")),
            ("2024/12/03-topic.md", Some("2024-12-03")),
            ("2024/12/03/notes.md", Some("2024-12-03")),
            ("2024-12/03.md", Some("2024-12-03")),
            ("2024/12-03.md", Some("2024-12-03")),
            ("minutes/2024/dec-3.md", Some("2024-12-03")),
            ("2024-12-03/notes.md", Some("2024-12-03")),
            ("2024-12-03 weekly/notes 2.md", Some("2024-12-03")),
            ("Meeting 3 Dec 2024.md", Some("2024-12-03")),
            ("2024-12-03", Some("2024-12-03")),
            ("notes\\2024-12-03.md", Some("2024-12-03")),
            ("weekly.md", None),
            ("2024/weekly.md", None),
            ("", None),
        ] {
            assert_eq!(in_path(path).map(|date| date.to_string()).as_deref(), expected, "{path}");
        }
    }
}
