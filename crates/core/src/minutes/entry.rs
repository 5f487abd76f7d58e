//! One person as minutes write them: "[Ana Silva](…) (she/her) (Acme) – chair, @ana".

mod note;

use std::sync::LazyLock;

use regex::Regex;

use self::note::is_job;
use super::label::{Group, group};
use super::plain::plain;
use super::regex;
use crate::people::{find_email, fold, initials, name_from_email};

/// What stands in one entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Person {
    pub name: String,
    pub handle: Option<String>,
    pub email: Option<String>,
    pub initials: Option<String>,
    pub organization: Option<String>,
    pub aliases: Vec<String>,
    /// What the entry says of this person alone: "(chair)", "- regrets".
    pub group: Option<Group>,
}

/// The person of one entry; `None` for placeholders and for what can be no name.
pub(super) fn read(text: &str) -> Option<Person> {
    static HANDLE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)(?:\b(github|gh|gitlab|mastodon|twitter|x|slack|irc)\s*:?\s*)?(?:^|[^\w@/])?@([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)(?:@[\w.-]+)?",
        )
    });
    let mut person = Person::default();
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\b(?:https?://|www\.)[^\s()\[\]]+"));
    let mut text = ADDRESS.replace_all(&plain(text), "").into_owned();
    if let Some((range, email)) = find_email(&text) {
        text.replace_range(range, " ");
        person.email = Some(email);
        text = text.replace(['<', '>'], " ");
    }
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| regex(r#"(\p{L}) ["“]([\p{L}' .-]{2,20})["”] (\p{L})"#));
    if let Some(found) = QUOTED.captures(&text) {
        person.aliases.push(found[2].to_owned());
    }
    let text = QUOTED.replace(&text, "$1 $3");
    let best = HANDLE.captures_iter(&text).min_by_key(|found| {
        match found.get(1).map(|service| service.as_str().to_lowercase()).as_deref() {
            Some("github" | "gh") => 0,
            None => 1,
            Some(_) => 2,
        }
    });
    person.handle = best.map(|found| found[2].to_owned());
    let text = HANDLE.replace_all(&text, |found: &regex::Captures<'_>| {
        let whole = &found[0];
        if whole.starts_with('(') { "( ".to_owned() } else { " ".to_owned() }
    });

    let (name, notes) = parts(&text);
    let mut name = clean(&name);
    let mut notes: Vec<String> = notes
        .iter()
        .flat_map(|note| apart(note, &name))
        .map(|note| clean(&note))
        .filter(|note| !note.is_empty())
        .collect();
    // "AS: Ana Silva", "AS - Ana Silva".
    if let Some(first) = notes.first()
        && is_initials(&name, first)
    {
        person.initials = Some(name);
        name = notes.remove(0);
    }
    // "karl (Karl Dubost)": the nick of a chat before the name.
    if let Some(first) = notes.first()
        && !name.contains(' ')
        && name.starts_with(char::is_lowercase)
        && is_full_name(first)
    {
        person.aliases.push(std::mem::replace(&mut name, notes.remove(0)));
    }
    if name.is_empty() {
        if is_placeholder(&text) && person.handle.is_none() && person.email.is_none() {
            return None;
        }
        let written = notes.iter().position(|note| is_full_name(note));
        name = match (&person.handle, &person.email) {
            // "@ana (Ana Silva)".
            (Some(_), _) | (_, Some(_)) if let Some(at) = written => notes.remove(at),
            (Some(handle), _) => handle.clone(),
            (None, Some(email)) => name_from_email(email),
            (None, None) => return None,
        };
    }
    if is_placeholder(&name) || !is_name(&name) {
        return None;
    }
    for note in notes {
        person.note(&name, &note);
    }
    person.name = name;
    Some(person)
}

/// Whether a text reads as the name of a person and nothing else; stricter than what a list of people may hold.
pub(super) fn is_full_name(text: &str) -> bool {
    let (name, _) = parts(&plain(text));
    let words: Vec<&str> = name.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && is_name(&name)
        && words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count() * 2 >= words.len()
        && words.last().is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase))
        && !is_organization(&name)
        && !is_job(&fold(&name))
}

