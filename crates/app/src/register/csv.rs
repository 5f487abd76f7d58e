//! A register as a table. Cells are made harmless as in [`crate::export`]; days are `YYYY-MM-DD`.

use std::borrow::Cow;
use std::fmt::Display;

use chrono::NaiveDate;

use super::page::{BEFORE, Page, PageEntry, before, day, of_instant, room, title};
use super::strange::Strange;
use crate::export::harmless;
use crate::view::{Register, RegisterEntry};

const HEADER: [&str; 25] = [
    "kind",
    "anchor",
    "date",
    "meeting",
    "text",
    "status",
    "decided_by",
    "owners",
    "due",
    "present",
    "present_known",
    "first_written",
    "changed_since",
    "changed_at",
    "confirmed",
    "recap_sent",
    "rationale",
    "supersedes",
    "superseded_by",
    "organization",
    "range",
    "entries",
    "made",
    "zone",
    "head",
];
/// The columns of earlier versions. Their first row had what is of the register itself in the columns of the entries.
const EARLIER: [&str; 21] = earlier();

const fn earlier() -> [&'static str; 21] {
    let mut names = [""; 21];
    let mut at = 0;
    while at < names.len() {
        names[at] = HEADER[if at < 19 { at } else { at + 4 }];
        at += 1;
    }
    names
}

/// The first row is about the register itself, in columns of its own: whom it is of, over which days, how many entries it
/// has, when it was made, in which zone's days, and the head. They are empty in every other row, as all others are in this.
pub(super) fn write(register: &Register) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let in_memory = "rows of one length are written to memory";
    writer.write_record(HEADER).expect(in_memory);
    let mut about = [const { String::new() }; HEADER.len()];
    about[0] = "register".to_owned();
    let page = Page::from(register);
    let own =
        [&page.organization, &page.range, &page.count, &register.generated_at.to_string(), &page.zone, &page.head];
    for (cell, value) in about[HEADER.len() - own.len()..].iter_mut().zip(own) {
        cell.clone_from(value);
    }
    for row in std::iter::once(about).chain(register.entries.iter().map(row)) {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned())).expect(in_memory);
    }
    String::from_utf8(writer.into_inner().expect(in_memory)).expect("only text was written")
}

fn row(entry: &RegisterEntry) -> [String; HEADER.len()] {
    let said = entry.confirmed.iter().map(|said| format!("{} {}{}", said.by, said.at, before(said)));
    let sent = entry.recap_sent.iter().map(|sent| format!("{} {}", sent.to, sent.at));
    [
        entry.kind.clone(),
        format!("^{}", entry.anchor),
        entry.date.to_string(),
        entry.meeting_title.clone(),
        entry.text.clone(),
        entry.status.clone(),
        entry.decided_by.join(", "),
        entry.owners.join(", "),
        some(entry.due.as_ref()),
        room(entry).1,
        if entry.present_known { "present" } else { "invited" }.to_owned(),
        entry.first_written.to_string(),
        if entry.changed_since { "changed" } else { "unchanged" }.to_owned(),
        some(entry.changed_at.as_ref()),
        said.collect::<Vec<_>>().join("; "),
        sent.collect::<Vec<_>>().join("; "),
        entry.rationale.clone().unwrap_or_default(),
        entry.supersedes.as_ref().map(|anchor| format!("^{anchor}")).unwrap_or_default(),
        entry.superseded_by.as_ref().map(|anchor| format!("^{anchor}")).unwrap_or_default(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
    ]
}

fn some<T: Display>(value: Option<&T>) -> String {
    value.map(T::to_string).unwrap_or_default()
}

/// A table as [`write`] made it, also where a spreadsheet has saved it since, and what in it is of nothing that a register
/// says; none where it is another table.
pub(super) fn read(text: &str) -> Option<(Page, Option<Strange>)> {
    let text = text.trim_start_matches('\u{feff}');
    let semicolons = text.lines().next().is_some_and(|line| line.contains(';') && !line.contains(','));
    let mut reader = ::csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().ok()?.iter().map(|name| plain(name).to_owned()).collect();
    let is = |columns: &[&str]| {
        header.len() == columns.len() && columns.iter().all(|name| header.iter().any(|column| column == name))
    };
    let strange_header = !is(&HEADER) && !is(&EARLIER);
    let mut strange = strange_header.then(|| Strange { line: 1, text: header.join(", ") });
    let mut page = Page::default();
    for record in reader.records() {
        let record = record.ok()?;
        let line = record.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
        let mut row = Row { header: &header, record: &record, taken: Vec::new(), unread: false };
        match row.take("kind").as_str() {
            "register" if page.head.is_empty() => about(&mut row, &mut page),
            "decision" | "commitment" => page.entries.push(entry(&mut row)),
            _ => row.unread = true,
        }
        if strange.is_none() && !row.is_read() {
            strange = Some(Strange { line, text: record.iter().collect::<Vec<_>>().join(", ") });
        }
    }
    (!page.head.is_empty()).then_some((page, strange))
}

/// A row that is being read.
struct Row<'a> {
    header: &'a [String],
    record: &'a ::csv::StringRecord,
    /// The columns that were read.
    taken: Vec<usize>,
    /// Whether something in it could not be read.
    unread: bool,
}

