//! What one organization's meetings hold: whom they met, where.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use throughline_core::graph::attendance_weight;
use throughline_core::model::{Attendance, ItemId, MeetingId, OrganizationId, Person, PersonId};
use uuid::Uuid;

use crate::value::{json_ids, read_date};
use crate::{Connection, Result, attendance, meeting, organization, person};

/// The meetings of one organization, and the people of both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Those that somebody of it was at: told so, or invited and neither declined nor told absent.
    pub meetings: HashSet<MeetingId>,
    /// Its people, everybody else at these meetings, and the user; merges followed.
    pub people: HashSet<PersonId>,
    /// Its people alone.
    pub members: HashSet<PersonId>,
}

/// What one organization's meetings hold. Merged people count as those they were merged into, and everybody for the
/// organization they were of on the day.
pub async fn scope(conn: &mut Connection, organization: OrganizationId) -> Result<Scope> {
    let ever = organization::people(conn, organization).await?;
    let members = person::by_ids(conn, &ever).await?;
    let members: Vec<_> = members.into_iter().filter(|one| one.organizations().any(|id| id == organization)).collect();
    let mut met: BTreeSet<MeetingId> = BTreeSet::new();
    for member in &members {
        met.extend(meeting::ids(conn, &meeting::Filter { person: Some(member.id), ..Default::default() }).await?);
    }
    let met: Vec<MeetingId> = met.into_iter().collect();
    let days = meeting::by_ids(conn, &met).await?.into_iter().map(|meeting| (meeting.id, meeting.times.own_date()));
    let days: HashMap<MeetingId, NaiveDate> = days.collect();
    let by_id: HashMap<PersonId, &Person> = members.iter().map(|member| (member.id, member)).collect();
    let then = |at: &&Attendance| {
        let day = days.get(&at.meeting_id);
        let member = by_id.get(&at.person_id).zip(day);
        attendance_weight(at) > 1 && member.is_some_and(|(one, day)| one.organization_on(*day) == Some(organization))
    };
    let room = attendance::of_meetings(conn, &met).await?;
    let meetings: HashSet<MeetingId> = room.iter().filter(then).map(|at| at.meeting_id).collect();
    let there = room.iter().filter(|at| meetings.contains(&at.meeting_id)).map(|at| at.person_id);
    let me = person::me(conn).await?.map(|me| me.id);
    let members: HashSet<PersonId> = by_id.into_keys().collect();
    let people = there.chain(me).chain(members.iter().copied()).collect();
    Ok(Scope { meetings, people, members })
}

/// From here to the end of the transaction, every query sees the vault as if it held only that organization's meetings:
/// what stands in their notes, private parts left out, and those they met or that these notes name. Views of the tables'
/// names stand before them for this connection alone, and go when the transaction is rolled back.
///
/// For reading: nothing can be written through a view, and the change log, accounts and settings are as they are.
pub(crate) async fn narrow(conn: &mut Connection, organization: OrganizationId) -> Result<()> {
    let scope = scope(conn, organization).await?;
    let meetings: Vec<MeetingId> = scope.meetings.into_iter().collect();
    let people: Vec<PersonId> = scope.people.into_iter().collect();
    // Not checked when compiled: these tables are there for this transaction alone.
    for table in ["lens_meeting", "lens_met", "lens_note", "lens_item", "lens_person", "lens_organization"] {
        let sql = format!("CREATE TEMP TABLE {table} (id BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *conn).await?;
    }
    for (table, ids) in [("lens_meeting", json_ids(&meetings)?), ("lens_met", json_ids(&people)?)] {
        let sql = format!("INSERT INTO {table} (id) SELECT unhex(value, '-') FROM json_each(?1)");
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(ids).execute(&mut *conn).await?;
    }
    for sql in FILLED {
        sqlx::query(sql).execute(&mut *conn).await?;
    }
    sqlx::query("CREATE TEMP TABLE lens_superseded (id BLOB NOT NULL PRIMARY KEY, since TEXT NOT NULL) STRICT")
        .execute(&mut *conn)
        .await?;
    sqlx::query(SUPERSEDED).execute(&mut *conn).await?;
    sqlx::query("INSERT OR IGNORE INTO lens_organization (id) VALUES (?1)")
        .bind(organization.0)
        .execute(&mut *conn)
        .await?;
    for (table, kept) in VIEWS {
        let sql = format!("CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {kept}");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *conn).await?;
    }
    sqlx::query(PEOPLE).execute(&mut *conn).await?;
    sqlx::query(FOUND).execute(&mut *conn).await?;
    Ok(())
}

