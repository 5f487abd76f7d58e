//! The open vault, and what else the program holds while it runs.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use throughline_app::model::OrganizationId;
use throughline_app::view::{Settings, TakenUp};
use throughline_app::watch::Watch;
use throughline_app::{App, Failure, Logged, Result, Surroundings, about, default_vault_dir, notes, orgs, settings};
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock, watch};

use crate::hints::for_the_window;
use crate::memory::Memory;
use crate::shapes::{Boot, VaultState};
use crate::time::Time;
use crate::under_way::UnderWay;

/// The open vault, and what else the program holds while it runs.
#[derive(Debug)]
pub struct Desk {
    time: Time,
    /// Many actions read it at once; opening and closing wait until none does.
    slot: Arc<RwLock<Slot>>,
    /// Where [`Memory`] is kept; none where the platform has no such folder.
    config: Option<PathBuf>,
    /// Where first run offers to make a vault.
    suggested: PathBuf,
    discreet: AtomicBool,
    /// Whose meetings alone the window shows.
    lens: Mutex<Option<OrganizationId>>,
    /// What was found typed and not saved as the vault was opened, until the window was told.
    taken_up: Mutex<Vec<TakenUp>>,
    /// Where a second start or the tray wants to go before the window listens.
    route: Mutex<Option<String>>,
    /// Told whenever another vault is open, or none.
    switched: watch::Sender<u64>,
    syncs: UnderWay,
    sign_ins: UnderWay,
    surroundings: Surroundings,
}

/// What lies on the desk.
#[derive(Debug)]
enum Slot {
    None,
    Locked(Failure),
    /// With where in its feed it was when it was opened.
    Open(App, Watch),
}

/// The desk, kept from everybody until a vault lies on it.
#[derive(Debug)]
pub struct Reserved(OwnedRwLockWriteGuard<Slot>);

/// The open vault at the moment an action began. While it is held, the vault is neither closed nor changed for another.
#[derive(Debug)]
pub struct Held {
    app: App,
    opened: Watch,
    _open: OwnedRwLockReadGuard<Slot>,
}

impl Held {
    /// For one command, which tells there which entry it makes in the change log.
    #[must_use]
    pub fn logging(self) -> (Self, Logged) {
        let (app, logged) = self.app.logging();
        (Self { app, ..self }, logged)
    }

    /// From when on there can be news of it.
    #[must_use]
    pub fn opened(&self) -> Watch {
        self.opened
    }
}

impl Deref for Held {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl Desk {
    /// An empty desk. `config` is the folder where it is remembered which vault was open.
    #[must_use]
    pub fn new(time: Time, config: Option<PathBuf>, suggested: Option<PathBuf>) -> Self {
        let suggested = suggested.or_else(default_vault_dir).unwrap_or_default();
        Self {
            time,
            slot: Arc::new(RwLock::new(Slot::None)),
            config,
            suggested,
            discreet: AtomicBool::new(false),
            lens: Mutex::new(None),
            taken_up: Mutex::default(),
            route: Mutex::new(None),
            switched: watch::Sender::new(0),
            syncs: UnderWay::default(),
            sign_ins: UnderWay::default(),
            surroundings: Surroundings::default(),
        }
    }

    /// The same, in other surroundings.
    #[must_use]
    pub fn within(self, surroundings: Surroundings) -> Self {
        Self { surroundings, ..self }
    }

    /// The open vault, at this moment.
    ///
    /// # Errors
    /// `no_vault`, or why the one there is could not be opened.
    pub async fn app(&self) -> Result<Held> {
        let open = Arc::clone(&self.slot).read_owned().await;
        match &*open {
            Slot::Open(app, opened) => {
                Ok(Held { app: app.at(self.time.clock()).through(self.lens()), opened: *opened, _open: open })
            }
            Slot::Locked(failure) => Err(failure.clone()),
            Slot::None => {
                Err(Failure::new("no_vault", "No vault is open.").hint("Open one, or make one where there is none."))
            }
        }
    }

    /// Whether the vault in that folder is the one that is open.
    pub async fn has_open(&self, dir: &Path) -> bool {
        self.app().await.is_ok_and(|app| same(app.dir(), dir))
    }

    /// Keeps everybody waiting who asks for the vault, until [`Desk::wake`] is done; none where somebody has it already.
    #[must_use]
    pub fn reserve(&self) -> Option<Reserved> {
        Arc::clone(&self.slot).try_write_owned().ok().map(Reserved)
    }

