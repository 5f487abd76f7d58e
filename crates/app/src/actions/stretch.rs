//! A long list of actions, a stretch at a time: the window shows some forty of sixty thousand.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use throughline_core::model::{ItemId, ItemKind, MeetingId, OrganizationId, PersonId};
use throughline_store::item::{self, Line};
use throughline_store::{Connection, feed, meeting, person};
use tokio::sync::OnceCell;

use super::groups::{self, Headings, Reading};
use super::{ActionView, topic};
use crate::app::App;
use crate::stretch::{self, Lines, Order, Ordered, Said, is_asked, matching};
use crate::tell::Teller;
use crate::view;
use crate::{Result, answers, resolve, review};

/// What headings stand over the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    /// Late, today, this week, later; of a list of closed ones, when they were closed.
    #[default]
    Date,
    /// Whose they are.
    Person,
    /// Where they come from.
    Meeting,
}

/// Which actions, and in what order.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize, specta::Type)]
#[serde(default)]
pub struct ActionsAsk {
    /// Which view shows them; all where none is named.
    pub view: Option<ActionView>,
    /// As [`super::Filter::person`].
    pub person: Option<String>,
    /// As [`super::Filter::org`].
    pub organization: Option<String>,
    /// As [`super::Filter::topic`].
    pub topic: Option<String>,
    /// Words that each stand somewhere in the text, the owners' names, the topics or the meeting's title.
    pub words: String,
    /// The headings.
    pub by: GroupBy,
    /// Those that a tick just took from the view: they stand where they stood, until they leave together.
    pub stay: Vec<Stayed>,
}

/// An action that was ticked, or opened again, a moment ago.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, specta::Type)]
pub struct Stayed {
    /// Which.
    pub id: ItemId,
    /// When it had been closed, where it was.
    pub done_at: Option<DateTime<Utc>>,
}

/// The list's rows from one on, how the whole stands, and where in it those of `find` are. A stretch that begins behind
/// the end is the last one.
///
/// # Errors
/// `unknown_person`, `unknown_organization`, `ambiguous`.
pub async fn stretch(
    app: &App,
    ask: &ActionsAsk,
    from: usize,
    limit: usize,
    find: &[ItemId],
) -> Result<view::ActionStretch> {
    let conn = &mut *app.look().await?;
    let (key, reads) = asked(app, conn, ask).await?;
    let seq = key.seq;
    let Ordered { lines, order } = &*app.lists().actions.ordered(conn, key, reads).await?;
    let (from, cut) = order.cut(from, limit);
    let ids: Vec<ItemId> = cut.iter().map(|&at| lines.lines[at].id).collect();
    let rows = Teller::new(conn, *app.clock()).items_by_ids(&ids).await?.actions;
    let found = order.find(find, |at| lines.lines[at].id);
    Ok(view::ActionStretch {
        seq,
        total: order.at.len(),
        groups: order.groups.clone(),
        from,
        rows,
        found: found.into_iter().map(|(at, line)| place(lines, at, line)).collect(),
        topics: lines.topics(conn).await?.to_vec(),
    })
}

/// Where the rows from one up to, but not including, another stand: for selecting what is not on the screen.
///
/// # Errors
/// As [`stretch`].
pub async fn places(app: &App, ask: &ActionsAsk, from: usize, to: usize) -> Result<Vec<view::ListPlace>> {
    let conn = &mut *app.look().await?;
    let (key, reads) = asked(app, conn, ask).await?;
    let Ordered { lines, order } = &*app.lists().actions.ordered(conn, key, reads).await?;
    Ok(order.places(from, to).map(|(at, line)| place(lines, at, line)).collect())
}

fn place(lines: &Listed, at: usize, line: usize) -> view::ListPlace {
    let line = &lines.lines[line];
    view::ListPlace { id: line.id, at, status: line.status }
}

pub(crate) type Lists = stretch::Lists<Listed>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// The feed's last row: every commit adds to it.
    seq: i64,
    lens: Option<OrganizationId>,
    view: Option<ActionView>,
    person: Option<String>,
    organization: Option<String>,
    topic: Option<String>,
    today: NaiveDate,
    stay: Vec<Stayed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reads {
    words: String,
    by: GroupBy,
    week_begins: Weekday,
    zone: Tz,
}

