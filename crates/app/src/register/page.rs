//! What every document of a register says, and what is read of one again.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::view::{Register, RegisterEntry, Said, When};

/// The entries of one meeting.
pub(super) struct Sitting<'a> {
    pub date: NaiveDate,
    pub title: &'a str,
    pub entries: &'a [RegisterEntry],
}

/// The entries by meeting, in their order.
pub(super) fn sittings(register: &Register) -> impl Iterator<Item = Sitting<'_>> {
    let same = |a: &RegisterEntry, b: &RegisterEntry| {
        (a.date, &a.meeting_title, &a.present) == (b.date, &b.meeting_title, &b.present)
    };
    register.entries.chunk_by(same).filter_map(|entries| {
        let first = entries.first()?;
        Some(Sitting { date: first.date, title: &first.meeting_title, entries })
    })
}

/// A day as one writes it in a letter; [`read_day`] reads it.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// A day as [`day`] wrote it.
pub(super) fn read_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%d %B %Y").or_else(|_| text.trim().parse()).ok()
}

/// A moment as one writes it in a letter.
pub(super) fn moment(when: When) -> String {
    match when {
        When::Date(date) => day(date),
        When::At(at) => format!("{}, {}", day(at.date_naive()), at.format("%H:%M")),
    }
}

/// What it is the register of.
pub(super) fn title(register: &Register) -> String {
    format!("Decisions and commitments with {}", register.organization)
}

/// Over which days.
pub(super) fn range(register: &Register) -> String {
    match (register.from, register.to) {
        (Some(from), Some(to)) => format!("Meetings from {} to {}", day(from), day(to)),
        (Some(from), None) => format!("Meetings since {}", day(from)),
        (None, Some(to)) => format!("Meetings up to {}", day(to)),
        (None, None) => "All meetings".to_owned(),
    }
}

/// How many entries there are of each kind.
pub(super) fn count(register: &Register) -> String {
    let decisions = register.entries.iter().filter(|entry| entry.kind == "decision").count();
    let commitments = register.entries.len() - decisions;
    let of = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    format!("{}, {}", of(decisions, "decision"), of(commitments, "commitment"))
}

/// What the reader is to know of it.
pub(super) const NOTE: &str = "Taken from the notes of meetings that people of the organization were at, or were invited to and \
    did not decline. Whether a decision holds is told as far as the decisions in this register say. The head is that of the log in which every change is chained to the one \
    before: with it, this document can be checked against the notes it was made from.";

/// Between those who were there and those who were only invited.
pub(super) const INVITED: &str = "; invited: ";
/// After whom confirmed other words.
pub(super) const BEFORE: &str = ", before it was changed";

/// Who was there, as the label and the names say.
pub(super) fn room(entry: &RegisterEntry) -> (&'static str, String) {
    let mut names = if entry.present.is_empty() { "nobody said".to_owned() } else { entry.present.join(", ") };
    if !entry.invited.is_empty() {
        names = format!("{names}{INVITED}{}", entry.invited.join(", "));
    }
    (if entry.present_known { "Present" } else { "Invited" }, names)
}

/// To whom a recap of the meeting went; none where none did.
pub(super) fn recap(entry: &RegisterEntry) -> Option<String> {
    let sent: Vec<String> =
        entry.recap_sent.iter().map(|sent| format!("{} on {}", sent.to, day(sent.at.date()))).collect();
    (!sent.is_empty()).then(|| sent.join("; "))
}

/// Who confirmed it; none where nobody did.
pub(super) fn confirmed(entry: &RegisterEntry) -> Option<String> {
    let said: Vec<String> =
        entry.confirmed.iter().map(|said| format!("{} on {}{}", said.by, day(said.at.date()), before(said))).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// What is to be known of a confirmation of other words.
pub(super) fn before(said: &Said) -> &'static str {
    if said.before_change { BEFORE } else { "" }
}

/// Since when it says what it says.
pub(super) fn written(entry: &RegisterEntry) -> String {
    let first = moment(entry.first_written);
    match entry.changed_at {
        Some(at) => format!("{first}; changed {}", moment(at)),
        None => format!("{first}; unchanged since"),
    }
}

/// When it was first written, of what [`written`] says.
pub(super) fn first(written: &str) -> String {
    written.split(';').next().unwrap_or_default().trim().to_owned()
}

/// Who decided it, or is to do it; none where the note names nobody.
pub(super) fn who(entry: &RegisterEntry) -> (&'static str, Option<String>) {
    let (label, names) =
        if entry.kind == "decision" { ("Decided by", &entry.decided_by) } else { ("To be done by", &entry.owners) };
    (label, (!names.is_empty()).then(|| names.join(", ")))
}

/// An older register, as far as it is compared.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Old {
    pub organization: String,
    pub zone: String,
    pub head: String,
    /// As [`range`] said it.
    pub range: String,
    /// As [`count`] said it; empty where the document does not say.
    pub count: String,
    /// As [`moment`] said it; empty where the document does not say.
    pub made: String,
    pub entries: Vec<OldEntry>,
}

impl Old {
    /// Over which days, as [`range`] wrote it.
    pub fn days(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let rest = |start: &str| self.range.strip_prefix(start);
        if let Some((from, to)) = rest("Meetings from ").and_then(|rest| rest.split_once(" to ")) {
            (read_day(from), read_day(to))
        } else {
            (rest("Meetings since ").and_then(read_day), rest("Meetings up to ").and_then(read_day))
        }
    }

    /// How many entries it says it has; none where it does not say.
    pub fn told(&self) -> Option<usize> {
        let (decisions, commitments) = self.count.split_once(", ")?;
        let number = |text: &str| text.split(' ').next()?.parse::<usize>().ok();
        Some(number(decisions)? + number(commitments)?)
    }
}

/// A moment as [`moment`] wrote it, in local time.
pub(super) fn read_moment(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text.trim(), "%d %B %Y, %H:%M").ok()
}

/// A moment as the table has it, as [`moment`] says it.
pub(super) fn of_instant(text: &str) -> String {
    let at = DateTime::parse_from_rfc3339(text.trim());
    at.map(|at| format!("{}, {}", day(at.date_naive()), at.format("%H:%M"))).unwrap_or_default()
}

/// An entry of an older register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OldEntry {
    pub anchor: String,
    pub kind: String,
    pub text: String,
    pub status: String,
    pub date: Option<NaiveDate>,
    pub meeting: String,
    /// Who was there, as [`room`] says it: `Present: Ana, Ben`. Empty where the document does not say.
    pub present: String,
    pub decided_by: String,
    pub owners: String,
    pub due: Option<NaiveDate>,
    /// As [`moment`] says it; empty where the document does not say.
    pub first_written: String,
    /// Who said so and when, as [`confirmed`] says it.
    pub confirmed: Vec<String>,
    /// None where the document has none, which may be because none was asked for.
    pub rationale: Option<String>,
}

impl From<&RegisterEntry> for OldEntry {
    fn from(entry: &RegisterEntry) -> Self {
        Self {
            anchor: entry.anchor.clone(),
            kind: entry.kind.clone(),
            text: entry.text.clone(),
            status: entry.status.clone(),
            date: Some(entry.date),
            meeting: entry.meeting_title.clone(),
            present: {
                let (label, names) = room(entry);
                format!("{label}: {names}")
            },
            first_written: moment(entry.first_written),
            confirmed: confirmed(entry).map(|said| said.split("; ").map(str::to_owned).collect()).unwrap_or_default(),
            decided_by: entry.decided_by.join(", "),
            owners: entry.owners.join(", "),
            due: entry.due,
            rationale: entry.rationale.clone(),
        }
    }
}
