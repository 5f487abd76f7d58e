//! A register as Markdown. Everything from notes and calendars shows as it is, and begins no block of its own.

use std::fmt::Write as _;

use super::page::{NOTE, NOTES, Page, PageEntry, day, read_day, sittings, title};
use super::strange::{Strange, first_other};
use crate::export::{escape, opening};

pub(super) fn write(page: &Page) -> String {
    with_note(page, NOTE)
}

fn with_note(page: &Page, note: &str) -> String {
    let mut out = format!("# {}\n\n", escape(&title(&page.organization)));
    let about = [
        ("Organization", escape(&page.organization)),
        ("Range", page.range.clone()),
        ("Entries", page.count.clone()),
        ("Made", page.made.clone()),
        ("Times of", page.zone.clone()),
        ("Head", format!("`{}`", page.head)),
    ];
    for (label, value) in about {
        field(&mut out, label, &value);
    }
    let _ = write!(out, "\n{note}\n");
    for (first, entries) in sittings(page) {
        let _ = write!(out, "\n## {} · {}\n\n", first.date.map(day).unwrap_or_default(), escape(&first.meeting));
        if let Some((label, names)) = first.present.split_once(": ") {
            field(&mut out, label, &escape(names));
        }
        optional(&mut out, "Recap sent", &escape(&first.recap));
        for entry in entries {
            let kind = if entry.kind == "decision" { "Decision" } else { "Commitment" };
            let _ = write!(out, "\n### {kind} ^{}\n\n> {}\n\n", entry.anchor, opening(&entry.text));
            field(&mut out, "Status", &entry.status);
            if let Some((label, names)) = entry.who() {
                field(&mut out, label, &escape(names));
            }
            optional(&mut out, "Due", &entry.due.map(day).unwrap_or_default());
            field(&mut out, "First written", &entry.written);
            optional(&mut out, "Confirmed by", &escape(&entry.confirmed));
            optional(&mut out, "In place of", &entry.supersedes);
            optional(&mut out, "Superseded by", &entry.superseded_by);
            for line in entry.rationale.iter().flat_map(|why| why.lines()) {
                field(&mut out, "Why", &opening(line));
            }
        }
    }
    if page.entries.is_empty() {
        out.push_str("\nNothing was decided or promised in these meetings.\n");
    }
    out
}

fn optional(out: &mut String, label: &str, value: &str) {
    if !value.is_empty() {
        field(out, label, value);
    }
}

fn field(out: &mut String, label: &str, value: &str) {
    let _ = writeln!(out, "- **{label}:** {value}");
}

/// Whose lines are being read.
enum Of {
    Register,
    Sitting,
    Entry,
}

/// A document as [`write`] made it, and what in it is of nothing that a register says; none where it is another document.
pub(super) fn read(text: &str) -> Option<(Page, Option<Strange>)> {
    let mut page = Page::default();
    let (mut of, mut sitting) = (Of::Register, PageEntry::default());
    for line in text.lines().map(str::trim_end) {
        if let Some((kind, anchor)) = line.strip_prefix("### ").and_then(|rest| rest.split_once(" ^")) {
            of = Of::Entry;
            page.entries.push(PageEntry { anchor: anchor.to_owned(), kind: kind.to_lowercase(), ..sitting.clone() });
        } else if let Some((on, title)) = line.strip_prefix("## ").and_then(|rest| rest.split_once(" · ")) {
            of = Of::Sitting;
            sitting = PageEntry { date: read_day(on), meeting: plain(title), ..PageEntry::default() };
        } else if let (Some(rest), Some(entry)) = (line.strip_prefix("> "), page.entries.last_mut()) {
            entry.text = plain(rest);
        } else if let Some((label, value)) = line.strip_prefix("- **").and_then(|rest| rest.split_once(":** ")) {
            match of {
                Of::Register => about_register(&mut page, label, value),
                Of::Sitting if label == "Recap sent" => sitting.recap = plain(value),
                Of::Sitting if matches!(label, "Present" | "Invited") => {
                    sitting.present = format!("{label}: {}", plain(value));
                }
                Of::Sitting => {}
                Of::Entry => page.entries.last_mut().into_iter().for_each(|entry| about_entry(entry, label, value)),
            }
        }
    }
    if page.head.is_empty() {
        return None;
    }
    let note = NOTES.into_iter().find(|note| text.contains(note)).unwrap_or(NOTE);
    let strange = first_other(lines(text), lines(&with_note(&page, note)));
    Some((page, strange))
}

/// The lines that are compared: mail and editors change where lines and files end.
fn lines(text: &str) -> impl Iterator<Item = (usize, String)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end().to_owned()));
    lines.filter(|(_, line)| !line.is_empty())
}

fn about_register(page: &mut Page, label: &str, value: &str) {
    match label {
        "Organization" => page.organization = plain(value),
        "Range" => value.clone_into(&mut page.range),
        "Entries" => value.clone_into(&mut page.count),
        "Made" => value.clone_into(&mut page.made),
        "Times of" => value.clone_into(&mut page.zone),
        "Head" => value.trim_matches('`').clone_into(&mut page.head),
        _ => {}
    }
}

fn about_entry(entry: &mut PageEntry, label: &str, value: &str) {
    match label {
        "Status" => value.clone_into(&mut entry.status),
        "Decided by" => entry.decided_by = plain(value),
        "To be done by" => entry.owners = plain(value),
        "Due" => entry.due = read_day(value),
        "First written" => value.clone_into(&mut entry.written),
        "Confirmed by" => entry.confirmed = plain(value),
        "In place of" => value.clone_into(&mut entry.supersedes),
        "Superseded by" => value.clone_into(&mut entry.superseded_by),
        "Why" => entry.because(&plain(value)),
        _ => {}
    }
}

/// The text that was escaped: a backslash before a sign goes.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.next_if(|next| c == '\\' && next.is_ascii_punctuation()) {
            Some(sign) => out.push(sign),
            None => out.push(c),
        }
    }
    out
}
