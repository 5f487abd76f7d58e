//! Items: the index of what notes say.

mod lines;
mod links;
mod list;

use std::collections::HashSet;

use serde::Serialize;
use throughline_core::model::{Item, ItemId, ItemLink, ItemOwner, MeetingId, NoteId, PersonId};
use uuid::Uuid;

pub(crate) use lines::read_start;
pub use lines::{Line, Said, SaidAt, Start, count, first_owners, frequent_topics, lines, meetings, said, topics_of};
pub use links::{alive, links_to, targets};
pub(crate) use list::distinct_topics;
pub(crate) use list::said_by;
pub use list::{Filter, ids, list, topics};

use crate::value::{BATCH, date, in_order, json, json_ids, moment, read_date, read_instant, read_json, read_word};
use crate::{Connection, Result, lens, search};

/// The item, archived or not.
pub async fn get(conn: &mut Connection, id: ItemId) -> Result<Option<Item>> {
    Ok(by_ids(conn, &[id]).await?.pop())
}

/// The items, archived or not, in the order asked for; merged people are resolved.
pub async fn by_ids(conn: &mut Connection, ids: &[ItemId]) -> Result<Vec<Item>> {
    Ok(in_order(ids, load(conn, Some(ids), true).await?, |item| item.id))
}

/// The items of a list of ids as JSON, archived or not, in no order; merged people are resolved.
pub(crate) async fn listed(conn: &mut Connection, ids: &str) -> Result<Vec<Item>> {
    load_listed(conn, Some(ids), true).await
}

/// The items of the notes, archived ones too, by line.
pub async fn of_notes(conn: &mut Connection, notes: &[NoteId]) -> Result<Vec<Item>> {
    let ids = ids_of_notes(conn, notes).await?;
    by_ids(conn, &ids).await
}

/// [`of_notes`] for a meeting, without the archived: prep, notes, private.
pub async fn of_meeting(conn: &mut Connection, meeting: MeetingId) -> Result<Vec<Item>> {
    list(conn, &Filter { meeting: Some(meeting), ..Filter::default() }).await
}

/// Those of the anchors that are taken, by archived items too.
pub async fn taken(conn: &mut Connection, anchors: &[String]) -> Result<HashSet<String>> {
    let anchors = json(anchors)?;
    let rows =
        sqlx::query_scalar!("SELECT anchor FROM item WHERE anchor IN (SELECT value FROM json_each(?1))", anchors)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().collect())
}

/// The items with these anchors, archived or not.
pub async fn by_anchors(conn: &mut Connection, anchors: &[String]) -> Result<Vec<Item>> {
    let anchors = json(anchors)?;
    let rows = sqlx::query_scalar!(
        r#"SELECT id AS "id!: Uuid" FROM item WHERE anchor IN (SELECT value FROM json_each(?1)) ORDER BY anchor"#,
        anchors
    )
    .fetch_all(&mut *conn)
    .await?;
    by_ids(conn, &rows.into_iter().map(ItemId).collect::<Vec<_>>()).await
}

