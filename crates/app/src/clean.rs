//! Text from strangers made fit to be shown.

/// One line: white space folded, control characters out.
pub(crate) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The text of a description, which may be HTML: tags out, entities read, links kept beside their words.
pub(crate) fn plain(text: &str) -> String {
    let is_html = text.contains("</") || text.contains("<br") || text.contains("/>");
    let text = if is_html {
        html2text::config::plain().string_from_read(text.as_bytes(), 100).unwrap_or_default()
    } else {
        text.to_owned()
    };
    text.trim().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// A description, which may be HTML, as HTML that is safe to show: words, lists, tables and links to http, https and
/// mailto. No scripts, styles, images, forms, or anything that is fetched. None where nothing is left.
pub(crate) fn html(text: &str) -> Option<String> {
    let is_html = text.contains("</") || text.contains("<br") || text.contains("/>");
    let cleaned = if is_html {
        ammonia::Builder::empty()
            .tags(TAGS.into_iter().collect())
            .tag_attributes([("a", ["href"].into_iter().collect())].into_iter().collect())
            .clean_content_tags(["script", "style", "title", "template", "noscript", "iframe"].into_iter().collect())
            .url_schemes(["http", "https", "mailto"].into_iter().collect())
            .url_relative(ammonia::UrlRelative::Deny)
            .link_rel(Some("noopener noreferrer"))
            .strip_comments(true)
            .clean(text)
            .to_string()
    } else {
        let lines: Vec<String> = text.trim().lines().map(ammonia::clean_text).map(spaced).collect();
        lines.join("<br>")
    };
    let shown: String = cleaned.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    (!plain(&shown).is_empty()).then_some(shown)
}

/// Ammonia writes blanks as entities, for attributes' sake.
fn spaced(text: String) -> String {
    text.replace("&#32;", " ").replace("&#9;", " ")
}

const TAGS: [&str; 32] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "ins",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tr",
    "ul",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_keeps_its_words_and_nothing_that_acts() {
        for (written, shown) in [
            ("<p>Agenda</p><script>alert(1)</script>", Some("<p>Agenda</p>")),
            ("<b onclick=x()>Hi</b><br>there", Some("<b>Hi</b><br>there")),
            ("<img src=https://x.example/pixel.gif><p>x</p>", Some("<p>x</p>")),
            ("<p style='background:url(https://x.example)'>x</p>", Some("<p>x</p>")),
            ("<style>p{}</style><p class=c id=i>x</p>", Some("<p>x</p>")),
            ("<a href='javascript:alert(1)'>x</a>", Some("<a rel=\"noopener noreferrer\">x</a>")),
            ("<a href=' jAvAsCrIpT&#58;alert(1)'>x</a>", Some("<a rel=\"noopener noreferrer\">x</a>")),
            ("<a href='data:text/html,x'>x</a>", Some("<a rel=\"noopener noreferrer\">x</a>")),
            ("<a href='file:///etc/passwd'>x</a>", Some("<a rel=\"noopener noreferrer\">x</a>")),
            ("<a href='/relative'>x</a>", Some("<a rel=\"noopener noreferrer\">x</a>")),
            ("<a href='//x.example/'>x</a>", Some("<a rel=\"noopener noreferrer\">x</a>")),
            (
                "<a href='https://x.example/a?b=1' target=_top>x</a>",
                Some("<a href=\"https://x.example/a?b=1\" rel=\"noopener noreferrer\">x</a>"),
            ),
            (
                "<a href='mailto:a@b.example'>x</a>",
                Some("<a href=\"mailto:a@b.example\" rel=\"noopener noreferrer\">x</a>"),
            ),
            ("<iframe src=https://x.example></iframe><p>x</p>", Some("<p>x</p>")),
            ("<svg><script>alert(1)</script></svg><p>x</p>", Some("<p>x</p>")),
            ("<form action=x><input name=y></form><p>x</p>", Some("<p>x</p>")),
            ("<link rel=stylesheet href=https://x.example/><p>x</p>", Some("<p>x</p>")),
            ("<meta http-equiv=refresh content='0;url=https://x.example'/><p>x</p>", Some("<p>x</p>")),
            ("<!-- secret --><p>x</p>", Some("<p>x</p>")),
            ("<p>unclosed <b>and <i>nested</p>", Some("<p>unclosed <b>and <i>nested</i></b></p>")),
            ("two\nlines & a <sign>", Some("two<br>lines &amp; a &lt;sign&gt;")),
            ("<br/><p> </p>", None),
            ("", None),
        ] {
            let found = html(written);
            let bare = |text: &str| text.replace("<b></b>", "").replace("<i></i>", "").replace("<b><i></i></b>", "");
            assert_eq!(found.as_deref().map(bare).as_deref(), shown, "{written}");
        }
    }

    #[test]
    fn strangers_text_loses_what_could_harm() {
        assert_eq!(line(" a\tb\r\n\u{1b}[31mc "), "a b [31mc");
        assert_eq!(plain("plain < text\u{7}"), "plain < text");
        let html = "<p>Agenda</p><script>alert(1)</script><ul><li>One</li></ul>";
        let told = plain(html);
        assert!(told.contains("Agenda") && told.contains("One") && !told.contains("alert"), "{told}");
    }
}
