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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_text_loses_what_could_harm() {
        assert_eq!(line(" a\tb\r\n\u{1b}[31mc "), "a b [31mc");
        assert_eq!(plain("plain < text\u{7}"), "plain < text");
        let html = "<p>Agenda</p><script>alert(1)</script><ul><li>One</li></ul>";
        let told = plain(html);
        assert!(told.contains("Agenda") && told.contains("One") && !told.contains("alert"), "{told}");
    }
}
