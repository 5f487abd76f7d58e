//! What an item says to somebody who knows nothing of the vault: no links, no topics, no handles.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::tokens;

/// A due date as commands write it, and an anchor.
static MARKS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:due:|📅\s*)[0-9]{4}-[0-9]{2}-[0-9]{2}|\^[a-z0-9]{6}(?-u:\b)").ok());

/// The text of an item without what only the vault can follow: links to other items, anchors and dates in signs go;
/// handles become names, as `name` tells them, where they are part of the sentence, and go where they only say whose it
/// is, at the front or at the end; topics go at the end and leave their last word inside a sentence.
///
/// `own` says whether a handle is of somebody the item names as its owner, lower case, without `@`.
#[must_use]
pub fn said(text: &str, own: impl Fn(&str) -> bool, name: impl Fn(&str) -> Option<String>) -> String {
    let mut cuts: Vec<(Range<usize>, Cut)> = Vec::new();
    cuts.extend(tokens::links(text).into_iter().map(|(range, _)| (range, Cut::Gone)));
    if let Some(marks) = MARKS.as_ref() {
        cuts.extend(marks.find_iter(text).map(|found| (found.range(), Cut::Gone)));
    }
    cuts.extend(tokens::topics(text).into_iter().map(|(range, topic)| {
        let word = topic.rsplit('/').next().unwrap_or_default().to_owned();
        (range, Cut::Topic(word))
    }));
    cuts.extend(tokens::handles(text).into_iter().map(|(range, handle)| {
        let said = name(&handle).unwrap_or_else(|| handle.clone());
        (range, Cut::Handle { own: own(&handle), said })
    }));
    cuts.sort_by_key(|(range, _)| range.start);
    let mut kept: Vec<(Range<usize>, Cut)> = Vec::new();
    for cut in cuts {
        if kept.last().is_none_or(|(before, _)| before.end <= cut.0.start) {
            kept.push(cut);
        }
    }
    let first = leading(text, &kept);
    let last = trailing(text, &kept);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (nth, (range, cut)) in kept.iter().enumerate() {
        out.push_str(&text[at..range.start]);
        at = range.end;
        match cut {
            Cut::Gone => {}
            Cut::Topic(_) if nth >= last => {}
            Cut::Handle { own: true, .. } if nth < first || nth >= last => {}
            Cut::Topic(word) => out.push_str(word),
            Cut::Handle { said, .. } => out.push_str(said),
        }
    }
    out.push_str(&text[at..]);
    let out = tidy(&out);
    // "@ana to send it": with whose it is goes what led to the verb.
    let of_somebody = kept[..first].iter().any(|(_, cut)| matches!(cut, Cut::Handle { own: true, .. }));
    out.strip_prefix("to ").filter(|rest| of_somebody && !rest.is_empty()).map(str::to_owned).unwrap_or(out)
}

