//! What the text of an item says: owners, due date, topics, handles, links.

use std::ops::Range;

use super::due::{self, Due};
use super::inline::{BLOT, Inline};
use super::owner::{self, Owners};
use super::tokens;
use super::{Context, ParsedItem, WrittenLink};
use crate::model::{ActionStatus, ItemKind, NotePart};

/// The parts of a text, by their places in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub text: String,
    pub owners: Owners,
    pub due: Option<Due>,
    pub topics: Vec<(Range<usize>, String)>,
    pub handles: Vec<(Range<usize>, String)>,
    pub links: Vec<(Range<usize>, Vec<WrittenLink>)>,
}

/// Reads the part of a line from `from` on, for an item of this kind; `address` is whom its label addresses.
pub(super) fn read(
    inline: &Inline,
    from: usize,
    kind: ItemKind,
    address: Option<&Range<usize>>,
    names: &owner::Names,
) -> Body {
    let masked = inline.masked();
    let label = address.map(|range| (range.clone(), masked[range.clone()].to_owned()));
    let masked = blotted(masked, std::iter::once(&(0..from)), b' ');
    // What was struck out is not said any more, be it a name, a date or a whole clause.
    let struck = inline.struck(from);
    let masked = blotted(masked, struck.iter(), b' ');
    let links = tokens::links(&masked);
    let masked = blotted(masked, links.iter().map(|(range, _)| range), BLOT);
    let mut due = due::find(&masked, names.date(), |word| names.is_attendee(word));
    let topics = tokens::topics(&masked);
    let handles = tokens::handles(&masked);
    let taken: Vec<Range<usize>> = links
        .iter()
        .map(|(range, _)| range.clone())
        .chain(topics.iter().map(|(range, _)| range.clone()))
        .chain(due.iter().map(|due| due.range.clone()))
        .collect();
    let owners = owner::find(&masked, from, kind, &handles, &taken, label, names);
    // "Ana due by May": a cue that is inside of an owner's name is none.
    if due.as_ref().is_some_and(|due| owners.spans.iter().any(|span| overlaps(&span.range, &due.range))) {
        due = None;
    }
    let mut left_out: Vec<Range<usize>> = links.iter().map(|(range, _)| range.clone()).chain(struck).collect();
    left_out.sort_by_key(|range| range.start);
    Body { text: said(&inline.text, from, &left_out), owners, due, topics, handles, links }
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The same text, with these ranges filled byte for byte.
fn blotted<'a>(text: String, ranges: impl Iterator<Item = &'a Range<usize>>, with: u8) -> String {
    let len = text.len();
    let mut bytes = text.into_bytes();
    for range in ranges {
        bytes[range.clone()].fill(with);
    }
    String::from_utf8(bytes).unwrap_or_else(|_| " ".repeat(len))
}

/// The text from `from` without its link clauses and what is struck out; none of these overlap.
fn said(text: &str, from: usize, left_out: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len() - from);
    let mut at = from;
    for range in left_out.iter().filter(|range| range.start >= from) {
        let before = text[at..range.start].trim_end();
        out.push_str(if out.is_empty() { before } else { &text[at..range.start] });
        out.truncate(out.trim_end().len());
        at = range.end;
    }
    out.push_str(&text[at..]);
    out.trim().to_owned()
}

impl Body {
    /// The item that this text makes.
    pub fn item(
        &self,
        kind: ItemKind,
        line: u32,
        anchor: Option<String>,
        status: ActionStatus,
        cx: &Context,
    ) -> ParsedItem {
        let owning = |range: &Range<usize>| self.owners.spans.iter().any(|span| overlaps(&span.range, range));
        let topics = tokens::unique(self.topics.iter().map(|(_, topic)| topic.clone()));
        let mentions = tokens::unique(self.handles.iter().filter(|(r, _)| !owning(r)).map(|(_, h)| h.clone()));
        ParsedItem {
            kind,
            line,
            anchor,
            text: self.text.clone(),
            // A decision is no task: a box before it says nothing.
            status: if kind == ItemKind::Decision { ActionStatus::Open } else { status },
            owners: self.owners.written.clone(),
            due: self.due.as_ref().filter(|_| kind == ItemKind::Action).map(|due| due.date),
            topics,
            mentions,
            links: self.links.iter().flat_map(|(_, links)| links.iter().cloned()).collect(),
            rationale: None,
            alternatives: None,
            revisit: if kind == ItemKind::Decision { due::revisit(&self.text, cx.date) } else { None },
            proposed: kind == ItemKind::Decision && cx.part == NotePart::Prep,
            repeats: Vec::new(),
        }
    }
}
