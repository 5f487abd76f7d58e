//! Backups taken by themselves while a vault is open.

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager, Runtime};
use throughline_app::backups;

use crate::aside;
use crate::desk::Desk;

/// A start of the program is no time to copy a vault.
const AFTER_START: Duration = Duration::from_mins(1);
/// How often to look whether one is due.
const LOOK: Duration = Duration::from_mins(20);

/// Looks for as long as the program runs. That one could not be taken the vault remembers, and settings tell.
pub fn start<R: Runtime>(app: &AppHandle<R>) {
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    aside::start(async move || {
        tokio::time::sleep(AFTER_START).await;
        loop {
            look(&desk).await;
            tokio::time::sleep(LOOK).await;
        }
    });
}

async fn look(desk: &Desk) {
    if let Ok(held) = desk.app().await {
        let _ = backups::take_due(&held).await;
    }
}

#[cfg(test)]
mod tests {
    use throughline_app::vault;

    use super::*;
    use crate::time::Time;

    #[tokio::test]
    async fn an_open_vault_is_backed_up_by_itself_once_a_day() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("vault");
        let desk = |now: &str| Desk::new(Time::new(Some(now.parse().unwrap()), Some(chrono_tz::Tz::UTC)), None, None);
        vault::init(&dir, desk("2026-11-24T09:00:00Z").time().clock(), Some("Ana"), None).await.unwrap();
        for (now, count) in [("2026-11-24T09:00:00Z", 1), ("2026-11-24T21:00:00Z", 1), ("2026-11-25T00:10:00Z", 2)] {
            let desk = desk(now);
            look(&desk).await;
            desk.wake(None, Some(dir.clone())).await;
            look(&desk).await;
            let held = desk.app().await.unwrap();
            assert_eq!(backups::list(&held).await.unwrap().backups.len(), count, "{now}");
        }
    }
}
