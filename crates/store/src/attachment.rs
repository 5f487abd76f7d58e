//! Attachments: files of the vault's folder that notes name by `attachments/NAME`. A name begins with what the content's
//! SHA-256 begins with, so that the same file is stored once and a damaged one shows.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{Result, file};

/// The folder of attachments, inside the vault's.
pub const ATTACHMENTS: &str = "attachments";

/// Stores a file and gives its name inside the folder. `name` is what it is called, made safe by the caller. On disk when
/// it returns.
pub fn add(vault: &Path, name: &str, bytes: &[u8]) -> Result<String> {
    let folder = vault.join(ATTACHMENTS);
    file::folder(&folder)?;
    let name = format!("{}-{name}", digest(bytes));
    let path = folder.join(&name);
    if std::fs::read(&path).is_ok_and(|there| there == bytes) {
        return Ok(name);
    }
    file::write(&path, bytes)?;
    Ok(name)
}

/// Where the attachment of this name lies; none where there is none, or the name leads elsewhere.
#[must_use]
pub fn path(vault: &Path, name: &str) -> Option<PathBuf> {
    if !is_name(name) {
        return None;
    }
    let path = vault.join(ATTACHMENTS).join(name);
    std::fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()).then_some(path)
}

/// The names of all that are there, sorted.
#[must_use]
pub fn names(vault: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(vault.join(ATTACHMENTS)) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| is_name(name) && !name.ends_with(".incoming"))
        .collect();
    names.sort_unstable();
    names
}

/// Whether the content is the one its name was made from; of a file put there by hand nobody can say.
pub fn is_whole(vault: &Path, name: &str) -> Result<bool> {
    let bytes = std::fs::read(vault.join(ATTACHMENTS).join(name))?;
    let made = name.get(..DIGITS).filter(|head| head.chars().all(|c| c.is_ascii_hexdigit()));
    let made = made.filter(|_| name.get(DIGITS..=DIGITS) == Some("-"));
    Ok(made.is_none_or(|head| head == digest(&bytes)))
}

/// Puts one back under the name it had; one that is there stays.
pub(crate) fn put_back(vault: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = vault.join(ATTACHMENTS).join(name);
    if !is_name(name) || path.exists() {
        return Ok(());
    }
    file::folder(&vault.join(ATTACHMENTS))?;
    file::write(&path, bytes)
}

const DIGITS: usize = 16;

fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}")).collect()
}

/// One step down and nothing else, on every system: no separators, no drive letters, nothing hidden.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && !name.starts_with('.')
        && !name.contains(['/', '\\', ':', '\0'])
        && !name.chars().any(char::is_control)
}
