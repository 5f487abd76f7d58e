//! An open vault with the moment it is used at.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use throughline_core::graph::{Graph, View};
use throughline_core::model::{OrganizationId, PersonId};
use throughline_store::{Committed, Connection, Durability, Entry, Read, Vault, Write, facts};
use tokio::sync::{Mutex, MutexGuard};

use crate::Result;
use crate::clock::Clock;
use crate::directory::Directory;
use crate::entropy::Entropy;
use crate::google::Sessions;
use crate::lists::Lists;
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
    lens: Option<OrganizationId>,
    entropy: Arc<Entropy>,
    live: Arc<Mutex<Live>>,
    lists: Arc<Lists>,
    sittings: Arc<Sittings>,
    surroundings: Arc<Surroundings>,
    board: Arc<Board>,
    sessions: Arc<Sessions>,
    asked: Arc<Asked>,
    logged: Logged,
}

/// The number of the entry that a command made in the change log: none before it is done, and none where it changed
/// nothing. [`crate::undo::one`] takes it.
#[derive(Debug, Clone, Default)]
pub struct Logged(Arc<OnceLock<i64>>);

impl Logged {
    /// The number.
    #[must_use]
    pub fn entry(&self) -> Option<i64> {
        self.0.get().copied()
    }
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
            lens: None,
            entropy: Arc::new(entropy),
            live: Arc::default(),
            lists: Arc::default(),
            sittings: Arc::default(),
            surroundings: Arc::default(),
            board: Arc::default(),
            sessions: Arc::default(),
            asked: Arc::default(),
            logged: Logged::default(),
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

    /// The same open vault, seen as if it held only what this organization's meetings hold: whom they met, and what
    /// stands in the notes, private parts left out. Answers and lists heed it; what is written, synced or exported is the
    /// whole vault's.
    #[must_use]
    pub fn through(&self, lens: Option<OrganizationId>) -> Self {
        Self { lens, ..self.clone() }
    }

    /// The same open vault for one command, which tells there which entry it makes in the change log.
    #[must_use]
    pub fn logging(&self) -> (Self, Logged) {
        let logged = Logged::default();
        (Self { logged: logged.clone(), ..self.clone() }, logged)
    }

    /// The organization the vault is seen through.
    #[must_use]
    pub fn lens(&self) -> Option<OrganizationId> {
        self.lens
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

    /// The long lists that were last asked for.
    pub(crate) fn lists(&self) -> &Lists {
        &self.lists
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

    /// [`App::read`] for an answer: through the lens, where there is one.
    pub(crate) async fn look(&self) -> Result<Read> {
        match self.lens {
            Some(organization) => Ok(self.vault.read_through(organization).await?),
            None => self.read().await,
        }
    }

    /// A transaction for what a person wrote or decided.
    pub(crate) async fn write(&self) -> Result<Write> {
        Ok(self.vault.write(Durability::Full).await?)
    }

    /// What the change log is to say of a command.
    pub(crate) fn entry<'a>(&self, command: &'a str) -> Entry<'a> {
        Entry { command, at: self.clock.now, undoes: None, salt: self.entropy.salt() }
    }

    /// Commits a command as one entry of the change log.
    pub(crate) async fn commit(&self, tx: Write, command: &str) -> Result<Committed> {
        let committed = tx.commit(Some(self.entry(command))).await?;
        if let Some(entry) = committed.change {
            let _ = self.logged.0.set(entry);
        }
        Ok(committed)
    }

    /// How a graph is to be asked.
    pub(crate) fn view(&self, me: Option<PersonId>) -> View {
        View { now: self.clock.now, zone: self.clock.zone, me }
    }

    /// The graph of the whole vault, in step with every commit of this and other processes.
    /// Through a lens it is the graph of what is seen, built for the answer.
    pub(crate) async fn live(&self) -> Result<Seen<'_>> {
        if self.lens.is_some() {
            let facts = facts::all(&mut *self.look().await?).await?;
            return Ok(Seen::Part(Box::new(Graph::build(facts))));
        }
        let mut live = self.live.lock().await;
        live.catch_up(&mut *self.read().await?).await?;
        Ok(Seen::Whole(live))
    }

    /// [`App::live`], where it was built before: whoever can do with less does not build it.
    pub(crate) async fn live_if_built(&self) -> Result<Option<Seen<'_>>> {
        if self.lens.is_some() {
            return Ok(None);
        }
        let mut live = self.live.lock().await;
        if !live.is_built() {
            return Ok(None);
        }
        live.catch_up(&mut *self.read().await?).await?;
        Ok(Some(Seen::Whole(live)))
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

/// The graph an answer is asked of.
pub(crate) enum Seen<'a> {
    /// That of the vault.
    Whole(MutexGuard<'a, Live>),
    /// That of what is seen through a lens.
    Part(Box<Graph>),
}

impl Seen<'_> {
    pub(crate) fn graph(&self) -> &Graph {
        match self {
            Self::Whole(live) => live.graph(),
            Self::Part(graph) => graph,
        }
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
