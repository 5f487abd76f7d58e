//! What the user is told when something cannot be done.

use std::time::Duration;

use serde::Serialize;

/// A failure at the surface: a stable code, a sentence a person can act on, and a hint. Never a token, a note's text or
/// an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// Stable; somebody may act on it.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Whether the call itself was wrong (exit code 2) and not its outcome (exit code 1).
    #[serde(skip)]
    pub usage: bool,
    /// How long a provider asks to be left alone.
    #[serde(skip)]
    pub retry_after: Option<Duration>,
}

impl Failure {
    /// Something could not be done.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, usage: false, retry_after: None }
    }

    /// A value could not be read.
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self { usage: true, ..Self::new(code, message) }
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// What every action of this crate returns.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl From<throughline_store::Error> for Failure {
    fn from(error: throughline_store::Error) -> Self {
        use throughline_store::Error as E;
        let message = sentence(&error.to_string());
        match error {
            E::Busy => Self::new("vault_busy", message)
                .hint("It was kept locked for ten seconds. Try again when the other program is done."),
            E::Newer { .. } => Self::new("vault_newer", "The vault was written by a newer version of Throughline.")
                .hint("Update Throughline; the vault was not touched."),
            E::NotAVault(_) => Self::new("not_a_vault", message).hint("A vault is a folder that Throughline made."),
            E::Missing(_) => Self::new("vault_missing", message)
                .hint("Make one with `throughline init`, or look at `throughline demo`."),
            E::Exists(_) => Self::new("vault_exists", message).hint("Choose another folder with --vault."),
            E::Corrupt(_) | E::Migration(_) => Self::new("vault_damaged", message)
                .hint("Run `throughline doctor`, or restore a backup with `throughline restore FILE`."),
            E::Full => Self::new("disk_full", message).hint("Nothing was changed. Make room and try again."),
            E::ReadOnly => Self::new("vault_read_only", message).hint("Check the permissions of the vault's folder."),
            E::Io(_) => Self::new("file_unusable", message),
            E::NotFound(_) => Self::new("not_found", message),
            _ => Self::new("internal", message).hint("This is a fault of Throughline; nothing was changed."),
        }
    }
}

/// Begins with a capital and ends with a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(chars).collect();
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}
