//! The page of a register read again, by the names in `data-is` and the labels beside what it says.

use std::cell::RefCell;

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::html::with_note;
use super::page::{NOTE, NOTES, Page, PageEntry, read_day};
use super::strange::{Strange, first_other};
use crate::clean;

/// A page as [`write`](super::html::write) made it, and what in it is of nothing that a register says; none where it is
/// another page.
pub(super) fn read(text: &str) -> Option<(Page, Option<Strange>)> {
    let parts = parts(text);
    let mut reading = Reading::default();
    for part in &parts {
        match part {
            Part::Open { name, attributes, .. } => reading.begin(name, attributes),
            Part::Close { name, .. } => reading.end(name),
            Part::Text { text, .. } => reading.text(text),
            Part::Other { .. } => {}
        }
    }
    let page = reading.page;
    if page.head.is_empty() {
        return None;
    }
    let said = parts.iter().find_map(|part| match part {
        Part::Text { text, .. } => NOTES.into_iter().find(|note| text.contains(note)),
        _ => None,
    });
    let expected = self::parts(&with_note(&page, said.unwrap_or(NOTE)));
    let strange = first_other(shown(parts), shown(expected));
    Some((page, strange))
}

/// A piece of a page, and the line it stands in.
enum Part {
    Open {
        line: usize,
        name: String,
        attributes: Vec<(String, String)>,
    },
    Close {
        line: usize,
        name: String,
    },
    /// With white space folded.
    Text {
        line: usize,
        text: String,
    },
    Other {
        line: usize,
        what: String,
    },
}

/// A page in pieces. A browser that saves a page writes where it had it from before the first tag; a comment anywhere else
/// may hide something.
fn parts(text: &str) -> Vec<Part> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text.trim_start_matches('\u{feff}')));
    let tokenizer = Tokenizer::new(Parts::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut parts = tokenizer.sink.found.into_inner();
    let first = parts.iter().position(|part| matches!(part, Part::Open { .. })).unwrap_or(parts.len());
    let mut at = 0;
    parts.retain(|part| {
        at += 1;
        at > first || !matches!(part, Part::Other { .. })
    });
    parts.into_iter().filter_map(Part::folded).collect()
}

impl Part {
    fn folded(self) -> Option<Self> {
        let Self::Text { line, text } = self else { return Some(self) };
        let text = clean::line(&text);
        (!text.is_empty()).then_some(Self::Text { line, text })
    }
}

#[derive(Default)]
struct Parts {
    found: RefCell<Vec<Part>>,
}

impl TokenSink for Parts {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let found = &mut *self.found.borrow_mut();
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        match token {
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                let pair = |one: Attribute| (one.name.local.to_string(), one.value.to_string());
                found.push(match tag.kind {
                    TagKind::StartTag => {
                        Part::Open { line, name, attributes: tag.attrs.into_iter().map(pair).collect() }
                    }
                    TagKind::EndTag => Part::Close { line, name },
                });
            }
            Token::CharacterTokens(more) => match found.last_mut() {
                Some(Part::Text { text, .. }) => text.push_str(&more),
                _ => found.push(Part::Text { line, text: more.to_string() }),
            },
            Token::CommentToken(comment) => found.push(Part::Other { line, what: format!("<!--{comment}-->") }),
            Token::DoctypeToken(_) => found.push(Part::Other { line, what: "<!DOCTYPE>".to_owned() }),
            Token::NullCharacterToken => found.push(Part::Other { line, what: "\u{0}".to_owned() }),
            Token::ParseError(_) | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }
}

/// What a page shows and how, to be compared: without the names in `data-is`, which nobody sees, without a `span` around
/// nothing else, and without what says that it is in UTF-8, which browsers say in their own way.
fn shown(parts: Vec<Part>) -> Vec<(usize, String)> {
    let mut spans = Vec::new();
    let mut shown = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Part::Open { line, name, mut attributes } => {
                attributes.retain(|(name, _)| name != "data-is");
                attributes.sort();
                let bare = name == "span" && attributes.is_empty();
                if name == "span" {
                    spans.push(bare);
                }
                if !(bare || name == "meta" && says_utf8(&attributes)) {
                    let pairs: String = attributes.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
                    shown.push((line, format!("<{name}{pairs}>")));
                }
            }
            Part::Close { line, name } => {
                if name != "span" || spans.pop() != Some(true) {
                    shown.push((line, format!("</{name}>")));
                }
            }
            Part::Text { line, text } => shown.push((line, text)),
            Part::Other { line, what } => shown.push((line, what)),
        }
    }
    shown
}

