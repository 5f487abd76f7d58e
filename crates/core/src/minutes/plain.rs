//! Markdown and HTML of one line made plain.

use super::regex;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What a reader sees of a line: links by their text (a `mailto:` also by its address), wiki links by their alias or
/// last part, tags and emphasis gone, entities and escapes resolved.
pub(super) fn plain(text: &str) -> String {
    static IMAGE: LazyLock<Regex> = LazyLock::new(|| regex(r"!\[[^\]]*\]\([^)]*\)"));
    static WIKI: LazyLock<Regex> = LazyLock::new(|| regex(r"\[\[([^\]]*)\]\]"));
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\[((?:[^\[\]]|\[[^\]]*\])*)\](?:\(((?:[^()]|\([^()]*\))*)\)|\[[^\]]*\])"));
    static AUTO: LazyLock<Regex> = LazyLock::new(|| regex(r"<(?:mailto:)?([^<>\s@]+@[^<>\s]+)>"));
    static TAG: LazyLock<Regex> = LazyLock::new(|| {
        regex(r#"</?[A-Za-z][A-Za-z0-9]*(?:\s+[A-Za-z:-]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*\s*/?>?|<https?:[^>]*>"#)
    });
    static OPENING: LazyLock<Regex> = LazyLock::new(|| regex(r"(^|[\s(\[/,;:-])[*_`]+"));
    static CLOSING: LazyLock<Regex> = LazyLock::new(|| regex(r"[*_`]+($|[\s)\],;:.!?/-])"));
    static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| regex(r"\{\{.*?\}\}|\$\{.*?\}|<%.*?%>"));

    let text = TEMPLATE.replace_all(text, "");
    let text = IMAGE.replace_all(&text, "");
    let text = WIKI.replace_all(&text, |found: &Captures<'_>| {
        let inside = &found[1];
        let shown = inside.rsplit('|').next().unwrap_or(inside);
        shown.rsplit('/').next().unwrap_or(shown).trim_start_matches('@').to_owned()
    });
    let text = LINK.replace_all(&text, |found: &Captures<'_>| {
        let target = found.get(2).map_or("", |target| target.as_str());
        match target.strip_prefix("mailto:") {
            Some(address) if !found[1].contains('@') => format!("{} <{address}>", &found[1]),
            _ => found[1].to_owned(),
        }
    });
    // An address in angle brackets is no tag.
    let text = AUTO.replace_all(&text, " ($1)");
    let text = TAG.replace_all(&text, " ");
    let text = OPENING.replace_all(&text, "$1");
    let text = CLOSING.replace_all(&text, "$1");
    let text = text
        .replace("&amp;", "&")
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'");
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(next)) if next.is_ascii_punctuation() => {}
            ('\u{a0}' | '\t', _) => kept.push(' '),
            ('\u{200b}' | '\u{feff}', _) => {}
            _ => kept.push(c),
        }
    }
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_is_what_a_reader_sees() {
        for (text, expected) in [
            ("[Ana Silva](https://a.example/#i) (Chair)", "Ana Silva (Chair)"),
            ("[Ege (Siemens AG)](https://a.example/)", "Ege (Siemens AG)"),
            ("[Ana](mailto:ana@acme.com)", "Ana (ana@acme.com)"),
            ("[[Ana Silva]], [[people/ben|Ben Ode]], [[people/Carol Diaz]]", "Ana Silva, Ben Ode, Carol Diaz"),
            ("Ana <ana@acme.com>", "Ana (ana@acme.com)"),
            ("<a href=\"https://a.example/#i\" rel=\"x\">Ana Silva</a>", "Ana Silva"),
            ("<a href=\"https://a.example/#i\" rel=\"x\"Ana Silva</a", "Ana Silva"),
            ("_Ana_ and *Ben* `carol`", "Ana and Ben carol"),
            ("snake_case", "snake_case"),
            ("Ana\\_S &amp; Ben", "Ana_S & Ben"),
            ("{{name}} x", "x"),
            ("[Name]", "[Name]"),
        ] {
            assert_eq!(super::plain(text), expected, "{text}");
        }
    }
}
