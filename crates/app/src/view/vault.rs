//! The vault itself, as told.

use chrono::NaiveDate;
use serde::Serialize;
use throughline_core::backups::BackupEvery;

use super::{Person, When};

/// `init`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the init shape")]
pub struct Init {
    pub vault: String,
    /// None where nobody said who the user is.
    pub me: Option<Person>,
}

/// An open vault, as the window's title and settings tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct About {
    /// The folder's own name.
    pub name: String,
    pub dir: String,
    /// Who the user is, where the vault knows.
    pub me: Option<Person>,
    /// Whether `demo` filled it.
    pub demo: bool,
}

/// `demo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Demo {
    pub vault: String,
    pub me: Person,
    pub people: usize,
    pub organizations: usize,
    pub series: usize,
    pub meetings: usize,
    pub notes: usize,
    pub actions: usize,
    pub decisions: usize,
    pub questions: usize,
}

/// `undo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Undo {
    pub undone: Vec<Undone>,
    /// The command that was undone; none where there was nothing.
    pub command: Option<String>,
}

/// A thing that is again as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Undone {
    pub kind: String,
    pub id: String,
}

/// `doctor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the doctor shape")]
pub struct Doctor {
    pub ok: bool,
    pub problems: Vec<Problem>,
    /// What was mended with `--repair`.
    pub repaired: Vec<Problem>,
    /// The hash of the newest entry of the change log: keep it elsewhere to see later that nothing before was changed.
    pub head: Option<String>,
}

/// Something wrong with the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Problem {
    pub code: String,
    pub message: String,
}

/// `backups`: those taken by themselves, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Backups {
    pub every: BackupEvery,
    pub folder: String,
    pub backups: Vec<Backup>,
    /// Why the last one that was due could not be taken.
    pub failed: Option<BackupFailed>,
}

/// A backup in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Backup {
    pub date: NaiveDate,
    pub path: String,
    pub bytes: u64,
}

/// A backup that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct BackupFailed {
    pub since: When,
    pub code: String,
    pub message: String,
    pub hint: Option<String>,
}

/// `backup`, `restore`, `export`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Written {
    pub path: String,
    pub bytes: u64,
    /// Of an export in several files.
    pub files: usize,
    /// Where `restore` put the vault that was there before.
    pub previous: Option<String>,
    pub at: When,
}
