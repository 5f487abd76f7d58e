//! Where on a line things stand: what an editor draws. Offsets are bytes of the note.

use std::ops::Range;

use chrono::NaiveDate;

use super::inline::{BLOT, Inline};
use super::layout::{Layout, Role, Slot};
use super::read::{self, Draft, LineSite, Site};
use super::table::RowSite;
use super::{Context, WrittenLink, WrittenOwner, anchor, due, label, tokens};
use crate::model::{ActionStatus, ItemKind};

/// A line that says something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineMarks {
    /// 1-based.
    pub line: u32,
    /// The line without its ending.
    pub at: Range<usize>,
    /// What it is, where it is an item or repeats one.
    pub kind: Option<ItemKind>,
    /// What its own box says.
    pub status: Option<ActionStatus>,
    /// A decision in prep.
    pub proposed: bool,
    /// The box, shorthand or label that makes it an item.
    pub marker: Option<Range<usize>>,
    /// Names and handles that own it.
    pub owners: Vec<(Range<usize>, WrittenOwner)>,
    /// Handles that own nothing here.
    pub mentions: Vec<(Range<usize>, String)>,
    /// When it is due, with the cue.
    pub due: Option<(Range<usize>, NaiveDate)>,
    /// When to look at it again, with the cue.
    pub revisit: Option<(Range<usize>, NaiveDate)>,
    /// Topics, with their `#`.
    pub topics: Vec<(Range<usize>, String)>,
    /// Links: the first of a clause with the word before it.
    pub links: Vec<(Range<usize>, WrittenLink)>,
    /// The anchor, with its `^`.
    pub anchor: Option<(Range<usize>, String)>,
    /// What could be taken and is not.
    pub offers: Vec<Offer>,
}

/// What one key accepts, by putting `insert` in the place of a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The stretch; it may be empty.
    pub at: Range<usize>,
    /// What it would make.
    pub kind: OfferKind,
    /// What to put there.
    pub insert: String,
}

/// What an offer would make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferKind {
    /// An item of this kind.
    Item(ItemKind),
    /// A due date.
    Due(NaiveDate),
}

/// Every line that says something, in order.
#[must_use]
pub fn marks(text: &str, cx: &Context) -> Vec<LineMarks> {
    let (layout, drafts) = read::laid_out(text, cx);
    let mut sites: Vec<(u32, &Draft, &Site)> = Vec::new();
    for draft in &drafts {
        sites.push((draft.item.line, draft, &draft.site));
        let lines = draft.item.repeats.iter().copied();
        sites.extend(lines.zip(&draft.repeats).map(|(line, site)| (line, draft, site)));
    }
    sites.sort_by_key(|(line, ..)| *line);
    let mut sites = sites.into_iter().peekable();
    let mut marks = Vec::new();
    for slot in &layout.slots {
        let mut line = LineMarks { line: slot.line, at: layout.span(slot.line), ..LineMarks::default() };
        let mut is_item = false;
        while let Some((_, draft, site)) = sites.next_if(|(at, ..)| *at <= slot.line) {
            is_item = true;
            item(&layout, draft, site, cx, &mut line);
        }
        if is_item {
            let place = anchor::find(&layout, slot);
            line.anchor = place.anchor.map(|anchor| (place.at, anchor));
        } else {
            outside(&layout, slot, cx, &mut line);
        }
        let says = is_item || !(line.topics.is_empty() && line.mentions.is_empty() && line.offers.is_empty());
        if says {
            marks.push(line);
        }
    }
    marks
}

fn item(layout: &Layout, draft: &Draft, site: &Site, cx: &Context, line: &mut LineMarks) {
    line.kind = Some(draft.item.kind);
    line.proposed = draft.item.proposed;
    line.status = Some(draft.item.status);
    let text = layout.text();
    let (inline, body) = match site {
        Site::Line(LineSite { inline, body, start, end, from, boxed, .. }) => {
            let said = inline.source(*from..from + 1).map_or(*end, |at| at.start);
            let marker = text[*start..said].trim_end_matches([' ', '\t']);
            line.marker = (!marker.is_empty() && (*boxed || *from > 0)).then_some(*start..start + marker.len());
            if draft.item.kind != ItemKind::Decision
                && let Some((status, _)) = label::checkbox(&text[*start..*end]).filter(|_| *boxed)
            {
                line.status = Some(status);
            }
            (inline, body)
        }
        Site::Row(RowSite { inline, body, text: cell, boxed, owners, due, .. }) => {
            line.marker = boxed.then_some(cell.start..cell.start + 3);
            line.owners.clone_from(owners);
            line.due = draft.item.due.zip(due.clone()).filter(|(_, at)| !at.is_empty()).map(|(date, at)| (at, date));
            (inline, body)
        }
    };
    let at = |range: &Range<usize>| inline.source(range.clone());
    line.owners.extend(body.owners.places.iter().filter_map(|(range, who)| Some((at(range)?, who.clone()))));
    line.owners.sort_by_key(|(range, _)| range.start);
    let owning = |range: &Range<usize>| {
        body.owners.spans.iter().any(|span| span.range.start < range.end && range.start < span.range.end)
    };
    let mentions = body.handles.iter().filter(|(range, _)| !owning(range));
    line.mentions = mentions.filter_map(|(range, handle)| Some((at(range)?, handle.clone()))).collect();
    line.topics = body.topics.iter().filter_map(|(range, topic)| Some((at(range)?, topic.clone()))).collect();
    for (range, links) in &body.links {
        line.links.extend(each(&inline.text, range, links).filter_map(|(range, link)| Some((at(&range)?, link))));
    }
    if draft.item.kind == ItemKind::Action {
        let written = body.due.as_ref().and_then(|due| Some((at(&due.range)?, due.date)));
        line.due = written.or(line.due.take());
        if line.due.is_none() && line.status == Some(ActionStatus::Open) {
            line.offers.extend(date_offer(inline, draft, site, cx));
        }
    }
    if draft.item.kind == ItemKind::Decision {
        let found = due::revisit_at(&inline.text, cx.date).and_then(|(range, date)| Some((at(&range)?, date)));
        line.revisit = found.filter(|(_, date)| draft.item.revisit == Some(*date));
    }
}

