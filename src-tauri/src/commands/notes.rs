//! Notes.

use tauri::AppHandle;
use tauri_plugin_clipboard_manager::ClipboardExt;
use throughline_app::model::NotePart;
use throughline_app::view::{Completion, CompletionKind, Mark, Note, NoteOpen, NoteRevision, NoteSaved};
use throughline_app::{Failure, Result, attachments, complete, notes};

use super::{TheDesk, change, run};
use crate::picture;
use crate::shapes::Done;

#[tauri::command]
#[specta::specta]
pub async fn note_open(desk: TheDesk<'_>, meeting: String, part: NotePart) -> Result<NoteOpen> {
    run(&desk, async move |app| notes::sitting::open(&app, &meeting, part).await).await
}

/// Of a person's running note.
#[tauri::command]
#[specta::specta]
pub async fn note_open_person(desk: TheDesk<'_>, person: String) -> Result<NoteOpen> {
    run(&desk, async move |app| notes::sitting::open_person(&app, &person).await).await
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
pub async fn note_read(desk: TheDesk<'_>, meeting: Option<String>, part: NotePart, text: String) -> Result<Vec<Mark>> {
    run(&desk, async move |app| notes::read(&app, meeting.as_deref(), part, &text).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn note_history(desk: TheDesk<'_>, meeting: String, part: NotePart) -> Result<Vec<NoteRevision>> {
    run(&desk, async move |app| Ok(notes::history(&app, &meeting, part).await?.revisions)).await
}

#[tauri::command]
#[specta::specta]
pub async fn note_revision(desk: TheDesk<'_>, meeting: String, part: NotePart, revision: i64) -> Result<Note> {
    run(&desk, async move |app| notes::revision(&app, &meeting, part, revision).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn note_restore(desk: TheDesk<'_>, meeting: String, part: NotePart, revision: i64) -> Result<Done<Note>> {
    change(&desk, async move |app| notes::restore(&app, &meeting, part, revision).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn complete(
    desk: TheDesk<'_>,
    kind: CompletionKind,
    query: String,
    meeting: Option<String>,
) -> Result<Vec<Completion>> {
    run(&desk, async move |app| complete::complete(&app, kind, &query, meeting.as_deref()).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn attachment_add(desk: TheDesk<'_>, name: String, bytes: Vec<u8>) -> Result<String> {
    run(&desk, async move |app| attachments::add(&app, &name, bytes).await).await
}

/// Stores the picture on the system's clipboard; none where there is no picture.
#[tauri::command]
#[specta::specta]
pub async fn attachment_paste(app: AppHandle, desk: TheDesk<'_>) -> Result<Option<String>> {
    let Ok(picture) = app.clipboard().read_image().map(tauri::image::Image::to_owned) else { return Ok(None) };
    let encoded = tokio::task::spawn_blocking(move || picture::png(&picture)).await;
    let bytes = encoded.map_err(|_| Failure::new("internal", "The picture could not be written."))??;
    run(&desk, async move |app| Ok(Some(attachments::add(&app, "picture.png", bytes).await?))).await
}
