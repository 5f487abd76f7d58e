//! What the user is told when something cannot be done.

use serde::Serialize;

/// A failure at the surface: a stable code, a sentence a person can act on, and a hint. Never a token, a note's text or
/// an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
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
}

impl Failure {
    /// Something could not be done.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, usage: false }
    }

    /// A value could not be read.
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, usage: true }
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