/// What follows from the meetings and from whom they met. People who are only named in the notes are names and no more.
const FILLED: [&str; 6] = [
    "INSERT OR IGNORE INTO lens_met (id) SELECT p.id FROM main.person p JOIN lens_met l ON l.id = p.merged_into",
    "INSERT INTO lens_note (id) SELECT n.id FROM main.note n JOIN lens_meeting l ON l.id = n.meeting_id
     WHERE n.part <> 'private'",
    "INSERT INTO lens_item (id) SELECT i.id FROM main.item i JOIN lens_note l ON l.id = i.note_id",
    "INSERT INTO lens_person (id) SELECT id FROM lens_met
     UNION SELECT person_id FROM main.item_owner WHERE item_id IN lens_item
     UNION SELECT person_id FROM main.item_mention WHERE item_id IN lens_item
     UNION SELECT person_id FROM main.note_mention WHERE note_id IN lens_note
     UNION SELECT organizer_id FROM main.meeting WHERE id IN lens_meeting AND organizer_id IS NOT NULL",
    "INSERT OR IGNORE INTO lens_person (id) SELECT p.merged_into FROM main.person p JOIN lens_person l ON l.id = p.id
     WHERE p.merged_into IS NOT NULL",
    "INSERT OR IGNORE INTO lens_organization (id) SELECT DISTINCT organization_id FROM main.person
     WHERE id IN lens_met AND organization_id IS NOT NULL",
];

/// A decision whose place another took in a meeting they were not at does not hold for them either, though they are not
/// told by which. A line of a private part takes no decision's place for anybody else.
const SUPERSEDED: &str = "INSERT INTO lens_superseded (id, since)
    SELECT l.target, min(substr(coalesce(m.start_key, i.created_at), 1, 10))
    FROM main.item_link l JOIN main.item i ON i.id = l.item_id JOIN main.note n ON n.id = i.note_id
    LEFT JOIN main.meeting m ON m.id = n.meeting_id
    WHERE l.kind = 'supersedes' AND l.target IN lens_item AND l.item_id NOT IN lens_item AND l.item_id <> l.target
      AND i.kind = 'decision' AND i.archived = 0 AND i.proposed = 0 AND n.part <> 'private'
    GROUP BY l.target";

/// Whether what follows sees one organization's meetings alone.
pub(crate) async fn is_on(conn: &mut Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE name = 'lens_superseded')";
    Ok(sqlx::query_scalar(sql).fetch_one(conn).await?)
}

/// Decisions whose place one that is out of sight took, and since when; none without a lens.
pub(crate) async fn superseded(conn: &mut Connection) -> Result<HashMap<ItemId, NaiveDate>> {
    if !is_on(conn).await? {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = sqlx::query_as("SELECT id, since FROM lens_superseded").fetch_all(conn).await?;
    rows.into_iter().map(|(id, since)| Ok((ItemId(id), read_date(&since)?))).collect()
}

const VIEWS: [(&str, &str); 23] = [
    ("meeting", "id IN lens_meeting"),
    ("attendance", "meeting_id IN lens_meeting"),
    ("queue", "meeting_id IN lens_meeting"),
    ("recap", "meeting_id IN lens_meeting"),
    ("series", "id IN (SELECT series_id FROM main.meeting WHERE id IN lens_meeting)"),
    ("series_attendee", "series_id IN (SELECT series_id FROM main.meeting WHERE id IN lens_meeting)"),
    ("note", "id IN lens_note"),
    ("note_revision", "note_id IN lens_note"),
    ("note_topic", "note_id IN lens_note"),
    ("note_mention", "note_id IN lens_note"),
    ("item", "id IN lens_item"),
    ("item_owner", "item_id IN lens_item"),
    ("item_topic", "item_id IN lens_item"),
    ("item_mention", "item_id IN lens_item"),
    ("item_link", "item_id IN lens_item AND target IN lens_item"),
    ("item_change", "item_id IN lens_item"),
    ("item_handover", "item_id IN lens_item"),
    ("confirmation", "item_id IN lens_item"),
    ("person_email", "person_id IN lens_met"),
    ("person_alias", "person_id IN lens_met"),
    ("employment", "person_id IN lens_met"),
    ("organization", "id IN lens_organization"),
    ("organization_domain", "organization_id IN lens_organization"),
];

const PEOPLE: &str = "CREATE TEMP VIEW person AS
    SELECT id, handle, name, folded, CASE WHEN id IN lens_met THEN relation ELSE 'none' END AS relation, is_me,
           CASE WHEN id IN lens_met THEN organization_id END AS organization_id, merged_directly, merged_into
    FROM main.person WHERE id IN lens_person";

const FOUND: &str = "CREATE TEMP VIEW search_document AS SELECT document, kind, id, note_id, title, body
    FROM main.search_document
    WHERE CASE kind WHEN 'meeting' THEN id IN lens_meeting WHEN 'person' THEN id IN lens_met
          WHEN 'organization' THEN id IN lens_organization ELSE note_id IN lens_note END";
