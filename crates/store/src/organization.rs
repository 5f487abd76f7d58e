//! Organizations and their domains.

use std::collections::HashMap;

use serde::Serialize;
use throughline_core::model::{Organization, OrganizationId, PersonId};
use uuid::Uuid;

use crate::value::{BATCH, fold, in_order, json, json_ids};
use crate::{Connection, Result, search};

/// The organization, where there is one.
pub async fn get(conn: &mut Connection, id: OrganizationId) -> Result<Option<Organization>> {
    Ok(by_ids(conn, &[id]).await?.pop())
}

/// The organizations, in the order asked for.
pub async fn by_ids(conn: &mut Connection, ids: &[OrganizationId]) -> Result<Vec<Organization>> {
    Ok(in_order(ids, load(conn, Some(ids)).await?, |organization| organization.id))
}

/// All of them, by name.
pub async fn all(conn: &mut Connection) -> Result<Vec<Organization>> {
    load(conn, None).await
}

/// What these registrable domains (lower case) stand for; unknown ones are left out.
pub async fn by_domains(conn: &mut Connection, domains: &[String]) -> Result<HashMap<String, OrganizationId>> {
    let domains = json(domains)?;
    let rows = sqlx::query!(
        r#"SELECT domain AS "domain!", organization_id AS "id!: Uuid" FROM organization_domain
           WHERE domain IN (SELECT value FROM json_each(?1))"#,
        domains
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.domain, OrganizationId(row.id))).collect())
}

/// What a person's text may mean: a domain or a whole name; case and diacritics do not matter.
pub async fn find(conn: &mut Connection, text: &str) -> Result<Vec<OrganizationId>> {
    let folded = fold(text);
    let rows = sqlx::query_scalar!(
        r#"SELECT organization_id AS "id!: Uuid" FROM organization_domain WHERE domain = ?1
           UNION SELECT id FROM organization WHERE folded = ?1"#,
        folded
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(OrganizationId).collect())
}

/// Who is, or was, of it; merged people are already resolved.
pub async fn people(conn: &mut Connection, id: OrganizationId) -> Result<Vec<PersonId>> {
    let rows = sqlx::query_scalar!(
        r#"SELECT coalesce(merged_into, id) AS "id!: Uuid" FROM person WHERE organization_id = ?1
           UNION SELECT coalesce(p.merged_into, p.id) FROM employment e JOIN person p ON p.id = e.person_id
           WHERE e.organization_id = ?1"#,
        id.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}

/// Makes or changes organizations, domains included. A domain that another has stays its.
pub async fn put(conn: &mut Connection, organizations: &[Organization]) -> Result<()> {
    put_as(conn, organizations, false).await
}

/// [`put`]; with `take_over` domains come from whatever has them now.
pub(crate) async fn put_as(conn: &mut Connection, organizations: &[Organization], take_over: bool) -> Result<()> {
    #[derive(Serialize)]
    struct Row<'a> {
        #[serde(flatten)]
        organization: &'a Organization,
        folded: String,
    }
    for batch in organizations.chunks(BATCH) {
        let rows: Vec<_> =
            batch.iter().map(|organization| Row { organization, folded: fold(&organization.name) }).collect();
        let rows = json(&rows)?;
        sqlx::query!(
            "INSERT INTO organization (id, name, folded)
             SELECT unhex(value ->> 'id', '-'), value ->> 'name', value ->> 'folded' FROM json_each(?1) WHERE true
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded",
            rows
        )
        .execute(&mut *conn)
        .await?;
        let ids: Vec<_> = batch.iter().map(|organization| organization.id).collect();
        let list = json_ids(&ids)?;
        sqlx::query!(
            "DELETE FROM organization_domain WHERE organization_id IN (SELECT unhex(value, '-') FROM json_each(?1))",
            list
        )
        .execute(&mut *conn)
        .await?;
        sqlx::query!(
            "INSERT INTO organization_domain (domain, organization_id, position)
             SELECT domain.value, unhex(row.value ->> 'id', '-'), domain.key
             FROM json_each(?1) row, json_each(row.value, '$.domains') domain WHERE true
             ON CONFLICT (domain) DO UPDATE SET organization_id = excluded.organization_id,
                 position = excluded.position WHERE ?2",
            rows,
            take_over
        )
        .execute(&mut *conn)
        .await?;
        search::index_organizations(conn, &ids).await?;
    }
    Ok(())
}

async fn load(conn: &mut Connection, ids: Option<&[OrganizationId]>) -> Result<Vec<Organization>> {
    let ids = ids.map(json_ids).transpose()?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", name AS "name!: String",
                  (SELECT json_group_array(domain ORDER BY position, domain) FROM organization_domain d
                   WHERE d.organization_id = organization.id) AS "domains!: String"
           FROM organization WHERE id IN (
               SELECT unhex(value, '-') FROM json_each(?1) UNION ALL SELECT id FROM organization WHERE ?1 IS NULL)
           ORDER BY folded, id"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let domains = crate::value::read_json(&row.domains)?;
            Ok(Organization { id: OrganizationId(row.id), name: row.name, domains })
        })
        .collect()
}
