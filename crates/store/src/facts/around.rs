//! Neighbourhoods, as `throughline_core::graph::neighbourhood` defines them, or a little more.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use throughline_core::graph::{Fact, LOOKED_BACK, NodeRef, attendance_weight};
use throughline_core::model::{Attendance, ItemId, MeetingId, OrganizationId, Person, PersonId};
use uuid::Uuid;

use super::{Wanted, load, node};
use crate::value::{date, instant, json, json_ids};
use crate::{Connection, Result, attendance, organization};

/// What the briefs of meetings need; nothing for one that is not there. `me` is the user, whose own meetings are not all
/// loaded for having been at these. Of the people's meetings the best ranked of each brief are loaded; of people the
/// user has not met in [`LOOKED_BACK`] days all, to tell who is new. `now` is the instant at which it is asked.
pub async fn around_meetings(
    conn: &mut Connection,
    meetings: &[MeetingId],
    me: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<Vec<Fact>> {
    let mut room = attendance::of_meetings(conn, meetings).await?;
    room.retain(|at| Some(at.person_id) != me);
    let people: BTreeSet<PersonId> = room.iter().map(|at| at.person_id).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let series = series_of(conn, meetings).await?;
    let (since, first) = since(conn, meetings).await?;
    let met = met_since(conn, &people, me, [&since, &first], now).await?;
    let others: Vec<PersonId> = people.iter().copied().filter(|id| !met.contains_key(id)).collect();
    let last = last_since(conn, meetings, &since, now).await?;
    let mut beside = best_of_these_people(conn, &room, me, &since, now).await?;
    beside.extend(met.into_values());
    beside.extend(meetings_of(conn, &others).await?);
    beside.extend(&series);
    let topics = topics_of(conn, &series).await?;
    let items = items_before(conn, &people, &beside, &topics, me, [&since, &last]).await?;
    gather(conn, items, beside, &[]).await
}

/// So many of each brief's meetings of these people: more than are looked into, for the rank here leaves out who was
/// merged and the hours.
const CANDIDATES: i64 = 48;

/// The best meetings of the people in each room within the time that is looked back, ranked as a brief does
/// (`core::graph::brief::room`): weighted Jaccard times recency.
async fn best_of_these_people(
    conn: &mut Connection,
    room: &[Attendance],
    me: Option<PersonId>,
    since: &str,
    now: DateTime<Utc>,
) -> Result<BTreeSet<MeetingId>> {
    let room: Vec<_> = room.iter().map(|at| (at.meeting_id, at.person_id, attendance_weight(at))).collect();
    let (room, me, now) = (json(&room)?, me.map(|me| me.0), instant(now));
    let rows = sqlx::query_scalar!(
        r#"WITH room (meeting, person, weight) AS MATERIALIZED (
               SELECT unhex(value ->> 0, '-'), unhex(value ->> 1, '-'), value ->> 2 FROM json_each(?1)),
           asked (meeting, start_key, series, size) AS MATERIALIZED (
               SELECT r.meeting, m.start_key, m.series_id, sum(r.weight) FROM room r JOIN meeting m ON m.id = r.meeting
               GROUP BY r.meeting),
           mine (id) AS MATERIALIZED (
               SELECT id FROM person WHERE id = ?2 UNION ALL SELECT id FROM person WHERE merged_into = ?2),
           names (person, id) AS MATERIALIZED (
               SELECT person, person FROM room
               UNION SELECT r.person, p.id FROM room r JOIN person p ON p.merged_into = r.person),
           near (other, person, weight) AS MATERIALIZED (
               SELECT a.meeting_id, n.person,
                      CASE WHEN a.present = 'yes' THEN 4
                           WHEN a.present = 'no' OR coalesce(a.calendar_response, a.user_response) = 'declined' THEN 1
                           WHEN coalesce(a.calendar_response, a.user_response) = 'accepted' THEN 4
                           WHEN coalesce(a.calendar_role, a.user_role) = 'optional' THEN 2 ELSE 4 END
               FROM names n CROSS JOIN attendance a ON a.person_id = n.id CROSS JOIN meeting m ON m.id = a.meeting_id
               WHERE m.start_key >= ?3 AND m.start_key <= ?4 AND m.kind = 'meeting'
                 AND coalesce(m.held, m.status <> 'cancelled') = 1
               UNION ALL
               SELECT m.id, n.person, CASE s.role WHEN 'optional' THEN 2 ELSE 4 END
               FROM names n CROSS JOIN series_attendee s ON s.person_id = n.id
               CROSS JOIN meeting m ON m.series_id = s.series_id
               WHERE m.start_key >= ?3 AND m.start_key <= ?4 AND NOT EXISTS (
                   SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.person_id = n.id)),
           shared (meeting, other, shared) AS MATERIALIZED (
               SELECT r.meeting, near.other, sum(min(r.weight, near.weight)) FROM near
               JOIN room r ON r.person = near.person GROUP BY r.meeting, near.other),
           sized (other, size) AS MATERIALIZED (
               SELECT o.other, (
                   SELECT coalesce(sum(CASE WHEN a.present = 'no' THEN 1
                       WHEN a.present <> 'yes'
                            AND coalesce(a.calendar_response, a.user_response) = 'declined' THEN 1 ELSE 4 END), 0)
                   FROM attendance a WHERE a.meeting_id = o.other AND a.person_id NOT IN mine)
               FROM (SELECT DISTINCT other FROM shared) o),
           ranked (other, place) AS (
               SELECT s.other, row_number() OVER (PARTITION BY s.meeting ORDER BY
                   CAST(s.shared AS REAL) / max(1, asked.size + sized.size - s.shared)
                   / (1 + max(0, julianday(asked.start_key) - julianday(o.start_key)) / 180) DESC, o.start_key DESC)
               FROM shared s JOIN asked ON asked.meeting = s.meeting JOIN sized ON sized.other = s.other
               JOIN meeting o ON o.id = s.other
               WHERE o.start_key <= asked.start_key AND (asked.series IS NULL OR o.series_id IS NOT asked.series))
           SELECT DISTINCT other AS "id!: Uuid" FROM ranked WHERE place <= ?5"#,
        room,
        me,
        since,
        now,
        CANDIDATES
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(MeetingId).collect())
}

