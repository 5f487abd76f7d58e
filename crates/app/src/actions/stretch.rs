//! A long list of actions, a stretch at a time: the window shows some forty of sixty thousand.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use throughline_core::model::{ItemId, ItemKind, OrganizationId, PersonId};
use throughline_core::people::fold;
use throughline_store::item::{self, Line};
use throughline_store::{Connection, feed, person};

use super::groups::{self, Group, Reading};
use super::{ActionView, topic};
use crate::app::App;
use crate::tell::Teller;
use crate::view;
use crate::{Result, answers, resolve, review};

/// So many rows at once.
const MOST: usize = 500;

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
    let order = ordered(app, conn, ask).await?;
    let limit = limit.min(MOST);
    let total = order.at.len();
    let from = from.min(total.saturating_sub(limit));
    let ids: Vec<ItemId> = order.at.iter().skip(from).take(limit).map(|&at| order.listed.lines[at].id).collect();
    let rows = Teller::new(conn, *app.clock()).items_by_ids(&ids).await?.actions;
    let groups = order.groups.iter().map(|(group, count)| view::ListGroup {
        key: group.key.clone(),
        title: group.title.clone(),
        count: *count,
    });
    Ok(view::ActionStretch {
        seq: order.listed.key.seq,
        total,
        groups: groups.collect(),
        from,
        rows,
        found: order.find(find),
        topics: order.listed.topics().to_vec(),
    })
}

/// Where the rows from one up to, but not including, another stand: for selecting what is not on the screen.
///
/// # Errors
/// As [`stretch`].
pub async fn places(app: &App, ask: &ActionsAsk, from: usize, to: usize) -> Result<Vec<view::ListPlace>> {
    let order = ordered(app, &mut *app.look().await?, ask).await?;
    let to = to.min(order.at.len());
    Ok((from.min(to)..to).map(|place| order.place(place)).collect())
}

/// The list that was last asked for, kept as long as nothing is committed: scrolling reads the rows on the screen alone.
#[derive(Debug, Default)]
pub(crate) struct Lists(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    listed: Option<Arc<Listed>>,
    ordered: Option<Arc<Ordered>>,
}

impl Lists {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
    words: String,
    by: GroupBy,
    week_begins: Weekday,
    zone: Tz,
    /// Without their lines, which are `at`; and how many.
    groups: Vec<(Group, usize)>,
    at: Vec<usize>,
}

async fn ordered(app: &App, conn: &mut Connection, ask: &ActionsAsk) -> Result<Arc<Ordered>> {
    let listed = listed(app, conn, ask).await?;
    let week_begins = review::week_begins(app).await?;
    let zone = app.clock().zone;
    let known = app.lists().known().ordered.clone();
    let same = |known: &Arc<Ordered>| {
        Arc::ptr_eq(&known.listed, &listed)
            && (&known.words, known.by, known.week_begins, known.zone) == (&ask.words, ask.by, week_begins, zone)
    };
    if let Some(known) = known.filter(same) {
        return Ok(known);
    }
    let ordered = Arc::new(order(listed, ask, week_begins, zone));
    app.lists().known().ordered = Some(Arc::clone(&ordered));
    Ok(ordered)
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
    let known = app.lists().known().listed.clone();
    if let Some(known) = known.filter(|known| known.key == key) {
        return Ok(known);
    }
    let listed = Arc::new(read(conn, key).await?);
    app.lists().known().listed = Some(Arc::clone(&listed));
    Ok(listed)
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

fn order(listed: Arc<Listed>, ask: &ActionsAsk, week_begins: Weekday, zone: Tz) -> Ordered {
    let words = fold(&ask.words);
    let words: Vec<&str> = words.split_whitespace().collect();
    let lines = &listed.lines;
    let found: Vec<usize> = if words.is_empty() {
        (0..lines.len()).collect()
    } else {
        let said = listed.said();
        (0..lines.len()).filter(|&at| words.iter().all(|word| said[at].contains(word))).collect()
    };
    let Key { today, ref stay, view, .. } = listed.key;
    let reading = Reading { today, zone, week_begins, me: listed.me, names: &listed.names, stay };
    let done = view == Some(ActionView::Done);
    let groups = if done && ask.by == GroupBy::Date {
        groups::closed(lines, found, &reading)
    } else {
        groups::group(lines, found, ask.by, !done, &reading)
    };
    let mut at = Vec::with_capacity(lines.len());
    let counted = groups.into_iter().map(|mut group| {
        let count = group.at.len();
        at.append(&mut group.at);
        (group, count)
    });
    let groups = counted.collect();
    Ordered { words: ask.words.clone(), by: ask.by, week_begins, zone, groups, at, listed }
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
        self.topics.get_or_init(|| {
            let mut counts: HashMap<&str, usize> = HashMap::new();
            for topic in self.lines.iter().flat_map(|line| &line.topics) {
                *counts.entry(topic).or_default() += 1;
            }
            let mut counts: Vec<_> = counts.into_iter().collect();
            counts.sort_by(|(a, many), (b, more)| more.cmp(many).then(a.cmp(b)));
            counts.into_iter().map(|(topic, _)| topic.to_owned()).collect()
        })
    }
}

impl Ordered {
    fn place(&self, at: usize) -> view::ListPlace {
        let line = &self.listed.lines[self.at[at]];
        view::ListPlace { id: line.id, at, status: line.status }
    }

    fn find(&self, ids: &[ItemId]) -> Vec<view::ListPlace> {
        if ids.is_empty() {
            return Vec::new();
        }
        let wanted: HashSet<ItemId> = ids.iter().copied().collect();
        let places = (0..self.at.len()).filter(|&at| wanted.contains(&self.listed.lines[self.at[at]].id));
        places.map(|at| self.place(at)).collect()
    }
}
