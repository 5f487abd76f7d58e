//! What the log tells of items: the history that the rows do not keep.

use chrono::{DateTime, Utc};
use serde_json::Value;
use throughline_core::model::{Item, ItemId};

use super::Content;
use crate::value::{moment, read_instant, read_json};
use crate::{Connection, Kind, Result, feed, ids};

/// At most so many entries are read.
const ENTRIES: i64 = 2_000;

/// What an entry did to an item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemChange {
    /// Which.
    pub item: ItemId,
    /// When.
    pub at: DateTime<Utc>,
    /// What it was like; none where it was not there.
    pub before: Option<Item>,
    /// What it was like afterwards; none where it went.
    pub after: Option<Item>,
}

/// What became of items since then, oldest first; what was taken back, and taking it back, is left out. Of very many
/// entries the latest are read.
pub async fn items_since(conn: &mut Connection, since: DateTime<Utc>) -> Result<Vec<ItemChange>> {
    let since = moment(since);
    let rows = sqlx::query!(
        r#"SELECT at AS "at!", content AS "content!" FROM change c
           WHERE at >= ?1 AND undoes IS NULL AND content IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.seq)
           ORDER BY seq DESC LIMIT ?2"#,
        since,
        ENTRIES
    )
    .fetch_all(conn)
    .await?;
    let mut changes = Vec::new();
    for row in rows.into_iter().rev() {
        let at = read_instant(&row.at)?;
        let content: Content = read_json(&row.content)?;
        for delta in content.deltas.iter().filter(|delta| delta.kind == Kind::Note) {
            for (id, [before, after]) in feed::items(delta) {
                if before != after {
                    let item = ItemId(ids::parse(id)?);
                    changes.push(ItemChange { item, at, before: read(before), after: read(after) });
                }
            }
        }
    }
    Ok(changes)
}

/// An item as an entry kept it; one of an older shape is as if it had not been kept.
fn read(image: Option<&Value>) -> Option<Item> {
    image.and_then(|image| serde_json::from_value(image.clone()).ok())
}
