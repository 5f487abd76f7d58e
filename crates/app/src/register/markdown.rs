//! A register as Markdown. Everything from notes and calendars shows as it is, and begins no block of its own.

use std::fmt::Write as _;

use super::page::{
    NOTE, Old, OldEntry, confirmed, count, day, moment, range, read_day, recap, room, sittings, title, who, written,
};
use crate::export::{escape, opening};
use crate::view::Register;

pub(super) fn write(register: &Register) -> String {
    let mut out = format!("# {}\n\n", escape(&title(register)));
    let about = [
        ("Organization", escape(&register.organization)),
        ("Range", range(register)),
        ("Entries", count(register)),
        ("Made", moment(register.generated_at)),
        ("Times of", register.zone.clone()),
        ("Head", format!("`{}`", register.head)),
    ];
    for (label, value) in about {
        field(&mut out, label, &value);
    }
    let _ = write!(out, "\n{NOTE}\n");
    for sitting in sittings(register) {
        let _ = write!(out, "\n## {} · {}\n\n", day(sitting.date), escape(sitting.title));
        if let Some(first) = sitting.entries.first() {
            let (label, names) = room(first);
            field(&mut out, label, &escape(&names));
            if let Some(sent) = recap(first) {
                field(&mut out, "Recap sent", &escape(&sent));
            }
        }
        for entry in sitting.entries {
            let kind = if entry.kind == "decision" { "Decision" } else { "Commitment" };
            let _ = write!(out, "\n### {kind} ^{}\n\n> {}\n\n", entry.anchor, opening(&entry.text));
            field(&mut out, "Status", &entry.status);
            let (label, names) = who(entry);
            if let Some(names) = names {
                field(&mut out, label, &escape(&names));
            }
            if let Some(due) = entry.due {
                field(&mut out, "Due", &day(due));
            }
            field(&mut out, "First written", &written(entry));
            if let Some(said) = confirmed(entry) {
                field(&mut out, "Confirmed by", &escape(&said));
            }
            if let Some(anchor) = &entry.supersedes {
                field(&mut out, "In place of", &format!("^{anchor}"));
            }
            if let Some(anchor) = &entry.superseded_by {
                field(&mut out, "Superseded by", &format!("^{anchor}"));
            }
            for line in entry.rationale.iter().flat_map(|why| why.lines()) {
                field(&mut out, "Why", &opening(line));
            }
        }
    }
    if register.entries.is_empty() {
        out.push_str("\nNothing was decided or promised in these meetings.\n");
    }
    out
}

fn field(out: &mut String, label: &str, value: &str) {
    let _ = writeln!(out, "- **{label}:** {value}");
}

/// A document as [`write`] made it; none where it is another.
pub(super) fn read(text: &str) -> Option<Old> {
    let mut old = Old::default();
    let (mut date, mut meeting) = (None, String::new());
    for line in text.lines().map(str::trim_end) {
        if let Some(rest) = line.strip_prefix("### ") {
            let (kind, anchor) = rest.split_once(" ^")?;
            old.entries.push(OldEntry {
                anchor: anchor.to_owned(),
                kind: kind.to_lowercase(),
                date,
                meeting: meeting.clone(),
                ..OldEntry::default()
            });
        } else if let Some(rest) = line.strip_prefix("## ") {
            let (on, title) = rest.split_once(" · ")?;
            (date, meeting) = (read_day(on), plain(title));
        } else if let (Some(rest), Some(entry)) = (line.strip_prefix("> "), old.entries.last_mut()) {
            entry.text = plain(rest);
        } else if let Some((label, value)) = line.strip_prefix("- **").and_then(|rest| rest.split_once(":** ")) {
            about(&mut old, label, value);
        }
    }
    (!old.head.is_empty()).then_some(old)
}

fn about(old: &mut Old, label: &str, value: &str) {
    let Some(entry) = old.entries.last_mut() else {
        match label {
            "Organization" => old.organization = plain(value),
            "Times of" => value.clone_into(&mut old.zone),
            "Head" => value.trim_matches('`').clone_into(&mut old.head),
            _ => {}
        }
        return;
    };
    match label {
        "Status" => value.clone_into(&mut entry.status),
        "Decided by" => entry.decided_by = plain(value),
        "To be done by" => entry.owners = plain(value),
        "Due" => entry.due = read_day(value),
        "Why" => {
            let why = entry.rationale.get_or_insert_default();
            if !why.is_empty() {
                why.push('\n');
            }
            why.push_str(&plain(value));
        }
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
