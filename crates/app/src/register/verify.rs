//! An older register beside the vault.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use throughline_core::model::{Item, ItemKind, Meeting, NotePart};
use throughline_store::{Connection, change, item, meeting};

use super::entry::Names;
use super::gather::Gathered;
use super::page::{BEFORE, INVITED, Old, OldEntry, read_moment};
use super::{Ask, csv, gather, html, markdown};
use crate::app::App;
use crate::tell::Teller;
use crate::view::{
    DecisionStatus, EntryState, RegisterCheck, RegisterCheckEntry, RegisterEntry, RegisterLeftOut, When,
};
use crate::{Failure, Result, parse_zone};

/// More than any register is.
const LARGEST: u64 = 64 << 20;

/// Compares a register made earlier, as Markdown, CSV or HTML, with the vault: whether the head it prints is in the
/// change log, whether it has as many entries as it says and all that belonged in it, and what became of each. What is said of an entry's status since is told, and is no change.
///
/// # Errors
/// `file_missing`, `unreadable_register`.
pub async fn verify(app: &App, path: &Path) -> Result<RegisterCheck> {
    let old = read(path).await?;
    let zone = parse_zone(&old.zone).unwrap_or(app.clock().zone);
    let app = app.at(crate::Clock { zone, ..*app.clock() });
    let conn = &mut *app.read().await?;
    let head_found = match bytes(&old.head) {
        // Of a log without an entry the head is all zeros.
        Some(hash) => (hash == [0; 32] && old.entries.is_empty()) || change::contains(conn, &hash).await?,
        None => false,
    };
    let log_whole = change::verify(conn).await?.is_empty();
    let now = now(&app, conn, &old).await?;
    let entries: Vec<RegisterCheckEntry> =
        old.entries.iter().map(|was| compare(was, now.get(was.anchor.as_str()))).collect();
    let entries_told = old.told();
    let complete = entries_told.is_none_or(|told| told == entries.len());
    let left_out = left_out(&app, &old).await?;
    let unchanged = entries.iter().all(|entry| entry.state == EntryState::Unchanged);
    Ok(RegisterCheck {
        ok: head_found && log_whole && complete && left_out.is_empty() && unchanged,
        organization: old.organization,
        head: old.head,
        head_found,
        log_whole,
        entries_told,
        left_out,
        entries,
    })
}

/// What stood in the vault when the document was made, belongs in it, and is not there. Nothing where the document does
/// not say when that was, or of whom it is is not known any more.
async fn left_out(app: &App, old: &Old) -> Result<Vec<RegisterLeftOut>> {
    let Some(made) = read_moment(&old.made) else { return Ok(Vec::new()) };
    let (from, to) = old.days();
    let now = match gather::gather(app, &old.organization, &Ask { from, to, rationale: false }).await {
        Ok(now) => now,
        Err(failure) if ["unknown_organization", "ambiguous"].contains(&failure.code) => return Ok(Vec::new()),
        Err(failure) => return Err(failure),
    };
    let there: HashSet<&str> = old.entries.iter().map(|entry| entry.anchor.as_str()).collect();
    // To the minute, as the document says it: what was written within that minute may have come after.
    let before = |entry: &RegisterEntry| match entry.first_written {
        When::At(at) => at.naive_local() < made && entry.date <= made.date(),
        When::Date(_) => false,
    };
    let missing = now.entries.into_iter().filter(|entry| !there.contains(entry.anchor.as_str()) && before(entry));
    Ok(missing.map(|entry| RegisterLeftOut { anchor: entry.anchor, text: entry.text, date: entry.date }).collect())
}

async fn read(path: &Path) -> Result<Old> {
    let missing =
        |_| Failure::new("file_missing", format!("`{}` cannot be read.", path.display())).hint("Check the path.");
    let size = tokio::fs::metadata(path).await.map_err(missing)?.len();
    let unreadable = || {
        Failure::new("unreadable_register", "That file is no register that Throughline wrote.")
            .hint("Give a Markdown, CSV or HTML file that `throughline register` or the window made.")
    };
    if size > LARGEST {
        return Err(unreadable());
    }
    let text = String::from_utf8(tokio::fs::read(path).await.map_err(missing)?).map_err(|_| unreadable())?;
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    let old = if begin.starts_with('<') {
        html::read(&text)
    } else if begin.starts_with('#') {
        markdown::read(begin)
    } else {
        csv::read(begin)
    };
    old.ok_or_else(unreadable)
}

