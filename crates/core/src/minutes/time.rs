//! Wall-clock times and zones.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveTime;
use chrono_tz::Tz;
use regex::{Captures, Regex};

use super::regex;

/// A time, or a span of it, standing in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub start: NaiveTime,
    pub end: Option<NaiveTime>,
    pub zone: Option<Tz>,
    pub range: Range<usize>,
}

const TIME: &str = r"(?<hN>\d{1,2})(?:(?<cN>[:.h]|\sh\s)(?<mN>\d{2})(?::\d{2}(?:\.\d+)?)?)?\s?(?<pN>[ap]\.?m\b\.?|h\b|uhr\b|o'clock\b)?";
const ZONE: &str = r"\s*[(\[]?(?<zN>(?:UTC|GMT)\s?[+-]\d{1,2}(?::?00)?|[A-Z][A-Za-z]+/[A-Z][A-Za-z_/]+|[+-]\d{2}:?\d{2}\b|[A-Z]{2,5}\b|Z\b)?";

/// The first time: "15:00", "3 pm ET", "13:00 UTC", "15:00-16:00 CET", "from 3 to 4:30pm (Europe/Berlin)". A bare number
/// is no time, nor is "10.30" outside a span.
pub(super) fn find(text: &str) -> Option<Found> {
    static SPAN: LazyLock<Regex> = LazyLock::new(|| {
        let (first, second) = (numbered(TIME, "1"), numbered(TIME, "2"));
        let (zone, last) = (numbered(ZONE, "1"), numbered(ZONE, "2"));
        regex(&format!(
            r"(?i:(?:^|[^\d.:/-]){first})(?-i:{zone})(?i:\)?\s*(?:-|–|—|to|until|till|bis)\s*{second})(?-i:{last})"
        ))
    });
    static ONE: LazyLock<Regex> =
        LazyLock::new(|| regex(&format!(r"(?i:(?:^|[^\d.:/-]){})(?-i:{})", numbered(TIME, "1"), numbered(ZONE, "1"))));
    let span = SPAN.captures_iter(text).find_map(|found| span(&found));
    let one = ONE.captures_iter(text).find_map(|found| one(&found));
    match (span, one) {
        (Some(span), Some(one)) => Some(if one.range.end < span.range.start { one } else { span }),
        (span, one) => span.or(one),
    }
}

/// A zone by name, abbreviation or offset of whole hours. An abbreviation with several meanings is the most usual one;
/// summer and winter names of a place are the place.
pub(super) fn zone(name: &str) -> Option<Tz> {
    let name = name.trim();
    let found = match name.to_ascii_uppercase().as_str() {
        "UTC" | "GMT" | "Z" | "+00:00" | "+0000" | "UTC+0" => Tz::UTC,
        "CET" | "CEST" | "MEZ" | "MESZ" => Tz::Europe__Berlin,
        "BST" => Tz::Europe__London,
        "WET" | "WEST" => Tz::Europe__Lisbon,
        "EET" | "EEST" => Tz::Europe__Helsinki,
        "MSK" => Tz::Europe__Moscow,
        "ET" | "EST" | "EDT" => Tz::America__New_York,
        "CT" | "CST" | "CDT" => Tz::America__Chicago,
        "MT" | "MST" | "MDT" => Tz::America__Denver,
        "PT" | "PST" | "PDT" => Tz::America__Los_Angeles,
        "IST" => Tz::Asia__Kolkata,
        "JST" => Tz::Asia__Tokyo,
        "KST" => Tz::Asia__Seoul,
        "SGT" => Tz::Asia__Singapore,
        "HKT" => Tz::Asia__Hong_Kong,
        "AEST" | "AEDT" => Tz::Australia__Sydney,
        "NZST" | "NZDT" => Tz::Pacific__Auckland,
        "BRT" => Tz::America__Sao_Paulo,
        _ => return offset(name).or_else(|| name.contains('/').then(|| name.parse().ok()).flatten()),
    };
    Some(found)
}

/// `+02:00`, `UTC+2`: the fixed zone of that offset, whose IANA name counts the other way.
fn offset(name: &str) -> Option<Tz> {
    let bare = name.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let (sign, figures) = (bare.chars().next()?, bare.get(1..)?.replace(':', ""));
    let hours: u32 = match figures.len() {
        1 | 2 => figures.parse().ok()?,
        3 | 4 if figures.ends_with("00") => figures[..figures.len() - 2].parse().ok()?,
        _ => return None,
    };
    match (sign, hours) {
        (_, 0) => Some(Tz::UTC),
        ('+', _) => format!("Etc/GMT-{hours}").parse().ok(),
        ('-', _) => format!("Etc/GMT+{hours}").parse().ok(),
        _ => None,
    }
}

