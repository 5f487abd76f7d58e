//! Items: the typed lines of a note.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{ItemId, MeetingId, NoteId, NotePart, PersonId, vocabulary};

vocabulary! {
    /// What a line is.
    ItemKind {
        /// Something somebody is to do.
        Action = "action",
        /// Something that was decided.
        Decision = "decision",
        /// Something that was asked.
        Question = "question",
    }
}

vocabulary! {
    /// What became of an action, as its checkbox says.
    ActionStatus {
        /// `[ ]`
        Open = "open",
        /// `[x]`
        Done = "done",
        /// `[-]`
        Dropped = "dropped",
    }
}

vocabulary! {
    /// What one item says of another, by `supersedes ^id`, `after ^id`, `answers ^id`.
    LinkKind {
        /// A decision takes the place of another.
        Supersedes = "supersedes",
        /// An action waits for another.
        BlockedBy = "blocked_by",
        /// An item answers a question.
        Answers = "answers",
    }
}

/// Who is to do an action, decided a decision or asked a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemOwner {
    /// Who; merged people are already resolved.
    pub person_id: PersonId,
    /// Whether it was read from a name and not written as a handle.
    pub inferred: bool,
    /// The name or handle as written, so that an owner once resolved stays.
    pub written: String,
}

/// A link from one item to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ItemLink {
    /// What it says.
    pub kind: LinkKind,
    /// The other item.
    pub target: ItemId,
}

/// A typed line of a note: the index entry of what its text says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id, for good.
    pub id: ItemId,
    /// What it is.
    pub kind: ItemKind,
    /// The six characters after `^` at the end of its line; unique in the vault.
    pub anchor: String,
    /// The note it stands in.
    pub note_id: NoteId,
    /// The meeting that note hangs on; none for a person's running note.
    pub meeting_id: Option<MeetingId>,
    /// The part it stands in.
    pub part: NotePart,
    /// 1-based, in the part's Markdown.
    pub line: u32,
    /// What the line says without its marker, label and anchor.
    pub text: String,
    /// Of an action; `Open` for the others.
    pub status: ActionStatus,
    /// Of an action its owners, of a decision who decided, of a question who asked.
    pub owners: Vec<ItemOwner>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// How often the due date was moved later.
    pub slips: u32,
    /// Not to be shown before this date.
    pub snoozed_until: Option<NaiveDate>,
    /// Looked at in review and left as it is: not shown there before this date.
    pub kept_until: Option<NaiveDate>,
    /// Lower case, without `#`.
    pub topics: Vec<String>,
    /// People named in the line who do not own it.
    pub mentions: Vec<PersonId>,
    /// What it says of other items.
    pub links: Vec<ItemLink>,
    /// Of a decision: the indented lines under it.
    pub rationale: Option<String>,
    /// Of a decision: what else was weighed, where the note says so.
    pub alternatives: Option<String>,
    /// Of a decision: when to look at it again.
    pub revisit: Option<NaiveDate>,
    /// Of a decision in prep that does not yet stand in the notes.
    pub proposed: bool,
    /// When it was first saved.
    pub created_at: DateTime<Utc>,
    /// When it was ticked.
    pub done_at: Option<DateTime<Utc>>,
    /// Its line was deleted; kept so that undo can bring it back.
    pub archived: bool,
    /// Since when a decision that is out of sight takes this one's place: only where a vault is seen through a client's
    /// lens, and never stored.
    #[serde(skip)]
    pub superseded_unseen: Option<NaiveDate>,
}
