//! The words minutes list people under.

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
    const GUEST: Self = Self { role: Role::Optional, ..Self::PRESENT };
    const INVITED: Self = Self { present: Presence::Unknown, ..Self::PRESENT };
    const OPTIONAL: Self = Self { role: Role::Optional, ..Self::INVITED };
    const TENTATIVE: Self = Self { response: Some(Response::Tentative), ..Self::INVITED };
    pub(super) const REGRETS: Self =
        Self { present: Presence::No, response: Some(Response::Declined), ..Self::PRESENT };
    pub(super) const ABSENT: Self = Self { present: Presence::No, ..Self::PRESENT };
    const CHAIR: Self = Self { role: Role::Organizer, office: true, ..Self::PRESENT };
    const SCRIBE: Self = Self { office: true, ..Self::PRESENT };
}

/// The group a label or heading stands for, in whatever case, with or without a count or a colon: "Present (12):",
/// "Directors Present", "Apologies for absence", "Minutes taken by".
pub(super) fn group(label: &str) -> Option<Group> {
    let words = words(label)?;
    let whole = words.join(" ");
    if let Some(group) = find(&whole) {
        return Some(group);
    }
    let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !FILLERS.contains(word)).collect();
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
    words(label).is_some_and(|words| words.iter().all(|word| FILLERS.contains(&word.as_str())))
}

/// Whether a heading belongs to the head of minutes, before what was said begins.
pub(super) fn is_head(label: &str) -> bool {
    words(label)
        .is_some_and(|words| words.iter().all(|word| FILLERS.contains(&word.as_str()) || HEAD.contains(&word.as_str())))
}

