//! A register as one page to be printed: nothing is loaded, nothing runs, and everything from notes and calendars is
//! text. [`read`] finds it again by the names in `data-is`, also where a browser saved the page.

use std::cell::RefCell;
use std::fmt::Write as _;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::page::{
    NOTE, Old, OldEntry, Sitting, confirmed, count, day, first, moment, range, read_day, recap, room, sittings, title,
    who, written,
};
use crate::view::{Register, RegisterEntry};

const STYLE: &str = include_str!("page.css");

pub(super) fn write(register: &Register) -> String {
    let title = escape(&title(register));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n\
         <p class=\"over\">Register of decisions and commitments</p>\n<h1 data-is=\"organization\">{}</h1>\n\
         <p class=\"range\"><span data-is=\"range\">{}</span> <span class=\"count\" data-is=\"count\">{}</span></p>\n</header>\n",
        escape(&register.organization),
        escape(&range(register)),
        escape(&count(register)),
    );
    for sitting in sittings(register) {
        write_sitting(&mut out, &sitting);
    }
    if register.entries.is_empty() {
        out.push_str("<p class=\"none\">Nothing was decided or promised in these meetings.</p>\n");
    }
    let _ = write!(
        out,
        "<footer>\n<p>{NOTE}</p>\n<dl>\n<dt>Made</dt><dd data-is=\"made\">{}</dd>\n<dt>Times of</dt><dd data-is=\"zone\">{}</dd>\n\
         <dt>Head</dt><dd><code data-is=\"head\">{}</code></dd>\n</dl>\n</footer>\n</main>\n</body>\n</html>\n",
        escape(&moment(register.generated_at)),
        escape(&register.zone),
        escape(&register.head),
    );
    out
}

fn write_sitting(out: &mut String, sitting: &Sitting<'_>) {
    let _ = write!(
        out,
        "<section>\n<div class=\"meeting\">\n<h2><time data-is=\"date\">{}</time> <span class=\"said\" data-is=\"meeting\">{}</span></h2>\n",
        day(sitting.date),
        escape(sitting.title)
    );
    if let Some(first) = sitting.entries.first() {
        let (label, names) = room(first);
        let _ = writeln!(
            out,
            "<p class=\"room\"><b>{label}</b> <span class=\"said\" data-is=\"{}\">{}</span></p>",
            label.to_lowercase(),
            escape(&names)
        );
        if let Some(sent) = recap(first) {
            let _ =
                writeln!(out, "<p class=\"room\"><b>Recap sent</b> <span class=\"said\">{}</span></p>", escape(&sent));
        }
    }
    out.push_str("</div>\n");
    for entry in sitting.entries {
        write_entry(out, entry);
    }
    out.push_str("</section>\n");
}

fn write_entry(out: &mut String, entry: &RegisterEntry) {
    let gone = matches!(entry.status.as_str(), "superseded" | "dropped");
    let _ = write!(
        out,
        "<article id=\"{0}\" data-is=\"entry\" data-anchor=\"{0}\" data-kind=\"{1}\" class=\"{1}{2}\">\n\
         <p class=\"kind\">{3} <span class=\"status\" data-is=\"status\">{4}</span> <span class=\"mark\">^{0}</span></p>\n\
         <p class=\"words said\" data-is=\"text\">{5}</p>\n",
        escape(&entry.anchor),
        if entry.kind == "decision" { "decision" } else { "commitment" },
        if gone { " gone" } else { "" },
        if entry.kind == "decision" { "Decision" } else { "Commitment" },
        escape(&entry.status),
        escape(&entry.text),
    );
    for line in entry.rationale.iter().flat_map(|why| why.lines()) {
        let _ = writeln!(out, "<p class=\"why said\" data-is=\"why\">{}</p>", escape(line));
    }
    out.push_str("<dl>\n");
    let mut pair = |label: &str, is: &str, value: String| {
        let is = if is.is_empty() { String::new() } else { format!(" data-is=\"{is}\"") };
        let _ = writeln!(out, "<dt>{label}</dt><dd class=\"said\"{is}>{}</dd>", escape(&value));
    };
    let (label, names) = who(entry);
    if let Some(names) = names {
        pair(label, if entry.kind == "decision" { "decided_by" } else { "owners" }, names);
    }
    if let Some(due) = entry.due {
        pair("Due", "due", day(due));
    }
    pair("First written", "first_written", written(entry));
    if let Some(said) = confirmed(entry) {
        pair("Confirmed by", "confirmed", said);
    }
    if let Some(anchor) = &entry.supersedes {
        pair("In place of", "", format!("^{anchor}"));
    }
    if let Some(anchor) = &entry.superseded_by {
        pair("Superseded by", "", format!("^{anchor}"));
    }
    out.push_str("</dl>\n</article>\n");
}

