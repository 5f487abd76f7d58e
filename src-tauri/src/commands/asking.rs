//! Asking the network in one line, and keeping what one asks.

use throughline_app::{Result, queries};

use super::{TheDesk, change, run};
use crate::asked::{QueryKey, QueryName, QueryResult, SavedQuery};
use crate::shapes::Done;

/// Without what they count: that goes through the whole network.
#[tauri::command]
#[specta::specta]
pub async fn query_names(desk: TheDesk<'_>) -> Result<Vec<QueryName>> {
    run(&desk, async move |app| Ok(queries::list(&app).await?.queries.into_iter().map(QueryName::from).collect())).await
}

#[tauri::command]
#[specta::specta]
pub async fn queries(desk: TheDesk<'_>) -> Result<Vec<SavedQuery>> {
    run(&desk, async move |app| Ok(queries::counted(&app).await?.into_iter().map(SavedQuery::of).collect())).await
}

#[tauri::command]
#[specta::specta]
pub async fn query_run(desk: TheDesk<'_>, query: String) -> Result<QueryResult> {
    run(&desk, async move |app| Ok(queries::run(&app, &query).await?.into())).await
}

#[tauri::command]
#[specta::specta]
pub async fn query_save(desk: TheDesk<'_>, name: String, expression: String) -> Result<Done<SavedQuery>> {
    change(&desk, async move |app| {
        let saved = queries::save(&app, &name, &expression).await?;
        let count = queries::run(&app, &saved.name).await.ok().map(|found| found.rows.len());
        Ok(SavedQuery::of((saved, count)))
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn query_rename(desk: TheDesk<'_>, name: String, to: String) -> Result<Done<()>> {
    change(&desk, async move |app| queries::rename(&app, &name, &to).await.map(drop)).await
}

#[tauri::command]
#[specta::specta]
pub async fn query_delete(desk: TheDesk<'_>, name: String) -> Result<Done<()>> {
    change(&desk, async move |app| queries::delete(&app, &name).await.map(drop)).await
}

#[tauri::command]
#[specta::specta]
pub async fn query_keys() -> Result<Vec<QueryKey>> {
    Ok(QueryKey::all())
}
