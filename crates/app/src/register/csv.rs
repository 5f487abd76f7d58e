//! A register as a table. Cells are made harmless as in [`crate::export`]; days are `YYYY-MM-DD`.

use std::borrow::Cow;
use std::fmt::Display;

use super::page::{BEFORE, Old, OldEntry, before, count, of_instant, range, room, title};
use crate::export::harmless;
use crate::view::{Register, RegisterEntry};

const HEADER: [&str; 21] = [
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
    "zone",
    "head",
];

/// The first row is about the register itself: its title, when it was made, the zone and the head.
pub(super) fn write(register: &Register) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let in_memory = "rows of one length are written to memory";
    writer.write_record(HEADER).expect(in_memory);
    let mut about = [const { String::new() }; HEADER.len()];
    about[0] = "register".to_owned();
    about[2] = register.generated_at.date().to_string();
    about[3].clone_from(&register.organization);
    about[4] = format!("{}. {}", title(register), range(register));
    about[5] = count(register);
    about[9] = range(register);
    about[11] = register.generated_at.to_string();
    about[19].clone_from(&register.zone);
    about[20].clone_from(&register.head);
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
    ]
}

fn some<T: Display>(value: Option<&T>) -> String {
    value.map(T::to_string).unwrap_or_default()
}

/// A table as [`write`] made it, also where a spreadsheet has saved it since; none where it is another.
pub(super) fn read(text: &str) -> Option<Old> {
    let text = text.trim_start_matches('\u{feff}');
    let semicolons = text.lines().next().is_some_and(|line| line.contains(';') && !line.contains(','));
    let mut reader = ::csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let header = reader.headers().ok()?.clone();
    let place = |name: &str| header.iter().position(|column| column == name);
    let (kind, anchor) = (place("kind")?, place("anchor")?);
    let columns: Vec<Option<usize>> = HEADER.iter().map(|name| place(name)).collect();
    let mut old = Old::default();
    for record in reader.records() {
        let record = record.ok()?;
        let cell = |name: &str| -> String {
            let at = HEADER.iter().position(|column| *column == name).and_then(|at| columns[at]);
            plain(at.and_then(|at| record.get(at)).unwrap_or_default()).to_owned()
        };
        match record.get(kind) {
            Some("register") => {
                (old.organization, old.zone, old.head) = (cell("meeting"), cell("zone"), cell("head"));
                (old.count, old.range, old.made) =
                    (cell("status"), cell("present"), of_instant(&cell("first_written")));
            }
            Some("decision" | "commitment") => old.entries.push(OldEntry {
                anchor: plain(record.get(anchor)?).trim_start_matches('^').to_owned(),
                kind: cell("kind"),
                text: cell("text"),
                status: cell("status"),
                date: cell("date").parse().ok(),
                meeting: cell("meeting"),
                present: match cell("present_known").as_str() {
                    "present" => format!("Present: {}", cell("present")),
                    "invited" => format!("Invited: {}", cell("present")),
                    _ => String::new(),
                },
                first_written: of_instant(&cell("first_written")),
                confirmed: said(&cell("confirmed")),
                decided_by: cell("decided_by"),
                owners: cell("owners"),
                due: cell("due").parse().ok(),
                rationale: Some(cell("rationale")).filter(|why| !why.is_empty()),
            }),
            _ => {}
        }
    }
    (!old.head.is_empty()).then_some(old)
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
