//! Keeping what can be found in step with what is there.

use serde::Serialize;
use throughline_core::model::{ItemId, MeetingId, NoteId, OrganizationId, PersonId};
use uuid::Uuid;

use super::text::plain;
use crate::value::{BATCH, json, json_ids};
use crate::{Connection, Result, organization, person};

#[derive(Serialize)]
struct Document {
    kind: String,
    id: Uuid,
    note: Option<Uuid>,
    title: String,
    body: String,
}

/// Makes all of it anew.
pub async fn rebuild(conn: &mut Connection) -> Result<()> {
    sqlx::query!("DELETE FROM search_document").execute(&mut *conn).await?;
    sqlx::query!("INSERT INTO search_index (search_index) VALUES ('rebuild')").execute(&mut *conn).await?;
    let people = person::all(conn).await?.into_iter().map(|person| person.id).collect::<Vec<_>>();
    index_people(conn, &people).await?;
    let organizations = organization::all(conn).await?.into_iter().map(|found| found.id).collect::<Vec<_>>();
    index_organizations(conn, &organizations).await?;
    let meetings = sqlx::query_scalar!(r#"SELECT id AS "id: Uuid" FROM meeting"#).fetch_all(&mut *conn).await?;
    index_meetings(conn, &meetings.into_iter().map(MeetingId).collect::<Vec<_>>()).await?;
    let notes = sqlx::query_scalar!(r#"SELECT id AS "id: Uuid" FROM note"#).fetch_all(&mut *conn).await?;
    for batch in notes.chunks(BATCH) {
        index_notes(conn, &batch.iter().copied().map(NoteId).collect::<Vec<_>>()).await?;
    }
    let items = sqlx::query_scalar!(r#"SELECT id AS "id: Uuid" FROM item"#).fetch_all(&mut *conn).await?;
    for batch in items.chunks(BATCH) {
        index_items(conn, &batch.iter().copied().map(ItemId).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Whether the index agrees with the documents.
pub async fn is_sound(conn: &mut Connection) -> Result<bool> {
    let checked =
        sqlx::query!("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)").execute(conn).await;
    match checked.map_err(crate::Error::from) {
        Ok(_) => Ok(true),
        Err(crate::Error::Corrupt(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether everything that can be found has its document, and nothing else has.
pub async fn is_complete(conn: &mut Connection) -> Result<bool> {
    let odd = sqlx::query_scalar!(
        r#"WITH wanted (id) AS (
               SELECT id FROM meeting WHERE status <> 'cancelled' OR has_notes = 1
               UNION ALL SELECT id FROM note WHERE trim(text, char(9, 10, 13, 32)) <> ''
               UNION ALL SELECT id FROM item WHERE archived = 0
               UNION ALL SELECT id FROM person WHERE merged_into IS NULL
               UNION ALL SELECT id FROM organization)
           SELECT EXISTS (SELECT id FROM wanted EXCEPT SELECT id FROM search_document)
               OR EXISTS (SELECT id FROM search_document EXCEPT SELECT id FROM wanted) AS "odd!: bool""#
    )
    .fetch_one(conn)
    .await?;
    Ok(!odd)
}

/// Titles with purpose, place and series; a cancelled meeting without notes cannot be found.
pub(crate) async fn index_meetings(conn: &mut Connection, ids: &[MeetingId]) -> Result<()> {
    for batch in ids.chunks(BATCH) {
        let list = json_ids(batch)?;
        sqlx::query!(
            "DELETE FROM search_document WHERE id IN (
                 SELECT id FROM meeting WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))
                   AND status = 'cancelled' AND has_notes = 0)",
            list
        )
        .execute(&mut *conn)
        .await?;
        sqlx::query!(
            "INSERT INTO search_document (kind, id, title, body)
             SELECT 'meeting', m.id, m.shown_title,
                 concat_ws(char(10), m.purpose, m.location, nullif(s.title, m.shown_title))
             FROM meeting m LEFT JOIN series s ON s.id = m.series_id
             WHERE m.id IN (SELECT unhex(value, '-') FROM json_each(?1))
               AND (m.status <> 'cancelled' OR m.has_notes = 1)
             ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body
             WHERE title <> excluded.title OR body <> excluded.body",
            list
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

pub(crate) async fn index_notes(conn: &mut Connection, ids: &[NoteId]) -> Result<()> {
    let list = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", text FROM note WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        list
    )
    .fetch_all(&mut *conn)
    .await?;
    let (empty, written): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.text.trim().is_empty());
    remove(conn, &empty.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let documents = written.into_iter().map(|row| Document {
        kind: "note".to_owned(),
        id: row.id,
        note: Some(row.id),
        title: String::new(),
        body: plain(&row.text),
    });
    put(conn, documents.collect()).await
}

pub(crate) async fn index_items(conn: &mut Connection, ids: &[ItemId]) -> Result<()> {
    let list = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", note_id AS "note!: Uuid", kind, text, rationale, alternatives,
                  archived AS "archived!: bool"
           FROM item WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        list
    )
    .fetch_all(&mut *conn)
    .await?;
    let (archived, there): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.archived);
    remove(conn, &archived.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let documents = there.into_iter().map(|row| Document {
        kind: row.kind,
        id: row.id,
        note: Some(row.note),
        title: plain(&row.text),
        body: plain(&[row.rationale, row.alternatives].into_iter().flatten().collect::<Vec<_>>().join("\n")),
    });
    put(conn, documents.collect()).await
}

/// Name, handle, addresses and aliases; those merged into somebody are found as that person.
pub(crate) async fn index_people(conn: &mut Connection, ids: &[PersonId]) -> Result<()> {
    let people = person::by_ids(conn, ids).await?;
    let merged: Vec<Uuid> =
        ids.iter().filter(|id| !people.iter().any(|person| person.id == **id)).map(|id| id.0).collect();
    remove(conn, &merged).await?;
    let documents = people.into_iter().map(|person| Document {
        kind: "person".to_owned(),
        id: person.id.0,
        note: None,
        title: person.name,
        body: std::iter::once(person.handle).chain(person.emails).chain(person.aliases).collect::<Vec<_>>().join("\n"),
    });
    put(conn, documents.collect()).await
}

pub(crate) async fn index_organizations(conn: &mut Connection, ids: &[OrganizationId]) -> Result<()> {
    let organizations = organization::by_ids(conn, ids).await?;
    let documents = organizations.into_iter().map(|organization| Document {
        kind: "organization".to_owned(),
        id: organization.id.0,
        note: None,
        title: organization.name,
        body: organization.domains.join("\n"),
    });
    put(conn, documents.collect()).await
}

/// Forgets what is gone.
pub(crate) async fn remove(conn: &mut Connection, ids: &[Uuid]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let ids = json_ids(ids)?;
    sqlx::query!("DELETE FROM search_document WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))", ids)
        .execute(conn)
        .await?;
    Ok(())
}

async fn put(conn: &mut Connection, documents: Vec<Document>) -> Result<()> {
    if documents.is_empty() {
        return Ok(());
    }
    let rows = json(&documents)?;
    sqlx::query!(
        "INSERT INTO search_document (kind, id, note_id, title, body)
         SELECT value ->> 'kind', unhex(value ->> 'id', '-'), unhex(value ->> 'note', '-'), value ->> 'title',
                value ->> 'body'
         FROM json_each(?1) WHERE true
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, note_id = excluded.note_id, title = excluded.title,
             body = excluded.body
         WHERE kind <> excluded.kind OR note_id IS NOT excluded.note_id OR title <> excluded.title
            OR body <> excluded.body",
        rows
    )
    .execute(conn)
    .await?;
    Ok(())
}
