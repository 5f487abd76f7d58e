//! Finding, undoing, keeping.

use std::path::{Path, PathBuf};

use throughline_app::view::{Doctor, Search, SidebarCounts, Undo, Written};
use throughline_app::{NoProgress, Result, counts, export, import, maintenance, search, undo};

use super::{TheDesk, run};
use crate::shapes::{ExportFormat, Imported};

/// Operators are words of the text: `kind:decision person:ana from:2026-01-01`. To the window, what was found stands
/// between U+0001 and U+0002, which no font draws.
#[tauri::command]
#[specta::specta]
pub async fn search(desk: TheDesk<'_>, text: String) -> Result<Search> {
    run(&desk, async move |app| {
        let mut found = search::run(&app, &text, &search::Filter::default()).await?;
        for hit in &mut found.hits {
            hit.snippet = hit.snippet.replace('\u{e000}', "\u{1}").replace('\u{e001}', "\u{2}");
        }
        Ok(found)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn counts(desk: TheDesk<'_>) -> Result<SidebarCounts> {
    run(&desk, async move |app| counts::show(&app).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn undo(desk: TheDesk<'_>) -> Result<Undo> {
    run(&desk, async move |app| undo::last(&app).await).await
}

/// Private parts stay in the vault: the command alone writes them out, when told so.
#[tauri::command]
#[specta::specta]
pub async fn export_to(desk: TheDesk<'_>, format: ExportFormat, target: String) -> Result<Written> {
    run(&desk, async move |app| export::run(&app, format.as_str(), Path::new(&target), false).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn backup(desk: TheDesk<'_>, file: String) -> Result<Written> {
    run(&desk, async move |app| maintenance::backup(&app, Path::new(&file)).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn doctor(desk: TheDesk<'_>, repair: bool) -> Result<Doctor> {
    run(&desk, async move |app| maintenance::doctor(&app, repair, None).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn import_minutes(desk: TheDesk<'_>, paths: Vec<String>) -> Result<Imported> {
    run(&desk, async move |app| {
        let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
        let imported = import::minutes(&app, &paths, &NoProgress).await?;
        let meetings = imported.files.iter().filter(|file| file.meeting_id.is_some()).count();
        Ok(Imported { meetings, warnings: imported.files.into_iter().flat_map(|file| file.warnings).collect() })
    })
    .await
}
