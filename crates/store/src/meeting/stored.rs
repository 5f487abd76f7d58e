//! The two layers of a meeting as they are stored.

use serde::{Deserialize, Serialize};
use throughline_core::model::{
    CalendarId, MeetingId, MeetingKind, MeetingStatus, MyRole, OriginalStart, PersonId, Response, SeriesId, Source,
    Times,
};
use uuid::Uuid;

use crate::value::{
    BATCH, TimeColumns, corrupt, in_order, json, json_ids, original_start, read_original_start, read_word,
};
use crate::{Connection, Error, Result, attendance, search};

/// What a calendar says of a meeting, or what one made by hand or import was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of Meeting")]
pub struct Base {
    pub id: MeetingId,
    pub source: Source,
    pub series_id: Option<SeriesId>,
    pub uid: Option<String>,
    pub original_start: Option<OriginalStart>,
    pub title: String,
    pub kind: MeetingKind,
    pub status: MeetingStatus,
    pub times: Times,
    pub location: Option<String>,
    pub call_url: Option<String>,
    pub description: Option<String>,
    pub organizer: Option<PersonId>,
    pub my_response: Option<Response>,
    /// Digest of what the calendar says, for the planner.
    pub fingerprint: Option<String>,
}

/// What the user set on a meeting; it wins over what the calendar says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of Meeting")]
pub struct Overlay {
    pub title: Option<String>,
    pub times: Option<Times>,
    pub purpose: Option<String>,
    pub my_role: Option<MyRole>,
    pub held: Option<bool>,
}

/// Both layers, in the order asked for.
pub async fn stored(conn: &mut Connection, ids: &[MeetingId]) -> Result<Vec<(Base, Overlay)>> {
    let list = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", source AS "source!", series_id AS "series: Uuid", uid, original_start,
                  title AS "title!", kind AS "kind!", status AS "status!", start_utc, end_utc, zone, start_date,
                  end_date, location, call_url, description, organizer_id AS "organizer: Uuid", my_response,
                  fingerprint, user_title, user_start_utc, user_end_utc, user_zone, user_start_date, user_end_date,
                  purpose, my_role, held AS "held: bool"
           FROM meeting WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        list
    )
    .fetch_all(conn)
    .await?;
    let layers: Result<Vec<(Base, Overlay)>> = rows
        .into_iter()
        .map(|row| {
            let times = TimeColumns {
                start_utc: row.start_utc,
                end_utc: row.end_utc,
                zone: row.zone,
                start_date: row.start_date,
                end_date: row.end_date,
            };
            let user_times = TimeColumns {
                start_utc: row.user_start_utc,
                end_utc: row.user_end_utc,
                zone: row.user_zone,
                start_date: row.user_start_date,
                end_date: row.user_end_date,
            };
            let base = Base {
                id: MeetingId(row.id),
                source: read_word(&row.source)?,
                series_id: row.series.map(SeriesId),
                uid: row.uid,
                original_start: row.original_start.as_deref().map(read_original_start).transpose()?,
                title: row.title,
                kind: read_word(&row.kind)?,
                status: read_word(&row.status)?,
                times: times.read()?.ok_or_else(|| corrupt("a meeting without times"))?,
                location: row.location,
                call_url: row.call_url,
                description: row.description,
                organizer: row.organizer.map(PersonId),
                my_response: row.my_response.as_deref().map(read_word).transpose()?,
                fingerprint: row.fingerprint,
            };
            let overlay = Overlay {
                title: row.user_title,
                times: user_times.read()?,
                purpose: row.purpose,
                my_role: row.my_role.as_deref().map(read_word).transpose()?,
                held: row.held,
            };
            Ok((base, overlay))
        })
        .collect();
    Ok(in_order(ids, layers?, |(base, _)| base.id))
}

