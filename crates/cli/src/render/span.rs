//! Pieces of text with a tone, and how they wrap.

use anstyle::{AnsiColor, Style};

use crate::text::{clean, split_at_width, width};

/// What a piece of text is, which decides its colour. Meaning is carried by shape and words; colour only helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// A title.
    Strong,
    /// May be left unread.
    Quiet,
    /// The product's colour: decisions, people and topics named in a text, now.
    Accent,
    /// An open action.
    Open,
    /// Late.
    Late,
    /// A question.
    Ask,
    /// Done, declined, superseded.
    Gone,
}

impl Tone {
    /// The sixteen colours of the terminal's own palette, so that light and dark are as the user set them.
    pub fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Quiet => Style::new().dimmed(),
            Self::Accent => AnsiColor::Cyan.on_default(),
            Self::Open => AnsiColor::Blue.on_default(),
            Self::Late => AnsiColor::Red.on_default(),
            Self::Ask => AnsiColor::Yellow.on_default(),
            Self::Gone => Style::new().dimmed().strikethrough(),
        }
    }
}

/// A piece of one line. Whatever text it is made from, it cannot steer the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub tone: Tone,
}

impl Span {
    pub fn new(text: impl AsRef<str>, tone: Tone) -> Self {
        let text = text.as_ref();
        let mut cleaned = clean(text);
        // Spaces at the ends part one span from the next.
        if text.starts_with(' ') {
            cleaned.insert(0, ' ');
        }
        if text.ends_with(' ') && !cleaned.ends_with(' ') {
            cleaned.push(' ');
        }
        Self { text: cleaned, tone }
    }

    pub fn plain(text: impl AsRef<str>) -> Self {
        Self::new(text, Tone::Plain)
    }

    pub fn strong(text: impl AsRef<str>) -> Self {
        Self::new(text, Tone::Strong)
    }

    pub fn quiet(text: impl AsRef<str>) -> Self {
        Self::new(text, Tone::Quiet)
    }

    pub fn accent(text: impl AsRef<str>) -> Self {
        Self::new(text, Tone::Accent)
    }

    /// A title among others: without its weight.
    pub fn regular(self) -> Self {
        let tone = if self.tone == Tone::Strong { Tone::Plain } else { self.tone };
        Self { tone, ..self }
    }

    /// Layout of our own, spaces as they are; never text from a note or a calendar.
    pub fn raw(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    /// As [`Span::raw`].
    pub fn plain_raw(text: impl Into<String>) -> Self {
        Self::raw(text, Tone::Plain)
    }

    /// As [`Span::raw`].
    pub fn quiet_raw(text: impl Into<String>) -> Self {
        Self::raw(text, Tone::Quiet)
    }
}

/// A sentence of a note: the people and topics it names stand out, if `tone` is plain.
pub fn sentence(text: &str, tone: Tone) -> Vec<Span> {
    let text = clean(text);
    if tone != Tone::Plain {
        return vec![Span::new(text, tone)];
    }
    let mut spans: Vec<Span> = Vec::new();
    for (n, word) in text.split(' ').enumerate() {
        let tone = if is_name(word) { Tone::Accent } else { Tone::Plain };
        let space = if n > 0 { " " } else { "" };
        match spans.last_mut() {
            Some(last) if last.tone == tone => last.text.extend([space, word]),
            Some(last) => {
                last.text.push_str(space);
                spans.push(Span { text: word.to_owned(), tone });
            }
            None => spans.push(Span { text: word.to_owned(), tone }),
        }
    }
    spans
}

fn is_name(word: &str) -> bool {
    let mut chars = word.trim_start_matches(['(', '[']).chars();
    matches!(chars.next(), Some('@' | '#')) && chars.next().is_some_and(char::is_alphanumeric)
}

/// Broken into lines of at most `columns`, between words where it can be.
pub fn wrap(spans: &[Span], columns: usize) -> Vec<Vec<Span>> {
    let mut lines = Vec::new();
    let mut line: Vec<Span> = Vec::new();
    let mut taken = 0;
    for word in words(spans) {
        let long: usize = word.iter().map(|span| width(&span.text)).sum();
        if taken > 0 && taken + 1 + long > columns {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        }
        if taken > 0 {
            let tone = line.last().filter(|last| last.tone == word[0].tone).map_or(Tone::Plain, |last| last.tone);
            push(&mut line, " ", tone);
            taken += 1;
        }
        for Span { text, tone } in word {
            let mut rest = text.as_str();
            while taken + width(rest) > columns && !rest.is_empty() {
                let (head, tail) = split_at_width(rest, columns.saturating_sub(taken).max(1));
                push(&mut line, head, tone);
                lines.push(std::mem::take(&mut line));
                (rest, taken) = (tail, 0);
            }
            push(&mut line, rest, tone);
            taken += width(rest);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The words, each in its pieces: a tone may change inside a word.
fn words(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut words: Vec<Vec<Span>> = vec![Vec::new()];
    for span in spans {
        for (n, piece) in span.text.split(' ').enumerate() {
            if n > 0 {
                words.push(Vec::new());
            }
            if let (false, Some(word)) = (piece.is_empty(), words.last_mut()) {
                word.push(Span { text: piece.to_owned(), tone: span.tone });
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn push(line: &mut Vec<Span>, text: &str, tone: Tone) {
    match line.last_mut() {
        Some(last) if last.tone == tone => last.text.push_str(text),
        _ => line.push(Span { text: text.to_owned(), tone }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_inside_those_that_are_too_long() {
        for (text, columns, expected) in [
            ("Answer on the second headcount", 12, "Answer on|the second|headcount"),
            ("Answer", 12, "Answer"),
            ("", 12, ""),
            ("https://example.com/a/long/path", 12, "https://exam|ple.com/a/lo|ng/path"),
            ("会議 会議会議", 5, "会議|会議|会議"),
        ] {
            let lines = wrap(&[Span::plain(text)], columns);
            let lines: Vec<String> = lines.iter().map(|l| l.iter().map(|s| s.text.as_str()).collect()).collect();
            assert_eq!(lines.join("|"), expected);
        }
    }

    #[test]
    fn people_and_topics_stand_out_of_a_sentence() {
        let spans = sentence("@ana sends it to a@b.c #acme/pricing", Tone::Plain);
        let named: Vec<_> = spans.iter().filter(|s| s.tone == Tone::Accent).map(|s| s.text.trim()).collect();
        assert_eq!(named, ["@ana", "#acme/pricing"]);
    }
}
