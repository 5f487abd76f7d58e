//! Finding people by what they are called. Whoever is found is followed through merges.

use std::collections::{HashMap, HashSet};

use throughline_core::model::PersonId;
use uuid::Uuid;

use crate::value::{fold, json};
use crate::{Connection, Result};

/// Who has these addresses (lower case); addresses nobody has are left out.
pub async fn by_emails(conn: &mut Connection, emails: &[String]) -> Result<HashMap<String, PersonId>> {
    let emails = json(emails)?;
    let rows = sqlx::query!(
        r#"SELECT e.email AS "email!", coalesce(p.merged_into, p.id) AS "id!: Uuid"
           FROM person_email e JOIN person p ON p.id = e.person_id
           WHERE e.email IN (SELECT value FROM json_each(?1))"#,
        emails
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.email, PersonId(row.id))).collect())
}

/// The addresses of people who are merged into others, and whose each is by itself: what comes under one is that person's,
/// so that a merge can still be taken back.
pub async fn merged_addresses(conn: &mut Connection) -> Result<HashMap<String, PersonId>> {
    let rows: Vec<(String, Uuid)> = sqlx::QueryBuilder::<sqlx::Sqlite>::new(
        "SELECT e.email, e.person_id FROM person p JOIN person_email e ON e.person_id = p.id
         WHERE p.merged_into IS NOT NULL",
    )
    .build_query_as()
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(email, id)| (email, PersonId(id))).collect())
}

/// Whom these handles (lower case, without `@`) name: by handle, else by an alias that only one person has.
pub async fn by_handles(conn: &mut Connection, handles: &[String]) -> Result<HashMap<String, PersonId>> {
    let list = json(handles)?;
    let own = sqlx::query!(
        r#"SELECT handle AS "handle!", coalesce(merged_into, id) AS "id!: Uuid"
           FROM person WHERE handle IN (SELECT value FROM json_each(?1))"#,
        list
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut found: HashMap<String, PersonId> = own.into_iter().map(|row| (row.handle, PersonId(row.id))).collect();
    let aliases = sqlx::query!(
        r#"SELECT a.folded AS "handle!", min(coalesce(p.merged_into, p.id)) AS "id!: Uuid"
           FROM person_alias a JOIN person p ON p.id = a.person_id
           WHERE a.folded IN (SELECT value FROM json_each(?1))
           GROUP BY a.folded HAVING count(DISTINCT coalesce(p.merged_into, p.id)) = 1"#,
        list
    )
    .fetch_all(conn)
    .await?;
    for row in aliases {
        found.entry(row.handle).or_insert(PersonId(row.id));
    }
    Ok(found)
}

/// Whom a person's text may mean: an address, a handle with or without `@`, an alias, or a whole name; case and
/// diacritics do not matter. The first of these that finds anybody decides.
pub async fn find(conn: &mut Connection, text: &str) -> Result<Vec<PersonId>> {
    let folded = fold(text);
    let handle = folded.strip_prefix('@').unwrap_or(&folded).to_owned();
    let lower = text.trim().to_lowercase();
    let rows = sqlx::query!(
        r#"SELECT 0 AS "rank!: i64", coalesce(p.merged_into, p.id) AS "id!: Uuid"
           FROM person_email e JOIN person p ON p.id = e.person_id WHERE e.email = ?1
           UNION SELECT 1, coalesce(merged_into, id) FROM person WHERE handle = ?2
           UNION SELECT 2, coalesce(p.merged_into, p.id)
           FROM person_alias a JOIN person p ON p.id = a.person_id WHERE a.folded IN (?2, ?3)
           UNION SELECT 3, coalesce(merged_into, id) FROM person WHERE folded = ?3
           ORDER BY 1, 2"#,
        lower,
        handle,
        folded
    )
    .fetch_all(conn)
    .await?;
    let best = rows.first().map(|row| row.rank);
    Ok(rows.into_iter().filter(|row| Some(row.rank) == best).map(|row| PersonId(row.id)).collect())
}

/// Every handle and alias that is taken: a new handle must be none of them.
pub async fn handles(conn: &mut Connection) -> Result<HashSet<String>> {
    let rows =
        sqlx::query_scalar!(r#"SELECT handle AS "handle!: String" FROM person UNION SELECT folded FROM person_alias"#)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().collect())
}
