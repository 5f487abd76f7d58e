//! Meetings: what a calendar says of them, what the user set over it, and both laid together.

mod beside;
mod calendars;
mod kept;
mod list;
mod recap;
mod stored;

use std::collections::HashMap;

use throughline_core::model::{CalendarId, Meeting, MeetingId, PersonId, Response, SeriesId, Times};
use uuid::Uuid;

pub use beside::{Beside, beside, days_of_series};
pub use calendars::{calendars, of_the_user};
pub use kept::{emails, only_prep, with_user_data, written_at};
pub(crate) use list::met_by;
pub use list::{Edge, Filter, ids, list};
pub use recap::{Recap, add_recap, recaps};
pub use stored::{Base, Overlay, delete, delete_with_notes, link, put, set, stored, unlink};

use crate::value::{TimeColumns, corrupt, in_order, json, json_ids, read_json, read_original_start, read_word};
use crate::{Connection, Result};

/// The meeting, where there is one.
pub async fn get(conn: &mut Connection, id: MeetingId) -> Result<Option<Meeting>> {
    Ok(by_ids(conn, &[id]).await?.pop())
}

/// The meetings, in the order asked for; an unknown id is left out.
pub async fn by_ids(conn: &mut Connection, ids: &[MeetingId]) -> Result<Vec<Meeting>> {
    Ok(in_order(ids, load(conn, Some(ids)).await?, |meeting| meeting.id))
}

/// What the meetings are called, and when they are; in no order.
pub async fn titles(conn: &mut Connection, ids: &[MeetingId]) -> Result<Vec<(MeetingId, String, Times)>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", shown_title AS "title!: String", shown_start_utc AS "start_utc?: String",
                  shown_end_utc AS "end_utc?: String", shown_zone AS "zone?: String",
                  shown_start_date AS "start_date?: String", shown_end_date AS "end_date?: String"
           FROM meeting WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let times = TimeColumns {
                start_utc: row.start_utc,
                end_utc: row.end_utc,
                zone: row.zone,
                start_date: row.start_date,
                end_date: row.end_date,
            };
            Ok((MeetingId(row.id), row.title, times.read()?.ok_or_else(|| corrupt("a meeting without times"))?))
        })
        .collect()
}

/// Every meeting, by start.
pub async fn all(conn: &mut Connection) -> Result<Vec<Meeting>> {
    load(conn, None).await
}

/// The meetings of a series, by start.
pub async fn of_series(conn: &mut Connection, series: SeriesId) -> Result<Vec<Meeting>> {
    list(conn, &Filter { series: Some(series), ..Filter::default() }).await
}

/// The meetings that lie in a calendar.
pub async fn of_calendar(conn: &mut Connection, calendar: CalendarId) -> Result<Vec<MeetingId>> {
    let rows = sqlx::query_scalar!(
        r#"SELECT meeting_id AS "id: Uuid" FROM meeting_calendar WHERE calendar_id = ?1"#,
        calendar.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(MeetingId).collect())
}

/// The meetings that came with one of these UIDs, whatever calendar they lie in.
pub async fn of_uids(conn: &mut Connection, uids: &[String]) -> Result<Vec<MeetingId>> {
    let uids = json(uids)?;
    let rows = sqlx::query_scalar!(
        r#"SELECT id AS "id: Uuid" FROM meeting WHERE uid IN (SELECT value FROM json_each(?1))
           UNION SELECT m.id FROM series_uid s JOIN meeting m ON m.series_id = s.series_id
           WHERE s.uid IN (SELECT value FROM json_each(?1))"#,
        uids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(MeetingId).collect())
}

/// What the user answered, as the calendar says.
pub async fn my_responses(conn: &mut Connection, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Response>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", my_response AS "response!" FROM meeting
           WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1)) AND my_response IS NOT NULL"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| Ok((MeetingId(row.id), read_word(&row.response)?))).collect()
}

async fn load(conn: &mut Connection, ids: Option<&[MeetingId]>) -> Result<Vec<Meeting>> {
    let ids = ids.map(json_ids).transpose()?;
    let rows = sqlx::query!(
        r#"SELECT m.id AS "id!: Uuid", m.series_id AS "series: Uuid", m.uid, m.original_start,
                  m.shown_title AS "title!: String", m.kind AS "kind!", m.purpose, m.my_role, m.held AS "held: bool",
                  m.shown_start_utc AS "start_utc?: String", m.shown_end_utc AS "end_utc?: String",
                  m.shown_zone AS "zone?: String", m.shown_start_date AS "start_date?: String",
                  m.shown_end_date AS "end_date?: String", m.status AS "status!",
                  coalesce(p.merged_into, p.id) AS "organizer?: Uuid", m.location, m.call_url, m.description,
                  m.source AS "source!", m.has_notes AS "has_notes!: bool",
                  (SELECT json_group_array(lower(hex(calendar_id)) ORDER BY c.rowid) FROM meeting_calendar c
                   WHERE c.meeting_id = m.id) AS "calendars!: String"
           FROM meeting m LEFT JOIN person p ON p.id = m.organizer_id
           WHERE m.id IN (
               SELECT unhex(value, '-') FROM json_each(?1) UNION ALL SELECT id FROM meeting WHERE ?1 IS NULL)
           ORDER BY m.start_key, m.id"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let times = TimeColumns {
                start_utc: row.start_utc,
                end_utc: row.end_utc,
                zone: row.zone,
                start_date: row.start_date,
                end_date: row.end_date,
            };
            let calendars: Vec<Uuid> = if row.calendars == "[]" { Vec::new() } else { read_json(&row.calendars)? };
            Ok(Meeting {
                id: MeetingId(row.id),
                series_id: row.series.map(SeriesId),
                uid: row.uid,
                original_start: row.original_start.as_deref().map(read_original_start).transpose()?,
                title: row.title,
                kind: read_word(&row.kind)?,
                purpose: row.purpose,
                my_role: row.my_role.as_deref().map(read_word).transpose()?,
                held: row.held,
                times: times.read()?.ok_or_else(|| corrupt("a meeting without times"))?,
                status: read_word(&row.status)?,
                organizer: row.organizer.map(PersonId),
                location: row.location,
                call_url: row.call_url,
                description: row.description,
                source: read_word(&row.source)?,
                calendars: calendars.into_iter().map(CalendarId).collect(),
                has_notes: row.has_notes,
            })
        })
        .collect()
}
