//! Decisions: the log, what holds, and what took the place of what.

mod contradictions;
mod groups;
mod offers;
mod stretch;

use std::collections::HashSet;

use chrono::NaiveDate;
use throughline_core::graph::AsOf;
use throughline_core::graph::query;
use throughline_core::model::{ItemId, ItemKind, LinkKind, NotePart, Presence, Response};
use throughline_core::note::lines_under;
use throughline_store::{Connection, Kind, confirmation, item, note, person};

use crate::app::App;
use crate::clock::Clock;
use crate::notes::Writer;
use crate::tell::Teller;
use crate::view::{self, DecisionStatus};
use crate::{Failure, Result, actions, register, resolve};

pub use contradictions::{compatible, contradictions};
pub use offers::{Way, offers};
pub(crate) use stretch::Lists;
pub use stretch::{Ask, Show, places, stretch};

/// Which decisions; without any restriction all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those about this topic, or one nested in it.
    pub topic: Option<String>,
    /// Those this person took, is named in, or was at the meeting of.
    pub person: Option<String>,
    /// Those of meetings with this organization's people.
    pub org: Option<String>,
    /// Those of meetings on this day or later.
    pub since: Option<NaiveDate>,
    /// Those that held at the end of this day: decided by then, and not yet superseded. They are told as they stood then.
    pub as_of: Option<NaiveDate>,
    /// Those that hold today, which is those that held at the end of today where `as_of` names no other day.
    pub holding: bool,
}

impl Filter {
    /// As of which day they are told: that asked for, else today.
    fn by(&self, clock: &Clock) -> AsOf {
        AsOf { day: self.as_of.unwrap_or(clock.today()), zone: clock.zone }
    }
}

/// The decisions that the filter keeps, newest first.
///
/// # Errors
/// `unknown_person`, `unknown_organization`, `ambiguous`.
pub async fn list(app: &App, filter: &Filter) -> Result<view::Decisions> {
    let conn = &mut *app.look().await?;
    let by = filter.by(app.clock());
    let holding = (filter.holding || filter.as_of.is_some()).then_some(by);
    let query = item::Filter { holding, ..query(conn, filter).await? };
    let items = item::list(conn, &query).await?;
    let mut decisions = Teller::as_of(conn, *app.clock(), by).items(items).await?.decisions;
    if let Some(since) = filter.since {
        decisions.retain(|decision| decision.meeting_date.is_none_or(|date| date >= since));
    }
    Ok(view::Decisions { decisions, as_of: filter.as_of })
}

/// What the store is asked, whether they hold or not.
async fn query(conn: &mut Connection, filter: &Filter) -> Result<item::Filter> {
    Ok(item::Filter {
        kind: Some(ItemKind::Decision),
        // The store knows days in UTC; the user's may be the one before.
        since: filter.since.and_then(|since| since.pred_opt()),
        topic: filter.topic.as_deref().map(actions::topic),
        person: match &filter.person {
            Some(person) => Some(resolve::person(conn, person).await?),
            None => None,
        },
        organization: match &filter.org {
            Some(org) => Some(resolve::organization(conn, org).await?),
            None => None,
        },
        ..item::Filter::default()
    })
}

/// A decision with the chain it stands in.
///
/// # Errors
/// `unknown_decision`, `ambiguous`.
pub async fn show(app: &App, id: &str) -> Result<view::DecisionDetail> {
    let conn = &mut *app.look().await?;
    let id = resolve::item(conn, Some(ItemKind::Decision), id).await?;
    let (chain, links) = chain(conn, id).await?;
    let mut told = Teller::new(conn, *app.clock()).items_by_ids(&chain).await?.decisions;
    told.sort_by_key(|decision| (decision.meeting_date, decision.id));
    let decision = told.iter().find(|decision| decision.id == id).cloned();
    let decision = decision.ok_or_else(|| Failure::new("unknown_decision", "The decision is not there any more."))?;
    let branches = branches(&told, &links, id);
    let led_to = led_to(app, conn, id).await?;
    let invited = invited(app, conn, &decision).await?;
    let confirmed = confirmed(app, conn, id).await?;
    Ok(view::DecisionDetail { decision, chain: told, branches, led_to, invited, confirmed })
}