    /// Opens the vault a start names, or else the one that was open last. That there is none yet is first run; that one
    /// cannot be opened is told by [`Desk::boot`].
    pub async fn wake(&self, reserved: Option<Reserved>, named: Option<PathBuf>) {
        let remembered = || self.config.as_deref().and_then(|config| Memory::read(config).vault);
        let (dir, known) = match named {
            Some(dir) => (dir, false),
            None => match remembered() {
                Some(dir) => (dir, true),
                None => (self.suggested.clone(), false),
            },
        };
        let mut slot = match reserved {
            Some(Reserved(slot)) => slot,
            None => Arc::clone(&self.slot).write_owned().await,
        };
        *slot = match self.opened(&dir).await {
            Ok(slot) => slot,
            Err(failure) if failure.code == "vault_missing" && !known => Slot::None,
            Err(failure) => Slot::Locked(failure),
        };
        drop(slot);
        self.tell();
    }

    /// Opens another vault, and closes the one that was open. Where it cannot be opened, that one stays.
    ///
    /// # Errors
    /// As opening a vault.
    pub async fn open(&self, dir: &Path) -> Result<()> {
        let opened = self.opened(dir).await?;
        self.put(opened).await;
        Ok(())
    }

    /// Closes the open vault, where one is.
    pub async fn close(&self) {
        self.put(Slot::None).await;
    }

    async fn put(&self, slot: Slot) {
        // Whoever syncs or signs in holds the vault, perhaps for minutes.
        self.syncs.cancel();
        self.sign_ins.cancel();
        self.see_through(None);
        let before = std::mem::replace(&mut *self.slot.write().await, slot);
        if let Slot::Open(before, _) = before {
            before.close().await;
        }
        self.tell();
    }

    async fn opened(&self, dir: &Path) -> Result<Slot> {
        let app = App::open(dir, self.time.clock()).await?.within(self.surroundings.clone());
        // What cannot be taken up now is offered by the note it was typed at.
        let found = notes::recover::take_up(&app).await.unwrap_or_default();
        *self.taken_up.lock().unwrap_or_else(PoisonError::into_inner) = found;
        let watch = Watch::start(&app).await?;
        self.remember(dir);
        Ok(Slot::Open(app, watch))
    }

    /// How the program stands: what the window asks first.
    ///
    /// # Errors
    /// As reading the vault.
    pub async fn boot(&self) -> Result<Boot> {
        let clock = self.time.clock();
        let mut settings = Settings::default();
        let mut lens = None;
        let mut taken_up = Vec::new();
        let (state, failure, vault) = match self.app().await {
            Ok(app) => {
                taken_up = std::mem::take(&mut *self.taken_up.lock().unwrap_or_else(PoisonError::into_inner));
                settings = settings::show(&app).await?;
                lens = orgs::lens_of(&app).await?;
                (VaultState::Open, None, Some(about::vault(&app).await?))
            }
            Err(failure) if failure.code == "no_vault" => (VaultState::None, None, None),
            Err(failure) => (VaultState::Locked, Some(for_the_window(failure)), None),
        };
        let boot = Boot::new(state, failure, vault, settings, &self.suggested, &clock, self.discreet());
        let before = self.config.as_deref().map(Memory::read).unwrap_or_default().lately;
        let lately = before.iter().map(|dir| dir.display().to_string()).collect();
        Ok(Boot { lens, taken_up, lately, ..boot })
    }

