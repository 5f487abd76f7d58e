//! Bringing a vault to the schema of this program.

use std::path::{Path, PathBuf};

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::SqliteConnection;
use sqlx::{ConnectOptions, Connection};

use crate::vault::connect;
use crate::{Error, Result, backup};

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// The folder inside a vault that snapshots go to.
pub(crate) const BACKUPS: &str = "backups";

/// "THLN", set by the first migration.
const APPLICATION: i64 = 1_414_024_270;
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Makes the database.
pub(crate) async fn create(database: &Path) -> Result<()> {
    create_with(database, &MIGRATIONS).await
}

async fn create_with(database: &Path, migrations: &Migrator) -> Result<()> {
    let mut conn = connect(database).create_if_missing(true).connect().await?;
    check_sqlite(&mut conn).await?;
    migrations.run(&mut conn).await.map_err(migration_error)?;
    Ok(conn.close().await?)
}

/// Whether the vault waits for a migration. Tells a vault from other files, and from vaults of newer programs.
pub(crate) async fn pending(database: &Path) -> Result<bool> {
    pending_with(database, &MIGRATIONS).await
}

async fn pending_with(database: &Path, migrations: &Migrator) -> Result<bool> {
    let mut conn = open(database).await?;
    check_sqlite(&mut conn).await?;
    let found = version(&mut conn, database).await?;
    conn.close().await?;
    let known = last(migrations);
    match found.cmp(&known) {
        std::cmp::Ordering::Greater => Err(Error::Newer { found, known }),
        std::cmp::Ordering::Less => Ok(true),
        std::cmp::Ordering::Equal => Ok(false),
    }
}

/// That a vault of schema `found` is not newer than this program.
pub(crate) fn check_known(found: i64) -> Result<()> {
    let known = last(&MIGRATIONS);
    if found > known { Err(Error::Newer { found, known }) } else { Ok(()) }
}

/// Takes a snapshot, then migrates. The caller has the vault alone.
pub(crate) async fn migrate(dir: &Path, database: &Path) -> Result<()> {
    migrate_with(dir, database, &MIGRATIONS).await
}

async fn migrate_with(dir: &Path, database: &Path, migrations: &Migrator) -> Result<()> {
    // Another process may have been first.
    if !pending_with(database, migrations).await? {
        return Ok(());
    }
    let mut conn = open(database).await?;
    let from = version(&mut conn, database).await?;
    let snapshot = free_name(&dir.join(BACKUPS), &format!("before-migration-{from}-to-{}", last(migrations)))?;
    backup::vacuum_into(&mut conn, &snapshot).await?;
    backup::check(&snapshot).await?;
    migrations.run(&mut conn).await.map_err(migration_error)?;
    Ok(conn.close().await?)
}

/// A name in `folder`, which is made where it is missing, that nothing has: `stem.db`, `stem-2.db`, …
pub(crate) fn free_name(folder: &Path, stem: &str) -> Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let names = std::iter::once(format!("{stem}.db")).chain((2..).map(|n| format!("{stem}-{n}.db")));
    let free = names.map(|name| folder.join(name)).find(|path| !path.exists());
    free.ok_or_else(|| Error::Exists(folder.to_owned()))
}

/// Opens a database that should be a vault's.
pub(crate) async fn open(database: &Path) -> Result<SqliteConnection> {
    let opened = connect(database).connect().await;
    opened.map_err(|error| not_a_vault(error, database))
}

/// The last migration the database has seen.
pub(crate) async fn version(conn: &mut SqliteConnection, database: &Path) -> Result<i64> {
    let application: i64 = sqlx::query_scalar("PRAGMA application_id")
        .fetch_one(&mut *conn)
        .await
        .map_err(|error| not_a_vault(error, database))?;
    if application != APPLICATION {
        return Err(Error::NotAVault(database.to_owned()));
    }
    let found: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(conn).await?;
    found.ok_or_else(|| Error::NotAVault(database.to_owned()))
}

fn not_a_vault(error: sqlx::Error, database: &Path) -> Error {
    const NOTADB: &str = "26";
    const CANTOPEN: &str = "14";
    match error.as_database_error().and_then(|error| error.code()).as_deref() {
        Some(NOTADB) => Error::NotAVault(database.to_owned()),
        Some(CANTOPEN) => Error::ReadOnly,
        _ => error.into(),
    }
}

fn last(migrations: &Migrator) -> i64 {
    migrations.iter().map(|migration| migration.version).max().unwrap_or_default()
}

fn migration_error(error: MigrateError) -> Error {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        MigrateError::VersionMismatch(version) | MigrateError::Dirty(version) => Error::Migration(version),
        MigrateError::VersionMissing(version) => Error::Migration(version),
        other => Error::Database(sqlx::Error::Migrate(Box::new(other))),
    }
}

async fn check_sqlite(conn: &mut SqliteConnection) -> Result<()> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(conn).await?;
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let mut next = || parts.next().unwrap_or_default();
    if (next(), next(), next()) < OLDEST_SQLITE {
        return Err(Error::OldSqlite(version));
    }
    Ok(())
}
