//! What stands beside nodes of the graph, newest first: their neighbours, without loading any of them.

use chrono::{DateTime, Utc};
use throughline_core::graph::NodeRef;
use throughline_core::model::{ItemId, MeetingId, OrganizationId, PersonId, SeriesId};
use uuid::Uuid;

use crate::meeting::Edge;
use crate::value::{corrupt, date, instant, json, moment};
use crate::{Connection, Result};

/// Which neighbours are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of these kinds: `person`, `organization`, `series`, `meeting`, `action`, `decision`, `question`, `topic`.
    pub kinds: Vec<&'static str>,
    /// Not of before this, where they are of a time.
    pub from: Option<Edge>,
    /// Of before this.
    pub to: Option<Edge>,
    /// So many of each node.
    pub limit: u32,
    /// The moment around which what is of a time is wanted: what was comes first, the newest first, then what is to come,
    /// the nearest first.
    pub now: DateTime<Utc>,
}

/// A neighbour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Whose.
    pub of: NodeRef,
    /// The neighbour.
    pub node: NodeRef,
    /// When it is of: a meeting's start, an item's meeting's or when it was written; none of the others.
    pub at: Option<String>,
    /// Whether that is yet to come.
    pub coming: bool,
    /// It is the meeting before or after in the series.
    pub next: bool,
    /// One of those wanted.
    pub wanted: bool,
    /// How many edges `of` has in the whole vault.
    pub degree: u32,
    /// How many neighbours wanted `of` has in the whole vault.
    pub neighbours: u32,
}

