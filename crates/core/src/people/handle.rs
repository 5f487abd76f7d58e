//! Handles: what `@` names a person by, for good.

use super::{fold, name_from_email, normalize_email};

/// A free handle for a new person: lower case, without marks, of `[a-z0-9._-]`. The first name, then first and last
/// name, then numbered: `ana`, `ana.silva`, `ana.silva2`. `taken` says whether a handle is somebody's.
///
/// A name in another script falls back on the address, and where there is none on `person`.
#[must_use]
pub fn handle_for(name: &str, email: Option<&str>, taken: &dyn Fn(&str) -> bool) -> String {
    let address = email.and_then(normalize_email).or_else(|| normalize_email(name));
    let mut words = handle_words(name);
    if words.is_empty() {
        words = address.as_deref().map(|address| handle_words(&name_from_email(address))).unwrap_or_default();
    }
    if words.is_empty() {
        words = address
            .as_deref()
            .map(|address| vec![ascii(address.split('@').next().unwrap_or_default())])
            .unwrap_or_default();
        words.retain(|word| !word.is_empty());
    }
    let first = words.first().cloned().unwrap_or_else(|| "person".to_owned());
    let full = match words.last() {
        Some(last) if words.len() > 1 => format!("{first}.{last}"),
        _ => first.clone(),
    };
    let free = |handle: &str| !RESERVED.contains(&handle) && !taken(handle);
    if free(&first) {
        return first;
    }
    if free(&full) {
        return full;
    }
    let mut number = 2_u64;
    loop {
        let numbered = format!("{full}{number}");
        if free(&numbered) || number == u64::MAX {
            return numbered;
        }
        number += 1;
    }
}

/// Whether a text, without its `@`, can be a handle: letters, digits, `.`, `_` and `-`, beginning and ending with a
/// letter, a digit or `_`.
#[must_use]
pub fn is_handle(text: &str) -> bool {
    let edge = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !text.is_empty()
        && text.len() <= 64
        && text.chars().all(|c| edge(c) || matches!(c, '.' | '-'))
        && text.starts_with(edge)
        && text.ends_with(edge)
}

/// Words that mean something else after `@` or where a person may be given.
const RESERVED: &[&str] =
    &["me", "i", "all", "everyone", "everybody", "here", "channel", "team", "type", "id", "context", "none", "nobody"];

const TITLES: &[&str] = &["dr", "mr", "mrs", "ms", "prof", "sir"];

fn handle_words(name: &str) -> Vec<String> {
    if name.contains('@') {
        return Vec::new();
    }
    let shown = super::display_name(name);
    let mut words: Vec<String> = fold(&shown).split_whitespace().map(ascii).filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && TITLES.contains(&words[0].as_str()) {
        words.remove(0);
    }
    // "Ana Silva Jr." is ana.silva.
    while words.len() > 2
        && words.last().is_some_and(|word| matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "phd"))
    {
        words.pop();
    }
    words
}

fn ascii(word: &str) -> String {
    let kept: String =
        fold(word).chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).collect();
    kept.trim_matches(['-', '_', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_the_shortest_that_is_free() {
        for (name, email, taken, expected) in [
            ("Ana Silva", None, &[][..], "ana"),
            ("Ana Silva", None, &["ana"], "ana.silva"),
            ("Ana Silva", None, &["ana", "ana.silva"], "ana.silva2"),
            ("Ana Silva", None, &["ana", "ana.silva", "ana.silva2"], "ana.silva3"),
            ("Ana", None, &["ana"], "ana2"),
            ("Silva, Ana", None, &["ana"], "ana.silva"),
            ("Łukasz Żak", None, &["lukasz"], "lukasz.zak"),
            ("Søren Ødegård", None, &["soren"], "soren.odegard"),
            ("Jean-Luc Picard", None, &[], "jean-luc"),
            ("Dr. Ana Silva", None, &[], "ana"),
            ("Ana Maria da Silva", None, &["ana"], "ana.silva"),
            ("Ana Silva Jr.", None, &["ana"], "ana.silva"),
            ("Ana Silva (Acme)", None, &["ana"], "ana.silva"),
            ("李雷", Some("lei.li@acme.cn"), &[], "lei"),
            ("李雷", None, &[], "person"),
            ("", Some("ana.silva@acme.com"), &[], "ana"),
            ("", Some("42@acme.com"), &[], "42"),
            ("", None, &["person"], "person2"),
            ("ana.silva@acme.com", None, &[], "ana"),
            ("Me", None, &[], "me2"),
            ("O’Leary", None, &[], "oleary"),
        ] {
            assert_eq!(handle_for(name, email, &|handle| taken.contains(&handle)), expected, "{name} {email:?}");
        }
    }

    #[test]
    fn a_handle_has_no_stray_edges() {
        for (text, expected) in [
            ("ana", true),
            ("ana.silva", true),
            ("bnb", true),
            ("", false),
            ("ana.", false),
            ("-ana", false),
            ("a b", false),
            ("tmmoore_1", true),
            ("é", false),
        ] {
            assert_eq!(is_handle(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_name_gives_a_handle_that_is_one(name in "\\PC{0,30}", taken in proptest::collection::vec("[a-z]{1,4}", 0..4)) {
            let handle = handle_for(&name, None, &|handle| taken.iter().any(|other| other == handle));
            proptest::prop_assert!(handle.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-')), "{}", handle);
            proptest::prop_assert!(!taken.contains(&handle));
        }
    }
}
