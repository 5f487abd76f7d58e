//! When people are met, and what is open between them and the user: one row each, for lists.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use throughline_core::model::PersonId;
use uuid::Uuid;

use crate::value::{date, instant, read_date, read_instant};
use crate::{Connection, Result};

/// When a meeting begins: an instant, or the day of one of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// An instant.
    At(DateTime<Utc>),
    /// A day.
    Day(NaiveDate),
}

/// A person's meetings with the user; those that either declined or was away from and those called off left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many have begun.
    pub count: u32,
    /// The last of them.
    pub last: Option<Start>,
    /// The next.
    pub next: Option<Start>,
    /// The days of those since the day asked with, the next left out.
    pub days: Vec<NaiveDate>,
}

/// That of everybody who was ever at a meeting.
pub async fn seen(conn: &mut Connection, now: DateTime<Utc>, since: NaiveDate) -> Result<HashMap<PersonId, Seen>> {
    let (now, since) = (instant(now), date(since));
    let rows = sqlx::query!(
        r#"WITH there (person, meeting) AS (
               SELECT coalesce(p.merged_into, p.id), a.meeting_id FROM attendance a JOIN person p ON p.id = a.person_id
               WHERE a.present = 'yes' OR (a.present <> 'no'
                   AND coalesce(a.user_response, a.calendar_response, '') <> 'declined')
               UNION
               SELECT coalesce(p.merged_into, p.id), m.id FROM series_attendee s
               JOIN person p ON p.id = s.person_id JOIN meeting m ON m.series_id = s.series_id
               WHERE NOT EXISTS (
                   SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.person_id = s.person_id)),
           without_me (meeting) AS MATERIALIZED (
               SELECT a.meeting_id FROM attendance a JOIN person p ON p.id = a.person_id
               LEFT JOIN person whole ON whole.id = p.merged_into
               WHERE (p.is_me = 1 OR whole.is_me = 1) AND a.present <> 'yes'
                 AND (a.present = 'no' OR coalesce(a.user_response, a.calendar_response, '') = 'declined'))
           SELECT person AS "person!: Uuid", sum(m.start_key <= ?1) AS "count!: u32",
                  max(CASE WHEN m.start_key <= ?1 THEN m.start_key END) AS "last?: String",
                  min(CASE WHEN m.start_key > ?1 THEN m.start_key END) AS "next?: String",
                  coalesce(group_concat(CASE WHEN m.start_key BETWEEN ?2 AND ?1
                      THEN substr(m.start_key, 1, 10) END), '') AS "days!: String"
           FROM there JOIN meeting m ON m.id = there.meeting
           WHERE coalesce(m.held, m.status <> 'cancelled') = 1 AND m.kind = 'meeting'
             AND m.id NOT IN (SELECT meeting FROM without_me)
           GROUP BY person"#,
        now,
        since
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let days = row.days.split(',').filter(|day| !day.is_empty()).map(read_date).collect::<Result<_>>()?;
            let last = row.last.as_deref().map(start).transpose()?;
            let next = row.next.as_deref().map(start).transpose()?;
            Ok((PersonId(row.person), Seen { count: row.count, last, next, days }))
        })
        .collect()
}

fn start(key: &str) -> Result<Start> {
    if key.len() == 10 { read_date(key).map(Start::Day) } else { read_instant(key).map(Start::At) }
}

/// How many open actions the user owes each person, and each person the user: those from a meeting the other was at, or
/// that name the other.
pub async fn owed(conn: &mut Connection, me: PersonId) -> Result<HashMap<PersonId, (u32, u32)>> {
    let rows = sqlx::query!(
        r#"WITH mine (id) AS MATERIALIZED (
               SELECT id FROM person WHERE id = ?1 UNION ALL SELECT id FROM person WHERE merged_into = ?1),
           open (id, meeting, owner) AS MATERIALIZED (
               SELECT i.id, n.meeting_id, coalesce(p.merged_into, p.id) FROM item i
               CROSS JOIN note n ON n.id = i.note_id CROSS JOIN item_owner o ON o.item_id = i.id
               CROSS JOIN person p ON p.id = o.person_id
               WHERE i.kind = 'action' AND i.status = 'open' AND i.archived = 0),
           there (meeting, person) AS (
               SELECT a.meeting_id, coalesce(p.merged_into, p.id) FROM attendance a JOIN person p ON p.id = a.person_id
               WHERE a.present = 'yes' OR (a.present <> 'no'
                   AND coalesce(a.user_response, a.calendar_response, '') <> 'declined')
               UNION
               SELECT m.id, coalesce(p.merged_into, p.id) FROM series_attendee s
               JOIN person p ON p.id = s.person_id JOIN meeting m ON m.series_id = s.series_id
               WHERE NOT EXISTS (
                   SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.person_id = s.person_id)),
           mentioned (item, person) AS (
               SELECT m.item_id, coalesce(p.merged_into, p.id) FROM item_mention m JOIN person p ON p.id = m.person_id)
           SELECT person AS "person!: Uuid", sum(i_owe) AS "i_owe!: u32", sum(they_owe) AS "they_owe!: u32" FROM (
               SELECT person, count(DISTINCT id) AS i_owe, 0 AS they_owe FROM (
                   SELECT t.person, open.id FROM open CROSS JOIN there t ON t.meeting = open.meeting WHERE owner = ?1
                   UNION SELECT m.person, open.id FROM open CROSS JOIN mentioned m ON m.item = open.id
                   WHERE owner = ?1)
               GROUP BY person
               UNION ALL
               SELECT owner, 0, count(DISTINCT id) FROM open
               WHERE owner <> ?1 AND (
                   EXISTS (SELECT 1 FROM item_mention m WHERE m.item_id = open.id AND m.person_id IN mine)
                   OR EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = open.meeting AND a.person_id IN mine
                              AND (a.present = 'yes' OR (a.present <> 'no'
                                   AND coalesce(a.user_response, a.calendar_response, '') <> 'declined')))
                   OR EXISTS (SELECT 1 FROM meeting m WHERE m.id = open.meeting
                              AND NOT EXISTS (SELECT 1 FROM attendance a
                                              WHERE a.meeting_id = m.id AND a.person_id IN mine)
                              AND (m.source = 'local' OR EXISTS (
                                   SELECT 1 FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                                   WHERE c.meeting_id = m.id AND k.owned = 1))))
               GROUP BY owner)
           WHERE person <> ?1 GROUP BY person"#,
        me.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (PersonId(row.person), (row.i_owe, row.they_owe))).collect())
}
