//! What one organization's meetings hold: whom they met, where.

use std::collections::HashSet;

use throughline_core::graph::attendance_weight;
use throughline_core::model::{MeetingId, OrganizationId, PersonId};
use uuid::Uuid;

use crate::{Connection, Result, attendance};

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

/// What one organization's meetings hold. Merged people count as those they were merged into.
pub async fn scope(conn: &mut Connection, organization: OrganizationId) -> Result<Scope> {
    let rows = sqlx::query_scalar!(
        r#"SELECT p.id AS "id!: Uuid" FROM person p WHERE p.organization_id = ?1 AND p.merged_into IS NULL"#,
        organization.0
    )
    .fetch_all(&mut *conn)
    .await?;
    let members: HashSet<PersonId> = rows.into_iter().map(PersonId).collect();
    let met = sqlx::query_scalar!(
        r#"WITH these (id) AS MATERIALIZED (
               SELECT p.id FROM person p JOIN person f ON f.id = coalesce(p.merged_into, p.id)
               WHERE f.organization_id = ?1)
           SELECT a.meeting_id AS "id!: Uuid" FROM these CROSS JOIN attendance a ON a.person_id = these.id
           UNION
           SELECT m.id FROM these CROSS JOIN series_attendee s ON s.person_id = these.id
           CROSS JOIN meeting m ON m.series_id = s.series_id"#,
        organization.0
    )
    .fetch_all(&mut *conn)
    .await?;
    let met: Vec<MeetingId> = met.into_iter().map(MeetingId).collect();
    let room = attendance::of_meetings(conn, &met).await?;
    let of_them = room.iter().filter(|at| members.contains(&at.person_id) && attendance_weight(at) > 1);
    let meetings: HashSet<MeetingId> = of_them.map(|at| at.meeting_id).collect();
    let there = room.iter().filter(|at| meetings.contains(&at.meeting_id)).map(|at| at.person_id);
    let me = crate::person::me(conn).await?.map(|me| me.id);
    let people = there.chain(me).chain(members.iter().copied()).collect();
    Ok(Scope { meetings, people, members })
}
