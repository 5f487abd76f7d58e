//! Series and the UIDs they came with.

use throughline_core::graph::SeriesFact;
use throughline_core::model::SeriesId;
use uuid::Uuid;

use crate::value::{json, json_ids};
use crate::{Connection, Result};

/// The series, where there is one.
pub async fn get(conn: &mut Connection, id: SeriesId) -> Result<Option<SeriesFact>> {
    Ok(load(conn, Some(&[id])).await?.pop())
}

/// The series, by id; unknown ones are left out.
pub async fn by_ids(conn: &mut Connection, ids: &[SeriesId]) -> Result<Vec<SeriesFact>> {
    load(conn, Some(ids)).await
}

/// All of them, by id.
pub async fn all(conn: &mut Connection) -> Result<Vec<SeriesFact>> {
    load(conn, None).await
}

/// Makes series, or gives them another title.
pub async fn put(conn: &mut Connection, series: &[SeriesFact]) -> Result<()> {
    let rows = json(series)?;
    sqlx::query!(
        "INSERT INTO series (id, title) SELECT unhex(value ->> 'id', '-'), value ->> 'title' FROM json_each(?1)
         WHERE true ON CONFLICT (id) DO UPDATE SET title = excluded.title",
        rows
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(crate) async fn put_missing(conn: &mut Connection, id: SeriesId, title: &str) -> Result<()> {
    sqlx::query!("INSERT OR IGNORE INTO series (id, title) VALUES (?1, ?2)", id.0, title).execute(conn).await?;
    Ok(())
}

/// Says which UIDs stand for which series, besides what is known.
pub async fn put_uids(conn: &mut Connection, uids: &[(String, SeriesId)]) -> Result<()> {
    let rows = json(uids)?;
    sqlx::query!(
        "INSERT OR IGNORE INTO series_uid (uid, series_id)
         SELECT value ->> 0, unhex(value ->> 1, '-') FROM json_each(?1)",
        rows
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What these UIDs stand for. A split series has several, and rarely one UID stands for two.
pub async fn of_uids(conn: &mut Connection, uids: &[String]) -> Result<Vec<(String, SeriesId)>> {
    let uids = json(uids)?;
    let rows = sqlx::query!(
        r#"SELECT uid AS "uid!", series_id AS "id!: Uuid" FROM series_uid
           WHERE uid IN (SELECT value FROM json_each(?1)) ORDER BY uid, series_id"#,
        uids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.uid, SeriesId(row.id))).collect())
}

/// Every UID there is, with what it stands for.
pub async fn all_uids(conn: &mut Connection) -> Result<Vec<(String, SeriesId)>> {
    let rows = sqlx::query!(r#"SELECT uid, series_id AS "series: Uuid" FROM series_uid ORDER BY uid, series_id"#)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.uid, SeriesId(row.series))).collect())
}

/// Lets go series that no meeting is of, with their UIDs; gives those that went, for the feed.
pub async fn prune(conn: &mut Connection) -> Result<Vec<SeriesId>> {
    let gone = sqlx::query_scalar!(
        r#"DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM meeting WHERE series_id = series.id)
             AND NOT EXISTS (SELECT 1 FROM series_attendee a WHERE a.series_id = series.id)
           RETURNING id AS "id!: Uuid""#
    )
    .fetch_all(conn)
    .await?;
    Ok(gone.into_iter().map(SeriesId).collect())
}

async fn load(conn: &mut Connection, ids: Option<&[SeriesId]>) -> Result<Vec<SeriesFact>> {
    let ids = ids.map(json_ids).transpose()?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: Uuid", title AS "title!" FROM series WHERE id IN (
               SELECT unhex(value, '-') FROM json_each(?1) UNION ALL SELECT id FROM series WHERE ?1 IS NULL)
           ORDER BY id"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| SeriesFact { id: SeriesId(row.id), title: row.title }).collect())
}
