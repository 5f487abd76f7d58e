//! Items as lists are made of them, of tens of thousands at once: where each stands by little, and what it says only where
//! somebody looks for words or groups by them.

use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use throughline_core::model::{ActionStatus, ItemId, MeetingId, PersonId};
use uuid::Uuid;

use super::list::{chosen, push_chosen};
use super::{Filter, read_date, read_instant, read_word};
use crate::value::corrupt;
use crate::{Connection, Result, lens};

/// As much of an item as tells where it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: ItemId,
    /// Of an action; `Open` for the others.
    pub status: ActionStatus,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// Out of the way until then.
    pub snoozed_until: Option<NaiveDate>,
    /// When it was first written.
    pub created_at: DateTime<Utc>,
    /// When its box was ticked or crossed.
    pub done_at: Option<DateTime<Utc>>,
    /// Of a decision: when to look at it again.
    pub revisit: Option<NaiveDate>,
    /// Of a decision: it stands in prep, and is not decided.
    pub proposed: bool,
    /// Through a lens: since when another stands in its place that is out of sight.
    pub superseded_unseen: Option<NaiveDate>,
    /// When its meeting began; none of an action, or in a person's running note.
    pub start: Option<Start>,
}

/// What an item says, and of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it says.
    pub text: String,
    /// Of a decision: why.
    pub rationale: Option<String>,
    /// Whose it is, merged people resolved, the first named first.
    pub owners: Vec<PersonId>,
    /// What it is about.
    pub topics: Vec<String>,
    /// The meeting it comes from; none for a person's running note.
    pub meeting: Option<SaidAt>,
}

/// The meeting that something was said in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidAt {
    /// Which.
    pub id: MeetingId,
    /// What it is called.
    pub title: String,
    /// When it began.
    pub start: Start,
}

/// When a meeting began, or begins. A day stands before the hours of it, which are in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// All day.
    Date(NaiveDate),
    /// At a time.
    At(DateTime<Utc>),
}

impl Ord for Start {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |start: &Self| match start {
            Self::Date(date) => (*date, None),
            Self::At(at) => (at.date_naive(), Some(*at)),
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Start {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Start {
    /// The day it began on.
    #[must_use]
    pub fn date(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Date(date) => date,
            Self::At(at) => at.with_timezone(&zone).date_naive(),
        }
    }
}

/// A line as the query tells it.
type LineRow =
    (Uuid, String, Option<String>, Option<String>, String, Option<String>, Option<String>, bool, Option<String>);

/// The items that the filter keeps, in no order, of each as much as tells where it stands.
pub async fn lines(conn: &mut Connection, filter: &Filter) -> Result<Vec<Line>> {
    // An action stands where it does whatever its meeting: without the column none is looked up.
    let columns = if filter.kind == Some(throughline_core::model::ItemKind::Action) {
        "i.id, i.status, i.due, i.snoozed_until, i.created_at, i.done_at, i.revisit, i.proposed, NULL"
    } else {
        "i.id, i.status, i.due, i.snoozed_until, i.created_at, i.done_at, i.revisit, i.proposed, m.start_key"
    };
    let rows: Vec<LineRow> = chosen(conn, columns, filter).await?.build_query_as().fetch_all(&mut *conn).await?;
    let unseen = lens::superseded(conn).await?;
    let line = |(id, status, due, snoozed, created, done, revisit, proposed, start): LineRow| {
        Ok(Line {
            id: ItemId(id),
            status: read_word(&status)?,
            due: due.as_deref().map(read_date).transpose()?,
            snoozed_until: snoozed.as_deref().map(read_date).transpose()?,
            created_at: read_instant(&created)?,
            done_at: done.as_deref().map(read_instant).transpose()?,
            revisit: revisit.as_deref().map(read_date).transpose()?,
            proposed,
            superseded_unseen: unseen.get(&ItemId(id)).copied(),
            start: start.as_deref().map(read_start).transpose()?,
        })
    };
    rows.into_iter().map(line).collect()
}

/// How many the filter keeps.
pub async fn count(conn: &mut Connection, filter: &Filter) -> Result<u32> {
    Ok(chosen(conn, "count(*)", filter).await?.build_query_scalar().fetch_one(conn).await?)
}

/// What those say that the filter keeps.
pub async fn said(conn: &mut Connection, filter: &Filter) -> Result<HashMap<ItemId, Said>> {
    type Row =
        (Uuid, String, Option<String>, Option<String>, Option<String>, Option<Uuid>, Option<String>, Option<String>);
    const COLUMNS: &str = "i.id, i.text, i.rationale,
        (SELECT group_concat(hex(coalesce(p.merged_into, p.id)), ' ' ORDER BY o.position)
         FROM item_owner o JOIN person p ON p.id = o.person_id WHERE o.item_id = i.id),
        (SELECT group_concat(topic, ' ' ORDER BY position) FROM item_topic WHERE item_id = i.id),
        m.id, m.shown_title, m.start_key";
    let rows: Vec<Row> = chosen(conn, COLUMNS, filter).await?.build_query_as().fetch_all(conn).await?;
    let said = |(id, text, rationale, owners, topics, meeting, title, start): Row| {
        let mut owned: Vec<PersonId> = Vec::new();
        for owner in owners.iter().flat_map(|owners| owners.split(' ')) {
            let owner = PersonId(Uuid::parse_str(owner).map_err(corrupt)?);
            if !owned.contains(&owner) {
                owned.push(owner);
            }
        }
        let at = |id| -> Result<SaidAt> {
            let start = read_start(start.as_deref().unwrap_or_default())?;
            Ok(SaidAt { id: MeetingId(id), title: title.clone().unwrap_or_default(), start })
        };
        let said = Said {
            text,
            rationale,
            owners: owned,
            topics: topics.iter().flat_map(|topics| topics.split(' ')).map(str::to_owned).collect(),
            meeting: meeting.map(at).transpose()?,
        };
        Ok((ItemId(id), said))
    };
    rows.into_iter().map(said).collect()
}

/// Who is named first of those whose each of the items is that the filter keeps, merged people resolved.
pub async fn first_owners(conn: &mut Connection, filter: &Filter) -> Result<HashMap<ItemId, PersonId>> {
    const COLUMNS: &str = "i.id, (SELECT coalesce(p.merged_into, p.id) FROM item_owner o
        JOIN person p ON p.id = o.person_id WHERE o.item_id = i.id ORDER BY o.position LIMIT 1)";
    let rows: Vec<(Uuid, Option<Uuid>)> = chosen(conn, COLUMNS, filter).await?.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().filter_map(|(item, owner)| Some((ItemId(item), PersonId(owner?)))).collect())
}

