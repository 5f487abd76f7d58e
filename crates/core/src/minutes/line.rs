//! A file as lines that know what they are. Looser than CommonMark: minutes are often plain text.

use super::regex;
use std::sync::LazyLock;

use regex::Regex;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    /// 1 to 6; a line that is all bold counts as 7.
    Heading(u8),
    Bullet,
    Plain,
    /// A table row.
    Row,
    Rule,
}

/// A line of the file.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// 1-based.
    pub number: u32,
    pub indent: usize,
    pub kind: Kind,
    /// Without marker, checkbox, bold and quotation marks; a row as written.
    pub text: String,
    /// Of a checkbox or its emoji.
    pub checked: Option<bool>,
}

/// The lines after the front matter; code is blank, comments and struck-out text are gone.
pub(super) fn lines(text: &str, skip: usize) -> Vec<Line> {
    let text = without_comments(text);
    let mut lines: Vec<Line> = Vec::new();
    let mut fence: Option<char> = None;
    for (at, raw) in text.lines().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let trimmed = raw.trim_start();
        let fenced = ['`', '~'].into_iter().find(|c| trimmed.chars().take_while(|x| x == c).count() >= 3);
        if at < skip || fence.is_some() || fenced.is_some() {
            match (fence, fenced) {
                (None, Some(c)) if at >= skip => fence = Some(c),
                (Some(open), Some(c)) if open == c => fence = None,
                _ => {}
            }
            lines.push(Line { number, indent: 0, kind: Kind::Blank, text: String::new(), checked: None });
            continue;
        }
        let line = read(raw, number);
        // A line underlined with = or - is a heading, unless it goes on a paragraph.
        if let Some(level) = underline(trimmed)
            && let [.., before, last] = lines.as_mut_slice()
            && last.kind == Kind::Plain
            && matches!(before.kind, Kind::Blank | Kind::Heading(_))
        {
            last.kind = Kind::Heading(level);
        } else if let (Some(level), [last]) = (underline(trimmed), lines.as_mut_slice())
            && last.kind == Kind::Plain
        {
            last.kind = Kind::Heading(level);
        } else {
            lines.extend(apart(line));
            continue;
        }
        lines.push(Line { number, indent: 0, kind: Kind::Blank, text: String::new(), checked: None });
    }
    define(&mut lines);
    lines
}

/// A list of definitions, "Present" and below it ": Ana, Ben", made lines with labels: "Present: Ana, Ben".
fn define(lines: &mut [Line]) {
    let mut term: Option<String> = None;
    // Of the last line that was not blank.
    let mut last: Option<usize> = None;
    for at in 0..lines.len() {
        if lines[at].kind == Kind::Blank {
            continue;
        }
        let meaning = Some(&lines[at]).filter(|line| line.kind == Kind::Plain);
        let meaning = meaning.and_then(|line| line.text.strip_prefix(':')).filter(|text| text.starts_with([' ', '\t']));
        let Some(meaning) = meaning.map(|text| text.trim().to_owned()) else {
            (term, last) = (None, Some(at));
            continue;
        };
        if let Some(before) = last.filter(|before| at - before <= 2 && is_term(&lines[*before])) {
            term = Some(std::mem::take(&mut lines[before].text));
            lines[before].kind = Kind::Blank;
        }
        last = None;
        if let Some(term) = &term {
            lines[at].text = format!("{term}: {meaning}");
        }
    }
}

fn is_term(line: &Line) -> bool {
    matches!(line.kind, Kind::Plain | Kind::Heading(7))
        && !line.text.contains(':')
        && line.text.split_whitespace().count() <= 4
}

