//! Over which days rules are expanded.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use throughline_core::calendar::Window;
use throughline_core::model::{MeetingId, midnight};
use throughline_store::{Durability, Write, account, calendar, meeting, setting};

use super::one::{Planning, as_stored, plan_and_apply, plan_in};
use crate::Result;
use crate::app::App;

/// Over which days rules were expanded; grows on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Expanded {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

const EXPANDED: &str = "expanded";

/// Two years back and one year ahead, and whatever was asked for before or now.
pub(super) async fn window(app: &App, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Window> {
    let expanded: Option<Expanded> = setting::get(&mut *app.read().await?, EXPANDED).await?;
    let today = app.clock().today();
    let zone = app.clock().zone;
    let from = from.map_or(today - Days::new(731), |day| day.min(today - Days::new(731)));
    let to = to.map_or(today + Days::new(366), |day| day.max(today + Days::new(366)));
    let (from, to) = (midnight(from, zone), midnight(to.succ_opt().unwrap_or(to), zone));
    Ok(match expanded {
        Some(before) => Window { from: from.min(before.from), to: to.max(before.to) },
        None => Window { from, to },
    })
}

/// Looks once more at what the vault has of the calendars these meetings lie in, after undo took them from where a sync
/// had put them: what the calendars have there gets a meeting of its own.
pub(crate) async fn settle(app: &App, tx: &mut Write, meetings: &[MeetingId]) -> Result<()> {
    let planning =
        Planning { window: window(app, None, None).await?, accept_deletions: true, keep: true, by_itself: true };
    let calendars: BTreeSet<_> = meeting::calendars(tx, meetings).await?.into_values().flatten().collect();
    for id in calendars {
        let Some(found) = calendar::get(tx, id).await? else { continue };
        let Some(account) = account::get(tx, found.account_id).await? else { continue };
        plan_in(app, tx, &account, &found, planning, as_stored).await?;
    }
    Ok(())
}

/// Expands the rules of every calendar to cover these days, from what the vault has stored of it. Nothing happens where
/// they are covered already.
pub(crate) async fn expand(app: &App, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<()> {
    let wanted = window(app, from, to).await?;
    let covered: Option<Expanded> = setting::get(&mut *app.read().await?, EXPANDED).await?;
    let ordinary = window(app, None, None).await?;
    let covered = covered.is_some_and(|before| before.from <= wanted.from && wanted.to <= before.to);
    if covered || wanted == ordinary {
        return Ok(());
    }
    let accounts = account::all(&mut *app.read().await?).await?;
    for account in accounts {
        let calendars = calendar::of_account(&mut *app.read().await?, account.id).await?;
        for found in calendars.into_iter().filter(|calendar| calendar.enabled) {
            let planning = Planning { window: wanted, accept_deletions: false, keep: true, by_itself: true };
            plan_and_apply(app, &account, &found, planning, as_stored).await?.commit(app).await?;
        }
    }
    let mut tx = app.vault().write(Durability::Normal).await?;
    setting::set(&mut tx, EXPANDED, &Expanded { from: wanted.from, to: wanted.to }).await?;
    tx.commit(None).await?;
    Ok(())
}
