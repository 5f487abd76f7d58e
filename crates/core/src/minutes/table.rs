//! Tables that list people, or hold the head of minutes as rows of two cells.

use super::entry::is_placeholder;
use super::label::{Group, group};
use super::line::Line;
use super::plain::plain;
use super::split::Raw;
use crate::model::Presence;
use crate::people::fold;

/// A table as cells; the row of dashes is gone.
pub(super) struct Table {
    rows: Vec<(u32, Vec<String>)>,
}

impl Table {
    pub(super) fn of(lines: &[Line]) -> Self {
        let rows = lines.iter().map(|line| (line.number, cells(&line.text)));
        Self { rows: rows.filter(|(_, cells)| !cells.iter().all(|cell| is_dashes(cell))).collect() }
    }

    /// Rows that are "label | value", the header row too.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, String, &str)> {
        self.rows.iter().filter_map(|(line, cells)| {
            let [label, value, rest @ ..] = cells.as_slice() else { return None };
            (rest.iter().all(String::is_empty) && !label.is_empty()).then(|| (*line, plain(label), value.as_str()))
        })
    }

    /// The header's cells with those of the first row.
    pub(super) fn first(&self) -> impl Iterator<Item = (String, &str)> {
        let (header, row) = (self.rows.first(), self.rows.get(1));
        let cells = header.into_iter().zip(row).flat_map(|((_, header), (_, row))| header.iter().zip(row));
        cells.map(|(label, value)| (plain(label), value.as_str()))
    }

    /// The people in it. `within` is the group of the list the table stands in; a table outside any list must say by its
    /// header that it lists people.
    pub(super) fn people(&self, within: Option<Group>) -> Vec<Raw> {
        let Some(((_, header), body)) = self.rows.split_first() else { return Vec::new() };
        let columns: Vec<Column> = header.iter().map(|cell| column(&plain(cell))).collect();
        let name = columns.iter().position(|column| *column == Column::Name);
        let flagged =
            |at: usize| body.iter().any(|(_, row)| row.get(at).is_some_and(|cell| mark(&plain(cell)).is_some()));
        let telling = columns.iter().enumerate().any(|(at, column)| match column {
            Column::Organization | Column::Email | Column::Handle => true,
            Column::Present | Column::Group(_) => flagged(at) || group(&plain(&header[at])).is_some(),
            _ => false,
        });
        if let Some(name) = name.filter(|_| within.is_some() || telling) {
            return self.rows_of(body, &columns, name, within.unwrap_or(Group::PRESENT));
        }
        // Without a column of names, "Present" is no flag: each such column is a list of its own.
        let lists: Vec<(usize, Group)> =
            header.iter().enumerate().filter_map(|(at, cell)| Some((at, group(&plain(cell))?))).collect();
        if !lists.is_empty() {
            // "Date | Attendees | Notes" has a meeting in each row, of which the first is read.
            let rows = if lists.len() == header.len() { body.len() } else { 1 };
            let mut raws = Vec::new();
            for (line, row) in body.iter().take(rows) {
                let cells = lists.iter().filter_map(|(at, group)| Some(raw(row.get(*at)?, *line, *group)));
                raws.extend(cells.filter(|raw| !raw.text.is_empty()));
            }
            return raws;
        }
        let Some(group) = within else { return Vec::new() };
        // No header to go by: names stand first.
        let all = self
            .rows
            .iter()
            .filter(|(_, cells)| cells.first().is_some_and(|cell| column(&plain(cell)) == Column::Other));
        all.map(|(line, cells)| raw(&cells.join(" | "), *line, group))
            .map(|raw| Raw { text: raw.text.replace(" | ", " – "), ..raw })
            .collect()
    }

    fn rows_of(&self, body: &[(u32, Vec<String>)], columns: &[Column], name: usize, within: Group) -> Vec<Raw> {
        let presence: Vec<usize> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| matches!(column, Column::Present | Column::Group(_)))
            .map(|(at, _)| at)
            .collect();
        let marked = body
            .iter()
            .any(|(_, row)| presence.iter().any(|at| row.get(*at).is_some_and(|cell| mark(&plain(cell)).is_some())));
        body.iter()
            .filter_map(|(line, row)| {
                let mut text = row.get(name)?.clone();
                if text.is_empty() || is_placeholder(&plain(&text)) {
                    return None;
                }
                let mut group = within;
                let mut organization = None;
                for (at, column) in columns.iter().enumerate() {
                    let Some(cell) = row.get(at).filter(|cell| !cell.is_empty()) else { continue };
                    match column {
                        Column::Organization => organization = Some(plain(cell)).filter(|cell| !is_placeholder(cell)),
                        Column::Handle => text.push_str(&format!(" (@{})", plain(cell).trim_start_matches('@'))),
                        Column::Email => text.push_str(&format!(" ({})", plain(cell))),
                        Column::Initials | Column::Role => text.push_str(&format!(" ({})", plain(cell))),
                        _ => {}
                    }
                }
                if marked {
                    let said = presence.iter().find_map(|at| Some((columns[*at], mark(&plain(row.get(*at)?))?)));
                    group = match said {
                        // A mark in a column "Apologies" says the opposite of one in "Present".
                        Some((Column::Group(column), Mark::Yes)) => column,
                        Some((Column::Group(column), _)) if column.present == Presence::No => within,
                        Some((_, Mark::Yes)) => within,
                        Some((_, Mark::Said(said))) => said,
                        Some((_, Mark::No)) | None => Group { present: Presence::No, ..within },
                    };
                }
                Some(Raw { organization, ..raw(&text, *line, group) })
            })
            .collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Organization,
    Role,
    Email,
    Handle,
    Initials,
    Present,
    Group(Group),
    Number,
    Other,
}

