//! What a review looks at: the user's actions, those they wait for, and those of nobody.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use throughline_core::model::{ActionStatus, ItemId, PersonId};
use throughline_core::review::Reviewed;
use uuid::Uuid;

use crate::value::{date, json_ids, moment, read_date, read_instant, read_word};
use crate::{Connection, Result};

/// The open actions, and with a day those closed since: the user's own, those of meetings that are theirs or of running
/// notes, and those that name them. Where nobody is the user, all. Dates are as read in `zone`.
pub async fn actions(
    conn: &mut Connection,
    me: Option<PersonId>,
    closed_since: Option<DateTime<Utc>>,
    zone: Tz,
) -> Result<Vec<Reviewed>> {
    let (me, since) = (me.map(|me| me.0), closed_since.map(moment));
    let rows = sqlx::query!(
        r#"WITH mine (id) AS MATERIALIZED (
               SELECT id FROM person WHERE id = ?1 UNION ALL SELECT id FROM person WHERE merged_into = ?1),
           changed (id, at) AS MATERIALIZED (
               SELECT c.item_id, max(c.at) FROM item_change c
               WHERE NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.seq) GROUP BY c.item_id),
           wanted (id, note_id, meeting_id, changed) AS MATERIALIZED (
               SELECT i.id, i.note_id, n.meeting_id, changed.at FROM item i JOIN note n ON n.id = i.note_id
               LEFT JOIN changed ON changed.id = i.id
               WHERE i.archived = 0 AND i.kind = 'action' AND (i.status = 'open'
                   OR (?2 IS NOT NULL AND coalesce(i.done_at, changed.at, i.created_at) >= ?2)))
           SELECT i.id AS "id!: Uuid", i.status AS "status!", i.due, i.snoozed_until, i.kept_until, i.done_at,
                  i.created_at AS "created_at!", m.start_key AS "starts?: String", w.changed AS "changed?: String",
                  EXISTS (SELECT 1 FROM item_owner o WHERE o.item_id = i.id) AS "owned!: bool",
                  EXISTS (SELECT 1 FROM item_owner o WHERE o.item_id = i.id AND o.person_id IN mine) AS "mine!: bool"
           FROM wanted w CROSS JOIN item i ON i.id = w.id LEFT JOIN meeting m ON m.id = w.meeting_id
           WHERE ?1 IS NULL OR m.id IS NULL OR m.organizer_id IN mine
              OR EXISTS (SELECT 1 FROM item_owner o WHERE o.item_id = i.id AND o.person_id IN mine)
              OR EXISTS (SELECT 1 FROM item_mention o WHERE o.item_id = i.id AND o.person_id IN mine)
              OR EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.person_id IN mine)
              OR EXISTS (SELECT 1 FROM series_attendee s WHERE s.series_id = m.series_id AND s.person_id IN mine)
              OR NOT EXISTS (SELECT 1 FROM meeting_calendar c WHERE c.meeting_id = m.id)
              OR EXISTS (SELECT 1 FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                         WHERE c.meeting_id = m.id AND k.owned = 1)
           ORDER BY i.id"#,
        me,
        since
    )
    .fetch_all(conn)
    .await?;
    let day = |text: &str| -> Result<NaiveDate> {
        if text.len() == 10 { read_date(text) } else { Ok(read_instant(text)?.with_timezone(&zone).date_naive()) }
    };
    rows.into_iter()
        .map(|row| {
            let status: ActionStatus = read_word(&row.status)?;
            let created = day(&row.created_at)?;
            let changed = row.changed.as_deref().map(day).transpose()?;
            let done = row.done_at.as_deref().map(day).transpose()?;
            Ok(Reviewed {
                id: ItemId(row.id),
                status,
                mine: row.mine,
                owned: row.owned,
                due: row.due.as_deref().map(read_date).transpose()?,
                snoozed_until: row.snoozed_until.as_deref().map(read_date).transpose()?,
                kept_until: row.kept_until.as_deref().map(read_date).transpose()?,
                raised: row.starts.as_deref().map(day).transpose()?.map_or(created, |starts| starts.min(created)),
                changed,
                closed: (status != ActionStatus::Open).then(|| done.or(changed).unwrap_or(created)),
                was_due: Vec::new(),
            })
        })
        .collect()
}

/// The due dates these had before the one they have now, each with the last day it had it, earliest first; changes that
/// were taken back are left out.
pub async fn due_dates(
    conn: &mut Connection,
    ids: &[ItemId],
    zone: Tz,
) -> Result<HashMap<ItemId, Vec<(NaiveDate, Option<NaiveDate>)>>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT c.item_id AS "item!: Uuid", c.at AS "at!", c.due_before FROM item_change c
           WHERE c.item_id IN (SELECT unhex(value, '-') FROM json_each(?1)) AND c.due_before IS NOT c.due_after
             AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.seq)
           ORDER BY c.seq"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    let mut found: HashMap<ItemId, Vec<_>> = HashMap::new();
    for row in rows {
        let until = read_instant(&row.at)?.with_timezone(&zone).date_naive();
        let due = row.due_before.as_deref().map(read_date).transpose()?;
        found.entry(ItemId(row.item)).or_default().push((until, due));
    }
    Ok(found)
}

/// How many actions were worked off since then: done or dropped and still so, or looked at and kept until `kept`.
pub async fn worked_off(conn: &mut Connection, since: DateTime<Utc>, kept: NaiveDate) -> Result<u32> {
    let (since, kept) = (moment(since), date(kept));
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: u32" FROM item i WHERE i.archived = 0 AND i.kind = 'action' AND (
               i.kept_until = ?2 OR i.done_at >= ?1
               OR (i.status <> 'open' AND i.id IN (
                   SELECT c.item_id FROM item_change c WHERE c.at >= ?1 AND c.status_after <> 'open'
                   AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.seq))))"#,
        since,
        kept
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}
