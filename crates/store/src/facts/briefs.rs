//! What briefs need: of `throughline_core::graph::neighbourhood::of_brief` what a brief looks at, or a little more.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use throughline_core::graph::{Fact, LOOKED_BACK, attendance_weight};
use throughline_core::model::{Attendance, MeetingId, PersonId};
use uuid::Uuid;

use super::around::{linked_in, meetings_of, meetings_of_items_in};
use super::{Room, Wanted, load, meetings_in};
use crate::value::{date, instant, json, json_ids};
use crate::{Connection, Result, attendance, item};

/// What the briefs of meetings need; nothing for one that is not there. `me` is the user, whose own meetings are not all
/// loaded for having been at these. Of the people's meetings the best ranked of each brief are loaded; of people the
/// user has not met in [`LOOKED_BACK`] days all, to tell who is new. `now` is the instant at which it is asked.
///
/// Of others than those in these rooms a brief tells nothing: they come where the meeting is one of those asked for or of
/// somebody who may be new, and are elsewhere only weighed ([`throughline_core::graph::MeetingFact::unnamed`]).
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
    let known: BTreeSet<PersonId> = met.iter().map(|(person, _)| *person).collect();
    let others: Vec<PersonId> = people.iter().copied().filter(|id| !known.contains(id)).collect();
    let theirs = if others.is_empty() { BTreeSet::new() } else { meetings_of(conn, &others).await? };
    let best = best_of_these_people(conn, &room, me, &since, now).await?;
    let changed = last_times(conn, meetings, &best, &since, now).await?;
    let mut said_at: BTreeSet<MeetingId> = best.into_iter().map(|near| near.other).collect();
    said_at.extend(&series);
    said_at.extend(&theirs);
    let topics = topics_of(conn, meetings, now).await?;
    let mut asked: BTreeMap<PersonId, &str> = BTreeMap::new();
    for at in &room {
        let changed = changed.get(&at.meeting_id).map_or(since.as_str(), String::as_str);
        asked.entry(at.person_id).and_modify(|known| *known = changed.min(known)).or_insert(changed);
    }
    let items = items_before(conn, &asked, &said_at, &topics, me, &since).await?;
    let items = linked_in(conn, &items).await?;

    let mut beside = said_at;
    beside.extend(met.into_iter().map(|(_, meeting)| meeting));
    beside.extend(meetings_of_items_in(conn, &items).await?);
    let whole: BTreeSet<MeetingId> = theirs.into_iter().chain(meetings.iter().copied()).collect();
    let beside: Vec<MeetingId> = beside.difference(&whole).copied().collect();
    let mut facts = load(conn, &Wanted { meetings: whole, ..Wanted::default() }).await?;
    let there = facts.iter().filter_map(|fact| if let Fact::Meeting(meeting) = fact { Some(meeting) } else { None });
    let named = there.flat_map(|meeting| meeting.attendances.iter().map(|at| at.person_id)).collect();
    facts.extend(load(conn, &Wanted { people: named, ..Wanted::default() }).await?);
    let asked: Vec<PersonId> = people.into_iter().chain(me).collect();
    facts.extend(meetings_in(conn, Some(&beside), Room::Among(&asked)).await?.into_iter().map(Fact::Meeting));
    let items = item::listed(conn, &items).await?;
    facts.extend(items.into_iter().filter(|item| !item.archived).map(Fact::Item));
    Ok(facts)
}

/// So many of each brief's meetings of these people: more than are looked into, for the rank here leaves out who was
/// merged and the hours.
const CANDIDATES: i64 = 48;

/// A meeting of the people in a room.
struct Near {
    /// Whose room.
    meeting: MeetingId,
    other: MeetingId,
    place: i64,
    starts: String,
}

