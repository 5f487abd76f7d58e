//! The review: what is open and wants looking at, one by one, down to zero.

mod ask;
mod past;

use chrono::{TimeDelta, Weekday};
use throughline_core::model::{Item, ItemId, ItemKind, midnight};
use throughline_core::review::{self, KEPT_FOR, ReviewWhy, week_of};
use throughline_store::{Kind, item, review as store};

pub use ask::ask;

use crate::app::App;
use crate::tell::Teller;
use crate::view::{self, WeekStart};
use crate::{Result, actions, answers, sentences, settings};

/// So many are told at once; the rest once these are worked off.
pub const AT_ONCE: usize = 200;
/// At most so many weeks of a trend.
const WEEKS: u32 = 520;

/// The open actions that want looking at, in order ([`review::order`]): the user's and those they wait for. Each with its
/// sentence and what became of it, oldest first. The first `limit` of them, and how many there are of each reason.
///
/// # Errors
/// As reading the vault.
pub async fn show(app: &App, limit: usize) -> Result<view::Review> {
    let conn = &mut *app.look().await?;
    let today = app.clock().today();
    let me = answers::me(conn).await?;
    let reviewed = store::actions(conn, me, None, app.clock().zone).await?;
    let found = review::order(&reviewed, today);
    let of = |why| found.iter().filter(|(_, other)| *other == why).count();
    let counts = view::ReviewCounts {
        overdue: of(ReviewWhy::Overdue),
        unowned: of(ReviewWhy::Unowned),
        undated: of(ReviewWhy::Undated),
        stale: of(ReviewWhy::Stale),
    };
    let left = found.len();
    let ids: Vec<ItemId> = found.iter().take(limit).map(|(id, _)| *id).collect();
    let items = item::by_ids(conn, &ids).await?;
    let mut sentences = sentences::of(conn, &items.iter().collect::<Vec<_>>()).await?;
    let mut past = past::of(app, conn, &items.iter().collect::<Vec<_>>()).await?;
    let mine: Vec<ItemId> = reviewed.iter().filter(|action| action.mine).map(|action| action.id).collect();
    let done_today = store::worked_off(conn, midnight(today, app.clock().zone), today + KEPT).await?;
    let told = Teller::new(conn, *app.clock()).items(items).await?.actions;
    let entries = told.into_iter().zip(found).map(|(action, (id, why))| view::ReviewItem {
        why,
        mine: mine.binary_search(&id).is_ok(),
        sentence: sentences.remove(&id).unwrap_or_else(|| action.text.clone()),
        history: past.remove(&id).unwrap_or_default(),
        action,
    });
    Ok(view::Review { items: entries.collect(), left, counts, done_today })
}

/// How many actions a review would show; costs one query.
///
/// # Errors
/// As reading the vault.
pub async fn left(app: &App) -> Result<usize> {
    let conn = &mut *app.look().await?;
    let me = answers::me(conn).await?;
    let reviewed = store::actions(conn, me, None, app.clock().zone).await?;
    Ok(review::order(&reviewed, app.clock().today()).len())
}

/// How the last so many weeks went, the present one at the end; a week begins on the day the settings say.
///
/// # Errors
/// As reading the vault.
pub async fn trend(app: &App, weeks: u32) -> Result<view::Trend> {
    let weeks = weeks.clamp(1, WEEKS);
    let begins = week_begins(app).await?;
    let (today, zone) = (app.clock().today(), app.clock().zone);
    let conn = &mut *app.look().await?;
    let me = answers::me(conn).await?;
    let first = week_of(today, begins) - TimeDelta::weeks(i64::from(weeks) - 1);
    let mut actions = store::actions(conn, me, Some(midnight(first, zone)), zone).await?;
    let ids: Vec<ItemId> = actions.iter().map(|action| action.id).collect();
    let mut due_dates = store::due_dates(conn, &ids, zone).await?;
    for action in &mut actions {
        action.was_due = due_dates.remove(&action.id).unwrap_or_default();
    }
    let weeks = review::trend(&actions, weeks, today, begins).into_iter().map(|week| view::TrendWeek {
        week: week.first,
        opened: week.opened,
        closed: week.closed,
        open: week.open,
        late: week.late,
    });
    Ok(view::Trend { weeks: weeks.collect() })
}

/// The day a week begins on for the user.
pub(crate) async fn week_begins(app: &App) -> Result<Weekday> {
    Ok(match settings::show(app).await?.week_starts {
        WeekStart::Monday => Weekday::Mon,
        WeekStart::Sunday => Weekday::Sun,
    })
}

const KEPT: TimeDelta = TimeDelta::days(KEPT_FOR);

/// Leaves actions as they are: looked at, and not in review again for two weeks.
///
/// # Errors
/// `unknown_action`, `ambiguous`; then nothing was changed.
pub async fn keep(app: &App, ids: &[impl AsRef<str>]) -> Result<view::Actions> {
    let until = app.clock().today() + KEPT;
    actions::each(app, ids, "action keep", async |writer, id| {
        writer.tx.touch(Kind::Item, id).await?;
        let item = actions::get(writer, id).await?;
        Ok(item::put(&mut writer.tx, &[Item { kept_until: Some(until), ..item }]).await?)
    })
    .await
}

/// [`keep`] for one.
///
/// # Errors
/// As [`keep`].
pub async fn keep_one(app: &App, id: &str) -> Result<view::Action> {
    actions::one(keep(app, &[id]).await?)
}

/// Whether an item is an action.
fn is_action(item: &Item) -> bool {
    item.kind == ItemKind::Action
}
