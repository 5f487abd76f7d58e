//! What meetings yielded, and what became of the user's promises.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use throughline_core::graph::Promise;
use throughline_core::model::{ItemId, MeetingId, PersonId};
use uuid::Uuid;

use crate::value::{date, json_ids, read_date, read_instant, read_word};
use crate::{Connection, Result};

/// How many items each of these meetings yielded, proposals left out; those without any are left out.
pub async fn outcomes(conn: &mut Connection, meetings: &[MeetingId]) -> Result<HashMap<MeetingId, u32>> {
    let meetings = json_ids(meetings)?;
    let rows = sqlx::query!(
        r#"SELECT n.meeting_id AS "meeting!: Uuid", count(*) AS "count!: u32"
           FROM json_each(?1) asked CROSS JOIN note n ON n.meeting_id = unhex(asked.value, '-')
           CROSS JOIN item i ON i.note_id = n.id WHERE i.archived = 0 AND i.proposed = 0 GROUP BY n.meeting_id"#,
        meetings
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (MeetingId(row.meeting), row.count)).collect())
}

/// The actions of a person that are due between two days, both included, by day. Days done are as read in `zone`.
pub async fn promises(
    conn: &mut Connection,
    of: PersonId,
    from: NaiveDate,
    to: NaiveDate,
    zone: Tz,
) -> Result<Vec<Promise>> {
    let (from, to) = (date(from), date(to));
    let rows = sqlx::query!(
        r#"SELECT i.id AS "id!: Uuid", i.status AS "status!", i.due AS "due!", i.slips AS "slips!: u32", i.done_at
           FROM item i WHERE i.kind = 'action' AND i.archived = 0 AND i.due BETWEEN ?2 AND ?3
             AND EXISTS (SELECT 1 FROM item_owner o JOIN person p ON p.id = o.person_id
                         WHERE o.item_id = i.id AND coalesce(p.merged_into, p.id) = ?1)
           ORDER BY i.due, i.id"#,
        of.0,
        from,
        to
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let done = row.done_at.as_deref().map(read_instant).transpose()?;
            Ok(Promise {
                id: ItemId(row.id),
                status: read_word(&row.status)?,
                due: read_date(&row.due)?,
                slips: row.slips,
                done: done.map(|at| at.with_timezone(&zone).date_naive()),
            })
        })
        .collect()
}
