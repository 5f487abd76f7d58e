//! Gathering what is to leave the vault, and writing it.

use std::collections::BTreeSet;
use std::path::Path;

use throughline_core::model::{NoteOwner, NotePart, PersonId};
use throughline_store::{item, meeting, note, organization, person};

use super::{Exported, File, csv, graphml, ics, json, markdown};
use crate::app::App;
use crate::tell::Teller;
use crate::view::{self, When};
use crate::{Failure, Result};

/// Writes the vault to `target`: a folder for `markdown` and `csv`, a file for `json`, `graphml` and `ics`. Private parts
/// and their items stay out, unless `private` asks for them (in `json` only).
///
/// # Errors
/// `unknown_format`, `file_exists`, `file_unwritable`, `disk_full`.
pub async fn run(app: &App, format: &str, target: &Path, private: bool) -> Result<view::Written> {
    if private && format != "json" {
        return Err(Failure::usage("private_only_json", "Private parts go into a JSON export only.")
            .hint("Use `throughline export json --private`."));
    }
    // Never narrowed: what is left out of an export is told by its words alone.
    let exported = gather(&app.through(None), private).await?;
    let files = match format {
        "markdown" => markdown(&exported),
        "csv" => csv(&exported),
        "json" => vec![one(json(&exported))],
        "graphml" => vec![one(graphml(&exported))],
        "ics" => vec![one(ics(&exported))],
        _ => {
            return Err(Failure::usage("unknown_format", "There is no such format.")
                .hint("Formats are markdown, json, csv, graphml and ics."));
        }
    };
    let is_folder = matches!(format, "markdown" | "csv");
    let bytes = write(target, &files, is_folder).await?;
    Ok(view::Written {
        path: target.display().to_string(),
        bytes,
        files: files.len(),
        previous: None,
        at: When::at(app.clock().now, app.clock().zone),
    })
}

/// A file whose path the user gave.
fn one(bytes: Vec<u8>) -> File {
    File { path: String::new(), bytes }
}

async fn gather(app: &App, private: bool) -> Result<Exported> {
    let graph = app.live().await?.graph().visible();
    let conn = &mut *app.read().await?;
    let mut items = item::list(conn, &item::Filter { without_private: !private, ..item::Filter::default() }).await?;
    items.reverse();
    let all = note::all(conn).await?;
    let mut notes = Vec::new();
    let mut running_notes: Vec<(PersonId, String)> = Vec::new();
    for found in all.into_iter().filter(|note| !note.text.is_empty() && (private || note.part != NotePart::Private)) {
        match found.owner {
            NoteOwner::Person(id) => running_notes.push((id, found.text)),
            NoteOwner::Meeting(id) => notes.push(view::Note {
                meeting_id: Some(id),
                part: found.part,
                text: found.text,
                revision: found.revision,
                warnings: Vec::new(),
            }),
        }
    }
    let counts: Vec<_> = organization::all(conn).await?;
    let people = person::all(conn).await?;
    let organizations = counts
        .into_iter()
        .map(|found| view::Organization {
            id: found.id,
            people_count: people.iter().filter(|person| person.organization_id == Some(found.id)).count(),
            name: found.name,
            domains: found.domains,
            last_meeting: None,
        })
        .collect();
    let rows = meeting::all(conn).await?;
    let noted: BTreeSet<_> = notes.iter().filter_map(|note| note.meeting_id).collect();
    let mut teller = Teller::new(conn, *app.clock());
    let told = teller.items(items).await?;
    let mut meetings = teller.meetings(rows).await?;
    for meeting in &mut meetings {
        // A private part alone is nobody's business.
        meeting.has_notes = noted.contains(&meeting.id);
    }
    Ok(Exported {
        now: app.clock().now,
        zone: app.clock().zone,
        people: teller.people(people).await?,
        organizations,
        meetings,
        notes,
        running_notes,
        actions: told.actions,
        decisions: told.decisions,
        questions: told.questions,
        graph,
    })
}

/// Writes the files, a folder made where it is missing; a file that is there is not written over.
async fn write(target: &Path, files: &[File], is_folder: bool) -> Result<u64> {
    let mut bytes = 0;
    if !is_folder && tokio::fs::metadata(target).await.is_ok_and(|found| found.is_dir()) {
        return Err(Failure::new("file_exists", format!("`{}` is a folder.", target.display()))
            .hint("Name a file that is not there yet."));
    }
    for file in files {
        let path = if is_folder { target.join(&file.path) } else { target.to_owned() };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            tokio::fs::create_dir_all(folder).await.map_err(|error| unwritable(folder, &error))?;
        }
        // Written beside and moved into place, so that no half of a file is left.
        let beside = path.with_extension("part");
        tokio::fs::write(&beside, &file.bytes).await.map_err(|error| unwritable(&path, &error))?;
        tokio::fs::rename(&beside, &path).await.map_err(|error| unwritable(&path, &error))?;
        bytes += file.bytes.len() as u64;
    }
    Ok(bytes)
}

/// Writes one file, whether or not it was there; says how many bytes.
pub(crate) async fn write_file(target: &Path, bytes: Vec<u8>) -> Result<u64> {
    write(target, &[one(bytes)], false).await
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return Failure::new("disk_full", "The disk is full.").hint("Make room and try again.");
    }
    Failure::new("file_unwritable", format!("`{}` cannot be written.", path.display())).hint("Check the path.")
}