/// Whether a text surely names an organization: "Acme Inc.", "University of Oxford".
pub(super) fn is_organization(text: &str) -> bool {
    fold(text).split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word,
            "inc"
                | "ltd"
                | "llc"
                | "gmbh"
                | "corp"
                | "corporation"
                | "university"
                | "univ"
                | "universitat"
                | "foundation"
                | "institute"
                | "labs"
                | "software"
                | "technologies"
                | "consulting"
                | "bank"
                | "agency"
                | "ministry"
                | "government"
                | "college"
                | "association"
                | "consortium"
                | "solutions"
                | "systems"
                | "plc"
                | "ag"
                | "company"
        )
    })
}

/// Whether a text is what templates and empty lists hold: "TBD", "your name here", "none".
pub(super) fn is_placeholder(text: &str) -> bool {
    static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?x)^(?: tb[dac] | to\ be\ .* | none(?:\ .*)? | n/?a | nil | nobody | no(?:\ |-)one | everyone(?:\ .*)? | everybody(?:\ .*)?
            | all(?:\ (?:present|members|of\ .*|others|hands|the\ .*))? | x{2,} | (?:first\ |last\ |full\ |attendee\ |participant\ |person\ |attendee's\ )?names?(?:\ ?\d+)?(?:\ .*)?
            | (?:the\ )?your\ names?.* | .*your\ names?\ (?:here|below|and).* | (?:please\ )?(?:add|insert|enter|list|put|type|fill)\ .* | (?:attendee|person|participant|member|guest|user|someone)\ ?\d*
            | (?:and\ )?(?:many\ |several\ |some\ |the\ )?others?(?:\ .*)? | et\ al\.? | etc\.? | see\ .* | same\ as.* | as\ above | unknown | anonymous | (?:the\ )?(?:whole\ |entire\ )?team | no\ (?:regrets|apologies|guests|absences|absentees|observers|visitors)(?:\ .*)?
            | not\ recorded | \d+\ .* | @?mention.* | who(?:ever)? | lorem.* | yes | no | \-+ )$",
        )
    });
    let folded = fold(text);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
    !bare.chars().any(char::is_alphabetic) || PLACEHOLDER.is_match(bare)
}

/// Whether a text can be a name in a list of people.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let lower = words.iter().filter(|word| word.chars().next().is_some_and(char::is_lowercase)).count();
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && text.chars().count() <= 60
        && words.len() <= 6
        && (digits == 0 || words.len() == 1)
        && !text.contains("://")
        && !text.contains(['?', '!', '=', '{', '}', '|', '#', '$', '%', '^', '~', '\\', '<', '>', '"', ':'])
        && !(words.len() > 2 && lower == words.len())
        && !(words.len() > 3 && lower * 2 > words.len() + 1)
        && !words.iter().any(|word| SENTENCE.contains(word))
        && words
            .first()
            .is_none_or(|word| !matches!(*word, "The" | "This" | "We" | "Note" | "Please" | "If" | "No" | "Not"))
}

const SENTENCE: &[&str] = &[
    "the",
    "is",
    "are",
    "was",
    "were",
    "we",
    "will",
    "should",
    "to",
    "not",
    "you",
    "please",
    "meeting",
    "Meeting",
    "minutes",
    "Minutes",
    "agenda",
    "Agenda",
    "list",
    "recording",
    "quorum",
    "Quorum",
    "has",
    "have",
    "can",
    "this",
    "that",
    "about",
    "into",
];

