//! A long list of questions, a stretch at a time.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use chrono_tz::Tz;
use throughline_core::model::{ActionStatus, ItemId, ItemKind, LinkKind, OrganizationId, PersonId};
use throughline_core::people::fold;
use throughline_store::item::{self, Line};
use throughline_store::{Connection, feed, person};

use crate::app::App;
use crate::stretch::{Group, Kept, Order, matching, most_frequent};
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
    let Ordered { listed, order } = &*ordered(app, conn, ask).await?;
    let (from, cut) = order.cut(from, limit);
    let ids: Vec<ItemId> = cut.iter().map(|&at| listed.lines[at].id).collect();
    let rows = Teller::new(conn, *app.clock()).items_by_ids(&ids).await?.questions;
    Ok(view::QuestionStretch {
        seq: listed.key.seq,
        total: order.at.len(),
        groups: order.groups.clone(),
        from,
        rows,
        found: order.find(find, |at| listed.lines[at].id).into_iter().map(|place| listed.place(place)).collect(),
        topics: listed.topics.get_or_init(|| most_frequent(listed.lines.iter().flat_map(|line| &line.topics))).clone(),
    })
}

/// Where the rows from one up to, but not including, another stand.
///
/// # Errors
/// As [`stretch`].
pub async fn places(app: &App, ask: &QuestionsAsk, from: usize, to: usize) -> Result<Vec<view::RowPlace>> {
    let Ordered { listed, order } = &*ordered(app, &mut *app.look().await?, ask).await?;
    Ok(order.places(from, to).map(|place| listed.place(place)).collect())
}

/// The list that was last asked for.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    listed: Kept<Key, Listed>,
    ordered: Kept<(Key, String), Ordered>,
}

/// Everything the lines depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    /// The feed's last row: every commit adds to it.
    seq: i64,
    lens: Option<OrganizationId>,
    zone: Tz,
    person: Option<String>,
    organization: Option<String>,
    topic: Option<String>,
}

#[derive(Debug)]
struct Listed {
    key: Key,
    lines: Vec<Line>,
    answered: HashSet<ItemId>,
    names: HashMap<PersonId, String>,
    said: OnceLock<Vec<String>>,
    topics: OnceLock<Vec<String>>,
}

#[derive(Debug)]
struct Ordered {
    listed: Arc<Listed>,
    order: Order,
}

async fn ordered(app: &App, conn: &mut Connection, ask: &QuestionsAsk) -> Result<Arc<Ordered>> {
    let key = Key {
        seq: feed::head(conn).await?,
        lens: app.lens(),
        zone: app.clock().zone,
        person: ask.person.clone(),
        organization: ask.organization.clone(),
        topic: ask.topic.clone(),
    };
    let Lists { listed: kept, ordered } = &app.lists().questions;
    let reads = (key.clone(), ask.words.clone());
    if let Some(known) = ordered.get(&reads) {
        return Ok(known);
    }
    let listed = match kept.get(&key) {
        Some(known) => known,
        None => kept.put(key.clone(), read(conn, key).await?),
    };
    let order = order(&listed, &ask.words);
    Ok(ordered.put(reads, Ordered { listed, order }))
}

async fn read(conn: &mut Connection, key: Key) -> Result<Listed> {
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
    let lines = item::lines(conn, &filter).await?;
    let ids: Vec<ItemId> = lines.iter().map(|line| line.id).collect();
    let links = item::links_to(conn, &ids, None).await?.into_iter().filter(|(_, kind, _)| *kind == LinkKind::Answers);
    let mut answered: HashSet<ItemId> = links.map(|(_, _, question)| question).collect();
    answered.extend(lines.iter().filter(|line| line.status != ActionStatus::Open).map(|line| line.id));
    let askers: HashSet<PersonId> = lines.iter().filter_map(|line| line.owners.first().copied()).collect();
    let askers = person::by_ids(conn, &askers.into_iter().collect::<Vec<_>>()).await?;
    let names = askers.into_iter().map(|person| (person.id, person.name)).collect();
    Ok(Listed { key, lines, answered, names, said: OnceLock::new(), topics: OnceLock::new() })
}

/// The open ones first, then those that were answered; of both the newest first.
fn order(listed: &Listed, words: &str) -> Order {
    let lines = &listed.lines;
    let mut found = matching(lines.len(), words, || listed.said());
    let date = |at: usize| -> Option<NaiveDate> {
        lines[at].meeting.as_ref().map(|meeting| meeting.start.date(listed.key.zone))
    };
    found.sort_by_cached_key(|&at| (Reverse(date(at)), lines[at].id));
    let (answered, open): (Vec<_>, Vec<_>) = found.into_iter().partition(|&at| listed.answered.contains(&lines[at].id));
    let groups = [("open", "Open", open), ("answered", "Answered", answered)];
    let groups = groups.into_iter().filter(|(_, _, at)| !at.is_empty());
    Order::of(groups.map(|(key, title, at)| Group { key: key.to_owned(), title: title.to_owned(), at }).collect())
}

impl Listed {
    fn said(&self) -> &[String] {
        self.said.get_or_init(|| {
            let said = |line: &Line| {
                let mut said = line.text.clone();
                let name = line.owners.first().and_then(|asker| self.names.get(asker));
                for more in name.into_iter().chain(line.meeting.as_ref().map(|meeting| &meeting.title)) {
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

    fn place(&self, (at, line): (usize, usize)) -> view::RowPlace {
        view::RowPlace { id: self.lines[line].id.to_string(), at }
    }
}
