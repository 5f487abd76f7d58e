//! One calendar: fetched, planned, applied in one transaction with the point up to which it was fetched.

use std::collections::{HashMap, HashSet};

use throughline_calendar::{Answer, Cursor, Known, KnownItem};
use throughline_core::calendar::{Changes, Fetched, Limits, Options, Plan, StoredGroup, Window, merge, plan};
use throughline_core::model::{Account, Calendar, CalendarId, Meeting, MeetingId, Provider};
use throughline_store::remote::RemoteItem;
use throughline_store::{Durability, Entry, Write, account, calendar, change, meeting, remote};

use super::source::{Ask, Source};
use super::stop::{Stop, cancelled};
use super::{Run, apply, idle, state};
use crate::app::App;
use crate::view::{self, When};
use crate::{Failure, Result};

/// How a calendar is planned.
#[derive(Clone, Copy)]
pub(super) struct Planning {
    pub window: Window,
    pub accept_deletions: bool,
    /// Whether the plan is carried out.
    pub keep: bool,
    /// Whether nobody asked for it.
    pub by_itself: bool,
}

/// A plan, applied in a transaction that is still open where it was to be kept.
pub(super) struct Applied {
    pub plan: Plan,
    by_itself: bool,
    tx: Option<Write>,
}

impl Applied {
    /// The plan, and the transaction where it is to be kept.
    pub fn into_open(self) -> (Plan, Option<Write>) {
        (self.plan, self.tx)
    }

    pub async fn commit(self, app: &App) -> Result<Plan> {
        if let Some(tx) = self.tx {
            tx.commit(entry(app, &self.plan, self.by_itself)).await?;
        }
        Ok(self.plan)
    }

    /// What the change log is to say of it.
    pub fn entry(&self, app: &App) -> Option<Entry<'static>> {
        entry(app, &self.plan, self.by_itself)
    }
}

/// What the change log is to say of a sync: that notes went to another occurrence, where any did, so that undo can take
/// it back. All else a sync can fetch again.
fn entry(app: &App, plan: &Plan, by_itself: bool) -> Option<Entry<'static>> {
    let command = if by_itself { change::BACKGROUND_SYNC } else { change::SYNC };
    (!plan.moved.is_empty()).then(|| app.entry(command))
}

/// Reads what the vault has, has the planner compare it with what `fetched` makes of it, and applies the plan, all in one
/// transaction: what another process does meanwhile waits.
pub(super) async fn plan_and_apply(
    app: &App,
    account: &Account,
    found: &Calendar,
    planning: Planning,
    fetched: impl FnOnce(&[StoredGroup]) -> Fetched,
) -> Result<Applied> {
    let mut tx: Write = app.vault().write(Durability::Normal).await?;
    let plan = plan_in(app, &mut tx, account, found, planning, fetched).await?;
    if plan.brake.is_some() || !planning.keep {
        tx.rollback().await?;
        return Ok(Applied { plan, by_itself: planning.by_itself, tx: None });
    }
    Ok(Applied { plan, by_itself: planning.by_itself, tx: Some(tx) })
}

/// [`plan_and_apply`] in a transaction that is open already. Where the brake is on nothing is applied; what is not to be
/// kept is to be rolled back.
pub(super) async fn plan_in(
    app: &App,
    tx: &mut Write,
    account: &Account,
    found: &Calendar,
    planning: Planning,
    fetched: impl FnOnce(&[StoredGroup]) -> Fetched,
) -> Result<Plan> {
    let stored = state::stored_groups(tx, found.id).await?;
    let fetched = fetched(&stored);
    let state = state::load(app, tx, account, found, stored, &fetched).await?;
    let options = Options {
        window: planning.window,
        now: app.clock().now,
        zone: app.clock().zone,
        accept_deletions: planning.accept_deletions,
        subscription: account.provider == Provider::Ics && account.address.contains("://"),
        limits: Limits::default(),
    };
    let plan = plan(&state, &fetched, &options, &mut || app.id());
    if plan.brake.is_none() && planning.keep {
        apply::apply(app, tx, account, found, &plan).await?;
    }
    Ok(plan)
}

