//! Shapes that only the window knows: what it asks with, and how the program stands.

use std::path::Path;

use serde::{Deserialize, Serialize};
use specta::Type;
use throughline_app::model::MyRole;
use throughline_app::view::{About, Lens, Settings, TakenUp, When};
use throughline_app::{Clock, Failure, decisions};

/// What became of a command that may be taken back.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Done<T> {
    pub answer: T,
    /// Its entry in the change log, for `undo`; none where nothing was changed.
    pub entry: Option<i64>,
}

/// How the program stands.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Boot {
    pub version: &'static str,
    pub platform: Platform,
    pub state: VaultState,
    /// Why the vault could not be opened.
    pub failure: Option<Failure>,
    pub vault: Option<About>,
    /// Where first run offers to make a vault.
    pub suggested_dir: String,
    pub now: When,
    pub zone: String,
    /// The vault's; those of a new one where none is open.
    pub settings: Settings,
    pub discreet: bool,
    /// The organization whose meetings alone are shown.
    pub lens: Option<Lens>,
    /// What was typed and not saved when a program ended, found as the vault was opened; told once.
    pub taken_up: Vec<TakenUp>,
    /// The folders of the vaults opened before, the latest first.
    pub lately: Vec<String>,
}

impl Boot {
    /// How the program stands at this moment.
    #[must_use]
    pub fn new(
        state: VaultState,
        failure: Option<Failure>,
        vault: Option<About>,
        settings: Settings,
        suggested: &Path,
        clock: &Clock,
        discreet: bool,
    ) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            platform: Platform::HERE,
            state,
            failure,
            vault,
            suggested_dir: suggested.display().to_string(),
            now: When::at(clock.now, clock.zone),
            zone: clock.zone.name().to_owned(),
            settings,
            discreet,
            lens: None,
            taken_up: Vec::new(),
            lately: Vec::new(),
        }
    }
}

/// Whether there is a vault to work with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum VaultState {
    /// One is open.
    Open,
    /// None was ever made: first run.
    None,
    /// One is known, and could not be opened.
    Locked,
}

/// The system the window runs on, as far as keys and words differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    Linux,
    Macos,
    Windows,
}

impl Platform {
    const HERE: Self = if cfg!(target_os = "macos") {
        Self::Macos
    } else if cfg!(windows) {
        Self::Windows
    } else {
        Self::Linux
    };
}

/// A meeting to be made.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct NewMeeting {
    pub title: String,
    pub start: String,
    #[serde(default)]
    pub end: Option<String>,
    #[serde(default)]
    pub attendees: Vec<String>,
}

/// What is to be changed of a meeting; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct MeetingEdit {
    pub title: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub purpose: Option<String>,
    pub role: Option<MyRole>,
    pub held: Option<bool>,
}

/// Which decisions, in what order.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct DecisionsAsk {
    pub show: decisions::Show,
    pub topic: Option<String>,
    pub person: Option<String>,
    pub organization: Option<String>,
    pub as_of: Option<String>,
    pub words: String,
}

/// What is asked of a register.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct RegisterAsk {
    pub from: Option<String>,
    pub to: Option<String>,
    pub rationale: bool,
}

/// How a recap is written.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RecapFormat {
    Markdown,
    Html,
    Text,
    Email,
}

impl RecapFormat {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Text => "text",
            Self::Email => "email",
        }
    }
}

/// What a vault can be written as.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    Markdown,
    Json,
    Csv,
    Graphml,
    Ics,
}

impl ExportFormat {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Graphml => "graphml",
            Self::Ics => "ics",
        }
    }
}

/// What came of importing minutes.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Imported {
    pub meetings: usize,
    pub warnings: Vec<String>,
}