/// The links of a clause, each with its own stretch.
fn each<'a>(
    plain: &'a str,
    clause: &'a Range<usize>,
    links: &'a [WrittenLink],
) -> impl Iterator<Item = (Range<usize>, WrittenLink)> + 'a {
    let signs = plain[clause.clone()].match_indices('^').map(|(at, _)| clause.start + at);
    signs.zip(links).enumerate().map(|(nth, (sign, link))| {
        let start = if nth == 0 { clause.start } else { sign };
        let opened = plain[start..].starts_with(['(', '[']);
        (start + usize::from(opened)..sign + 7, link.clone())
    })
}

/// A date without a cue in an action that has no due date.
fn date_offer(inline: &Inline, draft: &Draft, site: &Site, cx: &Context) -> Option<Offer> {
    let (Site::Line(LineSite { from, body, .. }) | Site::Row(RowSite { from, body, .. })) = site;
    if draft.item.due.is_some() {
        return None;
    }
    let masked = inline.masked();
    let taken = body.links.iter().map(|(range, _)| range).chain(body.topics.iter().map(|(range, _)| range));
    let taken: Vec<&Range<usize>> = taken.chain(body.owners.spans.iter().map(|span| &span.range)).collect();
    let free = |range: &Range<usize>| {
        let blotted = masked[range.clone()].contains(BLOT as char);
        !blotted && !taken.iter().any(|other| other.start < range.end && range.start < other.end)
    };
    let (range, date) = due::without_cue(&masked, *from, cx.date, free)?;
    let said = inline.text[range.clone()].strip_prefix("on ").unwrap_or(&inline.text[range.clone()]);
    Some(Offer { kind: OfferKind::Due(date), insert: format!("by {said}"), at: inline.source(range)? })
}

fn outside(layout: &Layout, slot: &Slot, cx: &Context, line: &mut LineMarks) {
    let content = layout.content(slot);
    let signs = SIGNS.iter().any(|(sign, _)| content.contains(sign));
    let labelled = slot.quoted && !cx.imported && content.contains(':');
    if !signs && !labelled && !content.contains(['#', '@']) {
        return;
    }
    let inline = Inline::read(content, slot.start, &layout.refs);
    let masked = inline.masked();
    let at = |range: &Range<usize>| inline.source(range.clone());
    line.topics = tokens::topics(&masked).into_iter().filter_map(|(r, topic)| Some((at(&r)?, topic))).collect();
    line.mentions = tokens::handles(&masked).into_iter().filter_map(|(r, handle)| Some((at(&r)?, handle))).collect();
    if matches!(slot.role, Role::Heading | Role::Row(..)) {
        return;
    }
    if labelled && let Some(mark) = label::label(&inline) {
        let start = layout.span(slot.line).start;
        line.offers.push(Offer { at: start..slot.start, kind: OfferKind::Item(mark.kind), insert: "\n".to_owned() });
    } else if signs && !content.starts_with('\\') {
        line.offers.extend(sign_offer(&masked, &inline, line, layout, slot));
    }
}

const SIGNS: [(&str, ItemKind); 3] = [("!!", ItemKind::Action), ("=>", ItemKind::Decision), ("??", ItemKind::Question)];

/// A shorthand without its blank, or in mid-sentence.
fn sign_offer(masked: &str, inline: &Inline, line: &LineMarks, layout: &Layout, slot: &Slot) -> Option<Offer> {
    for (sign, kind) in SIGNS {
        let Some(found) = masked.find(sign) else { continue };
        let (before, after) = (&masked[..found], &masked[found + 2..]);
        if before.is_empty() && after.starts_with(|c: char| c.is_alphanumeric() || c == '@') {
            let at = inline.source(0..2)?;
            return Some(Offer { at, kind: OfferKind::Item(kind), insert: format!("{sign} ") });
        }
        let said = after.trim_start();
        if before.ends_with(' ')
            && after.starts_with(' ')
            && said.starts_with(|c: char| c.is_alphanumeric() || c == '@')
        {
            let at = inline.source(before.trim_end().len()..masked.len() - said.len())?;
            // On a line of its own, as deep as this one; a bullet gives way to blanks.
            let lead = &layout.text()[line.at.start..slot.start];
            let lead: String = lead.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect();
            return Some(Offer { at, kind: OfferKind::Item(kind), insert: format!("\n{lead}{sign} ") });
        }
    }
    None
}
