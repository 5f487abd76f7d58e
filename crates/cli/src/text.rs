//! Text from notes and calendars on its way to a terminal: it must not be able to steer it, and it has a width.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text without anything that steers a terminal (C0, C1, escape sequences) or turns the direction of what follows,
/// on one line.
#[must_use]
pub fn clean(text: &str) -> String {
    let kept = keep(text);
    let mut line = String::with_capacity(kept.len());
    for (n, word) in
        kept.split(['\n', '\t', '\u{2028}', '\u{2029}']).map(str::trim).filter(|w| !w.is_empty()).enumerate()
    {
        if n > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// As [`clean`], with line ends and tabs kept.
#[must_use]
pub fn clean_lines(text: &str) -> String {
    keep(text)
}

fn keep(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '\u{1b}' => after_escape(after),
            '\u{9b}' => after_control_sequence(after),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => after_string(after),
            '\r' if !after.is_empty() && !after.starts_with('\n') => {
                kept.push('\n');
                after
            }
            _ => {
                if c == '\n' || c == '\t' || !steers(c) {
                    kept.push(c);
                }
                after
            }
        };
    }
    kept
}

/// Whether a terminal would act on the character instead of showing it, or order what follows by it.
pub fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What follows an escape sequence (ECMA-48) whose ESC was just read.
fn after_escape(rest: &str) -> &str {
    let Some(c) = rest.chars().next() else { return rest };
    let after = &rest[c.len_utf8()..];
    match c {
        '[' => after_control_sequence(after),
        ']' | 'P' | 'X' | '^' | '_' => after_string(after),
        ' '..='/' => {
            let end = after.trim_start_matches(|c| matches!(c, ' '..='/'));
            end.strip_prefix(|c| matches!(c, '0'..='~')).unwrap_or(end)
        }
        '0'..='~' => after,
        _ => rest,
    }
}

/// What follows the parameters and the final byte of a control sequence.
fn after_control_sequence(rest: &str) -> &str {
    let end = rest.trim_start_matches(|c| matches!(c, ' '..='?'));
    end.strip_prefix(|c| matches!(c, '@'..='~')).unwrap_or(end)
}

/// What follows a command string, where it is closed on its line; else only its opening goes.
fn after_string(rest: &str) -> &str {
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let Some(end) = line.find(['\u{7}', '\u{9c}', '\u{1b}']) else { return rest };
    let closed = &rest[end..];
    closed.strip_prefix("\u{1b}\\").or_else(|| closed.strip_prefix(['\u{7}', '\u{9c}'])).unwrap_or(closed)
}

/// How many columns the text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to `columns`, with `…` where something was cut.
#[must_use]
pub fn fit(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut cut = split_at_width(text, columns.saturating_sub(1)).0.trim_end().to_owned();
    cut.push('…');
    cut
}

/// The longest beginning that takes at most `columns`, but at least one character, and the rest.
#[must_use]
pub fn split_at_width(text: &str, columns: usize) -> (&str, &str) {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += c.width().unwrap_or(0);
        if taken > columns && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_title_steers_the_terminal() {
        for (text, expected) in [
            ("Staff", "Staff"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;owned\u{7}Staff", "Staff"),
            ("\u{1b}]8;;https://example.com\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"),
            ("\u{1b}]unclosed stays readable", "unclosed stays readable"),
            ("\u{9b}2JStaff", "Staff"),
            ("\u{9d}0;owned\u{9c}Staff", "Staff"),
            ("\u{1b}Pq#0\u{1b}\\Staff", "Staff"),
            ("\u{1b}(0Staff", "Staff"),
            ("\u{1b}cStaff", "Staff"),
            ("Sta\u{8}\u{8}ff\u{7f}\u{0}", "Staff"),
            ("over\rwritten", "over written"),
            ("two\r\nlines\tand a tab", "two lines and a tab"),
            ("\u{202e}ffatS\u{202c} \u{2066}x\u{2069}", "ffatS x"),
            ("Zoë 👩‍💻 会議", "Zoë 👩‍💻 会議"),
            ("\u{1b}", ""),
            ("\u{1b}[", ""),
            ("\u{1b}[12;", ""),
            ("\u{1b}é", "é"),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_note_keeps_its_lines_and_tabs() {
        assert_eq!(clean_lines("# A\r\n\t- \u{1b}[1mb\u{1b}[0m\n"), "# A\n\t- b\n");
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(fit("Steering committee", 10), "Steering…");
        assert_eq!(fit("会議会議", 5), "会議…");
        assert_eq!(fit("Staff", 5), "Staff");
    }
}
