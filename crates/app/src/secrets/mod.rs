//! Where passwords and refresh tokens are kept: in the operating system's keyring, else in a file of the vault that a
//! passphrase encrypts. Never in plain text, and never in the database.

mod file;
mod keyring;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use throughline_core::model::AccountId;

use crate::app::App;
use crate::{Failure, Result, view};

/// Something nobody is to read by accident: it shows itself as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself: for whoever it is meant for, and for nothing that is printed.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A passphrase somebody was asked for: once for as long as the vault is open.
#[derive(Debug, Default)]
pub(crate) struct Asked(Mutex<Option<Secret>>);

impl Asked {
    fn get(&self) -> Option<Secret> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, passphrase: &Secret) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(passphrase.clone());
    }

    fn take(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The operating system's keyring.
    Keyring,
    /// The encrypted file in the vault.
    File,
}

impl Place {
    /// To be told to the user, so that nobody wonders.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::File => "encrypted file",
        }
    }
}

/// Where a secret would be kept now. To be asked before the user goes to the trouble of a sign-in.
///
/// # Errors
/// `no_keyring` where there is neither a keyring nor a passphrase, `wrong_passphrase`.
pub(crate) async fn place(app: &App) -> Result<Place> {
    if app.surroundings().keyring && blocking(keyring::is_there).await? {
        return Ok(Place::Keyring);
    }
    open_file(app).await?;
    Ok(Place::File)
}

/// How secrets are kept in this vault, for whoever asks the user for a passphrase.
///
/// # Errors
/// As looking for a keyring.
pub async fn kept(app: &App) -> Result<view::SecretsKept> {
    let keyring = app.surroundings().keyring && blocking(keyring::is_there).await?;
    Ok(view::SecretsKept { keyring, file: file::exists(app.dir()) })
}

/// Takes the passphrase of the encrypted file, for as long as the vault is open; where there is no file yet, it is made
/// with this one.
///
/// # Errors
/// `no_passphrase` where there is none, `wrong_passphrase`, `secrets_unusable`.
pub async fn unlock(app: &App, passphrase: Secret) -> Result<()> {
    if passphrase.expose().trim().is_empty() {
        return Err(Failure::new("no_passphrase", "There is no passphrase.").hint("Type one."));
    }
    let dir = app.dir().to_owned();
    let tried = passphrase.clone();
    blocking(move || file::read(&dir, &tried)).await??;
    app.asked_passphrase().keep(&passphrase);
    Ok(())
}

/// Keeps an account's secret, in place of the one there was.
///
/// # Errors
/// As [`place`], and `keyring_unusable`.
pub(crate) async fn put(app: &App, account: AccountId, secret: &Secret) -> Result<Place> {
    let secret = secret.clone();
    let place = place(app).await?;
    match place {
        Place::Keyring => blocking(move || keyring::put(account, &secret)).await??,
        Place::File => change(app, move |secrets| _ = secrets.insert(account, secret)).await?,
    }
    Ok(place)
}

/// An account's secret, where there is one.
///
/// # Errors
/// `keyring_unusable` (locked, say), `no_keyring` where one that may have it is not there, `wrong_passphrase`.
pub(crate) async fn get(app: &App, account: AccountId) -> Result<Option<Secret>> {
    let there = app.surroundings().keyring && blocking(keyring::is_there).await?;
    let held = if there { blocking(move || keyring::get(account)).await? } else { Ok(None) };
    match held {
        Ok(Some(secret)) => Ok(Some(secret)),
        // What an encrypted file holds is of use where the keyring is not.
        other if file::exists(app.dir()) => match open_file(app).await?.remove(&account) {
            Some(secret) => Ok(Some(secret)),
            None => other,
        },
        // Out of reach is not gone: nobody has to sign in again for that.
        Ok(None) if !there => Err(no_keyring()),
        other => other,
    }
}

/// Forgets an account's secret, wherever it is.
///
/// # Errors
/// As [`get`].
pub(crate) async fn remove(app: &App, account: AccountId) -> Result<()> {
    let forgotten = if app.surroundings().keyring { blocking(move || keyring::remove(account)).await? } else { Ok(()) };
    if file::exists(app.dir()) {
        change(app, move |secrets| _ = secrets.remove(&account)).await?;
    }
    forgotten
}

async fn open_file(app: &App) -> Result<file::Secrets> {
    let (dir, passphrase) = (app.dir().to_owned(), passphrase(app).await?);
    let opened = blocking(move || file::read(&dir, &passphrase)).await?;
    if opened.is_err() {
        // Mistyped, perhaps: to be asked for again.
        app.asked_passphrase().take();
    }
    opened
}

async fn change(app: &App, edit: impl FnOnce(&mut file::Secrets) + Send + 'static) -> Result<()> {
    // Two accounts may be signed in at once, by two programs.
    let _alone = app.vault().alone("secrets").await?;
    let (dir, passphrase) = (app.dir().to_owned(), passphrase(app).await?);
    blocking(move || {
        let mut secrets = file::read(&dir, &passphrase)?;
        edit(&mut secrets);
        file::write(&dir, &passphrase, &secrets)
    })
    .await?
}

async fn passphrase(app: &App) -> Result<Secret> {
    // What somebody typed since comes before what the environment said at the start.
    if let Some(passphrase) = app.asked_passphrase().get() {
        return Ok(passphrase);
    }
    if let Some(passphrase) = &app.surroundings().passphrase {
        return Ok(passphrase.clone());
    }
    let asked = match app.surroundings().ask.clone() {
        Some(ask) => blocking(move || ask()).await?,
        None => None,
    };
    let asked = asked.filter(|passphrase| !passphrase.expose().is_empty());
    if let Some(passphrase) = &asked {
        app.asked_passphrase().keep(passphrase);
    }
    asked.ok_or_else(no_keyring)
}

fn no_keyring() -> Failure {
    Failure::new("no_keyring", "This system offers no keyring to keep a sign-in in.")
        .hint("Unlock or start one, or set THROUGHLINE_PASSPHRASE: then it is kept in an encrypted file in the vault.")
}

/// Keyrings talk to other programs and key derivation takes its time: neither may hold up what else is going on.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Failure::new("internal", "Keeping a secret broke off.").hint("This is a fault of Throughline."))
}
