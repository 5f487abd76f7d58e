//! When people are met, and what is open between them and the user: one row each, for lists.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::AssertSqlSafe;
use throughline_core::model::PersonId;
use uuid::Uuid;

use crate::attendance::THERE;
use crate::item::{Start, read_start};
use crate::value::{date, instant, json_ids, read_date};
use crate::{Connection, Result};

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

/// The user, and who is one with them.
const MINE: &str = "mine (id) AS MATERIALIZED (
    SELECT id FROM person WHERE is_me = 1
    UNION SELECT p.id FROM person whole JOIN person p ON p.merged_into = whole.id WHERE whole.is_me = 1)";

/// Of a meeting `m`: that people came together, and the user neither declined nor was away; `mine` is the user.
const MET: &str = "coalesce(m.held, m.status <> 'cancelled') = 1 AND m.kind = 'meeting' AND NOT EXISTS (
    SELECT 1 FROM attendance w WHERE w.meeting_id = m.id AND w.person_id IN mine AND w.present <> 'yes'
      AND (w.present = 'no' OR coalesce(w.user_response, w.calendar_response, '') = 'declined'))";

/// The people of the JSON list `?1`, each with the ids of who is one with them.
const NAMES: &str = "names (person, id) AS MATERIALIZED (
    SELECT unhex(value, '-'), unhex(value, '-') FROM json_each(?1)
    UNION SELECT p.merged_into, p.id FROM json_each(?1) JOIN person p ON p.merged_into = unhex(value, '-'))";

/// The meetings that the people of `names` were at, each once.
fn there() -> String {
    format!(
        "there (person, meeting) AS (
             SELECT n.person, a.meeting_id FROM names n CROSS JOIN attendance a ON a.person_id = n.id WHERE {THERE}
             UNION SELECT n.person, m.id FROM names n CROSS JOIN series_attendee s ON s.person_id = n.id
             CROSS JOIN meeting m ON m.series_id = s.series_id WHERE NOT EXISTS (
                 SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.person_id = s.person_id))"
    )
}

/// So far before the last meeting there was so far people are looked for together; most are met more often.
const OFTEN: TimeDelta = TimeDelta::days(60);

/// When each of these people was last met: their [`Seen::last`]. The meetings of some weeks tell it of most; only of the
/// others all meetings are looked through.
pub async fn last_met(
    conn: &mut Connection,
    people: &[PersonId],
    now: DateTime<Utc>,
) -> Result<HashMap<PersonId, Start>> {
    let now = instant(now);
    let latest: Option<String> = sqlx::query_scalar("SELECT max(start_key) FROM meeting WHERE start_key <= ?1")
        .bind(&now)
        .fetch_one(&mut *conn)
        .await?;
    let Some(latest) = latest.as_deref().and_then(|key| key.get(..10)).map(read_date).transpose()? else {
        return Ok(HashMap::new());
    };
    let recent = format!(
        "WITH {MINE}, recent (id, series, at) AS MATERIALIZED (
             SELECT m.id, m.series_id, m.start_key FROM meeting m WHERE m.start_key > ?2 AND m.start_key <= ?1 AND {MET})
         SELECT coalesce(p.merged_into, p.id), max(met.at) FROM (
             SELECT a.person_id AS person, recent.at FROM recent
             CROSS JOIN attendance a ON a.meeting_id = recent.id WHERE {THERE}
             UNION ALL SELECT s.person_id, recent.at FROM recent
             CROSS JOIN series_attendee s ON s.series_id = recent.series WHERE NOT EXISTS (
                 SELECT 1 FROM attendance a WHERE a.meeting_id = recent.id AND a.person_id = s.person_id)) met
         JOIN person p ON p.id = met.person GROUP BY 1"
    );
    let rows: Vec<(Uuid, String)> =
        sqlx::query_as(AssertSqlSafe(recent)).bind(&now).bind(date(latest - OFTEN)).fetch_all(&mut *conn).await?;
    let mut last = HashMap::with_capacity(people.len());
    for (person, key) in rows {
        last.insert(PersonId(person), read_start(&key)?);
    }
    let others: Vec<PersonId> = people.iter().copied().filter(|id| !last.contains_key(id)).collect();
    let there = there();
    let ever = format!(
        "WITH {MINE}, {NAMES}, {there}
         SELECT there.person, max(m.start_key) FROM there CROSS JOIN meeting m ON m.id = there.meeting
         WHERE m.start_key <= ?2 AND {MET} GROUP BY 1"
    );
    let rows: Vec<(Uuid, String)> =
        sqlx::query_as(AssertSqlSafe(ever)).bind(json_ids(&others)?).bind(&now).fetch_all(conn).await?;
    for (person, key) in rows {
        last.insert(PersonId(person), read_start(&key)?);
    }
    Ok(last)
}

