//! Decisions: the log, what holds, and what took the place of what.

use chrono::NaiveDate;
use throughline_core::model::{ItemId, ItemKind, LinkKind};
use throughline_store::item;

use crate::app::App;
use crate::notes::Writer;
use crate::tell::Teller;
use crate::view;
use crate::{Failure, Result, actions, resolve};

/// Which decisions; without any restriction all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those about this topic, or one nested in it.
    pub topic: Option<String>,
    /// Those this person took, is named in, or was at the meeting of.
    pub person: Option<String>,
    /// Those of meetings with this organization's people.
    pub org: Option<String>,
    /// Those of meetings on this day or later.
    pub since: Option<NaiveDate>,
    /// Those that hold: neither proposed nor superseded.
    pub holding: bool,
}

/// The decisions that the filter keeps, newest first.
///
/// # Errors
/// `unknown_person`, `unknown_organization`, `ambiguous`.
pub async fn list(app: &App, filter: &Filter) -> Result<view::Decisions> {
    let conn = &mut *app.read().await?;
    // The store knows days in UTC; the user's may be the one before.
    let since = filter.since.and_then(|since| since.pred_opt());
    let mut query = item::Filter { kind: Some(ItemKind::Decision), since, ..item::Filter::default() };
    query.holding = filter.holding;
    query.topic = filter.topic.as_deref().map(actions::topic);
    if let Some(person) = &filter.person {
        query.person = Some(resolve::person(conn, person).await?);
    }
    if let Some(org) = &filter.org {
        query.organization = Some(resolve::organization(conn, org).await?);
    }
    let items = item::list(conn, &query).await?;
    let mut decisions = Teller::new(conn, *app.clock()).items(items).await?.decisions;
    if let Some(since) = filter.since {
        decisions.retain(|decision| decision.meeting_date.is_none_or(|date| date >= since));
    }
    Ok(view::Decisions { decisions })
}

/// A decision with the chain it stands in.
///
/// # Errors
/// `unknown_decision`, `ambiguous`.
pub async fn show(app: &App, id: &str) -> Result<view::DecisionDetail> {
    let conn = &mut *app.read().await?;
    let id = resolve::item(conn, Some(ItemKind::Decision), id).await?;
    let chain = chain(conn, id).await?;
    let mut told = Teller::new(conn, *app.clock()).items_by_ids(&chain).await?.decisions;
    told.sort_by_key(|decision| (decision.meeting_date, decision.id));
    let decision = told.iter().find(|decision| decision.id == id).cloned();
    let decision = decision.ok_or_else(|| Failure::new("unknown_decision", "The decision is not there any more."))?;
    Ok(view::DecisionDetail { decision, chain: told })
}

/// Every decision that supersede links lead to from here, either way.
async fn chain(conn: &mut throughline_store::Connection, id: ItemId) -> Result<Vec<ItemId>> {
    let mut chain = vec![id];
    let mut looked_at = 0;
    while looked_at < chain.len() {
        let current = chain[looked_at..].to_vec();
        looked_at = chain.len();
        let mut next: Vec<ItemId> = Vec::new();
        for item in item::by_ids(conn, &current).await? {
            next.extend(item.links.iter().filter(|link| link.kind == LinkKind::Supersedes).map(|link| link.target));
        }
        let incoming = item::links_to(conn, &current).await?;
        next.extend(incoming.into_iter().filter(|(_, kind, _)| *kind == LinkKind::Supersedes).map(|(from, _, _)| from));
        for id in next {
            if !chain.contains(&id) {
                chain.push(id);
            }
        }
    }
    Ok(chain)
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