/// Of each node the neighbours that are wanted: what has no date first, then what was, the newest first, then what is to
/// come, the nearest first; equal ones by kind and id. Nobody is beside a meeting for having declined it, or being told
/// absent. Of each node with any neighbour at least one comes back, wanted or not, to tell its degree; and the meetings before and after
/// one in its series always do. Items of private parts are left out.
pub async fn beside(conn: &mut Connection, nodes: &[NodeRef], wanted: &Wanted) -> Result<Vec<Neighbour>> {
    let asked = json(&nodes.iter().map(key).collect::<Vec<_>>())?;
    let kinds = json(&wanted.kinds)?;
    let (from_day, from) = wanted.from.map(|edge| (date(edge.date), instant(edge.instant))).unzip();
    let (to_day, to) = wanted.to.map(|edge| (date(edge.date), instant(edge.instant))).unzip();
    let now = moment(wanted.now);
    let rows = sqlx::query!(
        r#"WITH asked (kind, node) AS MATERIALIZED (
               SELECT value ->> 0, CASE value ->> 0 WHEN 'topic' THEN CAST(value ->> 1 AS BLOB)
                                   ELSE unhex(value ->> 1, '-') END FROM json_each(?1)),
           names (node, id) AS MATERIALIZED (
               SELECT node, node FROM asked WHERE kind = 'person'
               UNION SELECT a.node, p.id FROM asked a JOIN person p ON p.merged_into = a.node WHERE a.kind = 'person'),
           me (id) AS MATERIALIZED (SELECT coalesce(merged_into, id) FROM person WHERE is_me = 1 ORDER BY id LIMIT 1),
           there (meeting, person, organizer, came) AS MATERIALIZED (
               SELECT t.meeting_id, n.node, coalesce(t.calendar_role, t.user_role) = 'organizer',
                      t.present = 'yes'
                      OR t.present <> 'no' AND coalesce(t.user_response, t.calendar_response, '') <> 'declined'
               FROM names n CROSS JOIN attendance t ON t.person_id = n.id
               UNION ALL SELECT m.id, n.node, s.role = 'organizer', NOT EXISTS (
                   SELECT 1 FROM attendance o WHERE o.meeting_id = m.id
                   AND o.person_id IN (SELECT q.id FROM names q WHERE q.node = n.node))
               FROM names n CROSS JOIN series_attendee s ON s.person_id = n.id
               CROSS JOIN meeting m ON m.series_id = s.series_id
               UNION ALL SELECT m.id, me.id, 0, m.my_response IS NOT 'declined' AND NOT EXISTS (
                   SELECT 1 FROM attendance o WHERE o.meeting_id = m.id
                   AND o.person_id IN (SELECT q.id FROM names q WHERE q.node = me.id))
               FROM me CROSS JOIN meeting m
               WHERE me.id IN (SELECT node FROM names) AND m.source = 'local'
               UNION ALL SELECT m.id, me.id, 0, m.my_response IS NOT 'declined' AND NOT EXISTS (
                   SELECT 1 FROM attendance o WHERE o.meeting_id = m.id
                   AND o.person_id IN (SELECT q.id FROM names q WHERE q.node = me.id))
               FROM me CROSS JOIN calendar k ON k.owned = 1 CROSS JOIN meeting_calendar c ON c.calendar_id = k.id
               CROSS JOIN meeting m ON m.id = c.meeting_id
               WHERE me.id IN (SELECT node FROM names)),
           room (meeting, person, organizer, came) AS MATERIALIZED (
               SELECT a.node, coalesce(p.merged_into, p.id), coalesce(t.calendar_role, t.user_role) = 'organizer',
                      t.present = 'yes'
                      OR t.present <> 'no' AND coalesce(t.user_response, t.calendar_response, '') <> 'declined'
               FROM asked a CROSS JOIN attendance t ON t.meeting_id = a.node CROSS JOIN person p ON p.id = t.person_id
               WHERE a.kind = 'meeting'
               UNION ALL SELECT a.node, coalesce(p.merged_into, p.id), s.role = 'organizer', NOT EXISTS (
                   SELECT 1 FROM attendance o JOIN person q ON q.id = o.person_id
                   WHERE o.meeting_id = m.id AND coalesce(q.merged_into, q.id) = coalesce(p.merged_into, p.id))
               FROM asked a CROSS JOIN meeting m ON m.id = a.node
               CROSS JOIN series_attendee s ON s.series_id = m.series_id CROSS JOIN person p ON p.id = s.person_id
               WHERE a.kind = 'meeting'
               UNION ALL SELECT a.node, me.id, 0, m.my_response IS NOT 'declined' AND NOT EXISTS (
                   SELECT 1 FROM attendance o JOIN person q ON q.id = o.person_id
                   WHERE o.meeting_id = m.id AND coalesce(q.merged_into, q.id) = me.id)
               FROM asked a CROSS JOIN meeting m ON m.id = a.node CROSS JOIN me
               WHERE a.kind = 'meeting' AND (m.source = 'local' OR EXISTS (
                   SELECT 1 FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                   WHERE c.meeting_id = m.id AND k.owned = 1))),
           member (person, organization) AS (
               SELECT p.id, coalesce(p.organization_id, (
                   SELECT q.organization_id FROM person q WHERE q.merged_into = p.id AND q.organization_id IS NOT NULL
                   ORDER BY q.name, q.id LIMIT 1))
               FROM person p WHERE p.merged_into IS NULL),
           edges (kind, node, okind, other, edge) AS (
               SELECT 'person', person, 'meeting', meeting, 'attended' FROM there WHERE came
               UNION SELECT 'person', person, 'meeting', meeting, 'organized' FROM there WHERE organizer
               UNION SELECT 'person', n.node, 'meeting', t.meeting_id, 'mentioned' FROM names n
               CROSS JOIN note_mention m ON m.person_id = n.id CROSS JOIN note t ON t.id = m.note_id
               WHERE t.part <> 'private'
               UNION SELECT 'person', n.node, 'item', o.item_id, 'owns' FROM names n
               CROSS JOIN item_owner o ON o.person_id = n.id
               UNION SELECT 'person', n.node, 'item', o.item_id, 'mentioned' FROM names n
               CROSS JOIN item_mention o ON o.person_id = n.id
               UNION SELECT 'person', a.node, 'organization', m.organization, 'member_of' FROM asked a
               CROSS JOIN member m ON m.person = a.node WHERE a.kind = 'person'
               UNION SELECT 'meeting', meeting, 'person', person, 'attended' FROM room WHERE came
               UNION SELECT 'meeting', meeting, 'person', person, 'organized' FROM room WHERE organizer
               UNION SELECT 'meeting', m.id, 'series', m.series_id, 'occurrence_of' FROM asked a
               CROSS JOIN meeting m ON m.id = a.node WHERE a.kind = 'meeting'
               UNION SELECT 'meeting', m.id, 'meeting', (
                   SELECT o.id FROM meeting o WHERE o.series_id = m.series_id AND o.start_key <= m.start_key
                   AND (o.start_key, o.id) < (m.start_key, m.id) ORDER BY o.start_key DESC, o.id DESC LIMIT 1), 'next'
               FROM asked a CROSS JOIN meeting m ON m.id = a.node WHERE a.kind = 'meeting'
               UNION SELECT 'meeting', m.id, 'meeting', (
                   SELECT o.id FROM meeting o WHERE o.series_id = m.series_id AND o.start_key >= m.start_key
                   AND (o.start_key, o.id) > (m.start_key, m.id) ORDER BY o.start_key, o.id LIMIT 1), 'next'
               FROM asked a CROSS JOIN meeting m ON m.id = a.node WHERE a.kind = 'meeting'
               UNION SELECT 'meeting', a.node, 'person', coalesce(p.merged_into, p.id), 'mentioned' FROM asked a
               CROSS JOIN note n ON n.meeting_id = a.node AND n.part <> 'private'
               CROSS JOIN note_mention m ON m.note_id = n.id CROSS JOIN person p ON p.id = m.person_id
               WHERE a.kind = 'meeting'
               UNION SELECT 'meeting', a.node, 'topic', CAST(t.topic AS BLOB), 'about' FROM asked a
               CROSS JOIN note n ON n.meeting_id = a.node AND n.part <> 'private'
               CROSS JOIN note_topic t ON t.note_id = n.id WHERE a.kind = 'meeting'
               UNION SELECT 'meeting', a.node, 'item', i.id, 'raised_in' FROM asked a
               CROSS JOIN note n ON n.meeting_id = a.node CROSS JOIN item i ON i.note_id = n.id WHERE a.kind = 'meeting'
               UNION SELECT 'item', i.id, 'meeting', n.meeting_id, 'raised_in' FROM asked a
               CROSS JOIN item i ON i.id = a.node CROSS JOIN note n ON n.id = i.note_id WHERE a.kind = 'item'
               UNION SELECT 'item', a.node, 'person', coalesce(p.merged_into, p.id), 'owns' FROM asked a
               CROSS JOIN item_owner o ON o.item_id = a.node CROSS JOIN person p ON p.id = o.person_id
               WHERE a.kind = 'item'
               UNION SELECT 'item', a.node, 'person', coalesce(p.merged_into, p.id), 'mentioned' FROM asked a
               CROSS JOIN item_mention o ON o.item_id = a.node CROSS JOIN person p ON p.id = o.person_id
               WHERE a.kind = 'item'
               UNION SELECT 'item', a.node, 'topic', CAST(t.topic AS BLOB), 'about' FROM asked a
               CROSS JOIN item_topic t ON t.item_id = a.node WHERE a.kind = 'item'
               UNION SELECT 'item', a.node, 'item', l.target, l.kind FROM asked a
               CROSS JOIN item_link l ON l.item_id = a.node WHERE a.kind = 'item' AND l.target <> a.node
               UNION SELECT 'item', a.node, 'item', l.item_id, l.kind || '<' FROM asked a
               CROSS JOIN item_link l ON l.target = a.node WHERE a.kind = 'item' AND l.item_id <> a.node
               UNION SELECT 'series', a.node, 'meeting', m.id, 'occurrence_of' FROM asked a
               CROSS JOIN meeting m ON m.series_id = a.node WHERE a.kind = 'series'
               UNION SELECT 'organization', a.node, 'person', m.person, 'member_of' FROM asked a
               JOIN member m ON m.organization = a.node WHERE a.kind = 'organization'
               UNION SELECT 'topic', a.node, 'item', t.item_id, 'about' FROM asked a
               CROSS JOIN item_topic t ON t.topic = CAST(a.node AS TEXT) WHERE a.kind = 'topic'
               UNION SELECT 'topic', a.node, 'meeting', n.meeting_id, 'about' FROM asked a
               CROSS JOIN note_topic t ON t.topic = CAST(a.node AS TEXT)
               CROSS JOIN note n ON n.id = t.note_id AND n.part <> 'private' WHERE a.kind = 'topic'),
           joined (kind, node, okind, other, edges, next) AS MATERIALIZED (
               SELECT kind, node, okind, other, count(*), max(edge = 'next') FROM edges WHERE other IS NOT NULL
               GROUP BY kind, node, okind, other),
           told (kind, node, okind, other, edges, next, at, word) AS MATERIALIZED (
               SELECT j.kind, j.node, j.okind, j.other, j.edges, j.next, coalesce(m.start_key, w.start_key, i.created_at),
                      coalesce(i.kind, j.okind)
               FROM joined j
               LEFT JOIN meeting m ON j.okind = 'meeting' AND m.id = j.other
               LEFT JOIN item i ON j.okind = 'item' AND i.id = j.other AND i.archived = 0
               LEFT JOIN note n ON n.id = i.note_id LEFT JOIN meeting w ON w.id = n.meeting_id
               WHERE j.okind <> 'item' OR (i.id IS NOT NULL AND n.part <> 'private')),
           judged AS (
               SELECT *, word IN (SELECT value FROM json_each(?2))
                         AND (at IS NULL OR (
                             (?3 IS NULL OR at >= CASE length(at) WHEN 10 THEN ?4 ELSE ?3 END)
                             AND (?5 IS NULL OR at < CASE length(at) WHEN 10 THEN ?6 ELSE ?5 END))) AS wanted
               FROM told),
           placed AS (
               SELECT *, sum(edges) OVER of_node AS degree, sum(wanted) OVER of_node AS neighbours,
                      row_number() OVER (PARTITION BY kind, node, wanted
                                         ORDER BY at IS NOT NULL, at > ?8,
                                                  CASE WHEN at <= ?8 THEN at END DESC, at, word, other) AS place
               FROM judged WINDOW of_node AS (PARTITION BY kind, node))
           SELECT kind AS "kind!: String", node AS "node!: Vec<u8>", okind AS "okind!: String",
                  other AS "other!: Vec<u8>", at AS "at?: String", coalesce(at > ?8, 0) AS "coming!: bool", next AS "next!: bool", wanted AS "wanted!: bool",
                  degree AS "degree!: u32", neighbours AS "neighbours!: u32"
           FROM placed WHERE (wanted AND place <= ?7) OR place = 1 OR next
           ORDER BY kind, node, at IS NOT NULL, at > ?8, CASE WHEN at <= ?8 THEN at END DESC, at, word, other"#,
        asked,
        kinds,
        from,
        from_day,
        to,
        to_day,
        wanted.limit,
        now
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Neighbour {
                of: read(&row.kind, &row.node)?,
                node: read(&row.okind, &row.other)?,
                at: row.at,
                coming: row.coming,
                next: row.next,
                wanted: row.wanted,
                degree: row.degree,
                neighbours: row.neighbours,
            })
        })
        .collect()
}

fn key(node: &NodeRef) -> (&'static str, String) {
    match node {
        NodeRef::Person(id) => ("person", id.to_string()),
        NodeRef::Organization(id) => ("organization", id.to_string()),
        NodeRef::Series(id) => ("series", id.to_string()),
        NodeRef::Meeting(id) => ("meeting", id.to_string()),
        NodeRef::Item(id) => ("item", id.to_string()),
        NodeRef::Topic(topic) => ("topic", topic.clone()),
    }
}

fn read(kind: &str, bytes: &[u8]) -> Result<NodeRef> {
    if kind == "topic" {
        return String::from_utf8(bytes.to_vec()).map(NodeRef::Topic).map_err(corrupt);
    }
    let id = Uuid::from_slice(bytes).map_err(corrupt)?;
    Ok(match kind {
        "person" => NodeRef::Person(PersonId(id)),
        "organization" => NodeRef::Organization(OrganizationId(id)),
        "series" => NodeRef::Series(SeriesId(id)),
        "meeting" => NodeRef::Meeting(MeetingId(id)),
        _ => NodeRef::Item(ItemId(id)),
    })
}