async fn asked(app: &App, conn: &mut Connection, ask: &ActionsAsk) -> Result<(Key, Reads)> {
    let key = Key {
        seq: feed::head(conn).await?,
        lens: app.lens(),
        view: ask.view,
        person: ask.person.clone(),
        organization: ask.organization.clone(),
        topic: ask.topic.clone(),
        today: app.clock().today(),
        stay: ask.stay.clone(),
    };
    let week_begins = review::week_begins(app).await?;
    Ok((key, Reads { words: ask.words.clone(), by: ask.by, week_begins, zone: app.clock().zone }))
}

/// The lines of a view, before words narrow and a grouping orders them.
#[derive(Debug)]
pub(crate) struct Listed {
    filter: item::Filter,
    lines: Vec<Line>,
    me: Option<PersonId>,
    said: OnceCell<Said>,
    topics: OnceCell<Vec<String>>,
}

impl Lines for Listed {
    type Key = Key;
    type Reads = Reads;
    type Order = Order;

    async fn read(conn: &mut Connection, key: &Key) -> Result<Self> {
        let me = answers::me(conn).await?;
        let whole = item::Filter {
            kind: Some(ItemKind::Action),
            person: match &key.person {
                Some(person) => Some(resolve::person(conn, person).await?),
                None => None,
            },
            organization: match &key.organization {
                Some(organization) => Some(resolve::organization(conn, organization).await?),
                None => None,
            },
            topic: key.topic.as_deref().map(topic),
            ..item::Filter::default()
        };
        let view = key.view.unwrap_or(ActionView::All);
        let mut filter = view.narrow(whole.clone(), me, key.today);
        let mut lines = item::lines(conn, &filter).await?;
        if !key.stay.is_empty() {
            let shown: HashSet<ItemId> = lines.iter().map(|line| line.id).collect();
            let left = key.stay.iter().map(|one| one.id).filter(|id| !shown.contains(id));
            let stayed = item::lines(conn, &item::Filter { ids: Some(left.collect()), ..whole.clone() }).await?;
            lines.extend(stayed);
            filter = item::Filter { ids: Some(lines.iter().map(|line| line.id).collect()), ..whole };
        }
        Ok(Self { filter, lines, me, said: OnceCell::new(), topics: OnceCell::new() })
    }

    async fn order(&self, conn: &mut Connection, key: &Key, reads: &Reads) -> Result<Order> {
        let folded = if is_asked(&reads.words) { self.said(conn).await? } else { &[] };
        let found = matching(self.lines.len(), &reads.words, folded);
        let headings = match reads.by {
            GroupBy::Date => Headings::default(),
            GroupBy::Person => Headings::people(conn, &self.filter).await?,
            GroupBy::Meeting => Headings::meetings(conn, &self.filter, reads.zone).await?,
        };
        let reading = Reading {
            today: key.today,
            zone: reads.zone,
            week_begins: reads.week_begins,
            me: self.me,
            headings: &headings,
            stay: &key.stay,
        };
        let done = key.view == Some(ActionView::Done);
        Ok(Order::of(if done && reads.by == GroupBy::Date {
            groups::closed(&self.lines, found, &reading)
        } else {
            groups::group(&self.lines, found, reads.by, !done, &reading)
        }))
    }
}

impl Headings {
    async fn people(conn: &mut Connection, filter: &item::Filter) -> Result<Self> {
        let owners = item::first_owners(conn, filter).await?;
        let ids: HashSet<PersonId> = owners.values().copied().collect();
        let people = person::by_ids(conn, &ids.into_iter().collect::<Vec<_>>()).await?;
        let names = people.into_iter().map(|person| (person.id, person.name)).collect();
        Ok(Self { owners, names, ..Self::default() })
    }

    async fn meetings(conn: &mut Connection, filter: &item::Filter, zone: Tz) -> Result<Self> {
        let meetings = item::meetings(conn, filter).await?;
        let ids: HashSet<MeetingId> = meetings.values().copied().collect();
        let titles = meeting::titles(conn, &ids.into_iter().collect::<Vec<_>>()).await?;
        let titles = titles.into_iter().map(|(id, title, times)| (id, (title, times.date(zone)))).collect();
        Ok(Self { meetings, titles, ..Self::default() })
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
}