/// The day from which on people's meetings are looked at, as text, a day early, for the zones; and when the first of
/// these begins.
async fn since(conn: &mut Connection, meetings: &[MeetingId]) -> Result<(String, String)> {
    let meetings = json_ids(meetings)?;
    let first = sqlx::query_scalar!(
        r#"SELECT min(start_key) AS "first: String" FROM meeting
           WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        meetings
    )
    .fetch_one(conn)
    .await?;
    let first = first.unwrap_or_default();
    let day = first.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    let since = day.and_then(|day| day.checked_sub_signed(TimeDelta::days(LOOKED_BACK + 1)));
    Ok((since.map(date).unwrap_or_default(), first))
}

/// The day since which a brief tells what changed, or an earlier one: that day, unless the last meeting of some series
/// lies before it.
async fn last_since(conn: &mut Connection, meetings: &[MeetingId], since: &str, now: DateTime<Utc>) -> Result<String> {
    let (meetings, over) = (json_ids(meetings)?, instant(now));
    let older = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM meeting m WHERE m.id IN (SELECT unhex(value, '-') FROM json_each(?1))
               AND m.series_id IS NOT NULL AND NOT EXISTS (
                   SELECT 1 FROM meeting o WHERE o.series_id = m.series_id AND o.start_key >= ?2
                   AND o.start_key < m.start_key AND coalesce(o.shown_end_utc, o.shown_end_date) < ?3
                   AND coalesce(o.held, o.status <> 'cancelled') = 1 AND o.kind = 'meeting')) AS "older!: bool""#,
        meetings,
        since,
        over
    )
    .fetch_one(conn)
    .await?;
    Ok(if older { String::new() } else { since.to_owned() })
}

