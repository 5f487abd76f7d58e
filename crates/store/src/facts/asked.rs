//! What one relationship query needs, as `throughline_core::graph::query::Reach` says.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use sqlx::{QueryBuilder, Sqlite};
use throughline_core::graph::Fact;
use throughline_core::graph::query::{Kind, Reach};
use throughline_core::model::{ItemId, MeetingId};
use uuid::Uuid;

use super::around::{linked, meetings_of_items};
use super::{Wanted, load};
use crate::value::{date, json};
use crate::{Connection, Result, organization, person, series};

/// Everybody, every organization, and what every series is called: what names in a query are looked up in.
pub async fn known(conn: &mut Connection) -> Result<Vec<Fact>> {
    let mut facts: Vec<Fact> = person::all(conn).await?.into_iter().map(Fact::Person).collect();
    facts.extend(organization::all(conn).await?.into_iter().map(Fact::Organization));
    facts.extend(series::all(conn).await?.into_iter().map(Fact::Series));
    Ok(facts)
}

/// The meetings and items a query needs.
pub async fn reached(conn: &mut Connection, reach: &Reach) -> Result<Vec<Fact>> {
    let people = reach.people.as_ref().map(json).transpose()?;
    let (meetings, items) = match reach.kind {
        Kind::People | Kind::Organizations => {
            let meetings = meetings(conn, reach, people.as_deref()).await?;
            let items = if reach.items { owned(conn, people.as_deref().unwrap_or("[]")).await? } else { Vec::new() };
            (meetings, items)
        }
        Kind::Series | Kind::Meetings => {
            let meetings = meetings(conn, reach, people.as_deref()).await?;
            let items = if reach.items { said_at(conn, &meetings).await? } else { Vec::new() };
            (meetings, items)
        }
        Kind::Actions | Kind::Decisions | Kind::Questions => {
            (BTreeSet::new(), items(conn, reach, people.as_deref()).await?)
        }
    };
    let items = linked(conn, &items).await?;
    let mut wanted = Wanted { meetings, without_rooms: !reach.rooms, items, ..Wanted::default() };
    wanted.meetings.extend(meetings_of_items(conn, &wanted.items).await?);
    load(conn, &wanted).await
}

/// Days as start keys, with a day more at each end, for the zones.
fn within(sql: &mut QueryBuilder<Sqlite>, key: &str, reach: &Reach) {
    let before = |day: NaiveDate| day.checked_sub_days(Days::new(1)).unwrap_or(day);
    let after = |day: NaiveDate| day.checked_add_days(Days::new(2)).unwrap_or(day);
    if let Some(from) = reach.from {
        sql.push(format_args!(" AND {key} >= ")).push_bind(date(before(from)));
    }
    if let Some(to) = reach.to {
        sql.push(format_args!(" AND {key} < ")).push_bind(date(after(to)));
    }
}

/// A topic, or one below it.
fn about(sql: &mut QueryBuilder<Sqlite>, topic: &str) {
    sql.push("(topic = ").push_bind(topic.to_owned());
    // "0" follows "/": the range holds what begins with the topic and a slash.
    sql.push(" OR (topic > ").push_bind(format!("{topic}/"));
    sql.push(" AND topic < ").push_bind(format!("{topic}0")).push("))");
}

/// The people of the list, and those merged into them.
fn these(sql: &mut QueryBuilder<Sqlite>, people: &str) {
    sql.push("(SELECT unhex(value, '-') FROM json_each(").push_bind(people.to_owned());
    sql.push(") UNION SELECT id FROM person WHERE merged_into IN (SELECT unhex(value, '-') FROM json_each(");
    sql.push_bind(people.to_owned()).push(")))");
}

/// At which one of these is, whatever they answered.
fn attended(sql: &mut QueryBuilder<Sqlite>, people: &str) {
    sql.push("SELECT meeting_id FROM attendance WHERE person_id IN ");
    these(sql, people);
    sql.push(
        " UNION SELECT x.id FROM series_attendee s JOIN meeting x ON x.series_id = s.series_id WHERE s.person_id IN ",
    );
    these(sql, people);
    // The user is at what is their own, whether or not anybody lists them.
    sql.push(" UNION SELECT x.id FROM meeting x WHERE EXISTS (SELECT 1 FROM person WHERE is_me = 1 AND id IN ");
    these(sql, people);
    sql.push(
        ") AND (x.source = 'local' OR x.id IN (SELECT c.meeting_id FROM meeting_calendar c
          JOIN calendar k ON k.id = c.calendar_id WHERE k.owned = 1))",
    );
}

