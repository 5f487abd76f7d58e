//! Search over meetings, notes, items, people, organizations and topics.

mod index;
mod names;
mod text;

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::{FromRow, QueryBuilder, Sqlite};
use throughline_core::model::{MeetingId, NotePart, OrganizationId, PersonId};
use uuid::Uuid;

pub(crate) use index::{index_items, index_meetings, index_notes, index_organizations, index_people, remove};
pub use index::{is_complete, is_sound, rebuild};

use crate::attendance::THERE;
use crate::meeting::met_by;
use crate::value::{date, fold, json, read_date, read_word};
use crate::{Connection, Result, item};

/// Stands before what was found in a snippet; nowhere else.
pub const MARK: char = '\u{e000}';
/// Stands after what was found in a snippet; nowhere else.
pub const UNMARK: char = '\u{e001}';

/// The score of a topic that is called so: before whatever only holds the word.
const TOPIC: f64 = 1_000_000.0;

/// Which hits; an empty filter keeps all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of these kinds: `meeting`, `note`, `action`, `decision`, `question`, `person`, `organization`, `topic`.
    pub kinds: Vec<String>,
    /// Those of meetings this person is at, of their running note, and they themselves.
    pub person: Option<PersonId>,
    /// Those of meetings somebody of this organization is at, and itself.
    pub organization: Option<OrganizationId>,
    /// Those of meetings that begin on this date (in UTC) or later.
    pub from: Option<NaiveDate>,
    /// Those of meetings that begin on this date (in UTC) or before.
    pub to: Option<NaiveDate>,
    /// Items and notes about this topic (lower case, without `#`) or one nested in it.
    pub topic: Option<String>,
    /// Leaves out private parts and their items.
    pub without_private: bool,
    /// What day it is: what is near to it counts a little more.
    pub today: Option<NaiveDate>,
}

/// Something found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What it is; see [`Filter::kinds`].
    pub kind: String,
    /// Its id; of a topic the topic.
    pub id: String,
    /// What it is called: of a note its meeting or person, of an item its text.
    pub title: String,
    /// Where it was found, with what was found between [`MARK`] and [`UNMARK`].
    pub snippet: String,
    /// The meeting it is, or is of.
    pub meeting_id: Option<MeetingId>,
    /// The part of the note it is, or stands in.
    pub part: Option<NotePart>,
    /// The meeting's date, in UTC for a timed one.
    pub date: Option<NaiveDate>,
    /// Higher is better; comparable within one answer only.
    pub score: f64,
}

/// The best hits for what a person typed, best first: who is called so, the topics of that name, then what says it. All
/// words and "phrases" must be there, the last word may be its beginning while nothing follows it. No text is an error; one without words finds all that the filter keeps, the latest
/// first, and without a filter nothing.
pub async fn query(conn: &mut Connection, typed: &str, filter: &Filter, limit: u32) -> Result<Vec<Hit>> {
    let Some(expression) = text::expression(typed) else {
        return if is_empty(filter) { Ok(Vec::new()) } else { latest(conn, filter, limit).await };
    };
    let mut found = best(conn, Some(&expression), filter, limit).await?;
    for row in &mut found {
        row.rank = -row.rank * nudge(row.date()?, filter.today);
    }
    let mut hits = names::hits(conn, typed, filter).await?;
    found.retain(|row| !hits.iter().any(|hit| hit.kind == row.kind && hit.id == row.id.to_string()));
    hits.extend(topic_hits(conn, typed, filter).await?);
    found.sort_by(|a, b| b.rank.total_cmp(&a.rank).then(b.start.cmp(&a.start)).then(a.document.cmp(&b.document)));
    found.truncate(limit as usize);
    let documents = json(&found.iter().map(|row| row.document).collect::<Vec<_>>())?;
    let mut snippets = snippets(conn, &expression, &documents).await?;
    for row in found {
        let snippet = snippets.remove(&row.document).unwrap_or_default();
        hits.push(row.hit(snippet)?);
    }
    hits.truncate(limit as usize);
    Ok(hits)
}

fn is_empty(filter: &Filter) -> bool {
    Filter { today: None, without_private: false, ..filter.clone() } == Filter::default()
}

/// All that the filter keeps, the latest first, without looking for words.
async fn latest(conn: &mut Connection, filter: &Filter, limit: u32) -> Result<Vec<Hit>> {
    let found = best(conn, None, filter, limit).await?;
    found.into_iter().take(limit as usize).map(|row| row.hit(String::new())).collect()
}

/// Up to a quarter more for what is of today, fading by half in half a year.
fn nudge(date: Option<NaiveDate>, today: Option<NaiveDate>) -> f64 {
    let Some((date, today)) = date.zip(today) else {
        return 1.0;
    };
    let days = (today - date).num_days().unsigned_abs() as f64;
    1.0 + 0.25 * 0.5_f64.powf(days / 180.0)
}

#[derive(FromRow)]
struct Row {
    document: i64,
    rank: f64,
    kind: String,
    id: Uuid,
    title: String,
    part: Option<String>,
    meeting: Option<Uuid>,
    start: Option<String>,
}

impl Row {
    fn date(&self) -> Result<Option<NaiveDate>> {
        self.start.as_deref().and_then(|start| start.get(..10)).map(read_date).transpose()
    }

    fn hit(self, snippet: String) -> Result<Hit> {
        Ok(Hit {
            date: self.date()?,
            part: self.part.as_deref().map(read_word).transpose()?,
            kind: self.kind,
            id: self.id.to_string(),
            title: self.title,
            snippet,
            meeting_id: self.meeting.map(MeetingId),
            score: self.rank,
        })
    }
}

