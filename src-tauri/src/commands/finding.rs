//! Finding, undoing, importing.

use std::path::PathBuf;

use throughline_app::view::{Search, SidebarCounts, Undo};
use throughline_app::{NoProgress, Result, counts, import, search, undo};

use super::{TheDesk, run};
use crate::shapes::Imported;

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

/// The vault's last command or sitting; with an entry that command, where nothing was done since.
#[tauri::command]
#[specta::specta]
pub async fn undo(desk: TheDesk<'_>, entry: Option<i64>) -> Result<Undo> {
    run(&desk, async move |app| match entry {
        Some(entry) => undo::one(&app, entry).await,
        None => undo::last(&app).await,
    })
    .await
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
