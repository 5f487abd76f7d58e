//! The figures beside the names of the views.

use throughline_core::model::ItemKind;
use throughline_store::{item, queue};

use crate::actions::ActionView;
use crate::app::App;
use crate::{Result, answers, review, view};

/// How much there is to look at: a handful of queries, however much the vault holds.
///
/// # Errors
/// As reading the vault.
pub async fn show(app: &App) -> Result<view::SidebarCounts> {
    let review = review::left(app).await?;
    let conn = &mut *app.look().await?;
    let (me, today) = (answers::me(conn).await?, app.clock().today());
    let actions = item::Filter { kind: Some(ItemKind::Action), ..item::Filter::default() };
    let mine = ActionView::Mine.narrow(actions, me, today);
    let late = ActionView::Overdue.narrow(mine.clone(), me, today);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(view::SidebarCounts {
        mine: item::count(conn, &mine).await?,
        late: item::count(conn, &late).await?,
        queue: count(queue::open(conn).await?.len()),
        review: count(review),
    })
}
