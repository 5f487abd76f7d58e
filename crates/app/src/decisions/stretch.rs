//! A long list of decisions, a stretch at a time.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use throughline_core::graph::AsOf;
use throughline_core::model::{ItemId, LinkKind, OrganizationId};
use throughline_store::item::{self, Line};
use throughline_store::{Connection, feed};
use tokio::sync::OnceCell;

use super::{Filter, groups, query};
use crate::app::App;
use crate::stretch::{self, Lines, Order, Ordered, Said, is_asked, matching};
use crate::tell::Teller;
use crate::view::{self, DecisionStatus};
use crate::{Result, actions};

/// Which decisions, and in what order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// What narrows them; whether they hold is said by `show`.
    pub filter: Filter,
    /// What is shown of them.
    pub show: Show,
    /// Words that each stand somewhere in the text, the reason, the topics, the meeting's title or the names of those who
    /// decided.
    pub words: String,
}

/// What is shown of decisions, and under which headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// Those that hold, by topic.
    #[default]
    Holds,
    /// All there ever were, by month.
    Log,
}

/// The list's rows from one on, how the whole stands, and where in it those of `find` are. A stretch that begins behind
/// the end is the last one.
///
/// # Errors
/// `unknown_person`, `unknown_organization`, `ambiguous`.
pub async fn stretch(
    app: &App,
    ask: &Ask,
    from: usize,
    limit: usize,
    find: &[ItemId],
) -> Result<view::DecisionStretch> {
    let conn = &mut *app.look().await?;
    let key = key(app, conn, &ask.filter).await?;
    let seq = key.seq;
    let reads = Reads { show: ask.show, words: ask.words.clone(), today: app.clock().today() };
    let Ordered { lines, order: Counted { order, counts } } = &*app.lists().decisions.ordered(conn, key, reads).await?;
    let (from, cut) = order.cut(from, limit);
    let ids: Vec<ItemId> = cut.iter().map(|&at| lines.lines[at].line.id).collect();
    let by = ask.filter.by(app.clock());
    let mut told = Teller::as_of(conn, *app.clock(), by).items_by_ids(&ids).await?.decisions;
    if let Some(day) = ask.filter.as_of {
        for decision in &mut told {
            // On that day it was not late that it was not looked at again.
            decision.revisit = decision.revisit.filter(|revisit| *revisit <= day);
        }
    }
    let depths = depths(conn, &told).await?;
    let rows = told.into_iter().map(|decision| {
        let place = depths.get(&decision.id).copied().unwrap_or(1);
        view::DecisionRow { decision, place }
    });
    Ok(view::DecisionStretch {
        seq,
        total: order.at.len(),
        groups: order.groups.clone(),
        from,
        rows: rows.collect(),
        found: order.find(find, |at| lines.lines[at].line.id).into_iter().map(|place| lines.place(place)).collect(),
        topics: lines.frequent(conn).await?.to_vec(),
        counts: *counts,
    })
}

/// Where the rows from one up to, but not including, another stand.
///
/// # Errors
/// As [`stretch`].
pub async fn places(app: &App, ask: &Ask, from: usize, to: usize) -> Result<Vec<view::RowPlace>> {
    let conn = &mut *app.look().await?;
    let key = key(app, conn, &ask.filter).await?;
    let reads = Reads { show: ask.show, words: ask.words.clone(), today: app.clock().today() };
    let Ordered { lines, order } = &*app.lists().decisions.ordered(conn, key, reads).await?;
    Ok(order.order.places(from, to).map(|place| lines.place(place)).collect())
}

pub(crate) type Lists = stretch::Lists<Listed>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// The feed's last row: every commit adds to it.
    seq: i64,
    lens: Option<OrganizationId>,
    filter: Filter,
    /// As of which day they stand as they do.
    by: AsOf,
}

