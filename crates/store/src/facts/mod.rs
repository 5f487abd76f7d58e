//! What the graph is made of: all of it, single nodes, or the neighbourhood that one answer needs. Each is read with a
//! fixed number of queries, however much there is.

mod around;
mod asked;
mod beside;
mod briefs;
mod met;

use std::collections::{BTreeSet, HashMap};

use throughline_core::graph::{Fact, MeetingFact, NodeRef};
use throughline_core::model::{Attendance, ItemId, MeetingId, OrganizationId, PersonId, Presence, Role, SeriesId};
use uuid::Uuid;

pub use around::{around_item, around_organization, around_people};
pub use asked::{known, reached};
pub use beside::{Neighbour, Wanted as WantedBeside, beside};
pub use briefs::around_meetings;
pub use met::{attendances_of, meetings_between, meetings_with};

use crate::value::{TimeColumns, corrupt, json_ids, read_word};
use crate::{Connection, Kind, Result, attendance, item, note, organization, person, series};

/// Everything there is: people who are not merged, organizations, series, meetings, items that are not archived.
pub async fn all(conn: &mut Connection) -> Result<Vec<Fact>> {
    let mut facts: Vec<Fact> = person::all(conn).await?.into_iter().map(Fact::Person).collect();
    facts.extend(organization::all(conn).await?.into_iter().map(Fact::Organization));
    facts.extend(series::all(conn).await?.into_iter().map(Fact::Series));
    facts.extend(meetings_in(conn, None, Room::Full).await?.into_iter().map(Fact::Meeting));
    facts.extend(item::all(conn).await?.into_iter().map(Fact::Item));
    Ok(facts)
}

/// The nodes as they are now, and those that are no more: not there, merged into another, or archived. Topics are in
/// the facts of what is about them, and ignored here.
pub async fn of(conn: &mut Connection, nodes: &[NodeRef]) -> Result<(Vec<Fact>, Vec<NodeRef>)> {
    let mut wanted = Wanted::default();
    for node in nodes {
        match node {
            NodeRef::Person(id) => _ = wanted.people.insert(*id),
            NodeRef::Organization(id) => _ = wanted.organizations.insert(*id),
            NodeRef::Series(id) => _ = wanted.series.insert(*id),
            NodeRef::Meeting(id) => _ = wanted.meetings.insert(*id),
            NodeRef::Item(id) => _ = wanted.items.insert(*id),
            NodeRef::Topic(_) => {}
        }
    }
    let facts = load(conn, &wanted).await?;
    let there: BTreeSet<NodeRef> = facts.iter().map(node).collect();
    let gone = nodes.iter().filter(|node| !matches!(node, NodeRef::Topic(_)) && !there.contains(node));
    let gone: BTreeSet<NodeRef> = gone.cloned().collect();
    Ok((facts, gone.into_iter().collect()))
}

/// The graph's nodes that rows of the feed speak of: what to ask [`of`] for.
#[must_use]
pub fn nodes(touched: &[(Kind, String)]) -> Vec<NodeRef> {
    let nodes: BTreeSet<NodeRef> = touched
        .iter()
        .filter_map(|(kind, id)| {
            let id = Uuid::try_parse(id).ok()?;
            match kind {
                Kind::Person => Some(NodeRef::Person(PersonId(id))),
                Kind::Organization => Some(NodeRef::Organization(OrganizationId(id))),
                Kind::Series => Some(NodeRef::Series(SeriesId(id))),
                Kind::Meeting => Some(NodeRef::Meeting(MeetingId(id))),
                Kind::Item => Some(NodeRef::Item(ItemId(id))),
                _ => None,
            }
        })
        .collect();
    nodes.into_iter().collect()
}

#[derive(Debug, Default)]
struct Wanted {
    people: BTreeSet<PersonId>,
    organizations: BTreeSet<OrganizationId>,
    series: BTreeSet<SeriesId>,
    meetings: BTreeSet<MeetingId>,
    /// Nobody asks who was at the meetings.
    without_rooms: bool,
    items: BTreeSet<ItemId>,
}

/// Whether meetings come with who was at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room<'p> {
    Full,
    Empty,
    /// These people, and how much all others count.
    Among(&'p [PersonId]),
}

async fn load(conn: &mut Connection, wanted: &Wanted) -> Result<Vec<Fact>> {
    let mut facts = Vec::new();
    let people: Vec<PersonId> = wanted.people.iter().copied().collect();
    if !people.is_empty() {
        let own = person::as_they_are(conn, &people).await?;
        facts.extend(own.into_iter().filter(|person| person.merged_into.is_none()).map(Fact::Person));
    }
    let organizations: Vec<OrganizationId> = wanted.organizations.iter().copied().collect();
    if !organizations.is_empty() {
        facts.extend(organization::by_ids(conn, &organizations).await?.into_iter().map(Fact::Organization));
    }
    let series: Vec<SeriesId> = wanted.series.iter().copied().collect();
    if !series.is_empty() {
        facts.extend(series::by_ids(conn, &series).await?.into_iter().map(Fact::Series));
    }
    let ids: Vec<MeetingId> = wanted.meetings.iter().copied().collect();
    if !ids.is_empty() {
        let room = if wanted.without_rooms { Room::Empty } else { Room::Full };
        facts.extend(meetings_in(conn, Some(&ids), room).await?.into_iter().map(Fact::Meeting));
    }
    let items: Vec<ItemId> = wanted.items.iter().copied().collect();
    if !items.is_empty() {
        let found = item::by_ids(conn, &items).await?;
        facts.extend(found.into_iter().filter(|item| !item.archived).map(Fact::Item));
    }
    Ok(facts)
}