/// Those of the people who certainly were with the user somewhere between these, with the last such meeting.
async fn met_since(
    conn: &mut Connection,
    people: &[PersonId],
    me: Option<PersonId>,
    [since, first]: [&str; 2],
    now: DateTime<Utc>,
) -> Result<BTreeMap<PersonId, MeetingId>> {
    let Some(me) = me else { return Ok(BTreeMap::new()) };
    let (people, over) = (json_ids(people)?, instant(now - TimeDelta::days(1)));
    let rows = sqlx::query!(
        r#"WITH asked (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1)),
           mine (id) AS MATERIALIZED (
               SELECT id FROM person WHERE id = ?2 UNION ALL SELECT id FROM person WHERE merged_into = ?2)
           SELECT asked.id AS "person!: Uuid", (
               SELECT m.id FROM attendance a JOIN meeting m ON m.id = a.meeting_id
               WHERE a.person_id = asked.id AND m.start_key >= ?3 AND m.start_key < ?5
                 AND coalesce(m.shown_end_utc, m.shown_end_date) < ?4
                 AND coalesce(m.held, m.status <> 'cancelled') = 1
                 AND a.present <> 'no' AND coalesce(a.calendar_response, a.user_response, '') <> 'declined'
                 AND NOT EXISTS (SELECT 1 FROM person p JOIN attendance o ON o.person_id = p.id
                                 WHERE p.merged_into = asked.id AND o.meeting_id = m.id)
                 AND CASE WHEN EXISTS (
                         SELECT 1 FROM attendance b WHERE b.meeting_id = m.id AND b.person_id IN mine)
                     THEN NOT EXISTS (
                         SELECT 1 FROM attendance b WHERE b.meeting_id = m.id AND b.person_id IN mine
                         AND (b.present = 'no' OR coalesce(b.calendar_response, b.user_response, '') = 'declined'))
                     ELSE coalesce(m.my_response, '') <> 'declined' AND (m.source = 'local' OR EXISTS (
                         SELECT 1 FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                         WHERE c.meeting_id = m.id AND k.owned = 1)) END
               ORDER BY m.start_key DESC LIMIT 1) AS "meeting?: Uuid"
           FROM asked"#,
        people,
        me.0,
        since,
        over,
        first
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((PersonId(row.person), MeetingId(row.meeting?)))).collect())
}

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

/// The meetings and all others of their series.
async fn series_of(conn: &mut Connection, meetings: &[MeetingId]) -> Result<BTreeSet<MeetingId>> {
    let meetings = json_ids(meetings)?;
    let rows = sqlx::query_scalar!(
        r#"WITH these (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1))
           SELECT m.id AS "id!: Uuid" FROM these JOIN meeting m USING (id)
           UNION SELECT o.id FROM these JOIN meeting m USING (id) JOIN meeting o ON o.series_id = m.series_id"#,
        meetings
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(MeetingId).collect())
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

/// What the meetings are about, in items or outside.
async fn topics_of(conn: &mut Connection, meetings: &BTreeSet<MeetingId>) -> Result<Vec<String>> {
    let meetings = json(&meetings)?;
    Ok(sqlx::query_scalar!(
        r#"WITH notes (id) AS MATERIALIZED (
               SELECT id FROM note WHERE meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1)))
           SELECT t.topic AS "topic!: String" FROM notes JOIN note_topic t ON t.note_id = notes.id
           UNION SELECT t.topic FROM notes JOIN item i ON i.note_id = notes.id JOIN item_topic t ON t.item_id = i.id
           WHERE i.archived = 0"#,
        meetings
    )
    .fetch_all(conn)
    .await?)
}

/// At most so many of the latest decisions about each topic: a brief tells at most 25 that hold.
const DECISIONS: i64 = 80;

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

