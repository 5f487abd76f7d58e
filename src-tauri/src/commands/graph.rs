//! The network to look at, and where the time went.

use throughline_app::view::{Central, GraphView, Insights, NodeKind};
use throughline_app::{Result, insights, network};

use super::{TheDesk, day, run};
use crate::asked::GraphAsk;

#[tauri::command]
#[specta::specta]
pub async fn graph_around(desk: TheDesk<'_>, kind: NodeKind, id: String, ask: GraphAsk) -> Result<GraphView> {
    run(&desk, async move |app| {
        let GraphAsk { depth, kinds, from, to, limit } = ask;
        let from = from.map(|from| day(&app, &from)).transpose()?;
        let to = to.map(|to| day(&app, &to)).transpose()?;
        let around = network::Around { depth, kinds, from, to, limit };
        network::around(&app, Some(kind), &id, &around).await
    })
    .await
}

/// Between two days, both included.
#[tauri::command]
#[specta::specta]
pub async fn insights(desk: TheDesk<'_>, from: String, to: String) -> Result<Insights> {
    run(&desk, async move |app| {
        let (from, to) = (day(&app, &from)?, day(&app, &to)?);
        insights::show(&app, from, to).await
    })
    .await
}

/// Between people or organizations.
#[tauri::command]
#[specta::specta]
pub async fn graph_path(desk: TheDesk<'_>, a: String, b: String) -> Result<GraphView> {
    run(&desk, async move |app| network::path(&app, &a, &b).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn central(
    desk: TheDesk<'_>,
    topic: Option<String>,
    from: Option<String>,
    to: Option<String>,
) -> Result<Central> {
    run(&desk, async move |app| {
        let from = from.map(|from| day(&app, &from)).transpose()?;
        let to = to.map(|to| day(&app, &to)).transpose()?;
        network::central(&app, topic.as_deref(), from, to).await
    })
    .await
}
