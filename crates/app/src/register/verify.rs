//! An older register beside the vault.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use throughline_core::model::{Item, ItemKind, Meeting, NotePart};
use throughline_core::note::sentence;
use throughline_store::{Connection, change, item, meeting};

use super::entry::{Names, shown};
use super::gather::Gathered;
use super::page::{BEFORE, INVITED, Page, PageEntry, count, first, read_moment};
use super::strange::Strange;
use super::then::{Then, then};
use super::{Ask, csv, gather, html_read, markdown, whose};
use crate::app::App;
use crate::tell::Teller;
use crate::view::{
    DecisionStatus, EntryState, RegisterCheck, RegisterCheckEntry, RegisterEntry, RegisterLeftOut, RegisterStrange,
    RegisterSuperseder, When,
};
use crate::{Failure, Result, parse_zone};

/// More than any register is.
const LARGEST: u64 = 64 << 20;

/// Compares a register made earlier, as Markdown, CSV or HTML, with the vault: whether the head it prints is in the
/// change log, whether it holds anything that a register does not, whether what it says of itself can be so, whether it
/// has as many entries as it says and all that belonged in it, and what became of each. An entry's status is to be the
/// one it had at that head; what it has become since is told, and is no change.
///
/// # Errors
/// `file_missing`, `unreadable_register`.
pub async fn verify(app: &App, path: &Path) -> Result<RegisterCheck> {
    let (old, strange) = read(path).await?;
    let zone = parse_zone(&old.zone);
    let zone_known = zone.is_ok();
    let app = app.at(crate::Clock { zone: zone.unwrap_or(app.clock().zone), ..*app.clock() });
    let conn = &mut *app.read().await?;
    let head = bytes(&old.head);
    let place = match &head {
        Some(hash) => change::place(conn, hash).await?,
        None => None,
    };
    // Of a log without an entry the head is all zeros.
    let head_found = place.is_some() || (head.is_some_and(|hash| hash == [0; 32]) && old.entries.is_empty());
    let log_whole = change::verify(conn).await?.is_empty();
    let items = items(conn, &old).await?;
    let then = match place {
        Some(seq) => then(conn, seq, &items, app.clock().zone).await?,
        None => None,
    };
    let at: HashSet<_> = items.iter().map(|(_, meeting)| meeting.id).collect();
    let now = now(&app, conn, items).await?;
    let mut entries = Vec::with_capacity(old.entries.len());
    for was in &old.entries {
        entries.push(compare(was, &old.entries, now.get(was.anchor.as_str()), then.as_ref(), &app));
    }
    let organization = whose::called(conn, &old.organization).await?;
    let theirs = match &organization {
        Some(found) => whose::was_at(conn, found, &at).await?,
        None => false,
    };
    let made = read_moment(&old.made);
    let may_be_made = made.zip(then.as_ref()).is_none_or(|(made, then)| then.may_be_made(made));
    let of_itself = [
        ("organization", theirs),
        ("range", in_range(&old)),
        ("entries", old.count.is_empty() || old.count == count(&old.entries)),
        ("made", (old.made.is_empty() || made.is_some()) && may_be_made),
        ("zone", zone_known),
    ];
    let differs: Vec<String> = of_itself.into_iter().filter(|(_, so)| !so).map(|(what, _)| what.to_owned()).collect();
    let entries_told = old.told();
    let organization_is = organization.map(|found| shown(&found.name));
    let left_out = left_out(&app, &old, organization_is.as_deref()).await?;
    let unchanged = entries.iter().all(|entry: &RegisterCheckEntry| entry.state == EntryState::Unchanged);
    Ok(RegisterCheck {
        ok: head_found && log_whole && strange.is_none() && differs.is_empty() && left_out.is_empty() && unchanged,
        organization: old.organization,
        organization_is,
        differs,
        strange: strange.map(|Strange { line, text }| RegisterStrange { line, text: short(&text) }),
        head: old.head,
        head_found,
        log_whole,
        entries_told,
        left_out,
        entries,
    })
}

/// Whether it says over which days it is, and its entries are of these.
fn in_range(old: &Page) -> bool {
    let Some((from, to)) = old.days() else { return false };
    let mut days = old.entries.iter().filter_map(|entry| entry.date);
    days.all(|day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to))
}

/// The beginning of what may be a whole file in one line.
fn short(text: &str) -> String {
    const LONGEST: usize = 200;
    let line = shown(text);
    if line.chars().count() <= LONGEST { line } else { line.chars().take(LONGEST).chain(['…']).collect() }
}

