//! Which calendars meetings lie in, and which of them are the user's.

use std::collections::HashMap;

use throughline_core::model::{CalendarId, MeetingId, PersonId};
use uuid::Uuid;

use crate::value::json_ids;
use crate::{Connection, Result};

/// The calendars each meeting lies in, the one that had it first first.
pub async fn calendars(conn: &mut Connection, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<CalendarId>>> {
    let ids = json_ids(ids)?;
    let rows = sqlx::query!(
        r#"SELECT meeting_id AS "meeting!: Uuid", calendar_id AS "calendar!: Uuid" FROM meeting_calendar
           WHERE meeting_id IN (SELECT unhex(value, '-') FROM json_each(?1)) ORDER BY meeting_id, rowid"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    let mut found: HashMap<MeetingId, Vec<CalendarId>> = HashMap::new();
    for row in rows {
        found.entry(MeetingId(row.meeting)).or_default().push(CalendarId(row.calendar));
    }
    Ok(found)
}

/// Those of the meetings, in the order given, that are the user's: they organise it or are invited, it lies in a
/// calendar of their own, or in none.
pub async fn of_the_user(conn: &mut Connection, ids: &[MeetingId], me: Option<PersonId>) -> Result<Vec<MeetingId>> {
    let list = json_ids(ids)?;
    let me = me.map(|me| me.0);
    let rows = sqlx::query_scalar!(
        r#"WITH these (id) AS MATERIALIZED (SELECT unhex(value, '-') FROM json_each(?1)),
                mine (id) AS MATERIALIZED (
                    SELECT id FROM person WHERE id = ?2 UNION ALL SELECT id FROM person WHERE merged_into = ?2)
           SELECT m.id AS "id!: Uuid" FROM these JOIN meeting m USING (id)
           WHERE m.organizer_id IN mine
              OR EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.person_id IN mine)
              OR EXISTS (SELECT 1 FROM series_attendee s WHERE s.series_id = m.series_id AND s.person_id IN mine)
              OR NOT EXISTS (SELECT 1 FROM meeting_calendar c WHERE c.meeting_id = m.id)
              OR EXISTS (SELECT 1 FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                         WHERE c.meeting_id = m.id AND k.owned = 1)"#,
        list,
        me
    )
    .fetch_all(conn)
    .await?;
    let mine: std::collections::HashSet<Uuid> = rows.into_iter().collect();
    Ok(ids.iter().copied().filter(|id| mine.contains(&id.0)).collect())
}
