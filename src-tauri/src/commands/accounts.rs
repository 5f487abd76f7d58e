//! Accounts, calendars and what their syncs left over.

use throughline_app::view::{Account, Calendar, Meeting, Queued, Sync, SyncStatus};
use throughline_app::{NoProgress, Result, accounts, meetings, queue, sync};

use super::{TheDesk, run};

#[tauri::command]
#[specta::specta]
pub async fn sync_status(desk: TheDesk<'_>) -> Result<SyncStatus> {
    run(&desk, async move |app| sync::status(&app).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn sync(desk: TheDesk<'_>, account: Option<String>, accept_deletions: bool) -> Result<Sync> {
    let syncing = desk.syncs().begin();
    run(&desk, async move |app| {
        let cancel = syncing.cancel();
        sync::run(&app, &sync::Options { account, accept_deletions, cancel, ..sync::Options::default() }, &NoProgress)
            .await
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

#[tauri::command]
#[specta::specta]
pub async fn relink(desk: TheDesk<'_>, meeting: String, to: String) -> Result<Meeting> {
    run(&desk, async move |app| meetings::relink(&app, &meeting, &to).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn queue_keep(desk: TheDesk<'_>, meeting: String) -> Result<Meeting> {
    run(&desk, async move |app| queue::keep(&app, &meeting).await).await
}