/// Makes items, or changes them whole; `meeting_id` and `part` follow from the note. The note's [`crate::Kind::Note`],
/// or the item's own, is to be touched first.
pub async fn put(conn: &mut Connection, items: &[Item]) -> Result<()> {
    #[derive(Serialize)]
    struct Row<'a> {
        #[serde(flatten)]
        item: &'a Item,
        due_on: Option<String>,
        created: String,
        done: Option<String>,
    }
    for batch in items.chunks(BATCH) {
        let rows: Vec<Row<'_>> = batch
            .iter()
            .map(|item| Row {
                item,
                due_on: item.due.map(date),
                created: moment(item.created_at),
                done: item.done_at.map(moment),
            })
            .collect();
        let rows = json(&rows)?;
        sqlx::query!(
            "INSERT INTO item (id, note_id, kind, anchor, line, text, status, due, slips, snoozed_until, kept_until,
                 rationale, alternatives, revisit, proposed, created_at, done_at, archived)
             SELECT unhex(value ->> 'id', '-'), unhex(value ->> 'note_id', '-'), value ->> 'kind', value ->> 'anchor',
                 value ->> 'line', value ->> 'text', value ->> 'status', value ->> 'due_on', value ->> 'slips',
                 value ->> 'snoozed_until', value ->> 'kept_until', value ->> 'rationale', value ->> 'alternatives',
                 value ->> 'revisit', value ->> 'proposed', value ->> 'created', value ->> 'done', value ->> 'archived'
             FROM json_each(?1) WHERE true
             ON CONFLICT (id) DO UPDATE SET note_id = excluded.note_id, kind = excluded.kind,
                 anchor = excluded.anchor, line = excluded.line, text = excluded.text, status = excluded.status,
                 due = excluded.due, slips = excluded.slips, snoozed_until = excluded.snoozed_until,
                 kept_until = excluded.kept_until, rationale = excluded.rationale, alternatives = excluded.alternatives, revisit = excluded.revisit,
                 proposed = excluded.proposed, created_at = excluded.created_at, done_at = excluded.done_at,
                 archived = excluded.archived",
            rows
        )
        .execute(&mut *conn)
        .await?;
        put_parts(conn, &rows).await?;
        search::index_items(conn, &batch.iter().map(|item| item.id).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

async fn put_parts(conn: &mut Connection, rows: &str) -> Result<()> {
    sqlx::query!(
        "DELETE FROM item_owner WHERE item_id IN (SELECT unhex(value ->> 'id', '-') FROM json_each(?1))",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "DELETE FROM item_topic WHERE item_id IN (SELECT unhex(value ->> 'id', '-') FROM json_each(?1))",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "DELETE FROM item_mention WHERE item_id IN (SELECT unhex(value ->> 'id', '-') FROM json_each(?1))",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("DELETE FROM item_link WHERE item_id IN (SELECT unhex(value ->> 'id', '-') FROM json_each(?1))", rows)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT INTO item_owner (item_id, position, person_id, inferred, written)
         SELECT unhex(row.value ->> 'id', '-'), owner.key, unhex(owner.value ->> 'person_id', '-'),
                owner.value ->> 'inferred', owner.value ->> 'written'
         FROM json_each(?1) row, json_each(row.value, '$.owners') owner",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO item_topic (item_id, position, topic)
         SELECT unhex(row.value ->> 'id', '-'), topic.key, topic.value
         FROM json_each(?1) row, json_each(row.value, '$.topics') topic",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO item_mention (item_id, position, person_id)
         SELECT unhex(row.value ->> 'id', '-'), person.key, unhex(person.value, '-')
         FROM json_each(?1) row, json_each(row.value, '$.mentions') person",
        rows
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO item_link (item_id, position, kind, target)
         SELECT unhex(row.value ->> 'id', '-'), link.key, link.value ->> 'kind', unhex(link.value ->> 'target', '-')
         FROM json_each(?1) row, json_each(row.value, '$.links') link",
        rows
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Deletes items for good. What a person deletes is archived instead.
pub(crate) async fn delete(conn: &mut Connection, ids: &[ItemId]) -> Result<()> {
    search::remove(conn, &ids.iter().map(|id| id.0).collect::<Vec<_>>()).await?;
    let ids = json_ids(ids)?;
    sqlx::query!("DELETE FROM item WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))", ids)
        .execute(conn)
        .await?;
    Ok(())
}

/// The items of the notes as stored, merges not followed: for images.
pub(crate) async fn of_notes_as_stored(conn: &mut Connection, notes: &[NoteId]) -> Result<Vec<Item>> {
    let ids = ids_of_notes(conn, notes).await?;
    as_stored(conn, &ids).await
}

/// The items as stored, merges not followed.
pub(crate) async fn as_stored(conn: &mut Connection, ids: &[ItemId]) -> Result<Vec<Item>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(in_order(ids, load(conn, Some(ids), false).await?, |item| item.id))
}

/// Every item that is not archived, merges followed.
pub(crate) async fn all(conn: &mut Connection) -> Result<Vec<Item>> {
    load(conn, None, true).await
}

async fn ids_of_notes(conn: &mut Connection, notes: &[NoteId]) -> Result<Vec<ItemId>> {
    let notes = json_ids(notes)?;
    let rows = sqlx::query_scalar!(
        r#"SELECT id AS "id!: Uuid" FROM item WHERE note_id IN (SELECT unhex(value, '-') FROM json_each(?1))
           ORDER BY note_id, line, id"#,
        notes
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(ItemId).collect())
}

async fn load(conn: &mut Connection, ids: Option<&[ItemId]>, resolve: bool) -> Result<Vec<Item>> {
    let ids = ids.map(json_ids).transpose()?;
    load_listed(conn, ids.as_deref(), resolve).await
}

async fn load_listed(conn: &mut Connection, ids: Option<&str>, resolve: bool) -> Result<Vec<Item>> {
    let rows = sqlx::query!(
        r#"SELECT i.id AS "id!: Uuid", i.kind AS "kind!", i.anchor AS "anchor!", i.note_id AS "note!: Uuid",
                  n.meeting_id AS "meeting: Uuid", n.part AS "part!", i.line AS "line!: u32", i.text AS "text!",
                  i.status AS "status!", i.due, i.slips AS "slips!: u32", i.snoozed_until, i.kept_until, i.rationale, i.alternatives,
                  i.revisit, i.proposed AS "proposed!: bool", i.created_at AS "created_at!", i.done_at,
                  i.archived AS "archived!: bool",
                  (SELECT json_group_array(json_object(
                       'person_id', lower(hex(CASE WHEN ?2 THEN coalesce(p.merged_into, p.id) ELSE p.id END)),
                       'inferred', json(iif(o.inferred, 'true', 'false')), 'written', o.written) ORDER BY o.position)
                   FROM item_owner o JOIN person p ON p.id = o.person_id WHERE o.item_id = i.id)
                  AS "owners!: String",
                  (SELECT json_group_array(topic ORDER BY position) FROM item_topic WHERE item_id = i.id)
                  AS "topics!: String",
                  (SELECT json_group_array(
                       lower(hex(CASE WHEN ?2 THEN coalesce(p.merged_into, p.id) ELSE p.id END)) ORDER BY m.position)
                   FROM item_mention m JOIN person p ON p.id = m.person_id WHERE m.item_id = i.id)
                  AS "mentions!: String",
                  (SELECT json_group_array(json_object('kind', kind, 'target', lower(hex(target))) ORDER BY position)
                   FROM item_link WHERE item_id = i.id) AS "links!: String"
           FROM item i JOIN note n ON n.id = i.note_id
           WHERE i.id IN (
               SELECT unhex(value, '-') FROM json_each(?1)
               UNION ALL SELECT id FROM item WHERE ?1 IS NULL AND archived = 0)"#,
        ids,
        resolve
    )
    .fetch_all(&mut *conn)
    .await?;
    let unseen = lens::superseded(conn).await?;
    rows.into_iter()
        .map(|row| {
            let mut owners: Vec<ItemOwner> = list_of(&row.owners)?;
            let mut mentions: Vec<PersonId> = list_of(&row.mentions)?;
            if resolve {
                let mut seen = HashSet::new();
                owners.retain(|owner| seen.insert(owner.person_id));
                let mut seen = HashSet::new();
                mentions.retain(|id| seen.insert(*id));
            }
            Ok(Item {
                id: ItemId(row.id),
                kind: read_word(&row.kind)?,
                anchor: row.anchor,
                note_id: NoteId(row.note),
                meeting_id: row.meeting.map(MeetingId),
                part: read_word(&row.part)?,
                line: row.line,
                text: row.text,
                status: read_word(&row.status)?,
                owners,
                due: row.due.as_deref().map(read_date).transpose()?,
                slips: row.slips,
                snoozed_until: row.snoozed_until.as_deref().map(read_date).transpose()?,
                kept_until: row.kept_until.as_deref().map(read_date).transpose()?,
                topics: list_of(&row.topics)?,
                mentions,
                links: list_of::<ItemLink>(&row.links)?,
                rationale: row.rationale,
                alternatives: row.alternatives,
                revisit: row.revisit.as_deref().map(read_date).transpose()?,
                proposed: row.proposed,
                created_at: read_instant(&row.created_at)?,
                done_at: row.done_at.as_deref().map(read_instant).transpose()?,
                archived: row.archived,
                superseded_unseen: unseen.get(&ItemId(row.id)).copied(),
            })
        })
        .collect()
}

fn list_of<T: for<'a> serde::Deserialize<'a>>(list: &str) -> Result<Vec<T>> {
    if list == "[]" { Ok(Vec::new()) } else { read_json(list) }
}
