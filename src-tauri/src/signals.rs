//! Being asked to end by the system: at the end of a session, or from a terminal.

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use tauri::{AppHandle, Runtime};

use crate::window;

/// Closes the window when asked to end, so that what is unsaved is saved; asked again, at once.
pub fn heed<R: Runtime>(app: &AppHandle<R>) {
    // Where the system does not tell, it ends the program as ever.
    let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
    let app = app.clone();
    std::thread::spawn(move || {
        for _ in signals.forever() {
            window::close(&app);
        }
    });
}
