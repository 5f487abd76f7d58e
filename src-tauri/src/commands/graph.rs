//! The network to look at, and where the time went.

use throughline_app::view::{Central, GraphEdge, GraphMonth, GraphView, Insights, NodeKind};
use throughline_app::{Result, insights, network};

use super::{TheDesk, day, run};
use crate::asked::{GraphAsk, NodeAsk};

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

/// Among nodes that were told before.
#[tauri::command]
#[specta::specta]
pub async fn graph_edges(desk: TheDesk<'_>, nodes: Vec<NodeAsk>) -> Result<Vec<GraphEdge>> {
    run(&desk, async move |app| {
        let nodes: Vec<(NodeKind, String)> = nodes.into_iter().map(|NodeAsk { kind, id }| (kind, id)).collect();
        network::edges(&app, &nodes).await
    })
    .await
}

/// How much of these kinds stands around a node, month by month.
#[tauri::command]
#[specta::specta]
pub async fn graph_months(
    desk: TheDesk<'_>,
    kind: NodeKind,
    id: String,
    kinds: Vec<NodeKind>,
) -> Result<Vec<GraphMonth>> {
    run(&desk, async move |app| network::months(&app, kind, &id, &kinds).await).await
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
