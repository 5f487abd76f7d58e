//! What items say of one another, seen from the other end.

use std::collections::HashSet;

use sqlx::AssertSqlSafe;
use throughline_core::graph::AsOf;
use throughline_core::model::{ItemId, LinkKind};
use uuid::Uuid;

use super::list::said_by;
use crate::value::{json_ids, read_word};
use crate::{Connection, Result};

/// Links to these items from items that are not archived, oldest first: from, what it says, to. A decision that is only
/// proposed supersedes and answers nothing; with a day, what was not said by its end supersedes and answers nothing.
pub async fn links_to(
    conn: &mut Connection,
    ids: &[ItemId],
    by: Option<AsOf>,
) -> Result<Vec<(ItemId, LinkKind, ItemId)>> {
    let counts = counts(by);
    let sql = format!(
        "SELECT l.item_id, l.kind, l.target FROM item_link l JOIN item i ON i.id = l.item_id
         JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id
         WHERE l.target IN (SELECT unhex(value, '-') FROM json_each(?1)) AND i.archived = 0 AND {counts}
         ORDER BY i.created_at, l.item_id"
    );
    let rows: Vec<(Uuid, String, Uuid)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(json_ids(ids)?).fetch_all(conn).await?;
    rows.into_iter().map(|(from, kind, to)| Ok((ItemId(from), read_word(&kind)?, ItemId(to)))).collect()
}

/// Which items a link of that kind leads to that counts by the end of a day: those superseded, or those answered.
pub async fn targets(conn: &mut Connection, kind: LinkKind, by: AsOf) -> Result<HashSet<ItemId>> {
    let counts = counts(Some(by));
    let sql = format!(
        "SELECT DISTINCT l.target FROM item_link l JOIN item i ON i.id = l.item_id
         JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id
         WHERE l.kind = ?1 AND i.archived = 0 AND {counts}"
    );
    let rows: Vec<Uuid> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(kind.as_str()).fetch_all(conn).await?;
    Ok(rows.into_iter().map(ItemId).collect())
}

/// Whether a link `l` of an item `i`, which stands in a note of the meeting `m` or of none, counts.
fn counts(by: Option<AsOf>) -> String {
    let said = by.map_or_else(|| "true".to_owned(), |by| said_by("m.start_key", "i.created_at", by));
    format!(
        "(l.kind NOT IN ('supersedes', 'answers')
          OR (i.proposed = 0 AND (l.kind = 'answers' OR i.kind = 'decision') AND {said}))"
    )
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
