//! Who is at a meeting, in three layers: what the calendar says, what was added by hand or read from minutes, and who was
//! there. People added to a series are laid over all its meetings.

use std::collections::HashMap;

use serde::Serialize;
use throughline_core::model::{Attendance, MeetingId, PersonId, Presence, Response, Role, SeriesId};
use uuid::Uuid;

use crate::value::{BATCH, json, json_ids, read_json, read_word};
use crate::{Connection, Result};

/// Of a row `a` of `attendance`: that they were there, neither declined nor told absent, as far as is known.
pub(crate) const THERE: &str = "(a.present = 'yes'
    OR a.present <> 'no' AND coalesce(a.user_response, a.calendar_response, '') <> 'declined')";

/// What a calendar says of a person at a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Invited {
    /// The meeting.
    pub meeting: MeetingId,
    /// Who.
    pub person: PersonId,
    /// Their part.
    pub role: Role,
    /// What they answered.
    pub response: Option<Response>,
}

/// Who added somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The user.
    Hand,
    /// Minutes that were imported.
    Minutes,
}

/// Somebody the user or minutes added to a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Added {
    /// The meeting.
    pub meeting: MeetingId,
    /// Who.
    pub person: PersonId,
    /// Who said so.
    pub origin: Origin,
    /// Their part.
    pub role: Role,
    /// What they answered.
    pub response: Option<Response>,
    /// Whether they were there; `Unknown` leaves what was said before.
    pub present: Presence,
}

/// Who is at the meetings, merges followed and nobody twice, series laid over: by meeting, then part, then person.
pub async fn of_meetings(conn: &mut Connection, ids: &[MeetingId]) -> Result<Vec<Attendance>> {
    load(conn, Some(ids)).await
}

/// Who is at any meeting.
pub async fn all(conn: &mut Connection) -> Result<Vec<Attendance>> {
    load(conn, None).await
}

/// Replaces what the calendar says of `meetings`. What a person said stays, so that somebody uninvited who was there was
/// there still.
pub async fn put_invited(conn: &mut Connection, meetings: &[MeetingId], invited: &[Invited]) -> Result<()> {
    for batch in meetings.chunks(BATCH) {
        let ids = json_ids(batch)?;
        sqlx::query!(
            "UPDATE attendance SET calendar_role = NULL, calendar_response = NULL
             WHERE meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1))",
            ids
        )
        .execute(&mut *conn)
        .await?;
    }
    for batch in invited.chunks(BATCH) {
        let rows = json(batch)?;
        sqlx::query!(
            "INSERT INTO attendance (meeting_id, person_id, calendar_role, calendar_response)
             SELECT unhex(value ->> 'meeting', '-'), unhex(value ->> 'person', '-'), value ->> 'role',
                    value ->> 'response'
             FROM json_each(?1) WHERE true
             ON CONFLICT DO UPDATE SET
                 calendar_role = CASE WHEN calendar_role = 'organizer' THEN calendar_role
                                      ELSE excluded.calendar_role END,
                 calendar_response = coalesce(excluded.calendar_response, calendar_response)",
            rows
        )
        .execute(&mut *conn)
        .await?;
    }
    for batch in meetings.chunks(BATCH) {
        sweep(conn, batch).await?;
    }
    Ok(())
}

