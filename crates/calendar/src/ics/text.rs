//! From bytes to the text of a calendar, or to why they are none.

use std::borrow::Cow;

use super::IcsError;

pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// Whether the bytes were no UTF-8 or UTF-16.
    pub lossy: bool,
}

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, IcsError> {
    let utf16 = |bytes: &[u8], of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        Decoded { text: Cow::Owned(String::from_utf16_lossy(&units)), lossy: false }
    };
    let decoded = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    };
    check(&decoded.text)?;
    Ok(decoded)
}

fn utf8(bytes: &[u8]) -> Decoded<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), lossy: false },
        Err(_) => Decoded { text: Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()), lossy: true },
    }
}

fn check(text: &str) -> Result<(), IcsError> {
    let start = text.trim_start();
    if start.is_empty() {
        return Err(IcsError::Empty);
    }
    let line = start.lines().next().unwrap_or_default().trim_end().to_ascii_uppercase();
    if line == "BEGIN:VCALENDAR" {
        return Ok(());
    }
    let head: String = start.chars().take(1_000).collect();
    if head.chars().any(|c| c == '\0' || (c.is_control() && !c.is_whitespace() && c != '\u{1b}')) {
        return Err(IcsError::Binary);
    }
    let head = head.to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.contains("<html") || head.contains("<head") {
        return Err(IcsError::Html);
    }
    Err(IcsError::NotACalendar)
}

/// Whether the last line closes the calendar.
pub(super) fn is_whole(text: &str) -> bool {
    text.trim_end().lines().next_back().is_some_and(|line| line.trim().eq_ignore_ascii_case("END:VCALENDAR"))
}

/// Where the event begins in which the text breaks off.
pub(super) fn cut_event(text: &str) -> Option<usize> {
    let mut open = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if bare.eq_ignore_ascii_case("BEGIN:VEVENT") {
            open = Some(at);
        } else if bare.eq_ignore_ascii_case("END:VEVENT") {
            open = None;
        }
        at += line.len();
    }
    open
}

/// The properties of an event whose values are dates.
const DATES: [&str; 5] = ["DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"];

/// The text with a `?` for each date of an event that is none (RFC 5545 §3.3.4, §3.3.5, §3.3.9). The parser reads what it
/// can of one, "2026112" as the second of November.
pub(super) fn without_malformed_dates(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut copied, mut at, mut in_zone) = (0, 0, false);
    while at < text.len() {
        let end = property_end(text, at);
        let property = &text[at..end];
        match property.split([':', ';']).next().unwrap_or_default().trim_end() {
            name if DATES.iter().any(|date| name.eq_ignore_ascii_case(date)) => {
                if let Some(mended) = mended(name, property).filter(|_| !in_zone) {
                    out.push_str(&text[copied..at]);
                    out.push_str(&mended);
                    copied = end;
                }
            }
            _ if property.trim().eq_ignore_ascii_case("BEGIN:VTIMEZONE") => in_zone = true,
            _ if property.trim().eq_ignore_ascii_case("END:VTIMEZONE") => in_zone = false,
            _ => {}
        }
        at = end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The end of the property that begins there, folded lines and the line end included.
fn property_end(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(end) = text[at..].find('\n') {
        at += end + 1;
        if !text[at..].starts_with([' ', '\t']) {
            return at;
        }
    }
    text.len()
}

/// The property with its malformed dates marked; `None` where there are none.
fn mended(name: &str, property: &str) -> Option<String> {
    // Unfolding takes out the line end and one blank.
    let unfolded: String = property
        .split('\n')
        .map(|line| line.strip_prefix([' ', '\t']).unwrap_or(line).trim_end_matches('\r'))
        .collect();
    let (head, value) = unfolded.rsplit_once(':')?;
    let good: Vec<bool> = value.split(',').map(|date| is_period(date.trim())).collect();
    if good.iter().all(|good| *good) {
        return None;
    }
    let dates: Vec<&str> = value.split(',').zip(&good).map(|(date, good)| if *good { date } else { "?" }).collect();
    // Without a good one, what stands before the last colon may be part of a date.
    let head = if good.contains(&true) { head } else { name };
    Some(format!("{head}:{}\r\n", dates.join(",")))
}

fn is_period(text: &str) -> bool {
    match text.split_once('/') {
        Some((start, end)) => is_date(start) && (end.starts_with(['P', 'p', '+', '-']) || is_date(end)),
        None => is_date(text),
    }
}

/// A date or a time of the form `20261122T100000Z`; an offset in place of the `Z` is understood.
fn is_date(text: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((date, time)) = text.split_once(['T', 't']) else { return digits(text, 8) };
    let Some((clock, zone)) = time.split_at_checked(6) else { return false };
    digits(date, 8)
        && digits(clock, 6)
        && (matches!(zone, "" | "Z" | "z") || zone.strip_prefix(['+', '-']).is_some_and(|offset| digits(offset, 4)))
}
