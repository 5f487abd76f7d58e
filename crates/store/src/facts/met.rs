//! Meetings without what was said at them: enough to tell who meets whom.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use throughline_core::graph::Fact;
use throughline_core::model::{ItemId, MeetingId, PersonId};
use uuid::Uuid;

use super::around::{gather, meetings_of};
use crate::value::{date, json_ids};
use crate::{Connection, Result};

/// The meetings at which one of these (already resolved) was, with everybody there. The user is at what they made by hand
/// and at what lies in a calendar of their own, named or not.
pub async fn meetings_with(conn: &mut Connection, people: &[PersonId]) -> Result<Vec<Fact>> {
    let mut meetings = meetings_of(conn, people).await?;
    meetings.extend(implied(conn, people).await?);
    gather(conn, Vec::new(), meetings, people).await
}

/// How much [`meetings_with`] has to read, roughly: how often these are named as attending, or are there unnamed.
pub async fn attendances_of(conn: &mut Connection, people: &[PersonId]) -> Result<i64> {
    let people = json_ids(people)?;
    let row = sqlx::query!(
        r#"WITH asked (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1)),
           mine (id) AS MATERIALIZED (
               SELECT id FROM person WHERE is_me = 1 AND coalesce(merged_into, id) IN (SELECT id FROM asked))
           SELECT (SELECT count(*) FROM attendance WHERE person_id IN asked) AS "named!: i64",
                  (SELECT count(*) FROM meeting WHERE source = 'local' AND EXISTS (SELECT 1 FROM mine))
                  + (SELECT count(*) FROM calendar k CROSS JOIN meeting_calendar c ON c.calendar_id = k.id
                     WHERE k.owned = 1 AND EXISTS (SELECT 1 FROM mine)) AS "unnamed!: i64""#,
        people
    )
    .fetch_one(conn)
    .await?;
    Ok(row.named + row.unnamed)
}

/// The meetings that the user is at without being named, where the user is among these.
async fn implied(conn: &mut Connection, people: &[PersonId]) -> Result<Vec<MeetingId>> {
    let people = json_ids(people)?;
    let rows = sqlx::query_scalar!(
        r#"WITH mine (id) AS MATERIALIZED (
               SELECT id FROM person WHERE is_me = 1
               AND coalesce(merged_into, id) IN (SELECT unhex(value, '-') FROM json_each(?1)))
           SELECT m.id AS "id!: Uuid" FROM mine CROSS JOIN meeting m WHERE m.source = 'local'
           UNION SELECT c.meeting_id FROM mine CROSS JOIN calendar k ON k.owned = 1
           CROSS JOIN meeting_calendar c ON c.calendar_id = k.id"#,
        people
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(MeetingId).collect())
}

/// The meetings between two days, both included, with everybody there; a day more at each end, for the zones. With a topic
/// (lower case, without `#`) only those about it or one below it, and the items that make them so.
pub async fn meetings_between(
    conn: &mut Connection,
    topic: Option<&str>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<Vec<Fact>> {
    let from = from.and_then(|day| day.checked_sub_days(Days::new(1))).map(date);
    let to = to.and_then(|day| day.checked_add_days(Days::new(2))).map(date);
    let Some(topic) = topic else {
        let rows = sqlx::query_scalar!(
            r#"SELECT id AS "id!: Uuid" FROM meeting
               WHERE (?1 IS NULL OR start_key >= ?1) AND (?2 IS NULL OR start_key < ?2)"#,
            from,
            to
        )
        .fetch_all(&mut *conn)
        .await?;
        return gather(conn, Vec::new(), rows.into_iter().map(MeetingId).collect(), &[]).await;
    };
    let rows = sqlx::query!(
        r#"WITH about (item, note) AS (
               SELECT t.item_id, i.note_id FROM item_topic t JOIN item i ON i.id = t.item_id
               WHERE i.archived = 0 AND (t.topic = ?1 OR (t.topic > ?1 || '/' AND t.topic < ?1 || '0'))
               UNION SELECT NULL, t.note_id FROM note_topic t
               WHERE t.topic = ?1 OR (t.topic > ?1 || '/' AND t.topic < ?1 || '0'))
           SELECT about.item AS "item?: Uuid", m.id AS "meeting!: Uuid" FROM about
           JOIN note n ON n.id = about.note JOIN meeting m ON m.id = n.meeting_id
           WHERE (?2 IS NULL OR m.start_key >= ?2) AND (?3 IS NULL OR m.start_key < ?3)"#,
        topic,
        from,
        to
    )
    .fetch_all(&mut *conn)
    .await?;
    let meetings: BTreeSet<MeetingId> = rows.iter().map(|row| MeetingId(row.meeting)).collect();
    let items: BTreeSet<ItemId> = rows.iter().filter_map(|row| row.item.map(ItemId)).collect();
    gather(conn, items.into_iter().collect(), meetings, &[]).await
}
