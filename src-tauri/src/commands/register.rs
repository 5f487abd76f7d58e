//! A client's register, and decisions that may not go together.

use std::path::Path;

use throughline_app::view::{Contradictions, DecisionDetail, Register, RegisterCheck, Written};
use throughline_app::{App, Result, decisions, register};

use super::{TheDesk, change, day, run};
use crate::shapes::Done;
use crate::shapes::RegisterAsk;

fn asked(app: &App, ask: &RegisterAsk) -> Result<register::Ask> {
    let read = |text: &Option<String>| text.as_deref().map(|text| day(app, text)).transpose();
    Ok(register::Ask { from: read(&ask.from)?, to: read(&ask.to)?, rationale: ask.rationale })
}

#[tauri::command]
#[specta::specta]
pub async fn register(desk: TheDesk<'_>, organization: String, ask: RegisterAsk) -> Result<Register> {
    run(&desk, async move |app| register::show(&app, &organization, &asked(&app, &ask)?).await).await
}

/// The page to be printed, to be shown in a frame of its own: it loads nothing and runs nothing.
#[tauri::command]
#[specta::specta]
pub async fn register_page(desk: TheDesk<'_>, organization: String, ask: RegisterAsk) -> Result<String> {
    run(&desk, async move |app| {
        let ask = asked(&app, &ask)?;
        Ok(register::document(&app, &organization, &ask, register::Format::Html).await?.1)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn register_write(
    desk: TheDesk<'_>,
    organization: String,
    ask: RegisterAsk,
    format: register::Format,
    path: String,
) -> Result<Written> {
    run(&desk, async move |app| {
        let ask = asked(&app, &ask)?;
        register::write(&app, &organization, &ask, format, Path::new(&path)).await
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn register_verify(desk: TheDesk<'_>, path: String) -> Result<RegisterCheck> {
    run(&desk, async move |app| register::verify(&app, Path::new(&path)).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn decision_confirm(desk: TheDesk<'_>, id: String, person: String) -> Result<Done<DecisionDetail>> {
    change(&desk, async move |app| decisions::confirm(&app, &id, &person).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn decision_compatible(desk: TheDesk<'_>, one: String, other: String) -> Result<Done<()>> {
    change(&desk, async move |app| decisions::compatible(&app, &one, &other).await.map(drop)).await
}

#[tauri::command]
#[specta::specta]
pub async fn contradictions(desk: TheDesk<'_>) -> Result<Contradictions> {
    run(&desk, async move |app| decisions::contradictions(&app, None, None).await).await
}
