//! A long list of people, a stretch at a time.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use chrono_tz::Tz;
use throughline_core::model::{OrganizationId, PersonId, Relation};
use throughline_core::people::fold;
use throughline_store::{Connection, feed, person};

use super::read_rows;
use crate::Result;
use crate::app::App;
use crate::stretch::{Group, Kept, Order, matching};
use crate::view;

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
/// of `find` are.
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
    let Ordered { listed, order } = &*ordered(app, &mut *app.look().await?, ask).await?;
    let (from, cut) = order.cut(from, limit);
    Ok(view::PersonStretch {
        seq: listed.seq,
        total: order.at.len(),
        groups: order.groups.clone(),
        from,
        rows: cut.iter().map(|&at| listed.rows[at].clone()).collect(),
        found: order.find(find, |at| listed.rows[at].person.id).into_iter().map(|place| listed.place(place)).collect(),
        others: listed.rows.iter().filter(|row| !row.person.is_me).count(),
    })
}

/// Where the rows from one up to, but not including, another stand.
///
/// # Errors
/// As [`stretch`].
pub async fn places(app: &App, ask: &PeopleAsk, from: usize, to: usize) -> Result<Vec<view::RowPlace>> {
    let Ordered { listed, order } = &*ordered(app, &mut *app.look().await?, ask).await?;
    Ok(order.places(from, to).map(|place| listed.place(place)).collect())
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

/// The list that was last asked for.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    listed: Kept<Key, Listed>,
    ordered: Kept<(Key, PeopleAsk), Ordered>,
}

/// Everything the rows depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    /// The feed's last row: every commit adds to it.
    seq: i64,
    lens: Option<OrganizationId>,
    zone: Tz,
    /// To five minutes: whom one meets next becomes whom one met last without a commit.
    now: DateTime<Utc>,
}

#[derive(Debug)]
struct Listed {
    seq: i64,
    /// In reading order.
    rows: Vec<view::PersonRow>,
    said: OnceLock<Vec<String>>,
}

#[derive(Debug)]
struct Ordered {
    listed: Arc<Listed>,
    order: Order,
}

async fn ordered(app: &App, conn: &mut Connection, ask: &PeopleAsk) -> Result<Arc<Ordered>> {
    let (now, zone) = (app.clock().now, app.clock().zone);
    let now = now.duration_trunc(TimeDelta::minutes(5)).unwrap_or(now);
    let key = Key { seq: feed::head(conn).await?, lens: app.lens(), zone, now };
    let Lists { listed: kept, ordered } = &app.lists().people;
    let reads = (key.clone(), ask.clone());
    if let Some(known) = ordered.get(&reads) {
        return Ok(known);
    }
    let listed = match kept.get(&key) {
        Some(known) => known,
        None => {
            let mut rows = read_rows(app, conn).await?;
            rows.sort_by_cached_key(|row| {
                // As they are read: a day stands before the hours of it.
                let last = row.last_meeting.map(|when| when.to_string());
                (row.person.is_me, Reverse(last), fold(&row.person.name), row.person.id)
            });
            kept.put(key, Listed { seq: reads.0.seq, rows, said: OnceLock::new() })
        }
    };
    let mut found = matching(listed.rows.len(), &ask.words, || listed.said());
    if let Some(relation) = ask.relation {
        found.retain(|&at| !listed.rows[at].person.is_me && listed.rows[at].person.relation == relation);
    }
    let group = Group { key: "people".to_owned(), title: String::new(), at: found };
    let order = Order::of(vec![group]);
    Ok(ordered.put(reads, Ordered { listed, order }))
}

impl Listed {
    fn said(&self) -> &[String] {
        self.said.get_or_init(|| {
            let said = |row: &view::PersonRow| {
                let person = &row.person;
                let mut said = format!("{} {}", person.name, person.handle);
                for more in person.organization.iter().chain(&person.emails).chain(&person.aliases) {
                    said.push(' ');
                    said.push_str(more);
                }
                fold(&said)
            };
            self.rows.iter().map(said).collect()
        })
    }

    fn place(&self, (at, line): (usize, usize)) -> view::RowPlace {
        view::RowPlace { id: self.rows[line].person.id.to_string(), at }
    }
}
