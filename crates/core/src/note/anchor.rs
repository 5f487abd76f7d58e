//! Anchors: ` ^k7m2xq` at the end of an item's line, an Obsidian block id.

use std::collections::HashMap;
use std::ops::Range;

use super::layout::{Layout, Role, Slot};

/// Whether this may be an anchor: six characters of `a-z0-9`.
#[must_use]
pub fn is_anchor(s: &str) -> bool {
    s.len() == 6 && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// Where an anchor stands on a line, or would.
pub(super) struct Place {
    /// The anchor and the `^` before it; empty where there is none, at the end of what is written.
    pub at: Range<usize>,
    pub anchor: Option<String>,
}

/// Puts ` ^anchor` at the end of these lines, in the place of one that is there: before trailing blanks and the line's
/// ending, in a table inside the last cell. A line that can be no item (in code, say) or does not exist is left alone.
#[must_use]
pub fn write_anchors(text: &str, anchors: &[(u32, String)]) -> String {
    let layout = Layout::new(text);
    let wanted: HashMap<u32, &str> = anchors.iter().map(|(line, anchor)| (*line, anchor.as_str())).collect();
    let mut out = String::with_capacity(text.len() + anchors.len() * 8);
    let mut from = 0;
    for slot in &layout.slots {
        let Some(anchor) = wanted.get(&slot.line) else { continue };
        let place = find(&layout, slot);
        out.push_str(&text[from..place.at.start]);
        if place.at.is_empty() && !out.ends_with([' ', '\t']) {
            out.push(' ');
        }
        out.push('^');
        out.push_str(anchor);
        from = place.at.end;
    }
    out.push_str(&text[from..]);
    out
}

/// The text as a person would write it: without anchors, each with the one blank before it. Links keep theirs.
#[must_use]
pub fn strip_anchors(text: &str) -> String {
    strip(text, |_| true)
}

/// The text without the anchors that `other` does not have.
#[must_use]
pub fn strip_anchors_unknown_to(text: &str, other: &str) -> String {
    strip(text, |anchor| !other.contains(&format!("^{anchor}")))
}

/// Takes away the anchors for which `unwanted` holds; asked in order of line.
pub(super) fn strip(text: &str, mut unwanted: impl FnMut(&str) -> bool) -> String {
    if !text.contains('^') {
        return text.to_owned();
    }
    let layout = Layout::new(text);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for slot in &layout.slots {
        let place = find(&layout, slot);
        if !place.anchor.is_some_and(|anchor| unwanted(&anchor)) {
            continue;
        }
        let start = place.at.start - usize::from(text[from..place.at.start].ends_with([' ', '\t']));
        out.push_str(&text[from..start]);
        from = place.at.end;
    }
    out.push_str(&text[from..]);
    out
}

/// The anchor of a line, or the place for one.
pub(super) fn find(layout: &Layout, slot: &Slot) -> Place {
    let mut written = layout.content(slot);
    // A bar at the end of a line that is no row may make it one, above a rule of dashes: the anchor adds no cell.
    if matches!(slot.role, Role::Row(..)) || without_last_bar(written).len() < written.len() {
        written = without_last_bar(written).trim_end_matches([' ', '\t']);
        if written.ends_with('|') && !escaped_end(written) || written.is_empty() {
            // An empty last cell: behind its opening bar.
            let end = slot.start + written.len();
            return Place { at: end..end, anchor: None };
        }
    }
    let end = slot.start + written.len();
    if let Some(anchor) = tail(written) {
        return Place { at: end - 7..end, anchor: Some(anchor.to_owned()) };
    }
    Place { at: end..end, anchor: None }
}

/// The anchor at the end of `written`, unless it is the target of a link.
fn tail(written: &str) -> Option<&str> {
    let at = written.len().checked_sub(7)?;
    let anchor = written.get(at..)?.strip_prefix('^').filter(|a| is_anchor(a))?;
    let before = &written[..at];
    let trimmed = before.trim_end_matches([' ', '\t']);
    let free = trimmed.is_empty() || trimmed.len() < before.len() || before.ends_with('|');
    (free && !links(trimmed)).then_some(anchor)
}

/// Whether an anchor behind `before` is the target of a link: "after", "after ^aaaaaa," or "after ^aaaaaa and".
fn links(mut before: &str) -> bool {
    loop {
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if ["supersedes", "after", "answers"].iter().any(|w| w.eq_ignore_ascii_case(word)) {
            return true;
        }
        let and = before.len().checked_sub(4).and_then(|cut| before.get(cut..).map(|tail| (cut, tail)));
        let listed = match (before.strip_suffix(','), and) {
            (Some(rest), _) => rest,
            (None, Some((cut, tail))) if tail.eq_ignore_ascii_case(" and") => before[..cut].trim_end_matches(','),
            _ => return false,
        }
        .trim_end();
        let Some(at) = listed.len().checked_sub(7) else { return false };
        if !listed.get(at..).and_then(|t| t.strip_prefix('^')).is_some_and(is_anchor) {
            return false;
        }
        before = listed[..at].trim_end();
    }
}

/// A row without the bar that closes its last cell.
pub(super) fn without_last_bar(row: &str) -> &str {
    match row.strip_suffix('|') {
        Some(rest) if !escaped_end(row) => rest,
        _ => row,
    }
}

/// Whether the last character is escaped by a backslash.
fn escaped_end(row: &str) -> bool {
    let body = &row[..row.len().saturating_sub(1)];
    (body.len() - body.trim_end_matches('\\').len()) % 2 == 1
}
