//! How a line says that it is an item: a box, a shorthand or a label.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::inline::{Inline, OPAQUE, STRONG};
use crate::model::{ActionStatus, ItemKind};

/// A shorthand or label at the front of a plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: ItemKind,
    /// Where what it labels begins.
    pub end: usize,
    /// Whom it addresses, as in `AI(Ana):`, without the brackets.
    pub address: Option<Range<usize>>,
}

/// The box at the front of a line's source: what it says, and its length with the blanks behind it.
pub(super) fn checkbox(content: &str) -> Option<(ActionStatus, usize)> {
    let status = match content.get(..3)? {
        "[ ]" => ActionStatus::Open,
        "[x]" | "[X]" => ActionStatus::Done,
        "[-]" => ActionStatus::Dropped,
        _ => return None,
    };
    let rest = &content[3..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    (blanks > 0 || rest.is_empty()).then_some((status, 3 + blanks))
}

/// `!! `, `=> `, `?? `.
pub(super) fn shorthand(plain: &str) -> Option<Mark> {
    let kind = match plain.get(..2)? {
        "!!" => ItemKind::Action,
        "=>" => ItemKind::Decision,
        "??" => ItemKind::Question,
        _ => return None,
    };
    let rest = &plain[2..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    (blanks > 0 || rest.is_empty()).then_some(Mark { kind, end: 2 + blanks, address: None })
}

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi) ^ [*_\ \t]*
        ( action\ items? | action | ai | to-?do | next\ step | open\ question | question
        | decision | decided | resolved | resolution | agreed | consensus | verdict | conclusion )
        ( (?: [\ \t]*[-–][\ \t]* | [\ \t]+ | (?:[\ \t]*\#[\ \t]*) | (?:[\ \t]*no\.?[\ \t]*) )+ [a-z]{0,3}-?[0-9]+ (?:[.\-/][0-9]+)* [a-z]? )?
        (?: [\ \t]* [(\[] ([^()\[\]]{0,80}) [)\]] | [\ \t]+ (@[a-zA-Z0-9_.-]*[a-zA-Z0-9_] (?: [\ \t]*(?:,|&|and)[\ \t]*@[a-zA-Z0-9_.-]*[a-zA-Z0-9_] )*) )?
        [*_]* [\ \t]* ( [:：] )?",
    )
    .ok()
});

/// A label, with its colon; without one only in bold, `AI` and `TODO` not even then.
pub(super) fn label(inline: &Inline) -> Option<Mark> {
    let plain = inline.text.as_str();
    if !plain.trim_start_matches(['*', '_', ' ']).starts_with(|c: char| "aAtTnNoOqQdDrRcCvV".contains(c)) {
        return None;
    }
    let found = LABEL.as_ref()?.captures(plain)?;
    let word = found.get(1)?;
    if inline.is(word.start(), OPAQUE) {
        return None;
    }
    let kind = match word.as_str().to_ascii_lowercase().as_str() {
        "action items" => return None,
        "action" | "action item" | "ai" | "todo" | "to-do" | "next step" => ItemKind::Action,
        "question" | "open question" => ItemKind::Question,
        _ => ItemKind::Decision,
    };
    let address = found.get(3).or_else(|| found.get(4)).map(|m| m.range());
    if address.clone().is_some_and(|a| only_proposes(&plain[a])) {
        return None;
    }
    let mut address = address.filter(|a| plain[a.clone()].contains(char::is_alphabetic));
    let mut end = match found.get(5) {
        Some(colon) if !plain[colon.end()..].starts_with("//") => colon.end(),
        Some(_) => return None,
        None => {
            let short = word.len() <= 2 || word.as_str()[..2].eq_ignore_ascii_case("to");
            let bold = |to: usize| (word.start()..to).all(|at| !plain.is_char_boundary(at) || inline.is(at, STRONG));
            // As much of the label as is in bold; what follows is what it labels.
            let ends = [found.get(3).map(|m| m.end() + 1), found.get(2).map(|m| m.end()), Some(word.end())];
            let end = ends.into_iter().flatten().find(|end| bold(*end))?;
            let more = plain[end..].starts_with(|c: char| c.is_alphanumeric()) || inline.is(end, STRONG);
            if short || more {
                return None;
            }
            address = address.filter(|a| a.end < end);
            let rest = plain[end..].trim_start();
            plain.len() - rest.strip_prefix(['-', '–', '—']).unwrap_or(rest).len()
        }
    };
    end += plain[end..].len() - plain[end..].trim_start_matches(['*', '_', ' ', '\t', '\u{a0}']).len();
    Some(Mark { kind, end, address })
}

static PROPOSAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^[*_\ \t]*(?:(?:pre-?)?proposal|(?:proposed|tentative|draft|provisional|suggested|possible|potential|straw[- ]?(?:man|poll))(?:[\ \t]+(?:action items?|actions?|decisions?|resolutions?|next steps?|text|agreement|consensus|conclusion))?)(?:[-\ \t]*#?[0-9]+(?:\.[0-9]+)*)?[\ \t]*[:：]",
    )
    .ok()
});

/// Whether a text only proposes: `Proposed resolution: …`.
pub(super) fn proposes(plain: &str) -> bool {
    let bare = plain.trim_start_matches(['*', '_', ' ']);
    bare.starts_with(|c: char| "pPtTdDsS".contains(c)) && PROPOSAL.as_ref().is_some_and(|re| re.is_match(plain))
}

fn only_proposes(address: &str) -> bool {
    let word = address.trim().to_ascii_lowercase();
    ["proposed", "proposal", "draft", "tentative", "pending", "provisional", "tbd"].contains(&word.as_str())
}
