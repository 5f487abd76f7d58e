//! Images of a few fields.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use throughline_core::model::{Organization, OrganizationId, PersonId};
use uuid::Uuid;

use super::json;
use crate::value::read_json;
use crate::{Connection, Result, organization, query, search, setting};

#[derive(Serialize, Deserialize)]
pub(super) struct OrganizationImage {
    name: String,
    domains: Vec<String>,
}

pub(super) async fn read_organization(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    match organization::get(conn, OrganizationId(id)).await? {
        Some(found) => json(&OrganizationImage { name: found.name, domains: found.domains }),
        None => Ok(None),
    }
}

pub(super) async fn write_organization(conn: &mut Connection, id: Uuid, image: OrganizationImage) -> Result<()> {
    let id = OrganizationId(id);
    organization::put_as(conn, &[Organization { id, name: image.name, domains: image.domains }], true).await
}

/// One that people are of since stays.
pub(super) async fn take_organization(conn: &mut Connection, id: Uuid) -> Result<()> {
    let gone = sqlx::query!(
        "DELETE FROM organization WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM person WHERE organization_id = ?1)
           AND NOT EXISTS (SELECT 1 FROM employment WHERE organization_id = ?1)",
        id
    )
    .execute(&mut *conn)
    .await?;
    if gone.rows_affected() > 0 {
        search::remove(conn, &[id]).await?;
    }
    Ok(())
}

#[derive(Serialize, Deserialize)]
pub(super) struct AccountImage {
    name: String,
}

pub(super) async fn read_account(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    let name = sqlx::query_scalar!("SELECT name FROM account WHERE id = ?1", id).fetch_optional(conn).await?;
    name.map_or(Ok(None), |name| json(&AccountImage { name }))
}

pub(super) async fn write_account(conn: &mut Connection, id: Uuid, image: AccountImage) -> Result<()> {
    sqlx::query!("UPDATE account SET name = ?2 WHERE id = ?1", id, image.name).execute(conn).await?;
    Ok(())
}

#[derive(Serialize, Deserialize)]
pub(super) struct CalendarImage {
    enabled: bool,
}

pub(super) async fn read_calendar(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    let enabled = sqlx::query_scalar!(r#"SELECT enabled AS "enabled: bool" FROM calendar WHERE id = ?1"#, id)
        .fetch_optional(conn)
        .await?;
    enabled.map_or(Ok(None), |enabled| json(&CalendarImage { enabled }))
}

pub(super) async fn write_calendar(conn: &mut Connection, id: Uuid, image: CalendarImage) -> Result<()> {
    sqlx::query!("UPDATE calendar SET enabled = ?2 WHERE id = ?1", id, image.enabled).execute(conn).await?;
    Ok(())
}

pub(super) async fn read_setting(conn: &mut Connection, key: &str) -> Result<Option<Value>> {
    let value = sqlx::query_scalar!("SELECT value FROM setting WHERE key = ?1", key).fetch_optional(conn).await?;
    value.map(|value| read_json(&value)).transpose()
}

pub(super) async fn write_setting(conn: &mut Connection, key: &str, image: &Value) -> Result<()> {
    setting::set(conn, key, image).await
}

#[derive(Serialize, Deserialize)]
pub(super) struct QueryImage {
    expression: String,
}

pub(super) async fn read_query(conn: &mut Connection, name: &str) -> Result<Option<Value>> {
    match query::get(conn, name).await? {
        Some(expression) => json(&QueryImage { expression }),
        None => Ok(None),
    }
}

pub(super) async fn write_query(conn: &mut Connection, name: &str, image: QueryImage) -> Result<()> {
    query::put(conn, name, &image.expression).await
}

/// Who, and when; as stored.
pub(super) async fn read_confirmations(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    let rows = sqlx::query!(
        r#"SELECT person_id AS "person!: Uuid", at FROM confirmation WHERE item_id = ?1 ORDER BY person_id"#,
        id
    )
    .fetch_all(conn)
    .await?;
    let confirmed: Vec<(PersonId, String)> = rows.into_iter().map(|row| (PersonId(row.person), row.at)).collect();
    if confirmed.is_empty() { Ok(None) } else { json(&confirmed) }
}

/// Nothing where the decision is not there any more.
pub(super) async fn write_confirmations(
    conn: &mut Connection,
    id: Uuid,
    confirmed: Vec<(PersonId, String)>,
) -> Result<()> {
    let confirmed = crate::value::json(&confirmed)?;
    sqlx::query!("DELETE FROM confirmation WHERE item_id = ?1", id).execute(&mut *conn).await?;
    sqlx::query!(
        "INSERT INTO confirmation (item_id, person_id, at)
         SELECT ?1, p.id, c.value ->> 1 FROM json_each(?2) c JOIN person p ON p.id = unhex(c.value ->> 0, '-')
         WHERE EXISTS (SELECT 1 FROM item WHERE id = ?1)",
        id,
        confirmed
    )
    .execute(conn)
    .await?;
    Ok(())
}
