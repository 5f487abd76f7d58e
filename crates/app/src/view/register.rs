//! A client's register as told.

use chrono::NaiveDate;
use serde::Serialize;
use throughline_core::model::{ItemId, MeetingId, OrganizationId};

use super::{Decision, When};

/// `register`: an organization's decisions and commitments. What is in its documents is `entries`; the other lists are
/// for whoever hands it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Register {
    pub organization: String,
    pub organization_id: OrganizationId,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Whether reasons were asked for.
    pub rationale: bool,
    /// In which days and times are told.
    pub zone: String,
    pub generated_at: When,
    /// The hash of the change log's last entry, in hexadecimal.
    pub head: String,
    /// By date, then as they stand in the notes.
    pub entries: Vec<RegisterEntry>,
    /// Names in the document of people and organizations that are neither the client's nor the user's.
    pub third_parties: Vec<ThirdParty>,
    /// Decisions that hold in the register, and not in the vault: what took their place is not the client's.
    pub superseded_outside: Vec<String>,
    /// Meetings with decisions or commitments that are left out because the calendar called the meeting off; where one was
    /// held all the same, saying so brings them in.
    pub called_off: Vec<RegisterCalledOff>,
}

/// A meeting that was called off, and how many entries it would bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct RegisterCalledOff {
    pub meeting_id: MeetingId,
    pub meeting_title: String,
    pub date: NaiveDate,
    pub entries: usize,
}

/// A decision or commitment as a client may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct RegisterEntry {
    pub id: ItemId,
    pub anchor: String,
    /// `decision` or `commitment`.
    pub kind: String,
    pub text: String,
    /// Of a decision `holds` or `superseded`, within the register; of a commitment `open`, `done` or `dropped`.
    pub status: String,
    pub date: NaiveDate,
    pub meeting_title: String,
    pub decided_by: Vec<String>,
    pub present: Vec<String>,
    /// False where nobody said who was there, and those present were only invited.
    pub present_known: bool,
    /// Where it is known of some who was there: who else was invited, and of whom nobody said anything.
    pub invited: Vec<String>,
    pub owners: Vec<String>,
    pub due: Option<NaiveDate>,
    pub first_written: When,
    /// Whether its words, its people or its due date are others since.
    pub changed_since: bool,
    pub changed_at: Option<When>,
    pub confirmed: Vec<Said>,
    pub recap_sent: Vec<super::RecapSent>,
    pub rationale: Option<String>,
    /// The anchor of another entry.
    pub supersedes: Option<String>,
    /// The anchor of another entry.
    pub superseded_by: Option<String>,
}

/// Who said so, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Said {
    pub by: String,
    pub at: When,
    /// Whether it was changed since: then they said so of other words.
    pub before_change: bool,
}

/// A name that may not be meant for the client.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct ThirdParty {
    pub name: String,
    /// The anchor of the entry.
    pub entry: String,
    /// `text`, `rationale`, `meeting`, `decided_by`, `owners`, `present`, `confirmed` or `recap_sent`.
    #[serde(rename = "where")]
    pub place: &'static str,
}

/// `register ORG --json`: the register, and the document where a format was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct RegisterDocument {
    #[serde(flatten)]
    pub register: Register,
    pub format: String,
    pub text: String,
}

/// `register verify`: an older register beside the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct RegisterCheck {
    /// The head is found, the change log is whole, the document holds nothing but a register, what it says of itself is so,
    /// no entry is missing on either side, and each is unchanged.
    pub ok: bool,
    pub organization: String,
    /// What the organization is called now; none where none was ever called so.
    pub organization_is: Option<String>,
    /// What it says of itself and cannot be so: `organization`, `range`, `entries`, `made`, `zone`.
    pub differs: Vec<String>,
    /// Where it first holds more, or other, than a register does.
    pub strange: Option<RegisterStrange>,
    pub head: String,
    /// Whether the change log has an entry of that hash.
    pub head_found: bool,
    /// Whether nothing was altered in the change log.
    pub log_whole: bool,
    /// How many entries the document says it has; none where it does not say.
    pub entries_told: Option<usize>,
    /// What stood in the vault when the document was made, belongs in it, and is not there.
    pub left_out: Vec<RegisterLeftOut>,
    pub entries: Vec<RegisterCheckEntry>,
}

/// What stands in a document and is nothing that a register says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct RegisterStrange {
    /// Counted from 1; near it, where something is missing.
    pub line: usize,
    /// What stands there; empty where something is missing.
    pub text: String,
}

/// An entry that is missing in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct RegisterLeftOut {
    pub anchor: String,
    pub text: String,
    pub date: NaiveDate,
}

/// An entry of an older register beside what the vault says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct RegisterCheckEntry {
    /// The item's; the anchor of one that is not there any more.
    pub id: String,
    pub anchor: String,
    pub state: EntryState,
    /// What is said to be different: `text`, `date`, `meeting`, `present`, `first_written`,
    /// `confirmed`, `decided_by`, `owners`, `due`, `rationale`; and, where that was not so at the head the document prints,
    /// `status`, `superseded_by`, `supersedes`, `changed_since`, `recap_sent`, and `head` where it was not there at all.
    pub differs: Vec<String>,
    pub was: String,
    pub is: Option<String>,
    pub status_was: String,
    /// As the vault says; none where it is missing.
    pub status_is: Option<String>,
    /// When it became that, where it was another at the head; of a decision see `superseded_by`.
    pub status_since: Option<When>,
    /// Of a decision that is superseded, what took its place.
    pub superseded_by: Option<RegisterSuperseder>,
}

/// The decision that took another's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct RegisterSuperseder {
    pub anchor: String,
    pub text: String,
    /// Of its meeting; none in a running note.
    pub date: Option<NaiveDate>,
}

/// How an entry compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// As it was.
    Unchanged,
    /// Something in it is different.
    Changed,
    /// It is not in the vault any more.
    Missing,
}

/// `decisions --contradictions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Contradictions {
    /// The newest hundred at most.
    pub pairs: Vec<Contradiction>,
    /// How many there are.
    pub total: usize,
}

/// Two decisions that hold and may not go together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Contradiction {
    pub topic: String,
    /// The older.
    pub a: Decision,
    /// The newer.
    pub b: Decision,
    pub why: String,
}