/// The name and, in order, what stands in brackets or behind a dash, two slashes, a bar, a comma or a colon.
fn parts(text: &str) -> (String, Vec<String>) {
    static DIVIDER: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"\s+[-–—]+\s+|\s*(?:—|//|\s/|\||→|\u{1}|;)\s*|,\s*|:\s+|\s+[-–]$|\s+(?i:aka|a\.k\.a\.)\s+")
    });
    let (mut outside, mut notes, mut inside, mut depth) = (String::new(), Vec::new(), String::new(), 0_u32);
    for c in text.chars() {
        match c {
            '(' | '[' => {
                depth += 1;
                if depth > 1 {
                    inside.push(c);
                }
            }
            ')' | ']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    notes.push(std::mem::take(&mut inside));
                    outside.push('\u{1}');
                } else {
                    inside.push(c);
                }
            }
            c if depth > 0 => inside.push(c),
            c => outside.push(c),
        }
    }
    notes.push(inside);
    // A nickname between the names: "Ana (Annie) Silva".
    static MIDDLE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(\p{Lu}[\w.'’-]*(?: \p{Lu}\.)?) ?\u{1} ?(\p{Lu}[\w'’-]+)\s*(\u{1}|,|$)"));
    let middle = MIDDLE.is_match(&outside);
    if let Some(nickname) = notes.first_mut().filter(|note| middle && !note.contains(' ')) {
        nickname.insert_str(0, "aka ");
    }
    let outside = MIDDLE.replace(&outside, "$1 $2 $3");
    let mut pieces = DIVIDER.split(&outside).map(str::trim);
    let name = pieces.next().unwrap_or_default().to_owned();
    let mut all: Vec<String> = pieces.map(str::to_owned).collect();
    // Brackets first: "(Acme) co-chair of something" is of Acme.
    notes.append(&mut all);
    if name.is_empty()
        && notes.len() > 1
        && outside.starts_with('\u{1}')
        && outside.trim_matches(['\u{1}', ' ']).is_empty()
    {
        return (String::new(), Vec::new());
    }
    if name.is_empty() {
        let at = notes.iter().rposition(|note| !note.trim().is_empty());
        if let Some(at) = at.filter(|_| !outside.trim_matches(['\u{1}', ' ', ',', '-', ':']).is_empty()) {
            let name = notes.remove(at);
            return (name, notes);
        }
    }
    (name, notes)
}

/// "chair, Acme" and "AS, Acme" as two notes, where one of the parts says something by itself; "Inria, W3C" stays one.
fn apart(note: &str, name: &str) -> Vec<String> {
    let parts: Vec<&str> = note.split(',').map(str::trim).collect();
    let (said, rest): (Vec<&str>, Vec<&str>) =
        parts.into_iter().partition(|part| group(part).is_some() || is_initials(part, name));
    if said.is_empty() || rest.is_empty() {
        return vec![note.to_owned()];
    }
    said.into_iter().map(str::to_owned).chain([rest.join(", ")]).collect()
}

fn clean(text: &str) -> String {
    let text = text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';'
                    | ':'
                    | '-'
                    | '–'
                    | '—'
                    | '•'
                    | '*'
                    | '_'
                    | '"'
                    | '“'
                    | '”'
                    | '/'
                    | '\u{1}'
                    | '+'
                    | '='
                    | '~'
                    | '>'
                    | '·'
                    | '&'
            )
    });
    // A full stop ends a line, not an abbreviated name.
    let text = match text.strip_suffix('.') {
        Some(bare) if bare.rsplit([' ', '.']).next().is_some_and(|word| word.chars().count() > 3) => bare,
        _ => text,
    };
    let text: String = text.chars().filter(|c| !is_emoji(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x21ff | 0x2300..=0x27bf | 0x2b00..=0x2bff | 0xfe0f | 0x1f000..=0x1faff)
}

fn is_initials(short: &str, name: &str) -> bool {
    let of = initials(name);
    let letters = short.chars().filter(|c| c.is_alphabetic()).count();
    (2..=4).contains(&letters)
        && short.chars().all(|c| c.is_alphabetic() || c == '.')
        && fold(&short.replace('.', "")) == fold(&of)
        && name.contains([' ', '-'])
}

#[cfg(test)]
mod tests;
