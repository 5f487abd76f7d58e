//! Days and meetings.

use throughline_app::view::{Brief, BriefCounts, CalendarEntry, DayView, Meeting, MeetingDetail, Recap, Scope, Thread};
use throughline_app::{Result, meetings, recap, today};

use super::{TheDesk, change, run};
use crate::shapes::{Done, MeetingEdit, NewMeeting, RecapFormat};

#[tauri::command]
#[specta::specta]
pub async fn day(desk: TheDesk<'_>, date: Option<String>) -> Result<DayView> {
    run(&desk, async move |app| {
        let date = date.map_or_else(|| Ok(app.clock().today()), |date| super::day(&app, &date))?;
        today::day(&app, date).await
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn day_ahead(desk: TheDesk<'_>, date: Option<String>) -> Result<Vec<BriefCounts>> {
    run(&desk, async move |app| {
        let date = date.map_or_else(|| Ok(app.clock().today()), |date| super::day(&app, &date))?;
        today::ahead(&app, date).await
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn thread(desk: TheDesk<'_>, meeting: String, scope: Scope, limit: usize) -> Result<Thread> {
    run(&desk, async move |app| today::thread(&app, &meeting, scope, limit).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn calendar(desk: TheDesk<'_>, from: String, to: String) -> Result<Vec<CalendarEntry>> {
    run(&desk, async move |app| today::entries(&app, super::day(&app, &from)?, super::day(&app, &to)?).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn brief(desk: TheDesk<'_>, meeting: String) -> Result<Brief> {
    run(&desk, async move |app| today::brief(&app, &meeting).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn meeting(desk: TheDesk<'_>, id: String) -> Result<MeetingDetail> {
    run(&desk, async move |app| meetings::show(&app, &id).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn meeting_new(desk: TheDesk<'_>, meeting: NewMeeting) -> Result<Meeting> {
    run(&desk, async move |app| {
        let NewMeeting { title, start, end, attendees } = meeting;
        meetings::new(&app, &meetings::NewMeeting { title, start, end, attendees }).await
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn meeting_edit(desk: TheDesk<'_>, id: String, edit: MeetingEdit) -> Result<Done<Meeting>> {
    change(&desk, async move |app| {
        let MeetingEdit { title, start, end, purpose, role, held } = edit;
        let edit = meetings::MeetingEdit { title, start, end, purpose, role, held };
        meetings::edit(&app, &id, &edit).await
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn meeting_delete(desk: TheDesk<'_>, id: String) -> Result<Done<Meeting>> {
    change(&desk, async move |app| meetings::delete(&app, &id).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn attendee_add(desk: TheDesk<'_>, meeting: String, who: String, series: bool) -> Result<Done<Meeting>> {
    change(&desk, async move |app| meetings::add_attendee(&app, &meeting, &who, series).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn set_present(desk: TheDesk<'_>, meeting: String, person: String, present: bool) -> Result<Done<Meeting>> {
    change(&desk, async move |app| meetings::set_present(&app, &meeting, &person, present).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn recap(desk: TheDesk<'_>, meeting: String, format: RecapFormat) -> Result<Recap> {
    run(&desk, async move |app| recap::show(&app, &meeting, format.as_str(), None).await).await
}

/// Remembers to whom it was sent.
#[tauri::command]
#[specta::specta]
pub async fn recap_sent(desk: TheDesk<'_>, meeting: String, to: String) -> Result<Done<Recap>> {
    change(&desk, async move |app| recap::show(&app, &meeting, RecapFormat::Markdown.as_str(), Some(&to)).await).await
}
