//! Headings that make their list items items.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::ItemKind;

/// What a heading makes of the list items under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nothing.
    None,
    /// Items of this kind.
    Of(ItemKind),
    /// Nothing, nor do headings and tables under it: it looks back, or ahead.
    Shut,
}

const ACTIONS: &str = r"(?:action|actions|(?:action|follow[- ]?up)[- ]?(?:items?|points?)|next[- ]steps?|to[- ]?dos?|to[- ]?do lists?|ais)";
const DECISIONS: &str = r"(?:decisions?|resolutions?)";
const QUESTIONS: &str = r"(?:open[- ]questions?|unanswered questions?|questions)";
const BEFORE: &str = r"(?:(?:section|part) [a-z0-9]+:? )?(?:(?:new|key|main|top|our|all|agreed|final|open|team|current|immediate|remaining|prioriti[sz]ed|priority|list of|summary of|recap of|log of|meeting|the) )*";
const AFTER: &str = r"(?: (?:items|log|list|summary|recap|made|taken|reached|agreed|assigned|(?:and|with|&) (?:owners?|ownership|deadlines?|due dates?|assignees?|responsib).*|(?:for|on|about|to) .*|(?:from|of) (?:this|today|the) ?(?:meeting|call|session|week|sync|workshop|discussion)?))?";

static KINDS: LazyLock<[(ItemKind, Option<Regex>); 3]> = LazyLock::new(|| {
    let of = |words: &str| Regex::new(&format!("^{BEFORE}{words}{AFTER}$")).ok();
    [(ItemKind::Action, of(ACTIONS)), (ItemKind::Decision, of(DECISIONS)), (ItemKind::Question, of(QUESTIONS))]
});

/// Words that look back on another meeting, or that only propose.
static BACK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?-u:\b)(?:previous(?:ly)?|prior|past|last|old|earlier|review(?:s|ed|ing)?|outstanding|carried|carry|carry-?over|completed|closed|status|proposed|proposals?|draft|tentative|possible|potential|suggested|to decide|deciding)(?-u:\b)",
    )
    .ok()
});

/// Words that look ahead, before or after "decision".
static AHEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?-u:\b)(?:needed|required|requested|pending|upcoming|awaiting|deferred|future|outstanding|open|to (?:be )?(?:make|made|take|taken|decided?|discuss|discussed|confirm|confirmed|come)|(?:for|at) (?:the )?next)(?-u:\b)",
    )
    .ok()
});

/// Words for another meeting: what stands under its sub-headings is of that meeting too.
static ANOTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?-u:\b)(?:previous|prior|past|last (?:week|month|meeting|time|call|session|sprint|quarter|year|sync)|last [a-z]+'s|outstanding|carried over)(?-u:\b)",
    )
    .ok()
});

/// What a heading makes; `within` is what the heading above it makes, which it inherits where it says nothing itself.
pub(super) fn scope(written: &str, within: Scope) -> Scope {
    if within == Scope::Shut {
        return Scope::Shut;
    }
    let words = plain(written);
    let is = |re: &Option<Regex>| re.as_ref().is_some_and(|re| re.is_match(&words));
    if is(&ANOTHER) {
        return Scope::Shut;
    }
    let about = |stems: &[&str]| stems.iter().any(|stem| words.contains(stem));
    let decides = about(&["decision", "decide", "deciding", "resolution"]);
    if (is(&BACK) && (decides || about(&["action", "question", "next step", "to-do", "todo", "follow-up"])))
        || (is(&AHEAD) && decides)
    {
        return Scope::Shut;
    }
    kind(&words).map_or(within, Scope::Of)
}

/// The kind of list that a paragraph introduces: one that is only "Action items:", or only that in bold.
pub(super) fn introduces(line: &str, strong: bool) -> Option<ItemKind> {
    let line = line.trim();
    if !strong && !line.ends_with(':') {
        return None;
    }
    match scope(line, Scope::None) {
        Scope::Of(kind) if plural(line) => Some(kind),
        _ => None,
    }
}

/// "Question:" above a list asks one question; "Questions:" introduces several.
fn plural(line: &str) -> bool {
    let words = plain(line);
    words.split([' ', ':']).any(|w| w.ends_with('s') || w == "todo" || w == "to-do")
}

fn kind(words: &str) -> Option<ItemKind> {
    let words = words.trim_end_matches([':', '.', '-', ' ']);
    if matches!(words, "follow-ups" | "follow ups" | "followups") {
        return Some(ItemKind::Action);
    }
    if let Some((kind, _)) = KINDS.iter().find(|(_, re)| re.as_ref().is_some_and(|re| re.is_match(words))) {
        return Some(*kind);
    }
    let (left, right) = ["/", "&", ",", " and "].iter().find_map(|sign| words.split_once(sign))?;
    let left = kind(left.trim())?;
    (kind(right.trim()) == Some(left)).then_some(left)
}

/// Lower case, one blank between words, without numbering, signs and what stands in brackets or behind a dash.
fn plain(written: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0_u32;
    for c in written.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '’' => bare.push('\''),
            '–' | '—' | '|' => bare.push_str(" - "),
            c if c.is_alphanumeric() || matches!(c, ' ' | '\'' | '-' | ':' | '/' | '&' | '.' | ',' | '#') => {
                bare.push(c)
            }
            _ => bare.push(' '),
        }
    }
    let lower = bare.to_lowercase();
    let lead = lower.trim_start_matches(|c: char| !c.is_alphabetic());
    let lead = if lead.is_empty() { lower.trim() } else { lead };
    let lead = lead.split(" - ").next().unwrap_or(lead);
    lead.split_whitespace().collect::<Vec<_>>().join(" ")
}
