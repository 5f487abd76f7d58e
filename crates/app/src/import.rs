//! Importing a folder of minutes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::{Duration, NaiveDate};
use throughline_core::minutes::{self, MatchCandidate, Minutes, MinutesAttendee};
use throughline_core::model::{MeetingId, NoteOwner, NotePart, PersonId, Source, Times, resolve_local};
use throughline_core::note::strip_anchors;
use throughline_core::people::name_matches;
use throughline_store::attendance::{Added, Origin};
use throughline_store::import::{self as imports, Imported};
use throughline_store::meeting::Edge;
use throughline_store::{Kind, attendance, item, meeting, note};

use crate::app::App;
use crate::directory::Described;
use crate::meetings::local;
use crate::notes::{Draft, Writer, appended};
use crate::progress::Progress;
use crate::tell::Teller;
use crate::view;
use crate::{Failure, Result, store_people, sync};

/// Files with other endings are not looked at in a folder.
const ENDINGS: [&str; 4] = ["md", "markdown", "mdown", "txt"];

/// Makes minutes into meetings with notes: each file is attached to the meeting it is surely of, else one is made. A
/// file that was imported before and has not changed adds nothing; all of it is one command.
///
/// # Errors
/// `file_unreadable`. A file that is no text, or says no date, is told in the answer and costs only itself.
pub async fn minutes(app: &App, paths: &[PathBuf], progress: &dyn Progress) -> Result<view::Import> {
    let files = read_files(paths).await?;
    progress.start("Importing minutes", Some(files.len() as u64));
    let dates: Vec<NaiveDate> = files.iter().filter_map(|file| file.minutes.as_ref()?.date).collect();
    let (first, last) = (dates.iter().min().copied(), dates.iter().max().copied());
    sync::expand(app, first, last).await?;
    let mut writer = Writer::begin(app).await?;
    writer.imported = true;
    let mut told = Vec::with_capacity(files.len());
    for (done, file) in files.iter().enumerate() {
        told.push(import(&mut writer, file).await?);
        progress.step(done as u64 + 1);
    }
    writer.commit("import minutes").await?;
    progress.finish();
    Ok(view::Import { files: told })
}

/// A file as read.
struct File {
    /// Relative to the folder named, with forward slashes.
    path: String,
    digest: Vec<u8>,
    text: String,
    /// None where it is no text.
    minutes: Option<Minutes>,
}

async fn read_files(paths: &[PathBuf]) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for path in paths {
        let found = tokio::fs::metadata(path).await.map_err(|_| unreadable(path))?;
        if found.is_dir() {
            let mut inside = Vec::new();
            list(path, &mut inside)?;
            for file in inside {
                let relative = file.strip_prefix(path).unwrap_or(&file);
                files.push(read_file(&file, relative).await?);
            }
        } else {
            let name = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            files.push(read_file(path, &name).await?);
        }
    }
    Ok(files)
}

/// Every file of minutes under a folder, by path; hidden ones and what they hold are left out.
fn list(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    let entries = std::fs::read_dir(folder).map_err(|_| unreadable(folder))?;
    let mut entries: Vec<_> = entries.filter_map(std::result::Result::ok).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        // A link may lead in circles; it is not followed.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list(&path, into)?,
            Ok(kind) if kind.is_file() => {
                let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
                if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
                    into.push(path);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn unreadable(path: &Path) -> Failure {
    Failure::new("file_unreadable", format!("`{}` cannot be read.", path.display())).hint("Check the path.")
}

async fn read_file(file: &Path, relative: &Path) -> Result<File> {
    let bytes = tokio::fs::read(file).await.map_err(|_| unreadable(file))?;
    let digest = imports::digest(&bytes);
    let path = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
            let minutes = Some(minutes::read(text.trim_start_matches('\u{feff}'), &path));
            Ok(File { path, digest, text, minutes })
        }
        _ => Ok(File { path, digest, text: String::new(), minutes: None }),
    }
}

