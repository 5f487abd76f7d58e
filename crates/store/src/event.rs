//! What providers store, as fetched: so that a rule can be expanded further without asking again.

use serde::Serialize;
use throughline_core::model::CalendarId;

use crate::value::{BATCH, json};
use crate::{Connection, Result};

/// All components of one UID in a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The iCalendar UID.
    pub uid: String,
    /// Digest of the content: equal where nothing changed.
    pub fingerprint: String,
    /// The components as JSON.
    pub payload: String,
}

/// The events of a calendar, by UID.
pub async fn all(conn: &mut Connection, calendar: CalendarId) -> Result<Vec<Event>> {
    Ok(sqlx::query_as!(
        Event,
        "SELECT uid, fingerprint, payload FROM event WHERE calendar_id = ?1 ORDER BY uid",
        calendar.0
    )
    .fetch_all(conn)
    .await?)
}

/// The events of these UIDs in a calendar.
pub async fn by_uids(conn: &mut Connection, calendar: CalendarId, uids: &[String]) -> Result<Vec<Event>> {
    let uids = json(uids)?;
    Ok(sqlx::query_as!(
        Event,
        "SELECT uid, fingerprint, payload FROM event
         WHERE calendar_id = ?1 AND uid IN (SELECT value FROM json_each(?2)) ORDER BY uid",
        calendar.0,
        uids
    )
    .fetch_all(conn)
    .await?)
}

/// UID and fingerprint of each event of a calendar.
pub async fn fingerprints(conn: &mut Connection, calendar: CalendarId) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!("SELECT uid, fingerprint FROM event WHERE calendar_id = ?1 ORDER BY uid", calendar.0)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.uid, row.fingerprint)).collect())
}

/// Makes events or puts them in place of those there.
pub async fn put(conn: &mut Connection, calendar: CalendarId, events: &[Event]) -> Result<()> {
    for batch in events.chunks(BATCH) {
        let rows = json(batch)?;
        sqlx::query!(
            "INSERT INTO event (calendar_id, uid, fingerprint, payload)
             SELECT ?1, value ->> 'uid', value ->> 'fingerprint', value ->> 'payload' FROM json_each(?2) WHERE true
             ON CONFLICT (calendar_id, uid) DO UPDATE SET fingerprint = excluded.fingerprint,
                 payload = excluded.payload",
            calendar.0,
            rows
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Forgets the events of these UIDs.
pub async fn remove(conn: &mut Connection, calendar: CalendarId, uids: &[String]) -> Result<()> {
    let uids = json(uids)?;
    sqlx::query!(
        "DELETE FROM event WHERE calendar_id = ?1 AND uid IN (SELECT value FROM json_each(?2))",
        calendar.0,
        uids
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets all events of a calendar, as when it is turned off or asked for anew.
pub async fn clear(conn: &mut Connection, calendar: CalendarId) -> Result<()> {
    sqlx::query!("DELETE FROM event WHERE calendar_id = ?1", calendar.0).execute(conn).await?;
    Ok(())
}