fn span(found: &Captures<'_>) -> Option<Found> {
    let marked = |n: &str| found.name(&format!("p{n}")).is_some();
    let colon = |n: &str| found.name(&format!("m{n}")).is_some();
    // "3-4" is no time, "3-4pm" and "15:00-16" are.
    if !(marked("1") || marked("2") || colon("1") || colon("2")) {
        return None;
    }
    let end = clock(found, "2", None)?;
    let half = found.name("p2").map(|part| part.as_str().to_lowercase());
    let mut start = clock(found, "1", half.as_deref())?;
    if !marked("1") && half.is_some() && start > end {
        start = clock(found, "1", None)?;
    }
    let zone = ["z2", "z1"].iter().find_map(|name| zone(found.name(name)?.as_str()));
    Some(Found { start, end: Some(end), zone, range: range(found) })
}

fn one(found: &Captures<'_>) -> Option<Found> {
    let marked = found.name("p1").is_some();
    let exact = found.name("c1").is_some_and(|mark| mark.as_str() != "." || marked);
    if !marked && !exact {
        return None;
    }
    let zone = found.name("z1").and_then(|name| zone(name.as_str()));
    Some(Found { start: clock(found, "1", None)?, end: None, zone, range: range(found) })
}

fn clock(found: &Captures<'_>, n: &str, half: Option<&str>) -> Option<NaiveTime> {
    let mut hour: u32 = found.name(&format!("h{n}"))?.as_str().parse().ok()?;
    let minute: u32 = found.name(&format!("m{n}")).map_or(Some(0), |part| part.as_str().parse().ok())?;
    let own = found.name(&format!("p{n}")).map(|part| part.as_str().to_lowercase());
    match own.as_deref().or(half).and_then(|half| half.chars().next()) {
        Some('p') if hour < 12 => hour += 12,
        Some('a') if hour == 12 => hour = 0,
        _ => {}
    }
    NaiveTime::from_hms_opt(if hour == 24 && minute == 0 { 0 } else { hour }, minute, 0)
}

fn range(found: &Captures<'_>) -> Range<usize> {
    let start = found.name("h1").map_or(0, |part| part.start());
    let end = ["z2", "p2", "m2", "h2", "z1", "p1", "m1", "h1"]
        .iter()
        .filter_map(|name| found.name(name))
        .map(|part| part.end())
        .max();
    start..end.unwrap_or(start)
}

fn numbered(pattern: &str, n: &str) -> String {
    ["h", "c", "m", "p", "z"]
        .iter()
        .fold(pattern.to_owned(), |pattern, part| pattern.replace(&format!("(?<{part}N>"), &format!("(?<{part}{n}>")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_their_zones() {
        for (text, expected) in [
            ("15:00", "15:00  "),
            ("13:00 UTC", "13:00  UTC"),
            ("T13:30:00Z", "13:30  UTC"),
            ("T15:00:00+02:00", "15:00  Etc/GMT-2"),
            ("15:00-16:00 CET", "15:00 16:00 Europe/Berlin"),
            ("15:00 – 16:30 (CEST)", "15:00 16:30 Europe/Berlin"),
            ("3 pm ET", "15:00  America/New_York"),
            ("3:15PM PST", "15:15  America/Los_Angeles"),
            ("3-4pm", "15:00 16:00 "),
            ("11-12:30pm", "11:00 12:30 "),
            ("11am to 1pm PT", "11:00 13:00 America/Los_Angeles"),
            ("10.00–11.30", "10:00 11:30 "),
            ("10h30", "10:30  "),
            ("from 9:00 until 10:00 Europe/Berlin", "09:00 10:00 Europe/Berlin"),
            ("16:00 UTC+2", "16:00  Etc/GMT-2"),
            ("13:00 UTC / 15:00 CEST", "13:00  UTC"),
            ("12am", "00:00  "),
            ("12:30 p.m.", "12:30  "),
            ("10 people", ""),
            ("3-4", ""),
            ("version 10.30", ""),
            ("25:00", ""),
            ("room 12", ""),
            ("", ""),
        ] {
            let found = find(text).map_or(String::new(), |found| {
                let end = found.end.map_or(String::new(), |end| end.format("%H:%M").to_string());
                format!("{} {end} {}", found.start.format("%H:%M"), found.zone.map_or("", Tz::name))
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