/// Who was asked to a decision's meeting and did not decline, where nobody said who was present.
async fn invited(app: &App, conn: &mut Connection, decision: &view::Decision) -> Result<Vec<view::PersonRef>> {
    let Some(meeting) = decision.meeting_id.filter(|_| decision.present.is_empty()) else { return Ok(Vec::new()) };
    let told = Teller::new(conn, *app.clock()).meeting_by_id(meeting).await?;
    let coming = told
        .into_iter()
        .flat_map(|meeting| meeting.attendees)
        .filter(|attendee| attendee.present != Presence::No && attendee.response != Some(Response::Declined));
    Ok(coming.map(|attendee| view::PersonRef { person_id: attendee.person_id, name: attendee.name }).collect())
}

async fn confirmed(app: &App, conn: &mut Connection, id: ItemId) -> Result<Vec<view::Confirmed>> {
    let said = confirmation::of_items(conn, &[id]).await?;
    let people: Vec<_> = said.iter().map(|said| said.person_id).collect();
    let people = person::by_ids(conn, &people).await?;
    let changed = register::changed(conn, id, false).await?;
    let at: Vec<_> = said.iter().map(|said| said.at).collect();
    let before = register::confirmed_before(conn, id, changed, &at).await?;
    let told = said.into_iter().filter_map(|said| {
        let person = people.iter().find(|person| person.id == said.person_id)?;
        let by = view::PersonRef { person_id: person.id, name: person.name.clone() };
        let before_change = before.contains(&said.at);
        Some(view::Confirmed { by, at: view::When::at(said.at, app.clock().zone), before_change })
    });
    Ok(told.collect())
}

/// Remembers that somebody said a decision is as written, now. Who said so before did so then, unless it was changed
/// since.
///
/// # Errors
/// `unknown_decision`, `unknown_person`, `ambiguous`, `not_decided`.
pub async fn confirm(app: &App, id: &str, who: &str) -> Result<view::DecisionDetail> {
    let mut tx = app.write().await?;
    let item_id = resolve::item(&mut tx, Some(ItemKind::Decision), id).await?;
    let person_id = resolve::person(&mut tx, who).await?;
    let told = Teller::new(&mut tx, *app.clock()).items_by_ids(&[item_id]).await?.decisions;
    if let Some(decision) = told.first().filter(|decision| decision.status == DecisionStatus::Proposed) {
        let (why, hint) = match decision.note_part {
            NotePart::Prep => ("it stands in the prep of its meeting", "Write it in the notes once it is taken."),
            _ => ("its meeting is yet to come", "Confirm it once it is taken."),
        };
        return Err(Failure::new("not_decided", format!("This decision is only proposed: {why}.")).hint(hint));
    }
    let said = confirmation::of_items(&mut tx, &[item_id]).await?;
    let at: Vec<_> = said.iter().filter(|said| said.person_id == person_id).map(|said| said.at).collect();
    let changed = register::changed(&mut tx, item_id, false).await?;
    if register::confirmed_before(&mut tx, item_id, changed, &at).await?.len() == at.len() {
        tx.touch(Kind::Confirmation, item_id).await?;
        confirmation::add(&mut tx, &confirmation::Confirmation { item_id, person_id, at: app.clock().now }).await?;
        app.commit(tx, "decision confirm").await?;
    } else {
        tx.rollback().await?;
    }
    show(app, &item_id.to_string()).await
}

/// The actions of the same meeting that link to a decision, or stand indented under it.
async fn led_to(app: &App, conn: &mut Connection, id: ItemId) -> Result<Vec<view::Action>> {
    let Some(decision) = item::get(conn, id).await? else { return Ok(Vec::new()) };
    let text = note::by_id(conn, decision.note_id).await?.map(|note| note.text).unwrap_or_default();
    let under = lines_under(&text, decision.line);
    let mut items = match decision.meeting_id {
        Some(meeting) => item::of_meeting(conn, meeting).await?,
        None => item::of_notes(conn, &[decision.note_id]).await?,
    };
    items.retain(|item| {
        item.kind == ItemKind::Action
            && !item.archived
            && (item.links.iter().any(|link| link.target == id)
                || (item.note_id == decision.note_id && under.contains(&item.line)))
    });
    Ok(Teller::new(conn, *app.clock()).items(items).await?.actions)
}

