//! News for the window: what was committed, how syncs go, and which vault is open.

use std::sync::Arc;

use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;
use throughline_app::view::SyncStatus;
use throughline_app::watch::{Changed, PAUSE, Watch};
use throughline_app::{about, sync};

use crate::desk::Desk;
use crate::{aside, events, hints, window};

/// A piece of news.
#[derive(Debug)]
enum News {
    /// Another vault is open, of this name; or none is.
    Vault(Option<String>),
    Changed(Changed),
    Status(SyncStatus),
}

/// Tells the window for as long as the program runs.
pub fn start<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    aside::start(async move || {
        // A window that is gone needs not know.
        let tell = |news| match news {
            News::Vault(name) => window::entitle(&app, name.as_deref()),
            News::Changed(changed) => drop(events::ChangedEvent(changed).emit(&app)),
            News::Status(status) => drop(events::SyncStatusEvent(status).emit(&app)),
        };
        follow(&desk, tell).await;
    });
}

/// Follows whatever vault is open, and tells what is committed to it, by whomever.
async fn follow(desk: &Desk, mut tell: impl FnMut(News)) {
    let mut switches = desk.switches();
    // The vault may have been opened before anybody followed.
    switches.mark_changed();
    let mut watch: Option<Watch> = None;
    let mut synced = false;
    loop {
        if switches.has_changed().unwrap_or(false) {
            switches.mark_unchanged();
            let held = desk.app().await.ok();
            watch = held.as_ref().map(|held| held.opened());
            let name = match &held {
                Some(held) => about::vault(held).await.ok().map(|vault| vault.name),
                None => None,
            };
            tell(News::Vault(name));
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
                tell(News::Changed(changed));
            }
            // Once more after the last one ended: then it says how it went.
            if (syncing || synced)
                && let Ok(mut status) = sync::status(&held).await
            {
                hints::of_status(&mut status);
                tell(News::Status(status));
            }
        }
        synced = syncing;
        tokio::time::sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::Duration;

    use throughline_app::{App, meetings, vault};
    use tokio::sync::mpsc;

    use super::*;
    use crate::time::Time;

    async fn vault(home: &tempfile::TempDir, name: &str) -> PathBuf {
        let dir = home.path().join(name);
        vault::init(&dir, Time::new(None, None).clock(), Some("Ana"), None).await.unwrap();
        dir
    }

    async fn meet(dir: &std::path::Path) {
        let app = App::open(dir, Time::new(None, None).clock()).await.unwrap();
        let new = meetings::NewMeeting { title: "New".into(), start: "today".into(), end: None, attendees: vec![] };
        meetings::new(&app, &new).await.unwrap();
        app.close().await;
    }

    #[tokio::test]
    async fn what_others_commit_to_the_open_vault_is_told_within_a_second() {
        let home = tempfile::tempdir().unwrap();
        let (one, two) = (vault(&home, "one").await, vault(&home, "two").await);
        let desk = Desk::new(Time::new(None, None), None, None);
        desk.wake(None, Some(one.clone())).await;
        let (told, mut news) = mpsc::unbounded_channel();
        let mut next = async || {
            let next = tokio::time::timeout(Duration::from_secs(1), news.recv());
            next.await.expect("news within a second").unwrap()
        };
        let story = async {
            assert!(matches!(next().await, News::Vault(Some(name)) if name == "one"));
            meet(&one).await;
            let News::Changed(first) = next().await else { panic!("not a change") };
            assert!(first.touched.iter().any(|touched| touched.kind == "meeting"));
            desk.open(&two).await.unwrap();
            assert!(matches!(next().await, News::Vault(Some(name)) if name == "two"));
            meet(&one).await;
            meet(&two).await;
            assert!(matches!(next().await, News::Changed(_)));
            desk.close().await;
            assert!(matches!(next().await, News::Vault(None)));
        };
        tokio::select! {
            () = follow(&desk, |news| drop(told.send(news))) => panic!("it follows for ever"),
            () = story => {}
        }
    }
}
