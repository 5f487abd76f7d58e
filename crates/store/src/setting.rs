//! Settings: a JSON value for each key. Touch [`crate::Kind::Setting`] before those the user sets.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::value::{corrupt, json};
use crate::{Connection, Result};

/// The value, where it is set.
pub async fn get<T: DeserializeOwned>(conn: &mut Connection, key: &str) -> Result<Option<T>> {
    let value = sqlx::query_scalar!("SELECT value FROM setting WHERE key = ?1", key).fetch_optional(conn).await?;
    value.map(|value| serde_json::from_str(&value).map_err(corrupt)).transpose()
}

/// Sets it.
pub async fn set<T: Serialize + Sync>(conn: &mut Connection, key: &str, value: &T) -> Result<()> {
    let value = json(value)?;
    sqlx::query!(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
        key,
        value
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets it.
pub async fn remove(conn: &mut Connection, key: &str) -> Result<()> {
    sqlx::query!("DELETE FROM setting WHERE key = ?1", key).execute(conn).await?;
    Ok(())
}
