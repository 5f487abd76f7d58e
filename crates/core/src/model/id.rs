//! Ids: UUIDv7, so that two vaults can one day be merged, and one type per kind of thing.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    /// A connection to a calendar provider.
    AccountId,
    /// One calendar of an account.
    CalendarId,
    /// A recurring event through its whole life; a single event has one of its own.
    SeriesId,
    /// One occurrence of an event, or one made by hand.
    MeetingId,
    /// A human.
    PersonId,
    /// What an e-mail domain stands for.
    OrganizationId,
    /// One part of a meeting's note, or a person's running note.
    NoteId,
    /// An action, a decision or a question.
    ItemId,
}