    /// Whose meetings alone the window shows; it is forgotten with the vault.
    #[must_use]
    pub fn lens(&self) -> Option<OrganizationId> {
        *self.lens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the window show one organization's meetings alone, or everything.
    pub fn see_through(&self, lens: Option<OrganizationId>) {
        *self.lens.lock().unwrap_or_else(PoisonError::into_inner) = lens;
    }

    /// The syncs under way.
    #[must_use]
    pub fn syncs(&self) -> &UnderWay {
        &self.syncs
    }

    /// The sign-ins under way.
    #[must_use]
    pub fn sign_ins(&self) -> &UnderWay {
        &self.sign_ins
    }

    /// Where the time comes from.
    #[must_use]
    pub fn time(&self) -> &Time {
        &self.time
    }

    /// Where first run offers to make a vault.
    #[must_use]
    pub fn suggested(&self) -> &Path {
        &self.suggested
    }

    /// Whether discreet mode is on.
    #[must_use]
    pub fn discreet(&self) -> bool {
        self.discreet.load(Ordering::Relaxed)
    }

    /// Turns discreet mode on or off; tells whether that changed anything.
    pub fn set_discreet(&self, on: bool) -> bool {
        self.discreet.swap(on, Ordering::Relaxed) != on
    }

    /// Keeps a route for a window that does not listen yet.
    pub fn keep_route(&self, route: String) {
        *self.route.lock().unwrap_or_else(PoisonError::into_inner) = Some(route);
    }

    /// The route that was kept, once.
    pub fn take_route(&self) -> Option<String> {
        self.route.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Tells whenever another vault is open, or none.
    pub fn switches(&self) -> watch::Receiver<u64> {
        self.switched.subscribe()
    }

    fn tell(&self) {
        self.switched.send_modify(|count| *count += 1);
    }

    /// That it cannot be remembered is no reason not to work with the vault.
    fn remember(&self, dir: &Path) {
        if let Some(config) = &self.config {
            let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
            let _ = Memory::read(config).opened(dir).write(config);
        }
    }
}

/// Whether they are the same folder.
fn same(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use throughline_app::{people, vault};

    use super::*;

    struct Home(tempfile::TempDir);

    impl Home {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn dir(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn desk(&self) -> Desk {
            Desk::new(Time::new(None, None), Some(self.dir("config")), Some(self.dir("suggested")))
        }

        async fn vault(&self, name: &str) -> PathBuf {
            let dir = self.dir(name);
            vault::init(&dir, Time::new(None, None).clock(), Some("Ana"), None).await.unwrap();
            dir
        }
    }

    #[tokio::test]
    async fn without_a_vault_it_is_first_run() {
        let home = Home::new();
        let desk = home.desk();
        desk.wake(None, None).await;
        let boot = desk.boot().await.unwrap();
        assert_eq!((boot.state, boot.failure.is_none()), (VaultState::None, true));
        assert_eq!(boot.suggested_dir, home.dir("suggested").display().to_string());
        assert_eq!(desk.app().await.unwrap_err().code, "no_vault");
    }

    #[tokio::test]
    async fn the_vault_that_was_open_last_is_opened_again() {
        let home = Home::new();
        let dir = home.vault("one").await;
        let desk = home.desk();
        desk.wake(None, Some(dir.clone())).await;
        assert_eq!(desk.boot().await.unwrap().state, VaultState::Open);
        desk.close().await;
        let desk = home.desk();
        desk.wake(None, None).await;
        let boot = desk.boot().await.unwrap();
        assert_eq!(boot.vault.unwrap().dir, dir.display().to_string());
    }

    #[tokio::test]
    async fn a_vault_that_was_there_and_is_gone_is_not_first_run() {
        let home = Home::new();
        let dir = home.vault("one").await;
        let desk = home.desk();
        desk.wake(None, Some(dir.clone())).await;
        desk.close().await;
        std::fs::remove_dir_all(dir).unwrap();
        let desk = home.desk();
        desk.wake(None, None).await;
        let boot = desk.boot().await.unwrap();
        assert_eq!(boot.state, VaultState::Locked);
        assert_eq!(boot.failure.unwrap().code, "vault_missing");
    }

    #[tokio::test]
    async fn a_vault_that_cannot_be_opened_leaves_the_one_there_is() {
        let home = Home::new();
        let desk = home.desk();
        desk.wake(None, Some(home.vault("one").await)).await;
        assert_eq!(desk.open(&home.dir("nowhere")).await.unwrap_err().code, "vault_missing");
        assert_eq!(desk.boot().await.unwrap().vault.unwrap().name, "one");
        desk.open(&home.vault("two").await).await.unwrap();
        let boot = desk.boot().await.unwrap();
        assert_eq!(boot.vault.unwrap().name, "two");
        assert_eq!(boot.lately, [home.dir("one").display().to_string()]);
    }

    #[tokio::test]
    async fn many_read_at_once_and_closing_waits_for_them() {
        let home = Home::new();
        let desk = Arc::new(home.desk());
        desk.wake(None, Some(home.vault("one").await)).await;
        let first = desk.app().await.unwrap();
        let second = desk.app().await.unwrap();
        let closing = tokio::spawn({
            let desk = Arc::clone(&desk);
            async move { desk.close().await }
        });
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(!closing.is_finished());
        assert!(people::me(&first).await.unwrap().is_some());
        assert!(people::me(&second).await.unwrap().is_some());
        drop((first, second));
        closing.await.unwrap();
        assert_eq!(desk.app().await.unwrap_err().code, "no_vault");
    }
}
