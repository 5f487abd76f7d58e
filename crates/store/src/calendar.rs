//! Calendars of accounts.

use throughline_core::model::{AccountId, Calendar, CalendarId};
use uuid::Uuid;

use crate::{Connection, Result};

/// The calendar, where there is one.
pub async fn get(conn: &mut Connection, id: CalendarId) -> Result<Option<Calendar>> {
    Ok(all(conn).await?.into_iter().find(|calendar| calendar.id == id))
}

/// The calendars of an account, by name.
pub async fn of_account(conn: &mut Connection, account: AccountId) -> Result<Vec<Calendar>> {
    Ok(all(conn).await?.into_iter().filter(|calendar| calendar.account_id == account).collect())
}

/// All of them, by account, then name.
pub async fn all(conn: &mut Connection) -> Result<Vec<Calendar>> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", account_id AS "account!: Uuid", remote_id, name, enabled AS "enabled!: bool", color,
                  owned AS "owned!: bool", sync_token FROM calendar ORDER BY account_id, name, id"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Calendar {
            id: CalendarId(row.id),
            account_id: AccountId(row.account),
            remote_id: row.remote_id,
            name: row.name,
            enabled: row.enabled,
            color: row.color,
            owned: row.owned,
            sync_token: row.sync_token,
        })
        .collect())
}

/// Makes a calendar, or changes it.
pub async fn put(conn: &mut Connection, calendar: &Calendar) -> Result<()> {
    sqlx::query!(
        "INSERT INTO calendar (id, account_id, remote_id, name, enabled, color, owned, sync_token)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET remote_id = excluded.remote_id, name = excluded.name,
             enabled = excluded.enabled, color = excluded.color, owned = excluded.owned,
             sync_token = excluded.sync_token",
        calendar.id.0,
        calendar.account_id.0,
        calendar.remote_id,
        calendar.name,
        calendar.enabled,
        calendar.color,
        calendar.owned,
        calendar.sync_token
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Says whether it is synced; touch [`crate::Kind::Calendar`] first.
pub async fn set_enabled(conn: &mut Connection, id: CalendarId, enabled: bool) -> Result<()> {
    sqlx::query!("UPDATE calendar SET enabled = ?2 WHERE id = ?1", id.0, enabled).execute(conn).await?;
    Ok(())
}

/// Remembers what the provider wants back for the next sync, in the transaction that wrote what came with it.
pub async fn set_sync_token(conn: &mut Connection, id: CalendarId, token: Option<&str>) -> Result<()> {
    sqlx::query!("UPDATE calendar SET sync_token = ?2 WHERE id = ?1", id.0, token).execute(conn).await?;
    Ok(())
}

/// What is remembered of a calendar for its provider alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// Where it is, where the provider says so.
    pub url: Option<String>,
    /// "owner", "writer", "reader" or "free_busy".
    pub access: Option<String>,
    /// Whether it is the account's first calendar.
    pub primary: bool,
    /// What the server said of the version that was fetched last, for those without a sync token.
    pub etag: Option<String>,
    /// The same, as a date of HTTP.
    pub last_modified: Option<String>,
}

/// What the provider needs of a calendar; nothing where there is no such calendar.
pub async fn link(conn: &mut Connection, id: CalendarId) -> Result<Link> {
    let row = sqlx::query!(
        r#"SELECT url, access, is_primary AS "primary!: bool", etag, last_modified FROM calendar WHERE id = ?1"#,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row
        .map(|row| Link {
            url: row.url,
            access: row.access,
            primary: row.primary,
            etag: row.etag,
            last_modified: row.last_modified,
        })
        .unwrap_or_default())
}

/// Remembers where a calendar is and what it is to the user.
pub async fn set_place(
    conn: &mut Connection,
    id: CalendarId,
    url: Option<&str>,
    access: Option<&str>,
    primary: bool,
) -> Result<()> {
    sqlx::query!(
        "UPDATE calendar SET url = ?2, access = ?3, is_primary = ?4 WHERE id = ?1",
        id.0,
        url,
        access,
        primary
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Remembers which version was fetched last, in the transaction that wrote what came with it.
pub async fn set_version(
    conn: &mut Connection,
    id: CalendarId,
    etag: Option<&str>,
    last_modified: Option<&str>,
) -> Result<()> {
    sqlx::query!("UPDATE calendar SET etag = ?2, last_modified = ?3 WHERE id = ?1", id.0, etag, last_modified)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets a calendar that the provider no longer has, with its events. Its meetings are to be planned away before.
pub async fn remove(conn: &mut Connection, id: CalendarId) -> Result<()> {
    sqlx::query!("DELETE FROM calendar WHERE id = ?1", id.0).execute(conn).await?;
    Ok(())
}
