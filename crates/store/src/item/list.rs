//! Lists of items.

use chrono::NaiveDate;
use sqlx::{QueryBuilder, Sqlite};
use throughline_core::graph::AsOf;
use throughline_core::model::{ActionStatus, Item, ItemId, ItemKind, MeetingId, OrganizationId, PersonId};
use uuid::Uuid;

use super::by_ids;
use crate::attendance::THERE;
use crate::value::{date, json_ids, moment};
use crate::{Connection, Result, lens};

/// Which items; an empty filter keeps all that are not archived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of this kind.
    pub kind: Option<ItemKind>,
    /// Those of this status; of actions only.
    pub status: Option<ActionStatus>,
    /// Those this person owns.
    pub owner: Option<PersonId>,
    /// Those this person does not own.
    pub not_owner: Option<PersonId>,
    /// Those that somebody owns, or that nobody does.
    pub owned: Option<bool>,
    /// Those this person owns, is named in, or that come from a meeting they were at (neither declined nor told absent) or
    /// from their running note.
    pub person: Option<PersonId>,
    /// Those that somebody who was of this organization then owns, is named in, or was at the meeting of.
    pub organization: Option<OrganizationId>,
    /// Those about this topic (lower case, without `#`) or one nested in it.
    pub topic: Option<String>,
    /// Those of this meeting's notes.
    pub meeting: Option<MeetingId>,
    /// Open actions due before this date.
    pub overdue: Option<NaiveDate>,
    /// Open actions, and of them those not snoozed beyond this date.
    pub awake: Option<NaiveDate>,
    /// Those without a due date.
    pub undated: bool,
    /// Actions that are done or dropped.
    pub closed: bool,
    /// These alone.
    pub ids: Option<Vec<ItemId>>,
    /// Those of a meeting that begins on this date (in UTC) or later; of a running note, those made then.
    pub since: Option<NaiveDate>,
    /// Decisions that held at the end of a day: decided by then, and not yet superseded.
    pub holding: Option<AsOf>,
    /// Questions without an answer by the end of a day, neither an item's nor a ticked box.
    pub unanswered: Option<AsOf>,
    /// Leaves out those of private parts.
    pub without_private: bool,
}

/// The items that the filter keeps, by meeting and line, newest meeting first.
pub async fn list(conn: &mut Connection, filter: &Filter) -> Result<Vec<Item>> {
    let ids = ids(conn, filter).await?;
    by_ids(conn, &ids).await
}

/// [`list`], but only their ids.
pub async fn ids(conn: &mut Connection, filter: &Filter) -> Result<Vec<ItemId>> {
    let mut sql = chosen(conn, "i.id", filter).await?;
    sql.push(
        " ORDER BY coalesce(m.start_key, i.created_at) DESC, n.meeting_id,
          CASE n.part WHEN 'prep' THEN 0 WHEN 'notes' THEN 1 ELSE 2 END, i.line, i.id",
    );
    let rows: Vec<Uuid> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(rows.into_iter().map(ItemId).collect())
}

/// Columns of the items that the filter keeps; `i` is the item, `n` its note and `m` the meeting, where there is one.
pub(super) async fn chosen(
    conn: &mut Connection,
    columns: &'static str,
    filter: &Filter,
) -> Result<QueryBuilder<Sqlite>> {
    let mut sql = QueryBuilder::<Sqlite>::new("");
    push_chosen(conn, &mut sql, columns, filter).await?;
    Ok(sql)
}

