//! Images of what a person wrote or decided: read before and after a command for the change log, written back by undo.
//!
//! An image holds what the user owns, and nothing that a sync can fetch again. What a sync has taken away since, an image
//! does not bring back.

mod meeting;
mod note;
mod occurrence;
mod person;
mod small;

use chrono::{DateTime, Utc};
use serde_json::Value;
use throughline_core::model::PersonId;

use crate::value::corrupt;
use crate::{Connection, Kind, Result, ids, person as people, search};

/// What the thing is like; none where it is not there.
pub async fn read(conn: &mut Connection, kind: Kind, id: &str) -> Result<Option<Value>> {
    match kind {
        Kind::Person => person::read(conn, ids::parse(id)?).await,
        Kind::Organization => small::read_organization(conn, ids::parse(id)?).await,
        Kind::Meeting => meeting::read(conn, ids::parse(id)?).await,
        Kind::Attendance => meeting::read_attendance(conn, ids::parse(id)?).await,
        Kind::SeriesAttendees => meeting::read_series_attendees(conn, ids::parse(id)?).await,
        Kind::Occurrence => occurrence::read(conn, ids::parse(id)?).await,
        Kind::Queue => meeting::read_queue(conn, ids::parse(id)?).await,
        Kind::Note => note::read(conn, ids::parse(id)?).await,
        Kind::Item => note::read_item(conn, ids::parse(id)?).await,
        Kind::Confirmation => small::read_confirmations(conn, ids::parse(id)?).await,
        Kind::Account => small::read_account(conn, ids::parse(id)?).await,
        Kind::Calendar => small::read_calendar(conn, ids::parse(id)?).await,
        Kind::Setting => small::read_setting(conn, id).await,
        Kind::Query => small::read_query(conn, id).await,
        Kind::Series => Ok(None),
    }
}

/// Makes the thing as the image says, or takes it away; `at` dates what that adds to a note's past.
pub async fn write(
    conn: &mut Connection,
    kind: Kind,
    id: &str,
    image: Option<&Value>,
    at: DateTime<Utc>,
) -> Result<()> {
    write_all(conn, &[(kind, id.to_owned(), image.cloned())], at).await
}

/// [`write()`] for several things that may lean on each other: all are put before any is taken away, so that an item that
/// moved from note to note, and what links to it, survive.
pub async fn write_all(
    conn: &mut Connection,
    images: &[(Kind, String, Option<Value>)],
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!("PRAGMA defer_foreign_keys = ON").execute(&mut *conn).await?;
    let mut put: Vec<_> = images.iter().filter_map(|(kind, id, image)| Some((*kind, id, image.as_ref()?))).collect();
    put.sort_by_key(|(kind, _, _)| order(*kind));
    for (kind, id, image) in put {
        write_one(conn, kind, id, image, at).await?;
    }
    let mut take: Vec<_> = images.iter().map(|(kind, id, image)| (*kind, id, image.as_ref())).collect();
    take.sort_by_key(|(kind, _, _)| std::cmp::Reverse(order(*kind)));
    for (kind, id, image) in take {
        match (kind, image) {
            (Kind::Note, image) => note::sweep(conn, ids::parse(id)?, image, at).await?,
            (_, None) => take_one(conn, kind, id).await?,
            _ => {}
        }
    }
    if images.iter().any(|(kind, _, _)| *kind == Kind::Person) {
        people::flatten(conn).await?;
        let mut people = Vec::new();
        for (_, id, _) in images.iter().filter(|(kind, _, _)| *kind == Kind::Person) {
            people.push(PersonId(ids::parse(id)?));
        }
        search::index_people(conn, &people).await?;
    }
    Ok(())
}

/// What is pointed at stands before what points.
fn order(kind: Kind) -> u8 {
    match kind {
        Kind::Organization | Kind::Setting | Kind::Query | Kind::Account | Kind::Calendar | Kind::Series => 0,
        Kind::Person => 1,
        Kind::Meeting => 2,
        Kind::Attendance | Kind::SeriesAttendees | Kind::Occurrence | Kind::Queue => 3,
        Kind::Note => 4,
        Kind::Item => 5,
        Kind::Confirmation => 6,
    }
}

async fn write_one(conn: &mut Connection, kind: Kind, id: &str, image: &Value, at: DateTime<Utc>) -> Result<()> {
    match kind {
        Kind::Person => person::write(conn, ids::parse(id)?, parse(image)?).await,
        Kind::Organization => small::write_organization(conn, ids::parse(id)?, parse(image)?).await,
        Kind::Meeting => meeting::write(conn, ids::parse(id)?, parse(image)?).await,
        Kind::Attendance => meeting::write_attendance(conn, ids::parse(id)?, parse(image)?).await,
        Kind::SeriesAttendees => meeting::write_series_attendees(conn, ids::parse(id)?, parse(image)?).await,
        Kind::Occurrence => occurrence::write(conn, ids::parse(id)?, parse(image)?, at).await,
        Kind::Queue => meeting::write_queue(conn, ids::parse(id)?, parse(image)?).await,
        Kind::Note => note::write(conn, ids::parse(id)?, parse(image)?, at).await,
        Kind::Item => note::write_item(conn, parse(image)?).await,
        Kind::Confirmation => small::write_confirmations(conn, ids::parse(id)?, parse(image)?).await,
        Kind::Account => small::write_account(conn, ids::parse(id)?, parse(image)?).await,
        Kind::Calendar => small::write_calendar(conn, ids::parse(id)?, parse(image)?).await,
        Kind::Setting => small::write_setting(conn, id, image).await,
        Kind::Query => small::write_query(conn, id, parse(image)?).await,
        Kind::Series => Ok(()),
    }
}

async fn take_one(conn: &mut Connection, kind: Kind, id: &str) -> Result<()> {
    match kind {
        Kind::Person => person::take(conn, ids::parse(id)?).await,
        Kind::Organization => small::take_organization(conn, ids::parse(id)?).await,
        Kind::Meeting => meeting::take(conn, ids::parse(id)?).await,
        Kind::Attendance => meeting::write_attendance(conn, ids::parse(id)?, Vec::new()).await,
        Kind::SeriesAttendees => meeting::write_series_attendees(conn, ids::parse(id)?, Vec::new()).await,
        Kind::Queue => meeting::take_queue(conn, ids::parse(id)?).await,
        Kind::Item => note::take_item(conn, ids::parse(id)?).await,
        Kind::Confirmation => small::write_confirmations(conn, ids::parse(id)?, Vec::new()).await,
        Kind::Setting => crate::setting::remove(conn, id).await,
        Kind::Query => crate::query::remove(conn, id).await,
        // An account or calendar is not taken away by undo: it has its own command. Notes are swept.
        Kind::Account | Kind::Calendar | Kind::Note | Kind::Occurrence | Kind::Series => Ok(()),
    }
}

fn parse<T: serde::de::DeserializeOwned>(image: &Value) -> Result<T> {
    T::deserialize(image).map_err(corrupt)
}

fn json<T: serde::Serialize>(image: &T) -> Result<Option<Value>> {
    serde_json::to_value(image).map(Some).map_err(corrupt)
}
