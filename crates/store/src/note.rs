//! Notes and their past.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use throughline_core::model::{MeetingId, Note, NoteId, NoteOwner, NotePart, PersonId};
use uuid::Uuid;

use crate::value::{BATCH, corrupt, in_order, json, json_ids, moment, read_instant, read_json, read_word};
use crate::{Connection, Result, item, search};

/// A note with what its text says outside items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The note. Its revision is the caller's to raise: one above [`last_revision`].
    pub note: Note,
    /// Topics outside items, lower case, without `#`.
    pub topics: Vec<String>,
    /// People named with a handle outside items.
    pub mentions: Vec<PersonId>,
}

/// A saved text in a note's past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub revision: i64,
    /// When it was saved.
    pub at: DateTime<Utc>,
    /// How long it is, in bytes of UTF-8.
    pub bytes: i64,
}

/// The note of a meeting's part, or a person's running note. A person merged into another keeps their own.
pub async fn get(conn: &mut Connection, owner: NoteOwner, part: NotePart) -> Result<Option<Note>> {
    let notes = match owner {
        NoteOwner::Meeting(id) => of_meetings(conn, &[id]).await?,
        NoteOwner::Person(id) => of_people(conn, &[id]).await?,
    };
    Ok(notes.into_iter().find(|note| note.part == part || matches!(owner, NoteOwner::Person(_))))
}

/// The note, where there is one.
pub async fn by_id(conn: &mut Connection, id: NoteId) -> Result<Option<Note>> {
    Ok(by_ids(conn, &[id]).await?.pop())
}

/// Every note, in the order they were made.
pub async fn all(conn: &mut Connection) -> Result<Vec<Note>> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: Uuid", meeting_id AS "meeting: Uuid", person_id AS "person: Uuid", part, text, revision,
                  updated_at FROM note ORDER BY id"#
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The notes, in the order asked for.
pub async fn by_ids(conn: &mut Connection, ids: &[NoteId]) -> Result<Vec<Note>> {
    let list = json_ids(ids)?;
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: Uuid", meeting_id AS "meeting: Uuid", person_id AS "person: Uuid", part, text, revision,
                  updated_at FROM note WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        list
    )
    .fetch_all(conn)
    .await?;
    let notes: Result<Vec<Note>> = rows.into_iter().map(Row::read).collect();
    Ok(in_order(ids, notes?, |note| note.id))
}

/// The notes of the meetings: by meeting, then prep, notes, private.
pub async fn of_meetings(conn: &mut Connection, ids: &[MeetingId]) -> Result<Vec<Note>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: Uuid", meeting_id AS "meeting: Uuid", person_id AS "person: Uuid", part, text, revision,
                  updated_at FROM note WHERE meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    let mut notes = rows.into_iter().map(Row::read).collect::<Result<Vec<Note>>>()?;
    notes.sort_by_key(|note| (note.owner, note.part));
    Ok(notes)
}

/// The running notes of the people.
pub async fn of_people(conn: &mut Connection, ids: &[PersonId]) -> Result<Vec<Note>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: Uuid", meeting_id AS "meeting: Uuid", person_id AS "person: Uuid", part, text, revision,
                  updated_at FROM note WHERE person_id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Saves notes: row, revision, topics, mentions, whether the meeting has notes, and search. Items are put by
/// [`item::put`]. Touch [`crate::Kind::Note`] first.
pub async fn save(conn: &mut Connection, saved: &[Saved]) -> Result<()> {
    #[derive(Serialize)]
    struct NewRow<'a> {
        id: NoteId,
        meeting: Option<MeetingId>,
        person: Option<PersonId>,
        part: NotePart,
        text: &'a str,
        revision: i64,
        updated_at: String,
        topics: &'a [String],
        mentions: &'a [PersonId],
    }
    for batch in saved.chunks(BATCH) {
        let rows: Vec<_> = batch
            .iter()
            .map(|Saved { note, topics, mentions }| {
                let (meeting, person) = match note.owner {
                    NoteOwner::Meeting(id) => (Some(id), None),
                    NoteOwner::Person(id) => (None, Some(id)),
                };
                let (text, updated_at) = (note.text.as_str(), moment(note.updated_at));
                let (id, part, revision) = (note.id, note.part, note.revision);
                NewRow { id, meeting, person, part, text, revision, updated_at, topics, mentions }
            })
            .collect();
        let rows = json(&rows)?;
        let ids: Vec<NoteId> = batch.iter().map(|saved| saved.note.id).collect();
        let before = meetings_of(conn, &ids).await?;
        put(conn, &rows).await?;
        let mut meetings = meetings_of(conn, &ids).await?;
        meetings.extend(before);
        mark_meetings(conn, &meetings).await?;
        search::index_notes(conn, &ids).await?;
        search::index_meetings(conn, &meetings).await?;
    }
    Ok(())
}