async fn meetings(conn: &mut Connection, reach: &Reach, people: Option<&str>) -> Result<BTreeSet<MeetingId>> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT m.id FROM meeting m WHERE true");
    if reach.kind != Kind::Series {
        within(&mut sql, "m.start_key", reach);
        if reach.noted {
            sql.push(" AND m.has_notes = 1");
        }
    }
    if reach.kind == Kind::Series {
        sql.push(" AND m.series_id IS NOT NULL");
        series_with_one(&mut sql, reach);
        if let Some(series) = &reach.series {
            sql.push(" AND m.series_id IN (SELECT unhex(value, '-') FROM json_each(")
                .push_bind(json(series)?)
                .push("))");
        }
        if let Some(people) = people {
            sql.push(" AND m.series_id IN (SELECT o.series_id FROM meeting o WHERE o.id IN (");
            attended(&mut sql, people);
            sql.push("))");
        }
    } else if let Some(people) = people {
        sql.push(" AND m.id IN (");
        attended(&mut sql, people);
        sql.push(")");
    }
    if let Some(topic) = &reach.topic {
        let series = reach.kind == Kind::Series;
        sql.push(if series {
            " AND m.series_id IN (SELECT x.series_id FROM meeting x WHERE x.id IN ("
        } else {
            " AND m.id IN ("
        });
        sql.push("SELECT n.meeting_id FROM note_topic t JOIN note n ON n.id = t.note_id WHERE ");
        about(&mut sql, topic);
        sql.push(
            " UNION SELECT n.meeting_id FROM item_topic t JOIN item i ON i.id = t.item_id
              JOIN note n ON n.id = i.note_id WHERE i.archived = 0 AND ",
        );
        about(&mut sql, topic);
        sql.push(if series { "))" } else { ")" });
    }
    let ids: Vec<Uuid> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(ids.into_iter().map(MeetingId).collect())
}

/// Of series that have a meeting in the days, or one with notes, those meetings; and the first and the last of each, to
/// tell whether there are more.
fn series_with_one(sql: &mut QueryBuilder<Sqlite>, reach: &Reach) {
    if !reach.noted && !(reach.held && (reach.from.is_some() || reach.to.is_some())) {
        return;
    }
    sql.push(" AND m.series_id IN (SELECT w.series_id FROM meeting w WHERE w.series_id IS NOT NULL");
    within(sql, "w.start_key", reach);
    if reach.noted {
        sql.push(" AND w.has_notes = 1");
    }
    sql.push(") AND ((true");
    within(sql, "m.start_key", reach);
    for end in ["min", "max"] {
        sql.push(format_args!(
            ") OR m.start_key = (SELECT {end}(w.start_key) FROM meeting w WHERE w.series_id = m.series_id"
        ));
    }
    sql.push("))");
}

/// What these own, decided or asked.
async fn owned(conn: &mut Connection, people: &str) -> Result<Vec<ItemId>> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT item_id FROM item_owner WHERE person_id IN ");
    these(&mut sql, people);
    let ids: Vec<Uuid> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(ids.into_iter().map(ItemId).collect())
}

/// What stands in the notes of these meetings.
async fn said_at(conn: &mut Connection, meetings: &BTreeSet<MeetingId>) -> Result<Vec<ItemId>> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT i.id FROM note n JOIN item i ON i.note_id = n.id");
    sql.push(" WHERE i.archived = 0 AND n.meeting_id IN (SELECT unhex(value, '-') FROM json_each(");
    sql.push_bind(json(meetings)?).push("))");
    let ids: Vec<Uuid> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(ids.into_iter().map(ItemId).collect())
}

async fn items(conn: &mut Connection, reach: &Reach, people: Option<&str>) -> Result<Vec<ItemId>> {
    let kind = match reach.kind {
        Kind::Decisions => "decision",
        Kind::Questions => "question",
        _ => "action",
    };
    // A plus keeps SQLite from going through all of a kind where fewer are asked for.
    let plus = if people.is_some() || reach.owners.is_some() || reach.topic.is_some() { "+" } else { "" };
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT i.id FROM item i JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id WHERE ",
    );
    sql.push(format_args!("{plus}i.archived = 0 AND {plus}i.kind = ")).push_bind(kind);
    if let Some(status) = reach.status.filter(|_| reach.kind == Kind::Actions) {
        sql.push(format_args!(" AND {plus}i.status = ")).push_bind(status.as_str());
    }
    within(&mut sql, "coalesce(m.start_key, i.created_at)", reach);
    for (column, days) in [("due", reach.due), ("revisit", reach.revisit)] {
        for (sign, day) in [(">=", days.from), ("<=", days.to)] {
            if let Some(day) = day {
                sql.push(format_args!(" AND {plus}i.{column} {sign} ")).push_bind(date(day));
            }
        }
    }
    if reach.slips > 0 {
        sql.push(" AND i.slips >= ").push_bind(i64::from(reach.slips));
    }
    if let Some(topic) = &reach.topic {
        sql.push(" AND i.id IN (SELECT item_id FROM item_topic WHERE ");
        about(&mut sql, topic);
        sql.push(")");
    }
    if let Some(owners) = &reach.owners {
        sql.push(" AND i.id IN (SELECT item_id FROM item_owner WHERE person_id IN ");
        these(&mut sql, &json(owners)?);
        sql.push(")");
    }
    if let Some(people) = people {
        for (nth, table) in ["item_owner", "item_mention"].into_iter().enumerate() {
            sql.push(if nth == 0 { " AND i.id IN (" } else { " UNION " });
            sql.push(format_args!("SELECT item_id FROM {table} WHERE person_id IN "));
            these(&mut sql, people);
        }
        sql.push(" UNION SELECT o.id FROM note p JOIN item o ON o.note_id = p.id WHERE p.meeting_id IN (");
        attended(&mut sql, people);
        sql.push("))");
    }
    let ids: Vec<Uuid> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(ids.into_iter().map(ItemId).collect())
}