fn says_utf8(attributes: &[(String, String)]) -> bool {
    let pairs: Vec<(&str, String)> =
        attributes.iter().map(|(name, value)| (name.as_str(), value.replace(' ', "").to_lowercase())).collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    matches!(
        pairs[..],
        [("charset", "utf-8")] | [("content", "text/html;charset=utf-8"), ("http-equiv", "content-type")]
    )
}

#[derive(Default)]
struct Reading {
    page: Page,
    /// What the entries of the meeting being read have in common.
    sitting: PageEntry,
    /// What stands before a value that bears no name, as in the pages of earlier versions.
    label: String,
    /// What is being read, the element it stands in, how many of that name are open in it, and what it says so far.
    open: Option<(String, String, usize, String)>,
}

impl Reading {
    fn begin(&mut self, name: &str, attributes: &[(String, String)]) {
        let attribute =
            |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let is = attribute("data-is").or_else(|| self.unnamed(name, &attribute("class").unwrap_or_default()));
        // The range stands beside the number of entries in one paragraph, and bore no name of its own once.
        if let Some((.., said)) = self.open.take_if(|(within, ..)| within == "range" && is.is_some()) {
            self.is("range", &clean::line(&said));
        } else if let Some((_, element, depth, said)) = &mut self.open {
            *depth += usize::from(*element == name);
            said.push(' ');
            return;
        }
        match is {
            Some(is) if is == "entry" => self.page.entries.push(PageEntry {
                anchor: attribute("data-anchor").unwrap_or_default(),
                kind: attribute("data-kind").unwrap_or_default(),
                ..self.sitting.clone()
            }),
            Some(is) => self.open = Some((is, name.to_owned(), 1, String::new())),
            None => {}
        }
    }

    /// What it is by its place.
    fn unnamed(&self, name: &str, class: &str) -> Option<String> {
        let is = match (name, class, self.label.as_str()) {
            ("b" | "dt", ..) => "label",
            ("p", "range", _) => "range",
            ("span", "count", _) => "count",
            ("span", "said", "Present") => "present",
            ("span", "said", "Invited") => "invited",
            ("span", "said", "Recap sent") => "recap",
            ("dd", _, "Made") => "made",
            ("dd", _, "First written") => "first_written",
            ("dd", _, "Confirmed by") => "confirmed",
            ("dd", _, "In place of") => "supersedes",
            ("dd", _, "Superseded by") => "superseded_by",
            _ => return None,
        };
        Some(is.to_owned())
    }

    fn text(&mut self, text: &str) {
        if let Some((.., said)) = &mut self.open {
            said.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        let Some((_, within, depth, _)) = &mut self.open else { return };
        *depth -= usize::from(within == name);
        if *depth > 0 {
            return;
        }
        if let Some((is, _, _, said)) = self.open.take() {
            self.is(&is, &clean::line(&said));
        }
    }

    fn is(&mut self, is: &str, said: &str) {
        let text = said.to_owned();
        let (page, sitting) = (&mut self.page, &mut self.sitting);
        match (is, page.entries.last_mut()) {
            ("label", _) => self.label = text,
            ("organization", _) => page.organization = text,
            ("zone", _) => page.zone = text,
            ("head", _) => page.head = text,
            ("range", _) if !text.is_empty() => page.range = text,
            ("count", _) => page.count = text,
            ("made", _) => page.made = text,
            ("date", _) => *sitting = PageEntry { date: read_day(said), ..PageEntry::default() },
            ("meeting", _) => sitting.meeting = text,
            ("present", _) => sitting.present = format!("Present: {said}"),
            ("invited", _) => sitting.present = format!("Invited: {said}"),
            ("recap", _) => sitting.recap = text,
            ("text", Some(entry)) => entry.text = text,
            ("status", Some(entry)) => entry.status = text,
            ("decided_by", Some(entry)) => entry.decided_by = text,
            ("owners", Some(entry)) => entry.owners = text,
            ("due", Some(entry)) => entry.due = read_day(said),
            ("first_written", Some(entry)) => entry.written = text,
            ("confirmed", Some(entry)) => entry.confirmed = text,
            ("supersedes", Some(entry)) => entry.supersedes = text,
            ("superseded_by", Some(entry)) => entry.superseded_by = text,
            ("why", Some(entry)) => entry.because(said),
            _ => {}
        }
    }
}
