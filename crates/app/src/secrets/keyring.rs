//! The operating system's keyring: Secret Service, Keychain, Credential Manager.

use keyring::{Entry, Error};
use throughline_core::model::AccountId;

use super::Secret;
use crate::{Failure, Result};

/// What all entries are filed under.
const SERVICE: &str = "throughline";

/// Whether there is a keyring at all.
pub(super) fn is_there() -> bool {
    Entry::store_status().is_ok()
}

pub(super) fn put(account: AccountId, secret: &Secret) -> Result<()> {
    entry(account)?.set_password(secret.expose()).map_err(unusable)
}

pub(super) fn get(account: AccountId) -> Result<Option<Secret>> {
    if !is_there() {
        return Ok(None);
    }
    match entry(account)?.get_password() {
        Ok(secret) => Ok(Some(Secret::new(secret))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(unusable(error)),
    }
}

pub(super) fn remove(account: AccountId) -> Result<()> {
    if !is_there() {
        return Ok(());
    }
    match entry(account)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(unusable(error)),
    }
}

fn entry(account: AccountId) -> Result<Entry> {
    Entry::new(SERVICE, &account.to_string()).map_err(unusable)
}

/// The error's own text may hold the secret.
#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn unusable(error: Error) -> Failure {
    let message = match error {
        Error::NoStorageAccess(_) => "The keyring is locked.",
        Error::TooLong(..) => "The keyring does not take a secret of this length.",
        _ => "The keyring could not be used.",
    };
    Failure::new("keyring_unusable", message).hint("Unlock it and try again.")
}