/// Brings one calendar in step.
pub(super) async fn sync(run: &Run<'_>, source: &mut Source, found: &Calendar) -> Result<view::CalendarSync, Stop> {
    let app = run.app;
    let (link, known) = {
        let conn = &mut *app.read().await?;
        (calendar::link(conn, found.id).await?, remote::of_calendar(conn, found.id).await?)
    };
    let known: Known = known.into_iter().map(|item| (item.id, KnownItem { uid: item.uid, etag: item.etag })).collect();
    let since =
        Cursor { token: found.sync_token.clone(), etag: link.etag.clone(), last_modified: link.last_modified.clone() };
    let since = if run.options.full { Cursor::default() } else { since };
    let count = |events| run.count(events);
    let ask = |cursor| Ask {
        calendar: found,
        link: &link,
        cursor,
        known: &known,
        full: run.options.full,
        keep: !run.options.dry_run,
        count: &count,
    };
    let mut answer = run.or_cancelled(source.fetch(&ask(&since))).await;
    if !since.is_empty() && answer.as_ref().is_err_and(|stop| stop.stale) {
        answer = run.or_cancelled(source.fetch(&ask(&Cursor::default()))).await;
    }
    let Answer { changes, cursor } = answer?;
    run.phase("Comparing");
    let mode = if changes.complete { "full" } else { "incremental" };
    let items = Items::of(&changes, &known);
    let planning = run.planning();
    if idle::is_settled(app, &mut *app.read().await?, found, planning, &changes).await? {
        if planning.keep {
            keep_cursor(run, found, &since, &cursor).await?;
        }
        return Ok(tell(app, found, &Plan::default(), mode).await?);
    }
    let applied = plan_and_apply(app, run.account, found, planning, |stored| merge(stored, changes)).await?;
    let told = tell(app, found, &applied.plan, mode).await?;
    if let Some(brake) = brake(&applied.plan) {
        return Ok(view::CalendarSync { error: Some(brake), ..told });
    }
    let let_go = applied.plan.unlink.clone();
    let entry = applied.entry(app);
    let (plan, open) = applied.into_open();
    if let Some(mut tx) = open {
        if !is_wanted(run, &mut tx, found).await? {
            tx.rollback().await?;
            return Err(cancelled().into());
        }
        items.remember(&mut tx, found).await?;
        set_cursor(&mut tx, found, &cursor).await?;
        idle::remember(app, &mut tx, found, planning, &plan).await?;
        tx.commit(entry).await?;
        take_over(run, &let_go).await?;
    }
    Ok(told)
}

/// Whether the calendar is still wanted: not where it was turned off or removed while it was being fetched.
async fn is_wanted(run: &Run<'_>, tx: &mut Write, found: &Calendar) -> Result<bool> {
    let enabled = calendar::get(tx, found.id).await?.is_some_and(|now| now.enabled);
    Ok(enabled && !run.options.cancel.is_cancelled())
}

async fn set_cursor(tx: &mut Write, found: &Calendar, cursor: &Cursor) -> Result<()> {
    calendar::set_sync_token(tx, found.id, cursor.token.as_deref()).await?;
    Ok(calendar::set_version(tx, found.id, cursor.etag.as_deref(), cursor.last_modified.as_deref()).await?)
}

/// Of an answer that said nothing new, how far it reaches.
async fn keep_cursor(run: &Run<'_>, found: &Calendar, before: &Cursor, now: &Cursor) -> Result<(), Stop> {
    if before == now {
        return Ok(());
    }
    let mut tx: Write = run.app.vault().write(Durability::Normal).await?;
    if !is_wanted(run, &mut tx, found).await? {
        tx.rollback().await?;
        return Err(cancelled().into());
    }
    set_cursor(&mut tx, found, now).await?;
    tx.commit(None).await?;
    Ok(())
}

