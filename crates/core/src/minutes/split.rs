//! Several people on one line.

use std::sync::LazyLock;

use regex::Regex;

use super::entry::{is_full_name, is_organization, is_placeholder};
use super::label::{Group, group};
use super::plain::plain;
use super::regex;
use crate::people::fold;

/// A piece of text that lists people.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    pub text: String,
    /// 1-based.
    pub line: u32,
    pub checked: Option<bool>,
    /// A bullet, a line or a cell of its own, which most often is one person.
    pub single: bool,
    pub group: Group,
    pub organization: Option<String>,
}

/// One piece for each person.
pub(super) fn people(raws: Vec<Raw>) -> Vec<Raw> {
    let shape = Shape::of(&raws);
    raws.into_iter().flat_map(|raw| person_pieces(raw, shape)).collect()
}

/// How the entries of a list are built, which one alone may not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// "Ana Silva, Acme" in each.
    Beside,
    /// "Silva, Ana" in each.
    Reversed,
    /// Nothing to go by.
    Open,
}

impl Shape {
    fn of(raws: &[Raw]) -> Self {
        let singles: Vec<Vec<String>> = raws
            .iter()
            .filter(|raw| raw.single)
            .map(|raw| pieces(&plain(&raw.text), &[","]))
            .filter(|parts| !parts[0].is_empty())
            .collect();
        let pairs: Vec<&Vec<String>> = singles.iter().filter(|parts| parts.len() == 2).collect();
        if singles.len() < 2 {
            return Self::Open;
        }
        let one_word = |text: &String| !text.contains(' ');
        let mut seconds: Vec<&String> = pairs.iter().map(|parts| &parts[1]).collect();
        seconds.sort();
        seconds.dedup();
        if pairs.len() == singles.len()
            && seconds.len() == pairs.len()
            && pairs.iter().all(|parts| one_word(&parts[0]) && one_word(&parts[1]))
        {
            return Self::Reversed;
        }
        Self::Beside
    }
}

fn person_pieces(raw: Raw, shape: Shape) -> Vec<Raw> {
    let piece = |text: String| Raw { text, single: true, ..raw.clone() };
    let text = raw.text.replace("<br>", ";").replace("<br/>", ";").replace("<br />", ";");
    if let Some(labelled) = labelled(&raw, &text) {
        return labelled;
    }
    // Semicolons divide people, and then a comma stands within one.
    let semi = pieces(&text, &[";", " | ", " • ", " · ", "、", "，"]);
    if semi.len() > 1 {
        let mixed = mixes(&semi);
        let each = semi.into_iter().filter(|text| !text.is_empty());
        let within = |text: String| match pieces(&text, &[","]) {
            names if mixed && names.len() > 1 && names.iter().all(|name| is_full_name(name)) => names,
            _ => vec![turned(&text)],
        };
        return each.flat_map(within).map(piece).collect();
    }
    let handles = text.matches('@').count();
    let commas = pieces(&text, &[","]);
    if commas.len() == 1 && handles > 1 && !text.contains("//") {
        return by_handles(&text).into_iter().map(piece).collect();
    }
    if raw.single && commas.len() > 1 {
        match shape {
            Shape::Reversed => return vec![piece(turned(&text))],
            _ if !lists_people(&commas, shape) => return vec![piece(text)],
            _ => {}
        }
    }
    let mut separators = vec![",", " and ", " & ", " und ", " et "];
    if commas.len() == 1 {
        separators.extend([" / ", " + "]);
    }
    if raw.single && commas.len() == 1 && !joins_people(&text) {
        return vec![piece(text)];
    }
    let parts =
        pieces(&text, &separators).into_iter().map(|part| part.strip_prefix("and ").unwrap_or(&part).trim().to_owned());
    let mut people: Vec<String> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        match people.last_mut() {
            Some(last) if belongs(&part) => {
                last.push_str(", ");
                last.push_str(&part);
            }
            _ => people.push(part),
        }
    }
    people.into_iter().map(piece).collect()
}

/// Whether commas divide people too, as in "Ana Silva, Ben Ode; Carol Diaz". Where each part has one comma, as in
/// "Ana Silva, Green Energy; Ben Ode, Blue Sky", it divides a person from something else, unless brackets stand there.
fn mixes(parts: &[String]) -> bool {
    let counts = || parts.iter().map(|part| pieces(part, &[","]).len());
    let described = |part: &String| {
        let names = pieces(part, &[","]);
        names.len() > 1 && names.iter().all(|name| name.contains(['(', '@']))
    };
    counts().any(|count| count != 2) || parts.iter().any(described)
}

/// "Acme: Ana Silva, Ben Ode", "Chair: Ana".
fn labelled(raw: &Raw, text: &str) -> Option<Vec<Raw>> {
    let shown = plain(text);
    let (label, rest) =
        shown.split_once(": ").or_else(|| shown.split_once(" – ").filter(|(label, _)| group(label).is_some()))?;
    let label = label.trim();
    let inner = |group, organization: Option<String>| {
        let raw = Raw { text: rest.trim().to_owned(), single: false, group, organization, ..raw.clone() };
        person_pieces(raw, Shape::Open)
    };
    if let Some(group) = group(label) {
        return Some(inner(group, raw.organization.clone()));
    }
    let names = pieces(rest, &[",", ";", " and ", " & "]);
    let named = names.iter().filter(|name| is_full_name(name)).count();
    let short = label.split_whitespace().count() <= 4
        && label.chars().next().is_some_and(char::is_uppercase)
        && !label.contains(['(', '@']);
    // "AS: Ana Silva" is one person with initials.
    let is_initials = names.len() == 1 && label.len() <= 4 && fold(&crate::people::initials(rest)) == fold(label);
    (short
        && named == names.len()
        && !is_initials
        && (names.len() > 1 || !is_full_name(label))
        && !is_placeholder(label))
    .then(|| inner(raw.group, Some(label.to_owned())))
}