/// Adds people to meetings, or changes what was said of them before; touch [`crate::Kind::Attendance`] first.
pub async fn add(conn: &mut Connection, added: &[Added]) -> Result<()> {
    for batch in added.chunks(BATCH) {
        let rows = json(batch)?;
        sqlx::query!(
            "INSERT INTO attendance (meeting_id, person_id, user_origin, user_role, user_response, present)
             SELECT unhex(value ->> 'meeting', '-'), unhex(value ->> 'person', '-'), value ->> 'origin',
                    value ->> 'role', value ->> 'response', value ->> 'present'
             FROM json_each(?1) WHERE true
             ON CONFLICT DO UPDATE SET
                 user_origin = excluded.user_origin, user_role = excluded.user_role,
                 user_response = coalesce(excluded.user_response, user_response),
                 present = CASE WHEN excluded.present = 'unknown' THEN present ELSE excluded.present END",
            rows
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Takes back that somebody was added by hand or minutes; whom the calendar names stays.
pub async fn remove_added(conn: &mut Connection, meeting: MeetingId, person: PersonId) -> Result<()> {
    sqlx::query!(
        "UPDATE attendance SET user_origin = NULL, user_role = NULL, user_response = NULL, present = 'unknown'
         WHERE meeting_id = ?1 AND person_id IN (SELECT id FROM person WHERE id = ?2 OR merged_into = ?2)",
        meeting.0,
        person.0
    )
    .execute(&mut *conn)
    .await?;
    sweep(conn, &[meeting]).await
}

/// Says whether somebody was there, invited or not; touch [`crate::Kind::Attendance`] first.
pub async fn set_present(conn: &mut Connection, meeting: MeetingId, person: PersonId, present: Presence) -> Result<()> {
    let word = present.as_str();
    let said = sqlx::query!(
        "UPDATE attendance SET present = ?3
         WHERE meeting_id = ?1 AND person_id IN (SELECT id FROM person WHERE id = ?2 OR merged_into = ?2)",
        meeting.0,
        person.0,
        word
    )
    .execute(&mut *conn)
    .await?;
    if said.rows_affected() == 0 {
        sqlx::query!(
            "INSERT INTO attendance (meeting_id, person_id, present) VALUES (?1, ?2, ?3)",
            meeting.0,
            person.0,
            word
        )
        .execute(&mut *conn)
        .await?;
    }
    sweep(conn, &[meeting]).await
}

/// Adds somebody to every meeting of a series; touch [`crate::Kind::SeriesAttendees`] first.
pub async fn add_to_series(conn: &mut Connection, series: SeriesId, person: PersonId, role: Role) -> Result<()> {
    let role = role.as_str();
    sqlx::query!(
        "INSERT INTO series_attendee (series_id, person_id, role) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET role = excluded.role",
        series.0,
        person.0,
        role
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes back that somebody was added to a series.
pub async fn remove_from_series(conn: &mut Connection, series: SeriesId, person: PersonId) -> Result<()> {
    sqlx::query!("DELETE FROM series_attendee WHERE series_id = ?1 AND person_id = ?2", series.0, person.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whom the user added to a series, as stored.
pub async fn of_series(conn: &mut Connection, series: SeriesId) -> Result<Vec<(PersonId, Role)>> {
    let rows = sqlx::query!(
        r#"SELECT person_id AS "id!: Uuid", role AS "role!" FROM series_attendee
           WHERE series_id = ?1 ORDER BY person_id"#,
        series.0
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| Ok((PersonId(row.id), read_word(&row.role)?))).collect()
}

/// Lets go rows without any layer.
pub(crate) async fn sweep(conn: &mut Connection, meetings: &[MeetingId]) -> Result<()> {
    let ids = json_ids(meetings)?;
    sqlx::query!(
        "DELETE FROM attendance WHERE meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1))
           AND calendar_role IS NULL AND user_origin IS NULL AND present = 'unknown'",
        ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets go everybody at a meeting that is about to go.
pub(crate) async fn forget(conn: &mut Connection, meeting: MeetingId) -> Result<()> {
    sqlx::query!("DELETE FROM attendance WHERE meeting_id = ?1", meeting.0).execute(conn).await?;
    Ok(())
}

/// Person, part, answer, presence, as one of the layers has it.
type Said = (PersonId, Option<Role>, Option<Response>, Presence);

/// A row for each meeting and not for each person: rows are what costs.
async fn load(conn: &mut Connection, ids: Option<&[MeetingId]>) -> Result<Vec<Attendance>> {
    let ids = ids.map(json_ids).transpose()?;
    let rows = sqlx::query!(
        r#"SELECT m.id AS "meeting!: Uuid",
                  (SELECT json_group_array(json_array(
                       lower(hex(coalesce(p.merged_into, p.id))), coalesce(a.calendar_role, a.user_role),
                       coalesce(a.user_response, a.calendar_response), a.present))
                   FROM attendance a JOIN person p ON p.id = a.person_id WHERE a.meeting_id = m.id)
                  AS "own!: String",
                  (SELECT json_group_array(json_array(
                       lower(hex(coalesce(p.merged_into, p.id))), s.role, NULL, 'unknown'))
                   FROM series_attendee s JOIN person p ON p.id = s.person_id WHERE s.series_id = m.series_id)
                  AS "series!: String"
           FROM meeting m WHERE m.id IN (
               SELECT unhex(value, '-') FROM json_each(?1) UNION ALL SELECT id FROM meeting WHERE ?1 IS NULL)"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    let mut attendances = Vec::new();
    for row in rows {
        let own = if row.own == "[]" { Vec::new() } else { read_json(&row.own)? };
        lay(MeetingId(row.meeting), own, &row.series, &mut attendances)?;
    }
    attendances.sort_by_key(|at| (at.meeting_id, at.role, at.person_id));
    Ok(attendances)
}

/// Who of `people` is at the meetings, as [`of_meetings`] tells it but in no order, and how much everybody else counts
/// there, in quarters (`throughline_core::graph::attendance_weight`). Whoever was merged is named and not weighed, and so
/// is everybody where people were added to the whole series: their layers are to be laid together first.
pub(crate) async fn among(
    conn: &mut Connection,
    ids: &[MeetingId],
    people: &[PersonId],
) -> Result<(Vec<Attendance>, HashMap<MeetingId, u32>)> {
    let (ids, people) = (json_ids(ids)?, json_ids(people)?);
    let rows = sqlx::query!(
        r#"WITH named (id) AS MATERIALIZED (
               SELECT unhex(value, '-') FROM json_each(?2)
               UNION SELECT id FROM person WHERE merged_into IS NOT NULL
               UNION SELECT merged_into FROM person WHERE merged_into IS NOT NULL),
           laid (id) AS MATERIALIZED (SELECT DISTINCT series_id FROM series_attendee)
           SELECT m.id AS "meeting!: Uuid",
                  (SELECT json_array(
                       json_group_array(json_array(
                           lower(hex(coalesce((SELECT p.merged_into FROM person p WHERE p.id = a.person_id), a.person_id))),
                           coalesce(a.calendar_role, a.user_role), coalesce(a.user_response, a.calendar_response),
                           a.present)) FILTER (WHERE a.person_id IN named OR m.series_id IN laid),
                       sum(CASE WHEN a.present = 'yes' THEN 4
                                WHEN a.present = 'no'
                                     OR coalesce(a.user_response, a.calendar_response) = 'declined' THEN 1
                                WHEN coalesce(a.user_response, a.calendar_response) = 'accepted' THEN 4
                                WHEN coalesce(a.calendar_role, a.user_role) = 'optional' THEN 2 ELSE 4 END)
                           FILTER (WHERE a.person_id NOT IN named AND coalesce(m.series_id IN laid, 0) = 0))
                   FROM attendance a WHERE a.meeting_id = m.id) AS "own!: String",
                  (SELECT json_group_array(json_array(
                       lower(hex(coalesce(p.merged_into, p.id))), s.role, NULL, 'unknown'))
                   FROM series_attendee s JOIN person p ON p.id = s.person_id WHERE s.series_id = m.series_id)
                  AS "series!: String"
           FROM meeting m WHERE m.id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        ids,
        people
    )
    .fetch_all(conn)
    .await?;
    let (mut attendances, mut others) = (Vec::new(), HashMap::new());
    for row in rows {
        let meeting = MeetingId(row.meeting);
        let (own, weight): (Vec<Said>, Option<u32>) = read_json(&row.own)?;
        lay(meeting, own, &row.series, &mut attendances)?;
        others.extend(weight.map(|weight| (meeting, weight)));
    }
    Ok((attendances, others))
}

/// The layers of one meeting as one: nobody twice.
fn lay(meeting_id: MeetingId, own: Vec<Said>, series: &str, attendances: &mut Vec<Attendance>) -> Result<()> {
    let series: Vec<Said> = if series == "[]" { Vec::new() } else { read_json(series)? };
    let mut there: Vec<Said> = Vec::with_capacity(own.len());
    for said in own.into_iter().chain(series) {
        match there.iter_mut().find(|known| known.0 == said.0) {
            Some(known) => lay_over(known, said),
            None => there.push(said),
        }
    }
    attendances.extend(there.into_iter().map(|(person_id, role, response, present)| Attendance {
        meeting_id,
        person_id,
        role: role.unwrap_or(Role::Required),
        response,
        present,
    }));
    Ok(())
}

/// Organizer wins over required over optional, yes over no over unknown: the order of declaration.
fn lay_over(known: &mut Said, said: Said) {
    known.1 = known.1.into_iter().chain(said.1).min();
    known.2 = known.2.or(said.2);
    known.3 = known.3.min(said.3);
}
