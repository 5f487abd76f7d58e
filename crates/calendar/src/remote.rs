//! What every provider answers with, and how asking one can fail. No message here holds a token, an address or a text.

use std::collections::HashMap;
use std::time::Duration;

use throughline_core::calendar::Changes;

use crate::ics::IcsError;

/// A calendar as its provider lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteCalendar {
    /// What the provider calls it; unique in its account.
    pub id: String,
    /// What it is called on screen.
    pub name: String,
    /// `#rrggbb`, where the provider gives one.
    pub color: Option<String>,
    /// What the user may do with it.
    pub access: Access,
    /// Whether it is the account's first calendar.
    pub primary: bool,
    /// Where it is, where that is not what the provider calls it.
    pub url: Option<String>,
}

/// What the user may do with a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everything: it is theirs.
    Owner,
    /// Write in it.
    Writer,
    /// Read it.
    Reader,
    /// See when somebody is busy, and nothing else.
    FreeBusy,
}

impl Access {
    /// The word it is stored under.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Writer => "writer",
            Self::Reader => "reader",
            Self::FreeBusy => "free_busy",
        }
    }
}

/// An account's calendars.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarList {
    /// Whether `calendars` is all there are; else it is those that changed, and `removed` those that went.
    pub complete: bool,
    /// Calendars.
    pub calendars: Vec<RemoteCalendar>,
    /// Ids of calendars that are gone.
    pub removed: Vec<String>,
    /// To be handed back, to hear of changes only.
    pub token: Option<String>,
}

/// Up to where a calendar was fetched: what a provider said of its last answer. Without anything everything is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cursor {
    /// A sync token (Google; RFC 6578), or a `ctag`.
    pub token: Option<String>,
    /// Of a file (RFC 9110 §8.8.3).
    pub etag: Option<String>,
    /// Of a file, as the server wrote it (RFC 9110 §8.8.2).
    pub last_modified: Option<String>,
}

impl Cursor {
    /// Whether there is nothing to ask changes since.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.token.is_none() && self.etag.is_none() && self.last_modified.is_none()
    }
}

/// What the vault has of a calendar, by the provider's ids.
pub type Known = HashMap<String, KnownItem>;

/// What the vault has under one id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownItem {
    /// None where it is nothing that can be a meeting.
    pub uid: Option<String>,
    /// The version, where the provider says one.
    pub etag: Option<String>,
}

/// What a provider said of one calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// What it has, or what changed.
    pub changes: Changes,
    /// Up to where that goes; to be stored in the transaction that stores the changes.
    pub cursor: Cursor,
}

/// What asking a provider returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a provider could not be asked, told apart where somebody acts on it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The provider no longer takes our word: only the user can help, by signing in.
    #[error("the provider asks for a new sign-in")]
    NeedsSignIn,
    /// Too many requests.
    #[error("the provider takes no more requests for now")]
    Quota {
        /// When it will, where it says so.
        retry_after: Option<Duration>,
    },
    /// The provider cannot be reached, or the connection broke.
    #[error("the provider cannot be reached")]
    Offline,
    /// It did not answer in time.
    #[error("the provider did not answer in time")]
    TimedOut,
    /// It failed, or answered what is no answer.
    #[error("the provider failed{}", .status.map(|status| format!(" with status {status}")).unwrap_or_default())]
    Server {
        /// The status of HTTP, where it was not one of success.
        status: Option<u16>,
        /// When to ask again, where it says so.
        retry_after: Option<Duration>,
    },
    /// It understood and will not do it: a permission, an unknown parameter. Signing in anew may or may not help.
    #[error("the provider refused ({reason}, status {status})")]
    Refused {
        /// The status of HTTP.
        status: u16,
        /// The provider's word for it, of letters, digits, `-` and `_` alone.
        reason: String,
    },
    /// The calendar or the address is not there.
    #[error("the calendar is not there any more")]
    NotFound,
    /// The cursor is too old: ask for everything.
    #[error("the sync token is no longer good")]
    StaleToken,
    /// More than is taken.
    #[error("the calendar is larger than is taken ({limit} bytes)")]
    TooLarge {
        /// What is taken.
        limit: usize,
    },
    /// What came is no calendar.
    #[error(transparent)]
    NotACalendar(#[from] IcsError),
    /// An address that secrets would be sent to unprotected, or that is none.
    #[error("the address cannot be used: {0}")]
    Address(&'static str),
    /// The server's certificate is not one to trust.
    #[error("the server's certificate cannot be trusted")]
    Certificate,
    /// Sent on to another site, which is not to see what the first was shown.
    #[error("the server sends on to another site, {host}")]
    OtherSite {
        /// The site's host.
        host: String,
    },
    /// Whoever asked has given up.
    #[error("it was cancelled")]
    Cancelled,
}

impl Error {
    /// Whether asking again soon may help, and how long the provider wants to be left alone.
    #[must_use]
    pub fn passes(&self) -> Option<Option<Duration>> {
        match self {
            Self::Quota { retry_after } | Self::Server { retry_after, .. } => Some(*retry_after),
            Self::Offline | Self::TimedOut => Some(None),
            _ => None,
        }
    }

    /// Whether it is about one calendar, so that the account's others can still be asked for.
    #[must_use]
    pub fn is_of_one_calendar(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. } | Self::NotFound | Self::TooLarge { .. } | Self::NotACalendar(_) | Self::StaleToken
        )
    }
}
