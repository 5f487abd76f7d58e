//! A long list of questions, a stretch at a time.

use std::cmp::Reverse;

use throughline_core::graph::AsOf;
use throughline_core::model::{ActionStatus, ItemId, ItemKind, LinkKind, OrganizationId};
use throughline_store::item::{self, Line};
use throughline_store::{Connection, feed};
use tokio::sync::OnceCell;

use crate::app::App;
use crate::stretch::{self, Group, Lines, Order, Ordered, Said, is_asked, matching};
use crate::tell::Teller;
use crate::view;
use crate::{Result, actions, resolve};

/// Which questions.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize, specta::Type)]
#[serde(default)]
pub struct QuestionsAsk {
    /// Those this person asked, is named in, or was at the meeting of.
    pub person: Option<String>,
    /// Those of meetings with this organization's people.
    pub organization: Option<String>,
    /// Those about this topic, or one nested in it.
    pub topic: Option<String>,
    /// Words that each stand somewhere in the text, the topics, the meeting's title or the name of who asked.
    pub words: String,
}

/// The list's rows from one on, the open ones first, how the whole stands, and where in it those of `find` are.
///
/// # Errors
/// `unknown_person`, `unknown_organization`, `ambiguous`.
pub async fn stretch(
    app: &App,
    ask: &QuestionsAsk,
    from: usize,
    limit: usize,
    find: &[ItemId],
) -> Result<view::QuestionStretch> {
    let conn = &mut *app.look().await?;
    let key = key(app, conn, ask).await?;
    let seq = key.seq;
    let Ordered { lines, order } = &*app.lists().questions.ordered(conn, key, ask.words.clone()).await?;
    let (from, cut) = order.cut(from, limit);
    let ids: Vec<ItemId> = cut.iter().map(|&at| lines.lines[at].id).collect();
    let rows = Teller::new(conn, *app.clock()).items_by_ids(&ids).await?.questions;
    Ok(view::QuestionStretch {
        seq,
        total: order.at.len(),
        groups: order.groups.clone(),
        from,
        rows,
        found: order.find(find, |at| lines.lines[at].id).into_iter().map(|place| lines.place(place)).collect(),
        topics: lines.topics(conn).await?.to_vec(),
    })
}

/// Where the rows from one up to, but not including, another stand.
///
/// # Errors
/// As [`stretch`].
pub async fn places(app: &App, ask: &QuestionsAsk, from: usize, to: usize) -> Result<Vec<view::RowPlace>> {
    let conn = &mut *app.look().await?;
    let key = key(app, conn, ask).await?;
    let Ordered { lines, order } = &*app.lists().questions.ordered(conn, key, ask.words.clone()).await?;
    Ok(order.places(from, to).map(|place| lines.place(place)).collect())
}

pub(crate) type Lists = stretch::Lists<Listed>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// The feed's last row: every commit adds to it.
    seq: i64,
    lens: Option<OrganizationId>,
    /// As of which day they are answered.
    by: AsOf,
    person: Option<String>,
    organization: Option<String>,
    topic: Option<String>,
}

async fn key(app: &App, conn: &mut Connection, ask: &QuestionsAsk) -> Result<Key> {
    Ok(Key {
        seq: feed::head(conn).await?,
        lens: app.lens(),
        by: app.clock().as_of_today(),
        person: ask.person.clone(),
        organization: ask.organization.clone(),
        topic: ask.topic.clone(),
    })
}

#[derive(Debug)]
pub(crate) struct Listed {
    filter: item::Filter,
    /// Open ones first, then those that were answered; of both the newest first.
    lines: Vec<Line>,
    /// So many of them are open.
    open: usize,
    said: OnceCell<Said>,
    topics: OnceCell<Vec<String>>,
}

impl Lines for Listed {
    type Key = Key;
    type Reads = String;
    type Order = Order;

    async fn read(conn: &mut Connection, key: &Key) -> Result<Self> {
        let filter = item::Filter {
            kind: Some(ItemKind::Question),
            topic: key.topic.as_deref().map(actions::topic),
            person: match &key.person {
                Some(person) => Some(resolve::person(conn, person).await?),
                None => None,
            },
            organization: match &key.organization {
                Some(organization) => Some(resolve::organization(conn, organization).await?),
                None => None,
            },
            ..item::Filter::default()
        };
        let mut lines = item::lines(conn, &filter).await?;
        let answered = item::targets(conn, LinkKind::Answers, key.by).await?;
        let is_answered = |line: &Line| line.status != ActionStatus::Open || answered.contains(&line.id);
        let date = |line: &Line| line.start.map(|start| start.date(key.by.zone));
        lines.sort_by_cached_key(|line| (is_answered(line), Reverse(date(line)), line.id));
        let open = lines.iter().filter(|line| !is_answered(line)).count();
        Ok(Self { filter, lines, open, said: OnceCell::new(), topics: OnceCell::new() })
    }

    async fn order(&self, conn: &mut Connection, _: &Key, words: &String) -> Result<Order> {
        let said = if is_asked(words) { self.said(conn).await? } else { &[] };
        let found = matching(self.lines.len(), words, said);
        let (open, answered): (Vec<_>, Vec<_>) = found.into_iter().partition(|&at| at < self.open);
        let groups = [("open", "Open", open), ("answered", "Answered", answered)];
        let groups = groups.into_iter().filter(|(_, _, at)| !at.is_empty());
        let group = |(key, title, at): (&str, &str, _)| Group { key: key.to_owned(), title: title.to_owned(), at };
        Ok(Order::of(groups.map(group).collect()))
    }
}

impl Listed {
    async fn said(&self, conn: &mut Connection) -> Result<&[String]> {
        let read = move || async move { Said::read(conn, &self.filter, self.lines.iter().map(|line| line.id)).await };
        Ok(&self.said.get_or_try_init(read).await?.folded)
    }

    async fn topics(&self, conn: &mut Connection) -> Result<&[String]> {
        let read = move || async move { item::frequent_topics(conn, &self.filter).await };
        Ok(self.topics.get_or_try_init(read).await?)
    }

    fn place(&self, (at, line): (usize, usize)) -> view::RowPlace {
        view::RowPlace { id: self.lines[line].id.to_string(), at }
    }
}
