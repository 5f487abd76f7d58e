//! What every document of a register says, and what is read of one again.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::view::{Register, RegisterEntry, Said, When};

/// The entries by meeting, in their order, and the first of each.
pub(super) fn sittings(page: &Page) -> impl Iterator<Item = (&PageEntry, &[PageEntry])> {
    let same = |a: &PageEntry, b: &PageEntry| {
        (a.date, &a.meeting, &a.present, &a.recap) == (b.date, &b.meeting, &b.present, &b.recap)
    };
    page.entries.chunk_by(same).filter_map(|entries| Some((entries.first()?, entries)))
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
pub(super) fn title(organization: &str) -> String {
    format!("Decisions and commitments with {organization}")
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
pub(super) fn count(entries: &[PageEntry]) -> String {
    let decisions = entries.iter().filter(|entry| entry.kind == "decision").count();
    let commitments = entries.len() - decisions;
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

/// [`NOTE`] as it is and as it was in documents of earlier versions, which are still read: whoever changes it adds what it
/// was.
pub(super) const NOTES: [&str; 2] = [
    NOTE,
    "Taken from the notes of meetings that both sides were at. Whether a decision holds is told as \
    far as the decisions in this register say. The head is that of the log in which every change is chained to the one \
    before: with it, this document can be checked against the notes it was made from.",
];

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
pub(super) fn first(written: &str) -> &str {
    written.split(';').next().unwrap_or_default().trim()
}

/// What a document says, as it says it: it is written of this, and read into this again.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub organization: String,
    pub zone: String,
    pub head: String,
    /// As [`range`] said it.
    pub range: String,
    /// As [`count`] said it; empty where the document does not say.
    pub count: String,
    /// As [`moment`] said it; empty where the document does not say.
    pub made: String,
    pub entries: Vec<PageEntry>,
}

impl From<&Register> for Page {
    fn from(register: &Register) -> Self {
        let entries: Vec<PageEntry> = register.entries.iter().map(PageEntry::from).collect();
        Self {
            organization: register.organization.clone(),
            zone: register.zone.clone(),
            head: register.head.clone(),
            range: range(register),
            count: count(&entries),
            made: moment(register.generated_at),
            entries,
        }
    }
}

impl Page {
    /// Over which days, as [`range`] wrote it; none where it says no such thing.
    pub fn days(&self) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
        let rest = |start: &str| self.range.strip_prefix(start);
        let day = |text: &str| read_day(text).filter(|date| day(*date) == text);
        Some(if let Some((from, to)) = rest("Meetings from ").and_then(|rest| rest.split_once(" to ")) {
            (Some(day(from)?), Some(day(to)?))
        } else if let Some(from) = rest("Meetings since ") {
            (Some(day(from)?), None)
        } else if let Some(to) = rest("Meetings up to ") {
            (None, Some(day(to)?))
        } else if self.range == "All meetings" {
            (None, None)
        } else {
            return None;
        })
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

/// An entry as a document says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PageEntry {
    pub anchor: String,
    pub kind: String,
    pub text: String,
    pub status: String,
    pub date: Option<NaiveDate>,
    pub meeting: String,
    /// Who was there, as [`room`] says it: `Present: Ana, Ben`. Empty where the document does not say.
    pub present: String,
    /// To whom a recap of the meeting went, as [`recap`] says it; empty where it went to nobody.
    pub recap: String,
    pub decided_by: String,
    pub owners: String,
    pub due: Option<NaiveDate>,
    /// As [`written`] says it; empty where the document does not say.
    pub written: String,
    /// Who said so and when, as [`confirmed`] says it.
    pub confirmed: String,
    /// The mark of the entry it takes the place of, with its `^`; empty where it does not.
    pub supersedes: String,
    /// The mark of the entry that took its place, with its `^`; empty where none did.
    pub superseded_by: String,
    /// None where the document has none, which may be because none was asked for.
    pub rationale: Option<String>,
}

impl PageEntry {
    /// Who decided it, or is to do it; none where the note names nobody.
    pub fn who(&self) -> Option<(&'static str, &str)> {
        let (label, names) =
            if self.kind == "decision" { ("Decided by", &self.decided_by) } else { ("To be done by", &self.owners) };
        (!names.is_empty()).then_some((label, names))
    }

    /// Another line of why.
    pub fn because(&mut self, line: &str) {
        let why = self.rationale.get_or_insert_default();
        if !why.is_empty() {
            why.push('\n');
        }
        why.push_str(line);
    }
}

impl From<&RegisterEntry> for PageEntry {
    fn from(entry: &RegisterEntry) -> Self {
        let (label, names) = room(entry);
        let mark = |anchor: &Option<String>| anchor.as_ref().map(|anchor| format!("^{anchor}")).unwrap_or_default();
        Self {
            anchor: entry.anchor.clone(),
            kind: entry.kind.clone(),
            text: entry.text.clone(),
            status: entry.status.clone(),
            date: Some(entry.date),
            meeting: entry.meeting_title.clone(),
            present: format!("{label}: {names}"),
            recap: recap(entry).unwrap_or_default(),
            written: written(entry),
            confirmed: confirmed(entry).unwrap_or_default(),
            decided_by: entry.decided_by.join(", "),
            owners: entry.owners.join(", "),
            due: entry.due,
            supersedes: mark(&entry.supersedes),
            superseded_by: mark(&entry.superseded_by),
            rationale: entry.rationale.clone(),
        }
    }
}
