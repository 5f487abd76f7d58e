//! A long list of decisions, a stretch at a time.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use throughline_core::graph::AsOf;
use throughline_core::model::{ItemId, LinkKind, OrganizationId, PersonId};
use throughline_core::people::fold;
use throughline_store::item::{self, Line};
use throughline_store::{Connection, feed, person};

use super::{Filter, groups, query};
use crate::app::App;
use crate::stretch::{Kept, Order, matching, most_frequent};
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
    let Ordered { listed, order, counts } = &*ordered(app, conn, ask).await?;
    let (from, cut) = order.cut(from, limit);
    let ids: Vec<ItemId> = cut.iter().map(|&at| listed.lines[at].line.id).collect();
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
        seq: listed.seq,
        total: order.at.len(),
        groups: order.groups.clone(),
        from,
        rows: rows.collect(),
        found: order.find(find, |at| listed.lines[at].line.id).into_iter().map(|place| listed.place(place)).collect(),
        topics: listed.topics().to_vec(),
        counts: *counts,
    })
}

/// Where the rows from one up to, but not including, another stand.
///
/// # Errors
/// As [`stretch`].
pub async fn places(app: &App, ask: &Ask, from: usize, to: usize) -> Result<Vec<view::RowPlace>> {
    let Ordered { listed, order, .. } = &*ordered(app, &mut *app.look().await?, ask).await?;
    Ok(order.places(from, to).map(|place| listed.place(place)).collect())
}

/// The lists that were last asked for: the one that is shown, and the whole log.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    listed: Kept<Key, Listed>,
    log: Kept<Key, Listed>,
    ordered: Kept<(Key, Show, String, NaiveDate), Ordered>,
}

/// Everything the lines depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    /// The feed's last row: every commit adds to it.
    seq: i64,
    lens: Option<OrganizationId>,
    filter: Filter,
    /// As of which day they stand as they do.
    by: AsOf,
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
pub(super) struct Listed {
    seq: i64,
    pub lines: Vec<Listing>,
    names: HashMap<PersonId, String>,
    said: OnceLock<Vec<String>>,
    topics: OnceLock<Vec<String>>,
}

/// Lines in reading order.
#[derive(Debug)]
struct Ordered {
    listed: Arc<Listed>,
    order: Order,
    counts: view::DecisionCounts,
}

async fn ordered(app: &App, conn: &mut Connection, ask: &Ask) -> Result<Arc<Ordered>> {
    let key = Key {
        seq: feed::head(conn).await?,
        lens: app.lens(),
        filter: Filter { holding: false, ..ask.filter.clone() },
        by: ask.filter.by(app.clock()),
    };
    let today = app.clock().today();
    let reads = (key, ask.show, ask.words.clone(), today);
    if let Some(known) = app.lists().decisions.ordered.get(&reads) {
        return Ok(known);
    }
    let listed = listed(app, conn, &reads.0).await?;
    let found = matching(listed.lines.len(), &ask.words, || listed.said());
    let counts = counts(&listed, &found, today);
    let order = order(&listed, found, ask, today);
    Ok(app.lists().decisions.ordered.put(reads, Ordered { listed, order, counts }))
}

async fn listed(app: &App, conn: &mut Connection, key: &Key) -> Result<Arc<Listed>> {
    let Lists { listed, log, .. } = &app.lists().decisions;
    let kept = if key.filter == Filter::default() { log } else { listed };
    match kept.get(key) {
        Some(known) => Ok(known),
        None => Ok(kept.put(key.clone(), read(conn, key).await?)),
    }
}

/// All there ever was.
pub(super) async fn log(app: &App, conn: &mut Connection) -> Result<Arc<Listed>> {
    let seq = feed::head(conn).await?;
    let key = Key { seq, lens: app.lens(), filter: Filter::default(), by: app.clock().as_of_today() };
    listed(app, conn, &key).await
}

async fn read(conn: &mut Connection, key: &Key) -> Result<Listed> {
    let filter = &key.filter;
    let query = item::Filter { holding: filter.as_of.map(|_| key.by), ..query(conn, filter).await? };
    let lines = item::lines(conn, &query).await?;
    let ids: Vec<ItemId> = lines.iter().map(|line| line.id).collect();
    let links = item::links_to(conn, &ids, Some(key.by)).await?;
    let links = links.into_iter().filter(|(_, kind, _)| *kind == LinkKind::Supersedes);
    let superseded: HashSet<ItemId> = links.map(|(_, _, old)| old).collect();
    let listing = |line: Line| {
        let date = line.meeting.as_ref().map(|meeting| meeting.start.date(key.by.zone));
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
    let owners: HashSet<PersonId> = lines.iter().flat_map(|one| one.line.owners.iter().copied()).collect();
    let owners = person::by_ids(conn, &owners.into_iter().collect::<Vec<_>>()).await?;
    let names = owners.into_iter().map(|person| (person.id, person.name)).collect();
    Ok(Listed { seq: key.seq, lines, names, said: OnceLock::new(), topics: OnceLock::new() })
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

fn order(listed: &Listed, mut found: Vec<usize>, ask: &Ask, today: NaiveDate) -> Order {
    Order::of(match ask.show {
        Show::Log => groups::by_month(&listed.lines, found, today),
        Show::Holds => {
            found.retain(|&at| listed.lines[at].status == DecisionStatus::Holds);
            groups::by_topic(&listed.lines, found, ask.filter.topic.as_deref().map(actions::topic).as_deref())
        }
    })
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
    pub(super) fn said(&self) -> &[String] {
        self.said.get_or_init(|| {
            let said = |Listing { line, .. }: &Listing| {
                let mut said = line.text.clone();
                let names = line.owners.iter().filter_map(|owner| self.names.get(owner));
                let meeting = line.meeting.as_ref().map(|meeting| &meeting.title);
                for more in line.rationale.iter().chain(names).chain(meeting) {
                    said.push(' ');
                    said.push_str(more);
                }
                for topic in &line.topics {
                    said.push_str(" #");
                    said.push_str(topic);
                }
                fold(&said)
            };
            self.lines.iter().map(said).collect()
        })
    }

    fn topics(&self) -> &[String] {
        self.topics.get_or_init(|| most_frequent(self.lines.iter().flat_map(|one| &one.line.topics)))
    }

    fn place(&self, (at, line): (usize, usize)) -> view::RowPlace {
        view::RowPlace { id: self.lines[line].line.id.to_string(), at }
    }
}
