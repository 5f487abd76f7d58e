//! The figures beside the names of the views.

use throughline_core::model::{ActionStatus, ItemKind};
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
    let filter = item::Filter {
        kind: Some(ItemKind::Action),
        status: Some(ActionStatus::Open),
        owner: me,
        ..item::Filter::default()
    };
    let open = if me.is_some() { item::list(conn, &filter).await? } else { Vec::new() };
    let mine = open.iter().filter(|item| ActionView::Mine.shows(item, me, today));
    let late = mine.clone().filter(|item| ActionView::Overdue.shows(item, me, today));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(view::SidebarCounts {
        mine: count(mine.clone().count()),
        late: count(late.count()),
        queue: count(queue::open(conn).await?.len()),
        review: count(review),
    })
}