/// The best meetings of the people in each room within the time that is looked back, ranked as a brief does
/// (`core::graph::brief::room`): weighted Jaccard times recency.
async fn best_of_these_people(
    conn: &mut Connection,
    room: &[Attendance],
    me: Option<PersonId>,
    since: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Near>> {
    let room: Vec<_> = room.iter().map(|at| (at.meeting_id, at.person_id, attendance_weight(at))).collect();
    let (room, me, now) = (json(&room)?, me.map(|me| me.0), instant(now));
    let rows = sqlx::query!(
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
                           WHEN a.present = 'no' OR coalesce(a.user_response, a.calendar_response) = 'declined' THEN 1
                           WHEN coalesce(a.user_response, a.calendar_response) = 'accepted' THEN 4
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
                            AND coalesce(a.user_response, a.calendar_response) = 'declined' THEN 1 ELSE 4 END), 0)
                   FROM attendance a WHERE a.meeting_id = o.other AND a.person_id NOT IN mine)
               FROM (SELECT DISTINCT other FROM shared) o),
           ranked (meeting, other, starts, place) AS (
               SELECT s.meeting, s.other, o.start_key, row_number() OVER (PARTITION BY s.meeting ORDER BY
                   CAST(s.shared AS REAL) / max(1, asked.size + sized.size - s.shared)
                   / (1 + max(0, julianday(asked.start_key) - julianday(o.start_key)) / 180) DESC, o.start_key DESC)
               FROM shared s JOIN asked ON asked.meeting = s.meeting JOIN sized ON sized.other = s.other
               JOIN meeting o ON o.id = s.other
               WHERE o.start_key <= asked.start_key AND (asked.series IS NULL OR o.series_id IS NOT asked.series))
           SELECT meeting AS "meeting!: Uuid", other AS "other!: Uuid", starts AS "starts!: String",
                  place AS "place!: i64"
           FROM ranked WHERE place <= ?5"#,
        room,
        me,
        since,
        now,
        CANDIDATES
    )
    .fetch_all(conn)
    .await?;
    let near = rows.into_iter().map(|row| Near {
        meeting: MeetingId(row.meeting),
        other: MeetingId(row.other),
        place: row.place,
        starts: row.starts,
    });
    Ok(near.collect())
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

/// Since when the brief of each meeting tells what changed, or from earlier on: from the beginning of the last meeting of
/// the series that certainly took place; for one that has none, from a moment before the latest of the five best of these
/// people.
async fn last_times(
    conn: &mut Connection,
    meetings: &[MeetingId],
    best: &[Near],
    since: &str,
    now: DateTime<Utc>,
) -> Result<HashMap<MeetingId, String>> {
    let (asked, over) = (json_ids(meetings)?, instant(now - TimeDelta::days(1)));
    let rows = sqlx::query!(
        r#"SELECT m.id AS "id!: Uuid", (
                      SELECT max(o.start_key) FROM meeting o WHERE o.series_id = m.series_id
                      AND o.start_key < m.start_key AND coalesce(o.shown_end_utc, o.shown_end_date) < ?2
                      AND coalesce(o.held, o.status <> 'cancelled') = 1 AND o.kind = 'meeting') AS "last?: String"
           FROM meeting m WHERE m.id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        asked,
        over
    )
    .fetch_all(conn)
    .await?;
    let of_people = |meeting: MeetingId| {
        let near = best.iter().filter(|near| near.meeting == meeting && near.place <= BEST);
        let mut starts: Vec<&str> = near.map(|near| near.starts.as_str()).collect();
        starts.sort_unstable();
        // Of any five of them the latest is no earlier than the fifth of all.
        if starts.len() == BEST as usize { starts[4] } else { starts.first().copied().unwrap_or(since) }.to_owned()
    };
    let last =
        rows.into_iter().map(|row| (MeetingId(row.id), row.last.unwrap_or_else(|| of_people(MeetingId(row.id)))));
    Ok(last.collect())
}

/// Among so many stand the five best, for the rank here is not quite a brief's own.
const BEST: i64 = 16;

