//! Taking the last command back; again goes further.

mod words;

use chrono::TimeDelta;
use throughline_core::model::{MeetingId, Times};
use throughline_store::change::{Change, Undoable};
use throughline_store::{Connection, Entry, Kind, Write, change, meeting, setting, sitting};

use crate::app::App;
use crate::view::{self, MovedMeeting, Undone, When};
use crate::{Failure, Result, sync};
use words::Names;

/// So long a sync's moves are told beside the queue.
pub(crate) const TOLD_FOR: TimeDelta = TimeDelta::days(7);

/// Takes back the vault's last command or sitting that was not taken back yet. Nothing left to take back is no failure.
/// That an account was added or removed cannot be taken back: then nothing is undone, `command` says so, and the next
/// undo goes further. Where a sync had moved notes with a series, they are back with the occurrence they were written at
/// and wait in the re-link queue; the calendar's own occurrence is a meeting without them. A sync that ran by itself is
/// nobody's last command: [`moves`] takes that back. Through a lens it is done all the same, and not said of what.
///
/// # Errors
/// As writing the vault.
pub async fn last(app: &App) -> Result<view::Undo> {
    back(app, Undoable::Command).await
}

/// Takes back what the last sync moved, whether somebody asked for that sync or it ran by itself, and whatever was done
/// since.
///
/// # Errors
/// As writing the vault.
pub async fn moves(app: &App) -> Result<view::Undo> {
    back(app, Undoable::Sync).await
}

/// Takes back the command that made that entry of the change log ([`App::logging`]), where nothing was done since. What
/// is being typed at a note that the command did not touch is left alone.
///
/// # Errors
/// `moved_on` where something was done since, `undone_already`; then nothing is undone.
pub async fn one(app: &App, entry: i64) -> Result<view::Undo> {
    let mut tx = app.write().await?;
    let newest = change::last_undoable(&mut tx, Undoable::Command).await?;
    match newest.filter(|newest| newest.seq == entry) {
        Some(found) if !sitting::touches(&mut tx, &found).await? => take_back(app, tx, found).await,
        _ if change::is_undone(&mut tx, entry).await? => {
            Err(Failure::new("undone_already", "That was taken back already."))
        }
        _ => Err(Failure::new("moved_on", "Something else was changed since, so nothing was undone.")
            .hint("“Undo the last command” takes back what is newest; once more, what was before it.")),
    }
}

async fn back(app: &App, what: Undoable) -> Result<view::Undo> {
    let mut tx = app.write().await?;
    for open in sitting::open(&mut tx).await? {
        sitting::close(&mut tx, open.note, app.entropy().salt()).await?;
    }
    match change::last_undoable(&mut tx, what).await? {
        Some(found) => take_back(app, tx, found).await,
        None => {
            tx.commit(None).await?;
            Ok(view::Undo { undone: Vec::new(), command: None, what: None })
        }
    }
}

async fn take_back(app: &App, mut tx: Write, found: Change) -> Result<view::Undo> {
    // What goes with it is named before, what comes back with it after.
    let mut names = Names::default();
    names.learn(app, &mut tx, &found).await?;
    // What an account brought is fetched and not kept: the log says that it came or went, and undo goes past it.
    let mut undone =
        if is_of_an_account(&found) { Vec::new() } else { change::undo(&mut tx, &found, app.clock().now).await? };
    settle(app, &mut tx, &undone).await?;
    names.learn(app, &mut tx, &found).await?;
    undone.dedup();
    let entry = Entry { undoes: Some(found.seq), ..app.entry("undo") };
    tx.commit(Some(entry)).await?;
    // Through a lens it may have been somebody else's: that something was taken back is all that is said.
    let is_told = !undone.is_empty() && app.lens().is_none();
    let what = if is_told { words::said(&found, &names) } else { None };
    let undone = undone
        .into_iter()
        .map(|(kind, id)| match kind {
            Kind::Occurrence => Undone { kind: Kind::Meeting.to_string(), id },
            kind => Undone { kind: kind.to_string(), id },
        })
        .collect();
    Ok(view::Undo { undone, command: Some(found.command), what })
}

fn is_of_an_account(change: &Change) -> bool {
    change.command.starts_with("account ")
}

async fn settle(app: &App, tx: &mut Write, undone: &[(Kind, String)]) -> Result<()> {
    let moved = undone.iter().filter(|(kind, _)| *kind == Kind::Occurrence);
    let moved: Vec<MeetingId> = moved.filter_map(|(_, id)| id.parse().ok().map(MeetingId)).collect();
    if moved.is_empty() { Ok(()) } else { sync::settle(app, tx, &moved).await }
}

/// The setting that holds up to which entry of the log somebody has seen what syncs moved.
const SEEN: &str = "moves seen";

/// Remembers that what the last sync moved was seen: [`sync::status`] tells of it no more. Not in the log: nobody would
/// want to take that back.
///
/// # Errors
/// As writing the vault.
pub async fn see_moves(app: &App) -> Result<()> {
    let mut tx = app.write().await?;
    let Some(found) = change::last_undoable(&mut tx, Undoable::Sync).await? else { return Ok(()) };
    setting::set(&mut tx, SEEN, &found.seq).await?;
    tx.feed(Kind::Setting, SEEN);
    tx.commit(None).await?;
    Ok(())
}

/// How many meetings the last sync moved, where it was no longer ago than that, and nobody has seen it.
pub(crate) async fn unseen_moves(app: &App, conn: &mut Connection, ago: TimeDelta) -> Result<usize> {
    let seen: Option<i64> = setting::get(conn, SEEN).await?;
    let last = change::last_undoable(conn, Undoable::Sync).await?.map(|found| found.seq);
    if last <= seen { Ok(0) } else { Ok(last_moves(app, conn, ago).await?.len()) }
}

/// What the last sync moved that [`moves`] would take back, where it was no longer ago than that.
pub(crate) async fn last_moves(app: &App, conn: &mut Connection, ago: TimeDelta) -> Result<Vec<MovedMeeting>> {
    let Some(found) = change::last_undoable(conn, Undoable::Sync).await? else { return Ok(Vec::new()) };
    let content = found.content.filter(|_| app.clock().now - found.at < ago);
    let mut moved = Vec::new();
    for delta in content.into_iter().flat_map(|content| content.deltas) {
        let times = |image: &Option<serde_json::Value>| -> Option<Times> {
            serde_json::from_value(image.as_ref()?.get("times")?.clone()).ok()
        };
        let (Ok(id), Some(from), Some(to)) =
            (delta.id.parse().map(MeetingId), times(&delta.before), times(&delta.after))
        else {
            continue;
        };
        let Some(meeting) = meeting::get(conn, id).await?.filter(|_| delta.kind == Kind::Occurrence) else { continue };
        let zone = app.clock().zone;
        moved.push(MovedMeeting {
            meeting_id: id,
            title: meeting.title,
            from: When::start(&from, zone),
            to: When::start(&to, zone),
            stays: from == to,
        });
    }
    Ok(moved)
}
