//! What the log tells of single items: each as it was before and after an entry.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use throughline_core::model::{Item, ItemId};

use crate::value::{json, read_instant, read_json};
use crate::{Connection, Kind, Result, feed, ids};

use super::Content;

/// What an entry did to an item that was there before and after it.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemPast {
    /// Which.
    pub item: ItemId,
    /// When.
    pub at: DateTime<Utc>,
    /// As it was.
    pub before: Item,
    /// As it was then.
    pub after: Item,
}

/// Entries longer than this, in bytes, are passed over: a whole vault was imported, and nobody's hand was in it.
const LONGEST: i64 = 1 << 20;

/// What became of the items, oldest first; what was taken back is left out. Reads each entry that speaks of one of them.
pub async fn of_items(conn: &mut Connection, items: &[ItemId]) -> Result<Vec<ItemPast>> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let wanted: Vec<String> = items.iter().map(ToString::to_string).collect();
    let (list, kind) = (json(&wanted)?, Kind::Item.as_str());
    let rows = sqlx::query!(
        r#"SELECT c.at AS "at!", c.content AS "content!: String" FROM change c
           WHERE c.seq IN (SELECT o.seq FROM json_each(?1) asked
                           CROSS JOIN change_object o ON o.kind = ?2 AND o.id = asked.value)
             AND c.undoes IS NULL AND c.content IS NOT NULL AND length(c.content) <= ?3
             AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.seq)
           ORDER BY c.seq"#,
        list,
        kind,
        LONGEST
    )
    .fetch_all(conn)
    .await?;
    let mut found = Vec::new();
    for row in rows {
        let at = read_instant(&row.at)?;
        let content: Content = read_json(&row.content)?;
        for delta in &content.deltas {
            let sides = match delta.kind {
                Kind::Item => vec![(delta.id.as_str(), [delta.before.as_ref(), delta.after.as_ref()])],
                Kind::Note => feed::items(delta).into_iter().collect(),
                _ => continue,
            };
            for (id, [before, after]) in sides {
                let id = ItemId(ids::parse(id)?);
                let (Some(before), Some(after)) = (before, after) else { continue };
                if before != after
                    && items.contains(&id)
                    && let (Some(before), Some(after)) = (read(before), read(after))
                {
                    found.push(ItemPast { item: id, at, before, after });
                }
            }
        }
    }
    Ok(found)
}

/// An image of an older program may lack what an item has now.
fn read(image: &Value) -> Option<Item> {
    Item::deserialize(image).ok()
}
