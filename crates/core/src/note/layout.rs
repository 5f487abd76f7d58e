//! Where a note's lines stand: in which list, quotation, table and under which heading. Code and HTML blocks, front
//! matter and link definitions hold no lines to read.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::heading::{self, Scope};
use crate::model::ItemKind;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The first line of a list item.
    Bullet,
    /// Any other line of a paragraph or list item, or of an underlined heading.
    Prose,
    /// A heading with number signs.
    Heading,
    /// A table's row, by the number of its table; its header row too.
    Row(usize, bool),
}

/// A line that may say something.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// 1-based.
    pub line: u32,
    /// Where its content begins, behind indent, quotation marks and bullet.
    pub start: usize,
    pub role: Role,
    pub quoted: bool,
    /// How many list items it stands in.
    pub depth: u32,
    /// What the heading above makes of list items.
    pub scope: Scope,
}

/// A note, laid out.
pub(super) struct Layout<'a> {
    text: &'a str,
    starts: Vec<usize>,
    pub slots: Vec<Slot>,
    /// Where the header row of each table begins.
    pub tables: Vec<usize>,
    /// Labels of link reference definitions, lower case.
    pub refs: HashSet<String>,
}

impl<'a> Layout<'a> {
    pub fn new(text: &'a str) -> Self {
        let starts = line_starts(text);
        let mut layout = Self { text, starts, slots: Vec::new(), tables: Vec::new(), refs: HashSet::new() };
        Walk::new(&mut layout).run();
        layout
    }

    /// How many lines there are.
    pub fn len(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    /// The 1-based line on which `offset` lies.
    fn line_of(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// A line's bytes without its ending; empty outside the note.
    pub fn span(&self, line: u32) -> Range<usize> {
        let nth = (line as usize).wrapping_sub(1);
        let Some(&start) = self.starts.get(nth) else { return 0..0 };
        let end = self.starts.get(nth + 1).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// The content of a line: from `slot.start`, without trailing blanks.
    pub fn content(&self, slot: &Slot) -> &'a str {
        let end = self.span(slot.line).end.max(slot.start);
        self.text[slot.start..end].trim_end_matches([' ', '\t'])
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    pub fn slot(&self, line: u32) -> Option<&Slot> {
        self.slots.binary_search_by_key(&line, |slot| slot.line).ok().map(|nth| &self.slots[nth])
    }
}

pub(super) fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
            starts.push(at + 1);
        }
    }
    if starts.len() > 1 && starts.last() == Some(&text.len()) {
        starts.pop();
    }
    starts
}

/// Where the Markdown begins: behind a byte order mark and front matter (`---` or `+++` fences around `key: value`).
fn body_start(text: &str) -> usize {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[mark..].split_inclusive('\n');
    let Some(first) = lines.next() else { return mark };
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return mark;
    }
    let mut at = mark + first.len();
    let mut keyed = None;
    for line in lines {
        at += line.len();
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            return if keyed == Some(false) { mark } else { at };
        }
        if keyed.is_none() && !bare.is_empty() && !bare.starts_with('#') {
            let key = bare.find([':', '=']).map(|end| bare[..end].trim());
            keyed = Some(key.is_some_and(|k| {
                !k.is_empty() && k.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\''))
            }));
        }
    }
    mark
}

struct Walk<'l, 'a> {
    layout: &'l mut Layout<'a>,
    /// Per quotation, the headings in force: level and what they make.
    scopes: Vec<Vec<(u8, Scope)>>,
    /// Per list, what a line that introduces it makes of its items.
    lists: Vec<Option<ItemKind>>,
    items: u32,
    item_line: Option<u32>,
    /// The last line that is read, or inside of something that is not.
    seen: u32,
    heading: Option<(u8, bool)>,
    line_text: String,
    line_strong: bool,
    strong: u32,
    introduced: Option<ItemKind>,
    opaque: bool,
    table_head: bool,
}

impl<'l, 'a> Walk<'l, 'a> {
    fn new(layout: &'l mut Layout<'a>) -> Self {
        Self {
            layout,
            scopes: vec![Vec::new()],
            lists: Vec::new(),
            items: 0,
            item_line: None,
            seen: 0,
            heading: None,
            line_text: String::new(),
            line_strong: true,
            strong: 0,
            introduced: None,
            opaque: false,
            table_head: false,
        }
    }

    fn run(mut self) {
        let text = self.layout.text;
        let skip = body_start(text);
        let source = with_line_feeds(&text[skip..]);
        let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
        let parser = Parser::new_ext(&source, options);
        self.layout.refs = parser.reference_definitions().iter().map(|(label, _)| label.to_lowercase()).collect();
        for (event, range) in parser.into_offset_iter() {
            self.event(&event, range.start + skip..range.end + skip);
        }
        self.layout.slots.sort_by_key(|slot| slot.line);
    }

