//! What the window is told without asking.

use serde::Serialize;
use specta::Type;
use tauri_specta::Event;

/// What was committed since the last time, by this program and others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type, Event)]
#[tauri_specta(event_name = "changed")]
pub struct ChangedEvent(pub throughline_app::watch::Changed);

/// How accounts and their syncs stand, while one is under way and when it ended.
#[derive(Debug, Clone, PartialEq, Serialize, Type, Event)]
#[tauri_specta(event_name = "sync-status")]
pub struct SyncStatusEvent(pub throughline_app::view::SyncStatus);

/// Whether discreet mode is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type, Event)]
pub struct Discreet(pub bool);

/// Where in the window to go: a route such as `/today`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type, Event)]
pub struct Navigate(pub String);

/// The program was started again for another vault than the one that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type, Event)]
pub struct VaultAsked {
    /// Its folder, by its whole path.
    pub dir: String,
    /// What it is called.
    pub name: String,
    /// Where to go in it.
    pub route: Option<String>,
}

/// The window is about to close, and waits two seconds at the most for `close_ready`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type, Event)]
pub struct Closing;