/// Whether the parts of a line of its own are people, and not a person and what they are.
fn lists_people(parts: &[String], shape: Shape) -> bool {
    let full = parts.iter().filter(|part| is_full_name(part)).count();
    let one_word =
        |part: &String| !part.contains(' ') && part.chars().next().is_some_and(|c| c.is_alphabetic() || c == '@');
    let rest = &parts[1..];
    if rest.iter().any(|part| is_organization(part)) && full < 2 {
        return false;
    }
    full >= 2 && full + 1 >= parts.len() && !(parts.len() == 2 && shape == Shape::Beside && is_organization(&parts[1]))
        || shape == Shape::Open
            && parts.iter().all(|part| one_word(part) || is_full_name(part))
            && !rest.iter().all(|part| is_acronym(part) && is_full_name(&parts[0]))
        || parts.len() >= 3 && parts.iter().all(one_word)
        || parts.iter().all(|part| part.contains('@'))
}

/// "Ana and Ben", "Ana Silva & Ben Ode", on a line of its own.
fn joins_people(text: &str) -> bool {
    let parts = pieces(text, &[" and ", " & ", " / ", " + "]);
    parts.len() > 1
        && (parts.iter().all(|part| is_full_name(part))
            || parts.iter().all(|part| part.split(' ').count() == 1)
            || parts.iter().all(|part| part.contains('@')))
}

/// What cannot be a person of its own behind a comma: a title, an organization's form.
fn belongs(part: &str) -> bool {
    let folded = fold(part);
    let bare = folded.trim_end_matches('.');
    matches!(
        bare,
        "jr" | "sr" | "ii" | "iii" | "phd" | "ph.d" | "md" | "msc" | "mba" | "inc" | "ltd" | "llc" | "gmbh" | "esq"
    ) || is_organization(part) && !is_full_name(part)
        || group(part).is_some()
        || folded.starts_with("aka ")
}

fn is_acronym(text: &str) -> bool {
    text.len() >= 2 && text.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '&')
}

/// "Silva, Ana" as "Ana Silva", where both are a word or two.
fn turned(text: &str) -> String {
    match text.split_once(", ") {
        Some((last, first))
            if !first.contains(',')
                && last.split(' ').count() <= 2
                && !is_full_name(last)
                && !belongs(first)
                && !last.contains(['(', '@']) =>
        {
            let (first, rest) = match first.find([' ', '(']) {
                Some(at) if first[at..].trim_start().starts_with(['(', '@', '<', '[']) => first.split_at(at),
                _ => (first, ""),
            };
            format!(
                "{} {}{}",
                first.trim(),
                last.trim(),
                if rest.is_empty() { String::new() } else { format!(" {}", rest.trim()) }
            )
        }
        _ => text.to_owned(),
    }
}

/// "@ana @ben", "Ana Silva @ana Ben Ode @ben".
fn by_handles(text: &str) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in text.split_whitespace() {
        let ends = word.trim_start_matches('(').starts_with('@');
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
        if ends {
            people.push(std::mem::take(&mut current));
        }
    }
    match people.last_mut() {
        Some(last) if !current.is_empty() => {
            last.push(' ');
            last.push_str(&current);
        }
        _ => people.extend((!current.is_empty()).then_some(current)),
    }
    people
}

/// "Ana, Ben. Regrets: Carol" holds another list.
pub(super) fn several(text: &str, first: Group) -> Vec<(Group, String)> {
    static INNER: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?:[.;|/]\s*|\s{2,}|\s[-–—]\s|,\s*|\)\s*)([A-Z][A-Za-z -]{2,24})\s*:\s+"));
    let mut lists = Vec::new();
    let (mut group_now, mut start) = (first, 0);
    for found in INNER.captures_iter(text) {
        if let (Some(next), Some(whole)) = (group(&found[1]), found.get(0)) {
            lists.push((group_now, text[start..whole.start()].trim_matches(['.', ';', ' ']).to_owned()));
            (group_now, start) = (next, whole.end());
        }
    }
    lists.push((group_now, text[start..].trim().to_owned()));
    lists
}

/// Splits outside brackets; brackets that do not close count for nothing.
pub(super) fn pieces(text: &str, separators: &[&str]) -> Vec<String> {
    let (mut parts, mut depth, mut start, mut at) = (Vec::new(), 0_i32, 0, 0);
    let balanced = text.matches(['(', '[']).count() == text.matches([')', ']']).count();
    while let Some(c) = text[at..].chars().next() {
        match c {
            '(' | '[' if balanced => depth += 1,
            ')' | ']' if balanced => depth -= 1,
            _ => {}
        }
        if depth == 0
            && let Some(separator) = separators.iter().find(|separator| text[at..].starts_with(**separator))
        {
            parts.push(text[start..at].trim().to_owned());
            // " and " may be followed at once by another.
            at += separator.trim_end().len();
            start = at;
            continue;
        }
        at += c.len_utf8();
    }
    parts.push(text[start..].trim().to_owned());
    parts
}
