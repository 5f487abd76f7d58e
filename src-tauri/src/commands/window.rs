//! What the window asks of the system: dialogs, the clipboard, links, and its own closing.

use std::path::PathBuf;

use tauri::{AppHandle, State};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tauri_plugin_opener::OpenerExt;
use throughline_app::{Failure, Result};
use tokio::sync::oneshot;

use super::TheDesk;
use crate::door::Door;
use crate::{discreet, links};

#[tauri::command]
#[specta::specta]
pub async fn pick_folder(app: AppHandle, title: String) -> Result<Option<String>> {
    picked(app.dialog().file().set_title(title), FileDialogBuilder::pick_folder).await
}

#[tauri::command]
#[specta::specta]
pub async fn pick_file(app: AppHandle, title: String, extensions: Vec<String>) -> Result<Option<String>> {
    let mut dialog = app.dialog().file().set_title(title);
    if !extensions.is_empty() {
        let extensions: Vec<&str> = extensions.iter().map(String::as_str).collect();
        dialog = dialog.add_filter(extensions.join(", "), &extensions);
    }
    picked(dialog, FileDialogBuilder::pick_file).await
}

#[tauri::command]
#[specta::specta]
pub async fn pick_save(app: AppHandle, title: String, name: String) -> Result<Option<String>> {
    picked(app.dialog().file().set_title(title).set_file_name(name), FileDialogBuilder::save_file).await
}

type Answer = Box<dyn FnOnce(Option<FilePath>) + Send>;

async fn picked<R: tauri::Runtime>(
    dialog: FileDialogBuilder<R>,
    show: fn(FileDialogBuilder<R>, Answer),
) -> Result<Option<String>> {
    let (told, answer) = oneshot::channel();
    show(dialog, Box::new(move |path| drop(told.send(path))));
    let Some(path) = answer.await.ok().flatten() else { return Ok(None) };
    let path: PathBuf = path.into_path().map_err(|_| unusable())?;
    // A path that is not text could not come back from the window as it was.
    path.into_os_string().into_string().map(Some).map_err(|_| unusable())
}

fn unusable() -> Failure {
    Failure::new("file_unusable", "That place cannot be used.").hint("Choose a folder of this computer.")
}

#[tauri::command]
#[specta::specta]
pub async fn open_url(app: AppHandle, url: String) -> Result<()> {
    open(&app, &url)
}

/// Has the system open a link, where that is of a kind it may open.
pub(super) fn open(app: &AppHandle, url: &str) -> Result<()> {
    let url = links::checked(url)?;
    app.opener().open_url(url.as_str(), None::<&str>).map_err(|_| {
        Failure::new("not_opened", "The system did not open the link.").hint("Copy it, and open it in your browser.")
    })
}

#[tauri::command]
#[specta::specta]
pub async fn copy(app: AppHandle, text: String, html: Option<String>) -> Result<()> {
    let clipboard = app.clipboard();
    let copied = match html {
        Some(html) => clipboard.write_html(html, Some(text)),
        None => clipboard.write_text(text),
    };
    copied.map_err(|_| {
        Failure::new("not_copied", "The system's clipboard did not take it.").hint("Select the text, and copy it.")
    })
}

#[tauri::command]
#[specta::specta]
pub async fn set_discreet(app: AppHandle, desk: TheDesk<'_>, on: bool) -> Result<bool> {
    discreet::set(&app, &desk, on);
    Ok(desk.discreet())
}

/// What the window was asked to go to before it listened; once.
#[tauri::command]
#[specta::specta]
pub async fn first_route(desk: TheDesk<'_>) -> Result<Option<String>> {
    Ok(desk.take_route())
}

/// Everything is saved: the window may close.
#[tauri::command]
#[specta::specta]
pub async fn close_ready(door: State<'_, Door>) -> Result<()> {
    door.ready();
    Ok(())
}
