//! What a sync must know of meetings before it lets them go.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use throughline_core::model::MeetingId;
use uuid::Uuid;

use crate::value::{json_ids, read_instant};
use crate::{Connection, Result};

/// Those of the meetings on which a person wrote or set anything: a note, a title or time of their own, purpose, role,
/// whether it was held or who was there, people added by hand, a recap that was sent.
pub async fn with_user_data(conn: &mut Connection, ids: &[MeetingId]) -> Result<HashSet<MeetingId>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query_scalar!(
        r#"WITH these (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1))
           SELECT m.id AS "id!: Uuid" FROM these JOIN meeting m USING (id)
           WHERE has_notes = 1 OR user_title IS NOT NULL OR user_start_utc IS NOT NULL OR user_start_date IS NOT NULL
              OR purpose IS NOT NULL OR my_role IS NOT NULL OR held IS NOT NULL
           UNION SELECT n.meeting_id FROM these JOIN note n ON n.meeting_id = these.id
           WHERE n.text <> '' OR EXISTS (SELECT 1 FROM item WHERE note_id = n.id)
           UNION SELECT a.meeting_id FROM these JOIN attendance a ON a.meeting_id = these.id
           WHERE a.user_origin IS NOT NULL OR a.present <> 'unknown'
           UNION SELECT r.meeting_id FROM these JOIN recap r ON r.meeting_id = these.id"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(MeetingId).collect())
}

/// Those of the meetings whose only note with text is the prep.
pub async fn only_prep(conn: &mut Connection, ids: &[MeetingId]) -> Result<HashSet<MeetingId>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query_scalar!(
        r#"SELECT meeting_id AS "id!: Uuid" FROM note
           WHERE meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1)) AND trim(text, char(9, 10, 13, 32)) <> ''
           GROUP BY meeting_id HAVING max(part <> 'prep') = 0"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(MeetingId).collect())
}

/// When something was last written in the notes of these meetings, where there is text in them; the prep does not count.
pub async fn written_at(conn: &mut Connection, ids: &[MeetingId]) -> Result<HashMap<MeetingId, DateTime<Utc>>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT meeting_id AS "id!: Uuid", max(updated_at) AS "at!: String" FROM note
           WHERE meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1)) AND part <> 'prep'
             AND trim(text, char(9, 10, 13, 32)) <> '' GROUP BY meeting_id"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| Ok((MeetingId(row.id), read_instant(&row.at)?))).collect()
}

/// The addresses of the people at the meetings, for telling apart events that share a UID.
pub async fn emails(conn: &mut Connection, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<String>>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT a.meeting_id AS "id!: Uuid", e.email AS "email!" FROM attendance a
           JOIN person_email e ON e.person_id = a.person_id
           WHERE a.meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1)) ORDER BY a.meeting_id, e.email"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    let mut found: HashMap<MeetingId, Vec<String>> = HashMap::new();
    for row in rows {
        found.entry(MeetingId(row.id)).or_default().push(row.email);
    }
    Ok(found)
}
