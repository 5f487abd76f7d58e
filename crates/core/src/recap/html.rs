//! The recap as an HTML document.

use super::{RecapAction, RecapInput, lines, list, names, one_line};
use crate::model::ActionStatus;

/// Nothing is loaded from anywhere, and no script runs; the styles stand in the head and degrade to plain lists in a
/// mail program that drops them.
pub(super) fn html(recap: &RecapInput) -> String {
    let title = escape(&recap.title());
    let mut body = vec![format!("<h1>{title}</h1>")];
    let head = recap.head();
    if !head.is_empty() {
        let rows = list(&head, |(label, value)| format!("<p class=\"head\"><b>{label}:</b> {}</p>", escape(value)));
        body.push(rows);
    }
    if !recap.decisions.is_empty() {
        let items = list(&recap.decisions, |decision| {
            let by = names(&decision.decided_by);
            let by = if by.is_empty() { by } else { format!(" <small>decided by {}</small>", escape(&by)) };
            let why: Vec<String> =
                decision.rationale.iter().flat_map(|text| lines(text)).map(|line| escape(&line)).collect();
            let why = if why.is_empty() { String::new() } else { format!("<p class=\"why\">{}</p>", why.join("<br>")) };
            format!("<li>{}{by}{why}</li>", escape(&one_line(&decision.text)))
        });
        body.push(format!("<h2>Decisions</h2>\n<ul>\n{items}\n</ul>"));
    }
    let groups = recap.actions_by_owner();
    if !groups.is_empty() {
        body.push("<h2>Action items</h2>".to_owned());
    }
    for (owner, actions) in groups {
        let items = list(&actions, |action| {
            let text = escape(&one_line(&action.text));
            match action.status {
                ActionStatus::Done => format!("<li>&#9745; <s>{text}</s>{}</li>", due(action)),
                _ => format!("<li>&#9744; {text}{}</li>", due(action)),
            }
        });
        body.push(format!("<h3>{}</h3>\n<ul class=\"actions\">\n{items}\n</ul>", escape(&owner)));
    }
    if !recap.questions.is_empty() {
        let items = list(&recap.questions, |question| {
            let by = question.asked_by.as_deref().map(one_line).unwrap_or_default();
            let by = if by.is_empty() { by } else { format!(" <small>asked by {}</small>", escape(&by)) };
            format!("<li>{}{by}</li>", escape(&one_line(&question.text)))
        });
        body.push(format!("<h2>Open questions</h2>\n<ul>\n{items}\n</ul>"));
    }
    if recap.is_empty() {
        body.push(format!("<p>{}</p>", super::NOTHING));
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n{}\n</body>\n</html>\n",
        body.join("\n")
    )
}

const STYLE: &str = "\
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
.head { margin: 0; }
ul { margin: 0; padding-left: 1.25rem; }
ul.actions { list-style: none; padding-left: 0; }
li { margin: .25rem 0; }
.why { margin: .1rem 0 .4rem; opacity: .8; }
small, time { opacity: .75; white-space: nowrap; }
";

fn due(action: &RecapAction) -> String {
    action.due.map_or_else(String::new, |date| {
        format!(" <time datetime=\"{}\">due {}</time>", date.format("%Y-%m-%d"), date.format("%a %-d %b %Y"))
    })
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
