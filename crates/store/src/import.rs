//! Files of minutes that were imported.

use sha2::{Digest, Sha256};
use throughline_core::model::MeetingId;
use uuid::Uuid;

use crate::value::json_ids;
use crate::{Connection, Result};

/// A file that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The meeting its text went to.
    pub meeting: MeetingId,
    /// Its path relative to the folder named.
    pub path: String,
    /// The note's revision that held its text.
    pub revision: i64,
}

/// What tells files apart: SHA-256 of their bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// Where a file of this content went.
pub async fn by_digest(conn: &mut Connection, digest: &[u8]) -> Result<Option<Imported>> {
    let row = sqlx::query!(
        r#"SELECT meeting_id AS "meeting!: Uuid", path, revision FROM import WHERE digest = ?1 LIMIT 1"#,
        digest
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Imported { meeting: MeetingId(row.meeting), path: row.path, revision: row.revision }))
}

/// What was imported into these meetings.
pub async fn of_meetings(conn: &mut Connection, ids: &[MeetingId]) -> Result<Vec<Imported>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT meeting_id AS "meeting!: Uuid", path, revision FROM import
           WHERE meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1)) ORDER BY path"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Imported { meeting: MeetingId(row.meeting), path: row.path, revision: row.revision })
        .collect())
}

/// Remembers a file; an earlier content of the same path in that meeting is forgotten.
pub async fn put(conn: &mut Connection, digest: &[u8], imported: &Imported) -> Result<()> {
    sqlx::query!("DELETE FROM import WHERE meeting_id = ?1 AND path = ?2", imported.meeting.0, imported.path)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT OR REPLACE INTO import (digest, meeting_id, path, revision) VALUES (?1, ?2, ?3, ?4)",
        digest,
        imported.meeting.0,
        imported.path,
        imported.revision
    )
    .execute(conn)
    .await?;
    Ok(())
}
