//! Items as lists are made of them: what they are sorted, grouped and searched by, of tens of thousands at once.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use throughline_core::model::{ActionStatus, ItemId, MeetingId, PersonId};
use uuid::Uuid;

use super::list::chosen;
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
    /// What it says.
    pub text: String,
    /// Of a decision: why.
    pub rationale: Option<String>,
    /// Of a decision: when to look at it again.
    pub revisit: Option<NaiveDate>,
    /// Of a decision: it stands in prep, and is not decided.
    pub proposed: bool,
    /// Through a lens: since when another stands in its place that is out of sight.
    pub superseded_unseen: Option<NaiveDate>,
    /// Whose it is, merged people resolved, the first named first.
    pub owners: Vec<PersonId>,
    /// What it is about.
    pub topics: Vec<String>,
    /// The meeting it comes from; none for a person's running note.
    pub meeting: Option<Said>,
}

/// The meeting that something was said in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub id: MeetingId,
    /// What it is called.
    pub title: String,
    /// When it began: an instant, or of an all-day one the date.
    pub start: Start,
}

/// When a meeting began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// All day.
    Date(NaiveDate),
    /// At a time.
    At(DateTime<Utc>),
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

/// Rows as the query tells them.
type Row = (
    Uuid,
    String,
    Option<String>,
    Option<String>,
    String,
    Option<String>,
    String,
    Option<String>,
    Option<String>,
    Option<Uuid>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    bool,
);

const COLUMNS: &str = "i.id, i.status, i.due, i.snoozed_until, i.created_at, i.done_at, i.text,
    (SELECT group_concat(hex(coalesce(p.merged_into, p.id)), ' ' ORDER BY o.position)
     FROM item_owner o JOIN person p ON p.id = o.person_id WHERE o.item_id = i.id),
    (SELECT group_concat(topic, ' ' ORDER BY position) FROM item_topic WHERE item_id = i.id),
    m.id, m.shown_title, m.start_key, i.rationale, i.revisit, i.proposed";

/// The items that the filter keeps, in no order, of each as much as lists are made of.
pub async fn lines(conn: &mut Connection, filter: &Filter) -> Result<Vec<Line>> {
    let mut sql = chosen(conn, COLUMNS, filter).await?;
    let rows: Vec<Row> = sql.build_query_as().fetch_all(&mut *conn).await?;
    let unseen = lens::superseded(conn).await?;
    let told = |row: Row| {
        let line = line(row)?;
        Ok(Line { superseded_unseen: unseen.get(&line.id).copied(), ..line })
    };
    rows.into_iter().map(told).collect()
}

fn line(row: Row) -> Result<Line> {
    let (
        id,
        status,
        due,
        snoozed,
        created,
        done,
        text,
        owners,
        topics,
        meeting,
        title,
        start,
        rationale,
        revisit,
        proposed,
    ) = row;
    let mut owned: Vec<PersonId> = Vec::new();
    for owner in owners.iter().flat_map(|owners| owners.split(' ')) {
        let owner = PersonId(Uuid::parse_str(owner).map_err(corrupt)?);
        if !owned.contains(&owner) {
            owned.push(owner);
        }
    }
    let said = |id: Uuid, title: Option<String>, start: &str| -> Result<Said> {
        let start = if start.len() == 10 { Start::Date(read_date(start)?) } else { Start::At(read_instant(start)?) };
        Ok(Said { id: MeetingId(id), title: title.unwrap_or_default(), start })
    };
    Ok(Line {
        id: ItemId(id),
        status: read_word(&status)?,
        due: due.as_deref().map(read_date).transpose()?,
        snoozed_until: snoozed.as_deref().map(read_date).transpose()?,
        created_at: read_instant(&created)?,
        done_at: done.as_deref().map(read_instant).transpose()?,
        text,
        rationale,
        revisit: revisit.as_deref().map(read_date).transpose()?,
        proposed,
        superseded_unseen: None,
        owners: owned,
        topics: topics.iter().flat_map(|topics| topics.split(' ')).map(str::to_owned).collect(),
        meeting: meeting.map(|id| said(id, title, start.as_deref().unwrap_or_default())).transpose()?,
    })
}