/// What these entries say now, by anchor.
async fn now(app: &App, conn: &mut Connection, old: &Old) -> Result<HashMap<String, RegisterEntry>> {
    let anchors: Vec<String> = old.entries.iter().map(|entry| entry.anchor.clone()).collect();
    let mut items = item::by_anchors(conn, &anchors).await?;
    items.retain(|item| {
        !item.archived && !item.proposed && item.kind != ItemKind::Question && item.part == NotePart::Notes
    });
    let meetings: Vec<_> = items.iter().filter_map(|item| item.meeting_id).collect();
    let meetings: HashMap<_, Meeting> =
        meeting::by_ids(conn, &meetings).await?.into_iter().map(|meeting| (meeting.id, meeting)).collect();
    let items: Vec<(Item, Meeting)> = items
        .into_iter()
        .filter_map(|item| {
            let meeting = meetings.get(&item.meeting_id?)?.clone();
            Some((item, meeting))
        })
        .collect();
    let names = Names::load(conn, &items).await?;
    let mut entries = Gathered::load(app, conn, items).await?.entries(app, conn, &names, true).await?;
    // Whether a decision holds is asked of the whole vault: this is for whoever has it.
    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    for decision in Teller::new(conn, *app.clock()).items_by_ids(&ids).await?.decisions {
        let superseded = decision.status == DecisionStatus::Superseded;
        let entry = entries.iter_mut().find(|entry| entry.id == decision.id && superseded);
        entry.into_iter().for_each(|entry| "superseded".clone_into(&mut entry.status));
    }
    Ok(entries.into_iter().map(|entry| (entry.anchor.clone(), entry)).collect())
}

fn compare(was: &OldEntry, now: Option<&RegisterEntry>) -> RegisterCheckEntry {
    let Some(now) = now else {
        return RegisterCheckEntry {
            id: was.anchor.clone(),
            anchor: was.anchor.clone(),
            state: EntryState::Missing,
            differs: Vec::new(),
            was: was.text.clone(),
            is: None,
            status_was: was.status.clone(),
            status_is: None,
        };
    };
    let is = OldEntry::from(now);
    let same = |a: &str, b: &str| crate::clean::line(a) == crate::clean::line(b);
    let why = was.rationale.as_deref().zip(is.rationale.as_deref());
    let pairs = [
        ("kind", was.kind == is.kind),
        ("text", same(&was.text, &is.text)),
        ("date", was.date == is.date),
        ("meeting", same(&was.meeting, &is.meeting)),
        ("present", same_room(&was.present, &is.present)),
        ("first_written", was.first_written.is_empty() || was.first_written == is.first_written),
        ("confirmed", was.confirmed.iter().all(|said| is.confirmed.iter().any(|now| same_said(said, now)))),
        ("decided_by", same(&was.decided_by, &is.decided_by)),
        ("owners", same(&was.owners, &is.owners)),
        ("due", was.due == is.due),
        ("rationale", was.rationale.is_none() || why.is_some_and(|(was, is)| same(was, is))),
    ];
    let differs: Vec<String> = pairs.into_iter().filter(|(_, same)| !same).map(|(field, _)| field.to_owned()).collect();
    RegisterCheckEntry {
        id: now.id.to_string(),
        anchor: was.anchor.clone(),
        state: if differs.is_empty() { EntryState::Unchanged } else { EntryState::Changed },
        differs,
        was: was.text.clone(),
        is: Some(is.text),
        status_was: was.status.clone(),
        status_is: Some(is.status),
    }
}

/// Whether somebody still confirmed it then; that it was changed after that is told as a change of its own.
fn same_said(was: &str, is: &str) -> bool {
    was == is || is.strip_suffix(BEFORE) == Some(was)
}

/// Whether who was there is still said so. That somebody only invited then is known to have been there since, or not, is
/// no change.
fn same_room(was: &str, is: &str) -> bool {
    let (was, is) = (crate::clean::line(was), crate::clean::line(is));
    if was.is_empty() || was == is || (was.starts_with("Invited: ") && is.starts_with("Present: ")) {
        return true;
    }
    let (Some(was), Some(is)) = (was.strip_prefix("Present: "), is.strip_prefix("Present: ")) else { return false };
    let names = |said: &str| -> Vec<String> { said.split(", ").map(str::to_owned).collect() };
    let (there, invited) = was.split_once(INVITED).map_or((was, ""), |(there, invited)| (there, invited));
    let (there, invited) = (names(there), names(invited));
    let now = names(is.split_once(INVITED).map_or(is, |(there, _)| there));
    // None less, and of those more only who was invited.
    there.iter().all(|name| now.contains(name)) && now.iter().all(|name| there.contains(name) || invited.contains(name))
}

/// A hash as it was printed.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    (0..32).map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).ok()).collect()
}
