//! What the log tells of items: the history that their rows do not keep.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use throughline_core::model::{ActionStatus, ItemId, PersonId};
use uuid::Uuid;

use super::Delta;
use crate::value::{json, moment, read_date, read_instant, read_json, read_word};
use crate::{Connection, Kind, Result, feed, person};

/// What an entry did to an item that was there before: its due date, its status, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// Which.
    pub item: ItemId,
    /// When.
    pub at: DateTime<Utc>,
    /// Its due date before and after.
    pub due: (Option<NaiveDate>, Option<NaiveDate>),
    /// Its status before and after.
    pub status: (ActionStatus, ActionStatus),
}

/// What became of items since then, oldest first; what was taken back is left out.
pub async fn items_since(conn: &mut Connection, since: DateTime<Utc>) -> Result<Vec<ItemChange>> {
    let since = moment(since);
    let rows = sqlx::query!(
        r#"SELECT item_id AS "item!: Uuid", at AS "at!", due_before, due_after, status_before AS "status_before!",
                  status_after AS "status_after!"
           FROM item_change i WHERE at >= ?1 AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = i.seq)
           ORDER BY seq, item_id"#,
        since
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let due = |text: Option<String>| text.as_deref().map(read_date).transpose();
            Ok(ItemChange {
                item: ItemId(row.item),
                at: read_instant(&row.at)?,
                due: (due(row.due_before)?, due(row.due_after)?),
                status: (read_word(&row.status_before)?, read_word(&row.status_after)?),
            })
        })
        .collect()
}

/// That an entry made an item others'.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Which.
    pub item: ItemId,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose it was; merges followed, in order of id.
    pub from: Vec<PersonId>,
    /// Whose it became.
    pub to: Vec<PersonId>,
}

/// What was handed over since then, oldest first; what was taken back is left out, and a merge hands nothing over.
pub async fn handovers_since(conn: &mut Connection, since: DateTime<Utc>) -> Result<Vec<Handover>> {
    let since = moment(since);
    let rows = sqlx::query!(
        r#"SELECT item_id AS "item!: Uuid", at AS "at!", owners_before AS "before!", owners_after AS "after!"
           FROM item_handover i WHERE at >= ?1 AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = i.seq)
           ORDER BY seq, item_id"#,
        since
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let (from, to): (Vec<PersonId>, Vec<PersonId>) = (read_json(&row.before)?, read_json(&row.after)?);
        found.push(Handover { item: ItemId(row.item), at: read_instant(&row.at)?, from, to });
    }
    let people: Vec<PersonId> = found.iter().flat_map(|one| one.from.iter().chain(&one.to)).copied().collect();
    let now = person::resolve_all(conn, &people).await?;
    for side in found.iter_mut().flat_map(|one| [&mut one.from, &mut one.to]) {
        side.iter_mut().for_each(|id| *id = now.get(id).copied().unwrap_or(*id));
        side.sort_unstable();
        side.dedup();
    }
    found.retain(|one| one.from != one.to);
    Ok(found)
}

/// Keeps what an entry did to items; undoing is kept by the entry it takes back alone.
pub(super) async fn keep(conn: &mut Connection, seq: i64, at: &str, deltas: &[Delta]) -> Result<()> {
    keep_handovers(conn, seq, at, deltas).await?;
    #[derive(Serialize)]
    struct Row<'a> {
        item: &'a str,
        due: (Option<&'a str>, Option<&'a str>),
        status: (&'a str, &'a str),
    }
    let mut rows = Vec::new();
    for delta in deltas.iter().filter(|delta| delta.kind == Kind::Note) {
        for (item, sides) in feed::items(delta) {
            let [Some(before), Some(after)] = sides else { continue };
            let due = (text(before, "due"), text(after, "due"));
            let status = (text(before, "status").unwrap_or("open"), text(after, "status").unwrap_or("open"));
            if due.0 != due.1 || status.0 != status.1 {
                rows.push(Row { item, due, status });
            }
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    let rows = json(&rows)?;
    sqlx::query!(
        "INSERT OR IGNORE INTO item_change (seq, item_id, at, due_before, due_after, status_before, status_after)
         SELECT ?1, unhex(value ->> 'item', '-'), ?2, value ->> '$.due[0]', value ->> '$.due[1]',
                value ->> '$.status[0]', value ->> '$.status[1]'
         FROM json_each(?3)",
        seq,
        at,
        rows
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn keep_handovers(conn: &mut Connection, seq: i64, at: &str, deltas: &[Delta]) -> Result<()> {
    let mut rows = Vec::new();
    for delta in deltas.iter().filter(|delta| delta.kind == Kind::Note) {
        for (item, sides) in feed::items(delta) {
            let [Some(before), Some(after)] = sides else { continue };
            let (from, to) = (owners(before), owners(after));
            if from != to {
                rows.push((item, from, to));
            }
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    let rows = json(&rows)?;
    sqlx::query!(
        "INSERT OR IGNORE INTO item_handover (seq, item_id, at, owners_before, owners_after)
         SELECT ?1, unhex(value ->> 0, '-'), ?2, value ->> 1, value ->> 2 FROM json_each(?3)",
        seq,
        at,
        rows
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whose an item is by its image, in order of id.
fn owners(item: &Value) -> Vec<&str> {
    let owners = item["owners"].as_array().into_iter().flatten();
    let mut owners: Vec<&str> = owners.filter_map(|owner| owner["person_id"].as_str()).collect();
    owners.sort_unstable();
    owners
}

fn text<'a>(item: &'a Value, field: &str) -> Option<&'a str> {
    item[field].as_str()
}
