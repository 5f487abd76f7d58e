//! The icon in the system's tray, where there is one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use chrono::TimeDelta;
use tauri::menu::{CheckMenuItem, MenuBuilder, MenuEvent, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Runtime};
use throughline_app::soon;

use crate::desk::Desk;
use crate::{aside, discreet, window};

const OPEN: &str = "open";
const NEXT: &str = "next";
const DISCREET: &str = "discreet";
const QUIT: &str = "quit";

/// The menu's line for discreet mode, to be ticked.
struct Ticked<R: Runtime>(CheckMenuItem<R>);

/// Puts the icon into the tray. A system without a tray, or without the library for one, simply has none.
pub fn put<R: Runtime>(app: &AppHandle<R>) {
    // On Linux the library is looked for when the icon is made, and its absence is a panic of the binding.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let _ = catch_unwind(AssertUnwindSafe(|| build(app)));
    std::panic::set_hook(hook);
}

fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let on = app.state::<Arc<Desk>>().discreet();
    let discreet = CheckMenuItem::with_id(app, DISCREET, "Discreet mode", true, on, None::<&str>)?;
    let menu = MenuBuilder::new(app)
        .item(&MenuItem::with_id(app, OPEN, "Open Throughline", true, None::<&str>)?)
        .item(&MenuItem::with_id(app, NEXT, "Next meeting's note", true, None::<&str>)?)
        .item(&discreet)
        .separator()
        .item(&MenuItem::with_id(app, QUIT, "Quit", true, None::<&str>)?)
        .build()?;
    let mut tray = TrayIconBuilder::with_id("tray").menu(&menu).tooltip("Throughline").on_menu_event(chosen);
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app)?;
    app.manage(Ticked(discreet));
    Ok(())
}

fn chosen<R: Runtime>(app: &AppHandle<R>, event: MenuEvent) {
    match event.id().as_ref() {
        OPEN => window::show(app),
        NEXT => next(app),
        DISCREET => {
            let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
            discreet::set(app, &desk, !desk.discreet());
        }
        QUIT => window::close(app),
        _ => {}
    }
}

/// Goes to the note of the next meeting of these days; to today, where there is none.
fn next<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    aside::start(async move || {
        let soon = match desk.app().await {
            Ok(held) => soon::meetings(&held, TimeDelta::days(2)).await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        match soon.first() {
            Some(meeting) => window::go(&app, &format!("/meeting/{}?part=notes", meeting.id)),
            None => window::go(&app, "/today"),
        }
    });
}

/// Ticks the menu's line, or unticks it.
pub fn show_discreet<R: Runtime>(app: &AppHandle<R>, on: bool) {
    if let Some(ticked) = app.try_state::<Ticked<R>>() {
        let _ = ticked.0.set_checked(on);
    }
}
