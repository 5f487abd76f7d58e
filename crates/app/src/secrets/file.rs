//! An encrypted file in place of a keyring: JSON, in the format of age with a passphrase (scrypt).

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use throughline_core::model::AccountId;

use super::Secret;
use crate::{Failure, Result};

/// What the file holds.
pub(super) type Secrets = BTreeMap<AccountId, Secret>;

const NAME: &str = "secrets.age";

/// The base-2 logarithm of scrypt's N: about a third of a second.
const WORK: u8 = 16;
/// What a file may ask for; more would only be to keep us busy.
const MOST_WORK: u8 = 20;

pub(super) fn exists(dir: &Path) -> bool {
    path(dir).is_file()
}

fn path(dir: &Path) -> PathBuf {
    dir.join(NAME)
}

/// Everything in it; nothing where there is no file yet.
pub(super) fn read(dir: &Path, passphrase: &Secret) -> Result<Secrets> {
    let sealed = match std::fs::read(path(dir)) {
        Ok(sealed) => sealed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Secrets::new()),
        Err(_) => return Err(unusable()),
    };
    let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase.expose().to_owned()));
    identity.set_max_work_factor(MOST_WORK);
    let opened = age::decrypt(&identity, &sealed).map_err(|error| match error {
        age::DecryptError::DecryptionFailed | age::DecryptError::NoMatchingKeys => {
            Failure::new("wrong_passphrase", "The passphrase does not open the file that sign-ins are kept in.")
                .hint("Check THROUGHLINE_PASSPHRASE.")
        }
        _ => unusable(),
    })?;
    let read: BTreeMap<AccountId, String> = serde_json::from_slice(&opened).map_err(|_| unusable())?;
    Ok(read.into_iter().map(|(id, secret)| (id, Secret::new(secret))).collect())
}

/// Puts everything in place of what was there, or leaves that as it is.
pub(super) fn write(dir: &Path, passphrase: &Secret, secrets: &Secrets) -> Result<()> {
    let plain: BTreeMap<&AccountId, &str> = secrets.iter().map(|(id, secret)| (id, secret.expose())).collect();
    let plain = serde_json::to_vec(&plain).map_err(|_| unusable())?;
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.expose().to_owned()));
    recipient.set_work_factor(WORK);
    let sealed = age::encrypt(&recipient, &plain).map_err(|_| unusable())?;
    let fresh = dir.join(format!("{NAME}.new"));
    let replace = || -> std::io::Result<()> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&fresh)?;
        file.write_all(&sealed)?;
        file.sync_all()?;
        std::fs::rename(&fresh, path(dir))
    };
    replace().map_err(|_| unusable())
}

fn unusable() -> Failure {
    Failure::new("secrets_unusable", "The file that sign-ins are kept in could not be used.")
        .hint("Check the permissions of the vault's folder; where the file is damaged, remove it and sign in again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(n: u128) -> AccountId {
        AccountId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn secrets_come_back_with_the_passphrase_and_with_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let passphrase = Secret::new("correct horse");
        assert!(read(dir.path(), &passphrase).unwrap().is_empty());
        let secrets = Secrets::from([(account(1), Secret::new("1//token")), (account(2), Secret::new("other"))]);
        write(dir.path(), &passphrase, &secrets).unwrap();
        assert_eq!(read(dir.path(), &passphrase).unwrap(), secrets);
        assert_eq!(read(dir.path(), &Secret::new("wrong")).unwrap_err().code, "wrong_passphrase");
        let bytes = std::fs::read(path(dir.path())).unwrap();
        assert!(!bytes.windows(5).any(|window| window == b"token"), "it is encrypted");
    }

    #[test]
    fn a_damaged_file_is_said_to_be_one() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(path(dir.path()), b"nothing of age's").unwrap();
        assert_eq!(read(dir.path(), &Secret::new("any")).unwrap_err().code, "secrets_unusable");
    }

    #[test]
    fn a_secret_does_not_show_itself() {
        assert_eq!(format!("{:?}", Some(Secret::new("1//token"))), "Some(***)");
    }
}