fn column(header: &str) -> Column {
    match fold(header).trim_matches(|c: char| !c.is_alphanumeric() && c != '#') {
        "name" | "names" | "full name" | "attendee" | "attendees" | "participant" | "participants" | "member"
        | "members" | "person" | "who" | "attendee name" | "attendee(s" | "participant name" | "first name"
        | "invitee" | "invitees" => Column::Name,
        "organisation" | "organization" | "org" | "company" | "affiliation" | "affiliations" | "team" | "employer"
        | "representing" | "department" | "institution" => Column::Organization,
        "role" | "title" | "position" | "function" | "job title" | "roles" => Column::Role,
        "email" | "e-mail" | "mail" | "e-mail address" | "email address" | "contact" => Column::Email,
        "github" | "handle" | "username" | "user" | "github handle" | "github username" | "github id" | "nick"
        | "irc" => Column::Handle,
        "initials" | "initial" | "abbr" | "abbreviation" => Column::Initials,
        "present" | "present?" | "attended" | "attended?" | "attending" | "attendance" | "status" | "here" | "rsvp"
        | "response" | "in attendance" | "present/absent" | "attendance status" | "present (y/n" | "present y/n" => {
            Column::Present
        }
        "#" | "no" | "nr" | "" => Column::Number,
        folded => group(folded).map_or(Column::Other, Column::Group),
    }
}

enum Mark {
    Yes,
    No,
    Said(Group),
}

fn mark(cell: &str) -> Option<Mark> {
    let folded = fold(cell);
    // "✗ (absent)" says more than its cross.
    if let Some(said) = folded.split(['(', ')']).filter_map(group).find(|said| said.present == Presence::No) {
        return Some(Mark::Said(said));
    }
    match folded.trim_matches(['[', ']', '.', ' ', '\u{fe0f}']) {
        "x" | "y" | "yes" | "✓" | "✔" | "✅" | "☑" | "p" | "1" | "true" | "present" | "remote" | "online"
        | "in person" | "late" | "ja" | "oui" | "si" | "sim" | "accepted" | "virtual" | "on site" | "onsite"
        | "zoom" | "phone" | "v" | "attended" | "here" => Some(Mark::Yes),
        "n" | "no" | "✗" | "✘" | "❌" | "☐" | "-" | "–" | "—" | "0" | "false" | "nein" | "non" | "nao" => {
            Some(Mark::No)
        }
        "a" => Some(Mark::Said(Group::REGRETS)),
        "" => None,
        folded => match group(folded) {
            Some(said) if said.present == Presence::Yes => Some(Mark::Yes),
            said => said.map(Mark::Said),
        },
    }
}

fn raw(text: &str, line: u32, group: Group) -> Raw {
    Raw { text: text.trim().to_owned(), line, checked: None, single: true, group, organization: None }
}

/// The cells of a row; `\|` and bars within links stay.
fn cells(row: &str) -> Vec<String> {
    let inner = row.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let (mut cells, mut current, mut escaped, mut link) = (Vec::new(), String::new(), false, false);
    let chars: Vec<char> = inner.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '|' if escaped => {
                current.pop();
                current.push('|');
            }
            '|' if !link => cells.push(std::mem::take(&mut current).trim().replace("**", "")),
            _ => current.push(c),
        }
        link = match (c, at.checked_sub(1).and_then(|before| chars.get(before))) {
            ('[', Some('[')) => true,
            (']', Some(']')) => false,
            _ => link,
        };
        escaped = c == '\\' && !escaped;
    }
    cells.push(current.trim().replace("**", ""));
    cells
}

fn is_dashes(cell: &str) -> bool {
    cell.is_empty() || cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':' | ' ' | '='))
}
