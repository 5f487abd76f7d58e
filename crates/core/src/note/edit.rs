//! The smallest edit of an item's line that makes it say something else. Every edit is read back before it is given out:
//! the item then says exactly what was asked, and no other item changed.

use std::ops::Range;

use chrono::NaiveDate;

use super::read::{Draft, LineSite, Site, drafts};
use super::table::RowSite;
use super::{Context, ParsedItem, WrittenLink, WrittenOwner, label};
use crate::model::{ActionStatus, ItemKind};

/// Sets an action's box, and those of the lines that repeat it; `[x] ` or `[-] ` goes before the marker or label where
/// there is none. None where `line` holds no action.
#[must_use]
pub fn set_status(text: &str, line: u32, status: ActionStatus, cx: &Context) -> Option<String> {
    let item = Item::find(text, line, cx)?;
    if item.kind() != ItemKind::Action {
        return None;
    }
    let edits = std::iter::once(&item.draft.site)
        .chain(&item.draft.repeats)
        .filter_map(|site| match site {
            Site::Line(site) => tick(text, site, status),
            Site::Row(site) => tick_row(text, site, status),
        })
        .collect();
    item.first(vec![edits], |after| after.status == status)
}

/// Sets an action's due date in the place of its phrase, or as `due:DATE` at its end. None where `line` holds no action.
#[must_use]
pub fn set_due(text: &str, line: u32, due: NaiveDate, cx: &Context) -> Option<String> {
    let item = Item::find(text, line, cx)?;
    if item.kind() != ItemKind::Action {
        return None;
    }
    let (inline, body) = item.read();
    let phrase = format!("due:{due}");
    let mut tries = Vec::new();
    if let Some(found) = &body.due {
        match &found.written {
            Some(date) => tries.extend(ways(text, inline.source(date.clone())).map(|at| vec![(at, due.to_string())])),
            None => tries.extend(ways(text, inline.source(found.range.clone())).map(|at| vec![(at, phrase.clone())])),
        }
    } else if let Site::Row(RowSite { due: Some(cell), .. }) = &item.draft.site {
        tries.push(vec![fill(text, cell, &due.to_string())]);
    }
    tries.extend(item.additions(&phrase));
    item.first(tries, |after| after.due == Some(due))
}

/// Takes an action's due date away, with the words that lead to it. None where `line` holds no action, or its date cannot
/// be told from the rest of the line.
#[must_use]
pub fn clear_due(text: &str, line: u32, cx: &Context) -> Option<String> {
    let item = Item::find(text, line, cx)?;
    if item.kind() != ItemKind::Action {
        return None;
    }
    let (inline, body) = item.read();
    let mut tries = Vec::new();
    if let Some(found) = &body.due {
        let alone = |at: Range<usize>| vec![(with_brackets(text, &at), String::new())];
        tries.extend(ways(text, inline.source(found.range.clone())).map(alone));
    }
    if let Site::Row(RowSite { due: Some(cell), .. }) = &item.draft.site {
        tries.push(vec![(cell.clone(), String::new())]);
    }
    if item.draft.item.due.is_none() {
        return Some(text.to_owned());
    }
    item.first(tries, |after| after.due.is_none())
}

/// Makes `@handle` the item's one owner, in the place of the names or handles there, or at its end. None where `line`
/// holds no item.
#[must_use]
pub fn set_owner(text: &str, line: u32, handle: &str, cx: &Context) -> Option<String> {
    let item = Item::find(text, line, cx)?;
    let wanted = [WrittenOwner::Handle(handle.to_lowercase())];
    let written = format!("@{handle}");
    let (inline, body) = item.read();
    let spans: Vec<(Range<usize>, bool)> =
        body.owners.spans.iter().filter_map(|span| Some((inline.source(span.range.clone())?, span.will))).collect();
    let place = |(at, will): &(Range<usize>, bool)| {
        (at.clone(), if *will { format!("{written} will") } else { written.clone() })
    };
    let mut tries = Vec::new();
    if let Site::Row(RowSite { owner: Some(cell), .. }) = &item.draft.site {
        let cell = fill(text, cell, &written);
        tries.push(std::iter::once(cell.clone()).chain(spans.iter().map(place)).collect());
        tries.push(vec![cell]);
    } else if let Some((first, others)) = spans.split_first() {
        let without = others.iter().map(|(at, _)| (with_brackets(text, at), String::new()));
        tries.push(std::iter::once(place(first)).chain(without).collect());
        tries.push(spans.iter().map(place).collect());
    }
    tries.extend(item.additions(&written));
    item.first(tries, |after| after.owners == wanted)
}

/// Adds a link at the item's end; one that is there already is not added again. None where `line` holds no item.
#[must_use]
pub fn add_link(text: &str, line: u32, link: &WrittenLink, cx: &Context) -> Option<String> {
    let item = Item::find(text, line, cx)?;
    let mut wanted = item.draft.item.links.clone();
    if wanted.contains(link) {
        return Some(text.to_owned());
    }
    wanted.push(link.clone());
    let written = match link {
        WrittenLink::Supersedes(to) => format!("supersedes ^{to}"),
        WrittenLink::After(to) => format!("after ^{to}"),
        WrittenLink::Answers(to) => format!("answers ^{to}"),
    };
    item.first(item.additions(&written), |after| {
        after.links.len() == wanted.len() && wanted.iter().all(|link| after.links.contains(link))
    })
}

