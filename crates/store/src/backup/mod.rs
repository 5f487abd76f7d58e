//! Copies of a vault, and the way back.

mod kept;
mod trial;

pub use kept::{Kept, kept, outlive, taken};

use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnection;
use sqlx::{ConnectOptions, Connection};

use crate::lock::{Claim, Lock};
use crate::migrate::{BACKUPS, check_known, free_name, version};
use crate::vault::{DATABASE, Vault, connect};
use crate::{Error, Result, attachment, file};

/// Writes a copy of the vault as it is now, attachments included, to `file`, which must not be there yet. It bears that
/// name only once a vault restored from it was opened and found whole; until then, and where the program is killed, the
/// name ends in `.part`.
pub async fn backup(vault: &Vault, file: &Path) -> Result<()> {
    if std::fs::symlink_metadata(file).is_ok() {
        return Err(Error::Exists(file.to_owned()));
    }
    if let Some(folder) = file.parent() {
        file::folder(folder)?;
    }
    let part = with_suffix(file, ".part");
    file::remove(&part)?;
    let whole = match copy(vault, &part).await {
        Ok(()) => trial::restores(&part).await,
        Err(error) => Err(error),
    };
    if let Err(error) = whole {
        // Best effort: the error that counts is the first.
        let _ = std::fs::remove_file(&part);
        return Err(error);
    }
    file::rename(&part, file)
}

async fn copy(vault: &Vault, file: &Path) -> Result<()> {
    let mut conn = connect(&vault.dir().join(DATABASE)).connect().await?;
    vacuum_into(&mut conn, file).await?;
    conn.close().await?;
    pack(vault.dir(), file).await
}

/// Puts the attachments into a copy: a backup is one file. The table is in backups alone.
async fn pack(vault: &Path, copy: &Path) -> Result<()> {
    let names = attachment::names(vault);
    if names.is_empty() {
        return Ok(());
    }
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(copy);
    let mut conn = options.journal_mode(sqlx::sqlite::SqliteJournalMode::Delete).connect().await?;
    sqlx::query("CREATE TABLE backup_attachment (name TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL) STRICT")
        .execute(&mut conn)
        .await?;
    for name in names {
        let Some(path) = attachment::path(vault, &name) else { continue };
        let bytes = std::fs::read(path)?;
        sqlx::query("INSERT INTO backup_attachment (name, content) VALUES (?1, ?2)")
            .bind(name)
            .bind(bytes)
            .execute(&mut conn)
            .await?;
    }
    conn.close().await?;
    std::fs::File::open(copy)?.sync_all()?;
    Ok(())
}

/// Takes the attachments of a backup out of its copy into the vault's folder; what is there already stays.
async fn unpack(copy: &Path, vault: &Path) -> Result<()> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(copy);
    let mut conn = options.journal_mode(sqlx::sqlite::SqliteJournalMode::Delete).connect().await?;
    let packed: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'backup_attachment'")
        .fetch_one(&mut conn)
        .await?;
    if packed > 0 {
        let names: Vec<String> =
            sqlx::query_scalar("SELECT name FROM backup_attachment ORDER BY name").fetch_all(&mut conn).await?;
        for name in names {
            let bytes: Vec<u8> = sqlx::query_scalar("SELECT content FROM backup_attachment WHERE name = ?1")
                .bind(&name)
                .fetch_one(&mut conn)
                .await?;
            attachment::put_back(vault, &name, &bytes)?;
        }
        sqlx::query("DROP TABLE backup_attachment").execute(&mut conn).await?;
        sqlx::query("VACUUM").execute(&mut conn).await?;
    }
    conn.close().await?;
    Ok(())
}

/// Puts the vault in `file` into `dir`, in place of the one there, which is moved into its `backups/`; the path it was
/// moved to is returned. Its attachments are put back beside those that are there. Needs the vault alone: close it first. [`Error::NotAVault`] where `file` is none.
pub async fn restore(file: &Path, dir: &Path) -> Result<Option<PathBuf>> {
    if !file.is_file() {
        return Err(Error::Missing(file.to_owned()));
    }
    check(file).await?;
    std::fs::create_dir_all(dir)?;
    let _alone = Lock::take(dir, Claim::Alone).await?;
    // A copy beside the database first: from then on there are only renames, which cannot run out of disk.
    let database = dir.join(DATABASE);
    let incoming = dir.join("throughline.db.incoming");
    if incoming.exists() {
        std::fs::remove_file(&incoming)?;
    }
    let mut source = connect(file).connect().await?;
    let copied = vacuum_into(&mut source, &incoming).await;
    source.close().await?;
    copied?;
    unpack(&incoming, dir).await?;
    check(&incoming).await?;
    let mut aside = None;
    if database.exists() {
        settle(&database).await;
        let kept = free_name(&dir.join(BACKUPS), "before-restore")?;
        std::fs::rename(&database, &kept)?;
        for suffix in ["-wal", "-shm"] {
            let log = with_suffix(&database, suffix);
            if log.exists() {
                std::fs::rename(&log, with_suffix(&kept, suffix))?;
            }
        }
        aside = Some(kept);
    }
    std::fs::rename(&incoming, &database)?;
    Ok(aside)
}

/// That `file` opens, is a vault this program knows, and passes SQLite's integrity check.
pub async fn check(file: &Path) -> Result<()> {
    let mut conn = read_only(file).await?;
    check_known(version(&mut conn, file).await?)?;
    let verdict: String = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut conn).await?;
    conn.close().await?;
    if verdict == "ok" { Ok(()) } else { Err(Error::Corrupt(verdict)) }
}

pub(crate) async fn vacuum_into(conn: &mut SqliteConnection, file: &Path) -> Result<()> {
    if std::fs::symlink_metadata(file).is_ok() {
        return Err(Error::Exists(file.to_owned()));
    }
    let name = file.to_str().ok_or_else(|| Error::Missing(file.to_owned()))?;
    let written = sqlx::query("VACUUM INTO ?1").bind(name).execute(conn).await;
    if let Err(error) = written {
        // Best effort: the error that counts is SQLite's.
        let _ = std::fs::remove_file(file);
        return Err(error.into());
    }
    // SQLite does not sync what VACUUM INTO writes.
    std::fs::File::open(file)?.sync_all()?;
    Ok(())
}

async fn read_only(file: &Path) -> Result<SqliteConnection> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).read_only(true);
    let opened = options.connect().await;
    opened.map_err(|error| match error.as_database_error().and_then(|error| error.code()).as_deref() {
        Some("26") => Error::NotAVault(file.to_owned()),
        _ => error.into(),
    })
}

/// Takes the log file into a database about to be moved; a damaged one is moved with its log as it is.
async fn settle(database: &Path) {
    if let Ok(mut conn) = connect(database).connect().await {
        let _ = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut conn).await;
        let _ = conn.close().await;
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
