//! What stands where an item would, and is none: templates, "none", "n/a".

use std::sync::LazyLock;

use regex::Regex;

use crate::model::ItemKind;

static NOTHING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^ (?:
          none | nil | nothing | n/?a | not\ applicable | tb[dac] | to\ be\ (?:determined|decided|confirmed|announced)
        | text | your\ text(?:\ here)? | todo | to-do | xx+ | lorem\ ipsum.* | pending | placeholder
        | (?:action|decision|question|task|open\ question|next\ step)s? (?:\ (?:items?|text|title|description|here|name))? (?:\ ?\#?[0-9]+)?
        | (?:items?|action\ points?) (?:\ ?\#?[0-9]+)? | (?:describe|description\ of|enter|insert)\ (?:the\ |an?\ |your\ )?(?:action|decision|question|task|item|text)s?(?:\ items?)?(?:\ here)?
        | no\ (?:new\ |open\ |further\ )?(?:actions?|action\ items?|decisions?|questions?|open\ questions?|next\ steps?|items?|resolutions?)
        )
        (?: \ (?: yet | at\ (?:this|the)\ (?:time|moment|meeting) | for\ now | for\ (?:this|today).* | this\ (?:week|time|meeting|month) | today | recorded
          | so\ far | identified | needed | required | raised | taken | made | reached | assigned | noted | necessary | from\ this\ .* ) )* $",
    )
    .ok()
});

static UNDECIDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^ (?: (?:was\ |is\ |has\ been\ )?
        (?: (?: deferred | postponed | tabled | on\ hold | pending | adjourned | undecided | still\ open
          | not\ (?:yet\ )?(?:made|taken|reached|decided) | to\ be\ (?:made|taken|decided|determined|confirmed|discussed|reached) | tb[dac] )
        (?: ,? \ (?:yet|until|till|to|for|by|at|pending|in|as|because|due)(?-u:\b) .* )?
        | needed (?: \ (?:by|from|on)(?-u:\b) .* )? | required | outstanding | open | none ) ) $",
    )
    .ok()
});

/// Nothing longer says nothing.
const MOST_BYTES: usize = 160;

/// Whether `body`, the text behind a label, box or bullet, says nothing.
pub(super) fn is_placeholder(kind: ItemKind, body: &str) -> bool {
    if body.len() > MOST_BYTES {
        return false;
    }
    let spaced = body.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let bare = spaced.trim_matches(|c: char| {
        matches!(c, '.' | '!' | ',' | ';' | ':' | '-' | '–' | '—' | '…' | '*' | '_' | '~' | '?' | ' ' | '/' | '=' | '>')
    });
    if !bare.chars().any(|c| c.is_alphanumeric() || matches!(c, '@' | '#')) && bare.is_ascii() {
        return true;
    }
    let unbracketed = bare.trim_start_matches(['(', '[', '{', '<']).trim_end_matches([')', ']', '}', '>']);
    let is = |re: &Option<Regex>, text: &str| re.as_ref().is_some_and(|re| re.is_match(text));
    is(&NOTHING, bare)
        || is(&NOTHING, unbracketed)
        || (kind == ItemKind::Decision && is(&UNDECIDED, bare))
        || (kind == ItemKind::Action && matches!(bare, "deferred" | "postponed"))
        || blanks_to_fill(&spaced)
}

/// A template line: nothing but `<owner>`, `{{what}}`, `[date]` and signs between them.
fn blanks_to_fill(text: &str) -> bool {
    let (mut depth, mut any) = (0_i32, false);
    let text = text.trim_start_matches(['*', '-', ' ']);
    let named = ["@owner", "@name", "@person", "@assignee", "@someone", "owner:", "name:"];
    let text = named.iter().find_map(|name| text.strip_prefix(name)).unwrap_or(text);
    for c in text.chars() {
        match c {
            '<' | '{' | '[' => {
                depth += 1;
                any = true;
            }
            '>' | '}' | ']' => depth -= 1,
            c if depth <= 0 && (c.is_alphanumeric() || c == '@' || c == '#') => return false,
            _ => {}
        }
    }
    any && depth == 0
}
