//! Notes.

use throughline_app::model::NotePart;
use throughline_app::view::{Note, NoteRevision};
use throughline_app::{Result, notes};

use super::{TheDesk, run};

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
