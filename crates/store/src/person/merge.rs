//! Merging people, and taking it back.

use std::collections::HashMap;

use throughline_core::model::PersonId;
use uuid::Uuid;

use crate::value::json_ids;
use crate::{Connection, Error, Kind, Result, Write, search};

/// Merges `from` into `into`: everything of theirs counts as that person's from now on, and their handle, addresses and
/// aliases name that person. Following both through earlier merges; false where they are the same already.
pub async fn merge(tx: &mut Write, from: PersonId, into: PersonId) -> Result<bool> {
    let from = resolve(tx, from).await?.ok_or(Error::NotFound("person"))?;
    let into = resolve(tx, into).await?.ok_or(Error::NotFound("person"))?;
    if from == into {
        return Ok(false);
    }
    tx.touch(Kind::Person, from).await?;
    sqlx::query!("UPDATE person SET merged_directly = ?2 WHERE id = ?1", from.0, into.0).execute(&mut **tx).await?;
    flatten(tx).await?;
    search::index_people(tx, &[from, into]).await?;
    Ok(true)
}

/// Makes `id` a person of their own again, with those merged into them before; false where they are one already.
pub async fn unmerge(tx: &mut Write, id: PersonId) -> Result<bool> {
    let before = resolve(tx, id).await?.ok_or(Error::NotFound("person"))?;
    if before == id {
        return Ok(false);
    }
    tx.touch(Kind::Person, id).await?;
    sqlx::query!("UPDATE person SET merged_directly = NULL WHERE id = ?1", id.0).execute(&mut **tx).await?;
    flatten(tx).await?;
    search::index_people(tx, &[id, before]).await?;
    Ok(true)
}

/// Whom the user merged into `id` directly.
pub async fn merged_into(conn: &mut Connection, id: PersonId) -> Result<Vec<PersonId>> {
    let rows =
        sqlx::query_scalar!(r#"SELECT id AS "id!: Uuid" FROM person WHERE merged_directly = ?1 ORDER BY id"#, id.0)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}

/// The person that everything of `id` counts for; none where there is no such person.
pub async fn resolve(conn: &mut Connection, id: PersonId) -> Result<Option<PersonId>> {
    Ok(resolve_all(conn, &[id]).await?.remove(&id))
}

/// [`resolve`] for several.
pub async fn resolve_all(conn: &mut Connection, ids: &[PersonId]) -> Result<HashMap<PersonId, PersonId>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", coalesce(merged_into, id) AS "final!: Uuid" FROM person
           WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (PersonId(row.id), PersonId(row.r#final))).collect())
}

/// Makes `merged_into` say where the direct merges end.
pub(crate) async fn flatten(conn: &mut Connection) -> Result<()> {
    sqlx::query!("UPDATE person SET merged_into = NULL WHERE merged_into IS NOT NULL AND merged_directly IS NULL")
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "WITH RECURSIVE ends (id, at) AS (
             SELECT id, merged_directly FROM person WHERE merged_directly IS NOT NULL
             UNION
             SELECT ends.id, p.merged_directly FROM ends JOIN person p ON p.id = ends.at
             WHERE p.merged_directly IS NOT NULL)
         UPDATE person SET merged_into =
             (SELECT ends.at FROM ends JOIN person p ON p.id = ends.at
              WHERE ends.id = person.id AND p.merged_directly IS NULL)
         WHERE merged_directly IS NOT NULL"
    )
    .execute(conn)
    .await?;
    Ok(())
}
