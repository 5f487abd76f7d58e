//! Tables with an action or an owner column: each row is an item.

use std::ops::Range;

use super::body::{self, Body};
use super::heading::Scope;
use super::inline::Inline;
use super::label;
use super::layout::{Layout, Role, Slot};
use super::owner::Names;
use super::read::{Draft, Site};
use super::{Context, anchor, date, owner, placeholder};
use crate::model::{ActionStatus, ItemKind};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Text(ItemKind),
    Owner,
    Due,
    Status,
    /// A number, a date of another kind: nothing that is read.
    Other,
    /// Something that may be the text where no column is named for it.
    Maybe,
}

/// The columns of the table that was read last.
#[derive(Debug, Default)]
pub(super) struct Tables {
    table: Option<usize>,
    columns: Vec<Column>,
}

/// Where an item stands in its row.
#[derive(Debug, Clone)]
pub(super) struct RowSite {
    /// The cell with its text; the range is that of its content.
    pub text: Range<usize>,
    pub boxed: bool,
    pub inline: Inline,
    pub from: usize,
    pub body: Body,
    pub owner: Option<Range<usize>>,
    /// Each name or handle in the owner cell, by its place in the note.
    pub owners: Vec<owner::Place>,
    pub due: Option<Range<usize>>,
    pub status: Option<Range<usize>>,
}

impl Tables {
    /// The item in a row, if its table makes items.
    pub fn row(&mut self, layout: &Layout, slot: &Slot, cx: &Context, names: &Names) -> Option<Draft> {
        let Role::Row(table, head) = slot.role else { return None };
        if self.table != Some(table) {
            self.table = Some(table);
            self.columns = Vec::new();
        }
        if head {
            self.columns = columns(layout, slot);
            return None;
        }
        if slot.scope == Scope::Shut || (slot.quoted && !cx.imported) {
            return None;
        }
        item(layout, slot, &self.columns, cx, names)
    }
}

fn columns(layout: &Layout, slot: &Slot) -> Vec<Column> {
    let content = layout.content(slot);
    let named: Vec<Column> = cells(content, slot.start)
        .iter()
        .map(|cell| column(&Inline::read(&layout.text()[cell.clone()], cell.start, &layout.refs).text))
        .collect();
    let counts = |c: &Column| matches!(c, Column::Owner | Column::Text(ItemKind::Action));
    if named.iter().any(counts) { named } else { Vec::new() }
}

fn column(written: &str) -> Column {
    let name: String =
        written.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>().to_lowercase();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.as_str() {
        "action" | "actions" | "action item" | "action items" | "action s" | "action item s" | "action point"
        | "action points" | "task" | "tasks" | "todo" | "to do" | "next step" | "next steps" | "action description"
        | "action required" | "ai" | "what" => Column::Text(ItemKind::Action),
        "decision" | "decisions" | "resolution" | "resolutions" => Column::Text(ItemKind::Decision),
        "question" | "questions" | "open question" | "open questions" => Column::Text(ItemKind::Question),
        "owner" | "owners" | "owner s" | "action owner" | "assignee" | "assignees" | "assigned to" | "assigned"
        | "who" | "responsible" | "responsible person" | "responsibility" | "person" | "person responsible"
        | "lead" | "dri" => Column::Owner,
        "due" | "due date" | "deadline" | "by when" | "when" | "by" | "target" | "target date" | "eta" | "due by"
        | "date due" | "until" | "till" | "before" | "no later than" => Column::Due,
        "status" | "state" | "done" | "progress" => Column::Status,
        "" | "id" | "no" | "nr" | "number" | "item no" | "ref" | "date" | "priority" | "raised" | "date raised"
        | "opened" | "comment" | "comments" | "notes" | "note" | "remarks" | "time" | "update" | "updates" => {
            Column::Other
        }
        _ => Column::Maybe,
    }
}

