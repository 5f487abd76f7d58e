//! What can go wrong with a vault, told apart where somebody acts on it.

use std::path::PathBuf;

/// What the functions of this crate return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong with a vault. Messages hold no text of notes, no names and no addresses.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Another process kept the vault locked for ten seconds.
    #[error("the vault is in use by another program")]
    Busy,
    /// The vault was written by a newer program.
    #[error("the vault has schema {found}; this program knows {known}")]
    Newer {
        /// The last migration the vault has seen.
        found: i64,
        /// The last this program knows.
        known: i64,
    },
    /// There is something else where the vault should be.
    #[error("{} is not a vault", .0.display())]
    NotAVault(PathBuf),
    /// There is nothing where the vault should be.
    #[error("there is no vault in {}", .0.display())]
    Missing(PathBuf),
    /// There is a vault, or a file, already where one was to be made.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// The file is damaged, or a row holds what no row can hold.
    #[error("the vault is damaged: {0}")]
    Corrupt(String),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The file or its folder cannot be written.
    #[error("the vault cannot be written")]
    ReadOnly,
    /// SQLite is older than 3.51.3, which can corrupt a database.
    #[error("SQLite {0} is too old: 3.51.3 or newer is needed")]
    OldSqlite(String),
    /// A migration that has been applied is not the one this program has.
    #[error("migration {0} of the vault is not the one this program knows")]
    Migration(i64),
    /// The meeting still has notes.
    #[error("a meeting that has notes cannot go by itself")]
    HasNotes,
    /// There is no such thing.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// A file could not be moved, made or read.
    #[error("a file of the vault could not be used: {0}")]
    Io(#[from] std::io::Error),
    /// A fault of this program.
    #[error("the database refused: {0}")]
    Database(sqlx::Error),
}

/// SQLite's primary result codes (<https://sqlite.org/rescode.html>).
mod code {
    pub const BUSY: u32 = 5;
    pub const LOCKED: u32 = 6;
    pub const READONLY: u32 = 8;
    pub const IOERR: u32 = 10;
    pub const CORRUPT: u32 = 11;
    pub const FULL: u32 = 13;
    pub const NOTADB: u32 = 26;
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(found) => found.code().and_then(|code| code.parse::<u32>().ok()),
            // Waiting for one of our own connections is waiting for the vault.
            sqlx::Error::PoolTimedOut => Some(code::BUSY),
            sqlx::Error::ColumnDecode { source, .. } => return Self::Corrupt(source.to_string()),
            _ => None,
        };
        // The lower byte of an extended code is the primary one.
        match code.map(|code| code & 0xff) {
            Some(code::BUSY | code::LOCKED) => Self::Busy,
            Some(code::READONLY) => Self::ReadOnly,
            Some(code::FULL) => Self::Full,
            Some(code::CORRUPT | code::IOERR) => Self::Corrupt("SQLite cannot read it".to_owned()),
            Some(code::NOTADB) => Self::Corrupt("it is not a database".to_owned()),
            _ => Self::Database(error),
        }
    }
}