async fn key(app: &App, conn: &mut Connection, filter: &Filter) -> Result<Key> {
    let by = filter.by(app.clock());
    let filter = Filter { holding: false, ..filter.clone() };
    Ok(Key { seq: feed::head(conn).await?, lens: app.lens(), filter, by })
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reads {
    show: Show,
    words: String,
    today: NaiveDate,
}

/// A decision, as much of it as tells where it stands.
#[derive(Debug)]
pub(super) struct Listing {
    pub line: Line,
    /// Of its meeting.
    pub date: Option<NaiveDate>,
    pub status: DecisionStatus,
}

/// The decisions that a filter keeps, before words narrow and headings order them.
#[derive(Debug)]
pub(crate) struct Listed {
    query: item::Filter,
    pub(super) lines: Vec<Listing>,
    said: OnceCell<Said>,
    topics: OnceCell<HashMap<ItemId, Vec<String>>>,
    frequent: OnceCell<Vec<String>>,
}

/// Lines in reading order, and how many of those found stand how.
#[derive(Debug)]
pub(crate) struct Counted {
    order: Order,
    counts: view::DecisionCounts,
}

/// All there ever was.
pub(super) async fn log(app: &App, conn: &mut Connection) -> Result<Arc<Listed>> {
    let key = key(app, conn, &Filter::default()).await?;
    app.lists().decisions.lines(conn, &key).await
}

impl Lines for Listed {
    type Key = Key;
    type Reads = Reads;
    type Order = Counted;

    async fn read(conn: &mut Connection, key: &Key) -> Result<Self> {
        let filter = &key.filter;
        let query = item::Filter { holding: filter.as_of.map(|_| key.by), ..query(conn, filter).await? };
        let lines = item::lines(conn, &query).await?;
        let superseded = item::targets(conn, LinkKind::Supersedes, key.by).await?;
        let listing = |line: Line| {
            let date = line.start.map(|start| start.date(key.by.zone));
            let raised = date.unwrap_or_else(|| line.created_at.with_timezone(&key.by.zone).date_naive());
            let unseen = line.superseded_unseen.is_some_and(|since| since <= key.by.day);
            let status = if line.proposed || raised > key.by.day {
                DecisionStatus::Proposed
            } else if superseded.contains(&line.id) || unseen {
                DecisionStatus::Superseded
            } else {
                DecisionStatus::Holds
            };
            Listing { date, status, line }
        };
        let mut lines: Vec<Listing> = lines.into_iter().map(listing).collect();
        if let Some(since) = filter.since {
            lines.retain(|one| one.date.is_none_or(|date| date >= since));
        }
        if let Some(day) = filter.as_of {
            for one in &mut lines {
                one.line.revisit = one.line.revisit.filter(|revisit| *revisit <= day);
            }
        }
        let (said, topics, frequent) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Ok(Self { query, lines, said, topics, frequent })
    }

    async fn order(&self, conn: &mut Connection, key: &Key, reads: &Reads) -> Result<Counted> {
        let folded = if is_asked(&reads.words) { self.said(conn).await?.folded.as_slice() } else { &[] };
        let mut found = matching(self.lines.len(), &reads.words, folded);
        let counts = counts(self, &found, reads.today);
        let order = Order::of(match reads.show {
            Show::Log => groups::by_month(&self.lines, found, reads.today),
            Show::Holds => {
                found.retain(|&at| self.lines[at].status == DecisionStatus::Holds);
                let asked = key.filter.topic.as_deref().map(actions::topic);
                groups::by_topic(&self.lines, self.topics(conn).await?, found, asked.as_deref())
            }
        });
        Ok(Counted { order, counts })
    }
}

fn counts(listed: &Listed, found: &[usize], today: NaiveDate) -> view::DecisionCounts {
    let mut counts = view::DecisionCounts::default();
    for one in found.iter().map(|&at| &listed.lines[at]) {
        match one.status {
            DecisionStatus::Holds => counts.hold += 1,
            DecisionStatus::Superseded => counts.superseded += 1,
            DecisionStatus::Proposed => counts.proposed += 1,
        }
        let is_due = one.line.revisit.is_some_and(|day| day <= today);
        counts.revisit += usize::from(one.status == DecisionStatus::Holds && is_due);
    }
    counts
}

/// How many each of them followed in its chain, and itself; one that takes nobody's place is not told.
async fn depths(conn: &mut Connection, told: &[view::Decision]) -> Result<HashMap<ItemId, u32>> {
    let mut older: HashMap<ItemId, Option<ItemId>> = told.iter().map(|one| (one.id, one.supersedes)).collect();
    loop {
        let lacking: HashSet<ItemId> = older.values().flatten().filter(|id| !older.contains_key(id)).copied().collect();
        if lacking.is_empty() {
            break;
        }
        let lacking: Vec<ItemId> = lacking.into_iter().collect();
        older.extend(lacking.iter().map(|id| (*id, None)));
        let items = item::by_ids(conn, &lacking).await?;
        let links = |item: &throughline_core::model::Item| -> Vec<ItemId> {
            let links = item.links.iter().filter(|link| link.kind == LinkKind::Supersedes);
            links.map(|link| link.target).collect()
        };
        let alive = item::alive(conn, &items.iter().flat_map(links).collect::<Vec<_>>()).await?;
        for item in &items {
            older.insert(item.id, links(item).into_iter().find(|id| alive.contains(id)));
        }
    }
    let depth = |one: &view::Decision| {
        let mut seen = HashSet::new();
        let mut at = Some(one.id);
        while let Some(id) = at.filter(|id| seen.insert(*id)) {
            at = older.get(&id).copied().flatten();
        }
        (one.id, u32::try_from(seen.len()).unwrap_or(u32::MAX))
    };
    Ok(told.iter().filter(|one| one.supersedes.is_some()).map(depth).collect())
}

impl Listed {
    pub(super) async fn said(&self, conn: &mut Connection) -> Result<&Said> {
        let read = move || async move { Said::read(conn, &self.query, self.lines.iter().map(|one| one.line.id)).await };
        self.said.get_or_try_init(read).await
    }

    async fn topics(&self, conn: &mut Connection) -> Result<&HashMap<ItemId, Vec<String>>> {
        let read = move || async move { item::topics_of(conn, &self.query).await };
        Ok(self.topics.get_or_try_init(read).await?)
    }

    async fn frequent(&self, conn: &mut Connection) -> Result<&[String]> {
        let read = move || async move { item::frequent_topics(conn, &self.query).await };
        Ok(self.frequent.get_or_try_init(read).await?)
    }

    fn place(&self, (at, line): (usize, usize)) -> view::RowPlace {
        view::RowPlace { id: self.lines[line].line.id.to_string(), at }
    }
}
