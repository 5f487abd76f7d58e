//! From lines to items.

use super::anchor;
use super::body::{self, Body};
use super::heading::Scope;
use super::inline::Inline;
use super::label::{self, Mark};
use super::layout::{Layout, Role, Slot};
use super::owner::Names;
use super::{Context, ParsedItem, placeholder, rationale, repeat, table, tokens};
use crate::model::{ActionStatus, ItemKind};

/// An item, and where on its line things stand; what [`super::edit`] works on.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub item: ParsedItem,
    pub site: Site,
    /// It stands under a heading of its kind, where lines may repeat what was said in place.
    pub summary: bool,
    /// Where the lines stand that repeat it.
    pub repeats: Vec<Site>,
}

/// Where an item stands on its line.
#[derive(Debug, Clone)]
pub(super) enum Site {
    Line(LineSite),
    Row(table::RowSite),
}

#[derive(Debug, Clone)]
pub(super) struct LineSite {
    /// Where its content begins: the box, else the marker, label or text.
    pub start: usize,
    /// Where what is written ends: before anchor, trailing blanks and the line's ending.
    pub end: usize,
    pub boxed: bool,
    pub bullet: bool,
    pub inline: Inline,
    /// Where the text begins, in `inline`.
    pub from: usize,
    pub body: Body,
}

/// Every item, and the topics and handles outside of them.
pub(super) fn drafts(text: &str, cx: &Context) -> (Vec<Draft>, Vec<String>, Vec<String>) {
    let layout = Layout::new(text);
    let (mut topics, mut mentions) = (Vec::new(), Vec::new());
    let drafts = lines(&layout, cx, |slot| outside(&layout, slot, &mut topics, &mut mentions));
    (drafts, tokens::unique(topics), tokens::unique(mentions))
}

/// Every item, and the note it was read from.
pub(super) fn laid_out<'a>(text: &'a str, cx: &Context) -> (Layout<'a>, Vec<Draft>) {
    let layout = Layout::new(text);
    let drafts = lines(&layout, cx, |_| {});
    (layout, drafts)
}

fn lines(layout: &Layout, cx: &Context, mut outside: impl FnMut(&Slot)) -> Vec<Draft> {
    let names = Names::new(cx);
    let mut tables = table::Tables::default();
    let mut drafts = Vec::new();
    for slot in &layout.slots {
        let draft = match slot.role {
            Role::Row(..) => tables.row(layout, slot, cx, &names),
            _ => line(layout, slot, cx, &names),
        };
        match draft {
            Some(draft) => drafts.push(draft),
            None => outside(slot),
        }
    }
    rationale::add(layout, &mut drafts);
    repeat::fold(drafts)
}

fn outside(layout: &Layout, slot: &Slot, topics: &mut Vec<String>, mentions: &mut Vec<String>) {
    let content = layout.content(slot);
    if !content.contains(['#', '@']) {
        return;
    }
    let masked = Inline::read(content, slot.start, &layout.refs).masked();
    topics.extend(tokens::topics(&masked).into_iter().map(|(_, topic)| topic));
    mentions.extend(tokens::handles(&masked).into_iter().map(|(_, handle)| handle));
}

fn line(layout: &Layout, slot: &Slot, cx: &Context, names: &Names) -> Option<Draft> {
    if slot.role == Role::Heading {
        return None;
    }
    let place = anchor::find(layout, slot);
    let bullet = slot.role == Role::Bullet;
    let quoted = slot.quoted && !cx.imported;
    let written = layout.text()[slot.start..place.at.start.max(slot.start)].trim_end_matches([' ', '\t']);
    let boxed = label::checkbox(written);
    let listed = match slot.scope {
        Scope::Of(kind) if bullet && !quoted => Some(kind),
        _ => None,
    };
    if boxed.is_none() && listed.is_none() && !may_begin(written) {
        return None;
    }
    let (status, after_box) = boxed.unwrap_or((ActionStatus::Open, 0));
    let marked = &written[after_box..];
    let escaped = marked.starts_with('\\');
    let inline = Inline::read(marked, slot.start + after_box, &layout.refs);
    let mark = if escaped { None } else { mark(&inline, quoted, cx, names) };
    let (kind, from, address) = match &mark {
        Some(mark) => (mark.kind, mark.end, mark.address.as_ref()),
        None if boxed.is_some() && bullet => (ItemKind::Action, usize::from(inline.text.starts_with('\\')), None),
        None if escaped => return None,
        None => (listed?, 0, None),
    };
    let text = &inline.text[from..];
    let proposal = label::proposes(text) && (mark.is_some() || boxed.is_none());
    if proposal && kind != ItemKind::Question {
        return None;
    }
    let body = body::read(&inline, from, kind, address, names);
    if mark.is_none() && boxed.is_none() && slot.depth > 1 && body.owners.written.is_empty() {
        return None;
    }
    if placeholder::is_placeholder(kind, &body.text) {
        return None;
    }
    let item = body.item(kind, slot.line, place.anchor, status, cx);
    let site = LineSite {
        start: slot.start,
        end: slot.start + written.len(),
        boxed: boxed.is_some(),
        bullet,
        inline,
        from,
        body,
    };
    Some(Draft { item, site: Site::Line(site), summary: matches!(slot.scope, Scope::Of(_)), repeats: Vec::new() })
}

/// Whether a line may begin with a shorthand or a label: a cheap look before the costly one.
fn may_begin(written: &str) -> bool {
    let bare = written.trim_start_matches(['*', '_', '[', '~', '<', '`']);
    bare.starts_with("!!")
        || bare.starts_with("=>")
        || bare.starts_with("??")
        || written.starts_with("&")
        || bare.starts_with(|c: char| "aAtTnNoOqQdDrRcCvV".contains(c))
        || (written.starts_with('<') && written.contains('>'))
}

fn mark(inline: &Inline, quoted: bool, cx: &Context, names: &Names) -> Option<Mark> {
    if let Some(sign) = label::shorthand(&inline.text).filter(|_| !inline.is(0, super::inline::OPAQUE)) {
        return Some(sign);
    }
    let label = if quoted { None } else { label::label(inline) }?;
    // In minutes with speakers, "AI:" may be Ada Ito speaking.
    let speaker = cx.imported && inline.text.starts_with("AI:") && names.has_initials("AI");
    (!speaker).then_some(label)
}