/// [`chosen`], at the end of a statement.
pub(super) async fn push_chosen(
    conn: &mut Connection,
    sql: &mut QueryBuilder<Sqlite>,
    columns: &'static str,
    filter: &Filter,
) -> Result<()> {
    // A plus keeps SQLite from going through all of a kind where fewer are asked for.
    let narrow = filter.owner.is_some()
        || filter.person.is_some()
        || filter.organization.is_some()
        || filter.topic.is_some()
        || filter.meeting.is_some()
        || filter.ids.is_some();
    let plus = if narrow { "+" } else { "" };
    let stays = match filter.organization {
        Some(organization) => stays(conn, organization).await?,
        None => Vec::new(),
    };
    sql.push("SELECT ").push(columns).push(
        " FROM item i JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id
         WHERE +i.archived = 0",
    );
    if !narrow {
        sql.push(" AND i.archived = 0");
    }
    if let Some(kind) = filter.kind {
        sql.push(format_args!(" AND {plus}i.kind = ")).push_bind(kind.as_str());
    }
    if let Some(status) = filter.status {
        sql.push(format_args!(" AND {plus}i.kind = 'action' AND {plus}i.status = ")).push_bind(status.as_str());
    }
    if let Some(owner) = filter.owner {
        sql.push(" AND i.id IN (SELECT item_id FROM item_owner WHERE ");
        merged(sql, owner);
        sql.push(")");
    }
    if let Some(owner) = filter.not_owner {
        sql.push(" AND NOT EXISTS (SELECT 1 FROM item_owner o WHERE o.item_id = i.id AND o.");
        merged(sql, owner);
        sql.push(")");
    }
    if let Some(owned) = filter.owned {
        let not = if owned { "" } else { "NOT " };
        sql.push(format_args!(" AND {not}EXISTS (SELECT 1 FROM item_owner o WHERE o.item_id = i.id)"));
    }
    if let Some(ids) = &filter.ids {
        sql.push(" AND i.id IN (SELECT unhex(value, '-') FROM json_each(").push_bind(json_ids(ids)?).push("))");
    }
    if let Some(day) = filter.awake {
        sql.push(format_args!(" AND {plus}i.kind = 'action' AND {plus}i.status = 'open'"));
        sql.push(" AND (i.snoozed_until IS NULL OR i.snoozed_until <= ").push_bind(date(day)).push(")");
    }
    if filter.undated {
        sql.push(" AND i.due IS NULL");
    }
    if filter.closed {
        sql.push(" AND i.kind = 'action' AND i.status <> 'open'");
    }
    if let Some(person) = filter.person {
        about(sql, person);
    }
    if let Some(organization) = filter.organization {
        about_organization(sql, organization, &stays);
    }
    if let Some(topic) = &filter.topic {
        sql.push(" AND i.id IN (SELECT item_id FROM item_topic WHERE topic = ").push_bind(topic.clone());
        // "0" follows "/": the range holds what begins with the topic and a slash.
        sql.push(" OR (topic > ").push_bind(format!("{topic}/"));
        sql.push(" AND topic < ").push_bind(format!("{topic}0")).push("))");
    }
    if let Some(meeting) = filter.meeting {
        sql.push(" AND n.meeting_id = ").push_bind(meeting.0);
    }
    if let Some(day) = filter.overdue {
        sql.push(format_args!(" AND {plus}i.kind = 'action' AND {plus}i.status = 'open' AND {plus}i.due < "));
        sql.push_bind(date(day));
    }
    if let Some(day) = filter.since {
        sql.push(" AND coalesce(m.start_key, i.created_at) >= ").push_bind(date(day));
    }
    if let Some(by) = filter.holding {
        sql.push(" AND i.kind = 'decision' AND i.proposed = 0 AND ");
        sql.push(said_by("m.start_key", "i.created_at", by));
        sql.push(
            " AND NOT EXISTS (SELECT 1 FROM item_link l JOIN item s ON s.id = l.item_id
              JOIN note sn ON sn.id = s.note_id LEFT JOIN meeting sm ON sm.id = sn.meeting_id
              WHERE l.target = i.id AND l.kind = 'supersedes' AND s.kind = 'decision'
                AND s.archived = 0 AND s.proposed = 0 AND ",
        );
        sql.push(said_by("sm.start_key", "s.created_at", by)).push(")");
        if lens::is_on(conn).await? {
            sql.push(" AND i.id NOT IN (SELECT id FROM lens_superseded WHERE since <= ").push_bind(date(by.day));
            sql.push(")");
        }
    }
    if let Some(by) = filter.unanswered {
        sql.push(
            " AND i.kind = 'question' AND i.status = 'open' AND NOT EXISTS (SELECT 1 FROM item_link l
              JOIN item s ON s.id = l.item_id
              JOIN note sn ON sn.id = s.note_id LEFT JOIN meeting sm ON sm.id = sn.meeting_id
              WHERE l.target = i.id AND l.kind = 'answers' AND s.archived = 0 AND s.proposed = 0 AND ",
        );
        sql.push(said_by("sm.start_key", "s.created_at", by)).push(")");
    }
    if filter.without_private {
        sql.push(" AND n.part <> 'private'");
    }
    Ok(())
}

/// Whether an item's meeting, with that start key, was of that day or one before; of a running note, whether the item,
/// made then, was. An all-day meeting has a date for a key, every other an instant: the rule is [`AsOf`]'s, and stands here
/// for all statements.
pub(crate) fn said_by(start: &str, created: &str, by: AsOf) -> String {
    let (day, end) = (date(by.day), moment(by.end()));
    format!("CASE WHEN length({start}) = 10 THEN {start} <= '{day}' ELSE coalesce({start}, {created}) < '{end}' END")
}

/// Every topic there is, of items that are not archived and of notes, with how often it stands.
pub async fn topics(conn: &mut Connection) -> Result<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT topic AS "topic!: String", count(*) AS "count!: i64" FROM (
               SELECT topic FROM item_topic JOIN item i ON i.id = item_id WHERE i.archived = 0
               UNION ALL SELECT topic FROM note_topic)
           GROUP BY topic ORDER BY topic"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.topic, row.count)).collect())
}

