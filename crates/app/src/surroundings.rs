//! What an open vault is told by what surrounds it: the environment, the terminal, the window.

use std::fmt;
use std::sync::Arc;

use throughline_calendar::Patience;

use crate::entropy;
use crate::secrets::Secret;

/// Gives a passphrase when one is needed; none where nobody answers.
pub type AskPassphrase = Arc<dyn Fn() -> Option<Secret> + Send + Sync>;

/// What surrounds an open vault. A surface fills it in before the vault is used.
#[derive(Clone)]
pub struct Surroundings {
    /// Another root of Google's API (`THROUGHLINE_GOOGLE_API`).
    pub google_api: Option<String>,
    /// Whether the operating system's keyring is used (`THROUGHLINE_KEYRING=off` says no).
    pub keyring: bool,
    /// Opens the encrypted file that stands in for a keyring (`THROUGHLINE_PASSPHRASE`).
    pub passphrase: Option<Secret>,
    /// Asked for the passphrase where none is set.
    pub ask: Option<AskPassphrase>,
    /// How long to wait for providers.
    pub patience: Patience,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            google_api: None,
            keyring: true,
            passphrase: None,
            ask: None,
            patience: Patience::new(entropy::fraction),
        }
    }
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings")
            .field("google_api", &self.google_api)
            .field("keyring", &self.keyring)
            .field("passphrase", &self.passphrase)
            .field("asks", &self.ask.is_some())
            .finish_non_exhaustive()
    }
}