/// Those of the people who certainly were with the user somewhere between these, with one such meeting: the first that is
/// found will do.
async fn met_since(
    conn: &mut Connection,
    people: &[PersonId],
    me: Option<PersonId>,
    [since, first]: [&str; 2],
    now: DateTime<Utc>,
) -> Result<Vec<(PersonId, MeetingId)>> {
    let Some(me) = me else { return Ok(Vec::new()) };
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
                 AND a.present <> 'no' AND coalesce(a.user_response, a.calendar_response, '') <> 'declined'
                 AND NOT EXISTS (SELECT 1 FROM person p JOIN attendance o ON o.person_id = p.id
                                 WHERE p.merged_into = asked.id AND o.meeting_id = m.id)
                 AND CASE WHEN EXISTS (
                         SELECT 1 FROM attendance b WHERE b.meeting_id = m.id AND b.person_id IN mine)
                     THEN NOT EXISTS (
                         SELECT 1 FROM attendance b WHERE b.meeting_id = m.id AND b.person_id IN mine
                         AND (b.present = 'no' OR coalesce(b.user_response, b.calendar_response, '') = 'declined'))
                     ELSE coalesce(m.my_response, '') <> 'declined' AND (m.source = 'local' OR EXISTS (
                         SELECT 1 FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                         WHERE c.meeting_id = m.id AND k.owned = 1)) END
               LIMIT 1) AS "meeting?: Uuid"
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

/// What the meetings are about, in items or outside, private parts left out: their own topics, and those of the last of
/// their series that took place.
async fn topics_of(conn: &mut Connection, meetings: &[MeetingId], now: DateTime<Utc>) -> Result<Vec<String>> {
    let (meetings, over) = (json_ids(meetings)?, instant(now - TimeDelta::days(1)));
    Ok(sqlx::query_scalar!(
        r#"WITH asked (id, series, start_key) AS MATERIALIZED (
               SELECT id, series_id, start_key FROM meeting WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))),
           before (id, place, over) AS (
               SELECT o.id, row_number() OVER (
                          PARTITION BY asked.id, coalesce(o.shown_end_utc, o.shown_end_date) < ?2
                          ORDER BY o.start_key DESC),
                      coalesce(o.shown_end_utc, o.shown_end_date) < ?2
               FROM asked CROSS JOIN meeting o ON o.series_id = asked.series AND o.start_key <= asked.start_key
               WHERE o.kind = 'meeting' AND coalesce(o.held, o.status <> 'cancelled') = 1),
           notes (id) AS MATERIALIZED (
               SELECT n.id FROM note n WHERE n.part <> 'private' AND n.meeting_id IN (
                   SELECT id FROM asked UNION SELECT id FROM before WHERE place <= ?3 OR NOT over))
           SELECT t.topic AS "topic!: String" FROM notes CROSS JOIN note_topic t ON t.note_id = notes.id
           UNION SELECT t.topic FROM notes CROSS JOIN item i ON i.note_id = notes.id
           CROSS JOIN item_topic t ON t.item_id = i.id WHERE i.archived = 0"#,
        meetings,
        over,
        LAST
    )
    .fetch_all(conn)
    .await?)
}

/// A brief takes the topics of five meetings of a series; a few more, for here the hours of whole days are not told.
const LAST: i64 = 8;

/// At most so many of the latest decisions about each topic: a brief tells at most 25 that hold.
const DECISIONS: i64 = 80;

