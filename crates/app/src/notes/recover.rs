//! What was typed when a program ended before it could save: taken up when the next one begins.

use throughline_core::model::NoteOwner;
use throughline_store::draft::{self, Left};
use throughline_store::{Connection, meeting, note, person};

use super::sitting::{left, recovered};
use super::{Draft, Writer};
use crate::Result;
use crate::app::App;
use crate::view;

/// Puts what programs that ended had typed and not saved into its notes, where these are as they were when it was typed:
/// one entry in the change log. Where a note has moved on since, or is there no more, the draft stays for whoever opens
/// the note. Says what was found waiting, oldest first. Drafts of open editors, here and elsewhere, are left alone.
///
/// # Errors
/// As reading and writing the vault; then every draft stays.
pub async fn take_up(app: &App) -> Result<Vec<view::TakenUp>> {
    let waiting = left(app).await?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let mut writer = Writer::begin(app).await?;
    let mut found = Vec::with_capacity(waiting.len());
    let mut done: Vec<&Left> = Vec::new();
    for left in &waiting {
        let draft = &left.draft;
        let (meeting_id, person_id) = match draft.owner {
            NoteOwner::Meeting(id) => (Some(id), None),
            NoteOwner::Person(id) => (None, Some(id)),
        };
        let Some(title) = title(&mut writer.tx, draft.owner).await? else { continue };
        let stored = note::get(&mut writer.tx, draft.owner, draft.part).await?;
        let (text, revision) = stored.as_ref().map_or(("", 0), |note| (note.text.as_str(), note.revision));
        let id = stored.as_ref().map(|note| note.id);
        let news = recovered(&mut writer.tx, id, text, std::slice::from_ref(left)).await?;
        // Saved, and ended before the draft could go.
        if news.is_none() {
            done.push(left);
            continue;
        }
        let is_saved = revision == draft.base;
        if is_saved {
            writer.save(Draft { owner: draft.owner, part: draft.part, text: &draft.text, base: None }).await?;
            done.push(left);
        }
        found.push(view::TakenUp { meeting_id, person_id, title, part: draft.part, is_saved });
    }
    if found.iter().any(|one| one.is_saved) {
        writer.commit("note recover").await?;
    }
    for left in done {
        draft::discard(left)?;
    }
    Ok(found)
}

async fn title(conn: &mut Connection, owner: NoteOwner) -> Result<Option<String>> {
    Ok(match owner {
        NoteOwner::Meeting(id) => meeting::get(conn, id).await?.map(|meeting| meeting.title),
        NoteOwner::Person(id) => person::get(conn, id).await?.map(|person| person.name),
    })
}
