//! The window itself.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent};
use tauri_specta::Event;
use throughline_app::about;

use crate::desk::Desk;
use crate::door::Door;
#[cfg(target_os = "linux")]
use crate::linux;
use crate::start::Start;
use crate::{aside, events};

/// The one window's label; `capabilities/window.json` names it too.
pub const MAIN: &str = "main";

const NAME: &str = "Throughline";

/// Outside of text, the webview's own menu offers nothing but to reload a page that is no page. Reloading by key is
/// off for the same reason.
const QUIET: &str = r"
    addEventListener('contextmenu', (event) => {
        const at = event.target;
        if (!(at instanceof Element && at.closest('input, textarea, [contenteditable]'))) event.preventDefault();
    });
    addEventListener('keydown', (event) => {
        const reload = event.key === 'F5' || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'r');
        if (reload) event.preventDefault();
    }, true);
";

/// Makes the window.
///
/// # Errors
/// As the system's.
pub fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let mut window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title(NAME)
        .inner_size(1280.0, 800.0)
        .min_inner_size(640.0, 480.0)
        .zoom_hotkeys_enabled(false)
        // The page takes dropped files itself, as pictures for a note.
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny);
    if !cfg!(debug_assertions) {
        window = window.initialization_script(QUIET);
    }
    let window = window.build()?;
    #[cfg(target_os = "linux")]
    linux::heal(&window)?;
    drop(window);
    Ok(())
}

/// The window shows the program's own page, and never another.
fn is_ours(url: &Url) -> bool {
    let own = url.scheme() == "tauri" && url.host_str() == Some("localhost");
    // How Windows names the same.
    let windows = ["http", "https"].contains(&url.scheme()) && url.host_str() == Some("tauri.localhost");
    let development = !cfg!(feature = "custom-protocol")
        && url.scheme() == "http"
        && url.host_str() == Some("localhost")
        && url.port() == Some(5173);
    own || windows || development
}

/// Closing waits for what the window still has to save.
pub fn on_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    if !window.state::<Door>().must_wait() {
        return;
    }
    api.prevent_close();
    let window = window.clone();
    tauri::async_runtime::spawn(async move {
        if events::Closing.emit(&window).is_ok() {
            window.state::<Door>().wait().await;
        }
        let _ = window.destroy();
    });
}

/// Brings the window to the front.
pub fn show<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.show();
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Ends the program by closing its window, which waits for what is still to be saved.
pub fn close<R: Runtime>(app: &AppHandle<R>) {
    match app.get_webview_window(MAIN) {
        Some(window) => drop(window.close()),
        None => app.exit(0),
    }
}

/// Brings the window to the front, and goes to a route in it.
pub fn go<R: Runtime>(app: &AppHandle<R>, route: &str) {
    show(app);
    let _ = events::Navigate(route.to_owned()).emit(app);
}

/// The program was started again, in the folder `from`: the window comes to the front instead, and goes where it was to
/// begin. Where another vault was meant, it asks whether to open that.
pub fn started_again<R: Runtime>(app: &AppHandle<R>, arguments: Vec<String>, from: &str) {
    show(app);
    let start = Start::of(arguments.into_iter().skip(1).map(OsString::from)).unwrap_or_default();
    let asked = start.vault.map(|dir| Path::new(from).join(dir));
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    let app = app.clone();
    aside::start(async move || match (asked, start.route) {
        (Some(dir), route) if !desk.has_open(&dir).await => {
            let name = about::name(&dir);
            let _ = events::VaultAsked { dir: dir.display().to_string(), name, route }.emit(&app);
        }
        (_, Some(route)) => drop(events::Navigate(route).emit(&app)),
        (_, None) => {}
    });
}

/// The window's title says which vault is open.
pub fn entitle<R: Runtime>(app: &AppHandle<R>, vault: Option<&str>) {
    let title = vault.map_or_else(|| NAME.to_owned(), |vault| format!("{vault} – {NAME}"));
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.set_title(&title);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_on_its_own_page() {
        for (url, ours) in [
            ("tauri://localhost/", true),
            ("tauri://localhost/index.html#/today", true),
            ("http://tauri.localhost/", true),
            ("https://example.org/", false),
            ("http://localhost/", false),
            ("http://tauri.localhost.example.org/", false),
            ("attachment://localhost/attachments/page.html", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
            ("about:blank", false),
        ] {
            assert_eq!(is_ours(&url.parse().unwrap()), ours, "{url}");
        }
    }
}
