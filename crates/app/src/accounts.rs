//! Accounts and their calendars.

pub mod caldav;
pub(crate) mod subscription;

use std::path::Path;

use throughline_core::calendar::Limits;
use throughline_core::model::{Account, AccountId, AccountState, Calendar, CalendarId, Provider, Times};
use throughline_store::{Kind, Write, account, calendar, meeting};

use crate::app::App;
use crate::view::{self, When};
use crate::{Failure, Result, google, resolve, secrets};

/// Adds an `.ics` file, or a published calendar by its address, as an account, to be read again on every sync; nothing is
/// synced yet. The same again renews the account there is.
///
/// # Errors
/// `file_unreadable`, `not_a_calendar`, `unsupported_address`, and why the address could not be asked.
pub async fn add_ics(app: &App, path: &str, name: Option<&str>) -> Result<view::Account> {
    if subscription::is_address(path) {
        return subscription::add(app, path, name).await;
    }
    let file = Path::new(path);
    let bytes = read_file(file).await?;
    let feed = throughline_calendar::ics::read(&bytes, &Limits::default()).map_err(not_a_calendar)?;
    let address = tokio::fs::canonicalize(file).await.unwrap_or_else(|_| file.to_owned()).display().to_string();
    let named = name.map(str::to_owned).or(feed.name).unwrap_or_else(|| {
        file.file_stem().map_or_else(|| "Calendar".to_owned(), |stem| stem.to_string_lossy().into_owned())
    });
    let named = crate::clean::line(&named);
    let mut tx = app.write().await?;
    let id = match account::at_address(&mut tx, Provider::Ics, &address).await? {
        Some(account) => account.id,
        None => add(app, &mut tx, &named, &address, "file").await?,
    };
    let account = account::get(&mut tx, id).await?.ok_or_else(gone)?;
    app.commit(tx, "account add").await?;
    Ok(told(app, account))
}

/// An account with its one calendar.
async fn add(app: &App, tx: &mut Write, name: &str, address: &str, remote_id: &str) -> Result<AccountId> {
    let id: AccountId = app.id();
    tx.touch_new(Kind::Account, id);
    account::put(
        tx,
        &Account {
            id,
            provider: Provider::Ics,
            name: name.to_owned(),
            address: address.to_owned(),
            state: AccountState::Ok,
            last_sync: None,
            error: None,
        },
    )
    .await?;
    let calendar_id: CalendarId = app.id();
    calendar::put(
        tx,
        &Calendar {
            id: calendar_id,
            account_id: id,
            remote_id: remote_id.to_owned(),
            name: name.to_owned(),
            enabled: true,
            color: None,
            owned: true,
            sync_token: None,
        },
    )
    .await?;
    tx.feed(Kind::Calendar, calendar_id);
    Ok(id)
}

/// The bytes of a file a person named.
pub(crate) async fn read_file(path: &Path) -> Result<Vec<u8>> {
    let unreadable =
        |why: &str| Failure::new("file_unreadable", format!("`{}` {why}.", path.display())).hint("Check the path.");
    match tokio::fs::metadata(path).await {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(unreadable("is not there")),
        Err(_) => return Err(unreadable("cannot be read")),
        Ok(found) if found.is_dir() => return Err(unreadable("is a folder and not a file")),
        Ok(_) => {}
    }
    tokio::fs::read(path).await.map_err(|_| unreadable("cannot be read"))
}

pub(crate) fn not_a_calendar(error: throughline_calendar::ics::IcsError) -> Failure {
    Failure::new("not_a_calendar", format!("This is no calendar: {error}."))
        .hint("Export the calendar as iCalendar (.ics) and name that file.")
}

/// Every account.
///
/// # Errors
/// As reading the vault.
pub async fn list(app: &App) -> Result<view::Accounts> {
    let accounts = account::all(&mut *app.read().await?).await?;
    Ok(view::Accounts { accounts: accounts.into_iter().map(|account| told(app, account)).collect() })
}

/// Removes an account. Its meetings with notes stay as the user's own, the others go. The provider is told that the
/// permission is given back; where it cannot be reached, the account goes all the same.
///
/// # Errors
/// `unknown_account`, `ambiguous`.
pub async fn remove(app: &App, id: &str) -> Result<view::Account> {
    let found = {
        let conn = &mut *app.read().await?;
        let id = resolve::account(conn, id).await?;
        account::get(conn, id).await?.ok_or_else(gone)?
    };
    let session = match found.provider {
        Provider::Google => google::take(app, &found).await,
        _ => None,
    };
    let mut tx = app.write().await?;
    let id = found.id;
    let account = account::get(&mut tx, id).await?.ok_or_else(gone)?;
    tx.touch(Kind::Account, id).await?;
    for calendar in calendar::of_account(&mut tx, id).await? {
        tx.feed(Kind::Calendar, calendar.id);
    }
    let removed = account::remove(&mut tx, id).await?;
    for meeting in removed.kept.iter().chain(&removed.gone).chain(&removed.elsewhere) {
        tx.feed(Kind::Meeting, meeting);
    }
    for series in &removed.series {
        tx.feed(Kind::Series, series);
    }
    // What others still have shows at once what they say of it.
    crate::sync::settle(app, &mut tx, &removed.elsewhere).await?;
    let left = meeting::by_ids(&mut tx, &removed.kept).await?;
    let left: Vec<&Times> = left.iter().map(|left| &left.times).collect();
    crate::queue::offer(app, &mut tx, &left).await?;
    app.commit(tx, "account remove").await?;
    if let Some(session) = session {
        google::leave(app, &session).await;
    }
    if account.provider != Provider::Ics || account.address.contains("://") {
        // The account is gone either way; a keyring that is locked now keeps something of no more use.
        let _ = secrets::remove(app, id).await;
    }
    Ok(told(app, account))
}

/// Every calendar.
///
/// # Errors
/// As reading the vault.
pub async fn calendars(app: &App) -> Result<view::Calendars> {
    let calendars = calendar::all(&mut *app.read().await?).await?;
    Ok(view::Calendars { calendars: calendars.into_iter().map(told_calendar).collect() })
}

/// Says whether a calendar is synced. Turned off, it is asked for no more; its meetings stay as they are.
///
/// # Errors
/// `unknown_calendar`, `ambiguous`.
pub async fn set_enabled(app: &App, id: &str, enabled: bool) -> Result<view::Calendar> {
    let mut tx = app.write().await?;
    let id = resolve::calendar(&mut tx, id).await?;
    tx.touch(Kind::Calendar, id).await?;
    calendar::set_enabled(&mut tx, id, enabled).await?;
    let calendar = calendar::get(&mut tx, id).await?;
    let calendar = calendar.ok_or_else(|| Failure::new("unknown_calendar", "The calendar is not there any more."))?;
    let command = if enabled { "calendar enable" } else { "calendar disable" };
    app.commit(tx, command).await?;
    Ok(told_calendar(calendar))
}

pub(crate) fn told(app: &App, account: Account) -> view::Account {
    view::Account {
        id: account.id,
        provider: account.provider,
        name: account.name,
        state: account.state,
        last_sync: account.last_sync.map(|at| When::at(at, app.clock().zone)),
        error: account.error,
    }
}

pub(crate) fn told_calendar(calendar: Calendar) -> view::Calendar {
    view::Calendar {
        id: calendar.id,
        account_id: calendar.account_id,
        name: calendar.name,
        enabled: calendar.enabled,
        color: calendar.color,
    }
}

pub(crate) fn gone() -> Failure {
    Failure::new("unknown_account", "The account is not there any more.")
}
