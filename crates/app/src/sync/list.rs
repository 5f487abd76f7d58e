//! An account's calendars, as its provider lists them now.

use throughline_calendar::{Access, CalendarList, RemoteCalendar};
use throughline_core::calendar::{Changes, merge};
use throughline_core::model::Calendar;
use throughline_store::{Durability, Kind, account, calendar};

use super::one::{self, plan_and_apply};
use super::source::Source;
use super::stop::Stop;
use super::{Run, view};
use crate::{Result, clean, google};

/// The calendars there are now, with what their list brought: new ones made, changed ones renamed, those that are gone
/// planned away like a calendar that has nothing any more.
pub(super) async fn refresh(
    run: &Run<'_>,
    source: &mut Source,
    told: &mut Vec<view::CalendarSync>,
) -> Result<Vec<Calendar>, Stop> {
    let (link, known) = {
        let conn = &mut *run.app.read().await?;
        (account::link(conn, run.account.id).await?, calendar::of_account(conn, run.account.id).await?)
    };
    let token = link.list_token.filter(|_| !run.options.full && !known.is_empty());
    let mut list = run.or_cancelled(async { Ok(source.calendars(token.as_deref()).await?) }).await;
    if token.is_some() && list.as_ref().is_err_and(|stop| stop.stale) {
        list = run.or_cancelled(async { Ok(source.calendars(None).await?) }).await;
    }
    let Some(list) = list? else { return Ok(known) };
    let gone: Vec<Calendar> = known.iter().filter(|calendar| is_gone(calendar, &list)).cloned().collect();
    let mut calendars = put(run, &list, known).await?;
    let mut believed = true;
    for found in &gone {
        let outcome = take_away(run, found).await?;
        believed &= outcome.error.is_none();
        told.push(outcome);
    }
    calendars.retain(|calendar| !gone.iter().any(|gone| gone.id == calendar.id));
    // While one that is gone is still asked about, its going must be heard of again.
    if believed && !run.options.dry_run {
        let mut tx = run.app.vault().write(Durability::Normal).await?;
        account::set_list_token(&mut tx, run.account.id, list.token.as_deref()).await?;
        tx.commit(None).await?;
    }
    Ok(calendars)
}

fn is_gone(found: &Calendar, list: &CalendarList) -> bool {
    list.removed.contains(&found.remote_id)
        || (list.complete && !list.calendars.iter().any(|remote| remote.id == found.remote_id))
}

/// Stores the calendars listed, in one transaction. All the account has now, those gone included.
async fn put(run: &Run<'_>, list: &CalendarList, mut calendars: Vec<Calendar>) -> Result<Vec<Calendar>> {
    let mut tx = run.app.vault().write(Durability::Normal).await?;
    for remote in &list.calendars {
        let at = calendars.iter().position(|calendar| calendar.remote_id == remote.id);
        let calendar = match at {
            Some(at) => described(calendars[at].clone(), remote),
            None => google::made(run.app, run.account.id, remote),
        };
        if at.is_none_or(|at| calendars[at] != calendar) {
            calendar::put(&mut tx, &calendar).await?;
            tx.feed(Kind::Calendar, calendar.id);
        }
        let access = Some(remote.access.as_str());
        calendar::set_place(&mut tx, calendar.id, remote.url.as_deref(), access, remote.primary).await?;
        match at {
            Some(at) => calendars[at] = calendar,
            None => calendars.push(calendar),
        }
    }
    if run.options.dry_run {
        tx.rollback().await?;
    } else {
        tx.commit(None).await?;
    }
    Ok(calendars)
}

fn described(calendar: Calendar, remote: &RemoteCalendar) -> Calendar {
    let name = clean::line(&remote.name);
    Calendar {
        name: if name.is_empty() { remote.id.clone() } else { name },
        color: remote.color.clone(),
        owned: remote.primary || remote.access == Access::Owner,
        ..calendar
    }
}

/// A calendar that the provider no longer has: its meetings go or stay as where everything in it was deleted.
async fn take_away(run: &Run<'_>, found: &Calendar) -> Result<view::CalendarSync, Stop> {
    let nothing = Changes { complete: true, ..Changes::default() };
    let applied = plan_and_apply(run.app, run.account, found, run.planning(), |stored| merge(stored, nothing)).await?;
    let told = one::tell(run.app, found, &applied.plan, "full").await?;
    let entry = applied.entry(run.app);
    let brake = one::brake(&applied.plan);
    if brake.is_none()
        && let (_, Some(mut tx)) = applied.into_open()
    {
        tx.feed(Kind::Calendar, found.id);
        calendar::remove(&mut tx, found.id).await?;
        tx.commit(entry).await?;
    }
    Ok(view::CalendarSync { error: brake, ..told })
}
