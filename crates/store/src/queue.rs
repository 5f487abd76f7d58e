//! The re-link queue: meetings whose event is gone and whose notes may belong to another.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use throughline_core::model::MeetingId;
use uuid::Uuid;

use crate::value::{corrupt, json_ids, moment, read_instant};
use crate::{Connection, Result};

/// What the user decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The notes stay where they are.
    Keep,
}

/// A meeting in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// The meeting.
    pub meeting: MeetingId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// None while it is open.
    pub decision: Option<Decision>,
}

/// The open ones, oldest first.
pub async fn open(conn: &mut Connection) -> Result<Vec<Queued>> {
    Ok(all(conn).await?.into_iter().filter(|queued| queued.decision.is_none()).collect())
}

/// All, decided ones too, oldest first.
pub async fn all(conn: &mut Connection) -> Result<Vec<Queued>> {
    let rows =
        sqlx::query!(r#"SELECT meeting_id AS "id!: Uuid", since, decision FROM queue ORDER BY since, meeting_id"#)
            .fetch_all(conn)
            .await?;
    rows.into_iter()
        .map(|row| {
            let decision = read_decision(row.decision.as_deref())?;
            Ok(Queued { meeting: MeetingId(row.id), since: read_instant(&row.since)?, decision })
        })
        .collect()
}

/// Puts a meeting into the queue; one that is there, decided or not, stays as it is.
pub async fn put(conn: &mut Connection, meeting: MeetingId, since: DateTime<Utc>) -> Result<()> {
    let since = moment(since);
    sqlx::query!("INSERT OR IGNORE INTO queue (meeting_id, since) VALUES (?1, ?2)", meeting.0, since)
        .execute(conn)
        .await?;
    Ok(())
}

/// Says what the user decided; touch [`crate::Kind::Queue`] first.
pub async fn decide(conn: &mut Connection, meeting: MeetingId, decision: Option<Decision>) -> Result<()> {
    let decision = decision.map(|Decision::Keep| "keep");
    sqlx::query!("UPDATE queue SET decision = ?2 WHERE meeting_id = ?1", meeting.0, decision).execute(conn).await?;
    Ok(())
}

/// Takes meetings out: their event is back, or their notes have gone elsewhere.
pub async fn remove(conn: &mut Connection, meetings: &[MeetingId]) -> Result<()> {
    let meetings = json_ids(meetings)?;
    sqlx::query!("DELETE FROM queue WHERE meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1))", meetings)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) fn read_decision(word: Option<&str>) -> Result<Option<Decision>> {
    match word {
        None => Ok(None),
        Some("keep") => Ok(Some(Decision::Keep)),
        Some(other) => Err(corrupt(format!("unknown decision `{other}`"))),
    }
}
