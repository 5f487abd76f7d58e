//! Topics, handles and links in the text of a line. All of it runs over a masked text (see `Inline::masked`).

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::WrittenLink;
use super::inline::BLOT;

/// `#topic` and `#client/acme`: where each stands, with its `#`. A number alone is none (`#12`).
pub(super) fn topics(masked: &str) -> Vec<(Range<usize>, String)> {
    signs(masked, '#', |c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/'))
        .filter(|(range, name)| {
            name.chars().any(char::is_alphabetic)
                && !name.starts_with(['-', '/'])
                && !masked[range.end..].starts_with(BLOT as char)
        })
        .collect()
}

/// `@handle`: where each stands, with its `@`. E-mail addresses, scoped packages (`@scope/name`), `"@type"` and
/// `@user@host` are none.
pub(super) fn handles(masked: &str) -> Vec<(Range<usize>, String)> {
    signs(masked, '@', |c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        .filter(|(range, name)| {
            let rest = &masked[range.end..];
            name.starts_with(char::is_alphabetic)
                && !rest.starts_with(['@', '"'])
                && !(rest.starts_with('/') && rest[1..].starts_with(|c: char| c.is_alphanumeric()))
        })
        .collect()
}

fn signs(masked: &str, sign: char, of: fn(char) -> bool) -> impl Iterator<Item = (Range<usize>, String)> {
    masked.match_indices(sign).filter_map(move |(at, _)| {
        let before = masked[..at].chars().next_back();
        let free = before.is_none_or(|c| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | '[' | '{' | ',' | ';' | ':' | '/' | '&' | '+' | '*' | '~' | '|' | '>' | '-' | '–' | '—'
                )
        });
        let slash = sign == '#' && before.is_some_and(|c| matches!(c, '/' | '&' | ':'));
        if !free || slash {
            return None;
        }
        let rest = &masked[at + 1..];
        let name = &rest[..rest.find(|c| !of(c)).unwrap_or(rest.len())];
        let name = name.trim_end_matches(['.', '-', '_', '/']);
        (!name.is_empty()).then(|| (at..at + 1 + name.len(), name.to_lowercase()))
    })
}

static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)[(\[]?(?-u:\b)(supersedes|after|answers)[\ \t]+(\^[a-z0-9]{6}(?:(?:[\ \t]*,[\ \t]*(?:and[\ \t]+)?|[\ \t]+and[\ \t]+)\^[a-z0-9]{6})*)(?-u:\b)[)\]]?",
    )
    .ok()
});

/// `supersedes ^id`, `after ^id`, `answers ^id`: where each clause stands, and what it says.
pub(super) fn links(masked: &str) -> Vec<(Range<usize>, Vec<WrittenLink>)> {
    let Some(re) = LINK.as_ref().filter(|_| masked.contains('^')) else { return Vec::new() };
    re.captures_iter(masked)
        .filter_map(|found| {
            let (all, word, targets) = (found.get(0)?, found.get(1)?, found.get(2)?);
            let of = |anchor: &str| {
                let anchor = anchor.to_owned();
                match word.as_str().to_ascii_lowercase().as_str() {
                    "supersedes" => WrittenLink::Supersedes(anchor),
                    "after" => WrittenLink::After(anchor),
                    _ => WrittenLink::Answers(anchor),
                }
            };
            let links = targets
                .as_str()
                .split('^')
                .skip(1)
                .filter_map(|t| t.get(..6).filter(|a| super::is_anchor(a)).map(of))
                .collect();
            // One bracket alone belongs to the sentence.
            let text = all.as_str();
            let (opens, closes) = (text.starts_with(['(', '[']), text.ends_with([')', ']']));
            let range = match (opens, closes) {
                (true, false) => all.start() + 1..all.end(),
                (false, true) => all.start()..all.end() - 1,
                _ => all.range(),
            };
            Some((range, links))
        })
        .collect()
}

/// Each once, in order.
pub(super) fn unique(all: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    all.into_iter().filter(|one| seen.insert(one.clone())).collect()
}
