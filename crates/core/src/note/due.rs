//! Due dates: a cue, then a date. Without a cue nothing is taken.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::date;

/// A date as a text says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    pub date: NaiveDate,
    /// The cue and the date.
    pub range: Range<usize>,
    /// Of `due:2026-12-01` and `📅 2026-12-01`, the date alone.
    pub written: Option<Range<usize>>,
}

static EXPLICIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:(?-u:\b)due:[\ \t]?|📅\u{fe0f}?[\ \t]*)([0-9]{4}-[0-9]{2}-[0-9]{2})(?-u:\b)").ok()
});

static CUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi) (?-u:\b)(?: no\ later\ than | not\ later\ than | within | before | until | till | by
        | due (?: \ date )? (?: [\ \t]*[:=] | \ (?:is|on|by|before|in|at|until|no\ later\ than)(?-u:\b) )?
        | deadline (?: [\ \t]*[:=–-] | \ (?:is|of|on|by|for\ this\ is|at)(?-u:\b) )? ) [\ \t]* ",
    )
    .ok()
});

/// The due date in `masked`. `due:DATE` and `📅 DATE` come before words, the last of them first; of phrases in words the
/// first that is a date counts. `is_name` says whether a word is somebody's name: "by May" may be.
pub(super) fn find(masked: &str, meeting: Option<NaiveDate>, is_name: impl Fn(&str) -> bool) -> Option<Due> {
    if let Some(re) = EXPLICIT.as_ref().filter(|_| masked.contains(':') || masked.contains('📅')) {
        let explicit = re.captures_iter(masked).filter_map(|found| {
            let (all, iso) = (found.get(0)?, found.get(1)?);
            let date = NaiveDate::parse_from_str(iso.as_str(), "%Y-%m-%d").ok()?;
            Some(Due { date, range: all.range(), written: Some(iso.range()) })
        });
        if let Some(due) = explicit.last() {
            return Some(due);
        }
    }
    CUE.as_ref()?.find_iter(masked).find_map(|cue| {
        let spaced = masked[cue.range()].ends_with([' ', '\t', ':', '=', '-', '–']);
        if !spaced {
            return None;
        }
        let lower = cue.as_str().trim().to_ascii_lowercase();
        let rest = &masked[cue.end()..];
        let phrase = if lower == "within" {
            date::duration(rest, meeting)?
        } else {
            let counted = if lower.ends_with(" in") { date::duration(rest, meeting) } else { None };
            counted.or_else(|| date::read(rest, meeting))?
        };
        let taken = rest.get(..phrase.len)?;
        let whole = !rest[phrase.len..].starts_with(|c: char| c.is_alphanumeric());
        if !whole || (phrase.only_month && is_name(taken)) {
            return None;
        }
        Some(Due { date: phrase.date?, range: cue.start()..cue.end() + phrase.len, written: None })
    })
}

static REVISIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)revisit(?:ed)?(?:[\ \t]+(?:this|it|that))?(?:[\ \t]*:[\ \t]*|[\ \t]+)(?:(?:again|on|by|at|after|before|from|around)[\ \t]+)?").ok()
});

/// When a decision is to be looked at again: "revisit in 3 months".
pub(super) fn revisit(masked: &str, meeting: Option<NaiveDate>) -> Option<NaiveDate> {
    revisit_at(masked, meeting).map(|(_, date)| date)
}

/// [`revisit`], and where it stands.
pub(super) fn revisit_at(masked: &str, meeting: Option<NaiveDate>) -> Option<(Range<usize>, NaiveDate)> {
    REVISIT.as_ref()?.find_iter(masked).find_map(|cue| {
        let rest = &masked[cue.end()..];
        let phrase = date::read(rest, meeting).or_else(|| date::duration(rest, meeting))?;
        let whole = !rest[phrase.len..].starts_with(|c: char| c.is_alphanumeric());
        phrase.date.filter(|_| whole).map(|date| (cue.start()..cue.end() + phrase.len, date))
    })
}

/// A date that has no cue, at the beginning of some word of a text, with an "on" before it: what may be meant as a due
/// date. `free` says whether a stretch belongs to nothing else.
pub(super) fn without_cue(
    masked: &str,
    from: usize,
    meeting: Option<NaiveDate>,
    free: impl Fn(&Range<usize>) -> bool,
) -> Option<(Range<usize>, NaiveDate)> {
    let mut before: Option<usize> = None;
    for (at, word) in words(&masked[from..]).take(MOST_WORDS).map(|(at, word)| (at + from, word)) {
        let phrase = date::read(&masked[at..], meeting).filter(|phrase| !phrase.only_month && phrase.len > 0);
        if let Some(phrase) = phrase
            && let Some(date) = phrase.date
        {
            let range = before.unwrap_or(at)..at + phrase.len;
            let whole = !masked[range.end..].starts_with(|c: char| c.is_alphanumeric());
            // A bare number is a day of the month only to those who know.
            let named = masked[at..range.end].contains(char::is_alphabetic) || masked[at..range.end].len() >= 8;
            if whole && named && free(&range) && !phrase_names(masked, &range) {
                return Some((range, date));
            }
        }
        before = (word == "on").then_some(at);
    }
    None
}

/// Further words are not looked at.
const MOST_WORDS: usize = 60;

/// "the Friday meeting", "Monday's notes": a date that says which, and not when.
fn phrase_names(masked: &str, range: &Range<usize>) -> bool {
    let before = masked[..range.start].trim_end();
    let the = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_ascii_lowercase();
    ["the", "last", "since", "from", "our", "of"].contains(&the.as_str())
        || masked[range.end..].starts_with(['\'', '’'])
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| !c.is_alphanumeric()).filter_map(move |word| {
        let start = at;
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}
