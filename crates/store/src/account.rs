//! Accounts, and what stays when one goes.

use throughline_core::model::{Account, AccountId, AccountState, MeetingId, Provider, SeriesId};
use uuid::Uuid;

use crate::value::{json_ids, moment, read_instant, read_word};
use crate::{Connection, Result, meeting, series};

/// The account, where there is one.
pub async fn get(conn: &mut Connection, id: AccountId) -> Result<Option<Account>> {
    Ok(all(conn).await?.into_iter().find(|account| account.id == id))
}

/// All of them, in the order they were made.
pub async fn all(conn: &mut Connection) -> Result<Vec<Account>> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", provider, name, address, state, last_sync, error FROM account ORDER BY id"#
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Account {
                id: AccountId(row.id),
                provider: read_word(&row.provider)?,
                name: row.name,
                address: row.address,
                state: read_word(&row.state)?,
                last_sync: row.last_sync.as_deref().map(read_instant).transpose()?,
                error: row.error,
            })
        })
        .collect()
}

/// The account of this provider at this address, so that adding it again renews it.
pub async fn at_address(conn: &mut Connection, provider: Provider, address: &str) -> Result<Option<Account>> {
    let accounts = all(conn).await?;
    Ok(accounts.into_iter().find(|account| account.provider == provider && account.address == address))
}

/// Makes an account, or changes it.
pub async fn put(conn: &mut Connection, account: &Account) -> Result<()> {
    let (provider, state) = (account.provider.as_str(), account.state.as_str());
    let last_sync = account.last_sync.map(moment);
    sqlx::query!(
        "INSERT INTO account (id, provider, name, address, state, last_sync, error)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, name = excluded.name,
             address = excluded.address, state = excluded.state, last_sync = excluded.last_sync,
             error = excluded.error",
        account.id.0,
        provider,
        account.name,
        account.address,
        state,
        last_sync,
        account.error
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Says how an account is. `last_sync` stays where none is given.
pub async fn set_state(
    conn: &mut Connection,
    id: AccountId,
    state: AccountState,
    error: Option<&str>,
    last_sync: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<()> {
    let (state, last_sync) = (state.as_str(), last_sync.map(moment));
    sqlx::query!(
        "UPDATE account SET state = ?2, error = ?3, last_sync = coalesce(?4, last_sync) WHERE id = ?1",
        id.0,
        state,
        error,
        last_sync
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What became of an account's meetings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removed {
    /// Those that stay as the user's own, for what was written or set on them.
    pub kept: Vec<MeetingId>,
    /// Those that went.
    pub gone: Vec<MeetingId>,
    /// Those that lie in another account's calendar too, and stay there.
    pub elsewhere: Vec<MeetingId>,
    /// Series that went with them.
    pub series: Vec<SeriesId>,
}

/// Removes an account with its calendars and events. Its meetings with notes, or anything a person set, stay as the
/// user's own; those in another account's calendar stay there; the others go.
pub async fn remove(conn: &mut Connection, id: AccountId) -> Result<Removed> {
    let rows = sqlx::query!(
        r#"SELECT DISTINCT mc.meeting_id AS "meeting!: Uuid",
                  (SELECT a.provider FROM meeting_calendar o JOIN calendar oc ON oc.id = o.calendar_id
                   JOIN account a ON a.id = oc.account_id
                   WHERE o.meeting_id = mc.meeting_id AND oc.account_id <> ?1 ORDER BY a.id LIMIT 1)
                  AS "other?: String"
           FROM meeting_calendar mc JOIN calendar c ON c.id = mc.calendar_id WHERE c.account_id = ?1
           ORDER BY mc.meeting_id"#,
        id.0
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut removed = Removed::default();
    let mut alone = Vec::new();
    for row in rows {
        match row.other {
            Some(provider) => {
                sqlx::query!("UPDATE meeting SET source = ?2 WHERE id = ?1", row.meeting, provider)
                    .execute(&mut *conn)
                    .await?;
                removed.elsewhere.push(MeetingId(row.meeting));
            }
            None => alone.push(MeetingId(row.meeting)),
        }
    }
    let kept = meeting::with_user_data(conn, &alone).await?;
    (removed.kept, removed.gone) = alone.into_iter().partition(|id| kept.contains(id));
    let list = json_ids(&removed.kept)?;
    sqlx::query!(
        "UPDATE meeting SET source = 'local', fingerprint = NULL
         WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))",
        list
    )
    .execute(&mut *conn)
    .await?;
    meeting::delete(conn, &removed.gone).await?;
    sqlx::query!("DELETE FROM account WHERE id = ?1", id.0).execute(&mut *conn).await?;
    removed.series = series::prune(conn).await?;
    Ok(removed)
}
