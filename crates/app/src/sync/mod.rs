//! Syncing: fetch, plan, apply — one account after the other, each calendar in one transaction.

mod apply;
mod state;

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use throughline_core::calendar::{EventGroup, Fetched, Limits, Plan, Window, plan};
use throughline_core::model::{Account, AccountState, Calendar, MeetingId, midnight};
use throughline_store::{Durability, Write, account, calendar, feed, meeting, setting};

use crate::accounts::{not_a_calendar, read_file};
use crate::app::App;
use crate::progress::Progress;
use crate::view::{self, When};
use crate::{Failure, Result, resolve};

/// How to sync.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// This account only.
    pub account: Option<String>,
    /// Ask for everything, as if nothing had been fetched before.
    pub full: bool,
    /// Say what would change, and change nothing.
    pub dry_run: bool,
    /// Believe a calendar that lost more than half of its events.
    pub accept_deletions: bool,
    /// Expand rules from this day on, where it lies before two years ago.
    pub from: Option<NaiveDate>,
    /// Expand rules up to this day, where it lies after one year ahead.
    pub to: Option<NaiveDate>,
}

/// Brings every account (or one) in step. What could not be synced is told beside what could.
///
/// # Errors
/// `unknown_account`, `ambiguous`, and as reading the vault. An account's failure is inside the answer.
pub async fn run(app: &App, options: &Options, progress: &dyn Progress) -> Result<view::Sync> {
    let accounts = {
        let conn = &mut *app.read().await?;
        match &options.account {
            Some(text) => {
                let id = resolve::account(conn, text).await?;
                account::get(conn, id).await?.into_iter().collect()
            }
            None => account::all(conn).await?,
        }
    };
    let window = window(app, options.from, options.to).await?;
    let mut told = Vec::new();
    for account in accounts {
        let began = Instant::now();
        progress.start(&format!("Syncing {}", account.name), None);
        let mut calendars = Vec::new();
        let outcome = sync_account(app, &account, options, window, &mut calendars, progress).await;
        progress.finish();
        if !options.dry_run {
            remember_state(app, &account, outcome.as_ref().err()).await?;
        }
        told.push(view::AccountSync {
            id: account.id,
            name: account.name,
            calendars,
            error: outcome.err(),
            seconds: began.elapsed().as_secs_f64(),
        });
    }
    Ok(view::Sync { accounts: told, dry_run: options.dry_run })
}

/// One sync per account at a time, across processes: another waits.
async fn sync_account(
    app: &App,
    account: &Account,
    options: &Options,
    window: Window,
    told: &mut Vec<view::CalendarSync>,
    progress: &dyn Progress,
) -> Result<()> {
    let _alone = app.vault().alone(&format!("sync-{}", account.id)).await.map_err(|error| match error {
        throughline_store::Error::Busy => {
            Failure::new("sync_running", "This account is being synced by another program.")
                .hint("Wait until it is done; there is nothing else to do.")
        }
        other => other.into(),
    })?;
    sync_file(app, account, options, window, told, progress).await
}

async fn sync_file(
    app: &App,
    account: &Account,
    options: &Options,
    window: Window,
    told: &mut Vec<view::CalendarSync>,
    progress: &dyn Progress,
) -> Result<()> {
    let calendars = calendar::of_account(&mut *app.read().await?, account.id).await?;
    for found in calendars.into_iter().filter(|calendar| calendar.enabled) {
        let bytes = read_file(Path::new(&account.address)).await?;
        let feed = throughline_calendar::ics::read(&bytes, &Limits::default()).map_err(not_a_calendar)?;
        progress.step(feed.groups.len() as u64);
        let fetched =
            Fetched { complete: feed.complete, groups: feed.groups, deleted_uids: Vec::new(), warnings: feed.warnings };
        let planning = Planning { window, accept_deletions: options.accept_deletions, keep: !options.dry_run };
        let plan = plan_and_apply(app, account, &found, &fetched, planning).await?;
        let outcome = brake(&plan);
        told.push(tell(app, &found, &plan).await?);
        outcome?;
    }
    Ok(())
}

