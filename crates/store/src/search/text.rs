//! Text on its way into the index, and queries on their way to it.

/// Words a query may have; more make it no better, only slower.
const WORDS: usize = 16;

/// The text without anchors and without the marks that snippets are given.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (body, end) = match line.find(['\r', '\n']) {
            Some(at) => line.split_at(at),
            None => (line, ""),
        };
        match anchor(body) {
            Some((start, stop)) => {
                plain.push_str(&body[..start]);
                plain.push_str(&body[stop..]);
            }
            None => plain.push_str(body),
        }
        plain.push_str(end);
    }
    plain.retain(|c| c != super::MARK && c != super::UNMARK);
    plain
}

/// Where ` ^k7m2xq` stands at the end of a line, before spaces and the end of a table's row.
fn anchor(line: &str) -> Option<(usize, usize)> {
    let end = line.trim_end_matches([' ', '\t', '|']);
    let start = end.len().checked_sub(7)?;
    let written = end.get(start..)?.strip_prefix('^')?;
    let is_anchor = written.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let before = line[..start].trim_end_matches([' ', '\t']);
    (is_anchor && before.len() < start).then_some((before.len(), end.len()))
}

/// What a person typed as an FTS5 expression in which nothing is an operator: words and "phrases" that must all be
/// there, the last word as a beginning while it is being typed. None where there is no word in it.
pub(super) fn expression(typed: &str) -> Option<String> {
    let mut terms: Vec<String> = Vec::new();
    let mut typing = false;
    for (place, piece) in typed.split('"').enumerate() {
        let quoted = place % 2 == 1;
        if quoted {
            terms.extend(term(piece));
            typing = false;
        } else {
            terms.extend(piece.split_whitespace().filter_map(term));
            typing = piece.chars().next_back().map_or(typing && piece.is_empty(), |last| !last.is_whitespace());
        }
    }
    terms.truncate(WORDS);
    if typing && let Some(last) = terms.last_mut() {
        last.push('*');
    }
    (!terms.is_empty()).then(|| terms.join(" "))
}

/// The words as one FTS5 string.
fn term(text: &str) -> Option<String> {
    let words: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then(|| format!("\"{words}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_taken_out_and_nothing_else() {
        for (text, expected) in [
            ("- [ ] call Ana ^k7m2xq\n", "- [ ] call Ana\n"),
            ("- [ ] call Ana ^k7m2xq  \r\nnext", "- [ ] call Ana  \r\nnext"),
            ("| a | b ^k7m2xq |", "| a | b |"),
            ("x^k7m2xq", "x^k7m2xq"),
            ("see ^k7m2xq there", "see ^k7m2xq there"),
            ("two ^K7M2XQ", "two ^K7M2XQ"),
            ("é ^k7m2x", "é ^k7m2x"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_typed_becomes_words_that_are_no_operators() {
        for (typed, expected) in [
            ("", None),
            ("  -- \"\" *", None),
            ("bud", Some("\"bud\"*")),
            ("bud ", Some("\"bud\"")),
            ("next bud", Some("\"next\" \"bud\"*")),
            ("\"next budget\"", Some("\"next budget\"")),
            ("\"next bud", Some("\"next bud\"")),
            ("AND (a OR NOT", Some("\"AND\" \"a\" \"OR\" \"NOT\"*")),
            ("title:x NEAR(", Some("\"title x\" \"NEAR\"*")),
            ("a\0b", Some("\"a b\"*")),
        ] {
            assert_eq!(expression(typed).as_deref(), expected, "{typed:?}");
        }
    }
}
