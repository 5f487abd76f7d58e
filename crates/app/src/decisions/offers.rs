//! What may take a decision's place, or be replaced by it.

use std::collections::HashSet;

use throughline_core::model::{ItemId, ItemKind};

use super::chain;
use super::groups::newest_first;
use super::stretch::{Listing, log};
use crate::app::App;
use crate::stretch::matching;
use crate::tell::Teller;
use crate::view::{self, DecisionStatus};
use crate::{Result, resolve};

/// Which of two decisions takes the place of which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Another takes its place.
    Newer,
    /// It takes the place of another.
    Older,
}

/// What holds outside a decision's own chain and says these words, the likeliest first: what lies on the right side of it
/// in time, of that what shares topics, then what is of a meeting of the same name, then the newest. So many of them.
///
/// # Errors
/// `unknown_decision`, `ambiguous`.
pub async fn offers(app: &App, id: &str, way: Way, words: &str, limit: usize) -> Result<view::DecisionOffers> {
    let conn = &mut *app.look().await?;
    let id = resolve::item(conn, Some(ItemKind::Decision), id).await?;
    let own: HashSet<ItemId> = chain(conn, id).await?.0.into_iter().collect();
    let log = log(app, conn).await?;
    let lines = &log.lines;
    let Some(decision) = lines.iter().find(|one| one.line.id == id) else {
        return Ok(view::DecisionOffers { decisions: Vec::new(), total: 0 });
    };
    let said = log.said(conn).await?;
    let topics = |at: &Listing| said.items.get(&at.line.id).map_or(&[][..], |said| &said.topics);
    let title = |at: &Listing| {
        let meeting = said.items.get(&at.line.id).and_then(|said| said.meeting.as_ref());
        meeting.map(|meeting| meeting.title.as_str())
    };
    let score = |at: usize| {
        let other = &lines[at];
        let shared = topics(other).iter().filter(|topic| topics(decision).contains(topic)).count();
        let together = title(other).is_some() && title(other) == title(decision);
        let in_time = (other.date >= decision.date) == (way == Way::Newer);
        // What lies on the wrong side can be meant all the same, where dates were written late: it comes behind.
        usize::from(in_time) * 100 + shared.min(9) * 4 + usize::from(together) * 2
    };
    let mut found = matching(lines.len(), words, &said.folded);
    found.retain(|&at| lines[at].status == DecisionStatus::Holds && !own.contains(&lines[at].line.id));
    let mut found = newest_first(lines, found);
    found.sort_by_cached_key(|&at| std::cmp::Reverse(score(at)));
    let ids: Vec<ItemId> = found.iter().take(limit).map(|&at| lines[at].line.id).collect();
    let decisions = Teller::new(conn, *app.clock()).items_by_ids(&ids).await?.decisions;
    Ok(view::DecisionOffers { decisions, total: found.len() })
}
