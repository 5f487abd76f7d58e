//! What the user owns of a meeting: all of one made by hand or import, what was set by hand on one from a calendar.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use throughline_core::model::{MeetingId, PersonId, Presence, Response, Role, SeriesId, Source};
use uuid::Uuid;

use super::json;
use crate::meeting::{self, Base, Overlay};
use crate::value::{json as text, read_instant, read_word};
use crate::{Connection, Result, attendance, queue, series};

#[derive(Serialize, Deserialize)]
pub(super) struct Image {
    /// None for a meeting from a calendar.
    base: Option<Base>,
    set: Overlay,
    recaps: Vec<(String, String)>,
}

fn is_own(source: Source) -> bool {
    matches!(source, Source::Local | Source::Import)
}

pub(super) async fn read(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    let Some((base, set)) = meeting::stored(conn, &[MeetingId(id)]).await?.pop() else {
        return Ok(None);
    };
    let recaps = sqlx::query!("SELECT at, recipient FROM recap WHERE meeting_id = ?1 ORDER BY at, recipient", id)
        .fetch_all(conn)
        .await?;
    let recaps = recaps.into_iter().map(|row| (row.at, row.recipient)).collect();
    json(&Image { base: is_own(base.source).then_some(base), set, recaps })
}

pub(super) async fn write(conn: &mut Connection, id: Uuid, image: Image) -> Result<()> {
    let id = MeetingId(id);
    let now = meeting::stored(conn, &[id]).await?.pop();
    match (image.base, now) {
        // What a calendar says is the calendar's, even where the meeting was the user's own before.
        (_, Some((now, _))) if !is_own(now.source) => {}
        (Some(base), _) => {
            if let Some(series) = base.series_id {
                series::put_missing(conn, series, &base.title).await?;
            }
            meeting::put(conn, &[base]).await?;
        }
        // It was the calendar's, and the account has gone since: what is left is kept.
        (None, Some(_)) => {}
        (None, None) => return Ok(()),
    }
    meeting::set(conn, id, &image.set).await?;
    sqlx::query!("DELETE FROM recap WHERE meeting_id = ?1", id.0).execute(&mut *conn).await?;
    let recaps = text(&image.recaps)?;
    sqlx::query!(
        "INSERT INTO recap (meeting_id, at, recipient) SELECT ?1, value ->> 0, value ->> 1 FROM json_each(?2)",
        id.0,
        recaps
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Only a meeting of the user's own can go by undo.
pub(super) async fn take(conn: &mut Connection, id: Uuid) -> Result<()> {
    let id = MeetingId(id);
    match meeting::stored(conn, &[id]).await?.pop() {
        Some((base, _)) if is_own(base.source) => meeting::delete(conn, &[id]).await,
        Some(_) => meeting::set(conn, id, &Overlay::default()).await,
        None => Ok(()),
    }
}

/// What the user or minutes said of a person at a meeting; on a meeting of the user's own all there is.
#[derive(Serialize, Deserialize)]
pub(super) struct Said {
    person: PersonId,
    origin: Option<String>,
    role: Option<Role>,
    response: Option<Response>,
    present: Presence,
    /// What a calendar said before its account was removed.
    calendar_role: Option<Role>,
    calendar_response: Option<Response>,
}

pub(super) async fn read_attendance(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    let rows = sqlx::query!(
        r#"SELECT a.person_id AS "person!: Uuid", a.user_origin, a.user_role, a.user_response, a.present AS "present!",
                  CASE WHEN own THEN a.calendar_role END AS "calendar_role?: String",
                  CASE WHEN own THEN a.calendar_response END AS "calendar_response?: String"
           FROM (SELECT id, source IN ('local', 'import') AS own FROM meeting WHERE id = ?1) m
           JOIN attendance a ON a.meeting_id = m.id
           WHERE own OR a.user_origin IS NOT NULL OR a.present <> 'unknown' ORDER BY a.person_id"#,
        id
    )
    .fetch_all(conn)
    .await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let said: Result<Vec<Said>> = rows
        .into_iter()
        .map(|row| {
            Ok(Said {
                person: PersonId(row.person),
                origin: row.user_origin,
                role: row.user_role.as_deref().map(read_word).transpose()?,
                response: row.user_response.as_deref().map(read_word).transpose()?,
                present: read_word(&row.present)?,
                calendar_role: row.calendar_role.as_deref().map(read_word).transpose()?,
                calendar_response: row.calendar_response.as_deref().map(read_word).transpose()?,
            })
        })
        .collect();
    json(&said?)
}

pub(super) async fn write_attendance(conn: &mut Connection, id: Uuid, said: Vec<Said>) -> Result<()> {
    let Some((base, _)) = meeting::stored(conn, &[MeetingId(id)]).await?.pop() else {
        return Ok(());
    };
    let own = is_own(base.source);
    sqlx::query!(
        "UPDATE attendance SET user_origin = NULL, user_role = NULL, user_response = NULL, present = 'unknown',
             calendar_role = CASE WHEN ?2 THEN NULL ELSE calendar_role END,
             calendar_response = CASE WHEN ?2 THEN NULL ELSE calendar_response END
         WHERE meeting_id = ?1",
        id,
        own
    )
    .execute(&mut *conn)
    .await?;
    let said = text(&said)?;
    sqlx::query!(
        "INSERT INTO attendance (meeting_id, person_id, user_origin, user_role, user_response, present, calendar_role,
             calendar_response)
         SELECT ?1, unhex(value ->> 'person', '-'), value ->> 'origin', value ->> 'role', value ->> 'response',
                value ->> 'present', CASE WHEN ?3 THEN value ->> 'calendar_role' END,
                CASE WHEN ?3 THEN value ->> 'calendar_response' END
         FROM json_each(?2) WHERE true
         ON CONFLICT DO UPDATE SET user_origin = excluded.user_origin, user_role = excluded.user_role,
             user_response = excluded.user_response, present = excluded.present,
             calendar_role = coalesce(excluded.calendar_role, calendar_role),
             calendar_response = coalesce(excluded.calendar_response, calendar_response)",
        id,
        said,
        own
    )
    .execute(&mut *conn)
    .await?;
    attendance::sweep(conn, &[MeetingId(id)]).await
}

pub(super) async fn read_series_attendees(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    let attendees = attendance::of_series(conn, SeriesId(id)).await?;
    if attendees.is_empty() { Ok(None) } else { json(&attendees) }
}

pub(super) async fn write_series_attendees(
    conn: &mut Connection,
    id: Uuid,
    attendees: Vec<(PersonId, Role)>,
) -> Result<()> {
    if series::get(conn, SeriesId(id)).await?.is_none() {
        return Ok(());
    }
    sqlx::query!("DELETE FROM series_attendee WHERE series_id = ?1", id).execute(&mut *conn).await?;
    for (person, role) in attendees {
        attendance::add_to_series(conn, SeriesId(id), person, role).await?;
    }
    Ok(())
}

#[derive(Serialize, Deserialize)]
pub(super) struct QueueImage {
    since: String,
    decision: Option<queue::Decision>,
}

pub(super) async fn read_queue(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    let Some(row) =
        sqlx::query!("SELECT since, decision FROM queue WHERE meeting_id = ?1", id).fetch_optional(conn).await?
    else {
        return Ok(None);
    };
    json(&QueueImage { since: row.since, decision: queue::read_decision(row.decision.as_deref())? })
}

pub(super) async fn write_queue(conn: &mut Connection, id: Uuid, image: QueueImage) -> Result<()> {
    if meeting::stored(conn, &[MeetingId(id)]).await?.is_empty() {
        return Ok(());
    }
    queue::put(conn, MeetingId(id), read_instant(&image.since)?).await?;
    queue::decide(conn, MeetingId(id), image.decision).await
}

pub(super) async fn take_queue(conn: &mut Connection, id: Uuid) -> Result<()> {
    queue::remove(conn, &[MeetingId(id)]).await
}