/// What one calendar let go of and others still have now shows what the next of those says of it, and not only at its
/// next sync.
async fn take_over(run: &Run<'_>, let_go: &[MeetingId]) -> Result<()> {
    let conn = &mut *run.app.read().await?;
    let heirs: HashSet<CalendarId> =
        meeting::calendars(conn, let_go).await?.into_values().filter_map(|left| left.first().copied()).collect();
    for heir in heirs {
        let Some(found) = calendar::get(conn, heir).await? else { continue };
        let Some(account) = account::get(conn, found.account_id).await? else { continue };
        let planning = Planning { accept_deletions: false, ..run.planning() };
        plan_and_apply(run.app, &account, &found, planning, as_stored).await?.commit(run.app).await?;
    }
    Ok(())
}

/// A calendar as it was fetched last.
pub(super) fn as_stored(stored: &[StoredGroup]) -> Fetched {
    let groups = stored.iter().map(|stored| stored.group.clone()).collect();
    Fetched { complete: true, groups, ..Fetched::default() }
}

/// What becomes of what is remembered of the provider's ids.
struct Items {
    put: Vec<RemoteItem>,
    remove: Vec<String>,
}

impl Items {
    fn of(changes: &Changes, known: &Known) -> Self {
        let row = |item: &throughline_core::calendar::Item| RemoteItem {
            id: item.id.clone(),
            uid: item.events.first().map(|event| event.uid.clone()),
            etag: item.etag.clone(),
        };
        let same = |row: &RemoteItem| known.get(&row.id).is_some_and(|k| k.uid == row.uid && k.etag == row.etag);
        let put = changes.items.iter().map(row).filter(|row| !same(row)).collect();
        let mut remove = changes.removed.clone();
        if changes.complete {
            let mut there: HashSet<&str> = changes.items.iter().map(|i| i.id.as_str()).collect();
            there.extend(changes.unreadable.iter().map(String::as_str));
            remove.extend(known.keys().filter(|id| !there.contains(id.as_str())).cloned());
        }
        Self { put, remove }
    }

    async fn remember(&self, tx: &mut Write, found: &Calendar) -> Result<()> {
        remote::remove(tx, found.id, &self.remove).await?;
        Ok(remote::put(tx, found.id, &self.put).await?)
    }
}

/// A calendar that suddenly has little is not believed without asking.
pub(super) fn brake(plan: &Plan) -> Option<Failure> {
    plan.brake.map(|brake| {
        Failure::new(
            "mass_deletion",
            format!("{} of {} events would go at once; nothing was changed.", brake.gone, brake.of),
        )
        .hint("If that is right, run `throughline sync --accept-deletions`.")
    })
}

pub(super) async fn tell(app: &App, found: &Calendar, plan: &Plan, mode: &'static str) -> Result<view::CalendarSync> {
    let conn = &mut *app.read().await?;
    let moved = plan.moved.iter().map(|moved| moved.meeting);
    let queued = plan.queue.iter().map(|queued| queued.meeting);
    let ids: Vec<MeetingId> = moved.chain(queued).chain(plan.attached.iter().copied()).collect();
    let known: HashMap<MeetingId, Meeting> =
        meeting::by_ids(conn, &ids).await?.into_iter().map(|meeting| (meeting.id, meeting)).collect();
    let zone = app.clock().zone;
    let placed = |ids: &[MeetingId]| -> Vec<view::PlacedMeeting> {
        let told = |meeting: &Meeting| view::PlacedMeeting {
            meeting_id: meeting.id,
            title: meeting.title.clone(),
            start: When::start(&meeting.times, zone),
        };
        ids.iter().filter_map(|id| known.get(id)).map(told).collect()
    };
    Ok(view::CalendarSync {
        id: found.id,
        name: found.name.clone(),
        mode,
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
                title: known.get(&moved.meeting).map(|meeting| meeting.title.clone()).unwrap_or_default(),
                from: When::start(&moved.from, zone),
                to: When::start(&moved.to, zone),
                stays: moved.stays,
            })
            .collect(),
        attached: placed(&plan.attached),
        queued: placed(&plan.queue.iter().map(|queued| queued.meeting).collect::<Vec<_>>()),
        error: None,
    })
}
