//! Taking the last command back; again goes further.

use throughline_core::model::MeetingId;
use throughline_store::{Entry, Kind, change, sitting};

use crate::app::App;
use crate::view::{self, Undone};
use crate::{Result, sync};

/// Takes back the vault's last command or sitting that was not taken back yet. Nothing left to take back is no failure.
/// That an account was added or removed cannot be taken back: then nothing is undone, `command` says so, and the next
/// undo goes further. Where a sync had moved notes with a series, they are back with the occurrence they were written at
/// and wait in the re-link queue; the calendar's own occurrence is a meeting without them.
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
    let moved = undone.iter().filter(|(kind, _)| *kind == Kind::Occurrence);
    let moved: Vec<MeetingId> = moved.filter_map(|(_, id)| id.parse().ok().map(MeetingId)).collect();
    if !moved.is_empty() {
        sync::settle(app, &mut tx, &moved).await?;
    }
    undone.dedup();
    let entry = Entry { undoes: Some(found.seq), ..app.entry("undo") };
    tx.commit(Some(entry)).await?;
    let undone = undone
        .into_iter()
        .map(|(kind, id)| match kind {
            Kind::Occurrence => Undone { kind: Kind::Meeting.to_string(), id },
            kind => Undone { kind: kind.to_string(), id },
        })
        .collect();
    Ok(view::Undo { undone, command: Some(found.command) })
}