/// Items of the meetings; of the people, and of the user where they come from a meeting of theirs or name them, the
/// actions that are open, however old, or changed since the second day; what the people decided since the first; and the
/// latest decisions about the topics or below.
async fn items_before(
    conn: &mut Connection,
    people: &[PersonId],
    meetings: &BTreeSet<MeetingId>,
    topics: &[String],
    me: Option<PersonId>,
    [since, changed]: [&str; 2],
) -> Result<Vec<ItemId>> {
    let (people, meetings, topics) = (json_ids(people)?, json(&meetings)?, json(topics)?);
    let me = me.map(|me| me.0);
    let rows = sqlx::query_scalar!(
        r#"WITH asked (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1)),
           these (id) AS MATERIALIZED (
               SELECT id FROM asked UNION SELECT p.id FROM asked JOIN person p ON p.merged_into = asked.id),
           mine (id) AS MATERIALIZED (
               SELECT id FROM person WHERE id = ?5 UNION ALL SELECT id FROM person WHERE merged_into = ?5),
           changed (id) AS MATERIALIZED (SELECT DISTINCT item_id FROM item_change WHERE at >= ?7),
           my_own (id, note_id) AS MATERIALIZED (
               SELECT i.id, i.note_id FROM mine CROSS JOIN item_owner o ON o.person_id = mine.id
               CROSS JOIN item i ON i.id = o.item_id
               WHERE i.kind = 'action' AND i.archived = 0
                 AND (i.status = 'open' OR i.done_at >= ?7 OR i.id IN changed)),
           about (topic, item_id) AS (
               SELECT asked_topic.value, t.item_id FROM json_each(?3) asked_topic
               JOIN item_topic t ON t.topic = asked_topic.value
               UNION SELECT asked_topic.value, t.item_id FROM json_each(?3) asked_topic
               JOIN item_topic t ON t.topic > asked_topic.value || '/' AND t.topic < asked_topic.value || '0'),
           ranked (item_id, place) AS (
               SELECT i.id, row_number() OVER (
                          PARTITION BY about.topic ORDER BY coalesce(m.start_key, i.created_at) DESC, i.id)
               FROM about JOIN item i ON i.id = about.item_id JOIN note n ON n.id = i.note_id
               LEFT JOIN meeting m ON m.id = n.meeting_id
               WHERE i.kind = 'decision' AND i.archived = 0)
           SELECT i.id AS "id!: Uuid" FROM note n JOIN item i ON i.note_id = n.id
           WHERE n.meeting_id IN (SELECT unhex(value, '-') FROM json_each(?2))
           UNION SELECT i.id FROM these CROSS JOIN item_owner o ON o.person_id = these.id
           CROSS JOIN item i ON i.id = o.item_id
           CROSS JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id
           WHERE i.archived = 0 AND ((i.kind = 'action' AND (i.status = 'open' OR i.done_at >= ?7 OR i.id IN changed))
               OR (i.kind = 'decision' AND coalesce(m.start_key, i.created_at) >= ?6))
           UNION SELECT my_own.id FROM my_own JOIN note n ON n.id = my_own.note_id
           JOIN attendance a ON a.meeting_id = n.meeting_id WHERE a.person_id IN these
           UNION SELECT my_own.id FROM my_own JOIN note n ON n.id = my_own.note_id
           JOIN meeting m ON m.id = n.meeting_id JOIN series_attendee s ON s.series_id = m.series_id
           WHERE s.person_id IN these
           UNION SELECT my_own.id FROM my_own JOIN item_mention m ON m.item_id = my_own.id
           WHERE m.person_id IN these
           UNION SELECT item_id FROM ranked WHERE place <= ?4"#,
        people,
        meetings,
        topics,
        DECISIONS,
        me,
        since,
        changed
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

pub(super) async fn linked(conn: &mut Connection, items: &[ItemId]) -> Result<BTreeSet<ItemId>> {
    let items = json_ids(items)?;
    let rows = sqlx::query_scalar!(
        r#"WITH RECURSIVE linked (id) AS (
               SELECT unhex(value, '-') FROM json_each(?1)
               UNION SELECT l.target FROM linked JOIN item_link l ON l.item_id = linked.id
               JOIN item i ON i.id = l.item_id AND i.archived = 0
               UNION SELECT l.item_id FROM linked JOIN item_link l ON l.target = linked.id
               JOIN item i ON i.id = l.item_id AND i.archived = 0)
           SELECT item.id AS "id!: Uuid" FROM linked JOIN item ON item.id = linked.id WHERE item.archived = 0"#,
        items
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(ItemId).collect())
}

pub(super) async fn meetings_of_items(conn: &mut Connection, items: &BTreeSet<ItemId>) -> Result<Vec<MeetingId>> {
    let items = json(&items)?;
    let rows = sqlx::query_scalar!(
        r#"SELECT DISTINCT n.meeting_id AS "id!: Uuid" FROM item i JOIN note n ON n.id = i.note_id
           WHERE i.id IN (SELECT unhex(value, '-') FROM json_each(?1)) AND n.meeting_id IS NOT NULL"#,
        items
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(MeetingId).collect())
}