async fn put(conn: &mut Connection, rows: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO note (id, meeting_id, person_id, part, text, revision, updated_at)
         SELECT unhex(value ->> 'id', '-'), unhex(value ->> 'meeting', '-'), unhex(value ->> 'person', '-'),
                value ->> 'part', value ->> 'text', value ->> 'revision', value ->> 'updated_at'
         FROM json_each(?1) WHERE true
         ON CONFLICT (id) DO UPDATE SET meeting_id = excluded.meeting_id, person_id = excluded.person_id,
             part = excluded.part, text = excluded.text, revision = excluded.revision,
             updated_at = excluded.updated_at",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT OR IGNORE INTO note_revision (note_id, revision, at, text)
         SELECT unhex(value ->> 'id', '-'), value ->> 'revision', value ->> 'updated_at', value ->> 'text'
         FROM json_each(?1)",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "DELETE FROM note_topic WHERE note_id IN (SELECT unhex(value ->> 'id', '-') FROM json_each(?1))",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO note_topic (note_id, position, topic)
         SELECT unhex(row.value ->> 'id', '-'), topic.key, topic.value
         FROM json_each(?1) row, json_each(row.value, '$.topics') topic",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "DELETE FROM note_mention WHERE note_id IN (SELECT unhex(value ->> 'id', '-') FROM json_each(?1))",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO note_mention (note_id, position, person_id)
         SELECT unhex(row.value ->> 'id', '-'), person.key, unhex(person.value, '-')
         FROM json_each(?1) row, json_each(row.value, '$.mentions') person",
        rows
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Hangs a note, with its items, on another meeting or person that has none of its part yet.
pub async fn relink(conn: &mut Connection, id: NoteId, to: NoteOwner) -> Result<()> {
    let Some(mut saved) = stored(conn, id).await? else {
        return Ok(());
    };
    saved.note.owner = to;
    save(conn, &[saved]).await
}

/// The note's past, newest first.
pub async fn revisions(conn: &mut Connection, id: NoteId) -> Result<Vec<Revision>> {
    let rows = sqlx::query!(
        r#"SELECT revision, at, octet_length(text) AS "bytes!: i64" FROM note_revision
           WHERE note_id = ?1 ORDER BY revision DESC"#,
        id.0
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| Ok(Revision { revision: row.revision, at: read_instant(&row.at)?, bytes: row.bytes }))
        .collect()
}

/// The text of a revision.
pub async fn revision(conn: &mut Connection, id: NoteId, revision: i64) -> Result<Option<String>> {
    let text =
        sqlx::query_scalar!("SELECT text FROM note_revision WHERE note_id = ?1 AND revision = ?2", id.0, revision);
    Ok(text.fetch_optional(conn).await?)
}

/// The number of the last revision, also of a note that is gone: 0 where there never was one.
pub async fn last_revision(conn: &mut Connection, id: NoteId) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"SELECT coalesce(max(revision), 0) AS "last!: i64" FROM note_revision WHERE note_id = ?1"#,
        id.0
    )
    .fetch_one(conn)
    .await?)
}

