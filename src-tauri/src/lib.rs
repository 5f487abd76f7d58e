//! The window of Throughline: a thin Tauri shell over `throughline_app`. Commands of a few lines, the window itself, the
//! tray, and the news of what changed. What it can do with data, the command can do too.

mod aside;
mod asked;
mod attachment;
mod backups;
mod bindings;
mod commands;
mod desk;
mod discreet;
mod door;
mod events;
mod hints;
mod links;
#[cfg(target_os = "linux")]
mod linux;
mod memory;
mod news;
mod notices;
mod picture;
mod rounds;
mod shapes;
#[cfg(unix)]
mod signals;
mod start;
mod time;
mod tray;
mod under_way;
mod window;

pub use bindings::write_bindings;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tauri::{App, AppHandle, Manager, RunEvent};

use desk::Desk;
use door::Door;
use start::Start;
use time::Time;

/// How long the end of the program waits for the vault to be closed.
const LAST: Duration = Duration::from_secs(3);

/// Runs the program until its window is closed. Exit codes are the command's: 0 done, 1 failed, 2 wrong usage.
#[must_use]
pub fn run() -> ExitCode {
    let start = match Start::read() {
        Ok(start) => start,
        Err(failure) => return ended(&failure.message, failure.hint.as_deref(), 2),
    };
    #[cfg(target_os = "linux")]
    if !linux::has_display() {
        let hint = "`throughline today` shows the day in the terminal.";
        return ended("There is no display here to open a window on.", Some(hint), 1);
    }
    let bindings = bindings::builder();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, from| window::started_again(app, arguments, &from)))
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .register_asynchronous_uri_scheme_protocol(attachment::SCHEME, attachment::serve)
        .invoke_handler(bindings.invoke_handler())
        .on_window_event(window::on_event)
        .setup(move |app| {
            bindings.mount_events(app);
            Ok(set_up(app, start)?)
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if matches!(event, RunEvent::Exit) {
                    end(app);
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => ended(&format!("The window could not be opened: {error}."), None, 1),
    }
}

fn set_up(app: &App, start: Start) -> tauri::Result<()> {
    let config = app.path().app_config_dir().ok();
    let desk = Desk::new(Time::new(start.now, start.zone), config, start.vault.clone());
    let desk = Arc::new(desk.within(start::surroundings()));
    if let Some(route) = start.route {
        desk.keep_route(route);
    }
    app.manage(Arc::clone(&desk));
    app.manage(Door::default());
    // The vault opens while the window does; what the window asks meanwhile waits for it.
    let reserved = desk.reserve();
    aside::start(async move || desk.wake(reserved, start.vault).await);
    window::open(app.handle())?;
    tray::put(app.handle());
    news::start(app.handle());
    notices::start(app.handle());
    rounds::start(app.handle());
    backups::start(app.handle());
    #[cfg(unix)]
    signals::heed(app.handle());
    Ok(())
}

/// Leaves the vault in one file, where that does not take long.
fn end(app: &AppHandle) {
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    tauri::async_runtime::block_on(async move {
        let _ = tokio::time::timeout(LAST, desk.close()).await;
    });
}

fn ended(message: &str, hint: Option<&str>, code: u8) -> ExitCode {
    let hint = hint.map(|hint| format!("\n{hint}")).unwrap_or_default();
    // Where even standard error is gone, the exit code still tells.
    let _ = writeln!(std::io::stderr(), "{message}{hint}");
    ExitCode::from(code)
}
