//! Where people worked when.

use std::collections::HashMap;

use serde::Serialize;
use throughline_core::model::{Employment, OrganizationId, PersonId};
use uuid::Uuid;

use super::Record;
use crate::value::{date, json, json_ids, read_date};
use crate::{Connection, Result};

/// Of these people, or of everybody, who changed.
pub(super) async fn of(conn: &mut Connection, list: Option<&str>) -> Result<HashMap<Uuid, Vec<Employment>>> {
    let rows = sqlx::query!(
        r#"SELECT person_id AS "person!: Uuid", since AS "since!", organization_id AS "organization: Uuid"
           FROM employment WHERE ?1 IS NULL OR person_id IN (SELECT unhex(value, '-') FROM json_each(?1))
           ORDER BY person_id, since"#,
        list
    )
    .fetch_all(conn)
    .await?;
    let mut found: HashMap<Uuid, Vec<Employment>> = HashMap::new();
    for row in rows {
        let from = Some(row.since.as_str()).filter(|since| !since.is_empty()).map(read_date).transpose()?;
        let organization_id = row.organization.map(OrganizationId);
        found.entry(row.person).or_default().push(Employment { organization_id, from });
    }
    Ok(found)
}

/// Says all of these people's anew.
pub(super) async fn put(conn: &mut Connection, people: &[Record]) -> Result<()> {
    #[derive(Serialize)]
    struct Row {
        person: PersonId,
        since: String,
        organization: Option<OrganizationId>,
    }
    let ids = json_ids(&people.iter().map(|record| record.id).collect::<Vec<_>>())?;
    sqlx::query!("DELETE FROM employment WHERE person_id IN (SELECT unhex(value, '-') FROM json_each(?1))", ids)
        .execute(&mut *conn)
        .await?;
    let rows: Vec<Row> = people
        .iter()
        .flat_map(|record| record.employments.iter().map(|employment| (record.id, employment)))
        .map(|(person, employment)| Row {
            person,
            since: employment.from.map(date).unwrap_or_default(),
            organization: employment.organization_id,
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let rows = json(&rows)?;
    sqlx::query!(
        "INSERT OR REPLACE INTO employment (person_id, since, organization_id)
         SELECT unhex(value ->> 'person', '-'), value ->> 'since', unhex(value ->> 'organization', '-')
         FROM json_each(?1)",
        rows
    )
    .execute(conn)
    .await?;
    Ok(())
}
