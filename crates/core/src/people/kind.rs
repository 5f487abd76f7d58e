//! Humans, rooms and groups.

use super::normalize_email;

/// What a participant of an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParticipantKind {
    /// A person.
    Human,
    /// A room or another resource.
    Room,
    /// A mailing list, a calendar, or a machine that sends mail: nobody in particular.
    Group,
}

/// What a participant is, from `CUTYPE` (RFC 5545 §3.2.3) and the address. `INDIVIDUAL`, `UNKNOWN` and anything unheard
/// of are human unless the address cannot be one's. A name alone is no evidence: people are called Room, too, and
/// taking a person for a list loses them.
#[must_use]
pub fn classify(name: Option<&str>, email: Option<&str>, cutype: Option<&str>) -> ParticipantKind {
    let cutype = cutype.map(|word| word.trim().to_ascii_uppercase());
    match cutype.as_deref() {
        Some("ROOM" | "RESOURCE") => return ParticipantKind::Room,
        Some("GROUP") => return ParticipantKind::Group,
        _ => {}
    }
    let Some(address) = email.and_then(normalize_email).or_else(|| name.and_then(normalize_email)) else {
        return ParticipantKind::Human;
    };
    let (local, domain) = address.split_once('@').unwrap_or((&address, ""));
    if domain == "resource.calendar.google.com" {
        return ParticipantKind::Room;
    }
    if GROUP_DOMAINS.contains(&domain)
        || domain.starts_with("lists.")
        || domain.starts_with("list.")
        || NOBODY.contains(&local.replace(['-', '_', '.'], "").as_str())
    {
        return ParticipantKind::Group;
    }
    // Said to be one person, the shape of an address does not weigh against it.
    if cutype.as_deref() != Some("INDIVIDUAL") && local.split(['-', '_', '.']).any(|word| ROOM_WORDS.contains(&word)) {
        return ParticipantKind::Room;
    }
    ParticipantKind::Human
}

const GROUP_DOMAINS: &[&str] = &[
    "group.calendar.google.com",
    "group.v.calendar.google.com",
    "import.calendar.google.com",
    "googlegroups.com",
    "groups.io",
    "groups.google.com",
    "groups.office.net",
];

const NOBODY: &[&str] = &[
    "noreply",
    "donotreply",
    "mailerdaemon",
    "postmaster",
    "calendarnotification",
    "notifications",
    "unknownorganizer",
];

const ROOM_WORDS: &[&str] = &["room", "meetingroom", "confroom", "conferenceroom", "boardroom"];

#[cfg(test)]
mod tests {
    use super::{ParticipantKind::*, *};

    #[test]
    fn rooms_and_groups_are_not_people() {
        for (name, email, cutype, expected) in [
            (Some("Ana Silva"), Some("ana@acme.com"), None, Human),
            (Some("Ana Silva"), Some("ana@acme.com"), Some("INDIVIDUAL"), Human),
            (Some("Ana Silva"), Some("ana@acme.com"), Some("UNKNOWN"), Human),
            (Some("Ana Silva"), Some("ana@acme.com"), Some("X-ROBOT"), Human),
            (None, None, None, Human),
            (Some("Berlin 3"), Some("berlin3@acme.com"), Some("ROOM"), Room),
            (Some("Projector"), None, Some("resource"), Room),
            (Some("Berlin"), Some("acme.com_3932@resource.calendar.google.com"), None, Room),
            (Some("Berlin"), Some("acme.com_3932@resource.calendar.google.com"), Some("INDIVIDUAL"), Room),
            (None, Some("mailto:berlin-room@acme.com"), None, Room),
            (None, Some("conf.room.3@acme.com"), None, Room),
            (None, Some("berlin-room@acme.com"), Some("INDIVIDUAL"), Human),
            (None, Some("ana.broom@acme.com"), None, Human),
            (Some("Team"), Some("team@acme.com"), Some("GROUP"), Group),
            (Some("Team"), Some("team@acme.com"), None, Human),
            (Some("Room Smith"), Some("rsmith@acme.com"), None, Human),
            (None, Some("c_18@group.calendar.google.com"), None, Group),
            (None, Some("no-reply@zoom.us"), None, Group),
            (None, Some("noreply@acme.com"), Some("INDIVIDUAL"), Group),
            (None, Some("dev@lists.acme.org"), None, Group),
            (None, Some("dev@googlegroups.com"), None, Group),
        ] {
            assert_eq!(classify(name, email, cutype), expected, "{name:?} {email:?} {cutype:?}");
        }
    }
}