async fn import(writer: &mut Writer<'_>, file: &File) -> Result<view::ImportedFile> {
    let mut told = view::ImportedFile {
        path: file.path.clone(),
        meeting_id: None,
        matched: false,
        unchanged: false,
        refused: file.minutes.is_none(),
        attendees: Vec::new(),
        actions: Vec::new(),
        decisions: Vec::new(),
        questions: Vec::new(),
        warnings: Vec::new(),
    };
    let Some(minutes) = &file.minutes else {
        told.warnings.push("This is not text in UTF-8; it was not imported.".to_owned());
        return Ok(told);
    };
    told.warnings.extend(minutes.warnings.iter().cloned());
    if let Some(before) = imported_before(writer, file).await? {
        told.unchanged = true;
        told.matched = true;
        return tell(writer, told, before.meeting).await;
    }
    let Some(date) = minutes.date else {
        // What was wrong with the date is among the warnings already.
        told.warnings.push("It was not imported.".to_owned());
        return Ok(told);
    };
    let (id, matched) = meeting_of(writer, file, minutes, date).await?;
    told.matched = matched;
    put_people(writer, id, minutes).await?;
    told.warnings.extend(put_text(writer, id, file).await?);
    tell(writer, told, id).await
}

/// Where the file went before, if its text is still there.
async fn imported_before(writer: &mut Writer<'_>, file: &File) -> Result<Option<Imported>> {
    let Some(before) = imports::by_digest(&mut writer.tx, &file.digest).await? else { return Ok(None) };
    let there = note::get(&mut writer.tx, NoteOwner::Meeting(before.meeting), NotePart::Notes).await?;
    Ok(there.filter(|note| !note.text.trim().is_empty()).map(|_| before))
}

/// The meeting the minutes are of, and whether it was there.
async fn meeting_of(
    writer: &mut Writer<'_>,
    file: &File,
    minutes: &Minutes,
    date: NaiveDate,
) -> Result<(MeetingId, bool)> {
    let zone = writer.app.clock().zone;
    let around = meeting::Filter {
        from: Some(Edge::midnight(date - Duration::days(1), zone)),
        to: Some(Edge::midnight(date + Duration::days(2), zone)),
        ..meeting::Filter::default()
    };
    let near = meeting::list(&mut writer.tx, &around).await?;
    let ids: Vec<MeetingId> = near.iter().map(|meeting| meeting.id).collect();
    let taken = imports::of_meetings(&mut writer.tx, &ids).await?;
    if let Some(same) = taken.iter().find(|before| before.path == file.path) {
        return Ok((same.meeting, true));
    }
    let mut people: HashMap<MeetingId, Vec<PersonId>> = HashMap::new();
    for attendance in attendance::of_meetings(&mut writer.tx, &ids).await? {
        people.entry(attendance.meeting_id).or_default().push(attendance.person_id);
    }
    let known = |id: &MeetingId| people.get(id).into_iter().flatten().filter_map(|id| writer.directory.get(*id));
    let candidates: Vec<MatchCandidate> = near
        .into_iter()
        .filter(|meeting| !taken.iter().any(|before| before.meeting == meeting.id))
        .map(|meeting| MatchCandidate {
            id: meeting.id,
            people: known(&meeting.id).map(|person| person.name.clone()).collect(),
            emails: known(&meeting.id).flat_map(|person| person.emails.clone()).collect(),
            title: meeting.title,
            times: meeting.times,
        })
        .collect();
    match minutes::best_match(minutes, &candidates) {
        Some(id) => Ok((id, true)),
        None => Ok((make(writer, minutes, date).await?, false)),
    }
}

async fn make(writer: &mut Writer<'_>, minutes: &Minutes, date: NaiveDate) -> Result<MeetingId> {
    let id: MeetingId = writer.app.id();
    let zone = minutes.zone.unwrap_or(writer.app.clock().zone);
    let times = match minutes.start {
        None => Times::AllDay { start: date, end: date + Duration::days(1) },
        Some(start) => {
            let end = match minutes.end {
                Some(end) if end < start => (date + Duration::days(1)).and_time(end),
                Some(end) => date.and_time(end),
                None => date.and_time(start) + Duration::hours(1),
            };
            Times::Timed { start: resolve_local(date.and_time(start), zone), end: resolve_local(end, zone), zone }
        }
    };
    let title = minutes.title.clone().unwrap_or_else(|| "Meeting".to_owned());
    writer.tx.touch_new(Kind::Meeting, id);
    meeting::put(&mut writer.tx, &[local(id, crate::clean::line(&title), times, Source::Import)]).await?;
    Ok(id)
}

