//! The review: one open action at a time, down to zero.

use throughline_app::view::{Action, Ask, Review, Trend};
use throughline_app::{Result, review};

use super::{TheDesk, change, run};
use crate::shapes::Done;

#[tauri::command]
#[specta::specta]
pub async fn review(desk: TheDesk<'_>) -> Result<Review> {
    run(&desk, async move |app| review::show(&app, review::AT_ONCE).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn review_trend(desk: TheDesk<'_>, weeks: u32) -> Result<Trend> {
    run(&desk, async move |app| review::trend(&app, weeks).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn action_keep(desk: TheDesk<'_>, id: String) -> Result<Done<Action>> {
    change(&desk, async move |app| review::keep_one(&app, &id).await).await
}

/// Drafts a message; sends nothing.
#[tauri::command]
#[specta::specta]
pub async fn action_ask(desk: TheDesk<'_>, id: String) -> Result<Ask> {
    run(&desk, async move |app| review::ask(&app, &id).await).await
}
