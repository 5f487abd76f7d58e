//! The shapes that other programs build on, field by field.

use crate::Field::{
    self, Any, Bool, Count, Date, Id, Items, List, MaybeDate, MaybeId, MaybeObject, MaybeText, MaybeTime, MaybeWhen,
    MaybeWord, Number, Object, Text, Texts, Time, When, Word,
};

/// What an object holds: the names and what stands there.
pub type Shape = &'static [(&'static str, Field)];

const PARTS: &[&str] = &["prep", "notes", "private"];
const KINDS: &[&str] = &["meeting", "focus", "out_of_office", "working_location"];
const SOURCES: &[&str] = &["google", "caldav", "ics", "local", "import"];

pub const PERSON: Shape = &[
    ("id", Id),
    ("handle", Id),
    ("name", Text),
    ("emails", Texts),
    ("organization", MaybeText),
    ("relation", MaybeText),
    ("is_me", Bool),
];

pub const EMPLOYMENT: Shape =
    &[("organization", MaybeText), ("organization_id", MaybeId), ("from", MaybeDate), ("to", MaybeDate)];

pub const DUPLICATE: Shape = &[("a", Object(PERSON)), ("b", Object(PERSON)), ("score", Number), ("evidence", Texts)];

pub const ATTENDEE: Shape = &[
    ("person_id", Id),
    ("name", Text),
    ("handle", Id),
    ("email", MaybeText),
    ("role", Word(&["organizer", "required", "optional"])),
    ("response", MaybeWord(&["accepted", "declined", "tentative", "needs_action"])),
    ("present", Word(&["yes", "no", "unknown"])),
];

pub const NAMED: Shape = &[("person_id", Id), ("name", Text)];

pub const MEETING: Shape = &[
    ("id", Id),
    ("title", Text),
    ("kind", Word(KINDS)),
    ("purpose", MaybeText),
    ("my_role", MaybeText),
    ("held", Bool),
    ("start", When),
    ("end", When),
    ("all_day", Bool),
    ("zone", MaybeText),
    ("status", Word(&["confirmed", "tentative", "cancelled"])),
    ("series_id", MaybeId),
    ("uid", MaybeId),
    ("original_start", MaybeWhen),
    ("calendars", Texts),
    ("attendees", List(ATTENDEE)),
    ("organizer", Any),
    ("location", MaybeText),
    ("call_url", MaybeText),
    ("has_notes", Bool),
    ("source", Word(SOURCES)),
];

pub const ACTION: Shape = &[
    ("id", Id),
    ("text", Text),
    ("status", Word(&["open", "done", "dropped"])),
    ("owners", List(&[("person_id", Id), ("name", Text), ("handle", Id), ("inferred", Bool)])),
    ("due", MaybeDate),
    ("slips", Count),
    ("age_days", Number),
    ("snoozed_until", MaybeDate),
    ("topics", Texts),
    ("meeting_id", MaybeId),
    ("meeting_title", MaybeText),
    ("meeting_date", MaybeDate),
    ("note_part", Word(PARTS)),
    ("line", Count),
    ("created_at", Time),
    ("done_at", MaybeTime),
    ("blocked_by", Texts),
    ("waits_for", List(&[("id", Id), ("text", Text)])),
];

pub const DECISION: Shape = &[
    ("id", Id),
    ("text", Text),
    ("rationale", MaybeText),
    ("alternatives", MaybeText),
    ("status", Word(&["proposed", "holds", "superseded"])),
    ("decided_by", List(NAMED)),
    ("present", List(NAMED)),
    ("topics", Texts),
    ("meeting_id", MaybeId),
    ("meeting_title", MaybeText),
    ("meeting_date", MaybeDate),
    ("note_part", Word(PARTS)),
    ("line", Count),
    ("revisit", MaybeDate),
    ("supersedes", Any),
    ("superseded_by", Any),
    ("age_days", Number),
];

pub const QUESTION: Shape = &[
    ("id", Id),
    ("text", Text),
    ("status", Word(&["open", "answered"])),
    ("asked_by", Any),
    ("topics", Texts),
    ("meeting_id", MaybeId),
    ("meeting_title", MaybeText),
    ("meeting_date", MaybeDate),
    ("note_part", Word(PARTS)),
    ("line", Count),
    ("answered_by", Any),
    ("age_days", Number),
];