/// The meeting of each of the items that the filter keeps, where it has one.
pub async fn meetings(conn: &mut Connection, filter: &Filter) -> Result<HashMap<ItemId, MeetingId>> {
    let rows: Vec<(Uuid, Option<Uuid>)> =
        chosen(conn, "i.id, n.meeting_id", filter).await?.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().filter_map(|(item, meeting)| Some((ItemId(item), MeetingId(meeting?)))).collect())
}

/// What those are about that the filter keeps, the first named first; those about nothing are left out.
pub async fn topics_of(conn: &mut Connection, filter: &Filter) -> Result<HashMap<ItemId, Vec<String>>> {
    let mut sql = sqlx::QueryBuilder::new("SELECT t.item_id, t.topic FROM item_topic t WHERE t.item_id IN (");
    push_chosen(conn, &mut sql, "i.id", filter).await?;
    sql.push(") ORDER BY t.item_id, t.position");
    let rows: Vec<(Uuid, String)> = sql.build_query_as().fetch_all(conn).await?;
    let mut topics: HashMap<ItemId, Vec<String>> = HashMap::new();
    for (item, topic) in rows {
        topics.entry(ItemId(item)).or_default().push(topic);
    }
    Ok(topics)
}

/// What those are about that the filter keeps, the most frequent first.
pub async fn frequent_topics(conn: &mut Connection, filter: &Filter) -> Result<Vec<String>> {
    let mut sql = sqlx::QueryBuilder::new("SELECT t.topic FROM item_topic t WHERE t.item_id IN (");
    push_chosen(conn, &mut sql, "i.id", filter).await?;
    sql.push(") GROUP BY t.topic ORDER BY count(*) DESC, t.topic");
    Ok(sql.build_query_scalar().fetch_all(conn).await?)
}

pub(crate) fn read_start(key: &str) -> Result<Start> {
    Ok(if key.len() == 10 { Start::Date(read_date(key)?) } else { Start::At(read_instant(key)?) })
}
