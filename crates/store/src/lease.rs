//! Leases: what one process may do at a time, such as the sync of an account.

use chrono::{DateTime, Utc};

use crate::value::moment;
use crate::{Connection, Result};

/// Takes the lease, or prolongs it where `holder` has it already; false where another holds it and `now` is before its
/// end. The holder's name is to be unlike any other process's.
pub async fn take(
    conn: &mut Connection,
    name: &str,
    holder: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool> {
    let (now, until) = (moment(now), moment(until));
    let taken = sqlx::query!(
        "INSERT INTO lease (name, holder, until) VALUES (?1, ?2, ?4)
         ON CONFLICT DO UPDATE SET holder = excluded.holder, until = excluded.until
         WHERE lease.holder = ?2 OR lease.until <= ?3",
        name,
        holder,
        now,
        until
    )
    .execute(conn)
    .await?;
    Ok(taken.rows_affected() > 0)
}

/// Gives it back; one held by another stays.
pub async fn release(conn: &mut Connection, name: &str, holder: &str) -> Result<()> {
    sqlx::query!("DELETE FROM lease WHERE name = ?1 AND holder = ?2", name, holder).execute(conn).await?;
    Ok(())
}
