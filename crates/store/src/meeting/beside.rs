//! What lists of meetings show beside them.

use std::collections::HashMap;

use chrono::NaiveDate;
use throughline_core::graph::AsOf;
use throughline_core::model::{MeetingId, Response, SeriesId};
use uuid::Uuid;

use crate::value::{date, json_ids, moment, read_date, read_word};
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

/// That of each of the meetings, as of the end of a day.
pub async fn beside(conn: &mut Connection, ids: &[MeetingId], by: AsOf) -> Result<HashMap<MeetingId, Beside>> {
    let (ids, day, end) = (json_ids(ids)?, date(by.day), moment(by.end()));
    let rows = sqlx::query!(
        r#"WITH these (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1)),
           replaced (id, kind) AS (
               SELECT l.target, l.kind FROM item_link l JOIN item s ON s.id = l.item_id
               JOIN note o ON o.id = s.note_id LEFT JOIN meeting w ON w.id = o.meeting_id
               WHERE s.archived = 0 AND s.proposed = 0
                 AND (l.kind <> 'supersedes' OR (s.kind = 'decision'
                   AND CASE WHEN length(w.start_key) = 10 THEN w.start_key <= ?2
                       ELSE coalesce(w.start_key, s.created_at) < ?3 END))),
           held (id) AS (
               SELECT i.id FROM these JOIN meeting m USING (id) CROSS JOIN note n ON n.meeting_id = m.id
               CROSS JOIN item i ON i.note_id = n.id
               WHERE i.kind = 'decision' AND i.archived = 0 AND i.proposed = 0
                 AND CASE WHEN length(m.start_key) = 10 THEN m.start_key <= ?2 ELSE m.start_key < ?3 END
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
           SELECT m.id AS "id!: Uuid", m.my_response AS "response?",
                  (SELECT k.color FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                   WHERE c.meeting_id = m.id ORDER BY c.rowid LIMIT 1) AS "color?: String",
                  EXISTS (SELECT 1 FROM note n WHERE n.meeting_id = m.id AND n.part = 'prep'
                          AND trim(n.text, char(9, 10, 13, 32)) <> '') AS "prep!: bool",
                  EXISTS (SELECT 1 FROM recap r WHERE r.meeting_id = m.id) AS "recap!: bool",
                  coalesce(counted.open, 0) AS "open!: u32", coalesce(counted.late, 0) AS "late!: u32",
                  coalesce(counted.decisions, 0) AS "decisions!: u32",
                  coalesce(counted.questions, 0) AS "questions!: u32", coalesce(counted.revisit, 0) AS "revisit!: u32"
           FROM these JOIN meeting m USING (id) LEFT JOIN counted ON counted.id = m.id"#,
        ids,
        day,
        end
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let beside = Beside {
                my_response: row.response.as_deref().map(read_word).transpose()?,
                color: row.color,
                prep: row.prep,
                recap: row.recap,
                open: row.open,
                late: row.late,
                decisions: row.decisions,
                questions: row.questions,
                revisit: row.revisit,
            };
            Ok((MeetingId(row.id), beside))
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