/// Items of the meetings; of the people, and of the user where they come from a meeting of theirs or name them, the
/// actions that are open, however old, or changed since the moment beside them; what the people decided since the day; and the
/// latest decisions about the topics or below. A list of ids as JSON, for the next statement.
async fn items_before(
    conn: &mut Connection,
    people: &BTreeMap<PersonId, &str>,
    meetings: &BTreeSet<MeetingId>,
    topics: &[String],
    me: Option<PersonId>,
    since: &str,
) -> Result<String> {
    let changed = people.values().min().copied().unwrap_or(since);
    let people: Vec<_> = people.iter().collect();
    let (people, meetings, topics) = (json(&people)?, json(&meetings)?, json(topics)?);
    let me = me.map(|me| me.0);
    Ok(sqlx::query_scalar!(
        r#"WITH asked (id, changed) AS MATERIALIZED (
               SELECT unhex(value ->> 0, '-'), value ->> 1 FROM json_each(?1)),
           these (id, changed) AS MATERIALIZED (
               SELECT id, changed FROM asked
               UNION ALL SELECT p.id, asked.changed FROM asked JOIN person p ON p.merged_into = asked.id),
           mine (id) AS MATERIALIZED (
               SELECT id FROM person WHERE id = ?5 UNION ALL SELECT id FROM person WHERE merged_into = ?5),
           changed (id) AS MATERIALIZED (
               SELECT item_id FROM item_change WHERE at >= ?7 UNION SELECT item_id FROM item_handover WHERE at >= ?7),
           about (topic, item_id) AS (
               SELECT asked_topic.value, t.item_id FROM json_each(?3) asked_topic
               JOIN item_topic t ON t.topic = asked_topic.value
               UNION ALL SELECT asked_topic.value, t.item_id FROM json_each(?3) asked_topic
               JOIN item_topic t ON t.topic > asked_topic.value || '/' AND t.topic < asked_topic.value || '0'),
           decided (topic, item_id, at) AS (
               SELECT DISTINCT about.topic, i.id, coalesce(m.start_key, i.created_at)
               FROM about CROSS JOIN item i ON i.id = about.item_id CROSS JOIN note n ON n.id = i.note_id
               LEFT JOIN meeting m ON m.id = n.meeting_id
               WHERE i.kind = 'decision' AND i.archived = 0),
           ranked (item_id, place) AS (
               SELECT item_id, row_number() OVER (PARTITION BY topic ORDER BY at DESC, item_id) FROM decided),
           wanted (id) AS (
               SELECT i.id FROM note n JOIN item i ON i.note_id = n.id
               WHERE n.meeting_id IN (SELECT unhex(value, '-') FROM json_each(?2))
               UNION SELECT i.id FROM these CROSS JOIN item_owner o ON o.person_id = these.id
               CROSS JOIN item i ON i.id = o.item_id
               CROSS JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id
               WHERE i.archived = 0
                 AND ((i.kind = 'action' AND (i.status = 'open' OR i.done_at >= these.changed OR EXISTS (
                       SELECT 1 FROM item_change c WHERE c.item_id = i.id AND c.at >= these.changed) OR EXISTS (
                       SELECT 1 FROM item_handover c WHERE c.item_id = i.id AND c.at >= these.changed)))
                   OR (i.kind = 'decision' AND coalesce(m.start_key, i.created_at) >= ?6))
               UNION SELECT i.id FROM mine CROSS JOIN item_owner o ON o.person_id = mine.id
               CROSS JOIN item i ON i.id = o.item_id CROSS JOIN note n ON n.id = i.note_id
               LEFT JOIN meeting m ON m.id = n.meeting_id
               WHERE i.kind = 'action' AND i.archived = 0
                 AND (i.status = 'open' OR i.done_at >= ?7 OR i.id IN changed)
                 AND (EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = n.meeting_id
                              AND +a.person_id IN (SELECT id FROM these))
                   OR EXISTS (SELECT 1 FROM item_mention w WHERE w.item_id = i.id
                              AND +w.person_id IN (SELECT id FROM these))
                   OR EXISTS (SELECT 1 FROM series_attendee s WHERE s.series_id = m.series_id
                              AND +s.person_id IN (SELECT id FROM these)))
               UNION SELECT item_id FROM ranked WHERE place <= ?4)
           SELECT json_group_array(lower(hex(id))) AS "ids!: String" FROM wanted"#,
        people,
        meetings,
        topics,
        DECISIONS,
        me,
        since,
        changed
    )
    .fetch_one(conn)
    .await?)
}
