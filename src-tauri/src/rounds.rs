//! Syncing by itself: soon after a vault is opened, and then as often as its settings say.

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager, Runtime};
use throughline_app::{NoProgress, Result, settings, sync};

use crate::aside;
use crate::desk::Desk;

/// How long a vault is left alone after it was opened: first the window shows what is there.
const FIRST: Duration = Duration::from_secs(5);
/// How long to wait where the settings cannot be asked, since no vault is open.
const OTHERWISE: Duration = Duration::from_secs(60);

/// Goes round for as long as the program runs.
pub fn start<R: Runtime>(app: &AppHandle<R>) {
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    aside::start(async move || {
        let mut switches = desk.switches();
        let mut pause = FIRST;
        loop {
            tokio::select! {
                changed = switches.changed() => match changed {
                    Ok(()) => pause = FIRST,
                    Err(_) => return,
                },
                () = tokio::time::sleep(pause) => pause = round(&desk).await.unwrap_or(OTHERWISE),
            }
        }
    });
}

/// Syncs every account whose time has come, and tells when to do so again. What went wrong is told by the accounts'
/// status.
async fn round(desk: &Desk) -> Result<Duration> {
    let syncing = desk.syncs().begin();
    let app = desk.app().await?;
    let minutes = settings::show(&app).await?.sync_minutes;
    for account in sync::due(&app).await? {
        let account = Some(account.to_string());
        let options = sync::Options { account, cancel: syncing.cancel(), ..sync::Options::default() };
        sync::run(&app, &options, &NoProgress).await?;
    }
    Ok(Duration::from_secs(u64::from(minutes.max(1)) * 60))
}

#[cfg(test)]
mod tests {
    use throughline_app::{App, accounts, meetings, vault};

    use super::*;
    use crate::time::Time;

    const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:one\r\n\
        DTSTAMP:20261101T000000Z\r\nDTSTART:20261124T100000Z\r\nDTEND:20261124T110000Z\r\nSUMMARY:Planning\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";

    #[tokio::test]
    async fn a_round_brings_accounts_in_step() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("vault");
        let file = home.path().join("team.ics");
        std::fs::write(&file, CALENDAR).unwrap();
        let time = Time::new(Some("2026-11-24T09:00:00Z".parse().unwrap()), Some(chrono_tz::Tz::UTC));
        vault::init(&dir, time.clock(), Some("Ana"), None).await.unwrap();
        let app = App::open(&dir, time.clock()).await.unwrap();
        accounts::add_ics(&app, file.to_str().unwrap(), None).await.unwrap();
        let desk = Desk::new(time, None, Some(dir.clone()));
        assert!(round(&desk).await.is_err(), "no vault is open yet");
        desk.wake(None, Some(dir)).await;
        assert!(round(&desk).await.unwrap() >= Duration::from_secs(60));
        let found = meetings::list(&app, &meetings::Filter::default()).await.unwrap().meetings;
        assert_eq!(found.len(), 1);
        assert!(!desk.syncs().any());
    }
}
