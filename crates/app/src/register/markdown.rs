//! A register as Markdown. Everything from notes and calendars shows as it is, and begins no block of its own.

use std::fmt::Write as _;

use super::page::{
    NOTE, Old, OldEntry, confirmed, count, day, first, moment, range, read_day, recap, room, sittings, title, who,
    written,
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

/// Whose lines are being read.
enum Of {
    Register,
    Sitting,
    Entry,
}

/// A document as [`write`] made it; none where it is another.
pub(super) fn read(text: &str) -> Option<Old> {
    let mut old = Old::default();
    let (mut of, mut date, mut meeting, mut present) = (Of::Register, None, String::new(), String::new());
    for line in text.lines().map(str::trim_end) {
        if let Some(rest) = line.strip_prefix("### ") {
            let (kind, anchor) = rest.split_once(" ^")?;
            of = Of::Entry;
            old.entries.push(OldEntry {
                anchor: anchor.to_owned(),
                kind: kind.to_lowercase(),
                date,
                meeting: meeting.clone(),
                present: present.clone(),
                ..OldEntry::default()
            });
        } else if let Some(rest) = line.strip_prefix("## ") {
            let (on, title) = rest.split_once(" · ")?;
            (of, date, meeting, present) = (Of::Sitting, read_day(on), plain(title), String::new());
        } else if let (Some(rest), Some(entry)) = (line.strip_prefix("> "), old.entries.last_mut()) {
            entry.text = plain(rest);
        } else if let Some((label, value)) = line.strip_prefix("- **").and_then(|rest| rest.split_once(":** ")) {
            match of {
                Of::Register => about_register(&mut old, label, value),
                Of::Sitting if matches!(label, "Present" | "Invited") => present = format!("{label}: {}", plain(value)),
                Of::Sitting => {}
                Of::Entry => old.entries.last_mut().into_iter().for_each(|entry| about_entry(entry, label, value)),
            }
        }
    }
    (!old.head.is_empty()).then_some(old)
}

fn about_register(old: &mut Old, label: &str, value: &str) {
    match label {
        "Organization" => old.organization = plain(value),
        "Range" => value.clone_into(&mut old.range),
        "Entries" => value.clone_into(&mut old.count),
        "Made" => value.clone_into(&mut old.made),
        "Times of" => value.clone_into(&mut old.zone),
        "Head" => value.trim_matches('`').clone_into(&mut old.head),
        _ => {}
    }
}

fn about_entry(entry: &mut OldEntry, label: &str, value: &str) {
    match label {
        "Status" => value.clone_into(&mut entry.status),
        "Decided by" => entry.decided_by = plain(value),
        "To be done by" => entry.owners = plain(value),
        "Due" => entry.due = read_day(value),
        "First written" => entry.first_written = first(value),
        "Confirmed by" => entry.confirmed = plain(value).split("; ").map(str::to_owned).collect(),
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
