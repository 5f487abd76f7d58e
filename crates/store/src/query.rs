//! Saved relationship queries. Touch [`crate::Kind::Query`] before changing one.

use crate::{Connection, Result};

/// The expression saved under a name.
pub async fn get(conn: &mut Connection, name: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("SELECT expression FROM saved_query WHERE name = ?1", name).fetch_optional(conn).await?)
}

/// All: name and expression, by name.
pub async fn all(conn: &mut Connection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!("SELECT name, expression FROM saved_query ORDER BY name").fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.expression)).collect())
}

/// Saves it, in place of one of the same name.
pub async fn put(conn: &mut Connection, name: &str, expression: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO saved_query (name, expression) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET expression = excluded.expression",
        name,
        expression
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets it.
pub async fn remove(conn: &mut Connection, name: &str) -> Result<()> {
    sqlx::query!("DELETE FROM saved_query WHERE name = ?1", name).execute(conn).await?;
    Ok(())
}