/// Makes meetings, or changes what the calendar says of them; what the user set stays.
pub async fn put(conn: &mut Connection, meetings: &[Base]) -> Result<()> {
    #[derive(Serialize)]
    struct Row<'a> {
        #[serde(flatten)]
        base: &'a Base,
        original: Option<String>,
        #[serde(flatten)]
        columns: TimeColumns,
    }
    for batch in meetings.chunks(BATCH) {
        let rows: Vec<Row<'_>> = batch
            .iter()
            .map(|base| Row {
                base,
                original: base.original_start.as_ref().map(original_start),
                columns: (&base.times).into(),
            })
            .collect();
        let rows = json(&rows)?;
        sqlx::query!(
            "INSERT INTO meeting (id, source, series_id, uid, original_start, title, kind, status, start_utc, end_utc,
                 zone, start_date, end_date, location, call_url, description, organizer_id, my_response, fingerprint)
             SELECT unhex(value ->> 'id', '-'), value ->> 'source', unhex(value ->> 'series_id', '-'), value ->> 'uid',
                 value ->> 'original', value ->> 'title', value ->> 'kind', value ->> 'status', value ->> 'start_utc',
                 value ->> 'end_utc', value ->> 'zone', value ->> 'start_date', value ->> 'end_date',
                 value ->> 'location', value ->> 'call_url', value ->> 'description',
                 unhex(value ->> 'organizer', '-'), value ->> 'my_response', value ->> 'fingerprint'
             FROM json_each(?1) WHERE true
             ON CONFLICT (id) DO UPDATE SET source = excluded.source, series_id = excluded.series_id,
                 uid = excluded.uid, original_start = excluded.original_start, title = excluded.title,
                 kind = excluded.kind, status = excluded.status, start_utc = excluded.start_utc,
                 end_utc = excluded.end_utc, zone = excluded.zone, start_date = excluded.start_date,
                 end_date = excluded.end_date, location = excluded.location, call_url = excluded.call_url,
                 description = excluded.description, organizer_id = excluded.organizer_id,
                 my_response = excluded.my_response, fingerprint = excluded.fingerprint",
            rows
        )
        .execute(&mut *conn)
        .await?;
        search::index_meetings(conn, &batch.iter().map(|base| base.id).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Sets all of what the user set on a meeting.
pub async fn set(conn: &mut Connection, id: MeetingId, overlay: &Overlay) -> Result<()> {
    let times = overlay.times.as_ref().map(TimeColumns::from).unwrap_or_default();
    let my_role = overlay.my_role.map(MyRole::as_str);
    sqlx::query!(
        "UPDATE meeting SET user_title = ?2, user_start_utc = ?3, user_end_utc = ?4, user_zone = ?5,
             user_start_date = ?6, user_end_date = ?7, purpose = ?8, my_role = ?9, held = ?10 WHERE id = ?1",
        id.0,
        overlay.title,
        times.start_utc,
        times.end_utc,
        times.zone,
        times.start_date,
        times.end_date,
        overlay.purpose,
        my_role,
        overlay.held
    )
    .execute(&mut *conn)
    .await?;
    search::index_meetings(conn, &[id]).await
}

/// Says which meetings lie in a calendar, besides those that do already.
pub async fn link(conn: &mut Connection, calendar: CalendarId, meetings: &[MeetingId]) -> Result<()> {
    let meetings = json_ids(meetings)?;
    sqlx::query!(
        "INSERT OR IGNORE INTO meeting_calendar (meeting_id, calendar_id)
         SELECT unhex(value, '-'), ?1 FROM json_each(?2)",
        calendar.0,
        meetings
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Says which meetings no longer lie in a calendar; the meetings stay.
pub async fn unlink(conn: &mut Connection, calendar: CalendarId, meetings: &[MeetingId]) -> Result<()> {
    let meetings = json_ids(meetings)?;
    sqlx::query!(
        "DELETE FROM meeting_calendar
         WHERE calendar_id = ?1 AND meeting_id IN (SELECT unhex(value, '-') FROM json_each(?2))",
        calendar.0,
        meetings
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Deletes meetings on which nothing was written. [`Error::HasNotes`], and nothing is done, where something was.
pub async fn delete(conn: &mut Connection, ids: &[MeetingId]) -> Result<()> {
    let list = json_ids(ids)?;
    let written = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM note n
           WHERE n.meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1))
             AND (n.text <> '' OR EXISTS (SELECT 1 FROM item WHERE note_id = n.id))"#,
        list
    )
    .fetch_one(&mut *conn)
    .await?;
    if written > 0 {
        return Err(Error::HasNotes);
    }
    search::remove(conn, &ids.iter().map(|id| id.0).collect::<Vec<_>>()).await?;
    sqlx::query!("DELETE FROM note WHERE meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1))", list)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("DELETE FROM meeting WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))", list)
        .execute(conn)
        .await?;
    Ok(())
}

/// Deletes a meeting with its notes and their items. What is to come back by undo is to be touched before: the meeting,
/// its attendance and its notes.
pub async fn delete_with_notes(conn: &mut Connection, id: MeetingId) -> Result<()> {
    attendance::forget(conn, id).await?;
    crate::note::delete_of_meeting(conn, id).await?;
    delete(conn, &[id]).await
}
