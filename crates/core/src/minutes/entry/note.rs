//! What stands beside a name: an organization, a part in the meeting, initials, pronouns, a remark.

use std::sync::LazyLock;

use regex::Regex;

use super::{Person, is_initials};
use crate::minutes::label::{Group, divides, group};
use crate::minutes::regex;
use crate::people::fold;

impl Person {
    pub(super) fn note(&mut self, name: &str, note: &str) {
        static PRONOUNS: LazyLock<Regex> = LazyLock::new(|| {
            regex(
                r"^(?:he|him|his|she|her|hers|they|them|theirs|it|its|ze|zir|xe|xem|any|all|er|ihm|sie|ihr|elle|il|ella|él)(?:\s*[/,|]\s*\w+)+$|^(?:any|all) pronouns$",
            )
        });
        static TIMES: LazyLock<Regex> = LazyLock::new(|| {
            regex(
                r"(?i)\b(?:left|until|till|from \d|joined|arrived|late|early|first \d|last \d|\d+ ?min|minutes?|only|not \d|part(?:ial(?:ly)?)?(?: of)?|after|before|half)\b|\d:\d\d",
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
        } else if !note.contains([' ', '.']) && !note.chars().any(char::is_uppercase)
            || !note.contains([' ', '.']) && self.organization.is_some() && note != note.to_uppercase()
        {
            self.aliases.push(note.to_owned());
        } else if note.split_whitespace().count() <= 8
            && note.chars().any(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | ','))
        {
            set(&mut self.organization, note);
        }
    }
}

pub(super) fn is_job(folded: &str) -> bool {
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
