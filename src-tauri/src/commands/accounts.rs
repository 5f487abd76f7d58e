//! Accounts, calendars and what their syncs left over.

use tauri::AppHandle;
use throughline_app::accounts::caldav::NewCaldav;
use throughline_app::secrets::{self, Secret};
use throughline_app::view::{Account, Calendar, Meeting, MovedMeeting, Queued, SecretsKept, Sync, SyncStatus, Undo};
use throughline_app::{NoProgress, Result, accounts, google, meetings, queue, sync, undo};

use super::{TheDesk, change, run};
use crate::hints;
use crate::shapes::Done;

#[tauri::command]
#[specta::specta]
pub async fn sync_status(desk: TheDesk<'_>) -> Result<SyncStatus> {
    run(&desk, async move |app| {
        let mut status = sync::status(&app).await?;
        hints::of_status(&mut status);
        Ok(status)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn sync(desk: TheDesk<'_>, account: Option<String>, accept_deletions: bool) -> Result<Sync> {
    let syncing = desk.syncs().begin();
    run(&desk, async move |app| {
        let cancel = syncing.cancel();
        let options = sync::Options { account, accept_deletions, cancel, ..sync::Options::default() };
        let mut done = sync::run(&app, &options, &NoProgress).await?;
        hints::of_sync(&mut done);
        Ok(done)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn sync_cancel(desk: TheDesk<'_>) -> Result<()> {
    desk.syncs().cancel();
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn account_add_ics(desk: TheDesk<'_>, path_or_url: String) -> Result<Account> {
    run(&desk, async move |app| accounts::add_ics(&app, &path_or_url, None).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn account_add_caldav(
    desk: TheDesk<'_>,
    url: String,
    user: String,
    password: String,
    insecure: bool,
) -> Result<Account> {
    let new = NewCaldav {
        server: url,
        user: Some(user).filter(|user| !user.is_empty()),
        secret: Secret::new(password),
        bearer: false,
        accept_invalid_certificate: insecure,
        name: None,
    };
    run(&desk, async move |app| accounts::caldav::add(&app, &new).await).await
}

/// Opens the browser, and waits until the person is back from it, or gives up.
#[tauri::command]
#[specta::specta]
pub async fn account_add_google(handle: AppHandle, desk: TheDesk<'_>, client_file: Option<String>) -> Result<Account> {
    let signing_in = desk.sign_ins().begin();
    run(&desk, async move |app| {
        let waiting = google::sign_in(&app, client_file.as_deref()).await?;
        super::window::open(&handle, waiting.url())?;
        Ok(waiting.finish(&app, &signing_in.cancel()).await?.account)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn account_add_cancel(desk: TheDesk<'_>) -> Result<()> {
    desk.sign_ins().cancel();
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn secrets_kept(desk: TheDesk<'_>) -> Result<SecretsKept> {
    run(&desk, async move |app| secrets::kept(&app).await).await
}

/// Takes the passphrase of the encrypted file that stands in for a keyring, for as long as the vault is open.
#[tauri::command]
#[specta::specta]
pub async fn secrets_unlock(desk: TheDesk<'_>, passphrase: String) -> Result<()> {
    run(&desk, async move |app| secrets::unlock(&app, Secret::new(passphrase)).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn account_remove(desk: TheDesk<'_>, id: String) -> Result<Account> {
    run(&desk, async move |app| accounts::remove(&app, &id).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn calendar_enable(desk: TheDesk<'_>, id: String, enabled: bool) -> Result<Calendar> {
    run(&desk, async move |app| accounts::set_enabled(&app, &id, enabled).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn queue(desk: TheDesk<'_>) -> Result<Vec<Queued>> {
    run(&desk, async move |app| Ok(queue::list(&app).await?.queue)).await
}

/// What the last sync moved along with its series, for a week.
#[tauri::command]
#[specta::specta]
pub async fn sync_moved(desk: TheDesk<'_>) -> Result<Vec<MovedMeeting>> {
    run(&desk, async move |app| Ok(queue::list(&app).await?.moved)).await
}

/// What the last sync moved was seen, and is told no more beside the views.
#[tauri::command]
#[specta::specta]
pub async fn moves_seen(desk: TheDesk<'_>) -> Result<()> {
    run(&desk, async move |app| undo::see_moves(&app).await).await
}

/// Takes back what the last sync moved, whatever was done since.
#[tauri::command]
#[specta::specta]
pub async fn undo_sync(desk: TheDesk<'_>) -> Result<Undo> {
    run(&desk, async move |app| undo::moves(&app).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn relink(desk: TheDesk<'_>, meeting: String, to: String) -> Result<Done<Meeting>> {
    change(&desk, async move |app| meetings::relink(&app, &meeting, &to).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn queue_keep(desk: TheDesk<'_>, meeting: String) -> Result<Done<Meeting>> {
    change(&desk, async move |app| queue::keep(&app, &meeting).await).await
}
