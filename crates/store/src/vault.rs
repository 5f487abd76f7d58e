//! Opening a vault, and its transactions.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, Transaction};
use throughline_core::model::OrganizationId;
use tokio::sync::Mutex;

use crate::lock::{Claim, Lock};
use crate::tx::{Durability, Read, Write};
use crate::{Error, Result, migrate};

/// The database's file name inside the vault's folder.
pub const DATABASE: &str = "throughline.db";

/// How long a writer waits for others.
const PATIENCE: Duration = Duration::from_secs(10);
const READERS: u32 = 4;

/// An open vault. Cheap to clone; several processes may hold one vault open.
#[derive(Debug, Clone)]
pub struct Vault {
    dir: Arc<Path>,
    readers: SqlitePool,
    /// What a person wrote: on disk when the commit returns.
    full: SqlitePool,
    /// What a sync can fetch again: a power cut may take the last commits.
    normal: SqlitePool,
    turn: Arc<Mutex<()>>,
    patience: Duration,
    _lock: Arc<Lock>,
}

impl Vault {
    /// Makes a vault in `dir`, which is made where it is missing. [`Error::Exists`] where there is one already.
    pub async fn create(dir: &Path) -> Result<Self> {
        let database = dir.join(DATABASE);
        if std::fs::symlink_metadata(&database).is_ok() || dir.is_file() {
            return Err(Error::Exists(dir.to_owned()));
        }
        std::fs::create_dir_all(dir).map_err(|error| match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly,
            _ => error.into(),
        })?;
        let alone = Lock::take(dir, Claim::Alone).await?;
        migrate::create(&database).await?;
        drop(alone);
        Self::open(dir).await
    }

    /// Opens the vault in `dir`; a vault of an older program is migrated, after a snapshot into `backups/`.
    pub async fn open(dir: &Path) -> Result<Self> {
        Self::open_with_patience(dir, PATIENCE).await
    }

    /// Opens the vault with another patience than ten seconds: how long a writer waits before [`Error::Busy`].
    pub async fn open_with_patience(dir: &Path, patience: Duration) -> Result<Self> {
        let database = dir.join(DATABASE);
        check_files(dir, &database)?;
        let mut lock = Lock::take(dir, Claim::Shared).await?;
        if migrate::pending(&database).await? {
            drop(lock);
            let alone = Lock::take(dir, Claim::Alone).await?;
            migrate::migrate(dir, &database).await?;
            drop(alone);
            lock = Lock::take(dir, Claim::Shared).await?;
        }
        let pool = |connections: u32, synchronous| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .idle_timeout(None)
                .max_lifetime(None)
                .test_before_acquire(false)
                .acquire_timeout(patience.max(Duration::from_millis(100)))
                .connect_lazy_with(connect(&database).busy_timeout(patience).synchronous(synchronous))
        };
        Ok(Self {
            readers: pool(READERS, SqliteSynchronous::Full),
            full: pool(1, SqliteSynchronous::Full),
            normal: pool(1, SqliteSynchronous::Normal),
            dir: dir.into(),
            turn: Arc::default(),
            patience,
            _lock: Arc::new(lock),
        })
    }

    /// The vault's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folder of its backups and snapshots; it may not be there yet.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.dir.join(migrate::BACKUPS)
    }

    /// Waits until no other process holds the lock of this name, up to ten seconds, then [`Error::Busy`]. It is held until
    /// dropped, or until the process ends, however it ends.
    pub async fn alone(&self, name: &str) -> Result<Lock> {
        Lock::named(&self.dir, &format!("{name}.lock"), Claim::Alone).await
    }

    /// A consistent view of the vault as it is at the first query, for as long as it lives.
    pub async fn read(&self) -> Result<Read> {
        Ok(Read(self.readers.begin().await?))
    }

    /// [`Vault::read`], as if the vault held only what that organization's meetings hold; see [`crate::lens`].
    pub async fn read_through(&self, organization: OrganizationId) -> Result<Read> {
        let mut read = self.readers.begin().await?;
        crate::lens::narrow(&mut read, organization).await?;
        Ok(Read(read))
    }

    /// The one writer there can be. Waits for others, in this process and outside, up to ten seconds, then
    /// [`Error::Busy`]. Dropped without a commit it leaves no trace.
    pub async fn write(&self, durability: Durability) -> Result<Write> {
        let turn = tokio::time::timeout(self.patience, self.turn.clone().lock_owned()).await;
        let turn = turn.map_err(|_| Error::Busy)?;
        let pool = match durability {
            Durability::Full => &self.full,
            Durability::Normal => &self.normal,
        };
        Ok(Write::new(begin(pool).await?, turn))
    }

    /// Closes all connections, waiting for open transactions; what is in the log file goes into the database.
    pub async fn close(self) {
        self.readers.close().await;
        self.normal.close().await;
        self.full.close().await;
    }
}

/// Begins to write. A full disk ends a transaction by SQLite's own hand, of which the connection's count of transactions
/// knows nothing: such a connection begins none any more, and makes room for a new one.
async fn begin(pool: &SqlitePool) -> Result<Transaction<'static, Sqlite>> {
    const BEGIN: &str = "BEGIN IMMEDIATE";
    match pool.begin_with(BEGIN).await {
        Err(sqlx::Error::InvalidSavePointStatement) => {
            pool.acquire().await?.close().await?;
            Ok(pool.begin_with(BEGIN).await?)
        }
        begun => Ok(begun?),
    }
}

/// How every connection to a vault is opened.
pub(crate) fn connect(database: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(false)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(256)
        .row_buffer_size(512)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-16000")
}

fn check_files(dir: &Path, database: &Path) -> Result<()> {
    match std::fs::metadata(dir) {
        Err(_) => return Err(Error::Missing(dir.to_owned())),
        Ok(found) if !found.is_dir() => return Err(Error::NotAVault(dir.to_owned())),
        Ok(_) => {}
    }
    match std::fs::metadata(database) {
        Err(_) => Err(Error::Missing(dir.to_owned())),
        Ok(found) if !found.is_file() => Err(Error::NotAVault(dir.to_owned())),
        Ok(_) => Ok(()),
    }
}
