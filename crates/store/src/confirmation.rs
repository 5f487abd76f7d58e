//! Who confirmed a decision. Touch [`crate::Kind::Confirmation`] before adding one.

use chrono::{DateTime, Utc};
use throughline_core::model::{ItemId, PersonId};
use uuid::Uuid;

use crate::value::{json_ids, moment, read_instant};
use crate::{Connection, Result};

/// That somebody said a decision is as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmation {
    /// The decision.
    pub item_id: ItemId,
    /// Who; merges followed.
    pub person_id: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds it; in place of when the same person did so before.
pub async fn add(conn: &mut Connection, confirmation: &Confirmation) -> Result<()> {
    let at = moment(confirmation.at);
    sqlx::query!(
        "INSERT INTO confirmation (item_id, person_id, at) VALUES (?1, ?2, ?3)
         ON CONFLICT (item_id, person_id) DO UPDATE SET at = excluded.at",
        confirmation.item_id.0,
        confirmation.person_id.0,
        at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Those of the items, merges followed and nobody twice, oldest first.
pub async fn of_items(conn: &mut Connection, ids: &[ItemId]) -> Result<Vec<Confirmation>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT c.item_id AS "item!: Uuid", coalesce(p.merged_into, p.id) AS "person!: Uuid", min(c.at) AS "at!: String"
           FROM confirmation c JOIN person p ON p.id = c.person_id
           WHERE c.item_id IN (SELECT unhex(value, '-') FROM json_each(?1))
           GROUP BY 1, 2 ORDER BY 3, 1, 2"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let (item_id, person_id) = (ItemId(row.item), PersonId(row.person));
            Ok(Confirmation { item_id, person_id, at: read_instant(&row.at)? })
        })
        .collect()
}