/// Every topic that an item or a note is about, by skipping from one to the next in the index.
pub(crate) async fn distinct_topics(conn: &mut Connection, without_private: bool) -> Result<Vec<String>> {
    let rows = sqlx::query_scalar!(
        r#"WITH RECURSIVE
           items (topic) AS (SELECT min(topic) FROM item_topic UNION ALL
               SELECT (SELECT min(t.topic) FROM item_topic t WHERE t.topic > items.topic) FROM items
               WHERE items.topic IS NOT NULL),
           notes (topic) AS (SELECT min(topic) FROM note_topic UNION ALL
               SELECT (SELECT min(t.topic) FROM note_topic t WHERE t.topic > notes.topic) FROM notes
               WHERE notes.topic IS NOT NULL)
           SELECT topic AS "topic!: String" FROM items WHERE topic IS NOT NULL AND EXISTS (
               SELECT 1 FROM item_topic t JOIN item i ON i.id = t.item_id JOIN note n ON n.id = i.note_id
               WHERE t.topic = items.topic AND i.archived = 0 AND (n.part <> 'private' OR NOT ?1))
           UNION
           SELECT topic FROM notes WHERE topic IS NOT NULL AND EXISTS (
               SELECT 1 FROM note_topic t JOIN note n ON n.id = t.note_id
               WHERE t.topic = notes.topic AND (n.part <> 'private' OR NOT ?1))
           ORDER BY 1"#,
        without_private
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

fn merged(sql: &mut QueryBuilder<Sqlite>, person: PersonId) {
    sql.push("person_id IN (SELECT id FROM person WHERE id = ").push_bind(person.0);
    sql.push(" UNION ALL SELECT id FROM person WHERE merged_into = ").push_bind(person.0).push(")");
}

/// One list of ids to look up, and not terms joined by OR, which would be tried on every item.
fn about(sql: &mut QueryBuilder<Sqlite>, person: PersonId) {
    sql.push(" AND ");
    around(sql, |sql| merged(sql, person));
}

/// Of those who changed where they work, what was said while they were of the organization.
fn about_organization(sql: &mut QueryBuilder<Sqlite>, organization: OrganizationId, stays: &[Stay]) {
    sql.push(" AND (");
    around(sql, |sql| {
        sql.push("person_id IN (SELECT p.id FROM person p JOIN person f ON f.id = coalesce(p.merged_into, p.id)");
        sql.push(" WHERE (f.organization_id = ").push_bind(organization.0);
        sql.push(" OR p.organization_id = ").push_bind(organization.0);
        sql.push(") AND NOT EXISTS (SELECT 1 FROM employment e WHERE e.person_id = f.id))");
    });
    for stay in stays {
        sql.push(" OR (coalesce(m.start_key, i.created_at) >= ").push_bind(stay.since.clone());
        if let Some(until) = &stay.until {
            sql.push(" AND coalesce(m.start_key, i.created_at) < ").push_bind(until.clone());
        }
        sql.push(" AND ");
        around(sql, |sql| merged(sql, stay.person));
        sql.push(")");
    }
    sql.push(")");
}

/// A time that somebody was of an organization, as dates; `since` is empty where it has no beginning.
struct Stay {
    person: PersonId,
    since: String,
    until: Option<String>,
}

async fn stays(conn: &mut Connection, organization: OrganizationId) -> Result<Vec<Stay>> {
    let rows = sqlx::query!(
        r#"SELECT person_id AS "person!: Uuid", since AS "since!",
                  (SELECT min(n.since) FROM employment n WHERE n.person_id = e.person_id AND n.since > e.since)
                      AS "until?: String"
           FROM employment e WHERE organization_id = ?1 ORDER BY person_id, since"#,
        organization.0
    )
    .fetch_all(conn)
    .await?;
    let stay = |person, since, until| Stay { person: PersonId(person), since, until };
    Ok(rows.into_iter().map(|row| stay(row.person, row.since, row.until)).collect())
}

fn around(sql: &mut QueryBuilder<Sqlite>, people: impl Fn(&mut QueryBuilder<Sqlite>)) {
    sql.push("i.id IN (SELECT item_id FROM item_owner WHERE ");
    people(sql);
    sql.push(" UNION SELECT item_id FROM item_mention WHERE ");
    people(sql);
    sql.push(" UNION SELECT i.id FROM note n CROSS JOIN item i ON i.note_id = n.id WHERE n.");
    people(sql);
    sql.push(
        " UNION SELECT i.id FROM attendance a CROSS JOIN note n ON n.meeting_id = a.meeting_id
          CROSS JOIN item i ON i.note_id = n.id WHERE a.",
    );
    people(sql);
    sql.push(" AND ").push(THERE).push(
        " UNION SELECT i.id FROM series_attendee s CROSS JOIN meeting m ON m.series_id = s.series_id
          CROSS JOIN note n ON n.meeting_id = m.id CROSS JOIN item i ON i.note_id = n.id WHERE s.",
    );
    people(sql);
    sql.push(" AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.person_id = s.person_id))");
}
