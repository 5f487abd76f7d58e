//! The draft journal: what is typed at a note and not yet saved, a small file for each sitting. Files and not rows, so
//! that typing never waits for whoever writes the database, and a draft outlives the meeting it was typed for.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use throughline_core::model::{NoteOwner, NotePart};

use crate::lock::Lock;
use crate::{Result, file};

/// The folder of drafts, inside the vault's.
pub const DRAFTS: &str = "drafts";

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// At whose note: a meeting's or a person's.
    #[serde(flatten)]
    pub owner: NoteOwner,
    /// The part of it.
    pub part: NotePart,
    /// The revision the text started from.
    pub base: i64,
    /// When, as milliseconds since 1970 UTC.
    pub at: i64,
    /// The whole text of the part.
    pub text: String,
}

/// Where one program writes its drafts. Others see that it is alive, and leave them alone.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    name: String,
    // Before the file is removed, in `drop`: a lock on a removed file is nobody's.
    _lock: Option<Lock>,
}

impl Journal {
    /// Begins one in the vault's folder. `name` is to be new: letters, digits and dashes.
    pub fn begin(vault: &Path, name: &str) -> Result<Self> {
        let folder = vault.join(DRAFTS);
        file::folder(&folder)?;
        let lock = Lock::at_once(&lock(&folder, name))?;
        Ok(Self { folder, name: name.to_owned(), _lock: lock })
    }

    /// Writes what a sitting has now, in place of what it had: on disk when it returns.
    pub fn write(&self, sitting: u64, draft: &Draft) -> Result<()> {
        let text = serde_json::to_vec(draft).map_err(crate::value::corrupt)?;
        file::write(&self.path(sitting), &text)
    }

    /// Removes what a sitting has, once that is saved.
    pub fn remove(&self, sitting: u64) -> Result<()> {
        file::remove(&self.path(sitting))
    }

    fn path(&self, sitting: u64) -> PathBuf {
        self.folder.join(format!("{}.{sitting}.json", self.name))
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(lock(&self.folder, &self.name));
    }
}

/// A draft that no living program is at, or only the one that asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Its file.
    pub file: PathBuf,
    /// What was typed.
    pub draft: Draft,
}

/// What was left, oldest first: drafts of programs that are gone, and those of `own`. A file that cannot be read is
/// left where it is.
pub fn left(vault: &Path, own: Option<&Journal>) -> Result<Vec<Left>> {
    let folder = vault.join(DRAFTS);
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let mut left = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some((program, _)) = name.strip_suffix(".json").and_then(|name| name.split_once('.')) else { continue };
        if own.is_none_or(|own| own.name != program) && is_alive(&folder, program)? {
            continue;
        }
        let read = std::fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok());
        left.extend(read.map(|draft| Left { file: path, draft }));
    }
    left.sort_by(|a, b| (a.draft.at, &a.file).cmp(&(b.draft.at, &b.file)));
    Ok(left)
}

/// Lets one go; one that is gone is no failure.
pub fn discard(left: &Left) -> Result<()> {
    file::remove(&left.file)
}

/// Whether another program than `own` is at some note of the vault.
pub fn is_anybody(vault: &Path, own: Option<&Journal>) -> Result<bool> {
    let folder = vault.join(DRAFTS);
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(false) };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(program) = name.strip_suffix(".lock")
            && own.is_none_or(|own| own.name != program)
            && is_alive(&folder, program)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a program holds its lock. One that nobody holds is cleared away.
fn is_alive(folder: &Path, program: &str) -> Result<bool> {
    let path = lock(folder, program);
    if !path.exists() {
        return Ok(false);
    }
    let held = Lock::at_once(&path)?.is_none();
    if !held {
        file::remove(&path)?;
    }
    Ok(held)
}

fn lock(folder: &Path, program: &str) -> PathBuf {
    folder.join(format!("{program}.lock"))
}
