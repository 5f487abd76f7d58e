//! What every transaction touched, for other processes to read on in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::change::Delta;
use crate::value::json;
use crate::{Connection, Kind, Result};

/// One thing a transaction touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Grows with every row, and is never used again.
    pub seq: i64,
    /// What it is.
    pub kind: Kind,
    /// Which: a hyphenated id, or the key of a setting.
    pub id: String,
}

/// Rows after `seq`, oldest first. Where `seq` lies before what was pruned, the caller has missed some: see [`tail`].
pub async fn since(conn: &mut Connection, seq: i64) -> Result<Vec<Row>> {
    let rows = sqlx::query!("SELECT seq, kind, id FROM feed WHERE seq > ?1 ORDER BY seq", seq).fetch_all(conn).await?;
    rows.into_iter().map(|row| Ok(Row { seq: row.seq, kind: Kind::read(&row.kind)?, id: row.id })).collect()
}

/// The last row ever written, 0 where there was none.
pub async fn head(conn: &mut Connection) -> Result<i64> {
    // Not checked when compiled: describing SQLite's own tables brings sqlx's macros down.
    let seq: Option<i64> =
        sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'feed'").fetch_optional(conn).await?;
    Ok(seq.unwrap_or_default())
}

/// The oldest row still there; none where the feed is empty.
pub async fn tail(conn: &mut Connection) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar!(r#"SELECT min(seq) AS "seq: i64" FROM feed"#).fetch_one(conn).await?)
}

/// Whether a transaction after `seq` touched anything but these kinds; also where what it touched may have been let go.
pub async fn touched_since(conn: &mut Connection, seq: i64, but: &[Kind]) -> Result<bool> {
    if tail(conn).await?.is_some_and(|tail| tail > seq + 1) || head(conn).await? < seq {
        return Ok(true);
    }
    let but: Vec<&str> = but.iter().map(|kind| kind.as_str()).collect();
    let but = json(&but)?;
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM feed WHERE seq > ?1 AND kind NOT IN (SELECT value FROM json_each(?2)))
               AS "touched!: bool""#,
        seq,
        but
    )
    .fetch_one(conn)
    .await?)
}

/// Lets go all but the last `keep` rows.
pub async fn prune(conn: &mut Connection, keep: i64) -> Result<()> {
    let up_to = head(conn).await? - keep;
    sqlx::query!("DELETE FROM feed WHERE seq <= ?1", up_to).execute(conn).await?;
    Ok(())
}

pub(crate) async fn append(conn: &mut Connection, touched: &[(Kind, String)]) -> Result<()> {
    let rows: Vec<_> = touched.iter().map(|(kind, id)| (kind.as_str(), id)).collect();
    let rows = json(&rows)?;
    sqlx::query!("INSERT INTO feed (kind, id) SELECT value ->> 0, value ->> 1 FROM json_each(?1)", rows)
        .execute(conn)
        .await?;
    Ok(())
}

/// A change and what else looks different for it.
pub(crate) async fn reach(conn: &mut Connection, delta: &Delta, touched: &mut BTreeSet<(Kind, String)>) -> Result<()> {
    touched.insert((delta.kind, delta.id.clone()));
    let images = [delta.before.as_ref(), delta.after.as_ref()];
    match delta.kind {
        Kind::Attendance => {
            touched.insert((Kind::Meeting, delta.id.clone()));
        }
        Kind::Occurrence => {
            touched.extend([Kind::Meeting, Kind::Queue].map(|kind| (kind, delta.id.clone())));
        }
        Kind::Note => {
            for image in images.into_iter().flatten() {
                for (word, kind) in [("meeting", Kind::Meeting), ("person", Kind::Person)] {
                    if let Some(id) = image["owner"][word].as_str() {
                        touched.insert((kind, id.to_owned()));
                    }
                }
            }
            let moved = images[0].map(|image| &image["owner"]) != images[1].map(|image| &image["owner"]);
            for (item, [before, after]) in items(delta) {
                if moved || before != after {
                    touched.insert((Kind::Item, item.to_owned()));
                }
            }
        }
        Kind::SeriesAttendees => {
            touched.insert((Kind::Series, delta.id.clone()));
            let id = crate::ids::parse(&delta.id)?;
            let meetings =
                sqlx::query_scalar!(r#"SELECT id AS "id: uuid::Uuid" FROM meeting WHERE series_id = ?1"#, id)
                    .fetch_all(conn)
                    .await?;
            touched.extend(meetings.into_iter().map(|id| (Kind::Meeting, id.to_string())));
        }
        Kind::Person if ["merged", "is_me"].iter().any(|word| differs(images, word)) => {
            merged(conn, delta, touched).await?;
        }
        _ => {}
    }
    Ok(())
}

fn differs(images: [Option<&Value>; 2], word: &str) -> bool {
    images[0].map(|image| &image[word]) != images[1].map(|image| &image[word])
}

/// The items of a note's delta by id, before and after.
pub fn items(delta: &Delta) -> BTreeMap<&str, [Option<&Value>; 2]> {
    let mut found: BTreeMap<&str, [Option<&Value>; 2]> = BTreeMap::new();
    for (side, image) in [&delta.before, &delta.after].into_iter().enumerate() {
        for item in image.iter().flat_map(|image| image["items"].as_array()).flatten() {
            found.entry(item["id"].as_str().unwrap_or_default()).or_default()[side] = Some(item);
        }
    }
    found
}

/// Everything of a person merged or unmerged now counts as another's; of the user also what is theirs without anybody
/// saying so.
async fn merged(conn: &mut Connection, delta: &Delta, touched: &mut BTreeSet<(Kind, String)>) -> Result<()> {
    let id = crate::ids::parse(&delta.id)?;
    for image in [&delta.before, &delta.after] {
        if let Some(other) = image.as_ref().and_then(|image| image["merged"].as_str()) {
            touched.insert((Kind::Person, other.to_owned()));
        }
    }
    let rows = sqlx::query!(
        r#"WITH these (id) AS (SELECT ?1 UNION SELECT id FROM person WHERE merged_into = ?1 OR merged_directly = ?1)
           SELECT 'meeting' AS "kind!: String", meeting_id AS "id!: uuid::Uuid"
           FROM attendance WHERE person_id IN these
           UNION SELECT 'meeting', m.id FROM meeting m JOIN series_attendee s USING (series_id)
           WHERE s.person_id IN these
           UNION SELECT 'meeting', n.meeting_id FROM note_mention JOIN note n ON n.id = note_id
           WHERE note_mention.person_id IN these AND n.meeting_id IS NOT NULL
           UNION SELECT 'meeting', m.id FROM meeting m
           WHERE EXISTS (SELECT 1 FROM person WHERE is_me = 1 AND id IN these)
             AND (m.source = 'local' OR EXISTS (
                     SELECT 1 FROM meeting_calendar c JOIN calendar k ON k.id = c.calendar_id
                     WHERE c.meeting_id = m.id AND k.owned = 1))
           UNION SELECT 'item', item_id FROM item_owner WHERE person_id IN these
           UNION SELECT 'item', item_id FROM item_mention WHERE person_id IN these
           UNION SELECT 'person', merged_into FROM person WHERE id IN these AND merged_into IS NOT NULL"#,
        id
    )
    .fetch_all(conn)
    .await?;
    for row in rows {
        touched.insert((Kind::read(&row.kind)?, row.id.to_string()));
    }
    Ok(())
}