fn read(raw: &str, number: u32) -> Line {
    static BULLET: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(?:[-*+•◦●▪‣–·]|\d{1,3}[.)]|\(\d{1,3}\)|<li>)[ \t\u{a0}]+|^<li>|^[•●▪‣]"));
    static BOX: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?:\[([ xX/\-])\]|([✅☑✔✓❌✗✘☐⬜])\u{fe0f}?)[ \t]*"));
    static HEADING: LazyLock<Regex> = LazyLock::new(|| regex(r"^(#{1,6}|={1,6})[ \t]+(.*?)(?:[ \t]+[#=]+)?[ \t]*$"));
    static TIGHT: LazyLock<Regex> = LazyLock::new(|| regex(r"^(#{2,6})([A-Z].*)$"));
    static RULE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$"));

    let mut text = raw.trim_end();
    let mut indent = 0;
    loop {
        let inner = text.trim_start_matches([' ', '\t', '\u{a0}']);
        indent += text[..text.len() - inner.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum::<usize>();
        match inner.strip_prefix('>') {
            Some(quoted) => text = quoted,
            None => {
                text = inner;
                break;
            }
        }
    }
    let line = |kind, text: &str, checked| Line { number, indent, kind, text: text.trim().to_owned(), checked };
    if text.is_empty() {
        return line(Kind::Blank, "", None);
    }
    if RULE.is_match(text) {
        return line(Kind::Rule, "", None);
    }
    if let Some(found) = HEADING.captures(text).or_else(|| TIGHT.captures(text)) {
        return line(Kind::Heading(u8::try_from(found[1].len()).unwrap_or(6)), &plain_marks(&found[2]), None);
    }
    if text.starts_with('|') && text.len() > 1 {
        return line(Kind::Row, text, None);
    }
    let (mut kind, mut rest) = (Kind::Plain, text);
    if let Some(found) = BULLET.find(text) {
        (kind, rest) = (Kind::Bullet, &text[found.end()..]);
    } else if matches!(text, "-" | "*" | "+") {
        return line(Kind::Bullet, "", None);
    }
    let mut checked = None;
    if let Some(found) = BOX.captures(rest) {
        checked = Some(match (found.get(1), found.get(2)) {
            (Some(mark), _) => matches!(mark.as_str(), "x" | "X" | "/"),
            (_, Some(mark)) => matches!(mark.as_str(), "✅" | "☑" | "✔" | "✓"),
            _ => false,
        });
        rest = &rest[found[0].len()..];
        kind = Kind::Bullet;
    }
    let bold = rest.trim();
    if kind == Kind::Plain
        && let Some(inner) = bold
            .strip_prefix("**")
            .and_then(|b| b.strip_suffix("**"))
            .or_else(|| bold.strip_prefix("__").and_then(|b| b.strip_suffix("__")))
        && !inner.is_empty()
        && !inner.contains("**")
        && !inner.contains("__")
    {
        return line(Kind::Heading(7), inner, None);
    }
    line(kind, &plain_marks(rest), checked)
}

/// "Date: 3 Dec | Attendees: Ana, Ben" as two lines.
fn apart(line: Line) -> Vec<Line> {
    static DIVIDER: LazyLock<Regex> = LazyLock::new(|| regex(r"\s+[|·•]\s+|\s{2,}|\t"));
    static LABELLED: LazyLock<Regex> = LazyLock::new(|| regex(r"^[*_`]*\p{L}[\p{L} /&-]{1,30}[*_`]*:(?:\s|[*_]|$)"));
    if !matches!(line.kind, Kind::Plain | Kind::Heading(7)) {
        return vec![line];
    }
    let parts: Vec<&str> = DIVIDER.split(&line.text).collect();
    if parts.len() < 2 || !parts.iter().all(|part| LABELLED.is_match(part)) {
        return vec![line];
    }
    parts.into_iter().map(|part| Line { text: part.to_owned(), kind: Kind::Plain, ..line.clone() }).collect()
}

fn underline(trimmed: &str) -> Option<u8> {
    let trimmed = trimmed.trim_end();
    match trimmed.chars().next() {
        Some('=') if trimmed.len() >= 2 && trimmed.chars().all(|c| c == '=') => Some(1),
        Some('-') if trimmed.len() >= 3 && trimmed.chars().all(|c| c == '-') => Some(2),
        _ => None,
    }
}

/// Without bold, struck-out text and stray emphasis around the whole.
fn plain_marks(text: &str) -> String {
    static STRUCK: LazyLock<Regex> = LazyLock::new(|| regex(r"~~.*?~~|(?i:<(?:s|del|strike)>.*?</(?:s|del|strike)>)"));
    STRUCK.replace_all(text, "").replace("**", "").replace("__", "")
}

/// Comments made blank; line numbers stay.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    while let Some(open) = rest.find("<!--") {
        kept.push_str(&rest[..open]);
        let comment = rest[open..].find("-->").map_or(&rest[open..], |end| &rest[open..open + end + 3]);
        kept.extend(comment.chars().filter(|&c| c == '\n'));
        rest = &rest[open + comment.len()..];
    }
    kept.push_str(rest);
    kept
}