/// What stood in the vault when the document was made, belongs in it, and is not there. Nothing where the document does
/// not say when that was, or of whom it is is not known any more.
async fn left_out(app: &App, old: &Page, organization: Option<&str>) -> Result<Vec<RegisterLeftOut>> {
    let Some((made, organization)) = read_moment(&old.made).zip(organization) else { return Ok(Vec::new()) };
    let Some((from, to)) = old.days().filter(|_| in_range(old)) else { return Ok(Vec::new()) };
    let now = match gather::gather(app, organization, &Ask { from, to, rationale: false }).await {
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

async fn read(path: &Path) -> Result<(Page, Option<Strange>)> {
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
        html_read::read(&text)
    } else if begin.starts_with('#') {
        markdown::read(begin)
    } else {
        csv::read(begin)
    };
    old.ok_or_else(unreadable)
}

/// What stands in the vault of what the document has.
async fn items(conn: &mut Connection, old: &Page) -> Result<Vec<(Item, Meeting)>> {
    let anchors: Vec<String> = old.entries.iter().map(|entry| entry.anchor.clone()).collect();
    let mut items = item::by_anchors(conn, &anchors).await?;
    items.retain(|item| {
        !item.archived && !item.proposed && item.kind != ItemKind::Question && item.part == NotePart::Notes
    });
    let meetings: Vec<_> = items.iter().filter_map(|item| item.meeting_id).collect();
    let meetings: HashMap<_, Meeting> =
        meeting::by_ids(conn, &meetings).await?.into_iter().map(|meeting| (meeting.id, meeting)).collect();
    let found = items.into_iter().filter_map(|item| {
        let meeting = meetings.get(&item.meeting_id?)?.clone();
        Some((item, meeting))
    });
    Ok(found.collect())
}

/// An entry now, and the decision that took its place.
type Now = (RegisterEntry, Option<RegisterSuperseder>);

/// What these entries say now, by anchor.
async fn now(app: &App, conn: &mut Connection, items: Vec<(Item, Meeting)>) -> Result<HashMap<String, Now>> {
    let names = Names::load(conn, &items).await?;
    let mut entries = Gathered::load(app, conn, items).await?.entries(app, conn, &names, true).await?;
    // Whether a decision holds is asked of the whole vault: this is for whoever has it.
    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    let decisions = Teller::new(conn, *app.clock()).items_by_ids(&ids).await?.decisions;
    let newer: Vec<_> = decisions.iter().filter_map(|decision| decision.superseded_by).collect();
    let newer = Teller::new(conn, *app.clock()).items_by_ids(&newer).await?.decisions;
    let mut superseders: HashMap<_, RegisterSuperseder> = HashMap::new();
    for decision in decisions.iter().filter(|decision| decision.status == DecisionStatus::Superseded) {
        if let Some(entry) = entries.iter_mut().find(|entry| entry.id == decision.id) {
            "superseded".clone_into(&mut entry.status);
        }
        if let Some(by) = newer.iter().find(|newer| Some(newer.id) == decision.superseded_by) {
            let (anchor, text, date) = (by.anchor.clone(), by.text.clone(), by.meeting_date);
            superseders.insert(decision.id, RegisterSuperseder { anchor, text, date });
        }
    }
    let with = |entry: RegisterEntry| (entry.anchor.clone(), (entry.clone(), superseders.remove(&entry.id)));
    Ok(entries.into_iter().map(with).collect())
}

fn compare(
    was: &PageEntry,
    all: &[PageEntry],
    now: Option<&Now>,
    then: Option<&Then>,
    app: &App,
) -> RegisterCheckEntry {
    let Some((now, superseded_by)) = now else {
        return RegisterCheckEntry {
            id: was.anchor.clone(),
            anchor: was.anchor.clone(),
            state: EntryState::Missing,
            differs: Vec::new(),
            was: was.text.clone(),
            is: None,
            status_was: was.status.clone(),
            status_is: None,
            status_since: None,
            superseded_by: None,
        };
    };
    let is = PageEntry::from(now);
    let same = |a: &str, b: &str| crate::clean::line(a) == crate::clean::line(b);
    let why = was.rationale.as_deref().zip(is.rationale.as_deref());
    let pairs = [
        ("kind", was.kind == is.kind),
        ("text", same(&sentence(&was.text), &sentence(&is.text))),
        ("date", was.date == is.date),
        ("meeting", same(&was.meeting, &is.meeting)),
        ("present", same_room(&was.present, &is.present)),
        ("first_written", was.written.is_empty() || first(&was.written) == first(&is.written)),
        ("recap_sent", said(&was.recap).all(|was| said(&is.recap).any(|is| is == was))),
        ("confirmed", said(&was.confirmed).all(|was| said(&is.confirmed).any(|is| same_said(was, is)))),
        ("decided_by", same(&was.decided_by, &is.decided_by)),
        ("owners", same(&was.owners, &is.owners)),
        ("due", was.due == is.due),
        ("rationale", was.rationale.is_none() || why.is_some_and(|(was, is)| same(was, is))),
    ];
    let mut differs: Vec<String> =
        pairs.into_iter().filter(|(_, same)| !same).map(|(field, _)| field.to_owned()).collect();
    for field in then.map(|then| then.differs(was, all, now)).unwrap_or_default() {
        if !differs.iter().any(|there| there == field) {
            differs.push(field.to_owned());
        }
    }
    RegisterCheckEntry {
        id: now.id.to_string(),
        anchor: was.anchor.clone(),
        state: if differs.is_empty() { EntryState::Unchanged } else { EntryState::Changed },
        differs,
        was: was.text.clone(),
        is: Some(is.text),
        status_was: was.status.clone(),
        status_since: then
            .filter(|_| is.status != was.status)
            .and_then(|then| then.status_since(&was.anchor))
            .map(|at| When::at(at, app.clock().zone)),
        superseded_by: superseded_by.clone(),
        status_is: Some(is.status),
    }
}

/// Whether somebody still confirmed it then; that it was changed after that is told as a change of its own.
fn same_said(was: &str, is: &str) -> bool {
    was == is || is.strip_suffix(BEFORE) == Some(was)
}

/// One by one what was said, as a document lists it.
fn said(list: &str) -> impl Iterator<Item = &str> {
    list.split("; ").filter(|said| !said.is_empty())
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
