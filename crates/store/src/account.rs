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

/// What is remembered of an account for its provider alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// A JSON value with what the provider needs to be asked; nothing secret.
    pub settings: Option<String>,
    /// What the provider wants back to say only which calendars changed.
    pub list_token: Option<String>,
}

/// What the provider needs; nothing where there is no such account.
pub async fn link(conn: &mut Connection, id: AccountId) -> Result<Link> {
    let row = sqlx::query!("SELECT settings, list_token FROM account WHERE id = ?1", id.0).fetch_optional(conn).await?;
    Ok(row.map(|row| Link { settings: row.settings, list_token: row.list_token }).unwrap_or_default())
}

/// Remembers what the provider needs to be asked.
pub async fn set_settings(conn: &mut Connection, id: AccountId, settings: Option<&str>) -> Result<()> {
    sqlx::query!("UPDATE account SET settings = ?2 WHERE id = ?1", id.0, settings).execute(conn).await?;
    Ok(())
}

/// Remembers what the provider wants back, in the transaction that wrote the calendars that came with it.
pub async fn set_list_token(conn: &mut Connection, id: AccountId, token: Option<&str>) -> Result<()> {
    sqlx::query!("UPDATE account SET list_token = ?2 WHERE id = ?1", id.0, token).execute(conn).await?;
    Ok(())
}

/// What is wrong with an account, beside the sentence in [`Account::error`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Stable.
    pub code: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Since when it has been so.
    pub since: chrono::DateTime<chrono::Utc>,
}

/// What is wrong with each account that something is wrong with.
pub async fn troubles(conn: &mut Connection) -> Result<Vec<(AccountId, Trouble)>> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", error_code AS "code!", error_hint, error_since AS "since!" FROM account
           WHERE error_code IS NOT NULL AND error_since IS NOT NULL ORDER BY id"#
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let since = read_instant(&row.since)?;
            Ok((AccountId(row.id), Trouble { code: row.code, hint: row.error_hint, since }))
        })
        .collect()
}

/// Says what is wrong, or that nothing is. Trouble of the same code keeps the moment it began.
pub async fn set_trouble(conn: &mut Connection, id: AccountId, trouble: Option<&Trouble>) -> Result<()> {
    let (code, hint) = trouble.map(|trouble| (&trouble.code, &trouble.hint)).unzip();
    let since = trouble.map(|trouble| moment(trouble.since));
    let hint = hint.and_then(Option::as_ref);
    sqlx::query!(
        "UPDATE account SET error_since = CASE WHEN ?2 IS error_code AND ?2 IS NOT NULL THEN error_since ELSE ?4 END,
             error_code = ?2, error_hint = ?3 WHERE id = ?1",
        id.0,
        code,
        hint,
        since
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
