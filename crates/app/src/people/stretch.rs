//! A long list of people, a stretch at a time.

use std::cmp::Reverse;
use std::sync::OnceLock;

use chrono::{DurationRound, TimeDelta};
use throughline_core::model::{OrganizationId, PersonId, Relation};
use throughline_core::people::fold;
use throughline_store::{Connection, feed, person};

use super::{rows_of, when};
use crate::app::App;
use crate::clock::Clock;
use crate::stretch::{self, Group, Lines, Order, Ordered, is_asked, matching};
use crate::tell::Teller;
use crate::{Result, view};

/// Which people.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize, specta::Type)]
#[serde(default)]
pub struct PeopleAsk {
    /// Those who stand so to the user.
    pub relation: Option<Relation>,
    /// Words that each stand somewhere in the names, the addresses or the organization's name.
    pub words: String,
}

/// The list's rows from one on, those met last first and the user last of all, how the whole stands, and where in it those
/// of `find` are. Of those alone that are told it is read what there is between them and the user.
///
/// # Errors
/// As reading the vault.
pub async fn stretch(
    app: &App,
    ask: &PeopleAsk,
    from: usize,
    limit: usize,
    find: &[PersonId],
) -> Result<view::PersonStretch> {
    let conn = &mut *app.look().await?;
    let key = key(app, conn).await?;
    let seq = key.seq;
    let Ordered { lines, order } = &*app.lists().people.ordered(conn, key, ask.clone()).await?;
    let (from, cut) = order.cut(from, limit);
    let told: Vec<view::Person> = cut.iter().map(|&at| lines.people[at].clone()).collect();
    Ok(view::PersonStretch {
        seq,
        total: order.at.len(),
        groups: order.groups.clone(),
        from,
        rows: rows_of(app, conn, told).await?,
        found: order.find(find, |at| lines.people[at].id).into_iter().map(|place| lines.place(place)).collect(),
        others: lines.people.iter().filter(|person| !person.is_me).count(),
    })
}

/// Where the rows from one up to, but not including, another stand.
///
/// # Errors
/// As [`stretch`].
pub async fn places(app: &App, ask: &PeopleAsk, from: usize, to: usize) -> Result<Vec<view::RowPlace>> {
    let conn = &mut *app.look().await?;
    let key = key(app, conn).await?;
    let Ordered { lines, order } = &*app.lists().people.ordered(conn, key, ask.clone()).await?;
    Ok(order.places(from, to).map(|place| lines.place(place)).collect())
}

/// What everybody is called, by name; merged people are not listed.
///
/// # Errors
/// As reading the vault.
pub async fn names(app: &App) -> Result<Vec<view::PersonName>> {
    let people = person::all(&mut *app.look().await?).await?;
    let people = people.into_iter().filter(|person| person.merged_into.is_none());
    Ok(people.map(|person| view::PersonName { id: person.id, name: person.name }).collect())
}

pub(crate) type Lists = stretch::Lists<Listed>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// The feed's last row: every commit adds to it.
    seq: i64,
    lens: Option<OrganizationId>,
    /// The zone is part of it.
    clock: Clock,
}

async fn key(app: &App, conn: &mut Connection) -> Result<Key> {
    // To five minutes: whom one meets next becomes whom one met last without a commit.
    let now = app.clock().now.duration_trunc(TimeDelta::minutes(5)).unwrap_or(app.clock().now);
    Ok(Key { seq: feed::head(conn).await?, lens: app.lens(), clock: Clock { now, ..*app.clock() } })
}

#[derive(Debug)]
pub(crate) struct Listed {
    /// In reading order.
    people: Vec<view::Person>,
    said: OnceLock<Vec<String>>,
}

impl Lines for Listed {
    type Key = Key;
    type Reads = PeopleAsk;
    type Order = Order;

    async fn read(conn: &mut Connection, key: &Key) -> Result<Self> {
        let people = person::all(conn).await?;
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let last = person::last_met(conn, &ids, key.clock.now).await?;
        let mut people = Teller::new(conn, key.clock).people(people).await?;
        people.sort_by_cached_key(|person| {
            // As they are read: a day stands before the hours of it.
            let last = last.get(&person.id).map(|start| when(*start, key.clock.zone).to_string());
            (person.is_me, Reverse(last), fold(&person.name), person.id)
        });
        Ok(Self { people, said: OnceLock::new() })
    }

    async fn order(&self, _: &mut Connection, _: &Key, ask: &PeopleAsk) -> Result<Order> {
        let said = if is_asked(&ask.words) { self.said() } else { &[] };
        let mut found = matching(self.people.len(), &ask.words, said);
        if let Some(relation) = ask.relation {
            found.retain(|&at| !self.people[at].is_me && self.people[at].relation == relation);
        }
        let group = Group { key: "people".to_owned(), title: String::new(), at: found };
        Ok(Order::of(vec![group]))
    }
}

impl Listed {
    fn said(&self) -> &[String] {
        self.said.get_or_init(|| {
            let said = |person: &view::Person| {
                let mut said = format!("{} {}", person.name, person.handle);
                for more in person.organization.iter().chain(&person.emails).chain(&person.aliases) {
                    said.push(' ');
                    said.push_str(more);
                }
                fold(&said)
            };
            self.people.iter().map(said).collect()
        })
    }

    fn place(&self, (at, line): (usize, usize)) -> view::RowPlace {
        view::RowPlace { id: self.people[line].id.to_string(), at }
    }
}
