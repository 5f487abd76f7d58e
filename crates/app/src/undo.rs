//! Taking the last command back; again goes further.

use throughline_store::{Entry, change, sitting};

use crate::Result;
use crate::app::App;
use crate::view::{self, Undone};

/// Takes back the vault's last command or sitting that was not taken back yet. Nothing left to take back is no failure.
/// That an account was added or removed cannot be taken back: then nothing is undone, `command` says so, and the next
/// undo goes further.
///
/// # Errors
/// As writing the vault.
pub async fn last(app: &App) -> Result<view::Undo> {
    let mut tx = app.write().await?;
    for open in sitting::open(&mut tx).await? {
        sitting::close(&mut tx, open.note, app.entropy().salt()).await?;
    }
    let Some(found) = change::last_undoable(&mut tx).await? else {
        tx.commit(None).await?;
        return Ok(view::Undo { undone: Vec::new(), command: None });
    };
    // What an account brought is fetched and not kept: the log says that it came or went, and undo goes past it.
    let mut undone = if found.command.starts_with("account ") {
        Vec::new()
    } else {
        change::undo(&mut tx, &found, app.clock().now).await?
    };
    undone.dedup();
    let entry = Entry { undoes: Some(found.seq), ..app.entry("undo") };
    tx.commit(Some(entry)).await?;
    let undone = undone.into_iter().map(|(kind, id)| Undone { kind: kind.to_string(), id }).collect();
    Ok(view::Undo { undone, command: Some(found.command) })
}
