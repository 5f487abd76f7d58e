use std::collections::BTreeMap;

use super::world::world;
use crate::export::csv::harmless;
use crate::export::{File, csv};

/// The rows of a file as a reader gets them, cells made harmless brought back.
fn rows(files: &[File], path: &str) -> Vec<BTreeMap<String, String>> {
    let file = files.iter().find(|file| file.path == path).unwrap();
    let mut reader = ::csv::Reader::from_reader(file.bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let row = |row: Result<::csv::StringRecord, _>| {
        let row = row.unwrap();
        header.iter().zip(row.iter()).map(|(name, cell)| (name.to_owned(), original(cell))).collect()
    };
    reader.records().map(row).collect()
}

fn original(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if harmless(rest) != rest => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

#[test]
fn cells_a_spreadsheet_would_compute_get_an_apostrophe_and_can_be_brought_back() {
    for (cell, written) in [
        ("=1+1", "'=1+1"),
        ("+351 21", "'+351 21"),
        ("-1", "'-1"),
        ("@ana to send", "'@ana to send"),
        ("\t=1", "'\t=1"),
        ("\r\n=1", "'\r\n=1"),
        ("\u{ff1d}1", "'\u{ff1d}1"),
        ("'=1", "''=1"),
        ("''@x", "'''@x"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
        ("2026-11-22", "2026-11-22"),
        ("", ""),
    ] {
        assert_eq!(harmless(cell), written, "{cell:?}");
        assert_eq!(original(written), cell);
    }
}

#[test]
fn what_is_read_back_is_what_was_there() {
    let exported = world(false);
    let files = csv(&exported);
    let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    let expected = ["meetings.csv", "attendees.csv", "actions.csv", "decisions.csv", "questions.csv", "people.csv"];
    assert_eq!(paths, expected);

    let meetings = rows(&files, "meetings.csv");
    assert_eq!(meetings.len(), 3);
    for (row, meeting) in meetings.iter().zip(&exported.meetings) {
        assert_eq!(row["id"], meeting.id.to_string());
        assert_eq!(row["title"], meeting.title);
        assert_eq!(row["start"], meeting.start.to_string());
        assert_eq!(row["purpose"], meeting.purpose.clone().unwrap_or_default());
        assert_eq!(row["calendars"].split("; ").count(), 2);
    }
    assert_eq!(meetings[2]["start"], "2026-12-24");
    let attendees = rows(&files, "attendees.csv");
    assert_eq!(attendees.len(), 4);
    assert_eq!((attendees[1]["name"].as_str(), attendees[1]["response"].as_str()), ("=Ben; O'Dé^, Jr.", ""));
    let actions = rows(&files, "actions.csv");
    assert_eq!(actions[0]["text"], exported.actions[0].text);
    assert_eq!((actions[0]["due"].as_str(), actions[0]["blocked_by"].as_str()), ("2026-11-27", ""));
    let decisions = rows(&files, "decisions.csv");
    assert_eq!(decisions[0]["rationale"], "+ It is small\n- It is one file");
    assert_eq!((decisions[0]["status"].as_str(), decisions[1]["status"].as_str()), ("holds", "superseded"));
    assert_eq!(decisions[0]["supersedes"], decisions[1]["id"]);
    assert_eq!(rows(&files, "questions.csv")[1]["meeting_id"], "");
    assert_eq!(rows(&files, "people.csv")[0]["emails"], "ana@acme.com; a@home.example");
}

#[test]
fn no_cell_begins_as_a_formula_and_lines_end_in_crlf() {
    for File { path, bytes } in csv(&world(true)) {
        assert!(bytes.ends_with(b"\r\n"), "{path}");
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        for row in reader.records() {
            for cell in &row.unwrap() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{path}: {cell}");
            }
        }
    }
}
