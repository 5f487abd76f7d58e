//! Sittings at a note: many saves, one entry in the change log. What things were like when a sitting began is kept in the
//! vault, so that one cut short can be closed on the next open.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use throughline_core::model::NoteId;

use crate::change::{self, Change, Delta};
use crate::tx::{Entry, Write};
use crate::value::{json, moment, read_instant, read_json};
use crate::{Connection, Kind, Result, ids, image};

/// The command that a sitting's entry names.
pub const COMMAND: &str = "note";

/// An open sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// The note.
    pub note: NoteId,
    /// When it began.
    pub began: DateTime<Utc>,
    /// When it was last saved.
    pub saved: DateTime<Utc>,
}

/// The open sittings, oldest first.
pub async fn open(conn: &mut Connection) -> Result<Vec<Sitting>> {
    let rows =
        sqlx::query!(r#"SELECT note_id AS "note: uuid::Uuid", began, saved FROM sitting ORDER BY began, note_id"#)
            .fetch_all(conn)
            .await?;
    rows.into_iter()
        .map(|row| {
            let (began, saved) = (read_instant(&row.began)?, read_instant(&row.saved)?);
            Ok(Sitting { note: NoteId(row.note), began, saved })
        })
        .collect()
}

/// Whether an open sitting has changed something that an entry of the log speaks of, as it must have done since: a
/// command closes the sittings at what it changes.
pub async fn touches(conn: &mut Connection, change: &Change) -> Result<bool> {
    let deltas = change.content.as_ref().map_or(&[][..], |content| &content.deltas);
    Ok(!at(conn, deltas.iter().map(|delta| (delta.kind.as_str(), delta.id.as_str()))).await?.is_empty())
}

/// Writes the one entry of the sitting at `note`, dated at its last save; none where there is no sitting, or where all
/// is as it was before it. To be called before the transaction touches anything else, and followed by a commit.
pub async fn close(tx: &mut Write, note: NoteId, salt: [u8; 32]) -> Result<Option<i64>> {
    finish(tx, note, salt, &BTreeMap::new()).await
}

/// Adds what a save changed to the sitting at `note`.
pub(crate) async fn extend(conn: &mut Connection, note: NoteId, at: DateTime<Utc>, deltas: &[Delta]) -> Result<()> {
    let at = moment(at);
    sqlx::query!(
        "INSERT INTO sitting (note_id, began, saved) VALUES (?1, ?2, ?2) ON CONFLICT DO UPDATE SET saved = ?2",
        note.0,
        at
    )
    .execute(&mut *conn)
    .await?;
    for delta in deltas {
        let (kind, before) = (delta.kind.as_str(), delta.before.as_ref().map(json).transpose()?);
        sqlx::query!(
            "INSERT OR IGNORE INTO sitting_object (note_id, kind, id, before) VALUES (?1, ?2, ?3, ?4)",
            note.0,
            kind,
            delta.id,
            before
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Keeps the image of the note that an item stands in, where somebody sits at it.
pub(crate) async fn beside_item(
    conn: &mut Connection,
    item: &str,
    beside: &mut BTreeMap<(Kind, String), Option<Value>>,
) -> Result<()> {
    let item = ids::parse(item)?;
    let note = sqlx::query_scalar!(
        r#"SELECT s.note_id AS "id!: uuid::Uuid" FROM item i JOIN sitting s ON s.note_id = i.note_id WHERE i.id = ?1"#,
        item
    )
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(note) = note.map(|note| note.to_string())
        && !beside.contains_key(&(Kind::Note, note.clone()))
    {
        let image = image::read(conn, Kind::Note, &note).await?;
        beside.insert((Kind::Note, note), image);
    }
    Ok(())
}

/// Closes the sittings at the notes a command changed: their entries end where the command began, as `was` has it.
pub(crate) async fn close_touched(
    conn: &mut Connection,
    deltas: &[Delta],
    was: &BTreeMap<(Kind, String), Option<Value>>,
    entry: &Entry<'_>,
) -> Result<()> {
    let items = deltas.iter().any(|delta| delta.kind == Kind::Item);
    let notes =
        was.keys().filter(|(kind, _)| items && *kind == Kind::Note).map(|(kind, id)| (kind.as_str(), id.as_str()));
    let changed = deltas.iter().map(|delta| (delta.kind.as_str(), delta.id.as_str()));
    for note in at(conn, changed.chain(notes)).await? {
        let salt = change::derive_salt(&entry.salt, note.as_bytes());
        finish(conn, NoteId(note), salt, was).await?;
    }
    Ok(())
}

/// The notes at which somebody sits whose sitting has changed one of these.
async fn at<'a>(
    conn: &mut Connection,
    objects: impl Iterator<Item = (&'static str, &'a str)> + Send,
) -> Result<Vec<uuid::Uuid>> {
    let objects = json(&objects.collect::<Vec<_>>())?;
    let notes = sqlx::query_scalar!(
        r#"SELECT DISTINCT note_id AS "id: uuid::Uuid" FROM sitting_object
           WHERE (kind, id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?1)) ORDER BY note_id"#,
        objects
    );
    Ok(notes.fetch_all(conn).await?)
}

/// `was` holds images of what this transaction has changed since; all else is read.
async fn finish(
    conn: &mut Connection,
    note: NoteId,
    salt: [u8; 32],
    was: &BTreeMap<(Kind, String), Option<Value>>,
) -> Result<Option<i64>> {
    let Some(saved) =
        sqlx::query_scalar!("SELECT saved FROM sitting WHERE note_id = ?1", note.0).fetch_optional(&mut *conn).await?
    else {
        return Ok(None);
    };
    let rows = sqlx::query!("SELECT kind, id, before FROM sitting_object WHERE note_id = ?1 ORDER BY kind, id", note.0)
        .fetch_all(&mut *conn)
        .await?;
    let mut deltas = Vec::new();
    for row in rows {
        let key = (Kind::read(&row.kind)?, row.id);
        let before: Option<Value> = row.before.as_deref().map(read_json).transpose()?;
        let after = match was.get(&key) {
            Some(image) => image.clone(),
            None => image::read(conn, key.0, &key.1).await?,
        };
        if before != after {
            deltas.push(Delta { kind: key.0, id: key.1, before, after });
        }
    }
    sqlx::query!("DELETE FROM sitting WHERE note_id = ?1", note.0).execute(&mut *conn).await?;
    if deltas.is_empty() {
        return Ok(None);
    }
    let entry = Entry { command: COMMAND, at: read_instant(&saved)?, undoes: None, salt };
    change::append(conn, &entry, &deltas).await.map(Some)
}
