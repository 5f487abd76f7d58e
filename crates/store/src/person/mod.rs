//! People. Rows keep pointing at the person they were made with; whoever reads follows merges.

mod employment;
mod find;
mod forget;
mod merge;
mod seen;

use std::collections::HashMap;

use serde::Serialize;
use throughline_core::model::{Employment, OrganizationId, Person, PersonId, Relation};
use uuid::Uuid;

pub use find::{by_emails, by_handles, find, handles, merged_addresses};
pub use forget::{forget_bare, named_in};
pub(crate) use merge::flatten;
pub use merge::{merge, merged_into, resolve, resolve_all, unmerge};
pub use seen::{Seen, last_met, owed, seen};

use crate::value::{BATCH, fold, in_order, json, json_ids, read_word};
use crate::{Connection, Result, search};

/// A person's own rows, without what merges add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Their id.
    pub id: PersonId,
    /// Unique in the vault, lower case.
    pub handle: String,
    /// Their name as shown.
    pub name: String,
    /// What they are to the user.
    pub relation: Relation,
    /// Whether this is the user.
    pub is_me: bool,
    /// The organization they are of now.
    pub organization_id: Option<OrganizationId>,
    /// Where they worked when, the earliest first; empty where it never changed.
    pub employments: Vec<Employment>,
    /// Addresses, lower case, the first the one shown. An address that somebody else has stays theirs.
    pub emails: Vec<String>,
    /// Further names and handles given by hand.
    pub aliases: Vec<String>,
}

/// The person themselves, even where merged into another; with what others merged into them brought.
pub async fn get(conn: &mut Connection, id: PersonId) -> Result<Option<Person>> {
    Ok(load(conn, Some(&[id])).await?.pop())
}

/// The people, in the order asked for; where one is merged, the one they were merged into. Nobody twice.
pub async fn by_ids(conn: &mut Connection, ids: &[PersonId]) -> Result<Vec<Person>> {
    let resolved = resolve_all(conn, ids).await?;
    let mut wanted: Vec<PersonId> = Vec::with_capacity(ids.len());
    let mut seen = std::collections::HashSet::new();
    wanted.extend(ids.iter().filter_map(|id| resolved.get(id)).filter(|id| seen.insert(**id)));
    load(conn, Some(&wanted)).await
}

/// The people themselves, even where merged into others, in the order asked for.
pub async fn as_they_are(conn: &mut Connection, ids: &[PersonId]) -> Result<Vec<Person>> {
    load(conn, Some(ids)).await
}

/// Everybody who is not merged into another, by name.
pub async fn all(conn: &mut Connection) -> Result<Vec<Person>> {
    load(conn, None).await
}

/// The user.
pub async fn me(conn: &mut Connection) -> Result<Option<Person>> {
    let id = sqlx::query_scalar!(
        r#"SELECT coalesce(merged_into, id) AS "id!: Uuid" FROM person WHERE is_me = 1 ORDER BY id LIMIT 1"#
    )
    .fetch_optional(&mut *conn)
    .await?;
    match id {
        Some(id) => get(conn, PersonId(id)).await,
        None => Ok(None),
    }
}

/// The person's own rows, to be changed and put back.
pub async fn record(conn: &mut Connection, id: PersonId) -> Result<Option<Record>> {
    let members = members(conn, Some(&[id])).await?;
    Ok(members.into_iter().find(|member| member.record.id == id).map(|member| member.record))
}

pub(crate) async fn employments(conn: &mut Connection, id: PersonId) -> Result<Vec<Employment>> {
    Ok(employment::of(conn, Some(&json_ids(&[id])?)).await?.remove(&id.0).unwrap_or_default())
}

pub(crate) async fn exists(conn: &mut Connection, id: PersonId) -> Result<bool> {
    Ok(sqlx::query_scalar!("SELECT handle FROM person WHERE id = ?1", id.0).fetch_optional(conn).await?.is_some())
}

/// Makes or changes people, addresses and aliases included; whom they are merged into stays.
pub async fn put(conn: &mut Connection, people: &[Record]) -> Result<()> {
    put_as(conn, people, false).await
}

