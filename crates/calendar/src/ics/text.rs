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
