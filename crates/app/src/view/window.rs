//! What only a window asks: completions, settings, a folder looked at before a vault is put there.

use serde::{Deserialize, Serialize};
use throughline_core::backups::BackupEvery;
use throughline_core::model::PersonId;

/// What is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the contract")]
pub enum CompletionKind {
    Person,
    /// Somebody who is not at the meeting.
    Others,
    Topic,
    Item,
    Template,
}

/// Something to put in the place of what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Completion {
    pub label: String,
    pub detail: Option<String>,
    pub insert: String,
    pub person_id: Option<PersonId>,
    /// Of people `here` (an attendee), `known` or `new`; of items their kind.
    pub group: Option<String>,
}

/// The user's settings. What an older program did not know is as it is at first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Settings {
    pub theme: Theme,
    /// Percent, 100 to 200.
    pub zoom: u16,
    pub single_letters: bool,
    pub week_starts: WeekStart,
    /// From one sync to the next.
    pub sync_minutes: u16,
    pub backup_every: BackupEvery,
    /// Where backups go that are taken by themselves; none: into the vault's own folder.
    pub backup_folder: Option<String>,
    pub templates: Vec<Template>,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the contract")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The first day of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the contract")]
pub enum WeekStart {
    #[default]
    Monday,
    Sunday,
}

/// A text to begin a note with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Template {
    pub name: String,
    pub text: String,
}

/// A folder, before a vault is put there or opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct FolderCheck {
    pub dir: String,
    pub exists: bool,
    pub empty: bool,
    pub has_vault: bool,
    pub writable: bool,
    /// The file-sync program that holds the folder: "Dropbox".
    pub synced_by: Option<String>,
}
