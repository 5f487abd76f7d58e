//! A register as one page to be printed: nothing is loaded, nothing runs, and everything from notes and calendars is
//! text. [`read`](super::html_read::read) finds it again, also where a browser saved the page.

use std::fmt::Write as _;

use super::page::{NOTE, Page, PageEntry, day, sittings, title};

/// A page written by an earlier version is only known as one by its style: whoever changes this keeps what it was, and has
/// [`read`](super::html_read::read) try both.
const STYLE: &str = include_str!("page.css");

pub(super) fn write(page: &Page) -> String {
    with_note(page, NOTE)
}

pub(super) fn with_note(page: &Page, note: &str) -> String {
    let title = escape(&title(&page.organization));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n\
         <p class=\"over\">Register of decisions and commitments</p>\n<h1 data-is=\"organization\">{}</h1>\n\
         <p class=\"range\"><span data-is=\"range\">{}</span> <span class=\"count\" data-is=\"count\">{}</span></p>\n</header>\n",
        escape(&page.organization),
        escape(&page.range),
        escape(&page.count),
    );
    for (first, entries) in sittings(page) {
        write_sitting(&mut out, first, entries);
    }
    if page.entries.is_empty() {
        out.push_str("<p class=\"none\">Nothing was decided or promised in these meetings.</p>\n");
    }
    let _ = write!(
        out,
        "<footer>\n<p>{note}</p>\n<dl>\n<dt>Made</dt><dd data-is=\"made\">{}</dd>\n<dt>Times of</dt><dd data-is=\"zone\">{}</dd>\n\
         <dt>Head</dt><dd><code data-is=\"head\">{}</code></dd>\n</dl>\n</footer>\n</main>\n</body>\n</html>\n",
        escape(&page.made),
        escape(&page.zone),
        escape(&page.head),
    );
    out
}

fn write_sitting(out: &mut String, first: &PageEntry, entries: &[PageEntry]) {
    let _ = write!(
        out,
        "<section>\n<div class=\"meeting\">\n<h2><time data-is=\"date\">{}</time> <span class=\"said\" data-is=\"meeting\">{}</span></h2>\n",
        first.date.map(day).unwrap_or_default(),
        escape(&first.meeting)
    );
    if let Some((label, names)) = first.present.split_once(": ") {
        let _ = writeln!(
            out,
            "<p class=\"room\"><b>{label}</b> <span class=\"said\" data-is=\"{}\">{}</span></p>",
            label.to_lowercase(),
            escape(names)
        );
    }
    if !first.recap.is_empty() {
        let sent = escape(&first.recap);
        let _ = writeln!(
            out,
            "<p class=\"room\"><b>Recap sent</b> <span class=\"said\" data-is=\"recap\">{sent}</span></p>"
        );
    }
    out.push_str("</div>\n");
    for entry in entries {
        write_entry(out, entry);
    }
    out.push_str("</section>\n");
}

fn write_entry(out: &mut String, entry: &PageEntry) {
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
    let mut pair = |label: &str, is: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "<dt>{label}</dt><dd class=\"said\" data-is=\"{is}\">{}</dd>", escape(value));
        }
    };
    if let Some((label, names)) = entry.who() {
        pair(label, if entry.kind == "decision" { "decided_by" } else { "owners" }, names);
    }
    pair("Due", "due", &entry.due.map(day).unwrap_or_default());
    pair("First written", "first_written", &entry.written);
    pair("Confirmed by", "confirmed", &entry.confirmed);
    pair("In place of", "supersedes", &entry.supersedes);
    pair("Superseded by", "superseded_by", &entry.superseded_by);
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
