//! Notes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{MeetingId, NoteId, PersonId, vocabulary};

vocabulary! {
    /// The parts of a meeting's note.
    NotePart {
        /// The agenda, before.
        Prep = "prep",
        /// What was said, during.
        Notes = "notes",
        /// What never leaves.
        Private = "private",
    }
}

/// What a note hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteOwner {
    /// A meeting.
    Meeting(MeetingId),
    /// A person: their running note.
    Person(PersonId),
}

/// Markdown text, exactly as written plus anchors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// What it hangs on.
    pub owner: NoteOwner,
    /// Which part; a running note is of `Notes`.
    pub part: NotePart,
    /// The Markdown.
    pub text: String,
    /// Grows by one with each change.
    pub revision: i64,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
