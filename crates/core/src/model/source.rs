//! Where meetings come from.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AccountId, CalendarId, vocabulary};

vocabulary! {
    /// Whom an account connects to.
    Provider {
        /// Google Calendar.
        Google = "google",
        /// Any CalDAV server (RFC 4791).
        Caldav = "caldav",
        /// An iCalendar file or subscription (RFC 5545).
        Ics = "ics",
    }
}

vocabulary! {
    /// Where a meeting comes from.
    Source {
        /// Google Calendar.
        Google = "google",
        /// A CalDAV server.
        Caldav = "caldav",
        /// An iCalendar file or subscription.
        Ics = "ics",
        /// Made by hand, or left over when its account was removed.
        Local = "local",
        /// Made by an import of minutes.
        Import = "import",
    }
}

impl From<Provider> for Source {
    fn from(provider: Provider) -> Self {
        match provider {
            Provider::Google => Self::Google,
            Provider::Caldav => Self::Caldav,
            Provider::Ics => Self::Ics,
        }
    }
}

vocabulary! {
    /// How an account is.
    AccountState {
        /// In step.
        Ok = "ok",
        /// The provider no longer takes our word; everything stays readable.
        NeedsSignIn = "needs_sign_in",
        /// The last sync failed; `error` says why.
        Error = "error",
    }
}

/// A connection to a calendar provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Whom it connects to.
    pub provider: Provider,
    /// What it is called on screen.
    pub name: String,
    /// Where it is: a path, an address, a user's e-mail.
    pub address: String,
    /// How it is.
    pub state: AccountState,
    /// When it was last in step.
    pub last_sync: Option<DateTime<Utc>>,
    /// What is wrong, as a sentence; never a token or an address.
    pub error: Option<String>,
}

/// One calendar of an account, chosen to be synced or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Its id.
    pub id: CalendarId,
    /// The account it belongs to.
    pub account_id: AccountId,
    /// What the provider calls it; unique in its account.
    pub remote_id: String,
    /// What it is called on screen.
    pub name: String,
    /// Whether it is synced.
    pub enabled: bool,
    /// `#rrggbb`, where the provider gives one.
    pub color: Option<String>,
    /// Whether the user owns it: Today and hours count what lies here even without an invitation.
    pub owned: bool,
    /// What the provider wants back to send changes only; `None` asks for everything.
    pub sync_token: Option<String>,
}