    fn event(&mut self, event: &Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                self.inline(&range);
                self.line_text.push_str(text);
                self.line_strong &= self.strong > 0 || text.trim().is_empty();
            }
            Event::Code(code) => {
                self.inline(&range);
                self.line_text.push_str(code);
                self.line_strong = false;
                self.skip_to_end_of(&range);
            }
            Event::InlineHtml(html) => {
                self.inline(&range);
                if html.starts_with("<!--") {
                    self.skip_to_end_of(&range);
                } else {
                    self.lines_within(&range);
                }
            }
            Event::SoftBreak | Event::HardBreak if self.heading.is_some() => self.line_text.push(' '),
            Event::SoftBreak | Event::HardBreak => {
                self.line_text.clear();
                self.line_strong = true;
            }
            Event::TaskListMarker(_) => self.inline(&range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } => {
                self.inline(&range);
                self.strong += u32::from(matches!(tag, Tag::Strong));
                return;
            }
            Tag::TableHead | Tag::TableRow => {
                self.table_head = matches!(tag, Tag::TableHead);
                if self.table_head {
                    self.layout.tables.push(range.start);
                }
                let table = self.layout.tables.len().saturating_sub(1);
                self.put(range.start, Role::Row(table, self.table_head));
                return;
            }
            Tag::TableCell => return,
            Tag::List(_) => {
                let introduced = self.introduced.take();
                self.lists.push(introduced);
                return;
            }
            Tag::Item => {
                self.items += 1;
                self.item_line = Some(self.layout.line_of(range.start));
                self.line_text.clear();
                return;
            }
            _ => {}
        }
        self.introduced = None;
        self.line_text.clear();
        self.line_strong = true;
        match tag {
            Tag::Heading { level, .. } => {
                let underlined = !self.layout.text[range.start..].starts_with('#');
                self.heading = Some((*level as u8, underlined));
            }
            Tag::BlockQuote(_) => self.scopes.push(Vec::new()),
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.opaque = true,
            _ => {}
        }
        if !matches!(tag, Tag::Paragraph | Tag::BlockQuote(_)) {
            self.item_line = None;
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Paragraph if self.items == 0 => {
                self.introduced = heading::introduces(&self.line_text, self.line_strong);
            }
            TagEnd::Heading(level) => {
                let level = *level as u8;
                if let Some(scopes) = self.scopes.last_mut() {
                    scopes.retain(|(above, _)| *above < level);
                    let within = scopes.last().map_or(Scope::None, |(_, scope)| *scope);
                    let marked = ["!!", "=>", "??"].iter().any(|sign| self.line_text.starts_with(sign));
                    let own = if marked { within } else { heading::scope(&self.line_text, within) };
                    scopes.push((level, own));
                }
                self.heading = None;
            }
            TagEnd::BlockQuote(_) => {
                self.scopes.pop();
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.opaque = false,
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => self.items = self.items.saturating_sub(1),
            _ => {}
        }
    }

    fn scope(&self) -> Scope {
        if let Some(kind) = self.lists.iter().rev().find_map(|list| *list) {
            return Scope::Of(kind);
        }
        self.scopes.last().and_then(|scopes| scopes.last()).map_or(Scope::None, |(_, scope)| *scope)
    }

    /// An inline element: the first one on a line says where the line's content begins.
    fn inline(&mut self, range: &Range<usize>) {
        if self.opaque || self.layout.line_of(range.start) <= self.seen {
            return;
        }
        let escaped = range.start > 0 && self.layout.text.as_bytes()[range.start - 1] == b'\\';
        let start = range.start - usize::from(escaped);
        let line = self.layout.line_of(start);
        self.seen = line;
        let bullet = self.items > 0 && self.item_line.take().is_some();
        let prefix = &self.layout.text[self.layout.span(line).start..start];
        let bare = prefix.chars().all(|c| c == '>' || c.is_whitespace());
        let role = match self.heading {
            Some((_, false)) => Role::Heading,
            // A label above a rule of dashes was meant as a line.
            Some((_, true)) => Role::Prose,
            None if bullet => Role::Bullet,
            None if bare => Role::Prose,
            None => return,
        };
        self.put(start, role);
    }

    /// Lines that begin inside of `range` are not read.
    fn skip_to_end_of(&mut self, range: &Range<usize>) {
        self.seen = self.seen.max(self.layout.line_of(range.end.saturating_sub(1).max(range.start)));
    }

    /// Lines that begin inside a tag are read all the same: what is appended to the line before may break the tag.
    fn lines_within(&mut self, range: &Range<usize>) {
        let last = self.layout.line_of(range.end.saturating_sub(1).max(range.start));
        while self.seen > 0 && self.seen < last {
            let span = self.layout.span(self.seen + 1);
            let raw = &self.layout.text[span.clone()];
            let mut bare = raw;
            for _ in 1..self.scopes.len() {
                let spaced = bare.trim_start_matches(' ');
                let marked = spaced.strip_prefix('>').filter(|_| bare.len() - spaced.len() < 4);
                bare = marked.unwrap_or(bare);
            }
            let lead = raw.len() - bare.trim_start().len();
            self.put(span.start + lead, Role::Prose);
        }
    }

    fn put(&mut self, start: usize, role: Role) {
        let line = self.layout.line_of(start);
        self.seen = line;
        let slot = Slot { line, start, role, quoted: self.scopes.len() > 1, depth: self.items, scope: self.scope() };
        self.layout.slots.push(slot);
    }
}

/// The same text, byte for byte as long, with lone CRs as line feeds.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    if !text.contains('\r') || !(0..bytes.len()).any(lone) {
        return Cow::Borrowed(text);
    }
    let mut chars = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        out.push(if c == '\r' && chars.peek() != Some(&'\n') { '\n' } else { c });
    }
    Cow::Owned(out)
}
