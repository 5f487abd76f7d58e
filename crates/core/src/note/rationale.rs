//! Why: the indented lines under a decision.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::inline::Inline;
use super::layout::{Layout, Role};
use super::read::Draft;
use crate::model::ItemKind;

/// A bullet, number or box at the front of a line.
static BULLET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|$)(?:\[[ xX-]\](?:[ \t]+|$))?").ok());

static ALTERNATIVES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:alternatives?|options?|rejected|rejected alternatives?|other options?)(?: (?:considered|weighed|rejected|discussed))?[\ \t]*[:：][\ \t]*").ok()
});

static RATIONALE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^rationale[\ \t]*[:：][\ \t]*").ok());

/// Gives every decision the lines that are indented under it. A line that is an item of its own, with what is indented
/// under that, is none of them.
pub(super) fn add(layout: &Layout, drafts: &mut [Draft]) {
    let own: HashSet<u32> = drafts.iter().map(|draft| draft.item.line).collect();
    for draft in drafts.iter_mut().filter(|draft| draft.item.kind == ItemKind::Decision) {
        if layout.slot(draft.item.line).is_none_or(|slot| matches!(slot.role, Role::Row(..))) {
            continue;
        }
        let (rationale, alternatives) = under(layout, draft.item.line, &own);
        draft.item.rationale = rationale;
        draft.item.alternatives = alternatives;
    }
}

/// The lines that are indented under a line, as a range of 1-based numbers.
#[must_use]
pub fn lines_under(text: &str, line: u32) -> std::ops::Range<u32> {
    let layout = Layout::new(text);
    let (quotes, indent, _) = lead(&layout, line);
    let mut end = line + 1;
    for next in line + 1..=layout.len() {
        let (next_quotes, next_indent, rest) = lead(&layout, next);
        if rest.is_empty() {
            continue;
        }
        if next_quotes != quotes || next_indent <= indent {
            break;
        }
        end = next + 1;
    }
    line + 1..end
}

fn under(layout: &Layout, line: u32, own: &HashSet<u32>) -> (Option<String>, Option<String>) {
    let (quotes, indent, _) = lead(layout, line);
    let (mut why, mut else_): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut below_item = None;
    let mut below_alternatives: Option<usize> = None;
    for next in line + 1..=layout.len() {
        let (next_quotes, next_indent, rest) = lead(layout, next);
        if rest.is_empty() {
            continue;
        }
        if next_quotes != quotes || next_indent <= indent {
            break;
        }
        if below_item.is_some_and(|at| next_indent > at) {
            continue;
        }
        below_item = own.contains(&next).then_some(next_indent);
        if below_item.is_some() {
            below_alternatives = None;
            continue;
        }
        let text = plain(layout, rest);
        if below_alternatives.is_some_and(|at| next_indent > at) {
            else_.push(text);
            continue;
        }
        below_alternatives = None;
        if let Some(label) = ALTERNATIVES.as_ref().and_then(|re| re.find(&text)) {
            below_alternatives = Some(next_indent);
            else_.push(text[label.end()..].to_owned());
        } else {
            let skip = RATIONALE.as_ref().and_then(|re| re.find(&text)).map_or(0, |label| label.end());
            why.push(text[skip..].to_owned());
        }
    }
    let joined = |lines: Vec<String>| {
        let text = lines.into_iter().filter(|l| !l.trim().is_empty()).collect::<Vec<_>>().join("\n");
        (!text.is_empty()).then_some(text)
    };
    (joined(why), joined(else_))
}

/// How deep a line is quoted and indented, and what stands there.
fn lead<'a>(layout: &Layout<'a>, line: u32) -> (u32, usize, &'a str) {
    let text = &layout.text()[layout.span(line)];
    let (mut quotes, mut indent) = (0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '>' if indent < 4 => {
                quotes += 1;
                indent = 0;
                continue;
            }
            ' ' => indent += 1,
            '\t' => indent = (indent / 4 + 1) * 4,
            _ => return (quotes, indent, text[at..].trim_end()),
        }
    }
    (quotes, indent, "")
}

fn plain(layout: &Layout, rest: &str) -> String {
    let bullet = BULLET.as_ref().and_then(|re| re.find(rest)).map_or(0, |found| found.end());
    Inline::read(&rest[bullet..], 0, &layout.refs).text.trim().to_owned()
}
