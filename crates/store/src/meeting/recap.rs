//! Recaps that were sent. They belong to the meeting's image: touch the meeting before adding one.

use chrono::{DateTime, Utc};
use throughline_core::model::MeetingId;

use crate::value::{moment, read_instant};
use crate::{Connection, Result};

/// A recap that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recap {
    /// When.
    pub at: DateTime<Utc>,
    /// To whom, as the user wrote it.
    pub recipient: String,
}

/// Remembers that a recap was sent.
pub async fn add_recap(conn: &mut Connection, id: MeetingId, recap: &Recap) -> Result<()> {
    let at = moment(recap.at);
    sqlx::query!(
        "INSERT OR IGNORE INTO recap (meeting_id, at, recipient) VALUES (?1, ?2, ?3)",
        id.0,
        at,
        recap.recipient
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The recaps sent of a meeting, oldest first.
pub async fn recaps(conn: &mut Connection, id: MeetingId) -> Result<Vec<Recap>> {
    let rows = sqlx::query!("SELECT at, recipient FROM recap WHERE meeting_id = ?1 ORDER BY at, recipient", id.0)
        .fetch_all(conn)
        .await?;
    rows.into_iter().map(|row| Ok(Recap { at: read_instant(&row.at)?, recipient: row.recipient })).collect()
}
