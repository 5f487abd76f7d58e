//! Lists of meetings.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sqlx::{QueryBuilder, Sqlite};
use throughline_core::model::{Meeting, MeetingId, MeetingKind, PersonId, SeriesId, midnight};
use uuid::Uuid;

use super::by_ids;
use crate::attendance::THERE;
use crate::value::{date, instant};
use crate::{Connection, Result};

/// An edge of a span. An all-day meeting is compared by date, a timed one by instant: the caller knows the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The date.
    pub date: NaiveDate,
    /// The instant.
    pub instant: DateTime<Utc>,
}

impl Edge {
    /// Where `date` begins in `zone`.
    #[must_use]
    pub fn midnight(date: NaiveDate, zone: Tz) -> Self {
        Self { date, instant: midnight(date, zone) }
    }
}

/// Which meetings; an empty filter keeps all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those that end after this, or begin there.
    pub from: Option<Edge>,
    /// Those that begin before this: for a span that includes a last day, the edge of the day after.
    pub to: Option<Edge>,
    /// Those this person is at: whoever is merged into them counts, and so do series they were added to.
    pub person: Option<PersonId>,
    /// Those of this series.
    pub series: Option<SeriesId>,
    /// Those with notes.
    pub with_notes: bool,
    /// Those that lie in no calendar.
    pub unlisted: bool,
    /// Those of these kinds; empty for all.
    pub kinds: Vec<MeetingKind>,
}

/// The meetings that the filter keeps, by start.
pub async fn list(conn: &mut Connection, filter: &Filter) -> Result<Vec<Meeting>> {
    let ids = ids(conn, filter).await?;
    by_ids(conn, &ids).await
}

/// [`list`], but only their ids.
pub async fn ids(conn: &mut Connection, filter: &Filter) -> Result<Vec<MeetingId>> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT m.id FROM meeting m WHERE ");
    span(&mut sql, filter);
    if let Some(series) = filter.series {
        sql.push(" AND m.series_id = ").push_bind(series.0);
    }
    if filter.with_notes {
        sql.push(" AND m.has_notes = 1");
    }
    if filter.unlisted {
        sql.push(" AND NOT EXISTS (SELECT 1 FROM meeting_calendar c WHERE c.meeting_id = m.id)");
    }
    if let Some(person) = filter.person {
        sql.push(" AND ");
        attended_by(&mut sql, person);
    }
    if !filter.kinds.is_empty() {
        sql.push(" AND m.kind IN (");
        let mut kinds = sql.separated(", ");
        for kind in &filter.kinds {
            kinds.push_bind(kind.as_str());
        }
        sql.push(")");
    }
    sql.push(" ORDER BY m.start_key, m.id");
    let rows: Vec<Uuid> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(rows.into_iter().map(MeetingId).collect())
}

/// That a row's `person_id` is this person, or somebody merged into them.
fn these(sql: &mut QueryBuilder<Sqlite>, person: PersonId) {
    sql.push("person_id IN (SELECT id FROM person WHERE id = ").push_bind(person.0);
    sql.push(" UNION ALL SELECT id FROM person WHERE merged_into = ").push_bind(person.0).push(")");
}

/// A term that is true where `person`, already resolved, is at meeting `m`.
fn attended_by(sql: &mut QueryBuilder<Sqlite>, person: PersonId) {
    sql.push("(m.id IN (SELECT meeting_id FROM attendance WHERE ");
    these(sql, person);
    sql.push(") OR m.series_id IN (SELECT series_id FROM series_attendee WHERE ");
    these(sql, person);
    sql.push("))");
}

/// Meetings that a person was at, as far as is known; a person told otherwise of one of a series was not at that.
pub(crate) fn met_by(sql: &mut QueryBuilder<Sqlite>, person: PersonId) {
    sql.push("(m.id IN (SELECT a.meeting_id FROM attendance a WHERE a.");
    these(sql, person);
    sql.push(" AND ").push(THERE).push(") OR (m.series_id IN (SELECT series_id FROM series_attendee WHERE ");
    these(sql, person);
    sql.push(") AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.");
    these(sql, person);
    sql.push(")))");
}

/// Two terms joined by OR, each with an index of its own.
fn span(sql: &mut QueryBuilder<Sqlite>, filter: &Filter) {
    if filter.from.is_none() && filter.to.is_none() {
        sql.push("true");
        return;
    }
    sql.push("((m.shown_start_utc IS NOT NULL");
    if let Some(to) = filter.to {
        sql.push(" AND m.shown_start_utc < ").push_bind(instant(to.instant));
    }
    if let Some(from) = filter.from {
        let from = instant(from.instant);
        sql.push(" AND (m.shown_end_utc > ").push_bind(from.clone());
        sql.push(" OR m.shown_start_utc = ").push_bind(from).push(")");
    }
    sql.push(") OR (m.shown_start_date IS NOT NULL");
    if let Some(to) = filter.to {
        sql.push(" AND m.shown_start_date < ").push_bind(date(to.date));
    }
    if let Some(from) = filter.from {
        sql.push(" AND m.shown_end_date > ").push_bind(date(from.date));
    }
    sql.push("))");
}
