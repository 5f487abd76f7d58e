//! An open vault with the moment it is used at.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use throughline_core::graph::{Graph, View};
use throughline_core::model::PersonId;
use throughline_store::{Connection, Durability, Entry, Read, Vault, Write};
use tokio::sync::{Mutex, MutexGuard};

use crate::Result;
use crate::clock::Clock;
use crate::directory::Directory;
use crate::entropy::Entropy;
use crate::google::Sessions;
use crate::live::Live;
use crate::notes::sitting::{self, Sittings};
use crate::secrets::Asked;
use crate::surroundings::Surroundings;
use crate::sync::Board;

/// An open vault with the moment it is used at: what every action is given. Cheap to clone; clones share the vault, its
/// connections and its graph.
#[derive(Debug, Clone)]
pub struct App {
    vault: Vault,
    clock: Clock,
    entropy: Arc<Entropy>,
    live: Arc<Mutex<Live>>,
    sittings: Arc<Sittings>,
    surroundings: Arc<Surroundings>,
    board: Arc<Board>,
    sessions: Arc<Sessions>,
    asked: Arc<Asked>,
}

impl App {
    /// Opens the vault in `dir`; a vault of an older version is migrated, after a snapshot. Sittings at notes that a
    /// program which is gone left open are closed.
    ///
    /// # Errors
    /// `vault_missing`, `not_a_vault`, `vault_newer`, `vault_damaged`, `vault_busy`, `vault_read_only`, `disk_full`.
    pub async fn open(dir: &Path, clock: Clock) -> Result<Self> {
        let app = Self::with(Vault::open(dir).await?, clock, Entropy::system());
        // Where somebody else writes just now, or nobody may, the next one to open it sees to that.
        let _ = sitting::finish_cut_short(&app).await;
        Ok(app)
    }

    /// Makes a vault in `dir` and opens it.
    pub(crate) async fn create(dir: &Path, clock: Clock, entropy: Entropy) -> Result<Self> {
        Ok(Self::with(Vault::create(dir).await?, clock, entropy))
    }

    fn with(vault: Vault, clock: Clock, entropy: Entropy) -> Self {
        Self {
            vault,
            clock,
            entropy: Arc::new(entropy),
            live: Arc::default(),
            sittings: Arc::default(),
            surroundings: Arc::default(),
            board: Arc::default(),
            sessions: Arc::default(),
            asked: Arc::default(),
        }
    }

    /// The same open vault, with what surrounds it: the environment, somebody to ask for a passphrase.
    #[must_use]
    pub fn within(self, surroundings: Surroundings) -> Self {
        Self { surroundings: Arc::new(surroundings), ..self }
    }

    /// The same vault at another moment, or in another zone.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// The same open vault at another moment: what a program that keeps it open hands to each action.
    #[must_use]
    pub fn at(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// The moment it is used at.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The vault's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.vault.dir()
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    pub(crate) fn sittings(&self) -> &Arc<Sittings> {
        &self.sittings
    }

    pub(crate) fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Which syncs are under way in this program.
    pub(crate) fn board(&self) -> &Arc<Board> {
        &self.board
    }

    /// The passphrase that was asked for, where one was.
    pub(crate) fn asked_passphrase(&self) -> &Asked {
        &self.asked
    }

    /// The sign-ins in use in this program.
    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    pub(crate) fn entropy(&self) -> &Entropy {
        &self.entropy
    }

    /// A new id.
    pub(crate) fn id<T: From<uuid::Uuid>>(&self) -> T {
        self.entropy.id(self.clock.now).into()
    }

    pub(crate) async fn read(&self) -> Result<Read> {
        Ok(self.vault.read().await?)
    }

    /// A transaction for what a person wrote or decided.
    pub(crate) async fn write(&self) -> Result<Write> {
        Ok(self.vault.write(Durability::Full).await?)
    }

    /// What the change log is to say of a command.
    pub(crate) fn entry<'a>(&self, command: &'a str) -> Entry<'a> {
        Entry { command, at: self.clock.now, undoes: None, salt: self.entropy.salt() }
    }

    /// How a graph is to be asked.
    pub(crate) fn view(&self, me: Option<PersonId>) -> View {
        View { now: self.clock.now, zone: self.clock.zone, me }
    }

    /// The graph of the whole vault, in step with every commit of this and other processes.
    pub(crate) async fn live(&self) -> Result<MutexGuard<'_, Live>> {
        let mut live = self.live.lock().await;
        live.catch_up(&mut *self.read().await?).await?;
        Ok(live)
    }

    /// Looks at the graph of the whole vault; built when first asked for, then kept current by what is committed.
    ///
    /// # Errors
    /// As reading the vault.
    pub async fn with_graph<T>(&self, look: impl FnOnce(&Graph) -> T + Send) -> Result<T> {
        Ok(look(self.live().await?.graph()))
    }

    /// Closes the vault, and puts what stands in its log into the database file. Open sittings are closed.
    pub async fn close(self) {
        // What cannot be closed now is when the vault is opened again.
        let _ = sitting::close_all(&self).await;
        self.vault.close().await;
    }
}

/// Everybody in the vault.
pub(crate) async fn directory(conn: &mut Connection) -> Result<Directory> {
    use throughline_store::{organization, person};
    Ok(Directory::new(person::all(conn).await?, organization::all(conn).await?))
}

/// Where a vault lives when nobody says otherwise: the platform's data folder. `None` where the platform has none.
#[must_use]
pub fn default_vault_dir() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "throughline").map(|dirs| dirs.data_dir().join("vault"))
}
