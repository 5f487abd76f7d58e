//! A page for a terminal: rows with a sign or a time at the left, text that wraps, and a date or an id at the right.

use super::Look;
use super::span::{Span, Tone, sentence, wrap};
use crate::text::width;

/// Where the right-hand column may no longer stand beside the text.
const NARROWEST_BODY: usize = 20;

/// Lines as they will be printed.
#[derive(Debug)]
pub struct Page<'a> {
    pub look: &'a Look,
    out: String,
}

/// One thing to tell.
#[derive(Debug, Default)]
pub struct Row {
    /// Before the first line.
    pub lead: Vec<Span>,
    /// Before the others; as wide as `lead`.
    pub hang: Vec<Span>,
    pub body: Vec<Span>,
    /// At the right edge of the first line.
    pub right: Vec<Span>,
}

impl<'a> Page<'a> {
    pub fn new(look: &'a Look) -> Self {
        Self { look, out: String::new() }
    }

    /// The page as text, ended by a line end.
    pub fn finish(self) -> String {
        self.out
    }

    /// An empty line, but never two, nor one at the top.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// What the page, or a part of it, is about.
    pub fn title(&mut self, title: &str, right: impl Into<Vec<Span>>) {
        self.gap();
        self.row(Row { body: vec![Span::strong(title)], right: right.into(), ..Row::default() });
    }

    /// A part of a list, with how many there are.
    pub fn heading(&mut self, title: &str, note: impl ToString) {
        self.gap();
        self.row(Row {
            body: vec![Span::strong(title), Span::quiet(format!(" {}", note.to_string()))],
            ..Row::default()
        });
    }

    /// A sentence.
    pub fn say(&mut self, sentence: &str) {
        self.row(Row { body: vec![Span::plain(sentence)], ..Row::default() });
    }

    /// A sentence that may be left unread; spaces before it indent it.
    pub fn aside(&mut self, sentence: &str) {
        let indent = sentence.len() - sentence.trim_start().len();
        let lead = vec![Span::plain_raw(" ".repeat(indent))];
        self.row(Row { hang: lead.clone(), lead, body: vec![Span::quiet(sentence)], right: Vec::new() });
    }

    /// `name   value`, where there is one.
    pub fn field(&mut self, name: &str, value: Option<impl AsRef<str>>) {
        let Some(value) = value else { return };
        let lead = vec![Span::quiet_raw(format!("{name:<11} "))];
        self.row(Row {
            hang: vec![Span::plain_raw(" ".repeat(12))],
            lead,
            body: vec![Span::plain(value)],
            ..Row::default()
        });
    }

    /// Text as it is, line by line.
    pub fn block(&mut self, lead: &str, text: &str) {
        for line in text.lines() {
            let (text, anchor) = split_anchor(line);
            let mut body = if text.trim_start().starts_with("# ") || text.trim_start().starts_with("##") {
                vec![Span::strong(text)]
            } else {
                sentence(text, Tone::Plain)
            };
            body.push(Span::quiet(anchor));
            let indent: String = line.chars().take_while(|c| *c == ' ').collect();
            let lead = vec![Span::quiet_raw(lead), Span::plain_raw(indent)];
            self.row(Row { hang: lead.clone(), lead, body, ..Row::default() });
        }
    }

    /// A row, wrapped to the width of the page.
    pub fn row(&mut self, row: Row) {
        let Row { lead, hang, body, right } = row;
        let room = self.look.width.saturating_sub(total(&lead));
        let beside = room.saturating_sub(if right.is_empty() { 0 } else { total(&right) + 2 });
        let (room, below) = if beside >= NARROWEST_BODY || right.is_empty() { (beside, false) } else { (room, true) };
        let lines = if self.look.wrap { wrap(&body, room.max(1)) } else { vec![body] };
        let mut right = Some(right);
        for (n, line) in lines.iter().enumerate() {
            let start = if n == 0 { &lead } else { &hang };
            match right.take_if(|_| !below) {
                Some(right) if !right.is_empty() => {
                    let used = total(start) + total(line) + total(&right);
                    let space = self.look.width.saturating_sub(used).max(2);
                    self.line([start, line, &[Span::plain_raw(" ".repeat(space))], &right]);
                }
                _ => self.line([start, line, &[], &[]]),
            }
        }
        for line in right.filter(|_| below).map(|right| wrap(&right, room.max(1))).unwrap_or_default() {
            self.line([&hang, &line, &[], &[]]);
        }
    }

    fn line(&mut self, parts: [&[Span]; 4]) {
        let spans: Vec<_> = parts.concat();
        let printed = spans.iter().rposition(|span| !span.text.trim_end().is_empty()).map_or(0, |last| last + 1);
        for (n, span) in spans[..printed].iter().enumerate() {
            let text = if n + 1 == printed { span.text.trim_end() } else { &span.text };
            if self.look.color && span.tone != Tone::Plain {
                let style = span.tone.style();
                self.out.push_str(&format!("{style}{text}{style:#}"));
            } else {
                self.out.push_str(text);
            }
        }
        self.out.push('\n');
    }

    /// A thin line across, with words of our own at its ends.
    pub fn rule(&mut self, left: &str, right: &str) {
        let taken = width(left) + width(right) + 2;
        let dashes = "─".repeat(self.look.width.saturating_sub(taken).max(2));
        let text = format!("{left} {dashes} {right}");
        self.line([&[Span { text, tone: Tone::Accent }], &[], &[], &[]]);
    }
}

/// The line and the anchor at its end, which may be left unread.
fn split_anchor(line: &str) -> (&str, &str) {
    let line = line.trim_end();
    let anchored = line.rfind(" ^").filter(|at| {
        let anchor = &line[at + 2..];
        anchor.len() == 6 && anchor.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    });
    line.split_at(anchored.unwrap_or(line.len()))
}

/// How many columns the pieces take.
pub fn total(spans: &[Span]) -> usize {
    spans.iter().map(|span| width(&span.text)).sum()
}
