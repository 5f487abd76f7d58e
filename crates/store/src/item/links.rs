//! What items say of one another, seen from the other end.

use std::collections::HashSet;

use throughline_core::graph::AsOf;
use throughline_core::model::{ItemId, LinkKind};
use uuid::Uuid;

use crate::value::{date, json_ids, moment, read_word};
use crate::{Connection, Result};

/// Links to these items from items that are not archived, oldest first: from, what it says, to. A decision that is only
/// proposed supersedes and answers nothing; with a day, one that was not decided by its end supersedes nothing.
pub async fn links_to(
    conn: &mut Connection,
    ids: &[ItemId],
    by: Option<AsOf>,
) -> Result<Vec<(ItemId, LinkKind, ItemId)>> {
    let ids = json_ids(ids)?;
    let (day, end) = (by.map(|by| date(by.day)), by.map(|by| moment(by.end())));
    let rows = sqlx::query!(
        r#"SELECT l.item_id AS "from!: Uuid", l.kind AS "kind!", l.target AS "target!: Uuid"
           FROM item_link l JOIN item i ON i.id = l.item_id
           JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id
           WHERE l.target IN (SELECT unhex(value, '-') FROM json_each(?1)) AND i.archived = 0
             AND (l.kind <> 'supersedes' OR (i.proposed = 0 AND i.kind = 'decision'
               AND (?2 IS NULL OR CASE WHEN length(m.start_key) = 10 THEN m.start_key <= ?2
                    ELSE coalesce(m.start_key, i.created_at) < ?3 END)))
             AND (l.kind <> 'answers' OR i.proposed = 0)
           ORDER BY i.created_at, l.item_id"#,
        ids,
        day,
        end
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| Ok((ItemId(row.from), read_word(&row.kind)?, ItemId(row.target)))).collect()
}

/// Those of the items that are there and not archived.
pub async fn alive(conn: &mut Connection, ids: &[ItemId]) -> Result<HashSet<ItemId>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query_scalar!(
        r#"SELECT id AS "id!: Uuid" FROM item
           WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1)) AND archived = 0"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(ItemId).collect())
}