/// Lets go the revisions between two, both kept: what a closed sitting saved on its way.
pub async fn thin_revisions(conn: &mut Connection, id: NoteId, after: i64, before: i64) -> Result<()> {
    sqlx::query!(
        "DELETE FROM note_revision WHERE note_id = ?1 AND revision > ?2 AND revision < ?3",
        id.0,
        after,
        before
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The note with topics and mentions as stored.
pub async fn stored(conn: &mut Connection, id: NoteId) -> Result<Option<Saved>> {
    let Some(note) = by_id(conn, id).await? else {
        return Ok(None);
    };
    let row = sqlx::query!(
        r#"SELECT (SELECT json_group_array(topic ORDER BY position) FROM note_topic WHERE note_id = ?1)
                      AS "topics!: String",
                  (SELECT json_group_array(lower(hex(person_id)) ORDER BY position) FROM note_mention
                   WHERE note_id = ?1) AS "mentions!: String""#,
        id.0
    )
    .fetch_one(conn)
    .await?;
    Ok(Some(Saved { note, topics: read_json(&row.topics)?, mentions: read_json(&row.mentions)? }))
}

/// Topics and resolved mentions outside items in the meetings' notes, private parts left out.
pub(crate) async fn outside_items(
    conn: &mut Connection,
    ids: Option<&[MeetingId]>,
) -> Result<HashMap<MeetingId, (Vec<String>, Vec<PersonId>)>> {
    let ids = ids.map(json_ids).transpose()?;
    let rows = sqlx::query!(
        r#"WITH these (id) AS MATERIALIZED (
               SELECT unhex(value, '-') FROM json_each(?1)
               UNION SELECT meeting_id FROM note WHERE ?1 IS NULL AND meeting_id IS NOT NULL)
           SELECT n.meeting_id AS "meeting!: Uuid", t.topic AS "topic?: String", NULL AS "person?: Uuid"
           FROM these CROSS JOIN note n ON n.meeting_id = these.id AND n.part <> 'private'
           CROSS JOIN note_topic t ON t.note_id = n.id
           UNION
           SELECT n.meeting_id, NULL, coalesce(p.merged_into, p.id)
           FROM these CROSS JOIN note n ON n.meeting_id = these.id AND n.part <> 'private'
           CROSS JOIN note_mention m ON m.note_id = n.id JOIN person p ON p.id = m.person_id
           ORDER BY 1, 2, 3"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    let mut found: HashMap<MeetingId, (Vec<String>, Vec<PersonId>)> = HashMap::new();
    for row in rows {
        let (topics, mentions) = found.entry(MeetingId(row.meeting)).or_default();
        topics.extend(row.topic);
        mentions.extend(row.person.map(PersonId));
    }
    Ok(found)
}

/// Deletes a meeting's notes with their items; their revisions stay.
pub(crate) async fn delete_of_meeting(conn: &mut Connection, id: MeetingId) -> Result<()> {
    let notes: Vec<NoteId> = of_meetings(conn, &[id]).await?.into_iter().map(|note| note.id).collect();
    let items = item::of_notes_as_stored(conn, &notes).await?;
    item::delete(conn, &items.iter().map(|item| item.id).collect::<Vec<_>>()).await?;
    search::remove(conn, &notes.iter().map(|id| id.0).collect::<Vec<_>>()).await?;
    sqlx::query!("DELETE FROM note WHERE meeting_id = ?1", id.0).execute(conn).await?;
    Ok(())
}

async fn meetings_of(conn: &mut Connection, notes: &[NoteId]) -> Result<Vec<MeetingId>> {
    let notes = json_ids(notes)?;
    let rows = sqlx::query_scalar!(
        r#"SELECT DISTINCT meeting_id AS "id!: Uuid" FROM note
           WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1)) AND meeting_id IS NOT NULL"#,
        notes
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(MeetingId).collect())
}

async fn mark_meetings(conn: &mut Connection, meetings: &[MeetingId]) -> Result<()> {
    let meetings = json_ids(meetings)?;
    sqlx::query!(
        "UPDATE meeting SET has_notes = EXISTS (
             SELECT 1 FROM note n WHERE n.meeting_id = meeting.id AND trim(n.text, char(9, 10, 13, 32)) <> '')
         WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))",
        meetings
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct Row {
    id: Uuid,
    meeting: Option<Uuid>,
    person: Option<Uuid>,
    part: String,
    text: String,
    revision: i64,
    updated_at: String,
}

impl Row {
    fn read(self) -> Result<Note> {
        let owner = match (self.meeting, self.person) {
            (Some(id), None) => NoteOwner::Meeting(MeetingId(id)),
            (None, Some(id)) => NoteOwner::Person(PersonId(id)),
            _ => return Err(corrupt("a note of nothing")),
        };
        Ok(Note {
            id: NoteId(self.id),
            owner,
            part: read_word(&self.part)?,
            text: self.text,
            revision: self.revision,
            updated_at: read_instant(&self.updated_at)?,
        })
    }
}