fn find(phrase: &str) -> Option<Group> {
    GROUPS.iter().find(|(_, phrases)| phrases.contains(&phrase)).map(|(group, _)| *group)
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

const GROUPS: &[(Group, &[&str])] = &[
    (
        Group::PRESENT,
        &[
            "present",
            "attendees",
            "attendee",
            "attendance",
            "attended",
            "attending",
            "participants",
            "participant",
            "participating",
            "participated",
            "participation list",
            "in attendance",
            "roll call",
            "rollcall",
            "roll",
            "roster",
            "here",
            "who was there",
            "who is here",
            "who's here",
            "people",
            "people present",
            "with",
            "joined",
            "late",
            "late arrivals",
            "attendants",
            "those present",
            "meeting members",
            "presence",
            "checkin",
            "sign in",
            "blue sheet",
            "bluesheet",
            // German, French, Spanish, Portuguese, Italian, Dutch.
            "anwesend",
            "anwesende",
            "teilnehmer",
            "teilnehmende",
            "teilnehmerinnen",
            "teilnehmer innen",
            "presents",
            "personnes presentes",
            "asistentes",
            "presentes",
            "participantes",
            "presenti",
            "partecipanti",
            "aanwezig",
            "aanwezigen",
            "deelnemers",
        ],
    ),
    (
        Group::GUEST,
        &[
            "guests",
            "guest",
            "guest attendees",
            "guests present",
            "observers",
            "observer",
            "observing",
            "visitors",
            "visitor",
            "invited guests",
            "invited guest",
            "invited observers",
            "gaste",
            "invites",
            "invitados",
        ],
    ),
    (
        Group::INVITED,
        &[
            "invited",
            "invitees",
            "invitee",
            "invited attendees",
            "required",
            "required attendees",
            "expected",
            "expected attendees",
            "expected present",
            "planned attendees",
            "eingeladen",
        ],
    ),
    (Group::OPTIONAL, &["optional", "optional attendees", "optional invitees", "optional attendee"]),
    (Group::TENTATIVE, &["tentative", "maybe", "tentatively"]),
    (
        Group::REGRETS,
        &[
            "regrets",
            "regret",
            "apologies",
            "apology",
            "apologies absence",
            "absent",
            "absentees",
            "absentee",
            "absence",
            "absences",
            "excused",
            "excused absence",
            "excused absences",
            "absent excused",
            "absent apologies",
            "absent with apologies",
            "absent with regrets",
            "absent regrets",
            "not present",
            "not attending",
            "not able to attend",
            "unable to attend",
            "unable attend",
            "unable",
            "could not attend",
            "cannot attend",
            "can't attend",
            "can't make it",
            "cannot make it",
            "couldn't attend",
            "couldn't make it",
            "sent regrets",
            "sent apologies",
            "sends regrets",
            "sends apologies",
            "with regrets",
            "declined",
            "missing",
            "away",
            "not in attendance",
            "not available",
            "unavailable",
            "entschuldigt",
            "abwesend",
            "abwesende",
            "absents",
            "excuses",
            "ausentes",
            "assenti",
            "afwezig",
            "afgemeld",
        ],
    ),
    (
        Group::ABSENT,
        &[
            "did not attend",
            "not attended",
            "no show",
            "no shows",
            "noshow",
            "unexcused",
            "absent unexcused",
            "absent without notice",
            "absent without apologies",
            "unentschuldigt",
        ],
    ),
    (
        Group::CHAIR,
        &[
            "chair",
            "chairs",
            "chairing",
            "chaired",
            "chairperson",
            "chairpersons",
            "chairman",
            "chairwoman",
            "cochair",
            "cochairs",
            "co chair",
            "co chairs",
            "facilitator",
            "facilitators",
            "facilitating",
            "facilitated",
            "facilitation",
            "moderator",
            "moderators",
            "moderated",
            "moderating",
            "moderation",
            "host",
            "hosts",
            "hosted",
            "hosting",
            "organizer",
            "organizers",
            "organiser",
            "organisers",
            "organized",
            "organised",
            "convener",
            "convenor",
            "convened",
            "convening",
            "presiding",
            "leader",
            "lead",
            "led",
            "called by",
            "meeting called by",
            "leitung",
            "vorsitz",
            "sitzungsleitung",
        ],
    ),
    (
        Group::SCRIBE,
        &[
            "scribe",
            "scribes",
            "scribed",
            "scribing",
            "minute taker",
            "minute takers",
            "minutes taker",
            "minutes takers",
            "minutes taken",
            "minutes taken by",
            "minutes by",
            "minuted by",
            "minuted",
            "minutetaker",
            "minuting",
            "minute taking",
            "note taker",
            "note takers",
            "notetaker",
            "notetakers",
            "note taking",
            "notetaking",
            "notes by",
            "notes taken by",
            "notes taken",
            "taking notes",
            "taking minutes",
            "recorder",
            "recorded by",
            "recording secretary",
            "secretary",
            "clerk",
            "timekeeper",
            "time keeper",
            "presenter",
            "presenters",
            "speaker",
            "speakers",
            "protokollant",
            "protokollfuhrung",
            "protokollfuhrer",
            "schriftfuhrer",
        ],
    ),
];

/// Words that leave a label's meaning as it is.
const FILLERS: &[&str] = &[
    "the",
    "of",
    "list",
    "our",
    "in",
    "at",
    "on",
    "for",
    "with",
    "from",
    "to",
    "and",
    "by",
    "via",
    "meeting",
    "call",
    "session",
    "today",
    "today's",
    "people",
    "person",
    "persons",
    "members",
    "member",
    "names",
    "name",
    "board",
    "director",
    "directors",
    "officer",
    "officers",
    "executive",
    "committee",
    "council",
    "steering",
    "technical",
    "tsc",
    "tc",
    "cpc",
    "wg",
    "cg",
    "ig",
    "sig",
    "pmc",
    "team",
    "staff",
    "voting",
    "nonvoting",
    "non",
    "regular",
    "core",
    "who",
    "were",
    "was",
    "is",
    "are",
    "also",
    "other",
    "others",
    "s",
    "alphabetical",
    "remote",
    "remotely",
    "online",
    "virtually",
    "virtual",
    "virtuals",
    "phone",
    "zoom",
    "video",
    "dial",
    "partial",
    "partially",
    "community",
    "project",
    "projects",
    "key",
    "this",
    "week",
    "week's",
    "weekly",
    "role",
    "roles",
    "physically",
    "site",
    "onsite",
    "offsite",
    "office",
    "w3c",
    "ietf",
    "working",
    "group",
    "group's",
    "full",
    "initial",
    "actual",
    "company",
    "client",
    "customer",
    "internal",
    "external",
    "maintainers",
    "maintainer",
    "contributors",
    "contributor",
    "active",
    "current",
    "quorum",
    "representatives",
    "representative",
    "reps",
    "rep",
    "taken",
];

const HEAD: &[&str] = &[
    "links",
    "link",
    "logistics",
    "details",
    "detail",
    "information",
    "info",
    "metadata",
    "meta",
    "date",
    "dates",
    "time",
    "when",
    "where",
    "location",
    "place",
    "venue",
    "order",
    "opening",
    "welcome",
    "administrivia",
    "admin",
    "administrative",
    "administration",
    "overview",
    "general",
    "header",
    "basics",
    "data",
    "facts",
    "minutes",
    "notes",
    "properties",
    "recording",
    "connection",
    "dial",
    "formalities",
    "housekeeping",
    "start",
    "called",
    "attendance",
    "participation",
    "agenda",
    "draft",
];

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
