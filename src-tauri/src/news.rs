//! News for the window: what was committed, and which vault is open.

use std::sync::Arc;

use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;
use throughline_app::sync;
use throughline_app::watch::{PAUSE, Watch};

use crate::desk::Desk;
use crate::{aside, events, window};

/// Tells the window what is committed to the open vault, by whomever, for as long as the program runs.
pub async fn tell<R: Runtime>(app: AppHandle<R>, desk: Arc<Desk>) {
    let mut switches = desk.switches();
    let mut watch: Option<Watch> = None;
    let mut synced = false;
    loop {
        if switches.has_changed().unwrap_or(false) {
            switches.mark_unchanged();
            watch = desk.app().await.ok().map(|held| held.opened());
            window::entitle(&app, &desk).await;
        }
        let Some(watch) = &mut watch else {
            if switches.changed().await.is_err() {
                return;
            }
            switches.mark_changed();
            continue;
        };
        let syncing = desk.syncs().any();
        // A look that fails, while the vault is closed or busy, is made up for by the next.
        if let Ok(held) = desk.app().await {
            if let Ok(Some(changed)) = watch.look(&held).await {
                let _ = events::ChangedEvent(changed).emit(&app);
            }
            // Once more after the last one ended: then it says how it went.
            if (syncing || synced)
                && let Ok(status) = sync::status(&held).await
            {
                let _ = events::SyncStatusEvent(status).emit(&app);
            }
        }
        synced = syncing;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Starts telling.
pub fn start<R: Runtime>(app: &AppHandle<R>) {
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    let app = app.clone();
    aside::start(async move || tell(app, desk).await);
}