/// A person's [`Seen`] as the statement tells it.
type Row = (Uuid, u32, Option<String>, Option<String>, String);

/// That of each of these people who was ever at a meeting.
pub async fn seen(
    conn: &mut Connection,
    people: &[PersonId],
    now: DateTime<Utc>,
    since: NaiveDate,
) -> Result<HashMap<PersonId, Seen>> {
    let there = there();
    let sql = format!(
        "WITH {MINE}, {NAMES}, {there}
         SELECT there.person, sum(m.start_key <= ?2), max(CASE WHEN m.start_key <= ?2 THEN m.start_key END),
                min(CASE WHEN m.start_key > ?2 THEN m.start_key END),
                coalesce(group_concat(CASE WHEN m.start_key BETWEEN ?3 AND ?2 THEN substr(m.start_key, 1, 10) END), '')
         FROM there CROSS JOIN meeting m ON m.id = there.meeting WHERE {MET} GROUP BY there.person"
    );
    let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(json_ids(people)?)
        .bind(instant(now))
        .bind(date(since))
        .fetch_all(conn)
        .await?;
    let told = |(person, count, last, next, days): Row| {
        let days = days.split(',').filter(|day| !day.is_empty()).map(read_date).collect::<Result<_>>()?;
        let (last, next) = (last.as_deref().map(read_start).transpose()?, next.as_deref().map(read_start).transpose()?);
        Ok((PersonId(person), Seen { count, last, next, days }))
    };
    rows.into_iter().map(told).collect()
}

/// How many open actions the user owes each of these people, and each of them the user: those from a meeting the other was
/// at, or that name the other.
pub async fn owed(conn: &mut Connection, people: &[PersonId], me: PersonId) -> Result<HashMap<PersonId, (u32, u32)>> {
    let people: Vec<PersonId> = people.iter().copied().filter(|id| *id != me).collect();
    let open = "i.kind = 'action' AND i.status = 'open' AND i.archived = 0";
    let sql = format!(
        "WITH mine (id) AS MATERIALIZED (
             SELECT id FROM person WHERE id = ?2 UNION ALL SELECT id FROM person WHERE merged_into = ?2),
         {NAMES},
         my (id, meeting) AS MATERIALIZED (
             SELECT DISTINCT i.id, n.meeting_id FROM mine CROSS JOIN item_owner o ON o.person_id = mine.id
             CROSS JOIN item i ON i.id = o.item_id CROSS JOIN note n ON n.id = i.note_id WHERE {open}),
         i_owe (person, id) AS (
             SELECT n.person, my.id FROM my CROSS JOIN attendance a ON a.meeting_id = my.meeting
             CROSS JOIN names n ON n.id = a.person_id WHERE {THERE}
             UNION SELECT n.person, my.id FROM my CROSS JOIN meeting m ON m.id = my.meeting
             CROSS JOIN series_attendee s ON s.series_id = m.series_id CROSS JOIN names n ON n.id = s.person_id
             WHERE NOT EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.person_id = s.person_id)
             UNION SELECT n.person, my.id FROM my CROSS JOIN item_mention w ON w.item_id = my.id
             CROSS JOIN names n ON n.id = w.person_id),
         they_owe (person, id) AS (
             SELECT DISTINCT t.person, i.id FROM names t CROSS JOIN item_owner o ON o.person_id = t.id
             CROSS JOIN item i ON i.id = o.item_id CROSS JOIN note n ON n.id = i.note_id
             WHERE {open} AND (
                 EXISTS (SELECT 1 FROM item_mention w WHERE w.item_id = i.id AND w.person_id IN mine)
                 OR EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = n.meeting_id AND a.person_id IN mine
                            AND {THERE})
                 OR EXISTS (SELECT 1 FROM meeting m WHERE m.id = n.meeting_id
                            AND NOT EXISTS (SELECT 1 FROM attendance a
                                            WHERE a.meeting_id = m.id AND a.person_id IN mine)
                            AND (m.source = 'local' OR EXISTS (
                                 SELECT 1 FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                                 WHERE c.meeting_id = m.id AND k.owned = 1)))))
         SELECT person, sum(i_owe), sum(they_owe) FROM (
             SELECT person, count(*) AS i_owe, 0 AS they_owe FROM i_owe GROUP BY person
             UNION ALL SELECT person, 0, count(*) FROM they_owe GROUP BY person)
         GROUP BY person"
    );
    let rows: Vec<(Uuid, u32, u32)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(json_ids(&people)?).bind(me.0).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(person, mine, theirs)| (PersonId(person), (mine, theirs))).collect())
}
