//! Neighbourhoods, as `throughline_core::graph::neighbourhood` defines them, or a little more.

use std::collections::BTreeSet;

use throughline_core::graph::{Fact, NodeRef};
use throughline_core::model::{ItemId, MeetingId, OrganizationId, Person, PersonId};
use uuid::Uuid;

use super::{Wanted, load, node};
use crate::value::{json, json_ids, read_json};
use crate::{Connection, Result, organization};

/// What the ledger with these people (already resolved) needs.
pub async fn around_people(conn: &mut Connection, people: &[PersonId]) -> Result<Vec<Fact>> {
    let meetings = meetings_of(conn, people).await?;
    let items = items_around(conn, people, &meetings).await?;
    gather(conn, items, meetings, people).await
}

/// What the ledger with an organization needs.
pub async fn around_organization(conn: &mut Connection, id: OrganizationId) -> Result<Vec<Fact>> {
    let people = organization::people(conn, id).await?;
    let mut facts = around_people(conn, &people).await?;
    if !facts.iter().any(|fact| node(fact) == NodeRef::Organization(id)) {
        facts.extend(organization::get(conn, id).await?.map(Fact::Organization));
    }
    Ok(facts)
}

/// What everything about one item needs.
pub async fn around_item(conn: &mut Connection, item: ItemId) -> Result<Vec<Fact>> {
    gather(conn, vec![item], BTreeSet::new(), &[]).await
}

pub(super) async fn meetings_of(conn: &mut Connection, people: &[PersonId]) -> Result<BTreeSet<MeetingId>> {
    let people = json_ids(people)?;
    let rows = sqlx::query_scalar!(
        r#"WITH asked (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1)),
           these (id) AS MATERIALIZED (
               SELECT id FROM asked UNION SELECT p.id FROM asked JOIN person p ON p.merged_into = asked.id)
           SELECT a.meeting_id AS "id!: Uuid" FROM these JOIN attendance a ON a.person_id = these.id
           UNION SELECT m.id FROM these JOIN series_attendee s ON s.person_id = these.id
           JOIN meeting m ON m.series_id = s.series_id"#,
        people
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(MeetingId).collect())
}

/// Items of the meetings, and of the people or naming them.
async fn items_around(
    conn: &mut Connection,
    people: &[PersonId],
    meetings: &BTreeSet<MeetingId>,
) -> Result<Vec<ItemId>> {
    let (people, meetings) = (json_ids(people)?, json(&meetings)?);
    let rows = sqlx::query_scalar!(
        r#"WITH asked (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1)),
           these (id) AS MATERIALIZED (
               SELECT id FROM asked UNION SELECT p.id FROM asked JOIN person p ON p.merged_into = asked.id)
           SELECT i.id AS "id!: Uuid" FROM note n JOIN item i ON i.note_id = n.id
           WHERE n.meeting_id IN (SELECT unhex(value, '-') FROM json_each(?2))
           UNION SELECT o.item_id FROM these JOIN item_owner o ON o.person_id = these.id
           UNION SELECT m.item_id FROM these JOIN item_mention m ON m.person_id = these.id"#,
        people,
        meetings
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(ItemId).collect())
}

/// The items with all that links lead to, their meetings, and whom and what all these name.
pub(super) async fn gather(
    conn: &mut Connection,
    items: Vec<ItemId>,
    meetings: BTreeSet<MeetingId>,
    people: &[PersonId],
) -> Result<Vec<Fact>> {
    let mut wanted = Wanted { items: linked(conn, &items).await?, meetings, ..Wanted::default() };
    wanted.meetings.extend(meetings_of_items(conn, &wanted.items).await?);
    let mut facts = load(conn, &wanted).await?;
    let mut named = Wanted { people: people.iter().copied().collect(), ..Wanted::default() };
    for fact in &facts {
        match fact {
            Fact::Meeting(meeting) => {
                named.people.extend(meeting.attendances.iter().map(|at| at.person_id));
                named.people.extend(&meeting.mentions);
                named.series.extend(meeting.series_id);
            }
            Fact::Item(item) => {
                named.people.extend(item.owners.iter().map(|owner| owner.person_id));
                named.people.extend(&item.mentions);
            }
            _ => {}
        }
    }
    let more = load(conn, &named).await?;
    let people = more.iter().filter_map(|fact| if let Fact::Person(person) = fact { Some(person) } else { None });
    let organizations = people.flat_map(Person::organizations).collect();
    let organizations = Wanted { organizations, ..Wanted::default() };
    facts.extend(more);
    facts.extend(load(conn, &organizations).await?);
    Ok(facts)
}

/// The items that links lead to from some, either way and as far as they lead, those included.
pub(super) async fn linked(conn: &mut Connection, items: &[ItemId]) -> Result<BTreeSet<ItemId>> {
    read_json(&linked_in(conn, &json_ids(items)?).await?)
}

/// [`linked`], from a list of ids as JSON to another: nobody but the next statement reads these.
pub(super) async fn linked_in(conn: &mut Connection, items: &str) -> Result<String> {
    Ok(sqlx::query_scalar!(
        r#"WITH RECURSIVE linked (id) AS (
               SELECT unhex(value, '-') FROM json_each(?1)
               UNION SELECT l.target FROM linked CROSS JOIN item_link l ON l.item_id = linked.id
               CROSS JOIN item i ON i.id = l.item_id AND i.archived = 0
               UNION SELECT l.item_id FROM linked CROSS JOIN item_link l ON l.target = linked.id
               CROSS JOIN item i ON i.id = l.item_id AND i.archived = 0)
           SELECT json_group_array(lower(hex(item.id))) AS "ids!: String"
           FROM linked CROSS JOIN item ON item.id = linked.id WHERE item.archived = 0"#,
        items
    )
    .fetch_one(conn)
    .await?)
}

pub(super) async fn meetings_of_items(conn: &mut Connection, items: &BTreeSet<ItemId>) -> Result<BTreeSet<MeetingId>> {
    meetings_of_items_in(conn, &json(items)?).await
}

/// [`meetings_of_items`], of a list of ids as JSON.
pub(super) async fn meetings_of_items_in(conn: &mut Connection, items: &str) -> Result<BTreeSet<MeetingId>> {
    let list = sqlx::query_scalar!(
        r#"SELECT json_group_array(DISTINCT lower(hex(n.meeting_id))) AS "ids!: String"
           FROM item i JOIN note n ON n.id = i.note_id
           WHERE i.id IN (SELECT unhex(value, '-') FROM json_each(?1)) AND n.meeting_id IS NOT NULL"#,
        items
    )
    .fetch_one(conn)
    .await?;
    read_json(&list)
}