/// Who the minutes list: somebody invited of that name first, then somebody known, else somebody new.
async fn put_people(writer: &mut Writer<'_>, id: MeetingId, minutes: &Minutes) -> Result<()> {
    let invited: Vec<PersonId> =
        attendance::of_meetings(&mut writer.tx, &[id]).await?.into_iter().map(|at| at.person_id).collect();
    writer.nicknames.clear();
    let mut added: Vec<Added> = Vec::new();
    for attendee in &minutes.attendees {
        let Some(person) = person_of(writer, &invited, attendee) else { continue };
        let mut nicknames = attendee.aliases.clone();
        nicknames.extend(attendee.initials.clone());
        nicknames.push(attendee.name.clone());
        writer.nicknames.entry(person).or_default().extend(nicknames);
        if !added.iter().any(|other| other.person == person) {
            added.push(Added {
                meeting: id,
                person,
                origin: Origin::Minutes,
                role: attendee.role,
                response: attendee.response,
                present: attendee.present,
            });
        }
    }
    store_people::put_changes(&mut writer.tx, &mut writer.directory).await?;
    writer.tx.touch(Kind::Attendance, id).await?;
    Ok(attendance::add(&mut writer.tx, &added).await?)
}

fn person_of(writer: &mut Writer<'_>, invited: &[PersonId], attendee: &MinutesAttendee) -> Option<PersonId> {
    let described =
        Described { name: Some(&attendee.name), email: attendee.email.as_deref(), handle: attendee.handle.as_deref() };
    if attendee.email.is_none() {
        let handle = attendee.handle.as_deref().and_then(|handle| writer.directory.by_handle(handle));
        let matching = |id: &&PersonId| {
            writer.directory.get(**id).is_some_and(|person| name_matches(&attendee.name, &person.name))
        };
        let mut fitting = invited.iter().filter(matching);
        if handle.is_none()
            && let (Some(only), None) = (fitting.next().copied(), fitting.next())
        {
            writer.directory.learn_handle(only, attendee.handle.as_deref());
            return Some(only);
        }
    }
    let app = writer.app;
    writer.directory.find_or_make(described, &mut || app.id())
}

/// The file's text becomes the notes; where something is written there already, it goes behind it. A file that was
/// imported before in another wording is merged with what was written since.
async fn put_text(writer: &mut Writer<'_>, id: MeetingId, file: &File) -> Result<Vec<String>> {
    let (owner, part) = (NoteOwner::Meeting(id), NotePart::Notes);
    let there = note::get(&mut writer.tx, owner, part).await?;
    let before = imports::of_meetings(&mut writer.tx, &[id]).await?.into_iter().find(|one| one.path == file.path);
    let (text, base) = match (&there, before) {
        (Some(_), Some(before)) => (file.text.clone(), Some(before.revision)),
        (Some(note), None) if strip_anchors(&note.text).trim() == strip_anchors(&file.text).trim() => {
            (note.text.clone(), None)
        }
        (Some(note), None) if !note.text.trim().is_empty() => {
            (appended(&(appended(&note.text, "") + "\n"), &file.text), None)
        }
        _ => (file.text.clone(), None),
    };
    let warnings = writer.save(Draft { owner, part, text: &text, base }).await?;
    let revision = note::get(&mut writer.tx, owner, part).await?.map_or(0, |note| note.revision);
    let imported = Imported { meeting: id, path: file.path.clone(), revision };
    imports::put(&mut writer.tx, &file.digest, &imported).await?;
    Ok(warnings)
}

async fn tell(writer: &mut Writer<'_>, mut told: view::ImportedFile, id: MeetingId) -> Result<view::ImportedFile> {
    let items = item::of_meeting(&mut writer.tx, id).await?;
    for found in items.into_iter().filter(|item| item.part == NotePart::Notes) {
        match found.kind {
            throughline_core::model::ItemKind::Action => told.actions.push(found.id),
            throughline_core::model::ItemKind::Decision => told.decisions.push(found.id),
            throughline_core::model::ItemKind::Question => told.questions.push(found.id),
        }
    }
    let clock = *writer.app.clock();
    let meeting = Teller::new(&mut writer.tx, clock).meeting_by_id(id).await?;
    told.attendees = meeting.map(|meeting| meeting.attendees).unwrap_or_default();
    told.meeting_id = Some(id);
    Ok(told)
}
