//! The recap as Markdown, as text, as a mail.

use super::{RecapAction, RecapInput, lines, list, names, one_line};
use crate::model::ActionStatus;

pub(super) fn markdown(recap: &RecapInput) -> String {
    write(recap, &MARKDOWN)
}

pub(super) fn text(recap: &RecapInput) -> String {
    write(recap, &TEXT)
}

pub(super) fn email(recap: &RecapInput) -> String {
    let when = one_line(&recap.when);
    let when = if when.is_empty() { when } else { format!(" ({when})") };
    format!("Subject: Recap: {}{when}\n\n{}", recap.title(), text(recap))
}

/// What Markdown and text write differently.
struct Style {
    title: fn(&str) -> String,
    heading: fn(&str) -> String,
    owner: fn(&str) -> String,
    label: fn(&str) -> String,
    line_break: &'static str,
    bullet: &'static str,
    open: &'static str,
    done: &'static str,
    escape: fn(&str) -> String,
}

const MARKDOWN: Style = Style {
    title: |text| format!("# {text}"),
    heading: |text| format!("## {text}"),
    owner: |name| format!("**{name}**"),
    label: |label| format!("**{label}:**"),
    line_break: "  \n",
    bullet: "- ",
    open: "- [ ] ",
    done: "- [x] ",
    escape: escape_markdown,
};

const TEXT: Style = Style {
    title: |text| underline(text, "="),
    heading: |text| underline(text, "-"),
    owner: |name| format!("{name}:"),
    label: |label| format!("{label}:"),
    line_break: "\n",
    bullet: "* ",
    open: "* ",
    done: "* [done] ",
    escape: str::to_owned,
};

fn write(recap: &RecapInput, style: &Style) -> String {
    let escape = |text: &str| (style.escape)(&one_line(text));
    let mut blocks = vec![(style.title)(&escape(&recap.title()))];
    let head: Vec<String> =
        recap.head().into_iter().map(|(label, value)| format!("{} {}", (style.label)(label), escape(&value))).collect();
    blocks.push(head.join(style.line_break));
    if !recap.decisions.is_empty() {
        blocks.push((style.heading)("Decisions"));
        blocks.push(list(&recap.decisions, |decision| {
            let mut item = format!("{}{}", style.bullet, escape(&decision.text));
            if !decision.decided_by.is_empty() {
                item.push_str(&format!(" (decided by {})", escape(&names(&decision.decided_by))));
            }
            for line in decision.rationale.iter().flat_map(|text| lines(text)) {
                item.push_str(&format!("{}  {}", style.line_break, escape(&line)));
            }
            item
        }));
    }
    let groups = recap.actions_by_owner();
    if !groups.is_empty() {
        blocks.push((style.heading)("Action items"));
    }
    for (owner, actions) in groups {
        let actions = list(&actions, |action| {
            let mark = if action.status == ActionStatus::Done { style.done } else { style.open };
            format!("{mark}{}{}", escape(&action.text), due(action))
        });
        blocks.push(format!("{}\n\n{actions}", (style.owner)(&escape(&owner))));
    }
    if !recap.questions.is_empty() {
        blocks.push((style.heading)("Open questions"));
        blocks.push(list(&recap.questions, |question| {
            let by =
                question.asked_by.as_deref().map(|name| format!(" (asked by {})", escape(name))).unwrap_or_default();
            format!("{}{}{by}", style.bullet, escape(&question.text))
        }));
    }
    if recap.is_empty() {
        blocks.push(super::NOTHING.to_owned());
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

/// The due date with its weekday; nothing where the text says that very date.
fn due(action: &RecapAction) -> String {
    match action.due {
        Some(date) if !action.text.contains(&date.to_string()) => format!(" (due {})", date.format("%a %-d %b %Y")),
        _ => String::new(),
    }
}

fn underline(text: &str, with: &str) -> String {
    format!("{text}\n{}", with.repeat(text.chars().count().clamp(3, 72)))
}

/// Keeps a text from being read as markup: it may come from anybody's notes.
fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let chars: Vec<char> = text.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' => true,
            '~' => before == Some('~') || after == Some('~'),
            '_' => !(in_word(before) && in_word(after)),
            '&' => after.is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
            // What would begin a block where the text begins its line.
            '#' | '>' | '-' | '+' | '=' => at == 0 && (after.is_none_or(|c| c == ' ' || c == chars[0]) || c == '>'),
            '.' | ')' => after.is_none_or(|c| c == ' ') && at > 0 && chars[..at].iter().all(char::is_ascii_digit),
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
