//! Files beside the database: there whole, or not at all.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::{Error, Result};

/// Makes the folder, where it is missing.
pub(crate) fn folder(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path).map_err(refused)
}

/// Writes a file, in place of one that is there: on disk when it returns, and never half of it, whenever the power goes.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let incoming = path.with_extension("incoming");
    let written = File::create(&incoming).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&incoming, path)
    });
    if let Err(error) = written {
        // Best effort: the error that counts is the one of writing.
        let _ = std::fs::remove_file(&incoming);
        return Err(refused(error));
    }
    settle(path);
    Ok(())
}

/// Removes a file; one that is not there is no failure.
pub(crate) fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(refused(error)),
        _ => Ok(()),
    }
}

/// Gives a file another name in its folder: on disk when it returns.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    std::fs::rename(from, to).map_err(refused)?;
    settle(to);
    Ok(())
}

/// Has the folder of a file keep its name. Not every system can be asked for that, and those that cannot do it unasked.
fn settle(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
}

fn refused(error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Error::Full,
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly,
        _ => error.into(),
    }
}
