//! Discreet mode, for a screen that others see.

use tauri::{AppHandle, Runtime};
use tauri_specta::Event;

use crate::desk::Desk;
use crate::{events, tray};

/// Turns discreet mode on or off, and tells the window and the tray where that changed anything.
pub fn set<R: Runtime>(app: &AppHandle<R>, desk: &Desk, on: bool) {
    if desk.set_discreet(on) {
        tray::show_discreet(app, on);
        // A window that is gone needs not know.
        let _ = events::Discreet(on).emit(app);
    }
}
