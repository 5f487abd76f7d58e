//! A long list of actions, a stretch at a time: the window shows some forty of sixty thousand.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use throughline_core::model::{ItemId, ItemKind, OrganizationId, PersonId};
use throughline_core::people::fold;
use throughline_store::item::{self, Line};
use throughline_store::{Connection, feed, person};

use super::groups::{self, Reading};
use super::{ActionView, topic};
use crate::app::App;
use crate::stretch::{Kept, Order, matching, most_frequent};
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
    let Ordered { listed, order } = &*ordered(app, conn, ask).await?;
    let (from, cut) = order.cut(from, limit);
    let ids: Vec<ItemId> = cut.iter().map(|&at| listed.lines[at].id).collect();
    let rows = Teller::new(conn, *app.clock()).items_by_ids(&ids).await?.actions;
    let found = order.find(find, |at| listed.lines[at].id);
    Ok(view::ActionStretch {
        seq: listed.key.seq,
        total: order.at.len(),
        groups: order.groups.clone(),
        from,
        rows,
        found: found.into_iter().map(|(at, line)| place(listed, at, line)).collect(),
        topics: listed.topics().to_vec(),
    })
}

/// Where the rows from one up to, but not including, another stand: for selecting what is not on the screen.
///
/// # Errors
/// As [`stretch`].
pub async fn places(app: &App, ask: &ActionsAsk, from: usize, to: usize) -> Result<Vec<view::ListPlace>> {
    let Ordered { listed, order } = &*ordered(app, &mut *app.look().await?, ask).await?;
    Ok(order.places(from, to).map(|(at, line)| place(listed, at, line)).collect())
}

fn place(listed: &Listed, at: usize, line: usize) -> view::ListPlace {
    let line = &listed.lines[line];
    view::ListPlace { id: line.id, at, status: line.status }
}

/// The list that was last asked for: its lines, and the order they were read in.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    listed: Kept<Key, Listed>,
    ordered: Kept<Reads, Ordered>,
}

/// Everything the lines depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
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

/// The lines of a view, before words narrow and a grouping orders them.
#[derive(Debug)]
struct Listed {
    key: Key,
    lines: Vec<Line>,
    me: Option<PersonId>,
    names: HashMap<PersonId, String>,
    /// What each line says, folded; made when somebody types.
    said: OnceLock<Vec<String>>,
    topics: OnceLock<Vec<String>>,
}

/// Lines in reading order.
#[derive(Debug)]
struct Ordered {
    listed: Arc<Listed>,
    order: Order,
}

/// Everything the order depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reads {
    key: Key,
    words: String,
    by: GroupBy,
    week_begins: Weekday,
    zone: Tz,
}

async fn ordered(app: &App, conn: &mut Connection, ask: &ActionsAsk) -> Result<Arc<Ordered>> {
    let listed = listed(app, conn, ask).await?;
    let reads = Reads {
        key: listed.key.clone(),
        words: ask.words.clone(),
        by: ask.by,
        week_begins: review::week_begins(app).await?,
        zone: app.clock().zone,
    };
    if let Some(known) = app.lists().actions.ordered.get(&reads) {
        return Ok(known);
    }
    let order = order(&listed, &reads);
    Ok(app.lists().actions.ordered.put(reads, Ordered { listed, order }))
}

async fn listed(app: &App, conn: &mut Connection, ask: &ActionsAsk) -> Result<Arc<Listed>> {
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
    if let Some(known) = app.lists().actions.listed.get(&key) {
        return Ok(known);
    }
    let listed = read(conn, key.clone()).await?;
    Ok(app.lists().actions.listed.put(key, listed))
}

async fn read(conn: &mut Connection, key: Key) -> Result<Listed> {
    let me = answers::me(conn).await?;
    let view = key.view.unwrap_or(ActionView::All);
    let filter = item::Filter {
        kind: Some(ItemKind::Action),
        status: if key.stay.is_empty() { view.status() } else { None },
        owner: if view == ActionView::Mine { me } else { None },
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
    let stay: HashSet<ItemId> = key.stay.iter().map(|one| one.id).collect();
    let mut lines = item::lines(conn, &filter).await?;
    lines.retain(|line| stay.contains(&line.id) || view.shows_line(line, me, key.today));
    let owners: HashSet<PersonId> = lines.iter().flat_map(|line| line.owners.iter().copied()).collect();
    let owners = person::by_ids(conn, &owners.into_iter().collect::<Vec<_>>()).await?;
    let names = owners.into_iter().map(|person| (person.id, person.name)).collect();
    Ok(Listed { key, lines, me, names, said: OnceLock::new(), topics: OnceLock::new() })
}

fn order(listed: &Listed, reads: &Reads) -> Order {
    let lines = &listed.lines;
    let found = matching(lines.len(), &reads.words, || listed.said());
    let Key { today, ref stay, view, .. } = listed.key;
    let Reads { by, week_begins, zone, .. } = *reads;
    let reading = Reading { today, zone, week_begins, me: listed.me, names: &listed.names, stay };
    let done = view == Some(ActionView::Done);
    Order::of(if done && by == GroupBy::Date {
        groups::closed(lines, found, &reading)
    } else {
        groups::group(lines, found, by, !done, &reading)
    })
}

impl Listed {
    fn said(&self) -> &[String] {
        self.said.get_or_init(|| {
            let said = |line: &Line| {
                let mut said = line.text.clone();
                for owner in &line.owners {
                    said.push(' ');
                    said.push_str(self.names.get(owner).map_or("", String::as_str));
                }
                for topic in &line.topics {
                    said.push_str(" #");
                    said.push_str(topic);
                }
                if let Some(meeting) = &line.meeting {
                    said.push(' ');
                    said.push_str(&meeting.title);
                }
                fold(&said)
            };
            self.lines.iter().map(said).collect()
        })
    }

    fn topics(&self) -> &[String] {
        self.topics.get_or_init(|| most_frequent(self.lines.iter().flat_map(|line| &line.topics)))
    }
}
