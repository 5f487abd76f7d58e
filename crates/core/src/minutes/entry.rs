//! One person as minutes write them: "[Ana Silva](…) (she/her) (Acme) – chair, @ana".

use std::sync::LazyLock;

use regex::Regex;

use super::label::{Group, divides, group};
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
    let mut text = plain(text);
    if let Some((range, email)) = find_email(&text) {
        text.replace_range(range, " ");
        person.email = Some(email);
    }
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
    let mut notes: Vec<String> = notes.into_iter().map(|note| clean(&note)).filter(|note| !note.is_empty()).collect();
    // "AS: Ana Silva", "AS - Ana Silva".
    if let Some(first) = notes.first()
        && is_initials(&name, first)
    {
        person.initials = Some(name);
        name = notes.remove(0);
    }
    if name.is_empty() {
        if is_placeholder(&text) && person.handle.is_none() && person.email.is_none() {
            return None;
        }
        name = match (&person.handle, &person.email) {
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

impl Person {
    fn note(&mut self, name: &str, note: &str) {
        static PRONOUNS: LazyLock<Regex> = LazyLock::new(|| {
            regex(
                r"^(?:he|him|his|she|her|hers|they|them|theirs|it|its|ze|zir|xe|xem|any|all|er|ihm|sie|ihr|elle|il|ella|él)(?:\s*[/,|]\s*\w+)+$|^(?:any|all) pronouns$",
            )
        });
        static TIMES: LazyLock<Regex> = LazyLock::new(|| {
            regex(
                r"(?i)\b(?:left|until|till|from \d|joined|arrived|late|early|first \d|last \d|\d+ ?min|minutes?|part(?:ial(?:ly)?)?(?: of)?|after|before|half)\b|\d:\d\d",
            )
        });
        let folded = fold(note);
        let set = |field: &mut Option<String>, value: &str| {
            if field.is_none() {
                *field = Some(value.to_owned());
            }
        };
        if note.contains("://") || PRONOUNS.is_match(&folded) || !note.chars().any(char::is_alphabetic) {
        } else if let Some(said) = group(note) {
            let stronger = self.group.is_none_or(|known| {
                known.present == Group::PRESENT.present && (said.present != known.present || !known.office)
            });
            if stronger {
                self.group = Some(said);
            }
        } else if let Some(alias) =
            folded.strip_prefix("aka").map(|rest| rest.trim_start_matches(['.', ' '])).filter(|alias| !alias.is_empty())
        {
            let written = note.chars().skip(note.chars().count() - alias.chars().count()).collect();
            self.aliases.push(written);
        } else if is_initials(note, name) {
            set(&mut self.initials, note);
        } else if is_job(&folded) || TIMES.is_match(note) || divides(note) {
            // "chair and scribe", "acting chair".
            let says =
                folded.split([' ', ',', '/', '&']).filter(|word| *word != "and").map(group).collect::<Option<Vec<_>>>();
            if let Some(said) = says
                .and_then(|groups| groups.into_iter().max_by_key(|group| group.role == crate::model::Role::Organizer))
            {
                self.group.get_or_insert(said);
            }
        } else if !note.contains(' ')
            && !note.contains('.')
            && (note.chars().next().is_some_and(char::is_lowercase)
                || note.chars().skip(1).any(char::is_uppercase)
                    && note.chars().any(char::is_lowercase)
                    && self.organization.is_some())
        {
            self.aliases.push(note.to_owned());
        } else if note.split_whitespace().count() <= 8
            && note.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || note.contains(['.', ',']))
        {
            set(&mut self.organization, note);
        }
    }
}

fn is_job(folded: &str) -> bool {
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word,
            "manager"
                | "engineer"
                | "director"
                | "lead"
                | "officer"
                | "editor"
                | "developer"
                | "designer"
                | "ceo"
                | "cto"
                | "cfo"
                | "coo"
                | "cpo"
                | "ciso"
                | "pm"
                | "po"
                | "vp"
                | "president"
                | "treasurer"
                | "chairman"
                | "chair"
                | "cochair"
                | "analyst"
                | "consultant"
                | "intern"
                | "contact"
                | "maintainer"
                | "expert"
                | "architect"
                | "head"
                | "chief"
                | "scribe"
                | "secretary"
                | "voting"
                | "member"
                | "observer"
                | "facilitator"
                | "attendee"
                | "jr"
                | "sr"
                | "phd"
                | "owner"
                | "coordinator"
                | "representative"
                | "rep"
                | "liaison"
                | "counsel"
                | "qa"
                | "microphone"
                | "audio"
                | "listening"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let Some(person) = read(text) else { return String::new() };
        let mut shown = person.name;
        for (mark, value) in [
            ("@", person.handle),
            ("<", person.email),
            ("i:", person.initials),
            ("o:", person.organization),
            ("a:", Some(person.aliases.join("+")).filter(|all| !all.is_empty())),
        ] {
            if let Some(value) = value {
                shown.push_str(&format!(" {mark}{value}"));
            }
        }
        if let Some(group) = person.group {
            shown.push_str(&format!(
                " [{} {}{}]",
                group.role,
                group.present,
                group.response.map_or(String::new(), |r| format!(" {r}"))
            ));
        }
        shown
    }

    #[test]
    fn an_entry_is_a_name_and_what_stands_beside_it() {
        for (text, expected) in [
            ("Ana Silva", "Ana Silva"),
            ("Ana Silva (@ana)", "Ana Silva @ana"),
            ("Ana Silva(@ana)", "Ana Silva @ana"),
            ("Ana Silva (@ana", "Ana Silva @ana"),
            ("Ana Silva @ana (chair)", "Ana Silva @ana [organizer yes]"),
            ("Ana Silva @ana/Acme", "Ana Silva @ana o:Acme"),
            ("@ana", "ana @ana"),
            ("Ana Silva - @ana", "Ana Silva @ana"),
            ("[@ana](https://github.com/ana) - Ana Silva", "Ana Silva @ana"),
            ("@ana (Ana Silva)", "Ana Silva @ana"),
            ("Ana Silva (@ana, Acme)", "Ana Silva @ana o:Acme"),
            ("[Ana Silva](https://a.example/#i) (Chair)", "Ana Silva [organizer yes]"),
            ("Ana Silva <ana@acme.com>", "Ana Silva <ana@acme.com"),
            ("Ana Silva (ana@acme.com)", "Ana Silva <ana@acme.com"),
            ("[Ana Silva](mailto:Ana@acme.com), Acme", "Ana Silva <ana@acme.com o:Acme"),
            ("ana.silva@acme.com", "Ana Silva <ana.silva@acme.com"),
            ("Ana Silva (Acme)", "Ana Silva o:Acme"),
            ("Ana Silva (she/her) (Acme)", "Ana Silva o:Acme"),
            ("Ana Silva, Acme (AS)", "Ana Silva i:AS o:Acme"),
            ("AS: Ana Silva", "Ana Silva i:AS"),
            ("AS - Ana Silva", "Ana Silva i:AS"),
            ("Ana Silva [AS]", "Ana Silva i:AS"),
            ("Ana Silva – Acme", "Ana Silva o:Acme"),
            ("Ana Silva - voting", "Ana Silva"),
            ("Ana Silva - product manager", "Ana Silva"),
            ("Ana Silva (left at 11:00)", "Ana Silva"),
            ("Ana Silva (until 16:34CET)", "Ana Silva"),
            ("Ana Silva (Acme)(40 min in)", "Ana Silva o:Acme"),
            ("Ana Silva (Univ. St Gallen, Inria) co-chair WebAgents CG", "Ana Silva o:Univ. St Gallen, Inria"),
            ("Ana Silva, aka. anasi", "Ana Silva a:anasi"),
            ("Ana Silva (anasi)", "Ana Silva a:anasi"),
            ("Ana Silva // TallAna (she/her) (Acme.com)", "Ana Silva o:Acme.com a:TallAna"),
            ("Ana Silva (regrets)", "Ana Silva [required no declined]"),
            ("Ana Silva - absent", "Ana Silva [required no declined]"),
            ("Ana Silva (guest)", "Ana Silva [optional yes]"),
            ("Ana Silva (observer, Acme)", "Ana Silva [optional yes]"),
            ("Ana Silva (remote)", "Ana Silva"),
            ("Ana Silva (?)", "Ana Silva"),
            ("Ana (Annie) Silva", "Ana Silva"),
            ("Ben Peachey <sup>(without microphone)</sup>  [Potherca](https://a.example)", "Ben Peachey o:Potherca"),
            ("GitHub:[@TallAna](https://github.com/TallAna) Ana Silva", "Ana Silva @TallAna"),
            ("Ana Silva // Mastodon:@ana // GitHub:@TallAna", "Ana Silva @TallAna"),
            ("Ana B.", "Ana B."),
            ("Ana Silva.", "Ana Silva"),
            ("**Ana Silva**", "Ana Silva"),
            ("elf Pavlik", "elf Pavlik"),
            ("michal/mrkvon", "michal/mrkvon"),
            ("李雷", "李雷"),
            ("HK", "HK"),
            ("TBD", ""),
            ("- Your name here", ""),
            ("*add your name*", ""),
            ("…", ""),
            ("none", ""),
            ("None.", ""),
            ("N/A", ""),
            ("[Name] - [Role]", ""),
            ("{{name}}", ""),
            ("<name>", ""),
            ("All present", ""),
            ("10 people from Acme", ""),
            ("Note: Some attendees introduced themselves but not listed above.", ""),
            ("We will start with the agenda", ""),
            ("https://acme.com/x", ""),
            ("?", ""),
            ("", ""),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }
}
