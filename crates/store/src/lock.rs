//! Who holds the vault: every open vault holds a shared lock on a file beside the database, and what needs the vault
//! alone (migration, restore) an exclusive one. SQLite's own locks cannot say this, for they live only as long as a
//! transaction.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use crate::{Error, Result};

const NAME: &str = "throughline.lock";
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(50);

/// Held as long as it lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claim {
    Shared,
    Alone,
}

impl Lock {
    /// Waits up to ten seconds, then [`Error::Busy`].
    pub(crate) async fn take(dir: &Path, claim: Claim) -> Result<Self> {
        Self::named(dir, NAME, claim).await
    }

    /// [`Lock::take`] of another name: of what one process may do at a time. It ends with the process, however that ends.
    pub(crate) async fn named(dir: &Path, name: &str, claim: Claim) -> Result<Self> {
        let file = open(&dir.join(name))?;
        let mut waited = Duration::ZERO;
        loop {
            let tried = match claim {
                Claim::Shared => file.try_lock_shared(),
                Claim::Alone => file.try_lock(),
            };
            match tried {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if waited < PATIENCE => {
                    tokio::time::sleep(PAUSE).await;
                    waited += PAUSE;
                }
                Err(TryLockError::WouldBlock) => return Err(Error::Busy),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
    }

    /// The lock of this name, where nobody holds it; none at once where somebody does.
    pub(crate) fn at_once(path: &Path) -> Result<Option<Self>> {
        let file = open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

fn open(path: &Path) -> Result<File> {
    match OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => Err(Error::ReadOnly),
        Err(error) if error.kind() == std::io::ErrorKind::ReadOnlyFilesystem => Err(Error::ReadOnly),
        other => Ok(other?),
    }
}
