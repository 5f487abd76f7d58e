//! Humans, rooms and groups.

use super::{fold, normalize_email};

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

/// What a participant is, from `CUTYPE` (RFC 5545 §3.2.3), the address and the name. `INDIVIDUAL`, `UNKNOWN` and anything
/// unheard of are human unless the address cannot be one's. A word in a name is no evidence: people are called Room, too,
/// and taking a person for a list loses them. That nothing else stands in name and address is: "Sales EMEA" at
/// sales-emea@ is nobody. An address to write to, as info@ or support@, may well be somebody.
#[must_use]
pub fn classify(name: Option<&str>, email: Option<&str>, cutype: Option<&str>) -> ParticipantKind {
    let cutype = cutype.map(|word| word.trim().to_ascii_uppercase());
    match cutype.as_deref() {
        Some("ROOM" | "RESOURCE") => return ParticipantKind::Room,
        Some("GROUP") => return ParticipantKind::Group,
        _ => {}
    }
    let said = name.filter(|name| normalize_email(name).is_none()).map(fold).unwrap_or_default();
    if is_called_a_room(&said) {
        return ParticipantKind::Room;
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
    if cutype.as_deref() == Some("INDIVIDUAL") {
        return ParticipantKind::Human;
    }
    let both: Vec<&str> = words(local).chain(words(&said)).collect();
    let all = |lists: &[&[&str]]| both.iter().all(|word| lists.iter().any(|list| list.contains(word)));
    let any = |list: &[&str]| both.iter().any(|word| list.contains(word));
    if any(THINGS) && all(&[THINGS]) {
        return ParticipantKind::Room;
    }
    // A department names a group where somebody called it that.
    let told = words(local).count() < both.len() && (any(DEPARTMENTS) || any(REGIONS));
    if (any(EVERYBODY) || told) && all(&[EVERYBODY, DEPARTMENTS, REGIONS, &["sales"]]) {
        return ParticipantKind::Group;
    }
    ParticipantKind::Human
}

/// Words without their numbers.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.map(|word| word.trim_matches(|c: char| c.is_ascii_digit())).filter(|word| !word.is_empty())
}

/// Nobody's parents thought of these.
fn is_called_a_room(name: &str) -> bool {
    let words: Vec<&str> = words(name).collect();
    let pair = |pair: &[&str]| matches!(pair, ["meeting" | "conference" | "conf" | "board" | "huddle", "room"]);
    words.windows(2).any(pair) || words.iter().any(|word| ROOMS_ELSEWHERE.contains(word))
}

/// In German, Dutch, French, Spanish, Italian and Portuguese, folded.
const ROOMS_ELSEWHERE: &[&str] = &[
    "besprechungsraum",
    "besprechungszimmer",
    "konferenzraum",
    "sitzungszimmer",
    "vergaderzaal",
    "vergaderruimte",
    "vergaderkamer",
];

const THINGS: &[&str] = &["projector", "beamer", "whiteboard", "flipchart", "webcam", "parking", "tv"];

const EVERYBODY: &[&str] = &[
    "all",
    "allhands",
    "hands",
    "everybody",
    "everyone",
    "employees",
    "staff",
    "team",
    "teams",
    "group",
    "groups",
    "list",
    "company",
    "org",
    "crew",
    "squad",
    "guild",
    "department",
    "dept",
];

const DEPARTMENTS: &[&str] = &[
    "engineering",
    "marketing",
    "finance",
    "accounting",
    "legal",
    "hr",
    "product",
    "design",
    "operations",
    "ops",
    "it",
    "devs",
    "developers",
    "development",
    "research",
    "leadership",
    "management",
    "managers",
    "leads",
];

const REGIONS: &[&str] = &["emea", "apac", "amer", "dach", "us", "eu", "uk", "global", "intl", "and", "the", "of"];

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
            (Some("Team"), Some("team@acme.com"), None, Group),
            (Some("Team"), Some("team@acme.com"), Some("INDIVIDUAL"), Human),
            (Some("All Hands"), Some("all@acme.com"), None, Group),
            (None, Some("team-all@acme.com"), None, Group),
            (Some("Engineering"), Some("engineering@acme.com"), None, Group),
            (Some("Sales EMEA"), Some("sales-emea@acme.com"), None, Group),
            (Some("Platform Team"), Some("platform@acme.com"), None, Human),
            (Some("Sales"), Some("sales@acme.com"), None, Human),
            (Some("Support"), Some("support@acme.com"), None, Human),
            (None, Some("info@acme.com"), None, Human),
            (None, Some("legal@acme.com"), None, Human),
            (Some("Ana Silva"), Some("team@acme.com"), None, Human),
            (Some("Team Lead"), Some("kim@acme.com"), None, Human),
            (Some("Dev"), Some("dev@acme.com"), None, Human),
            (Some("Meeting Room Nile"), Some("nile@acme.com"), Some("INDIVIDUAL"), Room),
            (Some("Besprechungsraum 2"), Some("raum2@acme.com"), None, Room),
            (Some("Boardroom Smith"), Some("bs@acme.com"), None, Human),
            (Some("Projector"), Some("projector@acme.com"), None, Room),
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
