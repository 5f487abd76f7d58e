//! Tables for spreadsheets (RFC 4180): UTF-8, a header row, CRLF, several values in one cell set apart by `; `.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break for a formula, and what is in a
//! note may come from anybody. Such a cell is written with an apostrophe before it, which spreadsheets read as "this is
//! text". So that nothing is lost, a cell in which apostrophes stand before such a beginning gets one more: whoever reads
//! the file takes one away wherever apostrophes are followed by one of these.

use std::borrow::Cow;
use std::fmt::Display;

use throughline_core::model::ItemId;

use super::{Exported, File, Items};
use crate::view;

/// One file for each kind of thing; the columns are named as the fields in JSON.
pub(crate) fn csv(exported: &Exported) -> Vec<File> {
    let Items { actions, decisions, questions } = exported.items();
    vec![
        meetings(&exported.meetings),
        attendees(&exported.meetings),
        self::actions(&actions),
        self::decisions(&decisions),
        self::questions(&questions),
        people(&exported.people),
    ]
}

fn meetings(meetings: &[view::Meeting]) -> File {
    let header = [
        "id",
        "title",
        "kind",
        "purpose",
        "my_role",
        "held",
        "start",
        "end",
        "all_day",
        "zone",
        "status",
        "series_id",
        "uid",
        "original_start",
        "calendars",
        "organizer",
        "organizer_id",
        "location",
        "call_url",
        "has_notes",
        "source",
    ];
    let rows = meetings.iter().map(|meeting| {
        [
            meeting.id.to_string(),
            meeting.title.clone(),
            meeting.kind.to_string(),
            some(&meeting.purpose),
            some(&meeting.my_role),
            meeting.held.to_string(),
            meeting.start.to_string(),
            meeting.end.to_string(),
            meeting.all_day.to_string(),
            some(&meeting.zone),
            meeting.status.to_string(),
            some(&meeting.series_id),
            some(&meeting.uid),
            some(&meeting.original_start),
            several(&meeting.calendars),
            some(&meeting.organizer.as_ref().map(|person| &person.name)),
            some(&meeting.organizer.as_ref().map(|person| person.person_id)),
            some(&meeting.location),
            some(&meeting.call_url),
            meeting.has_notes.to_string(),
            meeting.source.to_string(),
        ]
    });
    table("meetings.csv", header, rows)
}

fn attendees(meetings: &[view::Meeting]) -> File {
    let header = ["meeting_id", "person_id", "name", "handle", "email", "role", "response", "present"];
    let rows = meetings.iter().flat_map(|meeting| {
        meeting.attendees.iter().map(|attendee| {
            [
                meeting.id.to_string(),
                attendee.person_id.to_string(),
                attendee.name.clone(),
                attendee.handle.clone(),
                some(&attendee.email),
                attendee.role.to_string(),
                some(&attendee.response),
                attendee.present.to_string(),
            ]
        })
    });
    table("attendees.csv", header, rows)
}

fn actions(actions: &[view::Action]) -> File {
    let header = [
        "id",
        "anchor",
        "text",
        "status",
        "owners",
        "owner_ids",
        "due",
        "overdue",
        "slips",
        "snoozed_until",
        "topics",
        "meeting_id",
        "meeting_title",
        "meeting_date",
        "note_part",
        "line",
        "created_at",
        "done_at",
        "blocked_by",
    ];
    let rows = actions.iter().map(|action| {
        [
            action.id.to_string(),
            action.anchor.clone(),
            action.text.clone(),
            action.status.to_string(),
            several(action.owners.iter().map(|owner| &owner.name)),
            several(action.owners.iter().map(|owner| owner.person_id)),
            some(&action.due),
            action.overdue.to_string(),
            action.slips.to_string(),
            some(&action.snoozed_until),
            several(&action.topics),
            some(&action.meeting_id),
            some(&action.meeting_title),
            some(&action.meeting_date),
            action.note_part.to_string(),
            action.line.to_string(),
            action.created_at.to_string(),
            some(&action.done_at),
            several::<ItemId>(action.blocked_by.iter().copied()),
        ]
    });
    table("actions.csv", header, rows)
}

fn decisions(decisions: &[view::Decision]) -> File {
    let header = [
        "id",
        "anchor",
        "text",
        "rationale",
        "alternatives",
        "status",
        "decided_by",
        "decided_by_ids",
        "present",
        "present_ids",
        "topics",
        "meeting_id",
        "meeting_title",
        "meeting_date",
        "note_part",
        "line",
        "revisit",
        "supersedes",
        "superseded_by",
    ];
    let rows = decisions.iter().map(|decision| {
        [
            decision.id.to_string(),
            decision.anchor.clone(),
            decision.text.clone(),
            some(&decision.rationale),
            some(&decision.alternatives),
            decision.status.word().to_owned(),
            several(decision.decided_by.iter().map(|person| &person.name)),
            several(decision.decided_by.iter().map(|person| person.person_id)),
            several(decision.present.iter().map(|person| &person.name)),
            several(decision.present.iter().map(|person| person.person_id)),
            several(&decision.topics),
            some(&decision.meeting_id),
            some(&decision.meeting_title),
            some(&decision.meeting_date),
            decision.note_part.to_string(),
            decision.line.to_string(),
            some(&decision.revisit),
            some(&decision.supersedes),
            some(&decision.superseded_by),
        ]
    });
    table("decisions.csv", header, rows)
}

fn questions(questions: &[view::Question]) -> File {
    let header = [
        "id",
        "anchor",
        "text",
        "status",
        "asked_by",
        "asked_by_id",
        "topics",
        "meeting_id",
        "meeting_title",
        "meeting_date",
        "note_part",
        "line",
        "answered_by",
    ];
    let rows = questions.iter().map(|question| {
        [
            question.id.to_string(),
            question.anchor.clone(),
            question.text.clone(),
            question.status.word().to_owned(),
            some(&question.asked_by.as_ref().map(|person| &person.name)),
            some(&question.asked_by.as_ref().map(|person| person.person_id)),
            several(&question.topics),
            some(&question.meeting_id),
            some(&question.meeting_title),
            some(&question.meeting_date),
            question.note_part.to_string(),
            question.line.to_string(),
            some(&question.answered_by),
        ]
    });
    table("questions.csv", header, rows)
}

fn people(people: &[view::Person]) -> File {
    let header = ["id", "handle", "name", "emails", "aliases", "organization", "organization_id", "relation", "is_me"];
    let rows = people.iter().map(|person| {
        [
            person.id.to_string(),
            person.handle.clone(),
            person.name.clone(),
            several(&person.emails),
            several(&person.aliases),
            some(&person.organization),
            some(&person.organization_id),
            person.relation.to_string(),
            person.is_me.to_string(),
        ]
    });
    table("people.csv", header, rows)
}

fn table<const N: usize>(path: &str, header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> File {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let in_memory = "rows of one length are written to memory";
    writer.write_record(header).expect(in_memory);
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned())).expect(in_memory);
    }
    File { path: path.to_owned(), bytes: writer.into_inner().expect(in_memory) }
}

/// The cell so that no spreadsheet computes it.
pub(crate) fn harmless(cell: &str) -> Cow<'_, str> {
    // The full-width signs are what some spreadsheets take for the plain ones.
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if cell.trim_start_matches('\'').starts_with(formula) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

fn some<T: Display>(value: &Option<T>) -> String {
    value.as_ref().map(T::to_string).unwrap_or_default()
}

fn several<T: Display>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join("; ")
}