/// Safe between tags and within quoted attributes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A page as [`write`] made it; none where it is another.
pub(super) fn read(text: &str) -> Option<Old> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let old = tokenizer.sink.state.into_inner().old;
    (!old.head.is_empty()).then_some(old)
}

#[derive(Default)]
struct Reader {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    old: Old,
    date: String,
    meeting: String,
    present: String,
    /// What is being read, the element it stands in, how many of that name are open in it, and what it says so far.
    open: Option<(String, String, usize, String)>,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let state = &mut *self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                let attribute = |wanted: &str| {
                    let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == wanted);
                    found.map(|attribute| attribute.value.to_string())
                };
                match tag.kind {
                    TagKind::StartTag => state.begin(name, attribute),
                    TagKind::EndTag => state.end(&name),
                }
            }
            Token::CharacterTokens(text) => {
                if let Some((.., said)) = &mut state.open {
                    said.push_str(&text);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn begin(&mut self, name: String, attribute: impl Fn(&str) -> Option<String>) {
        if let Some((_, within, depth, said)) = &mut self.open {
            *depth += usize::from(*within == name);
            said.push(' ');
            return;
        }
        match attribute("data-is") {
            Some(is) if is == "entry" => {
                let (anchor, kind) = (attribute("data-anchor"), attribute("data-kind"));
                self.old.entries.push(OldEntry {
                    anchor: anchor.unwrap_or_default(),
                    kind: kind.unwrap_or_default(),
                    date: read_day(&self.date),
                    meeting: self.meeting.clone(),
                    present: self.present.clone(),
                    ..OldEntry::default()
                });
            }
            Some(is) => self.open = Some((is, name, 1, String::new())),
            None => {}
        }
    }

    fn end(&mut self, name: &str) {
        let Some((_, within, depth, _)) = &mut self.open else { return };
        *depth -= usize::from(within == name);
        if *depth > 0 {
            return;
        }
        let Some((is, _, _, said)) = self.open.take() else { return };
        let said = crate::clean::line(&said);
        match (is.as_str(), self.old.entries.last_mut()) {
            ("organization", _) => self.old.organization = said,
            ("zone", _) => self.old.zone = said,
            ("head", _) => self.old.head = said,
            ("range", _) => self.old.range = said,
            ("count", _) => self.old.count = said,
            ("made", _) => self.old.made = said,
            ("date", _) => (self.date, self.present) = (said, String::new()),
            ("present", _) => self.present = format!("Present: {said}"),
            ("invited", _) => self.present = format!("Invited: {said}"),
            ("meeting", _) => self.meeting = said,
            ("text", Some(entry)) => entry.text = said,
            ("status", Some(entry)) => entry.status = said,
            ("decided_by", Some(entry)) => entry.decided_by = said,
            ("owners", Some(entry)) => entry.owners = said,
            ("due", Some(entry)) => entry.due = read_day(&said),
            ("first_written", Some(entry)) => entry.first_written = first(&said),
            ("confirmed", Some(entry)) => entry.confirmed = said.split("; ").map(str::to_owned).collect(),
            ("why", Some(entry)) => {
                let why = entry.rationale.get_or_insert_default();
                if !why.is_empty() {
                    why.push('\n');
                }
                why.push_str(&said);
            }
            _ => {}
        }
    }
}