/// With a capital in front, as a sentence that is handed over begins; a word that has its own spelling keeps it
/// ("iPhone", "x86", "acme.example").
#[must_use]
pub fn sentence(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let mut chars = text.chars();
    match chars.next() {
        Some(letter) if !first.chars().any(|c| c.is_uppercase() || c.is_numeric() || "./_@".contains(c)) => {
            letter.to_uppercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

enum Cut {
    Gone,
    Topic(String),
    Handle { own: bool, said: String },
}

/// How many pieces stand before the first word; none where the sentence goes on with somebody else, as in `@ana and me`.
fn leading(text: &str, cuts: &[(Range<usize>, Cut)]) -> usize {
    let mut at = 0;
    let count = cuts
        .iter()
        .take_while(|(range, _)| {
            let between = &text[at..range.start];
            at = range.end;
            is_between(between)
        })
        .count();
    let Some((last, _)) = cuts[..count].last() else { return 0 };
    let next = cuts.get(count).map_or(text.len(), |(range, _)| range.start);
    let goes_on = text[last.end..next].trim_start().strip_prefix("and ").is_some_and(|rest| !rest.trim().is_empty());
    if goes_on { 0 } else { count }
}

/// Which piece is the first after the last word.
fn trailing(text: &str, cuts: &[(Range<usize>, Cut)]) -> usize {
    let mut at = text.len();
    let behind = cuts.iter().rev().take_while(|(range, _)| {
        let between = &text[range.end..at];
        at = range.start;
        is_between(between) || looks_again(between)
    });
    cuts.len() - behind.count()
}

/// `revisit in 3 months` says when, and is no part of the sentence before it.
fn looks_again(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("revisit")) && words.count() <= 4
}

fn is_between(text: &str) -> bool {
    let text = text.trim();
    text.chars().all(|c| !c.is_alphanumeric()) || text == "and"
}

/// Single spaces, no empty brackets, no sign left hanging.
fn tidy(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [("()", ""), ("[]", ""), ("( )", ""), (" ,", ","), (" .", "."), (" ;", ";"), (" )", ")")] {
        text = text.replace(from, to);
    }
    if let Some(at) = text.rfind(" revisit ")
        && looks_again(&text[at..])
        && text[..at].ends_with(char::is_alphanumeric)
    {
        text.insert(at, ',');
    }
    let text = unhung(&text);
    let text = text.strip_prefix("and ").unwrap_or(text).trim_start_matches([':', ',', ';', ' ']);
    text.trim_end_matches([',', ';', ' ', '–', '—', '-', '&']).to_owned()
}

/// Without the signs in front that joined it to what was taken away. A minus belongs to the number behind it.
fn unhung(text: &str) -> &str {
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let behind = &rest[sign.len_utf8()..];
        match sign {
            ':' | ',' | ';' | ' ' | '&' => rest = behind,
            '–' | '—' | '-' if !behind.starts_with(|c: char| c.is_alphanumeric()) => rest = behind,
            _ => break,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_says_itself_to_a_stranger() {
        for (written, expected) in [
            ("Price is 12 € a seat #pricing", "Price is 12 € a seat"),
            ("Price is 12 € a seat #client/acme.", "Price is 12 € a seat."),
            ("the #client/globex rate stays", "the globex rate stays"),
            ("@ana send the draft by Friday due:2026-12-01 #x", "send the draft by Friday"),
            ("send the draft to @zoe", "send the draft to Zoe Quist"),
            ("@ana and @ana: send it", "send it"),
            ("-5 % on all prices", "-5 % on all prices"),
            ("@ana: −5 % on all prices", "−5 % on all prices"),
            ("@ana - send it", "send it"),
            ("@ana to send it", "send it"),
            ("to send it is @ana's", "to send it is Ana Silva's"),
            ("@ana and me to draw up a plan", "Ana Silva and me to draw up a plan"),
            ("@ana and @zoe to draw up a plan", "Zoe Quist to draw up a plan"),
            ("tell @ana to send it (@ana)", "tell Ana Silva to send it"),
            (
                "capped at the flat fee #acme/pricing revisit in 3 months @ana",
                "capped at the flat fee, revisit in 3 months",
            ),
            ("we ship supersedes ^k7m2xq", "we ship"),
            ("we ship (after ^k7m2xq)", "we ship"),
            ("see ^k7m2xq and go", "see and go"),
            ("mail a@b.example about C# 📅 2026-12-01", "mail a@b.example about C#"),
            ("ask @nobody", "ask nobody"),
            ("#only #topics", ""),
        ] {
            let name = |handle: &str| match handle {
                "ana" => Some("Ana Silva".to_owned()),
                "zoe" => Some("Zoe Quist".to_owned()),
                _ => None,
            };
            assert_eq!(said(written, |handle| handle == "ana", name), expected, "{written}");
        }
    }

    #[test]
    fn a_sentence_begins_with_a_capital_where_its_first_word_has_no_spelling_of_its_own() {
        for (written, expected) in [
            ("send the draft", "Send the draft"),
            ("écrire à Lyon", "Écrire à Lyon"),
            ("e-mail the client.", "E-mail the client."),
            ("iPhone orders first", "iPhone orders first"),
            ("acme.example moves", "acme.example moves"),
            ("x86 first", "x86 first"),
            ("-5 % on all prices", "-5 % on all prices"),
            ("", ""),
        ] {
            assert_eq!(sentence(written), expected, "{written}");
        }
    }
}
