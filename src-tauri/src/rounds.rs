//! Syncing by itself while a vault is open, as often as its settings say.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;
use throughline_app::sync::{Background, Surface};
use throughline_app::view::SyncStatus;
use throughline_app::{App, settings};

use crate::desk::Desk;
use crate::{aside, events, hints};

/// How often the settings are looked at.
const LOOK: Duration = Duration::from_secs(30);

/// Goes round for as long as the program runs.
pub fn start<R: Runtime>(app: &AppHandle<R>) {
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    let window = app.clone();
    aside::start(async move || {
        let mut switches = desk.switches();
        loop {
            let window = window.clone();
            let syncing = Rounds::begin(&desk, move |status| {
                let mut status = status.clone();
                hints::of_status(&mut status);
                let _ = events::SyncStatusEvent(status).emit(&window);
            });
            let syncing = syncing.await;
            loop {
                tokio::select! {
                    changed = switches.changed() => {
                        if let Some(syncing) = &syncing {
                            syncing.background.stop();
                        }
                        if changed.is_err() {
                            return;
                        }
                        break;
                    }
                    () = tokio::time::sleep(LOOK) => match &syncing {
                        Some(syncing) => syncing.ask_settings(&desk).await,
                        // A vault that was busy for a moment would otherwise not be synced before the next start.
                        None => break,
                    },
                }
            }
        }
    });
}

/// The syncing of one open vault.
struct Rounds {
    background: Background,
    minutes: Arc<AtomicU32>,
}

impl Rounds {
    /// Begins to sync the open vault; none where none is open.
    async fn begin(desk: &Arc<Desk>, tell: impl Fn(&SyncStatus) + Send + Sync + 'static) -> Option<Self> {
        let held = desk.app().await.ok()?;
        let minutes = Arc::new(AtomicU32::new(settings::show(&held).await.ok()?.sync_minutes.into()));
        let (time, every, syncs) = (Arc::clone(desk), Arc::clone(&minutes), desk.syncs().clone());
        let surface = Surface {
            clock: Box::new(move || time.time().clock()),
            minutes: Box::new(move || every.load(Ordering::Relaxed)),
            tell: Box::new(tell),
            cancel: Box::new(move || syncs.cancel_of_now()),
        };
        let background = Background::new(App::clone(&held), surface);
        drop(held);
        let running = background.clone();
        aside::start(async move || running.run().await);
        Some(Self { background, minutes })
    }

    /// Takes up what the settings say by now.
    async fn ask_settings(&self, desk: &Desk) {
        let Ok(held) = desk.app().await else { return };
        let Ok(settings) = settings::show(&held).await else { return };
        let every = u32::from(settings.sync_minutes);
        if self.minutes.swap(every, Ordering::Relaxed) != every {
            self.background.look_again();
        }
    }
}

#[cfg(test)]
mod tests {
    use throughline_app::{accounts, meetings, vault};

    use super::*;
    use crate::time::Time;

    const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:one\r\n\
        DTSTAMP:20261101T000000Z\r\nDTSTART:20261124T100000Z\r\nDTEND:20261124T110000Z\r\nSUMMARY:Planning\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";

    #[tokio::test]
    async fn an_open_vault_comes_in_step_by_itself() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("vault");
        let file = home.path().join("team.ics");
        std::fs::write(&file, CALENDAR).unwrap();
        let time = Time::new(Some("2026-11-24T09:00:00Z".parse().unwrap()), Some(chrono_tz::Tz::UTC));
        vault::init(&dir, time.clock(), Some("Ana"), None).await.unwrap();
        let app = App::open(&dir, time.clock()).await.unwrap();
        accounts::add_ics(&app, file.to_str().unwrap(), None).await.unwrap();
        let desk = Arc::new(Desk::new(time, None, Some(dir.clone())));
        assert!(Rounds::begin(&Arc::clone(&desk), |_| {}).await.is_none(), "no vault is open yet");
        desk.wake(None, Some(dir)).await;
        let rounds = Rounds::begin(&desk, |_| {}).await.expect("a vault is open");
        let filter = meetings::Filter::default();
        for _ in 0..600 {
            if !meetings::list(&app, &filter).await.unwrap().meetings.is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        rounds.background.stop();
        let found = meetings::list(&app, &filter).await.unwrap().meetings;
        assert_eq!(found.len(), 1);
    }
}
