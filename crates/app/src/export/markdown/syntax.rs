//! Pieces of Markdown and YAML.

use std::fmt::Write as _;

use super::super::one_line;

/// Text that shows as it is; on one line. Topics stay topics.
pub(crate) fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut escaped = String::with_capacity(text.len());
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            escaped.push(' ');
        }
        let is_link = word.starts_with("https://") || word.starts_with("http://");
        let mut chars = word.chars().peekable();
        let mut before = None;
        while let Some(c) = chars.next() {
            let doubled = before == Some(c) || chars.peek() == Some(&c);
            let marks = match c {
                '\\' | '`' | '[' | ']' | '<' | '|' => true,
                '*' | '_' | '$' => !is_link,
                '&' => word.contains(';'),
                '~' | '=' | '%' => doubled && !is_link,
                _ => false,
            };
            if marks {
                escaped.push('\\');
            }
            escaped.push(c);
            before = Some(c);
        }
    }
    escaped
}

/// Text that shows as it is at the beginning of a list item, where a number or a sign could begin another.
pub(crate) fn opening(text: &str) -> String {
    let text = escape(text);
    let word = text.split(' ').next().unwrap_or_default();
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = match number {
        "." | ")" if number.len() < word.len() => word.len() - 1,
        "-" | "+" => 0,
        sign if sign.starts_with('>') || !sign.is_empty() && sign.bytes().all(|byte| byte == b'#') => 0,
        _ => return text,
    };
    format!("{}\\{}", &text[..mark], &text[mark..])
}

/// A heading of `level` that shows the text as it is.
pub(super) fn heading(level: usize, text: &str) -> String {
    let mut text = escape(text);
    // Number signs at the end would close the heading.
    if text.ends_with('#') {
        text.insert(text.len() - 1, '\\');
    }
    format!("{} {text}\n", "#".repeat(level))
}

/// A link from the file `from` to the file `to`, and there to `anchor`; relative, so that the folder can lie anywhere.
pub(super) fn link(text: &str, from: &str, to: &str, anchor: Option<&str>) -> String {
    let mut target = "../".repeat(from.matches('/').count());
    for c in to.chars() {
        match c {
            ' ' | '%' | '(' | ')' | '&' | '#' | '?' | '\'' | '`' | '<' | '>' => {
                let _ = write!(target, "%{:02X}", u32::from(c));
            }
            c => target.push(c),
        }
    }
    if let Some(anchor) = anchor {
        let _ = write!(target, "#^{anchor}");
    }
    format!("[{}]({target})", escape(text))
}

/// A link as it stands in front matter, where Obsidian knows only its own.
pub(super) fn wiki_link(text: &str, to: &str) -> String {
    let shown: String = one_line(text).chars().filter(|c| !matches!(c, '[' | ']' | '|')).collect();
    format!("[[{}|{shown}]]", to.strip_suffix(".md").unwrap_or(to))
}

/// YAML front matter, one field at a time.
pub(super) struct FrontMatter(String);

impl FrontMatter {
    pub(super) fn new() -> Self {
        Self("---\n".to_owned())
    }

    /// A value that is plain by its nature: a date, a number, a word of ours.
    pub(super) fn plain(&mut self, key: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.0, "{key}: {value}");
    }

    /// A text, left out where it is empty.
    pub(super) fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            let _ = writeln!(self.0, "{key}: {}", quoted(value));
        }
    }

    /// A list of texts, left out where it is empty.
    pub(super) fn list(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let _ = writeln!(self.0, "{key}:");
        }
        for value in values {
            let _ = writeln!(self.0, "  - {}", quoted(value));
        }
    }

    /// The whole, and the empty line after it.
    pub(super) fn end(self) -> String {
        self.0 + "---\n\n"
    }
}

/// In double quotes (YAML 1.2 §7.3.1): no text can end them or be taken for another type.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // Not printable in YAML, or a line break in its first version.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_shows_as_it_is() {
        for (text, expected) in [
            (
                "plain, (text): it's 100% R&D, #client/acme @ana_s",
                r"plain, (text): it's 100% R&D, #client/acme @ana\_s",
            ),
            ("*bold* `code` [x](y) <b> a|b", r"\*bold\* \`code\` \[x\](y) \<b> a\|b"),
            ("&copy; %%gone%% ==marked== ~~out~~ $x$", r"\&copy; \%\%gone\%\% \=\=marked\=\= \~\~out\~\~ \$x\$"),
            ("https://a.example/x_y?a=b&c=d", "https://a.example/x_y?a=b&c=d"),
            ("one\n\ttwo\u{1b}[31m", r"one two \[31m"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }

    #[test]
    fn a_list_item_begins_no_other_block() {
        for (text, expected) in [
            ("1. first", r"1\. first"),
            ("12) first", r"12\) first"),
            ("- x", r"\- x"),
            ("## x", r"\## x"),
            ("> x", r"\> x"),
            ("[ ] x", r"\[ \] x"),
            ("#topic x", "#topic x"),
            ("1.5 days", "1.5 days"),
            ("", ""),
        ] {
            assert_eq!(opening(text), expected);
        }
    }

    #[test]
    fn front_matter_holds_any_text() {
        let mut matter = FrontMatter::new();
        matter.text("a", "x: \"y\" \\ # - \r\n---\u{85}\u{2028}");
        matter.text("none", "");
        matter.list("b", &["no".to_owned(), "2026-01-01".to_owned()]);
        let expected = r#"a: "x: \"y\" \\ # - \u000d\n---\u0085\u2028""#;
        assert_eq!(matter.end(), format!("---\n{expected}\nb:\n  - \"no\"\n  - \"2026-01-01\"\n---\n\n"));
    }

    #[test]
    fn a_heading_keeps_the_number_signs_at_its_end() {
        assert_eq!(heading(2, "C #"), "## C \\#\n");
    }
}
