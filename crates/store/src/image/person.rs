use serde::{Deserialize, Serialize};
use serde_json::Value;
use throughline_core::model::{Employment, OrganizationId, PersonId, Relation};
use uuid::Uuid;

use super::json;
use crate::person::{self, Record};
use crate::value::read_word;
use crate::{Connection, Result, search};

#[derive(Serialize, Deserialize)]
pub(super) struct Image {
    handle: String,
    name: String,
    relation: Relation,
    is_me: bool,
    organization: Option<OrganizationId>,
    merged: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    employments: Vec<Employment>,
    emails: Vec<String>,
    aliases: Vec<String>,
}

pub(super) async fn read(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    let Some(row) = sqlx::query!(
        r#"SELECT handle, name, relation, is_me AS "is_me: bool", organization_id AS "organization: Uuid",
                  merged_directly AS "merged: Uuid" FROM person WHERE id = ?1"#,
        id
    )
    .fetch_optional(&mut *conn)
    .await?
    else {
        return Ok(None);
    };
    let emails =
        sqlx::query_scalar!("SELECT email FROM person_email WHERE person_id = ?1 ORDER BY position, email", id)
            .fetch_all(&mut *conn)
            .await?;
    let aliases =
        sqlx::query_scalar!("SELECT alias FROM person_alias WHERE person_id = ?1 ORDER BY position, alias", id)
            .fetch_all(&mut *conn)
            .await?;
    let employments = person::employments(conn, PersonId(id)).await?;
    json(&Image {
        handle: row.handle,
        name: row.name,
        relation: read_word(&row.relation)?,
        is_me: row.is_me,
        organization: row.organization.map(OrganizationId),
        merged: row.merged.map(PersonId),
        employments,
        emails,
        aliases,
    })
}

pub(super) async fn write(conn: &mut Connection, id: Uuid, image: Image) -> Result<()> {
    let merged = image.merged.map(Uuid::from);
    let record = Record {
        id: PersonId(id),
        handle: image.handle,
        name: image.name,
        relation: image.relation,
        is_me: image.is_me,
        organization_id: image.organization,
        employments: image.employments,
        emails: image.emails,
        aliases: image.aliases,
    };
    person::put_as(conn, &[record], true).await?;
    sqlx::query!("UPDATE person SET merged_directly = ?2 WHERE id = ?1", id, merged).execute(conn).await?;
    Ok(())
}

/// A person somebody points at since stays; an emptied note of theirs keeps nobody, and goes with them.
pub(super) async fn take(conn: &mut Connection, id: Uuid) -> Result<()> {
    let gone = sqlx::query!(
        "DELETE FROM person WHERE id = ?1
           AND NOT EXISTS (SELECT 1 FROM attendance WHERE person_id = ?1)
           AND NOT EXISTS (SELECT 1 FROM series_attendee WHERE person_id = ?1)
           AND NOT EXISTS (SELECT 1 FROM meeting WHERE organizer_id = ?1)
           AND NOT EXISTS (SELECT 1 FROM item_owner WHERE person_id = ?1)
           AND NOT EXISTS (SELECT 1 FROM item_mention WHERE person_id = ?1)
           AND NOT EXISTS (SELECT 1 FROM confirmation WHERE person_id = ?1)
           AND NOT EXISTS (SELECT 1 FROM note_mention WHERE person_id = ?1)
           AND NOT EXISTS (SELECT 1 FROM note WHERE person_id = ?1
                           AND (text <> '' OR EXISTS (SELECT 1 FROM item WHERE note_id = note.id)))
           AND NOT EXISTS (SELECT 1 FROM person WHERE merged_directly = ?1 OR merged_into = ?1)",
        id
    )
    .execute(&mut *conn)
    .await?;
    if gone.rows_affected() > 0 {
        let notes = sqlx::query_scalar!(r#"DELETE FROM note WHERE person_id = ?1 RETURNING id AS "id!: Uuid""#, id)
            .fetch_all(&mut *conn)
            .await?;
        search::remove(conn, &[&[id], &notes[..]].concat()).await?;
    }
    Ok(())
}
