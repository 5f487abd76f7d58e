//! What the window asks of GTK and WebKitGTK themselves.

use std::cell::Cell;
use std::time::{Duration, Instant};

use tauri::{Runtime, WebviewWindow};
use webkit2gtk::WebViewExt;

/// A page whose process dies again within this time is not loaded again: it would only die once more.
const APART: Duration = Duration::from_secs(10);

/// Whether there is a display to open a window on.
pub fn has_display() -> bool {
    gtk::init().is_ok()
}

/// Has the page loaded anew where its process died, out of memory or by a driver's fault: what was typed is in the drafts.
pub fn heal<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.with_webview(|view| {
        let last: Cell<Option<Instant>> = Cell::new(None);
        view.inner().connect_web_process_terminated(move |view, _| {
            let now = Instant::now();
            if last.replace(Some(now)).is_none_or(|before| now.duration_since(before) > APART) {
                view.reload();
            }
        });
    })
}