pub const BRIEF: Shape = &[
    ("meeting", Object(MEETING)),
    ("last_meetings", List(MEETING)),
    ("mine", List(ACTION)),
    ("theirs", List(ACTION)),
    ("questions", List(QUESTION)),
    ("decisions", List(DECISION)),
    ("revisit", List(DECISION)),
    ("changes", Items),
    ("new_people", List(PERSON)),
    (
        "totals",
        Object(&[
            ("mine", Count),
            ("theirs", Count),
            ("questions", Count),
            ("decisions", Count),
            ("revisit", Count),
            ("changes", Count),
            ("new_people", Count),
        ]),
    ),
];

pub const TODAY: Shape = &[
    ("date", Date),
    ("meetings", List(&[("meeting", Object(MEETING)), ("brief", MaybeObject(BRIEF))])),
    ("actions", List(ACTION)),
    ("actions_total", Count),
    ("overdue", List(ACTION)),
    ("overdue_total", Count),
];

pub const LEDGER: Shape =
    &[("who", Any), ("i_owe", List(ACTION)), ("they_owe", List(ACTION)), ("waiting_on", List(QUESTION))];

pub const QUEUED: Shape = &[
    ("meeting", Object(MEETING)),
    ("candidates", List(&[("meeting_id", Id), ("title", Text), ("start", When), ("score", Number), ("why", Text)])),
];

pub const STEP: Shape = &[("kind", Id), ("id", Id), ("title", Text)];

pub const TRACE: Shape = &[
    ("item", Any),
    ("steps", List(&[("kind", Id), ("id", Id), ("title", Text), ("date", MaybeWhen)])),
    ("blocks", Items),
    ("blocked_by", Items),
];

pub const CENTRAL: Shape = &[("person_id", Id), ("name", Text), ("score", Number)];

pub const ACCOUNT: Shape = &[
    ("id", Id),
    ("provider", Word(&["google", "caldav", "ics"])),
    ("name", Text),
    ("state", Word(&["ok", "needs_sign_in", "error"])),
    ("last_sync", MaybeTime),
    ("error", Any),
];

pub const CALENDAR: Shape = &[("id", Id), ("account_id", Id), ("name", Text), ("enabled", Bool), ("color", MaybeText)];

pub const NOTE: Shape = &[("meeting_id", MaybeId), ("part", Word(PARTS)), ("text", Text), ("revision", Any)];

pub const REVISION: Shape = &[("revision", Any), ("at", Time), ("bytes", Count)];

pub const IMPORTED: Shape = &[
    ("path", Text),
    ("meeting_id", MaybeId),
    ("matched", Bool),
    ("attendees", List(ATTENDEE)),
    ("actions", Texts),
    ("decisions", Texts),
    ("questions", Texts),
    ("warnings", Items),
];

pub const SYNCED: Shape =
    &[("id", Id), ("calendars", List(SYNCED_CALENDAR)), ("error", MaybeObject(ERROR)), ("seconds", Number)];

pub const SYNCED_CALENDAR: Shape = &[
    ("id", Id),
    ("name", Text),
    ("mode", Word(&["full", "incremental"])),
    ("added", Count),
    ("changed", Count),
    ("removed", Count),
    ("kept", Count),
    ("warnings", List(&[("uid", MaybeText), ("message", Text)])),
];

pub const ERROR: Shape = &[("code", Id), ("message", Text), ("hint", MaybeText)];

pub const HIT: Shape = &[
    ("kind", Id),
    ("id", Id),
    ("title", Text),
    ("snippet", Text),
    ("meeting_id", MaybeId),
    ("note_part", MaybeWord(PARTS)),
    ("date", MaybeDate),
    ("score", Number),
    ("status", MaybeText),
    ("owners", List(&[("person_id", Id), ("name", Text), ("handle", Id), ("inferred", Bool)])),
];

pub const DOCTOR: Shape = &[("ok", Bool), ("problems", List(&[("code", Id), ("message", Text)]))];
