//! Whether a copy is one that a vault can be had back from: found out by doing it.

use std::path::Path;

use super::{restore, with_suffix};
use crate::{Durability, Error, Result, Vault, doctor};

/// Restores a vault from the copy into a folder beside it, opens and checks that, and takes the folder away again. What
/// was wrong with the vault itself (its search, its log) is no reason to be without a copy of it.
pub(super) async fn restores(copy: &Path) -> Result<()> {
    let dir = with_suffix(copy, ".trial");
    // One that was killed in its midst left it.
    clear(&dir)?;
    let verdict = try_it(copy, &dir).await;
    clear(&dir)?;
    verdict
}

async fn try_it(copy: &Path, dir: &Path) -> Result<()> {
    restore(copy, dir).await?;
    let vault = Vault::open(dir).await?;
    let checked = async {
        let mut tx = vault.write(Durability::Normal).await?;
        let findings = doctor::check(&mut tx).await?;
        tx.rollback().await?;
        Ok::<_, Error>(findings)
    };
    let findings = checked.await;
    vault.close().await;
    for finding in findings? {
        if let doctor::Finding::Integrity(line) = finding {
            return Err(Error::Corrupt(line));
        }
    }
    Ok(())
}

fn clear(dir: &Path) -> Result<()> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