/// A calendar that suddenly has little is not believed without asking.
fn brake(plan: &Plan) -> Result<()> {
    match plan.brake {
        None => Ok(()),
        Some(brake) => Err(Failure::new(
            "mass_deletion",
            format!("{} of {} events would go at once; nothing was changed.", brake.gone, brake.of),
        )
        .hint("If that is right, run `throughline sync --accept-deletions`.")),
    }
}

/// How a calendar is planned.
#[derive(Clone, Copy)]
struct Planning {
    window: Window,
    accept_deletions: bool,
    /// Whether the plan is carried out.
    keep: bool,
}

async fn plan_and_apply(
    app: &App,
    account: &Account,
    found: &Calendar,
    fetched: &Fetched,
    planning: Planning,
) -> Result<Plan> {
    // Read and planned inside the transaction that applies it: what another process does meanwhile waits.
    let mut tx: Write = app.vault().write(Durability::Normal).await?;
    let state = state::load(app, &mut tx, account, found, fetched).await?;
    let options = throughline_core::calendar::Options {
        window: planning.window,
        now: app.clock().now,
        zone: app.clock().zone,
        accept_deletions: planning.accept_deletions,
        subscription: account.address.contains("://"),
        limits: Limits::default(),
    };
    let plan = plan(&state, fetched, &options, &mut || app.id());
    if plan.brake.is_some() || !planning.keep {
        tx.rollback().await?;
        return Ok(plan);
    }
    apply::apply(app, &mut tx, account, found, &plan).await?;
    tx.commit(None).await?;
    Ok(plan)
}

async fn tell(app: &App, found: &Calendar, plan: &Plan) -> Result<view::CalendarSync> {
    let conn = &mut *app.read().await?;
    let ids: Vec<MeetingId> = plan.moved.iter().map(|moved| moved.meeting).collect();
    let titles: HashMap<MeetingId, String> =
        meeting::by_ids(conn, &ids).await?.into_iter().map(|meeting| (meeting.id, meeting.title)).collect();
    let zone = app.clock().zone;
    Ok(view::CalendarSync {
        id: found.id,
        name: found.name.clone(),
        mode: "full",
        added: plan.added,
        changed: plan.changed,
        removed: plan.removed,
        kept: plan.kept,
        warnings: plan
            .warnings
            .iter()
            .map(|warning| view::SyncWarning { uid: warning.uid.clone(), message: warning.message.clone() })
            .collect(),
        moved: plan
            .moved
            .iter()
            .map(|moved| view::MovedMeeting {
                meeting_id: moved.meeting,
                title: titles.get(&moved.meeting).cloned().unwrap_or_default(),
                from: When::start(&moved.from, zone),
                to: When::start(&moved.to, zone),
            })
            .collect(),
    })
}

/// So many of the latest rows of the feed stay for other processes to read on in; whoever is further behind starts anew.
const FEED: i64 = 100_000;

async fn remember_state(app: &App, account: &Account, failure: Option<&Failure>) -> Result<()> {
    let mut tx = app.vault().write(Durability::Normal).await?;
    let state = if failure.is_some() { AccountState::Error } else { AccountState::Ok };
    let at = failure.is_none().then_some(app.clock().now);
    feed::prune(&mut tx, FEED).await?;
    account::set_state(&mut tx, account.id, state, failure.map(|failure| failure.message.as_str()), at).await?;
    tx.feed(throughline_store::Kind::Account, account.id);
    tx.commit(None).await?;
    Ok(())
}

/// Over which days rules were expanded; grows on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Expanded {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

const EXPANDED: &str = "expanded";

/// Two years back and one year ahead, and whatever was asked for before or now.
async fn window(app: &App, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Window> {
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
            let groups = state::stored_groups(&mut *app.read().await?, found.id).await?;
            let groups: Vec<EventGroup> = groups.into_iter().map(|stored| stored.group).collect();
            let fetched = Fetched { complete: true, groups, ..Fetched::default() };
            let planning = Planning { window: wanted, accept_deletions: false, keep: true };
            plan_and_apply(app, &account, &found, &fetched, planning).await?;
        }
    }
    let mut tx = app.vault().write(Durability::Normal).await?;
    setting::set(&mut tx, EXPANDED, &Expanded { from: wanted.from, to: wanted.to }).await?;
    tx.commit(None).await?;
    Ok(())
}
