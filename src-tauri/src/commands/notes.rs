//! Notes.

use throughline_app::model::NotePart;
use throughline_app::view::{Mark, Note, NoteOpen, NoteRevision, NoteSaved};
use throughline_app::{Result, notes};

use super::{TheDesk, run};

#[tauri::command]
#[specta::specta]
pub async fn note_open(desk: TheDesk<'_>, meeting: String, part: NotePart) -> Result<NoteOpen> {
    run(&desk, async move |app| notes::sitting::open(&app, &meeting, part).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn note_draft(desk: TheDesk<'_>, sitting: String, text: String) -> Result<()> {
    run(&desk, async move |app| notes::sitting::draft(&app, &sitting, &text).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn note_save(desk: TheDesk<'_>, sitting: String, text: String, base: i64) -> Result<NoteSaved> {
    run(&desk, async move |app| notes::sitting::save(&app, &sitting, &text, base).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn note_close(desk: TheDesk<'_>, sitting: String) -> Result<()> {
    run(&desk, async move |app| notes::sitting::close(&app, &sitting).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn note_read(desk: TheDesk<'_>, meeting: String, part: NotePart, text: String) -> Result<Vec<Mark>> {
    run(&desk, async move |app| notes::read(&app, &meeting, part, &text).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn note_history(desk: TheDesk<'_>, meeting: String, part: NotePart) -> Result<Vec<NoteRevision>> {
    run(&desk, async move |app| Ok(notes::history(&app, &meeting, part).await?.revisions)).await
}

#[tauri::command]
#[specta::specta]
pub async fn note_restore(desk: TheDesk<'_>, meeting: String, part: NotePart, revision: i64) -> Result<Note> {
    run(&desk, async move |app| notes::restore(&app, &meeting, part, revision).await).await
}