async fn best(conn: &mut Connection, expression: Option<&str>, filter: &Filter, limit: u32) -> Result<Vec<Row>> {
    let room = i64::from(limit).max(20) * 5;
    let mut sql = QueryBuilder::<Sqlite>::new("WITH best AS (");
    if let Some(expression) = expression {
        sql.push(
            "SELECT rowid AS document, bm25(search_index, 4.0, 1.0) AS rank FROM search_index
             WHERE search_index MATCH ",
        );
        sql.push_bind(expression.to_owned());
        // Unfiltered, only the best rows are looked at any closer.
        if (Filter { today: None, ..filter.clone() }) == Filter::default() {
            sql.push(" ORDER BY bm25(search_index, 4.0, 1.0) LIMIT ").push_bind(room);
        }
    } else {
        sql.push("SELECT document, 0.0 AS rank FROM search_document");
    }
    sql.push(
        ") SELECT d.document, best.rank, d.kind, d.id, CASE d.kind WHEN 'note' THEN
             coalesce(m.shown_title, p.name, '') ELSE d.title END AS title, n.part, m.id AS meeting,
             m.start_key AS start
         FROM best JOIN search_document d ON d.document = best.document
         LEFT JOIN note n ON n.id = d.note_id LEFT JOIN person p ON p.id = n.person_id
         LEFT JOIN meeting m ON m.id = CASE d.kind WHEN 'meeting' THEN d.id ELSE n.meeting_id END WHERE true",
    );
    if !filter.kinds.is_empty() {
        sql.push(" AND d.kind IN (");
        let mut kinds = sql.separated(", ");
        for kind in &filter.kinds {
            kinds.push_bind(kind.clone());
        }
        sql.push(")");
    }
    if let Some(person) = filter.person {
        sql.push(" AND (d.id = ").push_bind(person.0);
        sql.push(" OR n.person_id = ").push_bind(person.0);
        sql.push(" OR ");
        met_by(&mut sql, person);
        sql.push(")");
    }
    if let Some(organization) = filter.organization {
        sql.push(" AND (d.id = ").push_bind(organization.0);
        sql.push(" OR m.id IN (SELECT a.meeting_id FROM attendance a JOIN person p ON p.id = a.person_id");
        sql.push(" JOIN person f ON f.id = coalesce(p.merged_into, p.id) WHERE f.organization_id = ");
        sql.push_bind(organization.0).push(" AND ").push(THERE).push("))");
    }
    if let Some(from) = filter.from {
        sql.push(" AND m.start_key >= ").push_bind(date(from));
    }
    if let Some(to) = filter.to.and_then(|to| to.succ_opt()) {
        sql.push(" AND m.start_key < ").push_bind(date(to));
    }
    if let Some(topic) = &filter.topic {
        let about = |sql: &mut QueryBuilder<Sqlite>| {
            sql.push("topic = ").push_bind(topic.clone());
            // "0" follows "/": the range holds what begins with the topic and a slash.
            sql.push(" OR (topic > ").push_bind(format!("{topic}/"));
            sql.push(" AND topic < ").push_bind(format!("{topic}0")).push(")");
        };
        sql.push(" AND (d.id IN (SELECT item_id FROM item_topic WHERE ");
        about(&mut sql);
        sql.push(") OR (d.kind = 'note' AND (n.id IN (SELECT note_id FROM note_topic WHERE ");
        about(&mut sql);
        sql.push(
            ") OR n.id IN (SELECT i.note_id FROM item_topic JOIN item i ON i.id = item_id WHERE i.archived = 0 AND (",
        );
        about(&mut sql);
        sql.push(")))))");
    }
    if filter.without_private {
        sql.push(" AND n.part IS NOT 'private'");
    }
    sql.push(if expression.is_some() {
        " ORDER BY best.rank LIMIT "
    } else {
        " ORDER BY m.start_key DESC, d.document LIMIT "
    });
    sql.push_bind(room);
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

async fn snippets(conn: &mut Connection, expression: &str, documents: &str) -> Result<HashMap<i64, String>> {
    let rows = sqlx::query!(
        r#"SELECT rowid AS "document!: i64", snippet(search_index, -1, char(57344), char(57345), '…', 16) AS "snippet!: String"
           FROM search_index WHERE search_index MATCH ?1 AND rowid IN (SELECT value FROM json_each(?2))"#,
        expression,
        documents
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.document, row.snippet)).collect())
}

/// Topics are few, and not of one meeting: they come first, and only where nothing but kinds is filtered.
async fn topic_hits(conn: &mut Connection, typed: &str, filter: &Filter) -> Result<Vec<Hit>> {
    let narrowed = filter.person.is_some()
        || filter.organization.is_some()
        || filter.from.is_some()
        || filter.to.is_some()
        || filter.topic.is_some()
        || !(filter.kinds.is_empty() || filter.kinds.iter().any(|kind| kind == "topic"));
    let wanted = fold(typed).trim_start_matches('#').to_owned();
    if narrowed || wanted.is_empty() {
        return Ok(Vec::new());
    }
    let topics = item::distinct_topics(conn, filter.without_private).await?;
    Ok(topics
        .into_iter()
        .filter(|topic| {
            fold(topic).split('/').any(|part| part.starts_with(&wanted)) || fold(topic).starts_with(&wanted)
        })
        .map(|topic| Hit {
            kind: "topic".to_owned(),
            title: format!("#{topic}"),
            snippet: String::new(),
            id: topic,
            meeting_id: None,
            part: None,
            date: None,
            score: TOPIC,
        })
        .take(5)
        .collect())
}
