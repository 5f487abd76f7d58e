//! A note with its items: text and rows come back together.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use throughline_core::model::{Item, ItemId, Note, NoteId, NoteOwner, NotePart, PersonId};
use uuid::Uuid;

use super::json;
use crate::note::{self, Saved};
use crate::{Connection, Result, item, meeting, person};

#[derive(Serialize, Deserialize)]
pub(super) struct Image {
    owner: NoteOwner,
    part: NotePart,
    text: String,
    topics: Vec<String>,
    mentions: Vec<PersonId>,
    items: Vec<Item>,
}

/// An empty note without items is like none: its row stays, so that its revisions go on counting.
pub(super) async fn read(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    let Some(found) = note::stored(conn, NoteId(id)).await? else {
        return Ok(None);
    };
    let items = item::of_notes_as_stored(conn, &[NoteId(id)]).await?;
    let Saved { note, topics, mentions } = found;
    if note.text.is_empty() && items.is_empty() && topics.is_empty() && mentions.is_empty() {
        return Ok(None);
    }
    json(&Image { owner: note.owner, part: note.part, text: note.text, topics, mentions, items })
}

pub(super) async fn write(conn: &mut Connection, id: Uuid, image: Image, at: DateTime<Utc>) -> Result<()> {
    let there = match image.owner {
        NoteOwner::Meeting(meeting) => !meeting::stored(conn, &[meeting]).await?.is_empty(),
        NoteOwner::Person(person) => person::exists(conn, person).await?,
    };
    if !there {
        return Ok(());
    }
    let id = NoteId(id);
    let now = note::stored(conn, id).await?.map(|found| found.note);
    let (revision, updated_at) = match &now {
        Some(now) if now.text == image.text => (now.revision, now.updated_at),
        _ => (note::last_revision(conn, id).await? + 1, at),
    };
    let note = Note { id, owner: image.owner, part: image.part, text: image.text, revision, updated_at };
    note::save(conn, &[Saved { note, topics: image.topics, mentions: image.mentions }]).await?;
    item::put(conn, &image.items).await
}

/// Takes away the items that the image does not know, and empties a note that was not there.
pub(super) async fn sweep(conn: &mut Connection, id: Uuid, image: Option<&Value>, at: DateTime<Utc>) -> Result<()> {
    let id = NoteId(id);
    let keep: Vec<ItemId> = match image {
        Some(image) => super::parse::<Image>(image)?.items.iter().map(|item| item.id).collect(),
        None => Vec::new(),
    };
    let now = item::of_notes_as_stored(conn, &[id]).await?;
    let gone: Vec<ItemId> = now.iter().map(|item| item.id).filter(|id| !keep.contains(id)).collect();
    item::delete(conn, &gone).await?;
    if let (None, Some(Saved { note, .. })) = (image, note::stored(conn, id).await?) {
        let revision = if note.text.is_empty() { note.revision } else { note.revision + 1 };
        let note = Note { text: String::new(), revision, updated_at: at, ..note };
        note::save(conn, &[Saved { note, topics: Vec::new(), mentions: Vec::new() }]).await?;
    }
    Ok(())
}

pub(super) async fn read_item(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    let found = item::as_stored(conn, &[ItemId(id)]).await?;
    found.first().map_or(Ok(None), json)
}

pub(super) async fn write_item(conn: &mut Connection, image: Item) -> Result<()> {
    if note::stored(conn, image.note_id).await?.is_none() {
        return Ok(());
    }
    item::put(conn, &[image]).await
}

pub(super) async fn take_item(conn: &mut Connection, id: Uuid) -> Result<()> {
    item::delete(conn, &[ItemId(id)]).await
}
