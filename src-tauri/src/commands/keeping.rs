//! Keeping what there is: exports, backups, the vault's health.

use std::path::Path;

use throughline_app::view::{Backups, Doctor, Written};
use throughline_app::{Result, backups, export, maintenance};

use super::{TheDesk, run};
use crate::shapes::ExportFormat;

/// Private parts stay in the vault: the command alone writes them out, when told so.
#[tauri::command]
#[specta::specta]
pub async fn export_to(desk: TheDesk<'_>, format: ExportFormat, target: String) -> Result<Written> {
    run(&desk, async move |app| export::run(&app, format.as_str(), Path::new(&target), false).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn backup(desk: TheDesk<'_>, file: String) -> Result<Written> {
    run(&desk, async move |app| backups::backup(&app, Path::new(&file)).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn backups(desk: TheDesk<'_>) -> Result<Backups> {
    run(&desk, async move |app| backups::list(&app).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn doctor(desk: TheDesk<'_>, repair: bool) -> Result<Doctor> {
    run(&desk, async move |app| maintenance::doctor(&app, repair, None).await).await
}
