//! The words minutes list people under.

use super::words::{BODY, FILLERS, GROUPS, HEAD, holds};
use crate::model::{Presence, Response, Role};
use crate::people::fold;

/// What a list of people says of each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub role: Role,
    pub present: Presence,
    pub response: Option<Response>,
    /// An office ("Chair", "Scribe") rather than a list of who was there.
    pub office: bool,
}

impl Group {
    pub(super) const PRESENT: Self =
        Self { role: Role::Required, present: Presence::Yes, response: None, office: false };
    pub(super) const GUEST: Self = Self { role: Role::Optional, ..Self::PRESENT };
    pub(super) const INVITED: Self = Self { present: Presence::Unknown, ..Self::PRESENT };
    pub(super) const OPTIONAL: Self = Self { role: Role::Optional, ..Self::INVITED };
    pub(super) const TENTATIVE: Self = Self { response: Some(Response::Tentative), ..Self::INVITED };
    pub(super) const REGRETS: Self =
        Self { present: Presence::No, response: Some(Response::Declined), ..Self::PRESENT };
    pub(super) const ABSENT: Self = Self { present: Presence::No, ..Self::PRESENT };
    pub(super) const CHAIR: Self = Self { role: Role::Organizer, office: true, ..Self::PRESENT };
    pub(super) const SCRIBE: Self = Self { office: true, ..Self::PRESENT };
}

/// The group a label or heading stands for, in whatever case, with or without a count or a colon: "Present (12):",
/// "Directors Present", "Apologies for absence", "Minutes taken by".
pub(super) fn group(label: &str) -> Option<Group> {
    let words = words(label)?;
    let whole = words.join(" ");
    if let Some(group) = find(&whole) {
        return Some(group);
    }
    let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !holds(FILLERS, word)).collect();
    if kept.is_empty() || words.len() > 8 {
        return None;
    }
    if let Some(group) = find(&kept.join(" ")) {
        return Some(group);
    }
    // "Chair/Facilitator", "Apologies & absences": all of a kind.
    let mut groups = kept.iter().map(|word| find(word));
    let first = groups.next()??;
    let mut same = true;
    for group in groups {
        same &= group? == first;
    }
    Some(if same { first } else { Group::INVITED })
}

/// Whether a heading only divides a list of people: "In person", "Remote", "Voting members".
pub(super) fn divides(label: &str) -> bool {
    words(label).is_some_and(|words| words.iter().all(|word| holds(FILLERS, word)))
}

/// Whether a heading belongs to the head of minutes, before what was said begins.
pub(super) fn is_head(label: &str) -> bool {
    words(label).is_some_and(|words| words.iter().all(|word| holds(FILLERS, word) || holds(HEAD, word)))
}

/// Whether a heading begins what was said.
pub(super) fn is_body(label: &str) -> bool {
    words(label).is_some_and(|words| words.iter().any(|word| holds(BODY, word)))
}

fn find(phrase: &str) -> Option<Group> {
    GROUPS.iter().find(|(_, phrases)| holds(phrases, phrase)).map(|(group, _)| *group)
}

fn words(label: &str) -> Option<Vec<String>> {
    if label.len() > 80 {
        return None;
    }
    let mut label = fold(label);
    // Counts and remarks: "Attendees (12)", "Present (alphabetical)".
    while let (Some(open), Some(close)) = (label.find(['(', '[']), label.rfind([')', ']'])) {
        if open >= close || open == 0 {
            break;
        }
        let inside = &label[open + 1..close];
        let keep = if inside == "s" { "s" } else { "" };
        label = format!("{}{keep}{}", &label[..open], &label[close + 1..]);
    }
    let words: Vec<String> = label
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit()))
        .map(str::to_owned)
        .collect();
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_by_their_words() {
        let none: Option<Group> = None;
        for (label, expected) in [
            ("Present", Some(Group::PRESENT)),
            ("PRESENT:", Some(Group::PRESENT)),
            ("Present (12):", Some(Group::PRESENT)),
            ("2. Roll Call", Some(Group::PRESENT)),
            ("Directors Present", Some(Group::PRESENT)),
            ("Executive Officers Present", Some(Group::PRESENT)),
            ("TSC members in attendance", Some(Group::PRESENT)),
            ("Attendee(s)", Some(Group::PRESENT)),
            ("👥 Attendees", Some(Group::PRESENT)),
            ("Meeting attendees", Some(Group::PRESENT)),
            ("Présents", Some(Group::PRESENT)),
            ("Guests", Some(Group::GUEST)),
            ("Observers", Some(Group::GUEST)),
            ("Invited", Some(Group::INVITED)),
            ("Optional attendees", Some(Group::OPTIONAL)),
            ("Regrets", Some(Group::REGRETS)),
            ("Apologies for absence", Some(Group::REGRETS)),
            ("Directors Absent", Some(Group::REGRETS)),
            ("Not present", Some(Group::REGRETS)),
            ("Unable to attend", Some(Group::REGRETS)),
            ("Did not attend", Some(Group::ABSENT)),
            ("Chair", Some(Group::CHAIR)),
            ("Co-chairs", Some(Group::CHAIR)),
            ("Chair/Facilitator", Some(Group::CHAIR)),
            ("Meeting called by", Some(Group::CHAIR)),
            ("Scribes", Some(Group::SCRIBE)),
            ("Minutes taken by", Some(Group::SCRIBE)),
            ("Note-taker", Some(Group::SCRIBE)),
            ("Minutes", none),
            ("Notes", none),
            ("Agenda", none),
            ("Chair election", none),
            ("Participation and Code of Conduct", none),
            ("Use cases input from participants", none),
            ("The", none),
            ("", none),
        ] {
            assert_eq!(group(label), expected, "{label}");
        }
    }
}