/// The content of each cell of a row, bars and blanks taken off; an empty cell is an empty range.
fn cells(row: &str, base: usize) -> Vec<Range<usize>> {
    let bare = row.trim_end_matches([' ', '\t']);
    let open = usize::from(bare.starts_with('|'));
    let bare = if bare.len() > open { anchor::without_last_bar(bare) } else { bare };
    let mut cells = Vec::new();
    let mut from = open;
    let mut escaped = false;
    let mut cut = |from: usize, to: usize| {
        let cell = &bare[from..to];
        let start = from + (cell.len() - cell.trim_start_matches([' ', '\t']).len());
        let end = from + cell.trim_end_matches([' ', '\t']).len();
        cells.push(base + start.min(end.max(from))..base + end.max(start.min(end.max(from))));
    };
    for (at, c) in bare.char_indices().skip_while(|(at, _)| *at < open) {
        if c == '|' && !escaped {
            cut(from, at);
            from = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    cut(from, bare.len().max(from));
    cells
}

fn item(layout: &Layout, slot: &Slot, columns: &[Column], cx: &Context, names: &Names) -> Option<Draft> {
    if columns.is_empty() {
        return None;
    }
    let place = anchor::find(layout, slot);
    let mut cells = cells(layout.content(slot), slot.start);
    for cell in &mut cells {
        // The anchor is in the last cell.
        if place.anchor.is_some() && cell.end >= place.at.start && cell.start <= place.at.end {
            let kept = &layout.text()[cell.start..place.at.start.max(cell.start)];
            cell.end = cell.start + kept.trim_end_matches([' ', '\t']).len();
        }
    }
    let cell = |want: fn(&Column) -> bool| columns.iter().position(want).and_then(|at| cells.get(at)).cloned();
    let (kind, text) = text_cell(columns, &cells, slot)?;
    let raw = &layout.text()[text.clone()];
    let boxed = label::checkbox(raw);
    let (mut status, after_box) = boxed.unwrap_or((ActionStatus::Open, 0));
    let inline = Inline::read(&raw[after_box..], text.start + after_box, &layout.refs);
    let mark = label::shorthand(&inline.text).or_else(|| label::label(&inline)).filter(|m| m.kind == kind);
    let from = mark.as_ref().map_or(0, |mark| mark.end);
    if label::proposes(&inline.text) {
        return None;
    }
    let mut body = body::read(&inline, from, kind, mark.as_ref().and_then(|m| m.address.as_ref()), names);
    if placeholder::is_placeholder(kind, &body.text) {
        return None;
    }
    let status_cell = cell(|c| *c == Column::Status);
    if boxed.is_none()
        && let Some(cell) = &status_cell
    {
        status = said(&layout.text()[cell.clone()]);
    }
    let due_cell = cell(|c| *c == Column::Due);
    let owner_cell = cell(|c| *c == Column::Owner);
    let mut owners = Vec::new();
    if let Some(cell) = &owner_cell {
        let inline = Inline::read(&layout.text()[cell.clone()], cell.start, &layout.refs);
        let who = owner::cell(&inline.masked(), names);
        owners.extend(who.iter().filter_map(|(at, who)| Some((inline.source(at.clone())?, who.clone()))));
        body.owners.add(who, names);
    }
    let mut item = body.item(kind, slot.line, place.anchor, status, cx);
    if item.due.is_none()
        && kind == ItemKind::Action
        && let Some(cell) = &due_cell
    {
        item.due = due(&layout.text()[cell.clone()], cx);
    }
    let site = RowSite {
        text,
        boxed: boxed.is_some(),
        inline,
        from,
        body,
        owner: owner_cell,
        owners,
        due: due_cell,
        status: status_cell,
    };
    Some(Draft { item, site: Site::Row(site), summary: matches!(slot.scope, Scope::Of(_)), repeats: Vec::new() })
}

/// The cell that says what it is about: a column named for it, else the first that is nothing else.
fn text_cell(columns: &[Column], cells: &[Range<usize>], slot: &Slot) -> Option<(ItemKind, Range<usize>)> {
    let named = |kind: ItemKind| columns.iter().position(|c| *c == Column::Text(kind)).map(|at| (kind, at));
    let (kind, at) = named(ItemKind::Action)
        .or_else(|| named(ItemKind::Decision))
        .or_else(|| named(ItemKind::Question))
        .or_else(|| {
            let kind = match slot.scope {
                Scope::Of(kind) => kind,
                _ => ItemKind::Action,
            };
            columns.iter().position(|c| *c == Column::Maybe).map(|at| (kind, at))
        })?;
    cells.get(at).filter(|cell| !cell.is_empty()).map(|cell| (kind, cell.clone()))
}

/// What a status cell says.
fn said(cell: &str) -> ActionStatus {
    let word = cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '.' | '`')).to_lowercase();
    match word.as_str() {
        "done" | "complete" | "completed" | "closed" | "finished" | "yes" | "x" | "[x]" | "✅" | "✔" | "✔️" | "☑"
        | "☑️" | "✓" | "resolved" | "✅ done" => ActionStatus::Done,
        "dropped" | "cancelled" | "canceled" | "won't do" | "wontfix" | "won't fix" | "abandoned" | "[-]" | "❌" => {
            ActionStatus::Dropped
        }
        _ => ActionStatus::Open,
    }
}

/// The date in a due cell: no cue is needed there, and one does no harm.
fn due(cell: &str, cx: &Context) -> Option<chrono::NaiveDate> {
    let bare = cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '📅'));
    super::due::find(bare, cx.date, |_| false)
        .map(|due| due.date)
        .or_else(|| date::read(bare, cx.date).and_then(|phrase| phrase.date))
}