/// Places in the text, and what is to stand there.
type Edits = Vec<(Range<usize>, String)>;

struct Item<'a> {
    text: &'a str,
    cx: &'a Context<'a>,
    all: Vec<Draft>,
    draft: Draft,
}

impl<'a> Item<'a> {
    fn find(text: &'a str, line: u32, cx: &'a Context<'a>) -> Option<Self> {
        let (all, ..) = drafts(text, cx);
        let draft = all.iter().find(|d| d.item.line == line || d.item.repeats.contains(&line))?.clone();
        Some(Self { text, cx, all, draft })
    }

    fn kind(&self) -> ItemKind {
        self.draft.item.kind
    }

    fn read(&self) -> (&super::inline::Inline, &super::body::Body) {
        match &self.draft.site {
            Site::Line(LineSite { inline, body, .. }) | Site::Row(RowSite { inline, body, .. }) => (inline, body),
        }
    }

    /// Ways to add something: at the end of what is written, else at the front of the text.
    fn additions(&self, written: &str) -> Vec<Edits> {
        let (end, from) = match &self.draft.site {
            Site::Line(site) => (site.end, site.from),
            Site::Row(site) => (site.text.end, site.from),
        };
        let mut ways = vec![vec![(end..end, format!(" {written}"))]];
        if let Some(at) = self.read().0.source(from..from + 1) {
            ways.push(vec![(at.start..at.start, format!("{written} "))]);
        }
        ways
    }

    /// The first of these edits that makes the item what is wanted and changes no other, leaving no half of a pair of
    /// signs behind.
    fn first(&self, tries: Vec<Edits>, wanted: impl Fn(&ParsedItem) -> bool) -> Option<String> {
        tries.into_iter().map(|edits| apply(self.text, edits)).find(|text| {
            let (after, ..) = drafts(text, self.cx);
            after.len() == self.all.len()
                && self.all.iter().zip(&after).all(|(before, after)| {
                    let (before, after) = (&before.item, &after.item);
                    if before.line != self.draft.item.line {
                        return before == after;
                    }
                    before.line == after.line
                        && before.anchor == after.anchor
                        && before.kind == after.kind
                        && signs(&after.text) <= signs(&before.text)
                        && wanted(after)
                })
        })
    }
}

fn signs(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '*' | '`' | '~')).count()
}

/// A stretch of source, also with the closing or opening signs of emphasis that it may hold the other half of.
fn ways(text: &str, at: Option<Range<usize>>) -> impl Iterator<Item = Range<usize>> {
    let mark = |c: char| matches!(c, '*' | '_' | '~');
    at.into_iter().flat_map(move |at| {
        let start = text[..at.start].trim_end_matches(mark).len();
        let end = text.len() - text[at.end..].trim_start_matches(mark).len();
        [at.clone(), at.start..end, start..at.end, start..end]
    })
}

fn apply(text: &str, mut edits: Edits) -> String {
    edits.sort_by_key(|(at, _)| std::cmp::Reverse((at.start, at.end)));
    let mut out = text.to_owned();
    let mut from = text.len() + 1;
    for (at, new) in edits {
        if at.end < from || at.end == from && at.is_empty() {
            from = at.start;
            out.replace_range(at, &new);
        }
    }
    out
}

fn sign(status: ActionStatus) -> &'static str {
    match status {
        ActionStatus::Open => " ",
        ActionStatus::Done => "x",
        ActionStatus::Dropped => "-",
    }
}

fn tick(text: &str, site: &LineSite, status: ActionStatus) -> Option<(Range<usize>, String)> {
    if !site.boxed {
        return (status != ActionStatus::Open).then(|| (site.start..site.start, format!("[{}] ", sign(status))));
    }
    let (_, length) = label::checkbox(&text[site.start..site.end])?;
    if status == ActionStatus::Open && !site.bullet {
        // An empty box is none outside of a list: the line is as it was before it was ticked.
        return Some((site.start..site.start + length, String::new()));
    }
    Some((site.start + 1..site.start + 2, sign(status).to_owned()))
}

fn tick_row(text: &str, site: &RowSite, status: ActionStatus) -> Option<(Range<usize>, String)> {
    let at = site.text.start;
    if site.boxed {
        return Some((at + 1..at + 2, sign(status).to_owned()));
    }
    if let Some(cell) = &site.status {
        let word = match status {
            ActionStatus::Open => "Open",
            ActionStatus::Done => "Done",
            ActionStatus::Dropped => "Dropped",
        };
        return Some(fill(text, cell, word));
    }
    (status != ActionStatus::Open).then(|| (at..at, format!("[{}] ", sign(status))))
}

/// Gives a cell another content.
fn fill(text: &str, cell: &Range<usize>, new: &str) -> (Range<usize>, String) {
    if !cell.is_empty() {
        return (cell.clone(), new.to_owned());
    }
    let rest = &text[cell.start..];
    let at = cell.start + usize::from(rest.starts_with(' '));
    let lead = if text[..at].ends_with(' ') { "" } else { " " };
    let trail = if text[at..].starts_with(' ') { "" } else { " " };
    (at..at, format!("{lead}{new}{trail}"))
}

/// A stretch with the brackets around it and the blank before.
fn with_brackets(text: &str, at: &Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (at.start, at.end);
    if text[..start].ends_with(['(', '[']) && text[end..].starts_with([')', ']']) {
        (start, end) = (start - 1, end + 1);
    }
    start -= usize::from(text[..start].ends_with(' '));
    start..end
}
