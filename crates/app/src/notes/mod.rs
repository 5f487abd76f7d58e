//! Notes: showing, writing, and going back.

mod circle;
mod index;
mod read;
pub mod recover;
mod save;
pub mod sitting;

use throughline_core::model::{MeetingId, NoteOwner, NotePart};
use throughline_store::{Connection, note};

pub use read::read;
pub(crate) use save::{Draft, Writer};

use crate::app::App;
use crate::view::{self, When};
use crate::{Failure, Result, resolve};

/// The text of a part, exactly as it stands in the vault, anchors included; empty where nothing was written.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`.
pub async fn show(app: &App, meeting: &str, part: NotePart) -> Result<view::Note> {
    let conn = &mut *app.look().await?;
    let meeting = resolve::meeting(conn, meeting).await?;
    told(conn, NoteOwner::Meeting(meeting), part, Vec::new()).await
}

/// Makes `text` the whole of a part. What its lines say becomes items; lines that were items keep their ids. `base` is
/// the revision the text started from: where the note has moved on since, both are merged by line, and lines that
/// overlap are both kept.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`, and as writing the vault; then nothing was changed.
pub async fn set(app: &App, meeting: &str, part: NotePart, text: &str, base: Option<i64>) -> Result<view::Note> {
    change(app, meeting, part, "note set", base, |_| text.to_owned()).await
}

/// Adds `text` as a paragraph or list item of its own at the end of a part.
///
/// # Errors
/// As [`set`].
pub async fn append(app: &App, meeting: &str, part: NotePart, text: &str) -> Result<view::Note> {
    change(app, meeting, part, "note append", None, |before| appended(before, text)).await
}

/// `text` behind `before`, on a line of its own.
pub(crate) fn appended(before: &str, text: &str) -> String {
    let ending = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let mut joined = before.to_owned();
    if !joined.is_empty() && !joined.ends_with(['\n', '\r']) {
        joined.push_str(ending);
    }
    joined.push_str(text);
    if !joined.is_empty() && !joined.ends_with(['\n', '\r']) {
        joined.push_str(ending);
    }
    joined
}

async fn change(
    app: &App,
    meeting: &str,
    part: NotePart,
    command: &str,
    base: Option<i64>,
    text: impl FnOnce(&str) -> String,
) -> Result<view::Note> {
    let mut writer = Writer::begin(app).await?;
    let id = resolve::meeting(&mut writer.tx, meeting).await?;
    let owner = NoteOwner::Meeting(id);
    let before = note::get(&mut writer.tx, owner, part).await?;
    let text = text(before.as_ref().map_or("", |note| note.text.as_str()));
    let warnings = writer.save(Draft { owner, part, text: &text, base }).await?;
    let told = told(&mut writer.tx, owner, part, warnings).await?;
    writer.commit(command).await?;
    Ok(told)
}

/// What a part was, each time it was saved; newest first.
///
/// # Errors
/// As [`show`].
pub async fn history(app: &App, meeting: &str, part: NotePart) -> Result<view::NoteHistory> {
    let conn = &mut *app.look().await?;
    let meeting = resolve::meeting(conn, meeting).await?;
    let mut revisions = Vec::new();
    if let Some(note) = note::get(conn, NoteOwner::Meeting(meeting), part).await? {
        for revision in note::revisions(conn, note.id).await? {
            revisions.push(view::NoteRevision {
                revision: revision.revision,
                at: When::at(revision.at, app.clock().zone),
                bytes: usize::try_from(revision.bytes).unwrap_or(0),
            });
        }
    }
    revisions.sort_by_key(|revision| std::cmp::Reverse(revision.revision));
    Ok(view::NoteHistory { revisions })
}

/// A part as it was at a revision.
///
/// # Errors
/// `unknown_revision`, `unknown_meeting`, `ambiguous`.
pub async fn revision(app: &App, meeting: &str, part: NotePart, revision: i64) -> Result<view::Note> {
    let conn = &mut *app.look().await?;
    let id = resolve::meeting(conn, meeting).await?;
    let text = at_revision(conn, NoteOwner::Meeting(id), part, revision).await?;
    Ok(view::Note { meeting_id: Some(id), part, text, revision, warnings: Vec::new() })
}

async fn at_revision(conn: &mut Connection, owner: NoteOwner, part: NotePart, revision: i64) -> Result<String> {
    let text = match note::get(conn, owner, part).await? {
        Some(note) => note::revision(conn, note.id, revision).await?,
        None => None,
    };
    text.ok_or_else(|| {
        Failure::new("unknown_revision", format!("This note has no revision {revision}."))
            .hint("`throughline note history` lists them.")
    })
}

/// Makes a part what it was at a revision; a revision of its own, so that nothing in between is lost.
///
/// # Errors
/// `unknown_revision`, and as [`set`].
pub async fn restore(app: &App, meeting: &str, part: NotePart, revision: i64) -> Result<view::Note> {
    let mut writer = Writer::begin(app).await?;
    let id = resolve::meeting(&mut writer.tx, meeting).await?;
    let owner = NoteOwner::Meeting(id);
    let text = at_revision(&mut writer.tx, owner, part, revision).await?;
    let warnings = writer.save(Draft { owner, part, text: &text, base: None }).await?;
    let told = told(&mut writer.tx, owner, part, warnings).await?;
    writer.commit("note restore").await?;
    Ok(told)
}

/// A note as told.
pub(crate) async fn told(
    conn: &mut Connection,
    owner: NoteOwner,
    part: NotePart,
    warnings: Vec<String>,
) -> Result<view::Note> {
    let note = note::get(conn, owner, part).await?;
    let meeting_id: Option<MeetingId> = match owner {
        NoteOwner::Meeting(id) => Some(id),
        NoteOwner::Person(_) => None,
    };
    let (text, revision) = note.map_or((String::new(), 0), |note| (note.text, note.revision));
    Ok(view::Note { meeting_id, part, text, revision, warnings })
}

#[cfg(test)]
mod tests {
    use super::appended;

    #[test]
    fn appended_text_stands_on_lines_of_its_own() {
        for (before, text, expected) in [
            ("", "a", "a\n"),
            ("a", "b", "a\nb\n"),
            ("a\n", "b\n", "a\nb\n"),
            ("a\r\n", "b", "a\r\nb\r\n"),
            ("a\n\n", "b", "a\n\nb\n"),
        ] {
            assert_eq!(appended(before, text), expected, "{before:?} + {text:?}");
        }
    }
}