/// Every decision that supersede links lead to from here, either way, and the links: the newer, the older.
async fn chain(conn: &mut Connection, id: ItemId) -> Result<(Vec<ItemId>, HashSet<(ItemId, ItemId)>)> {
    let mut chain = vec![id];
    let mut links = HashSet::new();
    let mut looked_at = 0;
    while looked_at < chain.len() {
        let current = chain[looked_at..].to_vec();
        looked_at = chain.len();
        let mut next: Vec<ItemId> = Vec::new();
        for item in item::by_ids(conn, &current).await?.into_iter().filter(|item| !item.archived) {
            let older = item.links.iter().filter(|link| link.kind == LinkKind::Supersedes).map(|link| link.target);
            links.extend(older.clone().map(|older| (item.id, older)));
            next.extend(older);
        }
        let incoming = item::links_to(conn, &current, None).await?.into_iter();
        for (newer, _, older) in incoming.filter(|(_, kind, _)| *kind == LinkKind::Supersedes) {
            links.insert((newer, older));
            next.push(newer);
        }
        for id in next {
            if !chain.contains(&id) {
                chain.push(id);
            }
        }
    }
    Ok((chain, links))
}

/// The lines of a chain whose decisions stand oldest first: that of the one asked for, then the others, the latest first.
fn branches(chain: &[view::Decision], links: &HashSet<(ItemId, ItemId)>, asked: ItemId) -> Vec<view::Branch> {
    let newest_first: Vec<ItemId> = chain.iter().rev().map(|decision| decision.id).collect();
    let older = |of: ItemId| newest_first.iter().copied().find(|id| links.contains(&(of, *id)));
    let newer = |of: ItemId| newest_first.iter().copied().find(|id| links.contains(&(*id, of)));
    let mut told: HashSet<ItemId> = HashSet::new();
    let line = |from: ItemId, told: &mut HashSet<ItemId>| {
        let (mut line, mut below, mut above) = (vec![from], from, from);
        told.insert(from);
        let mut next = newer(above);
        while let Some(id) = next.filter(|id| !told.contains(id)) {
            told.insert(id);
            line.push(id);
            above = id;
            next = newer(above);
        }
        let superseded_by = next;
        let mut next = older(below);
        while let Some(id) = next.filter(|id| !told.contains(id)) {
            told.insert(id);
            line.insert(0, id);
            below = id;
            next = older(below);
        }
        view::Branch { line, supersedes: next, superseded_by }
    };
    let mut found = vec![line(asked, &mut told)];
    // What meets a line that is told comes next, so that each but the first says where it meets one.
    while let Some(next) = {
        let free = || newest_first.iter().filter(|id| !told.contains(id));
        let meets = |id: &ItemId| {
            links.iter().any(|(new, old)| (new == id && told.contains(old)) || (old == id && told.contains(new)))
        };
        free().find(|id| meets(id)).or_else(|| free().next()).copied()
    } {
        found.push(line(next, &mut told));
    }
    found
}

/// Says that `new` took the place of `old`: `supersedes ^old` is added to the line of `new`.
///
/// # Errors
/// `unknown_decision`, `ambiguous`, `cycle`.
pub async fn supersede(app: &App, old: &str, new: &str) -> Result<view::Decision> {
    let mut writer = Writer::begin(app).await?;
    let old = resolve::item(&mut writer.tx, Some(ItemKind::Decision), old).await?;
    let new = resolve::item(&mut writer.tx, Some(ItemKind::Decision), new).await?;
    if old == new {
        return Err(Failure::new("cycle", "A decision cannot supersede itself.").hint("Name two decisions."));
    }
    if supersedes(&mut writer, old, new).await? {
        return Err(Failure::new("cycle", "The older of these supersedes the newer already.")
            .hint("`throughline decision show` tells the chain."));
    }
    actions::link(&mut writer, new, LinkKind::Supersedes, old).await?;
    let told = Teller::new(&mut writer.tx, *app.clock()).items_by_ids(&[new]).await?;
    let decision = told.decisions.into_iter().next();
    let decision = decision.ok_or_else(|| Failure::new("unknown_decision", "The decision is not there any more."))?;
    writer.commit("decision supersede").await?;
    Ok(decision)
}

/// Whether supersede links lead from one decision to the other.
async fn supersedes(writer: &mut Writer<'_>, from: ItemId, to: ItemId) -> Result<bool> {
    let mut seen = vec![from];
    let mut next = vec![from];
    while !next.is_empty() {
        let items = item::by_ids(&mut writer.tx, &next).await?;
        next.clear();
        for link in items.iter().flat_map(|item| &item.links).filter(|link| link.kind == LinkKind::Supersedes) {
            if link.target == to {
                return Ok(true);
            }
            if !seen.contains(&link.target) {
                seen.push(link.target);
                next.push(link.target);
            }
        }
    }
    Ok(false)
}