impl Row<'_> {
    fn take(&mut self, name: &str) -> String {
        let Some(at) = self.header.iter().position(|column| column == name) else { return String::new() };
        self.taken.push(at);
        plain(self.record.get(at).unwrap_or_default()).to_owned()
    }

    /// A cell as another document says it.
    fn read<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let cell = self.take(name);
        let found = read(&cell);
        self.unread |= found.is_none() && !cell.is_empty();
        found
    }

    /// Whether nothing in it was left unread; a row of nothing holds nothing.
    fn is_read(&self) -> bool {
        let filled = |(at, cell): (usize, &str)| (!cell.is_empty()).then_some(at);
        let mut filled = self.record.iter().enumerate().filter_map(filled);
        self.record.iter().all(str::is_empty) || (!self.unread && filled.all(|at| self.taken.contains(&at)))
    }
}

fn about(row: &mut Row<'_>, page: &mut Page) {
    (page.zone, page.head) = (row.take("zone"), row.take("head"));
    if row.header.iter().any(|column| column == "made") {
        (page.organization, page.range, page.count) =
            (row.take("organization"), row.take("range"), row.take("entries"));
        page.made = row.read("made", moment).unwrap_or_default();
        row.unread |= page.made.is_empty() || page.count.is_empty();
        return;
    }
    (page.organization, page.range, page.count) = (row.take("meeting"), row.take("present"), row.take("status"));
    page.made = row.read("first_written", moment).unwrap_or_default();
    let day = row.read("date", |cell| cell.parse::<NaiveDate>().ok()).map(day);
    row.unread |= day.is_some_and(|day| !page.made.starts_with(&day));
    // The first of them did not have the range by itself.
    let text = row.take("text");
    let range = text.strip_prefix(&format!("{}. ", title(&page.organization)));
    if let (true, Some(range)) = (page.range.is_empty(), range) {
        range.clone_into(&mut page.range);
    }
    row.unread |= range != Some(page.range.as_str());
}

fn entry(row: &mut Row<'_>) -> PageEntry {
    let first = row.read("first_written", moment).unwrap_or_default();
    let changed = row.read("changed_at", moment);
    let written = match (row.take("changed_since").as_str(), changed) {
        ("changed", Some(at)) => format!("{first}; changed {at}"),
        ("unchanged", None) => format!("{first}; unchanged since"),
        _ => {
            row.unread = true;
            first
        }
    };
    let names = row.take("present");
    let names = if names.is_empty() { "nobody said".to_owned() } else { names };
    let label = row.read("present_known", |cell| match cell {
        "present" => Some("Present"),
        "invited" => Some("Invited"),
        _ => None,
    });
    PageEntry {
        kind: row.take("kind"),
        anchor: row.take("anchor").trim_start_matches('^').to_owned(),
        text: row.take("text"),
        status: row.take("status"),
        date: row.read("date", |cell| cell.parse().ok()),
        meeting: row.take("meeting"),
        present: label.map(|label| format!("{label}: {names}")).unwrap_or_default(),
        recap: row.read("recap_sent", all_said).unwrap_or_default(),
        decided_by: row.take("decided_by"),
        owners: row.take("owners"),
        due: row.read("due", |cell| cell.parse().ok()),
        written,
        confirmed: row.read("confirmed", all_said).unwrap_or_default(),
        supersedes: row.take("supersedes"),
        superseded_by: row.take("superseded_by"),
        rationale: Some(row.take("rationale")).filter(|why| !why.is_empty()),
    }
}

/// An instant as the other documents say it.
fn moment(cell: &str) -> Option<String> {
    Some(of_instant(cell)).filter(|moment| !moment.is_empty())
}

/// As [`said`]; none where any of it cannot be read.
fn all_said(cell: &str) -> Option<String> {
    let all = said(cell);
    (all.len() == cell.split("; ").count()).then(|| all.join("; "))
}

/// `Ana 2026-11-20T10:00:00+01:00; Ben …` as the other documents say it: `Ana on 20 November 2026`.
fn said(cell: &str) -> Vec<String> {
    let one = |said: &str| {
        let (said, before) = said.strip_suffix(BEFORE).map_or((said, ""), |said| (said, BEFORE));
        let (who, at) = said.rsplit_once(' ')?;
        let moment = of_instant(at);
        Some(format!("{who} on {}{before}", moment.split(',').next()?))
    };
    cell.split("; ").filter_map(one).collect()
}

/// The cell as it was before it was made harmless.
fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| matches!(harmless(rest), Cow::Owned(_))).unwrap_or(cell)
}