/// [`put`]; with `take_over` addresses come from whoever has them now.
pub(crate) async fn put_as(conn: &mut Connection, people: &[Record], take_over: bool) -> Result<()> {
    #[derive(Serialize)]
    struct Row<'a> {
        #[serde(flatten)]
        record: &'a Record,
        folded: String,
        names: Vec<(&'a str, String)>,
    }
    for batch in people.chunks(BATCH) {
        let rows: Vec<Row<'_>> = batch
            .iter()
            .map(|record| Row {
                record,
                folded: fold(&record.name),
                names: record.aliases.iter().map(|alias| (alias.as_str(), fold(alias))).collect(),
            })
            .collect();
        let rows = json(&rows)?;
        sqlx::query!(
            "INSERT INTO person (id, handle, name, folded, relation, is_me, organization_id)
             SELECT unhex(value ->> 'id', '-'), value ->> 'handle', value ->> 'name', value ->> 'folded',
                    value ->> 'relation', value ->> 'is_me', unhex(value ->> 'organization_id', '-')
             FROM json_each(?1) WHERE true
             ON CONFLICT (id) DO UPDATE SET handle = excluded.handle, name = excluded.name, folded = excluded.folded,
                 relation = excluded.relation, is_me = excluded.is_me, organization_id = excluded.organization_id",
            rows
        )
        .execute(&mut *conn)
        .await?;
        put_names(conn, batch, &rows, take_over).await?;
        employment::put(conn, batch).await?;
        search::index_people(conn, &batch.iter().map(|record| record.id).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

async fn put_names(conn: &mut Connection, batch: &[Record], rows: &str, take_over: bool) -> Result<()> {
    let ids = json_ids(&batch.iter().map(|record| record.id).collect::<Vec<_>>())?;
    sqlx::query!("DELETE FROM person_email WHERE person_id IN (SELECT unhex(value, '-') FROM json_each(?1))", ids)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("DELETE FROM person_alias WHERE person_id IN (SELECT unhex(value, '-') FROM json_each(?1))", ids)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT INTO person_email (email, person_id, position)
         SELECT email.value, unhex(person.value ->> 'id', '-'), email.key
         FROM json_each(?1) person, json_each(person.value, '$.emails') email WHERE true
         ON CONFLICT (email) DO UPDATE SET person_id = excluded.person_id, position = excluded.position WHERE ?2",
        rows,
        take_over
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT OR IGNORE INTO person_alias (person_id, alias, folded, position)
         SELECT unhex(person.value ->> 'id', '-'), alias.value ->> 0, alias.value ->> 1, alias.key
         FROM json_each(?1) person, json_each(person.value, '$.names') alias",
        rows
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct Member {
    record: Record,
    merged_into: Option<PersonId>,
}

/// The people and those merged into them; for `None` everybody.
async fn members(conn: &mut Connection, ids: Option<&[PersonId]>) -> Result<Vec<Member>> {
    let ids = ids.map(json_ids).transpose()?;
    let rows = sqlx::query!(
        r#"WITH wanted (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1))
           SELECT id AS "id!: Uuid", handle AS "handle!", name AS "name!", relation AS "relation!",
                  is_me AS "is_me!: bool", organization_id AS "organization: Uuid", merged_into AS "merged: Uuid"
           FROM person WHERE id IN (
               SELECT id FROM wanted
               UNION ALL SELECT p.id FROM wanted w JOIN person p ON p.merged_into = w.id
               UNION ALL SELECT id FROM person WHERE ?1 IS NULL)"#,
        ids
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut members = Vec::with_capacity(rows.len());
    let mut places = HashMap::with_capacity(rows.len());
    for row in rows {
        places.insert(row.id, members.len());
        members.push(Member {
            record: Record {
                id: PersonId(row.id),
                handle: row.handle,
                name: row.name,
                relation: read_word(&row.relation)?,
                is_me: row.is_me,
                organization_id: row.organization.map(OrganizationId),
                employments: Vec::new(),
                emails: Vec::new(),
                aliases: Vec::new(),
            },
            merged_into: row.merged.map(PersonId),
        });
    }
    let all = ids.is_none();
    let list = if all { None } else { Some(json(&places.keys().collect::<Vec<_>>())?) };
    let emails = sqlx::query!(
        r#"SELECT person_id AS "id!: Uuid", email AS "email!" FROM person_email WHERE person_id IN (
               SELECT unhex(value, '-') FROM json_each(?1) UNION ALL SELECT id FROM person WHERE ?1 IS NULL)
           ORDER BY person_id, position, email"#,
        list
    )
    .fetch_all(&mut *conn)
    .await?;
    for row in emails {
        if let Some(&place) = places.get(&row.id) {
            members[place].record.emails.push(row.email);
        }
    }
    let aliases = sqlx::query!(
        r#"SELECT person_id AS "id!: Uuid", alias AS "alias!" FROM person_alias WHERE person_id IN (
               SELECT unhex(value, '-') FROM json_each(?1) UNION ALL SELECT id FROM person WHERE ?1 IS NULL)
           ORDER BY person_id, position, alias"#,
        list
    )
    .fetch_all(&mut *conn)
    .await?;
    for row in aliases {
        if let Some(&place) = places.get(&row.id) {
            members[place].record.aliases.push(row.alias);
        }
    }
    for (id, employments) in employment::of(conn, list.as_deref()).await? {
        if let Some(&place) = places.get(&id) {
            members[place].record.employments = employments;
        }
    }
    members.sort_by(|a, b| (&a.record.name, a.record.id).cmp(&(&b.record.name, b.record.id)));
    Ok(members)
}

async fn load(conn: &mut Connection, ids: Option<&[PersonId]>) -> Result<Vec<Person>> {
    let members = members(conn, ids).await?;
    let wanted: Option<std::collections::HashSet<PersonId>> = ids.map(|ids| ids.iter().copied().collect());
    let is_wanted = |member: &Member| match &wanted {
        Some(wanted) => wanted.contains(&member.record.id),
        None => member.merged_into.is_none(),
    };
    let mut people: Vec<Person> = Vec::new();
    let mut places = HashMap::new();
    for member in members.iter().filter(|member| is_wanted(member)) {
        places.insert(member.record.id, people.len());
        let Record { id, handle, name, relation, is_me, organization_id, employments, emails, aliases } =
            member.record.clone();
        let merged_into = member.merged_into;
        people.push(Person {
            id,
            handle,
            name,
            emails,
            aliases,
            organization_id,
            employments,
            relation,
            is_me,
            merged_into,
        });
    }
    for member in members {
        if let Some(&place) = member.merged_into.and_then(|into| places.get(&into)) {
            let person = &mut people[place];
            person.is_me |= member.record.is_me;
            person.organization_id = person.organization_id.or(member.record.organization_id);
            person.emails.extend(member.record.emails);
            let names = [member.record.handle, member.record.name].into_iter().chain(member.record.aliases);
            for name in names {
                if name != person.name && !person.aliases.contains(&name) {
                    person.aliases.push(name);
                }
            }
        }
    }
    Ok(match ids {
        Some(ids) => in_order(ids, people, |person| person.id),
        None => people,
    })
}
