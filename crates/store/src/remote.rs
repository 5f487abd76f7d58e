//! What providers store under ids of their own: a deletion names nothing but such an id.

use serde::Serialize;
use throughline_core::model::CalendarId;

use crate::value::{BATCH, json};
use crate::{Connection, Result};

/// One thing in a calendar as its provider calls it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemoteItem {
    /// Unique in its calendar.
    pub id: String,
    /// None where it is nothing that can be a meeting.
    pub uid: Option<String>,
    /// Its version, where the provider says one.
    pub etag: Option<String>,
}

/// Everything known of a calendar, by id.
pub async fn of_calendar(conn: &mut Connection, calendar: CalendarId) -> Result<Vec<RemoteItem>> {
    Ok(sqlx::query_as!(
        RemoteItem,
        "SELECT remote_id AS id, uid, etag FROM remote_item WHERE calendar_id = ?1 ORDER BY remote_id",
        calendar.0
    )
    .fetch_all(conn)
    .await?)
}

/// Makes them or puts them in place of those there.
pub async fn put(conn: &mut Connection, calendar: CalendarId, items: &[RemoteItem]) -> Result<()> {
    for batch in items.chunks(BATCH) {
        let rows = json(batch)?;
        sqlx::query!(
            "INSERT INTO remote_item (calendar_id, remote_id, uid, etag)
             SELECT ?1, value ->> 'id', value ->> 'uid', value ->> 'etag' FROM json_each(?2) WHERE true
             ON CONFLICT (calendar_id, remote_id) DO UPDATE SET uid = excluded.uid, etag = excluded.etag",
            calendar.0,
            rows
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Forgets these.
pub async fn remove(conn: &mut Connection, calendar: CalendarId, ids: &[String]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let ids = json(ids)?;
    sqlx::query!(
        "DELETE FROM remote_item WHERE calendar_id = ?1 AND remote_id IN (SELECT value FROM json_each(?2))",
        calendar.0,
        ids
    )
    .execute(conn)
    .await?;
    Ok(())
}