fn node(fact: &Fact) -> NodeRef {
    match fact {
        Fact::Person(person) => NodeRef::Person(person.id),
        Fact::Organization(organization) => NodeRef::Organization(organization.id),
        Fact::Series(series) => NodeRef::Series(series.id),
        Fact::Meeting(meeting) => NodeRef::Meeting(meeting.id),
        Fact::Item(item) => NodeRef::Item(item.id),
    }
}

/// The user is at what lies in a calendar of their own, whether or not the calendar lists them, and at what they made by
/// hand. Gives where they were added, and whether that is the user's own: made by hand, or its calendar names nobody.
async fn add_me(
    conn: &mut Connection,
    list: Option<&str>,
    attendances: &mut HashMap<MeetingId, Vec<Attendance>>,
) -> Result<HashMap<MeetingId, (PersonId, bool)>> {
    let rows = sqlx::query!(
        r#"SELECT m.id AS "meeting!: Uuid", coalesce(p.merged_into, p.id) AS "me!: Uuid", m.my_response AS "response?",
                  m.source = 'local' OR NOT EXISTS (
                      SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.calendar_role IS NOT NULL)
                      AS "own!: bool"
           FROM meeting m JOIN person p ON p.id = (SELECT id FROM person WHERE is_me = 1 ORDER BY id LIMIT 1)
           WHERE (m.source = 'local' OR EXISTS (
                     SELECT 1 FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                     WHERE c.meeting_id = m.id AND k.owned = 1))
             AND (?1 IS NULL OR m.id IN (SELECT unhex(value, '-') FROM json_each(?1)))"#,
        list
    )
    .fetch_all(conn)
    .await?;
    let mut implied = HashMap::new();
    for row in rows {
        let (meeting_id, person_id) = (MeetingId(row.meeting), PersonId(row.me));
        let there = attendances.entry(meeting_id).or_default();
        if !there.iter().any(|attendance| attendance.person_id == person_id) {
            let response = row.response.as_deref().map(read_word).transpose()?;
            let (role, present) = (Role::Required, Presence::Unknown);
            there.push(Attendance { meeting_id, person_id, role, response, present });
            implied.insert(meeting_id, (person_id, row.own));
        }
    }
    Ok(implied)
}

async fn meetings_in(conn: &mut Connection, ids: Option<&[MeetingId]>, room: Room<'_>) -> Result<Vec<MeetingFact>> {
    let list = ids.map(json_ids).transpose()?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", series_id AS "series: Uuid", shown_title AS "title!: String",
                  shown_start_utc AS "start_utc?: String", shown_end_utc AS "end_utc?: String",
                  shown_zone AS "zone?: String", shown_start_date AS "start_date?: String",
                  shown_end_date AS "end_date?: String", status AS "status!", kind AS "kind!", held AS "held: bool",
                  has_notes AS "has_notes!: bool",
                  coalesce(trim(purpose), '') <> '' AS "has_purpose!: bool"
           FROM meeting WHERE id IN (
               SELECT unhex(value, '-') FROM json_each(?1) UNION ALL SELECT id FROM meeting WHERE ?1 IS NULL)
           ORDER BY id"#,
        list
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut unnamed = HashMap::new();
    let at = match (room, ids) {
        (Room::Empty, _) => Vec::new(),
        (Room::Full, Some(ids)) => attendance::of_meetings(conn, ids).await?,
        (Room::Among(people), Some(ids)) => {
            let (among, others) = attendance::among(conn, ids, people).await?;
            unnamed = others;
            among
        }
        (Room::Full | Room::Among(_), None) => attendance::all(conn).await?,
    };
    let mut attendances: HashMap<MeetingId, Vec<Attendance>> = HashMap::with_capacity(rows.len());
    for attendance in at {
        attendances.entry(attendance.meeting_id).or_default().push(attendance);
    }
    let mut implied = match room {
        Room::Empty => HashMap::new(),
        Room::Full | Room::Among(_) => add_me(conn, list.as_deref(), &mut attendances).await?,
    };
    let mut outside = note::outside_items(conn, ids).await?;
    rows.into_iter()
        .map(|row| {
            let id = MeetingId(row.id);
            let times = TimeColumns {
                start_utc: row.start_utc,
                end_utc: row.end_utc,
                zone: row.zone,
                start_date: row.start_date,
                end_date: row.end_date,
            };
            let (topics, mentions) = outside.remove(&id).unwrap_or_default();
            let (implied, own) = implied.remove(&id).unzip();
            Ok(MeetingFact {
                id,
                series_id: row.series.map(SeriesId),
                title: row.title,
                times: times.read()?.ok_or_else(|| corrupt("a meeting without times"))?,
                status: read_word(&row.status)?,
                kind: read_word(&row.kind)?,
                held: row.held,
                has_notes: row.has_notes,
                has_purpose: row.has_purpose,
                attendances: attendances.remove(&id).unwrap_or_default(),
                unnamed: unnamed.remove(&id).unwrap_or_default(),
                implied,
                own: own.unwrap_or(false),
                mentions,
                topics,
            })
        })
        .collect()
}
