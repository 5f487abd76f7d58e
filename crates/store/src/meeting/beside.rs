//! What lists of meetings show beside them.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::AssertSqlSafe;
use throughline_core::graph::AsOf;
use throughline_core::model::{MeetingId, Response, SeriesId};
use uuid::Uuid;

use crate::item::said_by;
use crate::value::{date, json_ids, read_date, read_word};
use crate::{Connection, Result};

/// What a list shows of a meeting beside itself. Private parts count nowhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// What the user answered, as the calendar says.
    pub my_response: Option<Response>,
    /// The colour of the calendar that had it first.
    pub color: Option<String>,
    /// Its prep has text.
    pub prep: bool,
    /// A recap was sent.
    pub recap: bool,
    /// Its open actions.
    pub open: u32,
    /// Those of them due before the day asked with.
    pub late: u32,
    /// Its decisions that hold.
    pub decisions: u32,
    /// Its questions without an answer.
    pub questions: u32,
    /// Its decisions to be looked at again by that day.
    pub revisit: u32,
}

/// A meeting's [`Beside`] as the statement tells it.
type Row = (Uuid, Option<String>, Option<String>, bool, bool, u32, u32, u32, u32, u32);

/// That of each of the meetings, as of the end of a day.
pub async fn beside(conn: &mut Connection, ids: &[MeetingId], by: AsOf) -> Result<HashMap<MeetingId, Beside>> {
    let said = |start: &str, created: &str| said_by(start, created, by);
    let sql = format!(
        "WITH these (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1)),
           replaced (id, kind) AS (
               SELECT l.target, l.kind FROM item_link l JOIN item s ON s.id = l.item_id
               JOIN note o ON o.id = s.note_id LEFT JOIN meeting w ON w.id = o.meeting_id
               WHERE s.archived = 0 AND s.proposed = 0 AND (l.kind <> 'supersedes' OR s.kind = 'decision') AND {}),
           held (id) AS (
               SELECT i.id FROM these JOIN meeting m USING (id) CROSS JOIN note n ON n.meeting_id = m.id
               CROSS JOIN item i ON i.note_id = n.id
               WHERE i.kind = 'decision' AND i.archived = 0 AND i.proposed = 0 AND {}
                 AND NOT EXISTS (SELECT 1 FROM replaced r WHERE r.id = i.id AND r.kind = 'supersedes')),
           counted AS MATERIALIZED (
               SELECT n.meeting_id AS id,
                      sum(i.kind = 'action' AND i.status = 'open') AS open,
                      sum(i.kind = 'action' AND i.status = 'open' AND coalesce(i.due < ?2, 0)) AS late,
                      sum(i.id IN held) AS decisions,
                      sum(i.kind = 'question' AND i.status = 'open' AND NOT EXISTS (
                          SELECT 1 FROM replaced r WHERE r.id = i.id AND r.kind = 'answers')) AS questions,
                      sum(i.id IN held AND coalesce(i.revisit <= ?2, 0)) AS revisit
               FROM these CROSS JOIN note n ON n.meeting_id = these.id AND n.part <> 'private'
               CROSS JOIN item i ON i.note_id = n.id
               WHERE i.archived = 0 GROUP BY n.meeting_id)
           SELECT m.id, m.my_response,
                  (SELECT k.color FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                   WHERE c.meeting_id = m.id ORDER BY c.rowid LIMIT 1),
                  EXISTS (SELECT 1 FROM note n WHERE n.meeting_id = m.id AND n.part = 'prep'
                          AND trim(n.text, char(9, 10, 13, 32)) <> ''),
                  EXISTS (SELECT 1 FROM recap r WHERE r.meeting_id = m.id),
                  coalesce(counted.open, 0), coalesce(counted.late, 0), coalesce(counted.decisions, 0),
                  coalesce(counted.questions, 0), coalesce(counted.revisit, 0)
           FROM these JOIN meeting m USING (id) LEFT JOIN counted ON counted.id = m.id",
        said("w.start_key", "s.created_at"),
        said("m.start_key", "i.created_at"),
    );
    let rows: Vec<Row> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(json_ids(ids)?).bind(date(by.day)).fetch_all(conn).await?;
    rows.into_iter()
        .map(|(id, my_response, color, prep, recap, open, late, decisions, questions, revisit)| {
            let my_response = my_response.as_deref().map(read_word).transpose()?;
            let beside = Beside { my_response, color, prep, recap, open, late, decisions, questions, revisit };
            Ok((MeetingId(id), beside))
        })
        .collect()
}

/// The days on which the meetings of each series begin, those called off left out; in UTC for timed ones.
pub async fn days_of_series(conn: &mut Connection, ids: &[SeriesId]) -> Result<HashMap<SeriesId, Vec<NaiveDate>>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT series_id AS "series!: Uuid", substr(start_key, 1, 10) AS "day!: String" FROM meeting
           WHERE series_id IN (SELECT unhex(value, '-') FROM json_each(?1))
             AND coalesce(held, status <> 'cancelled') = 1
           ORDER BY start_key"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    let mut days: HashMap<_, Vec<NaiveDate>> = HashMap::new();
    for row in rows {
        let day = read_date(&row.day)?;
        days.entry(SeriesId(row.series)).or_default().push(day);
    }
    Ok(days)
}
